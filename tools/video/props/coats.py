"""Coats: the tails of four-legged animals, and the stripes, patches and curls on their sides."""

from tools.video.brush import Brush, Point, darker, lighter
from tools.video.props.beasts import Beast
from tools.video.props.forms import clipped, form, ink, limb
from tools.video.props.muzzles import LongFace


def ringed(brush: Brush, beast: Beast, walk: float) -> None:
    """Draw a thick tail with dark rings."""
    path: list[Point] = [
        (-0.34, 0.30),
        (-0.52, 0.24),
        (-0.68, 0.34),
        (-0.74 + 0.03 * walk, 0.54),
        (-0.64 + 0.06 * walk, 0.72),
    ]
    limb(brush, path, (0.15, 0.20), beast.coat, 0.035)
    with clipped(brush, path, (0.15, 0.20)):
        for a, b in (((-0.46, 0.10), (-0.43, 0.38)), ((-0.68, 0.16), (-0.53, 0.42)), ((-0.90, 0.44), (-0.58, 0.44))):
            brush.line([a, b], "#262932", 0.068)
        brush.line([(-0.88, 0.63), (-0.55, 0.54)], "#262932", 0.068)
        brush.disc(-0.63 + 0.06 * walk, 0.80, 0.14, "#262932")


def bushy(brush: Brush, beast: Beast, walk: float) -> None:
    """Draw a fox's brush with a light tip."""
    x, h = -beast.long, beast.back - 0.12
    w = 0.04 * walk
    points = [
        (x + 0.05, h),
        (x - 0.16, h - 0.04),
        (x - 0.34, h - 0.16 + w),
        (x - 0.50, h - 0.16 + w),
        (x - 0.62, h - 0.02 + w),
    ]
    tip = [(x - 0.60, h + 0.02 + w), (x - 0.48, h + 0.10 + w), (x - 0.26, h + 0.06 + w)]
    form(brush, [*points, *tip, (x + 0.05, h + 0.06)], beast.coat, 0.05)
    form(brush, [(x - 0.45, h - 0.14 + w), (x - 0.54, h - 0.12 + w), (x - 0.625, h - 0.01 + w), (x - 0.52,
        h + 0.08 + w),
                 (x - 0.46, h + 0.03 + w), (x - 0.49, h - 0.02 + w)], beast.belly or "#efe6d6", 0.02)  # fmt: skip


def plume(brush: Brush, beast: Beast, walk: float) -> None:
    """Draw a skunk's tail: up and over, with its stripe."""
    x, h, w = -beast.long, beast.back - 0.08, 0.05 * walk
    tail = [
        (x + 0.06, h - 0.10),
        (x - 0.16, h - 0.02),
        (x - 0.34, h + 0.16),
        (x - 0.38 + w, h + 0.40),
        (x - 0.22 + w, h + 0.58),
    ]
    form(
        brush,
        [*tail, (x - 0.0 + w, h + 0.56), (x - 0.02 + w, h + 0.40), (x - 0.06, h + 0.22), (x + 0.10, h + 0.04)],
        beast.coat,
        0.03,
    )
    form(brush, [(x - 0.06, h + 0.0), (x - 0.2, h + 0.14), (x - 0.26 + w, h + 0.38), (x - 0.14 + w, h + 0.54),
                 (x - 0.13 + w, h + 0.38), (x - 0.10, h + 0.2)], "#e9e6dd", 0.02)  # fmt: skip


def upright(brush: Brush, beast: Beast, walk: float) -> None:
    """Draw a cat's tail: up, with a crook."""
    x, h, w = -beast.long, beast.back - 0.08, 0.05 * walk
    path = [
        (x + 0.06, h),
        (x - 0.12, h + 0.05),
        (x - 0.17, h + 0.24),
        (x - 0.10 + w, h + 0.40),
        (x - 0.18 + w, h + 0.50),
    ]
    limb(brush, path, (0.075, 0.05), beast.coat, 0.014)


def wag(brush: Brush, beast: Beast, walk: float) -> None:
    """Draw a dog's tail: up and glad."""
    x, h = -beast.long, beast.back - 0.06
    limb(
        brush,
        [(x + 0.05, h), (x - 0.12, h + 0.10), (x - 0.16 + 0.08 * walk, h + 0.28)],
        (0.09, 0.04),
        beast.coat,
        0.018,
    )


def bare(brush: Brush, beast: Beast, walk: float) -> None:
    """Draw an opossum's tail: naked and curled."""
    x, h = -beast.long, beast.under + 0.12
    path = [(x + 0.06, h), (x - 0.16, h - 0.06), (x - 0.34, h + 0.02 + 0.03 * walk), (x - 0.44, h + 0.18), (x - 0.33,
        h + 0.28), (x - 0.28, h + 0.18)]  # fmt: skip
    limb(brush, path, (0.07, 0.03), "#d9a7a0", 0.014)


def tassel(brush: Brush, beast: Beast, walk: float) -> None:
    """Draw a cow's tail: a rope with a tuft."""
    x, h, w = -beast.long, beast.back - 0.08, 0.06 * walk
    brush.line(
        [(x + 0.02, h), (x - 0.06, h - 0.06), (x - 0.08 + w * 0.5, h - 0.24), (x - 0.06 + w, h - 0.36)],
        darker(beast.coat, 0.15),
        0.034,
    )
    form(
        brush,
        [(x - 0.06 + w, h - 0.32), (x - 0.12 + w, h - 0.44), (x - 0.05 + w, h - 0.54), (x - 0.01 + w, h - 0.42)],
        darker(beast.coat, 0.5),
        0.01,
    )


