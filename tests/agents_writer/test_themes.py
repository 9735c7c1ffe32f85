"""Themes in any words and many languages become a premise: who, what, where, what for, what is odd."""

from pathlib import Path
from typing import get_args

import pytest

from agents.writer.affordances import affordances
from agents.writer.casting import cast_episode
from agents.writer.lexicon import load_lexicon
from agents.writer.premise import Premise, read_theme
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.cast import SetName

PROMPTS = Path(__file__).resolve().parents[2] / "prompts"


def read(theme: str, seed: int = 1) -> Premise:
    return read_theme(theme, load_lexicon(PROMPTS), seed)


@pytest.mark.parametrize(
    ("theme", "tongue", "doer", "thing", "deed"),
    [
        ("un mapache roba donas en la panadería", "es", "raccoon", "doughnut", "steal"),
        ("Un fantôme vole les croissants de la boulangerie", "fr", "ghost", "croissant", "steal"),
        ("Der Dachs klaut Brezeln am Bahnhof", "de", "badger", "pretzel", "steal"),
        ("o ganso canta no banco", "pt", "goose", "money", "noise"),
        ("il procione ruba il formaggio al museo", "it", "raccoon", "cheese", "steal"),
        ("猫が魚を盗む", "ja", "cat", "fish", "steal"),
        ("кот украл рыбу", "ru", "cat", "fish", "steal"),
        ("고양이가 생선을 훔쳤다", "ko", "cat", "fish", "steal"),
        ("浣熊偷面包", "zh", "raccoon", "bread", "steal"),
        ("hombre", "es", "man", None, None),
    ],
)
def test_other_languages_are_understood(
    theme: str, tongue: str, doer: str, thing: str | None, deed: str | None
) -> None:
    premise = read(theme)
    assert premise.tongue == tongue
    assert premise.doer.head == doer
    assert thing is None or premise.thing.head == thing
    assert (premise.deed.name if premise.deed else None) == deed


@pytest.mark.parametrize(
    "theme", ["fog", "Tuesday", "wig", "a llama yodels at the bank", "zorblax", "a goose dies laughing"]
)
def test_english_stays_english(theme: str) -> None:
    assert read(theme).tongue == "en"


@pytest.mark.parametrize(
    ("theme", "doer", "thing"),
    [
        ("a goose has locked itself in the mayor's car", "a goose", "the mayor's car"),
        ("a goose sneaked into the bank", "a goose", None),
        ("a beaver builds a dam across the drive-through", "a beaver", "a dam"),
        ("sourdough starter outgrows the bakery", "a sourdough starter", "bread"),
        ("a choir of frogs rehearses in the swimming pool", "a choir of frogs", None),
        ("a marching band nobody ordered", "a marching band", None),
        ("somebody returns every shopping trolley in town, at once", None, "twenty-three shopping trolleys"),
        ("two mice stole the cheese", "two mice", "cheese"),
        ("the mayor's umbrellas were taken by a heron", None, None),
    ],
)
def test_unknown_verbs_and_irregular_forms_are_no_obstacle(theme: str, doer: str | None, thing: str | None) -> None:
    premise = read(theme)
    assert doer is None or premise.doer.introduction == doer
    assert thing is None or premise.thing.introduction == thing


@pytest.mark.parametrize(
    ("theme", "oddity"),
    [
        ("someone returns library books too early", "too early"),
        ("shopping carts race down Main Street at midnight", "at midnight"),
        ("a raccoon steals doughnuts", ""),
        ("fog", ""),
    ],
)
def test_what_a_theme_says_beyond_who_and_what_is_its_oddity(theme: str, oddity: str) -> None:
    assert read(theme).oddity == oddity


def test_every_premise_has_a_wish_and_an_obstacle() -> None:
    for theme in ("fog", "raccoon heist at a doughnut shop", "Tuesday", "🦆🎺"):
        premise = read(theme)
        assert premise.wish
        assert premise.obstacle


def test_storylets_are_offered_affordances_and_not_names() -> None:
    assert {"alive", "small", "arrestable", "edible", "portable"} <= affordances(read("raccoon steals doughnuts"))
    assert {"lifeless", "huge"} <= affordances(read("fog steals a bus"))
    assert "portable" not in affordances(read("fog steals a bus"))
    assert "unknown" in affordances(read("zorblax"))
    assert "crowd" in affordances(read("forty ducks block the highway"))
    assert "quotable" not in affordances(read("un mapache roba donas en la panadería"))


@pytest.mark.parametrize(
    ("theme", "setting"),
    [
        ("a raccoon robs the diner", "diner"),
        ("goose steals coffee from a cafe", "diner"),
        ("raccoon in the alley behind the diner", "alley"),
        ("a badger in the dumpster", "alley"),
        ("forty ducks block the highway", "highway"),
        ("a fox naps on the hard shoulder", "highway"),
        ("a moose on the bridge", "highway"),
        ("a llama on the roof", "rooftop"),
        ("a ghost sings on the balcony", "rooftop"),
        ("sourdough starter outgrows the bakery", "kitchen"),
        ("un mapache roba donas en la panadería", "kitchen"),
        ("a bear in the restaurant kitchen", "kitchen"),
    ],
)
def test_a_theme_that_asks_for_a_set_gets_it(theme: str, setting: str) -> None:
    place = read(theme).place
    assert place is not None
    assert place.set == setting


@pytest.mark.parametrize("name", get_args(SetName))
def test_every_set_is_furnished_and_has_people_of_its_own(name: str) -> None:
    lexicon = load_lexicon(PROMPTS)
    place = lexicon.sets[name]
    assert place.landmark
    assert place.wrong
    assert len(place.dressing) >= 3
    assert len(lexicon.people.witnesses.get(name, ())) >= 5 or name in ("car", "interview", "dispatch_room")


def test_a_building_that_is_the_theme_s_thing_is_also_the_place() -> None:
    lexicon = load_lexicon(PROMPTS)
    cast = cast_episode(
        Brief(theme="pigeons occupy the water tower", seed=1), Bible(show="s"), read("pigeons occupy the water tower"),
        lexicon, (),
    )  # fmt: skip
    assert cast.places[1].set == "rooftop"
