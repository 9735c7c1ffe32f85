"""From a plan to scenes: places, clocks, who is there, beats with effects, lines with ids, and their world."""

import random
from datetime import datetime, timedelta
from fractions import Fraction

from pydantic import TypeAdapter

from agents.protocols import Screenplay
from agents.writer.casting import Cast, staged_prop
from agents.writer.plan import SCENES, Chosen, Plan, pause_after
from agents.writer.premise import Premise
from agents.writer.realiser import Slots, realise
from agents.writer.storylets import Storylet
from agents.writer.testimony import Testimony
from episodes.brief import Brief
from episodes.cast import Place, World
from episodes.effects import CountSet, Effect, Learn, Pay, Plant, SetStatus, UnitStatus, Weather
from episodes.script import ALOUD, Beat, Channel, Delivery, Line, Mood, Purpose, Scene, Script
from episodes.spoken_numbers import counted
from episodes.story import advance, enter_scene, light_at, opening
from episodes.value import Value, seed_from

_EFFECT: TypeAdapter[Effect] = TypeAdapter(Effect)
_WHO = ("who", "by", "to", "prop", "what", "vehicle")


class _Draft(Value):
    """A scene before it has its id."""

    title: str
    place: str
    minutes: float
    """After the call."""
    mood: Mood
    cast: tuple[str, ...]
    """Roles that are there in any case."""
    beats: tuple[Beat, ...]


