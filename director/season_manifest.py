"""A season's manifest: a TOML file with a plan's wish and its episodes, or a JSONL file with one brief a line.

Everything in it is checked before anything runs, and all that is wrong is told at once, each with its place.
"""

import difflib
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import cast

from director.briefing import Tell, Wanted, as_option, clean, faults, read_sources, say_nothing, to_brief
from director.season_keys import EPISODE_KEYS, SEASON_KEYS, Keys, Table, keys_of, told_types
from director.settings import Settings
from episodes.brief import Brief, SourceRef
from episodes.errors import InputRefused
from episodes.season import MOST_EPISODES, SeasonBrief, SeasonPlan
from episodes.value import digest

USUAL_EPISODES = 6


@dataclass(frozen=True)
class Given:
    """What the command line says of a season; None where it says nothing. It goes over a manifest's defaults."""

    file: Path | None = None
    values: Table = ()
    """Key and value, spelled as in `[season]`."""


@dataclass(frozen=True)
class EpisodeWish:
    """What the person fixes of one episode of a season: a brief's values that go over the plan's."""

    number: int
    values: tuple[tuple[str, object], ...]
    """Key of the manifest and its value."""
    sources: tuple[SourceRef, ...] | None = None
    """None where nothing is said: the season's."""


@dataclass(frozen=True)
class SeasonOrder:
    """What a person asks of a season, all of it checked."""

    show: str
    wish: SeasonBrief | None
    """What the planner is asked; None where the person gives every brief."""
    wanted: Wanted
    """What holds for every episode."""
    sources: tuple[SourceRef, ...]
    fixed: tuple[EpisodeWish, ...]
    season: int | None = None
    """The number that the person gives it."""

    @property
    def count(self) -> int:
        """How many episodes are asked for."""
        return self.wish.episodes if self.wish else len(self.fixed)

    @property
    def identity(self) -> str:
        """Digest of the wish, whatever its number and length; of the show alone where the person gives every brief."""
        if self.wish is None:
            return digest("briefs", self.show)
        return self.wish.model_copy(update={"season": 1, "episodes": 1}).identity

    def briefs(self, plan: SeasonPlan | None) -> tuple[Brief, ...]:
        """Return the brief of each episode in order, the plan's with what the person fixes over it."""
        if plan is None or self.wish is None:
            return tuple(to_brief(self._over(one, self.wanted), self._sources(one)) for one in self.fixed)
        fixed = {one.number: one for one in self.fixed}
        planned = plan.briefs(self.wish.model_copy(update={"episodes": len(plan.episodes)}))
        return tuple(self._fixed(brief, fixed.get(number)) for number, brief in enumerate(planned, 1))[: self.count]

    def _sources(self, one: EpisodeWish) -> tuple[SourceRef, ...]:
        return self.sources if one.sources is None else one.sources

    def _over(self, one: EpisodeWish, wanted: Wanted) -> Wanted:
        known = {field.name for field in fields(Wanted)}
        return replace(wanted, **{key: value for key, value in one.values if key in known})  # type: ignore[arg-type]

    def _fixed(self, brief: Brief, one: EpisodeWish | None) -> Brief:
        brief = brief.model_copy(update={"mode": self.wanted.mode, "drift": self.wanted.drift})
        if one is None:
            return brief
        own = dict(one.values)
        usual = Wanted(theme=brief.theme, minutes=brief.minutes, show=brief.show, title=brief.title, tone=brief.tone,
                       mode=brief.mode, drift=brief.drift, language=brief.language, format=brief.format_name,
                       seed=brief.seed)  # fmt: skip
        made = to_brief(self._over(one, usual), brief.sources if one.sources is None else one.sources)
        direction = brief.direction
        if direction is not None:
            # Another call has another turn: the plan's belongs to its own.
            turn = own.get("turn", "" if "theme" in own else direction.turn)
            direction = direction.model_copy(update={"turn": turn, "arc": own.get("arc", direction.arc)})
        return made.model_copy(update={"direction": direction})


