"""A run in words on a terminal: one live line, and a line of its own for whatever matters later."""

import sys
from collections.abc import Mapping
from typing import Any, TypeAlias

from sr_desktop.cli.bar import duration
from sr_desktop.runs.notices import Notice
from sr_desktop.runs.spec import RunSpec, completed

Fields: TypeAlias = Mapping[str, Any]


class View:
    """Shows events as they come.

    Args:
        spec: Of the run, for its length.
    """

    def __init__(self, spec: RunSpec) -> None:
        self._spec = completed(spec)
        self._is_live = sys.stdout.isatty()
        self._width = 0
        self._last_check = ""
        self._noticed: set[tuple[int, str, str]] = set()
        self._began: tuple[float, float] | None = None

    def show(self, event: Fields) -> None:
        """Show one event; kinds that say nothing to a person are left out."""
        match event["event"]:
            case "prepare":
                self._live(f"Reading pictures: {event['done']:,} of {event['total']:,}")
            case "left_out":
                self.line(f"Left out: {event['path']}: {event['reason']}")
            case "start":
                self.line(_started(event))
            case "step" if event["values"]:
                self._live(self._progress(event))
            case "check":
                self._last_check = _checked(event)
                self.line(f"Step {event['step']:,}: {self._last_check}")
            case "notice":
                self._notice(Notice.from_event(event))
            case "experiment":
                self.line(_tried(event))
            case "end":
                self.line(_ended(event))
            case _:
                pass  # checkpoints, probes and kinds of newer versions are for the monitor

    def _notice(self, notice: Notice) -> None:
        """Say a notice when it is new or over, not when an experiment adds to its evidence."""
        key = (notice.step, str(notice.cause), str(notice.severity))
        if key not in self._noticed or notice.over_at_step is not None:
            self.line(notice.sentence())
        self._noticed.add(key)

    def _progress(self, event: Fields) -> str:
        parts = [f"step {event['step']:,}", f"loss {_number(event['mean'], '.5f')}"]
        parts += [self._last_check] if self._last_check else []
        parts += [f"rate {event['learning_rate']:.1e}", f"{event['patches_per_s']:,.0f} patches/s"]
        return " · ".join(parts + self._time_left(event))

    def _time_left(self, event: Fields) -> list[str]:
        """Return the time left by the pace of this sitting, once there is one."""
        spent = float(event["time_s"])
        if not self._spec.steps:
            return [f"{duration(self._spec.minutes * 60 - spent)} left"]
        step = float(event["step"])
        if self._began is None:
            self._began = (step, spent)
            return []
        pace = (step - self._began[0]) / max(spent - self._began[1], 1e-9)
        return [f"{duration((self._spec.steps - step) / pace)} left"] if pace > 0 else []

    def _live(self, text: str) -> None:
        if self._is_live:
            sys.stdout.write("\r" + text.ljust(self._width))
            sys.stdout.flush()
            self._width = len(text)

    def line(self, text: str) -> None:
        """Show text that stays, in place of the live line."""
        if self._is_live and self._width:
            sys.stdout.write("\r" + " " * self._width + "\r")
            self._width = 0
        print(text, flush=True)


def _number(value: float | None, spec: str) -> str:
    """Return a number as text; events hold null where it is not finite."""
    return "not a number" if value is None else format(value, spec)


def _started(event: Fields) -> str:
    data = event["data"]
    again = f", going on from step {event['step']:,}" if event["resumed"] else ""
    return f"Learning from {data['pictures']:,} pictures, checking on {data['held_out']:,}, on {event['device']}{again}"


def _checked(event: Fields) -> str:
    base, name = (event["base_psnr_db"], "base") if event["base_psnr_db"] else (event["bicubic_psnr_db"], "bicubic")
    score = event["psnr_db"]
    gain = "" if score is None else f" ({score - base:+.2f} over {name})"
    return f"held-out {_number(score, '.2f')} dB{gain}"


def _tried(event: Fields) -> str:
    bypass, overfit = (_number(event[name], ".2f") for name in ("bypass_loss_ratio", "overfit_loss_ratio"))
    return (
        f"Tried beside it: the first and the last layer alone reach {bypass} of the loss of even grey, "
        f"the whole network on one batch {overfit}."
    )


def _ended(event: Fields) -> str:
    if event["reason"] == "failed":
        return f"Failed at step {event['step']:,}: {event['error']['title']}"
    words = [f"{str(event['reason']).capitalize()} at step {event['step']:,}"]
    if "psnr_db" in event:
        words.append(f"best {_number(event['psnr_db'], '.2f')} dB at step {event['best_step']:,}")
    if "gain_db" in event:
        words.append(f"{event['gain_db']:+.3f} dB against the model it started from (noise {event['margin_db']:.3f})")
    kept = f"written to {event['output']}" if event["output"] else "not better, so nothing was written"
    return "; ".join([*words, kept]) + "."
