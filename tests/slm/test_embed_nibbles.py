"""Matrices in 4 bits stand for what they say, and rounding on data is better than rounding without."""

from __future__ import annotations

import numpy as np
import pytest

from kgc.slm.train.nibbles import Rounded, round_matrix

ROWS, COLUMNS, BLOCK = 48, 6, 16


def unpacked(found: Rounded) -> np.ndarray:
    """The matrix as onnxruntime reads it: (nibble - zero point) * scale."""
    halves = np.stack([found.nibbles & 15, found.nibbles >> 4], -1).reshape(COLUMNS, ROWS // BLOCK, BLOCK)
    zeros = found.zeros.reshape(COLUMNS, -1)
    points = np.stack([zeros & 15, zeros >> 4], -1).reshape(COLUMNS, -1)[:, : ROWS // BLOCK]
    scales = found.scales.reshape(COLUMNS, ROWS // BLOCK).astype(np.float32)
    return ((halves.astype(np.float32) - points[:, :, None]) * scales[:, :, None]).reshape(COLUMNS, ROWS).T


@pytest.fixture
def matrix() -> np.ndarray:
    return np.random.default_rng(3).normal(size=(ROWS, COLUMNS)).astype(np.float32)


def test_what_is_stored_is_the_matrix_that_is_told(matrix: np.ndarray) -> None:
    found = round_matrix(matrix, np.eye(ROWS), BLOCK)
    np.testing.assert_allclose(unpacked(found), found.values, atol=1e-6)
    assert found.nibbles.shape == (COLUMNS, ROWS // BLOCK, BLOCK // 2)


def test_no_weight_is_off_by_more_than_its_block_allows(matrix: np.ndarray) -> None:
    found = round_matrix(matrix, np.eye(ROWS), BLOCK)
    parts = matrix.T.reshape(COLUMNS, -1, BLOCK)
    reach = np.repeat(parts.max(2) - parts.min(2), BLOCK, axis=1).T
    assert (np.abs(found.values - matrix) <= 0.25 * reach / 2 + reach / 15).all()
    assert np.abs(found.values - matrix).mean() < 0.03 * reach.mean()


def test_rounding_on_data_errs_less_on_that_data(matrix: np.ndarray) -> None:
    dice = np.random.default_rng(4)
    data = dice.normal(size=(400, 5)) @ dice.normal(size=(5, ROWS)) + 0.1 * dice.normal(size=(400, ROWS))
    blind = round_matrix(matrix, np.eye(ROWS), BLOCK).values
    seeing = round_matrix(matrix, data.T @ data, BLOCK).values
    assert np.abs(data @ seeing - data @ matrix).mean() < 0.6 * np.abs(data @ blind - data @ matrix).mean()


def test_a_block_of_zeros_stays_zero() -> None:
    found = round_matrix(np.zeros((ROWS, COLUMNS), np.float32), np.eye(ROWS), BLOCK)
    assert not found.values.any()
    assert not unpacked(found).any()
