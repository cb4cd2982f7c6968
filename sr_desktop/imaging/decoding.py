"""A picture's pixels in whatever form a file has them, as the samples of a `Raster`."""

from collections.abc import Iterator

import numpy as np
from PIL import Image

from sr_desktop.imaging.raster import Change, Samples

_PLAIN = {"L", "LA", "RGB", "RGBA"}


def decode(image: Image.Image) -> tuple[Samples, tuple[Change, ...]]:
    """Return an opened picture's samples as stored, not turned yet, and what had to be changed."""
    image.load()
    changes = tuple(_frame_changes(image))
    if image.mode in _PLAIN and "transparency" not in image.info:
        return _samples(image), changes
    mode, change = _target(image)
    return _samples(image.convert(mode)), (*changes, *change)


def _frame_changes(image: Image.Image) -> Iterator[Change]:
    frames = getattr(image, "n_frames", 1)
    if image.format == "MPO":
        yield Change("extra", "The second picture behind the first one is left out.")
    elif frames > 1 and image.format == "TIFF":
        yield Change("pages", f"Only the first of {frames} pages is used.")
    elif frames > 1:
        yield Change("animation", f"Only the first of {frames} frames is used.")


def _target(image: Image.Image) -> tuple[str, tuple[Change, ...]]:
    """Return the mode to convert to, and what that changes for a person."""
    transparent = "transparency" in image.info or image.mode in ("LA", "PA", "RGBa", "La", "RGBA")
    if image.mode in ("L", "LA", "La"):
        return ("LA" if transparent else "L"), ()
    if image.mode in ("RGB", "RGBA", "RGBa", "RGBX"):
        return ("RGBA" if transparent else "RGB"), ()
    if image.mode == "1":
        return "L", (Change("palette", "Black and white became grey, so that edges can be smooth."),)
    if image.mode in ("P", "PA"):
        return ("RGBA" if transparent else "RGB"), (Change("palette", "The palette became full colour."),)
    raise ValueError(f"no way from {image.mode} yet")


def _samples(image: Image.Image) -> Samples:
    samples = np.array(image)
    return samples[:, :, None] if samples.ndim == 2 else samples
