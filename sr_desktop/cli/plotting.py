"""A run's curves as a picture: loss and held-out PSNR over the steps, and where the monitor saw something."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from sr_desktop.errors import UserError
from sr_desktop.monitor import event_parsing
from sr_desktop.runs.events import Event
from sr_desktop.runs.notices import Notice, Severity

Floats = NDArray[np.float64]

WIDTH, PANEL_HEIGHT = 1200, 330
LEFT, RIGHT, TOP, BETWEEN, BOTTOM = 90, 40, 24, 60, 60
TITLE_HEIGHT = 24
FINE = 2
"""Drawn this many times larger and made small, so that lines have smooth edges."""

INK, FAINT, GRID = (40, 44, 52), (110, 116, 126), (228, 230, 234)
LOSS, LOSS_BAND, SCORE, BEST, BICUBIC = (31, 95, 168), (190, 212, 238), (24, 128, 92), (150, 200, 180), (150, 150, 150)
MARKS = {Severity.INFO: (90, 110, 170), Severity.WARNING: (214, 126, 0), Severity.ERROR: (200, 40, 40)}
RUNS = (MARKS[Severity.ERROR], SCORE, LOSS)
TAG_HEIGHT = 18


@dataclass(frozen=True, slots=True)
class Curves:
    """What is drawn; each array holds (step, value) rows with finite values only.

    Attributes:
        losses: Training loss above 0.
        scores: Held-out PSNR in dB.
        bicubic_db: PSNR of bicubic on the same pictures, or NaN.
    """

    losses: Floats
    scores: Floats
    bicubic_db: float


def curves_of(events: Sequence[Event]) -> Curves:
    """Return the curves that a run's events hold; where a resumed run told a step twice, both are kept."""
    losses: list[tuple[int, float]] = []
    scores: list[tuple[int, float]] = []
    bicubic = math.nan
    for event in events:
        step = event_parsing.step_of(event)
        if step is None:
            continue
        if event["event"] == "step":
            losses += [item for item in event_parsing.losses_from(event, step) if 0 < item[1] < math.inf]
        elif event["event"] == "check":
            score, of_bicubic = (
                event_parsing.number(event.get("psnr_db")),
                event_parsing.number(event.get("bicubic_psnr_db")),
            )
            scores += [(step, score)] if math.isfinite(score) else []
            bicubic = of_bicubic if math.isfinite(of_bicubic) else bicubic
    return Curves(np.array(losses).reshape(-1, 2), np.array(scores).reshape(-1, 2), bicubic)


def draw(curves: Curves, notices: Sequence[Notice]) -> Image.Image:
    """Return the picture: a panel for each curve there is, the loss on a logarithmic axis.

    Raises:
        UserError: There is nothing to draw.
    """
    panels = [name for name in ("loss", "score") if len(curves.losses if name == "loss" else curves.scores)]
    if not panels:
        raise UserError("There is no curve to draw: no loss and no score was told.")
    tags = TAG_HEIGHT * min(len(notices), 4)
    height = TOP + tags + TITLE_HEIGHT + len(panels) * PANEL_HEIGHT + (len(panels) - 1) * BETWEEN + BOTTOM
    canvas = _Canvas(WIDTH, height)
    last = max([row[-1, 0] for row in (curves.losses, curves.scores) if len(row)] + [n.step for n in notices] + [1])
    plots = []
    for place, name in enumerate(panels):
        top = TOP + tags + TITLE_HEIGHT + place * (PANEL_HEIGHT + BETWEEN)
        plots.append(_Plot(canvas, top, float(last), *_scale_of(curves, name)))
        plots[-1].frame(is_lowest=name == panels[-1])
        (_draw_loss if name == "loss" else _draw_scores)(plots[-1], curves)
    _draw_notices(canvas, plots, notices)
    return canvas.finish()


