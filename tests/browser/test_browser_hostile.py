"""In a real browser, hostile names are drawn letter by letter and nothing of them comes alive."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kgc.view.html import plain
from tests.browser.serving import app, drawing, screenshot, settle, watched_page
from tests.view.imported import fact, graph

pytestmark = pytest.mark.browser

NAMES = (
    "<script>window.kgcOwned = 1</script>",
    "<img src=x onerror=window.kgcOwned=1>",
    '"><svg onload=window.kgcOwned=1>',
    "' onmouseover='window.kgcOwned=1",
    "javascript:window.kgcOwned=1",
    "[click](javascript:window.kgcOwned=1) **bold** :rocket: $x^2$ `code`",
    "![a](http://example.test/a.png)",
    "</style><script>window.kgcOwned=1</script>",
    "{{constructor.constructor('window.kgcOwned=1')()}}",
    "abc\u202edef\u2066ghi",
    "a\u0000b",
    "x" * 400,
    "陈伟民 مرحبا 😀𠮷 e\u0301",
    ":red[not red] :material/home: #",
)

SHOWN = frozenset(plain(unicodedata.normalize("NFC", " ".join(n.split()))) for n in NAMES)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    lines = (fact(f"{name}/Person", "WorksFor", "Acme/Organization") for name in NAMES)
    graph(folder, *lines, fact(f"{NAMES[0]}/Person", "SpouseOf", f"{NAMES[1]}/Person"), name="<b>g").close()
    with app(folder / "workspace", tmp_path_factory.mktemp("home")) as found:
        yield found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with watched_page(browser) as opened:
        opened.goto(f"{address}/explore")
        drawing(opened).locator(".chip").first.wait_for()
        settle(opened)
        yield opened
        assert opened.evaluate("window.kgcOwned") is None
        assert opened.locator("main img, main a[href*='example.test'], main script").count() == 0
        assert opened.locator("main .katex, main a[href^=javascript]").count() == 0


def test_a_drawing_holds_every_name_as_text(page: Page) -> None:
    page.get_by_label("Search names").fill("acme")
    page.locator('.found.shown[data-text="acme"] [role=option]').first.wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("button", name=re.compile("^Show .* more")).click()
    expect(drawing(page)).to_have_attribute("data-dots", str(len(NAMES) + 1))
    settle(page)
    names = drawing(page).evaluate("e => e.kgc.cy.nodes().map((n) => n.data('whole') || n.data('name'))")
    assert {n for n in SHOWN if "U+0000" not in n} <= set(names)
    screenshot(page, "hostile-drawing")
    svg = drawing(page).evaluate("e => e.kgc.picture()")
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg


@pytest.mark.parametrize("typed", ["script", "img src", "click", "abc", "陈", "red", "constructor"])
def test_suggestions_and_details_hold_names_as_text(page: Page, typed: str) -> None:
    page.get_by_label("Search names").fill(typed)
    page.locator(f'.found.shown[data-text="{typed}"] [role=option]').first.wait_for()
    assert page.locator(".found *").evaluate_all(
        "all => all.every(e => ['LI','SPAN','svg','circle','polygon'].includes(e.tagName))"
    )
    page.keyboard.press("Enter")
    expect(page.locator("h2.kgc-name")).to_be_visible()
    settle(page)
    assert page.locator("h2.kgc-name").inner_text() in SHOWN
    page.mouse.move(*point(page))
    line = drawing(page).evaluate("e => e.kgc.cy.nodes('.chosen').connectedEdges()[0].id()")
    drawing(page).evaluate("(e, id) => { e.kgc.send('choose', id); }", line)
    expect(page.locator(".kgc-evidence").first).to_be_visible()
    settle(page)


def point(page: Page) -> tuple[float, float]:
    found = drawing(page).evaluate("e => e.kgc.point(e.kgc.cy.nodes('.chosen').id())")
    return found["x"], found["y"]


@pytest.mark.parametrize(
    "query",
    [
        "entity=%3Cscript%3Ewindow.kgcOwned%3D1%3C/script%3E",
        "entity=%00%FF",
        "entity=x&hops=999999999999",
        "hops=-1",
        "entity=",
    ],
)
def test_whatever_an_address_says_is_answered_in_words(browser: Browser, address: str, query: str) -> None:
    with watched_page(browser) as page:
        page.goto(f"{address}/explore?{query}")
        drawing(page).locator(".chip").first.wait_for()
        settle(page)
        assert page.evaluate("window.kgcOwned") is None
        assert page.get_by_test_id("stException").count() == 0
