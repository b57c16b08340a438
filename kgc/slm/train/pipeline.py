"""The spaCy pipeline of the built-in model: tokeniser, one convolutional network, transition-based entities."""

from __future__ import annotations

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex

WIDTH = 96


def blank(lang: str, width: int = WIDTH) -> Language:
    """An untrained pipeline. English words with an inner hyphen stay whole ("Wal-Mart")."""
    nlp = spacy.blank(lang)
    if lang == "en":
        infixes = [rule for rule in nlp.Defaults.infixes or [] if "-|–" not in str(rule)]
        nlp.tokenizer.infix_finditer = compile_infix_regex([*infixes, "[–—/]", r"(?<=[0-9])-(?=[0-9])"]).finditer  # type: ignore[union-attr]
    nlp.add_pipe("ner", config={"model": network(width, EMBED[lang], 1 if lang == "en" else 2)})
    return nlp


EMBED = {
    "en": {"NORM": 8000, "PREFIX": 1000, "SUFFIX": 2500, "SHAPE": 1500, "LEMMA": 500, "TAG": 20},
    "zh": {"NORM": 3000, "SHAPE": 300, "LEMMA": 500, "TAG": 8000, "DEP": 6000},
}


def network(width: int, attributes: dict[str, int], window: int) -> dict[str, object]:
    """The architecture; `attributes` are token attributes and the rows of their hash tables."""
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2", "width": width, "include_static_vectors": False,
        "attrs": list(attributes), "rows": list(attributes.values()),
    }  # fmt: skip
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": width, "window_size": window, "maxout_pieces": 3, "depth": 4,
    }  # fmt: skip
    return {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "extra_state_tokens": False,
        "hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "nO": None,
        "tok2vec": {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode},
    }  # fmt: skip