def read_order(given: Given, settings: Settings, tell: Tell = say_nothing) -> SeasonOrder:
    """Return the season that is asked for. Raises `InputRefused` with everything that is wrong, one sentence a line."""
    reading = _Reading(given.file, settings, tell)
    season, episodes = reading.tables()
    if reading.wrong and not (season or episodes):
        raise reading.refusal()  # Nothing of it can be read, so nothing more can be said of it.
    order = reading.order(season, dict(given.values), episodes)
    if order is None or reading.wrong:
        raise reading.refusal()
    return order


@dataclass(frozen=True)
class _Entry:
    """One episode's table."""

    place: str
    """`episode 3 (line 21)` or `line 3`."""
    values: Mapping[str, object]


class _Reading:
    """Reads one manifest and collects what is wrong with it."""

    def __init__(self, file: Path | None, settings: Settings, tell: Tell) -> None:
        self.file, self.settings, self.tell = file, settings, tell
        self.wrong: list[str] = []
        self._read: dict[tuple[str, ...], tuple[SourceRef, ...]] = {}

    def refusal(self) -> InputRefused:
        """Return everything that is wrong, in words."""
        wrong = list(dict.fromkeys(self.wrong))
        if self.file is None:
            return InputRefused("\n".join(wrong))
        count = "One thing" if len(wrong) == 1 else f"{len(wrong)} things"
        told = "\n".join(f"  {line}" for line in wrong)
        return InputRefused(f"{count} to mend in {self.file.name}; nothing was begun:\n{told}")

    def blame(self, place: str, sentence: str) -> None:
        """Take note of something wrong."""
        self.wrong.append(f"{place}: {sentence}" if place and self.file is not None else sentence)

    # ---- the file ----------------------------------------------------------------------------------------------------

    def tables(self) -> tuple[Mapping[str, object], tuple[_Entry, ...]]:
        """Return the season's own table and each episode's."""
        if self.file is None:
            return {}, ()
        text = self._text(self.file)
        if self.wrong:
            return {}, ()
        if self.file.suffix.lower() == ".toml":
            return self._toml(text)
        if self.file.suffix.lower() in (".jsonl", ".ndjson"):
            return {}, self._jsonl(text)
        self.blame("", "A manifest is a .toml or a .jsonl file; see docs/seasons.md for both.")
        return {}, ()

    def _text(self, file: Path) -> str:
        try:
            raw = file.expanduser().read_bytes()
        except OSError as error:
            self.blame("", f"It can't be read ({error.strerror or error}): give the path of a .toml or .jsonl file.")
            return ""
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            self.blame("", "It is written in UTF-16: save it as UTF-8.")
            return ""
        try:
            # Some editors put a mark before UTF-8, which says nothing.
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            self.blame(f"line {line}", "It is not written in UTF-8: save it as UTF-8.")
            return ""

    def _toml(self, text: str) -> tuple[Mapping[str, object], tuple[_Entry, ...]]:
        try:
            # Windows' line ends are the same to TOML, an old Mac's are not.
            whole = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            self.blame("", f"It is no TOML: {error}.")
            return {}, ()
        lines = [number for number, line in enumerate(text.splitlines(), 1)
                 if "".join(line.split()).startswith("[[episode]]")]  # fmt: skip
        season = whole.pop("season", {})
        episodes = whole.pop("episode", [])
        for key in whole:
            self.blame("", f"{key!r} stands outside of [season] and [[episode]]{_nearest(key, ('season', 'episode'))}.")
        if not isinstance(season, dict):
            self.blame("", "season must be a table: write [season] and its keys under it.")
            season = {}
        if not isinstance(episodes, list) or not all(isinstance(one, dict) for one in episodes):
            self.blame("", "Episodes are tables of a list: write [[episode]], with two brackets, before each.")
            episodes = []
        places = [f" (line {lines[index]})" if len(lines) == len(episodes) else "" for index in range(len(episodes))]
        return season, tuple(
            _Entry(f"episode {one.get('number', index)}{place}", one)
            for index, (one, place) in enumerate(zip(episodes, places, strict=True), 1)
        )

    def _jsonl(self, text: str) -> tuple[_Entry, ...]:
        entries = []
        for number, line in enumerate(text.split("\n"), 1):
            if not line.strip():
                continue
            place = f"line {number}"
            try:
                value = json.loads(line, object_pairs_hook=_once)
            except ValueError as error:
                self.blame(place, f"It is no JSON ({error}): write one brief in braces a line.")
                continue
            if isinstance(value, dict):
                entries.append(_Entry(place, value))
            else:
                self.blame(place, 'It is no brief: write one in braces, as in {"theme": "a goose at the bank"}.')
        if not entries and not self.wrong:
            self.blame("", "It holds no brief: write one a line.")
        return tuple(entries)

    # ---- what it says ------------------------------------------------------------------------------------------------

    def order(
        self, season: Mapping[str, object], said: Mapping[str, object], episodes: Sequence[_Entry]
    ) -> SeasonOrder | None:
        """Return what is asked, or None where it is too wrong for that."""
        own = self._typed("[season]", season, SEASON_KEYS) | dict(said)
        entries = [replace(one, values=self._typed(one.place, one.values, EPISODE_KEYS)) for one in episodes]
        shows = {clean(str(one.values["show"])): one.place for one in entries if "show" in one.values}
        if len(shows) > 1:
            self.blame(list(shows.values())[1], f"A season is of one show, and these are of {len(shows)}: "
                       f"{', '.join(shows)}.")  # fmt: skip
        if shows and "show" not in own:
            own["show"] = next(iter(shows))
        wanted = self._wanted(Wanted(theme=str(own.get("theme", "a season"))), own)
        self._faults("[season]" if self.file else "", wanted)
        sources = self._sources("[season]", own)
        count = self._count(own, entries)
        wishes = self._episodes(entries, wanted, sources, listed="theme" not in own)
        if "theme" not in own and not entries and not self.wrong:
            name = "theme" if self.file else "--theme"
            self.blame(
                "[season]" if self.file else "",
                f"{name} is missing: say what the season is about, or give a manifest with a brief for each episode "
                "(docs/seasons.md).",
            )
        if self.wrong:
            return None
        wish = self._wish(wanted, sources, count) if "theme" in own else None
        number = own.get("season")
        return SeasonOrder(
            show=clean(wanted.show)[:120], wish=wish, wanted=wanted, sources=sources, fixed=wishes,
            season=number if isinstance(number, int) else None,
        )  # fmt: skip

    def _wish(self, wanted: Wanted, sources: tuple[SourceRef, ...], count: int) -> SeasonBrief:
        brief = to_brief(wanted, sources)
        return SeasonBrief(
            theme=brief.theme, show=brief.show, episodes=count, minutes=brief.minutes, tone=brief.tone,
            language=brief.language, format_name=brief.format_name, seed=brief.seed, sources=sources,
        )  # fmt: skip

    def _count(self, own: Mapping[str, object], entries: Sequence[_Entry]) -> int:
        most = max([one for e in entries if isinstance(one := e.values.get("number"), int)], default=len(entries))
        most = max(most, len(entries))
        count = own.get("episodes", max(USUAL_EPISODES, most) if "theme" in own else most)
        assert isinstance(count, int)
        name = "episodes" if self.file else "--episodes"
        if count > MOST_EPISODES or most > MOST_EPISODES:
            self.blame(
                "[season]", f"{max(count, most)} episodes are asked for; {MOST_EPISODES} are the most of a season."
            )
        elif count < max(1, most) and (entries or "episodes" in own):
            least = f"{most}, the number of the last [[episode]]" if entries else "1"
            self.blame("[season]", f"{name} is {count}, and must be at least {least}.")
        return count

    def _episodes(
        self, entries: Sequence[_Entry], wanted: Wanted, sources: tuple[SourceRef, ...], *, listed: bool
    ) -> tuple[EpisodeWish, ...]:
        wishes, numbers, titles, briefs = [], dict[int, str](), dict[str, str](), dict[str, str]()
        for index, entry in enumerate(entries, 1):
            own = dict(entry.values)
            number = own.get("number", index)
            assert isinstance(number, int)
            if number in numbers:
                self.blame(entry.place, f"It has the number of {numbers[number]}: give each its own, or none.")
            numbers.setdefault(number, entry.place)
            if "theme" not in own and listed:
                self.blame(entry.place, "theme is missing: say what happens, or give [season] a theme that is planned.")
            mine, blamed = self._wanted(wanted, own), len(self.wrong)
            self._faults(entry.place, mine, beside=wanted)
            found = self._sources(entry.place, own) if "source" in own else None
            self._once(entry.place, "title", clean(mine.title or "").casefold(), titles)
            if listed and "theme" in own and len(self.wrong) == blamed:
                brief = to_brief(mine, sources if found is None else found)
                self._once(entry.place, "brief", brief.identity, briefs)
            wishes.append(EpisodeWish(number, tuple(own.items()), found))
        return tuple(sorted(wishes, key=lambda one: one.number))

    def _once(self, place: str, what: str, value: str, seen: dict[str, str]) -> None:
        if value and value in seen:
            how = "give it another" if what == "title" else "give it another seed, or leave it out"
            self.blame(place, f"It has the same {what} as {seen[value]}: {how}.")
        seen.setdefault(value, place)

    def _typed(self, place: str, table: Mapping[str, object], known: Keys) -> dict[str, object]:
        """Return what of a table is known and of the right type, under one name each."""
        types, found = keys_of(known), dict[str, object]()
        for key, value in table.items():
            if key not in types:
                self.blame(place, f"Nothing is called {key!r}{_nearest(key, types)}.")
                continue
            name, wanted = types[key]
            if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
                self.blame(place, f"{key} must be {told_types(wanted)}, not {json.dumps(value, default=str)[:60]}.")
            elif isinstance(value, list) and not all(isinstance(one, str) for one in value):
                self.blame(place, f"{key} must be a list of texts: paths, links or folders.")
            elif name in found:
                self.blame(place, f"{key} says what another key has said already: keep one of them.")
            elif name in ("number", "season") and isinstance(value, int) and value < 1:
                self.blame(place, f"{key} is {value}, and must be 1 or more.")
            else:
                found[name] = value
        return found

    def _wanted(self, usual: Wanted, own: Mapping[str, object]) -> Wanted:
        known = {field.name for field in fields(Wanted)} - {"source"}
        return replace(usual, **{key: value for key, value in own.items() if key in known})  # type: ignore[arg-type]

    def _faults(self, place: str, wanted: Wanted, beside: Wanted | None = None) -> None:
        """Take note of what can't be used, but for what `beside` was blamed for already."""
        told = set(faults(beside, self._spell)) if beside else set()
        for fault in faults(wanted, self._spell):
            if fault not in told:
                self.blame(place, fault[1])

    def _spell(self, name: str) -> str:
        return name if self.file else as_option(name)

    def _sources(self, place: str, own: Mapping[str, object]) -> tuple[SourceRef, ...]:
        given = own.get("source", ())
        texts = [given] if isinstance(given, str) else cast(Sequence[str], given)
        listed = tuple(self._beside(one) for one in texts)
        if listed not in self._read:
            try:
                self._read[listed] = read_sources(listed, self.settings, self.tell)
            except InputRefused as refusal:
                self._blame_each(place, listed, refusal)
                self._read[listed] = ()
        return self._read[listed]

    def _blame_each(self, place: str, listed: tuple[str, ...], refusal: InputRefused) -> None:
        said = []
        for one in listed:
            try:
                read_sources((one,), self.settings)
            except InputRefused as error:
                said.append(str(error))
        for sentence in said or [str(refusal)]:
            self.blame(place, sentence)

    def _beside(self, source: str) -> str:
        """Return a source as it is meant: a path is taken from the manifest's own folder."""
        from tools.sources.checks import is_address

        if self.file is None or is_address(source) or source.startswith("~"):
            return source
        return str(self.file.expanduser().absolute().parent / source)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return an object of JSON. Raises `ValueError` where a key stands in it twice."""
    keys = [key for key, _ in pairs]
    if doubled := next((key for key in keys if keys.count(key) > 1), None):
        raise ValueError(f"{doubled!r} stands in it twice")
    return dict(pairs)


def _nearest(key: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(key, list(known), 1)
    return f"; the nearest key is {near[0]!r}" if near else f"; the keys are {', '.join(known)}"
