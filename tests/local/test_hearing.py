"""What is heard of a line: words, entities, tries; and Whisper itself with random weights."""

from pathlib import Path

import numpy as np
import pytest

from episodes.errors import BackendUnavailable
from episodes.results import TimedWord
from tests.local.conftest import Models
from tools.local import whisper_model
from tools.sound import wav
from tools.sound.wav import Samples
from tools.voice.heard_words import compared, entities_in
from tools.voice.tries import GOOD_ENOUGH, best_of, judged
from tools.voice.whisper_ear import heard

RATE = 16_000
TEXT = "there is a goose in the vault"


def tone(seconds: float, *, quiet_after: float | None = None) -> Samples:
    time = np.arange(round(seconds * RATE)) / RATE
    sound = 0.3 * np.sin(2 * np.pi * 150 * time)
    return np.asarray(sound if quiet_after is None else np.where(time < quiet_after, sound, 0), np.float32)


class Scripted:
    """An ear that writes what it is told, a word every 0.3 s."""

    def __init__(self, *texts: str, every: float = 0.3) -> None:
        self.texts, self.every, self.asked = list(texts), every, 0

    def listen(self, samples: Samples, rate: int, language: str) -> tuple[str, tuple[TimedWord, ...]]:
        text = self.texts[min(self.asked, len(self.texts) - 1)]
        self.asked += 1
        words = (
            TimedWord(text=word, at=number * self.every, seconds=self.every) for number, word in enumerate(text.split())
        )
        return text, tuple(words)


def test_words_are_compared_as_they_are_said() -> None:
    assert compared("10-4, 4A10!", "Ten four, 4 Adam 10.", radio=True).wer == 0
    assert compared("Send 2 units to 5 Main St.", "send two units to five main street").wer == 0
    assert compared(TEXT, "there is a moose in the vault").wer == pytest.approx(1 / 7)
    assert compared(TEXT, "").wer == 1


def test_entities_are_counted_by_themselves() -> None:
    text = "4A10, suspect at 1420 Maple Street, plate ABC-1234, since 3:15 a.m."
    assert [kind for kind, _ in entities_in(text)] == ["unit", "address", "plate", "time"]
    found = compared(text, "4 Adam 10 suspect at 1420 Maple Street plate ABC 1235 since 3:50 a.m.")
    assert {entity.kind: entity.heard for entity in found.entities} == {
        "unit": True, "address": True, "plate": False, "time": False,
    }  # fmt: skip
    assert entities_in("Four Adam Ten, go ahead.") == (("unit", "4A10"),)
    assert entities_in("The goose had 3 hats and a loan.") == ()


def test_the_best_of_three_tries_is_kept_and_no_more_are_made_than_needed() -> None:
    made: list[int] = []

    def say(seed: int) -> tuple[Samples, int]:
        made.append(seed)
        return tone(2.2 + seed / 1000), RATE

    ear = Scripted("there goose", TEXT, TEXT)
    best, _ = best_of(say, (1, 2, 3), TEXT, ear=ear, language="en", radio=False)
    assert made == [1, 2]
    assert best.wer == 0
    made.clear()
    ear = Scripted("a goose", "there is a goose in a fault", "vault")
    best, _ = best_of(say, (1, 2, 3), TEXT, ear=ear, language="en", radio=False)
    assert made == [1, 2, 3]
    assert best.wer == pytest.approx(2 / 7)
    assert len(best.samples) == len(say(2)[0])


def test_what_is_made_up_after_the_last_word_is_cut_off_and_not_counted() -> None:
    babble = judged(tone(5.0), RATE, TEXT, ear=Scripted(f"{TEXT} and and la la la la la la"), language="en")
    assert babble is not None
    assert babble.wer == 0
    assert len(babble.samples) / RATE == pytest.approx(2.1, abs=0.05)
    hum = judged(tone(4.0), RATE, TEXT, ear=Scripted(TEXT), language="en")
    assert hum is not None
    assert len(hum.samples) / RATE == pytest.approx(2.1 + 0.25, abs=0.02)
    # A last word that was misheard is still the text's own.
    misheard = judged(tone(2.2), RATE, TEXT, ear=Scripted("there is a goose in the fault"), language="en")
    assert misheard is not None
    assert len(misheard.samples) == len(tone(2.2))


def test_pace_alone_tells_a_drawl_and_a_rush_where_nobody_listens() -> None:
    def fault(seconds: float) -> float:
        made = judged(tone(seconds), RATE, TEXT, ear=None, language="en")
        assert made is not None
        return made.fault

    assert fault(2.5) == 0
    assert fault(9.0) > GOOD_ENOUGH
    assert fault(0.8) > GOOD_ENOUGH
    assert judged(np.zeros(RATE, np.float32), RATE, TEXT, ear=None, language="en") is None


def test_words_begin_where_they_were_heard() -> None:
    from tools.voice.bark_speech import anchored
    from tools.voice.speaking import Utterance

    guess = Utterance(
        samples=tone(4.0), rate=RATE, words=(("a", 0.0), ("goose", 0.5), ("in", 1.0), ("the", 1.2), ("vault", 1.5)),
        sounds=(("@", 0.0), ("g", 0.5), ("v", 1.5)),
    )  # fmt: skip
    told = anchored(guess, "a goose in the vault", [(1, 1.0), (4, 3.0)], radio=False, language="en")
    assert dict(told.words)["goose"] == pytest.approx(1.0)
    assert dict(told.words)["vault"] == pytest.approx(3.0)
    assert 1.0 < dict(told.words)["in"] < dict(told.words)["the"] < 3.0
    assert dict(told.sounds)["g"] == pytest.approx(1.0)


def test_whisper_hears_a_file(models: Models, tmp_path: Path) -> None:
    wav.write(tmp_path / "line.wav", tone(2.0), RATE)
    found = heard(tmp_path / "line.wav", "4A10, a goose.", model=str(models.whisper))
    assert found.wer >= 0
    assert [entity.text for entity in found.entities] == ["4A10"]
    again = heard(tmp_path / "line.wav", "4A10, a goose.", model=str(models.whisper))
    assert again == found


def test_whisper_is_loaded_once_and_its_absence_said(models: Models, tmp_path: Path) -> None:
    first = whisper_model.load(str(models.whisper), "cpu")
    assert whisper_model.load(str(models.whisper), "cpu") is first
    assert whisper_model.found(str(models.whisper)) == models.whisper
    assert whisper_model.found("small.en") is None
    (tmp_path / "broken.pt").write_bytes(b"no weights")
    for name, sentence in (("/nowhere/ear.pt", "are not there"), ("giant", "no model 'giant'")):
        with pytest.raises(BackendUnavailable, match=sentence):
            whisper_model.load(name, "cpu")
    with pytest.raises(BackendUnavailable, match="could not be loaded"):
        whisper_model.load(str(tmp_path / "broken.pt"), "cpu")
