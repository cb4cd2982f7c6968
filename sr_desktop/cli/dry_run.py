"""What `upscale` would do, said without doing it."""

import sys
from typing import Any

from sr_desktop.batch.estimate import Estimate, estimate, pace
from sr_desktop.batch.models import Models
from sr_desktop.batch.plan import Plan, sizes
from sr_desktop.cli.bar import Bar, duration
from sr_desktop.cli.rows import Reporter, Row
from sr_desktop.engine.targets import Target
from sr_desktop.progress import run as drain


def say(plan: Plan, target: Target, models: Models, *, as_json: bool) -> dict[str, Any]:
    """Say a row for each file, and the room and time they take all together; return that as fields of a summary."""
    bar = Bar(1)
    reporter = Reporter(as_json, bar)
    for item in plan.items:
        reporter.say(Row.planned(item))
    counts = {"files": len(plan.items), "planned": len(plan.open), "failed": len(plan.refused)}
    counts["skipped"] = len(plan.items) - len(plan.open) - len(plan.refused)
    if not plan.open:
        return counts
    found = drain(estimate(plan, target, tuple(models.files)), lambda progress: bar.show(progress.fraction, "looking"))
    bar.clear()
    seconds = found.seconds(pace(models, min(models.files)))
    print(_sentence(plan, found, seconds), file=sys.stderr)
    return counts | {
        "input_bytes": sizes(plan.open),
        "output_bytes": found.size_bytes,
        "free_bytes": found.free_bytes,
        "megapixels": round(found.megapixels, 3),
        "seconds": round(seconds, 1),
    }


def _sentence(plan: Plan, found: Estimate, seconds: float) -> str:
    count = len(plan.open)
    room = f"about {_size(found.size_bytes)} of {_size(found.free_bytes)} that are free"
    if not found.fits:
        room += ", which is too little"
    return (
        f"{count} {'file' if count == 1 else 'files'}, {_size(sizes(plan.open))}: {room}, in about {duration(seconds)}."
    )


def _size(count: int) -> str:
    """Return bytes as a person says them."""
    for unit, name in ((1e12, "TB"), (1e9, "GB"), (1e6, "MB")):
        if count >= unit:
            return f"{count / unit:.1f} {name}"
    return f"{count / 1e3:.0f} kB"
