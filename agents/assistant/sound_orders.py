"""What can be asked of the sound: levels in the film and in scenes, music, captions, loudness."""

import re

from agents.assistant.orders import Ask, Edit, Order, Unclear
from agents.assistant.reading import AskedBack, Item, Reading
from episodes.changes import Balance, Change, MixLevels, Rescore
from episodes.episode import LOUDNESS, Balanced, Cue, Mix
from episodes.script import Mood
from episodes.shots import SirenPass

Orders = tuple[Order, ...]
_STEP = {"little": 1.5, "": 3.0, "much": 6.0}
"""Decibels by which something gets louder or quieter where no figure is named."""
_SPOKEN: dict[str, str] = {
    "music": "The music", "siren": "The siren", "dialogue": "The dialogue", "radio": "The radio",
    "effects": "The sound effects",
}  # fmt: skip


def captions(reading: Reading) -> Orders | None:
    """Burn the captions into the picture, or leave them beside it."""
    if not reading.use("noun", "captions"):
        return None
    if reading.pointing("scene") or reading.pointing("shot") or _CAPTIONS_LOOK.search(reading.text):
        raise AskedBack(
            Unclear(
                sentence="Captions are on or off for the whole film, and look as they do: in one scene alone, bigger "
                "or in another "
                "colour they can't be.",
                can=("captions off", "burn the captions"),
            )
        )
    off = reading.use("way", "none") | reading.use("joint", "not", "off") | reading.use("verb", "remove")
    burned = reading.use("verb", "burn")
    on = reading.use("way", "back") or burned or reading.use("verb", "add", "show", "use")
    reading.use("noun", "film", "shot")
    reading.use("way", "back")
    reading.use("joint", "in")
    if off == on and not (off and burned):
        raise AskedBack(
            Ask(sentence="Shall captions be burned into the picture?", choices=("burn the captions", "captions off"))
        )
    if reading.at.episode.mix.burn_captions is not off:
        state = "are not in the picture" if off else "are in the picture"
        raise AskedBack(Unclear(sentence=f"Captions {state} already."))
    said = "Captions are not burned into the picture; they lie beside the film." if off else (
        "Captions are burned into the picture."
    )  # fmt: skip
    return (Edit(changes=(MixLevels(burn_captions=not off),), said=said),)


_CAPTIONS_LOOK = re.compile(
    r"\b(?:bigger|larger|smaller|big|small|size|yellow|white|red|blue|green|black|bold|italic|font|higher|lower|"
    r"colou?r|top|bottom|up|down)\b",
    re.I,
)


def loudness(reading: Reading) -> Orders | None:
    """Bring the whole film to another loudness."""
    level = reading.take("loud")
    figure = reading.amounts("lufs")
    if level is None and not figure:
        return None
    reading.use("noun", "loudness", "film")
    reading.use("way", "up") if reading.has("noun", "loudness") else None
    if figure and figure[0].amount is not None:
        reading.spend(figure[0])
        wanted = -abs(float(figure[0].amount.value))
    elif level is not None:
        wanted = LOUDNESS[level.value("loud")]
    now = reading.at.episode.mix.loudness_lufs
    if wanted == now:
        raise AskedBack(Unclear(sentence=f"The film is at {now:g} LUFS already."))
    said = f"The finished film is at {wanted:g} LUFS instead of {now:g}."
    return (Edit(changes=(MixLevels(loudness_lufs=wanted),), said=said),)


def levels(reading: Reading) -> Orders | None:
    """Make kinds of sound louder or quieter, in the film or in scenes: `more siren, less music in the chase`."""
    if not reading.has("sound") or (reading.has("mood") and not reading.has("way", "up", "down", "none")):
        return None
    wishes = _wishes(reading)
    if not wishes:
        return None
    if len(wishes) > 1 and len(reading.pointing("scene")) > 1:
        return None  # Which wish is for which scene is told by what parts them.
    scenes = reading.scenes()
    if not scenes and reading.at.just_now and not reading.has("noun", "film"):
        here = reading.at.just_now
        choices = (f"{reading.text} in {here}", f"{reading.text} in every scene")
        raise AskedBack(Ask(sentence=f"“{reading.text}”: in scene {here} or in the whole film?", choices=choices))
    reading.use("noun", "film", "scene", "loudness")
    changes: list[Change] = []
    told: list[str] = []
    for sound, way, amount in wishes:
        made, said = _levelled(reading, sound, way, amount, scenes)
        changes += made
        told.append(said)
    return (Edit(changes=tuple(changes), said=" ".join(told)),)


def _wishes(reading: Reading) -> list[tuple[Balanced, str, float | None]]:
    """Return sound, way and figure for each kind of sound that is named, each with the way that is nearest to it."""
    sounds, ways = reading.all("sound"), reading.all("way", "up", "down", "none", "back")
    ways = [item for item in ways if not any(item is sound for sound in sounds)]
    if len(ways) > len(sounds) and len({item.value("way") for item in ways}) == 1:
        reading.spend(*ways[1:])
        ways = ways[:1]
    removed = [item for item in reading.all("verb", "remove") if not ways]
    amounts = reading.amounts("db", "percent", "times")
    signs = [item for item in amounts if item.tokens[0].low.startswith(("+", "-"))]
    found: list[tuple[Balanced, str, float | None]] = []
    if not (ways or removed or signs) or len(ways) > len(sounds):
        return []
    if len(ways) > 1 and len(ways) != len(sounds):
        return []
    for number, sound in enumerate(sounds):
        near = ways[number] if len(ways) == len(sounds) else (ways[0] if ways else None)
        figure = amounts[number] if len(amounts) == len(sounds) else (amounts[0] if amounts else None)
        way = near.value("way") if near is not None else "none"
        if near is None and figure is not None and signs:
            way = "down" if figure.tokens[0].low.startswith("-") else "up"
        found.append((sound.value("sound"), way, _decibels(reading, figure)))  # type: ignore[arg-type]
    reading.spend(*sounds, *ways, *removed, *amounts)
    reading.use("verb", "make", "cut", "swap", "move", "add")
    return found


