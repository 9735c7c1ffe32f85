"""The estimate: what an episode would take at most, found by planning it in memory and making nothing."""

from collections import Counter

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
from episodes.teaser import with_teaser
from episodes.work import Belt, Cost, cost, difference

NAMES = {
    "speak": "lines spoken",
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


async def draft(brief: Brief, settings: Settings) -> Episode:
    """Return the episode as the rules would plan it, with estimated lengths. Nothing is read, asked or written."""
    crew = crews.rules_only(settings)
    written = await crew.writer.write(
        brief, FactSheet(), Bible(show=brief.show), crews.voices(settings, brief.language)
    )
    episode = apply(SetFacts(facts=FactSheet()), Episode(brief=brief))
    episode = apply(SetScript(world=written.world, script=written.script), episode)
    limits = crews.belt(settings).video.limits
    for scene in episode.the_script.scenes:
        planned = await crew.shot_planner.plan(episode, scene.id, limits)
        episode = apply(PlanScene(scene=scene.id, shots=planned.shots), episode)
        episode = apply(Rescore(cue=planned.cue), episode)
    return apply(LayCut(cut=await crew.editor.lay_cut(episode)), episode)


async def estimate(brief: Brief, settings: Settings) -> str:
    """Return what making this brief would take at most, in a few lines."""
    episode, belt = await draft(brief, settings), crews.belt(settings)
    if settings.audio_only:
        return _of_play(episode, belt, settings)
    animatic = with_teaser(plan(episode, belt, "animatic"), episode, belt)
    tasks = list(animatic.tasks)
    if belt.video.name != belt.animatic.name:
        tasks += difference(animatic, plan(episode, belt, "final"))
    scenes = len(episode.the_script.scenes)
    what = f"{float(episode.the_cut.seconds):.0f} s of film, {scenes} scenes, {len(episode.shots)} shots, "
    return _told(f"{what}{len(episode.the_script.lines)} lines", scenes, cost(tasks), settings)


def _of_play(episode: Episode, belt: Belt, settings: Settings) -> str:
    voices = crews.voices(settings, episode.brief.language)
    cast = CastNarrator(voice=narrator_voice(episode, voices))
    told = apply(cast, episode)
    work, scenes = play_plan(told, belt), len(episode.the_script.scenes)
    seconds, spoken = float(work.of("assemble")[0].media_seconds), len(work.of("speak"))
    return _told(f"{seconds:.0f} s of radio play, {scenes} scenes, {spoken} lines", scenes, cost(work.tasks), settings)


def _told(what: str, scenes: int, total: Cost, settings: Settings) -> str:
    lines = [
        f"{what}. For one pass, at most:",
        *(f"  {count:>4} {NAMES.get(kind, kind)}" for kind, count in total.calls),
    ]
    lines += [
        f"  {calls:>4} calls of the model {name}{_priced(calls, name, settings)}"
        for name, calls in _asked(scenes, settings)
    ]
    lines.append(f"Price: {total.price:.2f}. About {_minutes(total, settings)} on this machine.")
    return "\n".join(lines)


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


def _minutes(total: Cost, settings: Settings) -> str:
    minutes = total.wall_seconds / max(1, settings.slots) / 60
    return f"{minutes:.0f} minutes" if minutes >= 1.5 else "a minute or two"
