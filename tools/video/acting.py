"""Acting: what events make of a figure at a time: pose, place, mouth. Figures move on twos."""

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

from episodes.results import SpokenLine
from episodes.shots import ActionEvent, Enter, Exit, Fall, Gesture, Grab, Mouth, Step, Subject, ThingActs
from episodes.value import seed_from
from tools.video.people.poses import Temper, placed, pointing, standing, talking, toward, walking
from tools.video.people.skeleton import Pose
from tools.video.timing import TWOS, WIND_UP, ease, held, on_twos, overshoot, wound_up

_OPEN = frozenset("aAQVEeIiOoUu@3&{ɑæɛɪʊʌəɔɜɒɐ0y")
_ROUND = frozenset("oOuUwWʊɔɒQ")
_SHUT = frozenset("mbpMBP")
_WIDE = frozenset("iIeEɪɛj&{æ")


@dataclass(frozen=True)
class Presence:
    """Where a subject is and how it stands at one moment."""

    pose: Pose
    seen: bool = True
    aside: float = 0.0
    """Share of the frame's width by which it is off its place."""
    back: float = 0.0
    """Metres by which it is further from the lens."""
    holds: str | None = None


@dataclass(frozen=True)
class Turn:
    """What a thing does at one moment: how it is moved, turned, grown and copied."""

    seen: bool = True
    aside: float = 0.0
    back: float = 0.0
    right: float = 0.0
    """Metres."""
    up: float = 0.0
    roll: float = 0.0
    """Degrees."""
    size: float = 1.0
    squash: float = 1.0
    copies: int = 1
    voice: float = 0.0
    """0 to 1: how loudly it honks."""
    stride: float = 0.0
    """Phase of its feet in radians."""


