"""One picture through its states, with a network that only repeats pixels."""

import gc
import weakref

import numpy as np
import pytest
from PIL import Image

from sr_desktop import paths
from sr_desktop.engine.targets import Factor
from sr_desktop.imaging.raster import Raster
from sr_desktop.progress import Progress
from sr_desktop.services.pictures import document as document_module
from sr_desktop.services.pictures import picture as picture_values
from sr_desktop.services.pictures.document import Document, Source, State
from sr_desktop.services.pictures.upscaler import Options, Upscaled

TWICE = Options(Factor(2))


class Repeating:
    """Stands in for the network: takes three steps, and can be told to fail."""

    error: Exception | None = None
    notes: tuple[str, ...] = ()

    def upscale(self, raster, options):
        for step in (1, 2):
            yield Progress(step, 4)
        if self.error is not None:
            raise self.error
        larger = Raster(np.repeat(np.repeat(raster.samples, 2, axis=0), 2, axis=1))
        picture = yield from picture_values.prepared(larger)
        return Upscaled(picture, options, "repeating", "CPU", 0.1, self.notes)


@pytest.fixture(autouse=True)
def bundled(tmp_path, monkeypatch):
    """A file with the name of the bundled model: planning looks whether it is there."""
    (tmp_path / "weights").mkdir()
    (tmp_path / "weights" / "fsrcnn-x2.safetensors").touch()
    monkeypatch.setattr(paths, "bundled_weights", lambda: tmp_path / "weights")


@pytest.fixture
def upscaler():
    return Repeating()


@pytest.fixture
def path(picture, tmp_path):
    path = tmp_path / "boat.png"
    Image.fromarray(picture(width=30, height=20)).save(path)
    return path


@pytest.fixture
def document(runner, upscaler, path):
    return Document(Source.file(path), runner, upscaler)


def follow(document):
    """Return the list that will hold the states a document goes through."""
    states = [document.state]

    def note():
        if states[-1] is not document.state:
            states.append(document.state)

    document.changed.connect(note)
    return states


def when(document, state, action):
    """Do something the first time a document gets into a state, before it can get any further."""

    def look():
        if document.state is state:
            document.changed.disconnect(look)
            action()

    document.changed.connect(look)


def until(qtbot, document, *states):
    qtbot.waitUntil(lambda: document.state in states, timeout=20_000)


def test_a_picture_is_read_and_upscaled(qtbot, document):
    states = follow(document)
    document.upscale(TWICE)
    until(qtbot, document, State.DONE)
    assert states == [State.EMPTY, State.OPENING, State.UPSCALING, State.DONE]
    assert (document.plan.width, document.plan.height) == (60, 40)
    assert document.after.picture.pyramid.width == 60
    assert document.thumbnail is not None
    assert document.suggested_name == "boat_2x.png"
    assert document.has_unsaved_result
    assert document.is_current(TWICE)
    assert not document.is_current(Options(Factor(2), device="cpu"))


def test_samples_without_a_file_are_upscaled_too(qtbot, runner, upscaler, picture):
    document = Document(Source("Pasted 1", raster=Raster(picture(width=9, height=7))), runner, upscaler)
    document.upscale(TWICE)
    until(qtbot, document, State.DONE)
    assert document.suggested_name == "Pasted 1_2x.png"


def test_stopping_while_it_is_read_leaves_nothing(qtbot, document):
    document.upscale(TWICE)
    document.stop()
    assert document.state is State.EMPTY
    document.upscale(TWICE)
    until(qtbot, document, State.DONE)


def test_stopping_while_it_is_upscaled_keeps_the_picture(qtbot, document):
    when(document, State.UPSCALING, document.stop)
    document.upscale(TWICE)
    until(qtbot, document, State.READY)
    assert document.before is not None
    assert document.after is None


def test_starting_again_drops_what_was_under_way(qtbot, document, runner):
    results = []
    document.changed.connect(lambda: document.after and results.append(document.after.options))
    second = Options(Factor(2), device="cpu")
    when(document, State.UPSCALING, lambda: document.upscale(second))
    document.upscale(TWICE)
    until(qtbot, document, State.DONE)
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert set(results) == {second}


def test_a_missing_file_fails_with_a_sentence(qtbot, document, path):
    path.unlink()
    document.upscale(TWICE)
    until(qtbot, document, State.FAILED)
    assert "boat.png" in document.failure.title
    assert document.after is None


