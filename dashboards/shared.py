"""What all pages use: the workspace that is looked at, mistakes in words, ways to other pages, the graph's drawing.

Pages hold no query and no computing: `kgc.view` computes what is shown, `Workspace` reads and decides.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, wraps
from pathlib import Path
from typing import ParamSpec

import streamlit as st
from streamlit.errors import StreamlitAPIException
from streamlit.navigation.page import Page

from kgc.errors import KgcError
from kgc.ledger.usage import Usage
from kgc.pipeline.workspace import Workspace
from kgc.view import html
from kgc.view.picture import Picture, drawn

STYLE = html.STYLE
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><g stroke="#7c8894" stroke-width="2.5">'
    '<path d="M8 9 24 7M8 9l6 16M24 7 14 25"/></g><circle cx="8" cy="9" r="5.5" fill="#1b6ca8"/>'
    '<path d="M24 1l6 6-6 6-6-6z" fill="#2e7d32"/><rect x="9" y="20" width="10" height="10" rx="2" fill="#b3541e"/>'
    "</svg>"
)
"""The picture beside the page's title; one of Streamlit's own would be fetched from another server."""
PAGES = (
    ("home", "Home", ":material/home:"),
    ("explore", "Explore", ":material/hub:"),
    ("evidence", "Evidence", ":material/article:"),
    ("review", "Review", ":material/rule:"),
    ("query", "Query", ":material/terminal:"),
    ("schema", "Schema", ":material/schema:"),
    ("runs", "Runs", ":material/progress_activity:"),
)
"""All pages in the order of the menu: file, title, icon. The first is at `/`, each other at `/<file>`."""

Given = ParamSpec("Given")


def pages(folder: Path) -> list[Page]:
    """The pages whose file is there."""
    return [
        st.Page(folder / f"{name}.py", title=title, icon=icon, url_path=name, default=name == "home")
        for name, title, icon in PAGES
        if (folder / f"{name}.py").is_file()
    ]


# The workspace


@contextmanager
def opened() -> Iterator[Workspace]:
    """The workspace, read-only, for one run of a page or fragment. Decisions are methods of it and always possible."""
    with Workspace(path()) as workspace:
        yield workspace


def path() -> Path:
    """The workspace's folder, as `kgc browse -w` gave it."""
    parser = argparse.ArgumentParser(prog="kgc browse")
    parser.add_argument("--workspace", type=Path, default=Path())
    return parser.parse_known_args()[0].workspace


def usage(workspace: Workspace) -> Usage:
    """How classes and relations are used, counted once for each graph."""
    return _counted(str(path()), workspace.graph().fingerprint)


@st.cache_data(show_spinner=False, max_entries=4)
def _counted(place: str, generation: str) -> Usage:  # noqa: ARG001  # the graph's number makes it be counted anew
    with Workspace(place) as workspace:
        return workspace.usage()


def person() -> str:
    """Who decides: the name that was typed in, or else the name of the account that runs the server."""
    return str(st.session_state.get("kgc_person", "")).strip() or account()


@cache
def account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user may have no name
        return os.environ.get("KGC_PERSON", "person")


def person_field() -> None:
    """Where a person tells their name; kept while the session lasts."""
    st.text_input(
        "Decided by", key="kgc_person", placeholder=account(), max_chars=80, persist_state="session",
        help="Every decision is recorded with this name.",
    )  # fmt: skip


# Mistakes in words


@contextmanager
def told() -> Iterator[None]:
    """What a person can put right is said in the page; the rest of the page stays."""
    try:
        yield
    except KgcError as error:
        st.html(html.notice(error.message, error.hint))
    except sqlite3.Error as error:
        st.html(html.notice(f"The ledger cannot be read just now ({error}).", "Reload the page in a moment."))


def fragment(
    function: Callable[Given, None] | None = None, *, run_every: float | None = None
) -> Callable[Given, None] | Callable[[Callable[Given, None]], Callable[Given, None]]:
    """`st.fragment` whose mistakes are told; for a part of a page that runs again by itself."""

    def made(inner: Callable[Given, None]) -> Callable[Given, None]:
        @wraps(inner)
        def guarded(*args: Given.args, **kwargs: Given.kwargs) -> None:
            with told():
                inner(*args, **kwargs)

        return st.fragment(guarded, run_every=run_every)

    return made(function) if function else made


# Ways to other pages


def go(page: str, address: Mapping[str, str]) -> None:
    """Open another page at an address such as `{"entity": id}`; nothing happens where there is no such page."""
    target = Path(__file__).resolve().parent / "views" / f"{page}.py"
    if target.is_file():
        st.switch_page(target, query_params=dict(address))


def has(page: str) -> bool:
    return (Path(__file__).resolve().parent / "views" / f"{page}.py").is_file()


# The graph's drawing


Event = Mapping[str, object]
"""What was done in a drawing: `what` (choose, expand, hide, pin, only, kind …), `id`, and `at`, a count."""


def canvas(
    key: str, picture: Picture, act: Callable[[Event], None], *, space: str = "explore", height: str = ""
) -> None:
    """Draw nodes and lines; `act` is called before the next run with what was done in the drawing.

    `key` must begin with `kgc_` (it is a name in `st.session_state`). Drawings with one `space` share where things
    stand. `height` is a CSS length; by default what the window leaves.
    """

    def told_of() -> None:
        event = st.session_state[key].get("event")
        if isinstance(event, Mapping):
            act(event)

    data = {**drawn(picture), "space": space, "height": height or "clamp(340px, calc(100vh - 235px), 1400px)"}
    component("graph")(key=key, data=data, on_event_change=told_of)


@cache
def component(name: str) -> Callable[..., object]:
    """One of our own browser components, by its assets in the installed package."""
    try:
        return st.components.v2.component(
            f"kgc-toolkit.{name}", js=f"{name}.js", css=f"{name}.css", html=f'<div class="kgc-{name}"></div>'
        )
    except StreamlitAPIException as error:
        raise KgcError("The drawing's files are not installed.", "Install kgc anew: make install") from error