class Actor:
    """One subject's part in a shot."""

    def __init__(
        self, subject: Subject, events: tuple[ActionEvent, ...], lines: Mapping[str, SpokenLine], seed: int
    ) -> None:
        self.subject = subject
        self._events = [event for event in events if getattr(event, "who", getattr(event, "what", None)) == subject.id]
        self._shocks = [
            float(event.at) for event in events
            if isinstance(event, ThingActs | Fall) and getattr(event, "who", getattr(event, "what", None)) != subject.id
        ]  # fmt: skip
        self._lines, self._chance = lines, random.Random(seed)
        self._phase = self._chance.uniform(0, 6.28)
        # The shot's seed moves blinks and looks; how somebody stands is their own in every shot.
        self._temper = Temper.of(seed_from("temper", subject.id) % 1_000_003)
        self._steps = sorted(float(event.at) for event in self._events if isinstance(event, Step))

    def way(self, time: float) -> tuple[bool, float, float, float]:
        """Return whether it is in the picture, how far aside and back it is, and its speed (0 when at rest)."""
        seen, aside, back, speed = True, 0.0, 0.0, 0.0
        if any(isinstance(event, Enter) for event in self._events):
            first = min(float(event.at) for event in self._events if isinstance(event, Enter))
            gone = [float(event.at) for event in self._events if isinstance(event, Exit) and float(event.at) < first]
            seen = time >= first or (bool(gone) and time < gone[0])
        for event in self._events:
            if not isinstance(event, Enter | Exit) or time < float(event.at):
                continue
            share = (time - float(event.at)) / max(float(event.seconds), 0.1)
            off = 1 - share if isinstance(event, Enter) else share
            off = min(max(off, 0.0), 1.0)
            seen = isinstance(event, Enter) or share < 1
            aside = {"left": -1.0, "right": 1.0}.get(event.side, 0.0) * off
            back = {"back": 5.0, "front": -1.0}.get(event.side, 0.0) * off
            inward = -1.0 if isinstance(event, Enter) else 1.0
            speed = (
                inward * (aside or 0.4 * back) / max(off, 0.05) / max(float(event.seconds), 0.1)
                if 0 < share < 1
                else 0.0
            )
        return seen, aside, back, speed

    def figure(self, time: float, heard: float | None = None) -> Presence:
        """Return a figure's presence at `time` seconds after the in point.

        `heard` is the moment whose sound the mouth makes, where it is not that of the drawing: lips go on ones.
        """
        time = on_twos(time)
        heard = time if heard is None else heard
        seen, aside, back, speed = self.way(time)
        pose = self._standing(time)
        moving = bool(speed) or self.subject.pose in ("walk", "run") or self._stepping(time)
        if moving:
            run = self.subject.pose == "run" or abs(speed) > 1.1
            pose = walking(pose, self._stride(time, run), run)
            if speed and aside:
                pose = replace(pose, turn=math.copysign(0.92, speed), body=math.copysign(0.85, speed), away=False)
        holds = self.subject.holds
        if holds and not moving and self.subject.pose in ("stand", "talk"):
            pose = _holding(pose)
        pose = self._speaking(pose, time, heard, moving)
        for event in self._events:
            if isinstance(event, Gesture):
                # Whoever sits in a seat looks aside and does not turn the back.
                seated = self.subject.pose == "sit" and event.gesture == "turn"
                pose = _gestured(pose, event.model_copy(update={"gesture": "look_left"}) if seated else event, time)
            elif isinstance(event, Grab):
                holds = event.what if time >= float(event.at) else holds
                pose = _grabbing(pose, time - float(event.at))
            elif isinstance(event, Fall):
                pose = _falling(pose, time - float(event.at))
        return Presence(self._startled(pose, time), seen, aside, back, holds)

    def thing(self, time: float) -> Turn:
        """Return what a thing or an animal does at `time` seconds after the in point."""
        seen, aside, back, speed = self.way(time)
        moving = bool(speed) or self.subject.pose in ("walk", "run")
        stride = self._stride(time, self.subject.pose == "run") if self._steps else 9.0 * time + self._phase
        turn = Turn(seen, aside, back, stride=stride if moving else 0.0)
        for event in self._events:
            if isinstance(event, ThingActs):
                turn = _acted(turn, event, time)
            elif isinstance(event, Fall):
                since = time - float(event.at)
                high = (
                    1.1 * max(0.0, min(1.0, -since / 0.45)) ** 0.6
                    if since < 0
                    else 0.14 * abs(math.sin(since * 11)) * math.exp(-5 * since)
                )
                turn = replace(
                    turn,
                    up=turn.up + high,
                    roll=turn.roll + (14 * math.exp(-4 * since) * math.sin(since * 14) if since > 0 else 0),
                )
            elif isinstance(event, Gesture):
                amount = held(time, float(event.at), float(event.seconds))
                turn = replace(
                    turn,
                    up=turn.up + 0.25 * amount * (event.gesture == "jump"),
                    roll=turn.roll + 8 * amount * math.sin(16 * time),
                )
            elif isinstance(event, Mouth) and self._mouth(event, time)[0] > 0.1:
                turn = replace(turn, voice=self._mouth(event, time)[0], roll=turn.roll + 2.0 * math.sin(18 * time))
        # In steps, so that a drawing may be used again while nothing else moves.
        breath = 0.006 * round(2 * math.sin(2.4 * time + self._phase))
        return replace(turn, squash=turn.squash * (1 + breath))

    def speaks(self) -> bool:
        """Return whether its mouth moves at all in this shot."""
        return any(isinstance(event, Mouth) for event in self._events)

    def _stepping(self, time: float) -> bool:
        return bool(self._steps) and self._steps[0] - 0.5 <= time <= self._steps[-1] + 0.25

    def _standing(self, time: float) -> Pose:
        """Return the subject at rest: it breathes, blinks, looks about and shifts its weight; its feet stay."""
        temper = self._temper
        # In steps, so that a drawing may be used again while nothing else moves.
        wave = round(2 * math.sin(1.9 * time + self._phase)) / 2
        blink = 1.0 if (time * 0.31 + self._phase) % 1.0 < 0.035 else 0.0
        facing = self.subject.facing
        shift = (time / 6.5 + self._phase) % 2.0
        over = ease((shift - 0.9) / 0.09) - ease((shift - 1.9) / 0.09)
        pose = standing(temper, round(over * 8) / 8)
        turn = {"left": -0.8, "right": 0.8}.get(facing, 0.0)
        glance = self._glance(time)
        pose = replace(
            pose, turn=turn + 0.16 * glance if facing != "away" else 0.0, body=turn * 0.8 if facing != "away" else 0.0,
            away=facing == "away", breath=wave, blink=blink, gaze=0.6 * glance, nod=0.5 * wave,
        )  # fmt: skip
        return placed(pose, self.subject.pose, abs(turn) < 0.4)

    def _glance(self, time: float) -> float:
        """Return where the eyes have wandered: they rest for a second or two at a place."""
        number = math.floor(time / 1.75 + self._phase)
        return random.Random(number * 7919 + int(self._phase * 1000)).choice((0.0, 0.0, 0.0, 1.0, -1.0))

    def _stride(self, time: float, run: bool) -> float:
        """Return the phase of the legs in radians: a foot meets the ground at each whole number of half turns."""
        rate = 5.4 if run else 3.6
        if not self._steps:
            return math.pi * rate / 2 * time + self._phase
        for number, (a, b) in enumerate(zip(self._steps, self._steps[1:], strict=False)):
            if a <= time < b:
                return math.pi * (number + 0.5 + (time - a) / (b - a))
        edge = self._steps[0] if time < self._steps[0] else self._steps[-1]
        return math.pi * ((0 if edge == self._steps[0] else len(self._steps) - 1) + 0.5 + (time - edge) * rate / 2)

    def _speaking(self, pose: Pose, time: float, heard: float, moving: bool) -> Pose:
        if self.subject.pose == "talk" and not moving:
            pose = talking(pose, self._temper, time)
        for event in self._events:
            if not isinstance(event, Mouth):
                continue
            line, into = self._lines.get(event.line), time - float(event.at)
            open_, wide = self._mouth(event, heard)
            if line is not None and _sounding(line, into):
                if self.subject.pose == "stand" and not moving:
                    pose = toward(pose, talking(pose, self._temper, time), min(1.0, overshoot(into / 0.3)))
                pose = replace(pose, mood="calm" if pose.mood == "deadpan" else pose.mood)
            if open_ > 0.02:
                return replace(pose, mouth=(open_, wide))
        return pose

    def _mouth(self, event: Mouth, time: float) -> tuple[float, float]:
        line = self._lines.get(event.line)
        into = time - float(event.at)
        if line is None or into < 0 or into > float(line.seconds):
            return 0.0, 0.5
        for sound in line.phonemes:
            if sound.at <= into < sound.at + sound.seconds:
                return viseme(sound.symbol)
        return 0.0, 0.5

    def _startled(self, pose: Pose, time: float) -> Pose:
        """Return the pose with what the sight of something does to it: a start, and then the stare."""
        for at in self._shocks:
            since = time - at - 2 / TWOS
            if 0 <= since < 0.9:
                amount = held(since, 0.0, 0.45)
                pose = replace(
                    pose, lean=pose.lean - 5 * amount, brow=pose.brow + 0.4 * amount, mood="surprise",
                    shrug=pose.shrug + 0.4 * amount, blink=0.0,
                )  # fmt: skip
            elif 0.9 <= since < 3.0 and pose.mood == "calm":
                pose = replace(pose, mood="deadpan")
        return pose


