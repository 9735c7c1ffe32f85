"""Reads an edit back, ours or one that an editing program saved again: OpenTimelineIO, and CMX 3600 lists."""

import math
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from episodes.cut import CARDS
from episodes.episode import Episode
from episodes.errors import InputRefused
from episodes.returned_timeline import ReadClip, ReadGap, ReadMarker, ReadTimeline
from tools.exports.edl import timecode_rate
from tools.exports.levels_reading import gain_of
from tools.exports.shots_csv_reading import decoded

if TYPE_CHECKING:
    import opentimelineio as otio

MOST_BYTES = 64_000_000
"""Largest edit that is read; ours has a few hundred kilobytes."""

_DEEPEST = 100
"""Brackets within brackets of a file that is read: its reader is written in C++ and dies of 20,000."""

_MOST_CLIPS = 5_000

_LONGEST = Fraction(24 * 3600)
"""Seconds beyond which a time is nonsense."""


def read_otio(path: Path, episode: Episode) -> ReadTimeline:
    """Return what lies where in an edit.

    Args:
        path: an `.otio` file, or an `.edl`.
        episode: whose shots and sounds the clips are matched with: by our id, then by name, then by file.

    Raises:
        InputRefused: it can't be read, or is no edit.
    """
    import opentimelineio as otio

    text = decoded(path, MOST_BYTES)
    is_list = path.suffix.casefold() == ".edl"
    timeline = _edl(text, path, episode) if is_list else _otio(text, path)
    if isinstance(timeline, otio.schema.SerializableCollection):
        found = [one for one in timeline if isinstance(one, otio.schema.Timeline)]
        timeline = found[0] if found else None
    if not isinstance(timeline, otio.schema.Timeline):
        raise InputRefused(f"{path.name} holds no timeline; export one from the editing program as OpenTimelineIO.")
    read = _Reader(episode).read(timeline)
    if len(read.clips) > _MOST_CLIPS:
        raise InputRefused(f"{path.name} holds {len(read.clips)} clips, more than any episode; it is another edit.")
    # The adapter for lists puts sounds one behind the other, wherever they stood.
    return read.model_copy(update={"sound": False, "overlays": False}) if is_list else read


def _otio(text: str, path: Path) -> Any:
    import opentimelineio as otio

    if text.startswith("PK\x03\x04"):
        raise InputRefused(f"{path.name} is a packed file (.otioz?); export it as plain .otio.")
    if _depth(text) > _DEEPEST:
        raise InputRefused(f"{path.name} is nested deeper than any edit is; export it anew from the editing program.")
    try:
        return otio.adapters.read_from_string(text, "otio_json")
    except Exception as error:
        raise InputRefused(f"{path.name} is no OpenTimelineIO file: {_reason(error)}.") from error


def _edl(text: str, path: Path, episode: Episode) -> Any:
    import opentimelineio as otio

    rate = timecode_rate(episode.brief.format.fps)
    try:
        return otio.adapters.read_from_string(text, "cmx_3600", rate=rate, ignore_timecode_mismatch=True)
    except Exception as error:
        raise InputRefused(f"{path.name} is no CMX 3600 list: {_reason(error)}.") from error


def _reason(error: Exception) -> str:
    words = " ".join(str(error).split()).removeprefix("JSON parse error while reading: ")
    place = re.search(r"\(?(?:near )?line (\d+)", words)
    if place:
        return f"it can't be understood at line {place[1]}"
    return words[:160].rstrip(".") or type(error).__name__


def _depth(text: str) -> int:
    """Return how many brackets of a JSON text stand within one another."""
    depth = deepest = 0
    quoted = False
    for match in re.finditer(r'\\.|["\[\]{}]', text):
        mark = match[0]
        if mark == '"':
            quoted = not quoted
        elif not quoted and mark in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif not quoted and mark in "]}":
            depth -= 1
    return deepest


class _Placed(NamedTuple):
    """A clip and where its track shows it: when, and from where in its own time for how long."""

    at: Fraction
    begin: Fraction
    seconds: Fraction
    clip: Any


