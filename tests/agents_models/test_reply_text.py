"""What models write is read leniently, and what is not there is not made up."""

import pytest

from agents.reply_text import NoJson, find_json, is_refusal


@pytest.mark.parametrize(
    "text",
    [
        '{"line": "It\'s ours", "count": 2}',
        'Sure! Here it is:\n```json\n{"line": "It\'s ours", "count": 2}\n```\nEnjoy {it}!',
        "{'line': 'It's ours', 'count': 2}",
        '{"line": "It\'s ours", "count": 2,}',
        '{line: "It\'s ours", count: 2}',
        "{“line”: “It's ours”, “count”: 2}",
        '<think>maybe {"line": "no"}</think>{"line": "It\'s ours", "count": 2}',
        '{"line": "It\'s ours" "count": 2}',
        '// as asked\n{"line": "It\'s ours", // here\n"count": 2}',
        'I use {} as asked. {"line": "It\'s ours", "count": 2}',
    ],
)
def test_sloppy_json_is_read(text: str) -> None:
    assert find_json(text) == ({"line": "It's ours", "count": 2}, True)


def test_a_cut_off_list_loses_its_last_half_item_only() -> None:
    text = '{"lines": [{"text": "One goose."}, {"text": "Two goo'
    assert find_json(text) == ({"lines": [{"text": "One goose."}]}, False)


@pytest.mark.parametrize("text", ["", "No.", "{", "the count is 4", "[" * 5000])
def test_what_holds_no_answer_is_said_to_hold_none(text: str) -> None:
    with pytest.raises(NoJson):
        find_json(text)


def test_a_quote_inside_a_line_does_not_end_it() -> None:
    assert find_json('{"text": "He said "halt" twice", "n": 1}')[0] == {"text": 'He said "halt" twice', "n": 1}


@pytest.mark.parametrize("text", ["I'm sorry, but I can't help with that.", "As an AI, I won't write this."])
def test_a_refusal_is_known_as_one(text: str) -> None:
    assert is_refusal(text)


@pytest.mark.parametrize("text", ['{"text": "I\'m sorry, I can\'t help you, goose."}', "The officer writes a ticket."])
def test_a_sorry_line_of_dialogue_is_no_refusal(text: str) -> None:
    assert not is_refusal(text)


def test_endless_nesting_ends() -> None:
    value, whole = find_json('{"a":' * 100_000)
    assert isinstance(value, dict)
    assert not whole


def test_letters_escaped_in_halves_are_whole_again() -> None:
    assert find_json(r'{"emoji": "\ud83e\udebf", "half": "\ud83e!"}')[0] == {"emoji": "\U0001fabf", "half": "\ufffd!"}
