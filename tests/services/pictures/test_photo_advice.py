"""Which pictures the photo model is suggested for."""

import io

import pytest
from PIL import Image

from sr_desktop.engine.targets import Factor, LongSide
from sr_desktop.imaging.reading import reader
from sr_desktop.library import catalogue, index
from sr_desktop.progress import run
from sr_desktop.services.pictures import photo_advice, upscaler
from sr_desktop.services.pictures import picture as picture_values
from sr_desktop.services.pictures.document import Document, Source
from sr_desktop.services.pictures.upscaler import Options, Upscaler
from tests.library.conftest import bundled as bundled
from tests.library.conftest import pristine as pristine
from tests.library.conftest import save_model


@pytest.fixture
def advise(runner, bundled, picture, tmp_path):
    """Says what is suggested for a picture that was written in a format with a quality."""
    for scale in (2, 3):
        save_model(bundled / f"fsrcnn-x{scale}-photo.safetensors", scale)
    index.write(bundled)

    def ask(options, form="JPEG", **how):
        content = io.BytesIO()
        Image.fromarray(picture(width=64, height=48)).save(content, form, **how)
        path = tmp_path / "picture"
        path.write_bytes(content.getvalue())
        document = Document(Source.file(path), runner, Upscaler())
        document.before = run(picture_values.prepared(reader.read(path)))
        document.plan = upscaler.plan(options, height=48, width=64)
        better = photo_advice.better_model(document, options, catalogue.catalogue())
        return better and better.name

    return ask


@pytest.mark.parametrize(
    ("quality", "name"), [(30, "fsrcnn-x2-photo"), (75, "fsrcnn-x2-photo"), (76, None), (95, None)]
)
def test_the_files_own_tables_decide(advise, quality, name):
    assert advise(Options(Factor(2)), quality=quality) == name


def test_it_is_the_photo_model_of_the_scale_that_the_network_is_used_at(advise):
    assert advise(Options(Factor(3)), quality=50) == "fsrcnn-x3-photo"
    assert advise(Options(LongSide(150)), quality=50) == "fsrcnn-x3-photo"
    assert advise(Options(Factor(4)), quality=50) is None  # there is none
    assert advise(Options(LongSide(30)), quality=50) is None  # the network is not used at all


def test_neither_other_formats_nor_whoever_chose_a_model_is_bothered(advise):
    assert advise(Options(Factor(2)), "PNG") is None
    assert advise(Options(Factor(2), "fsrcnn-x2-photo"), quality=50) is None
