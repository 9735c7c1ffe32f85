"""Which element of an edited screenplay is which of the episode's: by its id, and by its words where that is gone."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

from episodes.screenplay import FountainAction, FountainElement, FountainLine, FountainScene

_ALIKE = 0.6
"""Least likeness, 0 to 1, at which two elements in the same order are one reworded."""
_SAME = 0.9
"""The same for elements that have changed their order."""
_MOST = 20_000
"""Pairs of elements, or of scenes, beyond which likeness is not looked for."""


class Matched(NamedTuple):
    """One element of the edited file with the episode's own that it was."""

    new: FountainElement
    old: FountainElement | None
    """None for one that a person wrote."""
    guessed: bool = False
    """Whether its words told it, not its id."""


def likeness(first: str, second: str) -> float:
    """Say how much two texts are alike, from 0 to 1, whatever their case."""
    if first == second:
        return 1.0
    matcher = SequenceMatcher(None, first.casefold()[:500], second.casefold()[:500], autojunk=False)
    hopeful = matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE
    return matcher.ratio() if hopeful else 0.0


def match_scenes(new: tuple[FountainScene, ...], old: tuple[FountainScene, ...]) -> list[FountainScene | None]:
    """Return for each scene of the file the episode's scene that it was, or None; no scene stands twice."""
    found: list[FountainScene | None] = [None] * len(new)
    free = {scene.id: scene for scene in old}
    for by in (_by_number, _by_ids, *((_by_words,) if len(new) * len(old) <= _MOST else ())):
        for index, scene in enumerate(new):
            if found[index] is None and (one := by(scene, free)) is not None:
                found[index] = free.pop(one)
    return found


def _by_number(scene: FountainScene, free: dict[str, FountainScene]) -> str | None:
    if scene.id not in free:
        return None
    ids = {element.id.split("-")[0] for element in scene.elements if element.id}
    # A copied heading keeps its number: what stands under it tells whose it is.
    return scene.id if not ids or scene.id in ids else None


def _by_ids(scene: FountainScene, free: dict[str, FountainScene]) -> str | None:
    named = [element.id.split("-")[0] for element in scene.elements if element.id]
    counts = {name: named.count(name) for name in named if name in free}
    return max(counts, key=lambda name: counts[name]) if counts else None


def _by_words(scene: FountainScene, free: dict[str, FountainScene]) -> str | None:
    words = [element.text for element in scene.elements]
    best, most = None, 0.3
    for name, other in free.items():
        theirs = {element.text for element in other.elements}
        shared = sum(text in theirs for text in words) / max(len(words), len(theirs), 1)
        alike = likeness(" ".join(words), " ".join(element.text for element in other.elements)) if words else 0.0
        score = max(shared, alike)
        if scene.heading.casefold() == other.heading.casefold():
            score = score + 0.1 if words else 0.5
        if score > most:
            best, most = name, score
    return best


def match_elements(new: FountainScene, old: FountainScene) -> list[Matched]:
    """Return the elements of an edited scene, each with the one of the old scene that it was."""
    found: list[FountainElement | None] = _by_id(new.elements, old)
    guessed: set[int] = set()
    taken = {element.id for element in found if element is not None}
    if found.count(None) * (len(old.elements) - len(taken)) <= _MOST:
        for find in (_in_order, _between, _anywhere):
            for index, element in find(new.elements, old.elements, found, taken):
                if found[index] is None and element.id not in taken:
                    found[index] = element
                    taken.add(element.id)
                    guessed.add(index)
    return [Matched(element, found[at], at in guessed) for at, element in enumerate(new.elements)]


def _by_id(new: tuple[FountainElement, ...], old: FountainScene) -> list[FountainElement | None]:
    known = {element.id: element for element in old.elements}
    best: dict[str, tuple[float, int]] = {}
    for at, element in enumerate(new):
        mine = known.get(element.id)
        if mine is None or type(mine) is not type(element):
            continue
        # Somebody who copies a speech copies its id: the one that is most like it keeps it, of equals the first.
        score = (likeness(element.text, mine.text), -at)
        if element.id not in best or score > best[element.id]:
            best[element.id] = score
    owners = {-at: name for name, (_, at) in best.items()}
    return [known[owners[at]] if at in owners else None for at in range(len(new))]


