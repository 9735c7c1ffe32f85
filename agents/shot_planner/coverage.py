"""Coverage: a beat's sound laid out in time, and the stretches of picture that will be shot over it.

All lengths here are whole frames, and each beat is laid by itself from its own lines, so that a line of another length
moves what comes after it and changes nothing of it.
"""

import math
from fractions import Fraction
from itertools import pairwise
from typing import Literal, NamedTuple

from agents.shot_planner.presence import SceneView, unseen_channel
from episodes.airtime import hold_after
from episodes.captions import caption_room
from episodes.effects import Detain
from episodes.episode import Episode
from episodes.script import ALOUD, Beat, Line
from episodes.shots import LineCue
from episodes.tasks import Limits
from episodes.value import Value

SlotKind = Literal["establish", "action", "talk", "tail", "gag"]

# Seconds, from craft.md's "The cut": talk 2 to 4, action 0.8 to 2, the stare 3, two beats (0.4 to 0.8) after a joke.
_ESTABLISH, _ESTABLISH_ACTION = Fraction(7, 5), Fraction(9, 5)
_ACTION_BEFORE_WORDS, _ACTION_ALONE, _STARE = Fraction(6, 5), Fraction(2), Fraction(5, 2)
_LONGEST_TALK, _PART = Fraction(22, 5), Fraction(4)
_TOGETHER, _TOGETHER_KEPT = Fraction(17, 5), Fraction(22, 5)
_GAG, _SHORTEST_GAG = Fraction(3, 2), Fraction(13, 10)
_SHORTEST_PIECE = Fraction(1)
_PUNCH_HOLD, _SCENE_HOLD = Fraction(1, 2), Fraction(9, 20)
_PRELAP = Fraction(1, 10)
_OVER_PICTURE = Fraction(2, 5)

_PUNCH_PURPOSES = frozenset(("reverse", "callback", "turn", "tag", "debrief", "cold_open"))
_HEARD_OFF_PURPOSES = frozenset(("arrive", "heighten", "plant", "chase", "cold_open", "stand_off"))


class Slot(Value):
    """A stretch of picture over a beat, before anybody has chosen a camera for it."""

    kind: SlotKind
    beat: str
    frames: int
    cues: tuple[LineCue, ...] = ()
    """Lines that begin in it."""
    tails: tuple[LineCue, ...] = ()
    """Lines that began earlier and are still heard, with their (negative) start."""
    gag: str = ""
    heard_off: str | None = None
    """Officer who must wear the camera, since the voice comes from behind it."""
    acting: bool = False
    """Whether the speaker does the beat's action while speaking."""


class Grouping(Value):
    """How an earlier plan laid lines under shots."""

    lines: frozenset[str] = frozenset()
    """All that it covered."""
    together: frozenset[tuple[str, str]] = frozenset()
    """Pairs of neighbouring lines that began in one shot."""


class _Heard(NamedTuple):
    line: Line
    start: int
    end: int
    until: int


class _Piece(NamedTuple):
    kind: SlotKind
    start: int
    end: int
    gag: str = ""


def lay_beat(
    episode: Episode,
    view: SceneView,
    beat: Beat,
    limits: Limits,
    past: Grouping | None = None,
) -> tuple[Slot, ...]:
    """Return the slots of one beat.

    Args:
        episode: for the lengths of lines and the frame rate.
        view: the scene with its people.
        beat: what happens.
        limits: of the back end that makes the final pictures.
        past: how an earlier plan grouped its lines; kept where it can be.
    """
    fps = episode.brief.format.fps
    heads, lead, off = _heads(view, beat, fps)
    sound = _lay_sound(episode, view, beat, lead)
    if not sound:
        pieces = _silent(beat, heads, fps)
    else:
        pieces = _pictures(beat, heads, _group(sound, fps, past or Grouping()), fps)
        pieces = _show_gag(view, beat, pieces, sound, fps)
    pieces = _respect(pieces, limits, fps)
    acting, first = _acts_while_speaking(view, beat), sound[0].start if sound else -1
    slots = []
    for piece in pieces:
        slot = _slot(beat, piece, sound, fps)
        if piece.start <= first < piece.end:
            slot = slot.model_copy(update={"heard_off": off, "acting": acting and piece.kind == "talk"})
        slots.append(slot)
    return tuple(slots)


def _heads(view: SceneView, beat: Beat, fps: int) -> tuple[list[_Piece], int, str | None]:
    """Return the pictures before a speaker is seen, the first line's start, and who speaks behind the camera."""
    opens, first = view.establishes(beat.id), beat.lines[0] if beat.lines else None
    acts = bool(beat.action) and not _acts_while_speaking(view, beat)
    lengths: list[tuple[SlotKind, Fraction]] = []
    if opens:
        merged = acts and beat.purpose in ("cold_open", "chase")
        lengths.append(("establish", _ESTABLISH_ACTION if merged else _ESTABLISH))
        acts = acts and not merged
    if acts:
        lengths.append(("action", _ACTION_BEFORE_WORDS))
    heads, at = [], 0
    for kind, seconds in lengths:
        heads.append(_Piece(kind, at, at + math.ceil(seconds * fps)))
        at = heads[-1].end
    off = _heard_off(view, beat, first) if first and acts else None
    if first is None or not heads:
        return heads, _prelap(fps), None
    if unseen_channel(view, beat, first):
        return heads, math.ceil(_OVER_PICTURE * fps), None
    if off:
        return heads, heads[-1].start + math.ceil(_OVER_PICTURE * fps), off
    return heads, at + _prelap(fps), None


