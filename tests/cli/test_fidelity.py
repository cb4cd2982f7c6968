"""The fidelity table through the real command line, with the bundled network, and the page that is made from it."""

import pytest

from tests.cli.fidelity import ROWS, Row, page
from tests.conftest import ROOT

MODEL = ROOT / "weights" / "fsrcnn-x2.safetensors"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_picture_comes_out_larger_and_otherwise_itself(say, here, row: Row):
    source, target = here / f"in{row.source}", here / f"out{row.target}"
    row.make(source)
    said = say("upscale", source.name, "--output", target.name, "--model", MODEL, *row.options, "--json")
    assert said.status == 0, said
    [answer] = said.rows
    row.check(source, target)
    assert {*answer["kept"]} >= row.kept
    assert {change["id"] for change in answer["changed"]} == row.changed


def test_the_page_is_made_from_these_rows():
    assert (ROOT / "docs" / "fidelity.md").read_text(encoding="utf-8") == page(), "run docs/make/fidelity.py"
