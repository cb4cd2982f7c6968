"""Which device computes, in which precision, and what that is called."""

from dataclasses import dataclass

import torch

from sr_desktop.choices import DEVICES, PRECISIONS
from sr_desktop.errors import DeviceError, UsageError

_DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


@dataclass(frozen=True, slots=True)
class Device:
    """Where and how the network computes.

    Attributes:
        kind: `cpu`, `cuda`, `mps` or `xpu`.
        precision: `fp32`, `bf16` or `fp16`.
    """

    kind: str
    precision: str

    @property
    def torch_device(self) -> torch.device:
        """The device in torch's terms."""
        return torch.device(self.kind)

    @property
    def dtype(self) -> torch.dtype:
        """The number format in torch's terms."""
        return _DTYPES[self.precision]

    @property
    def is_accelerator(self) -> bool:
        """Whether this is anything but the CPU."""
        return self.kind != "cpu"


def accelerator() -> str | None:
    """Return the kind of accelerator torch can use now, if any."""
    if not torch.accelerator.is_available():
        return None
    found = torch.accelerator.current_accelerator()
    return found.type if found is not None else None


def choose(device: str = "auto", precision: str = "auto") -> Device:
    """Return the device for a request.

    `auto` precision is fp16 on CUDA, which loses less than 0.02 dB, and fp32 elsewhere: on CPUs bf16 was no faster
    even where the instructions exist (139–150 against 110–123 ms for 960×540 at x2).

    Raises:
        DeviceError: The requested device is not there.
        UsageError: No such device or precision.
    """
    if device not in DEVICES:
        raise UsageError(f"There is no device “{device}”.", f"Choose one of {', '.join(DEVICES)}.")
    if precision not in PRECISIONS:
        raise UsageError(f"There is no precision “{precision}”.", f"Choose one of {', '.join(PRECISIONS)}.")
    found = accelerator()
    kind = (found or "cpu") if device == "auto" else device
    if kind not in ("cpu", found):
        raise DeviceError(f"This computer has no {kind} device that can be used.", "Choose the device “auto” or “cpu”.")
    if precision == "auto":
        precision = "fp16" if kind == "cuda" else "fp32"
    return Device(kind, precision)


def describe(device: Device) -> str:
    """Return a name for a person, such as `CPU` or the graphics card's own."""
    if device.kind == "cuda":
        return torch.cuda.get_device_name(device.torch_device)
    return device.kind.upper()
