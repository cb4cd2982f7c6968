"""The program run in processes of its own that can be killed: loaded once, forked for each run."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import from_checkout

_SERVER = """
import json, os, secrets, sys
import torch
from sr_desktop.__main__ import main
from sr_desktop.imaging.writing import writer
import sr_desktop.batch.batch, sr_desktop.cli.conversion, sr_desktop.cli.upscale, sr_desktop.batch.watching

for line in sys.stdin:
    words, output = json.loads(line)
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        writer.SESSION = secrets.token_hex(4)  # as in a process that was started and not forked
        sys.stdin.close()
        to = os.open(output, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
        os.dup2(to, 1)
        os.dup2(to, 2)
        os._exit(main(words))
    print(child, flush=True)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(status, flush=True)
"""


class Runs:
    """Runs of the program, one after the other; loading torch for each would take most of the time."""

    def __init__(self, folder: Path) -> None:
        self._said = folder / "said.txt"
        self._server = subprocess.Popen(
            [sys.executable, "-c", _SERVER], cwd=folder, env=from_checkout(), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def start(self, *words: str) -> int:
        """Start a run and return its process's number."""
        assert self._server.stdin is not None
        self._server.stdin.write(json.dumps([words, str(self._said)]) + "\n")
        self._server.stdin.flush()
        return int(self._answer())

    def wait(self) -> tuple[int, str]:
        """Wait for the run and return its status, negative when it was killed, and what it said."""
        return int(self._answer()), self._said.read_text()

    def _answer(self) -> str:
        assert self._server.stdout is not None
        return self._server.stdout.readline()

    def close(self) -> None:
        """End the process that is forked."""
        with self._server:
            assert self._server.stdin is not None
            self._server.stdin.close()


def kill(number: int) -> None:
    """Kill a run as `kill -9` does; the process that decodes for it ends by itself."""
    os.kill(number, 9)
