"""Finding what words point at: `2-04`, `the second to last shot`, `the dog shot`, `Gus's line about jelly`.

Nothing is decided here. Where several things fit, all of them come back; where none does, a sentence that says so.
"""

from collections.abc import Iterable, Sequence
from itertools import chain

from agents.assistant.naming import OWNER_WORDS, SIZE_WORDS, Kind, Names, Ref, stem, stems, words_of
from agents.assistant.numbers import ORDINALS, UNITS, number_at
from agents.assistant.phrases import PHRASES, SECOND
from agents.assistant.tokens import Token, id_of
from episodes.episode import Episode
from episodes.script import Line
from episodes.shots import Shot

_NOUNS: dict[str, Kind] = {
    "shot": "shot", "shots": "shot", "clip": "shot", "clips": "shot", "scene": "scene", "scenes": "scene",
    "line": "line", "lines": "line", "beat": "beat", "beats": "beat", "picture": "shot",
    "sequence": "scene", "moment": "beat", "sentence": "line",
}  # fmt: skip
_THE = frozenset(["the", "that", "this", "a", "an", "my", "those", "these", "her", "his"])
_SOME = frozenset(("a", "an", "as", "another"))
_INSIDE = frozenset(["of", "in", "from", "during", "at", "inside", "within"])
_BY_CONTENT = frozenset(
    ("of", "with", "where", "showing", "about", "when", "containing", "that", "which", "on",
     "featuring", "in", "from", "like", "who", "says")
)  # fmt: skip
_LAST = {
    ("last",): -1, ("final",): -1, ("closing",): -1, ("second", "to", "last"): -2, ("second", "last"): -2,
    ("last", "but", "one"): -2, ("next", "to", "last"): -2, ("second-to-last",): -2, ("penultimate",): -2,
    ("third", "to", "last"): -3, ("third", "last"): -3, ("very", "last"): -1, ("very", "first"): 1,
    ("third-to-last",): -3, ("last", "but", "two"): -3,
}  # fmt: skip
LONGEST_DESCRIPTION = 8


