import pickle

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from sr_desktop.cards import Card, NetworkShape, read_card
from sr_desktop.engine import weights
from sr_desktop.errors import ModelError

from .conftest import busy_network

SHAPE = NetworkShape(2, 6, 3, 1)


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "model.safetensors"
    weights.save(path, busy_network(SHAPE).state_dict(), Card(SHAPE, "tiny"))
    return path


@given(st.integers(0, 1000), st.sampled_from([2, 3, 4]), st.integers(1, 9), st.integers(1, 5), st.integers(0, 3))
def test_weights_survive_save_and_load(tmp_path_factory, seed, scale, features, shrunk, mapping):
    shape = NetworkShape(scale, features, shrunk, mapping)
    network = busy_network(shape, seed)
    card = Card(shape, "n", "d", ("T91",), "terms", "command", {"Set5 psnr_y_db": 36.5}, "bundled")
    path = tmp_path_factory.mktemp("weights") / "model.safetensors"
    weights.save(path, network.state_dict(), card)
    loaded, read = weights.load(path)
    assert read == card
    assert all(torch.equal(tensor, loaded.state_dict()[name]) for name, tensor in network.state_dict().items())


def test_a_missing_file_is_refused_in_words(tmp_path):
    with pytest.raises(ModelError, match="can't be read"):
        weights.load(tmp_path / "nothing.safetensors")


@pytest.mark.parametrize("content", [b"", b"\0" * 7, b"not a model at all", b"\xff" * 64, b"\x02\0\0\0\0\0\0\0[]"])
def test_a_file_that_is_not_safetensors_is_refused_in_words(tmp_path, content):
    path = tmp_path / "model.safetensors"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="not a safetensors file"):
        weights.load(path)


def test_a_truncated_file_is_refused_in_words(saved):
    saved.write_bytes(saved.read_bytes()[:-40])
    with pytest.raises(ModelError, match="damaged"):
        weights.load(saved)


def test_a_file_without_a_card_is_refused_in_words(tmp_path):
    import safetensors.torch

    path = tmp_path / "model.safetensors"
    safetensors.torch.save_file({"a": torch.zeros(1)}, path)
    with pytest.raises(ModelError, match="no model card"):
        weights.load(path)


def test_a_card_that_does_not_fit_the_tensors_is_refused(tmp_path):
    path = tmp_path / "model.safetensors"
    weights.save(path, busy_network(SHAPE).state_dict(), Card(NetworkShape(2, 7, 3, 1)))
    with pytest.raises(ModelError, match="does not hold the network"):
        weights.load(path)


def test_numbers_that_are_not_finite_are_refused(tmp_path):
    path = tmp_path / "model.safetensors"
    network = busy_network(SHAPE)
    network.deconvolution.weight.data[0, 0, 0, 0] = float("nan")
    weights.save(path, network.state_dict(), Card(SHAPE))
    with pytest.raises(ModelError, match="not finite"):
        weights.load(path)


def test_a_folder_that_is_gone_is_named(tmp_path):
    with pytest.raises(ModelError, match="can't be written"):
        weights.save(tmp_path / "gone" / "model.safetensors", busy_network(SHAPE).state_dict(), Card(SHAPE))


def foreign_tensors(network):
    """Return the tensors under the names of the usual public code, for studio-range luma."""
    names = {"convolutions.0": "first_part.0", "activations.0": "first_part.1", "deconvolution": "last_part"}
    for number in range(1, len(network.convolutions)):
        names[f"convolutions.{number}"] = f"mid_part.{2 * number - 2}"
        names[f"activations.{number}"] = f"mid_part.{2 * number - 1}"
    layers = [f"{kind}.{n}" for n in range(len(network.convolutions)) for kind in ("convolutions", "activations")]
    state = network.state_dict()
    return {
        f"{names[layer]}.{part}": state[f"{layer}.{part}"]
        for layer in [*layers, "deconvolution"]
        for part in ("weight", "bias")
        if f"{layer}.{part}" in state
    }


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_foreign_model_gives_the_same_picture_in_our_range(tmp_path, wrapped):
    shape = NetworkShape(3, 6, 3, 1, padding=4)
    foreign = busy_network(shape)
    tensors = foreign_tensors(foreign)
    path = tmp_path / "fsrcnn_x3.pth"
    torch.save({"state_dict": tensors, "epoch": 3} if wrapped else tensors, path)
    network, card = weights.load_foreign(path, 3)
    assert card.shape == shape
    assert card.origin == "imported"
    luma = torch.rand(1, 1, 20, 20)
    with torch.inference_mode():
        theirs = (foreign(luma * 219 / 255 + 16 / 255) - 16 / 255) * 255 / 219
        inner = slice(30, 33)  # away from the edge, where zero padding means black in one range and not in the other
        assert torch.allclose(network(luma)[..., inner, inner], theirs[..., inner, inner], atol=1e-5)


class Malicious:
    def __reduce__(self):
        return print, ("this must never be printed",)


def test_a_pickle_that_runs_code_is_refused(tmp_path, capsys):
    path = tmp_path / "evil.pth"
    path.write_bytes(pickle.dumps({"a": Malicious()}))
    with pytest.raises(ModelError, match="can't be read safely"):
        weights.load_foreign(path, 2)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [([1, 2], "list of tensors"), ({"epoch": 1}, "list of tensors"), ({"a": torch.zeros(3)}, "not an FSRCNN")],
)
def test_a_pth_of_something_else_is_refused_in_words(tmp_path, content, words):
    path = tmp_path / "other.pth"
    torch.save(content, path)
    with pytest.raises(ModelError, match=words):
        weights.load_foreign(path, 2)


def test_an_empty_or_missing_pth_is_refused_in_words(tmp_path):
    (tmp_path / "empty.pth").touch()
    for name in ("empty.pth", "missing.pth"):
        with pytest.raises(ModelError):
            weights.load_foreign(tmp_path / name, 2)


def test_the_card_is_read_without_the_tensors(saved):
    assert read_card(saved).name == "tiny"
