"""Chance: a generator of its own for each part of a set, so that one part's draws never move another's."""

import random
from dataclasses import replace

from episodes.value import seed_from
from tools.video.scenery import Scene


def apart(scene: Scene, part: str) -> Scene:
    """Return the scene with a generator that depends on the place and the part's name alone.

    Stars are drawn by night and clouds by day: were all parts to share one generator, the houses below them would
    stand elsewhere at each hour.
    """
    return replace(scene, chance=random.Random(seed_from("part", scene.place.id, scene.place.set, part)))
