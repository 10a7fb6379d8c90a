"""What a real browser makes of the view and the report: headless Chromium, driven by selenium."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

sys.path.insert(0, str(Path(__file__).parent))
import chromium
import fixture_pages
from chromium import Browser
from hostile import ATTACKS, hostile_document
from test_notebook import FIRST, PAGE

import newsclean
from newsclean import Document

LIGHT, DARK = "rgb(255, 254, 251)", "rgb(22, 24, 26)"
"""The background of a view."""
ARABIC = (
    '<!doctype html><html lang="ar" dir="rtl"><h1>العثور على سجل حارس المنارة داخل بيانو</h1>'
    "<p>عثر عامل ضبط البيانو على سجل آخر حارس لمنارة كارسوند (Karsund) تحت مفاتيح آلة لم يعزف عليها أحد منذ "
    "ستين عاما، وكان قد جاء إلى الجزيرة ليضبط بيانو المدرسة.</p><p>يذكر السجل كل سفينة مرت بين عامي 1939 "
    "و1946، وما أكله الحارس على العشاء كل ليلة، وكتب عن السمك أكثر مما كتب عن الحرب.</p></html>"
)
COLOURS = """
const style = getComputedStyle(arguments[0]);
return [style.color, style.backgroundColor];
"""
CONTRASTS = """
const channels = (text) => text.match(/[\\d.]+/g).map(Number);
const luminance = ([r, g, b]) => [r, g, b].map((c) => c / 255)
  .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const behind = (element) => {
  for (let e = element; e; e = e.parentElement) {
    const colour = channels(getComputedStyle(e).backgroundColor);
    if (colour.length < 4 || colour[3] === 1) return colour;
    if (colour[3] !== 0) throw new Error("half transparent");
  }
  return [255, 255, 255];
};
document.querySelectorAll("details").forEach((e) => e.open = true);
const found = {};
const walker = document.createTreeWalker(document.querySelector(".newsclean-view"), NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || element.tagName === "STYLE") continue;
  const colours = [channels(getComputedStyle(element).color), behind(element)];
  const lights = colours.map(luminance).sort((a, b) => b - a);
  const ratio = (lights[0] + 0.05) / (lights[1] + 0.05);
  const name = (element.className || element.tagName) + " in " + element.closest("[class]").className;
  found[name] = Math.min(found[name] ?? 99, ratio);
}
return found;
"""
LAYOUT = """
return [...document.querySelectorAll(arguments[0])].map((e) => {
  const box = e.getBoundingClientRect(), style = getComputedStyle(e);
  return [e.tagName, e.className, Math.round(box.width), Math.round(box.height), style.display, style.color,
    style.backgroundColor, style.fontSize, style.fontFamily, style.textTransform, style.textAlign,
    style.margin, style.padding, style.border, style.whiteSpace, style.letterSpacing, style.visibility];
});
"""
STRANGE_STYLES = """
<style>
body { text-transform: uppercase; letter-spacing: 3px; text-align: center; color: red; visibility: hidden; }
div, p, section, details, summary, ul, li, dl, dt, dd, span { color: lime; background: red;
  font: 40px fantasy; float: right; display: none; padding: 30px; border: 5px solid;
  list-style: square; white-space: nowrap; }
.jp-RenderedHTMLCommon p, .jp-RenderedHTMLCommon ul:not(.list-inline) li { margin: 50px; color: teal; }
#notebook p, #notebook .output details > summary { display: none; }
* { margin: 20px; box-sizing: content-box; }
</style>
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.opened() as window:
        yield window


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    pages = {
        name: fixture_pages.load(name).page
        for name in ("tabloid-inline-plugs", "gallery-captions", "crawler-markdown", "comments-under-article")
    }
    return {name: newsclean.clean(page) for name, page in {**pages, "ferry": PAGE, "arabic": ARABIC}.items()}


def as_notebook(view: str, tmp_path: Path, head: str = "", body: str = "") -> Path:
    """A page that holds a view as a notebook does: among its own styles, and with scripts allowed."""
    page = tmp_path / "notebook.html"
    page.write_text(
        f'<!doctype html><html><head><meta charset="utf-8">{head}</head><body {body}>'
        f'<div id="notebook" class="jp-RenderedHTMLCommon"><div class="output">{view}</div></div>'
        "</body></html>",
        encoding="utf-8",
    )
    return page


def find(browser: Browser, selector: str) -> Any:
    return browser.driver.find_element(By.CSS_SELECTOR, selector)


def find_all(browser: Browser, selector: str) -> list[Any]:
    return list(browser.driver.find_elements(By.CSS_SELECTOR, selector))


