"""The steps of the wizard and the page for a run, one at a time, without child processes."""

import gzip
import json
import math

import numpy as np
import pytest
from PySide6.QtCore import Qt

from sr_desktop import paths
from sr_desktop.runs.folder import RunFolder
from sr_desktop.runs.notices import Action, Cause, Finding, Severity
from sr_desktop.runs.spec import SCRATCH, RunSpec
from sr_desktop.services.garbage import Collector
from sr_desktop.services.jobs import Runner
from sr_desktop.services.training import remedies
from sr_desktop.services.training.draft import CAMERA, LENGTHS, Draft
from sr_desktop.services.training.run import State
from sr_desktop.services.training.runs import Training
from sr_desktop.services.training.survey import Survey
from sr_desktop.services.training.trial import Pace, Trial
from sr_desktop.ui.training import questions, words
from sr_desktop.ui.training.check_step import CheckStep
from sr_desktop.ui.training.goal_step import GoalStep
from sr_desktop.ui.training.past_menu import PastMenu
from sr_desktop.ui.training.pictures_step import PicturesStep
from sr_desktop.ui.training.run_step import RunStep
from tests.conftest import make_picture

STUCK = Finding(Cause.VANISHING_GRADIENT, Severity.WARNING, Action.USE_HE_INITIALIZATION, {"signal_kept": 0.01})
PLATEAU = Finding(Cause.PLATEAU, Severity.INFO, Action.STOP_AND_KEEP, {"expected_gain_db": 0.02})


@pytest.fixture
def runner(qapp):
    """A runner, with the garbage collector kept out of its thread as in the program."""
    garbage, runner = Collector(), Runner()
    yield runner
    runner.close()
    garbage.close()


@pytest.fixture
def draft(qapp, tmp_path):
    draft = Draft()
    draft.change(pictures=str(tmp_path / "cats"))
    return draft


def shown(qtbot, widget):
    qtbot.addWidget(widget)
    widget.resize(1000, 650)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def past_run(name="past", *, notices=(), end=None, steps=2000):
    """Write the folder of a run that went well for some steps."""
    spec = RunSpec("/pictures", 2, str(paths.user_weights() / f"{name}.safetensors"), steps=steps, schedule="constant")
    folder = RunFolder(paths.runs() / name)
    folder.create(spec)
    events = [{"event": "start", "spec": {}, "data": {"pictures": 8, "held_out": 3}, "device": "CPU", "resumed": False}]
    events[0]["step"] = 0
    for step in range(50, 1001, 50):
        mean = 0.02 + math.exp(-step / 300)
        events.append({"event": "step", "step": step, "step_from": step - 49, "values": [mean] * 50, "mean": mean,
                       "learning_rate": 1e-3, "patches_per_s": 800.0})  # fmt: skip
        if step % 250 == 0:
            events.append({"event": "check", "step": step, "psnr_db": 31 + step / 1000, "bicubic_psnr_db": 30.5,
                           "base_psnr_db": 31.2})  # fmt: skip
    events += [finding.at(step).to_event() for step, finding in notices]
    if end is not None:
        events.append({"event": "end", "step": 1000, **end})
    folder.events_file.write_text("".join(json.dumps({"time_s": e["step"] / 50, **e}) + "\n" for e in events))
    names = {"names": np.array(["a.png", "b.png", "c.png"])}
    crops = {f"{kind}{n}": make_picture(width=40, height=40, seed=n) for n in range(3) for kind in ("before", "base")}
    now = {f"now{n}": make_picture(width=40, height=40, seed=n) for n in range(3)}
    np.savez(folder.before_file, **names, **crops)
    np.savez(folder.now_file, **now)
    np.savez(folder.worst_file, **names, **crops, **now)
    return folder


@pytest.fixture
def open_run(qtbot, runner):
    """Shows the run in a folder, once it has been read."""
    made = []

    def open_(folder):
        training = Training(runner)
        made.append(training)
        step = shown(qtbot, RunStep(training))
        run = training.watch(folder)
        step.make_curves()
        step.show_run(run)
        qtbot.waitUntil(lambda: run.story is not None, timeout=30_000)
        return step

    yield open_
    for training in made:
        training.close()


