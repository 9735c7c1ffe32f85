"""Of several drafts of a scene the best is filmed; one that is lost is no loss."""

import asyncio
from datetime import datetime

import pytest

from agents.writer.model_answers import SceneAnswer
from agents.writer.model_drafts import Judge, Wanted, best_draft
from episodes.brief import Brief
from episodes.cast import Agency, Character, Place, Prop, Unit, World
from episodes.effects import Take
from episodes.errors import ModelUnreachable
from episodes.script import Beat, Line, Scene

WORLD = World(
    agency=Agency(name="Tamarack County Sheriff's Office", county="Tamarack County"),
    characters=(
        Character(id="okafor", name="Officer Dale Okafor", short_name="Okafor", role="officer", never_says="wow"),
        Character(id="novak", name="Officer Tess Novak", short_name="Novak", role="officer"),
    ),
    units=(Unit(id="4A10", members=("okafor", "novak")),),
    vehicles=(),
    props=(Prop(id="box", name="box of doughnuts", emoji="🍩"),),
    places=(Place(id="shop", name="Hole Foods", set="shop", interior=True),),
)
ANSWER = SceneAnswer.model_validate(
    {"beats": [{"purpose": "heighten", "lines": [{"speaker": "okafor", "text": "Two boxes. One lid."}]}]}
)


def scene(*texts: str, effects: tuple[Take, ...] = (), actors: tuple[str, ...] = ("box",)) -> Scene:
    lines = tuple(
        Line(id=f"S01-L{n:02}", speaker=("okafor", "novak")[n % 2], channel="spoken", text=text)
        for n, text in enumerate(texts)
    )
    beat = Beat(id="S01-B01", purpose="heighten", action="-", actors=actors, lines=lines, effects=effects)
    return Scene(
        id="S01",
        place="shop",
        clock=datetime(2031, 1, 1, 3, 12),
        light="night",
        present=("okafor", "novak"),
        beats=(beat,),
    )


def judge(runner: str = "") -> Judge:
    return Judge(Brief(theme="doughnuts"), WORLD, (), Wanted(lines=2, runner=runner, things=("box",)))


GOOD = scene("Two dozen, mostly jelly, at 3:12.", "It left one.")


def test_a_contradiction_outweighs_every_merit() -> None:
    twice = (Take(who="okafor", prop="box"), Take(who="novak", prop="box"))
    flat = scene("That is the box there.", "It is the box.")
    funny = scene("Two dozen, mostly jelly, at 3:12.", "It left one.", effects=twice)
    assert judge().score(flat) > judge().score(funny)


@pytest.mark.parametrize(
    "worse",
    [
        scene("Two dozen, mostly jelly, at 3:12, wow.", "It left one."),
        scene("Two dozen, mostly jelly, at 3:12.", "Two dozen, mostly jelly, at 3:12."),
        scene("Two dozen, mostly jelly, at 3:12.", "It left one.", actors=()),
        scene("Two dozen, mostly jelly, at 3:12 and then some more of the same for the whole of the night.", "One."),
    ],
)
def test_what_is_never_said_said_twice_too_long_or_without_the_thing_is_worse(worse: Scene) -> None:
    assert judge().score(GOOD) > judge().score(worse)


def test_the_running_gag_must_be_heard_where_it_is_due() -> None:
    assert judge("exact change").score(scene("It has exact change.", "Two coins.")) > judge("exact change").score(GOOD)


def test_three_drafts_are_asked_from_three_angles_and_a_lost_one_is_no_loss() -> None:
    asked: list[str] = []

    async def ask(angle: str) -> SceneAnswer:
        asked.append(angle)
        if len(asked) == 2:
            raise ModelUnreachable("gone")
        return ANSWER

    built = iter((scene("The box.", "The box."), GOOD))
    draft = asyncio.run(best_draft(ask, lambda _: next(built), judge(), 3))
    assert len(set(asked)) == 3
    assert draft.scene == GOOD


def test_when_no_draft_comes_the_failure_is_told() -> None:
    async def ask(_: str) -> SceneAnswer:
        raise ModelUnreachable("gone")

    with pytest.raises(ModelUnreachable):
        asyncio.run(best_draft(ask, lambda _: GOOD, judge(), 3))
