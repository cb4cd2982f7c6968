"""What results are called: a template such as `{stem}_{scale}x`, checked before anything is named by it."""

import datetime
import os
import string
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sr_desktop.errors import UsageError


@dataclass(frozen=True, slots=True)
class Values:
    """What a template may speak of.

    Attributes:
        source: The input.
        counter: Place of the input in the batch, from 1 on.
        counter_digits: Digits it is filled up to with zeros, unless the template says how many.
        scale: The factor; None when a size was asked for.
        model: Name of the model.
        width: Columns of the result; None while the input has not been looked at.
        height: Rows of it.
    """

    source: Path
    counter: int = 1
    counter_digits: int = 1
    scale: int | None = None
    model: str = ""
    width: int | None = None
    height: int | None = None


EXAMPLE = Values(
    Path("Holiday", "IMG_0042.jpg"), counter=7, counter_digits=3, scale=2, model="fsrcnn-x2", width=8064, height=6048
)
"""For a preview while there is no input yet."""

FIELDS = {
    "stem": "the input's name without its ending",
    "parent": "the name of the folder it lies in",
    "scale": "the factor",
    "width": "columns of the result",
    "height": "rows of the result",
    "counter": "the place in the batch; {counter:4} has 4 digits",
    "model": "the model's name",
    "date": "the day on which the input was last changed, such as 2026-11-24",
}
"""What each field is, for a person."""

_SIZE_FIELDS = {"width", "height"}


@dataclass(frozen=True, slots=True)
class Template:
    """A checked template for the name of a result, without its ending; slashes lead into folders.

    Attributes:
        text: As it was written.
        fields: Names of the fields in it.
    """

    text: str
    fields: frozenset[str]

    @property
    def needs_size(self) -> bool:
        """Whether an input must be looked at before its result has a name."""
        return bool(self.fields & _SIZE_FIELDS)

    def name(self, values: Values) -> str:
        """Return the name of a result, without its ending, with this system's separators."""
        parts = [text + _filled(field, spec, values) for text, field, spec, _ in string.Formatter().parse(self.text)]
        return "".join(parts).replace("/", os.sep)


def parse(text: str, *, has_scale: bool = True) -> Template:
    """Return a template.

    Args:
        text: As a person wrote it.
        has_scale: Whether all results have one factor, which then can be named.

    Raises:
        UsageError: It has an unknown field, or no name can come of it.
    """
    try:
        pieces = list(string.Formatter().parse(text))
    except ValueError as error:
        raise _refused(text, f"its braces are wrong ({error})") from error
    fields = set()
    for _, field, spec, conversion in pieces:
        if field is not None:
            _check_field(text, field, spec or "", conversion, has_scale)
            fields.add(field)
    literal = "".join(piece[0] for piece in pieces)
    _check_path(text, literal)
    return Template(text, frozenset(fields))


def preview(text: str, values: Values = EXAMPLE) -> str:
    """Return what a template makes of one input, without an ending.

    Raises:
        UsageError: As from `parse`.
    """
    template = parse(text, has_scale=values.scale is not None)
    if template.needs_size and values.width is None:
        values = replace(values, width=EXAMPLE.width, height=EXAMPLE.height)
    return template.name(values)


def escaped(text: str) -> str:
    """Return a text that stands for itself in a template."""
    return text.replace("{", "{{").replace("}", "}}")


def _check_field(text: str, field: str, spec: str, conversion: str | None, has_scale: bool) -> None:
    if field not in FIELDS:
        raise _refused(text, f"there is no field {{{field}}}")
    if conversion or (spec and not (field == "counter" and spec.isdecimal() and 1 <= int(spec) <= 9)):
        raise _refused(text, f"{{{field}}} takes no such detail")
    if field == "scale" and not has_scale:
        raise UsageError("With a target size there is no {scale} to name.", "Use {width} or {height} in the template.")


def _check_path(text: str, literal: str) -> None:
    parts = text.split("/")
    if "\0" in text or any(not character.isprintable() for character in literal):
        raise _refused(text, "it holds a character that no name should have")
    if "" in parts or "." in parts or ".." in parts or "\\" in text or Path(text).is_absolute():
        raise _refused(text, "a part of the path is missing or leads out of the folder")
    if os.name == "nt" and set(literal) & set('<>:"|?*'):
        raise _refused(text, 'Windows allows none of < > : " | ? * in names')


def _refused(text: str, reason: str) -> UsageError:
    return UsageError(
        f"“{text}” can't name results: {reason}.", f"The fields are {', '.join(f'{{{f}}}' for f in FIELDS)}."
    )


def _filled(field: str | None, spec: str | None, values: Values) -> str:
    if field is None:
        return ""
    if field == "counter":
        return f"{values.counter:0{int(spec) if spec else values.counter_digits}}"
    return _VALUES[field](values)


def _date(values: Values) -> str:
    try:
        changed = values.source.stat().st_mtime
    except OSError:  # gone: the input's own row says so; a preview has no file
        changed = 0.0
    return datetime.datetime.fromtimestamp(changed).date().isoformat()


_VALUES: dict[str, Callable[[Values], str]] = {
    "stem": lambda values: values.source.stem,
    "parent": lambda values: values.source.absolute().parent.name,
    "scale": lambda values: str(values.scale),
    "width": lambda values: str(values.width),
    "height": lambda values: str(values.height),
    "model": lambda values: values.model,
    "date": _date,
}