class _Reader:
    """Reads one timeline against the media of one episode."""

    def __init__(self, episode: Episode) -> None:
        self.episode = episode
        cut = episode.cut
        self.media = {clip.media for track in cut.tracks for _, clip in track.placed()} if cut else set()
        self.media |= {shot.id for shot in episode.shots} | {line.id for line in episode.the_script.lines} | {*CARDS}
        # A file lies in a folder that is called after its task: `S02-04_T1.3fc2…`, `S02-score.9ab0…`.
        self.media |= {f"strip:{shot.id}" for shot in episode.shots}
        self.labels = {name.replace(":", "-"): name for name in self.media} | {name: name for name in self.media}
        self.labels |= {f"{scene.id}-sound": f"{scene.id}:effects" for scene in episode.the_script.scenes}
        ids = sorted((shot.id for shot in episode.shots), key=len, reverse=True)
        self.shot_in_name = (
            re.compile(rf"(?<![\w:-])({'|'.join(map(re.escape, ids))})(?![0-9-])", re.I) if ids else None
        )

    def read(self, timeline: "otio.schema.Timeline") -> ReadTimeline:
        import opentimelineio as otio

        tracks = [track for track in timeline.tracks if isinstance(track, otio.schema.Track)]
        picture = [track for track in tracks if track.kind == otio.schema.TrackKind.Video]
        sound = [track for track in tracks if track.kind == otio.schema.TrackKind.Audio]
        names = _names(picture, "V") | _names(sound, "A")
        clips, gaps, dissolves = [], [], []
        marks = [*self._marks(timeline.tracks, Fraction(0), Fraction(0))]
        for track in (*picture, *sound):
            marks += self._marks(track, Fraction(0), Fraction(0))
            for placed in _places(track):
                if isinstance(placed.clip, otio.schema.Clip):
                    if getattr(track, "enabled", True):
                        clips.append(self._clip(placed, names[id(track)], track in picture))
                    marks += self._marks(placed.clip, placed.at, placed.begin)
                elif isinstance(placed.clip, otio.schema.Transition):
                    dissolves += [placed.at] if track in picture else []
                elif picture and track is picture[0]:
                    gaps.append(ReadGap(at=placed.at, seconds=placed.seconds))
        gains = [(names[id(track)], gain_of(track.effects)) for track in sound]
        return ReadTimeline(
            clips=tuple(clips), gaps=tuple(gaps), transitions=tuple(dissolves), markers=tuple(dict.fromkeys(marks)),
            gains=tuple((name, db) for name, db in gains if db is not None), sound=bool(sound),
            overlays=len(picture) > 1,
        )  # fmt: skip

    def _clip(self, placed: _Placed, track: str, picture: bool) -> ReadClip:
        clip, file = placed.clip, _file(placed.clip)
        media, known_by = self._known(clip, file, picture)
        return ReadClip(
            track=track, picture=picture, media=media, known_by=known_by, name=" ".join(clip.name.split()),
            file=file.rsplit("/", 1)[-1], at=placed.at, source_in=placed.begin - _first(clip, placed.begin),
            seconds=placed.seconds, speed=_speed(clip), enabled=bool(getattr(clip, "enabled", True)),
            gain_db=None if picture else gain_of(clip.effects),
        )  # fmt: skip

    def _known(self, clip: Any, file: str, picture: bool) -> tuple[str, str]:
        """Return which of the episode's media a clip shows, and by what it was known."""
        ours = _ten_four(clip).get("media", "")
        if ours in self.media:
            return str(ours), "id"
        folder, _, last = file.rpartition("/")
        if folder.rsplit("/", 1)[-1] == "overlays" and f"strip:{_stem(last)}" in self.media:
            # A strip's file is called after the shot that it lies over.
            return f"strip:{_stem(last)}", "file"
        if (known := self.labels.get(_stem(clip.name))) is not None:
            return known, "name"
        if (found := self._named(_stem(clip.name), picture)) is not None:
            return found, "part"
        for part in (_stem(last), folder.rsplit("/", 1)[-1].rsplit(".", 1)[0]):
            if (found := self._named(part, picture)) is not None:
                return found, "file"
        return "", ""

    def _named(self, name: str, picture: bool) -> str | None:
        plain = name.strip()
        known = self.labels.get(plain) or self.labels.get(re.sub(r"_[TR]\d+$", "", plain))
        if known is None and picture and self.shot_in_name is not None and (match := self.shot_in_name.search(plain)):
            known = next(shot.id for shot in self.episode.shots if shot.id.casefold() == match[1].casefold())
        return known

    def _marks(self, item: Any, at: Fraction, begin: Fraction) -> Iterator[ReadMarker]:
        """Return the person's marks on an item; ours have our metadata, or say what a chapter of ours says."""
        chapters = {chapter.title for chapter in self.episode.cut.chapters} if self.episode.cut else set()
        for mark in item.markers:
            said = [" ".join(text.split()) for text in (mark.name, getattr(mark, "comment", ""), _note(mark)) if text]
            text = ": ".join(dict.fromkeys(one for one in said if one))
            if text and not _ten_four(mark) and text not in chapters:
                yield ReadMarker(at=at + _seconds(mark.marked_range.start_time) - begin, text=text)


