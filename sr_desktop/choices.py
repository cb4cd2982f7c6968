"""The closed sets that a person chooses from: one place for command line, window, spec file and documentation.

Standard library only: a usage error must not wait for torch.
"""

from typing import Literal, TypeAlias, get_args

DeviceName: TypeAlias = Literal["auto", "cpu", "cuda", "mps", "xpu"]
Initialization: TypeAlias = Literal["he", "normal"]
Optimizer: TypeAlias = Literal["adam", "adamw", "sgd"]
Schedule: TypeAlias = Literal["cosine", "constant"]
Loss: TypeAlias = Literal["charbonnier", "l1", "mse", "psnr"]
TrainingPrecision: TypeAlias = Literal["auto", "fp32", "bf16"]
"""Without fp16, whose gradients would need scaling."""

DegradationKind: TypeAlias = Literal["blur", "noise", "jpeg"]

Passes: TypeAlias = Literal[1, 8]
"""Through the network for each picture: once, or once for each turn and flip."""

DEVICES: tuple[str, ...] = get_args(DeviceName)
PRECISIONS = ("auto", "fp32", "bf16", "fp16")
INITIALIZATIONS: tuple[str, ...] = get_args(Initialization)
OPTIMIZERS: tuple[str, ...] = get_args(Optimizer)
SCHEDULES: tuple[str, ...] = get_args(Schedule)
LOSSES: tuple[str, ...] = get_args(Loss)
TRAINING_PRECISIONS: tuple[str, ...] = get_args(TrainingPrecision)
