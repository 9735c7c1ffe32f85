import re
from pathlib import Path

import pytest

from agents.researcher import RuleResearcher
from episodes.brief import Brief
from episodes.facts import FactSheet, PictureFacts
from episodes.requests import ReadRequest
from episodes.results import Passage, Readings
from tools.protocols import Call, Input, ToolSettings
from tools.sources.reader import build

TEXTS = sorted((Path(__file__).parents[1] / "texts").iterdir())
BRIEF = Brief(theme="goose")
FIRST_PERSON = re.compile(r"\b(?:I|my|we|our|you|your|me|us)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def readings() -> Readings:
    names = tuple(path.name for path in TEXTS)
    inputs = {f"source:{index}": Input(path) for index, path in enumerate(TEXTS)}
    request = ReadRequest(names=names, digests=names, seed=5)
    return build(ToolSettings()).read(request, Call(into=Path("/nonexistent"), inputs=inputs))


async def digest(*texts: str) -> FactSheet:
    passages = tuple(Passage(text=text, source="a.txt", line=line) for line, text in enumerate(texts, 1))
    return await RuleResearcher().digest(BRIEF, Readings(passages=passages))


async def test_each_text_gives_five_to_twelve_facts(readings: Readings) -> None:
    sheet = await RuleResearcher().digest(BRIEF, readings)
    for path in TEXTS:
        assert 5 <= sum(fact.place.source == path.name for fact in sheet.facts) <= 12
    assert [fact.id for fact in sheet.facts] == [f"F{number:02d}" for number in range(1, len(sheet.facts) + 1)]
    assert len({fact.kind for fact in sheet.facts}) >= 4


async def test_each_fact_stands_where_it_says(readings: Readings) -> None:
    sheet = await RuleResearcher().digest(BRIEF, readings)
    for fact in sheet.facts:
        here = " ".join(
            passage.text.lower()
            for passage in readings.passages
            if (passage.source, passage.line, passage.seconds)
            == (fact.place.source, fact.place.line, fact.place.seconds)
        )
        assert 3 <= len(fact.keywords) <= 6
        assert all(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", here) for word in fact.keywords), fact


async def test_facts_can_be_repeated(readings: Readings) -> None:
    for fact in (await RuleResearcher().digest(BRIEF, readings)).facts:
        plain = re.sub(r'"[^"]*"', "", fact.text)
        assert 4 <= len(fact.text.split()) <= 20
        assert not fact.text.endswith((".", ",", ";"))
        assert not FIRST_PERSON.search(plain), fact.text
        assert not re.match(r"(?:it|they|he|she|this|these|and|but)\b", plain, re.IGNORECASE), fact.text


async def test_a_report_of_a_report_is_told_directly() -> None:
    sheet = await digest("02:04 Caller states that two men are pushing a safe behind the car wash.")
    assert sheet.facts[0].text == "two men are pushing a safe behind the car wash"


async def test_a_name_keeps_its_capital_and_is_no_keyword() -> None:
    sheet = await digest("Quibbleworth wheeled the safe out on a shopping trolley.", "The officer saw the trolley.")
    assert sheet.facts[0].text == "Quibbleworth wheeled the safe out on a shopping trolley"
    assert sheet.facts[0].keywords == ("wheeled", "safe", "shopping", "trolley")


async def test_he_and_she_become_somebody_and_it_is_left_out() -> None:
    sheet = await digest("He lost his hat in the duck pond at noon.", "It ate all of the 48 crullers on the tray.")
    assert [fact.text for fact in sheet.facts] == ["somebody lost their hat in the duck pond at noon"]


async def test_a_quotation_keeps_its_speaker() -> None:
    sheet = await digest('"That goose has paperwork for a freezer," said Quibbleworth.')
    assert sheet.facts[0].kind == "quote"
    assert sheet.facts[0].text == 'Quibbleworth said, "That goose has paperwork for a freezer"'


async def test_the_same_thing_twice_is_one_fact() -> None:
    sheet = await digest(
        "The goose ate two dozen doughnuts on the roof.", "Police said the goose ate two dozen doughnuts on the roof."
    )
    assert len(sheet.facts) == 1


async def test_shouted_subtitles_are_spoken_quietly() -> None:
    sheet = await digest("THE EMU JUMPED OVER A FENCE AND STOLE SIX PIES.")
    assert sheet.facts[0].text == "the emu jumped over a fence and stole six pies"


async def test_pictures_and_what_nobody_heard_are_passed_on() -> None:
    picture = PictureFacts(source="a.mp4", seconds=3, width=320, height=180, brightness=0.4)
    sheet = await RuleResearcher().digest(BRIEF, Readings(pictures=(picture,), unheard=("a.mp4",)))
    assert sheet == FactSheet(pictures=(picture,), unheard=("a.mp4",))
