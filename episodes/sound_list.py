"""All that is heard besides speech, in time order and in plain words, as captions for the deaf would tell it.

What is no more than a rustle of clothes is left out: nobody would caption it.
"""

from collections.abc import Iterator
from fractions import Fraction

from episodes.episode import Episode
from episodes.nouns import nouns
from episodes.placing import placed_beds, placed_events
from episodes.recordings import door_kind
from episodes.requests import CueMood, PlacedBed, PlacedEvent, Sounding
from episodes.scoring import ScoredCue, score_plan
from episodes.shots import Door, Enter, Exit, Fall, Grab, LightBar, SirenPass, Step, ThingActs, Torch
from episodes.value import Seconds, Value

_TOGETHER = Fraction(6, 5)
"""Sounds of one kind that are no further apart than this are told as one, in seconds."""
_COUNTED = ("", "", " twice", " three times")


class ListedSound(Value):
    """One sound, or several of a kind in a row."""

    at: Seconds
    """Seconds into the film."""
    seconds: Seconds = Fraction(0)
    """How long it goes on; 0 for a blow."""
    scene: str
    words: str
    """`goose honks twice`."""
    counted: bool = False
    """Whether repeats are told by number and not as one that goes on."""
    times: int = 1


def sound_list(episode: Episode) -> tuple[ListedSound, ...]:
    """Return all sounds of an episode whose cut is laid, in time order. Raises `ValueError` when there is no cut."""
    found = [*_music(episode)]
    shown = {clip.media.split("-")[0] for _, clip in episode.the_cut.track("V1").placed()}
    for scene in episode.the_script.scenes:
        if scene.id not in shown:
            continue
        found += _joined([_bed(bed, scene.id) for bed in placed_beds(episode, scene.id, Fraction(0))])
        events = placed_events(episode, scene.id, Fraction(0))
        found += _in_runs([one for placed in events for one in _told(placed, scene.id)])
    # A place is heard before what happens in it, and music before both.
    return tuple(sorted(found, key=lambda one: one.at))


def _joined(places: list[ListedSound]) -> list[ListedSound]:
    """Return places with those told once that go on from one camera to the next."""
    told: list[ListedSound] = []
    for place in places:
        if told and told[-1].words == place.words and told[-1].at + told[-1].seconds >= place.at:
            told[-1] = told[-1].model_copy(update={"seconds": place.at + place.seconds - told[-1].at})
        else:
            told.append(place)
    return told


def _in_runs(sounds: list[ListedSound]) -> list[ListedSound]:
    """Return the sounds with those of one kind in a row put together."""
    runs: list[ListedSound] = []
    for one in sorted(sounds, key=lambda sound: sound.at):
        last = next((n for n in range(len(runs) - 1, -1, -1) if runs[n].words == one.words), None)
        if last is not None and one.at - (runs[last].at + runs[last].seconds) <= _TOGETHER:
            before = runs[last]
            long = max(before.seconds, one.at + one.seconds - before.at)
            runs[last] = before.model_copy(update={"seconds": long, "times": before.times + 1})
        else:
            runs.append(one)
    return [_numbered(run) for run in runs]


def _numbered(run: ListedSound) -> ListedSound:
    if not run.counted or run.times == 1:
        return run
    often = _COUNTED[run.times] if run.times < len(_COUNTED) else " again and again"
    return run.model_copy(update={"words": run.words + often})


# ---- events ----------------------------------------------------------------------------------------------------------


def _told(placed: PlacedEvent, scene: str) -> Iterator[ListedSound]:
    words, counted = _words(placed)
    if words:
        event = placed.event
        lasting = getattr(event, "seconds", Fraction(0)) if not counted else Fraction(0)
        # A siren is heard for about three times its seconds, and is nearest in the middle of them.
        start = event.at - lasting if isinstance(event, SirenPass) else event.at
        long = 2 * lasting if isinstance(event, SirenPass) else lasting
        yield ListedSound(at=max(start, Fraction(0)), seconds=long, scene=scene, words=words, counted=counted)


