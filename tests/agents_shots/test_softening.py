"""What a refused shot is asked for with instead, and what the record says was lost."""

import re
from fractions import Fraction

import pytest

from agents.shot_planner.plain_words import PLAIN
from agents.shot_planner.softening import implied, neutral
from episodes.cast import Agency, Character, Place, Prop, World
from episodes.shots import Gesture, Mouth, Shot, Subject
from tests.planned_episode import planned_episode

WORLD = World(
    agency=Agency(name="Button County Sheriff", county="Button County"),
    characters=(
        Character(
            id="okafor", name="Officer Dale Okafor", short_name="Okafor", role="officer", wardrobe=("navy shirt",)
        ),
        Character(id="pell", name="Ines Pell", short_name="Pell", role="witness", wardrobe=("green apron",)),
        Character(id="goose", name="The Goose", short_name="the goose", role="suspect", kind="animal"),
    ),
    props=(Prop(id="money", name="stolen money"),),
    places=(Place(id="bank", name="First Bank", set="shop", interior=True, landmark="a paper vault"),),
)


def shot(prompt: str, *seen: str, **update: object) -> Shot:
    subjects = tuple(Subject(id=who) for who in seen)
    plain = Shot(
        id="S01-01", scene="S01", beats=("S01-B1",), owner="bodycam", wearer="okafor", size="medium", place="bank",
        clock="2026-05-04T02:10:00", light="night", seconds=Fraction(3), subjects=subjects, prompt=prompt,
    )  # fmt: skip
    return plain.model_copy(update=update)


@pytest.mark.parametrize(
    ("refused", "asked"),
    [
        ("An officer makes an arrest.", "An officer makes a talk."),
        ("The tall man, a suspect, in a coat arrests the goose.", "The tall man in a coat talks to the goose."),
        ("A gun lies beside a beer.", "A torch lies beside a lemonade."),
        ("Two police officers chase a child.", "Two people in uniform walk a person."),
        ("The dead body of a fish.", "The figure at rest of a fish."),
        ("The goose has stolen money.", "The goose has missing money."),
        ("Attacks the crime scene with an umbrella.", "Walks up to the place with an umbrella."),
    ],
)
def test_refused_words_give_way_to_plain_ones(refused: str, asked: str) -> None:
    assert neutral(shot(refused, "goose"), WORLD)[0] == asked


def test_the_record_names_each_word_that_was_given_up() -> None:
    _, lost = neutral(shot("The suspect hides the stolen bread.", "goose"), WORLD)
    assert lost == 'Said in other words: "person" for "suspect" and "missing" for "stolen".'


@pytest.mark.parametrize("harmless", ["A bodybuilder waves.", "A close shot of a hitched skill.", "The gunwale drips."])
def test_a_word_within_a_word_is_left_alone(harmless: str) -> None:
    asked, lost = neutral(shot(harmless, "goose"), WORLD)
    assert "Said in other words" not in lost
    assert asked != harmless


def test_a_prompt_without_any_such_word_is_built_anew_from_the_plan() -> None:
    nods = (Gesture(at=Fraction(0), who="pell", gesture="nod"),)
    asked, lost = neutral(shot("Something that nobody can name.", "pell", "money", events=nods), WORLD)
    assert "nobody can name" not in asked
    assert "one person in green apron" in asked.lower()
    assert "The person nods." in asked
    assert "missing money" in asked
    assert lost.startswith("Not said: what happens")


def test_of_the_plain_words_none_would_be_refused_itself() -> None:
    again = {plain: word for plain in PLAIN.values() for word in re.findall(r"[\w'-]+", plain) if word in PLAIN}
    assert again == {}


def test_no_shot_of_an_episode_keeps_a_refused_word_in_either_wording() -> None:
    episode = planned_episode()
    words = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, PLAIN)) + r")(?![\w-])", re.IGNORECASE)
    for planned in episode.shots:
        for said, lost in (neutral(planned, episode.the_world), implied(planned, episode.the_world)):
            assert not words.search(said), said
            assert said != planned.prompt
            assert lost.endswith(".")


def test_an_officer_takes_in_what_is_not_shown() -> None:
    asked, lost = implied(shot("x", "goose", "pell", "okafor", gag="The goose bites the vault"), WORLD)
    assert "navy shirt" in asked
    assert "listens" in asked
    assert "goose" not in asked
    assert lost == "Not seen: the gag (The goose bites the vault), the goose and Pell; the face of Okafor instead."


def test_without_an_officer_it_is_whoever_is_there_and_who_speaks_goes_on_speaking() -> None:
    speaks = (Mouth(at=Fraction(0), who="pell", line="S01-L01"),)
    asked, _ = implied(shot("x", "goose", "pell", events=speaks), WORLD)
    assert "green apron" in asked
    assert "talks quietly" in asked


def test_where_nobody_is_a_radio_lights_the_dark() -> None:
    asked, lost = implied(shot("x", "goose"), WORLD)
    assert "light of a radio" in asked
    assert "the goose" in lost
