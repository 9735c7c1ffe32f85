"""What is spoken and shot: the tasks of lines and takes, through whatever cameras a take goes."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from episodes.cast import VoiceCast, World
from episodes.episode import Episode
from episodes.footage import FootageCut, Use, choose, named_use
from episodes.format import HANDLE_FRAMES
from episodes.own_media import OwnReading
from episodes.requests import ControlPass, ControlRequest, RenderRequest, SpeakRequest
from episodes.script import ON_AIR, Line
from episodes.shots import Mouth, Shot
from episodes.tasks import Task, ToolInfo
from episodes.value import seed_from
from episodes.work import Belt, Stage, task

NO_CLOCK = datetime(2000, 1, 1)
"""Stands in a take's request: the story clock belongs to the finish, so that changing it costs no video call."""


def speak_task(episode: Episode, belt: Belt, line: Line) -> Task:
    """The reading of one line."""
    speaker = episode.the_world.character(line.speaker)
    if speaker.voice is None:
        raise ValueError(f"{speaker.name} has no voice")
    own = next((one.recording for one in episode.readings if one.line == line.id), None)
    if own is not None:
        return _own_reading_task(episode, belt, line, own)
    request = SpeakRequest(
        text=line.text,
        voice=speaker.voice,
        delivery=line.delivery,
        language=episode.brief.language,
        reading=line.reading,
        radio=line.channel in ON_AIR,
    )
    return task(f"{line.id}_R{line.reading}", belt.voice, request, seconds=episode.seconds_of(line))


def _own_reading_task(episode: Episode, belt: Belt, line: Line, own: OwnReading) -> Task:
    """The person's recording in place of a line that a voice would speak."""
    request = SpeakRequest(
        text=line.text,
        # Whoever reads it is their own voice, in their own manner: another cast or delivery changes nothing of it.
        voice=VoiceCast(engine=belt.own_voice.name, variant=own.name),
        delivery="calm",
        language=episode.brief.language,
        reading=line.reading,
        radio=line.channel in ON_AIR,
        own=own,
    )
    label = f"{line.id}_R{line.reading}"
    return task(label, belt.own_voice, request, {f"own:{own.name}": own.digest}, seconds=episode.seconds_of(line))


def excerpt(world: World, shot: Shot) -> World:
    """Return the part of the world that a shot can show, so that an edit elsewhere leaves its take alone."""
    seen = {subject.id for subject in shot.subjects} | {s.holds for s in shot.subjects if s.holds}
    seen |= {shot.wearer} if shot.wearer else set()
    seen |= {getattr(event, name) for event in shot.events for name in ("who", "what") if hasattr(event, name)}
    looks = tuple(
        c.model_copy(update={"voice": None, "want": "", "flaw": "", "habit": "", "never_says": ""})
        for c in world.characters
        if c.id in seen
    )
    units = tuple(unit for unit in world.units if seen & set(unit.members))
    return World(
        agency=world.agency.model_copy(update={"codes": ()}),
        characters=looks,
        units=units,
        vehicles=tuple(v for v in world.vehicles if v.id in seen or any(u.vehicle == v.id for u in units)),
        props=tuple(prop for prop in world.props if prop.id in seen),
        places=tuple(place for place in world.places if place.id == shot.place),
        look=world.look,
    )


def render_task(episode: Episode, belt: Belt, shot: Shot, stage: Stage) -> Task:
    """The chosen take of one shot, as its segment needs it: of a chain of back ends, what the last one makes."""
    return render_tasks(episode, belt, shot, stage)[-1]


