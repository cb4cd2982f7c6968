"""What decoders say about broken files, turned into one sentence for a person and kept from the terminal."""

import contextlib
import struct
import threading
import warnings
import zlib
from collections.abc import Iterator
from pathlib import Path

import cv2
from PIL import Image

from sr_desktop.errors import DamagedImageError, UnreadableImageError
from sr_desktop.system.file_names import shown

DECODER_ERRORS = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError, EOFError,
    NotImplementedError, RuntimeError, MemoryError, struct.error, zlib.error, cv2.error,
    Image.DecompressionBombError,
)  # fmt: skip
"""What readers raise on broken files; there is no common base."""


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn a decoder's refusal into a sentence."""
    try:
        yield
    except UnreadableImageError:
        raise
    except MemoryError as error:
        raise UnreadableImageError(
            f"There is not enough memory for {shown(path)}.", "Close other programs or choose a smaller picture."
        ) from error
    except DECODER_ERRORS as error:
        short = any(word in str(error).lower() for word in ("truncat", "incomplete", "end of file", "not enough"))
        fault = "is incomplete: the file ends too early" if short else "is damaged and can't be decoded"
        raise DamagedImageError(f"{shown(path)} {fault}.", "Copy or download it again.") from error


_quiet_lock = threading.Lock()
_quiet_users = 0
_quiet_filters = warnings.catch_warnings()


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep Pillow's warnings about broken metadata from the terminal, also while several threads read.

    `catch_warnings` alone restores the wrong filters when two threads leave in another order than they came.
    """
    global _quiet_users, _quiet_filters
    with _quiet_lock:
        if _quiet_users == 0:
            _quiet_filters = warnings.catch_warnings()
            _quiet_filters.__enter__()
            warnings.filterwarnings("ignore", module=r"PIL\.")
        _quiet_users += 1
    try:
        yield
    finally:
        with _quiet_lock:
            _quiet_users -= 1
            if _quiet_users == 0:
                _quiet_filters.__exit__(None, None, None)
