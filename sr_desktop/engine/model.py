"""A network ready to compute: low-resolution luma in, high-resolution luma out, tile by tile."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from sr_desktop.cards import Card, NetworkShape
from sr_desktop.choices import Passes
from sr_desktop.engine import devices, weights
from sr_desktop.engine.devices import Device
from sr_desktop.engine.folding import FoldedFSRCNN
from sr_desktop.engine.network import FSRCNN
from sr_desktop.errors import DeviceError
from sr_desktop.imaging.raster import Floats

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """One of the eight ways to lay a picture on its grid.

    Attributes:
        quarters: Quarter turns, counter-clockwise.
        is_mirrored: Whether left and right are exchanged after that.
    """

    quarters: int
    is_mirrored: bool

    def of(self, plane: Floats) -> Floats:
        """Return an H×W plane laid so; a view."""
        turned = np.rot90(plane, self.quarters)
        return turned[:, ::-1] if self.is_mirrored else turned

    def undo(self, plane: Floats) -> Floats:
        """Return a plane that was laid so as it was before; a view."""
        return np.rot90(plane[:, ::-1] if self.is_mirrored else plane, -self.quarters)


TURNS = tuple(Turn(quarters, is_mirrored) for is_mirrored in (False, True) for quarters in range(4))
"""The first leaves a picture as it is."""


class Model:
    """An FSRCNN on a device, called with luma as numpy arrays.

    Threads may share it, and then take turns. When an accelerator fails for another reason than memory, it goes on with
    the CPU and says so once.

    Args:
        network: The reference network; it is copied.
        card: What is known about the weights.
        device: Where to compute.
        on_fallback: Called with a sentence when the accelerator failed and the CPU took over.
        passes: 1, or 8 for the mean over the turns and flips of each picture (Timofte et al., CVPR 2016, "seven ways to
            improve example-based single image super resolution"): better, in eight times the time.
    """

    def __init__(
        self,
        network: FSRCNN,
        card: Card,
        device: Device,
        on_fallback: Callable[[str], None] = log.warning,
        passes: Passes = 1,
    ) -> None:
        self.card = card
        self.device = device
        self.passes = passes
        self._network = network
        self._on_fallback = on_fallback
        self._turn = threading.Lock()
        self._folded = self._prepare()

    @property
    def shape(self) -> NetworkShape:
        """The network's shape."""
        return self.card.shape

    @property
    def scale(self) -> int:
        """How much larger the output is."""
        return self.card.shape.scale

    def _prepare(self) -> torch.nn.Module:
        folded = FoldedFSRCNN(self._network).eval().to(self.device.torch_device, self.device.dtype)
        for parameter in folded.parameters():
            if parameter.ndim == 4:
                parameter.data = parameter.data.contiguous(memory_format=torch.channels_last)
        return folded

    def __call__(self, luma: Floats) -> Floats:
        """Return (scale·H)×(scale·W) luma for H×W luma in [0, 1]; the result is not clipped.

        Raises:
            torch.OutOfMemoryError: The tile is too large for the device; try a smaller one.
        """
        if self.passes == 1:
            return self._once(luma)
        # Turned tiles are exact where plain ones are: the halo is as wide on all sides, and the zero padding beyond the
        # picture's edge turns with it. So a tiled picture still equals the whole one.
        total = self._once(luma)
        for turn in TURNS[1:]:
            total = total + turn.undo(self._once(turn.of(luma)))
        mean: Floats = total / np.float32(len(TURNS))
        return mean

    def _once(self, luma: Floats) -> Floats:
        with self._turn:
            try:
                return self._compute(luma)
            except torch.OutOfMemoryError:
                torch.accelerator.empty_cache()
                raise
            except RuntimeError as error:
                if not self.device.is_accelerator:
                    raise
                self._fall_back(error)
                return self._compute(luma)

    @torch.inference_mode()
    def _compute(self, luma: Floats) -> Floats:
        low = torch.from_numpy(np.ascontiguousarray(luma))[None, None]
        low = low.to(self.device.torch_device, self.device.dtype, memory_format=torch.channels_last)
        high: Floats = self._folded(low)[0, 0].float().cpu().numpy()
        return high

    def _fall_back(self, error: RuntimeError) -> None:
        log.error("the accelerator failed", exc_info=error)
        failed = self.device.kind
        self.device = Device("cpu", "fp32")
        self._folded = self._prepare()
        self._on_fallback(f"The {failed} device failed, so the CPU goes on: {str(error).splitlines()[0]}")


def open_model(
    path: Path,
    device: str = "auto",
    precision: str = "auto",
    on_fallback: Callable[[str], None] = log.warning,
    passes: Passes = 1,
) -> Model:
    """Return the model in a weights file, on the requested device.

    An accelerator chosen by `auto` that can't even take the network is replaced by the CPU, with a sentence; one that
    was asked for by name is an error.

    Raises:
        ModelError: The file is not a usable model.
        DeviceError: The requested device is not there or can't take the network.
        UsageError: No such device or precision.
    """
    network, card = weights.load(path)
    chosen = devices.choose(device, precision)
    try:
        return Model(network, card, chosen, on_fallback, passes)
    except RuntimeError as error:
        if not chosen.is_accelerator or device != "auto":
            raise DeviceError(f"The {chosen.kind} device can't be used: {error}", "Choose the device “cpu”.") from error
        on_fallback(f"The {chosen.kind} device can't be used, so the CPU computes: {str(error).splitlines()[0]}")
        return Model(network, card, Device("cpu", "fp32"), on_fallback, passes)
