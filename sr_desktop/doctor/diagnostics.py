"""One file to send with a report: what the doctor found, the settings, the last logs and crashes. Nothing sends it."""

import io
import json
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sr_desktop import paths, settings
from sr_desktop.doctor import examining
from sr_desktop.errors import UserError
from sr_desktop.progress import Progress, Task
from sr_desktop.system import atomic_write

LARGEST_PART_BYTES = 1_000_000
"""Of a longer log the end is taken."""

_CONTENTS = """\
Diagnostics of sr_desktop, made because someone asked for them. The program has sent them nowhere.

doctor.txt, doctor.json   versions, devices, folders, models, and what is wrong with them
settings.toml             the choices the program remembers
logs/                     warnings and faults of the window and of commands; the names of pictures may be among them
logs/*-crash.txt          where the program was when it crashed, if it did

{home}
"""
_HOME_HIDDEN = "Your home folder is written as ~ and your user name as “user”."
_HOME_NAMED = "Paths are as they are on the computer, with the name of the home folder."


def making(path: Path, *, names_home: bool) -> Task[None]:
    """Return the task that examines the computer and saves the file.

    Raises:
        UserError: The file can't be written.
    """
    yield Progress(0, 2)
    report = examining.examine()
    yield Progress(1, 2)
    save(path, report, names_home=names_home)
    yield Progress(2, 2)


def save(path: Path, report: dict[str, Any], *, names_home: bool) -> None:
    """Save a report of the doctor with settings and logs as a zip archive.

    Args:
        path: The archive; one that is there is replaced.
        report: What `examining.examine` returned.
        names_home: Leave the home folder and the user's name in it, rather than write `~` and `user`.

    Raises:
        UserError: The file can't be written.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _parts(report, names_home=names_home):
            archive.writestr(name, text if names_home else without_home(text))
    try:
        atomic_write.write_whole(path, content.getvalue())
    except OSError as error:
        raise UserError(f"{path} can't be written: {error.strerror}.", "Choose another folder.") from error


def _parts(report: dict[str, Any], *, names_home: bool) -> Iterator[tuple[str, str]]:
    yield "contents.txt", _CONTENTS.format(home=_HOME_NAMED if names_home else _HOME_HIDDEN)
    yield "doctor.txt", examining.as_text(report)
    yield "doctor.json", json.dumps(report, indent=2, ensure_ascii=False)
    logs = sorted(path for path in paths.logs().glob("*") if path.is_file()) if paths.logs().is_dir() else []
    for path in [settings.path(), *logs]:
        if path.is_file() and path.stat().st_size:
            yield (f"logs/{path.name}" if path in logs else path.name), _end_of(path)


def _end_of(path: Path) -> str:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - LARGEST_PART_BYTES))
        return file.read().decode(errors="replace")


def without_home(text: str) -> str:
    """Return text with `~` for the home folder, however its separators are written, and `user` for its owner's name."""
    home = Path.home()
    for form in {str(home), str(home.resolve()), home.as_posix(), str(home).replace("\\", "\\\\")}:
        if len(form) > 1:  # a process without a home may have / for it
            text = re.sub(re.escape(form) + r"(?![\w-])", "~", text, flags=re.IGNORECASE if os.name == "nt" else 0)
    if len(home.name) > 1:  # no word of its own otherwise
        text = re.sub(rf"(?<!\w){re.escape(home.name)}(?!\w)", "user", text)
    return text
