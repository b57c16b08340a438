"""In a real browser: the schema drawn with how it is used, its tables, what does not fit, another one beside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import drawing, screenshot, settle, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-examples")]


@pytest.fixture
def page(browser: Browser, examples_app: str) -> Iterator[Page]:
    with watched_page(browser) as opened:
        opened.goto(f"{examples_app}/schema")
        drawing(opened).locator(".chip").first.wait_for()
        settle(opened)
        yield opened
        assert opened.get_by_test_id("stException").count() == 0


def test_a_class_and_a_relation_are_chosen_in_the_drawing(page: Page) -> None:
    expect(page.get_by_text("What to look at")).to_be_visible()
    expect(page.get_by_text("Nothing is found of:")).to_be_visible()
    dots = int(drawing(page).get_attribute("data-dots") or 0)
    assert dots > 8
    point = drawing(page).evaluate("e => e.kgc.point('Company')")
    page.mouse.click(point["x"], point["y"])
    expect(page.locator("h2.kgc-name")).to_have_text("Company")
    expect(page.get_by_text("a kind of Organization")).to_be_visible()
    expect(page.get_by_text("Halvorsen Battery Corporation")).to_be_visible()
    settle(page)
    screenshot(page, "schema-class")
    line = drawing(page).evaluate("e => e.kgc.cy.edges().filter((l) => l.id().startsWith('WorksFor:'))[0].id()")
    drawing(page).evaluate("(e, id) => { e.kgc.send('choose', id); }", line)
    expect(page.locator("h2.kgc-name")).to_have_text("WorksFor")
    settle(page)
    drawing(page).evaluate("e => { e.kgc.send('choose', 'Person'); }")
    expect(page.locator("h2.kgc-name")).to_have_text("Person")
    settle(page)
    page.get_by_role("button", name="Ask for them").click()
    expect(page.get_by_role("textbox", name="Query")).to_have_value("MATCH (e:Person) RETURN e.name, e.id LIMIT 100")


def test_tables_check_and_comparison(page: Page) -> None:
    page.get_by_role("tab", name="Tables").click()
    expect(page.get_by_label("Classes").last).to_be_visible()
    expect(page.get_by_label("Relations").last).to_be_visible()
    screenshot(page, "schema-tables")
    page.get_by_role("tab", name="Check").click()
    page.get_by_role("button", name="Check the graph").click()
    expect(page.get_by_text("0 violations")).to_be_visible()
    settle(page)
    page.get_by_role("tab", name="Compare").click()
    page.get_by_label("Another schema").click()
    page.get_by_role("option", name="company", exact=True).click()
    expect(page.get_by_label("Differences").last).to_be_visible()
    settle(page)
    screenshot(page, "schema-compare")


def test_an_address_names_a_class_whatever_it_is(browser: Browser, examples_app: str) -> None:
    with watched_page(browser) as page:
        page.goto(f"{examples_app}/schema?name=City")
        expect(page.locator("h2.kgc-name")).to_have_text("City")
        settle(page)
        page.goto(f"{examples_app}/schema?name=%3Cscript%3E")
        expect(page.get_by_text("What to look at")).to_be_visible()
        settle(page)
        assert page.get_by_test_id("stException").count() == 0
