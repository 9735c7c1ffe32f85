"""The form of a cue: stretches of music, their bars, chords and heat, and where there is talk. No note is made here."""

from dataclasses import dataclass
from typing import Literal

from episodes.keys import Key
from episodes.pulse import Pulse, fitted
from episodes.requests import ComposeRequest, CueMood
from episodes.scoring import stretches
from episodes.theme import BAR, HOOK_BARS, ShowTheme
from tools.music.harmony import Chord, dominant, key_of, progression

End = Literal["stop", "onward", "home"]
"""How a stretch ends: dead, led into the next cue, or closed with a last chord that rings."""


@dataclass(frozen=True)
class Statement:
    """An appearance of the show's tune."""

    at: int
    """Beats after the stretch's start."""
    first: int
    """First bar of the hook that is played."""
    bars: int
    under: bool = False
    """Whether somebody speaks over it, so that it keeps low."""


@dataclass(frozen=True)
class Bar:
    """One bar."""

    at: int
    """Beats after the stretch's start."""
    beats: int
    """4, or fewer where the stretch ends or a downbeat comes early."""
    chord: Chord
    heat: float
    """0 (hardly there) to 1 (everybody plays)."""
    place: int
    """Place in its phrase of four bars, 0 to 3."""
    phrase: int
    """Number of its phrase: every other one is played by another part of the band."""
    fill: bool
    """Whether its end leads into something new."""


@dataclass(frozen=True)
class Stretch:
    """Music without a stop."""

    start: float
    """Seconds into the cue."""
    end: float
    ring: float
    """Seconds at its end in which the last chord rings, or 0."""
    pulse: Pulse
    """Beats, counted from its start."""
    swing: float
    key: Key
    ends: End
    bars: tuple[Bar, ...]
    talk: tuple[tuple[float, float], ...]
    """Beats from and to."""
    hits: tuple[int, ...]
    """Beats."""
    turn: int | None
    statements: tuple[Statement, ...]

    @property
    def beats(self) -> int:
        """Whole beats before its end, or before its last chord."""
        return self.pulse.beats

    def second(self, beat: float) -> float:
        """Return when a beat is played, in seconds into the cue: second eighths come late where it swings."""
        whole, part = divmod(beat, 1.0)
        bent = part * self.swing / 0.5 if part < 0.5 else self.swing + (part - 0.5) * (1 - self.swing) / 0.5
        return self.start + self.pulse.second(whole + bent)

    def beat_seconds(self, beat: float) -> float:
        """Return the length of a beat there."""
        return self.pulse.second(int(beat) + 1) - self.pulse.second(int(beat))

    def talks(self, beat: float, beats: float = 0.5) -> bool:
        """Whether somebody speaks in these beats."""
        return any(first < beat + beats and beat < last for first, last in self.talk)

    def bar_at(self, beat: float) -> Bar:
        """Return the bar of a beat."""
        return next((bar for bar in reversed(self.bars) if bar.at <= beat + 1e-6), self.bars[0])

    def chord_at(self, beat: float) -> Chord:
        """Return the chord of a beat."""
        return self.bar_at(beat).chord


_HEAT: dict[CueMood, tuple[float, float]] = {
    "quiet": (0.25, 0.5),
    "suspicion": (0.35, 0.75),
    "comedy": (0.45, 0.85),
    "chase": (0.7, 1.0),
    "tension": (0.3, 0.8),
    "resolution": (0.4, 0.75),
    "sting": (1.0, 1.0),
    "question": (0.5, 0.6),
    "close": (0.9, 1.0),
}
"""Heat at the start and at the height of each mood."""
_TALK_COOLS = 0.55
_REST_BARS = 2
"""Bars without the tune between two statements."""


def form_of(request: ComposeRequest) -> tuple[Stretch, ...]:
    """Return the stretches of a cue. Raises `RequestRejected` for an unknown key."""
    key = key_of(request.key)
    if request.mood == "sting" and request.hits and float(request.seconds) > 1.5:
        return _title(request, key)
    spans = stretches(request)
    made = []
    for number, (start, end) in enumerate(spans):
        last = end == request.seconds
        ends: End = "stop" if not last else "onward" if request.onward else "home"
        made.append(_stretch(request, key, number, (float(start), float(end)), ends))
    return tuple(made)


def _title(request: ComposeRequest, key: Key) -> tuple[Stretch, ...]:
    """The title: a pick-up until the name lands, then the hook and its button."""
    lands, seconds = float(request.hits[0]), float(request.seconds)
    beat = 60 / request.tempo
    count = max(min(round((seconds - 0.45 - lands) / beat), BAR), 1)
    theme, chord = request.theme, Chord(0, key, ninth=True)
    pick_up = Stretch(
        start=0.0, end=lands, ring=0.0, pulse=Pulse(((0, 0.0), (1, lands))), swing=0.5, key=key, ends="onward",
        bars=(Bar(0, 1, dominant(key), 1.0, 3, 0, True),), talk=(), hits=(), turn=None, statements=(),
    )  # fmt: skip
    end = lands + count * beat
    hook = Stretch(
        start=lands, end=seconds, ring=seconds - end, pulse=Pulse(((0, 0.0), (count, end - lands))), swing=theme.swing,
        key=key, ends="home", bars=(Bar(0, count, chord, 1.0, 0, 0, False),), talk=(), hits=(0,), turn=None,
        statements=(Statement(0, 0, 1),),
    )  # fmt: skip
    return (pick_up, hook)


