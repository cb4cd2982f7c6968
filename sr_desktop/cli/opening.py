"""The models of one run, opened on its device."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sr_desktop.engine.model import Model, open_model
from sr_desktop.errors import DeviceError, ModelError, UsageError


@dataclass(slots=True)
class Models:
    """The models of one run, each opened when it is first needed.

    Attributes:
        files: Weights file by scale.
        device: As on the command line.
        precision: As on the command line.
    """

    files: Mapping[int, Path]
    device: str
    precision: str
    _opened: dict[int, Model] = field(default_factory=dict)

    def __call__(self, scale: int) -> Model:
        """Return the model for a scale.

        Raises:
            ModelError: Its file can't be used.
            DeviceError: The device can't.
        """
        if scale not in self._opened:
            self._opened[scale] = open_model(self.files[scale], self.device, self.precision, _say_fallback)
        return self._opened[scale]

    def open_one(self) -> None:
        """Open one of them, so that a device that can't be used is noticed before the first picture.

        Raises:
            UsageError: The model or the device can't be used.
        """
        try:
            self(min(self.files))
        except (ModelError, DeviceError) as error:
            raise UsageError(error.title, error.hint) from error


def _say_fallback(sentence: str) -> None:
    print(sentence, file=sys.stderr)
