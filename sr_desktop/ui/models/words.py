"""Models in words: what kind they are, where they come from, how good and how fast they are."""

from PySide6.QtCore import QCoreApplication, QLocale

from sr_desktop.library import catalogue
from sr_desktop.library.catalogue import BUNDLED, IMPORTED, SCALES, Entry
from sr_desktop.services.models.speed import Speed

_FIRST_SCORE = "Set5 psnr_y_db"
"""What everyone measures; shown where there is room for one score only."""

_PSNR, _SSIM = " psnr_y_db", " ssim_y"


def _tr(text: str) -> str:
    return QCoreApplication.translate("ModelsWords", text)


def choice(entry: Entry, *, with_scale: bool) -> str:
    """Return what a list to choose from calls a model.

    Args:
        entry: The model.
        with_scale: Whether models of other scales are in the list too.
    """
    kind = _kind(entry)
    if not kind:
        return entry.name
    return _tr("{} {}×").format(kind, entry.scale) if with_scale else kind


def _kind(entry: Entry) -> str:
    """Return what a bundled model is for; empty for one of the person's."""
    kinds = {
        catalogue.default_name: _tr("Standard model"),
        catalogue.photo_name: _tr("Photo model"),
        catalogue.small_name: _tr("Small model"),
    }
    named = (kind for name, kind in kinds.items() if entry.name in map(name, SCALES))
    return next(named, "") if entry.is_bundled else ""


def origin(entry: Entry) -> str:
    """Return where a model comes from."""
    known = {BUNDLED: _tr("With the program"), IMPORTED: _tr("Imported"), "trained": _tr("Trained")}
    return known.get(entry.origin, entry.origin)


def file_size(count: int) -> str:
    """Return `61 kB`."""
    locale = QLocale()
    return locale.formattedDataSize(count, 0 if count < 1_000_000 else 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def first_score(entry: Entry) -> str:
    """Return the score that is best known, `36.76 dB on Set5`; empty if none was measured."""
    quality = entry.card.quality
    if not quality:
        return ""
    name = _FIRST_SCORE if _FIRST_SCORE in quality else next(iter(quality))
    return _score(name, quality[name])


def scores(entry: Entry) -> list[str]:
    """Return all scores that the card has."""
    return [_score(name, value) for name, value in sorted(entry.card.quality.items())]


def _score(name: str, value: float) -> str:
    pictures = name.removesuffix(_PSNR).removesuffix(_SSIM)
    where = _tr("held-out pictures") if pictures == "held-out" else pictures
    figure = ssim(value) if name.endswith(_SSIM) else decibels(value)
    return _tr("{} on {}").format(figure, where)


def decibels(value: float) -> str:
    """Return `36.76 dB`, or that pictures are equal."""
    return _tr("equal") if value == float("inf") else _tr("{} dB").format(QLocale().toString(float(value), "f", 2))


def ssim(value: float) -> str:
    """Return a structural similarity."""
    return _tr("SSIM {}").format(QLocale().toString(float(value), "f", 4))


def speed(found: Speed) -> str:
    """Return `3.1 MP/s`."""
    value = found.megapixels_per_s
    return _tr("{} MP/s").format(QLocale().toString(float(value), "f", 2 if value < 1 else 1 if value < 100 else 0))


def network(entry: Entry) -> str:
    """Return shape and size of the network in the paper's letters."""
    shape = entry.card.shape
    text = f"FSRCNN({shape.features}, {shape.shrunk}, {shape.mapping})"
    return _tr("{}, {} weights").format(text, QLocale().toString(shape.weights))
