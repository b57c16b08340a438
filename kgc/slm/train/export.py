"""The trained network as a package's `encoder/`: two int8 ONNX graphs, the word table, the tokenizer."""

# mypy: disable-error-code="import-not-found, import-untyped, misc, no-untyped-call, no-any-return, unused-ignore"
# torch is no dependency: where it is not installed, its classes are unknown to the type checker.

from __future__ import annotations

import json
import tempfile
import warnings
from pathlib import Path
from typing import Final

import numpy as np
import torch

from kgc.slm.bits import FEATURES
from kgc.slm.train.base import Base
from kgc.slm.train.encode import DISTANCE
from kgc.slm.train.examples import CLASSES, DIRECTED, LABELS, TYPES
from kgc.slm.train.loop import Model
from kgc.slm.train.network import Shape

OPSET: Final = 17


def export(model: Model, base: Base, shape: Shape, out: Path) -> None:
    """Write `out` (the folder `encoder/`). Temperatures are 1 and thresholds empty until they are measured."""
    out.mkdir(parents=True, exist_ok=True)
    model.eval()
    np.save(out / "words.npy", base.table)
    np.save(out / "words_scale.npy", base.scale)
    base.tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    b, s = torch.export.Dim("b"), torch.export.Dim("s")
    rows, mask = torch.randn(2, 9, shape.width), torch.ones(2, 9, dtype=torch.int64)
    graph(
        model.encoder, (rows, torch.zeros(2, 9, FEATURES), mask), ["inputs_embeds", "features", "mask"],
        ["logits", "hidden"], [{0: b, 1: s}] * 3, out / "encoder.onnx",
    )  # fmt: skip
    spans = torch.tensor([[0, 1, 2], [0, 3, 5], [1, 2, 4]])
    n, p = torch.export.Dim("n"), torch.export.Dim("p")
    graph(
        model.pairs, (rows, mask, torch.zeros_like(mask), spans, torch.tensor([[0, 1], [1, 0]])),
        ["hidden", "mask", "types", "spans", "pairs"], ["relations", "classes"],
        [{0: b, 1: s}] * 3 + [{0: n}, {0: p}], out / "relations.onnx",
    )  # fmt: skip
    write_config(out, base, shape)


def graph(
    module: torch.nn.Module, inputs: tuple[torch.Tensor, ...], names: list[str], results: list[str],
    axes: list[dict[int, torch.export.Dim]], path: Path,
) -> None:  # fmt: skip
    """Export one graph and round its matrices to int8, a scale a column."""
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415  of the extra `train`

    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            module, inputs, str(full), input_names=names, output_names=results, opset_version=OPSET, dynamo=False,
            dynamic_axes={x: {k: d.__name__ for k, d in a.items()} for x, a in zip(names, axes, strict=True)}
            | {r: {0: f"{r}_0"} for r in results},
        )  # fmt: skip
        quantize_dynamic(
            full, path, per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gemm"]
        )


def write_config(out: Path, base: Base, shape: Shape) -> None:
    tokenizer = base.tokenizer
    config = {
        "pieces": shape.pieces, "width": shape.width, "features": FEATURES, "distance": DISTANCE,
        "labels": LABELS, "types": TYPES, "classes": CLASSES, "relations": DIRECTED,
        "temperature": {"entity": 1.0, "relation": 1.0}, "thresholds": {},
        "pad": tokenizer.token_to_id("[PAD]"), "unk": tokenizer.token_to_id("[UNK]"),
        "cls": tokenizer.token_to_id("[CLS]"), "sep": tokenizer.token_to_id("[SEP]"),
        "inputs": {
            "encoder": "inputs_embeds f32 [b,s,width]; features f32 [b,s,features], a word's bits at its first piece,"
            " zero elsewhere; mask i64 [b,s] -> logits f32 [b,s,labels], read at first pieces; hidden f32 [b,s,width]",
            "relations": "hidden; mask; types i64 [b,s], index into types at every piece of an argument, 0 elsewhere;"
            " spans i64 [n,3] window, first piece, last piece + 1; pairs i64 [p,2] indices into spans in text order"
            " -> relations f32 [p,relations]; classes f32 [n,classes]",
        },
    }  # fmt: skip
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
