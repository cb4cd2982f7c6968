"""Measures the monitor on complete logs of healthy runs and writes the table of `docs/monitor-curves.md`.

    .venv/bin/python docs/make/monitor_curves.py FOLDER_OF_CSV_LOGS [docs/monitor-curves.md]

The logs are not part of this repository; any logs with the columns `iteration,train_loss,validation_psnr_db` will do.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from monitor_rules import (
    Log,
    Rule,
    judge,
    load,
    monitor_rule,
    patience,
    reduce_on_plateau,
    slope,
    standstill,
    watch,
)

from sr_desktop.monitor.forecast import score_rates
from sr_desktop.monitor.history import Checks
from sr_desktop.monitor.plateau import HORIZON_FACTOR, HORIZON_STEPS, PRICE_DB
from sr_desktop.runs.notices import Cause, Severity

CUTS = (0.10, 0.25, 0.50, 0.75)
PRICES_DB = (0.05, 0.07, 0.10, 0.12, 0.15, 0.20)
NOISE_DB = 0.01


def forecasts(log: Log, *, to_the_end: bool) -> list[tuple[float, bool, float]]:
    """Return, for each cut, how far the expected gain was off, whether the range held the real one, and the cut."""
    found = []
    for cut in CUTS:
        count = round(cut * len(log.steps))
        checks = Checks()
        for step, score in zip(log.steps[:count], log.scores[:count], strict=True):
            checks.add(int(step), float(score))
        growth = score_rates(checks)
        if growth is None:
            continue
        over = min(growth.step, log.steps[-1] - growth.step) if to_the_end else growth.step
        outlook = growth.over(max(1, int(over)))
        gain = float(log.best[log.steps <= growth.step + over][-1] - log.best[count - 1])
        is_held = outlook.low_db - 5e-5 <= gain <= outlook.high_db + 5e-5
        found.append((abs(outlook.expected_gain_db - gain), is_held, cut))
    return found


def thinned(log: Log) -> Log:
    """Return the log with every second check only."""
    return Log(log.name, log.steps[1::2], log.scores[1::2], log.loss_steps, log.losses)


def noisy(log: Log, seed: int = 0) -> Log:
    """Return the log with white noise on its scores: three times what they have."""
    noise = np.random.default_rng([seed, len(log.steps)]).normal(0, NOISE_DB, len(log.steps))
    return Log(log.name, log.steps, log.scores + noise, log.loss_steps, log.losses)


def late(log: Log) -> Log:
    """Return the log without the scores of its first 50,000 steps."""
    kept = log.steps > log.steps[0] + 50_000
    return Log(log.name, log.steps[kept], log.scores[kept], log.loss_steps, log.losses)


def report(logs: Sequence[Log]) -> str:
    """Return the page."""
    return (
        "\n\n".join([_intro(logs), _each(logs), _rules(logs), _prices(logs), _outlook(logs), _disturbed(logs)]) + "\n"
    )


def _intro(logs: Sequence[Log]) -> str:
    return (
        "# The monitor on healthy runs\n\n"
        "Made by `docs/make/monitor_curves.py`; do not edit.\n\n"
        f"{len(logs)} complete public logs of super-resolution networks whose learning rate stays the same. “Left” is what "
        "the best score still gained after the notice, to the end of the log. A log on which a rule never stops does not "
        "count in its medians.\n\n"
        f"The plateau's price is {PRICE_DB:.2f} dB: the first notice comes when {HORIZON_FACTOR} times as many steps again, "
        f"at most {HORIZON_STEPS:,}, should bring less than that in nine cases of ten. It was chosen on these logs, as were "
        "the constants of the forecast; expect a little less of others."
    )


def _each(logs: Sequence[Log]) -> str:
    rows = ["| log | steps, thousands | plateau at, thousands | left, dB | other notices |", "|---|--:|--:|--:|---|"]
    for log in logs:
        notices = watch(log)
        stop = next((notice.step for notice in notices if notice.cause is Cause.PLATEAU), None)
        others = [f"{item.severity} {item.cause}" for item in notices if item.cause is not Cause.PLATEAU]
        serious = [item for item in notices if item.severity is not Severity.INFO]
        shown = "–" if stop is None else f"{stop / 1000:.0f}"
        left = "" if stop is None else f"{log.left_after(stop):.3f}"
        said = ", ".join(others) or ("none" if not serious else "warning")
        rows.append(f"| {log.name} | {log.steps[-1] / 1000:.0f} | {shown} | {left} | {said} |")
    return "## Each log\n\n" + "\n".join(rows)


HEAD = "| rule | stops on | at step, thousands (median) | left, dB (median) | left, dB (worst) |\n|---|--:|--:|--:|--:|"


def _rules(logs: Sequence[Log]) -> str:
    rules: dict[str, Rule] = {
        "**the monitor**": monitor_rule(),
        "the monitor, loss only": monitor_rule(with_scores=False),
        "ReduceLROnPlateau on the loss": reduce_on_plateau,
        "patience of 10 checks, +0.01 dB": patience(10),
        "patience of 15 checks, +0.01 dB": patience(15),
        "patience of 20 checks, +0.01 dB": patience(20),
        "slope in the last factor 1.5, plus one error, < 0.04 dB": slope(),
        "gain in the last factor 3 < 0.10 dB, no new best for 10 checks": standstill,
    }
    rows = [f"| {name} | {judge(rule, logs)}" for name, rule in rules.items()]
    return f"## Against other rules\n\n{HEAD}\n" + "\n".join(rows)


def _prices(logs: Sequence[Log]) -> str:
    rows = [f"| {price:.2f} dB | {judge(monitor_rule(price), logs)}" for price in PRICES_DB]
    return f"## What another price brings\n\n{HEAD.replace('| rule', '| price')}\n" + "\n".join(rows)


def _outlook(logs: Sequence[Log]) -> str:
    rows = ["| cut at | cases | median error, dB | held by the range |", "|--:|--:|--:|--:|"]
    found = [case for log in logs for case in forecasts(log, to_the_end=True)]
    for cut in (*CUTS, None):
        cases = [case for case in found if cut is None or case[2] == cut]
        error, held = np.median([case[0] for case in cases]), np.mean([case[1] for case in cases])
        rows.append(f"| {'all' if cut is None else f'{cut:.0%}'} | {len(cases)} | {error:.3f} | {held:.0%} |")
    whole = [case for log in logs for case in forecasts(log, to_the_end=False)]
    return (
        "## The outlook\n\nFor as many steps again, or to the end of the log; the range is meant to hold four in five.\n\n"
        + "\n".join(rows)
        + "\n\nAsked for as many steps again even where the log ends sooner, it is off by "
        f"{np.median([case[0] for case in whole]):.3f} dB (median) and holds {np.mean([case[1] for case in whole]):.0%}."
    )


def _disturbed(logs: Sequence[Log]) -> str:
    names = sorted({log.architecture for log in logs})
    rows = [
        f"| every second check only | {judge(monitor_rule(), [thinned(log) for log in logs])}",
        f"| white noise of {NOISE_DB} dB on each score | {judge(monitor_rule(), [noisy(log) for log in logs])}",
        f"| no scores before step 50,000 | {judge(monitor_rule(), [late(log) for log in logs])}",
        *(
            f"| without {name} | {judge(monitor_rule(), [log for log in logs if log.architecture != name])}"
            for name in names
        ),
    ]
    return f"## Other logs, made from these\n\n{HEAD.replace('| rule', '| what differs')}\n" + "\n".join(rows)


def main(arguments: Sequence[str]) -> None:
    """Write the page for a folder of logs."""
    target = Path(arguments[1]) if len(arguments) > 1 else Path("docs/monitor-curves.md")
    target.write_text(report(load(Path(arguments[0]))), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
