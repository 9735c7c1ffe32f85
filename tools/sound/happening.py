"""What happens in a scene, as sounds that each wait for their block: a long scene is never held as one array."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tools.sound.noise import Sound
from tools.sound.wav import Samples


class Happening:
    """Sounds at their samples of a scene. It is read from the start to the end, once."""

    def __init__(self, frames: int) -> None:
        """Take the length of the scene; what lies outside it is left out."""
        self._frames = frames
        self._waiting: list[tuple[int, NDArray[np.float32]]] = []
        self._planned: list[tuple[int, Callable[[], None]]] = []

    def __len__(self) -> int:
        """Return the length of the scene in samples."""
        return self._frames

    def later(self, start: int, make: Callable[[], None]) -> None:
        """Let `make` add its sounds when the reading comes near a sample; none of them may begin before it."""
        self._planned.append((start, make))

    def add(self, start: int, sound: Sound | Samples) -> None:
        """Let stereo sound `[n, 2]` begin at a sample of the scene, which may be before its first."""
        head, stop = max(-start, 0), min(len(sound), self._frames - start)
        if stop > head:
            self._waiting.append((start + head, sound[head:stop].astype(np.float32)))

    def read(self, start: int, length: int) -> NDArray[np.float32]:
        """Return a stretch of all sounds together; what has been read to its end is forgotten."""
        due = [make for at, make in self._planned if at < start + length]
        self._planned = [(at, make) for at, make in self._planned if at >= start + length]
        for make in due:
            make()
        total = np.zeros((length, 2), np.float32)
        for at, sound in self._waiting:
            first, last = max(at, start), min(at + len(sound), start + length)
            if last > first:
                total[first - start : last - start] += sound[first - at : last - at]
        self._waiting = [(at, sound) for at, sound in self._waiting if at + len(sound) > start + length]
        return total
