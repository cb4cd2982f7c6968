"""Patches for each step: where they lie depends on the seed and the step only, so a resumed run sees the same ones."""

import math
from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from sr_desktop.training.dataset import Cache

Sample = TypeVar("Sample", np.uint8, np.uint16)

AHEAD = 4
"""Batches made in advance by another thread: enough to hide its jitter."""

EIGHT_TURNS = 8
"""Flips and quarter turns of a square."""


class Batches:
    """Makes batches in a background thread.

    Args:
        cache: The pictures; those with more pixels give more patches.
        batch: Patches per step.
        patch: Side of a patch in low-resolution pixels.
        seed: Of the places, flips and turns.
    """

    def __init__(self, cache: Cache, *, batch: int, patch: int, seed: int) -> None:
        self._cache, self._batch, self._patch, self._seed = cache, batch, patch, seed
        places = [(e.height - patch + 1) * (e.width - patch + 1) for e in cache.entries]
        self._shares = np.cumsum(places)[:-1] / sum(places)  # the last one's end is 1, whatever rounding says
        # Mapped once: a new view of a memory map costs more than a patch.
        self._lows = [cache.low(entry) for entry in cache.entries]
        self._highs = [cache.high(entry) for entry in cache.entries]

    def make(self, step: int) -> tuple[Tensor, Tensor]:
        """Return the batch of a step: N×1×P×P and N×1×(scale·P)×(scale·P) luma in [0, 1]."""
        random = np.random.default_rng((self._seed, step))
        patch, scale = self._patch, self._cache.scale
        low = np.empty((self._batch, 1, patch, patch), np.float32)
        high = np.empty((self._batch, 1, patch * scale, patch * scale), np.float32)
        chosen = np.searchsorted(self._shares, random.random(self._batch), side="right")
        where = random.random((self._batch, 2))
        turns = random.integers(EIGHT_TURNS, size=self._batch)
        for number, (entry, (down, across), turn) in enumerate(zip(chosen, where, turns, strict=True)):
            source, target = self._lows[entry], self._highs[entry]
            top = math.floor(down * (source.shape[0] - patch + 1))
            left = math.floor(across * (source.shape[1] - patch + 1))
            low[number, 0] = _turned(source[top : top + patch, left : left + patch], turn)
            top, left, side = top * scale, left * scale, patch * scale
            high[number, 0] = _turned(target[top : top + side, left : left + side], turn)
        low *= np.float32(1 / 65535)
        high *= np.float32(1 / 255)
        return torch.from_numpy(low), torch.from_numpy(high)

    def after(self, step: int) -> Generator[tuple[Tensor, Tensor], None, None]:
        """Yield the batches of the steps after `step`, without end, made in advance; close it to end the thread."""
        with ThreadPoolExecutor(1, thread_name_prefix="batches") as maker:
            waiting: list[Future[tuple[Tensor, Tensor]]] = [maker.submit(self.make, step + 1 + n) for n in range(AHEAD)]
            step += AHEAD
            try:
                while True:
                    batch = waiting.pop(0).result()
                    step += 1
                    waiting.append(maker.submit(self.make, step))
                    yield batch
            finally:
                for future in waiting:
                    future.cancel()


def _turned(patch: NDArray[Sample], turn: int) -> NDArray[Sample]:
    if turn & 1:
        patch = patch[::-1]
    if turn & 2:
        patch = patch[:, ::-1]
    return patch.T if turn & 4 else patch