def flowing(brush: Brush, beast: Beast, walk: float) -> None:
    """Draw a horse's tail."""
    x, h, w = -beast.long, beast.back - 0.03, 0.07 * walk
    hair = beast.face.mane if isinstance(beast.face, LongFace) and beast.face.mane else darker(beast.coat, 0.55)
    form(brush, [(x + 0.06, h), (x - 0.08, h + 0.0), (x - 0.18 + w * 0.4, h - 0.16), (x - 0.2 + w, h - 0.42),
        (x - 0.12 + w, h - 0.5),
                 (x - 0.06 + w, h - 0.34), (x - 0.02, h - 0.14)], hair, 0.03)  # fmt: skip


def stub(brush: Brush, beast: Beast, walk: float) -> None:
    """Draw a short tail, light below."""
    x, h = -beast.long, beast.back - 0.10
    form(
        brush,
        [
            (x + 0.06, h + 0.05),
            (x - 0.03, h + 0.07 + 0.02 * walk),
            (x - 0.065, h),
            (x - 0.02, h - 0.05),
            (x + 0.05, h - 0.04),
        ],
        beast.coat,
        0.015,
    )


def curl(brush: Brush, beast: Beast, walk: float) -> None:
    """Draw a pig's tail."""
    x, h = -beast.long, beast.back - 0.16
    path = [(x + 0.05, h), (x - 0.06, h + 0.02), (x - 0.10, h + 0.10), (x - 0.03, h + 0.12), (x - 0.03, h + 0.04),
        (x - 0.13, h + 0.03 + 0.02 * walk)]  # fmt: skip
    limb(brush, path, (0.045, 0.025), darker(beast.coat, 0.12), 0.0)


def whip(brush: Brush, beast: Beast, walk: float) -> None:
    """Draw a lion's or tiger's tail."""
    x, h, w = -beast.long, beast.back - 0.10, 0.05 * walk
    limb(
        brush,
        [(x + 0.05, h), (x - 0.16, h - 0.08), (x - 0.26, h - 0.26), (x - 0.36 + w, h - 0.20)],
        (0.06, 0.045),
        beast.coat,
        0.014,
    )
    brush.oval(x - 0.38 + w, h - 0.18, 0.12, 0.11, darker(beast.coat, 0.6))


def patched(brush: Brush, beast: Beast) -> None:
    """Lay a cow's patches over the trunk."""
    long, back, under = beast.long, beast.back, beast.under
    for points in (
        [(-long * 0.8, back - 0.04), (-long * 0.3, back - 0.01), (-long * 0.2, back - 0.16), (-long * 0.5,
            back - 0.26), (-long * 0.82, back - 0.16)],
        [(long * 0.1, under + 0.22), (long * 0.4, under + 0.30), (long * 0.6, under + 0.16), (long * 0.3,
            under + 0.06)],
        [(long * 0.35, back + beast.hump - 0.02), (long * 0.8, back - 0.05), (long * 0.7, back - 0.14)],
    ):  # fmt: skip
        form(brush, points, "#2b2d36", 0.0)


def striped(brush: Brush, beast: Beast) -> None:
    """Draw dark stripes down the sides."""
    for number in range(7):
        x = -beast.long * 0.8 + number * beast.long * 0.26
        low = beast.under + (beast.back - beast.under) * (0.35 if number % 2 else 0.22)
        ink(brush, [(x, beast.back - 0.015), (x + 0.03, (beast.back + low) / 2), (x, low)], 0.05, "#1d1f27")


def barred(brush: Brush, beast: Beast) -> None:
    """Draw the light stripe of a skunk along the back."""
    long, back = beast.long, beast.back
    form(brush, [(-long * 0.95, back - 0.10), (-long * 0.5, back + 0.0), (long * 0.5, back + 0.0), (long * 1.0,
        back - 0.02),
                 (long * 0.6, back - 0.09), (-long * 0.4, back - 0.10)], "#e9e6dd", 0.02)  # fmt: skip


def woolly(brush: Brush, beast: Beast) -> None:
    """Draw the locks of a fleece."""
    deep = beast.back - beast.under
    for row in range(3):
        for number in range(5):
            x = -beast.long * 0.72 + number * beast.long * 0.36 + (row % 2) * beast.long * 0.16
            h = beast.under + deep * (0.28 + 0.24 * row)
            ink(brush, [(x - 0.035, h + 0.02), (x, h - 0.018), (x + 0.035, h + 0.02)], 0.013, darker(beast.coat, 0.55))


def tabby(brush: Brush, beast: Beast) -> None:
    """Draw a cat's few stripes."""
    for x in (-0.55, -0.2, 0.15):
        ink(
            brush,
            [(beast.long * x, beast.back), (beast.long * x + 0.02, beast.back - 0.13)],
            0.036,
            darker(beast.coat, 0.45),
        )


def spotted(brush: Brush, beast: Beast) -> None:
    """Draw a deer's spots."""
    for number in range(9):
        x = -beast.long * 0.75 + (number % 5) * beast.long * 0.26 + (number // 5) * 0.05
        brush.disc(x, beast.back - 0.07 - 0.07 * (number // 5), 0.013, lighter(beast.coat, 0.7))
