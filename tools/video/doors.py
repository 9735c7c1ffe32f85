"""Doors: the one door of a set that door events move."""

import math

import skia

from episodes.shots import KNOCKS, Door, Shot
from tools.video.brush import Brush
from tools.video.camera import Camera
from tools.video.scenery import Scenery
from tools.video.sheets import haze
from tools.video.timing import ease

_RAP_SECONDS = 0.15
"""How long a leaf trembles after one rap."""


def door_at(shot: Shot, time: float) -> tuple[float, float]:
    """Return how far the door stands open (0 to 1) and how hard it is being knocked at."""
    open_, knock = 0.0, 0.0
    events = sorted((event for event in shot.events if isinstance(event, Door)), key=lambda event: event.at)
    if events and events[0].action in ("close", "slam"):
        open_ = 1.0
    for event in events:
        since = time - float(event.at)
        if event.action == "open" and since >= 0:
            # It jumps off its latch, then swings.
            open_ = 0.06 + 0.94 * ease(since / 0.6)
        elif event.action in ("close", "slam") and since >= -0.3:
            open_ = 1 - ease((since + 0.3) / 0.3)
        if event.action == "slam" and 0 <= since < 0.5:
            knock = math.exp(-6 * since) * math.cos(50 * since)
        elif event.action == "knock":
            raps = [since - float(rap) for rap in KNOCKS if -1e-6 <= since - float(rap) < _RAP_SECONDS]
            knock = math.cos(50 * raps[-1]) * math.exp(-20 * raps[-1]) if raps else 0.0
    return open_, knock


def draw_door(
    canvas: skia.Canvas, scenery: Scenery, shot: Shot, camera: Camera, fog: tuple[str, float], time: float
) -> None:
    """Draw the moving door where this shot moves it; `fog` is its colour and the share of it a metre."""
    if scenery.door is None or not any(isinstance(event, Door) for event in shot.events):
        return
    left, wide, tall, z = scenery.door
    open_, knock = door_at(shot, time)
    canvas.save()
    canvas.translate(*camera.place(left, 0, z))
    canvas.scale(camera.scale(z), camera.scale(z))
    brush = Brush(canvas, fog[0], haze(fog[1], camera.depth(z)))
    brush.box(-0.07, 0, wide + 0.14, tall + 0.07, "#0b0d14")
    brush.box(0, 0, wide, tall, "#f6cf8c" if shot.light != "day" else "#2a2624")
    brush.shape(
        [(0, 0), (0, tall), (0.28 * wide, tall), (0.10 * wide, 0)], "#c98d4a" if shot.light != "day" else "#1c1a19"
    )
    leaf, lean = wide * (1 - 0.82 * open_), 0.10 * open_
    shift = 0.02 * knock
    brush.shape([(shift, 0), (leaf + shift, -lean), (leaf + shift, tall + lean * 0.5), (shift, tall)], "#7d4238")
    brush.shape([(shift, 0), (0.3 * leaf + shift, -0.3 * lean), (0.2 * leaf + shift, tall), (shift, tall)], "#54291f")
    for low, high in ((0.25, 0.95), (1.1, tall - 0.2)):
        panel = [(0.14 * leaf, low), (0.86 * leaf, low - lean), (0.86 * leaf, high), (0.14 * leaf, high)]
        brush.shape(panel, "#68352e")
        brush.line([*panel, panel[0]], "#2a1512", 0.014)
    brush.line([(leaf + shift, -lean), (leaf + shift, tall + lean * 0.5)], "#0b0d14", 0.022)
    brush.disc(leaf * 0.88 + shift, 1.0, 0.05, "#d8b65a")
    canvas.restore()
