"""From rows to a report: schemas, chunks, readers, samples."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from kgc.data import Chunk, Extraction, Mention
from kgc.errors import KgcError
from kgc.evaluate.work import Choice
from kgc.schema import EntityType, RelationType, Schema
from tests.evaluate.conftest import ROWS, Told, ready

SCHEMA = Schema(
    "own",
    (EntityType("Person"), EntityType("Organization"), EntityType("Location")),
    (RelationType("WorksFor", ("Person",), ("Organization",)),),
)
NAMES = (("Ada Byron", "Person"), ("Acme", "Organization"), ("Oslo", "Person"))
READER = Told(NAMES, (("Ada Byron", "WorksFor", "Acme", 0.75),))


def test_a_file_of_ones_own_is_scored_with_a_schema_made_of_its_labels(rows_file: Path, tmp_path: Path) -> None:
    done = ready(rows_file, READER).run(tmp_path)
    strict, triples = done.scores["strict"].micro, done.scores["triples_strict"].micro
    assert (strict.found, strict.gold, strict.right) == (3, 5, 2)
    assert (triples.found, triples.gold, triples.right) == (1, 2, 1)
    assert (done.made, done.schema, done.n, done.texts, done.exit_code) == (True, "mine.jsonl", 2, 2, 0)
    assert done.calibration["triples"].ece == pytest.approx(0.25)


def test_a_schema_of_ones_own_leaves_out_what_it_has_no_word_for(rows_file: Path, tmp_path: Path) -> None:
    done = ready(rows_file, READER, schema=SCHEMA).run(tmp_path)
    assert not done.made
    assert done.left_out == ("based in",)
    assert done.scores["triples_strict"].micro.gold == 1


def test_a_schema_without_any_word_of_the_set_is_a_mistake(rows_file: Path) -> None:
    with pytest.raises(KgcError, match="no word for any"):
        ready(rows_file, READER, schema=Schema("none", (EntityType("Drug"),)))


def test_only_what_was_chosen_is_scored(rows_file: Path, tmp_path: Path) -> None:
    done = ready(rows_file, READER, Choice(("triples",))).run(tmp_path)
    assert set(done.scores) == {"triples_strict", "triples_boundary"}
    names_alone = tmp_path / "names.jsonl"
    names_alone.write_text(json.dumps(ROWS[1]) + "\n", encoding="utf-8")
    with pytest.raises(KgcError, match="no triples"):
        ready(names_alone, READER, Choice(("triples",)))


def test_an_empty_file_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(KgcError, match="no rows"):
        ready(tmp_path / "empty.jsonl", READER)


def test_a_sample_is_the_seeds_and_keeps_the_order(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({**ROWS[1], "id": str(n)}) + "\n" for n in range(50)), encoding="utf-8")
    drawn = [[t.row.id for t in ready(path, READER, Choice(sample=9, seed=s)).texts] for s in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert drawn[0] == sorted(drawn[0], key=int)
    assert len(set(drawn[0])) == 9


def test_rows_with_one_id_are_still_two_texts(tmp_path: Path) -> None:
    path = tmp_path / "twice.jsonl"
    path.write_text("".join(json.dumps({**row, "id": "x"}) + "\n" for row in ROWS), encoding="utf-8")
    assert ready(path, READER).run(tmp_path).scores["strict"].micro.right == 2


def test_names_in_a_long_text_are_found_where_they_stand(tmp_path: Path) -> None:
    filler = "Nothing is said here that would matter to anybody at all. " * 120
    text = filler + "\n\nAda Byron slept. " + filler
    at = text.index("Ada")
    row = {"id": "1", "text": text, "entities": [{"start": at, "end": at + 9, "type": "Person"}]}
    path = tmp_path / "long.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    work = ready(path, READER)
    assert len(work.chunks) > 1
    assert work.run(tmp_path).scores["strict"].micro.f1 == 1.0


@dataclass(frozen=True, slots=True)
class Relating(Told):
    """Says of every person and organization that are given that the one works for the other."""

    def relate(self, given: Iterable[tuple[Chunk, Sequence[Mention]]], schema: Schema) -> Iterator[Extraction]:
        for chunk, mentions in given:
            people = [m.surface for m in mentions if m.type == "Person"]
            bodies = [m.surface for m in mentions if m.type == "Organization"]
            said = tuple(self.triple(chunk, p, "WorksFor", b, 1.0) for p in people for b in bodies)
            yield Extraction(chunk.key, triples=said)


def test_an_extractor_that_can_is_given_the_annotated_entities(rows_file: Path, tmp_path: Path) -> None:
    done = ready(rows_file, Relating(NAMES)).run(tmp_path)
    given = done.scores["triples_given"].micro
    assert (given.found, given.gold, given.right) == (1, 2, 1)
    assert done.scores["triples_strict"].micro.found == 0
    assert "triples_given" not in ready(rows_file, READER).run(tmp_path).scores


def test_nothing_is_given_where_only_triples_are_annotated(tmp_path: Path) -> None:
    path = tmp_path / "triples.jsonl"
    rows = ({k: v for k, v in row.items() if k != "entities"} for row in ROWS)
    bare = [{**r, "triples": [{k: t[k] for k in ("head", "relation", "tail")} for t in r["triples"]]} for r in rows]
    path.write_text("".join(json.dumps(row) + "\n" for row in bare), encoding="utf-8")
    scores = ready(path, Relating(NAMES)).run(tmp_path).scores
    assert "triples_strict" in scores
    assert "triples_given" not in scores


def test_the_report_has_the_shape_that_scripts_rely_on(rows_file: Path, tmp_path: Path) -> None:
    told = ready(rows_file, READER).run(tmp_path).as_json()
    assert json.loads(json.dumps(told)) == told
    assert {"data", "strategy", "model", "n", "scores", "published", "rejects", "calls", "tokens", "seconds"} <= set(
        told
    )
    scores = told["scores"]
    assert isinstance(scores, dict)
    assert {"p", "r", "f1", "ci", "found", "gold", "right", "macro", "classes"} == set(scores["strict"])
