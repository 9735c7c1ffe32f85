"""The slate before a take that was not used."""

import numpy as np
import pytest

from episodes.format import FORMATS, FormatName
from episodes.requests import CardRequest
from tools.finish.cards import card_frames


def last_frame(name: FormatName, *lines: str) -> np.ndarray:
    request = CardRequest(card="slate", format=FORMATS[name], look="night_blue", show="Night Shift", title="S02-04",
                          lines=lines, frames=FORMATS[name].fps // 2, seed=4)  # fmt: skip
    frames = list(card_frames(request))
    assert len(frames) == request.frames
    return frames[-1]


@pytest.mark.parametrize("name", ["proof", "vertical"])
def test_a_slate_fits_every_shape_of_frame(name: FormatName) -> None:
    frame = last_frame(name, "S02", "04", "1", "The goose is gone.")
    assert frame.shape == (FORMATS[name].height, FORMATS[name].width, 3)
    chalk = (frame > 200).all(axis=2)
    rows, across = np.flatnonzero(chalk.any(axis=1)), np.flatnonzero(chalk.any(axis=0))
    assert rows[0] > 0
    assert rows[-1] < FORMATS[name].height - 1
    assert across[0] > 0
    assert across[-1] < FORMATS[name].width - 1


def test_a_slate_says_which_take_it_was_and_why_it_was_not_used() -> None:
    first = last_frame("proof", "S02", "04", "1", "The goose is gone.")
    for other in (("S02", "04", "2", "The goose is gone."), ("S02", "04", "1", "You asked for another take.")):
        assert (first != last_frame("proof", *other)).any()


def test_a_long_reason_and_letters_of_other_scripts_stay_on_the_slate() -> None:
    long = last_frame("proof", "S02", "04", "12", "犬 🦝 " + "and then the goose said a great deal more " * 8)
    short = last_frame("proof", "S02", "04", "12", "")
    edge = (slice(None), slice(0, 30))
    assert np.array_equal(long[edge], short[edge])
