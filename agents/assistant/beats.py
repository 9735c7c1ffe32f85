"""A beat from a person's words, by rules: the action in the present tense, who is in it, what it does to the story."""

import re
from collections.abc import Awaitable, Callable

from agents.assistant.finding import Finder
from agents.assistant.naming import Ref
from agents.assistant.tokens import tokens_of
from episodes.apply import apply
from episodes.cast import Character
from episodes.changes import InsertBeat
from episodes.effects import (
    Arrive,
    Board,
    Break,
    Consume,
    Detain,
    Drop,
    Effect,
    Hide,
    Leave,
    LoseVehicle,
    Take,
)
from episodes.episode import Episode
from episodes.errors import ChangeRefused
from episodes.script import Beat, Line, Purpose
from episodes.story import story_of
from episodes.value import seed_from

BeatWriter = Callable[[Episode, str, str, str], Awaitable[Beat]]
"""Writes a beat: the episode, a scene's id, the id that it comes after, and what happens, in the person's words."""

_DOES = {
    "take": r"steal|stole|take|grab|snatch|nick|swipe|pick up|pinch", "leave": r"leave|drive off|drive away|run off|"
    r"run away|flee|escape|walk out|go away|exit|ride off|fly off", "arrive": r"arrive|enter|come in|walk in|show up|"
    r"turn up|burst in|appear", "consume": r"eat|devour|swallow|drink|lick", "drop": r"drop|lose|throw", "hide":
    r"hide|conceal", "break": r"break|smash|crash|wreck|destroy", "detain": r"arrest|cuff|handcuff|detain",
}  # fmt: skip
_REMARKS: dict[str, tuple[str, ...]] = {
    "take_vehicle": ("Dispatch will ask who signed out {thing}.", "That was {thing}. I had sandwiches in {thing}."),
    "take": (
        "Put down: {thing}, removed by {doer}. Without a receipt.",
        "{doer_cap} has {thing}. I will need a second form.",
    ),
    "leave": ("{doer_cap} has left the scene. We have not.", "Let the record show that {doer} used the door."),
    "arrive": ("New arrival: {doer}. No identification. No shame.", "{doer_cap} is on scene. Nobody called {doer}."),
    "consume": ("{doer_cap} is eating {thing}. Somebody write down a time.", "That was {thing}. That was evidence."),
    "drop": ("{doer_cap} has let go of {thing}. Nobody move.",),
    "hide": ("I saw nothing, and I saw it clearly.",),
    "break": ("{thing_cap} worked this morning. I have it in writing.",),
    "detain": ("You have the right to remain where you are.",),
    "": ("I am writing that down exactly as it happened.", "That is not in the manual. I have read the manual."),
}
"""What an officer says to it, in report language."""
_ANSWERS = ("How do you spell that?", "Is there a code for it?", "Copy. I think.", "Do we follow, or do we wave?")


async def written(episode: Episode, scene: str, after: str, action: str) -> Beat:
    """Return a beat of what happens, with effects that can be and a line or two of those who are there."""
    refs = _refs(episode, action)
    text = sentence_of(action)
    kind = _deed(action)
    doer = next((one for one, what in refs if what == "person"), "")
    thing = next((one for one, what in refs if what in ("prop", "vehicle")), "")
    victim = next((one for one, what in refs if what == "person" and one != doer), "")
    beat = Beat(
        id=f"{scene}-B99",
        purpose=_purpose(kind),
        action=text,
        actors=tuple(dict.fromkeys(one for one, _ in refs)),
        lines=_lines(episode, scene, kind, doer, thing),
    )
    for effect in _effects(episode, kind, doer, thing, victim):
        beat = _with(episode, scene, after, beat, effect)
    return beat


def sentence_of(action: str) -> str:
    """Return what happens as a sentence of the script."""
    text = " ".join(action.split()).strip(" ,;")
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _refs(episode: Episode, action: str) -> list[tuple[str, str]]:
    """Return the people, things and vehicles that are named, each with its kind, in the order of naming."""
    finder, tokens, found = Finder(episode), tokens_of(action), []
    at = 0
    while at < len(tokens):
        refs, taken = finder.at(tokens, at)
        for kind in ("person", "vehicle", "prop"):
            ref: Ref | None = next((each for each in refs if each.kind == kind and len(each.ids) == 1), None)
            if ref is not None:
                found.append((ref.ids[0], kind))
                break
        at += max(taken, 1)
    return found


