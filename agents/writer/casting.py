"""Who plays, with which voice, where: the world of an episode. Regulars of the bible stay as they are."""

import random
import re

from agents.writer.lexicon import Lexicon, Persona, PlaceNoun
from agents.writer.premise import Figure, Premise
from agents.writer.radio import found_agency
from agents.writer.realiser import capitals
from agents.writer.voicing import Voicing
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.cast import Agency, Character, Place, Prop, SetName, Unit, Vehicle, VoiceOffer
from episodes.past import DRESSING_COLOUR, Past
from episodes.ranks import DESK_UNIT, bare_name
from episodes.value import Value, seed_from

UNIFORM = ("navy uniform shirt", "navy trousers", "black duty belt", "peaked hat")
UNIFORM_COLOURS = ("#22304f", "#1b2540", "#15171c", "#1b2540")
CHASE_SETS: dict[SetName, SetName] = {
    "street": "parking_lot",
    "parking_lot": "street",
    "park": "street",
    "waterfront": "street",
    "diner": "alley",
    "kitchen": "alley",
    "alley": "street",
    "rooftop": "alley",
    "highway": "parking_lot",
}
"""Where one runs to from a set; from all others one runs into the street."""


_USUAL = ("porch", "park", "hallway", "parking_lot", "waterfront", "shop", "alley", "diner", "rooftop")
"""Where a call comes from when the theme says nothing of a place."""


class Cast(Value):
    """The people of an episode by role, with their temperaments."""

    agency: Agency
    senior: Character
    junior: Character
    dispatcher: Character
    sergeant: Character
    witness: Character
    doer: Character
    temperaments: dict[str, str]
    """By role."""
    stakes: dict[str, str]
    """What kind of thing each role wants."""
    unit: Unit
    sergeant_unit: Unit
    former: Character | None = None
    former_unit: Unit | None = None
    """Who was the sergeant in an earlier episode and is an officer now, on a call sign of their own."""
    vehicle: Vehicle
    car_then: str = ""
    """Name of the car that this one is signed out for; empty when it is the one of the last episode."""
    past: Past | None = None
    """What earlier episodes left behind."""
    places: tuple[Place, ...]
    """Car, the place, where the chase goes, interview room."""
    nouns: tuple[PlaceNoun, ...]
    """What the place and the place of the chase are."""
    street: str
    number: int

    def of(self, role: str) -> Character:
        """Return who plays a role."""
        cast = {
            "senior": self.senior,
            "junior": self.junior,
            "dispatcher": self.dispatcher,
            "sergeant": self.sergeant,
            "witness": self.witness,
            "doer": self.doer,
        }
        if role == "former" and self.former is not None:
            return self.former
        return cast[role]


