"""Stand-ins for large libraries that OpenCV is linked with and we never enter: film (FFmpeg) and linear algebra (OpenBLAS).

OpenCV's library doesn't load without them, so on Linux each is replaced by one that has the names OpenCV asks for and
ends the program when one is called. That takes 74 MB away, and the time to load them. It needs a C compiler.
"""

import re
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path

REPLACED = "libavcodec-*", "libavformat-*", "libavutil-*", "libswscale-*", "libopenblasp-*"

_SYMBOL = re.compile(r"(?P<kind>[A-Za-z]) (?P<name>\w+)(?:@+(?P<version>\w+))?$", re.MULTILINE)

_SOURCE_BEGIN = r"""
#include <stdio.h>
#include <stdlib.h>
static _Noreturn void refuse(const char *name) {
    fprintf(stderr, "sr_desktop was packaged without %s\n", name);
    abort();
}
"""


def put_in(inside: Path) -> None:
    """Replace the libraries in a packaged program's folder, and take away what only they needed."""
    user = inside / "cv2" / "cv2.abi3.so"
    folder = inside / "opencv_python_headless.libs"
    for pattern in REPLACED:
        (library,) = folder.glob(pattern)
        _replace(library, user)
    _remove_unneeded(folder, user)


def _replace(library: Path, user: Path) -> None:
    asked = {name for kind, name, _ in _symbols(user) if kind == "U"}
    found = [(kind, name, version) for kind, name, version in _symbols(library) if name in asked and kind != "U"]
    data = [name for kind, name, _ in found if kind not in "TtWi"]
    if not found or data:
        raise SystemExit(f"{library.name} can't be replaced: {user.name} uses {data or 'nothing'} of it")
    versions: dict[str, list[str]] = defaultdict(list)
    for _, name, version in found:
        versions[version].append(name)
    with tempfile.TemporaryDirectory() as folder:
        source, script = Path(folder, "standin.c"), Path(folder, "versions")
        bodies = (f'void {name}(void) {{ refuse("{name}"); }}\n' for _, name, _ in found)
        source.write_text(_SOURCE_BEGIN + "".join(bodies))
        script.write_text("".join(f"{each} {{ {'; '.join(names)}; }};\n" for each, names in versions.items() if each))
        options = ["-shared", "-fPIC", "-Os", "-s", "-fno-builtin", f"-Wl,-soname,{library.name}"]
        scripted = [f"-Wl,--version-script={script}"] if any(versions) else []
        subprocess.run(["cc", *options, *scripted, "-o", library, source], check=True)


def _symbols(library: Path) -> list[tuple[str, str, str]]:
    """Return kind as `nm` names it, name and version, "" if none, of what a library offers and asks for."""
    listed = subprocess.run(["nm", "-D", "--with-symbol-versions", library], check=True, capture_output=True, text=True)
    return [(found["kind"], found["name"], found["version"] or "") for found in _SYMBOL.finditer(listed.stdout)]


def _remove_unneeded(folder: Path, user: Path) -> None:
    """Remove, until nothing more is found, libraries in a folder that neither another one there nor the user loads."""
    while True:
        libraries = [path for path in folder.iterdir() if path.is_file()]
        loaded = set[str]().union(*map(_loaded, [user, *libraries]))
        unneeded = [path for path in libraries if path.name not in loaded]
        if not unneeded:
            return
        for path in unneeded:
            path.unlink()


def _loaded(library: Path) -> set[str]:
    told = subprocess.run(["readelf", "-d", library], check=True, capture_output=True, text=True)
    return set(re.findall(r"\(NEEDED\).*\[(.+)\]", told.stdout))
