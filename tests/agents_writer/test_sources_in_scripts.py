"""Sources matter: a recap tells them in their order, a scene draws on them, and neither copies their sentences."""

import asyncio
from pathlib import Path

from agents.continuity_checker import RuleChecker
from agents.writer import RuleWriter
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.changes import Reword
from episodes.episode import Episode
from episodes.facts import Fact, FactPlace, FactSheet
from episodes.nearness import COPY, copied_words, runs_of
from episodes.notes import Note
from tests.offers import OFFERS

PROMPTS = Path(__file__).resolve().parents[2] / "prompts"
SENTENCES = (
    "A goose entered the bakery at dawn",
    "The baker counted forty-two baguettes on the oven twice before he rang the county for any kind of help",
    "A honk set off one alarm",
    "The shutter was forced at 4:40",
    "A ladder leaned on the oven and nobody on the whole street had ever seen that ladder before tonight",
    "The bird wore a paper bag",
    "The mayor asked for a receipt",
    "Two officers drove past it twice",
)
SHEET = FactSheet(
    facts=tuple(
        Fact(id=f"F{n:02}", kind="event", text=text, place=FactPlace(source="notes.md", line=n))
        for n, text in enumerate(SENTENCES, 1)
    ),
    runs=runs_of(f"{text}." for text in SENTENCES),
)


def written(**wish: object) -> Episode:
    brief = Brief.model_validate({"theme": "goose raids a bakery", "seed": 2, **wish})
    play = asyncio.run(RuleWriter(PROMPTS).write(brief, SHEET, Bible(show=brief.show), OFFERS))
    return Episode(brief=brief, facts=SHEET, world=play.world, script=play.script)


def facts_in(episode: Episode) -> list[str]:
    return [fact for line in episode.the_script.lines for fact in line.facts]


def test_a_recap_tells_more_of_the_source_in_its_order() -> None:
    scene, recap = written(mode="scene"), written(mode="recap")
    assert len(set(facts_in(recap))) > len(set(facts_in(scene))) >= 5
    long = {fact.id for fact in SHEET.facts if len(fact.text.split()) >= COPY}
    whole = [fact for fact in facts_in(recap) if fact not in long]
    assert whole == sorted(whole)
    assert any(line.channel == "voice_over" for line in recap.the_script.lines)
    assert asyncio.run(RuleChecker().check_script(recap)) == ()


def test_every_line_carries_its_mark() -> None:
    for line in written().the_script.lines:
        assert bool(line.facts) == (line.mark != "invented")


def test_no_line_is_a_near_copy_of_its_source() -> None:
    for mode in ("scene", "recap"):
        for line in written(mode=mode).the_script.lines:
            assert copied_words(line.text, SHEET.runs) < COPY


def test_a_near_copy_is_found_and_said_in_other_words() -> None:
    episode = written()
    line = episode.the_script.lines[4]
    copied = line.model_copy(update={"text": f"{SENTENCES[1]}."})
    scenes = tuple(
        scene.model_copy(
            update={
                "beats": tuple(
                    beat.model_copy(update={"lines": tuple(copied if ln.id == line.id else ln for ln in beat.lines)})
                    for beat in scene.beats
                )
            }
        )
        for scene in episode.the_script.scenes
    )
    stolen = episode.model_copy(update={"script": episode.the_script.model_copy(update={"scenes": scenes})})
    notes: tuple[Note, ...] = asyncio.run(RuleChecker().check_script(stolen))
    assert [(note.target, note.rule) for note in notes] == [(line.id, "sources.near_copy")]
    (change,) = asyncio.run(RuleWriter(PROMPTS).answer(stolen, notes))
    assert isinstance(change, Reword)
    assert 0 < copied_words(change.text, SHEET.runs) < COPY
