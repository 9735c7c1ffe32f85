"""Two episodes held against each other: everything that differs, in words, in the order in which a film is made.

Equal episodes give an empty comparison, and whatever a change alters shows up in it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from episodes.cut_comparison import compare_cuts
from episodes.differences import Area, Difference, changed, differing_fields, paired, seconds, word_runs
from episodes.episode import Cue, Episode, LineLength, SceneBalance
from episodes.script import Beat, Line, Scene, Script
from episodes.shots import Shot
from episodes.value import Value

AREAS: dict[Area, str] = {
    "brief": "The wish", "facts": "Facts", "world": "World", "script": "Script", "shots": "Shots",
    "timeline": "Timeline", "sound": "Sound", "locks": "Locks",
}  # fmt: skip

_WORDS = {
    "trim_in": "trim at the head", "trim_out": "trim at the tail", "seconds": "planned length", "reversed": "backwards",
    "owner": "camera", "wearer": "who carries the camera", "subjects": "who is seen", "cues": "lines over it",
    "events": "what happens", "next_week": "card of next week", "speaker": "who speaks", "clock": "story clock",
    "present": "who is there", "actors": "whom the action needs", "picture_gag": "picture gag", "text": "",
    "first_frame": "first frame", "last_frame": "last frame", "negative_prompt": "what the prompt shuns",
    "effects": "what it does to the story", "dialogue_db": "dialogue level, dB", "radio_db": "radio level, dB",
    "effects_db": "effects level, dB", "music_db": "music level, dB", "loudness_lufs": "loudness, LUFS",
    "burn_captions": "captions in the picture", "gain_db": "gain, dB", "before": "stops before",
    "silent": "no music", "mark": "fact or invented", "short_name": "short name",
}  # fmt: skip
"""Fields whose names a person would not use."""


class Comparison(Value):
    """All in which two episodes differ."""

    differences: tuple[Difference, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.differences)

    def of(self, area: Area) -> tuple[Difference, ...]:
        """Return the differences of one area."""
        return tuple(one for one in self.differences if one.area == area)

    def about(self, target: str) -> tuple[Difference, ...]:
        """Return the differences of one thing: a shot with its clips of any track, a line, a scene."""
        return tuple(one for one in self.differences if one.target == target or one.target.endswith(f":{target}"))

    def lines(self) -> tuple[str, ...]:
        """Return it as lines for a terminal: a heading for each area, what differs below it, indented; or none."""
        found: list[str] = []
        for area, heading in AREAS.items():
            if mine := self.of(area):
                found += [f"{heading} ({len(mine)})", *(f"  {one.line()}" for one in mine)]
        return tuple(found)


def compare(a: Episode, b: Episode) -> Comparison:
    """Return all in which `b` differs from `a`."""
    return Comparison(
        differences=(
            *_brief(a, b), *_whole("facts", "fact sheet", a.facts, b.facts, _facts), *_worlds(a, b),
            *_whole("script", "script", a.script, b.script, _scripts), *_shots(a, b), *compare_cuts(a, b),
            *_sound(a, b), *_locks(a, b),
        )
    )  # fmt: skip


_Item = TypeVar("_Item", bound=Value)
_Tell = Callable[[_Item], str]


def field_words(name: str) -> str:
    """Return a field's name as a person would say it."""
    return _WORDS.get(name, name.replace("_", " "))


def _fields(area: Area, target: str, a: Value, b: Value, *apart: str) -> list[Difference]:
    return [
        changed(area, target, field_words(name), before, after)
        for name, before, after in differing_fields(a, b, frozenset(apart))
    ]


def _whole(
    area: Area, name: str, a: _Item | None, b: _Item | None, differing: Callable[[_Item, _Item], list[Difference]]
) -> list[Difference]:
    """Return the differences of two things of which either may not be there yet."""
    if a is None and b is None:
        return []
    if a is None or b is None:
        return [Difference(area=area, target="film", what="added" if a is None else "removed", field=name)]
    return differing(a, b)


