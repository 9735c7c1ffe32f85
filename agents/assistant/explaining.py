"""Why something is as it is, as far as the record and the rules know; where they do not, that is what is said."""

from agents.assistant.orders import Explain, Record
from agents.assistant.people_orders import named
from episodes.apply import targets
from episodes.change_targets import all_ids
from episodes.changes import Change, PlanScene, SetScript
from episodes.episode import Episode
from episodes.script import Beat, Line, Scene
from episodes.shots import Shot

_ROLES = {
    "a_roll": "it carries what is said or done",
    "b_roll": "it shows what happens beside the talk",
    "insert": "it shows one thing close, so that nobody misses it",
    "establishing": "every new place is shown once from afar before anything happens in it",
    "reaction": "it shows who listens, because a face that hears a line is funnier than the mouth that says it",
}
_OWNERS = {
    "bodycam": "the camera that an officer wears, the show's own eye",
    "dashcam": "the patrol car's camera, used in and before the car",
    "cctv": "a camera that hangs there, used for wide and neutral pictures of a room",
    "doorbell": "the camera at the door",
    "helicopter": "the helicopter, for chases and for places too wide to walk",
    "interview": "the fixed camera of the interview room",
    "phone": "a bystander's telephone, which sees what no officer would film",
}
_PURPOSES = {
    "cold_open": "the film opens on it before anything is explained", "call": "it is the call that starts the story",
    "acknowledge": "the unit answers the call", "arrive": "somebody arrives", "witness": "a witness tells",
    "plant": "it sets up what will come back later", "heighten": "it makes the one odd thing bigger",
    "reverse": "it turns what was believed", "callback": "it brings back what was set up before",
    "chase": "it is the chase", "stand_off": "nobody gives way", "turn": "the story turns here",
    "debrief": "somebody explains afterwards", "tag": "it is the last joke", "connect": "it leads to the next thing",
}  # fmt: skip
MOST_NOTES = 3


def explained(episode: Episode, order: Explain, record: Record) -> str:
    """Return why what was asked about is as it is, in a few sentences."""
    script = episode.script
    if script is None:
        return "There is no script yet, so nothing was decided that could have a reason."
    told = _of(episode, order.about) or [_of_whole(episode)]
    told += _changes(episode, order.about, record)
    told += _notes(order.about, record)
    told += _who(order.about, record)
    if order.about in episode.locks:
        told.append(f"{order.about} is locked: the agents leave it as it is.")
    return " ".join(told)


def _of(episode: Episode, about: str) -> list[str]:
    for shot in episode.shots:
        if shot.id == about:
            return _of_shot(episode, shot)
    for scene in episode.the_script.scenes:
        if scene.id == about:
            return _of_scene(episode, scene)
        for beat in scene.beats:
            if beat.id == about:
                return [_of_beat(beat)]
            for line in beat.lines:
                if line.id == about:
                    return _of_line(episode, beat, line)
    for person in episode.the_world.characters:
        if person.id == about:
            lines = [line for line in episode.the_script.lines if line.speaker == about]
            want = f" {person.short_name} wants {person.want.rstrip('.')}." if person.want else ""
            return [f"{named(person)} is the {person.role} and has {len(lines)} lines.{want}"]
    return []


def _of_shot(episode: Episode, shot: Shot) -> list[str]:
    told = [f"{shot.id} is {shot.role.replace('_', ' ')}: the planner's rule is that {_ROLES[shot.role]}."]
    told.append(f"It is seen by {_OWNERS[shot.owner]}" + (f" (worn by {shot.wearer})." if shot.wearer else "."))
    beats = [beat for scene in episode.the_script.scenes for beat in scene.beats if beat.id in shot.beats]
    told += [_of_beat(beat) for beat in beats[:2]]
    if shot.gag:
        told.append(f"It covers a picture gag, which must be seen: {shot.gag.rstrip('.')}.")
    if shot.cues:
        told.append("It is as long as what is heard over it: " + ", ".join(cue.line for cue in shot.cues) + ".")
    if shot.trim_in or shot.trim_out:
        cut = float(shot.trim_in + shot.trim_out)
        told.append(f"{abs(cut):.2f} s were {'cut off' if cut > 0 else 'given back'} after it was planned.")
    own = next((one.clip.name for one in episode.clips if one.shot == shot.id), "")
    return [*told, f"It shows your own clip {own}."] if own else told


def _of_scene(episode: Episode, scene: Scene) -> list[str]:
    place = episode.the_world.place(scene.place).name
    told = (
        f"Scene {scene.id} ({scene.title}) plays at {place} at {scene.clock:%H:%M}, by {scene.light}, {scene.weather}."
    )
    purposes = ", ".join(dict.fromkeys(_PURPOSES[beat.purpose] for beat in scene.beats))
    return [told, f"What it is there for: {purposes}.", f"Its music follows its mood, which is {scene.mood}."]


def _of_beat(beat: Beat) -> str:
    origin = f"; it comes from the storylet “{beat.storylet}”" if beat.storylet else ""
    action = f" ({beat.action.rstrip('.')})" if beat.action else ""
    return f"In beat {beat.id}{action} {_PURPOSES[beat.purpose]}{origin}."


def _of_line(episode: Episode, beat: Beat, line: Line) -> list[str]:
    speaker = named(episode.the_world.character(line.speaker))
    told = [f"{speaker} says {line.id} ({line.delivery}, {line.channel.replace('_', ' ')}).", _of_beat(beat)]
    if line.facts:
        told.append(
            f"It {'states' if line.mark == 'fact' else 'bends'} the fact {', '.join(line.facts)} of the sources."
        )
    if any(one.line == line.id for one in episode.readings):
        told.append("It is heard from your own recording.")
    return told


def _of_whole(episode: Episode) -> str:
    script = episode.the_script
    return (
        f"“{script.title}” is about “{episode.brief.theme}” in {len(script.scenes)} scenes and "
        f"{len(episode.shots)} shots. "
        "Ask about one shot, line, beat or scene to hear its reasons."
    )


def _changes(episode: Episode, about: str, record: Record) -> list[str]:
    """Return who changed it since it was made."""
    told: list[str] = []
    for step in record.steps:
        kinds = [
            change.kind.replace("_", " ")
            for change in step.changes
            if not isinstance(change, PlanScene | SetScript) and _touches(change, about, episode)
        ]
        if kinds:
            who = "You" if step.by == "person" else f"The {step.by.replace('_', ' ')}"
            told.append(f"{who} changed it since: {', '.join(dict.fromkeys(kinds))}.")
    if not told and record.steps and about in all_ids(episode):
        told.append("Nobody has changed it by itself since it was planned.")
    return told[-3:]


def _touches(change: Change, about: str, episode: Episode) -> bool:
    return about in targets(change, episode)


def _notes(about: str, record: Record) -> list[str]:
    about_it = [note for note in record.notes if note.target == about]
    told = [f"The {note.author.replace('_', ' ')} noted: {note.finding}" for note in about_it[-MOST_NOTES:]]
    if record.notes and not about_it and about != "episode":
        told.append("No note was made about it.")
    if not record.notes and not record.steps:
        told.append("Nothing more is known: no record of notes and revisions came with the question.")
    return told


def _who(about: str, record: Record) -> list[str]:
    scene = about.split("-")[0]
    found = [each for each in record.answered if each.task.endswith(f" {scene}")]
    if not found:
        return []
    last = found[-1]
    by = f"the model {last.model}" if last.by == "model" else "the rules"
    return [f"The {last.role.replace('_', ' ')} that planned {scene} was {by}."]
