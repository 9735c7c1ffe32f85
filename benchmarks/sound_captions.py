"""Caption rules on a thousand lines as episodes really have them, and on hostile ones, planned and cut by rule.

The rule-based writer writes over many themes and seeds; a share of its lines is then replaced by texts that try to
break a caption: long words, emoji, other scripts, numbers, single letters. Lines have estimated lengths, lengths as if
another voice had spoken them (faster and slower), or those of the embedded voices. Each violation is followed to its
cause: did the planner leave less room than `caption_room` asks for, or was there room and the caption did not use it?
"""

import asyncio
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from agents.editor import RuleEditor
from agents.shot_planner import RuleShotPlanner
from agents.writer import RuleWriter
from benchmarks.verdicts import Verdict
from episodes.airtime import AIR_GAP
from episodes.apply import apply
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.captions import Caption, caption_room, captions, violations
from episodes.cast import VoiceCast
from episodes.changes import LayCut, PlanScene
from episodes.episode import Episode, LineLength, estimate_seconds
from episodes.errors import RequestRejected
from episodes.facts import FactSheet
from episodes.format import FormatName
from episodes.requests import SpeakRequest
from episodes.script import Line
from episodes.tasks import Limits
from tools.protocols import Call, ToolSettings
from tools.voice import espeak

ROOT = Path(__file__).resolve().parents[1]
LINES = 1000
HOSTILE_SHARE = 0.3

FORMATS: tuple[FormatName, ...] = ("wide", "vertical", "proof")
_VOICES = ("en-us+m3", "en-us+f5", "en-us+Gene", "en-us+anika", "en-us+ed", "en-us+f4")
_WORDS = (
    "goose", "Pneumonoultramicroscopicsilicovolcanoconiosis", "🦝🍩", "👩\u200d👩\u200d👧\u200d👦", "11:59:59",
    "3.14159265358979", "$1,000,000.00", "KÖNIGSALLEE", "полиция", "警察官が来ました", "الشرطة", "4A10", "WXY-0427",
    "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz", "it's", "—", "…", "A", "I", "x" * 90, "ñandú",
    "don't-you-dare-touch-that-doughnut", "and", "the", "because", "Mr.", "Dr.", "(again)", '"quoted"', "10-4,",
    "No!", "Really?", "e\u0301t\u00e9", "\u200bzero\u200b",
)  # fmt: skip


@dataclass(frozen=True)
class Broken:
    """A rule that a caption breaks."""

    rule: str
    """The linter's sentence without its numbers."""
    line: str
    text: str
    crowded: bool
    """Whether the next line starts earlier than the caption's room asks for."""


@dataclass(frozen=True)
class Tally:
    """What was counted over all episodes."""

    lines: int
    captions: int
    hostile: int
    violations: int
    """Sentences of the linter over all captions."""
    broken: tuple[Broken, ...]
    """The same, each with its cause."""
    narrowest_air: float
    """Least seconds between the ends and starts of two lines on the air."""


def verdicts(lines: int = LINES) -> list[Verdict]:
    """Generate, plan, cut, caption and count."""
    found = tallied(lines)
    rules = Counter(broken.rule for broken in found.broken)
    for rule, count in rules.most_common():
        crowded = sum(broken.crowded for broken in found.broken if broken.rule == rule)
        print(f"  {count} captions: {rule}; in {crowded} of them the cut leaves less than caption_room")
        worst = next(broken for broken in found.broken if broken.rule == rule)
        print(f"      such as {worst.line}: {worst.text[:100]!r}")
    print(f"  {found.lines} lines, {found.hostile} of them hostile, in {found.captions} captions")
    return [
        Verdict(f"violations of the caption rules in {found.lines} lines", found.violations, 0),
        Verdict("lines that the captions were counted on", found.lines, lines, most=False),
        Verdict("least gap between two lines on the air, s", found.narrowest_air, float(AIR_GAP), most=False),
    ]


def tallied(lines: int) -> Tally:
    """Return what is counted on at least so many lines."""
    counted = captioned = hostile = faults = 0
    broken: list[Broken] = []
    air = 10.0
    for episode, bad in episodes():
        made = captions(episode)
        counted += len(episode.the_script.lines)
        captioned, hostile = captioned + len(made), hostile + bad
        faults += len(violations(made, episode.brief.format.fps))
        broken += _broken(episode, made)
        air = min([air, *_gaps(episode)])
        if counted >= lines:
            break
    return Tally(counted, captioned, hostile, faults, tuple(broken), air)


