"""The writer that asks a model: one call for the outline, then one a scene."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import zip_longest

from agents.llm import ChatModel
from agents.prompts import Prompts
from agents.protocols import Screenplay, Writer
from agents.writer.casting import signed_out
from agents.writer.gag_things import load_stage_things, with_gag_things
from agents.writer.left_over import asked, left_over
from agents.writer.lexicon import load_lexicon
from agents.writer.model_answers import OutlineAnswer, RewordAnswer, SceneAnswer, SceneOutline
from agents.writer.model_drafts import Draft, Judge, Wanted, best_draft
from agents.writer.model_length import WORDS_A_LINE, fit, line_count, scene_count, shares, shorten
from agents.writer.model_mending import mend
from agents.writer.model_scene import SceneBuilder, nearest, topic_id
from agents.writer.model_world import agency_of, build_world, own_car
from agents.writer.nights import night
from agents.writer.packaging import packaged
from agents.writer.season_lore import load_lore
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.cast import Vehicle, VoiceOffer, World
from episodes.changes import Change, Reword
from episodes.effects import Pay, Plant
from episodes.episode import Episode
from episodes.facts import Fact, FactSheet
from episodes.notes import Note
from episodes.past import Past
from episodes.script import Beat, Line, Scene, Script
from episodes.story import story_of
from episodes.value import seed_from

TONES = {
    "comedy": "comedy: warm, exact, everybody means well",
    "tense": "tense: whispers, held breath, a chase; the joke is how seriously it is meant",
    "deadpan": "deadpan: nobody raises a voice, nothing hurries, no chase; forms are filled in",
}
MOST_FACTS = 24
"""Facts offered in one call, so that it stays under 8,000 tokens."""


class ModelWriter:
    """A `Writer`. `rules` answers what new words can't mend."""

    def __init__(self, model: ChatModel, prompts: Prompts, rules: Writer, drafts: int = 3) -> None:
        self._drafts = drafts
        self._model = model
        self._prompts = prompts
        self._rules = rules

    async def write(self, brief: Brief, facts: FactSheet, bible: Bible, voices: tuple[VoiceOffer, ...]) -> Screenplay:
        """Return a whole screenplay. Raises `ModelError` when any of its calls gets no answer."""
        seed = seed_from("model_writer", brief.effective_seed)
        outline = await self._outline(brief, facts, bible, random.Random(seed))
        shapes = load_lexicon(self._prompts.folder).people.voice_shapes
        cars = load_lore(self._prompts.folder).cars
        world = build_world(outline, bible, voices, shapes, random.Random(seed), cars)
        builder = SceneBuilder(world, facts)
        clocks = clocks_of(outline, random.Random(seed), bible.until)
        plan = _Plan(brief, facts, outline, world, len(outline.scenes), asked(brief.direction, bible))
        scenes: list[Scene] = []
        for number, clock in enumerate(clocks, start=1):
            draft = await self._best(plan, builder, number, clock, tuple(scenes))
            scenes.append(_with_topics(draft.scene, outline, number))
        title = brief.title or outline.title
        script = Script(title=title, logline=outline.logline, scenes=tuple(scenes))
        play = Screenplay(world=world, script=mend(world, fit(script, brief), brief))
        folder = self._prompts.folder
        lexicon = load_lexicon(folder)
        play = with_gag_things(play, lexicon, load_stage_things(folder))
        return packaged(play, brief, bible, lexicon, folder)

    async def answer(self, episode: Episode, notes: tuple[Note, ...]) -> tuple[Change, ...]:
        """Return the notes' own changes, new words where words mend it, and the rules' answer to the rest."""
        open_notes = tuple(note for note in notes if note.change is None and _lines_of(episode, note))
        reworded = await self._reword(episode, open_notes) if open_notes else ()
        touched = {change.line for change in reworded}
        answered = {note.id for note in open_notes if touched & {line.id for line in _lines_of(episode, note)}}
        rest = tuple(note for note in notes if note.id not in answered)
        return (*reworded, *(await self._rules.answer(episode, rest) if rest else ()))

    async def _outline(self, brief: Brief, facts: FactSheet, bible: Bible, chance: random.Random) -> OutlineAnswer:
        agency = agency_of(bible, chance)
        prompt = self._prompts.load("writer/outline").render(
            {
                "theme": brief.theme[:2000],
                "tone": TONES[brief.tone],
                "drift": drift_in_words(brief.drift),
                "mode": brief.mode if facts.facts else "scene",
                "show": brief.show,
                "agency": agency.name,
                "county": agency.county,
                "title": brief.title or "",
                "regulars": bible.characters[:6],
                "earlier": tuple(f"{past.title}: {past.logline}" for past in bible.episodes[-4:]),
                "left_over": left_over(bible, self._car(bible, random.Random(0))),
                "season": asked(brief.direction, bible),
                "facts": offered(facts),
                "scenes": scene_count(brief.minutes),
                "lines": line_count(brief.minutes, scene_count(brief.minutes)),
            }
        )
        return await self._model.ask(prompt, OutlineAnswer, label="outline")

    def _car(self, bible: Bible, chance: random.Random) -> Vehicle:
        return signed_out(own_car(chance), bible, load_lore(self._prompts.folder).cars)[0]

    async def _best(
        self, plan: "_Plan", builder: SceneBuilder, number: int, clock: datetime, before: tuple[Scene, ...]
    ) -> Draft:
        """Return the best of several drafts of a scene. Raises `ModelError` when none was answered."""
        outline, lines = plan.outline.scenes[number - 1], plan.lines(number)
        staged = (*(c.id for c in plan.world.characters if c.role == "suspect"), *(p.id for p in plan.world.props))
        wanted = Wanted(lines=lines, runner=plan.outline.runner if plan.returns(number) else "", things=staged)
        return await best_draft(
            lambda angle: self._scene(plan, number, clock, before, angle),
            lambda answer: builder.build(number, outline, shorten(answer, lines), clock),
            Judge(plan.brief, plan.world, before, wanted),
            self._drafts,
        )

    async def _scene(
        self, plan: "_Plan", number: int, clock: datetime, before: tuple[Scene, ...], angle: str
    ) -> SceneAnswer:
        outline, world, following = (
            plan.outline.scenes[number - 1],
            plan.world,
            plan.outline.scenes[number : number + 1],
        )
        names = {place.id: place.name for place in world.places}
        place = world.place(nearest(outline.place, names) or world.places[0].id)
        prompt = self._prompts.load("writer/scene").render(
            {
                "theme": plan.brief.theme[:600],
                "title": plan.outline.title,
                "logline": plan.outline.logline,
                "cast": world.characters,
                "props": world.props,
                "place": place,
                "clock": f"{clock:%H:%M}",
                "so_far": so_far(before, plan.outline),
                "state": state_of(plan.brief, world, before),
                "season": plan.season[1:],
                "angle": angle,
                "runner": plan.outline.runner,
                "runner_means": plan.returns(number),
                "facts": plan.facts_for(number),
                "number": number,
                "scenes": plan.scenes,
                "outline": outline,
                "next_summary": following[0].summary if following else "",
                "lines": plan.lines(number),
                "words": plan.lines(number) * WORDS_A_LINE + 4,
            }
        )
        return await self._model.ask(prompt, SceneAnswer, label=f"scene S{number:02}")

    async def _reword(self, episode: Episode, notes: tuple[Note, ...]) -> tuple[Reword, ...]:
        lines = tuple(dict.fromkeys(line for note in notes for line in _lines_of(episode, note)))[:24]
        prompt = self._prompts.load("writer/reword").render(
            {"notes": notes[:12], "lines": lines, "cast": episode.the_world.characters}
        )
        answer = await self._model.ask(prompt, RewordAnswer, label="new words")
        old = {line.id: line.text for line in lines}
        return tuple(
            Reword(line=new.id, text=new.text) for new in answer.lines if new.id in old and new.text != old[new.id]
        )


