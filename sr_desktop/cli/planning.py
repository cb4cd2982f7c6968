"""Where each result goes, and what stands in its way; decided for all files before the first one is opened."""

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sr_desktop.errors import UsageError, UserError
from sr_desktop.imaging.finding import Found
from sr_desktop.imaging.formats import READABLE_SUFFIXES, Format, format_named, format_of

_RESULT = re.compile(r"(?P<stem>.+)_(?:\d+x|\d+w|\d+h|\d+px)", re.DOTALL)
"""A name of ours without its ending; see `Naming.mark`."""


@dataclass(frozen=True, slots=True)
class Naming:
    """How results are named.

    Attributes:
        output: The path given for them; empty for beside the input.
        into_folder: Whether `output` is a folder.
        mark: What is put behind the stem of a result beside its input, such as `_2x`.
        format: The format asked for, if any.
    """

    output: str
    into_folder: bool
    mark: str
    format: Format | None = None

    def output_for(self, found: Found) -> str:
        """Return the path of an input's result, as a person would write it."""
        suffix = self._suffix(found.path)
        if not self.output:
            return os.path.join(os.path.dirname(found.given), f"{found.path.stem}{self.mark}{suffix}")  # noqa: PTH118, PTH120
        return os.path.join(self.output, found.below.with_suffix(suffix)) if self.into_folder else self.output  # noqa: PTH118

    def format_for(self, output: str) -> str | None:
        """Return the format to write, if the ending of `output` does not say it."""
        if Path(output).suffix.lower() in READABLE_SUFFIXES:
            return None
        return self.format.name if self.format else "PNG"

    def _suffix(self, source: Path) -> str:
        """Return the input's own ending if it says the right format, otherwise the usual one of that format."""
        known = format_of(source) if source.suffix.lower() in READABLE_SUFFIXES else None
        wanted = self.format or (known if known and known.can_write else format_named("PNG"))
        return source.suffix if known == wanted else wanted.suffixes[0]


def naming(inputs: Sequence[str], output: str | None, mark: str, format_name: str | None) -> Naming:
    """Return how results of these inputs are named.

    Raises:
        UsageError: There is no such format, it is only read, or several results shall go into one file.
    """
    chosen = _writable(format_named(format_name)) if format_name else None
    if not output:
        return Naming("", False, mark, chosen)
    separators = tuple(filter(None, (os.sep, os.altsep)))
    several = len(inputs) > 1 or os.path.isdir(inputs[0])  # noqa: PTH112
    if several and os.path.isfile(output):  # noqa: PTH113
        raise UsageError(f"{output} is a file, but several results need a folder.", "Give a folder as --output.")
    into_folder = several or os.path.isdir(output) or output.endswith(separators)  # noqa: PTH112
    made = Naming(output, into_folder, mark, chosen)
    if not into_folder and made.format_for(output) is None:
        _writable(format_of(Path(output)))
    return made


def _writable(item: Format) -> Format:
    if not item.can_write:
        raise UsageError(f"{item.name} can be read but not written.", "Choose PNG, which keeps everything GIF has.")
    return item


@dataclass(frozen=True, slots=True)
class Job:
    """One input and where its result goes.

    Attributes:
        given: The input as given.
        output: The path of the result.
        format: The format, if the ending does not say it.
        refusal: Why it can't be done, if that is known already.
        exists: Whether the result is there and shall be left as it is.
    """

    given: str
    output: str
    format: str | None = None
    refusal: UserError | None = None
    exists: bool = False

    @property
    def source(self) -> Path:
        """The input."""
        return Path(self.given)

    @property
    def target(self) -> Path:
        """The result."""
        return Path(self.output)

    @property
    def is_open(self) -> bool:
        """Whether there is something to do."""
        return self.refusal is None and not self.exists


def plan(found: Sequence[Found], named: Naming, *, overwrite: bool, skip_existing: bool) -> list[Job]:
    """Return a job for each input, with what stands in its way; of several with one result the first goes ahead."""
    sources = {_identity(item.path) for item in found}
    first: dict[str, str] = {}
    jobs = []
    for item in found:
        output = named.output_for(item)
        job = Job(item.given, output, named.format_for(output), item.error)
        if job.refusal is None:
            before = first.get(_identity(job.target))
            first.setdefault(_identity(job.target), job.given)
            refusal = _in_the_way(job, sources, overwrite) if before is None else _collision(output, before)
            job = replace(job, refusal=refusal, exists=skip_existing and isinstance(refusal, AlreadyThereError))
        jobs.append(replace(job, refusal=None) if job.exists else job)
    return jobs


class AlreadyThereError(UserError):
    """The result is there already, and nobody said that it may be replaced."""


def _collision(output: str, before: str) -> UserError:
    return UserError(f"{before} has the same result, {output}.", "Convert them one after the other, with two outputs.")


def _in_the_way(job: Job, sources: set[str], overwrite: bool) -> UserError | None:
    """Return what on the disk stands in the way, if anything."""
    if not os.path.lexists(job.output):
        return None
    if _is_same_file(job.source, job.target):
        return UserError(f"The result {job.output} would be the input itself.", "Choose another output.")
    if job.target.is_dir():
        return UserError(f"{job.output} is a folder.", "Choose another output.")
    if not overwrite:
        hint = "Use --skip-existing or --overwrite, or choose another output."
        return AlreadyThereError(f"{job.output} exists already.", hint)
    if _identity(job.target) in sources:
        return UserError(f"The result {job.output} would replace another input.", "Choose another output.")
    return None


def _is_same_file(source: Path, target: Path) -> bool:
    """Tell whether two names, as through a link, are one file."""
    try:
        return source.samefile(target)
    except OSError:  # one of them is a broken link, so they are not
        return False


def _identity(path: Path) -> str:
    """Return one text for all ways to write a path; most people's disks on Windows and macOS ignore case."""
    full = os.path.join(os.path.realpath(path.parent), path.name)  # noqa: PTH118
    return full.casefold() if sys.platform in ("win32", "darwin") else full


def without_results(found: Sequence[Found], named: Naming) -> list[Found]:
    """Return the inputs without what an earlier run made of them, so that a folder can be converted again.

    Of what was found in folders those are: when results go beside their inputs, a picture named like a result
    (`photo_2x.png`) beside the picture it would come from (`photo` with any ending); otherwise what lies in an output
    folder inside the given one. Files given by themselves stay.
    """
    if named.output:
        return [item for item in found if not (item.folder and _lies_in_output(item, named))]
    stems = {(item.path.parent, item.path.stem) for item in found}
    return [item for item in found if not (item.folder and _is_result(item, stems))]


def _is_result(item: Found, stems: set[tuple[Path, str]]) -> bool:
    match = _RESULT.fullmatch(item.path.stem)
    return match is not None and (item.path.parent, match["stem"]) in stems


def _lies_in_output(item: Found, named: Naming) -> bool:
    if not named.into_folder:
        return False
    folder, output = Path(item.folder).resolve(), Path(named.output).resolve()
    return output != folder and output.is_relative_to(folder) and item.path.resolve().is_relative_to(output)
