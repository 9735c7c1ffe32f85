"""The cut as an OpenTimelineIO timeline, as editing programs open it."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from episodes.cut import Clip, Cut, Gap, TrackName
from episodes.episode import Episode
from episodes.format import SAMPLE_RATE
from episodes.notes import Note, Severity
from episodes.whole_file import replace_file
from tools.exports.media import Media

if TYPE_CHECKING:
    import opentimelineio as otio

TRACKS: tuple[tuple[TrackName, str], ...] = (
    ("V1", "shots"), ("V2", "overlays"), ("A1", "dialogue"), ("A2", "radio"), ("A3", "effects"), ("A4", "music"),
)  # fmt: skip

START_SECONDS = 3600
"""A programme starts at one hour by custom, so that leaders can stand before it."""

_COLOURS: dict[Severity, str] = {"remark": "BLUE", "minor": "YELLOW", "major": "ORANGE", "fatal": "RED"}


def write_otio(
    episode: Episode, cut: Cut, media: Mapping[str, Media], path: Path, notes: tuple[Note, ...] = ()
) -> None:
    """Write the timeline: all tracks, every clip with the whole of its media behind it, notes and chapters as markers.

    A clip whose media are not in `media` is written as missing, which editing programs show as offline. Raises
    `OutOfSpace`.
    """
    import opentimelineio as otio

    timeline = timeline_of(episode, cut, media, notes)
    replace_file(path, otio.adapters.write_to_string(timeline, "otio_json").encode())


def timeline_of(
    episode: Episode, cut: Cut, media: Mapping[str, Media], notes: tuple[Note, ...] = ()
) -> "otio.schema.Timeline":
    """Return the timeline as a value of the OpenTimelineIO library."""
    import opentimelineio as otio

    fps = episode.brief.format.fps
    timeline = otio.schema.Timeline(
        name=episode.the_script.title,
        global_start_time=otio.opentime.RationalTime(START_SECONDS * fps, fps),
        metadata={
            "ten_four": {
                "show": episode.brief.show, "season": episode.season, "number": episode.number,
                "identity": episode.brief.identity, "digital_source_type": "trainedAlgorithmicMedia",
            }
        },
    )  # fmt: skip
    for name, purpose in TRACKS:
        timeline.tracks.append(_track(episode, cut, name, purpose, media))
    _mark_chapters(timeline, cut, fps)
    for note in notes:
        _mark_note(timeline, cut, note, fps)
    return timeline


def _track(
    episode: Episode, cut: Cut, name: TrackName, purpose: str, media: Mapping[str, Media]
) -> "otio.schema.Track":
    import opentimelineio as otio

    rate = episode.brief.format.fps if name.startswith("V") else SAMPLE_RATE
    kind = otio.schema.TrackKind.Video if name.startswith("V") else otio.schema.TrackKind.Audio
    track = otio.schema.Track(name=name, kind=kind, metadata={"ten_four": {"purpose": purpose}})
    at = Fraction(0)
    for item in cut.track(name).items:
        # Lengths come from rounded ends, so that rounding never adds up along the track.
        length = _time(at + item.seconds, rate) - _time(at, rate)
        at += item.seconds
        if isinstance(item, Gap):
            track.append(otio.schema.Gap(duration=length))
        else:
            track.append(_clip(episode, item, length, rate, media.get(item.media)))
    return track


def _clip(
    episode: Episode, clip: Clip, length: "otio.opentime.RationalTime", rate: int, media: Media | None
) -> "otio.schema.Clip":
    import opentimelineio as otio

    reference: otio.schema.ExternalReference | otio.schema.MissingReference = otio.schema.MissingReference()
    start = Fraction(0)
    if media is not None:
        start = media.start
        available = otio.opentime.TimeRange(_time(start, rate), _time(media.seconds, rate))
        reference = otio.schema.ExternalReference(target_url=media.url, available_range=available)
    return otio.schema.Clip(
        name=_name(episode, clip),
        media_reference=reference,
        source_range=otio.opentime.TimeRange(_time(start + clip.source_in, rate), length),
        metadata={"ten_four": {"id": clip.id, "media": clip.media} | _about(episode, clip)},
        # The same stretch of the take, played backwards, as the finish does it.
        effects=[otio.schema.LinearTimeWarp(name="backwards", time_scalar=-1)] if _reversed(episode, clip) else [],
    )


def _reversed(episode: Episode, clip: Clip) -> bool:
    return any(shot.id == clip.media and shot.reversed for shot in episode.shots)


def _name(episode: Episode, clip: Clip) -> str:
    return next((shot.label for shot in episode.shots if shot.id == clip.media), clip.media)


def _about(episode: Episode, clip: Clip) -> dict[str, str]:
    """Return what an editor wants to know of a shot or a line without opening the script."""
    for shot in episode.shots:
        if shot.id == clip.media:
            return {"scene": shot.scene, "take": str(shot.take), "prompt": shot.prompt, "camera": shot.owner,
                    "size": shot.size, "handles_seconds": str(clip.source_in)}  # fmt: skip
    for line in episode.the_script.lines:
        if line.id == clip.media:
            return {"speaker": line.speaker, "channel": line.channel, "text": line.text, "reading": str(line.reading)}
    return {}


def _mark_chapters(timeline: "otio.schema.Timeline", cut: Cut, fps: int) -> None:
    for chapter in cut.chapters:
        _mark(timeline.tracks, chapter.title, chapter.at, fps, "GREEN", {"chapter": chapter.scene})


def _mark_note(timeline: "otio.schema.Timeline", cut: Cut, note: Note, fps: int) -> None:
    about = {"note": note.id, "target": note.target, "severity": note.severity, "author": note.author, "fix": note.fix}
    at = next((at for name, _ in TRACKS for at, clip in cut.track(name).placed() if _concerns(note, clip)), Fraction(0))
    _mark(timeline.tracks, note.finding, at, fps, _COLOURS[note.severity], about)


def _concerns(note: Note, clip: Clip) -> bool:
    """Say whether a note is about a clip: by its id or its media's, or by the scene that its media belongs to."""
    return note.target in (clip.id, clip.media) or clip.media.startswith((f"{note.target}-", f"{note.target}:"))


def _mark(item: "otio.schema.Stack", name: str, at: Fraction, fps: int, colour: str, about: dict[str, str]) -> None:
    import opentimelineio as otio

    at_frame = otio.opentime.TimeRange(_time(at, fps), otio.opentime.RationalTime(1, fps))
    item.markers.append(
        otio.schema.Marker(name=name, marked_range=at_frame, color=colour, metadata={"ten_four": about})
    )


def _time(seconds: Fraction, rate: int) -> "otio.opentime.RationalTime":
    import opentimelineio as otio

    return otio.opentime.RationalTime(round(seconds * rate), rate)
