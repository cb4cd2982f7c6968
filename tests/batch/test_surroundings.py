"""Sleep and priority: what the batch asks of the system."""

import os
import sys
import threading

import pytest

from sr_desktop.system import keep_awake, thread_priority

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="other systems are asked in other ways")


@linux_only
def test_the_machine_is_kept_awake_for_as_long_as_the_block_lasts(tmp_path, monkeypatch):
    program = tmp_path / "systemd-inhibit"
    program.write_text('#!/bin/sh\necho "$@" > "$0.asked"\n/bin/cat > /dev/null\necho over > "$0.over"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with keep_awake.kept_awake():
        while not (tmp_path / "systemd-inhibit.asked").exists():
            os.sched_yield()
        assert not (tmp_path / "systemd-inhibit.over").exists()
    assert "--what=idle:sleep" in (tmp_path / "systemd-inhibit.asked").read_text()


def test_where_the_system_has_no_way_the_work_goes_on(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    with keep_awake.kept_awake():
        pass


@linux_only
def test_only_the_thread_itself_lets_others_go_first():
    niceness = []

    def lowered():
        thread_priority.lower_this_thread()
        niceness.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    thread = threading.Thread(target=lowered)
    thread.start()
    thread.join()
    assert niceness == [max(before, 10)]
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before
