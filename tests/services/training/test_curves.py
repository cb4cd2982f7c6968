"""The story of a run: bounded however long it is, the same whether read at once or as it grows."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sr_desktop.progress import run
from sr_desktop.runs.folder import RunFolder
from sr_desktop.runs.notices import Action, Cause, Finding, Severity
from sr_desktop.services.training import curves as run_curves
from sr_desktop.services.training.curves import MOST_BLOCKS, Block, Blocks, Story


def step_event(step, mean=0.02, count=50, **fields):
    values = [mean] * count
    return {"event": "step", "step": step, "time_s": step / 100, "step_from": step - count + 1, "values": values,
            "mean": mean, "learning_rate": 1e-3, "patches_per_s": 900.0, **fields}  # fmt: skip


def check_event(step, psnr_db, base=None):
    return {"event": "check", "step": step, "time_s": step / 100, "psnr_db": psnr_db, "bicubic_psnr_db": 30.0,
            "base_psnr_db": base, "learning_rate": 1e-3}  # fmt: skip


@given(st.lists(st.tuples(st.integers(1, 50), st.floats(1e-6, 1.0)), min_size=1, max_size=300))
def test_merged_blocks_keep_every_step_and_the_mean(pieces):
    blocks, step = Blocks(), 0
    for count, mean in pieces:
        step += count
        blocks.add(Block(step, mean, 1e-3, count))
    total = sum(count for count, _ in pieces)
    assert sum(item.count for item in blocks.items) == total
    assert blocks.items[-1].step == step
    mean = sum(count * mean for count, mean in pieces) / total
    assert sum(item.count * item.mean for item in blocks.items) / total == pytest.approx(mean)


def test_a_run_of_a_million_steps_is_no_more_than_a_screen_can_show():
    blocks = Blocks()
    for step in range(50, 1_000_001, 50):
        blocks.add(Block(step, 0.01 + math.exp(-step / 1e5), 1e-3, 50))
    assert MOST_BLOCKS / 2 <= len(blocks.items) <= MOST_BLOCKS
    steps, means = blocks.curve()
    assert steps[-1] == 1_000_000
    assert np.all(np.diff(steps) > 0)
    # No block hides where the curve is: each lies between its neighbours.
    assert np.all(np.diff(means) < 0)


def test_the_band_holds_the_mean_of_noise_about_nineteen_times_in_twenty():
    random, inside, all_of_them = np.random.default_rng(0), 0, 0
    for _ in range(40):
        blocks = Blocks()
        for number in range(400):
            blocks.add(Block(50 * (number + 1), 1 + random.normal(0, 0.1), 1e-3, 50))
        _, mean, half = blocks.running_mean()
        apart = slice(None, None, 8)  # windows that share no block
        inside += int((np.abs(mean - 1) < half)[apart].sum())
        all_of_them += len(mean[apart])
    assert 0.85 < inside / all_of_them < 0.98


def test_losses_that_are_no_numbers_leave_a_gap():
    story = Story()
    story.feed(step_event(50, None))
    story.feed(step_event(100))
    assert [item.step for item in story.blocks.items] == [100]


def test_best_base_and_bicubic_are_what_the_checks_say():
    story = Story()
    for step, psnr_db in ((0, 33.0), (250, 33.4), (500, 33.2), (750, 33.4)):
        story.feed(check_event(step, psnr_db, base=33.0))
    assert (story.best.step, story.best.psnr_db) == (250, 33.4)
    assert (story.bicubic_db, story.base_db) == (30.0, 33.0)


def test_a_notice_that_is_over_takes_the_place_of_itself():
    finding = Finding(Cause.OSCILLATING, Severity.WARNING, Action.LOWER_LEARNING_RATE, {"leaps": 5.0})
    notice = finding.at(500)
    story = Story()
    story.feed({**notice.to_event(), "time_s": 1.0})
    story.feed({**notice.to_event(), "over_at_step": 900, "step": 500, "time_s": 2.0})
    assert [item.over_at_step for item in story.notices] == [900]


def test_a_notice_that_is_over_does_not_take_the_run_back():
    finding = Finding(Cause.OSCILLATING, Severity.WARNING, Action.LOWER_LEARNING_RATE, {"leaps": 5.0})
    story = Story()
    story.feed(step_event(1000))
    story.feed({**finding.at(500).to_event(), "over_at_step": 1000, "time_s": 2.0})
    assert story.step == 1000


def test_events_of_newer_versions_are_skipped():
    story = Story()
    story.feed({"event": "aurora", "step": 3, "time_s": 1.0})
    story.feed({"event": "notice", "step": 4, "time_s": 1.0, "cause": "comet", "severity": "info"})
    assert story.step == 3
    assert story.notices == []


def test_what_is_read_in_pieces_is_what_is_read_at_once(tmp_path):
    folder = RunFolder(tmp_path)
    told = [step_event(step) for step in range(50, 500, 50)] + [check_event(500, 31.0)]
    lines = [json.dumps(event).encode() + b"\n" for event in told]
    content = b"".join(lines)
    folder.events_file.write_bytes(content[: len(lines[0]) + 20])
    story, position = run(run_curves.read(folder))
    assert (story.step, position) == (50, len(lines[0]))  # the half line waits
    folder.events_file.write_bytes(content)
    for event, place in run_curves.events_after(folder.events_file, position):
        story.feed(event)
        position = place
    whole, end = run(run_curves.read(folder))
    assert position == end == len(content)
    assert story.blocks.items == whole.blocks.items
    assert story.scores == whole.scores


def test_a_run_without_events_has_an_empty_story(tmp_path):
    story, position = run(run_curves.read(RunFolder(tmp_path)))
    assert (story.step, story.best, position) == (0, None, 0)
    assert all(len(part) == 0 for part in story.blocks.running_mean())


def test_a_resumed_run_begins_with_a_step_that_has_no_losses():
    story = Story()
    story.feed({"event": "step", "step": 300, "time_s": 4.0, "values": [], "resumed": True})
    story.feed(step_event(350))
    assert story.step == 350
