"""Writes `docs/fidelity.md` from the rows that `tests/cli/test_fidelity.py` tests.

.venv/bin/python docs/make/fidelity.py
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from tests.cli.fidelity import page

    (ROOT / "docs" / "fidelity.md").write_text(page(), encoding="utf-8")
