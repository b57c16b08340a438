"""Train the small English tagger and parser that open facts are read with, and write `parser/` of the model package.

    python -m kgc.slm.train.parser --data $KGC_DATA --out models/kgc-model-en --seed 1

Data: UD English-EWT (train; dev chooses the epoch; test is only scored) and GUM's open genres (train twice; dev is only
scored). Deterministic by seed on one machine. Source of the architecture: spaCy's convolutional `tok2vec` and its
transition-based parser (Honnibal & Johnson 2015), shared by tagger and parser.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from thinc.api import Adam, Optimizer, fix_random_seed

from kgc.slm.grammar import Grammar, pack, unpack
from kgc.slm.lemmas import Lemmas, regular

Tree = Mapping[str, object]
"""A row of the treebanks: `words`, `spaces`, `lemma`, `xpos`, `head`, `deprel`, as their README tells."""

WIDTH = 96
ROWS = {"NORM": 8000, "PREFIX": 1000, "SUFFIX": 2500, "SHAPE": 1000}


@dataclass(frozen=True, slots=True)
class Plan:
    data: Path
    out: Path
    seed: int = 1
    epochs: int = 14
    words: int = 1000

    @property
    def folder(self) -> Path:
        return self.out / "kgc_model_en" / "parser"


def fit(plan: Plan, say: Callable[[str], None]) -> None:
    """Train, keep the epoch that parses dev best, score what was packed (not what was trained), write it."""
    fix_random_seed(plan.seed)
    dice = random.Random(plan.seed)  # noqa: S311
    web = read(plan.data / "treebank/ud_en_ewt/train.jsonl")
    gum = read(plan.data / "treebank/gum_open/train.jsonl")
    dev = read(plan.data / "treebank/ud_en_ewt/dev.jsonl")
    nlp = blank()
    first = [example(nlp, [tree]) for tree in (*web, *gum)]
    optimizer = nlp.initialize(lambda: first, sgd=Adam(0.001, L2=0.01, grad_clip=1.0, use_averages=True))
    best, verbs = -1.0, lemmas((*web, *gum))
    for epoch in range(1, plan.epochs + 1):
        optimizer.learn_rate = 0.00005 + 0.00095 * (1 + math.cos(math.pi * (epoch - 1) / plan.epochs)) / 2
        data = [example(nlp, trees) for trees in (*passages(web, dice), *passages(gum, dice), *passages(gum, dice))]
        dice.shuffle(data)
        losses = one_epoch(nlp, optimizer, data, plan.words)
        with nlp.use_params(optimizer.averages):
            found = score(nlp, dev)
            say(f"epoch {epoch} losses {losses} dev {found}")
            if found["las"] > best:
                best = found["las"]
                write(plan, pack(nlp), verbs)
    say(json.dumps(measure(plan)))


def blank(width: int = WIDTH) -> Language:
    """The untrained pipeline, with spaCy's English tokeniser, which splits nearly as the treebanks do."""
    nlp = spacy.blank("en")
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2", "width": width, "include_static_vectors": False,
        "attrs": list(ROWS), "rows": list(ROWS.values()),
    }  # fmt: skip
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": width, "window_size": 1, "maxout_pieces": 3, "depth": 4,
    }  # fmt: skip
    nlp.add_pipe("tok2vec", config={"model": {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}})
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": width, "upstream": "tok2vec"}
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}})
    nlp.add_pipe("parser", config={"min_action_freq": 30, "model": {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "parser", "extra_state_tokens": True,
        "hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "tok2vec": shared,
    }})  # fmt: skip
    return nlp


def read(path: Path) -> list[Tree]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def passages(trees: Sequence[Tree], dice: random.Random) -> Iterator[list[Tree]]:
    """Most sentences alone, as the splitter gives them; some with the next one, as when it misses a border."""
    at = 0
    while at < len(trees):
        size = 2 if dice.random() < 0.08 else 1
        yield list(trees[at : at + size])
        at += size


def example(nlp: Language, trees: Sequence[Tree]) -> Example:
    """The gold trees beside the same text in the tokeniser's words."""
    gold = joined(nlp, trees)
    return Example(nlp.make_doc(gold.text), gold)


