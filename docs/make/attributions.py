"""Writes docs/attributions.md: whose photographs the free models learned from, and under which licences.

    python docs/make/attributions.py SOURCES.tsv

SOURCES.tsv lists the photographs with source, author or page, and licence, as `train/Free` of the training data has it.
"""

import csv
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "attributions.md"

HEAD = """# Photographs behind the models

The bundled models `fsrcnn-x2`, `fsrcnn-x3` and `fsrcnn-x4` learned from these {count} photographs alone. All are under free
licences: the models may be used for anything, also commercially. No photograph is in the program or its repository. Each
was made smaller before it was learned from. Written by `docs/make/attributions.py`.

| photograph | author or page | licence | through |
|---|---|---|---|
"""


def main(table: Path) -> None:
    """Write the page."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    lines = []
    for row in rows:
        author = row["author"].removeprefix("see ")
        author = f"<{author}>" if author.startswith("http") else author
        cells = (row["original"], author, row["licence"], row["source"])
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n")
    PAGE.write_text(HEAD.format(count=len(rows)) + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
