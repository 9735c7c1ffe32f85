"""How a long line is cut into pieces that a model says in one breath."""

import pytest

from tools.voice.pieces import MOST_WORDS, pause_after, pieces

SENTENCES = (
    "The goose walked in at noon, and it asked for a loan. Nobody moved. The teller said no, so it sat down. " * 3
)


def test_a_short_line_stays_whole() -> None:
    assert pieces("Copy that.") == ("Copy that.",)
    assert pieces("  ") == ()


def test_no_word_is_lost_and_no_piece_too_long() -> None:
    cut = pieces(SENTENCES)
    assert " ".join(cut) == " ".join(SENTENCES.split())
    assert len(cut) > 1
    assert max(len(piece.split()) for piece in cut) <= MOST_WORDS


def test_it_is_cut_where_a_speaker_pauses() -> None:
    assert all(piece.endswith(".") for piece in pieces(SENTENCES))
    clauses = "the goose that we saw by the vault had a hat on, a small one, " * 3
    assert all(piece.endswith(",") for piece in pieces(clauses.strip()))
    run_on = "the goose took every single doughnut in the shop that day and nobody in the whole town saw it leave there"
    assert pieces(run_on, 15)[1].split()[0] == "and"


@pytest.mark.parametrize(("piece", "shorter"), [("It sat.", "It sat,"), ("It sat,", "It sat")])
def test_a_sentence_is_followed_by_a_longer_pause_than_a_clause(piece: str, shorter: str) -> None:
    assert pause_after(piece) > pause_after(shorter) > 0
