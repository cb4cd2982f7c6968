"""The window's language: the system's or the one chosen, for our texts, Qt's own, numbers and dates."""

import re
from functools import cache

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QAction

from sr_desktop import paths

NAMES = {"en": "English", "zh_CN": "简体中文"}
"""What there is, each in its own words."""

SENTENCES = "Sentences"
"""The context, as Qt calls it, of texts from layers that know nothing of Qt; see `translated`."""

_TEMPLATES = "sentences.txt"


def use(application: QCoreApplication, chosen: str) -> None:
    """Speak the chosen language from now on, in whatever is built from now on.

    Args:
        application: Takes the translators.
        chosen: One of `settings.LANGUAGES`.
    """
    locale = QLocale.system() if chosen == "system" else QLocale(chosen)
    QLocale.setDefault(locale)
    for translator in application.findChildren(QTranslator):
        application.removeTranslator(translator)
        translator.deleteLater()
    _compiled.cache_clear()
    name = name_for(locale)
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    _install(application, f"qtbase_{name}", qt_folder)
    _install(application, f"sr_desktop_{name}", str(paths.resources() / "translations"))


def name_for(locale: QLocale) -> str:
    """Return the key in `NAMES` of the language that someone with this locale reads; English if we have none of theirs."""
    for wanted in locale.uiLanguages():
        language = QLocale(wanted.replace("-", "_"))
        if language.language() is QLocale.Language.Chinese and language.script() is QLocale.Script.SimplifiedHanScript:
            return "zh_CN"
        if language.language() is QLocale.Language.English:
            return "en"
    return "en"


def _install(application: QCoreApplication, name: str, folder: str) -> None:
    translator = QTranslator(application)
    if translator.load(name, folder):
        application.installTranslator(translator)
    else:
        translator.deleteLater()


_KEY = re.compile(r"\(&\w\)|&(?=\S)")
"""The letter that opens a menu entry: within the word, or behind it where the word has no Latin letters."""


def without_key(text: str) -> str:
    """Return a menu's text as it is shown elsewhere, without the letter that opens it."""
    return _KEY.sub("", text)


def name_for_buttons(action: QAction) -> None:
    """Let buttons that are made from an action leave out a letter in brackets, which Qt doesn't know of."""
    if _KEY_IN_BRACKETS.search(action.iconText()):
        action.setIconText(_KEY_IN_BRACKETS.sub("", action.iconText()))


_KEY_IN_BRACKETS = re.compile(r"\(\w\)$")


def translated(text: str) -> str:
    """Return a sentence from a layer that knows nothing of Qt, as an error or the monitor says it, in the window's language.

    Those layers say what they say in English, with the values in it. So a sentence is looked up by the template it was
    made from (`resources/translations/sentences.txt`, one a line, `{}` for a value); several in a row one by one. What
    nobody has translated stays as it is.
    """
    if not text or not _compiled():
        return text
    pieces = _SENTENCE_END.split(text)
    found = [_by_template(piece) for piece in pieces]
    if None in found:  # it may be one sentence after all, with a full stop in a value
        whole = _by_template(text)
        if whole is not None:
            return whole
    return _joined([new or old for new, old in zip(found, pieces, strict=True)])


_SENTENCE_END = re.compile(r"(?<=[.!?…]) (?=\S)")


def _joined(sentences: list[str]) -> str:
    """Return sentences in a row; after a full stop of Chinese there is no space."""
    return "".join(f"{each} " if each[-1:].isascii() else each for each in sentences).rstrip()


def _by_template(text: str) -> str | None:
    exact = QCoreApplication.translate(SENTENCES, text)
    if exact != text:
        return exact
    for pattern, template in _compiled():
        found = pattern.fullmatch(text)
        if found is not None:
            return _filled(template, found.groups())
    return None


def _filled(template: str, values: tuple[str, ...]) -> str:
    """Return a translated template with its values, which may be words that are translated too.

    A translation takes the values in its own order if it numbers them, `{0}`.
    """
    shown = QCoreApplication.translate(SENTENCES, template)
    words = [QCoreApplication.translate(SENTENCES, value) for value in values]
    return shown.format(*words)


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the templates that have values and a translation, those that say most first."""
    try:
        lines = (paths.resources() / "translations" / _TEMPLATES).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ()
    found = [line for line in lines if "{}" in line and QCoreApplication.translate(SENTENCES, line) != line]
    found.sort(key=lambda line: -len(line.replace("{}", "")))
    return tuple((re.compile("(.+?)".join(map(re.escape, line.split("{}"))), re.DOTALL), line) for line in found)
