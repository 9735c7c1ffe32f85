"""What is heard of every voice on every channel, and how far the voices lie apart.

    python -m benchmarks.voices            measures what is offered here and says whether the bars are kept (minutes)
    python -m benchmarks.voices --docs     writes the matrix of `docs/voices.md` from the table
    python -m benchmarks.voices --write    measures all candidates anew and writes `tools/voice/measured.csv`

A line counts as heard when a recogniser that knows the script's lines, and nothing else, takes it for itself.
"""

import argparse
import asyncio
import csv
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

import numpy as np

from agents.writer import RuleWriter
from benchmarks.recogniser import Recogniser, known
from benchmarks.verdicts import Verdict, report
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.cast import VoiceCast
from episodes.facts import FactSheet
from episodes.format import SAMPLE_RATE
from episodes.requests import PlacedBed, PlacedLine, SoundRequest, SpeakRequest
from episodes.script import Delivery, Line
from episodes.value import Value
from tools.protocols import Call, Input, ToolSettings
from tools.sound import wav
from tools.sound.stage import EmbeddedSoundStage
from tools.voice import ensemble, espeak, festival, flite, measured, recorded
from tools.voice.delivery import manner
from tools.voice.hearing import brightness_db, median_pitch, spectrum
from tools.voice.measured import LEAST_HEARD, TABLE, Measured
from tools.voice.pronouncing import spoken_words
from tools.voice.spoken_text import spoken_text

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs" / "voices.md"
THEMES = (
    "raccoon heist at a doughnut shop", "a llama yodels at the bank", "ghost refuses to leave the diner",
)  # fmt: skip
LINES, LINES_A_CHANNEL = 24, 8
"""Lines that a voice is heard in, dry and through each channel."""
CHANNELS = ("worn", "room", "phone", "radio", "dispatch")
LEAST_VOICES = 8
USUAL_PACES = {
    espeak.ENGINE: espeak.USUAL_PACE,
    flite.ENGINE: recorded.USUAL_PACE,
    festival.ENGINE: recorded.USUAL_PACE,
}
USUAL = 155
"""Words a minute that a voice is asked for while it is measured."""
LEAST_APART = 2.0
"""Semitones of pitch, or decibels of spectrum, by which at least one tells two voices apart."""
PACE = (145.0, 165.0)
"""Words a minute of the embedded voices."""

CANDIDATES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "festival": (
        ("cmu_us_slt_arctic_hts", "she", "slt"), ("kal_diphone", "he", "kal"),
        ("cmu_us_slt_arctic_hts@-3", "she", "slt"),
    ),
    "flite": (
        ("rms", "he", "rms"), ("slt", "she", "slt"), ("awb", "he", "awb"), ("slt@-2", "she", "slt"),
        ("rms@+3", "he", "rms"), ("kal16", "he", "kal"), ("awb@-2", "he", "awb"),
    ),
    "espeak-ng": tuple(
        (variant, suits, "")
        for suits, names in (
            ("she", "en-us+f5 en-us+f4 en-us+anika en-gb-scotland+f5 en-gb-x-rp+f2 en-us+aunty en-us+linda"),
            ("he", "en-us+m3 en-us+Gene en-us+ed en-us+Hugo en-us+miguel en-us+edward en-us+mike2"),
        )
        for variant in names.split()
    ),
}  # fmt: skip
"""Voices that may come into the table: variant, pronoun, likeness."""


class Spoken(Value):
    """A line of a script, ready for the recogniser."""

    text: str
    """As it stands in the script."""
    said: str
    """As it is spoken."""
    delivery: Delivery
    radio: bool


class Portrait(Value):
    """What one voice sounds like over some lines."""

    engine: str
    variant: str
    pitch_hz: float
    spectrum: tuple[float, ...]
    """`tools.voice.hearing.spectrum`: 20 bands, decibels against their mean."""
    words_a_minute: float
    """Asked for 155; the delivery's own pace taken out."""


