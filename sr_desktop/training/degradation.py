"""The low-resolution picture that belongs to a high-resolution one: MATLAB's bicubic, and what else was asked for."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from sr_desktop.imaging.resampling import crop_to_multiple, shrink_like_matlab
from sr_desktop.runs.spec import Degradation

Bytes = NDArray[np.uint8]


def degrade(high: Bytes, scale: int, degradations: Sequence[Degradation], random: np.random.Generator) -> Bytes:
    """Return 1/scale of an H×W×C picture whose sides are multiples of the scale.

    Blur comes before the reduction, as in a lens; noise after it, as on a sensor; JPEG last, as in the camera's file.
    Strengths are drawn evenly from their ranges.
    """
    by_kind = {item.kind: item for item in degradations}
    picture = crop_to_multiple(high, scale)
    if "blur" in by_kind:
        # The strength is in low-resolution pixels, since that is where it is seen.
        picture = _blurred(picture, _drawn(by_kind["blur"], random) * scale)
    low = shrink_like_matlab(picture, scale)
    if "noise" in by_kind:
        noisy = low + random.normal(0, max(_drawn(by_kind["noise"], random), 1e-6), low.shape)
        low = np.floor(noisy.clip(0, 255) + 0.5).clip(0, 255).astype(np.uint8)
    if "jpeg" in by_kind:
        low = _compressed(low, round(_drawn(by_kind["jpeg"], random)))
    return low


def _drawn(degradation: Degradation, random: np.random.Generator) -> float:
    return float(random.uniform(degradation.low, degradation.high))


def _blurred(picture: Bytes, std: float) -> Bytes:
    if std <= 0:
        return picture
    blurred = cv2.GaussianBlur(picture, (0, 0), std, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(blurred, np.uint8).reshape(picture.shape)


def _compressed(picture: Bytes, quality: int) -> Bytes:
    """Return the picture after JPEG at a quality, with chroma at half resolution as cameras store it."""
    channels = picture.shape[2]
    ordered = picture[:, :, ::-1] if channels == 3 else picture
    written, content = cv2.imencode(".jpg", np.ascontiguousarray(ordered), [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not written:
        raise RuntimeError("OpenCV could not encode a JPEG picture in memory")
    flag = cv2.IMREAD_COLOR if channels == 3 else cv2.IMREAD_GRAYSCALE
    decoded = np.asarray(cv2.imdecode(content, flag), np.uint8).reshape(picture.shape)
    return decoded[:, :, ::-1] if channels == 3 else decoded
