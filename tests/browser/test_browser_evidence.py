"""In a real browser, as a person reads: a fact's quote where it stands, its document beside all that it says."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kgc.data import Fact
from kgc.pipeline.workspace import Workspace
from tests.browser.serving import app, screenshot, settle, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-evidence")]

HOSTILE = (
    "<script>window.kgcOwned = 1</script> <img src=x onerror=window.kgcOwned=1> **bold** [a](http://example.test)\n\n"
    "Ada Byron works for Acme Corporation. abc\u202edef was said. 😀𠮷 Bo Lind works for Acme Corporation.\n"
)
FILLER = "Nothing of note was said on that day, and nobody wrote it down.\n\n"
PEOPLE = ("Cleo Marsh", "Dan Moe", "Eva Strand", "Finn Vik")


@pytest.fixture(scope="module")
def mine(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of this file: a PDF of two pages, a long document, one with hostile text."""
    folder = tmp_path_factory.mktemp("evidence")
    docs = folder / "docs"
    docs.mkdir()
    shutil.copy(repository / "examples" / "documents" / "contract-nickel-2021.pdf", docs)
    (docs / "<b>hostile.txt").write_text(HOSTILE, encoding="utf-8")
    parts = (f"{name} works for Acme Corporation.\n\n{FILLER * 120}" for name in PEOPLE)
    (docs / "long.txt").write_text("".join(parts), encoding="utf-8")
    with Workspace(folder / "ws") as workspace:
        assert workspace.ingest(docs).documents.failed == 0
    return folder / "ws"


