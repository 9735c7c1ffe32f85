"""Acting: what events make of a figure at a time: pose, place, mouth. Figures move on twos."""

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

from episodes.shots import ActionEvent, Enter, Exit, Fall, Gesture, Grab, Mouth, Step, Subject, ThingActs
from episodes.tasks import SpokenLine
from tools.video.figures import Pose

TWOS = 12
"""Drawings a second."""

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


def ease(share: float) -> float:
    """Return a smooth way from 0 to 1."""
    share = min(max(share, 0.0), 1.0)
    return share * share * (3 - 2 * share)


def overshoot(share: float) -> float:
    """Return a way from 0 to 1 that goes a little too far and settles."""
    share = min(max(share, 0.0), 1.0) - 1
    return share * share * (2.4 * share + 1.4) + 1


def held(time: float, at: float, seconds: float) -> float:
    """Return 0 to 1 for a gesture: in with overshoot over a quarter second, held, and out again."""
    if time < at or time > at + seconds + 0.3:
        return 0.0
    return overshoot((time - at) / 0.25) * (1 - ease((time - at - seconds) / 0.3))


class Actor:
    """One subject's part in a shot."""

    def __init__(
        self, subject: Subject, events: tuple[ActionEvent, ...], lines: Mapping[str, SpokenLine], seed: int
    ) -> None:
        self.subject = subject
        self._events = [event for event in events if getattr(event, "who", getattr(event, "what", None)) == subject.id]
        self._lines, self._chance = lines, random.Random(seed)
        self._phase = self._chance.uniform(0, 6.28)
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

    def figure(self, time: float) -> Presence:
        """Return a figure's presence at `time` seconds after the in point."""
        time = math.floor(time * TWOS + 1e-6) / TWOS
        seen, aside, back, speed = self.way(time)
        pose = self._standing(time)
        if speed or self.subject.pose in ("walk", "run") or self._stepping(time):
            pose = self._gait(pose, time, self.subject.pose == "run" or abs(speed) > 1.1)
            if speed and aside:
                pose = replace(pose, turn=math.copysign(0.8, speed), away=False)
        holds = self.subject.holds
        for event in self._events:
            if isinstance(event, Gesture):
                pose = _gestured(pose, event, time)
            elif isinstance(event, Grab):
                amount = held(time, float(event.at) - 0.25, 0.5)
                pose = replace(
                    pose, arms=(pose.arms[0], pose.arms[1] + (62 - pose.arms[1]) * amount), lean=pose.lean + 9 * amount
                )
                holds = event.what if time >= float(event.at) else holds
            elif isinstance(event, Fall):
                fallen = ease((time - float(event.at) + 0.45) / 0.45) ** 2
                pose = replace(pose, roll=86 * fallen, arms=(60 * fallen + pose.arms[0], 80 * fallen + pose.arms[1]))
        return Presence(self._speaking(pose, time), seen, aside, back, holds)

    def thing(self, time: float) -> Turn:
        """Return what a thing or an animal does at `time` seconds after the in point."""
        seen, aside, back, speed = self.way(time)
        moving = bool(speed) or self.subject.pose in ("walk", "run")
        turn = Turn(seen, aside, back, stride=(9.0 * time + self._phase) if moving else 0.0)
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
        breath = 0.012 * math.sin(2.4 * time + self._phase)
        return replace(turn, squash=turn.squash * (1 + breath))

    def _stepping(self, time: float) -> bool:
        return bool(self._steps) and self._steps[0] - 0.5 <= time <= self._steps[-1] + 0.25

    def _standing(self, time: float) -> Pose:
        wave = math.sin(1.9 * time + self._phase)
        blink = 1.0 if (time * 0.37 + self._phase) % 1.0 < 0.035 else 0.0
        facing = self.subject.facing
        turn = {"left": -0.8, "right": 0.8}.get(facing, 0.0)
        pose = Pose(
            turn=turn,
            away=facing == "away",
            breath=wave,
            blink=blink,
            nod=0.8 * wave,
            lean=0.5 * math.sin(0.8 * time + self._phase),
        )
        return {
            "sit": replace(
                pose, legs=(62.0, 70.0), knees=(70.0, 74.0), drop=0.36, arms=(16.0, 18.0),
                # Seen from the front the hands lie in the lap, from the side on the knees.
                elbows=(50.0, 46.0) if turn else (-52.0, -58.0),
            ),
            "crouch": replace(
                pose, legs=(70.0, 60.0), knees=(120.0, 118.0), drop=0.46, lean=12.0, arms=(30.0, 34.0),
                elbows=(50.0, 40.0),
            ),
            "lie": replace(pose, roll=86.0),
            "hands_up": replace(pose, arms=(128.0, 128.0), elbows=(44.0, 44.0), brow=0.8),
            "point": replace(pose, arms=(6.0, 84.0), elbows=(12.0, 4.0)),
            "carry": replace(pose, arms=(34.0, 34.0), elbows=(58.0, 58.0)),
            "talk": replace(pose, arms=(10.0, 20.0 + 6 * wave), elbows=(24.0, 66.0 + 12 * math.sin(3.1 * time))),
            "lean": replace(pose, lean=8.0 if turn >= 0 else -8.0, arms=(10.0, 30.0), elbows=(12.0, 70.0)),
        }.get(self.subject.pose, pose)  # fmt: skip

    def _gait(self, pose: Pose, time: float, run: bool) -> Pose:
        phase = self._stride(time, run)
        reach, bend = (44.0, 78.0) if run else (27.0, 42.0)
        side = 1.0
        swing = math.sin(phase)
        bend_far, bend_near = max(0.0, -math.cos(phase)), max(0.0, math.cos(phase))
        if abs(pose.turn) < 0.5:
            # Towards the lens a leg is lifted, not swung.
            reach, bend, side = 5.0, 26.0 if run else 15.0, 0.4
        return replace(
            pose, legs=(reach * swing, -reach * swing), knees=(bend * bend_far, bend * bend_near),
            arms=(-side * reach * 0.8 * swing + 6, side * reach * 0.8 * swing + 6),
            elbows=(70.0, 70.0) if run else (22.0, 22.0),
            drop=pose.drop + (0.05 if run else 0.022) * abs(math.cos(phase)),
            lean=(9.0 if run else 3.0) * math.copysign(1, pose.turn) if abs(pose.turn) > 0.5 else 0.0,
        )  # fmt: skip

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

    def _speaking(self, pose: Pose, time: float) -> Pose:
        for event in self._events:
            if isinstance(event, Mouth):
                open_, wide = self._mouth(event, time)
                if open_ > 0.02:
                    lift = math.sin(2.7 * time + self._phase)
                    arms, elbows = pose.arms, pose.elbows
                    if self.subject.pose in ("stand", "talk") and arms[1] < 30:
                        arms, elbows = (arms[0], 18.0 + 5 * lift), (elbows[0], 58.0 + 16 * lift)
                    return replace(
                        pose,
                        mouth=(open_, wide),
                        brow=0.5 * max(0.0, lift),
                        nod=pose.nod + 2.2 * lift,
                        arms=arms,
                        elbows=elbows,
                    )
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


