"""One speech of an edited screenplay as a line: who says it, over which channel, in what way, and in which words."""

import re
from difflib import get_close_matches
from typing import get_args

from episodes.cast import Character
from episodes.element_matching import Matched
from episodes.episode import Episode
from episodes.screenplay import FountainLine, cue_name
from episodes.script import Channel, Delivery, Line
from episodes.understood import Finding, listed, quoted

DELIVERIES: tuple[Delivery, ...] = get_args(Delivery)

_WAYS: dict[str, Delivery] = {
    "deadpan": "flat", "flatly": "flat", "monotone": "flat", "calmly": "calm", "quietly calm": "calm",
    "urgently": "urgent", "hurried": "urgent", "panicked": "urgent", "shouting": "shouted", "shouts": "shouted",
    "yelling": "shouted", "yells": "shouted", "whispering": "whispered", "whispers": "whispered",
    "whisper": "whispered", "sotto voce": "whispered", "proudly": "proud", "sadly": "sad",
    "warmly": "warm", "kindly": "warm",
    "confusedly": "confused", "puzzled": "confused",
}  # fmt: skip
_CHANNEL_WORDS: dict[Channel, str] = {
    "spoken": "spoken on the spot", "radio": "heard on the radio", "dispatch": "heard from dispatch",
    "phone": "heard on the phone", "voice_over": "a voice over", "pa": "heard through the loudspeaker",
}  # fmt: skip


class Speeches:
    """Reads speeches against the cast of one episode."""

    def __init__(self, episode: Episode, finding: Finding) -> None:
        self.episode, self.finding = episode, finding
        self.lines = {line.id: line for line in episode.the_script.lines}

    def line(self, one: Matched, where: str) -> Line | None:
        """Return the line that a speech is; None, with a sentence, for one that nobody can say.

        A new one comes without an id. What is new about a known one is said.
        """
        new = one.new
        assert isinstance(new, FountainLine)
        old = self.lines.get(one.old.id) if one.old is not None else None
        if old is not None and isinstance(one.old, FountainLine):
            return self._known(new, old, one.old)
        return self._unknown(new, where)

    def _known(self, new: FountainLine, old: Line, printed: FountainLine) -> Line | None:
        if not new.text and printed.text:
            return None
        update: dict[str, object] = {}
        if new.text != printed.text:
            update["text"] = new.text
            self.finding.said.append(f"Line {old.id} now says {quoted(new.text)}.")
        if new.delivery != printed.delivery and (way := self._way(new, old.id)) not in (None, old.delivery):
            update["delivery"] = way
            self.finding.said.append(f"Line {old.id} is now {way}, where it was {old.delivery}.")
        speaker = self._speaker(new, f"Line {old.id}") if new.cue != printed.cue else None
        if speaker is not None and speaker.id != old.speaker:
            # What the old voice measured says nothing of this one.
            update |= {"speaker": speaker.id, "reading": old.reading + 1}
            self.finding.said.append(f"Line {old.id} is now said by {speaker.short_name}.")
        if self._channel_known(new, old.id) and new.channel != old.channel:
            update["channel"] = new.channel
            self.finding.said.append(f"Line {old.id} is now {_CHANNEL_WORDS[new.channel]}.")
        return old.model_copy(update=update) if update else old

    def _unknown(self, new: FountainLine, where: str) -> Line | None:
        if not new.text:
            return None
        speaker = self._speaker(new, f"The speech {quoted(new.text, 50)} {where}")
        if speaker is None:
            return None
        moved = self.lines.get(new.id)
        way = self._way(new, f"the new line {where}") or "calm"
        channel = new.channel if self._channel_known(new, f"the new line {where}") else "spoken"
        if channel == "spoken" and speaker.role == "dispatcher":
            # Nobody sees the dispatcher: a name without a word behind it means the air.
            channel = "dispatch"
        base = moved or Line(id="", speaker=speaker.id, channel=channel, text=new.text)
        self.finding.said.append(f"There is a new line for {speaker.short_name} {where}: {quoted(new.text)}.")
        return base.model_copy(
            update={"id": "", "speaker": speaker.id, "channel": channel, "text": new.text, "delivery": way}
        )

    def _speaker(self, new: FountainLine, what: str) -> Character | None:
        """Return who a name over a speech is, by name, short name, id, or call sign; else None, with a sentence."""
        people, said = self.episode.the_world.characters, _plain(new.cue)
        for names in (_short, _full, lambda one: (one.id,), lambda one: _words(one.name)):
            found = [one for one in people if said in {_plain(name) for name in names(one)}]
            if len(found) == 1:
                return found[0]
        units = [unit for unit in self.episode.the_world.units if _plain(unit.id) == said and unit.members]
        if units:
            return self.episode.the_world.character(units[0].members[0])
        cues = [cue_name(one.short_name) for one in people]
        near = get_close_matches(new.cue.upper()[:60], cues, n=1, cutoff=0.7)
        meant = f" Did you mean {near[0]}?" if near else f" Those who can speak: {listed(cues)}."
        kept = "keeps its speaker" if what.startswith("Line ") else "is not taken"
        self.finding.left.append(f"{what} {kept}: nobody in this episode is called {quoted(new.cue, 40)}.{meant}")
        return None

    def _way(self, new: FountainLine, what: str) -> Delivery | None:
        for word in (new.delivery, *re.split(r"[,;/]| and ", new.delivery)):
            plain = " ".join(word.casefold().split()).rstrip(".")
            way: Delivery | None = next((one for one in DELIVERIES if one == plain), _WAYS.get(plain))
            if way is not None:
                return way
        self.finding.left.append(
            f"({new.delivery[:60]}) over {what} is no way of speaking that the voices know; they know "
            f"{listed(DELIVERIES)}."
        )
        return None

    def _channel_known(self, new: FountainLine, what: str) -> bool:
        if new.extension:
            self.finding.left.append(
                f"({new.extension[:40]}) behind the name over {what} is no channel that is known: write (RADIO), "
                "(DISPATCH), (PHONE), (V.O.) or (LOUDSPEAKER), or nothing for what is spoken on the spot."
            )
        return not new.extension


def _short(one: Character) -> tuple[str, ...]:
    return one.short_name, cue_name(one.short_name)


def _full(one: Character) -> tuple[str, ...]:
    return one.name, cue_name(one.name)


def _words(name: str) -> tuple[str, ...]:
    """The last word of a name, and its first beside it: `Dale` and `Okafor` of `Officer Dale Okafor`."""
    words = name.split()
    return tuple(words[-2:]) if len(words) > 1 else ()


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^\w]", " ", name).casefold().split())