class TestReading:
    def test_the_article_can_be_read_and_nothing_is_complained_of(
        self, browser: Browser, documents: dict[str, Document], tmp_path: Path
    ) -> None:
        document = documents["ferry"]
        browser.look(document.to_html_report(tmp_path / "r.html"))
        shown = [e for e in find_all(browser, ".nc-text .nc-words") if e.is_displayed()]
        plug = "related READ MORE: Ten things to do on the islands when it rains"
        assert [e.text.replace(plug, "").strip() for e in shown] == list(document.paragraphs)
        assert browser.complaints() == []
        assert browser.driver.title == f"newsclean: {document.title}"

    def test_the_text_is_larger_than_what_is_said_about_it(
        self, browser: Browser, documents: dict[str, Document], tmp_path: Path
    ) -> None:
        browser.look(documents["ferry"].to_html_report(tmp_path / "r.html"))
        size = "return parseFloat(getComputedStyle(document.querySelector(arguments[0])).fontSize)"
        text = browser.run(size, ".nc-text .nc-words")
        others = (".nc-fields", ".nc-legend .nc-tag", ".nc-run", ".nc-about", ".nc-told .nc-why")
        assert text >= 16
        assert all(browser.run(size, other) <= text - 3 for other in others)

    def test_what_was_removed_opens_at_a_click(
        self, browser: Browser, documents: dict[str, Document], tmp_path: Path
    ) -> None:
        browser.look(documents["ferry"].to_html_report(tmp_path / "r.html"))
        run = find_all(browser, ".nc-run")[1]
        text = run.find_element(By.CSS_SELECTOR, ".nc-words")
        assert not text.is_displayed()
        run.find_element(By.TAG_NAME, "summary").click()
        assert text.is_displayed()
        assert text.text == "Sign up for our free morning newsletter and never miss a tide"
        run.find_element(By.TAG_NAME, "summary").click()
        assert not text.is_displayed()

    def test_the_reason_stands_under_the_mouse(
        self, browser: Browser, documents: dict[str, Document], tmp_path: Path
    ) -> None:
        document = documents["ferry"]
        browser.look(document.to_html_report(tmp_path / "r.html"))
        under = """
        const box = arguments[0].getClientRects()[0];
        const element = document.elementFromPoint(box.x + 12, box.y + 8);
        return element.closest("[title]").title;
        """
        for selector, text in (
            (".nc-part", "READ MORE"),
            ("[data-role=byline] .nc-words", "By Ines"),
            (".nc-text .nc-words", FIRST[:20]),
            (".nc-run:nth-of-type(1) .nc-peek", "Skip to content"),
        ):
            (block,) = (b for b in document.blocks if b.text.startswith(text))
            assert (
                browser.run(under, find(browser, selector)) == f"{block.role} - {block.rule_id}: {block.why}"
            )

    def test_the_reason_can_be_had_with_the_keyboard(
        self, browser: Browser, documents: dict[str, Document], tmp_path: Path
    ) -> None:
        document = documents["ferry"]
        browser.look(document.to_html_report(tmp_path / "r.html"))
        row = find(browser, ".nc-text")
        label, reason = (row.find_element(By.CSS_SELECTOR, s) for s in (".nc-why summary", ".nc-why dl"))
        assert browser.run("return getComputedStyle(arguments[0]).opacity", label) == "0"
        for _ in range(50):
            browser.driver.switch_to.active_element.send_keys(Keys.TAB)
            if browser.driver.switch_to.active_element == label:
                break
        assert browser.driver.switch_to.active_element == label
        assert browser.run("return getComputedStyle(arguments[0]).opacity", label) == "1"
        assert not reason.is_displayed()
        label.send_keys(Keys.ENTER)
        assert reason.is_displayed()
        block = next(b for b in document.blocks if b.text == FIRST)
        assert block.rule_id in reason.text
        assert block.why in reason.text

    def test_a_report_of_several_pages_leads_to_each(self, browser: Browser, tmp_path: Path) -> None:
        from newsclean.report import Report

        with Report(tmp_path / "r.html") as report:
            for number in range(3):
                report.add(newsclean.clean(PAGE), f"page-{number}.txt")
        browser.look(report.path)
        link = find_all(browser, ".index a")[2]
        assert link.text == "page-2.txt"
        link.click()
        top = "return document.querySelector(location.hash).getBoundingClientRect().top < innerHeight"
        assert browser.run(top)
        assert browser.run("return scrollY") > 0