def _rows(
    area: Area,
    a: Sequence[tuple[str, Sequence[_Item]]],
    b: Sequence[tuple[str, Sequence[_Item]]],
    name: Callable[[_Item], str],
    tell: _Tell[_Item],
    differing: Callable[[str, _Item, _Item], list[Difference]],
) -> list[Difference]:
    """Return how rows of named things differ: what is gone, new, somewhere else, and other than it was.

    A row is what a thing stands in, a beat's scene, and the things in order.
    """
    old = [(row, item) for row, items in a for item in items]
    new = [(row, item) for row, items in b for item in items]
    pairs = paired(old, new, lambda one: name(one[1]))
    found = [
        Difference(area=area, target=name(old[i][1]), what="removed", before=tell(old[i][1])) for i in pairs.removed
    ]
    found += [Difference(area=area, target=name(new[j][1]), what="added", after=tell(new[j][1])) for j in pairs.added]
    # Where a whole row went elsewhere, its members did not move: they are held against those of their own row alone.
    stayed = [(i, j) for i, j in pairs.both if old[i][0] == new[j][0]]
    moved = {(i, j) for i, j in pairs.both if old[i][0] != new[j][0]}
    for row in dict.fromkeys(old[i][0] for i, _ in stayed):
        mine = [(i, j) for i, j in stayed if old[i][0] == row]
        ranks = paired([i for i, _ in mine], [i for i, _ in sorted(mine, key=lambda pair: pair[1])], lambda i: i)
        moved |= {mine[at] for at, _ in ranks.moved}
    for i, j in pairs.both:
        item, now = old[i][1], new[j][1]
        if (i, j) in moved:
            places = _place(old, i, name), _place(new, j, name)
            found.append(Difference(area=area, target=name(now), what="moved", before=places[0], after=places[1]))
        found += differing(name(now), item, now)
    return found


def _place(row: list[tuple[str, _Item]], at: int, name: Callable[[_Item], str]) -> str:
    home = row[at][0]
    if at and row[at - 1][0] == home:
        return f"after {name(row[at - 1][1])}"
    return f"first in {home}" if home else "first"


def _brief(a: Episode, b: Episode) -> list[Difference]:
    # What a season wants of its episodes is no part of them, and told in its own record.
    plain = {"direction": None}
    found = _fields("brief", "film", a.brief.model_copy(update=plain), b.brief.model_copy(update=plain))
    for name in ("season", "number"):
        if getattr(a, name) != getattr(b, name):
            found.append(changed("brief", "film", name, getattr(a, name), getattr(b, name)))
    return found


def _facts(a: Value, b: Value) -> list[Difference]:
    return _fields("facts", "film", a, b)


def _worlds(a: Episode, b: Episode) -> list[Difference]:
    found = _whole("world", "world", a.world, b.world, lambda old, new: _fields("world", "film", old, new, *_KEPT))
    if a.world is None or b.world is None:
        return found
    for kind in _KEPT:
        found += _rows(
            "world", [("", getattr(a.world, kind))], [("", getattr(b.world, kind))], lambda one: str(one.id),
            lambda one: str(getattr(one, "name", one.id)), lambda target, old, new: _fields("world", target, old, new),
        )  # fmt: skip
    return found


_KEPT = ("characters", "units", "vehicles", "props", "places")


# ---- script ----------------------------------------------------------------------------------------------------------


def _scripts(a: Script, b: Script) -> list[Difference]:
    found = _fields("script", "film", a, b, "scenes")
    scenes: list[Difference] = _rows(
        "script", [("", a.scenes)], [("", b.scenes)], lambda scene: scene.id, _scene_told,
        lambda target, old, new: _fields("script", target, old, new, "beats"),
    )  # fmt: skip
    beats: list[Difference] = _rows(
        "script", [(s.id, s.beats) for s in a.scenes], [(s.id, s.beats) for s in b.scenes], lambda beat: beat.id,
        _beat_told, lambda target, old, new: _fields("script", target, old, new, "lines"),
    )  # fmt: skip
    lines: list[Difference] = _rows(
        "script", _lines_of(a), _lines_of(b), lambda line: line.id, _line_told, _lines
    )  # fmt: skip
    return [*found, *scenes, *beats, *lines]


def _lines_of(script: Script) -> list[tuple[str, tuple[Line, ...]]]:
    return [(beat.id, beat.lines) for scene in script.scenes for beat in scene.beats]


def _scene_told(scene: Scene) -> str:
    return f"{scene.title or scene.place}, {len(scene.beats)} beats, {len(scene.lines)} lines"


def _beat_told(beat: Beat) -> str:
    return f"{beat.purpose}: {beat.action}" if beat.action else f"{beat.purpose}, {len(beat.lines)} lines"


def _line_told(line: Line) -> str:
    return f"{line.speaker}: {line.text}"


