"""Sets the program up in `.venv` beside this file, then starts it, or its tests.

    python3 bootstrap.py                      opens the window
    python3 bootstrap.py upscale photo.jpg    the same as: sr-desktop upscale photo.jpg
    python3 bootstrap.py test                 installs the development tools as well and runs every check

Standard library only. The grammar is that of Python 3.6, so that an old Python answers with a sentence, not a syntax
error. Everything said here goes to stderr: stdout belongs to the program. Safe to run again, and quick: a stamp
in `.venv` remembers what was installed. An interrupted run leaves a mark there, and the next one starts over.
"""

import ctypes
import hashlib
import importlib.util
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

if sys.version_info < (3, 11):
    sys.exit(
        f"sr_desktop needs Python 3.11 or newer, and this is {sys.version.split()[0]}. Try: python3.11 bootstrap.py"
    )

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
STAMP = VENV / "bootstrap.json"
UNFINISHED = VENV / "unfinished"
"""Lies there from the first change to the end of the last installation."""

OS_RELEASE = Path("/etc/os-release")
INTERRUPTED = 130  # what shells report for Ctrl+C


class Need(NamedTuple):
    """Something the system has to provide: a module, a library or a program, and Debian's package with it."""

    thing: str
    package: str


VENV_NEEDS = (Need("ensurepip", f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"),)

# Found by starting Qt in a bare chroot: offscreen first, then what its X11 plugin adds.
QT_NEEDS = (
    Need("libGL.so.1", "libgl1"),
    Need("libEGL.so.1", "libegl1"),
    Need("libgthread-2.0.so.0", "libglib2.0-0"),
    Need("libxkbcommon.so.0", "libxkbcommon0"),
    Need("libfontconfig.so.1", "libfontconfig1"),
    Need("libdbus-1.so.3", "libdbus-1-3"),
    Need("libxcb-cursor.so.0", "libxcb-cursor0"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    Need("libxcb-shape.so.0", "libxcb-shape0"),
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)
TEST_NEEDS = (Need("Xvfb", "xvfb"), Need("xauth", "xauth"))


class SetupError(Exception):
    """The program can't be set up; the text says why and what to do, in a sentence or two."""


def tool(name: str) -> str:
    """Return the path of a program in `.venv`."""
    return str(BIN / (name + ".exe" if os.name == "nt" else name))


def say(text: str) -> None:
    """Print one line for the person."""
    print(text, file=sys.stderr, flush=True)


def run_quietly(command: Sequence[str], failure: str) -> None:
    """Run a command and show its output only if it fails.

    Raises:
        SetupError: It failed; carries `failure`.
    """
    done = subprocess.run(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace"
    )
    if done.returncode != 0:
        say(done.stdout.rstrip())
        raise SetupError(failure)


# What was installed


def wanted_stamp(tests: bool) -> dict[str, str]:
    """Return what the stamp says once everything is installed.

    The scripts in an environment hold its absolute path, and its packages belong to one Python: both count.
    """
    stamp = {
        "environment": f"{sys.implementation.cache_tag} {ROOT}",
        "program": _digest(ROOT / "pyproject.toml", ROOT / "requirements.txt"),
    }
    if tests:
        stamp["development"] = _digest(ROOT / "requirements-dev.txt")
    return stamp


def _digest(*files: Path) -> str:
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def read_stamp() -> dict[str, str]:
    """Return what was installed; empty when there is no stamp, or none that can be read."""
    try:
        found = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_stamp(stamp: dict[str, str]) -> None:
    """Write the stamp, whole or not at all."""
    draft = STAMP.with_suffix(".new")
    draft.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    draft.replace(STAMP)


def covers(found: dict[str, str], wanted: dict[str, str]) -> bool:
    """Tell whether all that is wanted was installed; more may have been."""
    return wanted.items() <= found.items()


# What the system provides


def is_present(thing: str) -> bool:
    """Tell whether a module, a shared library or a program is there."""
    if thing == "ensurepip":
        return importlib.util.find_spec(thing) is not None
    if ".so" not in thing:
        return shutil.which(thing) is not None
    try:
        ctypes.CDLL(thing)
    except OSError:
        return False
    return True


def missing(needs: Iterable[Need], present: Callable[[str], bool] = is_present) -> list[Need]:
    """Return the needs that the system does not meet."""
    return [need for need in needs if not present(need.thing)]


def is_debian(os_release: str) -> bool:
    """Tell from the text of `/etc/os-release` whether this is Debian, Ubuntu or a relative of theirs."""
    fields = dict(line.split("=", 1) for line in os_release.splitlines() if "=" in line)
    names = " ".join(fields.get(key, "").strip("\"'") for key in ("ID", "ID_LIKE"))
    return not {"debian", "ubuntu"}.isdisjoint(names.split())


def root_prefix() -> list[str] | None:
    """Return what to put before a command to run it as root without a password; None when that can't be done."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def apt_line(packages: Iterable[str]) -> str:
    """Return the one line a person can run to install these packages."""
    return "sudo apt-get update && sudo apt-get install -y --no-install-recommends " + shlex.join(packages)


def apt_commands(prefix: list[str], packages: Iterable[str]) -> list[list[str]]:
    """Return the two commands that install these packages and ask nothing; they wait for another apt to finish."""
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    return [[*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", *packages]]


def install_packages(prefix: list[str], packages: list[str]) -> None:
    """Install Debian packages.

    Raises:
        SetupError: apt could not.
    """
    say(f"Installing system packages: {' '.join(packages)}")
    update, install = apt_commands(prefix, packages)
    # A list that can't be fetched (one dead third-party source is enough) matters only if the packages are not found.
    updated = subprocess.run(update, stdin=subprocess.DEVNULL, capture_output=True, errors="replace")
    try:
        run_quietly(install, f"apt could not install them. Try it yourself:\n  {apt_line(packages)}")
    except SetupError:
        say(updated.stderr.rstrip())
        raise
    importlib.invalidate_caches()


def provide(needs: list[Need]) -> None:
    """See to it that the system has what is needed.

    On a Linux without apt only the names are said: the window may still open there, on Wayland for instance.

    Raises:
        SetupError: Something is missing on Debian or Ubuntu, and it can't be installed without a password, or not at all.
    """
    lacking = missing(needs) if sys.platform.startswith("linux") else []
    if not lacking:
        return
    release = OS_RELEASE.read_text(encoding="utf-8") if OS_RELEASE.exists() else ""
    if not (is_debian(release) and shutil.which("apt-get")):
        say(f"This system lacks {', '.join(need.thing for need in lacking)}. Please install what provides them.")
        return
    packages = [need.package for need in lacking]
    prefix = root_prefix()
    if prefix is None:
        line = apt_line(packages)
        raise SetupError(f"System packages are missing. Please run this line once:\n  {line}")
    install_packages(prefix, packages)


# The environment


def is_usable(found: dict[str, str], wanted: dict[str, str]) -> bool:
    """Tell whether packages can be installed into `.venv` as it is; one made by hand will do."""
    if UNFINISHED.exists() or found.get("environment", wanted["environment"]) != wanted["environment"]:
        return False
    return has_pip()


def has_pip() -> bool:
    """Tell whether `.venv` has this Python and a pip."""
    if not Path(tool("python")).exists():
        return False
    question = "import sys, pip; print(sys.implementation.cache_tag)"
    answer = subprocess.run([tool("python"), "-c", question], capture_output=True, text=True).stdout
    return answer.strip() == sys.implementation.cache_tag


def make_environment() -> None:
    """Make `.venv` anew, whatever was there."""
    say("Making .venv")
    VENV.mkdir(exist_ok=True)
    UNFINISHED.touch()
    for child in VENV.iterdir():
        if child == UNFINISHED:
            continue
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        else:
            child.unlink()
    # When .venv's own Python runs this file it was deleted just now; its base is the one that stays.
    python = getattr(sys, "_base_executable", sys.executable)
    run_quietly([python, "-m", "venv", str(VENV)], "Python could not make a virtual environment in .venv.")


def install(tests: bool) -> None:
    """Install the pinned requirements and the program itself, editable."""
    UNFINISHED.touch()
    STAMP.unlink(missing_ok=True)
    pip = [tool("python"), "-m", "pip", "--disable-pip-version-check", "--no-input", "-q", "install"]
    requirements = "requirements-dev.txt" if tests else "requirements.txt"
    say(f"Installing {requirements}: the first time more than 1 GB, so this may take minutes")
    hint = "Check the network and the space on the disk, then run the same command again."
    run_quietly([*pip, "-r", requirements], f"pip could not install {requirements}. {hint}")
    say("Installing the program")
    # No isolation: hatchling is pinned in requirements.txt, so the build needs no download of its own.
    run_quietly([*pip, "--no-deps", "--no-build-isolation", "-e", "."], f"pip could not install the program. {hint}")


def set_up(tests: bool, window: bool) -> None:
    """Make `.venv` hold everything, installing only what is not there yet.

    Raises:
        SetupError: It can't be done; says why.
    """
    found, wanted = read_stamp(), wanted_stamp(tests)
    tools = Path(tool("python")), Path(tool("sr-desktop"))
    ready = covers(found, wanted) and not UNFINISHED.exists() and all(path.exists() for path in tools)
    if ready and not (tests or window):
        return
    usable = ready or is_usable(found, wanted)
    needs = [*(() if usable else VENV_NEEDS), *(QT_NEEDS if tests or window else ()), *(TEST_NEEDS if tests else ())]
    try:
        provide([*needs, *(need for need in QT_NEEDS if need not in needs)])
    except SetupError as error:
        if missing(needs):
            raise
        say(f"{error}\nOnly the window needs them: going on without.")
    if ready:
        return
    if not usable:
        make_environment()
    install(tests)
    write_stamp(wanted)
    UNFINISHED.unlink()


# The start


def opens_window(arguments: list[str]) -> bool:
    """Tell whether the program will open its window: it does without arguments, and for a picture."""
    return not arguments or Path(arguments[0]).exists()


def command_for(arguments: list[str]) -> list[str]:
    """Return the command that these arguments ask for.

    Raises:
        SetupError: `test` was given arguments of its own.
    """
    if arguments[:1] != ["test"]:
        return [tool("sr-desktop"), *arguments]
    if len(arguments) > 1:
        raise SetupError(f"test runs everything and takes no arguments. For a part of it: {tool('pytest')} PATH")
    return [tool("poe"), "-C", str(ROOT), "check"]


def start(command: list[str]) -> int:
    """Become the program; on Windows, which has no exec, wait for it and return its exit status."""
    os.environ["PATH"] = str(BIN) + os.pathsep + os.environ.get("PATH", "")  # poe finds its tools there
    if os.name != "nt":
        os.execv(command[0], command)
    return wait_for(command)


def wait_for(command: list[str]) -> int:
    """Run a program to its end and return its exit status; Ctrl+C reaches the program alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return subprocess.call(command)


def main(arguments: list[str]) -> int:
    """Set up, then start what was asked for; return the exit status."""
    try:
        command = command_for(arguments)
        set_up(tests=arguments[:1] == ["test"], window=opens_window(arguments))
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Stopped. Run the same command again to go on.")
        return INTERRUPTED
    return start(command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