@pytest.fixture(scope="module")
def address(mine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with app(mine, tmp_path_factory.mktemp("home")) as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with watched_page(browser) as opened:
        yield opened
        assert opened.get_by_test_id("stException").count() == 0
        assert opened.evaluate("window.kgcOwned") is None
        assert opened.locator("main img, main script, main a[href*='example.test']").count() == 0


def facts_of(path: Path, end: str) -> list[Fact]:
    """The facts whose best place is in the document with this ending, in the order of its text."""
    with Workspace(path) as workspace:
        found = [f for f in workspace.facts() if f.evidence[0].document.endswith(end)]
    return sorted(found, key=lambda f: (f.evidence[0].start, f.evidence[0].end, f.id))


def chosen(page: Page) -> str:
    """The text that is marked as the chosen fact's, in the page's own component."""
    page.locator(".kgc-text .quote.chosen").first.wait_for()
    settle(page)
    return "".join(page.locator(".kgc-text .quote.chosen").all_inner_texts())


def open_fact(page: Page, address: str, fact: Fact) -> None:
    page.goto(f"{address}/evidence?fact={fact.id}")
    page.locator(".kgc-text .row").first.wait_for()
    settle(page)


def test_a_quote_is_marked_at_its_place_with_its_page(page: Page, address: str, mine: Path) -> None:
    fact = max(facts_of(mine, ".pdf"), key=lambda f: f.evidence[0].page)
    place = fact.evidence[0]
    assert place.page >= 1
    open_fact(page, address, fact)
    assert chosen(page) == place.quote
    with Workspace(mine) as workspace:
        text = workspace.document(place.document).text
    first = page.locator(".kgc-text .quote.chosen").first
    before = first.evaluate(
        "e => { let t = ''; for (let n = e.previousSibling; n; n = n.previousSibling) t = n.textContent + t; return t }"
    )
    assert before == text[: place.start]
    expect(page.get_by_text("because:")).to_be_visible()
    expect(page.get_by_text(f"page {place.page} of 2")).to_be_visible()
    row = page.locator('.kgc-text .row[aria-selected="true"]')
    assert row.get_attribute("data-fact") == fact.id
    box, frame = first.bounding_box(), page.locator(".kgc-text .body").bounding_box()
    assert box
    assert frame
    assert frame["y"] <= box["y"] < frame["y"] + frame["height"]  # it is in sight
    screenshot(page, "evidence-pdf")
    page.get_by_text("Every place it stands on").click()
    expect(page.get_by_label("Support of the fact").last).to_be_visible()


def test_text_and_facts_light_each_other_up_and_a_press_chooses(page: Page, address: str, mine: Path) -> None:
    facts = facts_of(mine, ".pdf")
    open_fact(page, address, facts[0])
    rows, lit = page.locator(".kgc-text .row"), page.locator(".kgc-text .quote.lit")
    expect(lit).to_have_count(0)
    rows.nth(1).hover()
    expect(lit).not_to_have_count(0)
    page.locator(".kgc-fact").hover()
    expect(lit).to_have_count(0)
    page.locator(".kgc-text .quote").first.hover()
    expect(page.locator(".kgc-text .row.lit")).not_to_have_count(0)
    wanted = rows.nth(1).get_attribute("data-fact")
    rows.nth(1).click()
    expect(page.locator('.kgc-text .row[aria-selected="true"]')).to_have_attribute("data-fact", wanted or "")
    assert f"fact={wanted}" in page.url


def test_j_and_k_go_from_fact_to_fact_through_the_whole_document(page: Page, address: str, mine: Path) -> None:
    facts = [f for f in facts_of(mine, "long.txt") if f.relation == "WorksFor"]
    assert [f.head.name for f in facts] == list(PEOPLE)
    page.goto(f"{address}/evidence?document=docs/long.txt")
    page.locator(".kgc-text .row").first.wait_for()
    settle(page)
    for fact in facts:
        page.keyboard.press("j")
        expect(page.locator(".kgc-fact")).to_contain_text(fact.head.name)
        assert chosen(page) == fact.evidence[0].quote
    expect(page.get_by_role("button", name="Next fact")).to_be_disabled()
    page.get_by_role("button", name="Back", exact=True).click()
    expect(page.get_by_text(re.compile("^docs/long.txt · characters"))).not_to_contain_text(f"–{len(FILLER) * 480:,}")
    settle(page)
    page.get_by_role("button", name="All documents").click()
    expect(page.get_by_label("Documents of the workspace").last).to_be_visible()


def test_hostile_text_is_text(page: Page, address: str, mine: Path) -> None:
    fact = next(f for f in facts_of(mine, "hostile.txt") if f.head.name == "Bo Lind")
    open_fact(page, address, fact)
    assert chosen(page) == fact.evidence[0].quote
    body = page.locator(".kgc-text .body")
    assert "<script>window.kgcOwned = 1</script>" in body.inner_text()
    assert "abc⟨U+202E⟩def" in body.inner_text()
    assert body.locator("> :not(mark)").count() == 0
    expect(page.get_by_text("docs/<b>hostile.txt · characters")).to_be_visible()
    screenshot(page, "evidence-hostile")


def test_a_verdict_is_shown_and_taken_back_with_keys(page: Page, address: str, mine: Path) -> None:
    fact = next(f for f in facts_of(mine, "hostile.txt") if f.head.name == "Ada Byron")
    open_fact(page, address, fact)
    page.keyboard.press("x")
    expect(page.locator('.kgc-text .row[aria-selected="true"]')).to_contain_text("rejected")
    expect(page.get_by_text("Rejected.")).to_be_visible()
    settle(page)
    page.keyboard.press("u")
    expect(page.get_by_text("Taken back: 1 decision.")).to_be_visible()
    settle(page)
    expect(page.locator('.kgc-text .row[aria-selected="true"]')).not_to_contain_text("rejected")
    with Workspace(mine) as workspace:
        assert [bool(d.undone) for d in workspace.decisions() if d.kind == "reject"] == [True]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("fact=gone", "There is no fact 'gone'."),
        ("document=docs/gone.txt", "is no longer there"),
        ("document=docs/long.txt&at=999999999999999999", ""),
        ("document=docs/long.txt&at=²", ""),
        ("fact=%3Cscript%3E&document=%00&at=-1", "There is no fact '<script>'."),
    ],
)
def test_whatever_an_address_says_is_answered_in_words(page: Page, address: str, query: str, words: str) -> None:
    page.goto(f"{address}/evidence?{query}")
    page.locator(".kgc-text .body, [data-testid=stDataFrame]").first.wait_for()
    settle(page)
    if words:
        expect(page.get_by_text(words).first).to_be_visible()
