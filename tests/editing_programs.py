"""Edits as editing programs save them again: what each keeps of ours, and what it makes of the rest."""

import copy
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import opentimelineio as otio

from episodes.episode import Episode
from tools.exports.media import Media
from tools.exports.otio import timeline_of

T = otio.opentime.RationalTime


def fresh(episode: Episode) -> "otio.schema.Timeline":
    """Our own edit, with media where the delivery puts them."""
    media = {}
    for track in episode.the_cut.tracks:
        for _, clip in track.placed():
            label = next((shot.label for shot in episode.shots if shot.id == clip.media), clip.media)
            sound = not track.name.startswith("V")
            label += "_R1" if "-L" in clip.media else ""
            folder = label.replace(":effects", "-sound").replace(":", "-")
            path = f"takes/{folder}.0123456789abcdef/{'line.wav' if sound else 'take.mov'}"
            if clip.media.startswith("strip:"):
                path = f"overlays/{clip.media.removeprefix('strip:')}.png"
            media[clip.media] = Media(path=path, seconds=clip.seconds + 2 * clip.source_in)
    return timeline_of(episode, episode.the_cut, media)


def saved(timeline: "otio.schema.Timeline", path: Path) -> Path:
    otio.adapters.write_to_file(timeline, str(path), adapter_name="otio_json")
    return path


def clips_of(timeline: "otio.schema.Timeline", track: str) -> "list[otio.schema.Clip]":
    return [item for item in track_of(timeline, track) if isinstance(item, otio.schema.Clip)]


def track_of(timeline: "otio.schema.Timeline", name: str) -> "otio.schema.Track":
    return next(track for track in timeline.tracks if track.name == name)


def find(timeline: "otio.schema.Timeline", media: str) -> "otio.schema.Clip":
    return next(clip for clip in timeline.find_clips() if dict(clip.metadata.get("ten_four", {})).get("media") == media)


def trim(clip: "otio.schema.Clip", head: Fraction, tail: Fraction) -> None:
    """Cut seconds off either end."""
    rate = clip.source_range.start_time.rate
    start, length = clip.source_range.start_time, clip.source_range.duration
    clip.source_range = otio.opentime.TimeRange(
        start + T(float(head) * rate, rate), length - T(float(head + tail) * rate, rate)
    )


def reorder(track: "otio.schema.Track", order: Callable[[list[Any]], list[Any]]) -> None:
    items = list(track)
    while len(track):
        track.pop(0)
    for item in order(items):
        track.append(item)


# ---- what programs make of it ----------------------------------------------------------------------------------------


def _items(timeline: "otio.schema.Timeline") -> Iterator[Any]:
    for track in timeline.tracks:
        yield track
        yield from track


def _at_rate(item: Any, rate: float) -> None:
    found = item.source_range
    item.source_range = otio.opentime.TimeRange(
        T(round(found.start_time.rescaled_to(rate).value), rate), T(round(found.duration.rescaled_to(rate).value), rate)
    )


def as_is(timeline: "otio.schema.Timeline") -> "otio.schema.Timeline":
    """OpenTimelineIO's own tools: everything is kept."""
    return timeline


def resolve(timeline: "otio.schema.Timeline") -> "otio.schema.Timeline":
    """Other track names, its own metadata for ours, timecodes of files, clips called by their files, whole frames."""
    timeline = copy.deepcopy(timeline)
    counts = {"Video": 0, "Audio": 0}
    for item in _items(timeline):
        item.metadata.clear()
        item.metadata["Resolve_OTIO"] = {"Locked": False}
        if isinstance(item, otio.schema.Track):
            counts[item.kind] += 1
            item.name = f"{item.kind} {counts[item.kind]}"
            continue
        _at_rate(item, 24)
        if isinstance(item, otio.schema.Clip):
            url = item.media_reference.target_url
            item.name = url.rsplit("/", 1)[-1]
            hour = T(3600 * 24, 24)
            whole = item.media_reference.available_range
            item.media_reference = otio.schema.ExternalReference(
                target_url=f"file:///D:/Shows/Night%20Shift/{url}",
                available_range=otio.opentime.TimeRange(hour, whole.duration.rescaled_to(24)),
            )
            item.source_range = otio.opentime.TimeRange(item.source_range.start_time + hour, item.source_range.duration)
    timeline.tracks.markers.clear()
    return timeline


def kdenlive(timeline: "otio.schema.Timeline") -> "otio.schema.Timeline":
    """No metadata of ours, media by path, guides with a name in place of our markers, tracks from below, one more."""
    timeline = copy.deepcopy(timeline)
    for item in _items(timeline):
        item.metadata.clear()
    for marker in timeline.tracks.markers:
        marker.metadata.clear()
    timeline.tracks.append(otio.schema.Track(name="A5", kind="Audio"))
    timeline.tracks.insert(2, otio.schema.Track(name="V3", kind="Video"))
    return timeline


def by_name_alone(timeline: "otio.schema.Timeline") -> "otio.schema.Timeline":
    """Media offline, metadata gone, names kept, another rate: what goes through an exchange of several programs."""
    timeline = copy.deepcopy(timeline)
    for item in _items(timeline):
        item.metadata.clear()
        if isinstance(item, otio.schema.Clip):
            item.media_reference = otio.schema.MissingReference()
            item.name += ".mov"
        if not isinstance(item, otio.schema.Track):
            _at_rate(item, 48 if item.source_range.start_time.rate < 1000 else 48_000)
    return timeline


def nested(timeline: "otio.schema.Timeline") -> "otio.schema.Timeline":
    """Half of the picture in a compound clip of its own."""
    timeline = copy.deepcopy(timeline)
    track = timeline.tracks[0]
    items = list(track)[4:12]
    inner = otio.schema.Track(name="inner", kind="Video")
    for item in items:
        track.remove(item)
        inner.append(item)
    track.insert(4, otio.schema.Stack(name="compound", children=[inner]))
    return timeline


PROGRAMS = (as_is, resolve, kdenlive, by_name_alone, nested)