def episodes() -> Iterator[tuple[Episode, int]]:
    """Yield cut episodes without end, each with the number of hostile lines in it."""
    themes = (ROOT / "benchmarks" / "themes.txt").read_text(encoding="utf-8").splitlines()
    chance = random.Random(42)
    number = 0
    while True:
        form = FORMATS[number % len(FORMATS)]
        minutes = (1.5, 3.0, 1.0, 6.0)[number % 4]
        episode = asyncio.run(_written(themes[number * 7 % len(themes)], number, minutes, form))
        episode, hostile = _hostile(episode, chance)
        episode = _timed(episode, number, chance)
        yield asyncio.run(cut(episode)), hostile
        number += 1


async def cut(episode: Episode) -> Episode:
    """Return the episode planned and cut by rule."""
    for scene in episode.the_script.scenes:
        plan = await RuleShotPlanner().plan(episode, scene.id, Limits())
        episode = apply(PlanScene(scene=scene.id, shots=plan.shots, cue=plan.cue), episode)
    return apply(LayCut(cut=await RuleEditor().lay_cut(episode)), episode)


async def _written(theme: str, seed: int, minutes: float, form: FormatName) -> Episode:
    brief = Brief(theme=theme, seed=seed, minutes=minutes, format_name=form)
    offers = espeak.build(ToolSettings()).offers("en")
    play = await RuleWriter(ROOT / "prompts").write(brief, FactSheet(), Bible(show=brief.show), offers)
    return Episode(brief=brief, world=play.world, script=play.script)


def _hostile(episode: Episode, chance: random.Random) -> tuple[Episode, int]:
    """Return the episode with a share of its lines replaced, and how many were."""
    count = 0

    def changed(line: Line) -> Line:
        nonlocal count
        if chance.random() >= HOSTILE_SHARE:
            return line
        count += 1
        words = " ".join(chance.choice(_WORDS) for _ in range(chance.choice((1, 2, 4, 8, 15, 30))))
        pause = chance.choice((line.pause, Fraction(0), Fraction(1, 10)))
        return line.model_copy(update={"text": words, "pause": pause})

    scenes = tuple(
        scene.model_copy(
            update={
                "beats": tuple(
                    beat.model_copy(update={"lines": tuple(map(changed, beat.lines))}) for beat in scene.beats
                )
            }
        )
        for scene in episode.the_script.scenes
    )
    script = episode.the_script.model_copy(update={"scenes": scenes})
    return episode.model_copy(update={"script": script}), count


def _timed(episode: Episode, number: int, chance: random.Random) -> Episode:
    """Return the episode with lengths: half of them another voice's, a sixth really spoken, else the estimate."""
    if number % 2 == 0 and number % 6 != 2:
        return episode
    lines = episode.the_script.lines
    if number % 2:
        pace = chance.uniform(0.75, 1.4)
        seconds = [
            estimate_seconds(line.text) * Fraction(round(pace * chance.uniform(900, 1100)), 1000) for line in lines
        ]
    else:
        seconds = [_really(line, place) for place, line in enumerate(lines)]
    lengths = tuple(
        LineLength(line=line.id, reading=line.reading, text=line.text, seconds=length)
        for line, length in zip(lines, seconds, strict=True)
    )
    return episode.model_copy(update={"lengths": lengths})


def _really(line: Line, place: int) -> Fraction:
    engine = espeak.build(ToolSettings())
    cast = VoiceCast(engine=engine.info.name, variant=_VOICES[place % len(_VOICES)])
    request = SpeakRequest(text=line.text, voice=cast, delivery=line.delivery, language="en", reading=line.reading)
    with tempfile.TemporaryDirectory() as folder:
        try:
            return engine.speak(request, Call(into=Path(folder))).seconds
        except RequestRejected:
            # A line of dots alone has no words: no voice speaks it, and its length stays the estimate.
            return estimate_seconds(line.text)


def _broken(episode: Episode, made: tuple[Caption, ...]) -> list[Broken]:
    fps = episode.brief.format.fps
    starts = _starts(episode)
    found = []
    for place, caption in enumerate(made):
        for fault in violations(made[place : place + 2], fps):
            if not fault.startswith(f"{caption.line} at {float(caption.at):.2f} s "):
                continue
            line = episode.line(caption.line)
            room = caption_room(line.text, caption.speaker, line.channel, episode.seconds_of(line), fps)
            here = starts[line.id]
            after = min((at for at in starts.values() if at > here), default=here + 1000)
            rule = " ".join(word for word in fault.split(" s ", 1)[1].split() if not word[0].isdigit())
            found.append(Broken(rule, line.id, line.text, after - here < room))
    return list(dict.fromkeys(found))


def _starts(episode: Episode) -> dict[str, Fraction]:
    tracks = (episode.the_cut.track("A1"), episode.the_cut.track("A2"))
    return {clip.media: at for track in tracks for at, clip in track.placed()}


def _gaps(episode: Episode) -> list[float]:
    placed = episode.the_cut.track("A2").placed()
    return [float(after - at - clip.seconds) for (at, clip), (after, _) in pairwise(placed)]
