"""Whiskers: stubble, beards and moustaches, in centimetres on a head that may turn."""

import skia

from tools.video.brush import darker, mix
from tools.video.people.heads import View
from tools.video.people.nib import Nib, curved
from tools.video.people.wardrobe import Dress


def draw_whiskers(nib: Nib, dress: Dress, view: View) -> None:
    """Draw what grows along the jaw; called inside the skull."""
    if dress.beard == "stubble":
        _stubble(nib, dress, view)
    elif dress.beard == "goatee":
        x = view.mix(0.0, 4.0, 7.4)
        nib.soft(view.points([(x - 2.4, 2.9), (x, 3.3), (x + 2.4, 2.9), (x + 2.2, -0.6), (x, -1.6 - view.jaw),
                              (x - 2.4, -0.4)]), dress.hair)  # fmt: skip
    elif dress.beard == "full":
        _beard(nib, dress, view)


def _stubble(nib: Nib, dress: Dress, view: View) -> None:
    """Darken jaw and upper lip in two steps; the skin round the mouth stays clear."""
    tone = darker(mix(dress.skin, dress.hair, 0.5), 0.35)
    near, mouth = view.mix(-10.6, -6.4, -1.8), view.mix(0, 4.0, 7.0)
    far = view.mix(1.0, 0.62, 0.3)
    for step in (0.0, 1.0):
        rise = 0.9 - 1.3 * step
        jaw = curved(view.points([
            (near - 1.0, 9.4 + rise - 2.2 * step), (near + 1.5 + 0.6 * step, 6.4 + rise),
            (view.mix(-6.0, -0.8, 3.2) + 0.4 * step, 3.8 + rise), (mouth - 2.8, 2.1 + rise), (mouth, 2.3 + rise),
            (mouth + 2.8 * far, 2.1 + rise), (view.mix(6.0, 7.4, 9.4), 3.8 + rise),
            (view.mix(9.1, 9.4, 11), 6.4 + rise),
            (13, 6), (9, -4), (0, -5), (near - 3, -4), (near - 4, 6),
        ]), 0.14)  # fmt: skip
        nib.veil(jaw, tone, 0.17)
        wide = 3.3 - 0.7 * step
        lip = curved(view.points([
            (mouth - wide, 6.5), (mouth - wide * 0.5, 7.8 - 0.3 * step), (mouth, 7.6 - 0.3 * step),
            (mouth + wide * 0.5 * far, 7.8 - 0.3 * step), (mouth + wide * far, 6.5), (mouth, 6.5 + 0.2 * step),
        ]))  # fmt: skip
        nib.veil(lip, tone, 0.17)


def _beard(nib: Nib, dress: Dress, view: View) -> None:
    near, mouth = view.mix(-10.6, -5.8, -1.2), view.mix(0, 4.0, 7.2)
    beard = curved(view.points([
        (near - 0.6, 13.4), (near + 1.4, 12.4), (view.mix(-7.0, -1.4, 3.0), 7.4), (mouth - 3.4, 7.3), (mouth, 7.4),
        (mouth + 3.4, 7.3), (view.mix(7.0, 8.2, 10), 7.6), (view.mix(9.4, 10.6, 12), 12.6), (13, 8), (9, -3), (0, -4),
        (near - 3, -2), (near - 3.4, 8),
    ]))  # fmt: skip
    nib.form(beard, dress.hair, 2.4, 0.4)
    if nib.fine:
        for dx in (-3.0, 0.4, 3.2):
            nib.ink(view.at(mouth + dx, 3.0), view.at(mouth + dx * 0.8, 0.4), 0.3, 0.1)


def draw_moustache(nib: Nib, dress: Dress, view: View) -> None:
    """Draw two wings that meet below the nose."""
    x = view.mix(0.0, 5.0, 8.3)
    long, low = (4.2, 5.7) if dress.beard == "moustache" else (3.5, 5.2)
    near, far = long * view.mix(1.0, 0.92, 0.82), long * view.mix(1.0, 0.62, 0.14)
    wings = skia.Path()
    wings.moveTo(*view.at(x, 7.7))
    wings.cubicTo(*view.at(x - near * 0.35, 8.5), *view.at(x - near * 0.75, 7.8), *view.at(x - near, low))
    wings.cubicTo(*view.at(x - near * 0.7, 6.2), *view.at(x - near * 0.3, 5.9), *view.at(x, 6.5))
    wings.cubicTo(*view.at(x + far * 0.3, 5.9), *view.at(x + far * 0.7, 6.2), *view.at(x + far, low))
    wings.cubicTo(*view.at(x + far * 0.75, 7.8), *view.at(x + far * 0.35, 8.5), *view.at(x, 7.7))
    wings.close()
    nib.form(wings, darker(dress.hair, 0.12), 0.5, 0.4)
