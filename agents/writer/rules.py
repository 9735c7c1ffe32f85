"""The writer's rule-based hand: reads the theme, casts, plans by storylets, and sets the scenes.

Lines are English whatever the brief's language is; captions in another language are not this hand's work.
"""

import random
import re
from datetime import datetime, timedelta
from pathlib import Path

from agents.protocols import Screenplay
from agents.writer.answers import answer_notes
from agents.writer.bones import usual_seconds
from agents.writer.casting import Cast, cast_episode, furnish, slug
from agents.writer.gag_things import load_stage_things, with_gag_things
from agents.writer.lexicon import Lexicon, load_lexicon
from agents.writer.nights import opening_time
from agents.writer.packaging import packaged
from agents.writer.plan import Plan, Wish
from agents.writer.planner import Planner
from agents.writer.premise import Premise, read_theme
from agents.writer.radio import call_sign, code_for
from agents.writer.realiser import Slots, capitals, place_words, premise_slots, realise
from agents.writer.season_lore import load_lore
from agents.writer.season_moments import Moments, within
from agents.writer.staging import Stage
from agents.writer.storylets import Frame, Game, Repertoire, load_repertoire
from agents.writer.testimony import Testimony, testify
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.cast import Place, VoiceOffer
from episodes.changes import Change
from episodes.episode import Episode, estimate_seconds
from episodes.facts import FactSheet
from episodes.notes import Note
from episodes.value import seed_from

SPEECH_SHARE = 0.87
CARDS = 6.0
"""Part of the running time without title and end card, which take these seconds, that is spoken, pauses included.

Measured over twelve themes: films of 50, 90 and 165 s have 10, 16 and 24 s of cards, looks and room."""
RECAP_LEAST = 0.42
"""Part of the spoken time that is story rather than testimony, at least, when a source's event is told again."""
FULL = 1.045
"""How much longer than asked a film is planned: its parts want their full length, and a fifth is allowed."""
FACTS_MAY_ADD = 1.13
"""How much longer a film may be that carries sources."""


class RuleWriter:
    """Writes and mends scripts without a model. Same brief, facts and bible, same script."""

    def __init__(self, prompts: Path) -> None:
        self.prompts = prompts

    async def write(self, brief: Brief, facts: FactSheet, bible: Bible, voices: tuple[VoiceOffer, ...]) -> Screenplay:
        """Return a whole screenplay in English. Raises `ValueError` for a broken lexicon or storylet file."""
        lexicon, repertoire = load_lexicon(self.prompts), load_repertoire(self.prompts)
        seed = brief.effective_seed
        premise = read_theme(brief.theme, lexicon, seed, _hints(facts))
        cast = cast_episode(brief, bible, premise, lexicon, voices, load_lore(self.prompts).cars)
        noticed = opening_time(seed, bible.until)
        slots = episode_slots(premise, cast, lexicon, seed, noticed)
        testimony = testify(facts, repertoire.carriers, seed, brief.mode)
        plan = self._plan(brief, bible, premise, cast, slots, testimony)
        final = framed(slots, plan.frame, plan.game, premise, lexicon, cast, seed)
        extra = _further_places(plan, premise, cast, final, lexicon, seed)
        title = brief.title or _title(plan, final, bible, seed)
        stage = Stage(brief, premise, cast, final, plan, noticed)
        play = with_gag_things(stage.screenplay(testimony, extra, title), lexicon, load_stage_things(self.prompts))
        return packaged(play, brief, bible, lexicon, self.prompts)

    async def answer(self, episode: Episode, notes: tuple[Note, ...]) -> tuple[Change, ...]:
        """Return changes that answer the notes, none of them to what is locked; empty when nothing can be done."""
        lexicon, repertoire = load_lexicon(self.prompts), load_repertoire(self.prompts)
        return answer_notes(episode, notes, repertoire, slots_of_episode(episode, lexicon, repertoire))

    def _plan(
        self, brief: Brief, bible: Bible, premise: Premise, cast: Cast, slots: Slots, testimony: tuple[Testimony, ...]
    ) -> Plan:
        lexicon, repertoire = load_lexicon(self.prompts), load_repertoire(self.prompts)
        target = speech_target(brief.minutes)
        quoted = float(sum(estimate_seconds(one.text) for one in testimony)) + 0.3 * len(testimony)
        least = RECAP_LEAST if brief.mode == "recap" else 0.5
        seconds = max(least * target, target * FACTS_MAY_ADD - quoted) if testimony else target
        wish = Wish(
            seconds=seconds,
            tone=brief.tone,
            drift=brief.drift,
            setting=cast.nouns[0].set,
            used=bible.used_storylets,
            seed=brief.effective_seed,
            temperaments=cast.temperaments,
            stakes=cast.stakes,
            never={role: cast.of(role).never_says for role in cast.temperaments},
        )
        made: dict[tuple[str, str], Slots] = {}
        due = Moments(load_lore(self.prompts), repertoire, brief.direction, bible, cast, premise).due()

        def slots_for(frame: Frame, game: Game) -> Slots:
            key = (frame.name, game.name)
            if key not in made:
                made[key] = framed(slots, frame, game, premise, lexicon, cast, brief.effective_seed)
            return made[key]

        if due:
            usual = slots_for(repertoire.frames[0], repertoire.games[0])
            costs = {place: usual_seconds(storylet, usual) for place, storylet in due.items()}
            wish = wish.model_copy(update={"due": within(due, costs, seconds)})
        return Planner(repertoire, premise, wish, slots_for, lexicon.people.voices).best()


