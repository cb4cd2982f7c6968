"""What a run tells while it goes: JSON lines with `event`, `step` and `time_s`, and fields by kind.

| kind | when | fields |
|---|---|---|
| `start` | first, and after each resume | `spec`, `data`, `device`, `resumed` |
| `left_out` | a picture is not used | `path`, `reason` |
| `step` | after each block of steps | `step_from`, `values` (the loss of every step), `mean`, `std`, `min`, `max`, `learning_rate`, `patches_per_s` |
| `probe` | before step 1 and now and then | `layers`, `output_std`, `target_std`, `input_min`, `input_max` |
| `check` | held-out pictures were scored | `psnr_db`, `best_psnr_db`, `best_step`, `bicubic_psnr_db`, `base_psnr_db`, `learning_rate` |
| `notice` | the monitor has something to say | `cause`, `severity`, `title`, `evidence`, `action`, `over_at_step`, `files` |
| `experiment` | once, after the first warning about what the network or the pictures can do | `bypass_loss_ratio`, `overfit_loss_ratio` |
| `pace` | by `probe --pace` | `patches_per_s` |
| `checkpoint` | the state on disk is new | |
| `end` | last | `reason` (`finished`, `stopped`, `failed`), `verdict`, `psnr_db`, `base_psnr_db`, `gain_db`, `margin_db`, `worst` (`name`, `psnr_db`, `before_db`), `output`, `error` |

Right after a resume, a `step` event without values names the step resumed from. Numbers that are not finite are null.
Readers skip kinds and fields that they do not know.
"""

import gzip
import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

Event: TypeAlias = Mapping[str, Any]


def to_line(event: Event) -> str:
    """Return the event as one line of JSON, without a line break."""
    return json.dumps(_finite(event), ensure_ascii=False, allow_nan=False)


def from_line(line: str) -> Event | None:
    """Return the event in a line, or `None` for one that was cut short or is not an event."""
    try:
        event = json.loads(line)
    except ValueError:
        return None
    if not isinstance(event, dict) or not isinstance(event.get("event"), str) or not isinstance(event.get("step"), int):
        return None
    return event


def read(path: Path) -> Iterator[Event]:
    """Yield the events in a file, which may be gzipped, oldest first; lines that are not events are skipped."""
    begin = gzip.open if path.suffix == ".gz" else open
    with begin(path, "rt", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if (event := from_line(line)) is not None:
                yield event


def _finite(value: object) -> object:
    """Return the value with numbers that JSON can't write as null."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return value
