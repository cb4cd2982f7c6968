"""Light and dark, as the system has it or as chosen; around pictures neutral grey in both, so that colours are seen as they are."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

CHECKER_LIGHT = "#d6d6d6"
CHECKER_DARK = "#b4b4b4"

_CHOSEN, _SYSTEM_FONT = "sr_desktop_theme", "sr_desktop_system_font"
"""Properties of the application: what was chosen, and the font to scale from."""

_SCHEMES = {"system": Qt.ColorScheme.Unknown, "light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Colours around a picture.

    Attributes:
        around: Where no picture is.
        line: Between the panes, and the divider.
        text: Legible on `around`.
    """

    around: QColor
    line: QColor
    text: QColor


@dataclass(frozen=True, slots=True)
class NoticeColours:
    """Colours of a message.

    Attributes:
        ground: Behind the text.
        line: Icon and edge.
    """

    ground: QColor
    line: QColor


@dataclass(frozen=True, slots=True)
class _Scheme:
    """Colours of one scheme, for styles that have none of their own."""

    window: str
    base: str
    alternate: str
    button: str
    text: str
    faint: str
    disabled: str
    line: str
    accent: str
    selected: str


_LIGHT = _Scheme(
    window="#f4f4f4",
    base="#ffffff",
    alternate="#f0f0f0",
    button="#fbfbfb",
    text="#1c1c1c",
    faint="#6a6a6a",
    disabled="#a0a0a0",
    line="#c6c6c6",
    accent="#2a66c4",
    selected="#2a66c4",
)
_DARK = _Scheme(
    window="#262626",
    base="#1d1d1d",
    alternate="#2a2a2a",
    button="#343434",
    text="#ececec",
    faint="#a2a2a2",
    disabled="#717171",
    line="#484848",
    accent="#5a93ea",
    selected="#3568bd",
)

_ROUND_LIGHT = Surroundings(QColor("#c9c9c9"), QColor("#6e6e6e"), QColor("#1c1c1c"))
_ROUND_DARK = Surroundings(QColor("#1a1a1a"), QColor("#6a6a6a"), QColor("#d8d8d8"))


def is_dark(palette: QPalette) -> bool:
    """Tell whether text is lighter than what it stands on."""
    return palette.windowText().color().lightness() > palette.window().color().lightness()


def surroundings(palette: QPalette) -> Surroundings:
    """Return the colours around a picture in a window with this palette."""
    return _ROUND_DARK if is_dark(palette) else _ROUND_LIGHT


def notice_colours(palette: QPalette, *, is_error: bool) -> NoticeColours:
    """Return the colours of a message in a window with this palette."""
    if is_dark(palette):
        return NoticeColours(*map(QColor, ("#4a2a26", "#ff9b8a") if is_error else ("#22364f", "#8db8f5")))
    return NoticeColours(*map(QColor, ("#fbe3de", "#b3321b") if is_error else ("#dfeafb", "#245bb0")))


def follow_system(application: QApplication) -> None:
    """Use the scheme the system has, now and when it changes, unless another is chosen."""
    hints = application.styleHints()
    use(application, dark=hints.colorScheme() == Qt.ColorScheme.Dark)
    hints.colorSchemeChanged.connect(lambda scheme: _follow(application, scheme))


def _follow(application: QApplication, scheme: Qt.ColorScheme) -> None:
    if application.property(_CHOSEN) in (None, "system"):
        use(application, dark=scheme == Qt.ColorScheme.Dark)


def choose(application: QApplication, theme: str) -> None:
    """Use a theme from now on; one of `settings.THEMES`."""
    application.setProperty(_CHOSEN, theme)
    hints = application.styleHints()
    hints.setColorScheme(_SCHEMES[theme])  # for native styles and window frames; where it does nothing, `use` does
    use(application, dark=theme == "dark" or (theme == "system" and hints.colorScheme() == Qt.ColorScheme.Dark))


def scale_text(application: QApplication, percent: int) -> None:
    """Make all text of the window that percentage of the system's size."""
    system = application.property(_SYSTEM_FONT)
    if not isinstance(system, QFont):
        system = application.font()
        application.setProperty(_SYSTEM_FONT, system)
    font = QFont(system)
    font.setPointSizeF(system.pointSizeF() * percent / 100)
    application.setFont(font)


def with_text(pixels: int) -> int:
    """Return a width or height that suits text of the usual size, for the size that the text has now."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    system = application.property(_SYSTEM_FONT)
    if not isinstance(system, QFont):
        return pixels
    return round(pixels * application.font().pointSizeF() / system.pointSizeF())


def use(application: QApplication, *, dark: bool) -> None:
    """Use a scheme; native styles have their own colours, Qt's own style gets ours."""
    if application.style().objectName() == "fusion":
        application.setPalette(_palette(_DARK if dark else _LIGHT))


def _palette(scheme: _Scheme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(scheme.button), QColor(scheme.window))
    for which, colour in (
        (role.Window, scheme.window),
        (role.WindowText, scheme.text),
        (role.Base, scheme.base),
        (role.AlternateBase, scheme.alternate),
        (role.Text, scheme.text),
        (role.PlaceholderText, scheme.faint),
        (role.Button, scheme.button),
        (role.ButtonText, scheme.text),
        (role.ToolTipBase, scheme.base),
        (role.ToolTipText, scheme.text),
        (role.Mid, scheme.line),
        (role.Accent, scheme.accent),
        (role.Highlight, scheme.selected),
        (role.HighlightedText, "#ffffff"),
        (role.Link, scheme.accent),
    ):
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(scheme.disabled))
    return palette
