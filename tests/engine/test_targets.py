import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sr_desktop.engine.targets import Factor, Height, LongSide, Width, plan
from sr_desktop.errors import UsageError

ALL = (2, 3, 4)


def test_a_factor_is_one_pass():
    made = plan(Factor(3), ALL, height=10, width=20)
    assert (made.passes, made.height, made.width) == ((3,), 30, 60)


@pytest.mark.parametrize(
    ("width", "passes"),
    [
        (100, ()),
        (50, ()),
        (101, (2,)),
        (200, (2,)),
        (201, (3,)),
        (401, (3, 2)),
        (500, (3, 2)),
        (700, (4, 2)),
        (900, (3, 3)),
    ],
)
def test_a_width_takes_the_next_larger_factor(width, passes):
    made = plan(Width(width), ALL, height=40, width=100)
    assert sorted(made.passes) == sorted(passes)
    assert made.width == width


def test_one_model_is_used_again_until_it_suffices():
    assert plan(LongSide(500), [2], height=100, width=50).passes == (2, 2, 2)


@given(st.integers(1, 400), st.integers(1, 400), st.integers(1, 4000))
def test_passes_reach_the_target_and_the_shape_is_kept(height, width, pixels):
    made = plan(LongSide(pixels), ALL, height=height, width=width)
    grown = math.prod(made.passes)
    assert max(made.height, made.width) == pixels
    assert height * grown + 1 > made.height
    assert width * grown + 1 > made.width
    assert min(made.height, made.width) == max(1, math.floor(min(height, width) * pixels / max(height, width) + 0.5))


def test_requests_that_make_no_sense_are_usage_errors():
    for target in (Height(0), Width(-3), LongSide(10**7), Factor(7)):
        with pytest.raises(UsageError):
            plan(target, ALL, height=10, width=10)