def test_a_failing_network_fails_the_document_and_it_can_be_tried_again(qtbot, document, upscaler):
    upscaler.error = RuntimeError("odd")
    document.upscale(TWICE)
    until(qtbot, document, State.FAILED)
    assert "odd" in document.failure.details
    upscaler.error = None
    document.upscale(TWICE)
    assert document.failure is None
    until(qtbot, document, State.DONE)


def test_what_went_differently_is_told(qtbot, document, upscaler):
    upscaler.notes = ("The cuda device failed, so the CPU goes on.",)
    with qtbot.waitSignal(document.noticed) as noticed:
        document.upscale(TWICE)
    assert "CPU goes on" in noticed.args[0].hint
    assert document.state is State.DONE


def test_a_size_that_is_not_possible_fails_before_anything_is_computed(qtbot, document):
    document.upscale(Options(Factor(4)))
    until(qtbot, document, State.FAILED)
    assert "no model for 4x" in document.failure.title


def test_a_save_tells_what_was_kept(qtbot, document, tmp_path):
    document.upscale(TWICE)
    until(qtbot, document, State.DONE)
    with qtbot.waitSignal(document.saved) as saved:
        document.save(tmp_path / "out.png", overwrite=False)
        assert document.is_saving
    assert saved.args[0] == tmp_path / "out.png"
    assert document.saved_as == tmp_path / "out.png"
    assert not document.has_unsaved_result
    assert not document.is_saving


def test_a_save_that_fails_tells_why_and_the_result_stays(qtbot, document, tmp_path):
    document.upscale(TWICE)
    until(qtbot, document, State.DONE)
    (tmp_path / "out.png").touch()
    with qtbot.waitSignal(document.noticed) as failed:
        document.save(tmp_path / "out.png", overwrite=False)
    assert "exists already" in failed.args[0].title
    assert document.state is State.DONE
    assert document.saved_as is None


def test_a_result_that_was_replaced_while_it_was_saved_does_not_count_as_saved(qtbot, document, tmp_path):
    document.upscale(TWICE)
    until(qtbot, document, State.DONE)
    with qtbot.waitSignal(document.saved):
        document.save(tmp_path / "out.png", overwrite=False)
        document.upscale(Options(Factor(2), device="cpu"))
    until(qtbot, document, State.DONE)
    assert document.saved_as is None


def test_a_glance_gives_a_thumbnail_and_finds_a_broken_file_early(qtbot, document, path, runner, upscaler, tmp_path):
    document.wait(TWICE)
    document.glance()
    qtbot.waitUntil(lambda: document.thumbnail is not None)
    assert document.state is State.WAITING
    broken = Document(Source.file(tmp_path / "gone.png"), runner, upscaler)
    broken.wait(TWICE)
    broken.glance()
    until(qtbot, broken, State.FAILED)


def test_the_time_left_follows_from_the_pace_once_there_is_one(document, monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(document_module.time, "monotonic", lambda: clock[0])
    assert document.time_left() is None
    document._show_progress(Progress(1, 10))
    assert document.time_left() is None
    clock[0] += 2
    document._show_progress(Progress(2, 10))
    assert document.time_left() == pytest.approx(16)
    document._show_progress(Progress(9, 10))
    assert document.time_left() == pytest.approx(0.25)


def test_a_document_that_is_gone_takes_its_pictures_along(qtbot, document, runner):
    document.upscale(TWICE)
    until(qtbot, document, State.DONE)
    qtbot.waitUntil(lambda: not runner.is_busy)
    samples = weakref.ref(document.after.picture.raster.samples)
    document.close()
    document.after = None
    gc.collect()
    assert samples() is None


def test_what_is_left_of_a_damaged_file_can_be_had(document, path, picture, qtbot):
    Image.fromarray(picture(width=300, height=200)).save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    document.upscale(TWICE)
    qtbot.waitUntil(lambda: document.state is State.FAILED)
    assert document.can_be_salvaged
    document.salvage()
    qtbot.waitUntil(lambda: document.state is State.DONE)
    assert [change.id for change in document.before.raster.changes] == ["damage"]


def test_nothing_is_left_of_what_is_no_picture(document, path, qtbot):
    path.write_bytes(b"8BPS" + bytes(100))
    document.upscale(TWICE)
    qtbot.waitUntil(lambda: document.state is State.FAILED)
    assert not document.can_be_salvaged