def test_radios_and_boxes_change_the_draft(qtbot, draft):
    pace = Pace()
    goal = shown(qtbot, GoalStep(draft, pace))
    goal.kinds.buttons["camera"].click()
    goal.lengths.buttons["quick"].click()
    assert draft.spec.degrade == CAMERA
    assert draft.spec.steps == LENGTHS["quick"]
    assert not goal.kinds.buttons["custom"].isVisible()
    draft.change(steps=123)
    assert goal.lengths.buttons["custom"].isVisible()
    assert goal.lengths.buttons["custom"].isChecked()


def test_times_are_told_once_the_pace_is_known(qtbot, draft):
    pace = Pace()
    goal = shown(qtbot, GoalStep(draft, pace))
    assert "measuring" in goal.lengths.buttons["quick"].text()
    pace.learn(draft.spec, draft.spec.batch * LENGTHS["quick"] / 120)
    assert "about 2 min here" in goal.lengths.buttons["quick"].text()
    draft.change(batch=draft.spec.batch * 2)
    assert "about 4 min here" in goal.lengths.buttons["quick"].text()


def test_a_problem_stands_beside_its_field_and_opens_expert(qtbot, draft):
    goal = shown(qtbot, GoalStep(draft, Pace()))
    assert not goal.expert.isVisible()
    draft.change(batch=5000)
    assert goal.expert.isVisible()
    assert goal.expert.form.problems["batch"].isVisible()
    assert "1024" in goal.expert.form.problems["batch"].text
    draft.change(batch=16)
    assert not goal.expert.form.problems["batch"].isVisible()


def test_names_with_commas_go_through_a_field_unharmed(qtbot, draft):
    goal = shown(qtbot, GoalStep(draft, Pace()))
    names = ("/a, b.png", "/c.png", '/d "e".png')
    draft.change(exclude=names)
    field = goal.expert.fields["exclude"]
    draft.change(exclude=())
    field.setText('"/a, b.png", /c.png, "/d ""e"".png"')
    field.editingFinished.emit()
    assert draft.spec.exclude == names
    assert field.text() == '"/a, b.png", /c.png, "/d ""e"".png"'


def test_many_files_are_counted_and_the_first_are_named():
    assert words.files([f"{number}.png" for number in range(1000)]) == "0.png, 1.png, 2.png, 3.png, 4.png and 995 more"
    assert words.value("exclude", ("/a[[]1].png", "*.gif")) == "a[1].png, *.gif"
    assert words.value("exclude", ()) == "nothing"


def test_what_is_no_number_is_refused_beside_its_field(qtbot, draft):
    goal = shown(qtbot, GoalStep(draft, Pace()))
    goal.expert_button.click()
    field = goal.expert.fields["learning_rate"]
    field.setText("much")
    field.editingFinished.emit()
    assert "much" in goal.expert.form.problems["learning_rate"].text
    field.setText("1e-4")
    field.editingFinished.emit()
    assert draft.spec.learning_rate == 1e-4
    assert not goal.expert.form.problems["learning_rate"].isVisible()


def test_every_field_of_a_spec_can_be_set(qtbot, draft):
    goal = shown(qtbot, GoalStep(draft, Pace()))
    elsewhere = {"pictures", "low", "output", "scale", "start"}
    assert set(goal.expert.fields) == set(RunSpec.__dataclass_fields__) - elsewhere


def test_the_initialization_is_for_runs_from_scratch(qtbot, draft):
    goal = shown(qtbot, GoalStep(draft, Pace()))
    assert not goal.expert.fields["initialization"].isEnabled()
    draft.change(start=SCRATCH)
    assert goal.expert.fields["initialization"].isEnabled()


def test_the_check_names_every_problem_and_starts_nothing(qtbot, draft):
    trial = Trial()
    check = shown(qtbot, CheckStep(draft, trial, Pace()))
    draft.change(batch=0, patch=1)
    check.begin()
    assert not trial.is_busy
    assert set(check.rows.problems) == {"batch", "patch"}
    assert not check.is_passed
    assert "changed first" in check.title.text()


def test_a_folder_too_small_for_the_goal_is_told(qtbot, draft, runner):
    survey = Survey(runner)
    step = shown(qtbot, PicturesStep(draft, survey, Training(runner)))
    survey.changed.emit()
    assert "two different pictures" in step.problem.text


