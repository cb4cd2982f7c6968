"""Our networks for other programs: weights as an ONNX model, luma in and luma out, of any size.

ONNX files are protocol buffers. The few messages a chain of convolutions needs are written here directly, since the
usual way (torch's exporter) needs two more large packages. The transposed convolution goes out as it is: folded, as
the engine computes it, ONNX Runtime took as long at x3 and x4 and longer at x2.
Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, whose field numbers these are, and
https://onnx.ai/onnx/operators/ for the operators.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
import safetensors
import safetensors.numpy
from numpy.typing import NDArray

from sr_desktop.cards import CARD_KEY, FIRST_SIZE, Card, NetworkShape
from sr_desktop.errors import ModelError
from sr_desktop.library.catalogue import Entry
from sr_desktop.system import atomic_write

INPUT, OUTPUT = "low", "high"
"""Names of the graph's input (N×1×H×W full-range luma in [0, 1]) and output (scale times as large, not clipped)."""

_IR_VERSION = 8
_OPSET = 13
"""Old enough for every runtime in use; the operators here have not changed since."""

_FLOAT = 1
_INTEGERS = 7

_Tensors = Mapping[str, NDArray[np.float32]]


def write(entry: Entry, target: Path) -> None:
    """Write a model as ONNX to `target`, replacing what is there; the card goes along in its metadata.

    Raises:
        ModelError: The weights can't be read, or the file can't be written.
    """
    try:
        content = model(safetensors.numpy.load_file(entry.path), entry.card)
    except (OSError, KeyError, safetensors.SafetensorError) as error:
        raise ModelError(f"The model {entry.name} is damaged.", "Copy or train it again.") from error
    try:
        atomic_write.write_whole(target, content)
    except OSError as error:
        raise ModelError(f"{target} can't be written: {error.strerror}.", "Choose another folder.") from error


def model(tensors: _Tensors, card: Card) -> bytes:
    """Return the content of an ONNX file that computes the network of `card` with `tensors`.

    Raises:
        KeyError: A tensor is missing.
    """
    metadata = _text(1, CARD_KEY) + _text(2, card.to_json())
    opset = _text(1, "") + _integer(2, _OPSET)
    return b"".join(
        (
            _integer(1, _IR_VERSION),
            _text(2, "sr_desktop"),
            _text(6, card.description),
            _message(7, _graph(tensors, card.shape, card.name or "fsrcnn")),
            _message(8, opset),
            _message(14, metadata),
        )
    )


def _graph(tensors: _Tensors, shape: NetworkShape, name: str) -> bytes:
    return b"".join(
        (
            *(_message(1, node) for node in _nodes(shape)),
            _text(2, name),
            *(_message(5, _tensor(key, tensors[key])) for key in _tensor_names(shape)),
            _message(11, _value(INPUT, ("batch", 1, "height", "width"))),
            _message(12, _value(OUTPUT, ("batch", 1, "high_height", "high_width"))),
        )
    )


def _nodes(shape: NetworkShape) -> Iterator[bytes]:
    """Give the operators in order."""
    value = INPUT
    for number, size in enumerate((FIRST_SIZE, 1, *[3] * shape.mapping, 1)):
        inputs = [value, f"convolutions.{number}.weight", f"convolutions.{number}.bias"]
        yield _node("Conv", inputs, f"sum{number}", {"pads": [size // 2] * 4})
        value = f"features{number}"
        yield _node("PRelu", [f"sum{number}", f"activations.{number}.weight"], value)
    inputs = [value, "deconvolution.weight", "deconvolution.bias"]
    steps, missing = [shape.scale] * 2, [shape.output_padding] * 2
    attributes = {"pads": [shape.padding] * 4, "strides": steps, "output_padding": missing}
    yield _node("ConvTranspose", inputs, OUTPUT, attributes)


def _tensor_names(shape: NetworkShape) -> list[str]:
    layers = [f"convolutions.{number}" for number in range(shape.mapping + 3)]
    weighted = [f"{layer}.{kind}" for layer in (*layers, "deconvolution") for kind in ("weight", "bias")]
    return [*weighted, *(f"activations.{number}.weight" for number in range(len(layers)))]


def _node(operator: str, inputs: list[str], output: str, attributes: Mapping[str, list[int]] | None = None) -> bytes:
    parts = [_text(1, name) for name in inputs]
    parts += [_text(2, output), _text(3, f"{operator}-{output}"), _text(4, operator)]
    for name, values in (attributes or {}).items():
        numbers = b"".join(_integer(8, value) for value in values)
        parts.append(_message(5, _text(1, name) + numbers + _integer(20, _INTEGERS)))
    return b"".join(parts)


def _tensor(name: str, values: NDArray[np.float32]) -> bytes:
    if name.startswith("activations."):
        values = values.reshape(-1, 1, 1)  # a slope per channel, as PRelu's broadcasting wants it
    dimensions = b"".join(_integer(1, length) for length in values.shape)
    return dimensions + _integer(2, _FLOAT) + _text(8, name) + _message(9, values.astype("<f4").tobytes())


def _value(name: str, dimensions: Iterable[int | str]) -> bytes:
    parts = [_integer(1, item) if isinstance(item, int) else _text(2, item) for item in dimensions]
    shape = b"".join(_message(1, part) for part in parts)
    tensor_type = _integer(1, _FLOAT) + _message(2, shape)
    return _text(1, name) + _message(2, _message(1, tensor_type))


def _integer(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _text(number: int, value: str) -> bytes:
    return _message(number, value.encode())


def _message(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    """Return a non-negative integer seven bits at a time, lowest first.

    Source: https://protobuf.dev/programming-guides/encoding/#varints
    """
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)
