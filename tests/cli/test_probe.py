"""The look before step 1, as a table."""

import pytest

from sr_desktop.runs.folder import RunFolder
from sr_desktop.runs.spec import RunSpec
from tests.training.conftest import write_picture

LAYER_KEYS = ["name", "activation_rms", "activation_std", "gradient_rms", "weight_rms", "dead_share"]


@pytest.fixture
def pictures(here):
    for number in range(3):
        write_picture(here / "pictures" / f"{number}.png", width=96, height=80, seed=number)
    return here / "pictures"


def test_without_a_folder_a_picture_is_made_and_a_healthy_start_is_healthy(say):
    said = say("probe", "--scale", 2)
    assert (said.status, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0].split() == ["signal", "spread", "gradient", "weights", "dead"]
    assert [line.split()[0] for line in lines[1:9]] == ["convolution"] * 7 + ["deconvolution"]
    assert lines[9].startswith("Spread of the output: 0.00")
    assert lines[10:] == ["Nothing is wrong with this start."]


def test_the_questions_start_is_named_with_what_to_do(say):
    said = say("probe", "--scale", 2, "--initialization", "normal", "--optimizer", "sgd", "--small")
    assert said.status == 0
    assert "Warning at step 0: The first layers receive no gradient" in said.out
    assert said.out.endswith("Start again with He initialization.\n")
    assert "Nothing is wrong" not in said.out


def test_in_json_it_says_what_train_would(say, pictures):
    said = say("probe", pictures, "--scale", 3, "--start", "scratch", "--initialization-std", 1, "--json",
               "--initialization", "normal")  # fmt: skip
    events = {event["event"]: event for event in said.rows if event["event"] != "notice"}
    assert set(events) == {"prepare", "start", "probe"}
    assert events["start"]["data"]["pixels"] == 2 * 96 * 80
    assert list(events["probe"]["layers"][0]) == LAYER_KEYS
    told = [event["cause"] for event in said.rows if event["event"] == "notice"]
    assert told == ["too_little_data", "diverging"]


def test_a_trained_model_can_be_looked_into(say, pictures):
    said = say("probe", "--start", "fsrcnn-x2", pictures, "--scale", 2)
    assert said.status == 0
    assert "deconvolution" in said.out


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        ([], 2, "--scale"),
        (["--scale", 2, "--start", "no-such-model"], 2, "no-such-model"),
        (["--scale", 2, "--initialization-std", -1], 2, "initialization std"),
        (["--scale", 2, "--low", "small"], 2, "--low"),
        (["--scale", 2, "gone"], 1, "no folder"),
    ],
)
def test_what_can_not_be_is_a_sentence(say, words, status, message):
    said = say("probe", *words)
    assert (said.status, said.out) == (status, "")
    assert message in said.err


def test_nothing_is_left_behind(say, pictures, here, tmp_path, monkeypatch):
    import tempfile

    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    assert say("probe", pictures, "--scale", 2, "--small").status == 0
    left = [path.name for path in (tmp_path / "temporary").iterdir()]
    assert [
        name for name in left if not name.startswith("torchinductor_")
    ] == []  # torch's own, with its first optimiser
    assert sorted(path.name for path in here.iterdir()) == ["pictures"]


def test_what_the_window_asks_for_needs_no_temporary_folder(say, pictures, here, monkeypatch):
    import tempfile

    run = RunFolder(here / "run")
    run.create(RunSpec(pictures=str(pictures), output=str(here / "new.safetensors"), scale=2, start="scratch"))

    def refused(*arguments, **options):
        raise AssertionError("a child that is killed would leave it")

    monkeypatch.setattr(tempfile, "TemporaryDirectory", refused)
    assert say("probe", "--scale", 2, "--spec", run.spec_file, "--run", run.path, "--json").status == 0
