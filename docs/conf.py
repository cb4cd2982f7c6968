"""How the documentation is built: `poe docs` makes dist/docs from the Markdown files here."""

import re
from pathlib import Path

_PACKAGE = (Path(__file__).resolve().parent.parent / "sr_desktop" / "__init__.py").read_text(encoding="utf-8")

project = "sr_desktop"
author = "The sr_desktop authors"
copyright = "2026, the sr_desktop authors, MIT licence"  # noqa: A001  # Sphinx's name
release = re.search(r'__version__ = "(.+)"', _PACKAGE)[1]
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["make"]
html_theme = "furo"
html_title = "sr_desktop"
html_logo = "../resources/icons/app.svg"
html_show_sphinx = False
html_copy_source = False
html_theme_options = {"source_view_link": "", "top_of_page_buttons": []}
myst_heading_anchors = 3  # links to headings, as they are written for other readers of Markdown
suppress_warnings = ["misc.highlighting_failure"]
