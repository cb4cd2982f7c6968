"""Pictures written whole or not at all: into a temporary file beside the target, then renamed."""

import contextlib
import errno
import itertools
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np

from sr_desktop.errors import UnwritableImageError
from sr_desktop.imaging.formats import Format, format_named, format_of
from sr_desktop.imaging.raster import Raster, Samples
from sr_desktop.imaging.writing.compatibility import (
    Written,
    fitted,
    fitted_outline,
    fitted_samples,
    foresee,
    together,
)
from sr_desktop.imaging.writing.disk_space import check_room
from sr_desktop.imaging.writing.encoders import encode, encode_all
from sr_desktop.imaging.writing.png import Animation
from sr_desktop.system.file_names import shown

SESSION = secrets.token_hex(4)
"""This process's own part in the names of unfinished files."""


def unfinished(session: str) -> str:
    """Return the pattern for names of files that a process has not finished; once it is dead they can go."""
    return f".sr-{session}-*.part"


_REASONS = {
    errno.ENOSPC: ("the disk is full", "Free some space or choose another folder."),
    errno.EDQUOT: ("your share of the disk is used up", "Free some space or choose another folder."),
    errno.EFBIG: ("the file would be too large for this disk", "Choose another format or another disk."),
    errno.EROFS: ("the disk can only be read", "Choose another folder."),
    errno.EACCES: ("you may not write there", "Choose another folder or change its permissions."),
    errno.EPERM: ("you may not write there", "Choose another folder or change its permissions."),
    errno.ENOENT: ("the folder does not exist", "Choose an existing folder."),
    errno.ENOTDIR: ("a part of the path is not a folder", "Check the path."),
    errno.ENAMETOOLONG: ("the name is too long for this disk", "Choose a shorter name."),
    errno.ELOOP: ("links in the path lead in a circle", "Check the path."),
    errno.EIO: ("the disk reports an error", "Try another disk."),
    errno.EINVAL: ("this disk can't have a file of that name", "Choose another name."),
}


def check_can_write(path: Path, *, width: int, height: int, format: str | None = None) -> Format:  # noqa: A002
    """Return the format that `path` will have, if a picture of that size can be written there at all.

    Args:
        path: The target; its ending says the format unless `format` does.
        width: Columns of the result.
        height: Rows of the result.
        format: Name of the format.

    Raises:
        UsageError: There is no such format.
        UnwritableImageError: The format is only read, or can't hold the size; or the target is a folder.
    """
    target = format_named(format) if format else format_of(path)
    if not target.can_write:
        raise UnwritableImageError(
            f"{target.name} files can be read but not written here.", "Choose PNG, which keeps everything GIF has."
        )
    if max(width, height) > target.max_side:
        raise UnwritableImageError(
            f"{target.name} can't hold {width} × {height} pixels: its largest side is {target.max_side}.",
            "Choose PNG or TIFF, or a smaller size.",
        )
    with _explained(path):
        if path.is_dir():
            raise UnwritableImageError(f"{shown(path)} is a folder.", "Give a file name.")
    return target


def write(
    raster: Raster,
    path: Path,
    *,
    format: str | None = None,  # noqa: A002  (the command line's word)
    quality: int | None = None,
    overwrite: bool = False,
) -> Written:
    """Write a picture that is in memory as a whole, as `write_strips` does."""
    return write_strips(raster, iter([raster.samples]), path, format=format, quality=quality, overwrite=overwrite)