def _deed(action: str) -> str:
    low = action.casefold()
    hits = [
        (match.start(), kind)
        for kind, words in _DOES.items()
        if (match := re.search(rf"\b(?:{words.replace('e|', 'es?|')})(?:s|es)?\b", low))
    ]
    return min(hits)[1] if hits else ""


def _purpose(kind: str) -> Purpose:
    return {"arrive": "arrive", "leave": "connect", "detain": "turn"}.get(kind, "heighten")  # type: ignore[return-value]


def _effects(episode: Episode, kind: str, doer: str, thing: str, victim: str) -> list[Effect]:
    world = episode.the_world
    drives = any(vehicle.id == thing for vehicle in world.vehicles)
    if kind == "take" and doer and thing:
        return [Board(who=doer, vehicle=thing), LoseVehicle(vehicle=thing)] if drives else [Take(who=doer, prop=thing)]
    if kind in ("arrive", "leave") and doer:
        return [Arrive(who=doer) if kind == "arrive" else Leave(who=doer)]
    if kind == "detain" and doer and victim:
        return [Detain(who=victim, by=doer)]
    if kind == "break" and thing:
        return [Break(what=thing)]
    if thing and doer and not drives:
        made: dict[str, Effect] = {
            "consume": Consume(prop=thing), "drop": Drop(who=doer, prop=thing), "hide": Hide(who=doer, prop=thing),
        }  # fmt: skip
        return [made[kind]] if kind in made else []
    return []


def _with(episode: Episode, scene: str, after: str, beat: Beat, effect: Effect) -> Beat:
    """Return the beat with the effect, or as it is where the story would contradict itself by it."""
    more = beat.model_copy(update={"effects": (*beat.effects, effect)})
    try:
        before = apply(InsertBeat(scene=scene, after=after, beat=beat), episode)
        then = apply(InsertBeat(scene=scene, after=after, beat=more), episode)
    except ChangeRefused:
        return beat
    return more if len(story_of(then).findings) <= len(story_of(before).findings) else beat


def _lines(episode: Episode, scene: str, kind: str, doer: str, thing: str) -> tuple[Line, ...]:
    world, there = episode.the_world, episode.the_script.scene(scene).present
    police = [one for one in there if world.character(one).role in ("officer", "sergeant") and one != doer]
    if not police:
        return ()
    drives = any(vehicle.id == thing for vehicle in world.vehicles)
    key = "take_vehicle" if kind == "take" and drives else kind
    remarks = [each for each in _REMARKS[key] if ("{thing" not in each or thing) and ("{doer" not in each or doer)]
    remarks = remarks or list(_REMARKS[""])
    seed = seed_from(episode.brief.identity, scene, kind, doer, thing, len(episode.the_script.lines))
    words = _words(episode, doer, thing)
    said = [(police[0], remarks[seed % len(remarks)].format(**words))]
    if len(police) > 1:
        said.append((police[1], _ANSWERS[seed % len(_ANSWERS)]))
    return tuple(
        Line(id=f"{scene}-L{90 + number}", speaker=who, channel="spoken", text=text, delivery="flat")
        for number, (who, text) in enumerate(said)
    )


def _words(episode: Episode, doer: str, thing: str) -> dict[str, str]:
    world = episode.the_world
    people = {one.id: _called(one) for one in world.characters}
    things = {one.id: _the(one.name) for one in world.props} | {one.id: _the(one.name) for one in world.vehicles}
    who, what = people.get(doer, ""), things.get(thing, "")
    return {"doer": who, "doer_cap": who[:1].upper() + who[1:], "thing": what, "thing_cap": what[:1].upper() + what[1:]}


def _called(person: Character) -> str:
    return person.short_name if person.kind == "human" else _the(person.short_name.casefold())


def _the(name: str) -> str:
    return name if name.casefold().startswith("the ") else f"the {name}"
