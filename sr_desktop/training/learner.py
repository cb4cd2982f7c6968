"""One step after another: the part of a run that takes nearly all of its time, and that `benchmark` measures.

On a CPU the cores share a batch, each with its own patches, rather than each of the step's many small operations: waiting
for each other at every one of them took two cores longer than one alone.
"""

from concurrent.futures import ThreadPoolExecutor

import torch
from torch import Tensor, nn

from sr_desktop.engine.devices import Device
from sr_desktop.engine.network import FSRCNN
from sr_desktop.runs.spec import RunSpec
from sr_desktop.training.optimization import EMA_EVERY, Average, loss_of, make_optimizer
from sr_desktop.training.overparameterized import Trainee

LEAST_PATCHES = 8
"""Of one part of a batch: for fewer, starting the operations takes longer than doing them."""


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
        self._parameters = list(self.trainee.parameters())
        self.optimizer = make_optimizer(spec, self._parameters)
        self.average = Average(self._parameters, spec.ema)
        threads = torch.get_num_threads()
        self._parts = 1 if device.is_accelerator else max(1, min(threads, spec.batch // LEAST_PATCHES))
        # In the threads, not here: checking held-out pictures needs all cores for one picture.
        self._pool = ThreadPoolExecutor(
            self._parts, "learner", initializer=torch.set_num_threads, initargs=(max(1, threads // self._parts),)
        )

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
        found = self._shared(low, high)
        for parameter, *gradients in zip(self._parameters, *(gradients for _, gradients in found), strict=True):
            # The fused optimisers go through both in the order of memory; convolutions give gradients of another order.
            parameter.grad = torch.empty_like(parameter).copy_(sum(gradients[1:], start=gradients[0]))
        if self._spec.clip:
            nn.utils.clip_grad_norm_(self._parameters, self._spec.clip)
        self.optimizer.step()
        if step % EMA_EVERY == 0:
            self.average.update()
        return torch.stack([loss for loss, _ in found]).sum()

    def _shared(self, low: Tensor, high: Tensor) -> list[tuple[Tensor, tuple[Tensor, ...]]]:
        """Return loss and gradients of each part of a batch."""
        if self._parts == 1:
            return [self._gradients(low, high)]
        return list(self._pool.map(self._gradients, low.chunk(self._parts), high.chunk(self._parts)))

    def _gradients(self, low: Tensor, high: Tensor) -> tuple[Tensor, tuple[Tensor, ...]]:
        """Return what a part of a batch adds to the loss of the whole, and its gradient for each parameter."""
        device = self._device
        with torch.autocast(device.kind, device.dtype, enabled=device.precision != "fp32"):
            output = self.trainee(low)
        loss = loss_of(self._spec.loss, output.float() - high) * (len(low) / self._spec.batch)
        return loss.detach(), torch.autograd.grad(loss, self._parameters)

    def averaged(self) -> dict[str, Tensor]:
        """Return the averaged weights as those of a plain network; the latest ones before there is an average."""
        if not self._spec.ema or not self.average.updates:
            return self.trainee.collapsed()
        self.average.swap()
        tensors = self.trainee.collapsed()
        self.average.swap()
        return tensors
