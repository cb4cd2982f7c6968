"""Sizes, times and states as a person would say them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from sr_desktop.services.pictures.document import Document, State
from sr_desktop.ui.shell import language

if TYPE_CHECKING:
    from sr_desktop.imaging.raster import Raster

SEPARATOR = " · "


def _tr(text: str) -> str:
    return QCoreApplication.translate("Wording", text)


def size(width: int, height: int) -> str:
    """Return `640 × 427`."""
    return f"{width} × {height}"


def depth(raster: "Raster") -> str:
    """Return `8 bit`, `16 bit grey` and the like."""
    text = bits(raster)
    if raster.is_grey:
        text += " " + _tr("grey")
    return text + (" " + _tr("with transparency") if raster.has_alpha else "")


def bits(raster: "Raster") -> str:
    """Return `8 bit`, `16 bit` or `32 bit float`."""
    return _tr("32 bit float") if raster.bits == 32 else _tr("{} bit").format(raster.bits)


def duration(seconds: float) -> str:
    """Return a time with as many digits as one reads."""
    if seconds < 10:
        return _tr("{} s").format(QLocale().toString(float(seconds), "f", 2 if seconds < 1 else 1))
    whole = round(seconds)
    if whole < 60:
        return _tr("{} s").format(whole)
    if whole < 3600:
        return _tr("{} min {} s").format(whole // 60, whole % 60)
    return _tr("{} h {} min").format(whole // 3600, whole % 3600 // 60)


def time_left(seconds: float | None) -> str:
    """Return how long it still takes, rounded to what an estimate is worth; empty when it is not known yet."""
    if seconds is None:
        return ""
    if seconds < 1.5:
        return _tr("about a second left")
    return _tr("about {} left").format(estimate(seconds))


def estimate(seconds: float) -> str:
    """Return a time rounded to what an estimate is worth."""
    step = 1 if seconds < 10 else 5 if seconds < 60 else 10 if seconds < 600 else 60
    return _rounded(max(step, round(seconds / step) * step))


def _rounded(seconds: int) -> str:
    if seconds < 60:
        return _tr("{} s").format(seconds)
    if seconds < 3600:
        minutes = _tr("{} min").format(seconds // 60)
        return minutes + (" " + _tr("{} s").format(seconds % 60) if seconds < 600 and seconds % 60 else "")
    return _tr("{} h {} min").format(seconds // 3600, seconds % 3600 // 60)


def percent(fraction: float) -> str:
    """Return a share in percent, with a digit behind the point where that says something."""
    value = fraction * 100
    digits = 0 if value >= 10 or value == round(value) else 1
    return _tr("{} %").format(QLocale().toString(float(value), "f", digits))


def progress(document: Document, *, engine_is_ready: bool) -> str:
    """Return what happens to a document that is busy."""
    if document.state is State.OPENING:
        return _tr("Reading")
    if not engine_is_ready and document.progress.done == 0:
        return _tr("Getting ready")
    done = percent(int(document.progress.fraction * 100) / 100)
    parts = [_tr("Upscaling"), done, time_left(document.time_left())]
    return SEPARATOR.join(part for part in parts if part)


def badge(document: Document) -> str:
    """Return the state of a document in a word or two, for its thumbnail."""
    match document.state:
        case State.EMPTY | State.READY:
            return _tr("Stopped")
        case State.WAITING:
            return _tr("Waiting")
        case State.OPENING:
            return _tr("Reading")
        case State.UPSCALING:
            return percent(int(document.progress.fraction * 100) / 100)
        case State.DONE:
            return _tr("Saving") if document.is_saving else _tr("Saved") if document.saved_as else _tr("Done")
        case State.FAILED:
            return _tr("Failed")


def facts(document: Document) -> str:
    """Return what the status line says of a document: size, depth, profile, model, device, time."""
    parts: list[str] = []
    if document.before is not None:
        raster = document.before.raster
        before = size(raster.width, raster.height)
        if document.plan is not None:
            before += " → " + size(document.plan.width, document.plan.height)
        parts += [before, depth(raster), language.translated(document.before.pyramid.profile)]
    if document.after is not None:
        result = document.after
        where = _tr("{} on {}").format(result.model, result.device) if result.device else result.model
        if result.options.passes > 1:
            where = _tr("{}, {} passes").format(where, result.options.passes)
        parts.append(where if result.model else _tr("bicubic"))
        parts.append(duration(result.seconds))
    return SEPARATOR.join(parts)
