"""What a weights file says about itself: the network's shape and a card, read from the header alone.

A safetensors file starts with the header's length (8 bytes, little-endian) and the header as JSON; the card is one
JSON text under the key `card` of its `__metadata__`. Reading it needs neither torch nor the tensors.
Source: https://github.com/huggingface/safetensors#format
"""

import dataclasses
import json
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sr_desktop.errors import ModelError

HEADER_LIMIT_BYTES = 1_000_000
"""Ours are about 4 kB; a longer header is not a network of this kind."""

CARD_KEY = "card"

DECONVOLUTION_SIZE = 9
FIRST_SIZE = 5

DECONVOLUTION_PADDING = {2: 4, 3: 3, 4: 3}
"""Chosen so that the 9×9 kernel sits as close to the centre of its low-resolution pixel as whole pixels allow."""


@dataclass(frozen=True, slots=True)
class NetworkShape:
    """FSRCNN(d, s, m) for one scale, in the paper's letters (Dong, Loy, Tang, ECCV 2016, arXiv 1608.00367).

    Attributes:
        scale: 2, 3 or 4.
        features: Channels after the first convolution (d).
        shrunk: Channels of the mapping layers (s).
        mapping: Number of 3×3 mapping layers (m).
        padding: Padding of the transposed convolution, in high-resolution pixels.
    """

    scale: int
    features: int = 56
    shrunk: int = 12
    mapping: int = 4
    padding: int = 0

    def __post_init__(self) -> None:
        if self.scale not in DECONVOLUTION_PADDING:
            raise ValueError(f"scale must be 2, 3 or 4, not {self.scale}")
        if not (1 <= self.features <= 512 and 1 <= self.shrunk <= 512 and 0 <= self.mapping <= 32):
            raise ValueError(f"not a shape of FSRCNN: {self.features}, {self.shrunk}, {self.mapping}")
        if self.padding == 0:
            object.__setattr__(self, "padding", DECONVOLUTION_PADDING[self.scale])
        if not 0 <= self.output_padding < self.scale:
            raise ValueError(f"padding {self.padding} does not give {self.scale} times the size")

    @property
    def output_padding(self) -> int:
        """Rows and columns added so that the output is exactly `scale` times the input."""
        return self.scale - DECONVOLUTION_SIZE + 2 * self.padding

    @property
    def kernel_reach(self) -> tuple[int, int]:
        """Low-resolution pixels that the transposed convolution sees before and after its own.

        Output sample `o` sums inputs `i` with `0 <= o + padding - scale * i < 9`; for `o` in pixel 0 that is
        `-reach[0] <= i <= reach[1]`.
        """
        before = (DECONVOLUTION_SIZE - 1 - self.padding) // self.scale
        after = (self.scale - 1 + self.padding) // self.scale
        return before, after

    @property
    def halo(self) -> int:
        """Low-resolution pixels around a tile that its output depends on."""
        return FIRST_SIZE // 2 + self.mapping + max(self.kernel_reach)

    @property
    def weights(self) -> int:
        """Number of weights without biases and PReLU slopes: 12,464 for FSRCNN, 3,937 for FSRCNN-s."""
        d, s = self.features, self.shrunk
        return FIRST_SIZE**2 * d + d * s + self.mapping * 9 * s * s + s * d + DECONVOLUTION_SIZE**2 * d


def small_shape(scale: int) -> NetworkShape:
    """Return the shape of FSRCNN-s, the paper's small network."""
    return NetworkShape(scale, features=32, shrunk=5, mapping=1)


@dataclass(frozen=True, slots=True)
class Card:
    """What is known about one set of weights.

    Attributes:
        shape: The network; also deduced from the tensors, and the two must agree.
        name: Short name such as `fsrcnn-x2`.
        description: One sentence for a person.
        training_data: Names of the picture sets it learned from.
        terms: Terms under which those pictures may be used.
        command: The command that made it, seed included.
        quality: Measured scores, such as `Set5 psnr_y_db`.
        origin: `bundled`, `trained` or `imported`.
    """

    shape: NetworkShape
    name: str = ""
    description: str = ""
    training_data: tuple[str, ...] = ()
    terms: str = ""
    command: str = ""
    quality: dict[str, float] = field(default_factory=dict)
    origin: str = "trained"

    def to_json(self) -> str:
        """Return the card as JSON for the file's header."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False, sort_keys=True)


def card_from_json(text: str) -> Card:
    """Return the card in `text`; unknown keys are skipped.

    Raises:
        ValueError: The text is not a card.
    """
    try:
        fields = json.loads(text)
        shape = NetworkShape(**_known(NetworkShape, fields["shape"]))
        values = {**_known(Card, fields), "shape": shape, "training_data": tuple(fields.get("training_data", ()))}
        return Card(**values)
    except (TypeError, KeyError, AttributeError, json.JSONDecodeError) as error:
        raise ValueError(f"not a card: {error}") from error


def _known(kind: type[Any], fields: dict[str, Any]) -> dict[str, Any]:
    names = {item.name for item in dataclasses.fields(kind)}
    return {key: value for key, value in fields.items() if key in names}


def read_header(path: Path) -> dict[str, Any]:
    """Return the JSON header of a safetensors file.

    Raises:
        ModelError: The file can't be read or is not safetensors.
    """
    try:
        with path.open("rb") as file:
            prefix = file.read(8)
            (length,) = struct.unpack("<Q", prefix) if len(prefix) == 8 else (0,)
            header = file.read(length) if 2 <= length <= HEADER_LIMIT_BYTES else b""
        fields = json.loads(header)
    except OSError as error:
        raise ModelError(f"The model {path.name} can't be read: {error.strerror}.", "Check the path.") from error
    except ValueError as error:
        raise ModelError(f"{path.name} is not a safetensors file.", "It may be damaged, or of another kind.") from error
    if not isinstance(fields, dict):
        raise ModelError(f"{path.name} is not a safetensors file.", "It may be damaged, or of another kind.")
    return fields


def read_card(path: Path) -> Card:
    """Return the card of a weights file, without reading its tensors.

    Raises:
        ModelError: The file can't be read, or carries no card.
    """
    metadata = read_header(path).get("__metadata__", {})
    try:
        return card_from_json(metadata[CARD_KEY])
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path.name} carries no model card.", "Import it to give it one.") from error
