import pytest

from sr_desktop.ui.widgets import wording


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.312, "0.31 s"),
        (4.04, "4.0 s"),
        (12.4, "12 s"),
        (75, "1 min 15 s"),
        (3720, "1 h 2 min"),
        (7199.8, "2 h 0 min"),
    ],
)
def test_a_time_has_as_many_digits_as_one_reads(seconds, text):
    assert wording.duration(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, ""),
        (0.4, "about a second left"),
        (7.2, "about 7 s left"),
        (33, "about 35 s left"),
        (58, "about 1 min left"),
        (127, "about 2 min 10 s left"),
        (900, "about 15 min left"),
        (9000, "about 2 h 30 min left"),
    ],
)
def test_an_estimate_is_rounded_to_what_it_is_worth(seconds, text):
    assert wording.time_left(seconds) == text


@pytest.mark.parametrize(
    ("fraction", "text"),
    [(1, "100 %"), (0.583, "58 %"), (0.058, "5.8 %"), (4, "400 %"), (0.005, "0.5 %"), (0.05, "5 %")],
)
def test_percent_has_a_digit_behind_the_point_where_it_says_something(fraction, text):
    assert wording.percent(fraction) == text