def _sounding(line: SpokenLine, into: float) -> bool:
    """Return whether a sound is being made `into` seconds after a line has begun."""
    sounds = (sound for sound in line.phonemes if not sound.symbol.startswith("_"))
    return any(sound.at <= into < sound.at + sound.seconds for sound in sounds)


def viseme(symbol: str) -> tuple[float, float]:
    """Return opening and width (0 to 1) of the mouth for one phoneme; `_` and m, b, p are shut."""
    letters = set(symbol)
    if symbol.startswith("_") or letters & _SHUT or not symbol.strip():
        return 0.0, 0.5
    wide = 0.15 if letters & _ROUND else 0.9 if letters & _WIDE else 0.55
    if letters & _OPEN:
        if letters & set("aAɑæ{&VʌɐQɒ0"):
            return 1.0, wide
        return (0.65 if letters & set("eEɛoOɔə3@") else 0.42), wide
    return (0.16, 0.7) if letters & set("fvszSZtdnlTDʃʒθð") else (0.3, wide)


def _holding(pose: Pose) -> Pose:
    """Return the pose with a thing in the hand that acts."""
    return replace(
        pose, hands=(pose.hands[0], (0.0, -0.27, 0.27)), grips=(pose.grips[0], "hold"), flares=(pose.flares[0], 0.5)
    )