def slug(words: str, fallback: str = "item") -> str:
    """Return words as an id: lower-case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:32] or fallback


class _Office:
    """Casts one episode."""

    def __init__(
        self, brief: Brief, bible: Bible, premise: Premise, lexicon: Lexicon, voices: tuple[VoiceOffer, ...]
    ) -> None:
        self.lexicon, self.bible = lexicon, bible
        self.wants = {bare_name(name): want for name, want in brief.direction.wants} if brief.direction else {}
        self.frame = premise.deed.frame if premise.deed else ""
        # The first episode of a show chooses its regulars; the bible keeps them.
        self.show = random.Random(seed_from("cast", brief.show, brief.effective_seed))
        self.rng = random.Random(seed_from("strangers", brief.effective_seed))
        kept = [c.voice for c in bible.characters if c.voice]
        chance = random.Random(seed_from("voices", brief.show, brief.effective_seed))
        self.voicing = Voicing(voices, lexicon.people.voice_shapes, kept, chance)

    def _suited(self, personas: tuple[Persona, ...]) -> Persona:
        """Return one of them by the show's chance; who suits the call is three times as likely."""
        weights = [3 if self.frame in persona.suits else 1 for persona in personas]
        return self.show.choices(personas, weights)[0]

    def regular(
        self, personas: tuple[Persona, ...], role: str, unit: str | None, nth: int = 0
    ) -> tuple[Character, str]:
        """Return the show's own holder of a role, as the bible has them, with their temperament."""
        persona = self._wanted(personas) or self._suited(personas)
        part = ("senior", "junior")[nth] if role == "officer" else role
        known = self._known(role)
        if len(known) > nth:
            kept = self._as_now(known[nth])
            temperament = next((p.temperament for p in personas if p.id == kept.id), persona.temperament)
            update = {} if kept.voice else {"voice": self.voicing.voice(part, kept.pronoun)}
            return kept.model_copy(update={**update, "unit": kept.unit or unit}), temperament
        persona = self._free(persona, personas)
        rank = {"officer": "Officer", "sergeant": "Sergeant", "dispatcher": "Dispatcher"}[role]
        uniformed = role != "dispatcher"
        character = Character(
            id=persona.id,
            name=f"{rank} {persona.name}",
            short_name=persona.short,
            role=role,
            unit=unit,
            want=self.wants.get(persona.name, persona.want),
            flaw=persona.flaw,
            self_image=persona.self_image,
            blind_spot=persona.blind_spot,
            habit=persona.habit,
            never_says=persona.never_says,
            pronoun=persona.pronoun,
            build=persona.build,
            skin=persona.skin,
            hair=persona.hair,
            wardrobe=UNIFORM if uniformed else ("cream cardigan", "headset"),
            colours=UNIFORM_COLOURS if uniformed else ("#d8cba8", "#15171c"),
            voice=self.voicing.voice(part, persona.pronoun),
        )
        return character, persona.temperament

    def _known(self, role: str) -> tuple[Character, ...]:
        """Return the holders of a role whom the show has: of the officers, the two of the patrol car."""
        crew = self.bible.crew
        if role == "officer":
            return crew
        return tuple(c for c in self.bible.characters if c.role == role and c not in crew)

    def _as_now(self, kept: Character) -> Character:
        """Return a regular with what the season wants of them, and with what is worn for an injury."""
        hurts = [hurt.dressing for hurt in self.bible.injuries if hurt.who == kept.id]
        worn = [garment for garment in dict.fromkeys(hurts) if garment not in kept.wardrobe]
        update: dict[str, object] = {"want": self.wants.get(bare_name(kept.name), kept.want)}
        if worn:
            update["wardrobe"] = (*kept.wardrobe, *worn)
            update["colours"] = (*kept.colours, *(DRESSING_COLOUR for _ in worn))
        return kept.model_copy(update=update)

    def _wanted(self, personas: tuple[Persona, ...]) -> Persona | None:
        """Return whom the season names for a role."""
        return next((persona for persona in personas if persona.name in self.wants), None)

    def _free(self, persona: Persona, personas: tuple[Persona, ...]) -> Persona:
        """Return this persona, or, where the show has them in another part already, one that it does not have."""
        taken = {character.id for character in self.bible.characters}
        people = self.lexicon.people
        others = (*personas, *people.seniors, *people.juniors)
        return persona if persona.id not in taken else next((p for p in others if p.id not in taken), persona)

    def witness(self, trade_set: str) -> tuple[Character, str]:
        people, rng = self.lexicon.people, self.rng
        name = rng.choice(list(people.witness_names))
        trade = rng.choice(people.witnesses.get(trade_set, ("neighbour",)))
        at = rng.randrange(len(people.witness_wardrobe))
        temperament = rng.choice(sorted(people.witness_natures))
        nature = people.witness_natures[temperament]
        pronoun = people.witness_names[name]
        character = Character(
            id=f"witness-{slug(name)}",
            name=f"{name} {rng.choice(people.surnames)}, {trade}",
            short_name=name,
            role="witness",
            want=nature.want,
            flaw=nature.flaw,
            self_image=nature.self_image,
            blind_spot=nature.blind_spot,
            habit=nature.habit,
            never_says=nature.never_says,
            pronoun=pronoun,
            build=rng.choice(("small", "average", "broad", "slim")),
            skin=rng.choice(people.skins),
            hair=rng.choice(people.hairs),
            wardrobe=(people.witness_wardrobe[at], "grey trousers"),
            colours=(people.witness_colours[at], "#4a4d55"),
            voice=self.voicing.voice("witness", pronoun),
        )
        return character, temperament


