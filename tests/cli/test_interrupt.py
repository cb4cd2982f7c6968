"""Ctrl+C, sent as the signal it is."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from PIL import Image

from sr_desktop.batch import convert_file
from sr_desktop.batch.batch import Batch
from sr_desktop.cli import interrupt
from sr_desktop.engine.upscale import upscale_strips
from sr_desktop.imaging.writing import writer
from tests.cli.conftest import files_in, from_checkout


def press():
    """Press Ctrl+C while another thread is at work, and wait until it was heard."""
    os.kill(os.getpid(), signal.SIGINT)
    assert HEARD.wait(30)


HEARD = threading.Event()


@pytest.fixture(autouse=True)
def heard(monkeypatch):
    """Notes when a batch has been told to stop."""
    HEARD.clear()
    stop_now = Batch.stop_now

    def noted(self):
        stop_now(self)
        HEARD.set()

    monkeypatch.setattr(Batch, "stop_now", noted)


def press_within(calls, error=None):
    with interrupt.heard(lambda: calls.append("stop")):
        signal.raise_signal(signal.SIGINT)
        calls.append("behind")
        if error:
            raise error


def test_an_interrupt_asks_for_an_end_and_comes_when_there_is_one():
    calls = []
    with pytest.raises(KeyboardInterrupt):
        press_within(calls)
    assert calls == ["stop", "behind"]


def test_an_error_after_an_interrupt_is_the_error():
    with pytest.raises(ZeroDivisionError):
        press_within([], ZeroDivisionError())


def test_the_handler_from_before_is_back_afterwards():
    before = signal.getsignal(signal.SIGINT)
    with interrupt.heard(lambda: None):
        assert signal.getsignal(signal.SIGINT) != before
    assert signal.getsignal(signal.SIGINT) == before


def test_a_process_that_ignores_interrupts_goes_on_ignoring_them():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    calls = []
    try:
        press_within(calls)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
    assert calls == ["behind"]


def test_another_thread_hears_none():
    done = []

    def work():
        with interrupt.heard(lambda: None):
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def test_an_interrupt_while_computing_leaves_nothing(say, photo, here, monkeypatch):
    def interrupted(source, planned, models, out):
        work = upscale_strips(source, planned, models, out)
        press()
        yield next(work)
        yield from work

    monkeypatch.setattr(convert_file, "upscale_strips", interrupted)
    photo("a.png")
    said = say("upscale", "a.png", "--json")
    assert (said.status, said.out, said.err) == (130, "", "Stopped.\n")
    assert files_in(here) == ["a.png"]


def test_an_interrupt_while_writing_finishes_and_says_that_file_only(say, photo, here, monkeypatch):
    put_in_place = writer._put_in_place

    def interrupted(*arguments):
        press()
        put_in_place(*arguments)

    monkeypatch.setattr(writer, "_put_in_place", interrupted)
    photo("a.png")
    photo("b.png")
    said = say("upscale", "a.png", "b.png", "--jobs", "1", "--json")
    assert said.status == 130
    assert [(row["input"], row["status"]) for row in said.rows] == [("a.png", "done")]
    assert files_in(here) == ["a.png", "a_2x.png", "b.png"]


def test_an_interrupt_between_the_frames_of_an_animation_leaves_nothing(say, here, monkeypatch):
    frames = [Image.new("RGB", (24, 16), (60 * number, 0, 0)) for number in range(3)]
    frames[0].save(here / "a.gif", save_all=True, append_images=frames[1:])
    computed = []

    def interrupted(source, planned, models, out):
        computed.append(source)
        if len(computed) == 2:
            press()
        yield from upscale_strips(source, planned, models, out)

    monkeypatch.setattr(convert_file, "upscale_strips", interrupted)
    said = say("upscale", "a.gif", "--json")
    assert (said.status, said.out, len(computed)) == (130, "", 2)
    assert files_in(here) == ["a.gif"]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there, Ctrl+C reaches the whole console")
def test_the_real_program_stops_and_leaves_nothing_half(photo, here, bundled):
    photo("a.png")
    photo("big.png", width=3600, height=2400)  # not done when the signal comes, however slow the disk of a.png is
    model = str(bundled / "fsrcnn-x4.safetensors")
    words = ["upscale", "a.png", "big.png", "--scale", "4", "--model", model, "--json"]
    program = subprocess.Popen(
        [sys.executable, "-m", "sr_desktop", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=from_checkout(),
    )
    with program:
        assert program.stdout is not None
        assert '"status": "done"' in program.stdout.readline()
        program.send_signal(signal.SIGINT)
        out, err = program.communicate()
    assert (program.returncode, out, err) == (130, "", "Stopped.\n")
    assert files_in(here) == ["a.png", "a_4x.png", "big.png"]