class TestSafety:
    def everything_hostile(self) -> str:
        return "".join(hostile_document(attack)._repr_html_() for attack in ATTACKS)

    def test_hostile_text_stays_text_in_a_notebook(self, browser: Browser, tmp_path: Path) -> None:
        page = as_notebook(self.everything_hostile(), tmp_path)
        browser.look(page)
        self.touch_everything(browser)
        assert browser.run("return window.hacked") is None
        assert browser.requested() == [page.as_uri()]
        assert (
            browser.run("return document.querySelectorAll('script, img, a, iframe, svg, link').length") == 0
        )
        assert browser.run("return document.querySelectorAll('style').length") == len(ATTACKS)

    def test_hostile_text_stays_text_in_a_report(self, browser: Browser, tmp_path: Path) -> None:
        from newsclean.report import Report

        with Report(tmp_path / "r.html") as report:
            for attack in ATTACKS:
                report.add(hostile_document(attack), attack)
        browser.look(report.path)
        self.touch_everything(browser)
        assert browser.run("return window.hacked") is None
        assert browser.requested() == [report.path.as_uri()]
        assert browser.complaints() == []

    def test_a_hostile_page_stays_inert(self, browser: Browser, tmp_path: Path) -> None:
        shown = "".join(f"<p>{attack}</p><p>{attack.replace('<', '&lt;')}</p>" for attack in ATTACKS)
        for number, page in enumerate(
            (f"<h1>Ferry</h1><p>{FIRST}</p>{shown}", "\n\n".join([FIRST, *ATTACKS]))
        ):
            document = newsclean.clean(page, kind="text" if number else "html")
            path = document.to_html_report(tmp_path / f"{number}.html")
            assert "window.hacked=1" in path.read_text(encoding="utf-8")
            browser.look(path)
            self.touch_everything(browser)
            assert browser.run("return window.hacked") is None
            assert browser.requested() == [path.as_uri()]

    def test_the_same_attacks_would_be_noticed_if_they_were_not_escaped(
        self, browser: Browser, tmp_path: Path
    ) -> None:
        noticed = 0
        for attack in ATTACKS:
            page = as_notebook(attack, tmp_path)
            browser.look(page)
            noticed += browser.run("return window.hacked") == 1 or browser.requested() != [page.as_uri()]
        assert noticed >= len(ATTACKS) // 2

    def test_a_script_that_got_into_a_report_would_not_run(self, browser: Browser, tmp_path: Path) -> None:
        path = newsclean.clean(PAGE).to_html_report(tmp_path / "r.html")
        text = path.read_text(encoding="utf-8")
        injected = '<main><script>window.hacked=1</script><img src="https://example.org/a.png">'
        path.write_text(text.replace("<main>", injected), encoding="utf-8")
        browser.look(path)
        assert browser.run("return document.querySelectorAll('script, img').length") == 2
        assert browser.run("return window.hacked") is None
        assert any("Content Security Policy" in complaint for complaint in browser.complaints())

    @staticmethod
    def touch_everything(browser: Browser) -> None:
        """Open, focus and point at all that there is."""
        browser.run(
            "for (const e of document.querySelectorAll('.newsclean-view *')) {"
            "  if (e.tagName === 'DETAILS') e.open = true;"
            "  e.focus?.(); e.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}));"
            "  if (e.tagName !== 'SUMMARY') e.click(); }"
        )


class TestThemes:
    def test_dark_follows_the_system(
        self, browser: Browser, documents: dict[str, Document], tmp_path: Path
    ) -> None:
        path = documents["ferry"].to_html_report(tmp_path / "r.html")
        seen = {}
        for dark in (False, True):
            browser.look(path, dark=dark)
            seen[dark] = [
                browser.run(COLOURS, find(browser, selector))
                for selector in (
                    ".newsclean-view",
                    ".nc-text",
                    ".nc-told .nc-main",
                    ".nc-tag",
                    ".nc-part",
                    "html",
                )
            ]
        assert (seen[False][0][1], seen[True][0][1]) == (LIGHT, DARK)
        assert all(light != dark for light, dark in zip(seen[False], seen[True], strict=True))

    @pytest.mark.parametrize(
        ("body", "background"),
        [
            ('data-jp-theme-light="false"', DARK),
            ('data-jp-theme-light="true"', LIGHT),
            ('data-theme="dark"', DARK),
            ('data-theme="light"', LIGHT),
            ('class="vscode-dark"', DARK),
            ('class="vscode-light"', LIGHT),
            ('class="vscode-high-contrast"', DARK),
            ('class="vscode-high-contrast vscode-high-contrast-light"', LIGHT),
        ],
    )
    @pytest.mark.parametrize("dark", [False, True])
    def test_a_notebooks_theme_counts_more_than_the_system(
        self, browser: Browser, tmp_path: Path, body: str, background: str, dark: bool
    ) -> None:
        browser.look(as_notebook(newsclean.clean(PAGE)._repr_html_(), tmp_path, body=body), dark=dark)
        assert browser.run(COLOURS, find(browser, ".newsclean-view"))[1] == background

    @pytest.mark.parametrize("dark", [False, True])
    def test_all_text_can_be_told_from_its_background(
        self, browser: Browser, documents: dict[str, Document], tmp_path: Path, dark: bool
    ) -> None:
        for name, document in documents.items():
            browser.look(document.to_html_report(tmp_path / "r.html"), dark=dark)
            found = browser.run(CONTRASTS)
            assert len(found) > 5
            assert {key: ratio for key, ratio in found.items() if ratio < 4.5} == {}, name


