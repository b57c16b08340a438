"""The network: the bottom layers of MiniLM with our bits, a head for names, and a graph for pairs and classes."""

# mypy: disable-error-code="import-not-found, import-untyped, misc, no-untyped-call, no-any-return, unused-ignore"
# torch is no dependency: where it is not installed, its classes are unknown to the type checker.

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from kgc.slm.bits import FEATURES
from kgc.slm.train.examples import CLASSES, DIRECTED, LABELS, TYPES

if TYPE_CHECKING:
    from kgc.slm.train.base import Base

HEADS = 12
FAR = 63
"""Distances between two names in word pieces are told apart up to here."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes: `layers` of the base model, width, hidden units of the heads, most pieces a window."""

    layers: int = 4
    width: int = 384
    hidden: int = 256
    pieces: int = 256
    dropout: float = 0.1


class Layer(nn.Module):
    """One BERT layer, written out so that it exports to plain ONNX operators."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.wide = nn.Linear(width, 4 * width)
        self.narrow = nn.Linear(4 * width, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, s, w = x.shape
        q, k, v = self.qkv(x).view(b, s, 3, HEADS, w // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(w // HEADS) + bias, -1)
        mixed = (self.dropout(weights) @ v).transpose(1, 2).reshape(b, s, w)
        x = self.norm(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.narrow(functional.gelu(self.wide(x)))))

    def take(self, base: Base, number: int) -> None:
        """Copy a layer of the base model."""

        def get(name: str) -> Tensor:
            return torch.from_numpy(base.weights[f"encoder.layer.{number}.{name}"].copy())

        parts = [f"attention.self.{p}" for p in ("query", "key", "value")]
        for end in ("weight", "bias"):
            getattr(self.qkv, end).data = torch.cat([get(f"{p}.{end}") for p in parts])
            for mine, name in (
                (self.out, "attention.output.dense"), (self.norm, "attention.output.LayerNorm"),
                (self.wide, "intermediate.dense"), (self.narrow, "output.dense"), (self.norm2, "output.LayerNorm"),
            ):  # fmt: skip
                getattr(mine, end).data = get(f"{name}.{end}")


class Encoder(nn.Module):
    """Rows of the word table and bits in; BIO logits and hidden states out."""

    def __init__(self, shape: Shape, base: Base) -> None:
        super().__init__()
        places = base.weights["embeddings.position_embeddings.weight"][: shape.pieces]
        places = places + base.weights["embeddings.token_type_embeddings.weight"][0]
        self.place = nn.Parameter(torch.from_numpy(places.copy()))
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.norm.weight.data = torch.from_numpy(base.weights["embeddings.LayerNorm.weight"].copy())
        self.norm.bias.data = torch.from_numpy(base.weights["embeddings.LayerNorm.bias"].copy())
        self.bits = nn.Linear(FEATURES, shape.width, bias=False)
        nn.init.zeros_(self.bits.weight)
        self.layers = nn.ModuleList(Layer(shape.width, shape.dropout) for _ in range(shape.layers))
        for number, layer in enumerate(self.layers):
            layer.take(base, number)
        self.inner = nn.Linear(shape.width + FEATURES, shape.hidden)
        self.outer = nn.Linear(shape.hidden, len(LABELS))
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, inputs_embeds: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        x = inputs_embeds + self.place[: inputs_embeds.shape[1]] + self.bits(features)
        x = self.dropout(self.norm(x))
        bias = away(mask)
        for layer in self.layers:
            x = layer(x, bias)
        inner = functional.gelu(self.inner(torch.cat([x, features], -1)))
        return self.outer(self.dropout(inner)), x


def away(mask: Tensor) -> Tensor:
    return (1.0 - mask[:, None, None, :].float()) * -10000.0


class Pairs(nn.Module):
    """Hidden states, kinds of the names and their places in; logits of pairs and of the names' classes out."""

    def __init__(self, shape: Shape, base: Base) -> None:
        super().__init__()
        width, hidden = shape.width, shape.hidden
        self.types = nn.Embedding(len(TYPES), width)
        nn.init.normal_(self.types.weight, std=0.02)
        self.layer = Layer(width, shape.dropout)
        self.layer.take(base, shape.layers)
        self.head, self.tail = nn.Linear(width, hidden), nn.Linear(width, hidden)
        self.both, self.between = nn.Linear(width, hidden), nn.Linear(width, hidden)
        self.joint = nn.Linear(hidden, hidden)
        self.far = nn.Embedding(FAR + 1, hidden)
        nn.init.normal_(self.far.weight, std=0.02)
        self.out = nn.Linear(hidden, len(DIRECTED))
        self.inner, self.cls = nn.Linear(width, hidden), nn.Linear(hidden, len(CLASSES))
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, hidden: Tensor, mask: Tensor, types: Tensor, spans: Tensor, pairs: Tensor) -> tuple[Tensor, ...]:
        x = self.layer(hidden + self.types(types), away(mask))
        b, s, w = x.shape
        at = torch.arange(b * s)
        first, last = spans[:, 0] * s + spans[:, 1], spans[:, 0] * s + spans[:, 2]
        inside = ((at >= first[:, None]) & (at < last[:, None])).to(x.dtype)
        means = self.dropout((inside @ x.reshape(b * s, w)) / (spans[:, 2:] - spans[:, 1:2]).to(x.dtype))
        left, right = pairs[:, 0], pairs[:, 1]
        end, start = spans[left, 2], spans[right, 1]
        most = range_max(self.between(x), spans[left, 0], end, start)
        z = self.head(means)[left] + self.tail(means)[right] + self.both(means[left] * means[right])
        z = functional.gelu(z + most + self.far((start - end).clamp(0, FAR)))
        z = functional.gelu(self.joint(self.dropout(z)))
        return self.out(self.dropout(z)), self.cls(self.dropout(functional.gelu(self.inner(means))))


LEVELS = 8
"""Ranges of up to 2 ** LEVELS - 1 pieces have their maximum looked up: no window is longer."""


def range_max(rows: Tensor, window: Tensor, start: Tensor, end: Tensor) -> Tensor:
    """The maximum of `rows[window, start:end]` for each of many ranges; zeros where a range is empty.

    Maxima of 1, 2, 4 ... rows from every place on are made once; two of one length cover any range. Memory grows with
    the rows, not with rows times ranges.
    """
    b, s, w = rows.shape
    room = 2 ** (LEVELS - 1)
    level = torch.cat([rows, rows.new_full((b, room, w), -1e4)], 1)
    levels = [level]
    for i in range(LEVELS - 1):
        size = 2**i
        level = torch.maximum(level, torch.cat([level[:, size:], level.new_full((b, size, w), -1e4)], 1))
        levels.append(level)
    table = torch.stack(levels).reshape(-1, w)
    length = (end - start).clamp(min=0)
    steps = torch.tensor([2**i for i in range(1, LEVELS)])
    k = (length[:, None] >= steps).to(torch.int64).sum(1)
    size = torch.cat([torch.ones(1, dtype=torch.int64), steps])[k]
    first = (k * b + window) * (s + room)
    most = torch.maximum(table[first + start], table[first + (start + length - size).clamp(min=0)])
    return torch.where((length > 0)[:, None], most, torch.zeros_like(most))
