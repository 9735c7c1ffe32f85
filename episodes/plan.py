"""The plan: every piece of work that an episode needs, as tasks with recipe keys, known before anything is made.

The plan is a pure function of the episode and of the tools that will serve it. Staleness, resume, prices and the
blast radius of an edit are all differences of two plans.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from episodes.captions import Caption, captions, segment_captions
from episodes.cut import CARDS, Clip
from episodes.episode import Episode
from episodes.film_requests import AssembleRequest, MeasureRequest, MixRequest, PlacedSegment
from episodes.placing import (
    SOUND_LEAD,
    measured_lines,
    placed_beds,
    placed_events,
    placed_lines,
    scene_span,
    siren_headroom,
    sound_parts,
)
from episodes.recordings import needed
from episodes.requests import CardRequest, ConformRequest, OwnSound, SoundRequest
from episodes.scoring import ScoredCue, score_plan
from episodes.shots import Shot, Step
from episodes.take_plan import footage_seen, render_task, render_tasks, speak_task
from episodes.tasks import Task
from episodes.value import seed_from
from episodes.work import Belt, Plan, Stage, task

MARKED_SECONDS = Fraction(4)
"""The on-screen AI mark stands in every segment that starts within this time."""


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


def mix_task(episode: Episode, belt: Belt, parts: Mapping[str, Task]) -> Task:
    """The film's whole sound; `parts` are the tasks that make its sounds and cues, by media id."""
    needs, sounds = sound_parts(episode, parts)
    frame = episode.brief.format
    # As long as the segments are: whole frames, one by one.
    frames = sum(frame.frames(clip.seconds) for _, clip in episode.the_cut.track("V1").placed())
    seconds = frames * frame.frame
    request = MixRequest(
        sounds=tuple(sounds), mix=episode.mix.levels, seconds=seconds, headroom=siren_headroom(episode)
    )
    return task("film", belt.assembly, request, needs, seconds)


def assemble_task(episode: Episode, belt: Belt, parts: Mapping[str, Task], mix: Task, credits: tuple[str, ...]) -> Task:
    """The film; `parts` are the tasks that make its segments, by media id, and `mix` that of its sound."""
    cut, brief = episode.the_cut, episode.brief
    segments, needs = [], {"mix": mix.key}
    for _, clip in cut.track("V1").placed():
        name = f"segment:{clip.media}"
        segments.append(PlacedSegment(input=name, frames=brief.format.frames(clip.seconds)))
        needs[name] = parts[clip.media].key
    request = AssembleRequest(
        format=brief.format,
        segments=tuple(segments),
        title=episode.the_script.title,
        show=brief.show,
        season=episode.season,
        number=episode.number,
        summary=episode.the_script.logline,
        chapters=cut.chapters,
        made_by=credits[:-1],  # The last line is the AI notice, which the marking brings itself.
        composite=bool(footage_seen(episode, belt)),
    )
    return task("film", belt.assembly, request, needs, cut.seconds)


def measure_task(episode: Episode, belt: Belt, film: Task, mix: Task) -> Task:
    """The look at the film."""
    cut = episode.the_cut
    placed = cut.track("V1").placed()
    request = MeasureRequest(
        seconds=cut.seconds,
        lines=measured_lines(cut),
        cards=tuple((at, at + clip.seconds) for at, clip in placed if clip.media in CARDS),
        cuts=tuple(at for at, _ in placed),
    )
    return task("film", belt.assembly, request, {"film": film.key, "mix": mix.key}, cut.seconds)


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
    mix = add(mix_task(episode, belt, parts))
    film = add(assemble_task(episode, belt, parts, mix, credits))
    add(measure_task(episode, belt, film, mix))
    return Plan(tasks=tuple(made.values()))
