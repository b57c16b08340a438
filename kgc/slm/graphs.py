"""ONNX graphs: what comes out of them, as the arrays that our graphs give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

    Feed = Mapping[str, NDArray[np.generic]]


def outputs(graph: InferenceSession, names: Sequence[str], feed: Feed) -> list[NDArray[np.float32]]:
    """The named outputs, in that order; the runtime's own types allow for graphs that give something else."""
    return cast("list[NDArray[np.float32]]", graph.run(list(names), dict(feed)))
