"""Writes docs/causes/: a page for each cause of the monitor, with a real run where the recorded ones hold one.

    .venv/bin/python docs/make/causes.py

The words come from the table in docs/monitor.md, the curves from the runs that the monitor's tests judge.
"""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from sr_desktop.cli import plotting
from sr_desktop.monitor.monitor import Monitor
from sr_desktop.runs import events
from sr_desktop.runs.events import Event
from sr_desktop.runs.notices import Notice, Severity

DOCS = Path(__file__).resolve().parents[1]
RECORDED = DOCS.parent / "tests" / "monitor" / "recorded"
TARGET = DOCS / "causes"
WIDTH = 900


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Yield cause, what is seen, why, and what to do, as the table has them."""
    for line in (DOCS / "monitor.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == 4 and re.fullmatch(r"`\w+`", cells[0]):
            yield cells[0].strip("`"), cells[1], cells[2], cells[3]


def first_notices() -> dict[str, tuple[list[Event], list[Notice], Notice]]:
    """Return for each cause the first recorded run in which it was the first thing of weight to be said."""
    found: dict[str, tuple[list[Event], list[Notice], Notice]] = {}
    for path in sorted(RECORDED.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            told = [event for line in lines if (event := events.from_line(line)) is not None]
        notices = Monitor().feed_all(told)
        first = next((notice for notice in notices if notice.severity is not Severity.INFO), None)
        if first is not None and first.cause.value not in found:
            found[first.cause.value] = (told, notices, first)
    return found


def page(cause: str, seen: str, why: str, action: str, run: tuple[list[Event], list[Notice], Notice] | None) -> str:
    """Return a page, and draw its figure."""
    seen = seen[0].upper() + seen[1:]
    parts = [f"# {cause}", f"**What is seen.** {seen}." if seen[-1] != "." else f"**What is seen.** {seen}"]
    parts += [f"**Why.** {why}", f"**What to do.** {action}"]
    if run is not None:
        told, notices, first = run
        image = plotting.draw(plotting.curves_of(told), notices)
        image.resize((WIDTH, round(image.height * WIDTH / image.width))).quantize(64).save(TARGET / f"{cause}.png")
        spec = next(event["spec"] for event in told if event["event"] == "start")
        kind = "FSRCNN-s" if spec["small"] else "FSRCNN"
        parts += [
            f"## A real one\n\n{kind}, ×{spec['scale']}, {spec['optimizer']}, rate {spec['learning_rate']}, trained to see "
            f"whether the monitor would notice:",
            f"> {first.sentence()}",
            f"![Loss, held-out PSNR and the notices of that run]({cause}.png)",
        ]
    parts.append("[All causes](../monitor.md#causes), and [how often the monitor is right](../monitor-faults.md).")
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Write all pages and their list."""
    TARGET.mkdir(exist_ok=True)
    runs, names = first_notices(), []
    for cause, *words in rows():
        names.append(cause)
        text = page(cause, words[0], words[1], words[2], runs.get(cause))
        (TARGET / f"{cause}.md").write_text(text, encoding="utf-8")
    listed = "\n".join(names)
    introduction = "Made by `docs/make/causes.py` from [the monitor's table](../monitor.md#causes) and recorded runs."
    text = f"# Each cause on a page\n\n{introduction}\n\n```{{toctree}}\n:maxdepth: 1\n\n{listed}\n```\n"
    (TARGET / "index.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
