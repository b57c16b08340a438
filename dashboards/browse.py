"""The app that `kgc browse` serves: its pages, their addresses, and what they share.

A page is a file in `views/`; one that is not there is not shown. (A folder named `pages` would make Streamlit open its
files by itself, without what stands here.) docs/browser.md tells what each is for.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE) not in sys.path:  # the pages import `shared` from here
    sys.path.insert(0, str(HERE))

import shared  # noqa: E402  # found only now
import streamlit as st  # noqa: E402

from kgc.view.serve import left  # noqa: E402

logging.getLogger("uvicorn.error").addFilter(left)

st.set_page_config(page_title="kgc", page_icon=shared.ICON, layout="wide")
st.html(shared.STYLE)
with shared.told():
    st.navigation(shared.pages(HERE / "views"), position="top").run()
