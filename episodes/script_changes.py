"""Changes to script, lines and world."""

from datetime import datetime, timedelta

from episodes.cast import World
from episodes.change_rules import beat_scene, changed, scene_called, script_of, with_scene, world_of
from episodes.change_targets import all_ids, holders
from episodes.changes import (
    AddEffects,
    CastNarrator,
    InsertBeat,
    Recast,
    RemoveBeat,
    ReplaceBeat,
    Retitle,
    Revoice,
    Reword,
    SetFacts,
    SetScript,
    SetWorld,
    TimeLines,
    UseRecording,
)
from episodes.episode import Episode
from episodes.errors import ChangeRefused
from episodes.narration import narration_ids
from episodes.own_media import ReadingOfLine
from episodes.script import Beat, Line, Scene, Script
from episodes.shots import Mouth, Shot


@changed.register
def _set_facts(change: SetFacts, episode: Episode, by: str) -> Episode:
    return episode.model_copy(update={"facts": change.facts})


@changed.register
def _retitle(change: Retitle, episode: Episode, by: str) -> Episode:
    title = " ".join(change.title.split())
    if not title:
        raise ChangeRefused("A title needs at least one letter.")
    return episode.model_copy(update={"script": script_of(episode).model_copy(update={"title": title})})


# ---- a whole script --------------------------------------------------------------------------------------------------


@changed.register
def _set_script(change: SetScript, episode: Episode, by: str) -> Episode:
    kept = () if by == "person" else _kept_scenes(episode)
    script, world = _with_kept(change.script, episode.script, kept), change.world
    if kept and episode.world is not None:
        world = _joined(world, episode.world)
    lines, scenes = {line.id for line in script.lines}, {scene.id for scene in kept}
    return episode.model_copy(
        update={
            "script": script,
            "world": world,
            "lengths": tuple(length for length in episode.lengths if length.line in lines),
            "shots": tuple(
                shot for scene in script.scenes if scene.id in scenes for shot in episode.shots_of(scene.id)
            ),
            "cues": tuple(cue for cue in episode.cues if cue.scene in scenes),
            "cut": None,
        }
    )


def _kept_scenes(episode: Episode) -> tuple[Scene, ...]:
    """Scenes that are locked, or in which anything is."""
    if episode.script is None:
        return ()
    if "episode" in episode.locks:
        return episode.script.scenes
    held = frozenset[str]().union(*(holders(item, episode) for item in episode.locks))
    return tuple(scene for scene in episode.script.scenes if scene.id in held)


def _with_kept(new: Script, old: Script | None, kept: tuple[Scene, ...]) -> Script:
    """Return the new script with the kept scenes where they have their id in it, or at their old place."""
    if old is None or not kept:
        return new
    by_id = {scene.id: scene for scene in kept}
    scenes = [by_id.get(scene.id, scene) for scene in new.scenes]
    known = {scene.id for scene in new.scenes}
    for index, scene in enumerate(old.scenes):
        if scene.id in by_id and scene.id not in known:
            scenes.insert(index, scene)
    return new.model_copy(update={"scenes": tuple(scenes)})


def _joined(new: World, old: World) -> World:
    """Return the new world with whatever of the old one it lacks, for the scenes that stay."""
    update = {}
    for field in ("characters", "units", "vehicles", "props", "places"):
        mine = getattr(new, field)
        known = {thing.id for thing in mine}
        update[field] = (*mine, *(thing for thing in getattr(old, field) if thing.id not in known))
    return new.model_copy(update=update)


# ---- lines -----------------------------------------------------------------------------------------------------------


def _with_line(episode: Episode, line_id: str, update: dict[str, object]) -> Episode:
    for scene in script_of(episode).scenes:
        if all(line.id != line_id for line in scene.lines):
            continue
        beats = tuple(
            beat.model_copy(
                update={
                    "lines": tuple(
                        line.model_copy(update=update) if line.id == line_id else line for line in beat.lines
                    )
                }
            )
            for beat in scene.beats
        )
        return with_scene(episode, scene.model_copy(update={"beats": beats}))
    raise ChangeRefused(f"There is no line {line_id}.")


@changed.register
def _reword(change: Reword, episode: Episode, by: str) -> Episode:
    text = " ".join(change.text.split())
    if not text:
        raise ChangeRefused(f"Line {change.line} needs at least one word.")
    update: dict[str, object] = {"text": text}
    if change.delivery is not None:
        update["delivery"] = change.delivery
    # A recording says what it says: other words are spoken again.
    readings = tuple(one for one in episode.readings if one.line != change.line)
    return _with_line(episode, change.line, update).model_copy(update={"readings": readings})


