"""Builds the packaged program: `python build/freeze.py` makes dist/sr-desktop/ and an archive of it.

It needs the program's requirements and `requirements-freeze.txt` in the environment that runs it. What is built is this
checkout as it is. On Linux it also makes the .deb, on macOS the .app; the installers are made by the scripts in the
platforms' folders.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import time
from pathlib import Path

BUILD = Path(__file__).resolve().parent
ROOT = BUILD.parent
sys.path.insert(0, str(BUILD))
import icons  # noqa: E402  # beside this file
import standins  # noqa: E402

SYMBOLS_STRIPPED = "torch/lib/libtorch_cpu.so", "torch/lib/libtorch_python.so", "libpython*.so*"
"""Linux: 115 MB of names that only a debugger reads. Libraries that were edited after linking don't survive `strip`, so
these three are named and the rest is left alone."""


def freeze(target: Path, work: Path) -> Path:
    """Return the folder that PyInstaller made."""
    icons.make(work)
    subprocess.run([sys.executable, "-m", "sphinx", "-q", "-W", ROOT / "docs", ROOT / "dist" / "docs"], check=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", f"--distpath={target}", f"--workpath={work}"]
    environment = {**os.environ, "SR_DESKTOP_ICONS": str(work)}
    subprocess.run([*command, str(BUILD / "sr_desktop.spec")], check=True, env=environment)
    return target / "sr-desktop"


def slim(folder: Path) -> None:
    """Take away, on Linux, what both programs would hold twice, what only a debugger reads, and what is never called."""
    inside = folder / "_internal"
    for pattern in SYMBOLS_STRIPPED:
        for library in inside.glob(pattern):
            subprocess.run(["strip", "--strip-all", library], check=True)
    standins.put_in(inside)
    for link in inside.iterdir():
        if link.is_symlink() and not link.exists():  # PyInstaller's second names for libraries that went
            link.unlink()
    console = folder / "sr-desktop-cli"  # without a console of its own it is the same program there
    console.unlink()
    os.link(folder / "sr-desktop", console)


def megabytes(folder: Path) -> float:
    """Return the size of all files, each counted once."""
    found = [path.lstat() for path in folder.rglob("*") if not path.is_dir()]
    return sum({each.st_ino: each.st_size for each in found}.values()) / 1e6


def pack(folder: Path) -> Path:
    """Return the archive of a folder: .zip on Windows, .tar.xz elsewhere."""
    system = {"Darwin": "macos", "Windows": "windows"}.get(platform.system(), "linux")
    base = folder.with_name(f"sr-desktop-{system}-{platform.machine().lower()}")
    if system == "windows":
        return Path(shutil.make_archive(str(base), "zip", folder.parent, folder.name))
    archive = base.with_name(base.name + ".tar.xz")
    with tarfile.open(archive, "w:xz", preset=6) as tar:
        tar.add(folder, folder.name)
    return archive


def main() -> None:
    """Build, pack and print the sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", help="where the result goes (default: dist)")
    parser.add_argument("--work", type=Path, default=ROOT / ".cache" / "freeze", help="for what lies in between")
    parser.add_argument("--no-archive", action="store_true", help="leave the archive out: it takes minutes")
    choice = parser.parse_args()
    began = time.monotonic()
    folder = freeze(choice.dist.absolute(), choice.work.absolute())
    if sys.platform == "linux":
        slim(folder)
    print(f"{folder}: {megabytes(folder):.0f} MB, built in {time.monotonic() - began:.0f} s")
    if not choice.no_archive:
        archive = pack(folder)
        print(f"{archive}: {archive.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
