"""Which recording stands for which sound: names, most specific first, and never more than a scene asks for."""

from fractions import Fraction as F
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from episodes.cast import SetName
from episodes.nouns import nouns
from episodes.recordings import bed_names, file_name, is_known, needed, sought, takes, without_take
from episodes.requests import OwnSound, PlacedBed, PlacedEvent, Sounding, Surface
from episodes.shots import Door, Enter, Fall, LightBar, SirenPass, Step, ThingActs, Torch

GOOSE = Sounding(name="goose", kind="animal")
OFFICER = Sounding(name="Okafor", kind="human", kit=True)


def own(*names: str) -> tuple[OwnSound, ...]:
    return tuple(OwnSound(name=name, digest=name, form="wav") for name in sorted(names))


def names(placed: PlacedEvent) -> dict[str, tuple[str, ...]]:
    return {one.part: one.names for one in sought(placed)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("goose", "goose"),
        ("geese", "goose"),
        ("jelly doughnuts", "doughnut"),
        ("Cup of Coffee", "cup"),
        ("goose in a hat", "goose"),
        ("wolves", "wolf"),
        ("berries", "berry"),
        ("buses", "bus"),
    ],
)
def test_nouns_are_found_in_names(text: str, found: str) -> None:
    assert found in nouns(text)


def test_the_thing_itself_comes_before_what_it_is_in() -> None:
    assert nouns("goose in a hat").index("goose") < nouns("goose in a hat").index("hat")


@given(st.text(max_size=40))
def test_names_of_any_text_are_plain_and_stable(text: str) -> None:
    name = file_name(text)
    assert name == file_name(name)
    assert not any(letter in name for letter in "/\\. ")
    nouns(text)


def test_the_most_specific_name_is_asked_first() -> None:
    step = PlacedEvent(event=Step(at=F(1), who="a", gait="run"), surface="grass")
    assert names(step)["foot"] == ("step-grass-run", "step-grass", "step-run", "step")
    slam = PlacedEvent(event=Door(at=F(1), action="slam"), set="parking_lot")
    assert names(slam)["door"] == ("door-parking-lot-slam", "door-car-slam", "door-slam")
    honk = PlacedEvent(event=ThingActs(at=F(1), who="g", action="honk"), who=GOOSE)
    assert names(honk)["voice"] == ("goose-honk", "goose", "honk")
    assert names(PlacedEvent(event=SirenPass(at=F(1))))["siren"] == ("siren",)


def test_an_animal_never_walks_in_the_persons_boots() -> None:
    step = PlacedEvent(event=Step(at=F(1), who="g"), who=GOOSE)
    assert names(step)["foot"] == ("goose-step",)


def test_an_officer_carries_keys_and_a_witness_does_not() -> None:
    step = PlacedEvent(event=Step(at=F(1), who="o"), who=OFFICER)
    assert names(step)["kit"] == ("keys", "belt")
    assert "kit" not in names(PlacedEvent(event=Step(at=F(1), who="w")))


def test_nobody_steps_in_a_car() -> None:
    assert sought(PlacedEvent(event=Step(at=F(1), who="o"), who=OFFICER, surface="seat")) == ()


def test_all_takes_of_the_first_name_are_meant() -> None:
    sounds = own("goose", "goose-honk-1", "goose-honk-2", "honk")
    assert [one.name for one in takes(("goose-honk", "goose", "honk"), sounds)] == ["goose-honk-1", "goose-honk-2"]
    assert [one.name for one in takes(("goose",), sounds)] == ["goose"]
    assert takes(("duck",), sounds) == ()
    assert without_take("goose-honk-12") == "goose-honk"


def test_a_scene_needs_what_it_asks_for_and_nothing_else() -> None:
    sounds = own("goose", "duck", "step-grass", "step", "bed-street", "bed-park-night", "keys", "siren")
    events = (
        PlacedEvent(event=ThingActs(at=F(1), who="g", action="honk"), who=GOOSE),
        PlacedEvent(event=Step(at=F(2), who="o"), who=OFFICER, surface="grass"),
    )
    bed = PlacedBed(at=F(0), seconds=F(3), set="park", interior=False, weather="clear", light="night")
    found = [one.name for one in needed(events, (bed,), sounds)]
    assert found == ["bed-park-night", "goose", "keys", "step-grass"]
    assert needed(events, (bed,), ()) == ()


def test_a_beds_weather_must_fit_outdoors() -> None:
    street = PlacedBed(at=F(0), seconds=F(3), set="street", interior=False, weather="rain", light="night")
    assert bed_names(street)[:2] == ("bed-street-night-rain", "bed-street-rain")
    assert "bed-street" not in bed_names(street)
    assert "bed-street" in bed_names(street.model_copy(update={"weather": "clear"}))
    shop = street.model_copy(update={"set": "shop", "interior": True})
    assert "bed-shop" in bed_names(shop)


@pytest.mark.parametrize(
    "event",
    [
        Step(at=F(1), who="a"), Door(at=F(1), action="knock"), Fall(at=F(1), what="x"), Torch(at=F(1), action="on"),
        LightBar(at=F(1)), SirenPass(at=F(1)), Enter(at=F(1), who="a"), ThingActs(at=F(1), who="a", action="spin"),
    ],
    ids=lambda event: event.kind,
)  # fmt: skip
def test_every_name_that_is_asked_for_is_known(event: object) -> None:
    for who in (GOOSE, OFFICER, None):
        placed = PlacedEvent.model_validate({"event": event, "who": who, "set": "shop"})
        for one in sought(placed):
            for name in one.names:
                assert is_known(f"{name}-3", ("goose", "okafor")), name


def test_other_names_are_not_known() -> None:
    for name in ("dor-slam", "step-lava", "goose-explode", "bed-moon", "stepp"):
        assert not is_known(name, ("goose",)), name


def test_the_page_of_names_knows_every_set_ground_and_action() -> None:
    page = (Path(__file__).parents[2] / "docs" / "sounds.md").read_text("utf-8")
    actions = get_args(ThingActs.model_fields["action"].annotation)
    for word in (*get_args(SetName), *get_args(Surface), *actions):
        assert file_name(word) in page, word
    for name in ("door-bell", "keys", "light-bar", "torch-sweep", "cloth-enter", "siren"):
        assert f"`{name}`" in page
