"""Weight files: safetensors with a card in the header; foreign `.pth` files are converted or refused in words."""

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import safetensors
import safetensors.torch
import torch
from torch import Tensor

from sr_desktop.cards import CARD_KEY, Card, NetworkShape, read_card
from sr_desktop.engine.network import FSRCNN, deduce_shape
from sr_desktop.errors import ModelError
from sr_desktop.system import atomic_write

LIMIT_BYTES = 64_000_000
"""FSRCNN takes 60 kB; far more than that is another kind of network."""


def save(path: Path, tensors: Mapping[str, Tensor], card: Card) -> None:
    """Write weights and their card; the file appears whole or not at all.

    Raises:
        ModelError: The folder can't be written to.
    """
    plain = {name: tensor.detach().to("cpu", torch.float32).contiguous() for name, tensor in tensors.items()}
    content = safetensors.torch.save(plain, metadata={CARD_KEY: card.to_json()})
    try:
        atomic_write.write_whole(path, content)
    except OSError as error:
        raise ModelError(
            f"The model {path.name} can't be written: {error.strerror}.", "Choose another folder."
        ) from error


def load(path: Path) -> tuple[FSRCNN, Card]:
    """Return the network in a weights file, on the CPU in float32, and its card.

    Raises:
        ModelError: The file is missing, broken, or its tensors are not what its card says.
    """
    card = read_card(path)
    try:
        tensors = safetensors.torch.load_file(path)
    except (OSError, safetensors.SafetensorError) as error:
        raise ModelError(f"The model {path.name} is damaged.", "Copy or train it again.") from error
    return network_from(tensors, card.shape, path.name), card


def network_from(tensors: Mapping[str, Tensor], shape: NetworkShape, name: str) -> FSRCNN:
    """Return a network with these tensors, checked against the shape that its card claims.

    Raises:
        ModelError: The tensors are of another shape, or hold values that are not finite.
    """
    try:
        deduced = deduce_shape(tensors, shape.scale, shape.padding)
    except ValueError as error:
        raise ModelError(f"{name} is not an FSRCNN model: {error}.", "Choose a model made for this program.") from error
    if deduced != shape:
        raise ModelError(f"{name} does not hold the network its card describes.", "Copy or train it again.")
    broken = [key for key, tensor in tensors.items() if not tensor.isfinite().all()]
    if broken:
        raise ModelError(f"{name} holds numbers that are not finite, in {broken[0]}.", "Train it again.")
    network = FSRCNN(shape)
    network.load_state_dict({key: tensor.float() for key, tensor in tensors.items()})
    return network.eval()


def load_foreign(path: Path, scale: int) -> tuple[FSRCNN, Card]:
    """Return the network in a `.pth` file of the usual public FSRCNN code, whose layers go by other names.

    Layers are taken in their order in the file: convolutions, PReLUs and one transposed convolution. Such networks see
    studio-range luma (16 to 235); ours sees full range, so the affine map between the two is folded into the first and
    the last layer.

    Raises:
        ModelError: The file can't be read safely, or does not hold an FSRCNN.
    """
    loaded = _unpickled(path)
    tensors = loaded.get("state_dict", loaded.get("params", loaded))
    if not isinstance(tensors, dict) or not all(isinstance(item, Tensor) for item in tensors.values()):
        raise ModelError(f"{path.name} does not hold a list of tensors.", "Export the state dict of the network.")
    renamed = _full_range(_in_our_names(tensors, path.name))
    padding = DECONVOLUTION_PADDING_ELSEWHERE
    try:
        shape = deduce_shape(renamed, scale, padding)
    except ValueError as error:
        raise ModelError(f"{path.name} is not an FSRCNN model: {error}.", "Only FSRCNN can be imported.") from error
    card = Card(shape, name=path.stem, description=f"Imported from {path.name}.", origin="imported")
    return network_from(renamed, shape, path.name), card


DECONVOLUTION_PADDING_ELSEWHERE = 4
"""The usual public code pads by 9 // 2 at every scale; the file does not say."""

STUDIO_GAIN, STUDIO_OFFSET = 219 / 255, 16 / 255
"""ITU-R BT.601: studio luma is 16/255 + 219/255 of full-range luma."""


def _unpickled(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LIMIT_BYTES:
            raise ModelError(f"{path.name} is too large for an FSRCNN model.", "Only FSRCNN can be imported.")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # about pickle protocols; what can't be read is refused below
            loaded = torch.load(path, map_location="cpu", weights_only=True)
    except OSError as error:
        raise ModelError(f"The model {path.name} can't be read: {error.strerror}.", "Check the path.") from error
    except ModelError:
        raise
    except Exception as error:  # torch's reader stumbles over foreign bytes in any way there is
        raise ModelError(
            f"{path.name} can't be read safely: it is broken or holds more than tensors.",
            "Save only the state dict of the network and import that.",
        ) from error
    if not isinstance(loaded, dict):
        raise ModelError(f"{path.name} does not hold a list of tensors.", "Export the state dict of the network.")
    return loaded


def _in_our_names(tensors: Mapping[str, Tensor], name: str) -> dict[str, Tensor]:
    """Rename by order: a 4-D weight is a layer, its bias follows it, a lone vector is a PReLU."""
    ordered = [(key.removeprefix("module."), value) for key, value in tensors.items()]
    layers = [key.removesuffix(".weight") for key, value in ordered if value.ndim == 4]
    if len(layers) < 4:
        raise ModelError(f"{name} is not an FSRCNN model.", "Only FSRCNN can be imported.")
    renamed: dict[str, Tensor] = {}
    slopes = 0
    for key, value in ordered:
        layer, _, kind = key.rpartition(".")
        if layer in layers:
            number = layers.index(layer)
            target = "deconvolution" if number == len(layers) - 1 else f"convolutions.{number}"
            renamed[f"{target}.{kind}"] = value
        else:
            width = renamed[f"convolutions.{slopes}.weight"].shape[0] if slopes < len(layers) - 1 else 0
            renamed[f"activations.{slopes}.weight"] = value.expand(width) if value.numel() == 1 else value
            slopes += 1
    return renamed


def _full_range(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    first = tensors["convolutions.0.weight"]
    shifted = dict(tensors)
    shifted["convolutions.0.weight"] = first * STUDIO_GAIN
    shifted["convolutions.0.bias"] = tensors["convolutions.0.bias"] + STUDIO_OFFSET * first.sum((1, 2, 3))
    shifted["deconvolution.weight"] = tensors["deconvolution.weight"] / STUDIO_GAIN
    shifted["deconvolution.bias"] = (tensors["deconvolution.bias"] - STUDIO_OFFSET) / STUDIO_GAIN
    return shifted
