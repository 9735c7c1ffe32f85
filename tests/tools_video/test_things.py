"""Things and animals: each word has a picture of its own, which is the same twice and moves as it is told."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import yaml

from tools.finish.text import blank, width_of
from tools.video.acting import Turn
from tools.video.brush import Brush
from tools.video.props import catalogue, cutouts, emoji_art
from tools.video.props.birds import BIRDS
from tools.video.props.catalogue import look_of
from tools.video.props.critters import CRITTERS
from tools.video.props.evidence import label_of
from tools.video.props.menagerie import BEASTS
from tools.video.props.objects import MOVING
from tools.video.props.scale import staged
from tools.video.props.sketches import sketch_of
from tools.video.props.things import draw_thing, size_of
from tools.video.props.words import INTANGIBLE

NOUNS = Path("prompts/lexicon/nouns")
LIVING = (*BEASTS, *BIRDS, *CRITTERS)
STARS = (
    *LIVING, *MOVING, "doughnut", "box of doughnuts", "shopping cart", "gnome", "tuba", "trumpet", "toupee",
        "traffic cone", "mailbox",
    "hot dog", "cake", "pizza", "statue", "robot vacuum", "piano", "sofa", "wheelie bin", "lawn flamingo", "coffee",
        "notebook", "key",
    "phone", "sandwich", "umbrella", "ladder", "suitcase", "trophy", "sign", "permit", "form", "envelope", "wallet",
        "money", "balloon",
)  # fmt: skip


def lexicon() -> dict[str, tuple[str, float]]:
    """Return emoji and metres of every noun that the writer knows."""
    found: dict[str, tuple[str, float]] = {}
    for file in sorted(NOUNS.glob("*.yaml")):
        page = yaml.load(file.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        usual = page["defaults"]
        for name, noun in page["nouns"].items():
            found[str(name)] = (noun.get("emoji", usual.get("emoji", "")), noun.get("metres", usual.get("metres", 0.0)))
    return found


@pytest.fixture(scope="module")
def nouns() -> dict[str, tuple[str, float]]:
    return lexicon()


@pytest.fixture
def no_package(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(emoji_art, "_PACKAGE", "no_such_package_of_drawings")
    caches = (
        emoji_art.folder, emoji_art.picture_of_emoji, catalogue._look, cutouts.frame_of, cutouts._piece,
    )  # fmt: skip
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


def drawn(name: str, emoji: str = "", turn: Turn | None = None, pixels: int = 60) -> np.ndarray:
    """Return the thing without its shadow on the ground: what is solid of it."""
    picture, surface = blank(pixels * 3, pixels * 2)
    canvas = surface.getCanvas()
    canvas.translate(pixels * 1.5, pixels * 1.7)
    canvas.scale(pixels, pixels)
    draw_thing(Brush(canvas), name, emoji, "", 1.0, turn or Turn())
    surface.flushAndSubmit()
    return np.where(picture[..., 3:] > 150, picture, 0)


def difference(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.abs(a.astype(int) - b.astype(int)).mean())


def test_every_noun_has_a_picture(nouns: dict[str, tuple[str, float]]) -> None:
    assert len(nouns) > 1200
    for name, (emoji, _) in itertools.islice(nouns.items(), 0, None, 7):
        assert (drawn(name, emoji)[..., 3] > 0).mean() > 0.01, name


def test_no_noun_of_the_lexicon_is_bagged_for_want_of_a_picture(nouns: dict[str, tuple[str, float]]) -> None:
    bagged = [name for name, (emoji, _) in nouns.items() if look_of(name, emoji).kind == "bag"]
    assert set(bagged) <= INTANGIBLE


def test_the_same_thing_is_drawn_the_same_twice(nouns: dict[str, tuple[str, float]]) -> None:
    turn = Turn(stride=1.1, voice=0.5, copies=3)
    for name, (emoji, _) in itertools.islice(nouns.items(), 3, None, 40):
        assert np.array_equal(drawn(name, emoji, turn), drawn(name, emoji, turn)), name


def test_no_two_stars_are_alike() -> None:
    seen = {name: drawn(name, pixels=40) for name in STARS}
    for (one, a), (other, b) in itertools.combinations(seen.items(), 2):
        assert difference(a, b) > 0.6, (one, other)


@pytest.mark.parametrize("name", LIVING)
def test_a_stride_moves_the_feet(name: str) -> None:
    low = slice(85, 103)
    still, one, other = (drawn(name, turn=Turn(stride=stride))[low] for stride in (0.0, 1.2, 4.3))
    assert difference(still, one) > 0.3
    assert difference(one, other) > 0.3


@pytest.mark.parametrize("name", LIVING)
def test_a_voice_opens_the_mouth(name: str) -> None:
    assert difference(drawn(name), drawn(name, turn=Turn(voice=0.19))) > 0.02
    assert difference(drawn(name), drawn(name, turn=Turn(voice=1.0))) > 0.3


def test_what_nobody_knows_lies_in_the_bag_under_its_name() -> None:
    assert look_of("Wumbulator", "").kind == "bag"
    assert look_of("awkward silence", "🤫").kind == "bag"
    assert difference(drawn("Wumbulator"), drawn("Flimflam")) > 0.05


@pytest.mark.parametrize(
    "name",
    ["It", "Wumbulator", "mysterious glowing orb of regional significance", "x" * 90, "the thing " * 20, "", "¿"],
)
def test_a_label_fits_whatever_the_name(name: str) -> None:
    lines, size = label_of(name)
    assert 1 <= len(lines) <= 3
    assert len(lines) * size <= 38
    if len(name) < 60:
        assert all(width_of(line, size, "bold") <= 62.5 for line in lines)


def test_a_name_counts_more_than_a_stand_in_emoji_and_an_animal_is_what_it_is() -> None:
    assert look_of("mayor's toupee", "💇").key == "toupee"
    assert look_of("box of jelly doughnuts", "📦").key == "box of jelly doughnuts"
    assert look_of("stolen rubber duck", "🦆").key == "rubber duck"
    assert look_of("Mr Trumpet", "🐘").key == "🐘"
    assert look_of("Gerald", "🪿").key == "goose"
    assert look_of("the raccoons", "").key == "raccoon"
    assert look_of("elephant", "").key == "🐘"


@pytest.mark.parametrize(
    ("name", "emoji", "kind", "key"),
    [
        ("beaver", "🦫", "critter", "beaver"),
        ("Gus", "🦫", "critter", "beaver"),
        ("turtle", "🐢", "critter", "tortoise"),
        ("Speedy", "🐢", "critter", "tortoise"),
        ("evidence", "🏷️", "sketch", "tag"),
        ("half sandwich", "🥪", "sketch", "half sandwich"),
        ("cheeseburger", "🍔", "sketch", "cheeseburger"),
        ("stolen hubcap", "⚙️", "sketch", "hubcap"),
        ("bow", "🎀", "sketch", "bow"),
        ("bow tie", "🎀", "sketch", "bow tie"),
    ],
)
def test_names_and_emoji_find_the_drawing_in_the_film_s_own_hand(name: str, emoji: str, kind: str, key: str) -> None:
    look = look_of(name, emoji)
    assert (look.kind, look.key) == (kind, key)


def test_people_are_cards_with_their_trade() -> None:
    assert look_of("librarian", "📚").kind == "standee"
    assert look_of("mayor", "🧑‍💼").kind == "standee"


def test_without_the_drawings_of_the_emoji_everything_is_still_drawn(no_package: None) -> None:
    assert emoji_art.folder() is None
    for name, emoji in (
        ("elephant", "🐘"),
        ("raccoon", "🦝"),
        ("vending machine", "🥤"),
        ("mayor", "🧑‍💼"),
        ("cheese", "🧀"),
    ):
        assert (drawn(name, emoji)[..., 3] > 0).any(), name
    assert look_of("elephant", "🐘").kind == "bag"


def test_sizes_are_true_but_small_things_are_bigger_than_one_expects(nouns: dict[str, tuple[str, float]]) -> None:
    sizes = {
        name: size_of(name, emoji, metres) for name, (emoji, metres) in itertools.islice(nouns.items(), 0, None, 5)
    }
    assert all(0.29 < metres <= 2.2001 for metres in sizes.values()), sizes
    assert size_of("raccoon") < size_of("goose") < size_of("llama") < size_of("moose")
    assert size_of("key", "🔑", 0.07) > 0.3
    assert [staged(height) for height in (0.1, 0.5, 1.0, 3.0)] == sorted(
        staged(height) for height in (0.1, 0.5, 1.0, 3.0)
    )


def test_what_spins_turns_like_a_coin_and_what_rolls_comes_to_stand() -> None:
    half = drawn("goose", turn=Turn(roll=180.0))
    assert difference(half, drawn("goose")[:, ::-1]) < difference(half, drawn("goose"))
    assert np.array_equal(drawn("doughnut", turn=Turn(roll=330.0, right=0.2)), drawn("doughnut", turn=Turn(right=0.2)))


def test_copies_are_no_mirror_of_each_other() -> None:
    many = drawn("raccoon", turn=Turn(copies=3, size=0.5))
    assert (many[..., 3] > 0).sum() > 2 * (drawn("raccoon", turn=Turn(size=0.5))[..., 3] > 0).sum()
    assert difference(many, many[:, ::-1]) > 0.5


def test_every_sketch_can_be_read() -> None:
    from tools.video.props import sketches

    for names in sketches._blocks():
        sketch = sketch_of(names.split(",")[0].strip())
        assert sketch is not None
        assert sketch.picture() is not None
