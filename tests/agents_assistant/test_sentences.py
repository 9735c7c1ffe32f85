"""What people say, and what it means: tables of sentences about one made episode."""

from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from agents.assistant import RuleAssistant
from agents.assistant.orders import Ask, Edit, Focus, PutFile, TakeOutFile, Unclear
from tests.agents_assistant.spoken_of import spoken_of, told
from tests.offers import OFFERS

HERE = Path(__file__).parent
EPISODE = spoken_of()
ASSISTANT = RuleAssistant(OFFERS)


def rows(name: str) -> list[tuple[str, str]]:
    """Return the sentences of a table, each with what it means."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" => ") for line in lines if not line.startswith("#"))
    return [(words, meaning) for words, arrow, meaning in pairs if arrow]


def silent_rows() -> list[str]:
    return (HERE / "never_edits.txt").read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize(("words", "meaning"), rows("sentences.txt"))
async def test_a_sentence_means_what_the_table_says(words: str, meaning: str) -> None:
    assert told(await ASSISTANT.understand(words, EPISODE, Focus(), ()), EPISODE) == meaning


@pytest.mark.parametrize(("words", "meaning"), rows("heldout_first.txt") + rows("heldout_second.txt"))
async def test_sentences_written_before_the_grammar_are_understood_or_asked_back(words: str, meaning: str) -> None:
    orders = await ASSISTANT.understand(words, EPISODE, Focus(), ())
    if meaning == "?":
        assert all(isinstance(order, Ask | Unclear) for order in orders)
    else:
        assert fnmatchcase(told(orders, EPISODE), meaning.replace("[", "[[]").replace("?", "[?]"))


@pytest.mark.parametrize("words", silent_rows())
async def test_what_is_no_order_changes_nothing(words: str) -> None:
    orders = await ASSISTANT.understand(words, EPISODE, Focus(), ())
    assert orders
    assert not any(isinstance(order, Edit | PutFile | TakeOutFile) for order in orders)


def test_the_tables_are_as_long_as_they_must_be() -> None:
    assert len(rows("sentences.txt")) >= 300
    assert len(silent_rows()) >= 100


@pytest.mark.parametrize("words", [*(words for words, _ in rows("heldout_second.txt")), *silent_rows()])
async def test_each_choice_that_is_offered_is_understood_as_something_else_than_the_same_question(words: str) -> None:
    for order in await ASSISTANT.understand(words, EPISODE, Focus(), ()):
        for choice in order.choices if isinstance(order, Ask) else ():
            again = await ASSISTANT.understand(choice, EPISODE, Focus(), ())
            assert order not in again, choice
