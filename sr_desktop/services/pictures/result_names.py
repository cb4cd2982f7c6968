"""Where a result is saved unless someone says otherwise."""

from pathlib import Path

from sr_desktop.engine.targets import Plan, Target, mark
from sr_desktop.errors import UsageError
from sr_desktop.imaging import formats

FALLBACK_SUFFIX = ".png"
"""For sources of a kind that is only read, and results too large for their own: PNG holds everything."""


def suggested_name(stem: str, suffix: str, target: Target, plan: Plan) -> str:
    """Return a file name for a result: the source's with what was asked behind it, as the command line does.

    Args:
        stem: The source's name without its ending.
        suffix: The source's ending; may be empty.
        target: What was asked.
        plan: What that gave.
    """
    return stem + mark(target) + writable_suffix(suffix, plan)


def writable_suffix(suffix: str, plan: Plan) -> str:
    """Return the ending of a result: the source's, unless its format is only read or can't hold the planned size."""
    try:
        kind = formats.format_of(Path("x" + suffix))
    except UsageError:
        return FALLBACK_SUFFIX
    fits = kind.can_write and max(plan.width, plan.height) <= kind.max_side
    return suffix if fits else FALLBACK_SUFFIX
