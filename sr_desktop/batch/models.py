"""The models of one run, opened on its device."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import torch

from sr_desktop.choices import Passes
from sr_desktop.engine.model import Model, open_model
from sr_desktop.errors import DeviceError, ModelError, UsageError
from sr_desktop.imaging.writing import deflate
from sr_desktop.system import malloc


@dataclass(slots=True)
class Models:
    """The models of one run, each opened when it is first needed; on the CPU each thread needs its own.

    Attributes:
        files: Weights file by scale.
        device: As on the command line.
        precision: As on the command line.
        say: Called with a sentence when an accelerator failed and the CPU goes on.
        passes: As of `engine.model.Model`.
    """

    files: Mapping[int, Path]
    device: str
    precision: str
    say: Callable[[str], None]
    passes: Passes = 1
    _opened: dict[int, Model] = field(default_factory=dict)
    _opening: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, scale: int) -> Model:
        """Return the model for a scale.

        Raises:
            ModelError: Its file can't be used.
            DeviceError: The device can't.
        """
        with self._opening:
            if scale not in self._opened:
                self._opened[scale] = open_model(
                    self.files[scale], self.device, self.precision, self._tell, self.passes
                )
            return self._opened[scale]

    def _tell(self, sentence: str) -> None:
        self.say(sentence)  # whoever listens by then

    def open_one(self) -> None:
        """Open one of them, so that a device that can't be used is noticed before the first picture.

        Raises:
            UsageError: The model or the device can't be used.
        """
        try:
            self(min(self.files))
        except (ModelError, DeviceError) as error:
            raise UsageError(error.title, error.hint) from error

    def for_another_thread(self) -> "Models":
        """Return models for a thread that computes beside this one: the same on an accelerator, which has one queue."""
        if any(model.device.is_accelerator for model in self._opened.values()):
            return self
        return Models(self.files, self.device, self.precision, self.say, self.passes)

    def let_go(self) -> None:
        """Give their memory back; they are opened again when they are needed."""
        with self._opening:
            self._opened.clear()
        if torch.accelerator.is_available():
            torch.accelerator.empty_cache()
        malloc.give_back()


def cores() -> int:
    """Return how many cores torch would use: those that compute, and as many as a person allows."""
    return torch.get_num_threads()


def use_cores(count: int) -> None:
    """Let what this thread computes and compresses from now on take so many cores."""
    torch.set_num_threads(count)
    deflate.use_cores(count)
