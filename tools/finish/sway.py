"""Sway: how the body, the arm or the mast that holds a camera moves it, as a function of time alone."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Gait = Literal["chest", "mount", "bracket", "gyro", "tripod", "arm"]
"""Who holds it. chest: a person who breathes and walks; mount: a car's windscreen; bracket: a wall; gyro: a
stabilised turret; tripod: a stand on a floor; arm: a hand whose tremor is taken out by software, in jerks."""


@dataclass(frozen=True)
class Hold:
    """How strongly a camera is moved; lengths are shares of the frame's height, angles are radians."""

    gait: Gait
    sway: float = 0.0
    """Amplitude of the slow balance of whatever holds it."""
    breath: float = 0.0
    step: float = 0.0
    """How far a footfall knocks it down."""
    tremor: float = 0.0
    roll: float = 0.0

    @property
    def reach(self) -> float:
        """How far it may stray from its place, so that the frame can be cut a little smaller."""
        return self.sway + self.breath + self.step + self.tremor


class Sway:
    """The movement of one segment; chance is in its phases only."""

    def __init__(self, hold: Hold, walking: bool, still: bool, seed: int, steps: Sequence[float] = ()) -> None:
        """Take the seconds of the wearer's own steps, where they are known: each is felt when it is heard."""
        on_foot = hold.gait in ("chest", "arm")
        self._hold, self._walks = hold, on_foot and (walking or len(steps) > 1)
        self._steps = np.asarray(steps, np.float32) if on_foot and len(steps) > 1 else None
        self._phase = np.random.default_rng(seed).uniform(0, 2 * math.pi, 10)
        self._calm = 0.45 if still else 1.0

    def at(self, seconds: Floats) -> Floats:
        """Return, for each moment, how far it is moved across and down (shares of the height) and turned (radians)."""
        hold, phase, t = self._hold, self._phase, seconds
        slow = self._calm * hold.sway
        dx = slow * (0.62 * np.sin(1.9 * t + phase[0]) + 0.38 * np.sin(4.3 * t + phase[1]))
        dy = slow * (0.55 * np.sin(2.3 * t + phase[2]) + 0.45 * np.sin(5.1 * t + phase[3]))
        roll = self._calm * hold.roll * (0.7 * np.sin(1.3 * t + phase[4]) + 0.3 * np.sin(3.7 * t + phase[5]))
        if hold.tremor:
            dx = dx + hold.tremor * (0.6 * np.sin(41 * t + phase[6]) + 0.4 * np.sin(67 * t + phase[7]))
            dy = dy + hold.tremor * (0.7 * np.sin(53 * t + phase[8]) + 0.3 * np.sin(79 * t + phase[9]))
        if hold.breath:
            dy = dy + hold.breath * _breathing(t * 0.27 + phase[6] / 6.3)
        if self._walks:
            stride = t * 1.85 + phase[7] / 6.3 if self._steps is None else _strides(t, self._steps)
            dy = dy + hold.step * _footfall(stride)
            dx = dx + 0.7 * hold.step * np.sin(math.pi * stride)
            roll = roll + 0.9 * hold.roll * np.sin(math.pi * stride + 0.5)
        if hold.gait == "arm":
            dx, dy = _jerked(dx, t, phase[8]), _jerked(dy, t, phase[9])
        return np.stack((dx, dy, roll)).astype(np.float32)


def _strides(t: Floats, steps: Floats) -> Floats:
    """Return how many steps have been made at each moment, a whole number at each; beyond the ends the pace goes on."""
    pace = float(np.median(np.diff(steps)))
    knots = np.concatenate(([steps[0] - 64 * pace], steps, [steps[-1] + 64 * pace]))
    made = np.concatenate(([-64.0], np.arange(len(steps)), [len(steps) + 63.0]))
    return np.asarray(np.interp(t, knots, made), np.float32)


def _breathing(turns: Floats) -> Floats:
    """In quickly, out slowly, a rest."""
    part = np.mod(turns, 1.0)
    inward = np.sin(np.clip(part / 0.38, 0, 1) * math.pi / 2)
    outward = 1 - np.clip((part - 0.38) / 0.5, 0, 1)
    return np.asarray(np.where(part < 0.38, inward, outward**1.4) - 0.5, np.float32)


def _footfall(turns: Floats) -> Floats:
    """Return the height at each moment: up over the standing leg, then the heel and what shakes after it."""
    part = np.mod(turns, 1.0)
    arc = -np.sin(math.pi * part)
    knock = np.exp(-part * 9) * np.cos(part * 34)
    return np.asarray(0.75 * arc + 0.55 * knock, np.float32)


def _jerked(path: Floats, t: Floats, phase: float) -> Floats:
    """Hold a path nearly still and catch up with it three times in two seconds, as stabilising software does."""
    turns = t * 1.5 + phase
    part = np.mod(turns, 1.0)
    catch = np.clip((part - 0.86) / 0.14, 0, 1)
    return np.asarray(path * (0.35 + 0.65 * catch * catch), np.float32)
