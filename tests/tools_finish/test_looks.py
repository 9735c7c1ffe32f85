"""A look changes the film, the cards and the strips together; cards are legible in every look and format."""

from itertools import combinations

import cv2
import numpy as np
import pytest

from episodes.format import FORMATS, FormatName
from episodes.requests import CardRequest
from tests.tools_finish.foreign import Image, request, shapes
from tools.finish.camera import Finish
from tools.finish.cards import SETTLED, card_frames
from tools.finish.flashes import FlashMeter
from tools.finish.looks import LOOKS
from tools.finish.overlay import name_strip_image

CREDITS = ("Night Shift, season 1, episode 3", "Officer Dale Okafor", "A raccoon as itself", "Made by AI.")
TEASER = "A goose applies for a parking permit. The form is in order."
CARDS = ("title", "next", "end")


def card(kind: str, look: str, form: FormatName = "proof", **changes: object) -> list[Image]:
    lines = {"title": (), "next": (TEASER,), "end": CREDITS}[kind]
    values: dict[str, object] = {
        "card": kind, "format": FORMATS[form], "look": look, "show": "Night Shift", "title": "Glazed and Confused",
        "lines": lines, "frames": round(2.5 * FORMATS[form].fps), "seed": 7,
    }  # fmt: skip
    return [frame.copy() for frame in card_frames(CardRequest.model_validate(values | changes))]


def difference(one: Image, other: Image) -> float:
    return float(np.abs(one.astype(int) - other).mean())


@pytest.mark.parametrize(("one", "other"), list(combinations(LOOKS, 2)))
def test_any_two_looks_differ_in_the_film_and_on_the_name_strip(one: str, other: str) -> None:
    frame = np.asarray(cv2.cvtColor(shapes(0), cv2.COLOR_BGR2BGRA), np.uint8)
    film = [Finish(request("bodycam", look=look)).apply(frame, 0) for look in (one, other)]
    assert difference(*film) > 1.5
    assert name_strip_image("Officer Dale Okafor", "Maple Hollow Police", 320, 180, one) != name_strip_image(
        "Officer Dale Okafor", "Maple Hollow Police", 320, 180, other
    )


@pytest.mark.parametrize("kind", CARDS)
def test_any_two_looks_have_cards_of_their_own(kind: str) -> None:
    settled = {look: card(kind, look, frames=6)[-1] for look in LOOKS}
    for one, other in combinations(LOOKS, 2):
        assert difference(settled[one], settled[other]) > 6, (one, other)


@pytest.mark.parametrize("kind", CARDS)
@pytest.mark.parametrize("look", LOOKS)
def test_a_card_moves_at_first_and_has_settled_after_a_second(kind: str, look: str) -> None:
    frames, fps = card(kind, look), FORMATS["proof"].fps
    at = round(SETTLED * fps) + 1
    still = [difference(frames[at], frame) for frame in frames[at:]]
    assert max(still) < 3.0
    assert difference(frames[0], frames[at]) > max(still)


@pytest.mark.parametrize("look", LOOKS)
def test_no_card_flashes(look: str) -> None:
    for kind in CARDS:
        meter = FlashMeter(FORMATS["proof"].fps)
        for frame in card(kind, look):
            meter.see(np.ascontiguousarray(frame[..., ::-1]))
        assert meter.safe


@pytest.mark.parametrize("form", ["wide", "vertical", "square"])
@pytest.mark.parametrize("kind", CARDS)
def test_cards_are_composed_for_their_format_and_not_cut_off(kind: str, form: FormatName) -> None:
    long = "The Extraordinarily Long and Winding Night of the Goose"
    for title in ("Glazed", long):
        frame = card(kind, "night_blue", form, title=title, frames=8)[-1]
        assert frame.shape == (FORMATS[form].height, FORMATS[form].width, 3)
        # Light letters stand inside the safe area: the outermost columns hold none of the title's paper colour.
        paper = np.abs(frame.astype(int) - np.array((247, 243, 230))).sum(axis=2) < 12
        edge = round(FORMATS[form].width * 0.02)
        assert paper[:, :edge].sum() == paper[:, -edge:].sum() == 0


def test_the_teaser_can_be_read_for_two_seconds() -> None:
    frames, fps = card("next", "night_blue", "wide"), FORMATS["wide"].fps
    last = frames[-1]
    text = np.s_[260:520, 380:900]
    stands = [index for index, frame in enumerate(frames) if difference(frame[text], last[text]) < 2]
    assert len(stands) / fps > 2.1
    assert (
        difference(last, card("next", "night_blue", "wide", lines=("Something else altogether.",), frames=40)[-1]) > 1
    )


@pytest.mark.parametrize("look", LOOKS)
def test_the_notice_stands_boxed_from_the_first_frame(look: str) -> None:
    with_notice, without = (card("end", look, lines=(*CREDITS[:-1], last), frames=8)[0] for last in ("Made by AI.", ""))
    assert difference(with_notice[145:], without[145:]) > 4


def test_an_unknown_look_is_the_first_one() -> None:
    assert np.array_equal(card("title", "no such look")[-1], card("title", "night_blue")[-1])
