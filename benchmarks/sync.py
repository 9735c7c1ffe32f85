"""How far apart picture and sound of one event are in a made episode: steps, doors, mouths, measured from both.

    python -m benchmarks.sync FOLDER        FOLDER is an episode's own folder, with `episode.json` in it

The picture of an event is what differs, pixel by pixel, between its shot drawn with the event and without it; its sound
is what differs, sample by sample, between its scene sounded with it and without it (a mouth's: the dialogue stem
itself). Shots and scenes are made anew from the record by the same tools, which give the same bytes as the film's.
"""

import itertools
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.verdicts import Verdict, report
from director import crews
from director.settings import load
from episodes.cut import TrackName
from episodes.episode import Episode
from episodes.format import HANDLE_FRAMES, SAMPLE_RATE
from episodes.placing import SOUND_LEAD, scene_span
from episodes.plan import plan
from episodes.requests import ConformRequest, RenderRequest, SoundRequest, SpeakRequest
from episodes.results import SpokenLine
from episodes.shots import Door, Mouth, Shot, Step
from episodes.store import EpisodeStore
from episodes.work import Plan
from tools import worker
from tools.finish.camera import Finish
from tools.protocols import Call, Input, ToolSettings
from tools.sound import wav
from tools.video.acting import viseme
from tools.video.stage import Stage

MOST_SECONDS = 0.04
"""Most that picture and sound of one event may lie apart; sound is noticed when it is 45 ms early (ITU-R BT.1359)."""
_FAR = Fraction(9999)
_NEAR = 0.15
"""Seconds within which a sight and a sound may belong to one event at all; walkers set a foot down every 0.33 s."""


@dataclass(frozen=True)
class Pair:
    """One event, seen and heard, in seconds of the film."""

    kind: str
    shot: str
    seen: float
    heard: float

    @property
    def apart(self) -> float:
        """Seconds by which the sound comes after the picture."""
        return self.heard - self.seen


class Made:
    """An episode's shots and scenes, made again from its record."""

    def __init__(self, folder: Path, bench: Path) -> None:
        store = EpisodeStore(folder)
        self.episode: Episode = store.episode(store.head().revision)
        self.settings = load({"model": "none"})
        self.plan: Plan = plan(self.episode, crews.belt(self.settings), "animatic")
        self.bench, self._lines = bench, dict[str, SpokenLine]()
        self.starts = {clip.media: at for at, clip in self.episode.the_cut.track("V1").placed()}
        self.fps = self.episode.brief.format.fps

    def line(self, name: str) -> SpokenLine:
        """Return a line, spoken again once."""
        if name not in self._lines:
            line = self.episode.line(name)
            request = self.plan.labelled(f"{name}_R{line.reading}", "speak").request
            assert isinstance(request, SpeakRequest)
            folder = self.bench / name
            folder.mkdir()
            voice = worker.build("voice", self.settings.backend("voice"), ToolSettings())
            self._lines[name] = voice.speak(request, Call(into=folder))  # type: ignore[attr-defined]
        return self._lines[name]

    def render(self, shot: Shot) -> RenderRequest:
        """Return the request that a shot's take was made from."""
        request = self.plan.labelled(shot.label, "render").request
        assert isinstance(request, RenderRequest)
        return request

    def stems(self, request: SoundRequest, name: str) -> NDArray[np.float32]:
        """Return one stem of a scene's sound, mono."""
        inputs = {}
        for placed in request.lines:
            spoken = self.line(placed.line)
            inputs[f"line:{placed.line}"] = Input(self.bench / placed.line, spoken)
        with tempfile.TemporaryDirectory(dir=self.bench) as into:
            stage = worker.build("sound", self.settings.backend("sound"), ToolSettings())
            stage.sound(request, Call(into=Path(into), inputs=inputs))  # type: ignore[attr-defined]
            return wav.read_mono(Path(into) / f"{name}.wav", SAMPLE_RATE)

    def sound(self, scene: str) -> SoundRequest:
        """Return the request that a scene's stems were made from."""
        request = self.plan.labelled(f"{scene}:sound", "sound").request
        assert isinstance(request, SoundRequest)
        return request

    def zero(self, scene: str) -> Fraction:
        """Return the moment of the film at which a scene's stems begin."""
        return scene_span(self.episode, scene)[0] - SOUND_LEAD


# ---- the sound -------------------------------------------------------------------------------------------------------


def onset(sound: NDArray[np.float32], near: float) -> float | None:
    """Return the second at which a sound begins near a moment: where it passes a tenth of its peak; None for none."""
    first = max(round((near - 0.15) * SAMPLE_RATE), 0)
    piece = np.abs(sound[first : first + round(0.4 * SAMPLE_RATE)])
    if not piece.size or piece.max() < 1e-4:
        return None
    return (first + int(np.flatnonzero(piece > 0.1 * piece.max())[0])) / SAMPLE_RATE