def test_a_run_is_told_in_figures_notices_and_pictures(open_run):
    step = open_run(past_run(notices=[(500, STUCK), (900, PLATEAU)]))
    figures = {name: label.text() for name, label in step.figures.values.items()}
    assert figures["Steps"].replace(",", "") == "1000 of 2000"
    assert figures["Pace"] == "800 patches/s"
    assert figures["Best so far"].startswith("32.00 dB (+0.80 dB over base)")
    assert [card.notice.cause for card in step.cards.cards] == [Cause.PLATEAU, Cause.VANISHING_GRADIENT]
    assert [card.button.isHidden() for card in step.cards.cards] == [True, False]  # nobody is at it: nothing to stop
    assert [row.caption for row in step.crops.rows] == ["a.png", "b.png", "c.png"]
    assert [name for name, _ in step.crops.rows[0].cells] == ["before (bicubic)", "base", "now"]
    assert step.run.state is State.LEFT
    assert step.resume_button.isVisible()


def test_a_finished_run_can_begin_anew_and_stays(open_run, qtbot):
    end = {"reason": "finished", "verdict": "kept", "output": "/x/y.safetensors", "psnr_db": 31.6}
    step = open_run(past_run(notices=[(500, STUCK)], end=end))
    with qtbot.waitSignal(step.action_asked) as asked:
        step.cards.cards[0].button.click()
    run, notice = asked.args
    new = remedies.restarted(run.spec, notice)
    box = questions.ask_to_restart(step, notice, run.spec, new, lambda: None, stays=run.state is State.FINISHED)
    assert "this one stays" in box.informativeText()
    box.close()


def test_an_ignored_notice_stays_away(open_run):
    step = open_run(past_run(notices=[(500, STUCK)]))
    step.cards.cards[0].ignore_button.click()
    assert step.cards.cards == []
    assert step.quiet.isVisible()


def test_a_model_that_is_worse_than_bicubic_is_not_recommended(open_run):
    end = {
        "reason": "finished",
        "verdict": "kept",
        "output": "/x/y.safetensors",
        "psnr_db": 17.6,
        "bicubic_psnr_db": 30.5,
    }
    assert "don't use it" in open_run(past_run(end=end)).verdict.text()
    assert "don't use it" not in open_run(past_run(end=end | {"psnr_db": 31.6})).verdict.text()


def test_a_constant_rate_has_zero_and_itself_on_its_axis(open_run):
    axis = open_run(past_run()).curves.rate.getAxis("left")
    low, high = axis.range
    (bottom, _), (top, _) = axis._tickLevels[0]
    assert low <= bottom == 0 < top <= high
    assert top - bottom > (high - low) / 2


def test_a_run_that_did_not_help_says_so_honestly(open_run):
    end = {"reason": "finished", "verdict": "not_better", "output": None, "psnr_db": 31.21, "base_psnr_db": 31.2,
           "gain_db": 0.01, "margin_db": 0.05, "worst": [{"name": "a.png", "psnr_db": 30, "before_db": 30.5}]}  # fmt: skip
    step = open_run(past_run(end=end))
    assert "did not help" in step.verdict.text()
    assert "0.05 dB" in step.verdict.text()
    assert not step.use_button.isVisible()
    assert step.crops.rows[0].caption == "a.png · 30.00 dB (−0.50 dB)"
    assert "gained least" in step.pictures_title.text()


def test_all_crops_have_one_zoom_and_one_position(open_run, qtbot):
    step = open_run(past_run())
    crops = step.crops
    qtbot.mouseDClick(crops, Qt.MouseButton.LeftButton)
    assert crops.zoom == 3
    cells = [rect for row in crops.cells() for rect in row]
    image = crops._images[0][0]
    offsets = {(crops._target(image, rect).topLeft() - rect.topLeft()).toTuple() for rect in cells}
    assert len(offsets) == 1


def test_curves_are_written_as_a_picture_and_a_table(open_run, tmp_path, qtbot):
    from sr_desktop.services.notices import Notices

    step = open_run(past_run())
    assert step.save_picture(tmp_path / "curves.png")
    assert (tmp_path / "curves.png").stat().st_size > 1000
    assert not step.save_picture(tmp_path / "nowhere" / "curves.png")
    notices = Notices()
    step.run.write_table(tmp_path / "curves.csv", notices)
    qtbot.waitUntil((tmp_path / "curves.csv").exists, timeout=30_000)
    qtbot.waitUntil(lambda: not step.run._runner.is_busy, timeout=30_000)
    lines = (tmp_path / "curves.csv").read_text().splitlines()
    assert lines[0] == "iteration,train_loss,validation_psnr_db,learning_rate"
    assert len(lines) == 1001
    step.run.write_table(tmp_path / "nowhere" / "curves.csv", notices)
    qtbot.waitUntil(lambda: notices.latest is not None, timeout=30_000)


