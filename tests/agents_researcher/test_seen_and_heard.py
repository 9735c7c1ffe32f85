"""What was seen and heard in a source becomes facts of its kind, with its second."""

from pathlib import Path

from agents.prompts import Prompts, Rendered
from agents.researcher import RuleResearcher, clauses
from agents.researcher.model import FactsAnswer, FoundFact, ModelResearcher
from episodes.brief import Brief
from episodes.results import Passage, Readings

BRIEF = Brief(theme="a raccoon at the doughnut shop", seed=3)
PROMPTS = Path(__file__).parents[2] / "prompts"
SEEN = (
    Passage(text="The place is a doughnut shop at night in the rain.", source="a.mp4", seconds=0.3, sense="seen",
            about="place"),
    Passage(text="A bodycam saw it all.", source="a.mp4", seconds=0.3, sense="seen", about="look"),
    Passage(text="A pink box and a raccoon are at the scene.", source="a.mp4", seconds=4.0, sense="seen",
            about="thing"),
    Passage(text="A raccoon climbs onto the counter.", source="a.mp4", seconds=4.0, sense="seen", about="event"),
)  # fmt: skip
HEARD = (
    Passage(text="Glass breaks can be heard.", source="a.mp4", seconds=5.0, sense="heard", about="sound"),
    Passage(text="I saw twelve doughnuts leave through the window.", source="a.mp4", seconds=6.0, sense="heard",
            speaker="B"),
    Passage(text="The raccoon stole a radio and ran behind the ovens.", source="a.mp4", seconds=9.0, sense="heard",
            speaker="A"),
)  # fmt: skip
READINGS = Readings(passages=(*SEEN, *HEARD), unseen=("b.mp4",), remarks=("'b.mp4' was not seen.",))


async def test_rules_make_facts_of_the_kind_that_was_seen_with_their_seconds() -> None:
    sheet = await RuleResearcher().digest(BRIEF, READINGS)
    by_text = {fact.text: fact for fact in sheet.facts}
    place = by_text["the place is a doughnut shop at night in the rain"]
    assert (place.kind, place.place.source, place.place.seconds) == ("place", "a.mp4", 0.3)
    assert {"doughnut", "shop"} <= set(place.keywords)
    assert by_text["a raccoon climbs onto the counter"].kind == "event"
    assert by_text["a bodycam saw it all"].kind == "look"
    assert by_text["glass breaks can be heard"].kind == "sound"
    assert by_text["the raccoon stole a radio and ran behind the ovens"].place.seconds == 9
    said = by_text['somebody said, "I saw twelve doughnuts leave through the window"']
    assert said.kind == "quote"
    assert sheet.unseen == ("b.mp4",)
    assert sheet.remarks == ("'b.mp4' was not seen.",)


async def test_what_is_written_and_speaks_of_me_is_still_no_testimony() -> None:
    written = tuple(passage.model_copy(update={"sense": "read"}) for passage in HEARD)
    sheet = await RuleResearcher().digest(BRIEF, Readings(passages=written))
    assert not any("somebody said" in fact.text for fact in sheet.facts)


def test_questions_orphans_and_long_speeches_are_no_testimony() -> None:
    assert clauses.testimony("Did you see my goose?") == ()
    assert clauses.testimony("It took my hat.") == ()
    assert clauses.testimony("My goose.") == ()
    assert clauses.testimony("I went " + "on and on " * 8) == ()
    assert clauses.testimony('I said "stop" to the goose.') == ()
    assert clauses.testimony("I told the goose to stop.") != ()


class Remembering:
    """A model that finds one thing in each passage, and remembers what it was asked."""

    asked: str = ""

    async def ask(self, prompt: Rendered, answers: type[FactsAnswer], label: str) -> FactsAnswer:
        self.asked = prompt.user
        return FactsAnswer(
            facts=tuple(
                FoundFact(passage=n, kind="number", text=passage.text, keywords=())
                for n, passage in enumerate(READINGS.passages, 1)
            )
        )


async def test_a_model_is_told_what_was_seen_and_who_spoke_and_cannot_change_the_kind() -> None:
    model = Remembering()
    sheet = await ModelResearcher(model, Prompts(PROMPTS)).digest(BRIEF, READINGS)  # type: ignore[arg-type]
    assert "[1] (the picture shows) The place is a doughnut shop" in model.asked
    assert "[6] (heard from voice B) I saw twelve" in model.asked
    assert "[5] (heard) Glass breaks" in model.asked
    kinds = {fact.text: (fact.kind, fact.place.seconds) for fact in sheet.facts}
    assert kinds["A raccoon climbs onto the counter."] == ("event", 4.0)
    assert kinds["Glass breaks can be heard."] == ("sound", 5.0)
    assert kinds["The raccoon stole a radio and ran behind the ovens."] == ("number", 9.0)
    assert sheet.unseen == ("b.mp4",)
