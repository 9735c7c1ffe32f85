"""The embedded reader of sources: files of the person's and what was fetched of links.

It hears and looks where the settings name who does.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from episodes.errors import InputRefused
from episodes.facts import PictureFacts
from episodes.requests import ReadRequest
from episodes.results import Fetched, Passage, Readings
from episodes.tasks import ToolInfo
from tools.protocols import Call, Input, Readiness, ToolSettings
from tools.sources.checks import check_source, is_address, is_link, kind_of, refuse_address
from tools.sources.senses import Senses, hear, see, senses_of
from tools.sources.texts import Sentence, decode, read_subtitles, split_text

if TYPE_CHECKING:
    from tools.ffmpeg import Probe

__all__ = ["EmbeddedReader", "build", "check_source", "is_address", "is_link", "refuse_address"]

VERSION = "3"


class _Found:
    """What one read has gathered so far, names and all."""

    def __init__(self, senses: Senses) -> None:
        self.senses = senses
        self.sentences: list[tuple[str, Sentence]] = []
        self.pictures: list[PictureFacts] = []
        self.unheard: list[str] = []
        self.unseen: list[str] = []
        self.remarks: list[str] = []


class EmbeddedReader:
    """Reads texts, subtitles, and what video and sound tell; hears and looks with what `[sources]` names."""

    def __init__(self, settings: ToolSettings) -> None:
        """Choose who hears and looks. Raises `BackendUnavailable` for what is not there."""
        self._settings = settings
        self._senses = senses_of(settings)

    @property
    def info(self) -> ToolInfo:
        """Quick: most of the time goes into decoding video at about six times its speed.

        Its version names who hears and looks; `price_per_call` of `[sources]` is what they may cost for all sources.
        """
        price = self._settings.options.get("price_per_call", 0.0)
        return ToolInfo(
            name="embedded-reader",
            version=", ".join((VERSION, *self._senses.names)),
            outside=self._senses.outside,
            price_per_call=float(price) if isinstance(price, int | float) else 0.0,
            wall_per_second=0.17 if not self._senses.names else 0.5,
        )

    def readiness(self) -> Readiness:
        """Say who hears and looks, and whether they could now."""
        return self._senses.readiness()

    def read(self, request: ReadRequest, call: Call) -> Readings:
        """Return all sources' passages with private names replaced.

        Raises `InputRefused` for a missing, corrupt or unsupported file. Writes nothing.
        """
        found = _Found(self._senses)
        for index, name in enumerate(request.names):
            given = call.inputs.get(f"source:{index}")
            if given is None:
                raise InputRefused(f"The file of {name!r} is not at hand; give it again with --source.")
            _read_one(name, given, found)
        return _make_safe(found, request.seed)


def build(settings: ToolSettings) -> EmbeddedReader:
    """Return the embedded reader. Options: those of `tools.sources.speech` and `tools.sources.looking`."""
    return EmbeddedReader(settings)


def _read_one(name: str, given: Input, found: _Found) -> None:
    if not isinstance(given.result, Fetched):
        check_source(given.folder)
        _read_file(name, given.folder, kind_of(given.folder.name), found)
        return
    told = any(item.holds == "subtitles" for item in given.result.files)
    for item in given.result.files:
        path = given.file(item.file)
        check_source(path)
        if item.holds == "video" and told:
            _look(name, path, found)
        else:
            _read_file(name, path, item.holds, found)


def _read_file(name: str, path: Path, kind: str, found: _Found) -> None:
    if kind in ("video", "audio"):
        _read_media(name, path, kind, found)
    else:
        found.sentences += [(name, sentence) for sentence in _read_text(name, path, kind)]


def _read_text(name: str, path: Path, kind: str) -> tuple[Sentence, ...]:
    from tools.sources.feeds import read_feed
    from tools.sources.pages import read_page
    from tools.sources.papers import read_paper

    if kind == "paper":
        return split_text(read_paper(path, name), markdown=False)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputRefused(f"{name!r} can't be opened: {error.strerror or error}.") from error
    if kind in ("page", "feed"):
        return split_text(read_page(raw, name) if kind == "page" else read_feed(raw, name), markdown=False)
    text, ending = decode(raw, name), path.suffix.lower()
    return read_subtitles(text, ending, name) if kind == "subtitles" else split_text(text, ending != ".txt")


def _look(name: str, path: Path, found: _Found) -> None:
    """Look at a video whose words stand in a file beside it."""
    from tools import ffmpeg

    probe = ffmpeg.probe(path.absolute())
    if probe.width:
        _see(name, path, probe, found)


def _read_media(name: str, path: Path, kind: str, found: _Found) -> None:
    from tools import ffmpeg
    from tools.sources import media

    probe = ffmpeg.probe(path.absolute())
    # A sound file's picture is its cover: it says nothing about how the event looked.
    if probe.width and kind == "video":
        _see(name, path, probe, found)
    subtitles: tuple[Sentence, ...] = ()
    if probe.has_subtitles and (text := media.extract_subtitles(path)).strip():
        subtitles = read_subtitles(decode(text.encode(), name), ".srt", name)
    found.sentences += [(name, Sentence(item.text, None, item.seconds, "heard")) for item in subtitles]
    if probe.has_audio and not subtitles and media.has_sound(path):
        _hear(name, path, probe, found)


def _see(name: str, path: Path, probe: "Probe", found: _Found) -> None:
    from tools.sources import media

    picture = media.measure_picture(path, name, probe)
    found.pictures.append(picture)
    seen, remarks = see(name, path, picture, found.senses)
    found.sentences += [(name, sentence) for sentence in seen]
    found.remarks += remarks
    if not seen:
        found.unseen.append(name)


def _hear(name: str, path: Path, probe: "Probe", found: _Found) -> None:
    said, was_heard, remarks = hear(name, path, probe.seconds, found.senses)
    found.sentences += [(name, sentence) for sentence in said]
    found.remarks += remarks
    if not was_heard:
        found.unheard.append(name)


def _make_safe(found: _Found, seed: int) -> Readings:
    from tools.sources.names import Anonymiser

    anonymiser = Anonymiser([sentence.text for _, sentence in found.sentences], seed)
    passages = tuple(
        Passage(
            text=anonymiser.clean(item.text),
            source=name,
            line=item.line,
            seconds=item.seconds,
            sense=item.sense,
            speaker=item.speaker,
            about=item.about,
        )
        for name, item in found.sentences
    )
    return Readings(
        passages=passages,
        pictures=tuple(found.pictures),
        unheard=tuple(found.unheard),
        unseen=tuple(found.unseen),
        remarks=tuple(found.remarks),
        shunned=anonymiser.digests(),
    )
