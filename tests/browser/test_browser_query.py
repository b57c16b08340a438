"""In a real browser, as a person asks: examples, tables, bars, drawings, saved queries, and words for what is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kgc.pipeline.saved_queries import saved
from kgc.pipeline.workspace import Workspace
from tests.browser.serving import answered, drawing, screenshot, settle, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-query")]

ENDLESS = "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y WITH x, y WHERE x * y % 7 = 3 RETURN count(*)"


@pytest.fixture
def page(browser: Browser, mine_app: str) -> Iterator[Page]:
    with watched_page(browser) as opened:
        opened.goto(f"{mine_app}/query")
        opened.get_by_role("button", name="What there is, by class").wait_for()
        settle(opened)
        yield opened
        assert opened.get_by_test_id("stException").count() == 0


def field(page: Page) -> str:
    settle(page)
    return page.get_by_role("textbox", name="Query").input_value()


def ask(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Query").fill(text)
    with answered(page):
        page.keyboard.press("Control+Enter")


def test_an_example_is_asked_and_shown_as_table_bars_and_csv(page: Page, mine: Path) -> None:
    page.get_by_role("button", name="What there is, by class").click()
    expect(page.get_by_role("textbox", name="Query")).to_have_value(
        "MATCH (e:Entity) RETURN label(e) AS class, count(*) AS entities ORDER BY entities DESC, class"
    )
    settle(page)
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_label("What the query brought").last).to_be_visible()
    settle(page)
    screenshot(page, "query-table")
    with page.expect_download() as got:
        page.get_by_role("button", name="CSV", exact=True).click()
    rows = list(csv.reader(io.StringIO(Path(got.value.path()).read_text("utf-8"))))
    with Workspace(mine) as workspace:
        answer = workspace.query(field(page))
    assert rows == [list(answer.columns), *([str(v) for v in row] for row in answer.rows)]
    page.get_by_role("radio", name="Bars").click()
    expect(page.get_by_test_id("stVegaLiteChart")).to_be_visible()
    screenshot(page, "query-bars")


def test_nodes_are_drawn_and_one_is_opened_in_explore(page: Page) -> None:
    page.get_by_role("button", name="as a drawing").click()
    expect(page.get_by_role("textbox", name="Query")).not_to_have_value("")
    settle(page)
    page.get_by_role("button", name="Ask").click()
    page.get_by_role("radio", name="Drawing").click()
    drawing(page).locator(".chip").first.wait_for()
    settle(page)
    assert int(drawing(page).get_attribute("data-dots") or 0) > 2
    screenshot(page, "query-drawing")
    line = drawing(page).evaluate("e => e.kgc.cy.edges()[0].id()")
    drawing(page).evaluate("(e, id) => { e.kgc.send('choose', id); }", line)
    settle(page)
    expect(page.get_by_role("button", name="in Explore")).to_have_count(0)  # a fact is no entity
    dot = drawing(page).evaluate("e => e.kgc.cy.nodes()[0].id()")
    drawing(page).evaluate("(e, id) => { e.kgc.send('choose', id); }", dot)
    page.get_by_role("button", name="in Explore").click()
    expect(page.locator("h2.kgc-name")).to_be_visible()
    assert f"entity={dot}" in page.url


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("CREATE (n:Entity {id: 'x'})", "read"),
        ("MATCH (n:Nothing) RETURN n", "Nothing"),
        ("MATCH (n RETURN", ""),
        ("<script>alert(1)</script>", ""),
        ("MATCH (e:Entity) WHERE e.name = 'nobody' RETURN e.name", "Nothing matches."),
        ("  ", "There is nothing to ask yet."),
    ],
)
def test_what_cannot_be_answered_is_said_in_words(page: Page, mine: Path, text: str, words: str) -> None:
    with Workspace(mine) as workspace:
        before = workspace.status().entities
    ask(page, text)
    if not text.strip():
        page.get_by_role("button", name="Ask").click()
    expect(page.locator(".kgc-note")).to_contain_text(words)
    with Workspace(mine) as workspace:
        assert workspace.status().entities == before


def test_a_query_without_an_end_is_stopped_and_the_page_goes_on(page: Page) -> None:
    page.get_by_label("Seconds at most").click()
    page.get_by_role("option", name="5", exact=True).click()
    settle(page)
    page.get_by_role("textbox", name="Query").fill(ENDLESS)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".kgc-note")).to_contain_text("took longer than 5 seconds")
    settle(page)
    ask(page, "MATCH (e:Entity) RETURN count(*) AS n")
    expect(page.get_by_text("1 row in")).to_be_visible()


def test_queries_are_kept_dropped_and_remembered(page: Page, mine: Path, mine_app: str) -> None:
    text = "MATCH (p:Person) RETURN p.name LIMIT 3"
    ask(page, text)
    expect(page.get_by_text("3 rows in")).to_be_visible()
    page.get_by_label("Save as").fill("<b>people</b>")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("button", name="<b>people</b>")).to_be_visible()
    settle(page)
    assert [(q.name, q.text) for q in saved(mine)] == [("<b>people</b>", text)]
    page.get_by_role("link", name="Schema").click()
    expect(page.get_by_role("tab", name="Drawing")).to_be_visible()
    settle(page)
    page.get_by_role("link", name="Query").click()
    expect(page.get_by_text("Asked before")).to_be_visible()
    assert field(page) == text  # what was typed is not lost on the way
    page.get_by_role("textbox", name="Query").fill("RETURN 1")
    page.get_by_role("button", name="<b>people</b>").click()
    expect(page.get_by_role("textbox", name="Query")).to_have_value(text)
    settle(page)
    page.get_by_role("button", name="close").click()
    expect(page.get_by_role("button", name="<b>people</b>")).to_have_count(0)
    assert saved(mine) == ()


def test_sparql_and_an_address_with_a_query(page: Page, mine_app: str) -> None:
    page.get_by_role("button", name="Names of things (SPARQL)").click()
    expect(page.get_by_role("radio", name="SPARQL")).to_be_checked()
    settle(page)
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("25 rows in")).to_be_visible()
    settle(page)
    ask(page, "DELETE WHERE { ?a ?b ?c }")
    expect(page.locator(".kgc-note")).to_be_visible()
    page.goto(f"{mine_app}/query?q=MATCH%20(e)%20RETURN%20e.name%20LIMIT%202")
    expect(page.get_by_role("textbox", name="Query")).to_have_value("MATCH (e) RETURN e.name LIMIT 2")