def _grabbing(pose: Pose, since: float) -> Pose:
    """Return the pose `since` seconds after the hand has closed round something: the hand leads, the trunk follows."""
    reach = wound_up(since, -0.25, 0.3)
    goal = replace(pose, hands=(pose.hands[0], (-0.02, -0.24, 0.47)), grips=(pose.grips[0],
        "open" if since < 0 else "hold"),
                   lean=pose.lean + 15, nod=pose.nod + 8, drop=pose.drop + 0.03)  # fmt: skip
    if since >= 0:
        pose = toward(pose, _holding(pose), ease(since / 0.3))
    return toward(pose, goal, reach)


def _falling(pose: Pose, since: float) -> Pose:
    """Return the pose `since` seconds after somebody has come down: a totter, the fall, a bounce."""
    if since < -0.7:
        return pose
    if since < -0.45:
        share = (since + 0.7) / 0.25
        flung = replace(pose, hands=((0.40, 0.05, 0.15), (0.36, 0.16, 0.2)), grips=("open", "open"), mood="surprise",
            roll=-5.0,
                        lean=pose.lean - 8)  # fmt: skip
        return toward(pose, flung, share)
    fallen = ease((since + 0.45) / 0.45) ** 2
    bounce = 7 * math.exp(-7 * since) * abs(math.sin(13 * since)) if since > 0 else 0.0
    limp = replace(pose, hands=((0.34, 0.10, 0.05), (0.26, 0.26, 0.1)), grips=("open", "rest"), mood="surprise",
        heels=(30.0, 20.0),
                   feet=(pose.feet[0], (0.14, 0.08, 0.14)))  # fmt: skip
    pose = toward(pose, limp, 1.0)
    return replace(pose, roll=86 * fallen - bounce, mood="surprise" if since < 0.6 else "deadpan")


def _gestured(pose: Pose, event: Gesture, time: float) -> Pose:
    at, seconds = float(event.at), float(event.seconds)
    amount = wound_up(time, at, seconds)
    if not amount:
        return pose
    since = time - at
    front = abs(pose.turn) < 0.4
    if event.gesture == "turn":
        return _turning(pose, ease((since + WIND_UP) / 0.6) * (1 - ease((since - seconds) / 0.5)))
    if event.gesture == "jump":
        return _jumping(pose, since)
    if event.gesture == "nod":
        return replace(pose, nod=pose.nod + 10 * amount * math.sin(9 * since))
    if event.gesture == "shake":
        return replace(
            pose, turn=pose.turn + 0.34 * math.sin(12 * since) * amount, blink=1.0 if since < 0.1 else pose.blink
        )
    goals = {
        "point": {"hands": (pose.hands[0], pointing(front)), "grips": (pose.grips[0], "point"), "lean": pose.lean + 4,
                  "tilt": -5.0, "flares": (pose.flares[0], 0.4), "gaze": 0.7 if front else 0.0},
        "look_left": {"turn": -0.85, "body": -0.3, "gaze": -0.8, "lean": pose.lean + 2},
        "look_right": {"turn": 0.85, "body": 0.3, "gaze": 0.8, "lean": pose.lean + 2},
        "hands_up": {"hands": ((0.17, 0.235, 0.10), (0.15, 0.285, 0.08)), "grips": ("open", "open"),
                     "flares": (1.2, 1.2), "mood": "worry", "brow": 0.6, "shrug": 0.6, "lean": pose.lean - 4},
        "shrug": {"hands": ((0.19, -0.25, 0.17), (0.20, -0.23, 0.17)), "grips": ("open", "open"), "flares": (0.3, 0.3),
                  "shrug": 1.1, "brow": 0.8, "cock": 7.0, "mood": "deadpan"},
        "crouch": {"drop": 0.46, "feet": pose.feet, "hips": (0.0, 0.0, -0.10), "lean": 26.0, "knees": 0.4, "nod": -10.0,
                   "hands": ((-0.02, -0.30, 0.24), (0.0, -0.27, 0.30)), "heels": (0.0, 0.0)},
    }  # fmt: skip
    return toward(pose, replace(pose, **goals[event.gesture]), amount)  # type: ignore[arg-type]


