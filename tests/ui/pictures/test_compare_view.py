"""What the panes show, to the pixel, and what gestures do to them."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from sr_desktop.imaging import resampling
from sr_desktop.imaging.raster import Raster
from sr_desktop.progress import run
from sr_desktop.services.pictures import pyramid
from sr_desktop.ui.pictures.compare_view import CompareView, Comparison
from sr_desktop.ui.pictures.layers import BicubicLayer, PyramidLayer
from tests.ui.conftest import Person

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Looker(Person):
    """A person who has only the view."""

    def __init__(self, view, qtbot):
        self.view = view
        self._qtbot = qtbot


@pytest.fixture
def samples(picture):
    """The original and a result that differs from it."""
    return picture(width=150, height=100, seed=1), picture(width=300, height=200, seed=2)


@pytest.fixture
def looker(qtbot, samples):
    """The view with two layers, on screen."""
    before, after = samples
    view = CompareView()
    qtbot.addWidget(view)
    view.resize(402, 240)
    view.show_layers(
        BicubicLayer(run(pyramid.build(Raster(before))), width=300, height=200),
        PyramidLayer(run(pyramid.build(Raster(after))), width=300, height=200),
        width=300,
        height=200,
    )
    view.show()
    qtbot.waitExposed(view)
    view.setFocus()
    return Looker(view, qtbot)


def as_pixels(samples, times):
    return samples.repeat(times, axis=0).repeat(times, axis=1)


def bicubic(samples):
    whole = resampling.resize(samples.astype(np.float32), height=200, width=300)
    return np.clip(whole + 0.5, 0, 255).astype(np.uint8)


def seen(samples, view):
    """Return the part of a picture, one sample for each physical pixel, that a pane shows, and where."""
    left, top = max(0, view.left), max(0, view.top)
    rows = slice(max(0, -view.top), max(0, -view.top) + view.pane_height)
    columns = slice(max(0, -view.left), max(0, -view.left) + view.pane_width)
    part = samples[rows, columns]
    height, width = min(part.shape[0], view.pane_height - top), min(part.shape[1], view.pane_width - left)
    return part[:height, :width], (slice(top, top + height), slice(left, left + width))


@pytest.mark.parametrize("zoom", [1, 2, 3, 7])
def test_both_panes_show_real_pixels_at_the_same_place(looker, samples, zoom):
    looker.view.zoom_to(zoom)
    looker.press(Qt.Key.Key_Left)
    looker.press(Qt.Key.Key_Down)
    for pane, expected in ((0, bicubic(samples[0])), (1, samples[1])):
        part, where = seen(as_pixels(expected, zoom), looker.view.viewport)
        shown = looker.pixels_of(pane)[where]
        assert part.size > 100 * 100
        assert np.abs(shown.astype(int) - part).max() <= (1 if pane == 0 else 0)


def test_below_full_size_bicubic_is_made_for_the_size_it_is_seen_at(looker, samples):
    looker.view.zoom_to(0.75)
    expected = resampling.resize(samples[0].astype(np.float32), height=150, width=225)
    part, where = seen(np.clip(expected + 0.5, 0, 255).astype(np.uint8), looker.view.viewport)
    shown = looker.pixels_of(0)[where]
    assert np.abs(shown.astype(int) - part).max() <= 1


def test_far_below_full_size_averages_are_shown_rather_than_single_pixels(looker):
    noise = np.random.default_rng(0).integers(0, 256, (1600, 2400, 3), np.uint8)
    layer = PyramidLayer(run(pyramid.build(Raster(noise))), width=2400, height=1600)
    looker.view.show_layers(layer, layer, width=2400, height=1600)
    looker.view.fit()
    assert looker.view.viewport.zoom < 0.1
    shown = looker.pixels_of(1)[looker.view.viewport.top + 5 : 100, 5:-5]
    assert shown.std() < 20


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_pixel_is_a_pixel_at_any_resolution_of_the_screen(looker, samples, ratio, monkeypatch):
    """Draws into an image of that resolution, at a place that is not on a whole pixel."""
    from PySide6.QtGui import QImage, QPainter

    image = QImage(round(402 * ratio) + 40, round(240 * ratio) + 40, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    monkeypatch.setattr(looker.view, "devicePixelRatioF", lambda: ratio)
    looker.view._fit_panes()
    looker.view.zoom_to(1)
    painter = QPainter(image)
    looker.view.render(painter, QPoint(3, 5))
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    pane = looker.view.panes()[1]
    top, left = round(5 * ratio) + pane.top(), round(3 * ratio) + pane.left()
    shown = rows[top : top + pane.height(), left : left + pane.width(), 2::-1]
    part, where = seen(samples[1], looker.view.viewport)
    assert np.array_equal(shown[where], part)


def test_the_wheel_zooms_both_panes_at_the_cursor(looker):
    view = looker.view
    view.zoom_to(1.5)
    place = QPointF(view.width() - 60, 80)  # over the after pane
    before = view.viewport

    def point(viewport):
        x = place.x() - view.panes()[1].left()
        return (x - viewport.left) / viewport.zoom, (place.y() - viewport.top) / viewport.zoom

    for _ in range(6):
        wheel = QWheelEvent(
            place, view.mapToGlobal(place), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view, wheel)
    assert view.viewport.zoom > 2 * before.zoom
    assert np.allclose(point(before), point(view.viewport), atol=1.5)


def test_keys_zoom_and_move(looker):
    view = looker.view
    view.zoom_to(2)
    middle = view.viewport.x, view.viewport.y
    looker.press(Qt.Key.Key_Right)
    looker.press(Qt.Key.Key_Down)
    assert view.viewport.x > middle[0]
    assert view.viewport.y > middle[1]


def test_dragging_moves_both_panes_and_stops_at_the_edge(looker, qtbot):
    view = looker.view
    view.zoom_to(2)
    start = view.viewport
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    qtbot.mouseMove(view, QPoint(80, 90))
    assert np.allclose((view.viewport.x - start.x, view.viewport.y - start.y), (10, 5))
    qtbot.mouseMove(view, QPoint(5000, 5000))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(5000, 5000))
    assert view.viewport.left == 0
    assert view.viewport.top == 0
    qtbot.mouseMove(view, QPoint(50, 50))
    assert view.viewport.left == 0


def test_a_double_click_shows_real_pixels_and_the_whole_picture_again(looker, qtbot):
    view = looker.view
    view.fit()
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(60, 100))
    assert view.viewport.zoom == 1
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(60, 100))
    assert view.viewport.fits


def test_space_shows_the_original_while_it_is_held(looker, qtbot):
    looker.view.zoom_to(1)
    after = looker.pixels_of(1)
    qtbot.keyPress(looker.view, Qt.Key.Key_Space)
    assert np.array_equal(looker.pixels_of(1), looker.pixels_of(0))
    assert not np.array_equal(looker.pixels_of(1), after)
    qtbot.keyRelease(looker.view, Qt.Key.Key_Space)
    assert np.array_equal(looker.pixels_of(1), after)


def test_space_is_let_go_when_the_focus_leaves(looker, qtbot):
    qtbot.keyPress(looker.view, Qt.Key.Key_Space)
    looker.view.clearFocus()
    assert not looker.view.is_holding


def test_the_divider_shows_the_original_on_its_left_and_the_result_on_its_right(looker, samples, qtbot):
    view = looker.view
    view.compare(Comparison.DIVIDER)
    view.zoom_to(1)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(view.width() // 2, 50))
    qtbot.mouseMove(view, QPoint(150, 50))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(150, 50))
    shown = looker.pixels_of(0)
    for expected, columns in ((bicubic(samples[0]), slice(60, 145)), (samples[1], slice(155, 340))):
        part, (rows, place) = seen(expected, view.viewport)
        inside = slice(columns.start - place.start, columns.stop - place.start)
        assert np.abs(shown[rows, columns].astype(int) - part[:, inside]).max() <= 1
    at = view.divider
    looker.press(Qt.Key.Key_Right, SHIFT)
    assert view.divider > at


def test_pixels_of_the_original_are_shown_when_asked_for(looker, samples):
    before = PyramidLayer(run(pyramid.build(Raster(samples[0]))), width=300, height=200)
    looker.view.show_layers(before, looker.view._after, width=300, height=200)
    looker.view.zoom_to(1)
    part, where = seen(as_pixels(samples[0], 2), looker.view.viewport)
    assert np.array_equal(looker.pixels_of(0)[where], part)


def test_a_transparent_picture_is_on_squares(looker):
    clear = np.zeros((100, 150, 4), np.uint8)
    clear[:, :75] = 255
    layer = PyramidLayer(run(pyramid.build(Raster(clear))), width=150, height=100)
    looker.view.show_layers(layer, layer, width=150, height=100)
    looker.view.zoom_to(1)
    _, (rows, columns) = seen(clear, looker.view.viewport)
    shown = looker.pixels_of(1)[rows, columns]
    assert (shown[:, :75] == 255).all()
    assert sorted(np.unique(shown[:, 75:])) == [0xB4, 0xD6]


def test_without_a_result_its_place_says_so(looker, samples):
    before = PyramidLayer(run(pyramid.build(Raster(samples[0]))), width=300, height=200)
    looker.view.show_layers(before, None, width=300, height=200)
    faint = looker.pixels_of(1)
    looker.view.show_message("Waiting")
    assert not np.array_equal(looker.pixels_of(1), faint)
    assert not np.array_equal(looker.pixels_of(0), faint)
