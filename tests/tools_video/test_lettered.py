"""Lettered things: a script's own words stand on the sign, the form, the label."""

from fractions import Fraction

import numpy as np
import pytest

from episodes.format import FORMATS
from episodes.requests import RenderRequest
from episodes.shots import Subject
from tests.tools_video.test_embedded_video import WORLD, shot
from tools.video.props.lettered import style_of
from tools.video.stage import Stage


def frame(subject: Subject, **changes: object) -> np.ndarray:
    plan = shot(subjects=(subject,), size="close", seconds=Fraction(1), **changes)
    return Stage(RenderRequest(shot=plan, world=WORLD, format=FORMATS["wide"], seed=7, handle_frames=0), {}).frame(0.5)


@pytest.mark.parametrize("thing", ["sign", "loyalty-card", "name-tag", "brass-plaque", "phone"])
def test_other_words_are_another_picture_and_no_words_the_plain_thing(thing: str) -> None:
    plain, first, second = (frame(Subject(id=thing, words=words)) for words in ("", "CLOSED", "NO REFUNDS, NO LLAMAS"))
    assert np.abs(first.astype(int) - second).mean() > 0.3
    assert np.abs(first.astype(int) - plain).mean() > 1


def test_a_thing_is_lettered_as_what_it_is() -> None:
    assert [style_of(name) for name in ("a sign", "toe tag", "brass plaque", "radio", "form 9-B")] == [
        "sign", "tag", "plaque", "screen", "paper",
    ]  # fmt: skip


def test_a_lifted_thing_stands_higher_beside_somebody_and_in_the_middle_of_its_own_shot() -> None:
    pair = (Subject(id="okafor", at=0.35), Subject(id="dozen", at=0.65))
    low, high = (
        Stage(
            RenderRequest(
                shot=shot(subjects=(pair[0], pair[1].model_copy(update={"lift": lift})), size="medium", light="day"),
                world=WORLD, format=FORMATS["proof"], seed=7, handle_frames=0,
            ), {},
        ).frame(0.5)
        for lift in (0.0, 0.95)
    )  # fmt: skip
    assert np.abs(low.astype(int) - high).mean() > 0.8
    on_floor, on_counter = (frame(Subject(id="dozen", lift=lift)) for lift in (0.0, 0.95))
    middle = np.s_[240:480, 500:780]
    assert on_counter[middle].std() > 0.5 * on_floor[middle].std()


def test_who_passes_outside_a_car_is_seen_smaller_and_behind_its_windows() -> None:
    seats = {"place": "car", "size": "medium", "light": "day"}
    inside, outside = (
        Stage(
            RenderRequest(
                shot=shot(subjects=(Subject(id="ruth", outside=out),), **seats), world=WORLD,
                format=FORMATS["proof"], seed=7, handle_frames=0,
            ), {},
        )
        for out in (False, True)
    )  # fmt: skip
    assert outside._players[0].z > 1.5 > inside._players[0].z
    assert np.abs(inside.frame(0.5).astype(int) - outside.frame(0.5)).mean() > 2


def test_the_edge_light_of_who_stands_behind_does_not_shine_through_who_stands_in_front() -> None:
    front, behind = Subject(id="ruth", at=0.5, depth=0.3), Subject(id="okafor", at=0.44, depth=0.6)
    alone, pair = (
        Stage(
            RenderRequest(
                shot=shot(subjects=subjects, owner="phone"), world=WORLD, format=FORMATS["wide"], seed=7,
                handle_frames=0,
            ), {},
        )
        for subjects in ((front,), (front, behind))
    )  # fmt: skip
    seen, both = alone.frame(0.5), pair.frame(0.5)
    sprite = alone._players[0].sprite
    assert sprite is not None
    # Well inside the one in front, both frames show the same.
    x, y = (round(v) for v in pair._travel.base.place(pair._players[0].x, 1.15, pair._players[0].z))
    inside = np.s_[y - 50 : y + 50, x - 24 : x + 24]
    assert np.abs(seen[inside].astype(int) - both[inside]).max() < 24
