"""From data sets, markup and a user's rows to what the encoder learns from."""

from __future__ import annotations

import random
import re

from kgc.schema.find import find
from kgc.slm.lexicon import Lexicon
from kgc.slm.train.examples import CLASSES, COARSE, DIRECTED, RELATIONS, Argument, Example, directed
from kgc.slm.train.filling import fill
from kgc.slm.train.markup import read_line
from kgc.slm.train.naming import sampled
from kgc.slm.train.passages import example
from kgc.slm.train.renamed import renamed, shouted
from kgc.slm.train.sources import plain, properties, redocred
from kgc.slm.train.supply import held_out, passages

KINDS = {"Ingrid": "f", "Olga": "f", "Dahl": "l", "Berg": "l", "Oslo": "c", "Molde": "c", "Norway": "k", "Hesse": "r"}
LEXICON = Lexicon(KINDS,
                  re.compile("Norway|Hesse"))  # fmt: skip


def facts(given: Example) -> set[tuple[str, str, str, float]]:
    def surface(i: int) -> str:
        return given.text[given.arguments[i].start : given.arguments[i].end]

    return {(surface(h), r, surface(t), w) for h, r, t, w in given.facts}


def marked(line: str) -> Example:
    return example(fill(read_line(line), sampled(LEXICON), random.Random(1)))


def test_every_relation_and_class_of_the_general_schema_can_be_learned() -> None:
    schema = find("general")
    attributes = {a.name for e in schema.entities for a in e.attributes}
    assert {r.name for r in schema.relations} | attributes == set(RELATIONS) - {"Killed"}
    assert {e.name for e in schema.entities} | {"Misc"} == set(CLASSES)


def test_the_way_of_a_pair_is_part_of_its_class_but_for_symmetric_relations() -> None:
    assert directed("BornIn", forward=False) == "BornIn<"
    assert directed("SpouseOf", forward=False) == "SpouseOf>"
    assert len(set(DIRECTED)) == len(DIRECTED)
    assert "SpouseOf<" not in DIRECTED


def test_a_fact_of_the_markup_is_learned_and_the_larger_place_is_left_open() -> None:
    found = marked("{Person:a|Ingrid Dahl} was born in {City:b|Oslo}, {Country:c|Norway}. => a BornIn b; b LocatedIn c")
    assert facts(found) == {("Ingrid Dahl", "BornIn", "Oslo", 1.0), ("Oslo", "LocatedIn", "Norway", 1.0)}
    assert found.unsure == {(0, 2)}


def test_a_fact_is_learned_in_the_sentence_that_holds_both_names() -> None:
    found = marked("{Person:a|Ingrid Dahl} spoke. {Person:a|Dahl} leads {Company:b|Fjordcell}. => a LeaderOf b")
    assert facts(found) == {("Dahl", "LeaderOf", "Fjordcell", 1.0)}


def test_nationalities_are_told_from_names() -> None:
    found = marked("{Person:a|Ingrid Dahl} is a Norwegian painter.")
    assert [a.kind for a in found.arguments] == ["PER", "NORP"]


def test_a_concept_in_lower_case_is_no_name_to_tag() -> None:
    found = marked("{Person:a|Ingrid Dahl} works on {Concept:b|optics}. => a WorksOn b")
    assert [a.tagged for a in found.arguments] == [True, False]


ROW = {
    "text": "Ada Berg was born in Oslo . She left Oslo . Ada Berg came to Oslo again .",
    "entities": [
        {"start": s, "end": e, "type": t, "cluster": c, "text": ""}
        for s, e, t, c in (
            (0, 8, "PER", 0), (21, 25, "LOC", 1), (37, 41, "LOC", 1), (44, 52, "PER", 0), (61, 65, "LOC", 1)
        )
    ],
    "sentences": [(0, 27), (28, 43), (44, 73)],
    "triples": [{"relation_id": "P19", "head_cluster": 0, "tail_cluster": 1, "evidence": [0]}],
}  # fmt: skip


def test_a_fact_of_redocred_counts_where_people_saw_it_and_other_sentences_are_not_learned_from() -> None:
    found = redocred(ROW)
    assert found.facts == ((0, "BornIn", 1, 1.0),)
    assert found.unsure == {(3, 4)}


def test_a_fact_that_nobody_placed_counts_less_wherever_both_names_stand() -> None:
    found = redocred({**ROW, "triples": [{"relation_id": "P19", "head_cluster": 0, "tail_cluster": 1}]})
    assert found.facts == ((0, "BornIn", 1, 0.7), (3, "BornIn", 4, 0.7))


def test_the_table_of_properties_names_relations_of_ours() -> None:
    table, unsure = properties()
    assert {r.lstrip("~") for r in table.values()} <= set(RELATIONS)
    assert unsure


def test_names_are_kept_as_they_were_annotated_also_in_lower_case() -> None:
    row = {"text": "i love tampa bay", "entities": [{"start": 7, "end": 16, "type": "LOC", "text": "tampa bay"}]}
    assert plain(row, "uner").arguments == (Argument(7, 16, "LOC"),)


def test_other_names_keep_places_kinds_and_facts() -> None:
    before = marked("{Person:a|Ingrid Dahl}, born in {City:b|Molde}, died in {City:c|Oslo}. => a BornIn b; a DiedIn c")
    after = renamed(before, sampled(LEXICON), LEXICON, random.Random(3), share=1.0)
    assert [(a.kind, a.key) for a in after.arguments] == [(a.kind, a.key) for a in before.arguments]
    assert after.text != before.text
    assert after.text.replace(after.text[: after.arguments[0].end], "").startswith(", born in ")
    assert {r for _, r, _, _ in after.facts} == {"BornIn", "DiedIn"}


def test_one_thing_has_one_new_name() -> None:
    text = "Ingrid Dahl came. Ingrid Dahl left."
    before = Example(text, (Argument(0, 11, "PER"), Argument(18, 29, "PER")))
    after = renamed(before, sampled(LEXICON), LEXICON, random.Random(1), share=1.0)
    assert len({after.text[a.start : a.end] for a in after.arguments}) == 1


def test_capitals_keep_the_offsets() -> None:
    before = Example("Größe in Oslo", (Argument(9, 13, "LOC"),))
    after = shouted(before, random.Random(1), share=1.0)
    assert after.text == "GRÖßE IN OSLO"


def test_our_passages_and_templates_can_all_be_read() -> None:
    own, templates = passages()
    assert len(own) > 500
    assert len(templates) > 500
    assert 0.02 < sum(map(held_out, own)) / len(own) < 0.2
    names, dice = sampled(LEXICON), random.Random(1)
    assert all(example(fill(t, names, dice)).arguments for t in (*own[::9], *templates[::9]) if t.mentions)


def test_every_class_has_a_kind() -> None:
    assert set(COARSE.values()) == {"PER", "ORG", "LOC", "MISC"}
