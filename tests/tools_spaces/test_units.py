"""What numbers and choices mean: units of lengths, lengths, shapes, rates."""

import pytest

from tests.tools_spaces.apis import number, slider
from tools.spaces.description import Parameter
from tools.spaces.units import best_shape, guessed_rate, length_of, shape_of, unit_of


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("5s", 5), ("5 seconds", 5), ("10", 10), ("81 frames", 81 / 24), ("2000 ms", 2), ("short", 3), ("Medium", 5),
     ("1 min", 60), ("blue", None), ("17 帧(约 2 秒)", 2), ("49 frames (6.1 s)", 6.1), ("5s (81 frames at 16 fps)", 5),
     ("81 frames @ 16 fps", 81 / 24), ("2 x 5 s", 5)],
)  # fmt: skip
def test_a_choice_is_a_length(said: str, seconds: float | None) -> None:
    assert length_of(said) == (None if seconds is None else pytest.approx(seconds))


@pytest.mark.parametrize(
    ("said", "shape"),
    [("832x480 (16:9)", (832, 480)), ("1280*720", (1280, 720)), ("16:9", (16, 9)), ("Landscape", (16, 9)),
     ("720p", (0, 720)), ("9 : 16", (9, 16)), ("1024 × 576", (1024, 576)), ("blue", None), ("mp4", None),
     ("320*576 (H*W, landscape)", (576, 320)), ("576*320 (H*W, portrait)", (320, 576)), ("480x832 (h x w)", (832, 480)),
     ("512x768 retrato", (512, 768)), ("横屏 480×832", (832, 480))],
)  # fmt: skip
def test_a_choice_is_a_shape(said: str, shape: tuple[float, float] | None) -> None:
    assert shape_of(said) == shape


def test_of_several_sizes_of_one_shape_the_largest_that_is_not_too_large_is_taken() -> None:
    sizes = ["320x180", "640x360", "1280x720", "1920x1080", "720x1280"]
    assert best_shape(sizes, 1280, 720) == 2
    assert best_shape(sizes, 720, 1280) == 4
    assert best_shape(["480p", "720p"], 1280, 720) == 1


@pytest.mark.parametrize(
    ("parameter", "unit"),
    [
        (slider("num_frames", 8, 48, 24), "frames"), (slider("length", 1, 10, 5), "seconds"),
        (slider("video_length", 16, 128, 16), "frames"), (slider("n", 100, 9000, 3000, 100, "Length"), "ms"),
        (number("max_new_tokens", 512), "tokens"), (slider("d", 0.1, 2, 1, 0.1, "Length (min)"), "minutes"),
        (slider("num_frames", 1, 10, 2.5, 0.5, "Video length (s)"), "seconds"),
        (slider("duration", 1, 120, 10), "seconds"),
    ],
)  # fmt: skip
def test_a_length_has_a_unit(parameter: Parameter, unit: str) -> None:
    assert unit_of(parameter)[0] == unit


@pytest.mark.parametrize(("frames", "rate"), [(24, 8), (16, 8), (49, 8), (81, 16), (121, 24), (129, 25)])
def test_the_rate_of_a_model_is_guessed_by_its_usual_clip(frames: int, rate: float) -> None:
    assert guessed_rate(slider("num_frames", 1, 200, frames)) == rate
