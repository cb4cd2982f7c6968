from PySide6.QtGui import QDesktopServices

from sr_desktop.ui.shell import guide


def test_every_page_of_the_window_has_its_page_in_the_documentation(program):
    for tab in program.window._tabs:
        path = guide.file_about(tab.name)
        assert path is not None
        assert path.stem == guide.PAGES[tab.name]


def test_f1_opens_the_page_about_what_is_shown(program, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    program.actions.documentation.trigger()
    assert [name.rpartition("/")[2].partition(".")[0] for name in opened] == ["enlarge"]