@changed.register
def _use_recording(change: UseRecording, episode: Episode, by: str) -> Episode:
    if all(line.id != change.line for line in script_of(episode).lines):
        raise ChangeRefused(f"There is no line {change.line}.")
    others = tuple(one for one in episode.readings if one.line != change.line)
    if change.recording is None and len(others) == len(episode.readings):
        raise ChangeRefused(f"Line {change.line} is heard from no recording of yours that could be taken out.")
    new = (ReadingOfLine(line=change.line, recording=change.recording),) if change.recording else ()
    # How long the line is must be found anew, from the recording or from the voice.
    lengths = tuple(length for length in episode.lengths if length.line != change.line)
    return episode.model_copy(update={"readings": (*others, *new), "lengths": lengths})


@changed.register
def _revoice(change: Revoice, episode: Episode, by: str) -> Episode:
    line = next((line for line in script_of(episode).lines if line.id == change.line), None)
    if line is None:
        raise ChangeRefused(f"There is no line {change.line}.")
    update: dict[str, object] = {"reading": line.reading + 1}
    if change.delivery is not None:
        update["delivery"] = change.delivery
    return _with_line(episode, change.line, update)


@changed.register
def _time_lines(change: TimeLines, episode: Episode, by: str) -> Episode:
    script = script_of(episode)
    known = {line.id for line in script.lines} | narration_ids(script)
    lengths = {length.line: length for length in episode.lengths}
    for length in change.lengths:
        if length.line not in known:
            raise ChangeRefused(f"There is no line {length.line} that could have been spoken.")
        if length.seconds <= 0:
            raise ChangeRefused(f"Line {length.line} can't be {length.seconds} seconds long.")
        lengths[length.line] = length
    return episode.model_copy(update={"lengths": tuple(lengths.values())})


@changed.register
def _cast_narrator(change: CastNarrator, episode: Episode, by: str) -> Episode:
    if any(character.voice == change.voice for character in world_of(episode).characters):
        raise ChangeRefused(f"The voice {change.voice.variant} belongs to somebody who is heard in this episode.")
    return episode.model_copy(update={"narrator": change.voice})


# ---- beats -----------------------------------------------------------------------------------------------------------


def _fresh(prefix: str, taken: set[str]) -> str:
    """Return the first free id of this form: `S02-B07`."""
    number = 1
    while f"{prefix}{number:02}" in taken:
        number += 1
    return f"{prefix}{number:02}"


def _own_lines(lines: tuple[Line, ...], scene: Scene, taken: set[str]) -> tuple[Line, ...]:
    """Return the lines with fresh ids where theirs are taken or belong to another scene."""
    own: list[Line] = []
    for line in lines:
        if line.id in taken or not line.id.startswith(f"{scene.id}-"):
            line = line.model_copy(update={"id": _fresh(f"{scene.id}-L", taken)})
        taken.add(line.id)
        own.append(line)
    return tuple(own)


@changed.register
def _insert_beat(change: InsertBeat, episode: Episode, by: str) -> Episode:
    scene, beat = scene_called(episode, change.scene), change.beat
    place = {scene.id: 0} | {other.id: index for index, other in enumerate(scene.beats, start=1)}
    if change.after not in place:
        raise ChangeRefused(f"There is no beat {change.after} in scene {scene.id} after which a new one could stand.")
    # The new lines' own ids count too: a beat must not get one of them.
    taken = set(all_ids(episode))
    if beat.id in taken or not beat.id.startswith(f"{scene.id}-"):
        beat = beat.model_copy(update={"id": _fresh(f"{scene.id}-B", taken | {line.id for line in beat.lines})})
    taken.add(beat.id)
    beat = beat.model_copy(update={"lines": _own_lines(beat.lines, scene, taken)})
    at = place[change.after]
    return with_scene(episode, scene.model_copy(update={"beats": (*scene.beats[:at], beat, *scene.beats[at:])}))


@changed.register
def _replace_beat(change: ReplaceBeat, episode: Episode, by: str) -> Episode:
    scene = beat_scene(episode, change.beat.id)
    old = next(beat for beat in scene.beats if beat.id == change.beat.id)
    taken = set(all_ids(episode)) - {line.id for line in old.lines}
    beat = change.beat.model_copy(update={"lines": _own_lines(change.beat.lines, scene, taken)})
    beats = tuple(beat if other.id == beat.id else other for other in scene.beats)
    return _without_lost(with_scene(episode, scene.model_copy(update={"beats": beats})))


@changed.register
def _remove_beat(change: RemoveBeat, episode: Episode, by: str) -> Episode:
    scene = beat_scene(episode, change.beat)
    beats = tuple(beat for beat in scene.beats if beat.id != change.beat)
    if not beats:
        raise ChangeRefused(f"{change.beat} is the only beat of scene {scene.id}, which can't be empty.")
    return _without_lost(with_scene(episode, scene.model_copy(update={"beats": beats})))