def _decibels(reading: Reading, figure: Item | None) -> float | None:
    if figure is None or figure.amount is None:
        return None
    value, unit = figure.amount
    if unit == "db":
        return abs(float(value))
    raise AskedBack(
        Ask(
            sentence=f"By how many decibels is that? {_STEP['']:g} dB is well heard, 10 dB is about twice as loud.",
            choices=tuple(reading.again(f"by {db} dB", figure) for db in (3, 6, 10)),
        )
    )


def _levelled(
    reading: Reading, sound: Balanced, way: str, amount: float | None, scenes: tuple[str, ...]
) -> tuple[list[Change], str]:
    if way in ("none", "back") and sound == "music":
        return _silent(reading, scenes, silent=way == "none")
    if way == "back":
        raise AskedBack(Unclear(sentence=f"{_SPOKEN[sound]} can be louder or quieter.", can=(f"more {sound}",)))
    if sound == "siren" and not scenes:
        scenes = tuple(dict.fromkeys(shot.scene for shot in reading.at.episode.shots if _has_siren(shot.events)))
        if not scenes:
            raise AskedBack(Unclear(sentence="No siren is heard in this episode."))
    db = amount if amount is not None else _STEP[reading.degree]
    db = 24.0 if way == "none" and scenes else db
    signed = db if way == "up" else -db
    if scenes:
        where = "scene " + " and ".join(scenes)
        said = f"{_SPOKEN[sound]} gets {db:g} dB {'louder' if signed > 0 else 'quieter'} in {where}."
        return [Balance(scene=scene, sound=sound, db=signed) for scene in scenes], said
    field, now = f"{sound}_db", float(getattr(reading.at.episode.mix, f"{sound}_db"))
    level = -60.0 if way == "none" else round(now + signed, 2)
    said = f"{_SPOKEN[sound]} of the whole film is at {level:g} dB instead of {now:g}."
    return [MixLevels.model_validate({field: level})], said


def _has_siren(events: tuple[object, ...]) -> bool:
    return any(isinstance(event, SirenPass) for event in events)


def _silent(reading: Reading, scenes: tuple[str, ...], *, silent: bool) -> tuple[list[Change], str]:
    named = scenes or tuple(scene.id for scene in reading.at.episode.the_script.scenes)
    old = [_cue(reading, scene) for scene in named]
    cues = [cue for cue in old if cue.silent is not silent]
    if not cues:
        raise AskedBack(Unclear(sentence=f"There is {'no' if silent else 'already'} music in {', '.join(named)}."))
    where = "scene " + ", ".join(cue.scene for cue in cues)
    said = f"There is {'no ' if silent else ''}music in {where}."
    return [Rescore(cue=cue.model_copy(update={"silent": silent})) for cue in cues], said


def _cue(reading: Reading, scene: str) -> Cue:
    known = {cue.scene: cue for cue in reading.at.episode.cues}
    return known.get(scene) or Cue(scene=scene, mood=reading.at.episode.the_script.scene(scene).mood)


def mood(reading: Reading) -> Orders | None:
    """Have other music in a scene: of another mood, or another take of the same."""
    music, moods = reading.take("sound", "music"), reading.all("mood")
    other = reading.has("talk", "other") or reading.has("verb", "reshoot")
    if music is None or len(moods) > 1 or not (moods or other):
        return None
    reading.spend(*moods)
    reading.use("way", "up", "back")
    if not moods:
        reading.use("talk", "other")
        reading.use("verb", "reshoot")
    reading.use("verb", "use", "add", "play_order", "swap")
    scenes = reading.scenes() or reading.meant("scene")
    reading.use("noun", "scene")
    changes: list[Change] = []
    for scene in scenes:
        old = _cue(reading, scene)
        update: dict[str, object] = {"silent": False, "take": old.take + 1}
        if moods:
            wanted: Mood = moods[0].value("mood")  # type: ignore[assignment]
            if wanted == old.mood and not old.silent:
                again = f"other music in {scene}"
                raise AskedBack(Unclear(sentence=f"The music of {scene} is {wanted} already.", can=(again,)))
            update |= {"mood": wanted, "take": old.take}
        changes.append(Rescore(cue=old.model_copy(update=update)))
    what = f"music of the mood “{moods[0].value('mood')}”" if moods else "other music of the same mood"
    return (Edit(changes=tuple(changes), said=f"Scene {' and '.join(scenes)} gets {what}."),)


def whole(reading: Reading) -> Orders | None:
    """Ask which kind of sound is meant where only `louder` is said."""
    ways = reading.all("way", "up", "down")
    words = {item.text.casefold() for item in ways}
    if reading.has("sound") or not words & {"louder", "quieter", "too loud", "turn up", "turn down", "softer"}:
        return None
    if not (reading.has("noun", "film") or reading.has("pronoun", "it") or reading.pointing("scene")):
        return None
    step = ways[0].text
    scene = reading.some("scene")
    where = f" in {scene[0]}" if scene else ""
    choices = [f"make the {sound} {step}{where}" for sound in ("dialogue", "radio", "effects", "music")]
    raise AskedBack(
        Ask(
            sentence=f"Which sound? The whole film keeps to its loudness ({_lufs(reading.at.episode.mix)}).",
            choices=(*choices, "broadcast loudness", "streaming loudness"),
        )
    )


def _lufs(mix: Mix) -> str:
    return f"{mix.loudness_lufs:g} LUFS now"
