"""The plan: every piece of work that an episode needs, as tasks with recipe keys, known before anything is made.

The plan is a pure function of the episode and of the tools that will serve it. Staleness, resume, prices and the
blast radius of an edit are all differences of two plans.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Literal

from episodes.captions import Caption, captions, segment_captions
from episodes.cast import World
from episodes.cut import CARDS, Clip
from episodes.episode import Episode
from episodes.footage import FootageCut, OwnClip, Use, choose
from episodes.format import HANDLE_FRAMES
from episodes.placing import (
    SOUND_LEAD,
    measured_lines,
    placed_beds,
    placed_events,
    placed_lines,
    scene_span,
    sound_parts,
)
from episodes.recordings import needed
from episodes.requests import (
    AssembleRequest,
    CardRequest,
    ConformRequest,
    ControlPass,
    ControlRequest,
    MeasureRequest,
    OwnSound,
    PlacedSegment,
    RenderRequest,
    Request,
    SoundRequest,
    SpeakRequest,
)
from episodes.scoring import ScoredCue, score_plan
from episodes.script import ON_AIR, Line
from episodes.shots import Mouth, Shot, Step
from episodes.tasks import Need, Task, TaskKind, ToolInfo
from episodes.value import Value, digest, seed_from

Stage = Literal["animatic", "final"]

MARKED_SECONDS = Fraction(4)
"""The on-screen AI mark stands in every segment that starts within this time."""

NO_CLOCK = datetime(2000, 1, 1)
"""Stands in a take's request: the story clock belongs to the finish, so that changing it costs no video call."""


class Belt(Value):
    """The tools that will do the work, as far as a plan must know them."""

    reader: ToolInfo
    voice: ToolInfo
    animatic: ToolInfo
    video: ToolInfo
    """Makes the final takes; its limits are what the planner obeys."""
    video_steps: tuple[ToolInfo, ...] = ()
    """Back ends that a final take goes through after that, in order: larger, smoother. Each gets the clip before it."""
    finish: ToolInfo
    music: ToolInfo
    sound: ToolInfo
    assembly: ToolInfo
    sounds: tuple[OwnSound, ...] = ()
    """The person's own recordings, in order of their names."""
    footage: tuple[OwnClip, ...] = ()
    """The person's own clips, in order of their names."""
    footage_camera: ToolInfo | None = None
    """What cuts takes from them; None where there are none."""

    def camera(self, stage: Stage) -> ToolInfo:
        """The video back end of a stage, the first of a chain."""
        return self.animatic if stage == "animatic" else self.video

    def camera_name(self, stage: Stage) -> str:
        """Return what the end card says of a stage's picture."""
        return self.animatic.name if stage == "animatic" else ", ".join(t.name for t in (self.video, *self.video_steps))


class Cost(Value):
    """What a set of tasks asks for, at most."""

    calls: tuple[tuple[TaskKind, int], ...] = ()
    price: float = 0.0
    wall_seconds: float = 0.0

    def count(self, kind: TaskKind) -> int:
        """How many calls of one kind."""
        return dict(self.calls).get(kind, 0)


class Plan(Value):
    """Tasks in an order in which each stands after what it needs."""

    tasks: tuple[Task, ...]

    def by_key(self) -> dict[str, Task]:
        """Return the tasks by recipe key."""
        return {task.key: task for task in self.tasks}

    def of(self, kind: TaskKind) -> tuple[Task, ...]:
        """Return the tasks of one kind."""
        return tuple(task for task in self.tasks if task.kind == kind)

    def labelled(self, label: str, kind: TaskKind) -> Task:
        """Return one task by its label and kind, or raise `KeyError`."""
        for task in self.tasks:
            if task.label == label and task.kind == kind:
                return task
        raise KeyError(label)


def cost(tasks: Iterable[Task]) -> Cost:
    """Add up what these tasks ask for."""
    counts: dict[TaskKind, int] = {}
    price = wall = 0.0
    for task in tasks:
        counts[task.kind] = counts.get(task.kind, 0) + 1
        seconds = float(task.media_seconds)
        price += task.tool.price_per_call + task.tool.price_per_second * seconds
        wall += task.tool.wall_per_second * seconds
    return Cost(calls=tuple(sorted(counts.items())), price=round(price, 6), wall_seconds=round(wall, 3))


def difference(old: Plan, new: Plan) -> tuple[Task, ...]:
    """Return the tasks of `new` whose recipe `old` does not hold: what an edit makes stale."""
    known = {task.key for task in old.tasks}
    return tuple(task for task in new.tasks if task.key not in known)


