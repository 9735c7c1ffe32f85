"""What can be done with the doer and the thing: the tags that storylets ask for, told from the nouns' own data."""

from agents.writer.premise import Figure, Premise
from agents.writer.storylets import Frame, Needs
from episodes.brief import Tone
from episodes.cast import SetName

TINY, SMALL, BIG, HUGE = 0.15, 0.7, 2.2, 5.0
"""Longest side in metres, up to or from which something has that size."""
RARE = frozenset(("unknown", "odd", "detained", "huge", "tiny", "crowd"))
"""Tags of which a storylet that asks for one gets its turn whenever it can be had."""
UNDER_AN_ARM, IN_THE_CAR = 1.2, 2.6
"""Longest side in metres of what can be carried, and of what fits into a car."""


def affordances(premise: Premise) -> frozenset[str]:
    """Return every tag that the doer and the thing of a premise have."""
    doer, thing = premise.doer, premise.thing
    solid = doer.noun.kind not in ("abstract", "weather")
    have = {
        "portable": is_portable(thing),
        "arrestable": doer.noun.metres <= IN_THE_CAR and solid,
        "quotable": not doer.whole
        and len(premise.quote.split()) >= 4
        and premise.quote.isascii()
        and premise.tongue == "en",
        "odd": bool(premise.oddity),
        "unknown": doer.noun.kind == "item" or thing.noun.kind == "item",
    }
    return frozenset(tag for tag, true in have.items() if true) | _of_doer(doer) | _of_thing(thing)


def is_portable(thing: Figure) -> bool:
    """Whether a thing can be taken, bagged and put down; a word that nobody knows may be a fee or a hole."""
    return thing.noun.metres <= UNDER_AN_ARM and thing.noun.kind not in ("abstract", "weather", "building", "item")


def _of_doer(doer: Figure) -> frozenset[str]:
    noun = doer.noun
    alive = noun.kind in ("animal", "person")
    have = {
        "alive": alive,
        "lifeless": not alive,
        "person": noun.kind == "person",
        "tiny": noun.metres < TINY,
        "small": noun.metres < SMALL,
        "big": noun.metres > BIG,
        "huge": noun.metres > HUGE,
        "crowd": doer.count > 1,
    }
    return frozenset(tag for tag, true in have.items() if true) | (set(noun.ways) - {"walks", "digs"})


def _of_thing(thing: Figure) -> frozenset[str]:
    kind = thing.noun.kind
    have = {
        "edible": kind == "food",
        "wearable": kind == "clothing",
        "drivable": kind == "vehicle",
        "readable": kind == "office",
        "many": thing.count > 1 and not thing.owned,
        "single": thing.count == 1 or thing.owned,
    }
    return frozenset(tag for tag, true in have.items() if true)


def met(needs: Needs, premise: Premise, have: frozenset[str], frame: Frame, setting: SetName, tone: Tone) -> bool:
    """Whether all that a storylet or game asks for holds."""
    return (
        (not needs.doer or premise.doer.noun.kind in needs.doer)
        and (not needs.thing or premise.thing.noun.kind in needs.thing)
        and (not needs.frames or frame.name in needs.frames)
        and (not needs.sets or setting in needs.sets)
        and (not needs.tones or tone in needs.tones)
        and have.issuperset(needs.tags)
    )
