"""The curves of a run: training loss, held-out score, learning rate, over the same steps; with the notices as marks."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sr_desktop.monitor.history import Floats
from sr_desktop.runs.notices import Notice, Severity
from sr_desktop.services.training.curves import Story
from sr_desktop.ui.shell import language
from sr_desktop.ui.training import evidence, words
from sr_desktop.ui.widgets import theme

RATE_HEIGHT, AXIS_WIDTH = 84, 64

EMPTY_STEPS = 1000
"""Shown of a run that has none yet."""

SYMBOLS = {Severity.INFO: "o", Severity.WARNING: "t1", Severity.ERROR: "d"}
"""Circle, triangle, diamond: a notice's weight is told by its shape."""

_LIGHT = {"loss": "#2a66c4", "score": "#1d7a46", "base": "#8a4f00", "bicubic": "#6a6a6a", "rate": "#6b4fa0"}
_DARK = {"loss": "#7fb0ff", "score": "#6fd39a", "base": "#f0b35c", "bicubic": "#a8a8a8", "rate": "#c0a6f5"}


class Curves(QWidget):
    """Draws a story; zoom with the wheel, move by dragging, and double-click for the whole.

    Signals:
        marked: The `Notice` whose mark was clicked.
    """

    marked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._story: Story | None = None
        self._top_rate = 0.0
        self.view = pg.GraphicsLayoutWidget()
        self.view.setAccessibleName(self.tr("Curves of the training"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.loss = self._plot(0, self.tr("Training loss"))
        self.score = self._plot(1, self.tr("Held-out PSNR, dB"))
        self.rate = self._plot(2, self.tr("Rate"))
        self.loss.getAxis("left").setLogMode(y=True)
        self.loss.getAxis("bottom").setStyle(showValues=False)
        self.score.getAxis("bottom").setStyle(showValues=False)
        self.rate.getAxis("bottom").setLabel(self.tr("Step"))
        self.view.ci.layout.setRowMaximumHeight(2, RATE_HEIGHT)
        for plot in (self.loss, self.score):
            plot.setXLink(self.rate)
        self._add_items()
        self._colour()
        self.view.scene().sigMouseClicked.connect(self._click)

    def _plot(self, row: int, title: str) -> Any:  # noqa: ANN401  # pyqtgraph has no types
        plot = self.view.addPlot(row=row, col=0, axisItems={"left": _Axis("left"), "bottom": _Axis("bottom")})
        plot.setLabel("left", title)
        plot.getAxis("left").setWidth(theme.with_text(AXIS_WIDTH))
        plot.getAxis("left").enableAutoSIPrefix(False)
        plot.getAxis("bottom").enableAutoSIPrefix(False)
        plot.hideButtons()
        plot.setMenuEnabled(False)
        plot.setClipToView(True)
        plot.getViewBox().setDefaultPadding(0.03)
        return plot

    def _add_items(self) -> None:
        self._raw = pg.ScatterPlotItem(size=3, pxMode=True)
        self._upper, self._lower = pg.PlotCurveItem(), pg.PlotCurveItem()
        self._band = pg.FillBetweenItem(self._upper, self._lower)
        self._mean = pg.PlotCurveItem()
        for item in (self._raw, self._band, self._mean):
            self.loss.addItem(item)
        self._scores = pg.PlotDataItem(symbol="o", symbolSize=5)
        self._best = pg.ScatterPlotItem(symbol="star", size=15)
        self.score.addItem(self._scores)
        self.score.addItem(self._best)
        self._best_word = pg.TextItem(anchor=(0.5, 1.2))
        self.score.addItem(self._best_word, ignoreBounds=True)
        style = Qt.PenStyle
        self._lines = {
            "bicubic": self._line(self.tr("bicubic"), style.DotLine, 0.04),
            "base": self._line(self.tr("the model it began with"), style.DashLine, 0.96),
        }
        self._marks = pg.ScatterPlotItem(size=13, hoverable=True, tip=_tip)
        self._marks.sigClicked.connect(self._click_mark)
        self.loss.addItem(self._marks, ignoreBounds=True)
        self._rate = pg.PlotCurveItem()
        self.rate.addItem(self._rate)

    def _line(self, text: str, style: Qt.PenStyle, place: float) -> tuple[Any, Qt.PenStyle]:
        anchors = [(place, 1), (place, 1)]
        line = pg.InfiniteLine(angle=0, label=text, labelOpts={"position": place, "anchors": anchors})
        line.setVisible(False)
        self.score.addItem(line, ignoreBounds=True)  # far below or above, it would flatten the curve
        return line, style

    def _colour(self) -> None:
        """Take the colours of the palette."""
        palette = self.palette()
        names = _DARK if theme.is_dark(palette) else _LIGHT
        colours = {name: QColor(value) for name, value in names.items()}
        self.view.setBackground(palette.color(QPalette.ColorRole.Base))
        text = palette.color(QPalette.ColorRole.Text)
        for plot in (self.loss, self.score, self.rate):
            for side in ("left", "bottom"):
                axis = plot.getAxis(side)
                axis.setPen(palette.color(QPalette.ColorRole.Mid))
                axis.setTextPen(text)
        self._raw.setPen(None)
        self._raw.setBrush(_faded(colours["loss"], 80))
        self._band.setBrush(_faded(colours["loss"], 60))
        self._mean.setPen(pg.mkPen(colours["loss"], width=1.6))
        for edge in (self._upper, self._lower):
            edge.setPen(None)
        self._scores.setPen(pg.mkPen(colours["score"], width=1.6))
        self._scores.setSymbolBrush(colours["score"])
        self._scores.setSymbolPen(None)
        self._best.setBrush(colours["score"])
        self._best.setPen(pg.mkPen(palette.color(QPalette.ColorRole.Base)))
        self._best_word.setColor(text)
        for name, (line, style) in self._lines.items():
            line.setPen(pg.mkPen(colours[name], width=1.4, style=style))
            line.label.setColor(colours[name])
        self._rate.setPen(pg.mkPen(colours["rate"], width=1.4))
        self._show_marks(self._story.notices if self._story is not None else [])

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_marks"):
            self._colour()

    def show_story(self, story: Story | None) -> None:
        """Draw a story as it is now."""
        if story is not self._story:
            self.rate.setXRange(0, EMPTY_STEPS)  # a run without a step yet would keep the range of the one before
            self.show_all()
        self._story = story
        story = story or Story()
        steps, means = story.blocks.curve()
        positive = means > 0
        self._raw.setData(steps[positive], np.log10(means[positive]))
        at, mean, half = story.blocks.running_mean()
        least = mean.min(initial=1) * 1e-3 or 1e-12
        self._mean.setData(at, np.log10(np.maximum(mean, least)))
        self._upper.setData(at, np.log10(np.maximum(mean + half, least)))
        self._lower.setData(at, np.log10(np.maximum(mean - half, np.maximum(mean / 3, least))))
        self._show_scores(story)
        self._show_rates(*story.blocks.rates())
        self._show_marks(story.notices)

    def _show_rates(self, steps: Floats, rates: Floats) -> None:
        self._rate.setData(steps, rates)
        top = float(rates.max(initial=0))
        if top != self._top_rate:  # else a zoom would be undone at every look
            self._top_rate = top
            self._fit_rate()
        ends = sorted({0.0, top})  # more would run into each other on so low a strip
        self.rate.getAxis("left").setTicks([list(zip(ends, map(words.number, ends), strict=True))])

    def _show_scores(self, story: Story) -> None:
        steps, scores = [score.step for score in story.scores], [score.psnr_db for score in story.scores]
        self._scores.setData(steps, scores)
        best = story.best
        self._best.setData(*(([best.step], [best.psnr_db]) if best is not None else ([], [])))
        self._best_word.setText(self.tr("best") if best is not None else "")
        if best is not None:
            self._best_word.setPos(QPointF(best.step, best.psnr_db))
        for name, value in (("bicubic", story.bicubic_db), ("base", story.base_db)):
            line, _ = self._lines[name]
            line.setVisible(value is not None)
            if value is not None:
                line.setValue(value)

    def _show_marks(self, notices: Sequence[Notice]) -> None:
        """Put a mark at each notice, at the lower edge of the loss; those that are over are hollow."""
        _, means = self._story.blocks.curve() if self._story is not None else (None, np.zeros(0))
        positive = means[means > 0]
        height = float(np.log10(positive.min())) if len(positive) else 0.0
        spots = []
        for notice in notices:
            colours = theme.notice_colours(self.palette(), is_error=notice.severity is not Severity.INFO)
            brush = None if notice.over_at_step is not None else colours.line
            pen = pg.mkPen(colours.line, width=1.6)
            symbol = SYMBOLS[notice.severity]
            spots.append({"pos": (notice.step, height), "symbol": symbol, "brush": brush, "pen": pen, "data": notice})
        self._marks.setData(spots)

    def show_all(self) -> None:
        """Show the whole run, and from then on whatever is added."""
        for plot in (self.loss, self.score):
            plot.enableAutoRange()
        self.rate.enableAutoRange("x")
        self._fit_rate()

    def _fit_rate(self) -> None:
        """Show rates from zero: fitted to a constant one, the axis would have 0 and the rate at one place."""
        self.rate.setYRange(0, self._top_rate or 1, padding=0.1)

    def save_picture(self, path: Path) -> bool:
        """Write the curves as they are seen into a PNG file and tell whether that worked."""
        return bool(self.view.grab().save(str(path), "PNG"))

    def _click(self, event: Any) -> None:  # noqa: ANN401  # pyqtgraph has no types
        if event.double():
            self.show_all()

    def _click_mark(self, item: Any, points: Sequence[Any]) -> None:  # noqa: ANN401  # pyqtgraph has no types
        if len(points):
            self.marked.emit(points[0].data())


class _Axis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """An axis whose small numbers are short, 2e-4 and not 0.0002, and whose large ones have their groups of digits."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:  # noqa: N802  # overridden
        """Return a text for each tick."""
        strings: list[str] = super().tickStrings(values, scale, spacing)
        if not self.logMode and spacing >= 1:
            return [words.count(round(value)) for value in values]
        return [f"{value:.1e}".replace("e-0", "e-") if 0 < abs(value) < 1e-3 and not self.logMode else text
                for value, text in zip(values, strings, strict=True)]  # fmt: skip


def _tip(x: float, y: float, data: Notice) -> str:
    numbers = "\n".join(f"{evidence.name(each)}: {words.number(value)}" for each, value in data.evidence.items())
    return f"{language.translated(data.title)}\n{numbers}"


def _faded(colour: QColor, alpha: int) -> QColor:
    faded = QColor(colour)
    faded.setAlpha(alpha)
    return faded