class _Plan:
    """How the episode's lines and facts are shared out over its scenes."""

    def __init__(
        self,
        brief: Brief,
        facts: FactSheet,
        outline: OutlineAnswer,
        world: World,
        scenes: int,
        season: tuple[str, ...] = (),
    ) -> None:
        self.brief = brief
        self.season = season
        self.outline = outline
        self.world = world
        self.scenes = scenes
        self._facts = offered(facts)
        self._shares = shares(line_count(brief.minutes, scenes), scenes)

    def lines(self, number: int) -> int:
        """Lines of one scene, counted from 1."""
        return self._shares[number - 1]

    def returns(self, number: int) -> str:
        """What the running gag means in this scene; empty when it is not heard in it, or when there is none."""
        meanings = self.outline.runner_returns
        if not self.outline.runner or not meanings:
            return ""
        spots = dict(zip((1, self.scenes // 2 + 1, self.scenes), meanings, strict=False))
        return spots.get(number, "")

    def facts_for(self, number: int) -> tuple[Fact, ...]:
        """A scene's own share of the facts: each fact is offered to one scene, so that nobody says it twice."""
        share = len(self._facts) / self.scenes
        return self._facts[round((number - 1) * share) : round(number * share)]


def drift_in_words(drift: float) -> str:
    """Return how far from what could happen an episode may go."""
    if drift <= 0.25:
        return "Keep close to what could really happen on a street; one absurd fact, no other."
    if drift < 0.7:
        return "One absurd fact, and what follows from it; the rest of the world is ordinary."
    return "Dreamlike: sizes, clocks and places may shift between scenes, and everybody takes it as a matter of form."


def offered(facts: FactSheet) -> tuple[Fact, ...]:
    """Return the facts that the model is offered: as many of each source as of any other, while they last."""
    by_source: dict[str, list[Fact]] = {}
    for fact in facts.facts:
        by_source.setdefault(fact.place.source, []).append(fact)
    rows = zip_longest(*by_source.values())
    return tuple(fact for row in rows for fact in row if fact is not None)[:MOST_FACTS]


def clocks_of(outline: OutlineAnswer, chance: random.Random, after: datetime | None) -> tuple[datetime, ...]:
    """Return the story time of each scene, never running backwards; the date comes from the seed, and after `after`.

    A cold open is a flash-forward: it plays a minute before the chase, the stand-off or the turn that it shows.
    """
    hours, minutes = (int(part) for part in outline.start_time.split(":"))
    day = night(chance, after)
    at = datetime(day.year, day.month, day.day, hours % 24, minutes % 60, chance.randint(0, 59))
    clocks = []
    flashes = outline.scenes[0].purpose == "cold_open"
    for index, scene in enumerate(outline.scenes):
        # At least a minute, so that a scene never begins before the one before it has ended; more for what it shows.
        at += timedelta(minutes=max(2, scene.minutes_later) if index > flashes else 0)
        clocks.append(at)
    if flashes:
        climax = (n for n, scene in enumerate(outline.scenes) if scene.purpose in ("chase", "stand_off", "turn") and n)
        clocks[0] = clocks[next(climax, len(clocks) - 2)] - timedelta(minutes=1)
    return tuple(clocks)


def so_far(scenes: Sequence[Scene], outline: OutlineAnswer) -> tuple[str, ...]:
    """Return what the next scene's writer must know: what each scene was, and how the last one ended, word for word."""
    told = [f"{scene.id} {plan.summary}" for scene, plan in zip(scenes, outline.scenes, strict=False)]
    if scenes:
        opening = scenes[0].lines[:4]
        told += [f"Said in the cold open by {line.speaker}: {line.text}" for line in opening]
        told += [f"Last said by {line.speaker}: {line.text}" for line in scenes[-1].lines[-3:]]
    return tuple(text[:300] for text in told)


def state_of(brief: Brief, world: World, before: tuple[Scene, ...]) -> tuple[str, ...]:
    """Return what holds after the scenes so far: counts, who has what, who is in custody or hurt or promoted."""
    if not before:
        return (*(f"{prop.name}: {prop.count}" for prop in world.props), *_from_before(world))[:16]
    script = Script(title="-", logline="-", scenes=before)
    final = story_of(Episode(brief=brief, world=world, script=script)).final
    names = {prop.id: prop.name for prop in world.props}
    lines = [f"{names[prop.id]}: {prop.count - prop.spent}" for prop in final.props if prop.id in names]
    lines += [f"{names[prop.id]} is held by {prop.holder}" for prop in final.props if prop.holder and prop.id in names]
    lines += [f"{person.id} is in custody of {person.custody_of}" for person in final.people if person.custody_of]
    lines += [f"{person.id} has {', '.join(person.injuries)}" for person in final.people if person.injuries]
    lines += [f"{person.id} is now {person.rank}" for person in final.people if person.rank]
    lines += [f"unit {unit.id} is {unit.status}" for unit in final.units]
    return tuple(lines[:16])


def _from_before(world: World) -> tuple[str, ...]:
    """Return who of this episode is hurt or has another rank since an earlier one."""
    cast, past = {person.id for person in world.characters}, world.past or Past()
    return (
        *(f"{hurt.who} has {hurt.injury}" for hurt in past.injuries if hurt.who in cast),
        *(f"{who} is now {title}" for who, title in past.ranks if who in cast),
    )


def _with_topics(scene: Scene, outline: OutlineAnswer, number: int) -> Scene:
    """Return the scene with the plants and payments that the outline promised and the scene forgot to name."""
    plan: SceneOutline = outline.scenes[number - 1]
    later = {topic_id(other.pays) for other in outline.scenes[number:]}
    earlier = {topic_id(other.plants) for other in outline.scenes[: number - 1]}
    first, last = scene.beats[0], scene.beats[-1]
    planted, paid = topic_id(plan.plants), topic_id(plan.pays)
    named = {effect.topic for beat in scene.beats for effect in beat.effects if isinstance(effect, Plant | Pay)}
    if planted in later and planted and planted not in named:
        first = _with_effect(first, Plant(topic=planted))
        scene = scene.model_copy(update={"beats": (first, *scene.beats[1:])})
        last = scene.beats[-1]
    if paid in earlier and paid and paid not in named:
        scene = scene.model_copy(update={"beats": (*scene.beats[:-1], _with_effect(last, Pay(topic=paid)))})
    return scene


def _with_effect(beat: Beat, effect: Plant | Pay) -> Beat:
    return beat.model_copy(update={"effects": (*beat.effects, effect)})


def _lines_of(episode: Episode, note: Note) -> tuple[Line, ...]:
    """Return the unlocked lines that a note about a line, a beat or a scene is about."""
    found: list[Line] = []
    for scene in episode.the_script.scenes:
        for beat in scene.beats:
            for line in beat.lines:
                if note.target in (line.id, beat.id, scene.id) and not episode.locks & {line.id, beat.id, scene.id}:
                    found.append(line)
    return tuple(found)
