import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from sr_desktop.ui.widgets import drops
from tests.ui.conftest import files_as_data


def test_files_that_may_be_pictures_are_taken_and_others_left(tmp_path):
    (tmp_path / "folder.d").mkdir()
    data = files_as_data(*(tmp_path / name for name in ("a.PNG", "b.txt", "no_ending", "folder.d")))
    found = drops.offer(data)
    assert [path.name for path in found.files] == ["a.PNG", "no_ending", "folder.d"]
    assert found.refusal == ""


def test_a_picture_without_a_file_is_taken_rather_than_its_web_address():
    data = QMimeData()
    data.setUrls([QUrl("https://a.example/photo.jpg")])
    data.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    assert drops.offer(data).has_image


def test_several_unknown_files_are_counted(tmp_path):
    refusal = drops.offer(files_as_data(tmp_path / "a.txt", tmp_path / "b.pdf")).refusal
    assert "None of these 2 files" in refusal


def test_nothing_to_open_is_said():
    assert "no picture" in drops.offer(QMimeData()).refusal


@pytest.mark.parametrize(
    ("kind", "channels", "dtype"),
    [
        (QImage.Format.Format_RGB32, 3, np.uint8),
        (QImage.Format.Format_ARGB32, 4, np.uint8),
        (QImage.Format.Format_ARGB32_Premultiplied, 4, np.uint8),
        (QImage.Format.Format_Grayscale8, 3, np.uint8),
        (QImage.Format.Format_RGBA64, 4, np.uint16),
        (QImage.Format.Format_RGBX64, 3, np.uint16),
        (QImage.Format.Format_RGB888, 3, np.uint8),
    ],
)
def test_samples_come_out_of_an_image_in_any_format(kind, channels, dtype):
    original = np.random.default_rng(3).integers(0, 256, (5, 7, 4), np.uint8)
    original[..., 3] = 255
    image = QImage(original.tobytes(), 7, 5, 28, QImage.Format.Format_RGBA8888).convertToFormat(kind)
    samples = drops.raster_from(image).samples
    assert samples.shape == (5, 7, channels)
    assert samples.dtype == dtype
    if kind != QImage.Format.Format_Grayscale8:
        full = 257 if dtype == np.uint16 else 1
        assert np.array_equal(samples, original[..., :channels].astype(dtype) * full)
