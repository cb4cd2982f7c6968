"""JPEG data decoded with an ear for what libjpeg only warns of.

Where data is missing or makes no sense, libjpeg goes on with grey or with nonsense, and warns; OpenCV and Pillow keep the
warning to themselves, so that half a picture looks like any other. simplejpeg is the same library, gives the same samples,
and tells.
"""

import numpy as np
import simplejpeg

from sr_desktop.imaging.raster import Change, Samples

DAMAGE = Change("damage", "Its data is damaged: parts of the picture may be grey or wrong.")

COLOUR_SPACES = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK"}
"""What a picture's mode, as Pillow has it, is called here."""

_DAMAGE_WARNINGS = (
    "premature end of data segment",
    "bad Huffman code",
    "bad arithmetic code",
    "instead of RST",
    "Inconsistent progression",
)
"""Those of libjpeg's warnings (jerror.h) that mean wrong samples. Others are harmless: bytes too many, odd markers. A file
that just stops is not among them, since OpenCV and Pillow refuse it themselves where samples are missing."""


def decode(data: bytes, mode: str) -> tuple[Samples | None, bool]:
    """Return H×W×C samples as stored, and whether the data is damaged; no samples where another decoder has to try.

    Args:
        data: The file's content.
        mode: One of `COLOUR_SPACES`.
    """
    try:
        samples = simplejpeg.decode_jpeg(data, COLOUR_SPACES[mode], strict=True)
    except ValueError as error:
        return None, any(warning in str(error) for warning in _DAMAGE_WARNINGS)
    return np.asarray(samples, np.uint8), False
