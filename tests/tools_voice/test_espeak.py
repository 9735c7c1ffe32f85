import itertools
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.voices import script_lines, word_count
from episodes.cast import VoiceCast
from episodes.errors import BackendUnavailable, RequestRejected
from episodes.requests import SpeakRequest
from episodes.results import SpokenLine
from episodes.script import Delivery
from tools.protocols import Call, ToolSettings
from tools.sound import wav
from tools.sound.loudness import decibels, loudness
from tools.voice import espeak, espeak_engine
from tools.voice.espeak import EspeakVoice, build
from tools.voice.hearing import median_pitch, spectrum
from tools.voice.measured import offered

LINE = "Copy that, we are on scene, and the suspect is wearing a top hat."
ENGLISH_VARIANTS = tuple(row.variant for row in offered("espeak-ng"))
ROOT = Path(espeak.__file__).parents[2]


@pytest.fixture(scope="module")
def voice() -> EspeakVoice:
    return build(ToolSettings())


def ask(
    text: str = LINE,
    variant: str = "en-us+m3",
    *,
    delivery: Delivery = "calm",
    language: str = "en",
    reading: int = 1,
    pitch: int = 50,
    wpm: int = 155,
) -> SpeakRequest:
    cast = VoiceCast(engine="espeak-ng", variant=variant, pitch=pitch, words_per_minute=wpm)
    return SpeakRequest(text=text, voice=cast, delivery=delivery, language=language, reading=reading)


def say(voice: EspeakVoice, folder: Path, request: SpeakRequest) -> tuple[SpokenLine, wav.Samples]:
    folder.mkdir(parents=True, exist_ok=True)
    line = voice.speak(request, Call(into=folder))
    return line, wav.read_mono(folder / "line.wav", 48_000)


def pitch_of(samples: wav.Samples) -> float:
    """Median pitch in hertz, by autocorrelation over loud frames of 40 ms."""
    size, found = 1920, []
    for start in range(0, len(samples) - size, size):
        frame = samples[start : start + size] - samples[start : start + size].mean()
        if np.sqrt(np.mean(frame**2)) > 0.05:
            same = np.correlate(frame, frame, "full")[size - 1 :]
            lag = 120 + int(same[120:800].argmax())
            if same[lag] > 0.4 * same[0]:
                found.append(48_000 / lag)
    return float(np.median(found)) if found else 0.0


def test_a_line_is_mono_48_khz_16_bit_and_as_long_as_it_says(voice: EspeakVoice, tmp_path: Path) -> None:
    line, _ = say(voice, tmp_path, ask())
    samples, rate = wav.read(tmp_path / "line.wav")
    assert (samples.shape[1], rate) == (1, 48_000)
    assert line.seconds == pytest.approx(len(samples) / 48_000, abs=0)
    assert [file.name for file in tmp_path.iterdir()] == ["line.wav"]


def test_a_line_has_no_silence_at_either_end_and_no_click(voice: EspeakVoice, tmp_path: Path) -> None:
    _, samples = say(voice, tmp_path, ask())
    peak = np.abs(samples).max()
    assert np.flatnonzero(np.abs(samples) > 0.02 * peak)[0] < 0.05 * 48_000
    assert len(samples) - np.flatnonzero(np.abs(samples) > 0.01 * peak)[-1] < 0.08 * 48_000
    assert abs(samples[0]) < 0.001
    assert abs(samples[-1]) < 0.001
    assert abs(samples.mean()) < 0.001


def test_the_same_request_gives_the_same_samples_whatever_was_spoken_before(voice: EspeakVoice, tmp_path: Path) -> None:
    first, samples = say(voice, tmp_path / "a", ask(variant="en-us+f5"))
    say(voice, tmp_path / "b", ask("Something else altogether.", "en-us+Gene", delivery="whispered"))
    again, repeated = say(voice, tmp_path / "c", ask(variant="en-us+f5"))
    assert first == again
    assert np.array_equal(samples, repeated)


