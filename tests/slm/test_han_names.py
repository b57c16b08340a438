"""Chinese names: words, features, both scripts, and whole texts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgc.data import Chunk, Extraction, Literal, Span, content_id
from kgc.schema.compile import compile_file
from kgc.shipped import folder as shipped
from kgc.slm.builtin import BuiltIn
from kgc.slm.han_features import features, features_of
from kgc.slm.han_names import LONGEST, read_script, sentences
from kgc.slm.han_read import HanReader
from kgc.slm.han_words import code_points, cut, matches
from kgc.slm.lexicon import read_lexicon
from kgc.slm.package import folder

MODEL = HanReader.load(folder("zh"), read_lexicon(folder("zh") / "lexicon.tsv", "zh"))
READER = BuiltIn()
SCHEMA = compile_file(shipped("schemas") / "general.py")
HAN = st.text(alphabet="中国人民银行行长王小明在北京大学工作，。、1998年A b\n臺灣積體電路於張忠謀·", max_size=60)


def found(text: str) -> list[tuple[str, str]]:
    [passage] = MODEL.passages([text])
    return [(f.kind, f.span.of(text)) for f in passage.found]


def facts(text: str) -> Extraction:
    chunk = Chunk("c", "d", content_id(text), Span(0, len(text)), text, lang="zh")
    [extraction] = READER.extract([chunk], SCHEMA)
    return extraction


def said(text: str) -> set[tuple[str, str, str]]:
    return {
        (t.head.surface, t.relation, t.tail.raw if isinstance(t.tail, Literal) else t.tail.surface)
        for t in facts(text).triples
        if not t.negated and not t.hedged
    }


def test_a_text_is_cut_into_its_likeliest_words() -> None:
    text = "他毕业于北京大学，现在OpenAI工作"
    pieces = [text[a:b] for a, b in cut(text, MODEL.names.words, matches(MODEL.names.words, code_points(text)))]
    assert pieces == ["他", "毕业", "于", "北京大学", "，", "现在", "OpenAI", "工作"]


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40))
def test_the_words_of_any_text_are_the_text(text: str) -> None:
    pieces = cut(text, MODEL.names.words, matches(MODEL.names.words, code_points(text)))
    assert "".join(text[a:b] for a, b in pieces) == text


@settings(max_examples=20, deadline=None)
@given(st.lists(HAN.filter(lambda t: t != "" and "\0" not in t), min_size=1, max_size=4))
def test_texts_read_together_have_the_features_that_they_have_alone(texts: list[str]) -> None:
    together = features_of(texts, MODEL.names.words)
    for text, rows in zip(texts, together, strict=True):
        [alone] = features_of([text], MODEL.names.words)
        assert rows.shape == (len(text), features(text, MODEL.names.words).shape[1])
        assert np.array_equal(rows, alone)


@settings(max_examples=40, deadline=None)
@given(HAN)
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    [passage] = MODEL.passages([text])
    at = 0
    for name in sorted(passage.found, key=lambda f: f.span):
        assert at <= name.span.start < name.span.end <= len(text)
        assert 0.0 <= name.probability <= 1.0
        at = name.span.end


@given(st.text(alphabet="中文，。！\n ", max_size=900))
def test_pieces_are_short_and_miss_nothing_but_white_space(text: str) -> None:
    spans = list(sentences(text))
    assert all(s.end - s.start <= LONGEST + len(text) for s in spans)
    covered = {i for s in spans for i in range(s.start, s.end)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)


def test_a_text_does_not_depend_on_what_is_read_with_it() -> None:
    texts = ["张伟在上海出生。", "法国总统马克龙访问了中国。", "", "\n"] * 6
    alone = [tuple(next(iter(MODEL.passages([t]))).found) for t in texts]
    together = [tuple(p.found) for p in MODEL.passages(texts)]
    assert [[(f.kind, f.span) for f in one] for one in together] == [[(f.kind, f.span) for f in one] for one in alone]


def test_a_person_is_known_by_what_stands_around_the_name() -> None:
    assert ("何军", "BornIn", "杭州") in said("何军出生于杭州，毕业于浙江大学。")
    assert not said("何时出生于杭州，没有人知道。")


def test_people_bodies_and_places_are_told_apart() -> None:
    names = found("马云在杭州创办了阿里巴巴集团，后来访问了法国。")
    assert ("P", "马云") in names
    assert ("L", "杭州") in names
    assert ("L", "法国") in names


def test_both_scripts_give_the_same_names() -> None:
    assert [k for k, _ in found("張忠謀生於寧波，後來移居香港。")] == [
        k for k, _ in found("张忠谋生于宁波，后来移居香港。")
    ]


def test_the_change_of_script_keeps_every_place() -> None:
    table = read_script(folder("zh") / "script.tsv")
    text = "臺灣積體電路製造股份有限公司於1987年創立，乾隆皇帝著有詩集"
    assert len(text.translate(table)) == len(text)
    assert text.translate(table) == "台湾积体电路制造股份有限公司于1987年创立，乾隆皇帝著有诗集"


def test_a_traditional_text_is_quoted_and_named_as_it_was_written() -> None:
    text = "遠橋機械股份有限公司由張志強於1987年創立，總部位於新竹。"
    extraction = facts(text)
    assert ("張志強", "FounderOf", "遠橋機械股份有限公司") in said(text)
    assert ("遠橋機械股份有限公司", "founded", "1987年") in said(text)
    assert all(t.evidence.quote in text for t in extraction.triples)
    assert all(m.span is not None and m.span.of(text) == m.surface for m in extraction.mentions)


def test_a_short_form_given_in_brackets_is_a_name_of_its_own() -> None:
    names = [m.surface for m in facts("中国人民银行（以下简称“央行”）发布了公告，央行表示将继续努力。").mentions]
    assert "央行" in names


@pytest.mark.parametrize("text", ["中" * 3000, "，" * 500, "张" * 999 + "\n" * 50, "\ud800中国", "A" * 2000])
def test_hostile_text_is_read_without_an_error(text: str) -> None:
    [passage] = MODEL.passages([text])
    assert all(f.span.end <= len(text) for f in passage.found)


def test_the_weights_are_small() -> None:
    assert isinstance(MODEL, HanReader)
    assert sum(p.stat().st_size for p in folder("zh").rglob("*") if p.is_file()) < 30_000_000
