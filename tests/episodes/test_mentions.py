"""What a sentence names, and what it says is written somewhere."""

import pytest

from episodes.cast import Agency, Character, Prop, World
from episodes.mentions import mentions, written

WORLD = World(
    agency=Agency(name="Larkspur Police", county="Larkspur County"),
    characters=(
        Character(id="okafor", name="Officer Dale Okafor", short_name="Okafor", role="officer"),
        Character(id="goose", name="The Goose", short_name="Goose", role="suspect", kind="animal"),
        Character(id="dot", name="Dot Marsh", short_name="Dispatch", role="dispatcher"),
    ),
    props=(
        Prop(id="chair", name="chair"),
        Prop(id="folding-chair", name="folding chair"),
        Prop(id="chalk", name="piece of chalk"),
        Prop(id="picture", name="framed picture"),
    ),
)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Okafor has brought a folding chair", ["okafor", "folding-chair"]),
        ("two chairs wait behind the goose", ["chair", "goose"]),
        ("the chalk breaks", ["chalk"]),
        ("nobody is in the picture", []),
        ("a mongoose on a chairlift", []),
        ("the dispatch of a letter", []),
    ],
)
def test_a_text_names_people_and_things_in_its_order(text: str, ids: list[str]) -> None:
    assert [mention.id for mention in mentions(text, WORLD)] == ids


def test_an_owner_is_told_from_who_is_there() -> None:
    assert [mention.owner for mention in mentions("the goose's chair", WORLD)] == [True, False]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a sign behind the witness reads POSITION FILLED", "POSITION FILLED"),
        ("a sign on the tape says empty", "EMPTY"),
        ("the label on the bag reads: property of Okafor", "PROPERTY OF OKAFOR"),
        ("the apron has a name tag that says Manager", "MANAGER"),
        ("a card on the windscreen says left with a neighbour", "LEFT WITH A NEIGHBOUR"),
        ("the bottom line of the board reads POLICE, 40 to 1", "POLICE, 40 to 1"),
        ("the sign says nothing", ""),
        ("every square on it is stamped but one", ""),
        ("a neat stone has been put on the bill", ""),
    ],
)
def test_what_is_written_is_read_off_the_words(text: str, words: str) -> None:
    assert written(text) == words
