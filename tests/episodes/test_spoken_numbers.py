"""Numbers, counts and calls are understood as they are said."""

import pytest

from episodes.spoken_numbers import counted, number_of, said_call_signs, said_codes, said_letters


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("24", 24), ("twenty-four", 24), ("Twenty four", 24), ("two dozen", 24), ("dozen", 12), ("1,200", 1200),
        ("three hundred and twelve", 312), ("zero", 0), ("two thousand five", 2005), ("hundred", 100),
    ],
)  # fmt: skip
def test_number_words_are_understood(words: str, number: int) -> None:
    assert number_of(words) == number


@pytest.mark.parametrize("words", ["", "many", "and", "twenty-odd"])
def test_other_words_are_no_numbers(words: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        number_of(words)


NAMES = {"jelly": "jelly doughnut", "goose": "goose", "box": "pink box", "crate": "egg box"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There are 24 jelly doughnuts here.", (("jelly", 24),)),
        ("Two dozen very sticky doughnuts.", (("jelly", 24),)),
        ("We counted three geese and twelve doughnuts!", (("goose", 3), ("jelly", 12))),
        ("There is one goose.", (("goose", 1),)),
        ("I want one goose.", ()),
        ("Another six doughnuts cost $9 geese.", ()),
        ("Two boxes are gone.", ()),
        ("Two pink boxes are gone.", (("box", 2),)),
        ("Two officers and doughnuts.", ()),
        ("Two of the doughnuts.", ()),
        ("Unit four: doughnuts.", ()),
        ("Every two doughnuts he stops.", ()),
        ("At 3:12 geese attack.", ()),
        ("Sixteen empty chairs, geese.", ()),
    ],
)
def test_counts_are_heard_where_they_count_all_there_is(text: str, expected: tuple[tuple[str, int], ...]) -> None:
    assert counted(text, NAMES) == expected


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Four Adam Ten, Dispatch.", ("4A10",)),
        ("4A10, 12B7, copy.", ("4A10", "12B7")),
        ("Four Adam One Zero, four-Adam-twenty-one.", ("4A10", "4A21")),
        ("twelve Boy seven and two boy scouts", ("12B7",)),
        ("Plate seven Charles 21.", ()),
        ("plates four Adam ten", ()),
        ("Four officers, ten doughnuts.", ()),
    ],
)
def test_call_signs_are_heard(text: str, signs: tuple[str, ...]) -> None:
    assert said_call_signs(text) == signs


def test_codes_are_heard_and_times_are_not() -> None:
    assert said_codes(
        "Ten-four, 10-23, ten-ninety-seven. At 3:10-4 we, 555-10-44, the year 2010-12, 10-15 minutes."
    ) == (
        "10-23",
        "10-4",
        "10-97",
    )


def test_letters_of_the_other_alphabet_are_heard() -> None:
    assert said_letters("Four Bravo Ten and Four Adam Ten, Four Victor Ten.", "nato") == ("Bravo",)
    assert said_letters("Four Bravo Ten and Four Adam Ten, Four Victor Ten.", "apco") == ("Adam",)
