"""Where the media of a cut lie, as an editing program must find them."""

from fractions import Fraction
from urllib.parse import quote

from episodes.value import Seconds, Value


class Media(Value):
    """One file that clips are taken from."""

    path: str
    """Relative to the folder of the file that names it, with `/` between folders."""
    seconds: Seconds
    """Length of what the file holds."""
    start: Seconds = Fraction(0)
    """Media time of its first frame or sample: 0 for our own files."""

    @property
    def url(self) -> str:
        """The path as a relative URL."""
        return quote(self.path)