def test_a_mark_on_the_curve_leads_to_its_card(open_run):
    step = open_run(past_run(notices=[(500, STUCK)]))
    marks = step.curves._marks.points()
    assert len(marks) == 1
    assert marks[0].symbol() != step.curves._best.points()[0].symbol()
    step.curves.marked.emit(marks[0].data())
    assert step.cards.card(marks[0].data()) is step.cards.cards[0]


@pytest.fixture
def open_log(qtbot, runner):
    """Opens a file in a window's runs, and returns what they are, what is shown, and what was refused."""
    made = []

    def open_(path):
        training = Training(runner)
        made.append(training)
        step = shown(qtbot, RunStep(training))
        refused = []
        training.opened.connect(step.show_run)
        training.refused.connect(refused.append)
        training.open(path)
        qtbot.waitUntil(lambda: bool(refused) or (step.run is not None and step.run.story is not None), timeout=30_000)
        return training, step, refused

    yield open_
    for training in made:
        training.close()


def test_a_log_of_another_program_is_shown_with_what_the_monitor_says_to_it(open_log, tmp_path, qtbot):
    path = tmp_path / "other.csv.gz"
    lines = ["iteration,train_loss,validation_psnr_db"]
    lines += [
        f"{step},{0.01 + math.exp(-step / 3000)},{30 + min(step, 9000) / 9000}" for step in range(0, 400_000, 5000)
    ]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    training, step, _ = open_log(path)
    assert step.run.name == "other"
    assert step.state.text() == "other · Log"
    assert step.figures.values["Time"].text() == "–"
    assert [card.notice.cause for card in step.cards.cards] == [Cause.PLATEAU]
    for button in (step.stop_button, step.discard_button, step.resume_button, step.use_button):
        assert not button.isVisible()
    step.make_curves()
    from sr_desktop.services.notices import Notices

    step.run.write_table(tmp_path / "table.csv", Notices())
    qtbot.waitUntil((tmp_path / "table.csv").exists, timeout=30_000)
    qtbot.waitUntil(lambda: not step.run._runner.is_busy, timeout=30_000)
    training.discard(step.run)
    assert path.exists()


def test_events_alone_are_shown_with_their_notices(open_log, tmp_path):
    run = past_run(notices=[(500, STUCK)])
    (tmp_path / "events.jsonl.gz").write_bytes(gzip.compress(run.events_file.read_bytes()))
    _, step, _ = open_log(tmp_path / "events.jsonl.gz")
    assert step.run.story.step == 1000
    assert len(step.run.story.blocks.items) == 20


def test_a_past_run_is_opened_by_its_folder_and_by_a_file_in_it(open_log):
    folder = past_run(end={"reason": "failed", "error": {"title": "The disk is full.", "hint": ""}})
    for path in (folder.path, folder.spec_file, folder.events_file):
        _, step, _ = open_log(path)
        assert step.run.state is State.FAILED
        assert step.run.folder.path == folder.path


@pytest.mark.parametrize("content", [b"\x1f\x8b\x08\x00rubbish", b"a,b\n1,2\n", b""])
def test_a_file_that_is_no_log_is_refused_in_words(open_log, tmp_path, content):
    (tmp_path / "log.csv").write_bytes(content)
    training, _, refused = open_log(tmp_path / "log.csv")
    assert "log.csv" in refused[0].title
    assert training.runs == []


def test_the_menu_lists_past_runs_with_how_they_ended(qtbot, runner):
    past_run("done", end={"reason": "finished", "output": None})
    past_run("half")
    training = Training(runner)
    training.look()
    qtbot.waitUntil(lambda: len(training.past) == 2, timeout=30_000)
    menu = PastMenu(training)
    qtbot.addWidget(menu)
    menu.aboutToShow.emit()
    texts = [action.text() for action in menu.actions()]
    assert any(text.startswith("done") and text.endswith("Finished") for text in texts)
    assert any(text.startswith("half") and text.endswith("Not finished") for text in texts)
    assert [item.name for item in training.unfinished] == ["half"]
    with qtbot.waitSignal(menu.chosen) as chosen:
        menu.actions()[0].trigger()
    assert RunFolder(chosen.args[0]).exists
    training.close()
