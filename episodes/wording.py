"""Where a sentence may be broken: balanced lines and clause borders for captions."""

from itertools import pairwise

_OPENERS = (
    "and but or nor so yet because that which who when where while if as with for from to in on at by of into"
    " under over behind than then before after until unless about"
)
_CLINGING = (
    "a an the this that these those my your his her its our their no one two three four five six seven eight nine ten"
    " mr mrs ms dr officer sergeant deputy chief captain very not to"
)

OPENERS = frozenset(_OPENERS.split())
"""Words that begin a phrase: a break before one of them reads well."""

CLINGING = frozenset(_CLINGING.split())
"""Words that belong to the next one: a break after one of them reads badly."""


def tidy(text: str) -> str:
    """Return the text on one line, with single spaces."""
    return " ".join(text.split())


def break_lines(text: str, width: int) -> tuple[str, ...]:
    """Return the text as one line or as two balanced ones of at most `width` characters; more when it can't be less."""
    if len(text) <= width:
        return (text,)
    words = text.split(" ")
    breaks = [place for place in range(1, len(words)) if _fits(words, place, width)]
    if not breaks:
        return _wrap(words, width)
    best = min(breaks, key=lambda place: _imbalance(words, place) + _border(words, place))
    return " ".join(words[:best]), " ".join(words[best:])


def split_caption(text: str, width: int, label: str = "", longest: int = 10_000) -> tuple[str, ...]:
    """Return the text cut into pieces that fit on two lines each, at clause borders where there are any.

    Args:
        text: one line of words.
        width: most characters in a line.
        label: what will stand before the first piece.
        longest: most characters of a piece, for speech so slow that a full caption would stand too long.
    """
    words = [part for word in text.split(" ") for part in _cut_word(word, width)]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        options = []
        for start in range(end):
            piece = (label if start == 0 else "") + " ".join(words[start:end])
            spoken = len(piece) - (len(label) if start == 0 else 0)
            if not _holds(piece, width) or (spoken > longest and end - start > 1):
                continue
            cost = _piece_cost(words, start, end, len(piece)) + (0 if _breaks_well(piece, width) else 200)
            options.append((best[start][0] + cost, start))
        best.append(min(options, default=(best[end - 1][0] + 1_000, end - 1)))
    return _pieces(words, best)


def _pieces(words: list[str], best: list[tuple[float, int]]) -> tuple[str, ...]:
    pieces, end = [], len(words)
    while end > 0:
        start = best[end][1]
        pieces.append(" ".join(words[start:end]))
        end = start
    return tuple(reversed(pieces))


def _piece_cost(words: list[str], start: int, end: int, letters: int) -> float:
    """Return how badly these words stand as one caption: many, short and badly bordered captions cost."""
    cost = 60.0 + max(0, 24 - letters) * 3.0
    if end < len(words):
        cost += 2 * _border(words, end) + 40
    return cost


def _border(words: list[str], place: int) -> float:
    """Return the cost of a break before `words[place]`, lowest after a sentence."""
    before, after = words[place - 1], words[place]
    bare = before.rstrip(",.;:!?…—-\"'”’)").lower()
    if before[-1] in ".!?…":
        return -40
    if before[-1] in ",;:—":
        return -28
    if bare in CLINGING:
        return 120
    if before[:1].isupper() and after[:1].isupper():
        return 30  # Probably a first and a last name.
    if any(character.isdigit() for character in before):
        return 25
    return -14 if after.lower().strip("“\"'") in OPENERS else 0


def _imbalance(words: list[str], place: int) -> float:
    return abs(len(" ".join(words[:place])) - len(" ".join(words[place:])))


def _fits(words: list[str], place: int, width: int) -> bool:
    return len(" ".join(words[:place])) <= width and len(" ".join(words[place:])) <= width


def _holds(piece: str, width: int) -> bool:
    if len(piece) <= width:
        return True
    words = piece.split(" ")
    return any(_fits(words, place, width) for place in range(1, len(words)))


def _breaks_well(piece: str, width: int) -> bool:
    """Whether the piece needs no second line or has a break that parts no word from the one it clings to."""
    words = piece.split(" ")
    breaks = (place for place in range(1, len(words)) if _fits(words, place, width))
    return len(piece) <= width or any(_border(words, place) < 100 for place in breaks)


def _wrap(words: list[str], width: int) -> tuple[str, ...]:
    lines = [words[0]]
    for _, word in pairwise(words):
        if len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return tuple(lines)


def _cut_word(word: str, width: int) -> list[str]:
    # Twenty letters leave room for the speaker's name; a longer word is no word of a language with spaces.
    if len(word) <= width - 2:
        return [word]
    return [word[start : start + width // 2] for start in range(0, len(word), width // 2)]
