"""Duty gear: what makes a shirt a uniform: belt, vest, badge, body camera, shoulder microphone."""

import functools

import skia

from tools.finish.text import font, width_of
from tools.video.brush import lighter, mix
from tools.video.people.nib import Nib, cornered, curved
from tools.video.people.trunks import Trunk

_LEATHER, _STEEL, _GOLD, _LAMP = "#0d0f14", "#b9c0cc", "#e0b552", "#ff3b30"


def draw_vest(nib: Nib, trunk: Trunk, away: bool) -> None:
    """Draw a duty vest with its pouches."""
    colour, middle = trunk.dress.vest, 180.0 if away else 0.0
    panel = curved([trunk.edge(-1, 0.40), trunk.on(middle + (52 if away else -52), 0.525), trunk.on(middle, 0.475),
                    trunk.on(middle + (-52 if away else 52), 0.525), trunk.edge(1, 0.40), trunk.edge(1, 0.07),
                    trunk.on(middle, 0.045), trunk.edge(-1, 0.07)], 0.1)  # fmt: skip
    nib.form(panel, colour, 0.05, 0.5)
    if away:
        return
    for angle, wide in ((-44, 14), (-14, 11), (16, 11)):
        if trunk.faces(angle) > 0.1:
            nib.form(cornered(trunk.strip((angle - wide, angle + wide), 0.09, 0.21)), lighter(colour, 0.07), 0.012, 0.5)
            nib.ink(trunk.on(angle - wide, 0.18), trunk.on(angle + wide, 0.18), 0.010)
    nib.stroke([trunk.on(-80, 0.235), trunk.on(0, 0.23), trunk.on(80, 0.235)], 0.007, lighter(colour, 0.14))


def draw_lettering(nib: Nib, trunk: Trunk) -> None:
    """Write what stands on the back of a uniform."""
    x, h = trunk.on(180, 0.345)
    if trunk.dress.vest:
        nib.patch(trunk.strip((140, 220), 0.31, 0.42), "#0e1118")
    _write(nib, "POLICE", x, h, 0.066 * (1 - 0.16 * trunk.dress.she), "#d5dbe6")


def draw_badge_and_camera(nib: Nib, trunk: Trunk) -> None:
    """Draw badge, name plate, body camera and shoulder microphone with its coiled cord."""
    if trunk.faces(29) > 0.1:
        x, h = trunk.on(29, 0.405, 0.006)
        slim = 0.4 + 0.6 * trunk.faces(29)
        nib.patch([(x - 0.030 * slim, h + 0.026), (x, h + 0.036), (x + 0.030 * slim, h + 0.026), (x + 0.026 * slim,
            h - 0.018),
                   (x, h - 0.044), (x - 0.026 * slim, h - 0.018)], _GOLD)  # fmt: skip
        nib.disc(x, h, 0.013 * slim, "#7d5d1c")
    if trunk.faces(-36) > 0.1:
        nib.fill(cornered(trunk.strip((-40, -18), 0.378, 0.398)), _STEEL)
    x, h = trunk.on(-2, 0.30, 0.012)
    if trunk.faces(0) > -0.1:
        slim = 0.45 + 0.55 * max(trunk.faces(0), 0)
        nib.canvas.drawRoundRect(skia.Rect.MakeLTRB(x - 0.034 * slim, h - 0.052, x + 0.034 * slim, h + 0.048), 0.01,
            0.01,
                                 nib.paint("#08090d"))  # fmt: skip
        nib.disc(x, h + 0.012, 0.018 * slim, "#2c3a54")
        nib.disc(x + 0.006, h + 0.018, 0.006, "#8fa8cc")
        nib.disc(x + 0.020 * slim, h + 0.036, 0.0075, _LAMP)
        nib.stroke([(x - 0.02 * slim, h - 0.034), (x + 0.02 * slim, h - 0.034)], 0.006, "#39404c")
    if trunk.faces(-50) > 0.0:
        x, h = trunk.on(-56, 0.475, 0.012)
        cord = [
            trunk.on(-60, 0.44, 0.012),
            trunk.on(-66, 0.34, 0.012),
            trunk.on(-74, 0.2, 0.012),
            trunk.on(-78, 0.05, 0.01),
        ]
        if nib.fine:
            coil = []
            for number in range(17):
                share = number / 16 * (len(cord) - 1)
                low = min(int(share), len(cord) - 2)
                part = share - low
                coil.append((cord[low][0] + (cord[low + 1][0] - cord[low][0]) * part + 0.009 * (-1) ** number,
                             cord[low][1] + (cord[low + 1][1] - cord[low][1]) * part))  # fmt: skip
            cord = coil
        nib.stroke(cord, 0.008, "#0a0b10")
        nib.canvas.drawRoundRect(
            skia.Rect.MakeLTRB(x - 0.026, h - 0.045, x + 0.026, h + 0.034), 0.008, 0.008, nib.paint("#0a0b10")
        )
        nib.stroke([(x - 0.012, h + 0.008), (x + 0.012, h + 0.008)], 0.006, "#444c5a")


