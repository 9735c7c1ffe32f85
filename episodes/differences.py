"""One difference between two values, in words that a terminal can print, and how any two values are compared.

Nothing here knows what an episode is made of: `comparison.py` does.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from fractions import Fraction
from typing import Any, Literal, TypeVar

from pydantic import BaseModel

from episodes.value import Value

Area = Literal["brief", "facts", "world", "script", "shots", "timeline", "sound", "locks"]
What = Literal["added", "removed", "moved", "reworded", "changed"]

_LONGEST = 120
"""Letters of a value that are told of it; what is longer is cut."""


class WordRun(Value):
    """Some words in a row: in both texts, in the old one only, or in the new one only."""

    sort: Literal["same", "gone", "new"]
    text: str


class Difference(Value):
    """One thing in which two episodes differ."""

    area: Area
    target: str
    """Id of what differs: a scene, beat, line, shot, clip, character; `film` for the whole."""
    what: What
    field: str = ""
    """Which part of it, in words: `trim at the head`; empty for the whole of it."""
    before: str = ""
    after: str = ""
    words: tuple[WordRun, ...] = ()
    """Both texts word by word, where two were reworded."""

    def line(self) -> str:
        """Return it as one line, such as `S02-L03 reworded: Stop [-right-] {+left+} there`."""
        named = f"{self.target} {self.field}".strip()
        if self.words:
            return f"{named} reworded: {marked(self.words)}"
        if self.what in ("added", "removed"):
            told = self.after if self.what == "added" else self.before
            return f"{named} {self.what}: {told}" if told else f"{named} {self.what}"
        if self.what == "moved":
            return f"{named} moved: {self.before} → {self.after}"
        return f"{named}: {self.before} → {self.after}" if self.before else f"{named}: {self.after}"


def word_runs(before: str, after: str) -> tuple[WordRun, ...]:
    """Return both texts word by word, in runs of what is the same, gone and new."""
    old, new = before.split(), after.split()
    runs: list[WordRun] = []
    for sort, a0, a1, b0, b1 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if sort == "equal":
            runs.append(WordRun(sort="same", text=" ".join(old[a0:a1])))
            continue
        if a1 > a0:
            runs.append(WordRun(sort="gone", text=" ".join(old[a0:a1])))
        if b1 > b0:
            runs.append(WordRun(sort="new", text=" ".join(new[b0:b1])))
    return tuple(runs)


def marked(runs: Iterable[WordRun]) -> str:
    """Return runs as text in which what is gone stands in [-…-] and what is new in {+…+}: no colour is needed."""
    frames = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return " ".join(frames[run.sort].format(run.text) for run in runs)


def told(value: object) -> str:
    """Return a value in a few words."""
    match value:
        case None | "" | () | frozenset():
            return "none"
        case bool():
            return "yes" if value else "no"
        case Fraction():
            return seconds(value)
        case datetime():
            return f"{value:%H:%M:%S}" if value.year == 2000 else f"{value:%Y-%m-%d %H:%M:%S}"
        case float():
            return f"{value:g}"
        case BaseModel():
            return _short(", ".join(_parts(value)))
        case tuple() | list() | frozenset():
            return _short(", ".join(told(one) for one in (sorted(value) if isinstance(value, frozenset) else value)))
        case _:
            return _short(str(value))


def seconds(value: Fraction) -> str:
    """Return a number of seconds to hundredths: `2.25 s`."""
    return f"{float(value):.2f} s"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _parts(value: BaseModel) -> list[str]:
    """Return what a small value says, without what is as it usually is."""
    usual = {name: field.default for name, field in type(value).model_fields.items()}
    parts = []
    for name in type(value).model_fields:
        held = getattr(value, name)
        if name == "kind" or held == usual[name]:
            parts += [str(held)] if name == "kind" else []
        elif name in ("id", "name", "text", "who", "what"):
            parts.append(told(held))
        else:
            parts.append(f"{name.replace('_', ' ')} {told(held)}")
    return parts


_Item = TypeVar("_Item")


class Pairs(Value):
    """Two rows of things, matched by name: indexes into both."""

    removed: tuple[int, ...]
    added: tuple[int, ...]
    both: tuple[tuple[int, int], ...]
    """In the order of the old row."""
    moved: tuple[tuple[int, int], ...]
    """Those of `both` that stand elsewhere among the others that stayed: as few as can be."""


def paired(before: Sequence[_Item], after: Sequence[_Item], name: Callable[[_Item], Hashable]) -> Pairs:
    """Match two rows by name; of several of one name, the first with the first."""
    old, new = _numbered(before, name), _numbered(after, name)
    at_old = {key: index for index, key in enumerate(old)}
    at_new = {key: index for index, key in enumerate(new)}
    kept_old = [key for key in old if key in at_new]
    stayed = _longest_rise([at_new[key] for key in kept_old])
    both = tuple((at_old[key], at_new[key]) for key in kept_old)
    return Pairs(
        removed=tuple(at_old[key] for key in old if key not in at_new),
        added=tuple(at_new[key] for key in new if key not in at_old),
        both=both,
        moved=tuple(pair for pair in both if pair[1] not in stayed),
    )


def _numbered(items: Sequence[_Item], name: Callable[[_Item], Hashable]) -> list[tuple[Hashable, int]]:
    seen: Counter[Hashable] = Counter()
    keys = []
    for item in items:
        key = name(item)
        keys.append((key, seen[key]))
        seen[key] += 1
    return keys


def _longest_rise(row: list[int]) -> set[int]:
    """Return the members of a longest rising part of a row of different numbers."""
    best: list[tuple[int, int | None]] = []  # Length of the longest rise that ends here, and the one before in it.
    for index, number in enumerate(row):
        before = max((i for i in range(index) if row[i] < number), key=lambda i: best[i][0], default=None)
        best.append((1 if before is None else best[before][0] + 1, before))
    at = max(range(len(row)), key=lambda i: best[i][0], default=None)
    found = set()
    while at is not None:
        found.add(row[at])
        at = best[at][1]
    return found


def differing_fields(before: Value, after: Value, apart: frozenset[str] = frozenset()) -> list[tuple[str, Any, Any]]:
    """Return name, old and new value of each field in which two values of one type differ, but for those of `apart`."""
    return [
        (name, getattr(before, name), getattr(after, name))
        for name in type(before).model_fields
        if name not in apart and getattr(before, name) != getattr(after, name)
    ]


def changed(area: Area, target: str, field: str, before: object, after: object) -> Difference:
    """Return how one field differs: word by word where both are texts of several words, else what it was and is."""
    if isinstance(before, str) and isinstance(after, str) and " " in before.strip() and " " in after.strip():
        runs = word_runs(before, after)
        return Difference(
            area=area, target=target, what="reworded", field=field, before=before, after=after, words=runs
        )
    if isinstance(before, tuple) and isinstance(after, tuple) and before and after:
        old, new = _only_in(before, after), _only_in(after, before)
        if not old and not new:
            return Difference(area=area, target=target, what="moved", field=field, before="one order", after="another")
        if old and new and len(old) + len(new) < len(before) + len(after):
            before, after = old, new
        elif not old or not new:
            return Difference(
                area=area, target=target, what="removed" if old else "added", field=field,
                before=told(old) if old else "", after=told(new) if new else "",
            )  # fmt: skip
    old_words, new_words = told(before), told(after)
    if old_words == new_words:
        # Less than what is told of a value: the whole of it then.
        old_words, new_words = str(before), str(after)
    return Difference(area=area, target=target, what="changed", field=field, before=old_words, after=new_words)


def _only_in(row: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    left = list(other)
    only = []
    for item in row:
        if item in left:
            left.remove(item)
        else:
            only.append(item)
    return tuple(only)
