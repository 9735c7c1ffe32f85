"""Picture gags: whom and what a gag is about, how near it is seen, what is written on it, and how high it hangs."""

import re

from agents.shot_planner.coverage import Slot
from agents.shot_planner.presence import SceneView
from episodes.cast import Prop
from episodes.mentions import Mention, mentions, written
from episodes.shots import CameraOwner, Size

MOST_SUBJECTS = 3
_SMALL, _LARGE = 0.6, 1.2
"""Metres: below, a thing is an insert; above, it needs room."""
_CHEST = 1.25
"""Metres above the ground of what somebody holds, wears, or looks at."""

_BOTH = re.compile(r"\b(both|each|neither|the|two) officers?['’]?\b|\ball three\b|\bthe police\b", re.IGNORECASE)
_SENIOR = re.compile(r"\b(senior|older|stern) (officer|one)\b", re.IGNORECASE)
_JUNIOR = re.compile(r"\b(junior|younger|new) officer\b|\brookie\b", re.IGNORECASE)
_ONE = re.compile(r"\b(the|an|each|neither|one) officer\b", re.IGNORECASE)
_WITNESS = re.compile(r"\b(witness|seller|victim)\b", re.IGNORECASE)
_SUSPECT = re.compile(r"\bsuspect\b", re.IGNORECASE)
_IT = re.compile(r"\b(it|its|them|they|their)\b", re.IGNORECASE)
_WORN = re.compile(
    r"['’]s? (own |right |left |other |free |breast )?(arm|back|belt|boots?|chin|coat|collar|ear|eyes|feet|finger|hand|"
    r"hat|head|knee|lips|neck|own|pocket|shoes?|shoulder|sleeves?|thumb|trousers|uniform)\b",
    re.IGNORECASE,
)
"""What is theirs and on them: to show it is to show them."""
_WRITTEN_ON = re.compile(
    r"\b(sign|label|tag|board|poster|placard|plaque|banner|card|form|list|page|sheet|sticker|plan|notepad|notebook|pad|"
    r"slip|ticket|plate|nameplate|book|map|tin|cup|notice|newspaper|paper|cheque|bill|stamp|seal|badge|pass)s?\b",
    re.IGNORECASE,
)
_OF = re.compile(
    r"\b(drawing|picture|portrait|photograph|outline|shape|shadow|height|name|shadows|property) of (the |an? |\S+ )?$"
    r"|\b(for|says|reads|list is) $",
    re.IGNORECASE,
)
_DRAWN = re.compile(r"^\S+( \S+)? is (drawn|written|printed)\b")
_ON_HAT = re.compile(r"\bon (the |an |\w+['’]s )?(officer['’]s )?(hat|head|helmet)\b", re.IGNORECASE)
_ON_BELT = re.compile(r"\bbelt\b|\bhip\b", re.IGNORECASE)


def gag_focus(view: SceneView, slot: Slot) -> tuple[str, ...]:
    """Return whom and what a gag shows, the most important first; nobody when its words name nothing that is there."""
    named = [mention for mention in mentions(slot.gag, view.world) if _is_shown(view, slot, mention)]
    people = [(mention.at, mention.id) for mention in named if not mention.owner or _is_worn(slot.gag, mention)]
    found = sorted([*people, *_unnamed(view, slot)])
    ids = list(dict.fromkeys(id_ for _, id_ in found))
    things = [actor for actor in view.known(view.beat(slot.beat).actors) if actor in view.things and actor not in ids]
    if _IT.search(slot.gag) and not any(one in view.things for one in ids):
        ids = [*things[:1], *ids]
    return tuple(ids[:MOST_SUBJECTS])


