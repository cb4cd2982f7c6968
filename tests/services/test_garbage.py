import gc
import threading
import weakref

from sr_desktop.services import garbage
from sr_desktop.services.garbage import Collector


class Knot:
    """Something only the collector can remove."""

    def __init__(self):
        self.itself = self


def test_garbage_is_collected_in_this_thread_only(qtbot, monkeypatch):
    monkeypatch.setattr(garbage, "INTERVAL_MS", 1)
    threads = set()
    gone = weakref.ref(Knot(), lambda reference: threads.add(threading.get_ident()))
    collector = Collector()
    try:
        assert not gc.isenabled()
        other = threading.Thread(target=lambda: [Knot() for _ in range(5000)])
        other.start()
        other.join()
        assert gone() is not None
        qtbot.waitUntil(lambda: [Knot() for _ in range(1000)] and gone() is None)
    finally:
        collector.close()
    assert gc.isenabled()
    assert threads == {threading.get_ident()}


def test_nothing_is_collected_while_torch_is_imported(qtbot, monkeypatch):
    monkeypatch.setattr(garbage.import_torch, "is_under_way", lambda: True)
    monkeypatch.setattr(garbage.gc, "collect", lambda generation: 1 / 0)
    collector = Collector()
    keep = [Knot() for _ in range(5000)]
    collector._collect()
    collector.close()
    assert keep
