"""The figures of a run in words: how far, how fast, how good, and what going on would bring."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from sr_desktop.services.training.run import AT_WORK, Run, State
from sr_desktop.ui.training import words
from sr_desktop.ui.widgets import wording


def _tr(text: str) -> str:
    return QCoreApplication.translate("Figures", text)


def is_kept(run: Run) -> bool:
    """Tell whether a model came of the run."""
    return run.story is not None and run.story.end is not None and bool(run.story.end.get("output"))


def time_left(run: Run) -> float | None:
    """Return the seconds that a run still takes at its pace, once there is one."""
    story = run.story
    if story is None or run.state not in AT_WORK:
        return None
    if not run.spec.steps:
        return max(0.0, run.spec.minutes * 60 - story.time_s)
    pace = story.steps_per_s
    return (run.spec.steps - story.step) / pace if pace else None


def doing(run: Run) -> str:
    """Return what the run is at, in a line."""
    story = run.story
    if run.state is State.READING and story is not None:
        return _tr("{} of {}").format(words.count(story.prepared.done), words.count(story.prepared.total))
    if run.state is State.TRAINING:
        return wording.time_left(time_left(run))
    return ""


def table(run: Run) -> Iterator[tuple[str, str, str]]:
    """Yield name, value and explanation of each figure."""
    story = run.story
    assert story is not None
    asked = words.length(run.spec)
    steps = words.count(story.step)
    is_log = run.state is State.LOGGED  # which does not say what was asked, nor how long it took
    of_all = run.spec.steps and not is_log
    yield _tr("Steps"), _tr("{} of {}").format(steps, words.count(run.spec.steps)) if of_all else steps, ""
    tip = "" if is_log else _tr("Of {} that were asked for").format(asked)
    yield _tr("Time"), "–" if is_log else wording.duration(story.time_s), tip
    left = time_left(run)
    yield _tr("Time left"), "–" if left is None else _tr("about {}").format(wording.estimate(left)), ""
    pace = story.patches_per_s
    yield _tr("Pace"), "–" if pace is None else _tr("{} patches/s").format(words.count(round(pace))), story.device
    best = story.best
    reference, name = (story.base_db, _tr("base")) if story.base_db is not None else (story.bicubic_db, _tr("bicubic"))
    text = "–"
    if best is not None:
        text = words.db(best.psnr_db)
        if reference is not None:
            text += " " + _tr("({} over {})").format(words.gain(best.psnr_db - reference), name)
        text += " " + _tr("at step {}").format(words.count(best.step))
    yield _tr("Best so far"), text, _tr("On the pictures it is only checked on")
    yield _tr("Bicubic, base"), f"{words.db(story.bicubic_db)}, {words.db(story.base_db)}", _tr("On the same pictures")
    yield _tr("Going on"), *_outlook(run)


def _outlook(run: Run) -> tuple[str, str]:
    """Return what more steps should bring, with the range, and what that means."""
    assert run.story is not None
    outlook = run.story.outlook()
    explained = _tr("The range holds the gain in four cases of five")
    if outlook is None:
        return _tr("can't be told yet"), _tr("Too few checks so far, or something is wrong with the run")
    low, high = outlook.range_db
    text = _tr("{} expected from {} more steps ({} to {})")
    steps = words.count(outlook.over_steps)
    return text.format(words.gain(outlook.expected_gain_db), steps, words.gain(low), words.gain(high)), explained


def verdict(run: Run) -> str:
    """Return what came of a run that has ended; empty while it goes."""
    story = run.story
    end = story.end if story is not None else None
    if end is None or run.state not in (State.FINISHED, State.STOPPED):
        return ""
    before, score = end.get("base_psnr_db"), end.get("psnr_db")
    name = _tr("the model it began with")
    if before is None:
        before, name = end.get("bicubic_psnr_db"), _tr("bicubic")
    compared = ""
    if before is not None and score is not None:
        compared = _tr("{} on pictures it never saw, {} against {}.").format(
            words.db(score), words.gain(score - before), name
        )
    if not is_kept(run):
        margin = end.get("margin_db")
        noise = _tr("The difference is within what chance does ({}).").format(words.db(margin)) if margin else ""
        said = _tr("It did not help, so no model was written: the one you had is as good on your pictures.")
        return " ".join(part for part in (said, compared, noise) if part)
    warning, bicubic = "", end.get("bicubic_psnr_db")
    if score is not None and bicubic is not None and score < bicubic:
        warning = _tr("Plain bicubic does better, so don't use it: see what the monitor says.")
    said = _tr("The model “{}” is in your list.").format(run.name)
    return " ".join(part for part in (said, compared, warning) if part)
