import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sr_desktop.batch import journal
from sr_desktop.batch.fingerprints import Glance
from sr_desktop.batch.journal import Journal, JournalBusyError, Record
from sr_desktop.imaging.writing import writer
from tests.cli.conftest import from_checkout

whole = st.integers(0, 2**63)
glances = st.builds(Glance, whole, whole)
records = st.builds(
    Record, st.sampled_from(["running", "done", "failed"]), st.text(), glances, st.text(), st.booleans(),
    st.none() | glances, st.none() | st.tuples(st.text(), st.text()),
)  # fmt: skip
names = st.text(st.characters(exclude_characters="\0"), min_size=1)

A_RECORD = Record("done", "m", Glance(1, 2), "d", False, Glance(3, 4))


def path_of(home) -> Path:
    return home / journal.FOLDER / journal.NAME


@given(st.lists(st.tuples(names, records)))
def test_what_was_noted_last_is_read_again(tmp_path_factory, noted):
    home = tmp_path_factory.mktemp("home")
    opened = Journal(home)
    for name, record in noted:
        opened.note(name, record)
    opened.close()
    assert journal.read(home) == dict(noted)


@given(st.lists(st.tuples(names, records), min_size=1, max_size=5), st.data())
def test_wherever_it_is_cut_only_the_last_line_is_lost_and_it_goes_on(tmp_path_factory, noted, data):
    home = tmp_path_factory.mktemp("home")
    opened = Journal(home)
    for name, record in noted:
        opened.note(name, record)
    opened.close()
    content = path_of(home).read_bytes()
    cut = data.draw(st.integers(0, len(content)))
    whole_lines = content[:cut].count(b"\n") - 1  # the first line is the session's
    is_complete = cut == len(content) or content[cut : cut + 1] == b"\n"
    path_of(home).write_bytes(content[:cut])
    kept = dict(noted[: max(0, whole_lines + (is_complete and cut > 0 and content[cut - 1 : cut] != b"\n"))])
    again = Journal(home)
    assert again.records == kept
    again.note("next", A_RECORD)
    again.close()
    assert journal.read(home) == {**kept, "next": A_RECORD}


def test_lines_of_a_later_version_are_skipped(tmp_path):
    Journal(tmp_path).close()
    lines = [{"result": "a", "state": "unheard of"}, {"kind": "new"}, {"result": 7, "state": "done"}, [1], "text"]
    with path_of(tmp_path).open("a", encoding="ascii") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)
        file.write('{"result": "b", "state": "done", "source": "wrong"}\n')
    assert journal.read(tmp_path) == {}


def test_a_folder_without_a_journal_knows_nothing(tmp_path):
    assert journal.read(tmp_path) == {}
    assert journal.read(tmp_path / "gone") == {}
    assert not journal.is_there(tmp_path)


def test_a_journal_of_many_lines_is_written_anew(tmp_path):
    opened = Journal(tmp_path)
    for _ in range(1100):
        opened._append(b'{"result": "a", "state": "running"}\n')
    opened.note("a", A_RECORD)
    opened.close()
    Journal(tmp_path).close()
    assert path_of(tmp_path).read_bytes().count(b"\n") == 2
    assert journal.read(tmp_path) == {"a": A_RECORD}


def test_unfinished_files_of_a_killed_run_go_and_others_stay(tmp_path):
    (tmp_path / "deep").mkdir()
    Journal(tmp_path).close()
    with path_of(tmp_path).open("ab") as file:
        file.write(b'{"session": "dead"}\n{"result": "deep/a.png", "state": "running"}\n')
    left = tmp_path / "deep" / writer.unfinished("dead").replace("*", "1")
    others = tmp_path / "deep" / writer.unfinished("alive").replace("*", "1")
    left.touch()
    others.touch()
    Journal(tmp_path).close()
    assert not left.exists()
    assert others.exists()


def test_a_second_process_is_told_so_and_a_dead_one_is_forgotten(tmp_path):
    program = "import sys; from pathlib import Path; from sr_desktop.batch.journal import Journal; " \
        "opened = Journal(Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=from_checkout(),
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n" or other.poll() is None
        with pytest.raises(JournalBusyError, match=f"process {other.pid}"):
            Journal(tmp_path)
        other.kill()
    Journal(tmp_path).close()


def test_two_batches_of_one_process_are_kept_apart_too(tmp_path):
    opened = Journal(tmp_path)
    with pytest.raises(JournalBusyError):
        Journal(tmp_path)
    opened.close()
    Journal(tmp_path).close()


def test_what_was_noted_while_the_folder_was_away_is_noted_again(tmp_path):
    home = tmp_path / "out"
    opened = Journal(home)
    opened.note("a", A_RECORD)
    before = path_of(home).read_bytes()
    opened.note("b", A_RECORD)
    path_of(home).write_bytes(before)  # as a share has it that lost what was on its way
    opened.reopen()
    opened.close()
    assert journal.read(home) == {"a": A_RECORD, "b": A_RECORD}


def test_a_line_that_a_full_disk_has_cut_short_costs_itself_only(tmp_path):
    opened = Journal(tmp_path)
    file = opened._file

    class Full:
        """A file on a disk that has room for three more bytes."""

        fileno = file.fileno

        def write(self, content):
            return file.write(content[:3])

    opened._file = Full()
    with pytest.raises(OSError, match="No space left"):
        opened.note("a", A_RECORD)
    opened._file = file
    opened.note("b", A_RECORD)
    opened.close()
    assert journal.read(tmp_path) == {"b": A_RECORD}


def test_a_journal_that_was_tampered_with_removes_nothing_elsewhere(tmp_path):
    home = tmp_path / "out"
    Journal(home).close()
    with path_of(home).open("ab") as file:
        file.write(b'{"session": "dead"}\n{"session": "../x"}\n{"result": "../a.png", "state": "running"}\n')
    other = tmp_path / writer.unfinished("dead").replace("*", "1")
    other.touch()
    Journal(home).close()
    assert other.exists()
