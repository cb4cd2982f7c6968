"""What nobody caught, in a process of its own: hooks are the whole process's."""

import subprocess
import sys
import textwrap

from sr_desktop import faults


def run(program):
    return subprocess.run([sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=True)


def test_exceptions_of_slots_and_threads_reach_the_person_and_qt_s_complaints_the_log():
    done = run("""
        import threading
        from PySide6.QtCore import QCoreApplication, QTimer, qWarning
        from sr_desktop import faults
        from sr_desktop.services.faults import Faults

        def broken(name):
            raise KeyError(name)

        with faults.watched("window"):
            application = QCoreApplication([])
            heard = Faults()
            heard.happened.connect(lambda error: print("heard", error, flush=True))
            heard.listen()
            QTimer.singleShot(0, lambda: broken("in a slot"))
            QTimer.singleShot(0, lambda: threading.Thread(target=broken, args=["in a thread"]).start())
            QTimer.singleShot(0, lambda: qWarning("a widget of no size"))
            QTimer.singleShot(200, application.quit)
            application.exec()
            heard.stop()
            qWarning("after the end")
    """)
    assert "heard 'in a slot'" in done.stdout
    assert "heard 'in a thread'" in done.stdout
    said = faults.log_path("window").read_text(encoding="utf-8")
    assert "KeyError: 'in a slot'" in said
    assert "a widget of no size" in said
    assert "after the end" not in said
    assert "a widget of no size" in done.stderr
