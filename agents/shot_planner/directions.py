"""Where a movement or a gaze goes: where a prompt does not say, a model lets it go anywhere."""

import re
from collections.abc import Iterator

from agents.shot_planner.clauses import happens, sentences
from episodes.shots import ActionEvent, Enter, Exit, Subject

_MOVES = re.compile(
    r"\b(?:walks?|runs?|goes|go|comes?|moves?|crosses|cross|drives?|flies|fly|rolls?|slides?|creeps?|turns?|looks?|gazes?"
    r"|stares?|climbs?|jumps?|swims?|strolls?|marches|march|wanders?|glances?)\b(?P<rest>[^.;]*)",
    re.IGNORECASE,
)
_DIRECTION = re.compile(
    r"\b(?:left|right|towards?|away|in|into|out|up|down|back|backwards?|forwards?|behind|across|through|past|round|around"
    r"|along|aside|apart|together|over|under|off|by|from|to|at|on|onto|above|ahead|beside|between|inside|outside|after|before|upward|downward"
    r"|sideways|still|like|for|it|them|like|the|a|an|one|both|half)\b",
    re.IGNORECASE,
)
"""Words by which a movement or a gaze has somewhere to go; an object (`crosses the road`) is a direction too."""


def undirected(text: str) -> Iterator[str]:
    """Yield the words that say of a movement or a gaze that it is there, and not where it goes."""
    for each in sentences(text):
        for found in _MOVES.finditer(each):
            if happens(found.group().split()[0]) and not _DIRECTION.search(found["rest"]):
                yield found.group().strip()


def directed(sentence: str, subjects: tuple[Subject, ...], events: tuple[ActionEvent, ...]) -> str:
    """Return a sentence whose movement has a direction: that of the plan, else away from where its subject stands."""
    side = _side(subjects, events)

    def go(found: re.Match[str]) -> str:
        verb, _, rest = found.group().partition(" ")
        if not happens(verb) or _DIRECTION.search(found["rest"]):
            return found.group()
        return f"{verb} to the {side}{' ' + rest if rest else ''}"

    return _MOVES.sub(go, sentence)


def _side(subjects: tuple[Subject, ...], events: tuple[ActionEvent, ...]) -> str:
    across = {"left": "right", "right": "left"}
    for event in events:
        if isinstance(event, Exit) and event.side in across:
            return event.side
        if isinstance(event, Enter) and event.side in across:
            return across[event.side]
    if not subjects:
        return "left"
    facing = subjects[0].facing
    return facing if facing in across else "left" if subjects[0].at > 0.5 else "right"
