"""Namesakes: nobody and nothing in an episode may bear, by chance, a name that stands in a source.

Writers invent names without knowing the sources' own. What matches is renamed throughout the screenplay, whichever
hand wrote it.
"""

import json
import random
import re
from collections.abc import Iterator

from agents.protocols import Screenplay
from episodes.facts import name_digest

_SPARE = (
    "Ambergill", "Brackwater", "Cloverdale", "Dunnage", "Everwick", "Fennimore", "Gladstowe", "Hollowell", "Ivorly",
    "Juniperson", "Kettlewick", "Larkspire", "Mossbank", "Nettleford", "Oatsworth", "Pennywhistle", "Quillfeather",
    "Rookley", "Saltmarsh", "Thimbleton", "Umberfield", "Vinterlake", "Wexcombe", "Yarrowby",
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def call_nobody_by(written: Screenplay, shunned: frozenset[str], seed: int) -> Screenplay:
    """Return the screenplay with every capitalised word whose digest is shunned replaced by a spare name."""
    if not shunned:
        return written
    text = written.model_dump_json()
    found = sorted({word for word in _capitalised(json.loads(text)) if name_digest(word) in shunned})
    if not found:
        return written
    spare = [name for name in _SPARE if name_digest(name) not in shunned and name not in text]
    random.Random(seed).shuffle(spare)
    for word, other in zip(found, spare, strict=False):
        text = re.sub(rf"\b{re.escape(word)}\b", other, text)
        text = re.sub(rf"\b{re.escape(word.upper())}\b", other.upper(), text)
        text = re.sub(rf'(?<=["-]){re.escape(word.lower())}(?=["-])', other.lower(), text)
    return Screenplay.model_validate_json(text)


def _capitalised(value: object) -> Iterator[str]:
    if isinstance(value, str):
        words = (re.sub(r"['’]s?$", "", word) for word in _WORD.findall(value))
        yield from (word for word in words if len(word) > 2 and word[0].isupper())
    elif isinstance(value, dict):
        for item in value.values():
            yield from _capitalised(item)
    elif isinstance(value, list):
        for item in value:
            yield from _capitalised(item)
