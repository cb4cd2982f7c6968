"""Samples turned upright by the EXIF orientation tag."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sr_desktop.imaging.raster import Samples


def upright(samples: Samples, orientation: int) -> Samples:
    """Return H×W×C samples as they are meant to be seen; turned by 90° for orientations 5 to 8.

    The tag says where the stored first row and column belong (EXIF 2.32, 4.6.4 A): 6 for instance means that the
    stored first row is the right side.
    """
    turned: NDArray[Any] = samples.transpose(1, 0, 2) if orientation >= 5 else samples
    if orientation in (2, 3, 6, 7):
        turned = turned[:, ::-1]
    if orientation in (3, 4, 7, 8):
        turned = turned[::-1]
    return np.ascontiguousarray(turned)
