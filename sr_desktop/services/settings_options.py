"""Between what is remembered and what the services take."""

from dataclasses import replace
from typing import assert_never

from sr_desktop.engine.targets import Factor, Height, LongSide, Target, Width
from sr_desktop.services.pictures.upscaler import Options
from sr_desktop.settings import Settings


def options_from(settings: Settings) -> Options:
    """Return the options that the settings remember."""
    return Options(_target(settings), settings.model, settings.device, 8 if settings.best_quality else 1)


def _target(settings: Settings) -> Target:
    match settings.size:
        case "width":
            return Width(settings.pixels)
        case "height":
            return Height(settings.pixels)
        case "long side":
            return LongSide(settings.pixels)
        case _:
            return Factor(settings.factor)


def remembering(settings: Settings, options: Options) -> Settings:
    """Return settings that remember the options too."""
    kept = replace(settings, model=options.model, device=options.device, best_quality=options.passes > 1)
    match options.target:
        case Factor(scale):
            return replace(kept, size="factor", factor=scale)
        case Width(pixels):
            return replace(kept, size="width", pixels=pixels)
        case Height(pixels):
            return replace(kept, size="height", pixels=pixels)
        case LongSide(pixels):
            return replace(kept, size="long side", pixels=pixels)
        case _:
            assert_never(options.target)
