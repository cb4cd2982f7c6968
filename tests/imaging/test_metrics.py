import math
from pathlib import Path

import cv2
import numpy as np
import pytest

from sr_desktop.imaging.colour import studio_luma
from sr_desktop.imaging.metrics import psnr, ssim
from sr_desktop.imaging.resampling import crop_to_multiple, matlab_bicubic

PUBLISHED_BICUBIC_DB = {
    ("Set5", 2): 33.66,
    ("Set5", 3): 30.39,
    ("Set5", 4): 28.42,
    ("Set14", 2): 30.24,
    ("Set14", 3): 27.55,
    ("Set14", 4): 26.00,
}
PUBLISHED_BICUBIC_SSIM = {
    ("Set5", 2): 0.9299,
    ("Set5", 3): 0.8682,
    ("Set5", 4): 0.8104,
    ("Set14", 2): 0.8688,
    ("Set14", 3): 0.7742,
    ("Set14", 4): 0.7027,
}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "scale"), PUBLISHED_BICUBIC_DB)
def test_bicubic_scores_what_published_tables_say(shared_data: Path, name: str, scale: int) -> None:
    folder = shared_data / "eval" / name
    scores = []
    for path in sorted((folder / "HR").glob("*.png")):
        high = crop_to_multiple(cv2.imread(str(path), cv2.IMREAD_UNCHANGED), scale)
        low = cv2.imread(str(folder / f"LRx{scale}" / path.name), cv2.IMREAD_UNCHANGED)
        bicubic = matlab_bicubic(low, height=high.shape[0], width=high.shape[1])
        pair = [studio_luma(image[..., ::-1] if image.ndim == 3 else image) for image in (bicubic, high)]
        scores.append((psnr(*pair, border=scale), ssim(*pair, border=scale)))
    quality_db, similarity = np.mean(scores, axis=0)
    assert quality_db == pytest.approx(PUBLISHED_BICUBIC_DB[name, scale], abs=0.02)
    assert similarity == pytest.approx(PUBLISHED_BICUBIC_SSIM[name, scale], abs=0.001)


def test_an_error_of_one_level_everywhere_is_48_db() -> None:
    grey = np.full((20, 20), 100.0)
    assert psnr(grey, grey + 1) == pytest.approx(20 * math.log10(255))


def test_equal_pictures_are_infinitely_close() -> None:
    picture = np.random.default_rng(1).uniform(0, 255, (30, 30))
    assert psnr(picture, picture) == math.inf
    assert ssim(picture, picture) == pytest.approx(1)


def test_ssim_equals_the_formula_summed_window_by_window() -> None:
    rng = np.random.default_rng(2)
    x, y = rng.uniform(0, 255, (14, 13)), rng.uniform(0, 255, (14, 13))
    offsets = np.arange(11) - 5
    window = np.exp(-(offsets[:, None] ** 2 + offsets**2) / (2 * 1.5**2))
    window /= window.sum()
    values = []
    for row in range(4):
        for column in range(3):
            a, b = (p[row : row + 11, column : column + 11] for p in (x, y))
            mean_a, mean_b = (window * a).sum(), (window * b).sum()
            var_a, var_b = (window * (a - mean_a) ** 2).sum(), (window * (b - mean_b) ** 2).sum()
            cov = (window * (a - mean_a) * (b - mean_b)).sum()
            c1, c2 = 2.55**2, 7.65**2
            values.append(
                (2 * mean_a * mean_b + c1) * (2 * cov + c2) / ((mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2))
            )
    assert ssim(x, y) == pytest.approx(np.mean(values), abs=1e-9)


def test_the_border_is_left_out() -> None:
    picture = np.zeros((20, 20))
    framed = np.pad(picture[2:-2, 2:-2], 2, constant_values=255)
    assert psnr(framed, picture, border=2) == math.inf


@pytest.mark.parametrize("measure", [psnr, ssim])
def test_pictures_that_can_not_be_compared_are_refused(measure: object) -> None:
    assert callable(measure)
    with pytest.raises(ValueError, match="one size"):
        measure(np.zeros((20, 20)), np.zeros((20, 21)))
    with pytest.raises(ValueError, match="border"):
        measure(np.zeros((20, 20)), np.zeros((20, 20)), border=10)
