"""The monitor: events of a run go in, notices come out; it needs no clock and uses nothing that comes later."""

import dataclasses
from collections.abc import Iterable

from sr_desktop.monitor import event_parsing
from sr_desktop.monitor.forecast import Outlook, rates
from sr_desktop.monitor.history import History
from sr_desktop.monitor.plateau import PRICE_DB, find_plateau
from sr_desktop.monitor.rules import RULES, SILENCES_PLATEAU, Rule
from sr_desktop.monitor.schedule import steps_ahead
from sr_desktop.runs.events import Event
from sr_desktop.runs.notices import Cause, Finding, Notice, Severity


class Monitor:
    """Watches one run.

    Args:
        price_db: What going on must be able to bring; below it the monitor speaks of a plateau.
    """

    def __init__(self, price_db: float = PRICE_DB) -> None:
        def find(history: History, is_open: bool) -> Finding | None:
            return find_plateau(history, price_db, is_open=is_open)

        self._rules = (*RULES, Rule(Cause.PLATEAU, find, SILENCES_PLATEAU))
        self._history = History()
        self._open: dict[Cause, int] = {}
        self._notices: list[Notice] = []

    @property
    def notices(self) -> list[Notice]:
        """All notices so far, as they stand now, in the order they came."""
        return list(self._notices)

    @property
    def step(self) -> int:
        """The last step that an event told of."""
        return self._history.step

    def feed(self, event: Event) -> list[Notice]:
        """Take in one event and return the notices that are new or over because of it.

        Kinds: `start` (`spec`, `data`), `probe`, `step`, `check`, `experiment`; others are skipped, and so are fields
        that are not known or make no sense. A notice that is over comes again with its `over_at_step`.
        """
        kind = event.get("event")
        step = event_parsing.step_of(event)
        if kind == "start":
            self._history.setup, self._history.data = event_parsing.setup_from(event), event_parsing.data_from(event)
            return self._look(step or 0)
        if step is None:
            return []
        if kind == "step":
            return self._take_losses(event, step)
        if kind == "probe":
            self._history.add_probe(event_parsing.probe_from(event, step))
        elif kind == "check":
            self._take_check(event, step)
        elif kind == "experiment":
            return self._add_evidence(event_parsing.experiment_from(event))
        else:
            return []
        return self._look(step)

    def feed_all(self, events: Iterable[Event]) -> list[Notice]:
        """Take in many events and return all notices as they then stand."""
        for event in events:
            self.feed(event)
        return self.notices

    def outlook(self, steps: int | None = None) -> Outlook | None:
        """Return what the next `steps` steps should bring; `None` if it can't be told.

        Unless said otherwise it looks as many steps ahead again, or to the end of a cosine. Nothing can be told while too
        little is known, while an error stands, or under a rate that falls in another way.
        """
        growth = rates(self._history.checks, self._history.losses)
        standing = {self._notices[place].severity for place in self._open.values()}
        if growth is None or Severity.ERROR in standing:
            return None
        ahead = steps_ahead(self._history, growth.step, steps)
        return None if ahead is None else growth.over(ahead)

    def _take_losses(self, event: Event, step: int) -> list[Notice]:
        news = []
        for at, loss in event_parsing.losses_from(event, step):
            if self._history.losses.add(at, loss):
                news += self._look(at, is_loss=True)
        self._history.step = step
        return news

    def _take_check(self, event: Event, step: int) -> None:
        checks = self._history.checks
        bicubic, base = (
            event_parsing.number(event.get("bicubic_psnr_db")),
            event_parsing.number(event.get("base_psnr_db")),
        )
        checks.bicubic_db = bicubic if bicubic == bicubic else checks.bicubic_db
        checks.base_db = base if base == base else checks.base_db
        rate = event_parsing.number(event.get("learning_rate"))
        checks.add(step, event_parsing.number(event.get("psnr_db")), rate if rate == rate else None)

    def _look(self, step: int, *, is_loss: bool = False) -> list[Notice]:
        self._history.step = step
        news: list[Notice] = []
        for rule in self._rules:
            if rule.cause is Cause.PLATEAU and is_loss and self._history.checks.items:
                continue  # scores decide, and there is no new one
            finding = rule.find(self._history, rule.cause in self._open)
            if finding is not None and rule.cause not in self._open and self._silenced(rule):
                continue
            news += self._follow(rule.cause, finding, step)
        return news

    def _silenced(self, rule: Rule) -> bool:
        """Say whether trouble that explains the rule's finding is already reported."""
        serious = {cause for cause, place in self._open.items() if self._notices[place].severity is not Severity.INFO}
        return bool(serious & rule.silenced_by)

    def _follow(self, cause: Cause, finding: Finding | None, step: int) -> list[Notice]:
        place = self._open.get(cause)
        standing = None if place is None else self._notices[place]
        if finding is not None and standing is not None and finding.severity.rank <= standing.severity.rank:
            return []
        news = []
        if place is not None and standing is not None:
            news.append(dataclasses.replace(standing, over_at_step=step))
            self._notices[place] = news[0]
            del self._open[cause]
        if finding is not None:
            self._open[cause] = len(self._notices)
            self._notices.append(finding.at(step))
            news.append(self._notices[-1])
        return news

    def _add_evidence(self, evidence: dict[str, float]) -> list[Notice]:
        news = []
        for place in self._open.values():
            notice = self._notices[place]
            if notice.severity is not Severity.INFO:
                self._notices[place] = dataclasses.replace(notice, evidence={**notice.evidence, **evidence})
                news.append(self._notices[place])
        return news
