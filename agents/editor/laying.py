"""Laying the cut: shots, titles, voices, effects and score on their tracks, from planned lengths alone."""

from fractions import Fraction
from typing import NamedTuple

from episodes.airtime import AIR_GAP
from episodes.cut import Chapter, Clip, Cut, Track, track_of
from episodes.episode import Episode
from episodes.format import HANDLE_FRAMES
from episodes.script import ON_AIR, Line
from episodes.shots import Mouth, Shot

TITLE_SECONDS, NEXT_SECONDS, END_SECONDS = Fraction(5, 2), Fraction(5, 2), Fraction(7, 2)
"""Length of the title sting, of the card that says what comes next week, and of the end card."""

STRIP_SECONDS = Fraction(3)
"""Longest time for which a name strip stands."""

_J_CUT, _HOLD = Fraction(2, 5), Fraction(2, 5)


class _Voice(NamedTuple):
    at: Fraction
    seconds: Fraction
    line: Line
    scene_start: Fraction
    opens: bool
    """Whether it is the first line of its scene, on the air, and moves nobody's mouth."""


def lay(episode: Episode) -> Cut:
    """Return the timeline of the episode: cold open, title, the other scenes, next week, end card.

    Raises `ValueError` for an episode without script or shots.
    """
    if not episode.shots:
        raise ValueError("this episode has no shots yet")
    picture = _picture(episode)
    starts = {clip.media: at for at, clip in picture}
    scenes = _scenes(episode, starts)
    voices = _spread(_ahead(_voices(episode, starts, scenes)))
    return Cut(
        tracks=(
            track_of("V1", picture),
            track_of("V2", _strips(episode, starts)),
            _track_of_voices("A1", [voice for voice in voices if voice.line.channel not in ON_AIR]),
            _track_of_voices("A2", [voice for voice in voices if voice.line.channel in ON_AIR]),
            track_of("A3", [(at, _clip("A3", f"{name}:effects", length)) for name, (at, length) in scenes.items()]),
            track_of("A4", _score(episode, starts, scenes)),
        ),
        chapters=_chapters(episode, scenes),
    )


def bounds(episode: Episode) -> tuple[float, float]:
    """Return the shortest and longest running time in seconds: a fifth to either side; 60 to 100 s by default.

    A film that carries facts of sources may be a quarter longer than asked for.
    """
    minutes = episode.brief.minutes
    shortest, longest = (60.0, 100.0) if minutes == 1.5 else (minutes * 48, minutes * 72)
    return shortest, minutes * 75 if episode.facts is not None and episode.facts.facts else longest


def shot_starts(cut: Cut) -> dict[str, Fraction]:
    """Return where each shot or card starts in the film, in seconds."""
    return {clip.media: at for at, clip in cut.track("V1").placed()}


def shown(episode: Episode, shot: Shot) -> Fraction:
    """Return the length for which a shot is shown, in whole frames and at least one."""
    form = episode.brief.format
    return max(form.snap(shot.shown_seconds), form.frame)


def _picture(episode: Episode) -> list[tuple[Fraction, Clip]]:
    form = episode.brief.format
    order: list[Shot | None] = []
    names = [scene.id for scene in episode.the_script.scenes if episode.shots_of(scene.id)]
    for place, name in enumerate(names):
        # One scene alone has no cold open: it gets its title in front.
        title_here = place == (1 if len(names) > 1 else 0)
        order += [None] if title_here else []
        order += episode.shots_of(name)
    at, placed = Fraction(0), []
    for shot in order:
        if shot is None:
            clip = _clip("V1", "title", form.snap(TITLE_SECONDS))
        else:
            head = Fraction(HANDLE_FRAMES, form.fps) + form.snap(shot.trim_in)
            clip = Clip(id=f"V1:{shot.id}", media=shot.id, source_in=head, seconds=shown(episode, shot))
        placed.append((at, clip))
        at += clip.seconds
    # It is the first thing that a film goes without when time is short.
    room = Fraction(bounds(episode)[1]) - at - NEXT_SECONDS - END_SECONDS
    if episode.the_script.next_week and room >= 0:
        placed.append((at, _clip("V1", "next", form.snap(NEXT_SECONDS))))
        at += placed[-1][1].seconds
    placed.append((at, _clip("V1", "end", form.snap(END_SECONDS))))
    return placed


def _scenes(episode: Episode, starts: dict[str, Fraction]) -> dict[str, tuple[Fraction, Fraction]]:
    """Return start and length of each scene's picture, in order of the film."""
    found = {}
    for scene in episode.the_script.scenes:
        shots = episode.shots_of(scene.id)
        if shots:
            length = sum((shown(episode, shot) for shot in shots), Fraction(0))
            found[scene.id] = (starts[shots[0].id], length)
    return found


