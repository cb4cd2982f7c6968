"""Draws the sample picture that comes with the program: resources/sample.png.

    .venv/bin/python docs/make/sample_picture.py

Made from nothing but these lines, so it is the project's own. It has what shows whether enlarging works: slanted edges,
thin ropes and rails, bricks, small lettering, ripples, and a smooth sky.
"""

import os
import random
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QLinearGradient,
    QPainter,
    QPen,
    QPolygonF,
    QRadialGradient,
)

from sr_desktop.imaging.resampling import matlab_bicubic

WIDTH, HEIGHT = 480, 320
FACTOR = 4
SEED = 7
HORIZON = 196
TARGET = Path(__file__).resolve().parents[2] / "resources" / "sample.png"


def main() -> None:
    """Draw it large, shrink it, write it."""
    application = QGuiApplication([])
    large = QImage(WIDTH * FACTOR, HEIGHT * FACTOR, QImage.Format.Format_RGB888)
    painter = QPainter(large)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(FACTOR, FACTOR)
    rng = random.Random(SEED)
    draw_sky(painter)
    draw_hills(painter, rng)
    draw_sea(painter, rng)
    draw_boat(painter)
    draw_rocks(painter, rng)
    draw_lighthouse(painter)
    draw_sign(painter)
    painter.end()
    samples = np.frombuffer(large.constBits(), np.uint8).reshape(large.height(), -1)[:, : large.width() * 3]
    small = matlab_bicubic(with_grain(samples.reshape(large.height(), large.width(), 3)), height=HEIGHT, width=WIDTH)
    image = QImage(small.tobytes(), WIDTH, HEIGHT, WIDTH * 3, QImage.Format.Format_RGB888)
    image.save(str(TARGET))
    print(f"{TARGET}: {TARGET.stat().st_size} bytes")
    del application


def with_grain(samples: np.ndarray) -> np.ndarray:
    """Return the samples with a little noise, as a camera has it."""
    noise = np.random.default_rng(SEED).normal(0, 3.0, (*samples.shape[:2], 1))
    return np.clip(samples + noise + 0.5, 0, 255).astype(np.uint8)


def draw_sky(painter: QPainter) -> None:
    """An evening sky with a low sun."""
    sky = QLinearGradient(0, 0, 0, HORIZON)
    for stop, colour in ((0, "#27406b"), (0.55, "#7f8fb3"), (0.85, "#e9b48c"), (1, "#f6d2a2")):
        sky.setColorAt(stop, QColor(colour))
    painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), sky)
    glow = QRadialGradient(QPointF(150, 168), 120)
    glow.setColorAt(0, QColor(255, 236, 190, 230))
    glow.setColorAt(0.12, QColor(255, 226, 170, 130))
    glow.setColorAt(1, QColor(255, 220, 160, 0))
    painter.fillRect(QRectF(0, 0, WIDTH, HORIZON), glow)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#fff4d6"))
    painter.drawEllipse(QPointF(150, 168), 13, 13)


def draw_hills(painter: QPainter, rng: random.Random) -> None:
    """Three ranges, paler the farther they are."""
    for base, swing, colour in ((176, 16, "#a3a0b4"), (184, 13, "#7b7f99"), (192, 9, "#555f7c")):
        ridge = [QPointF(0, HORIZON)]
        height = float(base)
        for x in range(0, WIDTH + 8, 8):
            height += rng.uniform(-1, 1) * swing / 3 + (base - height) * 0.12
            ridge.append(QPointF(x, height))
        ridge.append(QPointF(WIDTH, HORIZON))
        painter.setBrush(QColor(colour))
        painter.drawPolygon(QPolygonF(ridge))


def draw_sea(painter: QPainter, rng: random.Random) -> None:
    """Water with ripples that get longer towards us, and the sun on it."""
    sea = QLinearGradient(0, HORIZON, 0, HEIGHT)
    sea.setColorAt(0, QColor("#8d95aa"))
    sea.setColorAt(0.3, QColor("#4f6485"))
    sea.setColorAt(1, QColor("#1c2e4c"))
    painter.fillRect(QRectF(0, HORIZON, WIDTH, HEIGHT - HORIZON), sea)
    for _ in range(900):
        depth = rng.random() ** 1.6
        y = HORIZON + 1 + depth * (HEIGHT - HORIZON)
        x = rng.uniform(0, WIDTH)
        in_sun = abs(x - 150) < 12 + 40 * depth and rng.random() < 0.7
        colour = QColor("#ffe2b0" if in_sun else rng.choice(["#9fb0c8", "#2b3f60", "#6d82a3"]))
        colour.setAlpha(170 if in_sun else 110)
        painter.setPen(QPen(colour, 0.4 + depth))
        painter.drawLine(QPointF(x, y), QPointF(x + 2 + 14 * depth * rng.random(), y))


