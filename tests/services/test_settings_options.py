import pytest

from sr_desktop.engine.targets import Factor, Height, LongSide, Width
from sr_desktop.services.pictures.upscaler import Options
from sr_desktop.services.settings_options import options_from, remembering
from sr_desktop.settings import Settings


@pytest.mark.parametrize("target", [Factor(3), Width(800), Height(600), LongSide(1200)])
def test_options_that_are_remembered_come_back(target):
    options = Options(target, "my model", "cpu", 8)
    settings = remembering(Settings(comparison="divider"), options)
    assert options_from(settings) == options
    assert settings.comparison == "divider"


def test_the_other_way_to_give_a_size_is_remembered_too():
    settings = remembering(Settings(factor=4), Options(Width(800)))
    assert remembering(settings, Options(Factor(4))).pixels == 800
    assert settings.factor == 4
