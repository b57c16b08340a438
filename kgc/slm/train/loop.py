"""One pass over batches: tensors, losses, update; and the state that a killed training goes on from."""

# mypy: disable-error-code="import-not-found, import-untyped, misc, no-untyped-call, no-any-return, unused-ignore"
# torch is no dependency: where it is not installed, its classes are unknown to the type checker.

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from kgc.slm.bits import FEATURES
from kgc.slm.train.base import Base
from kgc.slm.train.encode import EITHER, IGNORED, Encoded, batches
from kgc.slm.train.examples import LABELS
from kgc.slm.train.network import Encoder, Pairs, Shape


@dataclass(frozen=True, slots=True)
class Tensors:
    """A batch. `where` are flat places of first pieces; spans and pairs as the pair graph takes them."""

    pieces: Tensor
    features: Tensor
    mask: Tensor
    where: Tensor
    labels: Tensor
    types: Tensor
    spans: Tensor
    classes: Tensor
    pairs: Tensor
    relations: Tensor
    weights: Tensor


def tensors(batch: Sequence[Encoded]) -> Tensors:
    size = max(len(w.pieces) for w in batch)
    pieces = np.zeros((len(batch), size), np.int64)
    mask, types = np.zeros_like(pieces), np.zeros_like(pieces)
    features = np.zeros((len(batch), size, FEATURES), np.float32)
    where, spans, pairs = [], [], []
    count = 0
    for b, w in enumerate(batch):
        pieces[b, : len(w.pieces)], mask[b, : len(w.pieces)] = w.pieces, 1
        features[b, w.firsts] = w.features
        where.append(w.firsts + b * size)
        for (first, last), kind in zip(w.spans, w.types, strict=True):
            types[b, first:last] = kind
        spans.append(np.column_stack([np.full(len(w.spans), b), w.spans]))
        pairs.append(w.pairs + count)
        count += len(w.spans)

    def whole(parts: Sequence[object]) -> Tensor:
        return torch.from_numpy(np.concatenate([np.asarray(p) for p in parts]))

    return Tensors(
        torch.from_numpy(pieces), torch.from_numpy(features), torch.from_numpy(mask), whole(where),
        whole([w.labels for w in batch]), torch.from_numpy(types), whole(spans), whole([w.classes for w in batch]),
        whole(pairs), whole([w.relations for w in batch]), whole([w.weights for w in batch]),
    )  # fmt: skip


class Model(nn.Module):
    """Both networks over one frozen table of word pieces."""

    def __init__(self, shape: Shape, base: Base) -> None:
        super().__init__()
        self.encoder, self.pairs = Encoder(shape, base), Pairs(shape, base)
        self.register_buffer("table", torch.from_numpy(base.rows()), persistent=False)

    def embed(self, t: Tensors) -> tuple[Tensor, Tensor]:
        """BIO logits of each word, hidden states of each piece."""
        rows = functional.embedding(t.pieces, self.table)
        logits, hidden = self.encoder(rows, t.features, t.mask)
        return logits.reshape(-1, logits.shape[-1])[t.where], hidden


def losses(model: Model, t: Tensors) -> tuple[Tensor, Tensor, Tensor]:
    """Of names (a word), pairs (a pair) and classes (a name)."""
    with torch.autocast("cpu", torch.bfloat16):
        logits, hidden = model.embed(t)
        named = name_loss(logits.float(), t.labels)
        zero = named * 0
        if not len(t.spans):
            return named, zero, zero
        pairs = t.pairs if len(t.pairs) else torch.zeros((1, 2), dtype=torch.int64)
        relations, classes = model.pairs(hidden, t.mask, t.types, t.spans, pairs)
    known = t.classes.any(1) & ~t.classes.all(1)
    kept = classes.float().masked_fill(~t.classes, -1e4)[known].logsumexp(-1) - classes.float()[known].logsumexp(-1)
    sorts = -kept.mean() if known.any() else zero
    if not len(t.pairs):
        return named, relations.sum() * 0, sorts
    each = functional.cross_entropy(relations.float(), t.relations, reduction="none", label_smoothing=0.02)
    return named, (each * t.weights).sum() / t.weights.sum().clamp(min=1), sorts


def name_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """Cross entropy a word; a word of label EITHER may be outside or in a MISC name."""
    logs = logits.log_softmax(-1)
    free = [LABELS.index(x) for x in ("O", "B-MISC", "I-MISC")]
    said = logs.gather(1, labels.clamp(min=0)[:, None])[:, 0]
    either = logs[:, free].logsumexp(-1)
    return -torch.where(labels == EITHER, either, said)[labels != IGNORED].mean()


@dataclass(frozen=True, slots=True)
class Rates:
    """Learning rates of the layers and of what is new, how long, and how pairs and classes weigh beside names."""

    layers: float = 1.5e-4
    heads: float = 1e-3
    decay: float = 0.01
    warm: float = 0.06
    pairs: float = 0.7
    classes: float = 0.1


def optimizer(model: Model, rates: Rates) -> torch.optim.AdamW:
    old = [p for n, p in model.named_parameters() if ".layers." in n or "pairs.layer" in n or n.endswith(("place",))]
    ids = {id(p) for p in old}
    new = [p for p in model.parameters() if id(p) not in ids]
    groups = [
        {"params": old, "lr": rates.layers, "top": rates.layers},
        {"params": new, "lr": rates.heads, "top": rates.heads},
    ]
    return torch.optim.AdamW(groups, weight_decay=rates.decay)


def one_epoch(
    model: Model, adam: torch.optim.AdamW, windows: Sequence[Encoded], size: int, rates: Rates,
    part: tuple[float, float], dice: random.Random, say: Callable[[str], None],
) -> tuple[float, float, float]:  # fmt: skip
    """Train over all windows; `part` is where in the whole training the epoch begins and ends, from 0 to 1."""
    model.train()
    deck = batches(windows, size, dice)
    sums = np.zeros(3)
    for at, batch in enumerate(deck):
        done = part[0] + (part[1] - part[0]) * at / len(deck)
        for group in adam.param_groups:
            group["lr"] = group["top"] * min(1.0, done / rates.warm) * max(0.0, 1 - done)
        named, pairs, sorts = losses(model, tensors(batch))
        adam.zero_grad(set_to_none=True)
        (named + rates.pairs * pairs + rates.classes * sorts).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        adam.step()
        sums += [named.item(), pairs.item(), sorts.item()]
        if at % 20 == 19:
            shown = " ".join(f"{x:.3f}" for x in sums / (at + 1))
            say(f"  {at + 1}/{len(deck)} names, pairs, classes: {shown}")
        if not math.isfinite(float(sums.sum())):
            raise FloatingPointError("The loss is no number any more: lower the learning rates.")
    first, second, third = (float(x) for x in sums / max(1, len(deck)))
    return first, second, third


def save(path: Path, model: Model, adam: torch.optim.AdamW, epoch: int, history: list[dict[str, float]]) -> None:
    """Write the state after an epoch, whole or not at all."""
    state = {"model": model.state_dict(), "adam": adam.state_dict(), "epoch": epoch, "history": history}
    new = path.with_suffix(".new")
    torch.save({**state, "torch": torch.get_rng_state()}, new)
    new.replace(path)


def load(path: Path, model: Model, adam: torch.optim.AdamW) -> tuple[int, list[dict[str, float]]]:
    """The last finished epoch and the history; the model and the optimizer take their states."""
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    adam.load_state_dict(state["adam"])
    torch.set_rng_state(state["torch"])
    return int(state["epoch"]), list(state["history"])
