"""Text from documents is text on the page, whatever it says."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from kgc.view import html
from kgc.view.entity import entity_page
from kgc.view.overview import PassageRow, search_page
from kgc.view.passage import evidence
from tests.view.small_world import HOSTILE, LETTER, small_world

WORLD = small_world()
ALLOWED = {"b", "bdi", "br", "div", "h2", "mark", "section", "span"}


class Page(HTMLParser):
    """Collects the elements and the text that a browser would show."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_hostile_name_adds_no_element_and_is_read_letter_by_letter() -> None:
    mallory = WORLD.entities[-1]
    page = Page(html.heading(entity_page(WORLD, mallory.id)))
    assert page.tags <= ALLOWED
    assert page.text.startswith(HOSTILE.replace("\u202e", "⟨U+202E⟩"))


def test_hostile_evidence_adds_no_element_and_no_handler() -> None:
    [found] = evidence(WORLD, WORLD.facts[-1])
    page = Page(html.passage(found))
    assert page.tags <= ALLOWED
    assert page.attributes <= {"class", "dir", "title"}
    assert "<script>alert(1)</script> **bold**" in page.text
    assert "\u202e" not in page.text


def test_evidence_reads_as_its_document_does() -> None:
    [found] = evidence(WORLD, WORLD.facts[0], around=10_000)
    assert html.plain(LETTER) in Page(html.passage(found)).text


def test_a_snippet_marks_what_matches() -> None:
    [row] = search_page(WORLD, "lovelace").passages
    assert "<mark>Lovelace</mark>" in html.snippet(row)


def test_what_is_wrong_is_said_as_text() -> None:
    assert "<b>&lt;x&gt;</b>" in html.notice("<x>")


@given(st.text(max_size=80))
def test_any_text_comes_back_from_the_page_as_it_was(text: str) -> None:
    page = Page(html.snippet(PassageRow("d", 0, (), ((text, True),))))
    assert page.tags <= ALLOWED
    assert page.text == "d" + html.plain(text)


def test_a_page_number_is_shown_where_there_is_one() -> None:
    assert html.document("a.pdf", 3) == "<bdi>a.pdf</bdi>, page 3"
    assert html.document("a.txt", 0) == "<bdi>a.txt</bdi>"