def _voices(
    episode: Episode, starts: dict[str, Fraction], scenes: dict[str, tuple[Fraction, Fraction]]
) -> list[_Voice]:
    """Return every line once, where its shot hears it first; cues of lines that are gone are passed over."""
    lines = {line.id: line for line in episode.the_script.lines}
    form, found = episode.brief.format, {}
    seen = {event.line for shot in episode.shots for event in shot.events if isinstance(event, Mouth)}
    first = {scene.id: scene.lines[0].id for scene in episode.the_script.scenes if scene.lines}
    for shot in episode.shots:
        for cue in shot.cues:
            line = lines.get(cue.line)
            if line is None or line.id in found or shot.id not in starts:
                continue
            at = max(starts[shot.id] + cue.at - form.snap(shot.trim_in), Fraction(0))
            opens = first.get(shot.scene) == line.id and line.channel in ON_AIR and line.id not in seen
            found[line.id] = _Voice(at, episode.seconds_of(line), line, scenes[shot.scene][0], opens)
    return sorted(found.values(), key=lambda voice: voice.at)


def _ahead(voices: list[_Voice]) -> list[_Voice]:
    """Let a scene's first transmission begin before its picture does, where the voice before it leaves room."""
    moved: list[_Voice] = []
    for voice in voices:
        if voice.opens and voice.scene_start > 0:
            free = max((before.at + before.seconds for before in moved), default=Fraction(0))
            wished = max(voice.scene_start - _J_CUT, free + _HOLD, _air_free(moved))
            # Only a real overlap of the cut counts; a later start would be no J-cut.
            voice = voice._replace(at=wished) if wished < min(voice.scene_start, voice.at) else voice
        moved.append(voice)
    return moved


def _spread(voices: list[_Voice]) -> list[_Voice]:
    """Push later lines by the smallest amount that keeps two voices from sounding at once, and the air free."""
    spread: list[_Voice] = []
    for voice in sorted(voices, key=lambda voice: voice.at):
        at = max(voice.at, spread[-1].at + spread[-1].seconds) if spread else voice.at
        spread.append(voice._replace(at=max(at, _air_free(spread)) if voice.line.channel in ON_AIR else at))
    return spread


def _air_free(before: list[_Voice]) -> Fraction:
    """Return the earliest moment at which the next line may be said on the air."""
    aired = (voice for voice in before if voice.line.channel in ON_AIR)
    return max((voice.at + voice.seconds + AIR_GAP for voice in aired), default=Fraction(0))


def _track_of_voices(name: str, voices: list[_Voice]) -> Track:
    placed = [(voice.at, _clip(name, voice.line.id, voice.seconds)) for voice in voices]
    return track_of("A1" if name == "A1" else "A2", placed)


def _strips(episode: Episode, starts: dict[str, Fraction]) -> list[tuple[Fraction, Clip]]:
    """Return a name strip over the first interview shot of each person in each scene."""
    known, found = {character.id for character in episode.the_world.characters}, []
    named: set[tuple[str, str]] = set()
    for shot in episode.shots:
        people = [subject.id for subject in shot.subjects if subject.id in known]
        if shot.owner != "interview" or len(people) != 1 or (shot.scene, people[0]) in named:
            continue
        if shot.id in starts:
            named.add((shot.scene, people[0]))
            length = min(episode.brief.format.snap(STRIP_SECONDS), shown(episode, shot))
            found.append((starts[shot.id], _clip("V2", f"strip:{shot.id}", length)))
    return sorted(found, key=lambda item: item[0])


def _score(
    episode: Episode, starts: dict[str, Fraction], scenes: dict[str, tuple[Fraction, Fraction]]
) -> list[tuple[Fraction, Clip]]:
    """Return the music: one cue under each card and each scene, but for the scenes that are to have none."""
    form = episode.brief.format
    lengths = {"title": TITLE_SECONDS, "next": NEXT_SECONDS, "end": END_SECONDS}
    cards = [
        (starts[card], _clip("A4", f"{card}:score", form.snap(seconds)))
        for card, seconds in lengths.items()
        if card in starts
    ]
    silent = {cue.scene for cue in episode.cues if cue.silent}
    cues = [(at, _clip("A4", f"{name}:score", long)) for name, (at, long) in scenes.items() if name not in silent]
    return sorted([*cards, *cues], key=lambda item: item[0])


def _chapters(episode: Episode, scenes: dict[str, tuple[Fraction, Fraction]]) -> tuple[Chapter, ...]:
    places = {place.id: place.name for place in episode.the_world.places}
    script = episode.the_script
    return tuple(
        Chapter(at=at, title=script.scene(name).title or places.get(script.scene(name).place, name), scene=name)
        for name, (at, _) in scenes.items()
    )


def _clip(track: str, media: str, seconds: Fraction) -> Clip:
    return Clip(id=f"{track}:{media}", media=media, source_in=Fraction(0), seconds=seconds)
