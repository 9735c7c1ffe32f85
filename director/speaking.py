"""What is spoken, and how long it takes: lines of the script, and what a radio play's narrator says."""

import asyncio

from director.context import Studio
from episodes.apply import apply
from episodes.cast import VoiceCast
from episodes.changes import CastNarrator
from episodes.episode import Episode, LineLength
from episodes.narration import narrations, narrator_voice
from episodes.play_plan import narration_task
from episodes.results import SpokenLine
from episodes.script import Line
from episodes.take_plan import speak_task
from episodes.tasks import Task
from episodes.work import Plan


async def narrate(studio: Studio, episode: Episode) -> tuple[CastNarrator, tuple[LineLength, ...]]:
    """Cast the narrator, have all that they could say spoken, and return both."""
    voices = tuple(character.voice for character in episode.the_world.characters if character.voice)

    async def choose() -> VoiceCast:
        return narrator_voice(episode, studio.voices)

    # Kept as an agent's answer is: whatever voices there are later, the narrator of this cast stays the same.
    voice = await studio.ask("narrator", "cast", VoiceCast, voices, choose)
    cast = CastNarrator(voice=voice)
    told = apply(cast, episode)
    said = narrations(told)
    tasks = [narration_task(told, studio.belt, one) for one in said]
    return cast, await _timed(studio, tasks, tuple(one.line for one in said))


async def speak(studio: Studio, episode: Episode, lines: tuple[Line, ...]) -> tuple[LineLength, ...]:
    """Have lines of the script spoken and return their lengths."""
    return await _timed(studio, [speak_task(episode, studio.belt, line) for line in lines], lines)


async def _timed(studio: Studio, tasks: list[Task], lines: tuple[Line, ...]) -> tuple[LineLength, ...]:
    """Have lines spoken and return their lengths."""
    plan = Plan(tasks=tuple({task.key: task for task in tasks}.values()))
    made = await asyncio.gather(*(studio.executor.make(plan, task.key) for task in tasks))
    spoken = [item.result for item in made]
    return tuple(
        LineLength(line=line.id, reading=line.reading, text=line.text, seconds=result.seconds, starts=result.starts)
        for line, result in zip(lines, spoken, strict=True)
        if isinstance(result, SpokenLine)
    )
