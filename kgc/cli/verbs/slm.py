"""`kgc slm`: the built-in model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgc.cli.call import Call, Verb, example
from kgc.cli.run import Run

if TYPE_CHECKING:
    from kgc.evaluate.report import Evaluation


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def slm() -> None:
    """The built-in model: what it is, how good it is, and how to train it."""


@slm.command("info", cls=Verb, epilog=example("kgc slm info", "kgc slm info --schema company_zh"))
@click.option("--schema", metavar="FILE|NAME", default="general", show_default=True, help="What it is to fill.")
def info(call: Call, schema: str) -> int:
    """Show what the built-in model is: packages, sizes, what it was trained on, scores, what it fills of a schema."""
    from kgc.cli.screen import emit
    from kgc.schema.find import find
    from kgc.slm.about import about

    found = about(find(schema, call.workspace))
    if call.json:
        emit(found)
    else:
        from kgc.cli.model_card import draw

        draw(call, found)
    return 0


@slm.command("eval", cls=Verb, epilog=example("kgc slm eval", "kgc slm eval ner/wikigold --verbose"))
@click.argument("dataset", required=False)
@click.option("--sample", type=click.IntRange(min=1), metavar="N", help="Only N texts a set, drawn at random.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the sample and of the intervals.")
def evaluate(call: Call, dataset: str | None, sample: int | None, seed: int) -> int:
    """Score the built-in model on DATASET, or on every set under KGC_DATA that it was not trained on.

    `kgc eval` says what a DATASET is. A set without a schema of its own is read with the general one.
    """
    from kgc.cli.screen import emit, out
    from kgc.cli.verbs.eval import chosen, evaluated
    from kgc.evaluate.sets import data_root, find, held_out, names
    from kgc.evaluate.table import usual_schema

    every = (dataset,) if dataset else held_out(names(data_root()))
    done: list[Evaluation] = []
    for name in every:
        schema = None if find(name).entry.schema else usual_schema()
        built_in = Run(schema, {"model": "builtin", "strategy": ""})
        done.append(evaluated(call, built_in, name, chosen(None, sample, seed)))
        if not call.json:
            from kgc.cli.scores import draw

            draw(call, done[-1])
            out()
    if call.json:
        emit(done[0].as_json() if dataset else [one.as_json() for one in done])
    return max((one.exit_code for one in done), default=0)


@slm.command(
    "train", cls=Verb, epilog=example("kgc slm train recipe.toml", "kgc slm train recipe.toml --data my.jsonl")
)
@click.argument("recipe", type=click.Path(path_type=Path))
@click.option(
    "--data",
    "extra",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Annotated text of your own (JSON, JSON lines, .spacy), trained on as well; repeatable.",
)
@click.option("--resume", is_flag=True, help="Go on from the last checkpoint.")
@click.option(
    "-o",
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default="slm-trained",
    show_default=True,
    metavar="DIR",
    help="Where checkpoints and the package go.",
)
def train(call: Call, recipe: Path, extra: tuple[Path, ...], resume: bool, out: Path) -> int:
    """Train the model as RECIPE says and write its package.

    Needs the extra packages of `pip install 'kgc-toolkit[train]'`. Ctrl-C is safe: --resume goes on from the last
    checkpoint. The data sets that the recipe names lie under KGC_DATA.
    """
    from kgc.cli.training import train as run

    return run(call, recipe, extra, resume, out)
