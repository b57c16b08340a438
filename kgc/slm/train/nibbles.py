"""Matrices in 4 bits, as onnxruntime's MatMulNBits reads them: a scale and a zero point for each block of a column.

Rounding follows GPTQ (Frantar et al. 2023, arXiv:2210.17323): the error of a row is made good in the rows that are not
yet rounded, as far as what the matrix is multiplied with, on texts of ours, lets it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHRINK: Final = tuple(np.linspace(1.0, 0.75, 26).tolist())
"""Shares of a block's range that are tried: cutting off the outermost weights often rounds the others better."""
DAMP: Final = 0.01
"""Share of the mean of the diagonal that is added to it, so that it can be inverted."""


@dataclass(frozen=True, slots=True)
class Rounded:
    """`nibbles` uint8 [columns, blocks, block / 2], low half first; `scales` float16 and `zeros`, two to a byte, by
    columns and blocks. `values` [rows, columns] is the matrix that they stand for."""

    nibbles: NDArray[np.uint8]
    scales: NDArray[np.float16]
    zeros: NDArray[np.uint8]
    values: NDArray[np.float32]


def round_matrix(matrix: NDArray[np.float32], products: NDArray[np.float64], block: int) -> Rounded:
    """Round a matrix [rows, columns]; its rows must be a multiple of the block.

    `products` [rows, rows] is the sum of x xᵀ over what the matrix was multiplied with.
    """
    rows, columns = matrix.shape
    left = matrix.astype(np.float64)
    damped = products + np.eye(rows) * (DAMP * products.diagonal().mean())
    spread = np.linalg.cholesky(np.linalg.inv(damped)).T
    scales = np.zeros((columns, rows // block), np.float16)
    zeros = np.zeros((columns, rows // block), np.uint8)
    whole = np.zeros((rows, columns), np.uint8)
    values = np.zeros((rows, columns))
    for row in range(rows):
        at = row // block
        if row % block == 0:
            scales[:, at], zeros[:, at] = best_scale(left[row : row + block])
            wide = scales[:, at].astype(np.float64)
        whole[row] = np.clip(np.rint(left[row] / wide) + zeros[:, at], 0, 15)
        values[row] = (whole[row] - zeros[:, at].astype(np.float64)) * wide
        error = (left[row] - values[row]) / spread[row, row]
        left[row + 1 :] -= spread[row, row + 1 :, None] * error
    return Rounded(
        halves(whole.T.reshape(columns, rows // block, block)), scales.reshape(-1), halves(even(zeros)).reshape(-1),
        values.astype(np.float32),
    )  # fmt: skip


def best_scale(part: NDArray[np.float64]) -> tuple[NDArray[np.float16], NDArray[np.uint8]]:
    """Scale and zero point of each column of a block [block, columns]: those of least squared error among some."""
    low, high = np.minimum(part.min(0), 0), np.maximum(part.max(0), 0)
    best = np.full(low.shape, np.inf)
    scales, zeros = np.ones(low.shape, np.float16), np.zeros(low.shape, np.uint8)
    for share in SHRINK:
        scale = np.maximum((high - low) * share / 15, 1e-6).astype(np.float16)
        wide = scale.astype(np.float64)
        zero = np.clip(np.rint(-low * share / wide), 0, 15)
        steps = np.clip(np.rint(part / wide) + zero, 0, 15)
        error = (((steps - zero) * wide - part) ** 2).sum(0)
        better = error < best
        best = np.where(better, error, best)
        scales, zeros = np.where(better, scale, scales), np.where(better, zero, zeros).astype(np.uint8)
    return scales, zeros


def even(zeros: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return zeros if zeros.shape[1] % 2 == 0 else np.pad(zeros, ((0, 0), (0, 1)))


def halves(whole: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Two numbers below 16 to a byte along the last axis, the first in the low half."""
    return (whole[..., 0::2] | (whole[..., 1::2] << 4)).astype(np.uint8)
