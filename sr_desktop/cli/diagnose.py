"""`sr-desktop diagnose`: what the monitor says about a run that was, or about another program's log."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sr_desktop import paths
from sr_desktop.cli import commands
from sr_desktop.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sr_desktop.cli.commands import Subparsers
    from sr_desktop.monitor.forecast import Outlook
    from sr_desktop.runs.events import Event
    from sr_desktop.runs.notices import Notice


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command's options."""
    parser = subparsers.add_parser(
        "diagnose",
        allow_abbrev=False,
        description="Says what went wrong in a training run and what going on would bring: of this program's runs, and "
        "of logs with the columns that Lightning, TensorBoard and others write.",
    )
    parser.add_argument(
        "path", metavar="PATH", help="a run's folder or name, its events.jsonl, or a CSV log (or .csv.gz)"
    )
    parser.add_argument(
        "--price",
        type=_price,
        metavar="DB",
        help="what going on for three times as many steps must be able to bring, lest it count as a plateau; "
        "0.1 if not said",
    )
    parser.add_argument("--plot", type=Path, metavar="FILE.png", help="draw the curves and where something was seen")
    parser.add_argument("--json", action="store_true", help="say one JSON object and nothing else")


def _price(text: str) -> float:
    """Return a gain in dB, for argparse.

    Raises:
        argparse.ArgumentTypeError: It is not one.
    """
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value <= 100:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number above 0")
    return value


def run(arguments: argparse.Namespace) -> int:
    """Explain, and return 0 whatever was found.

    Raises:
        UserError: The file can't be read, or the plot not be written.
    """
    from sr_desktop.monitor.monitor import Monitor
    from sr_desktop.monitor.plateau import PRICE_DB
    from sr_desktop.runs.sources import events_of

    events = events_of(_found(arguments.path))
    monitor = Monitor(arguments.price or PRICE_DB)
    notices, outlook = monitor.feed_all(events), monitor.outlook()
    steps = _steps(events)
    if arguments.plot is not None:
        _draw(events, notices, arguments.plot)
    print(_as_json(steps, notices, outlook) if arguments.json else _as_text(steps, notices, outlook))
    return commands.DONE


def _found(given: str) -> Path:
    """Return the path as it is, or a run of that name."""
    path, kept = Path(given), paths.runs() / given
    return kept if not path.exists() and (kept / "run.toml").exists() else path


def _steps(events: "Sequence[Event]") -> int:
    """Return how far the run came, whatever kind of event tells it."""
    from sr_desktop.monitor.event_parsing import step_of

    return max((step_of(event) or 0 for event in events), default=0)


def _as_json(steps: int, notices: "Sequence[Notice]", outlook: "Outlook | None") -> str:
    report: dict[str, Any] = {
        "steps": steps,
        "notices": [{key: value for key, value in item.to_event().items() if key != "event"} for item in notices],
        "outlook": outlook.to_fields() if outlook is not None else None,
    }
    return json.dumps(report, allow_nan=False)


def _as_text(steps: int, notices: "Sequence[Notice]", outlook: "Outlook | None") -> str:
    lines = [f"{steps:,} steps."]
    lines += [notice.sentence() for notice in notices] or ["Nothing is wrong with this run."]
    if outlook is None:
        lines.append(
            "What going on would bring can't be told: too little is known, an error stands, or the learning rate has fallen."
        )
    else:
        lines.append(outlook.sentence())
    return "\n".join(lines)


def _draw(events: "Sequence[Event]", notices: "Sequence[Notice]", path: Path) -> None:
    from sr_desktop.cli import plotting

    figure = plotting.draw(plotting.curves_of(events), notices)
    try:
        figure.save(path, "PNG")
    except OSError as error:
        raise UserError(f"The plot can't be written to {path}: {error.strerror}.", "Choose another place.") from error
