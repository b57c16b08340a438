"""Explore: find something, look around it."""

from __future__ import annotations

import streamlit as st

st.caption("Find an entity.")
