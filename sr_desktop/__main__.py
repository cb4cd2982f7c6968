"""Where the program starts: a command without a window, or the window. Imports nothing heavy."""

import sys
from collections.abc import Sequence
from pathlib import Path

from sr_desktop.cli import commands


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments ask for and return the exit status.

    0 is success, 1 that something failed, 2 wrong usage, 130 that Ctrl+C stopped it.
    """
    if getattr(sys, "frozen", False):  # the packaged program is also its own helper process, which starts here
        import multiprocessing

        multiprocessing.freeze_support()
    words = list(sys.argv[1:] if arguments is None else arguments)
    if commands.is_for_the_window(words):
        return _window([Path(word) for word in words if word != "--"])
    return commands.run(words)


def _window(pictures: list[Path]) -> int:
    """Open the window with these pictures."""
    try:
        from sr_desktop.ui.shell import app
    except ImportError as error:  # Qt, or a library of the system's that it needs
        print(f"The window can't be opened: {error}. Without it: sr-desktop upscale PICTURE...", file=sys.stderr)  # noqa: T201
        return commands.FAILED
    return app.main(pictures)


if __name__ == "__main__":
    sys.exit(main())
