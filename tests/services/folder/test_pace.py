"""A stopwatch that leaves pauses out."""

from sr_desktop.services.folder.pace import Pace


def test_pauses_do_not_count():
    pace = Pace()
    pace.begin(100)
    pace.hold(110)
    pace.go_on(500)
    pace.go_on(502)
    assert pace.seconds(510) == 20
    assert pace.time_left(0.5, 510) == 20
    pace.begin(600)
    assert pace.seconds(601) == 1


def test_the_first_moments_say_nothing():
    pace = Pace()
    pace.begin(0)
    assert pace.time_left(0.5, 1) is None
    assert pace.time_left(0, 100) is None