class TestLayout:
    @pytest.mark.parametrize("width", [320, 375, 900])
    def test_nothing_is_wider_than_the_window(
        self, browser: Browser, documents: dict[str, Document], tmp_path: Path, width: int
    ) -> None:
        long = f"{FIRST} https://example.org/{'a' * 400}"
        made = {"long": newsclean.clean(PAGE.replace(FIRST, long).replace("By Ines", f"By {'I' * 200}"))}
        hostile = {"hostile": hostile_document("W" * 300)}
        for name, document in {**documents, **made, **hostile}.items():
            browser.look(document.to_html_report(tmp_path / "r.html"), width=width)
            browser.run("document.querySelectorAll('details').forEach((e) => e.open = true)")
            assert browser.run("return document.documentElement.scrollWidth") <= width, name
            over = "return [...document.querySelectorAll('.newsclean-view *')].filter((e) => \
                e.getBoundingClientRect().right > innerWidth).map((e) => e.className)"
            assert browser.run(over) == [], name

    def test_page_text_cannot_change_the_order_of_legend_and_fields(
        self, browser: Browser, tmp_path: Path
    ) -> None:
        order = """
        return [...document.querySelectorAll(".nc-legend li, .nc-fields dt, .nc-about dt")]
          .map((e) => [e.textContent, e.getBoundingClientRect()]).map(([t, b]) => [t, b.top, b.left]);
        """
        for text in ("\u202e\u2067 txet desrever", "عثر عامل", "\u2069\u2069\u202b abc"):
            browser.look(as_notebook(hostile_document(text)._repr_html_(), tmp_path))
            places = browser.run(order)
            in_order = sorted(places, key=lambda place: (round(place[1]), place[2]))
            assert len(places) > 15
            assert places == in_order

    def test_right_to_left_pages_run_from_the_right(
        self, browser: Browser, documents: dict[str, Document], tmp_path: Path
    ) -> None:
        browser.look(documents["arabic"].to_html_report(tmp_path / "r.html"))
        direction = "return getComputedStyle(arguments[0]).direction"
        assert {browser.run(direction, e) for e in find_all(browser, ".nc-words")} == {"rtl"}
        assert {browser.run(direction, e) for e in find_all(browser, ".nc-legend li")} == {"ltr"}

    def test_styles_of_a_notebook_do_not_reach_the_view(
        self, browser: Browser, documents: dict[str, Document], tmp_path: Path
    ) -> None:
        view = documents["tabloid-inline-plugs"]._repr_html_()
        seen = []
        for head in ("", STRANGE_STYLES):
            # the box that holds the view is the notebook's; let it be the same
            fixed = (
                "<style>#notebook, #notebook > .output { all: initial !important; display: block !important; \
                width: 800px !important; }</style>"
            )
            browser.look(as_notebook(view, tmp_path, head + fixed))
            seen.append(browser.run(LAYOUT, ".newsclean-view, .newsclean-view *"))
        assert len(seen[0]) > 200
        assert [pair for pair in zip(*seen, strict=True) if pair[0] != pair[1]] == []

    def test_styles_of_the_view_do_not_reach_the_notebook(self, browser: Browser, tmp_path: Path) -> None:
        other = (
            '<div class="other"><p class="nc-words">A</p>'
            '<details class="nc-run"><summary>B</summary>C</details>'
            '<ul class="nc-legend"><li data-role="title">D</li></ul>'
            '<div class="nc-row"><b>E</b></div></div>'
        )
        seen = []
        for view in ("", newsclean.clean(PAGE)._repr_html_()):
            browser.look(as_notebook(other + view, tmp_path))
            seen.append(browser.run(LAYOUT, "body, #notebook .other, .other *"))
        for layouts in seen:
            layouts[0][3] = None  # the body is higher with a view in it
        assert seen[0] == seen[1]
