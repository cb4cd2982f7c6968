import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sr_desktop.batch.template import EXAMPLE, FIELDS, Values, escaped, parse, preview
from sr_desktop.errors import UsageError

plain = st.text(st.characters(categories=["L", "N", "Pd"]), min_size=1, max_size=8)
pieces = st.lists(st.one_of(plain, st.sampled_from([f"{{{field}}}" for field in FIELDS])), min_size=1, max_size=5)


@given(pieces)
def test_a_template_of_known_fields_names_anything(parts):
    name = parse("".join(parts)).name(EXAMPLE)
    assert name
    assert "{" not in name


@given(plain.filter(lambda name: name not in FIELDS))
def test_an_unknown_field_is_an_error_that_lists_the_known_ones(name):
    with pytest.raises(UsageError) as caught:
        parse(f"a{{{name}}}")
    assert all(f"{{{field}}}" in caught.value.hint for field in FIELDS)


@given(plain, st.integers(1, 999), st.integers(1, 999))
def test_names_with_a_counter_never_collide(text, first, second):
    template = parse(text + "-{counter}")
    names = [template.name(replace(EXAMPLE, counter=number)) for number in (first, second)]
    assert (names[0] == names[1]) == (first == second)


@given(st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters='/\\<>:"|?*'), min_size=1))
def test_an_escaped_text_stands_for_itself(text):
    if text not in (".", ".."):
        assert parse(escaped(text)).name(EXAMPLE) == text


def test_fields_say_what_they_promise(tmp_path):
    source = tmp_path / "Holiday" / "IMG_7.x.jpg"
    source.parent.mkdir()
    source.touch()
    os.utime(source, (0, 1_700_000_000))
    values = Values(source, counter=7, counter_digits=3, scale=2, model="m", width=40, height=30)
    text = "{stem}|{parent}|{scale}|{width}x{height}|{counter}|{counter:5}|{model}|{date}".replace("|", "-")
    assert parse(text).name(values) == "IMG_7.x-Holiday-2-40x30-007-00007-m-2023-11-14"


def test_a_slash_leads_into_a_folder():
    assert Path(parse("{scale}x/{stem}").name(EXAMPLE)) == Path("2x", "IMG_0042")


@pytest.mark.parametrize(
    "text", ["{", "{stem", "a}", "{}", "{0}", "{stem!r}", "{stem:5}", "{counter:x}", "{counter:0}", "/{stem}",
             "../{stem}", "a//b", "a/", "./a", "a\\b", "a\0b", "a\nb", "{stem.real}"]
)  # fmt: skip
def test_what_can_not_name_a_file_is_refused(text):
    with pytest.raises(UsageError):
        parse(text)


def test_without_a_factor_there_is_none_to_name():
    with pytest.raises(UsageError, match=r"no \{scale\}"):
        parse("{stem}_{scale}x", has_scale=False)
    assert parse("{stem}_{width}w", has_scale=False).needs_size


def test_a_preview_needs_no_files():
    assert preview("{stem}_{scale}x") == "IMG_0042_2x"
    assert preview("{width}", Values(Path("a.png"), scale=2)) == "8064"
