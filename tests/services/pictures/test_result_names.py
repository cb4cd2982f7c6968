import pytest

from sr_desktop.engine.targets import Factor, Height, LongSide, Plan, Width
from sr_desktop.services.pictures.result_names import suggested_name


@pytest.mark.parametrize(
    ("suffix", "target", "plan", "name"),
    [
        (".jpg", Factor(2), Plan((2,), 20, 40), "boat_2x.jpg"),
        (".JPG", Factor(4), Plan((4,), 20, 40), "boat_4x.JPG"),
        (".gif", Factor(2), Plan((2,), 20, 40), "boat_2x.png"),
        (".weird", Factor(2), Plan((2,), 20, 40), "boat_2x.png"),
        ("", Factor(3), Plan((3,), 20, 40), "boat_3x.png"),
        (".png", Width(40), Plan((2,), 20, 40), "boat_40w.png"),
        (".png", Height(20), Plan((2,), 20, 40), "boat_20h.png"),
        (".png", LongSide(40), Plan((2,), 20, 40), "boat_40px.png"),
        (".jpg", Factor(4), Plan((4,), 20, 70_000), "boat_4x.png"),
        (".webp", Factor(4), Plan((4,), 16_384, 20), "boat_4x.png"),
    ],
)
def test_the_name_says_what_was_asked_and_the_ending_can_hold_it(suffix, target, plan, name):
    assert suggested_name("boat", suffix, target, plan) == name
