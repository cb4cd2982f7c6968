"""One step after another: the part of a run that takes nearly all of its time, and that `benchmark` measures."""

import torch
from torch import Tensor, nn

from sr_desktop.engine.devices import Device
from sr_desktop.engine.network import FSRCNN
from sr_desktop.monitor.spec import RunSpec
from sr_desktop.training.learning import EMA_EVERY, Average, loss_of, make_optimizer
from sr_desktop.training.trainee import Trainee


class Learner:
    """A network that learns, with its optimiser and the average of its weights.

    Args:
        network: Start; it is trained in place.
        spec: What was asked, complete.
        device: Where to compute.
    """

    def __init__(self, network: FSRCNN, spec: RunSpec, device: Device) -> None:
        self._spec, self._device = spec, device
        self.trainee = Trainee(network, spec.expansion, spec.seed).to(device.torch_device)
        parameters = list(self.trainee.parameters())
        self.optimizer = make_optimizer(spec, parameters)
        self.average = Average(parameters, spec.ema)

    def learn(self, low: Tensor, high: Tensor, *, step: int, rate: float) -> Tensor:
        """Learn from one batch and return its loss, which stays on the device.

        Args:
            low: N×1×P×P luma.
            high: N×1×(scale·P)×(scale·P) luma.
            step: Number of this step, from 1.
            rate: Learning rate.
        """
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        device = self._device
        low = low.to(device.torch_device, non_blocking=True)
        high = high.to(device.torch_device, non_blocking=True)
        with torch.autocast(device.kind, device.dtype, enabled=device.precision != "fp32"):
            output = self.trainee(low)
        loss = loss_of(self._spec.loss, output.float() - high)
        self.optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch's own
        if self._spec.clip:
            nn.utils.clip_grad_norm_(self.trainee.parameters(), self._spec.clip)
        self.optimizer.step()
        if step % EMA_EVERY == 0:
            self.average.update()
        return loss.detach()

    def averaged(self) -> dict[str, Tensor]:
        """Return the averaged weights as those of a plain network; the latest ones before there is an average."""
        if not self._spec.ema or not self.average.updates:
            return self.trainee.collapsed()
        self.average.swap()
        tensors = self.trainee.collapsed()
        self.average.swap()
        return tensors
