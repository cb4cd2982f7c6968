"""Old runs and other programs' logs, explained."""

import gzip
import math

import numpy as np
import pytest
from PIL import Image

from sr_desktop import paths
from sr_desktop.cli import plotting
from sr_desktop.errors import UserError
from sr_desktop.runs.events import to_line
from sr_desktop.runs.notices import Action, Cause, Finding, Severity
from sr_desktop.training.trainer import train
from tests.training.conftest import new_run as new_run  # fixtures here as well
from tests.training.conftest import pictures as pictures

NOTICE_KEYS = ["step", "cause", "severity", "title", "evidence", "action", "over_at_step", "files"]


def exploding_log(path, steps=20_000):
    """Write a log of a run that learns, blows up at step 15,000 and stays there."""
    random = np.random.default_rng(0)
    lines = ["iteration,train_loss,validation_psnr_db"]
    for step in range(100, steps + 1, 20):
        loss = (0.02 + 5 / step) * random.uniform(0.9, 1.1) * (1 if step < 15_000 else 400)
        score = (35 - 300 / step if step < 15_000 else 8) if step % 1_000 == 0 else ""
        lines.append(f"{step},{loss},{score}")
    path.write_text("\n".join(lines))
    return path


@pytest.fixture
def log(here):
    return exploding_log(here / "log.csv")


def test_a_log_is_explained_in_the_promised_form(say, log):
    said = say("diagnose", log, "--json")
    assert (said.status, said.err) == (0, "")
    assert list(said.answer) == ["steps", "notices", "outlook"]
    assert said.answer["steps"] == 20_000
    (notice,) = [item for item in said.answer["notices"] if item["severity"] == "error"]
    assert list(notice) == NOTICE_KEYS
    assert (notice["cause"], notice["action"]) == ("diverging", "restart_from_best")
    assert 15_000 <= notice["step"] <= 16_500
    assert said.answer["outlook"] is None, "who has to start again has nothing to expect"


def test_the_outlook_has_the_promised_form(say, here):
    exploding_log(here / "log.csv", steps=14_000)
    outlook = say("diagnose", "log.csv", "--json").answer["outlook"]
    assert list(outlook) == ["over_steps", "expected_gain_db", "range_db"]
    low, high = outlook["range_db"]
    assert outlook["over_steps"] == 14_000
    assert 0 <= low <= outlook["expected_gain_db"] <= high
    assert "The next 14,000 steps should bring" in say("diagnose", "log.csv").out


def test_a_zipped_log_says_the_same(say, log, here):
    (here / "log.csv.gz").write_bytes(gzip.compress(log.read_bytes()))
    assert say("diagnose", "log.csv.gz", "--json").answer == say("diagnose", "log.csv", "--json").answer


def test_in_words_it_says_what_and_what_to_do(say, log):
    said = say("diagnose", log)
    assert "20,000 steps." in said.out
    assert "Error at step 15," in said.out
    assert "Go on from the best weights so far, with a learning rate ten times lower." in said.out
    assert "What going on would bring can't be told" in said.out


def test_a_folder_a_name_and_an_events_file_of_one_run_say_the_same_as_the_run_did(say, new_run):
    run = new_run(steps=30, initialization="normal", optimizer="sgd")
    told = {
        event["cause"]: event for event in train(run) if event["event"] == "notice"
    }  # the last one of a cause stands
    answer = say("diagnose", run.path, "--json").answer
    assert list(told) == ["too_little_data", "vanishing_gradient"]
    assert answer["notices"] == [{key: item[key] for key in NOTICE_KEYS} for item in told.values()]
    assert (answer["steps"], answer["outlook"]) == (30, None)
    assert say("diagnose", run.events_file, "--json").answer == answer
    paths.runs().mkdir(parents=True)
    run.path.rename(paths.runs() / "my run")
    assert say("diagnose", "my run", "--json").answer == answer


def test_nothing_wrong_is_said_so(say, here):
    (here / "events.jsonl").write_text(to_line({"event": "step", "step": 2, "step_from": 1, "values": [0.5, 0.4]}))
    assert say("diagnose", "events.jsonl").out.splitlines() == [
        "2 steps.",
        "Nothing is wrong with this run.",
        "What going on would bring can't be told: too little is known, an error stands, or the learning rate has fallen.",
    ]


