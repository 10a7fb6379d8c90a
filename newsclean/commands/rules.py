"""The command ``newsclean rules``: lists, searches, explains, tries and checks rules."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence

from newsclean.errors import NewscleanError
from newsclean.evidence import Evidence, Role
from newsclean.page import Passage, Span
from newsclean.rules import Entry, RuleSet, builtin_packs, catalogue, check_pack, load_pack, search

FOUND, NOT_FOUND, COULD_NOT_RUN = 0, 1, 2

_EPILOG = """\
newsclean rules check TOML... reads rule packs of your own and runs their examples: each must be matched
by its rule and removed from an article, and each counterexample must stay in one.

A word with a dot is an id, or how ids begin: newsclean rules en.newsletter. Any other word is looked for in
ids, roles, reasons, patterns and examples. Besides the rules of the packs there are credit forms, caption
signs, elements, structure and findings: whatever a document may name as the rule that decided.

exit status: 0 something was found, all examples did what they should; 1 nothing was found, an example failed;
2 a pack cannot be read or is broken, or the arguments are wrong.
"""


def main(arguments: Sequence[str]) -> int:
    """Run the command; returns the exit status."""
    if arguments and arguments[0] == "check":
        return _check(_check_parser().parse_args(arguments[1:]).packs)
    options = _parser().parse_args(arguments)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        if options.attempt is not None:
            return _try(options.attempt, options.pack, as_json=options.json)
        entries = catalogue(options.pack)
    except NewscleanError as error:
        print(f"newsclean rules: {error}", file=sys.stderr)
        return COULD_NOT_RUN
    if options.explain:
        return _explain(entries, options.explain, as_json=options.json)
    found = search(entries, options.words, role=options.role, language=options.language)
    _print(found, as_json=options.json, explained=False)
    if not found:
        print("newsclean rules: nothing found", file=sys.stderr)
    return FOUND if found else NOT_FOUND


def _explain(entries: Sequence[Entry], names: Sequence[str], *, as_json: bool) -> int:
    by_id = {entry.id: entry for entry in entries}
    _print([by_id[name] for name in names if name in by_id], as_json=as_json, explained=True)
    missing = [name for name in names if name not in by_id]
    for name in missing:
        print(f"newsclean rules: no rule {name!r}", file=sys.stderr)
    return NOT_FOUND if missing else FOUND


def _print(found: Sequence[Entry], *, as_json: bool, explained: bool) -> None:
    if as_json:
        for entry in found:
            print(json.dumps(entry.to_dict()))
    elif explained:
        print("\n\n".join(map(_explained, found)))
    else:
        width = max((len(entry.id) for entry in found), default=0)
        for entry in found:
            print(f"{entry.id:{width}}  {entry.role or '-':10}  {entry.why}")


def _explained(entry: Entry) -> str:
    """An entry in full, a line for each thing that is known of it."""
    words = None
    if entry.max_words is not None or entry.min_words:
        most = "any number" if entry.max_words is None else entry.max_words
        words = f"{entry.min_words or 0} to {most}"
    told: list[tuple[str, object]] = [
        ("kind", entry.kind),
        ("role", entry.role),
        ("why", entry.why),
        ("language", None if entry.language == "und" else entry.language),
        ("weight", entry.weight),
        ("words", words),
        ("looks at", {"block": "a whole block", "glued": "plugs inside a block"}.get(entry.scope or "")),
        ("header", "a list of other stories follows" if entry.header else None),
        ("decided in", entry.where),
        ("pattern", entry.pattern),
        *(("example", text) for text in entry.examples),
        *(("counterexample", text) for text in entry.counterexamples),
    ]
    rows = [f"  {name:15} {value}" for name, value in told if value is not None]
    return "\n".join([entry.id, *rows])


def _try(text: str, packs: Iterable[str], *, as_json: bool) -> int:
    """Print what is said of each line of a text, looked at alone."""
    from newsclean.captions.evidence import evidence as captions

    rules = RuleSet([*builtin_packs(), *(rule for pack in packs for rule in load_pack(pack))])
    said = False
    for line in (sys.stdin.read() if text == "-" else text).splitlines():
        if not line.strip():
            continue
        passage = Passage(Span(0, len(line)), line, ())
        whole = [*rules.evidence(passage.plain, len(passage.words)), *captions(passage)]
        cuts = [(passage.plain[cut.start : cut.end], cut.rule.evidence) for cut in rules.cuts(passage.plain)]
        if not as_json:
            print(line)
        for part, told in [*((line, evidence) for evidence in whole), *cuts]:
            said = True
            print(_told(line, part, told, as_json=as_json))
    if not said:
        print("newsclean rules: no rule speaks for it", file=sys.stderr)
    return FOUND if said else NOT_FOUND


def _told(line: str, part: str, told: Evidence, *, as_json: bool) -> str:
    if as_json:
        row = {
            "line": line,
            "part": part,
            "rule_id": told.rule_id,
            "role": told.role.value,
            "weight": told.weight,
        }
        return json.dumps({**row, "why": told.why})
    cut = "" if part == line else f"  [{part}]"
    return f"  {told.rule_id}  {told.role.value}  {told.weight:+.1f}  {told.why}{cut}"


def _check(packs: Sequence[str]) -> int:
    """Check packs of one's own, and print every failure."""
    status = FOUND
    for pack in packs:
        try:
            rules, failures = load_pack(pack), check_pack(pack)
        except NewscleanError as error:
            print(f"newsclean rules: {error}", file=sys.stderr)
            status = COULD_NOT_RUN
            continue
        for failure in failures:
            print(failure)
        examples = sum(len(rule.examples) + len(rule.counterexamples) for rule in rules)
        result = f"{len(failures)} failed" if failures else "all well"
        print(f"{pack}: rules: {len(rules)}, examples and counterexamples: {examples}, {result}")
        status = max(status, NOT_FOUND if failures else FOUND)
    return status


def _check_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="newsclean rules check", description="Read rule packs of your own, and run their examples."
    )
    parser.add_argument("packs", nargs="+", metavar="TOML", help="rule packs")
    return parser


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="newsclean rules",
        description="List, search, explain, try and check rules.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("words", nargs="*", metavar="WORD", help="what to look for (default: list all)")
    parser.add_argument(
        "--role", choices=[role.value for role in Role], metavar="ROLE", help="only of this role"
    )
    parser.add_argument("--language", metavar="CODE", help='only of this language, as "de"; "und" for any')
    parser.add_argument(
        "--explain", action="append", default=[], metavar="ID", help="all that is known of one"
    )
    parser.add_argument(
        "--try",
        dest="attempt",
        metavar="TEXT",
        help="what is said of a text, line by line; - for standard input",
    )
    parser.add_argument("--pack", action="append", default=[], metavar="TOML", help="add a rule pack")
    parser.add_argument("--json", action="store_true", help="one JSON line each")
    return parser
