"""From a model's scene to a scene of the script: speakers found, channels put right, deeds made effects."""

import re
from datetime import datetime
from difflib import SequenceMatcher
from fractions import Fraction

from agents.wording import without_speaker
from agents.writer.model_answers import BeatAnswer, DeedAnswer, LineAnswer, SceneAnswer, SceneOutline
from episodes import effects as fx
from episodes.cast import Character, World
from episodes.effects import Effect
from episodes.facts import Fact, FactSheet
from episodes.script import ALOUD, Beat, Channel, Line, Mark, Purpose, Scene
from episodes.story import light_at

_PUNCHES: tuple[Purpose, ...] = ("heighten", "reverse", "callback", "turn", "tag", "cold_open")
_LATE_HEARING = Fraction(3, 5)
"""Seconds held after the last line of a funny beat (craft: 0.4 to 0.8 s)."""


def nearest(said: str, names: dict[str, str]) -> str | None:
    """Return the id that `said` means: an id, a name, or what is most like one; None when nothing is near.

    `names` gives the name of each id.
    """
    wanted = said.strip().lower()
    if not wanted:
        return None
    if wanted in names:
        return wanted
    best, best_score = None, 0.0
    for thing_id, name in names.items():
        words = name.lower().split()
        score = 1.0 if wanted == name.lower() or wanted in words else 0.0
        score = max(
            score, SequenceMatcher(None, wanted, thing_id).ratio(), SequenceMatcher(None, wanted, name.lower()).ratio()
        )
        if score > best_score:
            best, best_score = thing_id, score
    return best if best_score >= 0.6 else None


