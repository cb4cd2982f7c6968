"""CIELAB as sRGB, by its definition."""

import numpy as np
from numpy.typing import NDArray

from sr_desktop.imaging.raster import Floats

_D50 = np.array([0.96422, 1.0, 0.82521])
"""White of CIELAB in TIFF (Adobe Photoshop TIFF Technical Notes, 2002) and of the ICC connection space."""

_XYZ_D50_TO_LINEAR = np.array(
    [[3.1338561, -1.6168667, -0.4906146], [-0.9787684, 1.9161415, 0.0334540], [0.0719453, -0.2289914, 1.4052427]]
)
"""sRGB primaries adapted to D50 by Bradford's method (B. Lindbloom, RGB/XYZ Matrices)."""

_BLOCK_ROWS = 64


def to_srgb(lab: NDArray[np.float32]) -> Floats:
    """Return H×W×3 sRGB in [0, 1] of L* in 0..100, a* and b*; colours outside sRGB are clipped."""
    out = np.empty(lab.shape, np.float32)
    for start in range(0, len(lab), _BLOCK_ROWS):
        block = lab[start : start + _BLOCK_ROWS]
        y = (block[..., 0] + 16) / 116
        f = np.stack([y + block[..., 1] / 500, y, y - block[..., 2] / 200], axis=-1)
        xyz = np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29)) * _D50
        linear = np.clip(xyz @ _XYZ_D50_TO_LINEAR.T, 0, 1)
        out[start : start + _BLOCK_ROWS] = np.where(
            linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055
        )
    return out
