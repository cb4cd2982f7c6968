"""What models make of one picture, and the scores where the truth is known."""

import pytest
from PIL import Image

from sr_desktop.engine import scoring
from sr_desktop.imaging import resampling
from sr_desktop.imaging.raster import Raster
from sr_desktop.imaging.reading import reader
from sr_desktop.services.models.comparison import Answer, ModelComparison, Question, Truth
from sr_desktop.services.notices import Notice
from sr_desktop.services.pictures.upscaler import Upscaler
from tests.library.conftest import bundled as bundled
from tests.library.conftest import pristine as pristine
from tests.library.conftest import save_model


@pytest.fixture
def compare(runner, bundled, qtbot):
    """Asks a question, waits for all answers, and returns the comparison."""
    comparison = ModelComparison(runner, Upscaler())

    def ask(*words, **more):
        comparison.ask(Question("it", *words, **more))
        qtbot.waitUntil(lambda: not comparison.is_busy, timeout=30_000)
        return comparison

    return ask


def test_without_a_truth_the_picture_itself_becomes_larger(compare, bundled, picture):
    save_model(bundled.parent / "x" / "other.safetensors", 2)
    done = compare(Raster(picture(width=40, height=30)), ("fsrcnn-x2", "nobody"), 2)
    answer = done.answers["fsrcnn-x2"]
    assert isinstance(answer, Answer)
    assert (answer.result.picture.pyramid.width, answer.score, done.ground.high) == (80, None, None)
    assert isinstance(done.answers["nobody"], Notice)  # one that fails does not keep the others from being shown


def test_against_itself_the_scores_are_those_of_the_usual_protocol(compare, bundled, picture):
    high = Raster(picture(width=61, height=41))
    done = compare(high, ("fsrcnn-x3",), 3, truth=Truth.ITSELF)
    pair = scoring.pair(high, 3)
    assert done.ground.bicubic == scoring.score_bicubic(pair)
    result = done.answers["fsrcnn-x3"].result.picture.raster.samples
    assert done.answers["fsrcnn-x3"].score == scoring.score(result, pair.high, 3)
    assert (done.ground.high.pyramid.width, done.ground.low.pyramid.width) == (60, 20)


def test_an_original_must_be_as_much_larger_as_the_models_make_it(compare, picture, tmp_path):
    high = picture(width=60, height=40)
    Image.fromarray(high).save(tmp_path / "high.png")
    low = Raster(resampling.shrink_like_matlab(high, 2))
    done = compare(low, ("fsrcnn-x2",), 2, truth=Truth.ORIGINAL, original=tmp_path / "high.png")
    pair = scoring.pair(reader.read(tmp_path / "high.png"), 2, low)
    assert done.ground.bicubic == scoring.score_bicubic(pair)
    failed = compare(low, ("fsrcnn-x4",), 4, truth=Truth.ORIGINAL, original=tmp_path / "high.png")
    assert "15 × 10" in failed.failure.title
