"""The cut as Final Cut Pro XML, which Final Cut Pro and DaVinci Resolve open. Form: FCPXML 1.10.

The kept library's adapter (otio-fcpx-xml-adapter 1.0) writes `src` on assets, which version 1.9 and later refuse, no
roles and no chapters, so this is written here. Everything stands on frame boundaries of the timeline, as Final Cut Pro
asks: sound that begins between two frames is moved by its own start, and by less than half a frame where it has none.

Media are named by absolute file URLs: Final Cut Pro would take relative ones, Resolve does not find those.
"""

import math
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as xml

from episodes.cut import Clip, Cut, Gap, Item, TrackName
from episodes.episode import Episode
from episodes.format import SAMPLE_RATE
from episodes.notes import Note
from episodes.whole_file import replace_file
from tools.exports.edl import START_SECONDS, timecode_rate
from tools.exports.media import Media
from tools.exports.xml_text import document, put

VERSION = "1.10"
ROLES: dict[TrackName, str] = {"A1": "dialogue", "A2": "dialogue.radio", "A3": "effects", "A4": "music"}
LANES: dict[TrackName, int] = {"V2": 1, "A1": -1, "A2": -2, "A3": -3, "A4": -4}
_WAV_CHANNELS = 22
"""Byte of a WAV file's header at which the number of channels stands."""


def write_fcpxml(
    episode: Episode, cut: Cut, media: Mapping[str, Media], path: Path, home: Path, notes: tuple[Note, ...] = ()
) -> None:
    """Write the cut; `home` is what the folder of `path` will be called once all is done. Raises `OutOfSpace`.

    A clip whose media are not in `media` leaves a gap with its name in it.
    """
    replace_file(path, document(fcpxml_of(episode, cut, media, path.parent, home, notes), "<!DOCTYPE fcpxml>"))


def fcpxml_of(
    episode: Episode, cut: Cut, media: Mapping[str, Media], folder: Path, home: Path, notes: tuple[Note, ...] = ()
) -> xml.Element:
    """Return the document's root; the media lie in `folder` and are named as if it was `home`.

    Raises `ValueError` without a script or when the picture track is empty.
    """
    if not cut.seconds:
        raise ValueError("a cut without a picture can't be an FCPXML project")
    root = xml.Element("fcpxml", version=VERSION)
    edit = _Edit(episode, media, folder, home, put(root, "resources"))
    event = put(put(root, "library"), "event", name=episode.brief.show)
    project = put(event, "project", name=f"{episode.the_script.title}")
    sequence = put(
        project, "sequence", format=edit.format, duration=edit.time(edit.grid(cut.seconds)), tcFormat="NDF",
        tcStart=f"{START_SECONDS}s", audioLayout="stereo", audioRate="48k",
    )  # fmt: skip
    spine = put(sequence, "spine")
    stretches = [edit.stretch(spine, at, item) for at, item in _starts(cut)]
    for track in LANES:
        for at, clip in cut.track(track).placed():
            _under(stretches, at).connect(edit, track, at, clip)
    for chapter in cut.chapters:
        _under(stretches, chapter.at).mark(edit, "chapter-marker", chapter.at, chapter.title)
    for note in notes:
        at = next(
            (at for track in ("V1", *LANES) for at, clip in cut.track(track).placed() if _meant(note, clip)), None
        )
        if at is not None:
            _under(stretches, at).mark(edit, "marker", at, note.finding, note=f"{note.severity}: {note.author}")
    return root


def _meant(note: Note, clip: Clip) -> bool:
    return note.target in (clip.id, clip.media) or clip.media.startswith((f"{note.target}-", f"{note.target}:"))


def _starts(cut: Cut) -> list[tuple[Fraction, Item]]:
    at, found = Fraction(0), []
    for item in cut.track("V1").items:
        found.append((at, item))
        at += item.seconds
    return found


class _Stretch:
    """An element of the spine, to which sound, titles and marks are tied."""

    def __init__(self, element: xml.Element, at: Fraction, start: Fraction) -> None:
        self.element, self.at, self._start = element, at, start
        self._marks: list[xml.Element] = []

    def connect(self, edit: "_Edit", track: TrackName, at: Fraction, clip: Clip) -> None:
        """Tie a clip to this element; anything tied stands before all marks."""
        made = edit.connected(track, at, clip)
        if made is None:
            return
        frame, element = made
        element.set("offset", edit.time(self._start + frame - self.at))
        self.element.insert(len(self.element) - len(self._marks), element)

    def mark(self, edit: "_Edit", kind: str, at: Fraction, words: str, **more: str) -> None:
        """Put a mark at a moment of the cut."""
        start = edit.time(self._start + edit.grid(at) - self.at)
        mark = put(self.element, kind, start=start, duration=edit.time(edit.frame), value=words, **more)
        if kind == "chapter-marker":
            mark.set("posterOffset", "0s")
        self._marks.append(mark)


def _under(stretches: list[_Stretch], at: Fraction) -> _Stretch:
    """Return the element of the spine that is seen at a moment; the last one behind the end."""
    return next((stretch for stretch in reversed(stretches) if stretch.at <= at), stretches[0])