def _lines(target: str, a: Line, b: Line) -> list[Difference]:
    found = _fields("script", target, a, b, "text")
    if a.text != b.text:
        runs = word_runs(a.text, b.text)
        found.insert(
            0, Difference(area="script", target=target, what="reworded", before=a.text, after=b.text, words=runs)
        )
    return found


# ---- shots -----------------------------------------------------------------------------------------------------------


def _shots(a: Episode, b: Episode) -> list[Difference]:
    found: list[Difference] = _rows(
        "shots", _by_scene(a), _by_scene(b), lambda shot: shot.id, _shot_told,
        lambda target, old, new: _fields("shots", target, old, new),
    )  # fmt: skip
    own_a, own_b = ({one.shot: one.clip for one in episode.clips} for episode in (a, b))
    for shot in dict.fromkeys((*own_a, *own_b)):
        if own_a.get(shot) != own_b.get(shot):
            clips = (own_a.get(shot), own_b.get(shot))
            names = [clip.name if clip else None for clip in clips]
            shown = names if names[0] != names[1] else clips
            found.append(changed("shots", shot, "your own clip", *shown))
    return found


def _by_scene(episode: Episode) -> list[tuple[str, tuple[Shot, ...]]]:
    return [(scene, episode.shots_of(scene)) for scene in dict.fromkeys(shot.scene for shot in episode.shots)]


def _shot_told(shot: Shot) -> str:
    return f"{shot.owner}, {shot.size.replace('_', ' ')}, {seconds(shot.shown_seconds)}"


# ---- sound and locks -------------------------------------------------------------------------------------------------


def _sound(a: Episode, b: Episode) -> list[Difference]:
    found = _fields("sound", "film", a.mix, b.mix)
    if a.narrator != b.narrator:
        found.append(changed("sound", "film", "narrator's voice", a.narrator, b.narrator))
    balances: list[Difference] = _rows(
        "sound", [("", a.balances)], [("", b.balances)], _balance_name, _balance_told, _balances
    )
    cues: list[Difference] = _rows(
        "sound", [("", a.cues)], [("", b.cues)], _cue_name, lambda cue: "no music" if cue.silent else cue.mood,
        lambda target, old, new: _fields("sound", target, old, new),
    )  # fmt: skip
    return [*found, *balances, *cues, *_readings(a, b), *_lengths(a, b)]


def _balances(target: str, a: SceneBalance, b: SceneBalance) -> list[Difference]:
    return [changed("sound", target, "", _balance_told(a), _balance_told(b))] if a != b else []


def _balance_name(balance: SceneBalance) -> str:
    return f"{balance.scene} {balance.sound}"


def _balance_told(balance: SceneBalance) -> str:
    return f"{balance.db:+g} dB"


def _cue_name(cue: Cue) -> str:
    return f"{cue.scene} music"


def _readings(a: Episode, b: Episode) -> Iterable[Difference]:
    own_a, own_b = ({one.line: one.recording for one in episode.readings} for episode in (a, b))
    for line in dict.fromkeys((*own_a, *own_b)):
        old, new = own_a.get(line), own_b.get(line)
        if old != new:
            named = old and new and old.name != new.name
            yield changed("sound", line, "your own recording", old.name if named and old else old,
                          new.name if named and new else new)  # fmt: skip


def _lengths(a: Episode, b: Episode) -> Iterable[Difference]:
    """Yield how long lines were when they were spoken, where that is no longer so; in one word, however it differs."""
    old, new = ({length.line: length for length in episode.lengths} for episode in (a, b))
    for line in dict.fromkeys((*old, *new)):
        before, after = old.get(line), new.get(line)
        if before != after:
            was, is_now = _spoken(before, after)
            yield Difference(area="sound", target=line, what="changed", field="as spoken", before=was, after=is_now)


def _spoken(before: LineLength | None, after: LineLength | None) -> tuple[str, str]:
    if before is None or after is None:
        return tuple(seconds(one.seconds) if one else "not yet" for one in (before, after))  # type: ignore[return-value]
    if seconds(before.seconds) != seconds(after.seconds):
        return seconds(before.seconds), seconds(after.seconds)
    if before.reading != after.reading:
        return f"reading {before.reading}", f"reading {after.reading}"
    return ("the old words", "the new words") if before.text != after.text else ("timed so", "timed otherwise")


def _locks(a: Episode, b: Episode) -> list[Difference]:
    gone = [Difference(area="locks", target=one, what="removed", field="lock") for one in sorted(a.locks - b.locks)]
    new = [Difference(area="locks", target=one, what="added", field="lock") for one in sorted(b.locks - a.locks)]
    return gone + new