def joined(nlp: Language, trees: Sequence[Tree]) -> Doc:
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    deps: list[str] = []
    heads: list[int] = []
    starts: list[bool | int | None] = []
    for tree in trees:
        ours = str(tree["words"]).split()
        first = len(words)
        wanted = [int(h) for h in str(tree["head"]).split()]
        heads += [first + (h - 1 if h else i) for i, h in enumerate(wanted)]
        words += ours
        spaces += [c == "1" for c in str(tree["spaces"])]
        spaces[-1] = True
        tags += str(tree["xpos"]).split()
        deps += ["ROOT" if d == "root" else d for d in str(tree["deprel"]).split()]
        starts += [i == 0 for i in range(len(ours))]
    return Doc(nlp.vocab, words=words, spaces=spaces, tags=tags, heads=heads, deps=deps, sent_starts=starts)


def one_epoch(nlp: Language, optimizer: Optimizer, data: list[Example], words: int) -> dict[str, int]:
    losses: dict[str, float] = {}
    for batch in minibatch_by_words(data, words):
        nlp.update(batch, sgd=optimizer, drop=0.2, losses=losses)
    return {name: round(loss) for name, loss in losses.items() if loss}


def score(nlp: Language, trees: Sequence[Tree], *, gold_words: bool = False) -> dict[str, float]:
    """Tag accuracy, UAS and LAS without punctuation, one sentence a text, in the tokeniser's or the gold words."""
    made = [example(nlp, [tree]) for tree in trees]
    docs = [Doc(nlp.vocab, [t.text for t in e.reference], [bool(t.whitespace_) for t in e.reference]) for e in made]
    parsed = nlp.pipe(docs if gold_words else [e.predicted for e in made])
    seen = [Example(doc, e.reference) for doc, e in zip(parsed, made, strict=True)]
    tags = Scorer.score_token_attr(seen, "tag")
    deps = Scorer.score_deps(seen, "dep", getter=getattr, head_attr="head", ignore_labels=("punct", "p"))
    return {"tag": round(tags["tag_acc"], 4), "uas": round(deps["dep_uas"], 4), "las": round(deps["dep_las"], 4)}


def lemmas(trees: Sequence[Tree]) -> Lemmas:
    """Verb forms whose lemma the regular rules do not give, as the treebanks have them at least twice."""
    seen: dict[tuple[str, str], Counter[str]] = {}
    for tree in trees:
        rows = zip(*(str(tree[k]).split() for k in ("words", "xpos", "lemma")), strict=True)
        for word, tag, lemma in rows:
            if tag.startswith("VB") and word.isalpha() and word.isascii():
                seen.setdefault((word.lower(), tag), Counter())[lemma.lower()] += 1
    verbs = frozenset(best.most_common(1)[0][0] for (_, tag), best in seen.items() if tag in {"VB", "VBP"})
    odd: dict[tuple[str, str], str] = {}
    for (word, tag), best in sorted(seen.items()):
        lemma, times = best.most_common(1)[0]
        ending = word.endswith(("ed", "ing", "s"))
        if lemma.isalpha() and (times > 1 or not ending) and regular(word, tag, verbs) != lemma:
            odd[word, tag] = lemma
    return Lemmas(odd, verbs)


def write(plan: Plan, packed: bytes, verbs: Lemmas) -> None:
    plan.folder.mkdir(parents=True, exist_ok=True)
    (plan.folder / "model.msgpack").write_bytes(packed)
    (plan.folder / "verbs.tsv").write_text(verbs.written(), encoding="utf-8")


def measure(plan: Plan) -> dict[str, object]:
    """Score the packed parser on what it was not trained on, and write `parser/meta.json`."""
    grammar = Grammar.read(plan.folder)
    nlp = unpack((plan.folder / "model.msgpack").read_bytes())
    scores: dict[str, object] = {}
    for name, path in {"ud_en_ewt test": "ud_en_ewt/test", "gum_open dev": "gum_open/dev"}.items():
        trees = read(plan.data / f"treebank/{path}.jsonl")
        scores[name] = score(nlp, trees)
        scores[f"{name}, gold words"] = score(nlp, trees, gold_words=True)
    meta = {"seed": plan.seed, "spacy": spacy.about.__version__, "version": grammar.version, "scores": scores}
    (plan.folder / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
    return meta


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the tagger and parser that open facts are read with.")
    parser.add_argument("--data", type=Path, required=True, help="the data sets (KGC_DATA)")
    parser.add_argument("--out", type=Path, required=True, help="the model package, models/kgc-model-en")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--words", type=int, default=1000, help="words an update")
    options = parser.parse_args()
    plan = Plan(options.data, options.out, options.seed, options.epochs, options.words)
    fit(plan, lambda line: print(line, file=sys.stderr, flush=True))  # noqa: T201


if __name__ == "__main__":
    main()
