"""Train the entity model of one language and write it into its package.

    python -m kgc.slm.train --data $KGC_DATA --out models/kgc-model-en --lang en --seed 1

Deterministic by seed on one machine. Writes `pipeline/`, `meta.json` (checksums) and `scores.json`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kgc.slm.train.fit import Plan, fit


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the built-in model of one language.")
    parser.add_argument("--data", type=Path, required=True, help="the data sets (KGC_DATA)")
    parser.add_argument("--out", type=Path, required=True, help="the model package, models/kgc-model-<lang>")
    parser.add_argument("--lang", choices=("en", "zh"), required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--batch", type=int, default=16, help="passages an update")
    options = parser.parse_args()
    plan = Plan(options.data, options.out, options.lang, options.seed, options.epochs, options.batch)
    fit(plan, lambda line: print(line, file=sys.stderr, flush=True))  # noqa: T201


if __name__ == "__main__":
    main()
