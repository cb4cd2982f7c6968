"""The version resource that Windows shows under Properties, Details."""

from typing import Any


def resource(version: str, program: str) -> Any:  # noqa: ANN401  # PyInstaller's type, importable on Windows only
    """Return the resource of a program, for PyInstaller's EXE."""
    from PyInstaller.utils.win32 import versioninfo as win

    numbers = (*map(int, version.split(".")[:3]), 0)
    strings = {
        "CompanyName": "The sr_desktop authors",
        "FileDescription": "sr_desktop makes pictures larger",
        "FileVersion": version,
        "InternalName": program,
        "LegalCopyright": "MIT licence",
        "OriginalFilename": f"{program}.exe",
        "ProductName": "sr_desktop",
        "ProductVersion": version,
    }
    table = win.StringTable("040904B0", [win.StringStruct(name, text) for name, text in strings.items()])
    return win.VSVersionInfo(
        ffi=win.FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[win.StringFileInfo([table]), win.VarFileInfo([win.VarStruct("Translation", [0x409, 1200])])],
    )