def _turning(pose: Pose, amount: float) -> Pose:
    """Return a pose on its way round: through the side view to the back, or back to the front."""
    away = (not pose.away) if amount > 0.5 else pose.away
    side = 1 - abs(1 - 2 * min(amount, 1.0))
    sign = -1.0 if pose.turn < 0 else 1.0
    base = pose.turn if amount < 0.5 else 0.0
    return replace(pose, away=away, turn=base + (sign - base) * side, body=sign * side if side > abs(base) else base)


def _jumping(pose: Pose, since: float) -> Pose:
    """Return somebody who jumps: down first, up, and down into the knees."""
    if since < 0.12:
        return replace(pose, drop=pose.drop + 0.13, lean=pose.lean + 10)
    if since < 0.55:
        high = math.sin(math.pi * (since - 0.12) / 0.43)
        return replace(pose, lift=0.26 * high, hands=((0.22, 0.02, 0.16), (0.22, 0.06, 0.16)), grips=("open", "open"),
                       heels=(40.0 * high, 40.0 * high), drop=pose.drop, mood="surprise", brow=0.5)  # fmt: skip
    down = 1 - ease((since - 0.55) / 0.3)
    return replace(pose, drop=pose.drop + 0.12 * down, lean=pose.lean + 8 * down)


def _acted(turn: Turn, event: ThingActs, time: float) -> Turn:
    since, long = time - float(event.at), max(float(event.seconds), 0.1)
    share = min(max(since / long, 0.0), 1.0)
    live = 0.0 < share < 1.0
    if event.action == "bounce" and live:
        high = abs(math.sin(since * 7.5))
        return replace(turn, up=turn.up + 0.30 * high, squash=0.82 + 0.26 * min(1.0, high * 2))
    if event.action == "spin" and live:
        return replace(turn, roll=turn.roll + 360 * ease(share) * max(1, round(long)))
    if event.action == "roll" and since > 0:
        return replace(turn, right=turn.right + 0.9 * ease(share), roll=turn.roll + 330 * ease(share))
    if event.action == "fly" and since > 0:
        return replace(
            turn,
            up=turn.up + 1.1 * ease(share) + 0.08 * math.sin(5 * time),
            right=turn.right + 0.5 * ease(share),
            stride=18 * time,
        )
    if event.action == "grow" and since > 0:
        return replace(turn, size=turn.size * (1 + 0.9 * overshoot(share)))
    if event.action == "multiply" and since > 0:
        return replace(turn, copies=turn.copies + math.ceil(share * 4))
    if event.action == "honk" and live:
        return replace(turn, voice=abs(math.sin(since * 9)), squash=1 + 0.10 * abs(math.sin(since * 9)))
    if event.action == "shake" and live:
        return replace(turn, right=turn.right + 0.03 * math.sin(since * 40), roll=turn.roll + 4 * math.sin(since * 33))
    if event.action == "vanish" and since > 0:
        return replace(turn, size=max(0.0, turn.size * (1 - ease(share * 1.2))), seen=turn.seen and share < 0.95)
    return turn
