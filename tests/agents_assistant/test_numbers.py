"""Ids, amounts and times of day in every spelling."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.assistant.finding import Finder
from agents.assistant.numbers import SMALL, Amount, amount_at, clock_at
from agents.assistant.tokens import id_of, plain, tokens_of
from tests.agents_assistant.spoken_of import spoken_of

EPISODE = spoken_of()
FINDER = Finder(EPISODE)
SHOTS = [shot.id for shot in EPISODE.shots]
WORDS = {value: word for word, value in SMALL.items()}


def in_words(number: int) -> str:
    if number in WORDS:
        return WORDS[number]
    return f"{WORDS[number - number % 10]}-{WORDS[number % 10]}"


@given(st.integers(0, 99), st.integers(0, 999), st.sampled_from("-./"))
def test_an_id_is_one_in_every_spelling(scene: int, number: int, mark: str) -> None:
    wanted = f"S{scene:02}-{number:02}"
    spellings = [
        f"S{scene:02}{mark}{number:02}",
        f"s{scene}-{number}",
        f"{scene}-{number}",
        f"S{scene:02}-{number:02}_T3",
    ]
    for spelled in spellings:
        (token,) = tokens_of(plain(f"{spelled}"))
        assert (token.kind, id_of(token.low)) == ("id", wanted), spelled


@given(st.sampled_from(SHOTS), st.booleans())
def test_a_shot_is_found_by_its_number_in_digits_and_words(shot: str, behind: bool) -> None:
    scene, number = int(shot[1:3]), int(shot[4:])
    for say in (str, in_words):
        words = f"shot {say(number)} of scene {say(scene)}" if behind else f"scene {say(scene)} shot {say(number)}"
        refs, taken = FINDER.at(tokens_of(words), 0)
        assert [ref.ids for ref in refs if ref.kind == "shot"] == [(shot,)]
        assert taken == len(tokens_of(words))


@given(st.text(max_size=60))
def test_any_text_has_tokens_that_lie_in_it_in_order(text: str) -> None:
    words = plain(text)
    assert len(words) == len(text)
    ends = 0
    for token in tokens_of(words):
        assert ends <= token.end <= len(words)
        ends = token.start


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_clock_in_digits_is_that_time(hour: int, minute: int) -> None:
    for words in (f"{hour:02}:{minute:02}", f"{hour:02}{minute:02}", f"{hour}:{minute:02}"):
        found = clock_at(tokens_of(words), 0)
        assert found is not None
        assert found[0].minutes == hour * 60 + minute


@given(st.integers(1, 12), st.integers(1, 29), st.booleans(), st.booleans())
def test_a_clock_in_words_is_that_time_in_either_half_of_the_day(
    hour: int, minute: int, past: bool, digits: bool
) -> None:
    say = str if digits else in_words
    found = clock_at(tokens_of(f"{say(minute)} {'past' if past else 'to'} {say(hour)}"), 0)
    assert found is not None
    clock, _ = found
    assert clock.half_day
    assert clock.minutes == (hour * 60 + (minute if past else -minute)) % (24 * 60)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("ten past three", 190), ("quarter to four", 225), ("a quarter past three", 195), ("half past two", 150),
        ("midnight", 0), ("noon", 720), ("3 pm", 900), ("3:10 pm", 910), ("12 am", 0), ("three o'clock", 180),
        ("three in the morning", 180), ("nine at night", 21 * 60), ("ten minutes to midnight", 23 * 60 + 50),
        ("3 a.m.", 180), ("eight in the evening", 20 * 60), ("four fifteen am", 255),
    ],
)  # fmt: skip
def test_a_clock_phrase_is_its_time(words: str, minutes: int) -> None:
    found = clock_at(tokens_of(words), 0)
    assert found is not None
    assert found[0].minutes == minutes


@pytest.mark.parametrize("words", ["25:00", "3:75", "ten past thirty", "three", "past three", "2561"])
def test_what_is_no_time_of_day_is_none(words: str) -> None:
    assert clock_at(tokens_of(words), 0) is None


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("half a second", Amount(Fraction(1, 2), "seconds")), ("3 dB", Amount(Fraction(3), "db")),
        ("3db", Amount(Fraction(3), "db")), ("20 %", Amount(Fraction(20), "percent")),
        ("twice", Amount(Fraction(2), "times")), ("1,5 s", Amount(Fraction(3, 2), "seconds")),
        ("two and a half seconds", Amount(Fraction(5, 2), "seconds")),
        ("twelve frames", Amount(Fraction(12), "frames")),
        ("a couple of seconds", Amount(Fraction(2), "seconds")), ("twenty-five frames", Amount(Fraction(25), "frames")),
    ],
)  # fmt: skip
def test_an_amount_is_its_number_and_unit(words: str, amount: Amount) -> None:
    found = amount_at(tokens_of(words), 0)
    assert found is not None
    assert found[0] == amount
