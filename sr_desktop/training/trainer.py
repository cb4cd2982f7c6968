"""A training run from its folder: prepare, learn, check, keep the best. The folder tells the whole story afterwards."""

import contextlib
import dataclasses
import math
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from statistics import fmean
from typing import Any

import torch
from torch import Tensor

from sr_desktop.cards import Card, NetworkShape, small_shape
from sr_desktop.engine import devices, weights
from sr_desktop.engine.devices import Device
from sr_desktop.engine.network import FSRCNN, initialise
from sr_desktop.errors import TrainingError, UsageError, UserError
from sr_desktop.runs.events import Event
from sr_desktop.runs.folder import RunFolder
from sr_desktop.runs.spec import RunSpec, completed
from sr_desktop.training import checkpoint, experiments, outcome, prepare, previews, probe
from sr_desktop.training.batches import Batches
from sr_desktop.training.checkpoint import State
from sr_desktop.training.event_log import Journal
from sr_desktop.training.learner import Learner
from sr_desktop.training.optimization import learning_rate
from sr_desktop.training.validation import HeldOut

BLOCK_STEPS = 50
"""Losses stay on the device for this many steps, so that no step waits for them."""

CHECK_GROWTH = 1.15
SHORTEST_CHECK_GAP, LONGEST_CHECK_GAP = 250, 5000
"""Checks come at steps that grow by this factor: often while much changes, but neither at every turn nor too rarely."""

FIRST_SAVE_S, SAVE_EVERY_S = 5.0, 25.0
"""Seconds after the first step of a sitting, and between two checkpoints: what a power cut costs at most."""

PACE_WARM_UP, PACE_S = 10, 1.5
"""Steps that don't count, and seconds of those that do, when the pace is measured."""

StopAsked = Callable[[], bool]


def train(run: RunFolder, is_stop_asked: StopAsked = lambda: False) -> Iterator[Event]:
    """Yield the events of a run from where it stands to its end, and write its outcome.

    Stopping saves the state and keeps what was learned; calling this again on the same folder goes on from there. A
    finished run repeats its end event.

    Args:
        run: A folder with a spec.
        is_stop_asked: Looked at between steps.

    Raises:
        UserError: The run can't start or go on; the last checkpoint and the best weights are still there.
    """
    spec = completed(run.spec())
    if (end := run.end()) is not None:
        outcome.publish(run, spec, end)
        yield end
        return
    with _disk_trouble_in_words(run):
        yield from _Sitting(run, spec).events(is_stop_asked)


def before_step_1(run: RunFolder, *, measures_pace: bool = False) -> Iterator[Event]:
    """Yield the events of a new run up to the look inside the network before step 1; nothing that is learned is kept.

    Args:
        run: A folder with a spec.
        measures_pace: Whether a few steps are made in the end to see how long they take, for a `pace` event.

    Raises:
        UserError: The run can't start.
    """
    with _disk_trouble_in_words(run):
        yield from _Sitting(run, completed(run.spec())).opening(measures_pace)


@contextlib.contextmanager
def _disk_trouble_in_words(run: RunFolder) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise TrainingError(
            f"The run in {run.path} can't be written or read any more: {error.strerror or error}.",
            "Make room or bring the folder back, then resume it: nothing up to its last checkpoint is lost.",
        ) from error


def start_network(spec: RunSpec) -> tuple[FSRCNN, FSRCNN | None]:
    """Return the network as it is before step 1, and the one to be beaten, if the run only refines it.

    A model of another scale lends everything but its deconvolution, and is not to be beaten.

    Raises:
        ModelError: The model to start from can't be used.
    """
    if spec.from_scratch:
        network = FSRCNN(small_shape(spec.scale) if spec.small else NetworkShape(spec.scale))
        generator = torch.Generator().manual_seed(spec.seed)
        initialise(network, spec.initialization, std=spec.initialization_std, generator=generator)
        return network, None
    base, card = weights.load(Path(spec.start))
    if card.shape.scale == spec.scale:
        network = FSRCNN(card.shape)
        network.load_state_dict(base.state_dict())
        return network, base
    network = FSRCNN(dataclasses.replace(card.shape, scale=spec.scale, padding=0))
    initialise(network, generator=torch.Generator().manual_seed(spec.seed))
    lent = {name: tensor for name, tensor in base.state_dict().items() if not name.startswith("deconvolution")}
    network.load_state_dict({**network.state_dict(), **lent})
    return network, None