def write_strips(
    outline: Raster,
    strips: Iterator[Samples],
    path: Path,
    *,
    format: str | None = None,  # noqa: A002
    quality: int | None = None,
    overwrite: bool = False,
) -> Written:
    """Write a picture, with everything its format can hold, and return what was kept and what changed.

    A PNG or TIFF file is written strip by strip, and takes no more memory than some of them. The target appears whole or not at all, and an existing file is never touched unless `overwrite` says so, not even
    one that appears meanwhile.

    Args:
        outline: The picture without its rows; see `strips.outlined`.
        strips: All rows in order, any number at a time. The first one is asked for before anything is on the disk.
        path: The target; its ending says the format unless `format` does.
        format: Name of the format.
        quality: 1 to 100 for JPEG, WebP and AVIF; WebP is lossless at 100. By default high, and for a JPEG file from a
            JPEG file at least that file's.
        overwrite: Whether an existing file is replaced.

    Raises:
        UsageError: There is no such format.
        UnwritableImageError: One sentence says why; nothing is left behind.
    """
    target = check_can_write(path, width=outline.width, height=outline.height, format=format)
    if not overwrite and os.path.lexists(path):
        raise _exists(path)
    outcome = foresee(outline, target)
    ready = fitted_outline(outline, target)
    with _explained(path):
        check_room(path, ready, target)
    first = next(strips)
    rows = (fitted_samples(strip, target) for strip in itertools.chain([first], strips))
    with _explained(path), _whole_file(path, overwrite) as file:
        encode(file, ready, rows, target.name, quality)
    return outcome


def array_for(outline: Raster, target: Format) -> Samples | None:
    """Return an array for all rows, if the target wants them all at once, and as they are; strips should be its parts."""
    fitted = fitted_outline(outline, target).samples
    if target.in_strips or (fitted.shape, fitted.dtype) != (outline.samples.shape, outline.samples.dtype):
        return None
    return np.empty(fitted.shape, fitted.dtype)


def write_all(
    frames: Iterable[Raster],
    path: Path,
    *,
    count: int,
    loops: int = 0,
    format: str | None = None,  # noqa: A002
    quality: int | None = None,
    overwrite: bool = False,
) -> Written:
    """Write the frames of an animation or the pages of a document, each when it comes, as `write` does.

    A PNG or TIFF file takes no more memory than two frames; Pillow wants all frames of the others at once.

    Args:
        frames: The pictures, at least one; those of an animation are alike in size, channels and depth.
        path: As for `write`.
        count: How many frames there are.
        loops: How often an animation is shown, 0 for ever.
        format: As for `write`; a format whose `frames` says that it can.
        quality: As for `write`.
        overwrite: As for `write`.

    Raises:
        UsageError: There is no such format.
        UnwritableImageError: One sentence says why; nothing is left behind.
        ValueError: The format holds single pictures only.
    """
    target = check_can_write(path, width=1, height=1, format=format)
    if not target.frames:
        raise ValueError(f"{target.name} holds single pictures only")
    if not overwrite and os.path.lexists(path):
        raise _exists(path)
    outcomes = []

    def ready() -> Iterator[Raster]:
        for frame in frames:
            check_can_write(path, width=frame.width, height=frame.height, format=format)
            outcomes.append(foresee(frame, target))
            yield fitted(frame, target)

    with _explained(path), _whole_file(path, overwrite) as file:
        encode_all(file, ready(), Animation(count, loops), target.name, quality)
    return together(outcomes, also_kept=target.frames)


def _exists(path: Path) -> UnwritableImageError:
    return UnwritableImageError(f"{shown(path)} exists already.", "Choose another name, or allow it to be replaced.")


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn the system's refusals into a sentence."""
    try:
        yield
    except FileExistsError as error:
        raise _exists(path) from error
    except OSError as error:
        reason, hint = _REASONS.get(error.errno or 0, ("the encoder failed", "Choose another format."))
        raise UnwritableImageError(f"{shown(path)} can't be written: {reason}.", hint) from error


@contextlib.contextmanager
def _whole_file(path: Path, overwrite: bool) -> Iterator[BinaryIO]:
    """Give a temporary file beside `path` that takes its place when the block ends well, and else is removed."""
    # A short name of its own: the target's may already be as long as the disk allows.
    temporary = path.with_name(f".sr-{SESSION}-{secrets.token_hex(6)}.part")
    try:
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(temporary, path, overwrite)
    finally:
        temporary.unlink(missing_ok=True)


def _put_in_place(temporary: Path, path: Path, overwrite: bool) -> None:
    """Give the finished file its name; without `overwrite` only if no file has it.

    Raises:
        FileExistsError: Another file has the name.
    """
    if overwrite:
        temporary.replace(path)
    elif os.name == "nt":
        temporary.rename(path)  # refuses an existing target there
    else:
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:  # a disk without hard links, such as FAT: reserve the name, then replace our own empty file
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            temporary.replace(path)