class Stage:
    """Builds one screenplay."""

    def __init__(self, brief: Brief, premise: Premise, cast: Cast, slots: Slots, plan: Plan, start: datetime) -> None:
        self.brief, self.premise, self.cast, self.slots, self.plan, self.start = (
            brief,
            premise,
            cast,
            slots,
            plan,
            start,
        )
        self.thing = staged_prop(premise.thing)
        self.counted = False

    # ---- scenes -----------------------------------------------------------------------------------------------------

    def screenplay(
        self, testimony: tuple[Testimony, ...], extra: tuple[tuple[Place, Slots], ...], title: str
    ) -> Screenplay:
        """Return the whole; `extra` are the places of a long film's further acts."""
        drafts = [draft for draft in self._drafts(testimony, extra) if draft.beats]
        world = self._world(extra)
        weather = self._weather()
        scenes = tuple(self._scene(draft, number, weather) for number, draft in enumerate(drafts, 1))
        logline = realise(self.plan.frame.logline, self.slots).replace(" ;", ";")
        script = Script(title=title, logline=logline[0].upper() + logline[1:], scenes=_played(scenes, world))
        return Screenplay(world=world, script=script)

    def _drafts(self, testimony: tuple[Testimony, ...], extra: tuple[tuple[Place, Slots], ...]) -> list[_Draft]:
        chosen, crew = self.plan.chosen, ("senior", "junior")
        said = {spot: [t for t in testimony if t.spot == spot] for spot in _SPOTS}
        phone = chosen["cold_open"].storylet.scene == "phone"
        steps = [key for key in AT_THE_PLACE if key in chosen]
        at_place = self._beats(*(chosen[key] for key in steps))
        after = 1 + max((i for i, key in enumerate(steps) if key in ("arrive", "plant", "witness")), default=-1)
        at_place[after:after] = self._fact_beats(said["witness"], "witness")
        at_place += self._fact_beats(said["log"], "log")
        drafts = [
            _draft(
                "Cold open",
                "scene" if phone else "chase",
                -3 if phone else 16,
                "suspicion" if phone else "tension",
                ("witness", "doer") if phone else (*crew, "doer"),
                [*self._beats(chosen["cold_open"]), *self._fact_beats(said["recap"], "recap")],
            ),
            _draft(
                "The call",
                "car",
                0,
                "quiet",
                crew,
                [
                    *self._beats(chosen["call"]),
                    *self._fact_beats(said["dispatch"], "dispatch"),
                    *self._beats(*self._if("acknowledge", "past", "past2", "gag", "gag2")),
                ],
            ),
            _draft(
                "The scene", "scene", 7, "comedy", (*crew, "witness", "doer"), _with_status(at_place, self.cast.unit.id)
            ),
        ]
        for number, (act, (place, slots)) in enumerate(zip(self.plan.acts, extra, strict=True)):
            beats = [self._beat(one, slots) for one in act.chosen]
            drafts.append(
                _draft(
                    "Further on",
                    place.id,
                    8 + 8 * (number + 1) / (len(extra) + 1),
                    "comedy",
                    (*crew, "witness", "doer"),
                    beats,
                )
            )
        return [*drafts, *self._ending(said["debrief"])]

    def _ending(self, debriefed: list[Testimony]) -> list[_Draft]:
        crew = ("senior", "junior")
        ending = self._if("stand_off", "turn", "setback")
        chase = any(one.storylet.purpose == "chase" for one in ending)
        debrief = [
            *self._beats(*self._if("debrief"), *self._if("aside")),
            *self._fact_beats(debriefed, "debrief"),
            *self._beats(*self._if("arc")),
        ]
        return [
            _draft(
                "The chase" if chase else "The stand-off",
                "chase",
                17,
                "chase" if chase else "tension",
                (*crew, "doer"),
                self._beats(*ending),
            ),
            _draft("Debrief", "interview", 71, "resolution", self._interviewed(), debrief),
            _draft("Clear", "car", 94, "quiet", crew, self._beats(self.plan.chosen["tag"])),
        ]

    def _if(self, *keys: str) -> tuple[Chosen, ...]:
        return tuple(self.plan.chosen[key] for key in keys if key in self.plan.chosen)

    def _interviewed(self) -> tuple[str, ...]:
        held = any(chosen.storylet.detains for chosen in self.plan.all_chosen)
        return ("senior", "junior", "doer") if held else ("senior", "junior")

    def _scene(self, draft: _Draft, number: int, weather: Weather) -> Scene:
        clock = self.start + timedelta(minutes=draft.minutes)
        here = list(draft.cast)
        for beat in draft.beats:
            here += [r for r in ("witness", "doer") if self.cast.of(r).id in beat.actors]
            here += [
                r
                for r in ("witness",)
                if any(ln.speaker == self.cast.of(r).id and ln.channel in ALOUD for ln in beat.lines)
            ]
        present = tuple(dict.fromkeys(self.cast.of(role).id for role in here))
        return Scene(
            id=f"S{number:02}",
            title=draft.title,
            place=draft.place,
            clock=clock,
            light=light_at(clock.hour + clock.minute / 60),
            weather=weather,
            mood=draft.mood,
            present=present,
            beats=_numbered(draft.beats, f"S{number:02}"),
        )

    def _weather(self) -> Weather:
        own: dict[str, Weather] = {"fog": "fog", "rain": "rain", "snow": "snow", "wind": "wind", "thunder": "rain"}
        if self.premise.doer.noun.name in own:
            return own[self.premise.doer.noun.name]
        choices: tuple[Weather, ...] = ("clear", "clear", "clear", "rain", "rain", "fog", "wind")
        return random.Random(seed_from("weather", self.brief.effective_seed)).choice(choices)

    def _world(self, extra: tuple[tuple[Place, Slots], ...]) -> World:
        cast, storylets = self.cast, [chosen.storylet for chosen in self.plan.all_chosen]
        speakers = {role for storylet in storylets for role in storylet.speakers}
        on_air = [role for role in ("sergeant", "former") if role in speakers]
        roles = ["senior", "junior", "dispatcher", "witness", *on_air, "doer"]
        props = {self.thing.id: self.thing} | {prop.id: prop for storylet in storylets for prop in storylet.props}
        own = {"sergeant": cast.sergeant_unit, "former": cast.former_unit}
        units = (cast.unit, *(unit for role in on_air if (unit := own[role]) is not None))
        return World(
            agency=cast.agency,
            characters=tuple(cast.of(role) for role in roles),
            units=units,
            vehicles=(cast.vehicle,),
            props=tuple(props.values()),
            places=(*cast.places, *(place for place, _ in extra)),
            past=cast.past,
        )

    # ---- beats ------------------------------------------------------------------------------------------------------

    def _beats(self, *chosen: Chosen) -> list[Beat]:
        return [self._beat(one, self.slots) for one in chosen]

    def _beat(self, chosen: Chosen, slots: Slots) -> Beat:
        storylet = chosen.storylet
        lines = tuple(
            Line(
                id="-",
                speaker=self.cast.of(line.speaker).id,
                channel=line.channel,
                text=text,
                delivery=line.delivery,
                pause=pause_after(line),
            )
            for line, text in chosen.pairs
        )
        return Beat(
            id="-",
            purpose=storylet.purpose,
            action=realise(storylet.action, slots),
            picture_gag=realise(storylet.gag, slots),
            actors=tuple(self._id(actor) for actor in storylet.actors),
            lines=lines,
            effects=self._effects(storylet, chosen.said),
            storylet=storylet.name,
        )

    def _id(self, name: str) -> str:
        if name == "thing":
            return self.thing.id
        if name == "car":
            return self.cast.vehicle.id
        known = ("senior", "junior", "dispatcher", "sergeant", "former", "witness", "doer")
        return self.cast.of(name).id if name in known else name

    def _effects(self, storylet: Storylet, said: tuple[str, ...]) -> tuple[Effect, ...]:
        effects: list[Effect] = []
        for entry in storylet.effects:
            named = {key: self._id(str(value)) if key in _WHO else value for key, value in entry.items()}
            effects.append(_EFFECT.validate_python(named))
        if not self.counted and any(self.slots.words["amount"].lower() in text.lower() for text in said):
            effects.append(CountSet(prop=self.thing.id, count=self.thing.count))
            self.counted = True
        effects += self._counted(said)
        if storylet.purpose == "witness":
            effects.append(Learn(who=self.cast.senior.id, topic=self.plan.frame.name))
        if storylet.status is not None:
            effects.append(SetStatus(unit=self.cast.unit.id, status=storylet.status))
        effects += [Plant(topic=topic) for topic in storylet.planted]
        effects += [Pay(topic=topic) for topic in storylet.paid]
        return tuple(effects)

    def _counted(self, said: tuple[str, ...]) -> list[Effect]:
        """Return what establishes the numbers of a storylet's own props, where a line says how many there are."""
        names = {prop.id: prop.name for one in self.plan.all_chosen for prop in one.storylet.props}
        found = [pair for text in said for pair in counted(text, names)]
        return [CountSet(prop=prop, count=number) for prop, number in dict(found).items()]

    def _fact_beats(self, testimony: list[Testimony], spot: str) -> list[Beat]:
        """Return one beat for every two lines that carry facts at this spot."""
        parts = [testimony[at : at + 2] for at in range(0, len(testimony), 2)]
        return [self._fact_beat(part, spot, number) for number, part in enumerate(parts)]

    def _fact_beat(self, testimony: list[Testimony], spot: str, number: int) -> Beat:
        speaker, channel, delivery, purpose = _SPOTS[spot]
        senior, witness = self.cast.senior, self.cast.witness
        actions = {
            "recap": f"{senior.short_name} stands in the way of the camera until it focuses.",
            "dispatch": f"{self.cast.junior.short_name} copies the details onto the back of a parking ticket.",
            "witness": f"{witness.short_name} points out each place in turn.",
            "log": f"{senior.short_name} writes in the evidence log, pressing hard.",
            "debrief": f"{senior.short_name} taps the report with one finger.",
        }
        prefix = f"{self.slots.words['unit']}, further. " if spot == "dispatch" and number == 0 else ""
        lines = tuple(
            Line(
                id="-",
                speaker=self.cast.of(speaker).id,
                channel=channel,
                text=(prefix if at == 0 else "") + one.text,
                delivery=delivery,
                mark=one.mark,
                facts=one.facts,
                pause=PAUSE_OF_FACTS,
            )
            for at, one in enumerate(testimony)
        )
        actors = (self.cast.junior.id,) if spot == "dispatch" else (self.cast.of(speaker).id,)
        return Beat(id="-", purpose=purpose, action=actions[spot] if number == 0 else "", actors=actors, lines=lines)


