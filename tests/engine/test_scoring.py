import math

import numpy as np
import pytest

from sr_desktop.engine import scoring
from sr_desktop.errors import UserError
from sr_desktop.imaging import colour, resampling
from sr_desktop.imaging.raster import Raster
from sr_desktop.imaging.reading import reader
from sr_desktop.progress import run

PUBLISHED = {  # PSNR of bicubic in dB at x2, x3, x4, as many papers quote it
    "Set5": {2: 33.66, 3: 30.39, 4: 28.42},
    "Set14": {2: 30.24, 3: 27.55, 4: 26.00},
}


@pytest.mark.slow
@pytest.mark.parametrize("scale", [2, 3, 4])
@pytest.mark.parametrize("name", ["Set5", "Set14"])
def test_bicubic_scores_as_published(shared_data, name, scale):
    files = sorted((shared_data / "eval" / name / "HR").glob("*.png"))
    assert files
    scores = [scoring.score_bicubic(scoring.pair(reader.read(path), scale)) for path in files]
    assert scoring.mean(scores).psnr_y_db == pytest.approx(PUBLISHED[name][scale], abs=0.02)


def test_the_input_is_made_from_the_top_left_crop(picture):
    high = picture(width=61, height=47)
    made = scoring.pair(Raster(high.copy()), 3)
    assert made.high.shape == (45, 60, 3)
    np.testing.assert_array_equal(made.high, high[:45, :60])
    np.testing.assert_array_equal(made.low, resampling.shrink_like_matlab(high[:45, :60], 3))


def test_a_given_input_is_used(picture):
    high, low = picture(width=60, height=40), picture(width=30, height=20, seed=1)
    np.testing.assert_array_equal(scoring.pair(Raster(high), 2, Raster(low)).low, low)


def test_alpha_is_left_out_and_depth_becomes_8_bits(picture):
    high = picture(width=60, height=40)
    alpha = np.full((40, 60, 1), 7, np.uint8)
    plain = scoring.pair(Raster(high.copy()), 2)
    deep = scoring.pair(Raster(np.concatenate([high, alpha], axis=2).astype(np.uint16) * 257), 2)
    np.testing.assert_array_equal(deep.high, plain.high)


@pytest.mark.parametrize(
    ("high", "low", "said"),
    [
        ((40, 60, 3), (20, 31, 3), "31 × 20 pixels, but its original needs 30 × 20"),
        ((40, 60, 3), (20, 30, 1), "one is grey"),
        ((14, 60, 3), None, "60 × 14 pixels are too few"),
    ],
)
def test_what_cannot_be_scored_is_said(high, low, said):
    low_raster = None if low is None else Raster(np.zeros(low, np.uint8))
    with pytest.raises(UserError, match=said):
        scoring.pair(Raster(np.zeros(high, np.uint8)), 2, low_raster)


def test_equal_pictures_are_infinitely_close(picture):
    assert scoring.score(picture(), picture(), 2) == scoring.Score(math.inf, 1.0)


def test_a_single_channel_is_scored_as_it_is_and_colour_on_studio_luma(picture):
    high, other = picture(width=60, height=40), picture(width=60, height=40, seed=1)
    grey = scoring.score(high[:, :, :1], other[:, :, :1], 2).psnr_y_db
    error = high[2:-2, 2:-2, 0].astype(float) - other[2:-2, 2:-2, 0]
    assert grey == pytest.approx(10 * math.log10(255**2 / np.mean(error**2)))
    error = colour.studio_luma(high)[2:-2, 2:-2] - colour.studio_luma(other)[2:-2, 2:-2]
    coloured = scoring.score(high, other, 2).psnr_y_db
    assert coloured == pytest.approx(10 * math.log10(255**2 / np.mean(error**2)))


def test_the_score_of_a_model_is_that_of_its_8_bit_picture(picture, tiny_model):
    pictures = scoring.pair(Raster(picture(width=60, height=40)), 2)
    model = tiny_model(2)
    made = run(scoring.score_model(pictures, model))
    plan = scoring.Plan((2,), 40, 60)
    image = run(scoring.upscale(Raster(pictures.low), plan, lambda scale: model)).samples
    assert image.dtype == np.uint8
    assert made == scoring.score(image, pictures.high, 2)


def test_the_mean_is_taken_over_pictures():
    assert scoring.mean([scoring.Score(30, 0.5), scoring.Score(40, 1.0)]) == scoring.Score(35, 0.75)