_Pairs = Iterable[tuple[int, FountainElement]]


def _in_order(
    new: tuple[FountainElement, ...], old: tuple[FountainElement, ...], found: list[FountainElement | None],
    taken: set[str],
) -> _Pairs:  # fmt: skip
    """Align what is left on both sides without crossing, so that the likenesses add up to the most."""
    mine = [at for at, element in enumerate(found) if element is None]
    theirs = [element for element in old if element.id not in taken]
    if not mine or not theirs:
        return []
    table = [[0.0] * (len(theirs) + 1) for _ in range(len(mine) + 1)]
    scores = [[_score(new[at], element) for element in theirs] for at in mine]
    for i in range(len(mine) - 1, -1, -1):
        for j in range(len(theirs) - 1, -1, -1):
            pair = scores[i][j] + table[i + 1][j + 1] if scores[i][j] >= _ALIKE else 0.0
            table[i][j] = max(pair, table[i + 1][j], table[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(mine) and j < len(theirs):
        if scores[i][j] >= _ALIKE and table[i][j] == scores[i][j] + table[i + 1][j + 1]:
            pairs.append((mine[i], theirs[j]))
            i, j = i + 1, j + 1
        elif table[i][j] == table[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _between(
    new: tuple[FountainElement, ...], old: tuple[FountainElement, ...], found: list[FountainElement | None],
    taken: set[str],
) -> _Pairs:  # fmt: skip
    """Where one element alone stands between two that are known, in the file and in the episode, it is the same."""
    place = {element.id: at for at, element in enumerate(old)}
    for at, element in enumerate(found):
        if element is not None:
            continue
        before = -1 if at == 0 else _place(found[at - 1], place)
        after = len(old) if at + 1 == len(found) else _place(found[at + 1], place)
        if before is None or after is None or after - before != 2:
            continue
        mine, other = new[at], old[before + 1]
        same_name = not isinstance(mine, FountainLine) or (isinstance(other, FountainLine) and mine.cue == other.cue)
        # Who takes an id away by hand and writes something else has written something else.
        if type(mine) is type(other) and same_name and len(old) > 2:
            yield at, other


def _place(element: FountainElement | None, place: dict[str, int]) -> int | None:
    return None if element is None else place.get(element.id)


def _anywhere(
    new: tuple[FountainElement, ...], old: tuple[FountainElement, ...], found: list[FountainElement | None],
    taken: set[str],
) -> _Pairs:  # fmt: skip
    for at, element in enumerate(found):
        if element is not None:
            continue
        free = [other for other in old if other.id not in taken]
        best = max(free, key=lambda other: _score(new[at], other), default=None)
        if best is not None and _score(new[at], best) >= _SAME:
            yield at, best


def _score(new: FountainElement, old: FountainElement) -> float:
    """Say how much an element is like another of its kind; a word with an id of its own elsewhere is another."""
    if isinstance(new, FountainLine) and isinstance(old, FountainLine):
        return likeness(new.text, old.text) - (0.0 if new.cue == old.cue else 0.15)
    if isinstance(new, FountainAction) and isinstance(old, FountainAction):
        return likeness(new.text, old.text)
    return 0.0


def in_longest_run(places: list[int]) -> set[int]:
    """Return the indices of a longest rising run among `places`: whatever is not in it has been moved."""
    best: list[int] = []
    before: list[int] = []
    for at, place in enumerate(places):
        longest = max((k for k in range(at) if places[k] < place), key=lambda k: best[k], default=-1)
        best.append(1 + (best[longest] if longest >= 0 else 0))
        before.append(longest)
    kept: set[int] = set()
    at = max(range(len(places)), key=lambda k: best[k], default=-1)
    while at >= 0:
        kept.add(at)
        at = before[at]
    return kept
