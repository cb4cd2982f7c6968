"""The window in another language: complete, as in the sources, and really shown."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtGui import QAction

from docs.make import texts
from docs.make.texts import Text
from sr_desktop import paths, settings
from sr_desktop.ui.shell import language
from sr_desktop.ui.shell.app import Program
from sr_desktop.ui.widgets import wording

TODO = "run `poe translate`, then translate what is unfinished in resources/translations/*.ts and run it again"


def folder() -> Path:
    return paths.resources() / "translations"


def messages(name):
    """Return what a .ts file holds: the translations of each text, None for what is unfinished."""
    found = {}
    for context in ElementTree.parse(folder() / name).iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            is_done = translation.get("type") is None and all(forms)
            found[Text(context.findtext("name"), message.findtext("source"))] = forms if is_done else None
    return found


@pytest.fixture(scope="module")
def chinese():
    return messages("sr_desktop_zh_CN.ts")


@pytest.fixture(scope="module")
def in_sources():
    return texts.window_texts() | texts.sentences()


@pytest.fixture
def speak(qapp):
    """Lets the application speak a language until the test ends."""
    yield lambda chosen: language.use(qapp, chosen)
    language.use(qapp, "en")
    QLocale.setDefault(QLocale.system())


def test_every_text_of_the_sources_is_translated(chinese, in_sources):
    assert sorted(text for text in in_sources if chinese.get(text) is None) == [], TODO


def test_no_translation_is_of_a_text_that_is_gone(chinese, in_sources):
    assert sorted(set(chinese) - in_sources) == [], TODO


def test_english_has_both_forms_of_what_is_counted(in_sources):
    english = messages("sr_desktop_en.ts")
    assert set(english) == {text for text in in_sources if text.has_plural}, TODO
    assert [text for text, forms in english.items() if forms is None or len(forms) != 2] == [], TODO


def test_translations_keep_values_and_keys(chinese):
    def marks(text):
        return sorted(re.sub(r"\d", "", mark) for mark in re.findall(r"\{\d*\}|%L?n|<[^>]+>", text))

    done = [(text, form) for text, forms in chinese.items() for form in forms or []]
    assert [text.source for text, form in done if marks(text.source) != marks(form)] == []
    assert [text.source for text, form in done if ("&" in text.source) != ("&" in form)] == []


@pytest.mark.parametrize("name", ["sr_desktop_zh_CN", "sr_desktop_en"])
def test_what_the_program_loads_is_made_from_what_translators_edit(qapp, name):
    translator = QTranslator()
    assert translator.load(name, str(folder()))
    for text, forms in messages(f"{name}.ts").items():
        if forms is not None:
            assert translator.translate(text.context, text.source, None, 2) == forms[-1], TODO


def test_the_templates_of_sentences_are_those_of_the_sources():
    listed = (folder() / "sentences.txt").read_text(encoding="utf-8").splitlines()
    assert listed == sorted(text.source for text in texts.sentences()), TODO


@pytest.mark.parametrize(
    ("locale", "name"), [("zh_CN", "zh_CN"), ("zh_SG", "zh_CN"), ("en_GB", "en"), ("de_DE", "en"), ("C", "en")]
)
def test_a_person_gets_the_language_of_the_system_if_we_have_it(locale, name):
    assert language.name_for(QLocale(locale)) == name


def test_the_window_its_numbers_and_qt_s_own_words_are_in_the_chosen_language(speak, qtbot, qapp):
    settings.save(settings.Settings(language="zh_CN"))
    program = Program()
    try:
        titles = [action.text() for action in program.window.menuBar().actions()]
        assert titles[:2] == ["文件(&F)", "编辑(&E)"]
        assert wording.duration(75) == "1 分 15 秒"
        assert qapp.translate("QPlatformTheme", "Cancel") == "取消"
    finally:
        program.close()
        speak("en")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Choose another folder.", "请选择其他文件夹。"),
        ("holiday.png is empty.", "holiday.png 是空的。"),
        ("The palette became RGB. The HDR gain map is left out.", "调色板变成了 RGB。HDR 增益图已略去。"),
        ("a. b.png can't be read: no permission.", "无法读取 a. b.png：no permission。"),
        ("Nobody has translated this. Choose another folder.", "Nobody has translated this. 请选择其他文件夹。"),
        ("", ""),
    ],
)
def test_what_the_layers_below_say_is_translated_by_the_template_it_was_made_from(speak, said, shown):
    speak("zh_CN")
    assert language.translated(said) == shown
    speak("en")
    assert language.translated(said) == said


def test_an_error_is_shown_in_the_chosen_language(speak, person, tmp_path):
    speak("zh_CN")
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"")
    person.drop(broken)
    person.wait_until(lambda: person.page.notice_bar.notice is not None)
    assert person.page.notice_bar.accessibleName().startswith("broken.png 是空的。")


def test_a_text_that_nobody_could_translate_is_found(tmp_path):
    source = tmp_path / "page.py"
    source.write_text("class Page:\n    def show(self, name):\n        self.tr(f'{name} is open')\n")
    with pytest.raises(ValueError, match=r"page\.py:3"):
        texts._Calls(source)


def test_the_letter_that_opens_an_entry_is_shown_in_menus_only(speak):
    assert language.without_key("&Open…") == "Open…"
    assert language.without_key("打开(&O)…") == "打开…"
    action = QAction("打开(&O)…")
    language.name_for_buttons(action)
    assert action.iconText() == "打开"
    named = QAction("&Save")
    named.setIconText("Saved")
    language.name_for_buttons(named)
    assert named.iconText() == "Saved"