def compare(runs: Mapping[str, Floats]) -> Image.Image:
    """Return the losses of up to three runs in one panel; each array holds (step, loss) rows with losses above 0."""
    every = np.concatenate(list(runs.values()))
    canvas = _Canvas(WIDTH, TOP + TITLE_HEIGHT + PANEL_HEIGHT + BOTTOM)
    low, high = float(every[:, 1].min()), float(every[:, 1].max())
    plot = _Plot(canvas, TOP + TITLE_HEIGHT, float(every[:, 0].max()), low / 1.15, high * 1.15, True, "training loss")
    plot.frame(is_lowest=True)
    for place, (name, rows, colour) in enumerate(zip(runs, runs.values(), RUNS, strict=False)):
        canvas.line([(plot.x(step), plot.y(loss)) for step, loss in rows], colour, 1.8)
        canvas.text((WIDTH - RIGHT - 8, plot.top + 14 + 20 * place), name, colour, "rm")
    return canvas.finish()


def _scale_of(curves: Curves, name: str) -> tuple[float, float, bool, str]:
    """Return the axis of a panel: lowest and highest value, whether it is logarithmic, and its title."""
    if name == "loss":
        values, is_log, title = curves.losses[:, 1], True, "training loss"
        low, high = float(values.min()), float(values.max())
        return low / 1.15, high * 1.15, is_log, title
    values = curves.scores[:, 1]
    values = np.append(values, curves.bicubic_db) if math.isfinite(curves.bicubic_db) else values
    low, high = float(values.min()), float(values.max())
    room = max(0.06 * (high - low), 0.01)
    return low - room, high + room, False, "held-out PSNR in dB"


class _Canvas:
    """Draws in plain coordinates on a picture `FINE` times as large; text comes last, at its own size."""

    def __init__(self, width: int, height: int) -> None:
        self._image = Image.new("RGB", (width * FINE, height * FINE), "white")
        self._pen = ImageDraw.Draw(self._image)
        self._texts: list[tuple[tuple[float, float], str, tuple[int, int, int], str, int]] = []

    def line(self, points: Sequence[tuple[float, float]], colour: tuple[int, int, int], width: float = 1) -> None:
        scaled = [(x * FINE, y * FINE) for x, y in points]
        self._pen.line(scaled, fill=colour, width=max(1, round(width * FINE)), joint="curve")

    def dashes(self, x: tuple[float, float], y: float, colour: tuple[int, int, int]) -> None:
        start = x[0]
        while start < x[1]:
            self.line([(start, y), (min(start + 8, x[1]), y)], colour, 1.5)
            start += 14

    def box(self, corners: tuple[float, float, float, float], colour: tuple[int, int, int]) -> None:
        self._pen.rectangle(tuple(corner * FINE for corner in corners), fill=colour)

    def text(
        self,
        at: tuple[float, float],
        words: str,
        colour: tuple[int, int, int] = INK,
        anchor: str = "lm",
        size: int = 14,
    ) -> None:
        self._texts.append((at, words, colour, anchor, size))

    def finish(self) -> Image.Image:
        image = self._image.reduce(FINE)
        pen = ImageDraw.Draw(image)
        for at, words, colour, anchor, size in self._texts:
            pen.text(at, words, fill=colour, font=ImageFont.load_default(size), anchor=anchor)
        return image


