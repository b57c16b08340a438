"""How the shipped weights are made: `python -m kgc.slm.train` (docs/reference/builtin-model.md)."""
