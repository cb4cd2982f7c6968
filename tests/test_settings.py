import dataclasses

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from sr_desktop import choices, settings
from sr_desktop.settings import Settings

values = st.builds(
    Settings,
    size=st.sampled_from(settings.SIZES),
    factor=st.integers(2, 4),
    pixels=st.integers(1, 1_000_000),
    model=st.text(st.characters(exclude_categories=["Cs"])),
    device=st.sampled_from(choices.DEVICES),
    comparison=st.sampled_from(settings.COMPARISONS),
    before=st.sampled_from(settings.BEFORES),
    folder=st.text(st.characters(exclude_categories=["Cs"])),
    language=st.sampled_from(settings.LANGUAGES),
    theme=st.sampled_from(settings.THEMES),
    text_size=st.sampled_from(settings.TEXT_SIZES),
    details=st.booleans(),
)


def write(text):
    settings.path().parent.mkdir(parents=True, exist_ok=True)
    settings.path().write_text(text, encoding="utf-8")


def test_without_a_file_everything_is_at_its_default():
    assert settings.load() == (Settings(), [])


@given(value=values)
@examples(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_saved_is_loaded_again(value):
    settings.save(value)
    assert settings.load() == (value, [])


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("factor = 5", "factor"),
        ("factor = true", "factor"),
        ('factor = "2"', "factor"),
        ("pixels = 0", "pixels"),
        ("model = 3", "model"),
        ('device = "abacus"', "device"),
        ("size = []", "size"),
        ('before = ""', "before"),
        ('language = "tlh"', "language"),
        ("theme = 1", "theme"),
        ("text_size = 110", "text_size"),
        ("details = 1", "details"),
    ],
)
def test_a_value_that_makes_no_sense_becomes_its_default_and_is_noted(line, field):
    write(f'version = 1\ncomparison = "divider"\n{line}\n' if field != "comparison" else line)
    loaded, notes = settings.load()
    assert loaded == dataclasses.replace(Settings(), comparison="divider")
    assert len(notes) == 1
    assert field in notes[0]


def test_fields_of_a_later_version_are_skipped():
    write('version = 9\nfactor = 3\ncolour_of_the_moon = "green"\n')
    assert settings.load() == (Settings(factor=3), [])


@pytest.mark.parametrize("content", [b"factor = ", b"\xff\xfe\x00", b"\x00" * 20])
def test_a_file_that_is_no_toml_is_kept_and_noted(content):
    settings.path().parent.mkdir(parents=True)
    settings.path().write_bytes(content)
    loaded, notes = settings.load()
    assert loaded == Settings()
    assert "settings.toml.unreadable" in notes[0]
    assert settings.path().with_name("settings.toml.unreadable").read_bytes() == content
    assert settings.load() == (Settings(), [])


def test_an_old_file_is_upgraded_step_by_step(monkeypatch):
    monkeypatch.setitem(settings.UPGRADES, 0, lambda content: {**content, "factor": content["times"]})
    write("version = 0\ntimes = 4\n")
    assert settings.load() == (Settings(factor=4), [])