@dataclass(frozen=True, slots=True)
class _Plot:
    """One panel and its axes."""

    canvas: _Canvas
    top: float
    last_step: float
    low: float
    high: float
    is_log: bool
    title: str

    @property
    def bottom(self) -> float:
        return self.top + PANEL_HEIGHT

    def x(self, step: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * step / self.last_step

    def y(self, value: float) -> float:
        low, high, value = (
            (math.log(self.low), math.log(self.high), math.log(value)) if self.is_log else (self.low, self.high, value)
        )
        return self.bottom - PANEL_HEIGHT * (value - low) / (high - low)

    def frame(self, *, is_lowest: bool) -> None:
        canvas = self.canvas
        for tick in ticks(0, self.last_step):
            x = self.x(tick)
            canvas.line([(x, self.top), (x, self.bottom)], GRID)
            canvas.text((x, self.bottom + 14), f"{tick:,.0f}", FAINT, "mm", 13)
        for tick in log_ticks(self.low, self.high) if self.is_log else ticks(self.low, self.high):
            y = self.y(tick)
            canvas.line([(LEFT, y), (WIDTH - RIGHT, y)], GRID)
            canvas.text((LEFT - 8, y), f"{tick:.6g}", FAINT, "rm", 13)
        canvas.line([(LEFT, self.top), (LEFT, self.bottom), (WIDTH - RIGHT, self.bottom)], FAINT)
        # On the right: most notices come early, and their lines pass here.
        canvas.text((WIDTH - RIGHT, self.top - 13), self.title, INK, "rm", 15)
        if is_lowest:
            canvas.text(((LEFT + WIDTH - RIGHT) / 2, self.bottom + 40), "step", INK, "mm", 15)


def ticks(low: float, high: float, most: int = 10) -> list[float]:
    """Return round numbers between two others, evenly spaced, at most `most`."""
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    gap = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    first, last = math.ceil(low / gap - 1e-9), math.floor(high / gap + 1e-9)
    return [number * gap for number in range(first, last + 1)]


def log_ticks(low: float, high: float) -> list[float]:
    """Return round numbers between two others for a logarithmic axis: powers of ten, and more where there are few."""
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for factors in ((1,), (1, 2, 5)):
        found = [factor * 10.0**power for power in decades for factor in factors]
        within = [value for value in found if low <= value <= high]
        if len(within) >= 3:
            return within[:: max(1, math.ceil(len(within) / 10))]
    return ticks(low, high, 6)


def _draw_loss(plot: _Plot, curves: Curves) -> None:
    """Draw the range of the losses in each column of pixels, and their mean over some columns."""
    steps, values = curves.losses.T
    columns = np.floor(plot.x(0) + (plot.x(plot.last_step) - plot.x(0)) * steps / plot.last_step).astype(int)
    for column in np.unique(columns):
        inside = values[columns == column]
        plot.canvas.line([(column, plot.y(inside.min())), (column, plot.y(inside.max()) - 0.5)], LOSS_BAND, 1)
    coarse = columns // 6
    points = [
        (float(columns[coarse == part].mean()), plot.y(float(values[coarse == part].mean())))
        for part in np.unique(coarse)
    ]
    plot.canvas.line(points, LOSS, 1.8)


def _draw_scores(plot: _Plot, curves: Curves) -> None:
    """Draw the scores, the best so far, and bicubic."""
    steps, values = curves.scores.T
    best = np.maximum.accumulate(values)
    plot.canvas.line([(plot.x(step), plot.y(value)) for step, value in zip(steps, best, strict=True)], BEST, 3)
    points = [(plot.x(step), plot.y(value)) for step, value in zip(steps, values, strict=True)]
    plot.canvas.line(points, SCORE, 1.5)
    if len(points) <= 100:
        for x, y in points:
            plot.canvas.box((x - 2, y - 2, x + 2, y + 2), SCORE)
    if math.isfinite(curves.bicubic_db):
        y = plot.y(curves.bicubic_db)
        plot.canvas.dashes((LEFT, WIDTH - RIGHT), y, BICUBIC)
        plot.canvas.text((WIDTH - RIGHT - 6, y - 10), "bicubic", FAINT, "rm", 13)


def _draw_notices(canvas: _Canvas, plots: Sequence[_Plot], notices: Sequence[Notice]) -> None:
    """Draw a line through all panels at each notice, a bar for as long as it lasted, and its name above."""
    for number, notice in enumerate(notices):
        colour = MARKS[notice.severity]
        y = TOP + (number % 4) * TAG_HEIGHT
        x = plots[0].x(notice.step)
        end = plots[0].x(plots[0].last_step if notice.over_at_step is None else notice.over_at_step)
        canvas.box((x, y + 7, max(end, x + 2), y + 9), colour)
        for plot in plots:
            canvas.line([(x, plot.top), (x, plot.bottom)], colour, 1.5)
        canvas.line([(x, y + 8), (x, plots[0].top)], colour, 1.5)
        words, is_late = str(notice.cause).replace("_", " "), x > 0.8 * WIDTH
        canvas.text((x - 5 if is_late else x + 5, y - 1), words, colour, "rm" if is_late else "lm", 13)