def cast_doer(doer: Figure) -> Character:
    """Return who does it, as a character that is never heard to speak."""
    kind = {"person": "human", "animal": "animal"}.get(doer.noun.kind, "thing")
    name = capitals(doer.phrase)
    metres = doer.noun.metres
    build = "small" if metres < 0.7 else "tall" if metres > 2 else "average"
    person = kind == "human"
    return Character(
        id=f"suspect-{slug(doer.head)}",
        name=name,
        short_name=capitals(doer.head),
        role="suspect",
        kind=kind,
        emoji=None if person else doer.noun.emoji,
        want="to be left to it",
        flaw="thorough",
        habit="says nothing",
        never_says="anything",
        pronoun="they" if person else "it",
        build=build,
        wardrobe=("long brown coat",) if person else (),
        colours=("#6b5138",) if person else (),
    )


def staged_prop(thing: Figure) -> Prop:
    """Return the theme's thing as a prop."""
    return Prop(
        id=f"thing-{slug(thing.head)}",
        name=thing.head,
        emoji=thing.noun.emoji,
        count=thing.count,
        metres=min(thing.noun.metres, 60.0),
    )


def cast_episode(
    brief: Brief,
    bible: Bible,
    premise: Premise,
    lexicon: Lexicon,
    voices: tuple[VoiceOffer, ...],
    cars: tuple[Vehicle, ...] = (),
) -> Cast:
    """Return everybody and every place of an episode; who speaks has one of `voices`, or the one that the bible has."""
    office = _Office(brief, bible, premise, lexicon, voices)
    agency = bible.agency or found_agency(lexicon.radio, office.show)
    unit_id = next((c.unit for c in bible.characters if c.role == "officer" and c.unit), "4A10")
    senior, weary = office.regular(lexicon.people.seniors, "officer", unit_id)
    junior, keen = office.regular(lexicon.people.juniors, "officer", unit_id, nth=1)
    dispatcher, calm = office.regular(lexicon.people.dispatchers, "dispatcher", None)
    noun = premise.place or _usual_place(premise, lexicon, office.rng)
    witness, nosy = office.witness(noun.set)
    sergeant, tired = office.regular(lexicon.people.sergeants, "sergeant", "4S1")
    street = office.rng.choice(lexicon.people.streets)
    number = office.rng.randint(2, 98)
    chase = lexicon.sets[CHASE_SETS.get(noun.set, "street")]
    places = (
        furnish("car", lexicon.sets["car"], premise, street, number, lexicon, office.rng),
        furnish("scene", noun, premise, street, number, lexicon, office.rng),
        furnish("chase", chase, premise, street, number, lexicon, office.rng),
        furnish("interview", lexicon.sets["interview"], premise, street, number, lexicon, office.rng),
    )
    former = next((c for c in bible.characters if c.unit == DESK_UNIT and c not in bible.crew), None)
    temperaments = {"senior": weary, "junior": keen, "witness": nosy, "dispatcher": calm, "sergeant": tired}
    vehicle = Vehicle(id="cruiser", name="the cruiser", plate=f"TC {office.show.randint(100, 999)}", colour="#1f2a3c")
    vehicle, car_then = signed_out(vehicle, bible, cars)
    if vehicle.id != "cruiser":
        places = (places[0].model_copy(update={"name": vehicle.name}), *places[1:])
    return Cast(
        agency=agency,
        senior=senior,
        junior=junior,
        dispatcher=dispatcher,
        sergeant=sergeant,
        witness=witness,
        doer=cast_doer(premise.doer),
        temperaments=temperaments,
        stakes=_stakes(temperaments, lexicon),
        unit=Unit(id=unit_id, members=(senior.id, junior.id), vehicle=vehicle.id),
        sergeant_unit=Unit(id=sergeant.unit or "4S1", members=(sergeant.id,)),
        former=former,
        former_unit=Unit(id=DESK_UNIT, members=(former.id,)) if former else None,
        vehicle=vehicle,
        car_then=car_then,
        past=bible.past,
        places=places,
        nouns=(noun, chase),
        street=street,
        number=number,
    )


