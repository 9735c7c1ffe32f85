"""What each family of text-to-video models is asked for: its frames, its sizes."""

from fractions import Fraction as F

import pytest

from episodes.format import FORMATS, FormatName
from tools.video.families import FAMILIES


@pytest.mark.parametrize("name", FAMILIES)
def test_frames_obey_the_rule_and_last_long_enough_or_as_long_as_can_be(name: str) -> None:
    family = FAMILIES[name]
    for tenths in range(1, 120):
        seconds = F(tenths, 10)
        frames = family.frames_for(seconds, family.fps, family.most_frames)
        assert (frames - 1) % family.step == 0
        assert 1 <= frames <= family.most_frames
        most = (family.most_frames - 1) // family.step * family.step + 1
        assert frames >= seconds * family.fps or frames == most
        # Never a whole step more than is needed.
        assert frames - seconds * family.fps < family.step + 1


@pytest.mark.parametrize(("name", "rule"), [("wan", 4), ("ltx", 8), ("cogvideox", 8), ("zeroscope-local", 1)])
def test_the_rules_are_those_of_the_models(name: str, rule: int) -> None:
    assert FAMILIES[name].step == rule
    assert (FAMILIES[name].most_frames - 1) % rule == 0


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", FAMILIES)
def test_sizes_have_the_formats_shape_and_the_models_multiple(name: str, form: FormatName) -> None:
    family, asked = FAMILIES[name], FORMATS[form]
    width, height = family.size_for(asked)
    assert width % family.multiple == 0
    assert height % family.multiple == 0
    assert (width > height) == (asked.width > asked.height)
    assert 0.7 < width * height / (family.width * family.height) < 1.4