def render_tasks(episode: Episode, belt: Belt, shot: Shot, stage: Stage) -> tuple[Task, ...]:
    """All that a shot's chosen take is made by, in order: what the camera is shown, then each step of its chain.

    A chain's steps are tasks of their own, so that none of them is repeated when a later one fails. A shot in which the
    person's own footage is seen is one task in either stage: nothing is drawn for it, and nobody else is asked.
    """
    use = footage_of(episode, belt).get(shot.id)
    if use is not None and belt.footage_camera is not None:
        return (_footage_task(episode, belt.footage_camera, shot, use.cut),)
    made = [_camera_task(episode, belt, shot, stage)]
    request = made[0].request
    assert isinstance(request, RenderRequest)
    if stage == "final":
        for number, step in enumerate(belt.video_steps, 2):
            made.append(task(f"{shot.label}:{number}", step, request, {"clip": made[-1].key}, made[0].media_seconds))
        limits = belt.video.limits
        shown = [_camera_task(episode, belt, shot, "animatic")] if limits.start_image else []
        drawn = [control_task(episode, belt, shot, limits.control)] if limits.control else []
        return (*shown, *drawn, *made)
    return tuple(made)


def footage_of(episode: Episode, belt: Belt) -> Mapping[str, Use]:
    """Return which of the person's clips is seen in which shot, by shot id."""
    if not belt.footage and not episode.clips:
        return {}
    known = _FOOTAGE.get("last")
    if known is None or known[0] is not episode or known[1] is not belt:
        # A plan asks this for every shot: found once for an episode, since no value of it ever changes.
        known = (episode, belt, _chosen(episode, belt))
        _FOOTAGE["last"] = known
    return known[2]


def _chosen(episode: Episode, belt: Belt) -> Mapping[str, Use]:
    form, named = episode.brief.format, {one.shot: one.clip for one in episode.clips}
    found = choose(episode.shots, episode.the_world, belt.footage, form)
    # What the person said of a shot stands over what a description says.
    return {
        shot.id: named_use(shot, named[shot.id], form) if shot.id in named else found[shot.id]
        for shot in episode.shots
        if shot.id in named or shot.id in found
    }


def footage_seen(episode: Episode, belt: Belt) -> dict[str, Use]:
    """Return which of the person's clips is seen in which shot of the cut, in the order of the cut."""
    uses = footage_of(episode, belt)
    return {clip.media: uses[clip.media] for _, clip in episode.the_cut.track("V1").placed() if clip.media in uses}


_FOOTAGE: dict[str, tuple[Episode, Belt, Mapping[str, Use]]] = {}


def _footage_task(episode: Episode, camera: ToolInfo, shot: Shot, cut: FootageCut) -> Task:
    request = _request(episode, shot).model_copy(update={"own": cut})
    return task(shot.label, camera, request, {f"own:{cut.name}": cut.digest}, cut.seconds)


def _request(episode: Episode, shot: Shot) -> RenderRequest:
    bare = shot.model_copy(
        update={"clock": NO_CLOCK, "cues": (), "trim_in": Fraction(0), "trim_out": Fraction(0), "reversed": False}
    )
    return RenderRequest(
        shot=bare,
        world=excerpt(episode.the_world, shot),
        format=episode.brief.format,
        seed=seed_from(episode.brief.effective_seed, shot.id, shot.take),
        handle_frames=HANDLE_FRAMES,
    )


def _camera_task(episode: Episode, belt: Belt, shot: Shot, stage: Stage) -> Task:
    spoken = {event.line for event in shot.events if isinstance(event, Mouth)}
    needs = {f"line:{name}": speak_task(episode, belt, episode.line(name)).key for name in sorted(spoken)}
    camera = belt.camera(stage)
    if stage == "final" and camera.limits.start_image:
        needs["animatic"] = _camera_task(episode, belt, shot, "animatic").key
    if stage == "final" and camera.limits.control:
        needs["control"] = control_task(episode, belt, shot, camera.limits.control).key
    handles = Fraction(2 * HANDLE_FRAMES, episode.brief.format.fps)
    return task(shot.label, camera, _request(episode, shot), needs, shot.seconds + handles)


def control_task(episode: Episode, belt: Belt, shot: Shot, shows: ControlPass) -> Task:
    """The control video of one shot, drawn by the animatic's camera."""
    drawn = _camera_task(episode, belt, shot, "animatic")
    assert isinstance(drawn.request, RenderRequest)
    asked = drawn.request.model_dump(exclude={"kind"})
    request = ControlRequest(shows=shows, **asked)
    needs = {need.name: need.key for need in drawn.needs}
    return task(f"{shot.label}:{shows}", belt.animatic, request, needs, drawn.media_seconds)
