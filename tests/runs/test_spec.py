import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sr_desktop.errors import UsageError
from sr_desktop.runs import spec as specs
from sr_desktop.runs.spec import RunSpec, completed, from_toml, parse_degradation, problems, to_toml

SOUND = RunSpec("pictures", 2, "out.safetensors")

specs_of_any_kind = st.builds(
    RunSpec,
    pictures=st.text(st.characters(exclude_categories=["Cs"])),
    scale=st.integers(),
    output=st.text(st.characters(exclude_categories=["Cs"])),
    learning_rate=st.floats(allow_nan=False, allow_infinity=False),
    steps=st.integers(-(2**60), 2**60),
    rescale=st.booleans(),
    degrade=st.lists(st.text(st.characters(exclude_categories=["Cs"]))).map(tuple),
    exclude=st.lists(st.text(st.characters(exclude_categories=["Cs"]))).map(tuple),
)


@given(specs_of_any_kind)
def test_a_spec_survives_the_way_through_toml(spec):
    assert from_toml(to_toml(spec)) == spec


def test_a_sound_spec_has_no_problems():
    assert problems(SOUND) == []
    assert problems(completed(SOUND)) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("scale", 5),
        ("optimizer", "lion"),
        ("loss", "ssim"),
        ("learning_rate", -1.0),
        ("learning_rate", float("nan")),
        ("patch", 1),
        ("held_out", 1.0),
        ("degrade", ("fog",)),
        ("degrade", ("jpeg:90-30",)),
        ("degrade", ("jpeg:0",)),
        ("seed", -1),
    ],
)
def test_each_problem_names_its_field(field, value):
    found = problems(dataclasses.replace(SOUND, **{field: value}))
    assert [problem.field for problem in found] == [field]
    assert found[0].text.endswith(".")


def test_requests_that_contradict_each_other_are_problems():
    assert [p.field for p in problems(dataclasses.replace(SOUND, steps=1, minutes=1.0))] == ["minutes"]
    assert [p.field for p in problems(dataclasses.replace(SOUND, small=True, start="m.safetensors"))] == ["small"]
    assert [p.field for p in problems(dataclasses.replace(SOUND, low="pictures"))] == ["low"]
    assert [p.field for p in problems(dataclasses.replace(SOUND, low="b", degrade=("jpeg",)))] == ["low"]


@pytest.mark.parametrize(
    "text",
    [
        "not toml at all [",
        'pictures = "p"\nscale = 2\noutput = "o"\nspeed = 3\n',
        'pictures = "p"\nscale = "2"\noutput = "o"\n',
        'pictures = "p"\nscale = true\noutput = "o"\n',
        'pictures = "p"\nscale = 2\noutput = "o"\ndegrade = [1]\n',
        "scale = 2\n",
        "version = 99\n",
    ],
)
def test_a_broken_spec_is_refused_in_words(text):
    with pytest.raises(UsageError):
        from_toml(text)


def test_a_file_that_is_no_text_is_refused_in_words(tmp_path):
    path = tmp_path / "run.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="can't be read"):
        specs.read_spec(path)
    with pytest.raises(UsageError, match="can't be read"):
        specs.read_spec(tmp_path / "missing.toml")


def test_the_rate_fits_the_start_and_the_optimizer_unless_it_is_said():
    assert completed(SOUND).learning_rate == specs.SCRATCH_RATE
    assert completed(dataclasses.replace(SOUND, start="m")).learning_rate == specs.FINE_TUNING_RATE
    assert completed(dataclasses.replace(SOUND, optimizer="sgd")).learning_rate == pytest.approx(0.1)
    assert completed(dataclasses.replace(SOUND, learning_rate=0.5)).learning_rate == 0.5


def test_a_degradation_takes_a_value_a_range_or_its_own_range():
    assert parse_degradation("jpeg:40") == specs.Degradation("jpeg", 40, 40)
    assert parse_degradation("blur:0.5-1") == specs.Degradation("blur", 0.5, 1)
    assert parse_degradation("noise") == specs.Degradation("noise", *specs.DEGRADATION_RANGES["noise"])


@pytest.mark.parametrize(
    ("field", "wrong", "choices"),
    [
        ("loss", "charbonier", "charbonnier, l1, mse, psnr"),
        ("optimizer", "rmsprop", "adam, adamw, sgd"),
        ("schedule", "linear", "cosine, constant"),
        ("initialization", "xavier", "he, normal"),
        ("device", "gpu", "auto, cpu, cuda, mps, xpu"),
        ("precision", "fp16", "auto, fp32, bf16"),
    ],
)
def test_a_choice_that_there_is_not_is_refused_with_the_choices(field, wrong, choices):
    text = to_toml(SOUND)
    line = next(line for line in text.splitlines() if line.startswith(f"{field} = "))
    with pytest.raises(UsageError) as caught:
        from_toml(text.replace(line, f'{field} = "{wrong}"'), "run.toml")
    assert caught.value.title == f"run.toml: “{field}” can't be '{wrong}'."
    assert caught.value.hint == f"It must be one of {choices}."
