"""The picture formats we know: what each is called, and what it can hold."""

from dataclasses import dataclass
from pathlib import Path

from sr_desktop.errors import UsageError
from sr_desktop.system.file_names import shown

MANY = 2**31 - 1
"""The side that 31 bits hold: as good as unlimited."""


@dataclass(frozen=True, slots=True)
class Format:
    """What one file format is called and can hold.

    Attributes:
        name: Name as Pillow and a person write it; also accepted by `format_named`.
        suffixes: Usual file name endings, the first one preferred.
        depths: Bits per sample it holds, as `Raster.bits` counts; empty for a format that is only read.
        alpha: Whether it holds transparency.
        grey: Whether it holds a single channel.
        metadata: Which ids of `ids.KEPT` beside the samples it holds.
        max_side: Largest width or height.
        lossy: Whether a quality can be chosen.
        frames: What it holds besides a single picture: `animation`, `pages` or nothing.
        in_strips: Whether it is written strip by strip, and never in memory as a whole.
    """

    name: str
    suffixes: tuple[str, ...]
    depths: tuple[int, ...]
    alpha: bool = True
    grey: bool = True
    metadata: frozenset[str] = frozenset()
    max_side: int = MANY
    lossy: bool = False
    frames: str = ""
    in_strips: bool = False

    @property
    def can_write(self) -> bool:
        """Whether results can be written in this format."""
        return bool(self.depths)


FORMATS: tuple[Format, ...] = (
    Format(
        "PNG",
        (".png", ".apng"),
        (8, 16),
        metadata=frozenset({"exif", "icc", "xmp", "iptc", "text", "density", "colour"}),
        frames="animation",
        in_strips=True,
    ),
    Format(
        "JPEG",
        (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"),
        (8,),
        alpha=False,
        metadata=frozenset({"exif", "icc", "xmp", "iptc", "text", "density"}),
        max_side=65_500,  # the file holds 65,535; libjpeg writes no more than this
        lossy=True,
    ),
    Format(
        "WebP",
        (".webp",),
        (8,),
        grey=False,
        metadata=frozenset({"exif", "icc", "xmp"}),
        max_side=16_383,
        lossy=True,
        frames="animation",
    ),
    Format(
        "TIFF",
        (".tif", ".tiff"),
        (8, 16, 32),
        metadata=frozenset({"exif", "icc", "xmp", "iptc", "density"}),
        frames="pages",
        in_strips=True,
    ),
    Format("BMP", (".bmp", ".dib"), (8,), metadata=frozenset({"density"}), max_side=MANY),
    Format(
        "AVIF",
        (".avif", ".avifs"),
        (8,),
        grey=False,
        metadata=frozenset({"exif", "icc", "xmp"}),
        max_side=32_768,  # libavif reads no more by default
        lossy=True,
        frames="animation",
    ),
    Format("GIF", (".gif",), ()),
)

READABLE_SUFFIXES = frozenset(suffix for item in FORMATS for suffix in item.suffixes)
"""Lower-case endings of the files worth opening in a folder."""

WRITABLE = tuple(item.name for item in FORMATS if item.can_write)
"""Names of the formats that results can be written in."""

_BY_NAME = {item.name.lower(): item for item in FORMATS}
_BY_SUFFIX = {suffix: item for item in FORMATS for suffix in item.suffixes}


def format_of(path: Path) -> Format:
    """Return the format that a file name's ending says.

    Raises:
        UsageError: The ending says none that we know.
    """
    suffix = path.suffix.lower()
    if suffix not in _BY_SUFFIX:
        fault = "has an ending that is no picture format known here" if suffix else "has no ending"
        raise UsageError(f"{shown(path)} {fault}.", f"Use {_listed()}.")
    return _BY_SUFFIX[suffix]


def format_named(name: str) -> Format:
    """Return the format called `name`, in any case; an ending such as `jpg` does too.

    Raises:
        UsageError: There is none.
    """
    found = _BY_NAME.get(name.lower()) or _BY_SUFFIX.get("." + name.lower().lstrip("."))
    if found is None:
        raise UsageError(f"There is no picture format “{name}” here.", f"Use {_listed()}.")
    return found


def _listed() -> str:
    endings = [item.suffixes[0] for item in FORMATS if item.can_write]
    return f"{', '.join(endings[:-1])} or {endings[-1]}"
