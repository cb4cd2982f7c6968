"""Ctrl+C, sent as the signal it is."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from PIL import Image

from sr_desktop.cli import making
from sr_desktop.cli.interrupt import Gate
from sr_desktop.engine.upscale import upscale_strips
from sr_desktop.imaging import writing
from tests.cli.conftest import files_in, from_checkout


def press():
    signal.raise_signal(signal.SIGINT)


def press_in_gate(*, closed, reached, error=None):
    with Gate() as gate:
        if closed:
            gate.close()
        press()
        reached.append("behind")
        if error:
            raise error


def test_an_open_gate_lets_the_interrupt_through_at_once():
    reached = []
    with pytest.raises(KeyboardInterrupt):
        press_in_gate(closed=False, reached=reached)
    assert reached == []


def test_a_closed_gate_holds_it_back_to_the_end():
    reached = []
    with pytest.raises(KeyboardInterrupt):
        press_in_gate(closed=True, reached=reached)
    assert reached == ["behind"]


def test_an_error_in_a_closed_gate_is_the_error():
    with pytest.raises(ZeroDivisionError):
        press_in_gate(closed=True, reached=[], error=ZeroDivisionError())


def test_the_handler_from_before_is_back_afterwards():
    before = signal.getsignal(signal.SIGINT)
    with Gate():
        assert signal.getsignal(signal.SIGINT) != before
    assert signal.getsignal(signal.SIGINT) == before


def test_a_process_that_ignores_interrupts_goes_on_ignoring_them():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Gate():
            press()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_another_thread_needs_no_gate():
    done = []

    def work():
        with Gate() as gate:
            gate.close()
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def test_an_interrupt_while_computing_leaves_nothing(say, photo, here, monkeypatch):
    def interrupted(source, planned, models):
        work = upscale_strips(source, planned, models)
        yield next(work)
        press()
        yield from work

    monkeypatch.setattr(making, "upscale_strips", interrupted)
    photo("a.png")
    said = say("upscale", "a.png", "--json")
    assert (said.status, said.out, said.err) == (130, "", "Stopped.\n")
    assert files_in(here) == ["a.png"]


def test_an_interrupt_while_writing_finishes_and_says_that_file_only(say, photo, here, monkeypatch):
    put_in_place = writing._put_in_place

    def interrupted(*arguments):
        press()
        put_in_place(*arguments)

    monkeypatch.setattr(writing, "_put_in_place", interrupted)
    photo("a.png")
    photo("b.png")
    said = say("upscale", "a.png", "b.png", "--json")
    assert said.status == 130
    assert [(row["input"], row["status"]) for row in said.rows] == [("a.png", "done")]
    assert files_in(here) == ["a.png", "a_2x.png", "b.png"]


def test_an_interrupt_between_the_frames_of_an_animation_leaves_nothing(say, here, monkeypatch):
    frames = [Image.new("RGB", (24, 16), (60 * number, 0, 0)) for number in range(3)]
    frames[0].save(here / "a.gif", save_all=True, append_images=frames[1:])
    computed = []

    def interrupted(source, planned, models):
        computed.append(source)
        if len(computed) == 2:
            press()
        yield from upscale_strips(source, planned, models)

    monkeypatch.setattr(making, "upscale_strips", interrupted)
    said = say("upscale", "a.gif", "--json")
    assert (said.status, said.out, len(computed)) == (130, "", 2)
    assert files_in(here) == ["a.gif"]


def test_an_interrupt_that_waited_comes_when_the_gate_opens():
    reached = []

    def wait_and_open():
        with Gate() as gate:
            gate.close()
            press()
            reached.append("closed")
            gate.open()
            reached.append("open")

    with pytest.raises(KeyboardInterrupt):
        wait_and_open()
    assert reached == ["closed"]


def test_cleaning_up_is_not_interrupted_again():
    cleaned = []

    def press_twice():
        with Gate():
            try:
                press()
            finally:
                press()
                cleaned.append(True)

    with pytest.raises(KeyboardInterrupt):
        press_twice()
    assert cleaned == [True]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there, Ctrl+C reaches the whole console")
def test_the_real_program_stops_and_leaves_nothing_half(photo, here, bundled):
    photo("a.png")
    photo("big.png", width=1500, height=1000)
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
