"""How file names are said to a person, whatever bytes are in them."""

from pathlib import Path


def shown(path: Path) -> str:
    """Return a file's name fit for one line of text: undecodable bytes and control characters are replaced."""
    text = (path.name or str(path)).encode("utf-8", "replace").decode("utf-8")
    return "".join(character if character.isprintable() else "�" for character in text)