def _heard_off(view: SceneView, beat: Beat, first: Line) -> str | None:
    """Return the officer whose own camera sees the action that he comments on."""
    others = [actor for actor in beat.actors if actor != first.speaker]
    fits = beat.purpose in _HEARD_OFF_PURPOSES and first.channel in ALOUD and bool(others)
    return first.speaker if fits and view.may_wear(first.speaker, beat.id) else None


def _acts_while_speaking(view: SceneView, beat: Beat) -> bool:
    """Whether the first speaker is the one who acts: then one shot shows both, and no time is lost."""
    first = beat.lines[0] if beat.lines else None
    if first is None or not beat.action or unseen_channel(view, beat, first) or beat.purpose == "cold_open":
        return False
    if any(isinstance(effect, Detain) and effect.by != first.speaker for effect in beat.effects):
        return False  # An arrest by somebody else is an action of its own.
    return bool(beat.actors) and beat.actors[0] == first.speaker


def _lay_sound(episode: Episode, view: SceneView, beat: Beat, lead: int) -> list[_Heard]:
    fps, heard, at = episode.brief.format.fps, [], lead
    following = dict(pairwise((*view.scene.lines, None)))
    for place, line in enumerate(beat.lines):
        seconds = episode.seconds_of(line)
        pause = max(line.pause, hold_after(line, following.get(line)))
        if place == len(beat.lines) - 1:
            punch = beat.purpose in _PUNCH_PURPOSES or bool(beat.picture_gag)
            pause = max(
                pause, _PUNCH_HOLD if punch else Fraction(0), _SCENE_HOLD if view.closes(beat.id) else Fraction(0)
            )
        speaker = view.world.character(line.speaker).short_name
        # Captions must be readable before the next line starts; a breath more is cheaper than words nobody can read.
        room = max(seconds + pause, caption_room(line.text, speaker, line.channel, seconds, fps))
        until = at + math.ceil(room * fps)
        heard.append(_Heard(line, at, at + math.ceil(seconds * fps), until))
        at = until
    return heard


def _silent(beat: Beat, heads: list[_Piece], fps: int) -> list[_Piece]:
    """Return the pictures of a beat without words: 1.5 to 2.5 s of action, and the gag after it."""
    alone = _STARE if beat.purpose in ("turn", "stand_off") else _ACTION_ALONE
    if beat.picture_gag:
        alone = _GAG
    pieces = [*heads]
    if not any(piece.kind == "action" for piece in pieces):
        start = pieces[-1].end if pieces else 0
        if beat.picture_gag:
            return [*pieces, _Piece("gag", start, start + math.ceil(_ACTION_ALONE * fps), beat.picture_gag)]
        if pieces and beat.purpose == "chase":
            return [*pieces, _Piece("action", start, start + math.ceil(_GAG * fps))]
        return pieces or [_Piece("action", 0, math.ceil(alone * fps))]
    start = pieces[-1].start
    pieces[-1] = _Piece("action", start, start + math.ceil(alone * fps))
    if beat.picture_gag:
        end = pieces[-1].end
        pieces.append(_Piece("gag", end, end + math.ceil(_GAG * fps), beat.picture_gag))
    elif beat.purpose == "chase":
        # A chase is seen from two sides: nearby, then from above or far away.
        end = pieces[-1].end
        pieces.append(_Piece("action", end, end + math.ceil(_ACTION_BEFORE_WORDS * fps)))
    return pieces


def _group(sound: list[_Heard], fps: int, past: Grouping) -> list[list[_Heard]]:
    """Return the lines in groups that one shot covers: short neighbours share a two-shot."""
    groups = [[sound[0]]]
    for before, heard in pairwise(sound):
        length = Fraction(heard.until - groups[-1][0].start, fps)
        kept = (before.line.id, heard.line.id) in past.together
        # Lines that had a shot each keep it, so that a shorter line does not take its neighbour's shot away.
        apart = not kept and {before.line.id, heard.line.id} <= past.lines
        if len(groups[-1]) < 2 and not apart and length <= (_TOGETHER_KEPT if kept else _TOGETHER):
            groups[-1].append(heard)
        else:
            groups.append([heard])
    return groups


