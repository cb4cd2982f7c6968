"""How close one picture is to another, by the two measures of published tables, on luma from 0 to 255."""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

_PEAK = 255.0
_WINDOW = 11
_SIGMA = 1.5
_K1, _K2 = 0.01, 0.03
"""Window and constants of Wang, Bovik, Sheikh, Simoncelli, IEEE Trans. Image Processing 13 (2004)."""


def psnr(image: NDArray[np.float64], reference: NDArray[np.float64], *, border: int = 0) -> float:
    """Peak signal-to-noise ratio in dB for a peak of 255; infinite for equal pictures.

    Args:
        image: H×W luma, 0 to 255 and not rounded; see `colour.studio_luma`.
        reference: Same shape and range.
        border: Pixels left out on each side; by custom the scale.

    Raises:
        ValueError: The shapes differ, or the border leaves nothing.
    """
    inner, inner_reference = _inside(image, reference, border, smallest=1)
    error = float(np.mean(np.square(inner - inner_reference)))
    return math.inf if error == 0 else 10 * math.log10(_PEAK**2 / error)


def ssim(image: NDArray[np.float64], reference: NDArray[np.float64], *, border: int = 0) -> float:
    """Structural similarity, 1 for equal pictures: mean over all places where the Gaussian window fits.

    Args:
        image: H×W luma, 0 to 255 and not rounded; see `colour.studio_luma`.
        reference: Same shape and range.
        border: Pixels left out on each side; by custom the scale.

    Raises:
        ValueError: The shapes differ, or the border leaves less than one window.
    """
    x, y = _inside(image, reference, border, smallest=_WINDOW)
    mean_x, mean_y = _blur(x), _blur(y)
    variance_x, variance_y = _blur(x * x) - mean_x**2, _blur(y * y) - mean_y**2
    covariance = _blur(x * y) - mean_x * mean_y
    c1, c2 = (_K1 * _PEAK) ** 2, (_K2 * _PEAK) ** 2
    similarity = (2 * mean_x * mean_y + c1) * (2 * covariance + c2)
    similarity /= (mean_x**2 + mean_y**2 + c1) * (variance_x + variance_y + c2)
    return float(np.mean(similarity))


def _blur(values: NDArray[np.float64]) -> NDArray[np.float64]:
    kernel = cv2.getGaussianKernel(_WINDOW, _SIGMA, cv2.CV_64F)
    edge = _WINDOW // 2
    return np.asarray(cv2.sepFilter2D(values, cv2.CV_64F, kernel, kernel)[edge:-edge, edge:-edge], np.float64)


def _inside(
    image: NDArray[np.float64], reference: NDArray[np.float64], border: int, smallest: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return both pictures without their border, as doubles."""
    if image.shape != reference.shape or image.ndim != 2:
        raise ValueError(f"two H×W pictures of one size are needed, not {image.shape} and {reference.shape}")
    if min(image.shape) - 2 * border < smallest:
        raise ValueError(f"a border of {border} leaves too little of {image.shape}")
    inside = slice(border, image.shape[0] - border), slice(border, image.shape[1] - border)
    return np.asarray(image[inside], np.float64), np.asarray(reference[inside], np.float64)
