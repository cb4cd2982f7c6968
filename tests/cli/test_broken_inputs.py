"""Broken models, runs and specs through the command line: each is refused in a sentence, with nothing done."""

import json
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import files_in
from tests.library.conftest import save_model


def header(fields: object, rest: bytes = b"") -> bytes:
    """A safetensors file with such a header."""
    text = json.dumps(fields).encode()
    return struct.pack("<Q", len(text)) + text + rest


def halved(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def with_card(change: Callable[[dict], None]) -> Callable[[Path], None]:
    """Change what a sound model's card says."""

    def break_(path: Path) -> None:
        data = path.read_bytes()
        (length,) = struct.unpack_from("<Q", data)
        fields = json.loads(data[8 : 8 + length])
        change(fields)
        path.write_bytes(header(fields, data[8 + length :]))

    return break_


MODELS: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text("not a model"),
    "a header of 16 exabytes": lambda path: path.write_bytes(b"\xff" * 7 + b"\x7f" + b"{}"),
    "a header that is a list": lambda path: path.write_bytes(header([])),
    "no tensors": lambda path: path.write_bytes(header({})),
    "half of it": halved,
    "no card": with_card(lambda fields: fields.pop("__metadata__")),
    "a card that is no object": with_card(lambda fields: fields.update(__metadata__={"card": "[]"})),
    "tensors outside the file": with_card(
        lambda fields: next(value for key, value in fields.items() if key != "__metadata__").update(
            data_offsets=[0, 1 << 40]
        )
    ),
    "a picture": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100)),
}


@pytest.mark.parametrize("name", MODELS)
def test_a_broken_model_is_refused_before_any_picture(say, here, photo, name):
    photo("a.png")
    path = save_model(here / "model.safetensors")
    MODELS[name](path)
    said = say("upscale", "a.png", "--model", path)
    assert (said.status, said.out) == (2, "")
    assert "model.safetensors" in said.err
    assert files_in(here) == ["a.png", "model.safetensors"]
    said = say("models", "verify", path, "--json")
    assert said.status in (1, 2)


RUNS: dict[str, Callable[[Path], object]] = {
    "missing": lambda folder: None,
    "a file": lambda folder: folder.write_text("no folder"),
    "empty": lambda folder: folder.mkdir(),
    "a spec that is no TOML": lambda folder: (folder.mkdir(), (folder / "run.toml").write_text("scale =")),
    "a spec of bytes": lambda folder: (folder.mkdir(), (folder / "run.toml").write_bytes(b"\xff\xfe\0")),
    "a spec without anything": lambda folder: (folder.mkdir(), (folder / "run.toml").write_text("")),
}


@pytest.mark.parametrize("words", [["runs", "show"], ["runs", "resume"], ["diagnose"]], ids=" ".join)
@pytest.mark.parametrize("name", RUNS)
def test_a_broken_run_is_refused(say, here, words, name):
    RUNS[name](here / "run")
    before = files_in(here)
    said = say(*words, "./run")
    assert said.status in (1, 2), said
    assert said.err.strip()
    assert [name for name in files_in(here) if name != str(Path("run", "lock"))] == before


SPECS = {
    "empty": "",
    "no TOML": "scale = ",
    "a scale that isn't there": "scale = 7",
    "a word for a number": 'scale = "two"',
    "a list for a table": "scale = [2]",
}


@pytest.mark.parametrize("name", SPECS)
def test_a_broken_spec_is_refused(say, here, name):
    (here / "run.toml").write_text(SPECS[name])
    said = say("train", "--spec", "run.toml")
    assert said.status in (1, 2)
    assert said.err.strip()
    assert files_in(here) == ["run.toml"]
