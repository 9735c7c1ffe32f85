"""What the record keeps of the voices."""

from pathlib import Path

import pytest

from director import casting, crews
from director.estimate import draft
from director.settings import Settings
from episodes.apply import apply
from episodes.brief import Brief
from episodes.cast import VoiceCast, VoiceOffer
from episodes.changes import Recast
from episodes.episode import Episode
from tests.offers import OFFERS


async def drafted(monkeypatch: pytest.MonkeyPatch, offers: tuple[VoiceOffer, ...] = OFFERS) -> Episode:
    monkeypatch.setattr(crews, "voices", lambda settings, language: offers)
    return await draft(Brief(theme="a goose at the bank"), Settings())


def test_what_was_offered_when_an_episode_began_is_offered_until_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = casting.offers_of(tmp_path, Settings(backends={"voice": "espeak"}), "en")
    monkeypatch.setattr(crews, "voices", lambda settings, language: OFFERS[:1])
    assert casting.offers_of(tmp_path, Settings(backends={"voice": "espeak"}), "en") == first
    assert casting.offers_of(tmp_path, Settings(), "en") == OFFERS[:1]
    assert casting.offers_of(tmp_path / "another", Settings(backends={"voice": "espeak"}), "en") == OFFERS[:1]


async def test_a_voice_that_nobody_has_heard_is_a_remark_and_an_offered_one_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    episode = await drafted(monkeypatch)
    assert casting.unheard_voices(episode, OFFERS) == ()
    speaker = episode.the_script.lines[0].speaker
    for voice in (VoiceCast(engine="espeak-ng", variant="en-us+aunty"), VoiceCast(engine="nobody", variant="x")):
        changed = apply(Recast(character=speaker, voice=voice), episode)
        (note,) = casting.unheard_voices(changed, OFFERS)
        assert (note.severity, note.rule) == ("remark", "voice.not_assessable")
        assert "not assessable" in note.finding


async def test_an_episode_names_the_engines_that_speak_the_busiest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    episode = await drafted(monkeypatch)
    assert episode.voice_engines == ("espeak-ng",)
    lines = [line.speaker for line in episode.the_script.lines]
    least = min(set(lines), key=lines.count)
    changed = apply(Recast(character=least, voice=VoiceCast(engine="flite", variant="rms")), episode)
    assert changed.voice_engines == ("espeak-ng", "flite")
    assert Episode(brief=episode.brief).voice_engines == ()
