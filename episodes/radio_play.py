"""The radio play: the same episode laid out for the ear, as an episode of its own with a cut of its own.

Scenes keep their inner timing, so their sounds and cues are the film's own wherever nothing is said between their
beats. Cards take no time; what they would say is said. The layout follows the real lengths of what is spoken.
"""

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from episodes.cut import Chapter, Clip, Cut, Gap, Track, TrackName, track_of
from episodes.episode import Cue, Episode
from episodes.narration import Narration, narrations, narrator
from episodes.script import Scene

START = Fraction(2, 5)
"""Silence before the notice, in seconds."""

AFTER_NOTICE, AFTER_SLATE, AFTER_ACTION = Fraction(7, 10), Fraction(3, 10), Fraction(2, 5)
"""Silence after each before the next voice."""

BREATH = Fraction(3, 10)
"""Between a line and what the narrator says after it."""

AFTER_SCENE, END = Fraction(1, 2), Fraction(1)
"""Silence between a scene and the next slate, and after everything."""

UNDER = Fraction(3, 2)
"""Most seconds of a scene that may pass under the end of the narrator's words before it."""

LEAD_IN = Fraction(1, 4)
"""How long before its slate a scene's place begins to be heard."""


_UNDER: tuple[TrackName, ...] = ("A3", "A4")
"""What goes on under a whole scene: effects and score."""


class _Opening(NamedTuple):
    """A moment of the film at which the play makes room for the narrator."""

    at: Fraction
    seconds: Fraction
    """Length of the room; 0 where the silence that is there is long enough."""
    says: Narration
    after: Fraction
    """Seconds from `at` to the narrator's first word."""
    earlier: frozenset[str]
    """Ids of the lines that are spoken before it."""


class _Layout:
    """What is laid so far."""

    def __init__(self) -> None:
        self.at = START
        self.tracks: dict[TrackName, list[tuple[Fraction, Clip]]] = {n: [] for n in ("V1", "A1", "A2", "A3", "A4")}
        self.cues: dict[str, Cue] = {}
        self.chapters: list[Chapter] = []

    def say(self, narration: Narration, seconds: Fraction, at: Fraction | None = None) -> Fraction:
        """Lay one narration, here or at a moment, and return its end."""
        start = self.at if at is None else at
        clip = Clip(id=f"A1:{narration.id}", media=narration.id, source_in=Fraction(0), seconds=seconds)
        self.tracks["A1"].append((start, clip))
        return start + seconds


def radio_play(episode: Episode) -> Episode:
    """Return the episode as a play: with the narrator in its cast, the narrations as lines, and the play's own cut.

    Its picture track has the shots where their sounds are, and gaps. Raises `ValueError` without a cut or a narrator.
    """
    cut, said = episode.the_cut, narrations(episode)
    speaking = _with_narrator(episode, said)
    lengths = {one.id: speaking.seconds_of(one.line) for one in said}
    layout = _Layout()
    layout.chapters.append(Chapter(at=Fraction(0), title=episode.the_script.title, scene=""))
    notice = said[0]
    layout.at = layout.say(notice, lengths[notice.id]) + AFTER_NOTICE
    waiting = [(at, clip) for at, clip in cut.track("V1").placed() if clip.media == "title"]
    for scene in _scenes(episode):
        start = cut.find(episode.shots_of(scene.id)[0].id)[0]
        if waiting and waiting[0][0] < start:
            _sting(layout, cut, "title")
            waiting = []
        _scene(layout, episode, scene, [one for one in said if one.scene == scene.id], lengths)
    for one in said:
        if one.kind == "next":
            _next_week(layout, cut, one, lengths[one.id])
    return speaking.model_copy(update={"cut": _cut(layout, layout.at + END), "cues": _cues(episode, layout)})


