"""Short prompts: what a back end with a small text encoder reads, with what matters in it."""

import re
from typing import NamedTuple

from agents.shot_planner.clauses import happens, sentences

_HOUR = re.compile(r"\b(?:day|daylight|night|dusk|dawn|morning|evening|noon|midnight|\d{1,2}:\d{2})\b", re.IGNORECASE)
_CAMERA = re.compile(r"\b(?:shot|close-up|seen from|locked-off|view|angle)\b", re.IGNORECASE)
_SPARE = re.compile(
    r"one thing out of place|known by|^with (?:a|an|the)\b|^(?:slightly|faint|harsh|low|strong)\b", re.I
)
_CLOCK = re.compile(r"\bat \d{1,2}:\d{2},? ?")
_LOOKS = re.compile(r"\b(?:a|the) (?:police officer|police sergeant|witness|suspect|dispatcher|reporter|bystander)\b")


class _Phrase(NamedTuple):
    """A part of a prompt between commas or semicolons."""

    sentence: int
    text: str
    worth: int
    """The higher, the longer it stays."""
    joint: str
    """What stands before it within its sentence."""


def shortened(prompt: str, words: int) -> str:
    """Return a prompt of at most so many words that keeps subject, action, place, light and camera, in this order.

    Whole phrases go, the least worth first: what is out of place, the landmark, the lens, the weather, clothes beyond
    the first, whoever else is there. Only where even that is too long, words are cut off at the end.
    """
    if words < 1:
        return ""
    if len(prompt.split()) <= words:
        return prompt
    kept = list(_phrases(prompt))
    while len(_joined(kept).split()) > words and len(kept) > 1:
        least = min(range(len(kept)), key=lambda at: (kept[at].worth, -at))
        if kept[least].worth >= 90:
            break
        kept.pop(least)
    said = _joined(kept).split()
    if len(said) <= words:
        return " ".join(said)
    # What happens is said first then, so that it is the camera that is cut off.
    kept.sort(key=lambda phrase: -phrase.worth)
    return " ".join(_joined(kept).split()[:words]).rstrip(" ,;.") + "."


def _phrases(prompt: str) -> list[_Phrase]:
    found: list[_Phrase] = []
    for number, sentence in enumerate(sentences(prompt)):
        parts = re.split(r"([,;]) ", _CLOCK.sub("", sentence).rstrip("."))
        joints = ["", *(f"{joint} " for joint in parts[1::2])]
        acts = happens(sentence) and not re.match(r"the camera\b", sentence, re.IGNORECASE)
        crowd = 0
        for place, (joint, text) in enumerate(zip(joints, parts[::2], strict=True)):
            crowd += joint == "; "
            worth = _worth(sentence, text, number, place, crowd, begins=joint == "; ", acts=acts)
            found.append(_Phrase(number, text, worth, joint))
    return found


def _worth(sentence: str, text: str, number: int, place: int, crowd: int, *, begins: bool, acts: bool) -> int:
    if _SPARE.search(text):
        return 5
    if number == 0 and _CAMERA.search(sentence):
        return {0: 90, 1: 60}.get(place, 10)
    if re.match(r"the camera\b", sentence, re.IGNORECASE):
        return 35
    if _HOUR.search(sentence):
        return 92 if place == 0 else 91 if _HOUR.search(text) else 20
    if acts:
        return 98 if place == 0 else 40
    if crowd:
        return 30 if begins or _LOOKS.search(text) else 15
    if place == 0:
        return 97
    return 55 if _LOOKS.search(text) else 50 if text.startswith("in ") else 25


def _joined(phrases: list[_Phrase]) -> str:
    text, last = "", -1
    for phrase in phrases:
        if phrase.sentence != last:
            text += f"{'. ' if text else ''}{phrase.text[:1].upper()}{phrase.text[1:]}"
        else:
            text += f"{phrase.joint or ', '}{phrase.text}"
        last = phrase.sentence
    return f"{text}." if text else ""
