"""Which saving a GPU's memory asks for, by numbers alone."""

import pytest

from episodes.errors import BackendUnavailable
from tools.local.device import GIB
from tools.local.memory import LADDER, Appetite, next_saving, saving_for

WAN = Appetite(whole=round(16.5 * GIB), largest=round(10.6 * GIB), work=round(7.5 * GIB))
"""Wan 2.1, 1.3 billion parameters: its text encoder is four times as large as its transformer."""


@pytest.mark.parametrize(
    ("free", "saving"), [(80, "none"), (24.6, "none"), (22, "tiling"), (16, "parts"), (8, "layers")]
)
def test_the_first_saving_that_fits_is_taken(free: float, saving: str) -> None:
    assert saving_for(WAN, round(free * GIB), "Wan") == saving


def test_each_step_down_needs_less() -> None:
    needs = [WAN.with_saving(saving) for saving in LADDER]
    assert needs == sorted(needs, reverse=True)
    assert len(set(needs)) == len(LADDER)


def test_too_small_a_gpu_is_told_what_it_lacks() -> None:
    with pytest.raises(BackendUnavailable, match=r"^Wan needs \d\.\d GiB of free memory on the GPU and there are 3\.0"):
        saving_for(WAN, 3 * GIB, "Wan")


def test_the_ladder_ends() -> None:
    assert [next_saving(saving) for saving in LADDER] == [*LADDER[1:], None]
