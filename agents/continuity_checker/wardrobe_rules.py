"""Rules about clothes in the words of a prompt: a model draws what it reads, whoever wears something else."""

import re
from collections.abc import Iterator

from agents.continuity_checker.faults import Fault, SceneShots
from episodes.effects import PutOn
from episodes.shots import Shot
from episodes.story import StoryState

COLOURS = (
    "black", "white", "grey", "gray", "red", "orange", "yellow", "green", "blue", "navy", "purple", "pink", "brown",
    "tan", "beige", "gold", "silver", "teal", "maroon", "khaki", "cream",
)  # fmt: skip


def wardrobe_faults(seen: SceneShots) -> Iterator[Fault]:
    """Return shots whose prompt dresses somebody in what nobody in the picture wears then."""
    known = _all_garments(seen)
    for shot in seen.shots:
        words = f"{shot.prompt} {shot.first_frame} {shot.last_frame}".casefold()
        worn = _worn(shot, seen.states(shot))
        for garment in known:
            if _mentions(words, garment) and not _among(garment, worn) and not _is_thing(garment, seen, shot):
                yield _fault(shot, garment)
        for garment in _recoloured(words, worn):
            if garment not in known:
                yield _fault(shot, garment)


def _fault(shot: Shot, garment: str) -> Fault:
    text = f"The prompt of shot {shot.id} mentions a {garment}, which nobody in the picture wears then."
    return Fault("shots.wardrobe", shot.id, text, "Describe the wardrobe as the story has it in this beat.")


def _all_garments(seen: SceneShots) -> tuple[str, ...]:
    """Return every garment of world and scene that has an adjective; `hat` alone says too little."""
    garments = [garment for person in seen.world.characters for garment in person.wardrobe]
    for beat in seen.scene.beats:
        garments += [effect.garment for effect in beat.effects if isinstance(effect, PutOn)]
    return tuple(dict.fromkeys(garment.casefold() for garment in garments if " " in garment))


def _worn(shot: Shot, states: tuple[StoryState, ...]) -> tuple[str, ...]:
    """Return what those in the picture wear at any time of the shot; the wearer's sleeves may be seen."""
    seen = {subject.id for subject in shot.subjects} | ({shot.wearer} if shot.wearer else set())
    people = [person for state in states for person in state.people if {person.id, person.disguised_as} & seen]
    return tuple(dict.fromkeys(garment.casefold() for person in people for garment in person.wardrobe))


def _is_thing(garment: str, seen: SceneShots, shot: Shot) -> bool:
    """Whether these words name a thing: a prop, what the story is about, or what lies about in what happens."""
    beats = [beat for beat in seen.scene.beats if beat.id in shot.beats]
    texts = [prop.name for prop in seen.world.props] + [f"{beat.action} {beat.picture_gag}" for beat in beats]
    texts += [person.name for person in seen.world.characters if person.kind != "human"]
    return any(_mentions(text.casefold(), garment) for text in texts)


def _mentions(words: str, garment: str) -> bool:
    return re.search(rf"\b{re.escape(garment)}\b", words) is not None


def _among(garment: str, worn: tuple[str, ...]) -> bool:
    """Whether it is worn, or a part of the words of something worn: `rain jacket` of a `yellow rain jacket`."""
    return any(_mentions(own, garment) for own in worn)


def _recoloured(words: str, worn: tuple[str, ...]) -> Iterator[str]:
    """Return garments in another colour than the one of their kind that is worn."""
    for head in dict.fromkeys(own.split()[-1] for own in worn):
        kind = [own for own in worn if own.split()[-1] == head]
        if not any(colour in own.split() for own in kind for colour in COLOURS):
            continue
        for match in re.finditer(rf"\b({'|'.join(COLOURS)})\s+((?:[a-z]+\s+)?{re.escape(head)})\b", words):
            if all(match.group(1) not in own.split() for own in kind):
                yield match.group(0)
