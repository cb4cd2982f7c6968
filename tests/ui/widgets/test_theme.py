import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from sr_desktop.ui.training import curves
from sr_desktop.ui.widgets import theme

AA = 4.5
"""Contrast that WCAG 2.2 asks of text (1.4.3)."""

AA_GRAPHICS = 3
"""Contrast that it asks of what must be seen to use a control (1.4.11)."""

Role = QPalette.ColorRole


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def palette(request, qapp):
    theme.use(qapp, dark=request.param)
    yield QApplication.palette()
    theme.use(qapp, dark=False)


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""

    def linear(value):
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(first, second):
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        (Role.WindowText, Role.Window),
        (Role.Text, Role.Base),
        (Role.Text, Role.AlternateBase),
        (Role.ButtonText, Role.Button),
        (Role.HighlightedText, Role.Highlight),
        (Role.ToolTipText, Role.ToolTipBase),
        (Role.PlaceholderText, Role.Base),
        (Role.Link, Role.Window),
    ],
)
def test_text_can_be_read(palette, text, ground):
    assert contrast(palette.color(text), palette.color(ground)) >= AA


@pytest.mark.parametrize("is_error", [False, True])
def test_messages_can_be_read_and_their_icons_seen(palette, is_error):
    colours = theme.notice_colours(palette, is_error=is_error)
    assert contrast(palette.color(Role.WindowText), colours.ground) >= AA
    assert contrast(colours.line, colours.ground) >= AA_GRAPHICS


@pytest.mark.parametrize("ground", [Role.Window, Role.Base, Role.Button])
def test_the_focus_can_be_seen(palette, ground):
    assert contrast(palette.color(Role.Accent), palette.color(ground)) >= AA_GRAPHICS


def test_curves_can_be_seen(palette):
    colours = curves._DARK if theme.is_dark(palette) else curves._LIGHT
    assert [
        name for name, colour in colours.items() if contrast(QColor(colour), palette.base().color()) < AA_GRAPHICS
    ] == []


def test_around_pictures_everything_is_neutral_grey(palette):
    colours = theme.surroundings(palette)
    assert colours.around.saturation() == 0
    assert contrast(colours.text, colours.around) >= AA
    assert contrast(colours.line, colours.around) >= AA_GRAPHICS
    assert theme.is_dark(palette) == (colours.around.lightness() < 128)


def test_the_theme_follows_the_system(qapp, monkeypatch):
    used = []
    monkeypatch.setattr(theme, "use", lambda application, dark: used.append(dark))
    theme.follow_system(qapp)
    hints = qapp.styleHints()
    hints.colorSchemeChanged.emit(theme.Qt.ColorScheme.Dark)
    hints.colorSchemeChanged.emit(theme.Qt.ColorScheme.Light)
    assert used == [False, True, False]
    hints.colorSchemeChanged.disconnect()