def _words(placed: PlacedEvent) -> tuple[str, bool]:
    """Return what an event sounds like, and whether repeats are counted; an empty text for what is not told."""
    event, name = placed.event, _name(placed.who)
    match event:
        case Step():
            return _steps(placed, event.gait), False
        case Door():
            return _door(placed, event.action), False
        case Fall():
            human = placed.who is not None and placed.who.kind == "human"
            return f"{name} falls over" if human else f"{name} drops on {_GROUNDS[placed.surface]}", False
        case Grab():
            if placed.what is not None and placed.what.kind == "human":
                return "handcuffs click", False
            return f"{name} takes hold of {_the(placed.what)}", False
        case Enter() if placed.who is not None and placed.who.kind != "human":
            return f"{name} comes up", False
        case Exit() if placed.who is not None and placed.who.kind != "human":
            return f"{name} makes off", False
        case Torch() if event.action != "sweep":
            return f"torch clicks {event.action}", False
        case LightBar() if event.on:
            return "patrol car idles, its light bar ticking", False
        case SirenPass():
            return "siren passes", False
        case ThingActs():
            return _acted(placed, event.action), event.action == "honk"
        case _:
            return "", False


_GROUNDS = {
    "concrete": "concrete", "tile": "tiles", "grass": "grass", "carpet": "carpet", "wood": "boards",
    "gravel": "gravel", "wet": "wet ground", "snow": "snow", "seat": "a seat",
}  # fmt: skip


def _name(who: Sounding | None) -> str:
    return who.name if who is not None and who.name else "something"


def _the(what: Sounding | None) -> str:
    return f"the {what.name}" if what is not None and what.kind != "human" else _name(what) if what else "something"


def _steps(placed: PlacedEvent, gait: str) -> str:
    if placed.surface == "seat":
        return ""
    who, on = placed.who, _GROUNDS[placed.surface]
    if who is not None and who.kind != "human":
        return f"{who.name} {'runs' if gait == 'run' else 'walks'} on {on}"
    return f"footsteps {'run' if gait == 'run' else 'walk'} on {on}"


def _door(placed: PlacedEvent, action: str) -> str:
    kind = door_kind(placed.set)
    name = {"shop": "shop door", "car": "car door", "metal": "metal door", "glass": "glass door"}.get(kind, "door")
    name = "screen door" if kind == "screen" else name
    if action == "knock":
        return f"knocking at the {name}"
    said = {"open": "opens", "close": "closes", "slam": "slams"}[action]
    return f"{name} {said}, its bell rings" if kind == "shop" and action == "open" else f"{name} {said}"


_CALLS = {
    "goose": "honks", "swan": "bugles", "duck": "quacks", "chicken": "clucks", "hen": "clucks", "rooster": "crows",
    "turkey": "gobbles", "pigeon": "coos", "dove": "coos", "owl": "hoots", "crow": "caws", "raven": "caws",
    "seagull": "screams", "gull": "screams", "parrot": "squawks", "peacock": "screams", "dog": "barks",
    "puppy": "barks", "poodle": "barks", "seal": "barks", "cat": "miaows", "kitten": "miaows", "cow": "moos",
    "ox": "bellows", "bull": "bellows", "pig": "grunts", "sheep": "bleats", "lamb": "bleats", "goat": "bleats",
    "horse": "whinnies", "pony": "whinnies", "unicorn": "whinnies", "donkey": "brays", "llama": "hums",
    "alpaca": "hums", "raccoon": "chitters", "squirrel": "chatters", "fox": "screams", "wolf": "howls",
    "mouse": "squeaks", "rat": "squeaks", "bear": "growls", "lion": "roars", "tiger": "roars", "dinosaur": "roars",
    "dragon": "roars", "elephant": "trumpets", "monkey": "chatters", "frog": "croaks", "toad": "croaks",
    "bee": "buzzes", "wasp": "buzzes", "fly": "buzzes", "mosquito": "whines", "snake": "hisses", "lizard": "clicks",
    "crab": "clicks", "lobster": "clicks", "fish": "flops", "whale": "sings", "dolphin": "clicks and whistles",
    "bird": "sings", "eagle": "screams", "penguin": "brays", "telephone": "rings", "phone": "rings",
    "alarm clock": "rings", "bell": "rings", "doorbell": "rings", "smoke alarm": "shrieks",
    "smoke detector": "shrieks", "fire alarm": "shrieks", "siren": "wails", "clock": "ticks",
    "grandfather clock": "ticks", "kettle": "whistles", "cash register": "rings up", "radio": "crackles",
    "television": "mutters", "robot": "beeps", "computer": "beeps", "toaster": "pops", "trumpet": "blares",
    "tuba": "blares", "trombone": "blares", "saxophone": "plays", "piano": "plays", "guitar": "strums",
    "violin": "plays", "drum": "beats", "bagpipes": "drone", "accordion": "wheezes", "gong": "sounds", "car": "revs",
    "truck": "revs", "bus": "revs", "tractor": "revs", "motorcycle": "revs", "lawnmower": "roars",
    "helicopter": "whirrs", "rubber duck": "squeaks", "baby": "cries", "ghost": "moans", "balloon": "squeaks",
}  # fmt: skip
"""What a thing does when it makes its own noise, by its noun."""
_MOVES = {
    "bounce": "bounces", "spin": "spins", "roll": "rolls", "grow": "stretches and grows",
    "vanish": "is gone with a whoosh", "multiply": "multiplies, pop after pop",
}  # fmt: skip


