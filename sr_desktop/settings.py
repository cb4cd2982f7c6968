"""What the program remembers of a person's choices: one value, kept as TOML; broken ones become defaults, and are noted."""

import dataclasses
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sr_desktop import paths
from sr_desktop.choices import DEVICES
from sr_desktop.system import atomic_write

VERSION = 1

NAME = "settings.toml"

UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""From a version to the next one, as functions of the file's content."""

SIZES = ("factor", "width", "height", "long side")
COMPARISONS = ("side by side", "divider")
BEFORES = ("bicubic", "pixels")
LANGUAGES = ("system", "en", "zh_CN")
THEMES = ("system", "light", "dark")
TEXT_SIZES = (100, 125, 150, 175, 200)
PHOTO_ANSWERS = ("ask", "used", "declined")


@dataclass(frozen=True, slots=True)
class Settings:
    """A person's choices.

    Attributes:
        size: How the size of the result is given; one of `SIZES`.
        factor: Times larger, 2 to 4, where the size is a factor.
        pixels: Pixels along the given side, where it is not.
        model: Name of a model; empty for the standard one.
        device: Where to compute; one of `choices.DEVICES`.
        comparison: How before and after are shown; one of `COMPARISONS`.
        before: How the original is brought to the size of the result; one of `BEFORES`.
        folder: Where results are saved; empty for beside the original.
        language: What the window speaks; one of `LANGUAGES`.
        theme: Its colours; one of `THEMES`.
        text_size: Of the window's text, in percent of the system's; one of `TEXT_SIZES`.
        photo_model: What was decided when the photo model was suggested; one of `PHOTO_ANSWERS`.
        details: Whether it is listed beside a picture what is kept and changed.
        best_quality: Whether each picture goes through the network eight times.
        notifications: Whether the desktop tells what is done while another program is in front.
    """

    size: str = "factor"
    factor: int = 2
    pixels: int = 3840
    model: str = ""
    device: str = "auto"
    comparison: str = "side by side"
    before: str = "bicubic"
    folder: str = ""
    language: str = "system"
    theme: str = "system"
    text_size: int = 100
    photo_model: str = "ask"
    details: bool = False
    notifications: bool = True
    best_quality: bool = False


_ALLOWED: dict[str, Callable[[Any], bool]] = {
    "size": lambda value: value in SIZES,
    "factor": lambda value: type(value) is int and 2 <= value <= 4,
    "pixels": lambda value: type(value) is int and 1 <= value <= 1_000_000,
    "model": lambda value: isinstance(value, str),
    "device": lambda value: value in DEVICES,
    "comparison": lambda value: value in COMPARISONS,
    "before": lambda value: value in BEFORES,
    "folder": lambda value: isinstance(value, str),
    "language": lambda value: value in LANGUAGES,
    "theme": lambda value: value in THEMES,
    "text_size": lambda value: type(value) is int and value in TEXT_SIZES,
    "photo_model": lambda value: value in PHOTO_ANSWERS,
    "best_quality": lambda value: isinstance(value, bool),
    "details": lambda value: isinstance(value, bool),
    "notifications": lambda value: isinstance(value, bool),
}


def path() -> Path:
    """Return where the settings are kept."""
    return paths.config() / NAME


def load() -> tuple[Settings, list[str]]:
    """Return the settings, and a sentence for each thing in the file that could not be used.

    A file that is no TOML is kept beside as `settings.toml.unreadable`; fields nobody knows are skipped.
    """
    try:
        content = tomllib.loads(path().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings(), []
    except (OSError, ValueError) as error:
        return Settings(), [_set_aside(error)]
    return _parsed(_upgraded(content))


def _set_aside(error: Exception) -> str:
    kept = path().with_name(NAME + ".unreadable")
    try:
        path().replace(kept)
    except OSError as refusal:
        return f"The settings could not be read ({error}) nor set aside ({refusal}); the defaults are used."
    return f"The settings could not be read, so the defaults are used. The old file is now {kept.name}."


def _upgraded(content: dict[str, Any]) -> dict[str, Any]:
    version = content.get("version", VERSION)
    while isinstance(version, int) and version in UPGRADES:
        content = UPGRADES[version](content)
        version += 1
    return content


def _parsed(content: dict[str, Any]) -> tuple[Settings, list[str]]:
    defaults = Settings()
    usable, notes = {}, []
    for field in dataclasses.fields(Settings):
        if field.name not in content:
            continue
        value = content[field.name]
        if _ALLOWED[field.name](value):
            usable[field.name] = value
        else:
            default = getattr(defaults, field.name)
            notes.append(f"The setting “{field.name}” can't be {value!r}; it is {default!r} now.")
    return dataclasses.replace(defaults, **usable), notes


def save(settings: Settings) -> None:
    """Keep the settings; the file appears whole or not at all.

    Raises:
        OSError: The folder can't be written to.
    """
    fields = {"version": VERSION, **dataclasses.asdict(settings)}
    text = "".join(f"{name} = {_as_toml(value)}\n" for name, value in fields.items())
    path().parent.mkdir(parents=True, exist_ok=True)
    atomic_write.write_whole(path(), text.encode())


def _as_toml(value: int | str) -> str:
    if isinstance(value, int):
        return str(value).lower()  # of a truth value: `true` and `false`
    escaped = "".join(_escaped(character) for character in value)
    return f'"{escaped}"'


def _escaped(character: str) -> str:
    """Return a character as a basic string holds it (TOML 1.0)."""
    if character in '"\\':
        return "\\" + character
    return character if character.isprintable() else f"\\U{ord(character):08x}"
