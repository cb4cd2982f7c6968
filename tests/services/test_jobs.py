import gc
import threading
import weakref

import pytest

from sr_desktop.progress import Progress
from sr_desktop.services import jobs
from sr_desktop.services.jobs import Done, Failed, Job, Runner, Stopped, Urgency


class Gate:
    """A task that stops after each step until it is let through, and remembers what happened to it."""

    def __init__(self, name="", log=None):
        self.name = name
        self.log = log if log is not None else []
        self.reached = threading.Semaphore(0)
        self.passes = threading.Semaphore(0)

    def task(self, steps=3):
        try:
            for step in range(1, steps + 1):
                self.log.append(f"{self.name}{step}")
                self.reached.release()
                assert self.passes.acquire(timeout=20)
                yield Progress(step, steps)
        except GeneratorExit:
            self.log.append(f"{self.name} closed")
            raise
        return f"{self.name} result"

    def let_through(self, times=1):
        for _ in range(times):
            self.passes.release()

    def wait(self):
        assert self.reached.acquire(timeout=20)


def watched(job):
    """Return the list that will hold the outcomes of a job."""
    outcomes = []
    job.settled.connect(outcomes.append)
    return outcomes


def steps(count, result=None):
    for number in range(1, count + 1):
        yield Progress(number, count)
    return result


def test_a_job_that_returns_is_done(qtbot, runner):
    job = Job(lambda: steps(2, "picture"))
    with qtbot.waitSignal(job.settled) as settled:
        runner.start(job)
    assert settled.args == [Done("picture")]
    assert job.outcome == Done("picture")


def test_a_job_that_raises_has_failed(qtbot, runner):
    def broken():
        yield Progress(0, 1)
        raise ValueError("no such luck")

    job = Job(broken)
    with qtbot.waitSignal(job.settled) as settled:
        runner.start(job)
    assert isinstance(settled.args[0], Failed)
    assert str(settled.args[0].error) == "no such luck"


def test_a_job_whose_task_cannot_even_be_made_has_failed(qtbot, runner):
    def begin():
        raise KeyError("early")

    job = Job(begin)
    with qtbot.waitSignal(job.settled) as settled:
        runner.start(job)
    assert isinstance(settled.args[0].error, KeyError)


def test_a_stopped_job_settles_at_once_and_only_once(qtbot, runner):
    gate = Gate("a")
    job = Job(gate.task)
    outcomes = watched(job)
    runner.start(job)
    gate.wait()
    job.stop()
    assert outcomes == [Stopped()]
    gate.let_through()
    qtbot.waitUntil(lambda: not runner.is_busy)
    job.stop()
    assert outcomes == [Stopped()]
    assert gate.log == ["a1", "a closed"]


def test_a_result_that_comes_after_the_stop_is_dropped(qtbot, runner):
    gate = Gate("a")
    job = Job(lambda: gate.task(steps=1))
    outcomes = watched(job)
    runner.start(job)
    gate.wait()
    gate.let_through()
    begun = threading.Event()
    runner.start(Job(lambda: begun.set() or steps(1)))
    assert begun.wait(timeout=20)  # the first has returned by now, but nobody here has heard of it
    job.stop()
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert outcomes == [Stopped()]


def test_a_job_stopped_before_its_turn_never_begins(qtbot, runner):
    gate, begun = Gate("a"), []
    runner.start(Job(lambda: gate.task(steps=1)))
    gate.wait()
    job = Job(lambda: begun.append("b") or steps(1))
    outcomes = watched(job)
    runner.start(job)
    job.stop()
    gate.let_through()
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert outcomes == [Stopped()]
    assert begun == []


def test_the_more_urgent_job_goes_first_between_two_steps(qtbot, runner):
    log = []
    slow, urgent = Gate("slow", log), Gate("urgent", log)
    runner.start(Job(slow.task, Urgency.SHOWN))
    slow.wait()
    job = Job(lambda: urgent.task(steps=1), Urgency.ASKED)
    runner.start(job)
    urgent.let_through()
    slow.let_through()
    with qtbot.waitSignal(job.settled):
        pass
    slow.let_through(2)
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert log == ["slow1", "urgent1", "slow2", "slow3"]


