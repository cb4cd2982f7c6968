"""The runs of the fault table: what is wrong with each, how its pictures are made, and which causes are accepted for it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from sr_desktop.imaging.resampling import shrink_like_matlab

Bytes = NDArray[np.uint8]
Pair = tuple[Bytes, Bytes | None]
"""A large picture, and the small one if the folder holds it, too."""

SIDE = 324
"""Of each picture: divisible by 2, 3 and 4."""

PICTURES = 14
"""Of a healthy run, one of them held out; 1.36 megapixels to learn from."""

STEPS = 600
SHORT_STEPS = 200
"""Of runs whose pictures are wrong, but for the first seed: nothing has to be compared."""

SEEDS = (1, 2, 3)


@dataclass(frozen=True)
class Case:
    """One run.

    Attributes:
        name: Unique; names the file in which its events are kept.
        fault: What is wrong, as the table calls it; empty for a healthy run.
        accepted: Causes that describe it; `refused` if the trainer may refuse the pictures.
        is_counted: It counts in the recall; others are only reported.
        shows_in_data: The pictures themselves are wrong, whatever the run's score.
        small: FSRCNN-s.
        scale: The factor.
        seed: Of the run and of the choice of pictures.
        spec: Fields of the spec that differ from the default.
        make: Makes the pairs from sound pictures.
        tamper: What happens to the run besides, by name: `dead`, `frozen`, `range`, `nan`.
        base: Name of the run whose weights it starts from, or `bundled`; empty from scratch.
        note: What is unusual about a healthy run.
    """

    name: str
    fault: str = ""
    accepted: frozenset[str] = frozenset()
    is_counted: bool = True
    shows_in_data: bool = False
    small: bool = False
    scale: int = 2
    seed: int = 1
    spec: Mapping[str, Any] = field(default_factory=dict)
    make: Callable[[list[Bytes], int, int], list[Pair]] | None = None
    tamper: str = ""
    base: str = ""
    note: str = ""

    @property
    def is_healthy(self) -> bool:
        """Whether nothing is wrong."""
        return not self.fault

    @property
    def twin(self) -> str:
        """The name of the healthy run that it is compared with."""
        return f"twin-{_network(self.small)}-{self.seed}"

    @property
    def group(self) -> str:
        """What healthy runs of its kind have in common."""
        kind = "fine-tuning" if self.base else "scratch"
        note = f", {self.note}" if self.note else ""
        return f"{kind}, rate {self.spec.get('learning_rate', 1e-3):g}{note}"


def sound_pictures(folder: Path, seed: int) -> list[Bytes]:
    """Return the middles of some of the pictures in a folder that are large enough, as RGB."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".png", ".jpg", ".bmp"))
    found: list[Bytes] = []
    for place in np.random.default_rng(seed).permutation(len(paths)):
        content = np.frombuffer(paths[place].read_bytes(), np.uint8)
        picture = cv2.imdecode(content, cv2.IMREAD_COLOR)
        if picture is None or min(picture.shape[:2]) < SIDE - 4:
            continue
        top, left = ((extent - SIDE) // 2 for extent in picture.shape[:2])
        whole = cv2.copyMakeBorder(picture, 2, 2, 2, 2, cv2.BORDER_REFLECT)  # BSDS pictures are 321 on a side
        found.append(np.ascontiguousarray(whole[top + 2 :, left + 2 :][:SIDE, :SIDE, ::-1]))
        if len(found) == PICTURES:
            return found
    raise SystemExit(f"{folder} holds fewer than {PICTURES} pictures of {SIDE} pixels on each side.")


# -- pictures that are wrong


def other_targets(pictures: list[Bytes], scale: int, seed: int) -> list[Pair]:
    """Return pairs of each picture and the small form of the next one."""
    return [
        (picture, shrink_like_matlab(pictures[(place + 1) % len(pictures)], scale))
        for place, picture in enumerate(pictures)
    ]


def shifted(pictures: list[Bytes], scale: int, seed: int) -> list[Pair]:
    """Return pairs whose small pictures are shifted, each by its own amount: up to 2, 4 or 8 pixels by seed."""
    random, most = np.random.default_rng(seed), 2**seed
    shifts = random.integers(-most, most + 1, (len(pictures), 2))
    return [
        (picture, shrink_like_matlab(np.roll(picture, shift, (0, 1)), scale))
        for picture, shift in zip(pictures, shifts, strict=True)
    ]


def shifted_alike(pictures: list[Bytes], scale: int, seed: int) -> list[Pair]:
    """Return pairs whose small pictures are all shifted by the same amount."""
    return [(picture, shrink_like_matlab(np.roll(picture, (seed, 2), (0, 1)), scale)) for picture in pictures]


def flat(pictures: list[Bytes], scale: int, seed: int) -> list[Pair]:
    """Return one grey each (seed 1), soft ramps (2), or greys with a trace of noise (3)."""
    random = np.random.default_rng(seed)
    found: list[Pair] = []
    for picture in pictures:
        level = random.uniform(30, 220)
        canvas = np.full(picture.shape, level)
        if seed == 2:
            canvas += np.linspace(0, 30, SIDE)[:, None, None] * random.choice([-1, 1])
        elif seed == 3:
            canvas += random.normal(0, 1.8, picture.shape[:2])[..., None]
        found.append((np.rint(canvas.clip(0, 255)).astype(np.uint8), None))
    return found


def noise(pictures: list[Bytes], scale: int, seed: int) -> list[Pair]:
    """Return white noise: even (seed 1), Gaussian (2), or black and white (3)."""
    random = np.random.default_rng(seed)
    kinds: Mapping[int, Callable[[tuple[int, ...]], NDArray[Any]]] = {
        1: lambda shape: random.integers(0, 256, shape),
        2: lambda shape: random.normal(128, 40, shape),
        3: lambda shape: 255 * random.integers(0, 2, shape),
    }
    shapes = (picture.shape[:2] for picture in pictures)
    grey = (np.rint(kinds[seed](shape).clip(0, 255)).astype(np.uint8) for shape in shapes)
    return [(np.repeat(plane[..., None], 3, axis=2), None) for plane in grey]


def one_tiny(pictures: list[Bytes], scale: int, seed: int) -> list[Pair]:
    """Return one picture of 40, 60 or 80 pixels."""
    return [(pictures[0][: 20 * (seed + 1), : 20 * (seed + 1)].copy(), None)]


def too_few(pictures: list[Bytes], scale: int, seed: int) -> list[Pair]:
    """Return 2, 3 or 4 pictures of 96 pixels."""
    return [(picture[:96, :96].copy(), None) for picture in pictures[: 1 + seed]]


# -- the runs


def _network(small: bool) -> str:
    return "fsrcnn-s" if small else "fsrcnn"


def _by_seed(*values: Any) -> Callable[[int], Any]:  # noqa: ANN401  # of any field of the spec
    return lambda seed: values[seed - 1]


def _faults(small: bool, seed: int) -> Iterator[Case]:
    pick = {
        "sgd_rate": _by_seed(0.01, 0.1, 0.03),
        "std": _by_seed(1.0, 0.5, 2.0),
        "huge": _by_seed(0.1, 0.3, 1.0),
        "tiny": _by_seed(1e-7, 1e-8, 3e-8),
        "loss": _by_seed("mse", "charbonnier", "l1"),
    }
    chosen = {name: choose(seed) for name, choose in pick.items()}
    sgd = {"optimizer": "sgd", "learning_rate": chosen["sgd_rate"], "loss": chosen["loss"]}
    data = {"shows_in_data": True, "spec": {"steps": STEPS if seed == SEEDS[0] else SHORT_STEPS}}

    def case(name: str, fault: str, accepted: str, **fields: Any) -> Case:  # noqa: ANN401  # of a case
        full = f"{name}-{_network(small)}-{seed}"
        return Case(full, fault, frozenset(accepted.split()), small=small, seed=seed, **fields)

    yield case(
        "stuck",
        "N(0, 0.001) everywhere, SGD",
        "vanishing_gradient",
        spec={**sgd, "initialization": "normal"},
    )
    yield case(
        "huge-start",
        "deviation 0.5 to 2",
        "diverging non_finite",
        spec={"initialization": "normal", "initialization_std": chosen["std"], "loss": chosen["loss"]},
    )
    yield case(
        "high-rate",
        "Adam, rate 0.1 to 1",
        "diverging oscillating non_finite dead_activations constant_output",
        spec={"learning_rate": chosen["huge"], "loss": chosen["loss"]},
    )
    yield case(
        "low-rate",
        "Adam, rate 1e-8 to 1e-7",
        "learning_rate_too_low",
        spec={"learning_rate": chosen["tiny"], "loss": chosen["loss"]},
    )
    yield case("other", "targets of another picture", "misaligned_pairs", make=other_targets, **data)
    yield case("shifts", "shifts that differ per picture", "misaligned_pairs", make=shifted, **data)
    yield case("range", "inputs in 0..255", "bad_range", tamper="range", **data)
    yield case("flat", "flat pictures", "no_detail constant_output too_little_data refused", make=flat, **data)
    yield case("noise", "pure noise", "no_detail", make=noise, **data)
    yield case("tiny", "one tiny picture", "too_little_data overfitting refused", make=one_tiny, **data)
    yield case("few", "too few pictures", "too_little_data overfitting refused", make=too_few, **data)
    yield case("dead", "PReLU slopes 0, biases −1", "dead_activations", tamper="dead", spec={"loss": chosen["loss"]})
    yield case("nan", "NaN in an input", "non_finite", tamper="nan", **data)
    if seed > SEEDS[0]:
        return
    beside = {"is_counted": False}
    yield case("frozen", "frozen layers (beside)", "", tamper="frozen", spec={"expansion": 0}, **beside)
    yield case("alike", "one shift for all (beside)", "", make=shifted_alike, **beside)
    slow = {"optimizer": "sgd", "learning_rate": 1e-3, "loss": chosen["loss"]}
    yield case("sgd", "SGD, rate 1e-3 (beside)", "", spec=slow, **beside)
    yield case("timid", "Adam, rate 1e-6 (beside)", "", spec={"learning_rate": 1e-6}, **beside)


def _healthy(small: bool, scale: int) -> Iterator[Case]:
    place = scale - 2
    losses = ("charbonnier", "mse", "l1")
    schedules = ("cosine", "constant", "cosine")
    start = f"healthy-{_network(small)}-x{scale}"
    for number, rate in enumerate((1e-3, 3e-3, 1e-4, 1e-5)):
        turn = (place + number) % 3
        spec = {"learning_rate": rate, "loss": losses[turn], "schedule": schedules[turn]}
        yield Case(f"{start}-{rate:g}", small=small, scale=scale, seed=10 * scale + number, spec=spec)
    for number, rate in enumerate((1e-5, 5e-4)):
        turn = (place + number + 1) % 3
        spec = {"learning_rate": rate, "loss": losses[turn], "schedule": schedules[turn]}
        base = f"{start}-0.001" if small else "bundled"
        name, seed = f"tuned-{_network(small)}-x{scale}-{rate:g}", 10 * scale + 5 + number
        yield Case(name, small=small, scale=scale, seed=seed, spec=spec, base=base)


def _unusual() -> Iterator[Case]:
    """Yield healthy runs whose losses are noisy or that are long enough for ten scores."""
    rough = {"learning_rate": 3e-3, "batch": 2, "patch": 7, "steps": 1_500, "schedule": "constant"}
    yield Case("rough-fsrcnn-s", small=True, seed=43, spec=rough, note="batches of 2 patches")
    long = {"learning_rate": 3e-3, "batch": 4, "patch": 8, "steps": 3_000, "schedule": "constant", "loss": "mse"}
    yield Case("long-fsrcnn-s", small=True, seed=44, spec=long, note="3,000 steps, batches of 4 patches")
    fast = {"learning_rate": 0.1, "optimizer": "sgd"}
    yield Case("momentum-fsrcnn-s", small=True, seed=47, spec=fast, note="SGD with momentum")


def cases() -> list[Case]:
    """Return all runs: healthy ones and twins first, since others start from them or are compared with them."""
    both = (False, True)
    twins = [Case(f"twin-{_network(small)}-{seed}", small=small, seed=seed) for seed in SEEDS for small in both]
    healthy = [case for scale in (2, 3, 4) for small in both for case in _healthy(small, scale)]
    faults = [case for seed in SEEDS for small in both for case in _faults(small, seed)]
    return [*twins, *healthy, *_unusual(), *faults]
