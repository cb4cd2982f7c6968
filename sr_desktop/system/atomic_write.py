"""Files that appear whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file through a temporary one beside it, so that no half file is ever seen under its name.

    Raises:
        OSError: The folder can't be written to or is full; nothing is left behind.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".sr-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise


def _umask() -> int:
    """Return the process's file mode mask, which `mkstemp` does not apply."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