def speech_target(minutes: float) -> float:
    """Return how many seconds of a film of so many minutes are to be spoken, pauses included."""
    return SPEECH_SHARE * (minutes * 60) * FULL - CARDS


def _hints(facts: FactSheet) -> tuple[str, ...]:
    """Return the statements about things and places, by which sources fill what the theme leaves open."""
    return tuple(fact.text for kind in ("thing", "place") for fact in facts.facts if fact.kind == kind)


def episode_slots(premise: Premise, cast: Cast, lexicon: Lexicon, seed: int, noticed: datetime) -> Slots:
    """Return the slots of an episode but for those of its frame; `noticed` is when the call came."""
    # The time that is spoken of is just after the officers came: then everybody may have been at it since.
    then = noticed + timedelta(minutes=8)
    slots = premise_slots(premise, lexicon, seed, then.hour, then.minute)
    people = {
        "unit": call_sign(cast.unit.id, cast.agency.alphabet),
        "agency": cast.agency.name,
        "county": cast.agency.county,
        "senior": cast.senior.short_name,
        "Senior": cast.senior.short_name,
        "junior": cast.junior.short_name,
        "witness": cast.witness.short_name,
        "sir": {"he": "sir", "she": "ma'am"}.get(cast.senior.pronoun, "boss"),
        "weekday": f"{noticed:%A}",
        "code_ok": code_for(lexicon.radio, "acknowledge", cast.agency),
    }
    return slots.with_words(people | place_words(cast.nouns[0], cast.places[1].name, cast.street, cast.number))


def framed(slots: Slots, frame: Frame, game: Game, premise: Premise, lexicon: Lexicon, cast: Cast, seed: int) -> Slots:
    """Return the slots with those of a frame and a game."""
    rng = random.Random(seed_from("frame", frame.name, seed))
    deed = premise.deed or next(deed for deed in lexicon.deeds.values() if deed.frame == frame.name)
    words = {
        "nature": premise.report or rng.choice(frame.nature),
        "charge": rng.choice(frame.charge),
        "doing": deed.doing,
        "did": deed.did,
        "claim": game.claim,
        "with_claim": f"; {game.claim}",
        "code_nature": code_for(lexicon.radio, frame.name, cast.agency),
    }
    return slots.with_words(words)


def slots_of_episode(episode: Episode, lexicon: Lexicon, repertoire: Repertoire) -> Slots | None:
    """Return the slots that an episode was written with, found again from its brief and world; None without a script.

    A world that a model or a person made has other people; their names are taken from it.
    """
    if episode.world is None or episode.script is None:
        return None
    brief, world, seed = episode.brief, episode.world, episode.brief.effective_seed
    hints = _hints(episode.facts or FactSheet())
    premise = read_theme(brief.theme, lexicon, seed, hints)
    cast = cast_episode(brief, Bible(show=brief.show, agency=world.agency), premise, lexicon, ())
    # Whatever the person has done to the clock, the call came at its hour.
    day = min(scene.clock for scene in episode.the_script.scenes).date()
    noticed = datetime.combine(day, opening_time(seed).time())
    slots = episode_slots(premise, cast, lexicon, seed, noticed)
    officers = [c for c in world.characters if c.role == "officer"]
    witness = next((c for c in world.characters if c.role == "witness"), None)
    place = next((p for p in world.places if p.set not in ("car", "interview", "dispatch_room")), None)
    words = {"unit": call_sign(world.units[0].id, world.agency.alphabet)} if world.units else {}
    if len(officers) > 1:
        senior, junior = officers[0], officers[1]
        words |= {"senior": senior.short_name, "Senior": senior.short_name, "junior": junior.short_name}
        words["sir"] = {"he": "sir", "she": "ma'am"}.get(senior.pronoun, "boss")
    if witness is not None:
        words["witness"] = witness.short_name
    if place is not None:
        words |= {"place": place.name, "Place": capitals(place.name)}
    # Which frame it was can't be read off the script; any that suits the deed says the same.
    frame = next((f for f in repertoire.frames if premise.deed and f.name == premise.deed.frame), repertoire.frames[0])
    return framed(slots.with_words(words), frame, repertoire.games[0], premise, lexicon, cast, seed)


def _further_places(
    plan: Plan, premise: Premise, cast: Cast, slots: Slots, lexicon: Lexicon, seed: int
) -> tuple[tuple[Place, Slots], ...]:
    rng = random.Random(seed_from("further", seed))
    free = [
        name
        for name in ("park", "waterfront", "parking_lot", "hallway", "porch", "shop", "alley", "rooftop", "diner")
        if name != cast.nouns[0].set
    ]
    rng.shuffle(free)
    found = []
    for number, _ in enumerate(plan.acts):
        noun, street = lexicon.sets[free[number % len(free)]], rng.choice(lexicon.people.streets)
        place = furnish(f"act-{number + 1}", noun, premise, street, rng.randint(2, 98), lexicon, rng)
        found.append((place, slots.with_words(place_words(noun, place.name, cast.street, cast.number))))
    return tuple(found)


def _title(plan: Plan, slots: Slots, bible: Bible, seed: int) -> str:
    """Return a short title that no earlier episode has."""
    rng = random.Random(seed_from("title", seed))
    had = {episode.title for episode in bible.episodes}
    titles = [capitals(realise(template, slots)) for template in (*plan.frame.titles, *plan.game.titles)]
    titles = [title for title in titles if title not in had and len(title) <= 48] or [
        capitals(slots.words["doer"])[:48]
    ]
    title = rng.choice(titles)
    return re.sub(r"\bThe The\b", "The", title)


__all__ = ["RuleWriter", "slug"]
