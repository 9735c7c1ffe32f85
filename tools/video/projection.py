"""Projection: how a surface of the world, drawn in metres, comes to lie in the frame, as 3 x 3 matrices."""

import numpy as np
from numpy.typing import NDArray

from tools.video.camera import Camera
from tools.video.scenery import Flat, Plane, Side, Surface

Matrix = NDArray[np.float64]
Points = NDArray[np.float64]

_NEAREST = 0.35
"""Metres before the lens at which a surface ends: what is closer would fill the frame."""


def matrix_of(surface: Surface, camera: Camera) -> Matrix:
    """Return the matrix from a surface's own drawing (metres, second axis downwards) to pixels of the frame."""
    f, d, horizon = camera.focal, camera.distance, camera.horizon
    middle = camera.width / 2 + camera.shift
    if isinstance(surface, Plane):
        depth = camera.depth(surface.z)
        return np.array(
            [[f, 0, middle * depth - f * camera.x], [0, f, f * camera.height + horizon * depth], [0, 0, depth]]
        )
    if isinstance(surface, Side):
        return np.array(
            [
                [middle, 0, f * (surface.x - camera.x) + middle * d],
                [horizon, f, f * camera.height + horizon * d],
                [1, 0, d],
            ]
        )
    return np.array(
        [
            [f, -middle, middle * d - f * camera.x],
            [0, -horizon, f * (camera.height - surface.h) + horizon * d],
            [0, -1, d],
        ]
    )


def ends(surface: Side | Flat, camera: Camera) -> tuple[float, float]:
    """Return the nearest and furthest z of a receding surface that this camera may see."""
    return max(surface.near, _NEAREST - camera.distance), surface.far


def samples(surface: Side | Flat, camera: Camera) -> Points:
    """Return points all over a receding surface in its own drawing, denser where it is near; shape (n, 2)."""
    near, far = ends(surface, camera)
    first = max(near + camera.distance, _NEAREST)
    last = max(far + camera.distance, first + 0.01)
    if isinstance(surface, Flat):
        # Only the depths between the frame's lower and upper edge: from high up they are a narrow band.
        drop, room = camera.focal * (camera.height - surface.h), 0.1 * camera.height_px
        rows = (camera.height_px + room - camera.horizon, -room - camera.horizon)
        bounds = sorted(drop / row for row in rows if row * drop > 0)
        first = min(max(first, bounds[0] if bounds else first), last)
        last = max(min(last, bounds[1] if len(bounds) > 1 else last), first + 0.01)
    depths = first * (last / first) ** np.linspace(0, 1, 28) - camera.distance
    if isinstance(surface, Side):
        across = np.linspace(-8.0, 1.0, 28)
        zs, hs = np.meshgrid(depths, across)
        return np.stack((zs.ravel(), hs.ravel()), axis=-1)
    reach = np.linspace(-1, 1, 41)
    half = (camera.width / 2 + abs(camera.shift)) / camera.focal
    wide = (depths + camera.distance) * half * 1.3
    xs = camera.x + reach[:, None] * wide[None, :]
    return np.stack((xs.ravel(), np.broadcast_to(-depths, xs.shape).ravel()), axis=-1)


def mapped(matrix: Matrix, points: Points) -> Points:
    """Return the points under a matrix, divided; those behind the lens come out as NaN."""
    whole = np.concatenate((points, np.ones((len(points), 1))), axis=1) @ matrix.T
    depth = np.where(whole[:, 2] > 1e-6, whole[:, 2], np.nan)
    return np.asarray(whole[:, :2] / depth[:, None])


def frame_corners(camera: Camera, spare: float) -> Points:
    """Return the corners of the frame with `spare` pixels round it, shape (4, 2)."""
    left, top, right, low = -spare, -spare, camera.width + spare, camera.height_px + spare
    return np.array([[left, top], [right, top], [right, low], [left, low]], np.float64)


def seen(surface: Surface, base: Camera, cameras: list[Camera]) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom, in pixels of the base camera's frame, of all that any camera sees of it."""
    home, spare = matrix_of(surface, base), 0.03 * base.width
    found: list[Points] = []
    for camera in cameras:
        back = home @ np.linalg.inv(matrix_of(surface, camera))
        if isinstance(surface, Plane):
            found.append(mapped(back, frame_corners(camera, spare)))
            continue
        points = samples(surface, camera)
        pixels = mapped(matrix_of(surface, camera), points)
        room = 0.08 * camera.width
        inside = (
            (pixels[:, 0] > -room)
            & (pixels[:, 0] < camera.width + room)
            & (pixels[:, 1] > -room)
            & (pixels[:, 1] < camera.height_px + room)
        )
        found.append(mapped(home, points[inside]))
    whole = np.concatenate(found)
    whole = whole[~np.isnan(whole).any(axis=1)]
    if not len(whole):
        return 0.0, 0.0, 0.0, 0.0
    left, top = whole.min(axis=0)
    right, low = whole.max(axis=0)
    if not isinstance(surface, Plane):
        left, top, right, low = left - spare, top - spare, right + spare, low + spare
        limit = 1.2 * base.width
        left, right = max(left, -limit), min(right, base.width + limit)
        top, low = max(top, -limit), min(low, base.height_px + limit)
    return float(left), float(top), float(right), float(low)
