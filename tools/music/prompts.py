"""A cue in words, for models that make music from text."""

from episodes.requests import ComposeRequest, CueMood

_MOODS: dict[CueMood, str] = {
    "quiet": "sparse late-night underscore, soft electric piano and brushed drums, lots of space",
    "suspicion": "sneaking underscore, pizzicato strings, muted double bass and a curious clarinet",
    "comedy": "dry comedic underscore, plucked bass, woodblock, muted trumpet, playful",
    "chase": "driving chase music, walking bass, bongos, surf guitar, urgent brass stabs",
    "tension": "tense underscore, low drone, ticking hi-hat, tremolo strings, slow build",
    "resolution": "warm resolving underscore, acoustic guitar, vibraphone, gentle strings",
    "sting": "title sting of a police show, punchy drums, bass riff and brass, a short fanfare",
    "question": "short unresolved cue, vibraphone and bass, ends on a question",
    "close": "closing theme of a police comedy, relaxed groove, the tune comes home",
}
_LEADS = {
    "guitar": "twangy electric guitar", "vibes": "vibraphone", "clarinet": "clarinet", "trumpet": "muted trumpet",
    "whistle": "whistling",
}  # fmt: skip
_SHOWN: frozenset[CueMood] = frozenset({"sting", "close"})
"""Cues in which the show's own lead is heard."""


def prompt(request: ComposeRequest) -> str:
    """Return what a model is asked for: mood, instruments, key and tempo, and that nobody sings."""
    words = [_MOODS[request.mood]]
    if request.mood in _SHOWN:
        words.append(f"led by {_LEADS[request.theme.lead]}")
    if request.turn is not None:
        words.append("building steadily")
    return ", ".join([*words, f"in {request.key}", f"{request.tempo} bpm", "instrumental, no vocals"])
