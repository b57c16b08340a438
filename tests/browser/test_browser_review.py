"""In a real browser, as a person reviews: one thing after another, with keys; all is taken back, all is recorded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kgc.data import Decision, Fact
from kgc.ledger.lock import long_run
from kgc.ledger.queues import Narrow
from kgc.pipeline.workspace import LOCK, Workspace
from tests.browser.serving import answered, screenshot, settle, until_told, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-review")]


@pytest.fixture
def page(browser: Browser, mine_app: str) -> Iterator[Page]:
    with watched_page(browser) as opened:
        opened.goto(f"{mine_app}/review")
        at(opened)
        yield opened
        assert opened.get_by_test_id("stException").count() == 0


@pytest.fixture(autouse=True)
def undecided(mine: Path) -> Iterator[None]:
    """Every test finds the graph as it was read."""
    yield
    with Workspace(mine) as workspace:
        workspace.undo_all([d.id for d in people(mine)])


def people(path: Path) -> list[Decision]:
    """What people decided and nobody took back."""
    with Workspace(path) as workspace:
        return [d for d in workspace.decisions() if not d.by.startswith("rule:") and not d.undone]


def queue(path: Path, name: str = "low", **narrow: str) -> tuple[Fact, ...]:
    with Workspace(path) as workspace:
        return workspace.queue(name, Narrow(**narrow), 60)  # type: ignore[arg-type]


def at(page: Page) -> str:
    """What is looked at, in words."""
    heading = page.locator("main h3.kgc-name").first
    heading.wait_for()
    settle(page)
    return heading.inner_text()


def press(page: Page, key: str) -> None:
    with answered(page):
        page.keyboard.press(key)


def says(page: Page, words: str) -> None:
    expect(page.get_by_text(words).first).to_be_visible()
    settle(page)


def test_a_accepts_x_rejects_u_takes_back_under_the_name_of_who_decides(page: Page, mine: Path) -> None:
    first, second, third = queue(mine)[:3]
    name = page.get_by_role("textbox", name="Decided by")
    name.fill("Ada Byron")
    name.press("Enter")
    settle(page)
    page.locator("h3.kgc-name").first.click()
    press(page, "a")
    says(page, "Accepted.")
    assert second.head.name in at(page)
    press(page, "x")
    says(page, "Rejected.")
    assert third.head.name in at(page)
    assert {(d.kind, d.by) for d in people(mine)} == {("accept", "Ada Byron"), ("reject", "Ada Byron")}
    with Workspace(mine) as workspace:
        assert [getattr(workspace.graph().fact(f.id), "status", "") for f in (first, second)] == [
            "accepted",
            "rejected",
        ]
    screenshot(page, "review-decided")
    press(page, "u")
    says(page, "Taken back: 1 decision.")
    press(page, "u")
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    assert people(mine) == []
    assert [f.id for f in queue(mine)[:2]] == [first.id, second.id]


def test_letters_typed_into_a_field_decide_nothing(page: Page, mine: Path) -> None:
    before = at(page)
    field = page.get_by_role("textbox", name="Decided by")
    field.click()
    field.press_sequentially("axujk")
    expect(field).to_have_value("axujk")
    assert at(page) == before
    assert people(mine) == []


def test_j_and_k_step_through_the_queue_and_a_click_goes_there(page: Page, mine: Path) -> None:
    facts = queue(mine)
    assert facts[0].head.name in at(page)
    expect(page.get_by_role("button", name="Previous")).to_be_disabled()
    for _ in range(12):
        press(page, "j")
    says(page, "13–24 of 60")
    assert facts[12].head.name in at(page)
    press(page, "k")
    says(page, "1–12 of 60")
    assert facts[11].head.name in at(page)
    with answered(page):
        page.keyboard.press("k")
        until_told(page, "a.*b.*d")  # the first is taken up; Streamlit makes one of two that come before
        page.keyboard.press("k")  # while the page is still at work on the first
    expect(page.locator("h3.kgc-name").first).to_contain_text(facts[9].head.name)
    box = page.get_by_label("The queue").last.bounding_box()
    assert box
    page.mouse.click(box["x"] + 200, box["y"] + 35 * 3 + 17)
    expect(page.locator("h3.kgc-name").first).to_contain_text(facts[2].head.name)


def test_many_are_decided_at_once_and_taken_back_at_once(page: Page, mine: Path) -> None:
    page.get_by_text("Filter, and decide on all at once").click()
    page.get_by_label("Document begins with").fill("documents/zh/")
    page.get_by_label("Document begins with").press("Enter")
    facts = queue(mine, document="documents/zh/")
    button = page.get_by_role("button", name=f"Reject these {len(facts)} facts")
    expect(button).to_be_visible()
    settle(page)
    screenshot(page, "review-filter")
    button.click()
    says(page, f"{len(facts)} facts rejected.")
    says(page, "widen the filter")
    assert len(people(mine)) == len(facts)
    press(page, "u")
    says(page, f"Taken back: {len(facts)} decisions.")
    assert people(mine) == []


def test_what_is_nearly_right_is_put_right(page: Page, mine: Path) -> None:
    fact = next(f for f in queue(mine) if f.relation == "BasedIn")
    for _ in range([f.id for f in queue(mine)].index(fact.id)):
        press(page, "j")
    page.get_by_role("button", name="Correct …").click()
    page.get_by_role("button", name="Turn it round").click()
    says(page, "would lead from")  # BasedIn leads from an organization to a place: refused in words
    assert people(mine) == []
    popover = page.get_by_test_id("stPopoverBody")
    if not popover.is_visible():
        page.get_by_role("button", name="Correct …").click()
    popover.get_by_label("Name").last.fill("Somewhere Else")
    popover.get_by_label("Name").last.press("Enter")
    says(page, "It has another name now.")
    [decision] = people(mine)
    assert decision.kind == "rename"


def test_a_pair_is_weighed_merged_and_taken_apart(page: Page, mine: Path) -> None:
    page.get_by_role("radio", name="Merges").click()
    expect(page.locator(".kgc-bar").first).to_be_visible()
    settle(page)
    assert "queue=merges" in page.url
    with Workspace(mine) as workspace:
        pairs = workspace.proposals("pending", 60)
        known = workspace.status().entities
    assert f"{pairs[0].a.surface} = {pairs[0].b.surface}?" == at(page)
    screenshot(page, "review-merges")
    press(page, "a")
    says(page, "They are one now.")
    press(page, "x")
    says(page, "They are kept apart.")
    assert sorted(d.kind for d in people(mine)) == ["merge", "split"]
    with Workspace(mine) as workspace:
        assert workspace.status().entities == known - 1
    press(page, "u")
    says(page, "Taken back: 1 decision.")  # the split; only then is the merge's turn
    assert [d.kind for d in people(mine)] == ["merge"]
    press(page, "u")
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    with Workspace(mine) as workspace:
        assert workspace.status().entities == known
        assert [p.id for p in workspace.proposals("pending", 60)] == [p.id for p in pairs]


def test_a_merge_by_rule_is_taken_back_and_made_again(page: Page, mine: Path) -> None:
    page.get_by_role("radio", name="Merged").click()
    button = page.get_by_role("button", name="Take the merge back")
    expect(button).to_be_visible()
    settle(page)
    with Workspace(mine) as workspace:
        known = workspace.status().entities
    press(page, "x")
    says(page, "The merge is taken back.")
    with Workspace(mine) as workspace:
        assert workspace.status().entities == known + 1
    press(page, "u")
    says(page, "It is in force again.")
    with Workspace(mine) as workspace:
        assert workspace.status().entities == known


def test_two_are_merged_and_one_is_split_by_hand(page: Page, mine: Path) -> None:
    page.get_by_role("radio", name="Merges").click()
    page.get_by_text("Merge or split by hand").click()
    page.get_by_label("One", exact=True).fill("Elina Jokela")
    page.get_by_label("Other", exact=True).fill("nobody at all")
    page.get_by_role("button", name="Merge", exact=True).click()
    says(page, "nobody at all")
    page.get_by_label("Other", exact=True).fill("Olof Brannvik")
    page.get_by_label("Other", exact=True).press("Enter")
    settle(page)
    page.get_by_role("button", name="Merge", exact=True).click()
    says(page, "They are one now.")
    [merge] = people(mine)
    assert merge.kind == "merge"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Undo").click()
    says(page, "Taken back: 1 decision.")
    with Workspace(mine) as workspace:
        whole = next(e for e in workspace.entities() if len(e.keys) > 1 and len(e.aliases) > 1)
    page.get_by_label("Entity", exact=True).fill(whole.id)
    page.get_by_label("Entity", exact=True).press("Enter")
    settle(page)
    page.get_by_label("Names to take out of it").click()
    with answered(page):
        page.get_by_role("option", name=whole.aliases[-1].name, exact=True).click()
    page.locator("h3.kgc-name").first.click()  # the list closes; Escape would empty it where it is closed
    page.get_by_role("button", name="Split", exact=True).click()
    says(page, "They are apart now.")
    assert [d.kind for d in people(mine)] == ["split"]


def test_a_sample_tells_how_right_the_graph_is(page: Page) -> None:
    page.get_by_role("radio", name="Sample").click()
    says(page, "None of 50 is judged yet.")
    before = at(page)
    press(page, "a")
    says(page, "1 of 1 are right: 100% [21%–100%]; 49 are still open.")
    assert at(page) != before
    press(page, "x")
    says(page, "1 of 2 are right: 50% [9%–91%]; 48 are still open.")


def test_queues_without_an_end_or_a_name_are_told_in_words(page: Page) -> None:
    for name, words in (("Loosely quoted", "Every quote stands"), ("Rejected", "Nothing was rejected."),
                        ("Left out", "Nothing was left out.")):  # fmt: skip
        page.get_by_role("radio", name=name).click()
        says(page, words)
    page.goto(re.sub(r"\?.*", "", page.url) + "?queue=%3Cb%3Enone")
    says(page, "There is no queue '<b>none'.")


def test_the_last_of_a_queue_leaves_an_empty_one(page: Page, mine: Path) -> None:
    count = len(queue(mine, "conflict"))
    assert count == 2
    page.get_by_role("radio", name="Conflicts").click()
    says(page, "2 facts.")
    press(page, "x")  # the other has nothing left that speaks against it
    says(page, "Rejected.")
    says(page, "There is nothing in this queue.")
    press(page, "u")
    says(page, "Taken back: 1 decision.")


def test_a_decision_beside_a_run_is_recorded_and_says_when_the_graph_follows(page: Page, mine: Path) -> None:
    with long_run(mine / LOCK):
        press(page, "x")
        says(page, "The graph follows when it ends.")
        [decision] = people(mine)
        assert decision.kind == "reject"
        press(page, "u")
        says(page, "Recorded: Taken back: 1 decision.")
    assert people(mine) == []
