"""Agents that play roles and argue about a schema: cards and teams from content files, one dialogue on the driver.

Sources: Li et al. 2023, "CAMEL: Communicative Agents for 'Mind' Exploration", arXiv:2303.17760; Zhu et al. 2024,
"LLMs for Knowledge Graph Construction and Reasoning" (AutoKG), arXiv:2305.13168.
"""
