import os
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sr_desktop.inputs.folder_walk import EVERYTHING, Choice, Opened, Seen, exactly, natural_key, walk

posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has no such names, links or permissions")


@pytest.fixture
def folder(tmp_path):
    """Makes empty files; only names count here."""

    def make(*names):
        for name in names:
            path = tmp_path / "in" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        return tmp_path / "in"

    return make


def seen(folder, choice=EVERYTHING):
    return [
        os.path.relpath(step.path, folder).replace(os.sep, "/") for step in walk(folder, choice) if type(step) is Seen
    ]


def errors(folder):
    return [step.error.title for step in walk(folder) if isinstance(step, Opened) and step.error]


def test_pictures_come_in_the_order_a_person_counts_and_a_folder_where_its_name_would(folder):
    names = ["b/z.png", "b/y/1.png", "P1.png", "p2.png", "p10.png", "a.webp", "notes.txt", "no ending"]
    assert seen(folder(*names)) == ["a.webp", "b/y/1.png", "b/z.png", "P1.png", "p2.png", "p10.png"]


def test_what_is_hidden_is_left_out(folder):
    assert seen(folder("a.png", ".b.png", ".cache/c.png", ".sr_desktop/d.png")) == ["a.png"]


def test_folders_in_the_folder_can_be_left_closed(folder):
    assert seen(folder("a.png", "deep/b.png"), Choice(recursive=False)) == ["a.png"]


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        (Choice(include=("*.TIF",)), ["scans/b.tif", "scans/old/c.tif"]),
        (Choice(include=("a*", "c*")), ["a.png", "ab.jpg", "scans/old/c.tif"]),
        (Choice(include=("scans/*",)), ["scans/b.tif", "scans/old/c.tif"]),
        (Choice(exclude=("old",)), ["a.png", "ab.jpg", "scans/b.tif"]),
        (Choice(exclude=("scans/",)), ["a.png", "ab.jpg"]),
        (Choice(exclude=("a?.*",)), ["a.png", "scans/b.tif", "scans/old/c.tif"]),
        (Choice(include=("*.tif",), exclude=("scans/old",)), ["scans/b.tif"]),
    ],
)
def test_patterns_choose_by_name_or_by_path(folder, choice, names):
    assert seen(folder("a.png", "ab.jpg", "scans/b.tif", "scans/old/c.tif"), choice) == names


@posix_only
def test_links_that_lead_in_a_circle_are_survived_and_links_to_pictures_count(folder, tmp_path):
    root = folder("a.png", "deep/b.png")
    (root / "deep" / "round").symlink_to(root)
    (root / "self").symlink_to(root / "self")
    (root / "c.png").symlink_to(root / "a.png")
    assert seen(root) == ["a.png", "c.png", "deep/b.png"]


def test_a_folder_that_is_gone_is_a_sentence(tmp_path):
    assert errors(tmp_path / "gone") == [f"{tmp_path / 'gone'} can't be opened: No such file or directory."]


def test_a_folder_that_is_pulled_away_meanwhile_is_a_sentence_and_the_rest_goes_on(folder):
    root = folder("a/1.png", "b/2.png", "c/3.png")
    steps = walk(root)
    found = [next(steps), next(steps), next(steps)]
    (root / "b" / "2.png").unlink()
    (root / "b").rmdir()
    found += steps
    assert [step.path for step in found if isinstance(step, Seen)] == [str(root / "a/1.png"), str(root / "c/3.png")]
    assert [step.path for step in found if isinstance(step, Opened) and step.error] == [str(root / "b")]


names = st.lists(st.text(st.sampled_from("aAbB019._ ß"), min_size=1, max_size=6), min_size=1, max_size=3).map("/".join)


@given(st.lists(names, unique=True))
def test_natural_order_is_an_order_of_whole_names(paths):
    keys = [[natural_key(part) for part in PurePosixPath(path).parts] for path in paths]
    assert len({str(key) for key in keys}) == len({PurePosixPath(path).parts for path in paths})
    sorted(keys)  # any two can be compared


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.text(st.characters(categories=["Ll"]), max_size=4))
def test_numbers_in_names_count_as_numbers(first, second, stem):
    assert (natural_key(f"{stem}{first}.png") < natural_key(f"{stem}{second}.png")) == (first < second)


NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1).filter(
    lambda name: name not in (".", "..")
)


@given(st.lists(NAMES, min_size=1, max_size=3), st.lists(NAMES, min_size=1, max_size=3))
def test_a_path_has_a_pattern_that_leaves_out_no_other(one, other):
    one, other = "/".join(one), "/".join(other)
    choice = Choice(exclude=(exactly(one),))
    assert not choice.holds(one)
    is_below = other.casefold().startswith(one.casefold() + "/")
    if not is_below and other.lower() != one.lower() and other.casefold() != one.casefold() and "\ufffd" not in one:
        assert choice.holds(other)


def test_a_name_that_is_no_text_can_be_left_out_as_well():
    assert not Choice(exclude=(exactly("odd\udcff.png"),)).holds("odd\udcff.png")
    exactly("odd\udcff.png").encode()


def test_what_lies_in_a_folder_that_is_left_out_is_left_out_too():
    assert not Choice(exclude=("old",)).holds("scans/old/a.png")
    assert Choice(exclude=("old",)).holds("scans/older/a.png")