class _Sitting:
    """One sitting of a run: from its last checkpoint, or its beginning, until it is stopped or finished."""

    def __init__(self, run: RunFolder, spec: RunSpec) -> None:
        self.run, self.spec = run, spec
        self.device = _device(spec)
        network, self.base = start_network(spec)
        self.shape = network.shape
        self.start = {name: tensor.clone() for name, tensor in network.state_dict().items()}
        self.learner = Learner(network, spec, self.device)
        self.is_resumed = run.checkpoint_file.exists()
        self.state = checkpoint.load(run.checkpoint_file, self.learner) if self.is_resumed else State()
        self.journal = Journal(run, self.state.events_bytes, self.state.spent_s)

    def events(self, is_stop_asked: StopAsked) -> Iterator[Event]:
        """Yield the events of this sitting."""
        try:
            with self._device_trouble_in_words():
                yield from self._events(is_stop_asked)
        except UserError as error:
            fields = {"reason": "failed", "error": {"title": error.title, "hint": error.hint}}
            yield from self.journal.tell("end", self.state.step, **fields)
            raise
        finally:
            self.journal.close()

    @contextlib.contextmanager
    def _device_trouble_in_words(self) -> Iterator[None]:
        """An accelerator that fails, or runs out of memory, is not our bug; the last checkpoint is whole."""
        try:
            yield
        except RuntimeError as error:
            if not self.device.is_accelerator:
                raise
            raise TrainingError(
                f"The {self.device.kind} device failed: {str(error).splitlines()[0]}",
                "Resume the run, with a smaller batch or on the CPU if it fails again.",
            ) from error

    def opening(self, measures_pace: bool) -> Iterator[Event]:
        """Yield the events before the first step of this sitting."""
        try:
            material = yield from self._begin(lambda: False)
            if measures_pace and material is not None:
                yield from self.journal.tell("pace", self.state.step, patches_per_s=self._pace(material[1]))
        finally:
            self.journal.close()

    def _pace(self, batches: Batches) -> float:
        """Return the patches per second of this machine, from steps that spoil the learner."""
        began, steps = time.monotonic(), 0
        for low, high in (made := batches.after(0)):
            # Reading the loss makes the device finish; the first steps also wait for memory and threads.
            float(self.learner.learn(low, high, step=steps + 1, rate=self.spec.learning_rate))
            steps += 1
            if steps == PACE_WARM_UP:
                began = time.monotonic()
            elif steps > PACE_WARM_UP and time.monotonic() - began > PACE_S:
                break
        made.close()
        return (steps - PACE_WARM_UP) * self.spec.batch / (time.monotonic() - began)

    def _events(self, is_stop_asked: StopAsked) -> Iterator[Event]:
        material = yield from self._begin(is_stop_asked)
        if material is None:
            yield from self._end("stopped")
            return
        held_out, batches = material
        if not self.is_resumed:
            yield from self._experiment(batches, is_stop_asked)
            yield from self._first_check(held_out)
        yield from self._learn(held_out, batches, is_stop_asked)

    def _begin(self, is_stop_asked: StopAsked) -> Generator[Event, None, tuple[HeldOut, Batches] | None]:
        """Yield the events before the first step of this sitting and return what it works with, if it was not stopped."""
        material = yield from self._prepare(is_stop_asked)
        if material is None:
            return None
        fields = {
            "spec": dataclasses.asdict(self.spec),
            "data": material.facts,
            "device": devices.describe(self.device),
        }
        yield from self.journal.tell("start", self.state.step, resumed=self.is_resumed, **fields)
        batches = Batches(material.cache, batch=self.spec.batch, patch=self.spec.patch, seed=self.spec.seed)
        if self.is_resumed:
            yield from self.journal.tell("step", self.state.step, values=[], resumed=True)
        else:
            yield from self._look(batches)
        return material.held_out, batches

    def _prepare(self, is_stop_asked: StopAsked) -> Generator[Event, None, prepare.Material | None]:
        preparation = prepare.prepare(self.spec, self.shape, self.run.cache)
        while not is_stop_asked():
            try:
                fields = dict(next(preparation))
            except StopIteration as finished:
                material: prepare.Material = finished.value
                return material
            yield from self.journal.tell(fields.pop("event"), self.state.step, **fields)
        preparation.close()
        return None

    def _first_check(self, held_out: HeldOut) -> Iterator[Event]:
        """Score bicubic, the base and the start, which is the base unless the run begins with something new."""
        self.state.bicubic_scores = held_out.score_bicubic()
        yield from self._check(held_out)
        base = None
        if self.base is not None:
            self.state.base_scores = list(self.state.best_scores)
            base = held_out.model(self.base.state_dict())
        previews.write_before(self.run.before_file, held_out, self._viewed(held_out), base)

    @staticmethod
    def _viewed(held_out: HeldOut) -> range:
        """Return the numbers of the held-out pictures that are shown at each check."""
        return range(min(previews.VIEWS, len(held_out)))

    def _look(self, batches: Batches) -> Iterator[Event]:
        """Look inside the network, with the batch of the next step."""
        low, high = batches.make(self.state.step + 1)
        fields = probe.look(self.learner.trainee.collapsed(), self.shape, low, high, self.spec.loss)
        yield from self.journal.tell("probe", self.state.step, **fields)

    def _experiment(self, batches: Batches, is_stop_asked: StopAsked) -> Iterator[Event]:
        """If something looks wrong for the first time, find out whether network or pictures are at fault."""
        if not experiments.is_due(self.journal.monitor.notices):
            return
        start, now = (probe.copy_of(each, self.shape) for each in (self.start, self.learner.trainee.collapsed()))
        fields = experiments.experiment(start, now, self.spec, batches, self.state.step, is_stop_asked)
        if fields is not None:
            yield from self.journal.tell("experiment", self.state.step, **fields)

    def _learn(self, held_out: HeldOut, batches: Batches, is_stop_asked: StopAsked) -> Iterator[Event]:
        spec, now = self.spec, self.state
        look_at = probe.next_look(now.step)
        losses = torch.zeros(BLOCK_STEPS, device=self.device.torch_device)
        filled, block_began, save_at = 0, time.monotonic(), time.monotonic() + FIRST_SAVE_S
        for low, high in (made := batches.after(now.step)):
            if is_stop_asked() or self._is_finished():
                break
            now.step += 1
            rate = learning_rate(spec, now.step, self._fraction())
            losses[filled] = self.learner.learn(low, high, step=now.step, rate=rate)
            filled += 1
            is_look_due, is_check_due = now.step >= look_at, now.step >= now.next_check
            is_save_due = time.monotonic() >= save_at
            if filled == BLOCK_STEPS or is_look_due or is_check_due or is_save_due:
                yield from self._tell_steps(losses[:filled], rate, time.monotonic() - block_began)
                filled = 0
            if is_look_due:
                yield from self._look(batches)
                yield from self._experiment(batches, is_stop_asked)
                look_at = probe.next_look(now.step)
            if is_check_due:
                yield from self._check(held_out, is_stop_asked)
            if is_save_due:
                yield from self._save()
                save_at = time.monotonic() + SAVE_EVERY_S
            if not filled:
                block_began = time.monotonic()
        made.close()
        if filled:
            yield from self._tell_steps(losses[:filled], rate, time.monotonic() - block_began)
        if self._is_finished():
            yield from self._check(held_out)
            yield from self._end("finished", held_out)
        else:
            yield from self._end("stopped", held_out)

    def _is_finished(self) -> bool:
        return self._fraction() >= 1

    def _fraction(self) -> float:
        """Return the share of the run that is done, by steps or by the clock."""
        if self.spec.steps:
            return self.state.step / self.spec.steps
        return self.journal.spent_s / (60 * self.spec.minutes)

    def _tell_steps(self, losses: Tensor, rate: float, seconds: float) -> Iterator[Event]:
        values = [float(f"{value:.6g}") for value in losses.tolist()]
        finite = [value for value in values if math.isfinite(value)] or [math.nan]
        yield from self.journal.tell(
            "step",
            self.state.step,
            step_from=self.state.step - len(values) + 1,
            values=values,
            mean=fmean(values),
            std=float(torch.tensor(values).std(correction=0)),
            min=min(finite),
            max=max(finite),
            learning_rate=rate,
            patches_per_s=round(len(values) * self.spec.batch / max(seconds, 1e-9), 1),
        )

    def _check(self, held_out: HeldOut, is_stop_asked: StopAsked = lambda: False) -> Iterator[Event]:
        """Score the averaged weights, keep them if they are the best so far, and plan the next check."""
        now = self.state
        tensors = self.learner.averaged()
        scoring = held_out.score(tensors)
        while not is_stop_asked():
            try:
                next(scoring)
            except StopIteration as finished:
                scores: list[float] = finished.value
                break
        else:
            return
        if not math.isnan(fmean(scores)):
            model = held_out.model(tensors)
            previews.write_now(self.run.now_file, held_out, self._viewed(held_out), model, now.step)
        if not now.best_scores or fmean(scores) > fmean(now.best_scores) or math.isnan(fmean(now.best_scores)):
            now.best_scores, now.best_step = scores, now.step
            weights.save(self.run.best_file, tensors, self._card())
        grown = math.ceil(now.step * (CHECK_GROWTH - 1))
        now.next_check = now.step + min(max(SHORTEST_CHECK_GAP, grown), LONGEST_CHECK_GAP)
        yield from self.journal.tell(
            "check",
            now.step,
            psnr_db=fmean(scores),
            best_psnr_db=fmean(now.best_scores),
            best_step=now.best_step,
            bicubic_psnr_db=fmean(now.bicubic_scores),
            base_psnr_db=fmean(now.base_scores) if now.base_scores else None,
            learning_rate=self.learner.optimizer.param_groups[0]["lr"],
        )

    def _worst(self, held_out: HeldOut) -> list[dict[str, Any]]:
        """Return which held-out pictures gained least, with their scores, and write crops of them."""
        now = self.state
        reference = now.base_scores or now.bicubic_scores
        numbers = previews.worst(now.best_scores, reference)
        best, _ = weights.load(self.run.best_file)
        base = held_out.model(self.base.state_dict()) if self.base is not None else None
        previews.write_worst(self.run.worst_file, held_out, numbers, base, held_out.model(best.state_dict()))
        return [
            {"name": held_out.names[number], "psnr_db": now.best_scores[number], "before_db": reference[number]}
            for number in numbers
        ]

    def _card(self) -> Card:
        return outcome.card_for(self.spec, self.shape, self.state)

    def _save(self) -> Iterator[Event]:
        yield from self.journal.tell("checkpoint", self.state.step)
        self.state.spent_s = self.journal.spent_s
        self.state.events_bytes = self.journal.bytes
        checkpoint.save(self.run.checkpoint_file, self.state, self.learner)

    def _end(self, reason: str, held_out: HeldOut | None = None) -> Iterator[Event]:
        """Save, write the outcome, and tell the end."""
        now = self.state
        if reason == "stopped" and now.step and self.spec.from_scratch and now.best_step == 0:
            # Too early for a check; but what was learned is surely better than the random start.
            weights.save(self.run.best_file, self.learner.averaged(), self._card())
        if now.step:
            yield from self._save()
        verdict = outcome.judge(self.spec, now)
        event = {"reason": reason, **verdict}
        if held_out is not None and now.best_scores:
            event["worst"] = self._worst(held_out)
        outcome.publish(self.run, self.spec, event)
        yield from self.journal.tell("end", now.step, **event)
        if reason == "finished":
            outcome.clean(self.run)


def _device(spec: RunSpec) -> Device:
    device = devices.choose(spec.device, "fp32" if spec.precision == "auto" else spec.precision)
    if spec.precision == "auto" and device.kind == "cuda" and torch.cuda.is_bf16_supported():
        device = Device(device.kind, "bf16")
    if device.kind == "mps" and device.precision == "bf16":
        raise UsageError("Training in bf16 is not possible on this device.", "Choose the precision “fp32”.")
    return device
