"""Brings the translations up to date with the sources: resources/translations/.

    .venv/bin/poe translate

Finds all texts, merges them into the `.ts` files with Qt's lupdate (new ones are marked unfinished, to be translated with
`pyside6-linguist` or any editor; what is no longer in the sources is dropped), makes the `.qm` files with lrelease, and
writes the list of templates that `sr_desktop.ui.shell.language` compares sentences with. English has a file for its plurals only.
The `.qm` files are committed: the wheel, the packaged program and a checkout need no Qt tools.
"""

import json
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

import PySide6
import texts
from texts import ROOT, Text

FOLDER = ROOT / "resources" / "translations"
CHINESE, ENGLISH = FOLDER / "sr_desktop_zh_CN.ts", FOLDER / "sr_desktop_en.ts"
TEMPLATES = FOLDER / "sentences.txt"
TOOLS = Path(PySide6.__file__).parent


def as_source(found: Iterable[Text]) -> str:
    """Return texts as C++, which lupdate reads without loss."""
    lines = []
    for text in sorted(found):
        macro = "QT_TRANSLATE_N_NOOP" if text.has_plural else "QT_TRANSLATE_NOOP"
        source = json.dumps(text.source, ensure_ascii=False)
        lines.append(f"{macro}({json.dumps(text.context)}, {source});")
    return "\n".join(lines) + "\n"


def merge(found: Iterable[Text], target: Path, *options: str) -> None:
    """Merge texts into a .ts file."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "texts.cpp")
        source.write_text(as_source(found), encoding="utf-8")
        common = ["-no-obsolete", "-locations", "none", "-source-language", "en", "-no-ui-lines"]
        subprocess.run([TOOLS / "lupdate", *common, *options, source, "-ts", target], check=True)


def main() -> None:
    """Bring all files up to date."""
    FOLDER.mkdir(exist_ok=True)
    sentences = texts.sentences()
    found = texts.window_texts() | sentences
    merge(found, CHINESE, "-target-language", "zh_CN")
    merge((text for text in found if text.has_plural), ENGLISH, "-target-language", "en", "-pluralonly")
    TEMPLATES.write_text("".join(f"{text.source}\n" for text in sorted(sentences)), encoding="utf-8")
    for file in (CHINESE, ENGLISH):
        subprocess.run([TOOLS / "lrelease", file, "-qm", file.with_suffix(".qm")], check=True)


if __name__ == "__main__":
    main()
