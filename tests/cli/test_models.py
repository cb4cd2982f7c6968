import cv2
import numpy as np
import pytest
import torch

from sr_desktop import paths
from sr_desktop.cards import Card, NetworkShape
from sr_desktop.engine import weights
from sr_desktop.library import index
from tests.cli.conftest import files_in
from tests.engine.conftest import busy_network
from tests.library.conftest import save_model


def test_the_list_says_what_each_model_is(say, here):
    save_model(paths.user_weights() / "mine.safetensors", 3)
    (paths.user_weights() / "bad.safetensors").write_bytes(b"bad")
    answer = say("models", "list", "--json").answer
    assert [item["name"] for item in answer["models"]][:3] == ["fsrcnn-x2", "fsrcnn-x3", "fsrcnn-x4"]
    mine = answer["models"][-1]
    assert (mine["scale"], mine["origin"], mine["features"]) == (3, "trained", 8)
    assert mine["sha256"] == index.fingerprint(paths.user_weights() / "mine.safetensors").sha256
    assert "not a safetensors file" in answer["broken"][0]["error"]["title"]
    lines = say("models", "list").out.splitlines()
    assert [line.split()[:3] for line in lines[-2:]] == [["mine", "3x", "trained"], ["bad", "--", "broken"]]


def test_sound_models_pass(say):
    said = say("models", "verify", "--json")
    assert said.status == 0
    assert said.answer == {"models": [{"name": f"fsrcnn-x{scale}", "error": None} for scale in (2, 3, 4)]}


def test_damage_a_gap_and_a_stranger_are_found(say, bundled):
    path = bundled / "fsrcnn-x2.safetensors"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    (bundled / "fsrcnn-x3.safetensors").unlink()
    save_model(bundled / "fsrcnn-x9.safetensors", 2)
    said = say("models", "verify", "--json")
    assert said.status == 1
    errors = {item["name"]: item["error"] and item["error"]["title"] for item in said.answer["models"]}
    assert "damaged or changed" in errors["fsrcnn-x2"]
    assert errors["fsrcnn-x3"] == "fsrcnn-x3.safetensors is missing."
    assert errors["fsrcnn-x4"] is None
    assert "not one of the models" in errors["fsrcnn-x9"]


def test_single_models_can_be_verified(say, here):
    save_model(here / "a.safetensors")
    (here / "b.safetensors").write_bytes((here / "a.safetensors").read_bytes()[:-9])
    said = say("models", "verify", "a.safetensors", "b.safetensors", "nope", "--json")
    assert said.status == 1
    assert [item["error"] is None for item in said.answer["models"]] == [True, False, False]
    assert say("models", "verify", "fsrcnn-x2").out == f"{'fsrcnn-x2':24} ok\n"


def test_a_missing_index_is_a_finding(say, bundled):
    (bundled / index.INDEX_NAME).unlink()
    said = say("models", "verify")
    assert said.status == 1
    assert "list of bundled models can't be read" in said.out


def test_an_imported_model_can_be_used_at_once(say, photo, here):
    save_model(here / "file.safetensors", 3)
    assert say("models", "import", "file.safetensors", "--name", "mine", "--json").answer["name"] == "mine"
    photo("a.png")
    assert say("upscale", "a.png", "--scale", "3", "--model", "mine").status == 0


def test_a_foreign_file_is_converted(say, here):
    network = busy_network(NetworkShape(2, features=8, shrunk=4, mapping=2, padding=4))
    torch.save(network.state_dict(), here / "foreign.pth")
    said = say("models", "import", "foreign.pth")
    assert (said.status, said.out) == (2, "")
    assert "Add --scale" in said.err
    answer = say("models", "import", "foreign.pth", "--scale", "2", "--json").answer
    assert (answer["name"], answer["origin"], answer["mapping"]) == ("foreign", "imported", 2)
    assert say("models", "verify", "foreign").status == 0


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["gone.safetensors"], 1, "can't be read"),
        (["text.safetensors"], 1, "not a safetensors file"),
        (["nan.safetensors"], 1, "not finite"),
        (["good.safetensors", "--name", "fsrcnn-x2"], 1, "already"),
        (["good.safetensors", "--name", "a/b"], 1, "can't be called"),
        (["good.safetensors", "--scale", "4"], 2, "Leave --scale out"),
        (["gone.pth", "--scale", "2"], 1, "can't be read"),
        (["text.pth", "--scale", "2"], 1, "can't be read safely"),
    ],
)
def test_what_cannot_be_imported_is_a_sentence(say, here, words, status, said):
    save_model(here / "good.safetensors")
    for name in ("text.safetensors", "text.pth"):
        (here / name).write_text("text")
    network = busy_network(NetworkShape(2, features=8, shrunk=4, mapping=2))
    tensors = {key: torch.full_like(value, np.nan) for key, value in network.state_dict().items()}
    weights.save(here / "nan.safetensors", tensors, Card(network.shape))
    answer = say("models", "import", *words, "--json")
    assert (answer.status, answer.out) == (status, "")
    assert said in answer.err
    assert not list(paths.user_weights().glob("*"))


def test_models_go_out_as_they_are_or_as_onnx(say, here, bundled):
    (here / "folder").mkdir()
    assert say("models", "export", "fsrcnn-x2", "folder").status == 0
    copy = here / "folder" / "fsrcnn-x2.safetensors"
    assert copy.read_bytes() == (bundled / "fsrcnn-x2.safetensors").read_bytes()
    answer = say("models", "export", "fsrcnn-x2", "x2.onnx", "--json").answer
    assert answer == {"name": "fsrcnn-x2", "output": "x2.onnx", "format": "onnx"}
    runtime = cv2.dnn.readNetFromONNX(str(here / "x2.onnx"))
    runtime.setInput(np.zeros((1, 1, 12, 20), np.float32))
    assert runtime.forward().shape == (1, 1, 24, 40)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["fsrcnn-x2", "there.onnx"], 1, "exists already"),
        (["fsrcnn-x2", "out.pb"], 2, "Let it end in .safetensors or .onnx"),
        (["nope", "out.onnx"], 1, "no model called"),
        (["fsrcnn-x2", "no folder/out.onnx"], 1, "can't be written"),
    ],
)
def test_what_cannot_be_exported_is_a_sentence(say, here, words, status, said):
    (here / "there.onnx").write_text("mine")
    answer = say("models", "export", *words)
    assert (answer.status, answer.out) == (status, "")
    assert said in answer.err
    assert files_in(here) == ["there.onnx"]
    assert (here / "there.onnx").read_text() == "mine"


def test_an_export_replaces_when_told(say, here):
    (here / "there.onnx").write_text("mine")
    assert say("models", "export", "fsrcnn-x2", "there.onnx", "--overwrite").status == 0
    assert (here / "there.onnx").stat().st_size > 1000


def test_only_ones_own_models_can_be_deleted(say, bundled):
    save_model(paths.user_weights() / "mine.safetensors")
    assert say("models", "delete", "mine", "--json").answer["name"] == "mine"
    assert "no model called" in say("models", "delete", "mine").err
    said = say("models", "delete", "fsrcnn-x2")
    assert said.status == 1
    assert "came with the program" in said.err
    assert (bundled / "fsrcnn-x2.safetensors").exists()


def test_an_action_is_needed(say):
    assert say("models").status == 2
