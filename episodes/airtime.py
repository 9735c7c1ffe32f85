"""How long a transmission takes beside its words, for those who plan it, those who lay it and the radio itself.

A key clicks before the first word and the squelch closes after the last, so two lines that follow each other closely
would overlap on the air although their words do not.
"""

from fractions import Fraction

from episodes.script import ON_AIR, Line

KEY_SECONDS = Fraction(9, 100)
"""From the first sound of a transmission, the click of the key, to the first sample of the voice."""

SHORTEST_TAIL, LONGEST_TAIL = Fraction(8, 100), Fraction(18, 100)
"""How long the squelch stays open after the voice; real ones last 60 to 200 ms."""

SILENCE = Fraction(1, 5)
"""Between two transmissions the air is free for at least so long: `numbers.md`, radio band."""

AIR_GAP = LONGEST_TAIL + SILENCE + KEY_SECONDS
"""From the end of one line on the air to the start of the next, in seconds: tail, silence, key."""

TAIL_HOLD = Fraction(1, 4)
"""From the end of a line on the air to one that is said aloud: nobody speaks into the squelch."""


def hold_after(line: Line, following: Line | None) -> Fraction:
    """Return the silence that a line needs after it because of the air, in seconds; 0 for one that is not on it.

    Args:
        line: what is said.
        following: what is said next; None when nothing is.
    """
    if line.channel not in ON_AIR:
        return Fraction(0)
    return AIR_GAP if following is not None and following.channel in ON_AIR else TAIL_HOLD