def _without_lost(episode: Episode) -> Episode:
    """Return the episode without shots of beats that are gone, and without cues and lengths of lines that are."""
    script = script_of(episode)
    lines = {line.id for line in script.lines}
    beats = {beat.id for scene in script.scenes for beat in scene.beats}
    shots = [_stripped(shot, beats, lines) for shot in episode.shots if not shot.beats or beats & set(shot.beats)]
    lengths = tuple(length for length in episode.lengths if length.line in lines)
    return episode.model_copy(update={"shots": tuple(shots), "lengths": lengths})


def _stripped(shot: Shot, beats: set[str], lines: set[str]) -> Shot:
    update: dict[str, object] = {
        "beats": tuple(beat for beat in shot.beats if beat in beats),
        "cues": tuple(cue for cue in shot.cues if cue.line in lines),
        "events": tuple(event for event in shot.events if not isinstance(event, Mouth) or event.line in lines),
    }
    return shot.model_copy(update=update)


@changed.register
def _add_effects(change: AddEffects, episode: Episode, by: str) -> Episode:
    if not change.effects:
        raise ChangeRefused(f"No effects are named that beat {change.beat} should get.")
    scene = beat_scene(episode, change.beat)

    def extended(beat: Beat) -> Beat:
        effects = (*change.effects, *beat.effects) if change.first else (*beat.effects, *change.effects)
        return beat.model_copy(update={"effects": effects})

    beats = tuple(extended(beat) if beat.id == change.beat else beat for beat in scene.beats)
    return with_scene(episode, scene.model_copy(update={"beats": beats}))


# ---- world -----------------------------------------------------------------------------------------------------------


@changed.register
def _recast(change: Recast, episode: Episode, by: str) -> Episode:
    world = world_of(episode)
    old = next((c for c in world.characters if c.id == change.character), None)
    if old is None:
        raise ChangeRefused(f"There is no character {change.character}.")
    if change.voice is None and change.description is None:
        raise ChangeRefused(f"Neither another voice nor another description is given for {change.character}.")
    new = change.description or old
    if new.id != old.id:
        raise ChangeRefused(f"The description of {old.id} is that of {new.id}.")
    if change.voice is not None:
        new = new.model_copy(update={"voice": change.voice})
    elif new.voice is None:
        new = new.model_copy(update={"voice": old.voice})
    characters = tuple(new if character.id == old.id else character for character in world.characters)
    lengths = episode.lengths
    if new.voice != old.voice:
        # What the old voice measured says nothing of the new one.
        speaks = {line.id for line in episode.script.lines if line.speaker == old.id} if episode.script else set()
        lengths = tuple(length for length in lengths if length.line not in speaks)
    return episode.model_copy(update={"world": world.model_copy(update={"characters": characters}), "lengths": lengths})


@changed.register
def _set_world(change: SetWorld, episode: Episode, by: str) -> Episode:
    if change.look is not None:
        if not change.look.strip():
            raise ChangeRefused("The look of the show needs a name.")
        world = world_of(episode).model_copy(update={"look": change.look})
        episode = episode.model_copy(update={"world": world})
    asked = (change.light, change.weather, change.clock, change.place, change.present)
    if all(value is None for value in asked):
        if change.look is None:
            raise ChangeRefused("Nothing is named that should be other than it is.")
        return episode
    if change.scene is None:
        raise ChangeRefused("Light, weather, clock, place and people belong to a scene, and none is named.")
    return _set_in_scene(change, episode, scene_called(episode, change.scene))


def _set_in_scene(change: SetWorld, episode: Episode, scene: Scene) -> Episode:
    world = world_of(episode)
    if change.place is not None and all(place.id != change.place for place in world.places):
        raise ChangeRefused(f"There is no place {change.place}.")
    strangers = set(change.present or ()) - {character.id for character in world.characters}
    if strangers:
        raise ChangeRefused(f"There is no character {min(strangers)}.")
    asked = {"light": change.light, "weather": change.weather, "place": change.place}
    both: dict[str, object] = {name: value for name, value in asked.items() if value is not None}
    clock = scene.clock if change.clock is None else _moved(scene.clock, change.clock)
    present = scene.present if change.present is None else change.present
    episode = with_scene(episode, scene.model_copy(update=both | {"clock": clock, "present": present}))
    shift = clock - scene.clock
    shots = tuple(
        shot.model_copy(update=both | {"clock": shot.clock + shift}) if shot.scene == scene.id else shot
        for shot in episode.shots
    )
    return episode.model_copy(update={"shots": shots})


def _moved(clock: datetime, wanted: str) -> datetime:
    """Return the moment nearest to `clock` at this time of day, so that 23:50 becomes 00:10 of the next day."""
    try:
        time = datetime.strptime(wanted.strip(), "%H:%M")
    except ValueError:
        raise ChangeRefused(f"{wanted!r} is no time of day; write it as 03:10.") from None
    same_day = clock.replace(hour=time.hour, minute=time.minute, second=0, microsecond=0)
    return min((same_day + timedelta(days=days) for days in (0, 1, -1)), key=lambda moment: abs(moment - clock))
