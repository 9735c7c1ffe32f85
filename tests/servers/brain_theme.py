"""What the small mind understands of a theme: who does what to what, and where."""

import random
import re
from dataclasses import dataclass

SMALL = {
    "a", "an", "the", "of", "to", "and", "with", "who", "that", "his", "her", "their", "its", "is", "for", "from", "by",
    "has", "have", "was", "are", "runs", "some", "one", "two", "three", "very", "my", "our", "be",
}  # fmt: skip
WHERE = {"at", "in", "on", "inside", "behind", "near", "under", "outside", "into", "through", "across"}
EMOJI = {
    "raccoon": "🦝", "goose": "🪿", "geese": "🪿", "cat": "🐈", "dog": "🐕", "duck": "🦆", "llama": "🦙", "ghost": "👻",
    "robot": "🤖", "pigeon": "🕊️", "cow": "🐄", "bear": "🐻", "horse": "🐎", "mannequin": "🧍", "doughnut": "🍩",
    "cake": "🎂", "pie": "🥧", "fish": "🐟", "piano": "🎹", "lobster": "🦞", "gnome": "🧙",
}  # fmt: skip
_SETS = {
    "shop": "shop", "store": "shop", "bakery": "shop", "library": "hallway", "museum": "hallway", "school": "hallway",
    "park": "park", "zoo": "park", "garden": "park", "lot": "parking_lot", "harbour": "waterfront",
    "lake": "waterfront", "pool": "waterfront", "beach": "waterfront", "house": "porch", "porch": "porch",
    "street": "street", "road": "street",
}  # fmt: skip


@dataclass(frozen=True)
class Theme:
    """What a theme is about."""

    doer: str
    deed: str
    thing: str
    place: str
    set: str
    count: int
    minute: int
    street: str

    @property
    def fields(self) -> dict[str, str]:
        """The words for the templates."""
        plain = {"doer": self.doer, "deed": self.deed, "thing": self.thing, "place": self.place, "street": self.street}
        return plain | {"n": str(self.count), "minute": str(self.minute)}


def read_theme(text: str) -> Theme:
    """Return who does what to what, and where; the same text always gives the same."""
    words = [word.strip("'-").lower() for word in re.findall(r"[^\W_][\w'-]*", text)]
    split = next((index for index, word in enumerate(words) if word in WHERE and index > 0), len(words))
    subject = [word for word in words[:split] if word not in SMALL][:6] or ["stranger"]
    where = [word for word in words[split + 1 :] if word not in SMALL | WHERE][:3]
    chance = random.Random(text)
    thing = where[0] if len(where) > 1 else (subject[-1] if len(subject) > 1 else "permit")
    kind = next((_SETS[word] for word in where if word in _SETS), "street")
    return Theme(
        doer=subject[0],
        deed=subject[1] if len(subject) > 1 else "incident",
        thing=thing[:20],
        place=" ".join(where)[:40] or "old town square",
        set=kind,
        count=chance.choice((14, 23, 31, 48, 67)),
        minute=chance.randint(2, 57),
        street=chance.choice(("Plum Street", "Elbow Street", "Turnip Hill", "Button Lane")),
    )
