"""What is said about the program beside it agrees with the program."""

import configparser
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import sr_desktop
from sr_desktop.imaging import formats

ROOT = Path(__file__).resolve().parent.parent
LINUX = ROOT / "build" / "linux"
ID = "io.github.sr_desktop.SrDesktop"


def pins(name):
    """Return name and version of every line "name==version" of a requirements file."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    found = (re.match(r"([A-Za-z0-9_.-]+)==([^\s;\\]+)", line) for line in lines)
    return {each[1].lower().replace("_", "-"): each[2] for each in found if each}


def test_hashes_are_those_of_the_pinned_versions():
    pinned = pins("requirements.txt")
    del pinned["torch"]
    assert pins("requirements-hashed.txt") == pinned


def test_freezing_uses_the_same_versions_as_everything_else():
    everywhere = {**pins("requirements.txt"), **pins("requirements-dev.txt")}
    both = everywhere.keys() & pins("requirements-freeze.txt").keys()
    assert {name: everywhere[name] for name in both} == {name: pins("requirements-freeze.txt")[name] for name in both}


def test_newest_release_in_the_metainfo_is_this_version():
    component = ElementTree.parse(LINUX / f"{ID}.metainfo.xml").getroot()
    newest = component.find("releases/release")
    assert newest is not None
    assert newest.get("version") == sr_desktop.__version__


def test_open_with_is_offered_for_every_format_that_is_read():
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(LINUX / f"{ID}.desktop", encoding="utf-8")
    offered = set(entry["Desktop Entry"]["MimeType"].strip(";").split(";"))
    assert offered == {f"image/{each.name.lower()}" for each in formats.FORMATS}
    installer = (ROOT / "build" / "windows" / "installer.iss").read_text(encoding="utf-8")
    assert set(re.findall(r'ValueName: "(\.\w+)"', installer)) == formats.READABLE_SUFFIXES


def test_nothing_calls_what_the_packaged_program_has_only_stand_ins_for():
    """OpenCV enters OpenBLAS for linear algebra and FFmpeg for film: build/standins.py."""
    needs_them = re.compile(
        r"cv2\.(\w*[Ee]igen\w*|SV\w+|PCA\w*|gemm|invert|solve\w*|mulTransposed|calcCovarMatrix|Mahalanobis|fit\w+|estimate\w+"
        r"|find(Homography|\w*Mat|TransformECC)|Video\w+|calib\w+|ml|dnn)\b"
    )
    assert needs_them.search("cv2.VideoCapture(0)")
    sources = (ROOT / "sr_desktop").rglob("*.py")
    assert [path.name for path in sources if needs_them.search(path.read_text(encoding="utf-8"))] == []
