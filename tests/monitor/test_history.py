from sr_desktop.monitor import event_parsing
from sr_desktop.monitor.history import CHECKS, Checks


def test_scores_stay_bounded_and_the_best_is_never_forgotten():
    checks = Checks()
    for step in range(1, 3 * CHECKS):
        checks.add(step, 35.0 if step == 2 else 30.0 - 1 / step)
        assert len(checks.items) <= CHECKS
    assert checks.items[-1].best_db == 35.0
    assert checks.items[-1].step == 3 * CHECKS - 1
    steps = [item.step for item in checks.items]
    assert steps == sorted(set(steps))


def test_a_resumed_run_replaces_the_scores_that_it_measures_again():
    checks = Checks()
    for step, score in [(100, 30.0), (200, 33.0), (150, 31.0)]:
        checks.add(step, score)
    assert [(item.step, item.best_db) for item in checks.items] == [(100, 30.0), (150, 31.0)]
    assert checks.best_step == 150


def test_losses_without_a_first_step_end_at_the_events_step():
    event = {"event": "step", "step": 30, "values": [3.0, 2.0, None]}
    assert [step for step, _ in event_parsing.losses_from(event, 30)] == [28, 29, 30]


def test_losses_that_were_not_all_logged_are_spread_over_their_steps():
    event = {"event": "step", "step": 300, "step_from": 100, "values": [3.0, 2.0, 1.0]}
    assert list(event_parsing.losses_from(event, 300)) == [(100, 3.0), (200, 2.0), (300, 1.0)]