def sound_leads(play: Episode) -> Mapping[str, tuple[Fraction, Fraction]]:
    """Return start and length of the stretch before each scene of a play in which its place is already heard."""
    cut, found = play.the_cut, {}
    spoken = {clip.media: at for at, clip in cut.track("A1").placed()}
    for scene in _scenes(play):
        first = min(at for at, clip in cut.track("V1").placed() if clip.media.startswith(f"{scene.id}-"))
        begins = spoken[f"{scene.id}-N01"] - LEAD_IN
        found[scene.id] = (begins, first - begins)
    return found


def _with_narrator(episode: Episode, said: Iterable[Narration]) -> Episode:
    """Return the episode with the narrator among its people and the narrations before the lines of their scenes."""
    world = episode.the_world
    people = (*world.characters, narrator(episode))
    scenes = []
    for scene in episode.the_script.scenes:
        lines = tuple(one.line for one in said if one.scene == scene.id)
        first = scene.beats[0].model_copy(update={"lines": (*lines, *scene.beats[0].lines)})
        scenes.append(scene.model_copy(update={"beats": (first, *scene.beats[1:])}))
    return episode.model_copy(
        update={
            "world": world.model_copy(update={"characters": people}),
            "script": episode.the_script.model_copy(update={"scenes": tuple(scenes)}),
        }
    )


def _scenes(episode: Episode) -> tuple[Scene, ...]:
    """Return the scenes that the cut has pictures of."""
    shown = {clip.media.split("-")[0] for _, clip in episode.the_cut.track("V1").placed()}
    return tuple(scene for scene in episode.the_script.scenes if scene.id in shown)


def _sting(layout: _Layout, cut: Cut, card: str) -> Fraction:
    """Lay the music of a card here and return its end; the place moves on to it."""
    for _, clip in cut.track("A4").placed():
        if clip.media == f"{card}:score":
            layout.tracks["A4"].append((layout.at, clip))
            layout.at += clip.seconds
    return layout.at


def _next_week(layout: _Layout, cut: Cut, one: Narration, seconds: Fraction) -> None:
    began = layout.at
    stung = _sting(layout, cut, "next")
    # Said over the sting, once it has struck.
    layout.at = max(stung, layout.say(one, seconds, began + BREATH))


# ---- one scene -------------------------------------------------------------------------------------------------------


def _scene(
    layout: _Layout, episode: Episode, scene: Scene, said: list[Narration], lengths: Mapping[str, Fraction]
) -> None:
    """Lay slate, opening action and scene, with room for what is told between its beats."""
    form, cut = episode.brief.format, episode.the_cut
    clips = [(at, clip) for at, clip in cut.track("V1").placed() if clip.media.startswith(f"{scene.id}-")]
    voices = _voices(cut, scene)
    start = clips[0][0]
    slate = next(one for one in said if one.kind == "slate")
    layout.chapters.append(
        Chapter(at=layout.at, title=scene.title or episode.the_world.place(scene.place).name, scene=scene.id)
    )
    layout.at = layout.say(slate, lengths[slate.id]) + AFTER_SLATE
    told = {one.beat: one for one in said if one.kind == "action"}
    if (opening := told.pop(scene.beats[0].id, None)) is not None:
        layout.at = layout.say(opening, lengths[opening.id]) + AFTER_ACTION
    # The scene's first sounds may be under the narrator, its first voice may not: not even a transmission that begins
    # before its scene's picture does.
    silent = min((at - start for at, _, _ in voices), default=Fraction(0))
    earliest = max(layout.at - min(silent, UNDER), layout.chapters[-1].at)
    begins = Fraction(math.ceil(earliest * form.fps), form.fps)
    openings = _openings(episode, scene, told, lengths, voices)
    _lay_scene(layout, episode, scene, openings, begins - start)


def _voices(cut: Cut, scene: Scene) -> list[tuple[Fraction, Clip, TrackName]]:
    names: tuple[TrackName, ...] = ("A1", "A2")
    found = [(at, clip, name) for name in names for at, clip in cut.track(name).placed()]
    return sorted((v for v in found if v[1].media.startswith(f"{scene.id}-L")), key=lambda voice: voice[0])


