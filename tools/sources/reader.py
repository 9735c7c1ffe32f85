"""The embedded reader of sources: files of the person's; it hears and looks where the settings name who does."""

from pathlib import Path

from episodes.errors import InputRefused
from episodes.facts import PictureFacts
from episodes.requests import ReadRequest
from episodes.results import Passage, Readings
from episodes.tasks import ToolInfo
from tools.protocols import Call, Readiness, ToolSettings
from tools.sources.checks import check_source, is_address, kind_of, refuse_address
from tools.sources.senses import Senses, hear, see, senses_of
from tools.sources.texts import Sentence, decode, read_subtitles, split_text

__all__ = ["EmbeddedReader", "build", "check_source", "is_address", "refuse_address"]

VERSION = "2"


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
            check_source(given.folder)
            _read_one(name, given.folder, found)
        return _make_safe(found, request.seed)


def build(settings: ToolSettings) -> EmbeddedReader:
    """Return the embedded reader. Options: those of `tools.sources.speech` and `tools.sources.looking`."""
    return EmbeddedReader(settings)


def _read_one(name: str, path: Path, found: _Found) -> None:
    kind = kind_of(path.name)
    if kind in ("video", "audio"):
        _read_media(name, path, kind, found)
        return
    try:
        text = decode(path.read_bytes(), name)
    except OSError as error:
        raise InputRefused(f"{name!r} can't be opened: {error.strerror or error}.") from error
    ending = path.suffix.lower()
    read = read_subtitles(text, ending, name) if kind == "subtitles" else split_text(text, ending != ".txt")
    found.sentences += [(name, sentence) for sentence in read]


def _read_media(name: str, path: Path, kind: str, found: _Found) -> None:
    from tools import ffmpeg
    from tools.sources import media

    probe = ffmpeg.probe(path.absolute())
    # A sound file's picture is its cover: it says nothing about how the event looked.
    if probe.width and kind == "video":
        picture = media.measure_picture(path, name, probe)
        found.pictures.append(picture)
        seen, remarks = see(name, path, picture, found.senses)
        found.sentences += [(name, sentence) for sentence in seen]
        found.remarks += remarks
        if not seen:
            found.unseen.append(name)
    subtitles: tuple[Sentence, ...] = ()
    if probe.has_subtitles and (text := media.extract_subtitles(path)).strip():
        subtitles = read_subtitles(decode(text.encode(), name), ".srt", name)
    found.sentences += [(name, Sentence(item.text, None, item.seconds, "heard")) for item in subtitles]
    if probe.has_audio and not subtitles and media.has_sound(path):
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