def signed_out(own: Vehicle, bible: Bible, cars: tuple[Vehicle, ...]) -> tuple[Vehicle, str]:
    """Return the car that the crew has tonight, and the name of the one that it stands in for, if it is new to them.

    The show's last car that still drives; else the first of `cars` that the show has not used up.
    """
    gone = {*bible.lost_vehicles, *bible.wrecked_vehicles}
    had = [vehicle for vehicle in bible.vehicles if vehicle.id not in gone]
    if had:
        return had[-1], ""
    if not bible.vehicles:
        return own, ""
    left = [car for car in cars if car.id not in gone]
    last = len(bible.vehicles)
    spare = left[0] if left else Vehicle(id=f"cruiser-{last}", name="the last cruiser", colour="#7d8288")
    return spare.model_copy(update={"plate": own.plate[:-1] + str(last % 10)}), bible.vehicles[-1].name


def _stakes(temperaments: dict[str, str], lexicon: Lexicon) -> dict[str, str]:
    people = lexicon.people
    regulars = (*people.seniors, *people.juniors, *people.dispatchers, *people.sergeants)
    stakes = {persona.temperament: persona.stake for persona in regulars}
    stakes |= {name: nature.stake for name, nature in people.witness_natures.items()}
    return {role: stakes.get(temperament, "") for role, temperament in temperaments.items()}


def furnish(
    place_id: str, noun: PlaceNoun, premise: Premise, street: str, number: int, lexicon: Lexicon, rng: random.Random
) -> Place:
    """Return a place of this kind, named after the thing, a surname or its street."""
    thing = premise.thing
    words = {
        "{Things}": capitals(
            thing.head if thing.noun.mass or thing.noun.always_plural else thing.plural or f"{thing.head}s"
        ),
        "{Thing}": capitals(thing.head),
        "{Surname}": rng.choice(lexicon.people.surnames),
        "{Street}": street,
    }
    name = rng.choice(noun.names)
    for slot, word in words.items():
        name = name.replace(slot, word)
    outside = noun.set not in ("car", "interview")
    return Place(
        id=place_id,
        name=name,
        set=noun.set,
        interior=noun.interior,
        address=f"{number} {street}" if outside else "",
        landmark=noun.landmark,
        dressing=noun.dressing,
        wrong=noun.wrong,
    )


def _usual_place(premise: Premise, lexicon: Lexicon, rng: random.Random) -> PlaceNoun:
    kind, frame = premise.thing.noun.kind, premise.deed.frame if premise.deed else ""
    for figure in (premise.thing, premise.doer):
        # A water tower that is occupied, or runs away, is also where it happens.
        if figure.noun.kind == "building" and figure.noun.name in lexicon.places:
            return lexicon.places[figure.noun.name]
    if frame == "traffic_stop":
        return lexicon.sets[rng.choice(("street", "highway"))]
    if kind in ("food", "clothing") and premise.thing.noun.metres < 1.2:
        kitchens = ("diner", "kitchen") if kind == "food" else ("shop", "alley")
        return lexicon.sets[rng.choice(("shop", *kitchens, "park", "porch"))]
    if kind == "vehicle" or premise.doer.noun.kind == "vehicle":
        return lexicon.sets[rng.choice(("parking_lot", "street", "highway"))]
    if premise.doer.noun.metres > 3:
        return lexicon.sets[rng.choice(("park", "waterfront", "parking_lot", "highway"))]
    if "climbs" in premise.doer.noun.ways or "flies" in premise.doer.noun.ways:
        return lexicon.sets[rng.choice(("rooftop", "rooftop", "alley", "porch", "park"))]
    return lexicon.sets[rng.choice(_USUAL)]
