"""Pictures to measure with: made here, with the spectrum of photographs, on which codecs depend."""

import cv2
import numpy as np
from numpy.typing import NDArray

_COARSEST = 4
_OCTAVES = 8
_GRAIN = 0.015


def photograph(*, width: int, height: int) -> NDArray[np.uint8]:
    """Return H×W×3 RGB samples: the same ones each time.

    Natural scenes have amplitudes that fall with the inverse of the frequency (Field, J. Opt. Soc. Am. A 4, 1987):
    here, noise on grids that get twice as fine while it gets half as strong; steps in it make edges.
    """
    random = np.random.default_rng(1)
    canvas = np.zeros((height, width, 3), np.float32)
    for octave in range(_OCTAVES):
        cells = _COARSEST * 2**octave
        # Mostly the same in all channels: scenes are less colourful than they are bright.
        grid = random.normal(0, 1, (cells, cells, 1)) + random.normal(0, 0.3, (cells, cells, 3))
        canvas += cv2.resize(grid.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC) / 2**octave
    canvas += 0.5 * np.sign(canvas.mean(axis=2, keepdims=True))
    grainy = 0.5 + canvas / 6 + random.normal(0, _GRAIN, canvas.shape)
    return np.asarray(np.rint(grainy.clip(0, 1) * 255), np.uint8)
