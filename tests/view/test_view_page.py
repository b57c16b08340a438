"""The page itself, without a browser: what it draws and where a choice leads."""

from __future__ import annotations

import pytest

pytest.importorskip("streamlit")
from streamlit.testing.v1 import AppTest

from tests.view.small_world import small_world

ADA, BABBAGE, LONDON, MALLORY = small_world().entities
WORKS_WITH = small_world().facts[0]


def script(world: str) -> str:
    return (
        "import runpy\n"
        "from kgc.shipped import folder\n"
        "from tests.view.small_world import World, small_world\n"
        "page = runpy.run_path(str(folder('dashboards') / 'browse.py'), run_name='page')\n"
        f"page['main'](lambda: {world})\n"
    )


def app(world: str = "small_world()", **address: str) -> AppTest:
    found = AppTest.from_string(script(world), default_timeout=20)
    for name, value in address.items():
        found.query_params[name] = value
    return found.run()


def html_of(page: AppTest) -> str:
    return "".join(h.value for h in page.get("html"))


def test_an_empty_workspace_explains_itself() -> None:
    assert "kgc ingest FOLDER" in html_of(app("World()"))


def test_the_first_page_lists_the_documents_and_what_failed() -> None:
    [table] = app().dataframe
    assert list(table.value["Problem"]) == ["It needs a password. Unlock it.", ""]


def test_a_search_shows_entities_and_passages() -> None:
    page = app().text_input(key="q").set_value("lovelace").run()
    assert page.dataframe[0].value["Name"].iloc[0] == "Ada Lovelace"
    assert "<mark>Lovelace</mark>" in html_of(page)


def test_a_search_that_finds_nothing_says_so() -> None:
    assert "Nothing is found for" in html_of(app().text_input(key="q").set_value("zzz").run())


def test_an_address_opens_an_entity_with_its_facts() -> None:
    page = app(entity=ADA.id)
    assert "Ada Lovelace</bdi>" in html_of(page)
    facts = page.dataframe[-1].value
    assert list(facts["Relation"]) == ["BornIn", "WorksWith", "active", "WorksFor"]
    assert facts["Note"].iloc[0] == "conflict"


def test_an_address_opens_a_fact_in_its_text_and_leads_to_the_other_end() -> None:
    page = app(entity=ADA.id, fact=WORKS_WITH.id)
    assert 'title="tail">Charles\nBabbage</span>' in html_of(page)
    page.button(key="kgc_walk").click().run()
    assert page.query_params["entity"] == BABBAGE.id
    assert "fact" not in page.query_params
    assert "Charles Babbage</bdi>" in html_of(page)


def test_an_address_that_leads_nowhere_is_said_and_the_search_stays() -> None:
    page = app(entity="<b>gone</b>")
    assert "There is no entity named &#x27;&lt;b&gt;gone" in html_of(page)
    assert page.text_input(key="q").value == ""
    assert not page.exception


def test_a_hostile_name_is_only_ever_text() -> None:
    page = app(entity=MALLORY.id, fact=small_world().facts[-1].id)
    assert not page.exception
    assert "<script" not in html_of(page)
    assert "<img" not in html_of(page)
    drawn_as_markdown = "".join(m.value for m in [*page.markdown, *page.caption])
    assert "script" not in drawn_as_markdown


def test_nothing_is_drawn_as_markdown_but_our_own_captions() -> None:
    page = app(entity=ADA.id, fact=WORKS_WITH.id)
    assert [m.value for m in page.markdown] == []
    assert [c.value for c in page.caption] == [
        "Attributes",
        "4 facts. Choose one to read where it is said.",
        "Evidence: 1 place in 1 document",
    ]
