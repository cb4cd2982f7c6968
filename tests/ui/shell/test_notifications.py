"""What someone hears who looks at another program meanwhile."""

import json
from contextlib import ExitStack

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtDBus import QDBusConnection, QDBusServer, QDBusVirtualObject

from sr_desktop import settings
from sr_desktop.runs.folder import RunFolder
from sr_desktop.runs.notices import Action, Cause, Notice, Severity
from sr_desktop.runs.run_lock import claimed
from sr_desktop.runs.spec import RunSpec
from sr_desktop.services.folder.batch import Phase
from sr_desktop.ui.shell import notifications, session_bus
from sr_desktop.ui.shell.notifications import IconProgress, Notifications
from sr_desktop.ui.shell.preferences import Preferences

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def away(monkeypatch):
    """Another program is in front."""
    monkeypatch.setattr(notifications, "is_elsewhere", lambda: True)


@pytest.fixture
def heard(monkeypatch):
    """What was given to the desktop: titles and texts."""
    told = []
    monkeypatch.setattr(Notifications, "send", lambda self, title, text: told.append((title, text)))
    return told


@pytest.fixture
def impatient(monkeypatch):
    """Every picture takes long."""
    monkeypatch.setattr(notifications, "LONG_S", -1)


def test_whoever_looks_at_the_window_hears_nothing(person, photo, heard, impatient, monkeypatch):
    monkeypatch.setattr(notifications, "is_elsewhere", lambda: False)
    person.open(photo())
    assert heard == []


def test_a_picture_that_took_long_is_told_of(person, photo, heard, impatient, away):
    person.open(photo("boat.png"))
    assert heard == [("boat.png", "The larger picture is ready.")]


def test_one_that_was_quick_is_not(person, photo, heard, away):
    person.open(photo())
    assert heard == []


def test_several_pictures_are_told_of_once_with_those_that_failed(person, photo, tmp_path, heard, impatient, away):
    torn = tmp_path / "torn.png"
    torn.write_bytes(photo("one.png").read_bytes()[:200])
    person.open(tmp_path / "one.png", torn, photo("two.png"))
    assert heard == [("3 pictures are done.", "1 of them failed.")]


def test_a_picture_that_failed_is_told_of_with_the_reason(person, tmp_path, heard, impatient, away):
    (tmp_path / "empty.png").write_bytes(b"")
    person.open(tmp_path / "empty.png")
    [(title, text)] = heard
    assert title == "empty.png"
    assert text == person.shown.failure.title


def test_an_error_is_told_of_once_and_a_note_is_not(person, heard, away):
    person.program.notices.note("The settings were repaired.")
    assert heard == []
    person.program.notices.refuse("The disk is full.", "Make room.")
    person.program.notices.note("Something else.")
    assert heard == [("The disk is full.", "Make room.")]


def test_whoever_wants_none_hears_nothing(person, heard, away):
    person.press(Qt.Key.Key_Comma, CONTROL)
    dialog = person.window.findChild(Preferences)
    dialog.notifications_box.click()
    dialog.accept()
    assert not settings.load()[0].notifications
    person.program.notices.refuse("The disk is full.")
    assert heard == []


def test_a_batch_is_told_of_when_it_ends_and_its_progress_when_it_goes_on(person, tmp_path, picture, heard, away):
    folder = tmp_path / "Holiday"
    folder.mkdir()
    for number in range(3):
        Image.fromarray(picture(width=40, height=30, seed=number)).save(folder / f"{number}.png")
    shares = []
    person.program.folder.progressed.connect(shares.append)
    page = person.window.show_page("folder")
    person.drop(folder)
    conversion = person.program.folder.conversion
    person.wait_until(lambda: conversion.phase is Phase.READY)
    page.actions_.start.trigger()
    person.wait_until(lambda: bool(heard))
    [(title, text)] = heard
    assert title == "All done"
    assert text.startswith("3 made")
    assert any(share is not None for share in shares)
    assert shares[-1] is None


def test_the_icon_shows_what_has_furthest_to_go_and_nothing_in_the_end():
    shown = []
    progress = IconProgress(shown.append)
    progress.take("batch", 0.501)
    progress.take("training", 0.1)
    progress.take("training", 0.1004)
    progress.take("training", None)
    progress.take("batch", None)
    progress.take("batch", None)
    assert shown == [0.5, 0.1, 0.5, None]


