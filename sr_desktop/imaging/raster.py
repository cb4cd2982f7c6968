"""A picture as it was in the file: its samples, and everything that has to come out again unchanged."""

from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Samples: TypeAlias = NDArray[np.uint8] | NDArray[np.uint16] | NDArray[np.float32]
"""H×W×C samples in the depth of the file; full scale is 255, 65535 or 1.0."""

Floats: TypeAlias = NDArray[np.float32]
"""Finite float32 samples in [0, 1]: H×W (luma) or H×W×C."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that could not be kept on the way from file to file.

    Attributes:
        id: One of the documented ids (`exif`, `icc`, `depth`, `alpha`, `pages` …).
        text: One sentence for a person.
    """

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class JpegEncoding:
    """How a JPEG file was encoded, so that the result is no worse.

    Attributes:
        quality: The least quality, 1 to 100, whose steps are all as fine as the file's.
        subsampling: Pillow's number: 0 for colour in full resolution (4:4:4), 1 in half (4:2:2), 2 in a quarter (4:2:0).
        progressive: Whether it appears in passes.
    """

    quality: int
    subsampling: int
    progressive: bool


@dataclass(frozen=True, slots=True)
class Metadata:
    r"""What travels beside the samples, as the bytes the file had.

    Attributes:
        icc: ICC profile of the samples.
        exif: TIFF-structured EXIF block without the `Exif\0\0` prefix; its orientation tag is 1 or absent.
        xmp: XMP packet.
        iptc: IPTC-IIM record (the payload of Photoshop's resource 0x0404).
        text: PNG text chunks as (keyword, text).
        density: Pixels per inch, horizontal and vertical, of the picture as it was read.
        colour_chunks: PNG chunks about colour (gAMA, cHRM, sRGB, cICP …) as (type, content).
        jpeg: How the file was encoded, if it was a JPEG file.
        duration_ms: How long this frame of an animation is shown.
    """

    icc: bytes | None = None
    exif: bytes | None = None
    xmp: bytes | None = None
    iptc: bytes | None = None
    text: tuple[tuple[str, str], ...] = ()
    density: tuple[float, float] | None = None
    colour_chunks: tuple[tuple[bytes, bytes], ...] = ()
    jpeg: JpegEncoding | None = None
    duration_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Raster:
    """One picture: read-only samples with the orientation already applied, and its metadata.

    Attributes:
        samples: H×W×C; C is 1 (grey), 2 (grey and alpha), 3 (RGB) or 4 (RGBA); alpha is straight.
        metadata: What travels beside the samples.
        format: Name of the format it came from (`PNG`, `JPEG` …); empty for a picture made in memory.
        changes: What reading could not keep.
    """

    samples: Samples
    metadata: Metadata = field(default_factory=Metadata)
    format: str = ""
    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        if self.samples.ndim != 3 or self.samples.shape[2] not in (1, 2, 3, 4) or 0 in self.samples.shape:
            raise ValueError(f"samples must be H×W×C with 1 to 4 channels, not {self.samples.shape}")
        if self.samples.dtype not in (np.uint8, np.uint16, np.float32):
            raise ValueError(f"samples must be uint8, uint16 or float32, not {self.samples.dtype}")
        self.samples.flags.writeable = False

    @property
    def height(self) -> int:
        """Rows."""
        return int(self.samples.shape[0])

    @property
    def width(self) -> int:
        """Columns."""
        return int(self.samples.shape[1])

    @property
    def is_grey(self) -> bool:
        """Whether there is one colour channel."""
        return int(self.samples.shape[2]) <= 2

    @property
    def colours(self) -> int:
        """Number of channels that are not alpha: 1 or 3."""
        return 1 if self.is_grey else 3

    @property
    def has_alpha(self) -> bool:
        """Whether the last channel is alpha."""
        return int(self.samples.shape[2]) in (2, 4)

    @property
    def bits(self) -> int:
        """Bits per sample: 8, 16 or 32."""
        return self.samples.dtype.itemsize * 8

    @property
    def full_scale(self) -> float:
        """The sample value that means 1.0."""
        return {8: 255.0, 16: 65535.0, 32: 1.0}[self.bits]
