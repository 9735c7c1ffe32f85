"""How a person says it: their own wordings, what they begin and end with, and what they never say."""

import random
import re
from collections.abc import Mapping

from agents.writer.lexicon import Voice
from agents.writer.plan import Chosen
from agents.writer.realiser import Slots, realise, varied
from agents.writer.storylets import Spoken

OWN = 0.5
"""How often somebody with wordings of their own uses them: only at the end of a storylet, where they fit any set-up."""
HABIT = 0.25
"""How often a short line gets its speaker's habit."""
MOST_HABITS = 1
"""Habits of one person in an episode: a blind reader took more of them for glue."""
SHORT = 7
"""Words of a line that a habit still fits."""
_FREE_OF_HABITS = ("shouted",)
_NAMES = ("senior", "junior", "witness", "agency", "county", "street", "Place", "weekday")
"""Slots whose words keep their capital inside a sentence."""


class Speech:
    """Words the storylets of one plan; nobody repeats a habit in it."""

    def __init__(
        self,
        slots: Slots,
        temperaments: dict[str, str],
        voices: dict[str, Voice],
        never: Mapping[str, str],
        rng: random.Random,
    ) -> None:
        self.slots, self.temperaments, self.voices, self.never, self.rng = slots, temperaments, voices, never, rng
        self.habits: dict[str, list[str]] = {}

    def worded(self, chosen: Chosen, take: int, slots: Slots | None = None) -> Chosen:
        """Return the storylet with words. `take`: which of the wordings that were written for each other."""
        said = tuple(self._said(line, take, slots or self.slots) for line in chosen.storylet.lines)
        return Chosen.model_construct(storylet=chosen.storylet, said=said)

    def _said(self, line: Spoken, take: int, slots: Slots) -> str:
        temperament = self.temperaments.get(line.speaker, "")
        own, common = line.say.get(temperament, ()), line.say["any"]
        if own and line.punch and self.rng.random() < OWN:
            text = realise(varied(self.rng.choice(own), self.rng), slots)
            if self._may_say(line.speaker, text):
                return text
        turned = (*common[take % len(common) :], *common[: take % len(common)])
        texts = (realise(varied(template, self.rng), slots) for template in turned)
        allowed = next((text for text in texts if self._may_say(line.speaker, text)), None)
        text = allowed or realise(varied(turned[0], self.rng), slots)
        return self._with_habit(line, text, slots)

    def _may_say(self, role: str, text: str) -> bool:
        """Whether a text is free of what this person never says."""
        never = self.never.get(role, "").lower()
        return not never or re.search(rf"\b{re.escape(never)}\b", text.lower()) is None

    def _with_habit(self, line: Spoken, text: str, slots: Slots) -> str:
        voice = self.voices.get(self.temperaments.get(line.speaker, ""))
        used = self.habits.setdefault(line.speaker, [])
        if (
            voice is None
            or line.channel not in ("spoken", "dispatch")
            or line.delivery in _FREE_OF_HABITS
            or line.punch
            or text.endswith("?")
            or len(used) >= MOST_HABITS
            or len(text.split()) > SHORT
            or ":" in " ".join(text.split()[:3])
            or (line.channel == "dispatch" and text.startswith(slots.words["unit"]))
            or self.rng.random() > HABIT
        ):
            return text
        before = [(template, True) for template in voice.openers]
        after = [(template, False) for template in voice.closers if text.endswith(".")]
        fresh = [pair for pair in (*before, *after) if pair[0] not in used]
        if not fresh:
            return text
        template, first = self.rng.choice(fresh)
        used.append(template)
        habit = realise(varied(template, self.rng), slots)
        names = frozenset(word for slot in _NAMES for word in slots.words[slot].split())
        return joined(habit, text, names) if first else f"{text} {habit}"


def joined(habit: str, text: str, names: frozenset[str] = frozenset()) -> str:
    """Return a line after an opener; after a comma or colon it goes on in small letters, unless it is a name or I."""
    first = re.split(r"['’]", text.split()[0].strip(".,;:!?"))[0]
    if habit.endswith((".", "!", "?")) or first == "I" or first in names:
        return f"{habit} {text}"
    return f"{habit} {text[0].lower()}{text[1:]}"
