"""What people say, and what it means: tables of sentences about one made episode."""

from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from agents.assistant import RuleAssistant
from agents.assistant.abilities import ABILITIES
from agents.assistant.orders import Ask, Edit, Focus, Order, PutFile, TakeOutFile, Unclear
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


async def said(words: str) -> tuple[Order, ...]:
    return await ASSISTANT.understand(words, EPISODE, Focus(), ())


async def test_each_sentence_means_what_the_table_says() -> None:
    table = rows("sentences.txt")
    assert len(table) >= 300
    found = [(words, told(await said(words), EPISODE)) for words, _ in table]
    assert found == table


@pytest.mark.parametrize(
    "name",
    ["heldout_first.txt", "heldout_second.txt", "heldout_third.txt", "heldout_stranger.txt", "heldout_fourth.txt"],
)
async def test_sentences_written_before_the_grammar_are_understood_or_asked_back(name: str) -> None:
    wrong = [(words, meaning) for words, meaning in rows(name) if not _fits(await said(words), meaning)]
    assert wrong == []


def _fits(orders: tuple[Order, ...], meaning: str) -> bool:
    if meaning == "?":
        return all(isinstance(order, Ask | Unclear) for order in orders)
    return fnmatchcase(told(orders, EPISODE), meaning.replace("[", "[[]").replace("?", "[?]"))


async def test_what_is_no_order_changes_nothing_and_gets_an_answer() -> None:
    table = silent_rows()
    assert len(table) >= 100
    done = []
    for words in table:
        orders = await said(words)
        assert orders, words
        done += [words for order in orders if isinstance(order, Edit | PutFile | TakeOutFile)]
    assert done == []


async def test_no_choice_that_is_offered_leads_to_the_same_question() -> None:
    circles = []
    for words in [*(words for words, _ in rows("heldout_second.txt")), *silent_rows()]:
        for order in await said(words):
            for choice in order.choices if isinstance(order, Ask) else ():
                circles += [choice] if order in await said(choice) else []
    assert circles == []


async def test_each_example_that_is_offered_is_understood() -> None:
    lost = []
    for words in ABILITIES:
        # What is so already, or is not there, may be refused; no word of an example may be unknown.
        sentences = [order.sentence for order in await said(words) if isinstance(order, Unclear)]
        lost += [words for sentence in sentences if "nothing is done" in sentence.casefold()]
    assert lost == []
