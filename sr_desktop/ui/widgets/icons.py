"""Our icons: SVG in one colour, which is that of the text they stand beside, in every theme and at every resolution."""

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from sr_desktop import paths

SMALL = QSize(20, 20)
"""Beside text."""

LARGE = QSize(32, 32)
"""In the place of a thumbnail."""


@cache
def icon(name: str) -> QIcon:
    """Return the icon `name` from the resources, drawn in the colour of button text."""
    engine = _Engine(name)
    _ENGINES.append(engine)
    return QIcon(engine)


@cache
def application_icon() -> QIcon:
    """Return the program's own icon, in its colours."""
    return QIcon(str(paths.resources() / "icons" / "app.svg"))


def draw(painter: QPainter, name: str, rect: QRect, colour: QColor) -> None:
    """Draw an icon in a colour of the caller's choice."""
    _renderer(name, colour.name()).render(painter, QRectF(rect))


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    text = (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode()))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    return renderer


class _Engine(QIconEngine):
    """Draws an icon in the palette's colour of the moment, so that a change of theme needs nothing done."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw into a rectangle."""
        palette = QGuiApplication.palette()
        is_disabled = mode == QIcon.Mode.Disabled
        group = QPalette.ColorGroup.Disabled if is_disabled else QPalette.ColorGroup.Active
        role = QPalette.ColorRole.HighlightedText if mode == QIcon.Mode.Selected else QPalette.ColorRole.ButtonText
        draw(painter, self._name, rect, palette.color(group, role))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return it drawn on nothing; `size` is in pixels of the device."""
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        """Return another of the same."""
        engine = _Engine(self._name)
        _ENGINES.append(engine)
        return engine


_ENGINES: list[_Engine] = []
"""Qt owns an icon's engine, but Python must keep the half of it that is written here."""
