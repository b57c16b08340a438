"""In a real browser, as a person explores: search, look, expand, hide, undo, filter, walk, take along."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from kgc.pipeline.workspace import Workspace
from tests.browser.serving import drawing, screenshot, settle, watched_page

pytestmark = pytest.mark.browser

Places = dict[str, dict[str, float]]
FIRM = "Halvorsen Battery Corporation"


@pytest.fixture
def page(browser: Browser, examples_app: str) -> Iterator[Page]:
    with watched_page(browser) as opened:
        opened.goto(f"{examples_app}/explore")
        ready(opened)
        yield opened


@pytest.fixture(scope="module")
def ids(examples: Path) -> dict[str, str]:
    with Workspace(examples) as workspace:
        return {e.name: e.id for e in workspace.entities()}


def ready(page: Page) -> None:
    drawing(page).locator(".chip").first.wait_for()
    settle(page)


def positions(page: Page) -> Places:
    found: Places = drawing(page).evaluate("e => e.kgc.positions()")
    return found


def search(page: Page, text: str) -> str:
    """Type, wait for the suggestions to what was typed, take the first and wait for it; its id."""
    page.get_by_label("Search names").fill(text)
    first = page.locator(f'.found.shown[data-text="{text}"] [role=option]').first
    id_ = first.get_attribute("data-entity") or ""
    page.keyboard.press("Enter")
    expect(drawing(page)).to_have_attribute("data-chosen", id_)
    settle(page)
    return id_


def at(page: Page, id_: str) -> tuple[float, float]:
    point = drawing(page).evaluate("(e, id) => e.kgc.point(id)", id_)
    return point["x"], point["y"]


def shown(page: Page, entities: int) -> None:
    """Wait until so many entities are drawn."""
    expect(drawing(page)).to_have_attribute("data-dots", str(entities))
    settle(page)


def count(page: Page) -> int:
    return int(drawing(page).get_attribute("data-dots") or 0)


def heading(page: Page) -> str:
    return page.locator("h2.kgc-name").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_from_a_search_over_neighbours_to_the_quote(
    browser: Browser, examples_app: str, ids: dict[str, str], width: int, height: int, scheme: Literal["light", "dark"]
) -> None:
    with watched_page(browser, width, height, scheme) as page:
        page.goto(f"{examples_app}/explore")
        ready(page)
        screenshot(page, f"explore-start-{scheme}-{width}")
        page.get_by_label("Search names").fill("hal")
        page.locator('.found.shown[data-text="hal"] [role=option]').first.wait_for()
        screenshot(page, f"explore-search-{scheme}-{width}")
        search(page, "tomas l")
        expect(page.locator("h2.kgc-name")).to_have_text("Tomas Lindqvist")
        assert f"entity={ids['Tomas Lindqvist']}" in page.url
        page.get_by_role("button", name=re.compile("^Show .* more")).click()
        settle(page)
        screenshot(page, f"explore-entity-{scheme}-{width}")
        x, y = at(page, drawing(page).evaluate("e => e.kgc.cy.nodes('.chosen').connectedEdges()[0].id()"))
        page.mouse.click(x, y)
        quote = page.locator(".kgc-evidence mark").first
        expect(quote).to_be_visible()
        settle(page)
        screenshot(page, f"explore-fact-{scheme}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")


def test_nothing_moves_when_neighbours_come(page: Page) -> None:
    search(page, "skagerrak ins")
    before, there = positions(page), count(page)
    x, y = at(page, next(iter(drawing(page).evaluate(
        "e => e.kgc.cy.nodes().filter((n) => n.data('more') > 1 && !n.hasClass('chosen')).map((n) => n.id())"
    ))))  # fmt: skip
    page.mouse.dblclick(x, y)
    expect(drawing(page)).not_to_have_attribute("data-dots", str(there))
    settle(page)
    after = positions(page)
    assert len(after) > len(before)
    assert {id_: after[id_] for id_ in before} == before
    assert len({(round(p["x"]), round(p["y"])) for p in after.values()}) == len(after)


def test_hide_undo_redo_and_bring_back(page: Page, ids: dict[str, str]) -> None:
    search(page, "halvorsen batt")
    before, there = positions(page), count(page)
    page.get_by_role("button", name="Hide", exact=True).click()
    shown(page, there - 1)
    assert ids[FIRM] not in positions(page)
    page.keyboard.press("u")
    shown(page, there)
    assert positions(page) == before
    page.get_by_role("button", name="Redo").click()
    shown(page, there - 1)
    page.get_by_role("button", name="Show 1 hidden").click()
    shown(page, there)


def test_only_this_and_what_is_pinned(page: Page, ids: dict[str, str]) -> None:
    search(page, "elina j")
    page.get_by_role("button", name="Pin", exact=True).click()
    expect(page.get_by_role("button", name="Unpin")).to_be_visible()
    settle(page)
    search(page, "halvorsen batt")
    page.get_by_role("button", name="Only this").click()
    shown(page, 2)
    assert set(positions(page)) == {ids["Elina Jokela"], ids[FIRM]}


def test_the_legend_filters_and_the_filter_shows_it(page: Page) -> None:
    search(page, "halvorsen batt")
    there = count(page)
    chip = drawing(page).locator(".chip[data-kind=Person]")
    people = int(chip.locator(".count").inner_text())
    chip.click()
    shown(page, there - people)
    expect(chip).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="Filter (1)").click()
    page.get_by_role("button", name="Clear the filter").click()
    shown(page, there)
    expect(chip).to_have_attribute("aria-pressed", "true")


def test_a_way_between_two_is_found_and_marked(page: Page, examples: Path, ids: dict[str, str]) -> None:
    with Workspace(examples) as workspace:
        way = workspace.way(ids["Elina Jokela"], ids["Jin Tao"])
    assert len(way) > 2
    search(page, "elina j")
    page.get_by_role("button", name="Path to").click()
    expect(page.get_by_text("choose its other end")).to_be_visible()
    settle(page)
    search(page, "jin tao")
    marked = "e => e.kgc.cy.nodes('[?marked]').map((n) => n.id())"
    expect(drawing(page)).to_have_attribute("data-marked", str(len(way)))
    assert set(drawing(page).evaluate(marked)) == set(way)
    screenshot(page, "explore-way")


def test_an_address_leads_to_the_same_entity_and_back_again(page: Page, examples_app: str, ids: dict[str, str]) -> None:
    page.goto(f"{examples_app}/explore?entity={ids['Jin Tao']}&hops=2")
    ready(page)
    assert heading(page) == "Jin Tao"
    far = count(page)
    page.goto(f"{examples_app}/explore?entity={ids['Jin Tao']}&hops=1")
    ready(page)
    assert count(page) < far
    page.goto(f"{examples_app}/explore?entity=nobody<b>x</b>")
    expect(page.get_by_text("There is no entity 'nobody<b>x</b>'")).to_be_visible()
    expect(drawing(page)).to_be_visible()


def test_by_keyboard_alone(page: Page, ids: dict[str, str]) -> None:
    search(page, "halvorsen batt")
    stage = drawing(page).locator(".stage")
    expect(stage).to_have_attribute("role", "application")
    expect(stage).to_have_attribute("aria-label", re.compile("entities|shown"))
    stage.focus()
    page.keyboard.press("ArrowRight")
    said = drawing(page).locator(".live")
    expect(said).to_have_text(re.compile(r".+ · .+ · \d+ facts?"))
    name = said.inner_text().split(" · ")[0]
    page.keyboard.press("Enter")
    expect(page.locator("h2.kgc-name")).to_have_text(name)
    settle(page)
    there = count(page)
    page.keyboard.press("h")
    shown(page, there - 1)
    zoom = drawing(page).evaluate("e => e.kgc.cy.zoom()")
    page.keyboard.press("-")
    assert drawing(page).evaluate("e => e.kgc.cy.zoom()") < zoom
    page.keyboard.press("u")
    shown(page, there)


def test_by_keyboard_from_the_search_to_the_drawing(page: Page) -> None:
    page.get_by_label("Search names").focus()
    page.keyboard.type("ingrid")
    page.locator('.found.shown[data-text="ingrid"] [role=option]').first.wait_for()
    field = page.get_by_role("combobox", name="Search names")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(field).to_have_attribute("aria-activedescendant", "kgc-found-0")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_what_is_seen_is_taken_along(page: Page, tmp_path: Path) -> None:
    search(page, "halvorsen batt")
    files = {}
    for name in ("PNG", "SVG"):
        with page.expect_download() as download:
            drawing(page).get_by_label(f"Save as {name}").click()
        download.value.save_as(tmp_path / name)
        files[name] = (tmp_path / name).read_bytes()
    page.get_by_role("button", name="Export").click()
    for name in ("CSV", "Cypher"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        download.value.save_as(tmp_path / name)
        files[name] = (tmp_path / name).read_bytes()
    assert files["PNG"].startswith(b"\x89PNG")
    picture = ElementTree.fromstring(files["SVG"])
    texts = {t.text for t in picture.iter("{http://www.w3.org/2000/svg}text")}
    assert FIRM in texts
    table = list(csv.DictReader(io.StringIO(files["CSV"].decode("utf-8-sig"))))
    assert len(table) == int(drawing(page).get_attribute("data-lines") or 0)
    assert files["Cypher"].decode().count("MERGE (n:Entity") == count(page)


def test_the_table_shows_the_same_facts(page: Page) -> None:
    search(page, "elina j")
    lines = drawing(page).get_attribute("data-lines")
    page.get_by_text("Table", exact=True).click()
    expect(page.get_by_role("region", name="Visible facts")).to_be_visible()
    settle(page)
    assert f"{lines} fact" in page.get_by_test_id("kgc-shown").inner_text()
    screenshot(page, "explore-table")
    page.get_by_text("Graph", exact=True).click()
    ready(page)


def test_a_drawing_is_as_it_was_after_a_visit_to_another_page(page: Page) -> None:
    search(page, "halvorsen batt")
    before = positions(page)
    page.get_by_role("link", name="Home").click()
    settle(page)
    page.get_by_role("link", name="Explore").click()
    ready(page)
    assert positions(page) == before
