"""A run that is being thought about: what depends on what, and what can't work yet."""

from pathlib import Path

import pytest

from sr_desktop import paths
from sr_desktop.runs.notices import Action, Cause, Finding, Severity
from sr_desktop.runs.spec import SCRATCH
from sr_desktop.services.training import remedies
from sr_desktop.services.training.draft import CAMERA, LENGTHS, Draft, bundled_path, smallest_side


@pytest.fixture
def draft(qapp, tmp_path):
    draft = Draft()
    draft.change(pictures=str(tmp_path / "Böse Bilder"))
    return draft


def fields(draft):
    return [problem.field for problem in draft.problems()]


def test_a_new_draft_only_lacks_pictures(qapp):
    draft = Draft()
    assert fields(draft) == ["pictures"]
    draft.change(pictures="/somewhere/cats")
    assert draft.problems() == []


def test_another_scale_begins_with_the_model_of_that_scale(draft):
    draft.change(scale=3)
    assert draft.spec.start == bundled_path(3)
    draft.change(start=SCRATCH)
    draft.change(scale=4)
    assert draft.spec.from_scratch


def test_the_name_follows_folder_and_scale_until_it_is_chosen(draft):
    assert draft.name == "B-se-Bilder-x2"
    draft.change(scale=3)
    assert draft.name == "B-se-Bilder-x3"
    draft.rename("cats")
    draft.change(scale=2)
    assert draft.name == "cats"
    assert draft.finished().output == str(paths.user_weights() / "cats.safetensors")


def test_a_name_that_is_taken_or_impossible_is_a_problem(draft):
    draft.rename("a/b")
    assert fields(draft) == ["name"]
    paths.user_weights().mkdir(parents=True, exist_ok=True)
    (paths.user_weights() / "cats.safetensors").write_bytes(b"")
    draft.rename("Cats")
    assert "already" in draft.problems()[0].text


def test_pairs_are_taken_as_they_are(draft, tmp_path):
    draft.change(degrade=CAMERA)
    draft.change(low=str(tmp_path / "small"))
    assert draft.spec.degrade == ()
    assert draft.problems() == []


def test_a_refined_model_keeps_its_own_size(draft):
    draft.change(start=SCRATCH, small=True)
    draft.change(start=bundled_path(2))
    assert not draft.spec.small


def test_what_expert_fields_may_hold_is_said_beside_the_field(draft):
    draft.change(batch=0, steps=0)
    assert fields(draft) == ["batch", "steps"]
    draft.change(batch=16, minutes=3.0)
    assert draft.problems() == []
    assert draft.length == ""
    draft.change(steps=LENGTHS["quick"], minutes=0.0)
    assert draft.length == "quick"


def test_a_model_that_is_gone_is_a_problem(draft):
    draft.change(start="/nowhere/gone.safetensors")
    assert fields(draft) == ["start"]


def test_pictures_must_hold_a_patch(draft):
    assert smallest_side(draft.spec) == 48
    draft.change(scale=4, patch=20)
    assert smallest_side(draft.spec) == 80


def test_the_spec_of_another_run_is_taken_under_a_name_of_its_own(draft):
    spec = draft.finished()
    Path(spec.output).write_bytes(b"")
    draft.take(spec)
    assert draft.name == "B-se-Bilder-x2-2"


def notice(action, *files):
    return Finding(Cause.NO_DETAIL, Severity.WARNING, action, {}, files).at(0)


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (Action.USE_HE_INITIALIZATION, {"start": SCRATCH}),
        (Action.LOWER_LEARNING_RATE, {"learning_rate": pytest.approx(2e-5)}),
        (Action.RAISE_LEARNING_RATE, {"learning_rate": pytest.approx(2e-3)}),
        (Action.RESTART_FROM_BEST, {"start": remedies.FROM_BEST, "learning_rate": pytest.approx(2e-5)}),
    ],
)
def test_a_restart_changes_what_the_action_says_and_nothing_else(draft, action, expected):
    changed = remedies.restarted(draft.spec, notice(action))
    assert {name: new for name, _, new in remedies.difference(draft.spec, changed)} == expected


@pytest.mark.parametrize("action", [Action.STOP_AND_KEEP, Action.NONE, *sorted(remedies.PICTURES)])
def test_other_actions_need_no_new_spec(draft, action):
    assert remedies.restarted(draft.spec, notice(action)) is None


def test_files_that_a_notice_names_are_left_out_besides_those_that_are(draft):
    draft.change(exclude=("*.gif",))
    changed = remedies.restarted(draft.spec, notice(Action.LEAVE_OUT_FILES, "a[1].png", "b/c.png"))
    assert changed.exclude == ("*.gif", "/a[[]1].png", "/b/c.png")
    assert [name for name, _, _ in remedies.difference(draft.spec, changed)] == ["exclude"]
