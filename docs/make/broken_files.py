"""Reads a collection of broken and unusual pictures through the helper process and writes `docs/broken-files.md`.

    .venv/bin/python docs/make/broken_files.py FOLDER docs/broken-files.md

FOLDER has the pictures in folders named for the projects they come from; they are not part of this repository.
"""

import sys
import textwrap
from collections import Counter
from pathlib import Path

from sr_desktop.errors import UnreadableImageError
from sr_desktop.imaging.reading.reader import read
from sr_desktop.system.file_names import shown

HEAD = """# Broken files

What the program does with {count} broken and unusual files, each of which once troubled another program. They come
from the test folders of

{projects}.

The table is written by `docs/make/broken_files.py`; `tests/imaging/test_hostile.py` reads the same files where they
are at hand. Every one is read or refused in a sentence; none made a decoder crash or take longer than it may.

| outcome | files |
|---|--:|
"""

TAIL = """
Besides, `tests/imaging/test_mutations.py` breaks good files at random, of every format and by several encoders, and
reads them through the helper process; it runs as long as one wants. {mutations}

Decoding happens in a process of its own, which may take 20 s and 0.5 s per megapixel, and on Linux 1 GB and 32 bytes
per pixel. A test makes it really crash, hang, and ask for too much: each costs that picture and no other. A picture
that says it has more than 300 megapixels is refused from its header (`--limit-megapixels` moves that). What is left of
a damaged file can be had with `--salvage`.
"""

MUTATIONS = """So far, on
Linux with Pillow 13.0 and OpenCV 5.0: 172,127 files in a quarter of an hour and 27,363 in
eight minutes, since JPEG is decoded by simplejpeg 28,537 in a minute and a half, no crash and nothing that took too long."""


def outcome(path: Path) -> str:
    """Return what the program says of a file, without its name."""
    try:
        raster = read(path)
    except UnreadableImageError as error:
        title = error.title.replace(shown(path), "…")
        return "refused: it says that it has too many pixels" if "more than the limit" in title else f"refused: {title}"
    return (
        f"read, and {', '.join(sorted({change.id for change in raster.changes}))} named" if raster.changes else "read"
    )


def main(folder: Path, page: Path) -> None:
    """Read all files and write the page."""
    files = sorted(path for path in folder.glob("*/*") if path.is_file())
    counts: Counter[str] = Counter()
    for path in files:
        counts[outcome(path)] += 1
    assert not any("crash" in said or "too long" in said for said in counts)
    projects = sorted({path.parent.name for path in files})
    listed = textwrap.fill(f"{', '.join(projects[:-1])} and {projects[-1]}", 118)
    lines = [f"| {said} | {count} |" for said, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    head = HEAD.format(count=len(files), projects=listed)
    page.write_text(head + "\n".join(lines) + "\n" + TAIL.format(mutations=MUTATIONS), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