def _acted(placed: PlacedEvent, action: str) -> str:
    name, who = _name(placed.who), placed.who
    alive = who is not None and who.kind == "animal"
    if action == "honk":
        called = next((_CALLS[noun] for noun in nouns(name) if noun in _CALLS), "calls" if alive else "makes its noise")
        return f"{name} {called}"
    if action == "fly":
        return f"{name} flaps off" if alive else f"{name} whooshes through the air"
    if action == "shake":
        return f"{name} stirs" if alive else f"{name} {_shaken(name)}"
    return f"{name} {_MOVES[action]}"


_RUSTLING = frozenset((
    "form", "paper", "list", "page", "sheet", "slip", "ticket", "receipt", "letter", "note", "map", "newspaper",
    "leaflet", "book", "poster", "banner", "flag", "tag", "price tag", "label", "card", "permit", "certificate",
    "document", "money", "bag", "coat", "hat", "curtain", "blanket", "towel", "tree", "hedge", "plant", "flower",
    "leaf", "notice", "photograph", "cheque", "check", "policy", "crossword", "contract", "invoice", "bill",
    "statement", "petition", "envelope", "diploma", "menu", "manual", "print", "pamphlet", "diary",
    "recipe", "will", "deed",
))  # fmt: skip
_SOFT = frozenset((
    "doughnut", "donut", "cake", "pie", "bread", "sandwich", "pizza", "jelly", "cheese", "sausage", "hot dog",
    "burger", "pancake", "muffin", "cushion", "pillow", "mattress", "sofa", "teddy bear", "balloon", "rubber duck",
    "croissant",
))  # fmt: skip


def _shaken(name: str) -> str:
    """Return what a thing does that shakes: paper and cloth rustle, what is soft wobbles, all else rattles."""
    words = nouns(name)
    return "rustles" if _RUSTLING & set(words) else "wobbles" if _SOFT & set(words) else "rattles"


# ---- places and music ------------------------------------------------------------------------------------------------

_PLACES = {
    "street": "a street, traffic far off", "shop": "a shop, fridges humming", "car": "inside a car, its motor idling",
    "interview": "a small still room", "porch": "a porch, leaves stirring",
    "parking_lot": "a car park, traffic far off", "hallway": "a hallway, lamps buzzing",
    "park": "a park, leaves stirring", "dispatch_room": "a dispatch room, phones far off",
    "waterfront": "water lapping", "diner": "a diner, fridges humming", "alley": "an alley, a gutter dripping",
    "highway": "a highway, cars going by", "rooftop": "a roof, an air conditioner humming",
    "kitchen": "a kitchen, its fan humming",
}  # fmt: skip
_MUSIC: dict[CueMood, str] = {
    "quiet": "soft music", "suspicion": "uneasy music", "comedy": "playful music", "chase": "fast chase music",
    "tension": "tense music", "resolution": "warm closing music",
    "sting": "title music, the show's own tune,", "question": "title music that ends on a question",
    "close": "closing music, the tune's last phrase,",
}  # fmt: skip


def _bed(bed: PlacedBed, scene: str) -> ListedSound:
    words = _PLACES[bed.set]
    if bed.set in ("park", "porch"):
        words += ", crickets" if bed.light in ("night", "dusk") else ", birds"
    weather = {"rain": ", rain on the roof" if bed.interior else ", rain", "wind": ", wind"}.get(bed.weather, "")
    return ListedSound(at=bed.at, seconds=bed.seconds, scene=scene, words=f"ambience: {words}{weather}")


def _music(episode: Episode) -> Iterator[ListedSound]:
    for scored in score_plan(episode):
        yield from _cue(scored, scored.media.split(":")[0])


def _cue(scored: ScoredCue, scene: str) -> Iterator[ListedSound]:
    ask = scored.request
    yield ListedSound(at=scored.at, seconds=ask.seconds, scene=scene, words=f"{_MUSIC[ask.mood]} begins")
    for stop in ask.stops:
        yield ListedSound(at=scored.at + stop.at, scene=scene, words="music stops dead")
        if stop.until < ask.seconds:
            yield ListedSound(at=scored.at + stop.until, scene=scene, words="music comes back")
    yield ListedSound(at=scored.at + ask.seconds, scene=scene, words="music ends")
