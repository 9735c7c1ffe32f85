"""What was understood of a file that a person edited by hand."""

from episodes.changes import Change
from episodes.value import Value


class Understood(Value):
    """The edits of one file, in the language of changes and in words."""

    changes: tuple[Change, ...] = ()
    """In the order in which they must be applied."""
    said: tuple[str, ...] = ()
    """One sentence for each thing that is taken."""
    left: tuple[str, ...] = ()
    """One sentence for each thing that was seen and can't be taken: why, and what to do instead."""

    @property
    def nothing(self) -> bool:
        """Whether the file says what the episode says."""
        return not (self.changes or self.said or self.left)


class Finding:
    """Gathers what is understood; a builder that never leaves its function."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.said: list[str] = []
        self.left: list[str] = []

    def done(self) -> Understood:
        """Return it as a value, no sentence twice."""
        said, left = dict.fromkeys(self.said), dict.fromkeys(self.left)
        return Understood(changes=tuple(self.changes), said=tuple(said), left=tuple(left))


def quoted(text: str, most: int = 90) -> str:
    """Return a text in quotation marks, cut after `most` letters."""
    plain = " ".join(text.split())
    return f"“{plain if len(plain) <= most else plain[: most - 1].rstrip() + '…'}”"


def listed(names: list[str] | tuple[str, ...]) -> str:
    """Return names as they stand in a sentence: `A, B and C`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else "none"