AT_THE_PLACE = SCENES[2]
PAUSE_OF_FACTS = Fraction(3, 10)
"""Seconds after a line that carries facts."""

_SPOTS: dict[str, tuple[str, Channel, Delivery, Purpose]] = {
    "recap": ("senior", "voice_over", "flat", "cold_open"),
    "dispatch": ("dispatcher", "dispatch", "flat", "call"),
    "witness": ("witness", "spoken", "calm", "witness"),
    "log": ("senior", "spoken", "flat", "plant"),
    "debrief": ("senior", "spoken", "flat", "debrief"),
}


def _draft(title: str, place: str, minutes: float, mood: Mood, cast: tuple[str, ...], beats: list[Beat]) -> _Draft:
    return _Draft(title=title, place=place, minutes=minutes, mood=mood, cast=cast, beats=tuple(beats))


def _with_status(beats: list[Beat], unit: str) -> list[Beat]:
    """Let the unit report on scene in the first beat, where no first look does it."""
    status: UnitStatus = "on_scene"
    wanted = SetStatus(unit=unit, status=status)
    if not beats or any(wanted in beat.effects for beat in beats):
        return beats
    return [beats[0].model_copy(update={"effects": (wanted, *beats[0].effects)}), *beats[1:]]


def _numbered(beats: tuple[Beat, ...], scene: str) -> tuple[Beat, ...]:
    numbered, count = [], 0
    for number, beat in enumerate(beats, 1):
        lines = []
        for line in beat.lines:
            count += 1
            lines.append(line.model_copy(update={"id": f"{scene}-L{count:02}"}))
        numbered.append(beat.model_copy(update={"id": f"{scene}-B{number:02}", "lines": tuple(lines)}))
    return tuple(numbered)


def _played(scenes: tuple[Scene, ...], world: World) -> tuple[Scene, ...]:
    """Play the scenes by the rules of the story and leave out an effect that can't happen.

    A storylet does not know what was taken or worn before it; the picture stays, the effect goes.
    """
    state = opening(world, scenes[0])
    played = []
    for number, scene in enumerate(scenes):
        if number == 1 and scenes[0].clock > scene.clock:
            state = opening(world, scene).model_copy(update={"planted": state.planted, "paid": state.paid})
        state, _ = enter_scene(state, scene, world)
        beats = []
        for beat in scene.beats:
            kept = []
            for effect in beat.effects:
                after, findings = advance(state, effect, beat.id, together=beat.effects)
                if not findings:
                    state = after
                    kept.append(effect)
            beats.append(beat.model_copy(update={"effects": tuple(kept)}))
        played.append(scene.model_copy(update={"beats": tuple(beats)}))
    return tuple(played)