def script_lines(count: int = LINES) -> tuple[Spoken, ...]:
    """Return lines of the rules' scripts, as many of each theme, all with words that the recogniser knows."""
    found: list[Spoken] = []
    for theme in THEMES:
        brief = Brief(theme=theme)
        play = asyncio.run(RuleWriter(ROOT / "prompts").write(brief, FactSheet(), Bible(show=brief.show), ()))
        fit = [one for one in map(_spoken, play.script.lines) if _fits(one, found)]
        found += list({one.said: one for one in fit}.values())[: count // len(THEMES)]
    return tuple(found)


def _spoken(line: Line) -> Spoken:
    radio = line.channel in ("radio", "dispatch")
    return Spoken(
        text=line.text, said=spoken_text(line.text, radio=radio, language="en"), delivery=line.delivery, radio=radio
    )


def _fits(line: Spoken, found: list[Spoken]) -> bool:
    # A whisper has no tone, and one word is no sentence.
    new = line.said not in {other.said for other in found}
    return new and line.delivery != "whispered" and len(line.said.split()) > 2 and known(line.said)


class Ear:
    """Hears the lines of one set said by any voice, through any channel."""

    def __init__(self, lines: tuple[Spoken, ...]) -> None:
        """Take the lines that may be said."""
        self.lines = lines
        self.recogniser = Recogniser([line.said for line in lines])
        self.voice = ensemble.build(ToolSettings())
        self.stage = EmbeddedSoundStage()

    def dry(self, engine: str, variant: str, line: Spoken, into: Path, pace: int = USUAL) -> wav.Samples:
        """Return the dry stem of a line; its file is `into / line.wav`."""
        cast = VoiceCast(engine=engine, variant=variant, words_per_minute=pace)
        request = SpeakRequest(
            text=line.text, voice=cast, delivery=line.delivery, language="en", reading=1, radio=line.radio
        )
        self.voice.speak(request, Call(into=into))
        return wav.read_mono(into / "line.wav", SAMPLE_RATE)

    def through(self, channel: str, dry: Path, seconds: float) -> wav.Samples:
        """Return what is heard of a dry stem through a channel, by the embedded sound stage."""
        length = Fraction(round((seconds + 1.5) * 100), 100)
        placed = PlacedLine(
            line="S01-L01",
            at=Fraction(1, 2),
            channel="spoken" if channel in ("worn", "room") else channel,
            speaker="novak",
            wearer=channel == "worn",
        )
        bed = PlacedBed(at=Fraction(0), seconds=length, set="hallway", interior=True, weather="clear", light="night")
        request = SoundRequest(scene="S01", seconds=length, lines=(placed,), beds=(bed,), seed=1)
        with tempfile.TemporaryDirectory() as folder:
            into = Path(folder)
            self.stage.sound(request, Call(into=into, inputs={"line:S01-L01": Input(folder=dry)}))
            stem = "radio" if channel in ("radio", "dispatch") else "dialogue"
            return wav.read_mono(into / f"{stem}.wav", SAMPLE_RATE)

    def heard(self, place: int, samples: wav.Samples) -> bool:
        """Return whether a line is taken for itself."""
        return self.recogniser.heard(samples, SAMPLE_RATE) == place


def own_pace(ear: Ear, engine: str, variant: str) -> float:
    """Return the words a minute that a voice speaks at its engine's own setting, pauses within a line counted."""
    words, seconds = 0, 0.0
    table_says = measured.pace_of(engine, variant, USUAL_PACES[engine])
    with tempfile.TemporaryDirectory() as folder:
        for line in ear.lines:
            samples = ear.dry(engine, variant, line, Path(folder))
            asked = manner(VoiceCast(engine=engine, variant=variant), line.delivery, 1).words_per_minute
            # At the asked pace the line would be this long if the table were right.
            seconds += len(samples) / SAMPLE_RATE * asked / table_says
            words += word_count(line)
    return words / seconds * 60


def word_count(line: Spoken) -> int:
    """Return the words that are spoken; `twenty-four` is two."""
    return sum(len(word.split("-")) for word in spoken_words(line.said))


def measure(ear: Ear, engine: str, variant: str, suits: str, likeness: str, *, brief: bool = True) -> Measured:
    """Return one voice's row.

    A voice that is not heard dry is not listened to through channels; `brief` gives it up as soon as that is sure, and
    its row then tells of the lines so far, none of the rest counted as heard.
    """
    dry, pitches, bright = 0, [], []
    matches = dict.fromkeys(CHANNELS, 0.0)
    own = own_pace(ear, engine, variant)
    # What makes a voice of this pace speak as many words a minute as it is asked, whatever the table says of it today.
    asked = round(USUAL * measured.pace_of(engine, variant, USUAL_PACES[engine]) / own)
    with tempfile.TemporaryDirectory() as top:
        for place, line in enumerate(ear.lines):
            folder = Path(top) / str(place)
            folder.mkdir()
            samples = ear.dry(engine, variant, line, folder, asked)
            dry += ear.heard(place, samples)
            if brief and place + 1 - dry > (1 - LEAST_HEARD) * len(ear.lines):
                break
            if line.delivery in ("calm", "flat"):
                pitches.append(median_pitch(samples, SAMPLE_RATE))
                bright.append(brightness_db(samples, SAMPLE_RATE))
        step = max(1, len(ear.lines) // LINES_A_CHANNEL)
        chosen = list(enumerate(ear.lines))[::step] if dry >= LEAST_HEARD * len(ear.lines) else []
        for place, _ in chosen:
            folder = Path(top) / str(place)
            length = len(wav.read_mono(folder / "line.wav", SAMPLE_RATE)) / SAMPLE_RATE
            for channel in CHANNELS:
                matches[channel] += ear.heard(place, ear.through(channel, folder, length)) / len(chosen)
    return Measured.model_validate(
        {
            "engine": engine, "variant": variant, "suits": suits, "likeness": likeness,
            "words_a_minute": round(own, 1), "pitch_hz": round(float(np.median(pitches or [0])), 1),
            "brightness_db": round(float(np.mean(bright or [0])), 1), "dry": round(dry / len(ear.lines), 3),
            **{channel: round(value, 3) for channel, value in matches.items()},
        }
    )  # fmt: skip


def write_table(engines: tuple[str, ...]) -> None:
    """Measure the candidates of these engines, and write the table; rows of other engines stay as they are."""
    ear = Ear(script_lines())
    for engine in engines:
        for variant, suits, likeness in CANDIDATES[engine]:
            row = measure(ear, engine, variant, suits, likeness)
            rows = [*(one for one in _stored() if (one.engine, one.variant) != (engine, variant)), row]
            _write(rows)
            print(" ".join(str(value) for value in row.model_dump().values()), flush=True)


def write_paces() -> None:
    """Measure the pace of the table's voices again, as they speak with the pace that it has, and write it."""
    lines = script_lines()
    ear = Ear(lines)
    rows = [
        row.model_copy(update={"words_a_minute": round(own_pace(ear, row.engine, row.variant), 1)}) for row in _stored()
    ]
    _write(rows)


def _write(rows: list[Measured]) -> None:
    order = list(CANDIDATES)
    rows.sort(key=lambda one: (order.index(one.engine), -one.dry, -one.dispatch - one.radio, one.variant))
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(Measured.model_fields), lineterminator="\n")
        writer.writeheader()
        writer.writerows(one.model_dump() for one in rows)


def _stored() -> tuple[Measured, ...]:
    measured.table.cache_clear()
    return measured.table()


def apart(one: Portrait, other: Portrait) -> tuple[float, float]:
    """Return how far two voices lie apart: semitones of median pitch, and decibels (RMS) of long-term spectrum."""
    semitones = abs(12 * np.log2(one.pitch_hz / other.pitch_hz))
    decibels = float(np.sqrt(np.mean((np.array(one.spectrum) - np.array(other.spectrum)) ** 2)))
    return float(semitones), decibels


def portraits(ear: Ear, rows: tuple[Measured, ...], lines: int = 6) -> tuple[Portrait, ...]:
    """Return pitch, spectrum and pace of voices over a few lines."""
    made = []
    for row in rows:
        with tempfile.TemporaryDirectory() as folder:
            chosen = ear.lines[:: max(1, len(ear.lines) // lines)]
            heard = [ear.dry(row.engine, row.variant, line, Path(folder)) for line in chosen]
        samples = np.concatenate(heard)
        asked = [manner(VoiceCast(engine="", variant=""), line.delivery, 1).words_per_minute for line in chosen]
        seconds = sum(len(one) / SAMPLE_RATE * wpm / USUAL for one, wpm in zip(heard, asked, strict=True))
        made.append(
            Portrait(
                engine=row.engine,
                variant=row.variant,
                pitch_hz=median_pitch(samples, SAMPLE_RATE),
                spectrum=tuple(float(level) for level in spectrum(samples, SAMPLE_RATE)),
                words_a_minute=sum(map(word_count, chosen)) / seconds * 60,
            )
        )
    return tuple(made)


def offered_here() -> tuple[Measured, ...]:
    """Return the rows of the voices that this machine offers, best first; Piper's are in no table."""
    rows = {(row.engine, row.variant): row for row in measured.table()}
    offers = ensemble.build(ToolSettings()).offers("en")
    return tuple(rows[one.engine, one.variant] for one in offers if (one.engine, one.variant) in rows)


def verdicts() -> list[Verdict]:
    """Return the bars of the voices that are offered on this machine, measured now."""
    ear, rows = Ear(script_lines()), offered_here()
    again = [measure(ear, row.engine, row.variant, row.suits, row.likeness, brief=False) for row in rows]
    seen = portraits(ear, rows)
    embedded = [one for one in seen if one.engine == espeak.ENGINE]
    distinct: list[Portrait] = []
    for one in embedded:
        if all(_far(one, other) > LEAST_APART for other in distinct):
            distinct.append(one)
    paces = [one.words_a_minute for one in embedded]
    found = [
        Verdict(
            name="voices that are heard and differ, embedded alone", reached=len(distinct), bar=LEAST_VOICES, most=False
        ),
        Verdict(name="slowest voice, words a minute (asked for 155)", reached=min(paces), bar=PACE[0], most=False),
        Verdict(name="fastest voice, words a minute (asked for 155)", reached=max(paces), bar=PACE[1]),
    ]
    for row in again:
        name = f"{row.engine} {row.variant}: part of lines heard, dry"
        found.append(Verdict(name=name, reached=row.dry, bar=LEAST_HEARD, most=False))
        print("  ".join([f"{row.engine} {row.variant}:", *(f"{c} {getattr(row, c):.2f}" for c in ("dry", *CHANNELS))]))
    return found


def _far(one: Portrait, other: Portrait) -> float:
    return float(np.hypot(*apart(one, other)))


# ---- docs ------------------------------------------------------------------------------------------------------------


def write_docs() -> None:
    """Write table and matrix between the marks of `docs/voices.md`."""
    rows = tuple(row for row in measured.table() if row.dry >= LEAST_HEARD)
    here = {(row.engine, row.variant) for row in offered_here()}
    rows = tuple(row for row in rows if (row.engine, row.variant) in here)
    seen = portraits(Ear(script_lines()), rows, LINES)
    head = "| voice | for | pitch, Hz | words a minute | " + " | ".join(("dry", *CHANNELS)) + " |"
    table = [head, "|---|---|" + "---:|" * (2 + 1 + len(CHANNELS))]
    for row, one in zip(rows, seen, strict=True):
        cells = [f"{row.engine} `{row.variant}`", row.suits, f"{one.pitch_hz:.0f}", f"{one.words_a_minute:.0f}"]
        cells += [f"{getattr(row, channel) * 100:.0f} %" for channel in ("dry", *CHANNELS)]
        table.append(f"| {' | '.join(cells)} |")
    names = [str(number) for number in range(1, len(seen) + 1)]
    matrix = [f"| | | {' | '.join(names)} |", "|---|---|" + "---|" * len(seen)]
    for number, one in enumerate(seen, 1):
        cells = ["" if one is other else "{:.1f} / {:.1f}".format(*apart(one, other)) for other in seen]
        matrix.append(f"| {number} | `{one.variant}` | {' | '.join(cells)} |")
    text = DOCS.read_text("utf-8")
    for mark, lines in (("table", table), ("matrix", matrix)):
        begin, end = f"<!-- {mark}: begin -->", f"<!-- {mark}: end -->"
        text = text[: text.index(begin) + len(begin)] + "\n" + "\n".join(lines) + "\n" + text[text.index(end) :]
    DOCS.write_text(text, "utf-8")


def main(arguments: list[str]) -> int:
    """Measure, write the table, or write the matrix."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.voices", description=__doc__)
    parser.add_argument("--write", nargs="*", choices=tuple(CANDIDATES), metavar="ENGINE", help="measure candidates")
    parser.add_argument("--docs", action="store_true", help="write table and matrix into docs/voices.md")
    given = parser.parse_args(arguments)
    if given.write is not None:
        write_table(tuple(given.write) or tuple(CANDIDATES))
        # Pauses do not shorten as words do: what was found at the engine's own setting is set right at the asked pace.
        write_paces()
        return 0
    if given.docs:
        write_docs()
        return 0
    return 0 if report(verdicts()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
