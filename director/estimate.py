"""The estimate: what an episode would take at most, found by planning it in memory and making nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from director import crews
from director.settings import RoleName, Settings
from episodes.apply import apply
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.changes import CastNarrator, LayCut, PlanScene, Rescore, SetFacts, SetScript
from episodes.episode import Episode
from episodes.facts import FactSheet
from episodes.narration import narrator_voice
from episodes.plan import plan
from episodes.play_plan import play_plan
from episodes.tasks import TaskKind
from episodes.teaser import with_teaser
from episodes.work import Belt, Cost, cost, difference

NAMES = {
    "fetch": "links fetched",
    "read": "readings of sources",
    "speak": "lines spoken",
    "control": "control videos",
    "render": "takes",
    "conform": "segments finished",
    "card": "cards",
    "compose": "cues",
    "sound": "scenes sounded",
    "mix": "mixes",
    "assemble": "assemblies",
    "measure": "looks at the film",
    "tease": "teasers",
}

MODEL_CALLS: dict[RoleName, tuple[int, int]] = {
    "researcher": (1, 0),
    "writer": (1, 1),
    "shot_planner": (0, 1),
    "continuity_checker": (2, 0),
    "editor": (2, 0),
}
"""Calls of a language model when every answer is right at once: for the whole, and for each scene (or draft of one)."""

CALL_TOKENS = (5300, 2700)
"""Tokens of the longest prompt and of the answer that it leaves room for: no call of ours is above 8,000."""

MOST_OVER = 1.2
"""How many times as long as asked a film may be before the estimate says so: a fifth more is what it promises."""


@dataclass(frozen=True)
class Figures:
    """What one episode would take at most, for one pass."""

    what: str
    """Its size, in words."""
    seconds: float
    scenes: int
    cost: Cost


async def draft(brief: Brief, settings: Settings, bible: Bible | None = None, number: int = 1) -> Episode:
    """Return the episode as the rules would plan it, with estimated lengths. Nothing is read, asked or written."""
    crew = crews.rules_only(settings)
    bible = bible or Bible(show=brief.show)
    written = await crew.writer.write(brief, FactSheet(), bible, crews.voices(settings, brief.language))
    episode = apply(SetFacts(facts=FactSheet()), Episode(brief=brief, number=number))
    episode = apply(SetScript(world=written.world, script=written.script), episode)
    limits = crews.belt(settings).video.limits
    for scene in episode.the_script.scenes:
        planned = await crew.shot_planner.plan(episode, scene.id, limits)
        episode = apply(PlanScene(scene=scene.id, shots=planned.shots), episode)
        episode = apply(Rescore(cue=planned.cue), episode)
    return apply(LayCut(cut=await crew.editor.lay_cut(episode)), episode)


async def estimate(brief: Brief, settings: Settings) -> str:
    """Return what making this brief would take at most, in a few lines."""
    figures = figures_of(await draft(brief, settings), settings)
    asked = brief.minutes * 60
    intro = f"{figures.what}. For one pass, at most:"
    if figures.seconds > MOST_OVER * asked:
        intro = f"{asked:.0f} s were asked for; this story can't be told in less.\n{intro}"
    return told(intro, [figures], settings)


def figures_of(episode: Episode, settings: Settings) -> Figures:
    """Return what a drafted episode would take."""
    belt, scenes = crews.belt(settings), len(episode.the_script.scenes)
    if settings.audio_only:
        return _of_play(episode, belt, settings)
    animatic = with_teaser(plan(episode, belt, "animatic"), episode, belt)
    tasks = list(animatic.tasks)
    if belt.has_final_camera:
        tasks += difference(animatic, plan(episode, belt, "final"))
    seconds = float(episode.the_cut.seconds)
    what = f"{seconds:.0f} s of film, {scenes} scenes, {len(episode.shots)} shots, "
    return Figures(f"{what}{len(episode.the_script.lines)} lines", seconds, scenes, cost(tasks))


def _of_play(episode: Episode, belt: Belt, settings: Settings) -> Figures:
    voices = crews.voices(settings, episode.brief.language)
    cast = CastNarrator(voice=narrator_voice(episode, voices))
    work, scenes = play_plan(apply(cast, episode), belt), len(episode.the_script.scenes)
    seconds, spoken = float(work.of("assemble")[0].media_seconds), len(work.of("speak"))
    return Figures(f"{seconds:.0f} s of radio play, {scenes} scenes, {spoken} lines", seconds, scenes, cost(work.tasks))


def told(intro: str, figures: Sequence[Figures], settings: Settings) -> str:
    """Return what all of these take together, in a few lines."""
    total = sum_of([one.cost for one in figures])
    lines = [intro, *(f"  {count:>4} {NAMES.get(kind, kind)}" for kind, count in total.calls)]
    asked: Counter[str] = Counter()
    for one in figures:
        asked.update(dict(_asked(one.scenes, settings)))
    lines += [
        f"  {calls:>4} calls of the model {name}{_priced(calls, name, settings)}" for name, calls in asked.items()
    ]
    lines.append(f"Price: {total.price:.2f}. About {minutes_of(total, settings)} on this machine.")
    return "\n".join(lines)


def sum_of(costs: Sequence[Cost]) -> Cost:
    """Return several costs as one."""
    counts: Counter[TaskKind] = Counter()
    for one in costs:
        counts.update(dict(one.calls))
    return Cost(
        calls=tuple(sorted(counts.items())),
        price=round(sum(one.price for one in costs), 6),
        wall_seconds=round(sum(one.wall_seconds for one in costs), 3),
    )


def _asked(scenes: int, settings: Settings) -> list[tuple[str, int]]:
    """Return how often each model is asked."""
    calls: Counter[str] = Counter()
    for role, (whole, each) in MODEL_CALLS.items():
        if (name := settings.model_of(role)) is not None:
            calls[name] += whole + each * scenes * (settings.drafts if role == "writer" else 1)
    return list(calls.items())


def _priced(calls: int, name: str, settings: Settings) -> str:
    """Return what the calls of a model cost at most, where its price is known."""
    price = settings.prices.get(name)
    if price is None:
        return ", at a price that [prices] does not name" if settings.budget is not None else ""
    most = calls * (CALL_TOKENS[0] * price.input + CALL_TOKENS[1] * price.output) / 1e6
    return f", at most {most:.2f}"


def minutes_of(total: Cost, settings: Settings) -> str:
    """Return how long that takes on this machine, in words."""
    minutes = total.wall_seconds / max(1, settings.slots) / 60
    return f"{minutes:.0f} minutes" if minutes >= 1.5 else "a minute or two"
