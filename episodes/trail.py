"""The trail: the steps by which a person has changed an episode, each with what was said; undo and redo walk it.

Nothing is lost by walking back: a step that is left stays, and whatever it made lies on the shelf.
"""

from episodes.errors import ChangeRefused
from episodes.value import Value


class Step(Value):
    """One state of the episode that the person has had before them."""

    number: int
    """Counted from 0, the episode as it was first made."""
    parent: int | None
    """The step that it was made from; None for the first."""
    said: str
    """What was asked for, in a sentence."""
    base: str
    """Revision with the person's changes, from which it is made."""
    revision: str = ""
    """Revision that was finished; empty while it is being made."""


class Trail(Value):
    """All steps, in the order in which they were made."""

    steps: tuple[Step, ...] = ()
    at: int = 0
    """Number of the step that the episode is in now."""
    left: tuple[int, ...] = ()
    """Steps that were undone, the one left last at the end: where `redo` goes."""

    @property
    def now(self) -> Step:
        """The step that the episode is in. Raises `ChangeRefused` before there is one."""
        return self.step(self.at)

    def step(self, number: int) -> Step:
        """Return a step by its number. Raises `ChangeRefused` when there is none."""
        if not 0 <= number < len(self.steps):
            most = f"they go from 0 to {len(self.steps) - 1}" if self.steps else "nothing was changed yet"
            raise ChangeRefused(f"There is no step {number}: {most}.")
        return self.steps[number]

    def begun(self, base: str, said: str) -> "Trail":
        """Return the trail with a new step after the present one. What was undone can't be redone from there."""
        parent = self.at if self.steps else None
        step = Step(number=len(self.steps), parent=parent, said=said, base=base)
        return Trail(steps=(*self.steps, step), at=step.number)

    def finished(self, revision: str) -> "Trail":
        """Return the trail with the present step's film finished."""
        done = self.now.model_copy(update={"revision": revision})
        return self.model_copy(update={"steps": tuple(done if s.number == done.number else s for s in self.steps)})

    def undone(self) -> "Trail":
        """Return the trail one step back. Raises `ChangeRefused` at the first step."""
        if not self.steps or self.now.parent is None:
            raise ChangeRefused("There is nothing to undo: this is the episode as it was first made.")
        return self.model_copy(update={"at": self.now.parent, "left": (*self.left, self.at)})

    def redone(self) -> "Trail":
        """Return the trail at the step that was undone last. Raises `ChangeRefused` when none was."""
        if not self.left:
            raise ChangeRefused("There is nothing to redo.")
        return self.model_copy(update={"at": self.left[-1], "left": self.left[:-1]})

    def gone_to(self, number: int) -> "Trail":
        """Return the trail at another step. Raises `ChangeRefused` when there is none."""
        return self.model_copy(update={"at": self.step(number).number, "left": ()})