class _Edit:
    """What every clip must know, and the resources that grow with them."""

    def __init__(
        self, episode: Episode, media: Mapping[str, Media], folder: Path, home: Path, resources: xml.Element
    ) -> None:
        self.episode, self.media, self._folder, self._home, self._resources = episode, media, folder, home, resources
        form = episode.brief.format
        self.frame = Fraction(1, timecode_rate(form.fps))
        self._formats: dict[str, str] = {}
        self._assets: dict[str, str] = {}
        self.format = self._format("timeline", self.frame, form.width, form.height)
        self._takes = self._format("takes", form.frame, form.width, form.height)

    def grid(self, seconds: Fraction) -> Fraction:
        """Return the nearest frame boundary."""
        return round(seconds / self.frame) * self.frame

    def time(self, seconds: Fraction) -> str:
        """Return a time as FCPXML writes it: a whole number of frames over the rate."""
        if seconds.denominator == 1:
            return f"{seconds.numerator}s"
        rate = self.frame.denominator
        fits = (seconds * rate).denominator == 1
        return f"{seconds * rate}/{rate}s" if fits else f"{seconds.numerator}/{seconds.denominator}s"

    def stretch(self, spine: xml.Element, at: Fraction, item: Item) -> _Stretch:
        """Add an item of the picture track to the spine."""
        begin, end = self.grid(at), self.grid(at + item.seconds)
        place = {"offset": self.time(START_SECONDS + begin), "duration": self.time(end - begin)}
        if isinstance(item, Gap) or item.media not in self.media:
            name = "Gap" if isinstance(item, Gap) else f"{self._name(item)} (missing)"
            return _Stretch(put(spine, "gap", name=name, start="0s", **place), begin, Fraction(0))
        found = self.media[item.media]
        start = self.grid(found.start + item.source_in)
        element = put(
            spine, "asset-clip", ref=self._asset(item.media, found, sound=False), name=self._name(item),
            start=self.time(start), format=self._takes, tcFormat="NDF", videoRole="video", **place,
        )  # fmt: skip
        self._tell(element, item)
        return _Stretch(element, begin, start)

    def connected(self, track: TrackName, at: Fraction, clip: Clip) -> tuple[Fraction, xml.Element] | None:
        """Return the frame at which a clip of another track begins, and its element; None when there is no such file.

        Also None for one that would be shorter than half a frame.
        """
        found = self.media.get(clip.media)
        if found is None:
            return None
        begin, source = self._aligned(at, clip.source_in)
        length = self.grid(at + clip.seconds) - begin
        if track != "V2":
            length = min(length, math.floor((found.seconds - source) / self.frame) * self.frame)
        if length <= 0:
            return None
        name, place = self._name(clip), {"lane": str(LANES[track]), "duration": self.time(length)}
        if track == "V2":
            ref = self._still(clip.media, found)
            return begin, xml.Element("video", ref=ref, name=name, start="0s", role="titles", **place)
        ref = self._asset(clip.media, found, sound=True)
        start = self.time(found.start + source)
        return begin, xml.Element(
            "asset-clip", ref=ref, name=name, start=start, audioRole=ROLES[track], format=self.format, **place
        )

    def _aligned(self, at: Fraction, source: Fraction) -> tuple[Fraction, Fraction]:
        """Return the frame at which sound begins and what of it is heard there, so that it stays where it was."""
        begin = math.floor(at / self.frame) * self.frame
        early = at - begin
        return (begin, source - early) if source >= early else (self.grid(at), source)

    def _name(self, clip: Clip) -> str:
        shot = next((shot.label for shot in self.episode.shots if shot.id == clip.media), clip.media)
        line = next((line for line in self.episode.the_script.lines if line.id == clip.media), None)
        return f"{shot} {line.text}"[:120] if line else shot

    def _tell(self, element: xml.Element, clip: Clip) -> None:
        shot = next((shot for shot in self.episode.shots if shot.id == clip.media), None)
        if shot is not None:
            put(element, "note", f"{shot.scene}, {shot.owner}, {shot.size}: {shot.prompt}")

    def _format(self, key: str, frame: Fraction, width: int, height: int) -> str:
        label = f"r{len(self._resources) + 1}"
        known = (width, height, frame) == (1280, 720, Fraction(1, 24))
        attributes = {"name": "FFVideoFormat720p24"} if known else {}
        put(
            self._resources, "format", id=label, frameDuration=f"{frame.numerator}/{frame.denominator}s",
            width=str(width), height=str(height), colorSpace="1-1-1 (Rec. 709)", **attributes,
        )  # fmt: skip
        return label

    def _still(self, key: str, media: Media) -> str:
        if key not in self._assets:
            form, kind = self.episode.brief.format, f"r{len(self._resources) + 1}"
            put(
                self._resources, "format", id=kind, name="FFVideoFormatRateUndefined", width=str(form.width),
                height=str(form.height), colorSpace="1-13-1",
            )  # fmt: skip
            self._add(key, media, start="0s", duration="0s", hasVideo="1", videoSources="1", format=kind)
        return self._assets[key]

    def _asset(self, key: str, media: Media, *, sound: bool) -> str:
        if key in self._assets:
            return self._assets[key]
        length = {"start": self.time(media.start), "duration": self.time(media.seconds)}
        if sound:
            channels = str(_channels(self._folder / media.path))
            return self._add(
                key, media, hasAudio="1", audioSources="1", audioChannels=channels, audioRate=str(SAMPLE_RATE), **length
            )
        return self._add(key, media, hasVideo="1", videoSources="1", format=self._takes, **length)

    def _add(self, key: str, media: Media, **attributes: str) -> str:
        label = f"r{len(self._resources) + 1}"
        asset = put(self._resources, "asset", id=label, name=key, **attributes)
        put(asset, "media-rep", kind="original-media", src=f"{self._home.absolute().as_uri()}/{media.url}")
        self._assets[key] = label
        return label


def _channels(path: Path) -> int:
    """Return how many channels a sound file has; one where it can't be read."""
    try:
        with path.open("rb") as file:
            head = file.read(_WAV_CHANNELS + 2)
    except OSError:
        return 1
    return int.from_bytes(head[_WAV_CHANNELS:], "little") if head[:4] == b"RIFF" and len(head) > 23 else 1
