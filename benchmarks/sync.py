"""How far apart picture and sound of one event are in a made episode: steps, doors, mouths, measured from both.

    python -m benchmarks.sync FOLDER        FOLDER is an episode's own folder, with `episode.json` in it

The picture of an event is what differs, pixel by pixel, between its shot drawn with the event and without it; its sound
is what differs, sample by sample, between its scene sounded with it and without it (a mouth's: the dialogue stem
itself). Shots and scenes are made anew from the record by the same tools, which give the same bytes as the film's.
"""

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
from episodes.plan import Plan, plan
from episodes.shots import Door, Mouth, Shot, Step
from episodes.store import EpisodeStore
from episodes.tasks import ConformRequest, RenderRequest, SoundRequest, SpeakRequest, SpokenLine
from tools import worker
from tools.finish.camera import Finish
from tools.protocols import Call, Input, ToolSettings
from tools.sound import wav
from tools.video.stage import Stage

MOST_SECONDS = 0.04
"""Most that picture and sound of one event may lie apart; sound is noticed when it is 45 ms early (ITU-R BT.1359)."""
_FAR = Fraction(9999)


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
    """Return the seconds of the shot at which a walker's feet are seen to land.

    What touches the ground is then as wide as two feet apart.
    """
    request, fps = made.render(shot), made.fps
    alone = tuple(subject for subject in request.shot.subjects if subject.id == who)
    stage = Stage(request.model_copy(update={"shot": request.shot.model_copy(update={"subjects": alone})}), {})
    spans = []
    for index in range(made.episode.brief.format.frames(shot.seconds)):
        stage.frame(index / fps)
        spans.append(_ground_span(stage.shapes()))
    found, known = [], [span for span in spans if span is not None]
    if not known:
        return []
    wide = 0.6 * max(known)
    for index in range(1, len(spans)):
        before, now = spans[index - 1], spans[index]
        if before is not None and now is not None and before < wide <= now:
            found.append(index / fps)
    return found


def _ground_span(shape: NDArray[np.uint8]) -> float | None:
    """Return how many columns lie between the outermost of what touches the ground; None when nothing is there."""
    rows = np.flatnonzero((shape > 128).any(axis=1))
    if not rows.size or rows[-1] >= len(shape) - 2:
        return None  # nobody, or feet below the frame
    low = (shape[rows[-1] - 1 : rows[-1] + 1] > 96).any(axis=0)
    columns = np.flatnonzero(low)
    return float(columns[-1] - columns[0])


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


def mouth_lag(opening: NDArray[np.float64], level: NDArray[np.float64]) -> float | None:
    """Return by how many frames the sound follows the mouth, to a part of a frame; None where the mouth is not seen.

    Args:
        opening: how far the mouth is open in each frame.
        level: how loud its line is in each frame, and in 12 frames before and after them.
    """
    if opening.max() <= 0 or len(opening) < 12:
        return None
    a = (opening - opening.mean()) / (opening.std() + 1e-9)
    scores = []
    for shift in range(-12, 13):
        b = level[12 + shift : 12 + shift + len(a)]
        scores.append(float(np.mean(a * (b - b.mean()) / (b.std() + 1e-9))))
    best = int(np.argmax(scores))
    if not 0 < best < 24 or scores[best] < 0.2:
        return None
    left, mid, right = scores[best - 1 : best + 2]
    return best - 12 + 0.5 * (left - right) / (left - 2 * mid + right)


def carried_seen(made: Made, shot: Shot) -> list[float]:
    """Return the seconds of the shot at which the finish knocks the picture down under the wearer's feet."""
    request = next(
        task.request for task in made.plan.of("conform") if task.request.kind == "conform" and task.label == shot.id
    )
    assert isinstance(request, ConformRequest)
    board = np.kron(np.random.default_rng(1).integers(40, 200, (45, 80)), np.ones((16, 16))).astype(np.uint8)
    board = cv2.resize(board, (request.format.width, request.format.height))
    frame = cv2.cvtColor(board, cv2.COLOR_GRAY2BGRA)
    still = request.model_copy(update={"steps": (), "movement": "handheld"})
    finishes, heights = (Finish(request), Finish(still)), []
    for index in range(request.frames):
        seen = [
            cv2.cvtColor(finish.apply(frame.copy(), index), cv2.COLOR_BGR2GRAY).astype(np.float32)
            for finish in finishes
        ]
        heights.append(cv2.phaseCorrelate(seen[1], seen[0])[0][1])
    jumps = np.abs(np.diff(heights, prepend=heights[0]))
    strong = 0.5 * np.sort(jumps)[-max(len(request.steps), 1)]
    return [
        index / made.fps for index in range(1, len(jumps)) if jumps[index] >= strong and jumps[index] > jumps[index - 1]
    ]


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
    walkers = dict.fromkeys(event.who for event in shot.events if isinstance(event, Step))
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
    """Yield each sight of the shown part with the sound nearest to it, within a quarter second."""
    sounds = [at for _, at in heard if at is not None]
    for moment in (start + at for at in seen if start + at < end):
        near = min(sounds, key=lambda at: abs(at - moment), default=None)
        if near is not None and abs(near - moment) < 0.25:
            yield Pair(kind, shot.id, moment, near)


def _mouth_pair(made: Made, shot: Shot, event: Mouth, start: float) -> Iterator[Pair]:
    line = made.episode.line(event.line)
    track: TrackName = "A2" if line.channel in ("radio", "dispatch") else "A1"
    placed = {clip.media: at for at, clip in made.episode.the_cut.track(track).placed()}
    if line.id not in placed:
        return
    spoken = wav.read_mono(made.bench / line.id / "line.wav", SAMPLE_RATE)
    opening, hop = mouth_opening(made, shot, event), SAMPLE_RATE // made.fps
    # The line where the cut has it, on the shot's own frames, half a second more at either end.
    whole = np.zeros((len(opening) + 24) * hop + 1, np.float32)
    first = round((float(placed[line.id]) - start) * SAMPLE_RATE) + 12 * hop
    head = max(-first, 0)
    room = min(len(spoken) - head, len(whole) - max(first, 0))
    if room > hop:
        whole[max(first, 0) : max(first, 0) + room] = spoken[head : head + room]
    level = np.sqrt(np.mean(whole[: (len(opening) + 24) * hop].reshape(-1, hop) ** 2, axis=1))
    lag = mouth_lag(opening, level.astype(np.float64))
    if lag is not None:
        yield Pair("mouth", shot.id, float(placed[line.id]), float(placed[line.id]) + lag / made.fps)


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
