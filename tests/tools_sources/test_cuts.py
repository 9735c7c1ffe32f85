"""Cuts are found where they are, and neither flashes nor pans nor running are taken for one."""

import cv2
import numpy as np
import pytest

from tests.tools_sources.cut_material import FPS, MATERIAL, Picture, film
from tools.sources import cuts as cuts_module
from tools.sources.cuts import HEIGHT, LOOKS_A_SECOND, WIDTH, CutFinder, alike

HARD = [name for name in MATERIAL if name != "dissolve"]
WITHIN = 0.15
"""Seconds: it looks eight times a second."""


def found_in(frames: list[Picture]) -> list[float]:
    finder = CutFinder()
    for frame in frames[:: FPS // LOOKS_A_SECOND]:
        finder.see(np.ascontiguousarray(cv2.resize(frame, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)))
    return list(finder.cuts())


def hits(found: list[float], true: list[float]) -> int:
    left, count = list(found), 0
    for cut in true:
        near = [one for one in left if abs(one - cut) <= WITHIN]
        if near:
            left.remove(min(near, key=lambda one: abs(one - cut)))
            count += 1
    return count


@pytest.fixture(scope="module")
def films() -> dict[str, tuple[list[Picture], list[float]]]:
    return {name: film(MATERIAL[name], seed=1) for name in HARD}


def test_nineteen_of_twenty_hard_cuts_are_found_and_nothing_else(
    films: dict[str, tuple[list[Picture], list[float]]],
) -> None:
    true = right = wrong = 0
    for frames, cuts in films.values():
        found = found_in(frames)
        hit = hits(found, cuts)
        true, right, wrong = true + len(cuts), right + hit, wrong + len(found) - hit
    assert true > 100
    assert right >= 0.95 * true
    assert wrong <= 0.01 * right


@pytest.mark.parametrize("name", ["one shot", "one whip"])
def test_a_shot_without_a_cut_has_none_however_it_moves(
    films: dict[str, tuple[list[Picture], list[float]]], name: str
) -> None:
    assert found_in(films[name][0]) == []


def test_without_the_second_look_flashes_and_light_bars_would_be_cuts(
    films: dict[str, tuple[list[Picture], list[float]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("flash", "strobe"):
        frames, cuts = films[name]
        assert len(found_in(frames)) == hits(found_in(frames), cuts)
    monkeypatch.setattr(cuts_module, "_ALIKE", 2.0)
    for name in ("flash", "strobe"):
        frames, cuts = films[name]
        assert len(found_in(frames)) > hits(found_in(frames), cuts) + 3


def test_a_shifted_or_brighter_picture_is_the_same_and_an_empty_one_is_like_nothing() -> None:
    chance = np.random.default_rng(2)
    picture = cv2.GaussianBlur(chance.integers(0, 120, (18, 32), np.uint8), (0, 0), 1.5)
    other = cv2.GaussianBlur(chance.integers(0, 120, (18, 32), np.uint8), (0, 0), 1.5)
    assert alike(picture, np.roll(picture, 2, axis=1)) > 0.9
    assert alike(picture, np.asarray(picture * 1.6 + 20, np.uint8)) > 0.9
    assert alike(picture, other) < 0.7
    assert alike(picture, np.zeros_like(picture)) == 0
