"""What is left of a fault: each in a process of its own, as it happens to a person."""

import subprocess
import sys
import textwrap

from sr_desktop import faults


def run(program):
    code = "from sr_desktop import faults\n" + textwrap.dedent(program)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)


def test_warnings_and_what_nobody_catches_in_threads_and_destructors_are_logged():
    done = run("""
        import logging, threading
        class Torn:
            def __del__(self):
                raise KeyError("in the destructor")
        def broken():
            raise ZeroDivisionError("in the thread")
        with faults.watched("window"):
            logging.getLogger("PIL").warning("an odd file")
            logging.getLogger("PIL").info("nothing of interest")
            logging.getLogger("sr_desktop.ui").info("what we say ourselves")
            thread = threading.Thread(target=broken, name="painter")
            thread.start()
            thread.join()
            Torn()
    """)
    said = faults.log_path("window").read_text(encoding="utf-8")
    assert "an odd file" in said
    assert "what we say ourselves" in said
    assert "nothing of interest" not in said
    assert "unexpected in painter" in said
    assert "ZeroDivisionError: in the thread" in said
    assert "KeyError: 'in the destructor'" in said
    assert "in the thread" in done.stderr  # the terminal still says so


def test_a_crash_is_told_once_and_kept():
    crashed = run("""
        import ctypes
        def look_at_nothing():
            ctypes.string_at(0)
        with faults.watched("window"):
            look_at_nothing()
    """)
    assert crashed.returncode != 0
    ask = 'with faults.watched("window") as crash:\n    print(crash)'
    told = run(ask).stdout
    assert "look_at_nothing" in told
    assert run(ask).stdout.strip() == ""
    assert "look_at_nothing" in faults.last_crash_path("window").read_text()


def test_a_process_that_ends_well_leaves_no_crash_even_if_something_was_dumped():
    run("""
        import faulthandler
        with faults.watched("window"):
            faulthandler.dump_traceback(open(faults.crash_path("window"), "ab"))
    """)
    assert faults.crash_path("window").read_text() == ""


def test_a_log_that_grows_too_large_is_begun_anew_and_little_is_kept(monkeypatch):
    monkeypatch.setattr(faults, "LARGEST_LOG_BYTES", 2000)
    with faults.watched("window"):
        for number in range(200):
            faults.log.warning("this is line %d", number)
    kept = sorted(faults.log_path("window").parent.glob("window.log*"))
    assert [path.name for path in kept] == ["window.log", "window.log.1", "window.log.2"]
    assert all(path.stat().st_size <= 2000 for path in kept)
    assert "this is line 199" in kept[0].read_text()


def test_without_a_folder_for_logs_everything_else_goes_on(user_dirs):
    (user_dirs / "logs").write_text("a file where a folder should be")
    with faults.watched("window") as crash:
        faults.log.warning("said to nobody")
    assert crash == ""
