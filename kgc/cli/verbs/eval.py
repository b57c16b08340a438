"""`kgc eval`: how well a model does on annotated text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kgc.cli.call import Call, example
from kgc.cli.run import Run, RunVerb

if TYPE_CHECKING:
    from kgc.evaluate.places import Task
    from kgc.evaluate.report import Evaluation
    from kgc.evaluate.work import Choice

EPILOG = example(
    "kgc eval",
    "kgc eval ner/wikigold",
    "kgc eval ie/conll04:test --model openai:gpt-5-mini --sample 50 --budget 1",
    "kgc eval my.jsonl --schema mine.py --against triples",
    "kgc eval linking el/kore50",
    "kgc eval resolution er/febrl1",
)


@click.command("eval", cls=RunVerb, epilog=EPILOG)
@click.argument("dataset", required=False, metavar="[linking|resolution] [DATASET]")
@click.argument("second", required=False, metavar="")
@click.option("--sample", type=click.IntRange(min=1), metavar="N", help="Only N texts, drawn at random.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the sample and of the intervals.")
@click.option(
    "--against",
    type=click.Choice(["entities", "triples", "all"]),
    default=None,
    help="What to score (default: what the annotation is good for).",
)
def verb(
    call: Call, run: Run, dataset: str | None, second: str | None, sample: int | None, seed: int, against: str | None
) -> int:
    """Score a model on DATASET: precision, recall and F1 of entities and triples.

    DATASET is a name under KGC_DATA (ie/conll04, ner/wikigold, with a split as in ie/conll04:dev), a folder of the same
    layout or a .jsonl file of your own. Without one, the names are listed. Each set is read with a schema that fits it,
    or with one made of its labels; --schema takes another. F1 has a 95% interval; --verbose adds the table of
    confidences. Answers of a model are kept in the workspace, as those of `kgc ingest`.

    Sets under coref/ score what kgc links inside single documents, with the mentions given; el/ (`linking`) links of
    given names to a knowledge base; er/ (`resolution`) which records are one thing.
    """
    from kgc.cli.screen import emit

    if task := meant(dataset, second):
        from kgc.cli.scored import tell_scores

        return tell_scores(call, *task, seed)
    if dataset is None:
        return names(call)
    if dataset.startswith("coref/"):
        from kgc.evaluate.coref import evaluate
        from kgc.evaluate.sets import find

        found = evaluate(find(dataset), sample, seed)
    else:
        found = evaluated(call, run, dataset, chosen(against, sample, seed))
    if call.json:
        emit(found.as_json())
    else:
        from kgc.cli.scores import draw

        draw(call, found)
    return found.exit_code


def meant(dataset: str | None, second: str | None) -> tuple[Task, str | None] | None:
    """The task and its data set where it is no extraction. Raises a usage error for two words that do not fit."""
    from kgc.evaluate.places import FOLDERS, task_of

    for task in FOLDERS:
        if task == dataset:
            return task, second
    if second is not None:
        raise click.UsageError(f"{second!r} is one word too many; the first may be: {', '.join(FOLDERS)}.")
    found = task_of(dataset or "")
    return (found, dataset) if found else None


def chosen(against: str | None, sample: int | None, seed: int) -> Choice:
    from kgc.evaluate.work import Choice

    match against:
        case "entities" | "triples":
            return Choice((against,), sample, seed)
        case "all":
            return Choice(("entities", "triples"), sample, seed)
        case _:
            return Choice(None, sample, seed)


def evaluated(call: Call, run: Run, dataset: str, choice: Choice) -> Evaluation:
    """Score one data set; what it will cost is said before a model is asked."""
    from kgc import config
    from kgc.cli.bar import progress
    from kgc.cli.scores import planned
    from kgc.cli.screen import note
    from kgc.evaluate.estimate import estimate
    from kgc.evaluate.sets import find
    from kgc.evaluate.work import work
    from kgc.pipeline.recipes import prepare
    from kgc.schema.find import find as find_schema

    options = config.load(call.workspace, run.options)
    schema = find_schema(run.schema, call.workspace) if run.schema else None
    ready = work(find(dataset), lambda used: prepare(options, call.workspace, used), choice, schema)
    expected = estimate(ready)
    if expected and not call.quiet:
        note(planned(expected))
    with progress(call) as watch:
        return ready.run(call.workspace, watch)


def names(call: Call) -> int:
    """List the data sets that have names."""
    from kgc.cli.screen import emit, note, out
    from kgc.cli.visible import visible
    from kgc.evaluate.sets import data_root, names

    root = data_root()
    found = names(root)
    if call.json:
        emit(found)
        return 0
    for name in found:
        out(visible(name))
    if not call.quiet:
        note(f"{len(found)} data sets in {visible(str(root))}; `kgc eval NAME` scores one.")
    return 0


eval = verb  # noqa: A001  # the group looks a verb up by its name
