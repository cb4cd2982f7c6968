from hypothesis import given
from hypothesis import strategies as st

from sr_desktop.ui.pictures.viewport import LARGEST_ZOOM, Viewport

sides = st.integers(1, 20_000)
panes = st.integers(50, 4000)
viewports = st.builds(lambda iw, ih, pw, ph: Viewport(iw, ih, pw, ph).fitted(), sides, sides, panes, panes)
zooms = st.floats(0.001, 100)
points = st.tuples(st.floats(0, 1), st.floats(0, 1))


def point_at(view, at):
    """Return the point of the picture that is at a point of the pane, without the rounding to whole pixels."""
    return (
        view.x + (at[0] - view.pane_width / 2) / view.zoom,
        view.y + (at[1] - view.pane_height / 2) / view.zoom,
    )


@given(viewports)
def test_a_fitted_picture_is_inside_the_pane_and_in_its_middle(view):
    if max(view.image_width, view.image_height) <= 32:
        return
    assert view.zoom <= LARGEST_ZOOM or view.zoom == int(view.zoom)
    assert view.zoom < 1 or view.zoom == int(view.zoom)
    assert abs((view.pane_width - view.image_width * view.zoom) / 2 - view.left) <= 0.5
    assert abs((view.pane_height - view.image_height * view.zoom) / 2 - view.top) <= 0.5


def test_a_picture_larger_than_the_pane_touches_it_when_fitted():
    view = Viewport(4000, 3000, 1000, 1000).fitted()
    assert view.zoom == 0.25
    assert (view.left, view.top) == (0, 125)
    assert not view.can_move


def test_a_small_picture_is_fitted_with_whole_pixels():
    assert Viewport(300, 200, 1000, 1000).fitted().zoom == 3


@given(viewports, zooms, points)
def test_the_point_under_the_cursor_stays_unless_an_edge_holds_it(view, zoom, place):
    at = place[0] * view.pane_width, place[1] * view.pane_height
    zoomed = view.zoomed(zoom, at=at)
    before, after = point_at(view, at), point_at(zoomed, at)
    for axis, side, pane in ((0, view.image_width, view.pane_width), (1, view.image_height, view.pane_height)):
        seen = pane / zoomed.zoom
        middle = zoomed.x if axis == 0 else zoomed.y
        is_held = side <= seen or abs(middle - seen / 2) < 1e-6 or abs(middle - (side - seen / 2)) < 1e-6
        assert is_held or abs(before[axis] - after[axis]) < 1e-6 * side + 1e-6


@given(viewports, zooms, st.floats(-1e5, 1e5), st.floats(-1e5, 1e5))
def test_moving_never_shows_more_outside_than_it_must(view, zoom, across, down):
    moved = view.zoomed(zoom).moved(across, down)
    width, height = moved.image_width * moved.zoom, moved.image_height * moved.zoom
    if width > moved.pane_width:
        assert moved.left <= 0.5
        assert moved.left + width >= moved.pane_width - 1
    else:
        assert abs(moved.left * 2 + width - moved.pane_width) <= 1.01
    if height > moved.pane_height:
        assert moved.top <= 0.5
        assert moved.top + height >= moved.pane_height - 1


def test_wheel_steps_stop_at_real_pixels():
    view = Viewport(4000, 3000, 1000, 1000).fitted().zoomed(0.95)
    assert view.stepped(1).zoom == 1
    assert view.stepped(1).stepped(1).zoom > 1
    assert view.zoomed(1.1).stepped(-2).zoom == 1


def test_four_notches_double():
    view = Viewport(4000, 3000, 1000, 1000).zoomed(2)
    assert abs(view.stepped(4).zoom - 4) < 1e-9


def test_a_fitted_picture_follows_the_pane_and_any_other_stays():
    view = Viewport(4000, 3000, 1000, 1000).fitted()
    assert view.in_pane(width=500, height=500).zoom == 0.125
    assert view.zoomed(2).in_pane(width=500, height=500).zoom == 2


@given(st.floats(0.8, 10), st.integers(2, 4))
def test_a_result_of_another_size_shows_the_same_part_as_large(zoom, factor):
    view = Viewport(640, 480, 500, 400).fitted().zoomed(zoom, at=(10, 20))
    larger = view.of_image(width=640 * factor, height=480 * factor)
    assert abs(larger.zoom * factor - view.zoom) < 1e-9
    assert abs(larger.x - view.x * factor) < 1e-6
    assert abs(larger.y - view.y * factor) < 1e-6


def test_a_fitted_result_of_another_size_stays_fitted():
    view = Viewport(640, 480, 500, 400).fitted().of_image(width=1280, height=960)
    assert view == Viewport(1280, 960, 500, 400).fitted()