def gag_sizes(view: SceneView, focus: tuple[str, ...], owner: CameraOwner) -> tuple[Size, ...]:
    """Return how near a gag is seen: an insert of a small thing, a medium of people, full where one stands low."""
    props = {prop.id: prop for prop in view.world.props}
    if owner == "helicopter":
        return ("long", "extreme_long")
    if owner in ("cctv", "dashcam", "doorbell"):
        return ("full",) if stands_low(view, focus) else ("medium", "full")
    if focus and all(one in props for one in focus):
        metres = max(props[one].metres for one in focus)
        if metres < _SMALL and len(focus) == 1:
            return ("close", "extreme_close")
        return ("medium", "close") if metres < _LARGE else ("medium", "full")
    if stands_low(view, focus):
        return ("full", "medium")
    return ("medium", "medium_close") if len(focus) > 1 else ("medium_close", "medium", "close")


def words_on(view: SceneView, slot: Slot, focus: tuple[str, ...]) -> dict[str, str]:
    """Return what is written on the things of a gag, by id: the words go on the thing that can carry them."""
    words = written(slot.gag) if slot.gag else ""
    props = {prop.id: prop for prop in view.world.props}
    carriers = [one for one in focus if one in props]
    fitting = [one for one in carriers if _WRITTEN_ON.search(props[one].name)]
    return {one: words for one in (fitting or carriers)[:1]} if words else {}


def lift_of(prop: Prop, gag: str, size: Size, *, among_people: bool) -> float:
    """Return how high a thing hangs, in metres: beside people, a small one is where their hands and eyes are."""
    if not among_people or prop.metres >= _LARGE or size in ("extreme_long", "long"):
        return 0.0
    if _ON_HAT.search(gag):
        return 1.8
    middle = 0.95 if _ON_BELT.search(gag) else _CHEST
    return round(max(0.0, middle - max(prop.metres, 0.35) / 2), 2)


def is_small(view: SceneView, one: str) -> bool:
    """Whether a thing or an animal stands so low that a shot of somebody's chest would miss it."""
    character = view.people.get(one)
    if character is None or character.kind == "human" or character.build == "tall":
        return False
    return character.build == "small" or character.kind == "animal"


def stands_low(view: SceneView, focus: tuple[str, ...]) -> bool:
    """Whether somebody small is to be seen beside others, which a shot from the waist up would miss."""
    return len(focus) > 1 and any(is_small(view, one) for one in focus)


def _is_shown(view: SceneView, slot: Slot, mention: Mention) -> bool:
    """Whether who or what is named is in the picture itself, and not only on paper, on a wall or on a tag in it."""
    gag = slot.gag
    if mention.id not in view.people:
        return True
    return not _OF.search(gag[: mention.at]) and not _DRAWN.match(gag[mention.at :])


def _is_worn(gag: str, mention: Mention) -> bool:
    found = _WORN.search(gag, mention.at)
    return found is not None and not re.search(r"[ ,;]\S+[ ,;]", gag[mention.at : found.start()])


def _unnamed(view: SceneView, slot: Slot) -> list[tuple[int, str]]:
    """Return the people whom a gag calls by what they are: the officer, the rookie, the witness."""
    beat, present = view.beat(slot.beat), view.at(slot.beat).present
    crew = [one.id for one in view.world.characters if one.role == "officer" and one.id in present]
    acting = [actor for actor in beat.actors if actor in crew] or crew
    senior, junior = crew[:1], crew[1:2]
    found: list[tuple[int, str]] = []

    def say(pattern: re.Pattern[str], people: list[str]) -> None:
        match = pattern.search(slot.gag)
        owns = match is not None and slot.gag[match.end() : match.end() + 2] in ("'s", "’s", "s'", "s’")
        if match is not None and (not owns or _WORN.match(slot.gag, match.end())):
            found.extend((match.start(), person) for person in people)

    say(_SENIOR, senior)
    say(_JUNIOR, junior)
    if not found:
        say(_ONE, acting[:1])
    if not found and "officers" in slot.gag:
        say(_BOTH, crew[:2])
    roles = {"witness": _WITNESS, "suspect": _SUSPECT}
    for role, pattern in roles.items():
        say(pattern, [one.id for one in view.world.characters if one.role == role and one.id in present][:1])
    return found
