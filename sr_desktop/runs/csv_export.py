"""The curves of a run as a table for other programs; `diagnose` reads it too."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sr_desktop.runs.events import Event

COLUMNS = ("iteration", "train_loss", "validation_psnr_db", "learning_rate")


def write_csv(events: Iterable[Event], path: Path) -> None:
    """Write one line per step, with a header.

    Raises:
        OSError: The file can't be written.
    """
    rows: dict[int, list[Any]] = {}
    for event in events:
        rate = event.get("learning_rate", "")
        if event["event"] == "step":
            first = event.get("step_from", event["step"])
            for step, loss in enumerate(event.get("values", []), start=first):
                rows[step] = [step, "" if loss is None else loss, "", rate]
        elif event["event"] == "check" and event.get("psnr_db") is not None:
            rows.setdefault(event["step"], [event["step"], "", "", rate])[2] = event["psnr_db"]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows[step] for step in sorted(rows))