def task(
    label: str,
    tool: ToolInfo,
    request: Request,
    needs: Mapping[str, str] | None = None,
    seconds: Fraction = Fraction(0),
) -> Task:
    """Return a task with its recipe key. `needs` maps names of inputs to recipe keys or file hashes."""
    wanted = tuple(Need(name=name, key=key) for name, key in sorted((needs or {}).items()))
    key = recipe_key(request, tool, {need.name: need.key for need in wanted})
    return Task(
        label=label, kind=request.kind, tool=tool, request=request, needs=wanted, media_seconds=seconds, key=key
    )


def recipe_key(request: Request, tool: ToolInfo, inputs: Mapping[str, str]) -> str:
    """Return the digest of a request, the tool that serves it and what goes in, by keys or by content hashes."""
    return digest(request, {"tool": tool.name, "version": tool.version, "inputs": dict(inputs)})


def speak_task(episode: Episode, belt: Belt, line: Line) -> Task:
    """The reading of one line."""
    speaker = episode.the_world.character(line.speaker)
    if speaker.voice is None:
        raise ValueError(f"{speaker.name} has no voice")
    request = SpeakRequest(
        text=line.text,
        voice=speaker.voice,
        delivery=line.delivery,
        language=episode.brief.language,
        reading=line.reading,
        radio=line.channel in ON_AIR,
    )
    return task(f"{line.id}_R{line.reading}", belt.voice, request, seconds=episode.seconds_of(line))


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
    if not belt.footage:
        return {}
    known = _FOOTAGE.get("last")
    if known is None or known[0] is not episode or known[1] is not belt:
        # A plan asks this for every shot: found once for an episode, since no value of it ever changes.
        known = (episode, belt, choose(episode.shots, episode.the_world, belt.footage, episode.brief.format))
        _FOOTAGE["last"] = known
    return known[2]


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


def conform_task(
    episode: Episode, belt: Belt, at: Fraction, clip: Clip, stage: Stage, spoken: tuple[Caption, ...]
) -> Task:
    """The finished segment of one clip of V1 that shows a shot; `spoken` are the captions of the whole cut."""
    shot, world, frame = episode.shot(clip.media), episode.the_world, episode.brief.format
    wearer = world.character(shot.wearer) if shot.wearer else None
    burned = segment_captions(spoken, at, clip.seconds) if episode.mix.burn_captions else ()
    has_strip = any(c.media == f"strip:{shot.id}" for _, c in episode.the_cut.track("V2").placed())
    request = ConformRequest(
        shot=shot.id,
        format=frame,
        owner=shot.owner,
        agency=world.agency.name,
        show=episode.brief.show,
        unit=wearer.unit if wearer else None,
        inward=shot.owner == "dashcam" and world.place(shot.place).set == "car",
        name_strip=name_strip(episode, shot) if has_strip else None,
        clock=shot.clock,
        light=shot.light,
        # No rain on a lens that is indoors.
        weather="clear" if world.place(shot.place).interior else shot.weather,
        look=world.look,
        source_in_frames=frame.frames(clip.source_in),
        frames=frame.frames(clip.seconds),
        reversed=shot.reversed,
        captions=burned,
        ai_mark=at < MARKED_SECONDS,
        movement=shot.movement.kind,
        steps=carried_steps(shot, clip.seconds),
        seed=seed_from(episode.brief.effective_seed, shot.id, "finish"),
    )
    take = render_task(episode, belt, shot, stage)
    return task(f"{shot.id}", belt.finish, request, {"take": take.key}, clip.seconds)


def carried_steps(shot: Shot, seconds: Fraction) -> tuple[Fraction, ...]:
    """Return when whoever carries the camera sets a foot down, in seconds of the segment as it is shown."""
    own = [event.at - shot.trim_in for event in shot.events if isinstance(event, Step) and event.who == shot.wearer]
    shown = [at for at in own if 0 <= at < seconds]
    return tuple(sorted(seconds - at if shot.reversed else at for at in shown))


def name_strip(episode: Episode, shot: Shot) -> tuple[str, str]:
    """Return name and title of who is interviewed in a shot, beside whom things may stand. Raises `ValueError`."""
    people = {character.id: character for character in episode.the_world.characters}
    person = next((people[subject.id] for subject in shot.subjects if subject.id in people), None)
    if person is None:
        raise ValueError(f"nobody is in the shot {shot.id}")
    title = episode.the_world.agency.name if person.unit else person.role
    return person.name, title


def card_task(episode: Episode, belt: Belt, clip: Clip, credits: tuple[str, ...]) -> Task:
    """The title sting, the card that says what comes next week, or the end card."""
    kinds: dict[str, tuple[Literal["title", "next", "end"], tuple[str, ...]]] = {
        "title": ("title", ()),
        "next": ("next", (episode.the_script.next_week,)),
        "end": ("end", credits),
    }
    card, lines = kinds[clip.media]
    request = CardRequest(
        card=card,
        format=episode.brief.format,
        look=episode.the_world.look,
        show=episode.brief.show,
        title=episode.the_script.title,
        lines=lines,
        frames=episode.brief.format.frames(clip.seconds),
        seed=episode.brief.effective_seed,
    )
    return task(clip.media, belt.finish, request, seconds=clip.seconds)


