from sr_desktop.errors import UnreadableImageError
from sr_desktop.services.notices import Kind, Notices, about_error


def test_an_error_for_a_person_speaks_for_itself():
    try:
        try:
            raise OSError("deep down")
        except OSError as cause:
            raise UnreadableImageError("a.png is broken.", "Copy it again.") from cause
    except UnreadableImageError as error:
        notice = about_error(error)
    assert (notice.kind, notice.title, notice.hint) == (Kind.ERROR, "a.png is broken.", "Copy it again.")
    assert "deep down" in notice.details


def test_any_other_error_is_ours_and_comes_with_a_report():
    notice = about_error(KeyError("x"))
    assert "fault of the program" in notice.hint
    assert "KeyError" in notice.details


def test_too_little_memory_is_not_our_fault():
    assert "memory" in about_error(MemoryError()).title


def test_notices_wait_for_a_window_and_the_newest_is_shown_first(qtbot):
    notices = Notices()
    notices.note("first")
    notices.refuse("second", "try this")
    assert notices.latest.title == "second"
    with qtbot.waitSignal(notices.changed):
        notices.dismiss()
    assert notices.latest.title == "first"
    notices.dismiss()
    notices.dismiss()
    assert notices.latest is None


def test_the_same_notice_is_there_once(qtbot):
    notices = Notices()
    notices.note("a")
    notices.note("b")
    notices.note("a")
    assert notices.latest.title == "a"
    notices.dismiss()
    notices.dismiss()
    assert notices.latest is None