def viseme(symbol: str) -> tuple[float, float]:
    """Return opening and width (0 to 1) of the mouth for one phoneme; `_` and m, b, p are shut."""
    letters = set(symbol)
    if symbol.startswith("_") or letters & _SHUT or not symbol.strip():
        return 0.0, 0.5
    wide = 0.15 if letters & _ROUND else 0.9 if letters & _WIDE else 0.55
    if letters & _OPEN:
        return (1.0 if letters & set("aAɑæ{&VʌɐQɒ0") else 0.65), wide
    return (0.16, 0.7) if letters & set("fvszSZtdnlTDʃʒθð") else (0.3, wide)


def _gestured(pose: Pose, event: Gesture, time: float) -> Pose:
    amount = held(time, float(event.at), float(event.seconds))
    if amount <= 0:
        return pose
    far, near = pose.arms
    since = time - float(event.at)
    up = (far + (130 - far) * amount, near + (130 - near) * amount)
    shrug = (far + 26 * amount, near + 26 * amount)
    low = {"legs": (62 * amount, 54 * amount), "knees": (112 * amount, 108 * amount), "lean": pose.lean + 8 * amount}
    by = {
        "point": {"arms": (far, near + (86 - near) * amount), "elbows": (pose.elbows[0], 12 * (1 - amount))},
        "look_left": {"turn": pose.turn + (-0.85 - pose.turn) * amount, "gaze": -amount},
        "look_right": {"turn": pose.turn + (0.85 - pose.turn) * amount, "gaze": amount},
        "hands_up": {"arms": up, "elbows": (40.0, 40.0), "brow": amount},
        "nod": {"nod": pose.nod + 9 * amount * math.sin(9 * since)},
        "shrug": {"arms": shrug, "elbows": (80 * amount, 80 * amount), "brow": amount, "nod": 5 * amount},
        "jump": {"drop": pose.drop - 0.22 * math.sin(math.pi * min(1.0, since / 0.4)) * amount, "brow": amount},
        "shake": {"turn": pose.turn + 0.4 * math.sin(13 * since) * amount},
        "crouch": {"drop": pose.drop + 0.42 * amount, **low},
        "turn": {"away": (not pose.away) if amount > 0.5 else pose.away},
    }  # fmt: skip
    return replace(pose, **by[event.gesture])  # type: ignore[arg-type]


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