def _stretch(request: ComposeRequest, key: Key, number: int, span: tuple[float, float], ends: End) -> Stretch:
    start, end = span
    ring = min(2.4, 0.28 * (end - start)) if ends == "home" else 0.0
    if request.mood == "close":
        ring = 0.45 * (end - start)
    length = end - start - ring
    hits = [float(hit) - start for hit in request.hits if 0.1 < float(hit) - start < length - 0.1]
    pulse = fitted(length, request.tempo, hits)
    talk = tuple(
        (pulse.beat(max(float(t.at) - start, 0)), pulse.beat(float(t.at + t.seconds) - start))
        for t in request.talk
        if float(t.at) < end and float(t.at + t.seconds) > start
    )
    turn = next((round(pulse.beat(hit)) for hit in hits if _same(hit + start, request.turn)), None)
    statements = _statements(request, pulse.beats, talk)
    swing = 0.5 if request.mood in ("chase", "tension") else 0.64 if request.mood == "comedy" else request.theme.swing
    return Stretch(
        start=start, end=end, ring=ring, pulse=pulse, swing=swing, key=key, ends=ends,
        bars=_bars(request, key, number, pulse.beats, talk, turn, statements, ends), talk=talk,
        hits=tuple(round(pulse.beat(hit)) for hit in hits), turn=turn, statements=statements,
    )  # fmt: skip


def _same(hit: float, turn: object) -> bool:
    return turn is not None and abs(hit - float(turn)) < 1e-6  # type: ignore[arg-type]


def _lines(beats: int, turn: int | None) -> list[int]:
    """Return where bars begin: every four beats, and anew at the turn, so that it is a downbeat."""
    starts: list[int] = []
    at = 0
    while at < beats:
        starts.append(at)
        ahead = at + BAR
        at = turn if turn is not None and at < turn < ahead else ahead
    return starts


def _bars(
    request: ComposeRequest,
    key: Key,
    number: int,
    beats: int,
    talk: tuple[tuple[float, float], ...],
    turn: int | None,
    statements: tuple[Statement, ...],
    ends: End,
) -> tuple[Bar, ...]:
    starts = _lines(beats, turn)
    chords = list(progression(request.mood, key, len(starts), request.seed + number))
    low, high = _HEAT[request.mood]
    height = turn if turn is not None else beats
    bars = []
    for place, at in enumerate(starts):
        after = starts[place + 1] if place + 1 < len(starts) else beats
        chord = chords[place] if place or request.mood == "close" else Chord(0, key, ninth=chords[0].ninth)
        for statement in statements:
            inside = (at - statement.at) // BAR
            if statement.at <= at < statement.at + BAR * statement.bars:
                chord = _under_tune(request.theme, key, statement.first + inside)
        if place == len(starts) - 1 and (place or ends == "onward"):
            chord = _last(request, key, ends, chord)
        spoken = sum(max(0.0, min(last, after) - max(first, at)) for first, last in talk) / max(after - at, 1)
        rising = min((at + 1) / max(height, 1), 1.0) if at < height else 0.85
        heat = low + (high - low) * max(rising, 0.75 if number else 0.0)
        counted = (at - (turn if turn is not None and at >= turn else 0)) // BAR
        phrase = counted // HOOK_BARS + (turn is not None and at >= turn) + number
        leads = counted % HOOK_BARS == HOOK_BARS - 1 or after == turn or (after == beats and ends != "stop")
        bars.append(
            Bar(at, after - at, chord, heat * (1 - _TALK_COOLS * min(spoken, 1.0)), counted % HOOK_BARS, phrase, leads)
        )
    return tuple(bars)


def _under_tune(theme: ShowTheme, key: Key, bar: int) -> Chord:
    root = theme.roots[min(bar, len(theme.roots) - 1)]
    return dominant(key) if root == 4 else Chord(root, key)


def _last(request: ComposeRequest, key: Key, ends: End, chord: Chord) -> Chord:
    """Return the chord of a stretch's last bar: it leads to the next cue's key, home, or nowhere when it stops."""
    if ends == "onward" and request.onward is not None:
        return dominant(key_of(request.onward.key))
    return dominant(key) if ends == "home" else chord


def _statements(request: ComposeRequest, beats: int, talk: tuple[tuple[float, float], ...]) -> tuple[Statement, ...]:
    """Find where the tune fits: the whole hook in a long gap of the talk, its motif or its answer in a short one."""
    if request.mood == "close":
        return (Statement(0, 3, 1),)
    found: list[Statement] = []
    free_from, turned = 0, 0
    for at in range(0, max(beats - 1, 1), BAR):
        if at < free_from:
            continue
        speech = min((first for first, last in talk if last > at + 0.6), default=float("inf"))
        room = (min(speech, beats) - at + 0.75) // BAR
        if room < 1:
            continue
        bars = HOOK_BARS if room >= HOOK_BARS else 2 if room >= 2 else 1
        first = 0 if bars == HOOK_BARS or turned % 2 == 0 else HOOK_BARS - bars
        found.append(Statement(at, first, bars))
        turned += 1
        free_from = at + BAR * (bars + _REST_BARS)
    if not found and beats >= BAR // 2:
        found.append(Statement(0, 0, 2 if beats >= 2 * BAR else 1, under=bool(talk)))
    return tuple(found)