def test_another_process_speaks_the_very_same_samples(voice: EspeakVoice, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from tools.voice.espeak import build; from tools.protocols import Call, ToolSettings\n"
        "from episodes.requests import SpeakRequest\n"
        "request = SpeakRequest.model_validate_json(sys.argv[1])\n"
        "build(ToolSettings()).speak(request, Call(into=Path(sys.argv[2])))\n"
    )
    here, there = tmp_path / "here", tmp_path / "there"
    there.mkdir()
    say(voice, here, ask())
    subprocess.run(
        [sys.executable, "-c", script, ask().model_dump_json(), str(there)],
        check=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (here / "line.wav").read_bytes() == (there / "line.wav").read_bytes()


def test_words_and_sounds_lie_in_order_within_the_line_and_spell_it(voice: EspeakVoice, tmp_path: Path) -> None:
    line, _ = say(voice, tmp_path, ask("10-4, 4A10 has the goose.", "en-us+f5"))
    assert [word.text for word in line.words] == ["ten", "four", "four", "Adam", "ten", "has", "the", "goose"]
    for spans in (line.words, line.phonemes):
        assert all(span.at >= 0 and span.seconds > 0 for span in spans)
        assert all(a.at + a.seconds <= b.at + 0.001 for a, b in itertools.pairwise(spans))
        assert spans[-1].at + spans[-1].seconds <= float(line.seconds) + 0.001
    assert len(line.phonemes) > 20


def test_words_stand_where_they_are_heard(voice: EspeakVoice, tmp_path: Path) -> None:
    """Between two sentences nothing is heard, and the second word starts right after the silence."""
    line, samples = say(voice, tmp_path, ask("Stop. Goose.", "en-us+m3"))
    level = np.sqrt(np.convolve(samples**2, np.ones(480) / 480, "same"))
    pause_end = round((line.words[1].at) * 48_000)
    pause_start = round((line.words[0].at + line.words[0].seconds) * 48_000)
    assert pause_end - pause_start > 0.1 * 48_000
    assert level[pause_start + 3000 : pause_end - 1000].max() < 0.05
    assert level[pause_end : pause_end + 9600].max() > 0.1


def test_at_least_eight_english_voices_are_offered_and_all_sound_different(voice: EspeakVoice, tmp_path: Path) -> None:
    assert tuple(offer.variant for offer in voice.offers("en")) == ENGLISH_VARIANTS
    assert len(set(ENGLISH_VARIANTS)) >= 8
    heard = {}
    for variant in ENGLISH_VARIANTS:
        _, samples = say(voice, tmp_path / variant, ask(variant=variant))
        heard[variant] = (12 * np.log2(median_pitch(samples, 48_000)), spectrum(samples, 48_000))
    for one, other in itertools.combinations(ENGLISH_VARIANTS, 2):
        semitones = abs(heard[one][0] - heard[other][0])
        decibels = float(np.sqrt(np.mean((heard[one][1] - heard[other][1]) ** 2)))
        if one.split("+")[0] == other.split("+")[0]:
            # Others differ by accent.
            assert np.hypot(semitones, decibels) > 2.0, (one, other)


def test_mens_voices_are_lower_than_womens_and_their_pitch_is_that_of_the_table(
    voice: EspeakVoice, tmp_path: Path
) -> None:
    offers = voice.offers("en")
    assert max(o.pitch_hz for o in offers if o.suits == "he") < min(o.pitch_hz for o in offers if o.suits == "she")
    for offer in offers[:4]:
        _, samples = say(voice, tmp_path / offer.variant, ask(variant=offer.variant))
        assert median_pitch(samples, 48_000) == pytest.approx(offer.pitch_hz, rel=0.2)


def test_all_voices_are_about_equally_loud_and_none_exceeds_the_ceiling(voice: EspeakVoice, tmp_path: Path) -> None:
    levels, peaks = [], []
    for variant in ENGLISH_VARIANTS:
        _, samples = say(voice, tmp_path / variant, ask(variant=variant))
        levels.append(loudness(samples))
        peaks.append(decibels(float(np.abs(samples).max())))
    assert max(levels) - min(levels) < 1.0
    assert max(peaks) <= -2.99
    assert np.median(peaks) > -4.5


@pytest.mark.parametrize("wpm", [146, 155, 164])
def test_a_voice_speaks_the_words_a_minute_that_it_is_cast_with(voice: EspeakVoice, tmp_path: Path, wpm: int) -> None:
    """Over lines of real scripts, which is what the table's paces were found with."""
    lines = script_lines()
    for variant in ENGLISH_VARIANTS[:2]:
        spoken = [
            say(voice, tmp_path / f"{variant}{n}", ask(line.said, variant, wpm=wpm))[0] for n, line in enumerate(lines)
        ]
        pace = sum(map(word_count, lines)) / float(sum(line.seconds for line in spoken)) * 60
        assert pace == pytest.approx(wpm, rel=1 / 16)


def test_no_line_is_said_faster_than_its_caption_is_read(voice: EspeakVoice, tmp_path: Path) -> None:
    text = "Straightforward neighbourhood strengths stretched through thoroughfares."
    line, _ = say(voice, tmp_path / "fast", ask(text, ENGLISH_VARIANTS[0], wpm=200))
    assert line.seconds >= 0.97 * len(text) / 17
    free, _ = say(voice, tmp_path / "free", ask("I do so. I do. I am at it.", ENGLISH_VARIANTS[0], wpm=200))
    assert free.seconds < line.seconds


def test_colour_makes_a_voice_brighter_by_what_it_says(voice: EspeakVoice, tmp_path: Path) -> None:
    level = {}
    for colour in (-6.0, 0.0, 6.0):
        cast = VoiceCast(engine="espeak-ng", variant="en-us+f5", colour=colour)
        request = ask().model_copy(update={"voice": cast})
        _, samples = say(voice, tmp_path / str(colour), request)
        power = np.abs(np.fft.rfft(samples)) ** 2
        hertz = np.fft.rfftfreq(len(samples), 1 / 48_000)
        low, high = (power[(hertz > a) & (hertz < b)].sum() for a, b in ((200, 300), (4000, 6000)))
        level[colour] = 10 * np.log10(high / low)
    assert 4.0 < level[6.0] - level[0.0] < 6.0
    assert 4.0 < level[0.0] - level[-6.0] < 6.0


def test_a_voice_of_another_engine_is_refused_with_what_to_do(voice: EspeakVoice, tmp_path: Path) -> None:
    request = ask().model_copy(update={"voice": VoiceCast(engine="flite", variant="rms")})
    with pytest.raises(BackendUnavailable, match='voice = "auto"'):
        say(voice, tmp_path, request)


@pytest.mark.parametrize("variant", ["en-us+nosuchvariant", "en-gb", "klingon+m3", "en-us+../m3", "", "+m3"])
def test_a_voice_that_is_not_there_is_refused_and_never_replaced(
    voice: EspeakVoice, tmp_path: Path, variant: str
) -> None:
    with pytest.raises(BackendUnavailable, match="espeak-ng has no"):
        say(voice, tmp_path, ask(variant=variant))
    assert not list(tmp_path.iterdir())


def test_a_line_of_punctuation_is_refused(voice: EspeakVoice, tmp_path: Path) -> None:
    with pytest.raises(RequestRejected):
        say(voice, tmp_path, ask("…"))


def test_a_shout_is_louder_and_higher_and_a_whisper_is_softer_and_has_no_tone(
    voice: EspeakVoice, tmp_path: Path
) -> None:
    said = {d: say(voice, tmp_path / d, ask(delivery=d))[1] for d in ("calm", "shouted", "whispered")}  # type: ignore[arg-type]
    assert loudness(said["shouted"]) > loudness(said["calm"]) + 1
    assert pitch_of(said["shouted"]) > pitch_of(said["calm"]) * 1.1
    assert loudness(said["whispered"]) < loudness(said["calm"]) - 3
    assert tonality(said["whispered"]) < 0.5 * tonality(said["calm"])


def tonality(samples: wav.Samples) -> float:
    """Mean height of the pitch peak of the autocorrelation over loud frames; 1 is a pure tone."""
    heights = []
    for start in range(0, len(samples) - 1920, 1920):
        frame = samples[start : start + 1920]
        if np.sqrt(np.mean(frame**2)) > 0.03:
            same = np.correlate(frame, frame, "full")[1919:]
            heights.append(same[160:600].max() / same[0])
    return float(np.mean(heights))


def test_flat_is_narrower_in_pitch_than_confused(voice: EspeakVoice, tmp_path: Path) -> None:
    def spread(delivery: Delivery) -> float:
        _, samples = say(
            voice, tmp_path / delivery, ask("Are you telling me that the goose has a lawyer?", delivery=delivery)
        )
        pitches = [pitch_of(samples[n : n + 4800]) for n in range(0, len(samples) - 4800, 4800)]
        heard = [12 * np.log2(p) for p in pitches if 60 < p < 250]
        return float(np.percentile(heard, 90) - np.percentile(heard, 10))

    assert spread("flat") < 0.7 * spread("confused")


def test_another_reading_says_the_same_words_a_little_differently(voice: EspeakVoice, tmp_path: Path) -> None:
    lengths = []
    for reading in (1, 2, 3):
        line, _ = say(voice, tmp_path / str(reading), ask(reading=reading))
        assert len(line.words) == 14
        lengths.append(float(line.seconds))
    assert len(set(lengths)) == 3
    assert max(lengths) < 1.15 * min(lengths)


@pytest.mark.parametrize(
    ("language", "text"),
    [("es", "Alto, policía."), ("fr", "Ne bougez pas."), ("de", "Hände hoch."), ("ru", "Стой."), ("el", "Ακίνητος.")],
)
def test_other_languages_are_spoken_by_their_own_voice_in_the_cast_variant(
    voice: EspeakVoice, tmp_path: Path, language: str, text: str
) -> None:
    assert voice.offers(language)[0].variant.startswith(language)
    own, sound = say(voice, tmp_path / "own", ask(text, ENGLISH_VARIANTS[0], language=language))
    listed, same = say(voice, tmp_path / "listed", ask(text, voice.offers(language)[0].variant, language=language))
    english, _ = say(voice, tmp_path / "english", ask(text, ENGLISH_VARIANTS[0], language="en"))
    assert np.array_equal(sound, same)
    assert own.phonemes == listed.phonemes != english.phonemes


def test_an_unknown_language_is_spoken_in_english(voice: EspeakVoice, tmp_path: Path) -> None:
    assert voice.offers("tlh") == voice.offers("en")
    strange, _ = say(voice, tmp_path / "a", ask(language="tlh"))
    english, _ = say(voice, tmp_path / "b", ask())
    assert strange.phonemes == english.phonemes


def test_the_library_is_never_loaded_into_our_own_process(voice: EspeakVoice, tmp_path: Path) -> None:
    say(voice, tmp_path, ask("Hello."))
    assert "espeakng_loader" not in sys.modules
    if Path("/proc/self/maps").exists():
        assert "espeak" not in Path("/proc/self/maps").read_text()


def test_a_killed_engine_is_started_again(voice: EspeakVoice, tmp_path: Path) -> None:
    say(voice, tmp_path / "a", ask("Hello."))
    process = espeak_engine.engine()._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    line, _ = say(voice, tmp_path / "b", ask("Hello."))
    assert line.words[0].text == "Hello"
    assert espeak_engine.engine()._process is not process


def test_the_engine_is_kept_between_lines(voice: EspeakVoice, tmp_path: Path) -> None:
    say(voice, tmp_path / "a", ask("Hello."))
    before = espeak_engine.engine()._process
    say(voice, tmp_path / "b", ask("Again."))
    assert espeak_engine.engine()._process is before


def test_the_engine_ends_when_the_one_who_started_it_does() -> None:
    script = Path(espeak.__file__).with_name("espeak_process.py")
    process = subprocess.Popen([sys.executable, "-P", str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == b'{"ready": true}\n'
    process.stdin.close()
    assert process.wait(timeout=5) == 0
    process.stdout.close()