def _names(tracks: list[Any], letter: str) -> dict[int, str]:
    """Return what each track is called: as we call it where its name or our metadata tells, else by its place."""
    purposes = {"dialogue": "A1", "radio": "A2", "effects": "A3", "music": "A4", "shots": "V1", "overlays": "V2"}
    found = {}
    for number, track in enumerate(tracks, 1):
        plain = track.name.strip().upper()
        purpose = purposes.get(str(_ten_four(track).get("purpose", "")))
        found[id(track)] = purpose or (plain if re.fullmatch(rf"{letter}\d", plain) else f"{letter}{number}")
    return found


def _places(track: Any, begin: Fraction = Fraction(0), most: Fraction = _LONGEST) -> Iterator[_Placed]:
    """Return what lies where on a track, nested edits opened, as far as `begin` and `most` of it are shown."""
    import opentimelineio as otio

    at = Fraction(0)
    for item in track:
        if isinstance(item, otio.schema.Transition):
            yield _Placed(at - begin, Fraction(0), Fraction(0), item)
            continue
        start, seconds = _range(item)
        shown, end = max(at, begin), min(at + seconds, begin + most)
        if end > shown:
            place = _Placed(shown - begin, start + shown - at, end - shown, item)
            yield from _opened(place) if isinstance(item, otio.core.Composition) else (place,)
        at += seconds


def _opened(place: _Placed) -> Iterator[_Placed]:
    """Return what a nested edit shows, layer by layer; gaps in a layer let the one below be seen, so they are none."""
    import opentimelineio as otio

    stack = isinstance(place.clip, otio.schema.Stack)
    for layer in place.clip if stack else (place.clip,):
        if not isinstance(layer, otio.schema.Track):
            start, seconds = _range(layer)
            items: Iterator[_Placed] = iter(
                (_Placed(Fraction(0), start + place.begin, min(seconds, place.seconds), layer),)
            )
        else:
            items = _places(layer, place.begin, place.seconds)
        for item in items:
            if not isinstance(item.clip, otio.schema.Gap):
                yield item._replace(at=item.at + place.at)


def _range(item: Any) -> tuple[Fraction, Fraction]:
    """Return where an item begins in its own time and how long it is; an item without length is none."""
    try:
        found = item.trimmed_range()
    except Exception:  # noqa: BLE001  (the library raises whatever its C++ side finds)
        return Fraction(0), Fraction(0)
    return _seconds(found.start_time), max(_seconds(found.duration), Fraction(0))


def _seconds(time: "otio.opentime.RationalTime") -> Fraction:
    value, rate = float(time.value), float(time.rate)
    if not (math.isfinite(value) and math.isfinite(rate)) or rate <= 0:
        return Fraction(0)
    seconds = (Fraction(value) / Fraction(rate)).limit_denominator(192_000)
    return max(min(seconds, _LONGEST), -_LONGEST)


def _first(clip: Any, begin: Fraction) -> Fraction:
    """Return the time of the first frame of a clip's file: programs count from the timecode of the camera."""
    available = getattr(clip.media_reference, "available_range", None)
    start = _seconds(available.start_time) if available is not None else Fraction(0)
    return start if begin >= start else Fraction(0)


def _speed(clip: Any) -> float:
    import opentimelineio as otio

    speed = 1.0
    for effect in clip.effects:
        if isinstance(effect, otio.schema.FreezeFrame):
            return 0.0
        if isinstance(effect, otio.schema.LinearTimeWarp) and math.isfinite(effect.time_scalar):
            speed *= effect.time_scalar
    return round(speed, 4)


def _file(clip: Any) -> str:
    """Return the path behind a clip with `/` between folders; empty when there is none."""
    url = getattr(clip.media_reference, "target_url", None) or ""
    try:
        return unquote(urlsplit(url.replace("\\", "/")).path)
    except ValueError:
        return ""


def _stem(file: str) -> str:
    return re.sub(
        r"\.(mov|mp4|mkv|avi|mxf|webm|m4v|wav|flac|mp3|aif|aiff|png)$", "", file.rsplit("/", 1)[-1], flags=re.I
    )


def _ten_four(item: Any) -> dict[str, Any]:
    about = item.metadata.get("ten_four")
    return dict(about) if hasattr(about, "items") else {}


def _note(mark: Any) -> str:
    """Return what Resolve keeps of a mark beside its name."""
    about = mark.metadata.get("Resolve_OTIO")
    return str(about.get("Note", "")) if hasattr(about, "items") else ""
