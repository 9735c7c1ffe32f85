"""The embedded reader of sources: files of the person's and what was fetched of links; no model, no network."""

from pathlib import Path

from episodes.errors import InputRefused
from episodes.facts import PictureFacts
from episodes.requests import ReadRequest
from episodes.results import Fetched, Passage, Readings
from episodes.tasks import ToolInfo
from tools.protocols import Call, Input, ToolSettings
from tools.sources.checks import check_source, is_address, is_link, kind_of, refuse_address
from tools.sources.texts import Sentence, decode, read_subtitles, split_text

__all__ = ["EmbeddedReader", "build", "check_source", "is_address", "is_link", "refuse_address"]

VERSION = "2"


class _Found:
    """What one read has gathered so far, names and all."""

    def __init__(self) -> None:
        self.sentences: list[tuple[str, Sentence]] = []
        self.pictures: list[PictureFacts] = []
        self.unheard: list[str] = []


class EmbeddedReader:
    """Reads texts, subtitles, and what video and sound tell by themselves; it can't hear speech."""

    def __init__(self, settings: ToolSettings) -> None:
        self._settings = settings

    @property
    def info(self) -> ToolInfo:
        """Free, local, and quick: most of the time goes into decoding video at about six times its speed."""
        return ToolInfo(name="embedded-reader", version=VERSION, wall_per_second=0.17)

    def read(self, request: ReadRequest, call: Call) -> Readings:
        """Return all sources' passages with private names replaced.

        Raises `InputRefused` for a missing, corrupt or unsupported file. Writes nothing.
        """
        found = _Found()
        for index, name in enumerate(request.names):
            given = call.inputs.get(f"source:{index}")
            if given is None:
                raise InputRefused(f"The file of {name!r} is not at hand; give it again with --source.")
            _read_one(name, given, found)
        return _make_safe(found, request.seed)


def build(settings: ToolSettings) -> EmbeddedReader:
    """Return the embedded reader; it has no options."""
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
    from tools.sources import media

    probe = ffmpeg.probe(path.absolute())
    if probe.width:
        found.pictures.append(media.measure_picture(path, name, probe))


def _read_media(name: str, path: Path, kind: str, found: _Found) -> None:
    from tools import ffmpeg
    from tools.sources import media

    probe = ffmpeg.probe(path.absolute())
    # A sound file's picture is its cover: it says nothing about how the event looked.
    if probe.width and kind == "video":
        found.pictures.append(media.measure_picture(path, name, probe))
    subtitles: tuple[Sentence, ...] = ()
    if probe.has_subtitles and (text := media.extract_subtitles(path)).strip():
        subtitles = read_subtitles(decode(text.encode(), name), ".srt", name)
    found.sentences += [(name, Sentence(item.text, None, item.seconds)) for item in subtitles]
    if probe.has_audio and not subtitles and media.has_sound(path):
        found.unheard.append(name)


def _make_safe(found: _Found, seed: int) -> Readings:
    from tools.sources.names import Anonymiser

    anonymiser = Anonymiser([sentence.text for _, sentence in found.sentences], seed)
    passages = tuple(
        Passage(text=anonymiser.clean(item.text), source=name, line=item.line, seconds=item.seconds)
        for name, item in found.sentences
    )
    return Readings(
        passages=passages,
        pictures=tuple(found.pictures),
        unheard=tuple(found.unheard),
        shunned=anonymiser.digests(),
    )
