"""What the director must know of the cast's voices: what was offered when an episode began, and who is not heard."""

from pathlib import Path

from pydantic import TypeAdapter

from director import crews
from director.settings import Settings
from episodes.cast import VoiceOffer
from episodes.episode import Episode
from episodes.notes import Note
from episodes.value import digest
from episodes.whole_file import replace_file
from tools.voice.measured import LEAST_HEARD, table


def offers_of(answers: Path, settings: Settings, language: str) -> tuple[VoiceOffer, ...]:
    """Return what may be cast in an episode: what the machine offered when it began, which the record keeps.

    An engine that is installed or removed half-way changes no cast: the same wish, played again, gives the same voices.
    `answers` is the record's folder of answers.
    """
    adapter = TypeAdapter(tuple[VoiceOffer, ...])
    asked = (
        settings.backend("voice"),
        {n: v for n, v in settings.options.get("voice", {}).items() if n != "piper_voices"},
        language,
    )
    path = answers / f"voices-{digest(asked)[:16]}.json"
    if path.exists():
        return adapter.validate_json(path.read_bytes())
    offers = crews.voices(settings, language)
    replace_file(path, adapter.dump_json(offers))
    return offers


def unheard_voices(episode: Episode, offers: tuple[VoiceOffer, ...]) -> tuple[Note, ...]:
    """Return a remark for each speaker whose voice was neither offered nor found to be heard: a person's own choice."""
    heard = {(one.engine, one.variant) for one in offers if one.heard >= LEAST_HEARD}
    heard |= {(row.engine, row.variant) for row in table() if row.dry >= LEAST_HEARD}
    speakers = {line.speaker for line in episode.the_script.lines}
    return tuple(
        Note(
            target="episode",
            finding=f"Of {one.voice.engine}'s {one.voice.variant}, {one.name}'s voice, too few lines are heard, or "
            "nobody has measured how many: the mix is not assessable for these lines; captions say them to everybody.",
            fix="Recast who speaks with it to a voice that is offered.",
            severity="remark",
            author="editor",
            remedy="revoice",
            rule="voice.not_assessable",
        )
        for one in episode.the_world.characters
        if one.id in speakers and one.voice and (one.voice.engine, one.voice.variant) not in heard
    )
