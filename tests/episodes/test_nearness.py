"""A row of a source's words is known again by digests alone."""

from hypothesis import given
from hypothesis import strategies as st

from episodes.nearness import COPY, MOST, copied_words, runs_of

SOURCE = "The goose entered the bakery at dawn and left with forty-two baguettes under one wing."


def test_a_copied_row_is_measured_in_words() -> None:
    runs = runs_of([SOURCE])
    assert copied_words(SOURCE, runs) == 16
    assert copied_words("He said: the goose entered the bakery at dawn, then lied.", runs) == 7
    assert copied_words("A goose went into a bakery at first light.", runs) == 0
    assert copied_words("THE GOOSE, entered the Bakery at dawn — and left!", runs) == 9


def test_nothing_of_the_source_is_kept() -> None:
    assert "goose" not in runs_of([SOURCE])
    assert len(runs_of(" ".join(str(n) for n in range(at, at + 40)) for at in range(0, 99_999, 7))) <= 5 * MOST


@given(st.lists(st.text(alphabet="abcdef", min_size=1, max_size=6), min_size=COPY, max_size=30))
def test_a_whole_text_is_always_its_own_copy(words: list[str]) -> None:
    text = " ".join(words)
    assert copied_words(text, runs_of([text])) == len(words)