def draw_boat(painter: QPainter) -> None:
    """A sailing boat with ropes thinner than a pixel of the small picture."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#f3ede0"))
    painter.drawPolygon(QPolygonF([QPointF(232, 132), QPointF(232, 206), QPointF(190, 206)]))
    painter.setBrush(QColor("#c8452f"))
    painter.drawPolygon(QPolygonF([QPointF(235, 126), QPointF(235, 204), QPointF(266, 204)]))
    painter.setBrush(QColor("#2c2f3a"))
    painter.drawPolygon(QPolygonF([QPointF(182, 210), QPointF(276, 210), QPointF(264, 222), QPointF(194, 222)]))
    painter.setBrush(QColor("#f3ede0"))
    painter.drawRect(QRectF(186, 212, 86, 1.6))
    painter.setPen(QPen(QColor("#2c2f3a"), 1.6))
    painter.drawLine(QPointF(233.5, 118), QPointF(233.5, 210))
    painter.setPen(QPen(QColor("#2c2f3a"), 0.5))
    for end in (QPointF(184, 210), QPointF(274, 210)):
        painter.drawLine(QPointF(233.5, 119), end)
    painter.setPen(QPen(QColor("#d6c8b4"), 0.6))
    for y in range(146, 206, 10):
        painter.drawLine(QPointF(232 - (y - 132) * 42 / 74, y), QPointF(232, y + 2))


def shore_top(x: float) -> float:
    """The upper edge of the shore."""
    return float(np.interp(x, [300, 330, 352, 480], [320, 282, 266, 240]))


def draw_rocks(painter: QPainter, rng: random.Random) -> None:
    """A rough shore in the corner on the right."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#3a3a42"))
    shore = [QPointF(300, 320), QPointF(330, 282), QPointF(352, 266), QPointF(480, 240), QPointF(480, 320)]
    painter.drawPolygon(QPolygonF(shore))
    places = [(x, rng.uniform(shore_top(x) + 5, 322)) for x in (rng.uniform(306, 480) for _ in range(520))]
    for x, y in sorted(places, key=lambda place: place[1]):
        side = rng.uniform(2, 7)
        corners = [
            QPointF(x + dx * side * rng.uniform(0.6, 1.2), y + dy * side * rng.uniform(0.5, 0.9))
            for dx, dy in ((-1, 0), (-0.3, -1), (0.8, -0.7), (1, 0.3), (0, 1))
        ]
        painter.setBrush(QColor.fromHsv(rng.randint(20, 50), rng.randint(10, 60), rng.randint(60, 165)))
        painter.drawPolygon(QPolygonF(corners))


def draw_lighthouse(painter: QPainter) -> None:
    """A striped tower of bricks with a railing."""

    def half(y: float) -> float:
        return 15 + (y - 92) * 0.07

    painter.setPen(Qt.PenStyle.NoPen)
    for number, top in enumerate(range(92, 258, 24)):
        bottom = min(top + 24, 258)
        shade = QLinearGradient(398, 0, 450, 0)
        light, dark = ("#f4efe6", "#a9a4a0") if number % 2 == 0 else ("#d2442e", "#7d241b")
        shade.setColorAt(0, QColor(light))
        shade.setColorAt(1, QColor(dark))
        painter.setBrush(shade)
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(424 - half(top), top),
                    QPointF(424 + half(top), top),
                    QPointF(424 + half(bottom), bottom),
                    QPointF(424 - half(bottom), bottom),
                ]
            )
        )
    painter.setPen(QPen(QColor(40, 20, 20, 60), 0.5))
    for row, y in enumerate(range(92, 258, 4)):
        painter.drawLine(QPointF(424 - half(y), y), QPointF(424 + half(y), y))
        for column in range(-4, 5):
            x = 424 + (column + (row % 2) / 2) * 6.5
            if abs(x - 424) < half(y):
                painter.drawLine(QPointF(x, y), QPointF(x, y + 4))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#26303f"))
    for y in (128, 176, 222):
        painter.drawRoundedRect(QRectF(419, y, 9, 14), 4, 4)
    painter.drawRect(QRectF(402, 87, 44, 5))
    painter.setBrush(QColor("#ffe9a8"))
    painter.drawRect(QRectF(413, 66, 22, 21))
    painter.setBrush(QColor("#8f2a1e"))
    painter.drawPolygon(QPolygonF([QPointF(408, 66), QPointF(440, 66), QPointF(424, 50)]))
    painter.setPen(QPen(QColor("#26303f"), 1))
    for x in range(413, 437, 5):
        painter.drawLine(QPointF(x + 1, 66), QPointF(x + 1, 87))
    painter.setPen(QPen(QColor("#26303f"), 0.7))
    for x in range(402, 448, 4):
        painter.drawLine(QPointF(x, 79), QPointF(x, 87))
    painter.drawLine(QPointF(402, 79), QPointF(446, 79))
    painter.drawLine(QPointF(424, 50), QPointF(424, 40))


def draw_sign(painter: QPainter) -> None:
    """Lettering, the smallest of which is at the limit of what can be read."""
    painter.setPen(QPen(QColor("#3d2a1c"), 3))
    painter.drawLine(QPointF(46, 252), QPointF(46, 312))
    painter.drawLine(QPointF(122, 252), QPointF(122, 312))
    painter.setPen(QPen(QColor("#3d2a1c"), 1))
    painter.setBrush(QColor("#e8dcc2"))
    painter.drawRoundedRect(QRectF(32, 240, 104, 46), 3, 3)
    painter.setPen(QColor("#2a2f45"))
    for text, size, y in (
        ("HARBOUR", 13.0, 257),
        ("north pier · 250 m", 7.5, 270),
        ("mind the step in wet weather", 5.0, 280),
    ):
        font = QFont("DejaVu Sans")
        font.setPointSizeF(size * 0.75)
        font.setBold(size > 10)
        painter.setFont(font)
        painter.drawText(QRectF(32, y - size, 104, size * 1.5), Qt.AlignmentFlag.AlignCenter, text)


if __name__ == "__main__":
    main()