def test_a_lower_price_calls_it_a_plateau_later(say, here):
    lines = [f"{step},{37 - 20 / math.sqrt(step)}" for step in range(1_000, 800_001, 1_000)]
    (here / "log.csv").write_text("\n".join(["step,val_psnr", *lines]))

    def found(*price):
        return [item["step"] for item in say("diagnose", "log.csv", "--json", *price).answer["notices"]]

    assert found()[0] < found("--price", 0.02)[0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "There is no file"),
        (b"", "is empty"),
        (b"a,b\n1,2\n", "no column for the step"),
        (b"\x1f\x8bnot gzip", "can't be read"),
        (b"step,loss\n1,x\n", "line 2"),
    ],
)
def test_what_can_not_be_read_is_a_sentence(say, here, content, words):
    if content is not None:
        (here / "log.csv").write_bytes(content)
    said = say("diagnose", "log.csv", "--json")
    assert (said.status, said.out) == (1, "")
    assert words in said.err


@pytest.mark.parametrize("price", ["0", "x", "nan"])
def test_a_price_that_is_none_is_wrong_usage(say, log, price):
    assert say("diagnose", log, "--price", price).status == 2


def test_the_plot_shows_both_curves_and_marks_the_trouble(say, log, here):
    assert say("diagnose", log, "--plot", "plot.png").status == 0
    with Image.open(here / "plot.png") as image:
        assert image.format == "PNG"
        pixels = np.asarray(image)
    for colour in (plotting.LOSS, plotting.SCORE, plotting.MARKS[Severity.ERROR]):
        assert (pixels == colour).all(axis=2).sum() > 200


def test_the_plot_of_a_loss_alone_is_one_panel(here):
    events = [{"event": "step", "step": 3, "values": [0.3, None, 0.1]}]
    curves = plotting.curves_of(events)
    assert curves.losses.tolist() == [[1, 0.3], [3, 0.1]]
    both = [*events, {"event": "check", "step": 3, "psnr_db": 30.0, "bicubic_psnr_db": 29.0}]
    alone, together = plotting.draw(curves, []), plotting.draw(plotting.curves_of(both), [])
    assert together.height - alone.height == plotting.PANEL_HEIGHT + plotting.BETWEEN


def test_a_mark_stands_at_its_step(here):
    events = [{"event": "step", "step": 100, "step_from": 1, "values": [0.1] * 100}]
    notice = Finding(Cause.NON_FINITE, Severity.ERROR, Action.NONE, {}).at(50)
    pixels = np.asarray(plotting.draw(plotting.curves_of(events), [notice]))
    rows, columns = np.nonzero((pixels == plotting.MARKS[Severity.ERROR]).all(axis=2))
    middle = (plotting.LEFT + plotting.WIDTH - plotting.RIGHT) / 2
    assert abs(np.median(columns[rows > plotting.TOP + plotting.PANEL_HEIGHT / 2]) - middle) < 4


def test_a_plot_that_can_not_be_is_a_sentence(say, log, here):
    said = say("diagnose", log, "--plot", here / "gone" / "plot.png")
    assert (said.status, said.out) == (1, "")
    assert "can't be written" in said.err
    with pytest.raises(UserError, match="no curve"):
        plotting.draw(plotting.curves_of([{"event": "start", "step": 0}]), [])


@pytest.mark.parametrize(("low", "high"), [(0, 1), (0, 1_600_000), (36.2, 37.5), (1e-4, 2e-4), (0, 3)])
def test_ticks_are_round_evenly_spaced_and_inside(low, high):
    found = plotting.ticks(low, high)
    assert 3 <= len(found) <= 11
    assert low - 1e-9 <= found[0] < found[-1] <= high + 1e-9 * max(high, 1)
    assert np.ptp(np.diff(found)) < 1e-6 * (high - low)


@pytest.mark.parametrize(("low", "high"), [(1e-8, 10), (0.01, 0.5), (0.014, 0.019), (0.1, 0.1001)])
def test_ticks_of_a_logarithmic_axis_are_inside_and_enough(low, high):
    found = plotting.log_ticks(low, high)
    assert 3 <= len(found) <= 11
    assert low - 1e-9 <= found[0] < found[-1] <= high + 1e-9
