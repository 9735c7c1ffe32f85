"""Decorations, slips and remarks round a wish: none of them changes what the wish means, and each is said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.assistant import RuleAssistant
from agents.assistant.finding import Finder
from agents.assistant.orders import Ask, Edit, Focus, Order, Unclear
from agents.assistant.reading import Situation
from agents.assistant.remarks import is_remark
from agents.assistant.spelling import is_slip, mended
from tests.agents_assistant.spoken_of import spoken_of, told
from tests.offers import OFFERS

EPISODE = spoken_of()
ASSISTANT = RuleAssistant(OFFERS)
FINDER = Finder(EPISODE)
AT = Situation(EPISODE, Focus(), OFFERS, FINDER)
WISHES = (
    "cut 2-04 shorter", "make scene 2 rainy", "remove 2-05", "the sergeant should be calmer", "swap 2-03 and 2-04",
    "lock scene 3", "more siren in the chase", "play 2-04 backwards", "2-04 half a second longer", "let Gus whisper",
)  # fmt: skip
BEFORE = ("please ", "can you ", "could you please ", "hey, ", "ok, ", "i would like that you ", "haha, ", "wow, ")
BEHIND = (" please", " pls", "!", "!!", "!!!", " now", ", thanks", " please!!", ", haha", ", his face is enough",
          ", so all the car stuff matches", ", I can hardly understand her",
          ", they look like they're lost")  # fmt: skip
TURNING = (
    ", but only if it is funny", " unless it hurts", ", but not too much", ", except the last", " when they talk",
    " twice",
    ", or not", ", just kidding", ", no, leave it", ", never mind", ", but I am not sure",
    " only in the first half of it",
    ", that was a mistake", ", as soon as they have said it", ", instead of the other", ", later", ", he said",
)  # fmt: skip


async def meant(words: str) -> tuple[Order, ...]:
    return await ASSISTANT.understand(words, EPISODE, Focus(), ())


@given(st.sampled_from(WISHES), st.sampled_from(("", *BEFORE)), st.sampled_from(("", *BEHIND)))
@settings(max_examples=80, deadline=None)
async def test_no_decoration_changes_what_a_wish_means(wish: str, before: str, behind: str) -> None:
    assert told(await meant(f"{before}{wish}{behind}"), EPISODE) == told(await meant(wish), EPISODE)


@given(st.sampled_from(WISHES), st.sampled_from((str.upper, str.lower, str.title)))
@settings(max_examples=30, deadline=None)
async def test_capitals_change_nothing(wish: str, turn: object) -> None:
    assert told(await meant(turn(wish)), EPISODE) == told(await meant(wish), EPISODE)  # type: ignore[operator]


@given(st.sampled_from(WISHES), st.sampled_from(TURNING))
@settings(max_examples=120, deadline=None)
async def test_what_could_turn_a_wish_is_never_set_aside(wish: str, turning: str) -> None:
    orders = await meant(f"{wish}{turning}")
    assert all(isinstance(order, Ask | Unclear) for order in orders), told(orders, EPISODE)


@pytest.mark.parametrize("remark", ["his face is enough", "I can hardly understand her", "so all the car stuff matches",
                                    "haha", "like outside the windows",
                                    "they look like they've been up all night"])  # fmt: skip
async def test_a_remark_is_set_aside_and_said(remark: str) -> None:
    (order,) = await meant(f"cut 2-04 shorter, {remark}")
    assert isinstance(order, Edit)
    assert f"I left out: “{remark}”." in order.said


@pytest.mark.parametrize("part", ["it is too long", "make it rain", "the dog shot", "he should whisper", "only if",
"it is at 3",
                                  "glorious", "the music is louder", "that is not it", "is it funny?"])  # fmt: skip
def test_what_could_be_a_wish_is_no_remark(part: str) -> None:
    assert not is_remark(part, AT)


async def test_the_understood_part_is_offered_and_one_key_does_it() -> None:
    (order,) = await meant("cut 2-04 shorter and make scene 2 glorious")
    assert isinstance(order, Ask)
    assert "glorious" in order.sentence
    assert told(await meant(order.choices[0]), EPISODE) == "trim S02-04 tail=1/2"


@pytest.mark.parametrize(
    ("typed", "read"), [("racoon", "raccoon"), ("closup", "closeup"), ("sargent", ""), ("sergent", "sergeant")]
)
def test_a_slip_in_a_name_is_set_right_and_said(typed: str, read: str) -> None:
    fixed = mended(f"show me the {typed}", FINDER.names, ())
    assert (read in fixed.text and f"“{typed}” as “{read}”" in fixed.told) if read else True


@pytest.mark.parametrize("word", ["boring", "creep", "house", "light", "quite", "trail", "chose", "later", "beard"])
def test_a_word_that_is_right_is_no_slip(word: str) -> None:
    assert mended(f"it is {word}", FINDER.names, ()).text == f"it is {word}"


@given(st.text(alphabet="abcdest", min_size=5, max_size=9), st.integers(0, 8))
def test_a_letter_lost_inside_a_word_is_a_slip_and_a_word_is_none_of_itself(word: str, place: int) -> None:
    assert not is_slip(word, word)
    place = min(max(place, 1), len(word) - 2)
    typed = word[:place] + word[place + 1 :]
    assert is_slip(typed, word) or typed[:1] != word[:1] or word.startswith(typed)


async def test_a_slip_that_was_set_right_is_said_with_the_order() -> None:
    (order,) = await meant("reshoot 3.2")
    assert isinstance(order, Edit)
    assert "I read “3.2” as “S03-02”." in order.said


@pytest.mark.parametrize(
    "words", ["this is boring", "nice, thanks!", "haha the dog gets me every time", "lol", "I hate it"]
)
async def test_praise_and_complaints_get_a_friendly_word_and_examples(words: str) -> None:
    (order,) = await meant(words)
    assert isinstance(order, Unclear)
    assert order.can
    assert "Which line" not in order.sentence


async def test_only_the_quoted_part_of_a_line_is_replaced() -> None:
    orders = await meant('change "every single box" to "every second box"')
    assert told(orders, EPISODE) == "reword S03-L02 text=He licked every second box!"


async def test_no_choice_is_offered_that_would_not_be_understood() -> None:
    table = (
        "i do not like how the dog walks, it is too long",
        "give me a wide of it to open",
        "can Gus be sadder in some of it",
    )
    for words in table:
        for order in await meant(words):
            for choice in order.choices if isinstance(order, Ask) else ():
                assert not all(
                    isinstance(each, Unclear) and "othing is done" in each.sentence for each in await meant(choice)
                ), choice


async def test_what_locking_does_is_told_and_nothing_is_locked() -> None:
    (order,) = await meant("don't change anything yet, just tell me what locking does")
    assert isinstance(order, Unclear)
    assert "keeps it from the agents" in order.sentence
