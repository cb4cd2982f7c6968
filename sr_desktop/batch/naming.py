"""Where results go: beside their inputs, into one file, or into a folder, under a name by a template."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sr_desktop.batch import template
from sr_desktop.batch.template import Template, Values
from sr_desktop.engine.targets import Factor, Target, mark
from sr_desktop.errors import UsageError
from sr_desktop.imaging.formats import READABLE_SUFFIXES, Format, format_named, format_of
from sr_desktop.inputs.inputs import Found


@dataclass(frozen=True, slots=True)
class Naming:
    """How results are named.

    Attributes:
        template: Gives their names.
        target: How large they shall be.
        output: The path given for them; empty for beside the input.
        into_folder: Whether `output` is a folder.
        flatten: Whether all go into `output` itself, rather than into folders as their inputs lie.
        format: The format asked for, if any.
        model: The model's name, for the template.
        is_batch: Whether this is about several files, whose states are kept in a journal in the output folder.
    """

    template: Template
    target: Target
    output: str = ""
    into_folder: bool = False
    flatten: bool = False
    format: Format | None = None
    model: str = ""
    is_batch: bool = False

    def output_for(self, found: Found, values: Values) -> str:
        """Return the path of an input's result, as a person would write it."""
        if self.output and not self.into_folder:
            return self.output
        scale = self.target.scale if isinstance(self.target, Factor) else None
        name = self.template.name(replace(values, source=found.path, scale=scale, model=self.model))
        name += self._suffix(found.path)
        if not self.output:
            return os.path.join(os.path.dirname(found.given), name)  # noqa: PTH118, PTH120  (as it was given)
        below = Path() if self.flatten else found.below.parent
        return os.path.join(self.output, below / name)  # noqa: PTH118

    def format_for(self, output: str) -> str | None:
        """Return the format to write, if the ending of `output` does not say it."""
        if Path(output).suffix.lower() in READABLE_SUFFIXES:
            return None
        return self.format.name if self.format else "PNG"

    def home_of(self, found: Found) -> Path | None:
        """Return the folder that keeps the journal of an input's result, if any does.

        That is the output folder of several results; without one, the folder that was given. Single files need none:
        what became of them is seen at once.
        """
        if self.into_folder and self.is_batch:
            return Path(self.output)
        return Path(found.folder) if found.folder and not self.output else None

    def _suffix(self, source: Path) -> str:
        """Return the input's own ending if it says the right format, otherwise the usual one of that format."""
        known = format_of(source) if source.suffix.lower() in READABLE_SUFFIXES else None
        wanted = self.format or (known if known and known.can_write else format_named("PNG"))
        return source.suffix if known == wanted else wanted.suffixes[0]


def naming(
    inputs: Sequence[str],
    output: str | None,
    target: Target,
    *,
    format_name: str | None = None,
    template_text: str | None = None,
    flatten: bool = False,
    model: str = "",
) -> Naming:
    """Return how results of these inputs are named.

    Args:
        inputs: Files and folders as given; more may follow later.
        output: The path for results; None for beside their inputs.
        target: How large they shall be.
        format_name: Name of the format; None for the input's own.
        template_text: A template; None for the usual names: `{stem}_{scale}x` beside the input, `{stem}` in a folder.
        flatten: Whether folders in the given folders are not made again in the output folder.
        model: The model's name.

    Raises:
        UsageError: There is no such format or field, the format is only read, or the wishes don't go together.
    """
    chosen = _writable(format_named(format_name)) if format_name else None
    usual = "{stem}" if output else "{stem}" + template.escaped(mark(target))
    parsed = template.parse(template_text or usual, has_scale=isinstance(target, Factor))
    several = len(inputs) != 1 or os.path.isdir(inputs[0])  # noqa: PTH112
    if not output:
        if flatten:
            raise UsageError("Only results in an output folder can be flattened.", "Give a folder as --output.")
        return Naming(parsed, target, format=chosen, model=model, is_batch=several)
    separators = tuple(filter(None, (os.sep, os.altsep)))
    if several and os.path.isfile(output):  # noqa: PTH113
        raise UsageError(f"{output} is a file, but several results need a folder.", "Give a folder as --output.")
    into_folder = several or os.path.isdir(output) or output.endswith(separators)  # noqa: PTH112
    if template_text and not into_folder:
        raise UsageError(f"{output} is the result's name already.", "Give a folder as --output, or no --template.")
    made = Naming(parsed, target, output, into_folder, flatten, chosen, model, several)
    if not into_folder and made.format_for(output) is None:
        _writable(format_of(Path(output)))
    return made


def _writable(item: Format) -> Format:
    if not item.can_write:
        raise UsageError(f"{item.name} can be read but not written.", "Choose PNG, which keeps everything GIF has.")
    return item
