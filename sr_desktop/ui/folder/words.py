"""What the Folder page says about files and batches, as a person would."""

from PySide6.QtCore import QCoreApplication, QLocale

from sr_desktop.batch.plan import AlreadyThereError
from sr_desktop.errors import UserError
from sr_desktop.services.folder.planning import Forecast
from sr_desktop.services.folder.rows import Row, Tally
from sr_desktop.ui.shell import language
from sr_desktop.ui.widgets import wording

STATES = ("waiting", "running", "done", "failed", "skipped")


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("FolderWords", text, None, count)


def state(name: str) -> str:
    """Return a state in a word or two."""
    return {
        "waiting": _tr("Waiting"),
        "running": _tr("At work"),
        "done": _tr("Done"),
        "failed": _tr("Failed"),
        "skipped": _tr("Skipped"),
    }[name]


def number(count: int) -> str:
    """Return a whole number with the separators of the person's language."""
    return QLocale().toString(count)


def size(count: int) -> str:
    """Return bytes as a person says them."""
    for unit, name in ((1e12, _tr("TB")), (1e9, _tr("GB")), (1e6, _tr("MB"))):
        if count >= unit:
            return f"{QLocale().toString(count / unit, 'f', 1)} {name}"
    return _tr("{} kB").format(QLocale().toString(round(count / 1000)))


def files(count: int) -> str:
    """Return `1 file` or `800 files`."""
    return _tr("%Ln files", count)


def error(found: UserError) -> str:
    """Return why a file failed and what to try, as the page has it."""
    if isinstance(found, AlreadyThereError):
        return _tr("{} Skip or replace existing results, or choose another folder.").format(
            language.translated(found.title)
        )
    return language.translated(f"{found.title} {found.hint}".strip())


def story(row: Row) -> str:
    """Return the result of a file, or the reason why there is none."""
    if row.error is not None:
        text = error(row.error)
        return _tr("Failed in the last run: {}").format(text) if row.state == "waiting" else text
    if row.state == "skipped":
        return _tr("{} is there already").format(row.item.target.name)
    if row.outcome is not None and row.outcome.width and row.outcome.height:
        made = wording.size(row.outcome.width, row.outcome.height)
        parts = [row.item.target.name, made, *(language.translated(text) for _, text in row.outcome.changed)]
        return wording.SEPARATOR.join(parts)
    return row.item.target.name


def seconds(row: Row) -> str:
    """Return how long a file took."""
    taken = row.outcome.seconds if row.outcome is not None else 0.0
    return wording.duration(taken) if taken else ""


def planned(tally: Tally, left_out: int, forecast: Forecast | None, total_bytes: int) -> str:
    """Return what a batch is while it does not run: how much, what stands in the way, and what it will take."""
    parts = [f"{files(tally.total)}, {size(total_bytes)}"]
    for count, text in (
        (tally.counts["done"], _tr("{} done")),
        (tally.counts["skipped"], _tr("{} there already")),
        (tally.counts["failed"] - tally.refused, _tr("{} failed")),
        (tally.refused, _tr("{} can't be converted")),
        (left_out, _tr("%Ln earlier results left out", left_out)),
    ):
        if count:
            parts.append(text.format(number(count)))
    if forecast is not None:
        parts += _forecast(forecast)
    return wording.SEPARATOR.join(parts)


def _forecast(forecast: Forecast) -> list[str]:
    room = _tr("about {} of {} free") if forecast.size_bytes < forecast.free_bytes else _tr("about {}, only {} free")
    takes = room.format(size(forecast.size_bytes), size(forecast.free_bytes))
    return [takes, _tr("about {}").format(wording.estimate(forecast.seconds))]


def ended(tally: Tally) -> str:
    """Return how a run went: `3 of 800 failed`, or that all went well."""
    if tally.counts["failed"]:
        return _tr("{} of {} failed").format(number(tally.counts["failed"]), number(tally.total))
    return _tr("All done")


def made(tally: Tally) -> str:
    """Return what a batch has made."""
    parts = [_tr("{} made").format(number(tally.counts["done"]))]
    if tally.counts["skipped"]:
        parts.append(_tr("{} there already").format(number(tally.counts["skipped"])))
    if tally.size_bytes:
        parts.append(size(tally.size_bytes))
    return wording.SEPARATOR.join(parts)


def totals(tally: Tally, taken_s: float) -> str:
    """Return how much is done, and how fast."""
    parts = [_tr("{} of {}").format(number(tally.ended), number(tally.total))]
    if tally.counts["failed"]:
        parts.append(_tr("{} failed").format(number(tally.counts["failed"])))
    if tally.size_bytes:
        parts.append(size(tally.size_bytes))
    if tally.counts["done"] and taken_s >= 1:
        parts.append(_rate(tally, taken_s))
    return wording.SEPARATOR.join(parts)


def _rate(tally: Tally, taken_s: float) -> str:
    per_minute = tally.counts["done"] / taken_s * 60
    each = _tr("{} a minute").format(QLocale().toString(per_minute, "f", 0 if per_minute >= 10 else 1))
    megapixels = tally.pixels / 1e6 / taken_s
    return each + ", " + _tr("{} megapixels a second").format(QLocale().toString(megapixels, "f", 1))
