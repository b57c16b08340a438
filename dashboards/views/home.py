"""What this graph is: counts, and where to go."""

from __future__ import annotations

import shared
import streamlit as st

from kgc.view import html

with shared.opened() as workspace:
    report = workspace.status()
if not report.facts and not report.entities:
    st.html(html.notice("This workspace is empty.", "Read a folder into it: kgc ingest FOLDER"))
else:
    st.metric("Facts", f"{report.facts:,}")
    st.metric("Entities", f"{report.entities:,}")
    if shared.has("explore"):
        st.button("Explore", on_click=shared.go, args=("explore", {}))