def _openings(
    episode: Episode,
    scene: Scene,
    told: Mapping[str, Narration],
    lengths: Mapping[str, Fraction],
    voices: list[tuple[Fraction, Clip, TrackName]],
) -> list[_Opening]:
    """Return where the actions of later beats are told, with as much more room as each needs."""
    form, cut, found = episode.brief.format, episode.the_cut, list[_Opening]()
    starts = {clip.media: at for at, clip in cut.track("V1").placed()}
    first = min(starts[shot.id] for shot in episode.shots_of(scene.id) if shot.id in starts)
    earlier: set[str] = {line.id for line in scene.beats[0].lines}
    for beat in scene.beats[1:]:
        shots = [shot.id for shot in episode.shots_of(scene.id) if shot.beats[:1] == (beat.id,) and shot.id in starts]
        at = min((starts[shot] for shot in shots), default=first)
        # What begins with the scene has no moment of its own before which room could be made.
        if beat.id in told and at > first:
            spoken = max((head + clip.seconds for head, clip, _ in voices if clip.media in earlier), default=at)
            after = max(spoken + BREATH - at, Fraction(0))
            later = [head for head, clip, _ in voices if clip.media not in earlier]
            free = min(later, default=Fraction(10**6))
            needed = at + after + lengths[told[beat.id].id] + AFTER_ACTION - free
            room = Fraction(math.ceil(max(needed, Fraction(0)) * form.fps), form.fps)
            found.append(_Opening(at, room, told[beat.id], after, frozenset(earlier)))
        earlier |= {line.id for line in beat.lines}
    return sorted(found, key=lambda opening: opening.at)


def _lay_scene(layout: _Layout, episode: Episode, scene: Scene, openings: list[_Opening], shift: Fraction) -> None:
    """Lay the scene's tracks, moved to its place and opened where the narrator needs room."""
    cut = episode.the_cut
    whole = sum((opening.seconds for opening in openings), Fraction(0))

    def moved(at: Fraction) -> Fraction:
        return at + shift + sum((o.seconds for o in openings if o.at <= at), Fraction(0))

    ends, starts = [layout.at], []
    for at, clip in cut.track("V1").placed():
        if clip.media.startswith(f"{scene.id}-"):
            layout.tracks["V1"].append((moved(at), clip))
            starts.append(at)
            ends.append(moved(at) + clip.seconds)
    for at, clip, name in _voices(cut, scene):
        # By the story and not by the clock: a line that begins before its beat's picture waits with its beat.
        room = sum((o.seconds for o in openings if clip.media not in o.earlier), Fraction(0))
        layout.tracks[name].append((at + shift + room, clip))
        ends.append(at + shift + room + clip.seconds)
    room = Fraction(0)
    for opening in openings:
        layout.say(opening.says, episode.seconds_of(opening.says.line), opening.at + shift + room + opening.after)
        room += opening.seconds
    for name in _UNDER:
        for at, clip in cut.track(name).placed():
            if clip.media.split(":")[0] == scene.id:
                layout.tracks[name].append((moved(at), clip.model_copy(update={"seconds": clip.seconds + whole})))
    for cue in episode.cues:
        if cue.scene == scene.id:
            stops = tuple(moved(starts[0] + stop) - moved(starts[0]) for stop in cue.stops)
            layout.cues[scene.id] = cue.model_copy(update={"stops": stops})
    layout.at = max(ends) + AFTER_SCENE


def _cues(episode: Episode, layout: _Layout) -> tuple[Cue, ...]:
    return tuple(layout.cues.get(cue.scene, cue) for cue in episode.cues)


def _cut(layout: _Layout, end: Fraction) -> Cut:
    """Return the play's cut. Its picture track is as long as the play, with gaps where only a voice is heard."""
    tracks: list[Track] = []
    for name, placed in layout.tracks.items():
        track = track_of(name, sorted(placed, key=lambda item: item[0]))
        if name == "V1" and track.seconds < end:
            track = track.model_copy(update={"items": (*track.items, Gap(seconds=end - track.seconds))})
        tracks.append(track)
    return Cut(tracks=tuple(tracks), chapters=tuple(layout.chapters))