class SceneBuilder:
    """Builds the scenes of one episode, each after the one before."""

    def __init__(self, world: World, facts: FactSheet) -> None:
        self.world = world
        self._facts = {fact.id: fact for fact in facts.facts}
        self._people = {person.id: f"{person.name} {person.short_name}" for person in world.characters}
        self._props = {prop.id: prop.name for prop in world.props}
        self._crew = {member for unit in world.units for member in unit.members}

    def build(self, number: int, outline: SceneOutline, answer: SceneAnswer, clock: datetime) -> Scene:
        """Return scene `number` (from 1) with valid ids; who acts without arriving is there from the start."""
        scene_id = f"S{number:02}"
        cast = self._present(outline)
        beats: list[Beat] = []
        spoken = 0
        for index, beat in enumerate(answer.beats, start=1):
            lines = tuple(
                self._line(line, f"{scene_id}-L{spoken + i:02}", cast) for i, line in enumerate(beat.lines, 1)
            )
            spoken += len(lines)
            beats.append(self._beat(f"{scene_id}-B{index:02}", beat, lines))
        return Scene(
            id=scene_id,
            title=outline.title,
            place=self.place_id(outline.place),
            clock=clock,
            light=light_at(clock.hour + clock.minute / 60),
            weather=outline.weather,
            mood=outline.mood,
            present=self._there_at_first(cast, beats),
            beats=tuple(beats),
        )

    def place_id(self, said: str) -> str:
        """Return the place that the outline means; the first one when it means none."""
        return nearest(said, {place.id: place.name for place in self.world.places}) or self.world.places[0].id

    def _present(self, outline: SceneOutline) -> tuple[str, ...]:
        at_desk = self.world.place(self.place_id(outline.place)).set == "dispatch_room"
        found = [nearest(who, self._people) for who in outline.present]
        there = [who for who in dict.fromkeys(found) if who and (at_desk or self._person(who).role != "dispatcher")]
        if not there:
            there = [person.id for person in self.world.characters if person.role == "officer"][:2]
        return tuple(there)

    def _person(self, who: str) -> Character:
        return self.world.character(who)

    def _there_at_first(self, cast: tuple[str, ...], beats: list[Beat]) -> tuple[str, ...]:
        """Those planned for the scene, without those who arrive in it, with those who simply speak in it."""
        arrives = {effect.who for beat in beats for effect in beat.effects if isinstance(effect, fx.Arrive)}
        speaks = [line.speaker for beat in beats for line in beat.lines if line.channel in ALOUD]
        acts = [actor for beat in beats for actor in beat.actors if actor in self._people]
        everybody = [who for who in dict.fromkeys((*cast, *speaks, *acts)) if self._person(who).role != "dispatcher"]
        first = tuple(who for who in everybody if who not in arrives)
        # A scene opens on somebody; whoever would come first is there already.
        return first or tuple(everybody[:1])

    # ---- lines ------------------------------------------------------------------------------------------------------

    def _line(self, line: LineAnswer, line_id: str, cast: tuple[str, ...]) -> Line:
        speaker = nearest(line.speaker, self._people) or self._stand_in(line, cast)
        facts = tuple(fact.id for fact in self._facts_in(line))
        person = self._person(speaker)
        text = without_speaker(line.text, (person.id, person.name, person.short_name))
        return Line(
            id=line_id,
            speaker=speaker,
            channel=self._channel(line.channel, speaker, cast),
            text=text,
            delivery=line.delivery,
            mark=mark_of(text, tuple(self._facts[fact] for fact in facts)),
            facts=facts,
        )

    def _stand_in(self, line: LineAnswer, cast: tuple[str, ...]) -> str:
        """Whoever may say a line whose speaker nobody knows."""
        role = "dispatcher" if line.channel == "dispatch" else "officer"
        able = [person.id for person in self.world.characters if person.role == role]
        return next((who for who in able if who in cast or role == "dispatcher"), cast[0])

    def _channel(self, wanted: Channel, speaker: str, cast: tuple[str, ...]) -> Channel:
        if self._person(speaker).role == "dispatcher":
            return "dispatch"
        if wanted in ("dispatch", "radio"):
            return "radio" if speaker in self._crew else ("spoken" if speaker in cast else "phone")
        if wanted == "pa" and not (speaker in self._crew and speaker in cast):
            # The car's loudspeaker is for an officer who is there.
            return "spoken" if speaker in cast else "phone"
        return wanted

    def _facts_in(self, line: LineAnswer) -> list[Fact]:
        """The cited facts whose words really stand in the line; a fact without keywords is taken at its word."""
        cited = [self._facts[fact.strip().upper()] for fact in line.facts if fact.strip().upper() in self._facts]
        return [fact for fact in dict.fromkeys(cited) if not fact.keywords or shared(line.text, fact)]

    # ---- beats ------------------------------------------------------------------------------------------------------

    def _beat(self, beat_id: str, beat: BeatAnswer, lines: tuple[Line, ...]) -> Beat:
        if lines and beat.purpose in _PUNCHES:
            lines = (*lines[:-1], lines[-1].model_copy(update={"pause": _LATE_HEARING}))
        actors = [nearest(actor, self._people | self._props) for actor in beat.actors]
        return Beat(
            id=beat_id,
            purpose=beat.purpose,
            action=beat.action,
            picture_gag=beat.picture_gag,
            actors=tuple(actor for actor in dict.fromkeys(actors) if actor and actor not in self._absent_people),
            lines=lines,
            effects=tuple(effect for deed in beat.deeds if (effect := self._effect(deed)) is not None),
        )

    @property
    def _absent_people(self) -> set[str]:
        return {person.id for person in self.world.characters if person.role == "dispatcher"}

    def _effect(self, deed: DeedAnswer) -> Effect | None:
        """Return the effect of a deed, or None when it names nobody that this world has."""
        if deed.deed in ("plants", "pays"):
            topic = topic_id(deed.thing or deed.who)
            return (fx.Plant(topic=topic) if deed.deed == "plants" else fx.Pay(topic=topic)) if topic else None
        who = nearest(deed.who, self._people)
        if who is None:
            return None
        if deed.deed in ("en_route", "on_scene", "clear"):
            unit = self._person(who).unit
            return fx.SetStatus(unit=unit, status=deed.deed) if unit else None
        return self._personal_effect(deed, who)

    def _personal_effect(self, deed: DeedAnswer, who: str) -> Effect | None:
        person = nearest(deed.thing, self._people)
        prop = nearest(deed.thing, self._props)
        if deed.deed == "detains":
            return fx.Detain(who=person, by=who) if person and person != who else None
        if deed.deed == "releases":
            return fx.Release(who=person or who)
        if deed.deed in ("takes", "drops", "hides", "eats", "breaks", "reveals", "gives"):
            return _prop_effect(deed, who, prop or "", person or "") if prop or person else None
        topic = topic_id(deed.thing)
        forms: dict[str, Effect] = {"arrives": fx.Arrive(who=who), "leaves": fx.Leave(who=who)}
        if deed.thing:
            forms |= {
                "puts_on": fx.PutOn(who=who, garment=deed.thing),
                "takes_off": fx.TakeOff(who=who, garment=deed.thing),
                "injures": fx.Injure(who=who, injury=deed.thing),
                "learns": fx.Learn(who=who, topic=topic),
                "promises": fx.Promise(who=who, topic=topic),
                "promoted": fx.Rank(who=who, title=deed.thing),
            }
        return forms.get(deed.deed)


def _prop_effect(deed: DeedAnswer, who: str, prop: str, person: str) -> Effect | None:
    if deed.deed == "reveals":
        return fx.Reveal(what=prop or person)
    if not prop:
        return None
    forms: dict[str, Effect] = {
        "takes": fx.Take(who=who, prop=prop),
        "drops": fx.Drop(who=who, prop=prop),
        "hides": fx.Hide(who=who, prop=prop),
        "eats": fx.Consume(prop=prop),
        "breaks": fx.Break(what=prop),
    }
    return forms.get(deed.deed)


def topic_id(words: str) -> str:
    """Return a short stable id for a topic in words."""
    return "-".join(re.findall(r"[a-z0-9]+", words.lower())[:4])


def shared(text: str, fact: Fact) -> tuple[str, ...]:
    """Return the fact's keywords that stand in the text as whole words."""
    said = set(re.findall(r"[\w'-]+", text.lower()))
    return tuple(word for word in fact.keywords if word.lower() in said or all(w in said for w in word.lower().split()))


def mark_of(text: str, facts: tuple[Fact, ...]) -> Mark:
    """Return whether a line states its facts (half of their keywords stand in it), bends them, or uses none."""
    if not facts:
        return "invented"
    whole = all(2 * len(shared(text, fact)) >= len(fact.keywords) for fact in facts)
    return "fact" if whole else "altered"