class Finder:
    """Finds in one episode."""

    def __init__(self, episode: Episode) -> None:
        self._episode = episode
        self._names = Names(episode)
        self._scenes = tuple(scene.id for scene in episode.script.scenes) if episode.script else ()
        self._bags = {shot.id: self._bag(shot) for shot in episode.shots}

    def at(self, tokens: Sequence[Token], at: int) -> tuple[tuple[Ref, ...], int]:
        """Return what the words from a token on point at, one for each kind, and how many tokens that took."""
        found = [self._by_id(tokens, at), self._counted(tokens, at), self._described(tokens, at)]
        best = max((each for each in found if each is not None), key=lambda each: each[1], default=None)
        named, taken = self._named(tokens, at)
        owned = self._owned_lines(tokens, at, named, taken)
        if owned is not None and (best is None or owned[1] >= best[1]):
            best = owned
        if best is not None and best[1] > taken:
            return (best[0],), best[1]
        return named, taken

    @property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """All names that are known, by their words."""
        return tuple(self._names.known)

    # ---- ids and numbers ---------------------------------------------------------------------------------------------

    def _by_id(self, tokens: Sequence[Token], at: int) -> tuple[Ref, int] | None:
        taken = 1 if _noun(tokens, at) else 0
        if at + taken >= len(tokens) or tokens[at + taken].kind != "id":
            return None
        return self._called(id_of(tokens[at + taken].low)), taken + 1

    def _called(self, wanted: str) -> Ref:
        if "-" not in wanted:
            return Ref("scene", (wanted,) if wanted in self._scenes else (), missing=f"There is no scene {wanted}.")
        kind: Kind = {"L": "line", "B": "beat"}.get(wanted.split("-")[1][0], "shot")  # type: ignore[assignment]
        known = self._all(kind, "")
        return Ref(kind, (wanted,) if wanted in known else (), missing=f"There is no {kind} {wanted}.")

    def _counted(self, tokens: Sequence[Token], at: int) -> tuple[Ref, int] | None:
        """Read `shot 4 of scene 2`, `scene two shot four`, `the fourth shot`, `second to last shot in scene 2`."""
        start = at + (1 if tokens[at].low in _THE else 0)
        counted = self._number_behind(tokens, start) or self._number_before(tokens, start)
        if counted is None:
            return None
        kind, place, end = counted
        if kind == "scene":
            inner = self._inner(tokens, at, end, self._of_number("scene", place, ()))
            return inner or (self._of_number("scene", place, ()), end - at)
        scenes, further = self._scene_behind(tokens, end)
        return self._of_number(kind, place, scenes), end + further - at

    def _inner(self, tokens: Sequence[Token], at: int, end: int, scene: Ref) -> tuple[Ref, int] | None:
        """Read what follows a scene: `scene two shot four`, `scene 2, shot 4`."""
        skip = 1 if end < len(tokens) and tokens[end].low in (",", "'s", "'") else 0
        if end + skip >= len(tokens) or not scene.ids:
            return None
        counted = self._number_behind(tokens, end + skip) or (skip and self._number_before(tokens, end + skip))
        if not counted or counted[0] == "scene":
            return None
        return self._of_number(counted[0], counted[1], scene.ids), counted[2] - at

    def _number_behind(self, tokens: Sequence[Token], at: int) -> tuple[Kind, int | str, int] | None:
        kind = _noun(tokens, at)
        if kind is None:
            return None
        at += 1
        if at < len(tokens) and tokens[at].low in ("number", "no", "#", "nr"):
            at += 1
        said = number_at(tokens, at)
        if said is None or said[0].denominator != 1 or said[0] < 0:
            return None
        return kind, f"{int(said[0]):02}", at + said[1]

    def _number_before(self, tokens: Sequence[Token], at: int) -> tuple[Kind, int | str, int] | None:
        for words, place in _LAST.items():
            if tuple(token.low for token in tokens[at : at + len(words)]) == words:
                kind = _noun(tokens, at + len(words))
                if kind is not None:
                    return kind, place, at + len(words) + 1
        if at < len(tokens) and tokens[at].low in ORDINALS and (kind := _noun(tokens, at + 1)):
            return kind, ORDINALS[tokens[at].low], at + 2
        spelled = [token.low for token in tokens[at : at + 2]]
        if len(spelled) == 2 and spelled[0].isdecimal() and spelled[1] in ("st", "nd", "rd", "th"):
            kind = _noun(tokens, at + 2)
            return (kind, int(spelled[0]), at + 3) if kind else None
        return None

    def _of_number(self, kind: Kind, place: int | str, scenes: tuple[str, ...]) -> Ref:
        """Return the items with a number in their id (a text), or at a place in order (a number, from 1 or from -1)."""
        if kind == "scene":
            order = list(self._scenes)
            wanted = [one for one in order if one == f"S{place}"] if isinstance(place, str) else _at(order, place)
            return Ref("scene", tuple(wanted), missing="There is no such scene.")
        letter = {"line": "L", "beat": "B"}.get(kind, "")
        found: list[str] = []
        for scene in scenes or self._scenes:
            order = list(self._all(kind, scene))
            if isinstance(place, str):
                found += [one for one in order if one == f"{scene}-{letter}{place}"]
            else:
                found += _at(order, place)
        where = f" in scene {scenes[0]}" if len(scenes) == 1 else ""
        return Ref(kind, tuple(found), missing=f"There is no such {kind}{where}.")

    def _all(self, kind: Kind, scene: str) -> tuple[str, ...]:
        if kind == "shot":
            return tuple(shot.id for shot in self._episode.shots if shot.scene == scene or not scene)
        if kind == "scene":
            return tuple(each for each in self._scenes if each == scene or not scene)
        scenes = self._episode.script.scenes if self._episode.script else ()
        inside = [each for each in scenes if each.id == scene or not scene]
        if kind == "beat":
            return tuple(beat.id for each in inside for beat in each.beats)
        return tuple(line.id for each in inside for line in each.lines)

    def _scene_behind(self, tokens: Sequence[Token], at: int) -> tuple[tuple[str, ...], int]:
        """Return the scene named behind something (`of scene 2`, `in the chase`), and how many tokens that took."""
        if at >= len(tokens) or tokens[at].low not in _INSIDE or at + 1 >= len(tokens):
            return (), 0
        refs, taken = self._scene_at(tokens, at + 1)
        return (refs, taken + 1) if refs else ((), 0)

    def _scene_at(self, tokens: Sequence[Token], at: int) -> tuple[tuple[str, ...], int]:
        readings = [self._by_id(tokens, at), self._counted(tokens, at), self._described(tokens, at)]
        for found in readings:
            if found is not None and found[0].kind == "scene" and found[0].ids:
                return found[0].ids, found[1]
        named, taken = self._named(tokens, at)
        scene = next((ref.ids for ref in named if ref.kind == "scene"), ())
        return scene, taken

    # ---- names and descriptions --------------------------------------------------------------------------------------

    def _named(self, tokens: Sequence[Token], at: int) -> tuple[tuple[Ref, ...], int]:
        for taken in range(min(self._names.longest, len(tokens) - at), 0, -1):
            part = tokens[at : at + taken]
            if part[0].kind == "mark" or any(token.kind == "quote" for token in part):
                continue
            words = tuple(word for token in part for word in words_of(token.low))
            solid = sum(token.kind != "mark" for token in part)
            refs = self._names.called(words) if solid and len(words) >= solid and part[-1].kind != "mark" else ()
            if refs and not (taken == 1 and words == ("the",)):
                return refs, taken
        return (), 0

    def _owned_lines(
        self, tokens: Sequence[Token], at: int, named: tuple[Ref, ...], taken: int
    ) -> tuple[Ref, int] | None:
        """Read `Gus's line about jelly`, `the sergeant's last line`, `dispatch's lines in the call`."""
        person = next((ref for ref in named if ref.kind == "person"), None)
        end = at + taken
        if person is None or end >= len(tokens) or tokens[end].low not in ("'s", "'"):
            return None
        end += 1
        place: int | None = None
        for words, number in chain(_LAST.items(), (((word,), n) for word, n in ORDINALS.items())):
            if tuple(token.low for token in tokens[end : end + len(words)]) == words:
                place, end = number, end + len(words)
                break
        if _noun(tokens, end) != "line":
            return None
        many = tokens[end].low.endswith("s")
        end += 1
        scenes, further = self._scene_behind(tokens, end)
        lines = [line for line in self._lines() if line.speaker in person.ids]
        lines = [line for line in lines if not scenes or line.id.split("-")[0] in scenes]
        ids = [line.id for line in lines]
        end += further
        if place is not None:
            ids = _at(ids, place)
        else:
            about, more = self._about(tokens, end, ids)
            ids, end = (about, end + more) if more else (ids, end)
        return Ref("line", tuple(ids), many=many, missing="They have no such line."), end - at

    def _described(self, tokens: Sequence[Token], at: int) -> tuple[Ref, int] | None:
        """Read `the dog shot`, `the shot where Okafor cuffs the raccoon`, `the line about jelly`, `the chase scene`."""
        if tokens[at].low in _SOME or (at and tokens[at - 1].low in _SOME):
            return None  # What is not there yet is described: `as a wide shot`.
        start = at + (1 if tokens[at].low in _THE else 0)
        return self._content_behind(tokens, at, start) or self._content_before(tokens, at, start)

    def _content_behind(self, tokens: Sequence[Token], at: int, start: int) -> tuple[Ref, int] | None:
        kind = _noun(tokens, start)
        if kind is None:
            return None
        end = start + 1
        if kind == "line" and end < len(tokens) and tokens[end].kind == "quote":
            ids = self._quoted(tokens[end].low)
            return Ref("line", ids, missing=f"No line says “{tokens[end].text}”."), end + 1 - at
        described, more = self._about(tokens, end, list(self._all(kind, "")))
        if not more:
            return None
        scenes, further = self._scene_behind(tokens, end + more)
        inside = tuple(one for one in described if not scenes or one.split("-")[0] in scenes)
        many = tokens[start].low.endswith("s")
        return Ref(kind, inside, many=many, missing=f"There is no such {kind}."), end + more + further - at

    def _about(self, tokens: Sequence[Token], at: int, ids: list[str]) -> tuple[list[str], int]:
        """Return those of the items that the longest run of words behind `of`, `where`, `about` describes."""
        if at >= len(tokens) or tokens[at].low not in _BY_CONTENT:
            return [], 0
        best: tuple[list[str], int] = ([], 0)
        for taken in range(1, LONGEST_DESCRIPTION + 1):
            part = tokens[at + 1 : at + 1 + taken]
            if len(part) < taken or part[-1].kind not in ("word", "number", "quote", "id"):
                break
            wanted = stems(word for token in part for word in words_of(token.low))
            fitting = self._fitting(wanted, ids) if wanted else []
            if fitting and part[-1].low not in _THE:
                best = (fitting, taken + 1)
        return best

    def _content_before(self, tokens: Sequence[Token], at: int, start: int) -> tuple[Ref, int] | None:
        for taken in range(4, 0, -1):
            part, noun = tokens[start : start + taken], start + taken
            kind = _noun(tokens, noun) or _shot_word(tokens, noun)
            if kind is None or any(not self._describes(token) for token in part):
                continue
            found = self._with_words(kind, tuple(token.low for token in part), tokens, noun)
            if found is not None:
                ref, end = found
                return ref, end - at
        return None

    def _describes(self, token: Token) -> bool:
        """Whether a word before `shot` may tell which one: no word that only joins, counts or orders."""
        if token.kind not in ("word", "id") or token.low in _THE:
            return False
        if token.low in self._names.parts or (token.low,) not in PHRASES:
            return True
        return PHRASES[token.low,].tag in ("size", "owner", "angle", "mood", "light", "weather")

    def _with_words(
        self, kind: Kind, words: tuple[str, ...], tokens: Sequence[Token], noun: int
    ) -> tuple[Ref, int] | None:
        wanted = stems(words)
        if kind == "scene":
            titled = [ref.ids for ref in self._names.called(words) if ref.kind == "scene"]
            fitting = list(titled[0]) if titled else self._fitting(wanted, list(self._scenes)) if wanted else []
        else:
            fitting = self._fitting(wanted, list(self._all(kind, ""))) if wanted else []
        if not fitting:
            unknown = all((word,) not in PHRASES and (word,) not in SECOND for word in words) and noun - len(words) > 0
            if not unknown or tokens[noun - len(words) - 1].low not in _THE:
                return None
            what = " ".join(words)
            return Ref(kind, (), missing=f"Nothing about “{what}” is known of any {kind}."), noun + 1
        if tokens[noun].low == "close-up":
            near = {shot.id for shot in self._episode.shots if shot.size in ("medium_close", "close", "extreme_close")}
            fitting = [one for one in fitting if one in near] or fitting
        scenes, further = self._scene_behind(tokens, noun + 1)
        fitting = [one for one in fitting if not scenes or one.split("-")[0] in scenes]
        many = tokens[noun].low.endswith("s")
        return Ref(kind, tuple(fitting), many=many, missing=f"There is no such {kind} there."), noun + 1 + further

    # ---- what is in them ---------------------------------------------------------------------------------------------

    def _fitting(self, wanted: frozenset[str], ids: list[str]) -> list[str]:
        """Return the items that have all the words; those that show them before those that are only told about them."""
        if not wanted:
            return []
        for level in range(3):
            found = [one for one in ids if wanted <= self._content(one, level)]
            if found:
                return found
        return []

    def _content(self, item: str, level: int) -> frozenset[str]:
        if item in self._bags:
            return frozenset().union(*self._bags[item][: level + 1])
        if item in self._scenes:
            return self._scene_content(item, level)
        scene = self._episode.scene_of(item)
        for beat in scene.beats:
            if beat.id == item:
                return stems(words_of(f"{beat.action} {beat.picture_gag} {beat.purpose}")) | self._called_words(
                    beat.actors
                )
        line = next(line for line in scene.lines if line.id == item)
        own = stems(words_of(line.text))
        return own if level == 0 else own | self._called_words((line.speaker,))

    def _scene_content(self, item: str, level: int) -> frozenset[str]:
        scene = self._episode.the_script.scene(item)
        if level == 0:
            return stems(words_of(scene.title))
        place = self._episode.the_world.place(scene.place)
        there = stems(words_of(f"{scene.title} {place.name} {place.set.replace('_', ' ')}"))
        if level == 1:
            return there
        told = " ".join(f"{beat.action} {beat.picture_gag}" for beat in scene.beats)
        return there | stems(words_of(told)) | self._called_words(scene.present)

    def _bag(self, shot: Shot) -> tuple[frozenset[str], ...]:
        """Return by what a shot is known: what it shows and through which camera; its beats; its prompt."""
        seen = self._called_words(subject.id for subject in shot.subjects)
        camera = (
            f"{OWNER_WORDS.get(shot.owner, shot.owner)} {SIZE_WORDS.get(shot.size, '')} {shot.role.replace('_', '-')}"
        )
        beats = [beat for scene in self._episode.the_script.scenes for beat in scene.beats if beat.id in shot.beats]
        told = " ".join(f"{beat.action} {shot.gag and beat.picture_gag}" for beat in beats)
        return seen | stems(words_of(camera)), stems(words_of(f"{told} {shot.gag}")), stems(words_of(shot.prompt))

    def _called_words(self, ids: Iterable[str]) -> frozenset[str]:
        world, wanted = self._episode.world, frozenset(ids)
        if world is None:
            return frozenset()
        found: set[str] = set()
        for words, kinds in self._names.known.items():
            if any(wanted & set(each) for kind, each in kinds.items() if kind in ("person", "prop", "vehicle")):
                found |= {stem(word) for word in words if word != "the"}
        return frozenset(found)

    def _quoted(self, text: str) -> tuple[str, ...]:
        wanted = words_of(text)
        lines = [(line.id, words_of(line.text)) for line in self._lines()]
        same = tuple(one for one, words in lines if words == wanted)
        joined = f" {' '.join(wanted)} "
        return same or tuple(one for one, words in lines if wanted and joined in f" {' '.join(words)} ")

    def quoted(self, text: str) -> tuple[str, ...]:
        """Return the lines that say a text, or have it in them."""
        return self._quoted(text)

    def _lines(self) -> tuple[Line, ...]:
        return self._episode.script.lines if self._episode.script else ()


def _noun(tokens: Sequence[Token], at: int) -> Kind | None:
    return _NOUNS.get(tokens[at].low) if 0 <= at < len(tokens) else None


def _shot_word(tokens: Sequence[Token], at: int) -> Kind | None:
    """Return `shot` for another word that stands for one behind a description: `the dog one`, `the box insert`."""
    if at >= len(tokens) or tokens[at].low not in ("one", "ones", "insert", "close-up"):
        return None
    unit = at + 1 < len(tokens) and tokens[at + 1].low in UNITS
    return None if unit else "shot"


def _at(order: list[str], place: int) -> list[str]:
    index = place - 1 if place > 0 else place
    return [order[index]] if -len(order) <= index < len(order) else []
