"""Surfaces: what is drawn in metres lies in the frame where the camera sees it, and moves as the camera does."""

from dataclasses import replace

import numpy as np
import pytest
import skia
from hypothesis import given
from hypothesis import strategies as st

from tools.finish.text import blank
from tools.video.brush import Brush
from tools.video.camera import Camera
from tools.video.projection import mapped, matrix_of
from tools.video.scenery import Flat, Plane, Side, Surface
from tools.video.sheets import hang

BASE = Camera(width=320, height_px=180, focal=300, distance=4, height=1.5, horizon=70)
metres = st.floats(-3, 3)


def nothing(brush: Brush) -> None:
    pass


@given(metres, st.floats(0, 3), st.floats(-2, 12), st.floats(-40, 40))
def test_a_point_lies_where_the_camera_places_it_whatever_surface_it_is_drawn_on(
    x: float, h: float, z: float, shift: float
) -> None:
    camera = replace(BASE, x=0.4, shift=shift)
    wanted = camera.place(x, h, z)
    on: list[tuple[Surface, tuple[float, float]]] = [
        (Plane(z, nothing), (x, -h)), (Side(x, -3, 13, nothing), (z, -h)), (Flat(h, -3, 13, nothing), (x, -z)),
    ]  # fmt: skip
    for surface, point in on:
        found = mapped(matrix_of(surface, camera), np.array([point]))[0]
        assert found == pytest.approx(wanted, abs=1e-6)


def chequers(brush: Brush) -> None:
    for across in range(-12, 13):
        for along in range(-4, 14):
            brush.box(across, along, 1, 1, "#d0b060" if (across + along) % 2 else "#304058")


@pytest.mark.parametrize("surface", [Plane(3, chequers), Side(-2.5, -2, 9, chequers), Flat(0, -3, 9, chequers)])
def test_a_sheet_moved_by_the_camera_is_what_that_camera_would_have_drawn(surface: Surface) -> None:
    other = replace(BASE, x=0.35, height=1.55, distance=4.1)
    moved = laid(hang(surface, [BASE, other], BASE, "#000000", 0.0, 0.0)[0], other)
    drawn = laid(hang(surface, [other], other, "#000000", 0.0, 0.0)[0], other)
    assert drawn.std() > 25
    assert np.abs(moved.astype(int) - drawn).mean() < 5


def laid(sheet: object, camera: Camera) -> np.ndarray:
    pixels, surface = blank(camera.width, camera.height_px)
    surface.getCanvas().clear(skia.ColorBLACK)
    sheet.draw(surface.getCanvas(), camera, camera.height_px)  # type: ignore[attr-defined]
    surface.flushAndSubmit()
    return pixels[..., :3].copy()


def test_fog_grows_along_a_wall() -> None:
    def plain(brush: Brush) -> None:
        brush.box(-5, 0, 40, 3, "#101010")

    frame = laid(hang(Side(-1.5, -3, 25, plain), [BASE], BASE, "#f0f0f0", 0.1, 0.0)[0], BASE)
    row = frame[75, :, 0].astype(int)
    seen = row[row > 12]
    assert seen[-1] > seen[0] + 80


def test_a_lamp_on_a_wall_or_floor_hangs_where_it_was_drawn() -> None:
    def lit(brush: Brush) -> None:
        brush.glow(2.0, 1.0, 0.5, "#ffffff", 1.0)

    on_wall = hang(Side(-2, -3, 9, lit), [BASE], BASE, "#000000", 0.0, 0.0)[1][0]
    assert (on_wall.glow.x, on_wall.glow.h, on_wall.z) == (-2, 1.0, 2.0)
    on_floor = hang(Flat(0, -3, 9, lit), [BASE], BASE, "#000000", 0.0, 0.0)[1][0]
    assert (on_floor.glow.x, on_floor.glow.h, on_floor.z) == (2.0, 0, 1.0)
    assert on_floor.squash < 0.5