def score_task(belt: Belt, cue: ScoredCue) -> Task:
    """The cue under one scene, or the music under a card."""
    return task(cue.media, belt.music, cue.request, seconds=cue.request.seconds)


def sound_task(episode: Episode, belt: Belt, scene: str) -> Task:
    """Dialogue, radio and effects of one scene."""
    start, length = scene_span(episode, scene)
    zero = start - SOUND_LEAD
    lines, beds = placed_lines(episode, scene, zero), placed_beds(episode, scene, zero)
    events = placed_events(episode, scene, zero)
    own = needed(events, beds, belt.sounds)
    request = SoundRequest(
        scene=scene,
        seconds=length + 2 * SOUND_LEAD,
        lines=lines,
        events=events,
        beds=beds,
        own=own,
        seed=seed_from(episode.brief.effective_seed, scene, "sound"),
    )
    needs = {f"line:{p.line}": speak_task(episode, belt, episode.line(p.line)).key for p in lines}
    needs |= {f"own:{sound.name}": sound.digest for sound in own}
    return task(f"{scene}:sound", belt.sound, request, needs, request.seconds)


def own_sounds(episode: Episode, belt: Belt) -> tuple[OwnSound, ...]:
    """Return the person's recordings that the episode's cut asks for, in order of their names."""
    if not belt.sounds:
        return ()
    found: dict[str, OwnSound] = {}
    for scene in episode.the_script.scenes:
        if any(clip.media.startswith(f"{scene.id}-") for _, clip in episode.the_cut.track("V1").placed()):
            request = sound_task(episode, belt, scene.id).request
            assert isinstance(request, SoundRequest)
            found |= {sound.name: sound for sound in request.own}
    return tuple(found[name] for name in sorted(found))


def assemble_task(episode: Episode, belt: Belt, parts: Mapping[str, Task], credits: tuple[str, ...]) -> Task:
    """The film; `parts` are the tasks that make its segments, sounds and cues, by media id."""
    cut, brief = episode.the_cut, episode.brief
    segments, needs = [], dict[str, str]()
    for _, clip in cut.track("V1").placed():
        name = f"segment:{clip.media}"
        segments.append(PlacedSegment(input=name, frames=brief.format.frames(clip.seconds)))
        needs[name] = parts[clip.media].key
    heard, sounds = sound_parts(episode, parts)
    request = AssembleRequest(
        format=brief.format,
        segments=tuple(segments),
        sounds=tuple(sounds),
        mix=episode.mix,
        title=episode.the_script.title,
        show=brief.show,
        season=episode.season,
        number=episode.number,
        summary=episode.the_script.logline,
        chapters=cut.chapters,
        made_by=credits[:-1],  # The last line is the AI notice, which the marking brings itself.
        composite=bool(footage_seen(episode, belt)),
    )
    return task("film", belt.assembly, request, needs | heard, cut.seconds)


def measure_task(episode: Episode, belt: Belt, film: Task) -> Task:
    """The look at the film."""
    cut = episode.the_cut
    placed = cut.track("V1").placed()
    request = MeasureRequest(
        seconds=cut.seconds,
        lines=measured_lines(cut),
        cards=tuple((at, at + clip.seconds) for at, clip in placed if clip.media in CARDS),
        cuts=tuple(at for at, _ in placed),
    )
    return task("film", belt.assembly, request, {"film": film.key}, cut.seconds)


def plan(episode: Episode, belt: Belt, stage: Stage = "final", credits: tuple[str, ...] = ()) -> Plan:
    """Return all work for the episode's cut as it stands. Raises `ValueError` when there is no cut yet."""
    cut = episode.the_cut
    spoken = captions(episode)
    made: dict[str, Task] = {}

    def add(new: Task) -> Task:
        return made.setdefault(new.key, new)

    for line in episode.the_script.lines:
        add(speak_task(episode, belt, line))
    parts: dict[str, Task] = {}
    for at, clip in cut.track("V1").placed():
        if clip.media in CARDS:
            parts[clip.media] = add(card_task(episode, belt, clip, credits))
            continue
        for step in render_tasks(episode, belt, episode.shot(clip.media), stage):
            add(step)
        parts[clip.media] = add(conform_task(episode, belt, at, clip, stage, spoken))
    for scene in episode.the_script.scenes:
        if any(clip.media.startswith(f"{scene.id}-") for _, clip in cut.track("V1").placed()):
            parts[f"{scene.id}:sound"] = add(sound_task(episode, belt, scene.id))
    for cue in score_plan(episode):
        parts[cue.media] = add(score_task(belt, cue))
    film = add(assemble_task(episode, belt, parts, credits))
    add(measure_task(episode, belt, film))
    return Plan(tasks=tuple(made.values()))