def draw_belt(nib: Nib, trunk: Trunk, away: bool) -> None:
    """Draw the belt and what hangs on it: pouches, radio, cuffs, holster."""
    angles = (-90, -60, -30, 0, 30, 60, 90)
    shift = 180 if away else 0
    band = [*(trunk.on(angle + shift, 0.035, 0.008) for angle in angles),
            *(trunk.on(angle + shift, -0.03, 0.008) for angle in reversed(angles))]  # fmt: skip
    left, right = trunk.edge(-1, 0.0), trunk.edge(1, 0.0)
    nib.stroke([left, right], 0.05, _LEATHER)
    nib.patch(band, _LEATHER)
    for angle, wide, low in ((-68, 12, -0.075), (-40, 10, -0.055), (40, 12, -0.055), (70, 9, -0.10), (112, 14, -0.19),
                             (150, 11, -0.06), (205, 12, -0.06), (250, 11, -0.10)):  # fmt: skip
        if trunk.faces(angle) < 0.05:
            continue
        nib.patch([trunk.on(angle - wide, 0.03, 0.02), trunk.on(angle + wide, 0.03, 0.02), trunk.on(angle + wide,
            low, 0.024),
                   trunk.on(angle - wide, low, 0.024)], "#0a0b0f")  # fmt: skip
        nib.ink(
            trunk.on(angle + wide * 0.7, 0.024, 0.02), trunk.on(angle + wide * 0.7, low, 0.024), 0.007, 0.0, "#3a404c"
        )
    if not away and trunk.faces(0) > 0.1:
        nib.patch(trunk.strip((-9, 9), -0.024, 0.03), _GOLD)
        nib.patch(trunk.strip((-5, 5), -0.012, 0.018), "#7d5d1c")
    if trunk.faces(-92) > -0.35 and not away:
        # The radio stands out over the belt, with its aerial.
        x, h = trunk.on(-84, 0.02, 0.03)
        nib.stroke([(x, h - 0.03), (x, h + 0.08)], 0.040, "#0c0d12")
        nib.stroke([(x - 0.008, h + 0.08), (x - 0.008, h + 0.165)], 0.010, "#0c0d12")
    if trunk.faces(55) > 0.2:
        x, h = trunk.on(55, -0.02, 0.02)
        ring = skia.Path()
        ring.addOval(skia.Rect.MakeLTRB(x - 0.018, h - 0.055, x + 0.018, h - 0.012))
        nib.trace(ring, 0.007, mix(_STEEL, "#000000", 0.25))


@functools.cache
def _typeface() -> skia.Font:
    return font(100, "bold")


def _write(nib: Nib, words: str, x: float, h: float, size: float, colour: str) -> None:
    """Write a word centred on x with its foot at h, `size` metres high."""
    canvas = nib.canvas
    canvas.save()
    canvas.translate(x - width_of(words, 100, "bold") * size / 200, h)
    canvas.scale(size / 100, -size / 100)
    canvas.drawString(words, 0, 0, _typeface(), nib.paint(colour))
    canvas.restore()