def test_urgency_can_change_while_a_job_is_under_way(qtbot, runner):
    log = []
    first, second = Gate("a", log), Gate("b", log)
    jobs_ = Job(first.task, Urgency.SHOWN), Job(second.task, Urgency.IN_LINE)
    for job in jobs_:
        runner.start(job)
    first.wait()
    jobs_[0].work.urgency, jobs_[1].work.urgency = Urgency.IN_LINE, Urgency.SHOWN
    first.let_through(3)
    second.let_through(3)
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert log == ["a1", "b1", "b2", "b3", "a2", "a3"]


def test_jobs_of_one_urgency_keep_their_order(qtbot, runner):
    order = []
    gate = Gate("a")
    runner.start(Job(lambda: gate.task(steps=1)))
    gate.wait()
    for number in range(5):
        job = Job(lambda: steps(3))
        job.settled.connect(lambda outcome, number=number: order.append(number))
        runner.start(job)
    gate.let_through()
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert order == [0, 1, 2, 3, 4]


def test_progress_is_thinned_out_but_the_last_one_arrives(qtbot, runner):
    seen = []
    job = Job(lambda: steps(5000))
    job.progressed.connect(seen.append)
    with qtbot.waitSignal(job.settled):
        runner.start(job)
    assert len(seen) < 1000
    assert seen[-1] == Progress(5000, 5000)


def test_no_progress_comes_after_the_outcome(qtbot, runner, monkeypatch):
    monkeypatch.setattr(jobs, "REPORT_INTERVAL_S", 0.0)
    seen, gate = [], Gate("a")
    job = Job(gate.task)
    job.progressed.connect(seen.append)
    runner.start(job)
    gate.wait()
    gate.let_through()
    gate.wait()
    job.stop()
    gate.let_through()
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert seen == []


def test_work_runs_in_the_other_thread_and_signals_arrive_in_this_one(qtbot, runner):
    threads = {}

    def task():
        threads["work"] = threading.get_ident()
        yield Progress(1, 1)

    job = Job(task)
    job.progressed.connect(lambda progress: threads.setdefault("progressed", threading.get_ident()))
    job.settled.connect(lambda outcome: threads.setdefault("settled", threading.get_ident()))
    with qtbot.waitSignal(job.settled):
        runner.start(job)
    assert threads["work"] != threading.get_ident()
    assert threads["progressed"] == threads["settled"] == threading.get_ident()


def test_closing_stops_everything_and_ends_the_thread(qapp):
    runner, gate = Runner(), Gate("a")
    first, second = Job(gate.task), Job(lambda: steps(1))
    outcomes = watched(first), watched(second)
    runner.start(first)
    runner.start(second)
    gate.wait()
    gate.let_through(3)
    runner.close()
    assert gate.log[-1] == "a closed"
    assert outcomes == ([Stopped()], [Stopped()])


def test_closing_a_runner_that_never_ran_is_nothing(qapp):
    Runner().close()


def test_a_job_can_be_forgotten_while_it_runs_and_is_gone_after_it(qtbot, runner):
    gate = Gate("a")
    job = Job(lambda: gate.task(steps=1))
    outcomes, gone = watched(job), weakref.ref(job)
    runner.start(job)
    del job
    gc.collect()
    gate.let_through()
    qtbot.waitUntil(lambda: outcomes == [Done("a result")])
    qtbot.waitUntil(lambda: gc.collect() >= 0 and gone() is None)


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("odd")])
def test_the_thread_goes_on_after_a_failure(qtbot, runner, error):
    def broken():
        yield Progress(0, 1)
        raise error

    runner.start(Job(broken))
    job = Job(lambda: steps(1, "next"))
    with qtbot.waitSignal(job.settled) as settled:
        runner.start(job)
    assert settled.args == [Done("next")]
