"""What a script says against the past of its show: titles that somebody no longer has."""

import re

from episodes.cast import Character, World
from episodes.ranks import title_of
from episodes.script import Script
from episodes.story_state import Finding

_COMMAND = ("sergeant", "corporal", "lieutenant", "captain", "chief", "detective")


def past_findings(world: World, script: Script) -> tuple[Finding, ...]:
    """Return where somebody appears, or is spoken of, with another title than the show gave them."""
    if world.past is None:
        return ()
    found: list[Finding] = []
    for person in world.characters:
        title = world.past.rank(person.id)
        if title:
            found += _named_wrongly(person, title, script)
            found += _addressed_wrongly(person, title, script)
    return tuple(found)


def _named_wrongly(person: Character, title: str, script: Script) -> list[Finding]:
    if title_of(person.name).lower() in ("", title.lower()):
        return []
    text = f"{person.name} has been {title} since an earlier episode."
    fix = f"Call them {title} {person.short_name}."
    return [Finding(rule="rank.past", target=script.scenes[0].id, text=text, fix=fix, severity="major")]


def _addressed_wrongly(person: Character, title: str, script: Script) -> list[Finding]:
    names = {re.escape(person.short_name), re.escape(person.short_name.split()[-1])}
    others = "|".join(word for word in _COMMAND if word not in title.lower())
    wrong = re.compile(rf"\b({others})\s+(?:\w+\s+)?({'|'.join(names)})\b", re.IGNORECASE)
    found = []
    for scene in script.scenes:
        for beat in scene.beats:
            told = [beat.action, *(line.text for line in beat.lines)]
            said = next((match.group() for text in told if (match := wrong.search(text))), "")
            if said:
                text = f"In {beat.id}, {said} is spoken of, who has been {title} since an earlier episode."
                fix = f"Say {title} {person.short_name}."
                found.append(Finding(rule="rank.past", target=beat.id, text=text, fix=fix, severity="major"))
    return found