def voice_heard(line: NDArray[np.float32]) -> list[float]:
    """Return the seconds of a line at which the voice sets in: at its start, and after each pause of 60 ms or more."""
    hop = SAMPLE_RATE // 200
    level = np.sqrt(np.mean(line[: len(line) // hop * hop].reshape(-1, hop) ** 2, axis=1))
    loud, quiet = level > 0.03 * level.max(), level < 0.01 * level.max()
    found = [int(np.flatnonzero(loud)[0])]
    for index in map(int, np.flatnonzero(loud)):
        if index - 12 > found[-1] and quiet[index - 12 : index].sum() >= 10:
            found.append(index)
    # A word may begin softly, with an f or an h: back to where it rises from the silence.
    for place, index in enumerate(found):
        while found[place] and level[found[place] - 1] > 0.004 * level.max() and index - found[place] < 24:
            found[place] -= 1
    return [index / 200 for index in found]


def events_heard(made: Made, scene: str, kind: str) -> list[tuple[float, float | None]]:
    """Return the film time at which each event of a kind is planned in a scene, and at which it is heard."""
    request = made.sound(scene)
    chosen = [placed for placed in request.events if placed.event.kind == kind]
    if not chosen:
        return []
    silent = tuple(p.model_copy(update={"event": p.event.model_copy(update={"at": -_FAR})}) if p in chosen else p
                   for p in request.events)  # fmt: skip
    rest = request.model_copy(update={"events": silent})
    difference = made.stems(request, "effects") - made.stems(rest, "effects")
    zero = float(made.zero(scene))
    found = []
    for placed in chosen:
        at = float(placed.event.at)
        heard = onset(difference, at)
        found.append((zero + at, None if heard is None else zero + heard))
    return found


# ---- the picture -----------------------------------------------------------------------------------------------------


def _drawn(request: RenderRequest, lines: dict[str, SpokenLine], first: int, last: int) -> Iterator[NDArray[np.uint8]]:
    stage = Stage(request, lines)
    for index in range(first, last):
        yield stage.frame(index / request.format.fps)


def doors_seen(made: Made, shot: Shot) -> Iterator[tuple[Door, float]]:
    """Yield each door's event and the second of the shot at which the picture shows it: first or last movement."""
    request, fps = made.render(shot), made.fps
    for event in (event for event in shot.events if isinstance(event, Door)):
        closing = event.action in ("close", "slam")
        # Not yet opened or knocked at; or shut long since.
        still = event.model_copy(update={"at": -_FAR if closing else _FAR})
        events = tuple(still if other is event else other for other in shot.events)
        without = request.model_copy(update={"shot": request.shot.model_copy(update={"events": events})})
        first = max(round(float(event.at) * fps) - fps // 2, -HANDLE_FRAMES)
        last = first + fps
        pairs = zip(_drawn(request, {}, first, last), _drawn(without, {}, first, last), strict=True)
        moved = [float(np.mean(cv2.absdiff(a, b))) for a, b in pairs]
        quiet = 0.02 * max(moved)
        changed = [index for index, amount in enumerate(moved) if amount > quiet]
        if changed:
            yield event, (first + (changed[-1] + 1 if event.action == "close" else changed[0])) / fps


def steps_seen(made: Made, shot: Shot, who: str) -> list[float]:
    """Return the seconds of the shot at which a walker's feet are seen to land."""
    request = made.render(shot)
    alone = tuple(subject for subject in request.shot.subjects if subject.id == who)
    bare = request.model_copy(update={"shot": request.shot.model_copy(update={"subjects": alone})})
    frames = made.episode.brief.format.frames(shot.seconds)
    return landings(Stage(bare, {}), frames, made.fps, running=alone[0].pose == "run") if alone else []


def landings(stage: Stage, frames: int, fps: int, *, running: bool = False) -> list[float]:
    """Return the seconds at which a figure's feet are seen to land.

    A walker's are furthest apart when the heel of the one in front comes down; a runner comes down from the air.
    """
    spans, floors = [], []
    for index in range(frames):
        stage.frame(index / fps)
        shape = stage.shapes()
        spans.append(_foot_span(shape))
        rows = np.flatnonzero((shape > 128).any(axis=1))
        floors.append(float(rows[-1]) if spans[-1] else 0.0)
    signal = floors if running else spans
    drawings = [
        (n, signal[n]) for n in range(frames) if not n or (spans[n], floors[n]) != (spans[n - 1], floors[n - 1])
    ]
    known = [amount for _, amount in drawings if amount]
    if len(known) < 5:
        return []
    if running:
        ground = float(np.median(known))
        return [now / fps for (_, a), (now, b) in itertools.pairwise(drawings) if a < ground - 1 <= b - 0.5 and a]
    middle = (max(known) + min(known)) / 2
    return [
        now[0] / fps
        for before, now, after in zip(drawings, drawings[1:], drawings[2:], strict=False)
        if before[1] < now[1] >= after[1] and now[1] > middle
    ]


def _foot_span(shape: NDArray[np.uint8]) -> float:
    """Return how many columns a figure covers in the lowest sixth of its height; 0 when its feet are not seen."""
    rows = np.flatnonzero((shape > 128).any(axis=1))
    if not rows.size or rows[-1] >= len(shape) - 2:
        return 0.0
    low = shape[rows[-1] - (rows[-1] - rows[0]) // 6 : rows[-1] + 1].astype(np.float64) / 255
    # To a part of a column, by what the outermost ones are covered.
    covered = low.max(axis=0)
    columns = np.flatnonzero(covered > 0.5)
    edges = covered[columns[0] - 1 : columns[0]].sum() + covered[columns[-1] + 1 : columns[-1] + 2].sum()
    return float(columns[-1] - columns[0] + edges)


def mouth_opening(made: Made, shot: Shot, event: Mouth) -> NDArray[np.float64]:
    """Return, for each frame of the shot, how much of the picture the opening of the speaker's mouth has changed."""
    request, line = made.render(shot), made.line(event.line)
    # The same line hummed: hands and head move as before, only the lips stay shut.
    shut = tuple(p if p.symbol == "_" else p.model_copy(update={"symbol": "m"}) for p in line.phonemes)
    hummed = line.model_copy(update={"phonemes": shut})
    others = {e.line: made.line(e.line) for e in shot.events if isinstance(e, Mouth) and e.line != event.line}
    frames = made.episode.brief.format.frames(shot.seconds)
    pairs = zip(_drawn(request, {**others, event.line: line}, 0, frames),
                _drawn(request, {**others, event.line: hummed}, 0, frames), strict=True)  # fmt: skip
    return np.array([float(np.sum(cv2.absdiff(a, b))) for a, b in pairs])


def mouth_seen(opening: NDArray[np.float64], fps: int) -> list[float]:
    """Return the seconds at which a shut mouth opens: after two shut frames or more, or at the very beginning."""
    open_ = opening > 0.02 * opening.max()
    rises = [index for index in range(len(open_)) if open_[index] and not open_[max(index - 2, 0) : index].any()]
    return [index / fps for index in rises if index]


def carried_heights(made: Made, shot: Shot) -> NDArray[np.float64]:
    """Return by how many pixels the finish moves each frame of a shot up or down for the wearer's feet alone."""
    request = made.plan.labelled(shot.id, "conform").request
    assert isinstance(request, ConformRequest)
    board = np.full((request.format.height, request.format.width), 40, np.uint8)
    middle = (request.format.width // 2, request.format.height // 2)
    frame = cv2.cvtColor(cv2.circle(board, middle, request.format.height // 9, 220, -1), cv2.COLOR_GRAY2BGRA)
    # The same hand without feet: only what they do is left in the difference.
    finishes = Finish(request), Finish(request.model_copy(update={"steps": (), "movement": "handheld"}))
    heights = []
    for index in range(request.frames):
        rows = []
        for one in finishes:
            lit = one.apply(frame.copy(), index).max(axis=2).astype(np.float64)
            weight = np.clip(lit - lit.mean(), 0, None).sum(axis=1)
            rows.append(float(np.average(np.arange(len(weight)), weights=weight)))
        heights.append(rows[0] - rows[1])
    return np.array(heights)


def carried_seen(made: Made, shot: Shot) -> list[float]:
    """Return the seconds of the shot at which the picture is knocked by the wearer's feet: it turns sharply there."""
    heights = carried_heights(made, shot)
    count = sum(isinstance(event, Step) and event.who == shot.wearer for event in shot.events)
    knocks = np.pad(np.abs(np.diff(heights, 2)), 1)
    found: list[int] = []
    for index in np.argsort(-knocks):
        if len(found) < count and all(abs(int(index) - other) > made.fps // 6 for other in found):
            found.append(int(index))
    # The segment begins where the editor has trimmed the shot to.
    return sorted(float(shot.trim_in) + index / made.fps for index in found)


# ---- both ------------------------------------------------------------------------------------------------------------


def pairs(made: Made) -> Iterator[Pair]:
    """Yield every event that is both seen and heard."""
    for scene in made.episode.the_script.scenes:
        steps, doors = events_heard(made, scene.id, "step"), events_heard(made, scene.id, "door")
        for shot in made.episode.shots_of(scene.id):
            if shot.id in made.starts and not shot.reversed:
                yield from _of_shot(made, shot, steps, doors)


def _of_shot(
    made: Made, shot: Shot, steps: list[tuple[float, float | None]], doors: list[tuple[float, float | None]]
) -> Iterator[Pair]:
    start = float(made.starts[shot.id] - shot.trim_in)
    end = start + float(shot.trim_in + shot.shown_seconds)
    people = {one.id for one in made.episode.the_world.characters if one.kind == "human"}
    aside = {one.id for one in shot.subjects if one.facing in ("left", "right") and one.id in people}
    # Feet that come towards the lens, or that are paws, land by the same events; their span does not tell when.
    walkers = dict.fromkeys(
        event.who for event in shot.events if isinstance(event, Step) and event.who in aside | {shot.wearer}
    )
    for who in walkers:
        seen = carried_seen(made, shot) if who == shot.wearer else steps_seen(made, shot, who)
        yield from _nearest("carried step" if who == shot.wearer else "step", shot, seen, start, end, steps)
    for door, seen_at in doors_seen(made, shot):
        yield from _nearest(f"door {door.action}", shot, [seen_at], start, end, doors)
    for event in shot.events:
        if isinstance(event, Mouth) and made.line(event.line).phonemes:
            yield from _mouth_pair(made, shot, event, start)


def _nearest(
    kind: str, shot: Shot, seen: list[float], start: float, end: float, heard: list[tuple[float, float | None]]
) -> Iterator[Pair]:
    """Yield each sight of the shown part with the sound nearest to it."""
    sounds = [at for _, at in heard if at is not None]
    for moment in (start + at for at in seen if start + at < end):
        near = min(sounds, key=lambda at: abs(at - moment), default=None)
        if near is not None and abs(near - moment) < _NEAR:
            yield Pair(kind, shot.id, moment, near)


def _mouth_pair(made: Made, shot: Shot, event: Mouth, start: float) -> Iterator[Pair]:
    line = made.episode.line(event.line)
    track: TrackName = "A2" if line.channel in ("radio", "dispatch") else "A1"
    placed = {clip.media: at for at, clip in made.episode.the_cut.track(track).placed()}
    if line.id not in placed:
        return
    spoken = wav.read_mono(made.bench / line.id / "line.wav", SAMPLE_RATE)
    began = float(placed[line.id])
    opening = mouth_opening(made, shot, event)
    seen = [start + at for at in mouth_seen(opening, made.fps)] if opening.max() > 0 else []
    end = start + float(shot.trim_in + shot.shown_seconds)

    def lips(at: float) -> bool:
        """Return whether a word begins with shut lips, as "Mister" does: then sound comes first, and rightly."""
        first = next((p for p in made.line(line.id).phonemes if p.at + p.seconds > at + 0.02 and p.symbol != "_"), None)
        return first is not None and viseme(first.symbol)[0] == 0.0

    # From the sound to the picture: lips also shut within words, where nothing sets in.
    nearest: dict[float, float] = {}
    for moment in (began + at for at in voice_heard(spoken) if not lips(at)):
        near = min(seen, key=lambda at: abs(at - moment), default=end)
        if abs(near - moment) < min(_NEAR, abs(near - nearest.get(near, -1.0))) and near < end:
            nearest[near] = moment
    yield from (Pair("mouth", shot.id, near, moment) for near, moment in nearest.items())


def verdicts_of(folder: Path) -> list[Verdict]:
    """Measure one episode and print what was found by kind."""
    with tempfile.TemporaryDirectory() as bench:
        found = list(pairs(Made(folder, Path(bench))))
    kinds = dict.fromkeys(pair.kind for pair in found)
    verdicts = []
    for kind in kinds:
        apart = np.array([pair.apart for pair in found if pair.kind == kind])
        print(f"  {kind}: {len(apart)}, sound after picture {1000 * np.median(apart):+.0f} ms in the middle, "
              f"{1000 * apart.min():+.0f} to {1000 * apart.max():+.0f} ms")  # fmt: skip
        verdicts.append(Verdict(f"{kind}: furthest apart, ms", 1000 * float(np.abs(apart).max()), 1000 * MOST_SECONDS))
    return verdicts


def main(arguments: list[str]) -> int:
    """Measure the episodes whose folders are given."""
    kept = True
    for folder in map(Path, arguments):
        print(folder.name)
        kept &= report(verdicts_of(folder))
    return 0 if kept and arguments else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
