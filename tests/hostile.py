"""Texts that try to be more than text, and documents that are full of them."""

from __future__ import annotations

from newsclean import Block, Caption, Document, Evidence, Image, Removal, Role, Span

ATTACKS = [
    "<script>window.hacked=1</script>",
    '<img src="https://example.org/a.png" onerror="window.hacked=1">',
    "<a href=\"javascript:window.hacked=1\" autofocus onfocus='window.hacked=1'>Read on</a>",
    "</style><script>window.hacked=1</script>",
    "</section></details></div><script>window.hacked=1</script>",
    "--><script>window.hacked=1</script><!--",
    "]]><script>window.hacked=1</script>",
    "\"'><svg onload=window.hacked=1>",
    '" onmouseover="window.hacked=1" style="position:fixed;inset:0',
    "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
    "<link rel=stylesheet href=https://example.org/a.css><style>@import 'https://example.org/b.css';</style>",
    "<details open ontoggle=window.hacked=1><summary>Click</summary></details>",
    "<meta http-equiv=refresh content='0;url=https://example.org/'><base href=https://example.org/>",
    "&lt;script&gt;window.hacked=1&lt;/script&gt; &#60;b&#62; &amp;amp;",
]


def hostile_document(attack: str) -> Document:
    """A document with the same text in every place where a text can stand."""
    image = Image(attack, attack, attack)
    roles = [Role.BODY, Role.TITLE, Role.CAPTION, Role.ADVERT, Role.NAVIGATION]
    blocks, at = [], 0
    for role in roles:
        evidence = (Evidence(attack, role, 6.0, attack),)
        blocks.append(Block(Span(at, at + len(attack) + 1), attack, role, evidence, attack))
        at += len(attack) + 1
    captioned = blocks[roles.index(Role.CAPTION)].span
    return Document(
        text=attack,
        captions=(Caption(attack, attack, attack, (attack,), 0, captioned, attack, None, image),),
        removed=(Removal(attack, Role.ADVERT, attack, attack, Span(0, 1)),),
        title=attack,
        standfirst=attack,
        authors=(attack,),
        publisher=attack,
        aggregator=attack,
        section=attack,
        date=attack,
        language=attack,
        warnings=(attack,),
        blocks=tuple(blocks),
        page_text=f"{attack}\n" * len(roles),
    )
