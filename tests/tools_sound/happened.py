"""All that happens in a scene as one array, for tests of what is heard."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from episodes.requests import SoundRequest
from tools.protocols import Input
from tools.sound import effects as made
from tools.sound.own import OwnSounds


def effects(request: SoundRequest, inputs: Mapping[str, Input]) -> NDArray[np.float64]:
    happening = made.effects(request, OwnSounds(request.own, inputs, request.seed))
    return happening.read(0, len(happening)).astype(np.float64)