def _pictures(beat: Beat, heads: list[_Piece], groups: list[list[_Heard]], fps: int) -> list[_Piece]:
    """Return the pictures of a beat with words: the heads, then each group of lines in one shot or several."""
    pieces, at = list(heads), heads[-1].end if heads else 0
    for place, group in enumerate(groups):
        last = place == len(groups) - 1
        # The picture changes just before a line, never on it.
        end = group[-1].until if last else groups[place + 1][0].start - _prelap(fps)
        if pieces and end - at < math.ceil(_SHORTEST_PIECE * fps) and group[0].start < at:
            pieces[-1] = pieces[-1]._replace(end=max(end, at))
            at = pieces[-1].end
            continue
        borders = [at, *_splits(group, at, end, fps), end]
        for number, (start, stop) in enumerate(pairwise(borders)):
            pieces.append(_Piece("talk" if number == 0 else "tail", start, stop))
        at = end
    return pieces


def _splits(group: list[_Heard], start: int, end: int, fps: int) -> list[int]:
    """Return the frames at which a long stretch of talk is cut, at clause borders where there are any near."""
    length = Fraction(end - start, fps)
    if length <= _LONGEST_TALK:
        return []
    parts = math.ceil(length / _PART)
    borders = [border for heard in group for border in _clauses(heard)]
    cuts: list[int] = []
    for number in range(1, parts):
        even = start + (end - start) * number // parts
        near = [border for border in borders if abs(border - even) <= fps * 3 // 5]
        cuts.append(min(near, key=lambda border: abs(border - even), default=even))
    return cuts


def _clauses(heard: _Heard) -> list[int]:
    text, length = heard.line.text, heard.end - heard.start
    places = [place for place, sign in enumerate(text[:-1]) if sign in ",.;:!?…—" and text[place + 1] == " "]
    return [heard.start + round(Fraction(length * (place + 1), len(text))) for place in places]


def _show_gag(view: SceneView, beat: Beat, pieces: list[_Piece], sound: list[_Heard], fps: int) -> list[_Piece]:
    """Give the picture gag a shot: under a voice from elsewhere, or right after the words that it contradicts."""
    if not beat.picture_gag:
        return pieces
    last, shortest = pieces[-1], math.ceil(_SHORTEST_GAG * fps)
    speaker_is_off = unseen_channel(view, beat, sound[-1].line) or last.kind == "tail"
    if speaker_is_off and last.kind != "establish":
        end = max(last.end, last.start + shortest)
        return [*pieces[:-1], _Piece("gag", last.start, end, beat.picture_gag)]
    start = sound[-1].end + _prelap(fps)
    if start - last.start < math.ceil(_SHORTEST_PIECE * fps):
        start = last.end
    return [
        *pieces[:-1],
        last._replace(end=start),
        _Piece("gag", start, start + math.ceil(_GAG * fps), beat.picture_gag),
    ]


def _respect(pieces: list[_Piece], limits: Limits, fps: int) -> list[_Piece]:
    """Return pieces within the back end's limits: short ones joined with a neighbour or held, long ones divided."""
    shortest, longest = math.ceil(limits.min_seconds * fps), math.floor(limits.max_seconds * fps)
    joined: list[_Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        short = before is not None and min(before.end - before.start, piece.end - piece.start) < shortest
        if before is not None and short:
            kind = piece.kind if before.kind in ("establish", "action") and piece.kind != "action" else before.kind
            kind = "establish" if before.kind == "establish" else "gag" if piece.gag or before.gag else kind
            joined[-1] = _Piece(kind, before.start, piece.end, before.gag or piece.gag)
        else:
            joined.append(piece)
    held: list[_Piece] = []
    for piece in joined:
        # A piece that must be longer takes its time from the next one; only the beat's last adds any.
        start = held[-1].end if held else piece.start
        held += _divide(piece._replace(start=start, end=max(piece.end, start + shortest)), shortest, longest)
    return held


def _divide(piece: _Piece, shortest: int, longest: int) -> list[_Piece]:
    parts = math.ceil(Fraction(piece.end - piece.start, max(longest, 1)))
    length = max(piece.end - piece.start, parts * shortest)
    borders = [piece.start + length * number // parts for number in range(parts + 1)]
    divided = [piece._replace(start=start, end=end) for start, end in pairwise(borders)]
    # A gag is one shot; of an establishing stretch only the first part establishes.
    return [
        part if number == 0 else part._replace(kind="tail" if piece.kind != "action" else "action", gag="")
        for number, part in enumerate(divided)
    ]


def _slot(beat: Beat, piece: _Piece, sound: list[_Heard], fps: int) -> Slot:
    begun = [heard for heard in sound if piece.start <= heard.start < piece.end]
    # Less than a sixth of a second of a word is no longer worth a mouth.
    tails = [heard for heard in sound if heard.start < piece.start < heard.end - fps // 6]
    return Slot(
        kind=piece.kind,
        beat=beat.id,
        frames=piece.end - piece.start,
        cues=tuple(LineCue(line=heard.line.id, at=Fraction(heard.start - piece.start, fps)) for heard in begun),
        tails=tuple(LineCue(line=heard.line.id, at=Fraction(heard.start - piece.start, fps)) for heard in tails),
        gag=piece.gag,
    )


def _prelap(fps: int) -> int:
    return max(1, round(_PRELAP * fps))