class Desktop(QDBusVirtualObject):
    """Hears what is sent on a bus."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[str, str, str]] = []

    def introspect(self, path):
        return ""

    def handleMessage(self, message, connection):  # noqa: N802
        self.heard.append((message.interface(), message.member(), message.signature()))
        return True


@pytest.fixture
def desktop(qapp, qtbot, tmp_path, monkeypatch):
    """A desktop at the other end of a real connection, in place of the session's."""
    desktop, connections = Desktop(), []
    server = QDBusServer(f"unix:path={tmp_path / 'bus'}")

    def accept(connection):
        connections.append(QDBusConnection(connection))
        flag = QDBusConnection.VirtualObjectRegisterOption.SubPath
        connections[-1].registerVirtualObject("/", desktop, flag)

    server.newConnection.connect(accept)
    ours = QDBusConnection.connectToPeer(server.address(), "test")
    qtbot.waitUntil(lambda: bool(connections))
    monkeypatch.setattr(session_bus, "bus", lambda: ours)
    yield desktop
    QDBusConnection.disconnectFromPeer("test")


def test_a_message_reaches_the_desktop_in_the_form_that_it_expects(desktop, qtbot, qapp):
    session_bus.notify("All done", "3 made", qapp, failed=lambda: None)
    qtbot.waitUntil(lambda: bool(desktop.heard))
    assert desktop.heard == [("org.freedesktop.portal.Notification", "AddNotification", "sa{sv}")]


def test_progress_reaches_the_desktop_in_the_form_that_it_expects():
    message = session_bus.progress(0.25)
    assert (message.interface(), message.member()) == ("com.canonical.Unity.LauncherEntry", "Update")
    assert message.path() == "/io/github/sr_desktop/SrDesktop"
    assert message.arguments() == [
        "application://io.github.sr_desktop.SrDesktop.desktop",
        {"progress": 0.25, "progress-visible": True},
    ]
    assert session_bus.progress(None).arguments()[1]["progress-visible"] is False


def test_without_a_bus_the_caller_is_told(qapp, monkeypatch):
    monkeypatch.setattr(session_bus, "bus", lambda: QDBusConnection("nobody"))
    failures = []
    session_bus.notify("All done", "", qapp, failed=lambda: failures.append(True))
    assert failures == [True]


class PastRun:
    """A run that goes on somewhere else, as its folder tells it."""

    def __init__(self, path) -> None:
        self.folder = RunFolder(path)
        self.folder.create(RunSpec("/pictures", 2, str(path / "cats.safetensors"), steps=100, schedule="constant"))
        self.tell(event="start", step=0, spec={}, data={}, device="CPU", resumed=False)

    def tell(self, **event) -> None:
        """Write an event."""
        with self.folder.events_file.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"time_s": 1.0, **event}) + "\n")


@pytest.fixture
def training(person, tmp_path, qapp):
    """A run that is at work, followed by the window; ends when it is told to."""
    with ExitStack() as claim:
        past = PastRun(tmp_path / "run")
        claim.enter_context(claimed(past.folder))
        past.let_go = claim.close
        past.run = person.program.training.training.watch(past.folder)
        person.wait_until(lambda: past.run.story is not None)
        yield past
    person.program.training.training.close()


def test_a_model_is_told_of_when_it_is_trained(person, training, heard, away):
    assert training.run.is_at_work
    training.tell(event="check", step=100, psnr_db=33.126, bicubic_psnr_db=30.0, base_psnr_db=31.0)
    training.tell(event="end", step=100, reason="finished")
    training.let_go()
    person.wait_until(lambda: bool(heard))
    assert heard == [("The model “cats” is trained.", "PSNR 33.13 dB on the held-out pictures")]


def test_a_training_that_did_not_help_is_not_called_a_model(person, training, heard, away):
    training.tell(event="end", step=100, reason="finished", verdict="not_better", psnr_db=33.0, base_psnr_db=33.0)
    training.let_go()
    person.wait_until(lambda: bool(heard))
    [(title, text)] = heard
    assert title == "cats"
    assert text.startswith("It did not help, so no model was written")


def test_a_training_that_failed_is_told_of_with_the_reason(person, training, heard, away):
    training.tell(event="end", step=50, reason="failed", error={"title": "The disk is full.", "hint": ""})
    training.let_go()
    person.wait_until(lambda: bool(heard))
    assert heard == [("The training of “cats” failed.", "The disk is full.")]


def test_a_training_that_someone_stopped_is_not_told_of(person, training, heard, away):
    training.tell(event="end", step=50, reason="stopped")
    training.let_go()
    person.wait_until(lambda: not training.run.is_at_work)
    assert heard == []


def test_what_the_monitor_notices_is_told_of_once(person, training, heard, away):
    numbers = {"best_psnr_db": 30.5}
    notice = Notice(7, Cause.PLATEAU, Severity.INFO, "Going on is hardly worth it.", numbers, Action.STOP_AND_KEEP)
    training.tell(**notice.to_event())
    training.tell(**notice.to_event())
    person.wait_until(lambda: bool(heard))
    training.tell(event="step", step=60, step_from=59, values=[1.0], mean=1.0, learning_rate=1e-3, patches_per_s=1.0)
    person.wait_until(lambda: training.run.story.step == 60)
    assert heard == [("Going on is hardly worth it.", "Training of “cats”")]
