"""The measures of scripts find what they are for."""

from pathlib import Path

import pytest

from agents.writer.lexicon import load_lexicon
from benchmarks.script_measures import faults_of_english, masked, overlap, shared_lines, spread

LEXICON = load_lexicon(Path(__file__).resolve().parents[2] / "prompts")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("I found {trace}.", "slot"), ("It left [is|are] there.", "slot"), ("That's an raccoon.", "article"),
        ("That's a owl.", "article"), ("There's a geese.", "article before plural"), ("It are here.", "agreement"),
        ("They is two.", "agreement"), ("The doughnuts is gone.", "agreement"), ("The raccoon are gone.", "agreement"),
        ("It left the the hat.", "doubled"), ("No stop", "ends"), ("no capital.", "ends"), ("What ?", "stops"),
        ("It went..", "stops"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(text: str, fault: str) -> None:
    assert any(found.startswith(fault) for found in faults_of_english(text, LEXICON))


@pytest.mark.parametrize(
    "text",
    [
        "It's an hour, a unicorn and a UFO.", "Were they there?", "Two geese. Correction. One goose.",
        "I wasn't. You were.", "The doughnuts are gone.", "We don't—", "Do the raccoons have hats?",
    ],
)  # fmt: skip
def test_good_english_passes(text: str) -> None:
    assert faults_of_english(text, LEXICON) == []


def test_names_and_theme_words_are_masked_with_their_articles() -> None:
    own = frozenset(("raccoon", "doughnuts", "okafor"))
    assert masked("The raccoon gave Okafor a receipt.", own) == "_ gave _ a receipt"
    assert masked("It gave her a receipt.", own) == "_ gave _ a receipt"


def test_lines_and_storylets_are_compared() -> None:
    assert spread([["a b c d e", "x y"], ["a b c d e"]]) == {"a b c d e": 2}
    assert shared_lines(["a", "b"], ["b", "c"]) == 0.5
    assert overlap(("a", "b", "c"), ("c", "d")) == 0.5
