"""The planner: draws many plans from the repertoire by seed, and keeps the one that scores best.

A plan is a frame (what kind of call), a game (what is unusual), and a storylet for each place in the shape: cold open,
call, drive, first look, witness, three heightenings, chase or stand-off, turn, debrief, tag. Long films get further
acts: another place, another game. Hard rules throw a plan away: a storylet twice, a plant that is never paid.
"""

import random
import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import lru_cache

from agents.writer.premise import Premise
from agents.writer.realiser import Slots, realise
from agents.writer.storylets import Frame, Game, Needs, Repertoire, Spoken, Storylet
from episodes.brief import Tone
from episodes.cast import SetName
from episodes.episode import estimate_seconds
from episodes.script import Purpose
from episodes.value import Value, seed_from

CANDIDATES = 240
"""Plans drawn for one script."""

PUNCH_PAUSE = Fraction(11, 20)
AIR_PAUSE = Fraction(3, 10)
TALK_PAUSE = Fraction(1, 4)
"""Seconds held after a punch line, a transmission, any other line."""

LONG = 150.0
"""Seconds of lines above which the whole repertoire is needed."""

SHORT = 40.0
"""Seconds of lines below which there is no room for a turn, and the shortest storylets are taken."""

SHORTEST = 24.0
"""Seconds of lines below which nobody is hailed before he is spoken to."""

FEWEST_SPEAKERS = 4
"""Two officers, the dispatcher and somebody who saw it: fewer make a thin programme."""
LINES_A_SECOND = 0.41
"""More lines than this are a patter: 29 lines in 70 seconds."""

_ESSENTIAL: tuple[str, ...] = ("cold_open", "call", "heighten1", "turn", "tag")
_OPTIONAL: tuple[str, ...] = ("heighten2", "heighten3", "debrief", "stand_off", "witness")
"""What a short film leaves out, the last first; after these come, in any order, the first look and the drive."""

CROWDED = 1.06
"""How far the usual lengths of the chosen places may add up beyond the wish: the shorter storylets are taken then."""

_ORDER = (
    "cold_open",
    "call",
    "acknowledge",
    "arrive",
    "witness",
    "heighten1",
    "heighten2",
    "heighten3",
    "stand_off",
    "turn",
    "debrief",
    "aside",
    "tag",
)
_ACT = ("connect", "witness", "heighten1", "heighten2", "heighten3")
_DETAIL = re.compile(
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|inches|feet)\b|[a-z] [A-Z]"
)


@lru_cache(maxsize=32_768)
def spoken_seconds(text: str) -> float:
    """Return the estimated length of a line in seconds; remembered, for plans share most of their lines."""
    return float(estimate_seconds(text))


class Chosen(Value):
    """A storylet in its place, with the words that are said."""

    storylet: Storylet
    said: tuple[str, ...]

    @property
    def seconds(self) -> float:
        """Estimated length of its lines with the pauses after them."""
        return sum(spoken_seconds(text) + float(pause_after(line)) for line, text in self.pairs)

    @property
    def pairs(self) -> list[tuple[Spoken, str]]:
        """The lines that are said, with their words; one that was left out has none."""
        return [(line, text) for line, text in zip(self.storylet.lines, self.said, strict=True) if text]


class Act(Value):
    """What plays at one further place of a long film."""

    game: Game
    chosen: tuple[Chosen, ...]


class Plan(Value):
    """A whole story, in storylets."""

    frame: Frame
    game: Game
    chosen: dict[str, Chosen]
    """By place in the shape: `cold_open`, `heighten2` …"""
    acts: tuple[Act, ...] = ()
    score: float = 0.0

    @property
    def all_chosen(self) -> tuple[Chosen, ...]:
        """Every storylet in the order of playing."""
        keys = [key for key in _ORDER if key in self.chosen]
        late = [key for key in keys if key in ("stand_off", "turn", "debrief", "aside", "tag")]
        early = [key for key in keys if key not in late]
        middle = tuple(chosen for act in self.acts for chosen in act.chosen)
        return (*(self.chosen[key] for key in early), *middle, *(self.chosen[key] for key in late))

    @property
    def seconds(self) -> float:
        """Estimated length of all lines with pauses."""
        return sum(chosen.seconds for chosen in self.all_chosen)


def pause_after(line: Spoken) -> Fraction:
    """Return the silence after a line, in seconds."""
    if line.punch:
        return PUNCH_PAUSE
    return AIR_PAUSE if line.channel in ("radio", "dispatch") else TALK_PAUSE


class Wish(Value):
    """What a plan has to serve."""

    seconds: float
    """Wanted length of all lines with pauses."""
    tone: Tone
    setting: SetName
    used: tuple[str, ...] = ()
    """Storylets of earlier episodes, the latest last."""
    seed: int
    temperaments: dict[str, str]


class Planner:
    """Draws and judges plans for one episode."""

    def __init__(
        self, repertoire: Repertoire, premise: Premise, wish: Wish, slots: Callable[[Frame, Game], Slots]
    ) -> None:
        self.repertoire, self.premise, self.wish, self.slots_of = repertoire, premise, wish, slots
        self.recent = {name: len(wish.used) - at for at, name in enumerate(wish.used)}
        self.thrift = 1.2 if wish.seconds <= SHORT else 0.02
        self.tastes: dict[str, float] = {}
        self.by_key: dict[str, list[Storylet]] = {}
        self.costs = {s.name: _rough_seconds(s) for s in repertoire.storylets}

    def best(self, candidates: int = CANDIDATES) -> Plan:
        """Return the best of so many plans. Raises `ValueError` when the repertoire allows none."""
        plans = []
        for number in range(candidates):
            plan = self._draw(random.Random(seed_from("plan", self.wish.seed, number)))
            if plan is not None and not self._broken(plan):
                plans.append(plan.model_copy(update={"score": self._score(plan)}))
        if not plans:
            raise ValueError("no plan can be made for this theme: the storylets leave no way through")
        return max(plans, key=lambda plan: plan.score)

    # ---- drawing ----------------------------------------------------------------------------------------------------

    def _draw(self, rng: random.Random) -> Plan | None:
        frame = self._frame(rng)
        games = [game for game in self.repertoire.games if self._suits(game.needs, frame, ())]
        if self.wish.seconds <= LONG:
            by_seed = random.Random(seed_from("games", self.wish.seed, self.premise.quote))
            games = by_seed.sample(games, min(len(games), 4))
        rng.shuffle(games)
        games.sort(key=lambda game: self._staleness(f"{game.name}_") + rng.random())
        game, others = games[0], games[1:]
        slots = self.slots_of(frame, game)
        taken: dict[str, Storylet] = {}
        for key in self._shape(rng):
            found = self._pick(key, game, frame, taken, rng)
            if found is None:
                return None
            taken[key] = found
        chosen = {key: self._worded(storylet, slots, rng) for key, storylet in taken.items()}
        plan = Plan.model_construct(frame=frame, game=game, chosen=chosen, acts=(), score=0.0)
        return self._tightened(self._lengthened(plan, others, slots, rng), rng)

    def _tightened(self, plan: Plan, rng: random.Random) -> Plan:
        """Leave out optional lines, in any order, until the plan is no longer than wished."""
        chosen, excess = dict(plan.chosen), plan.seconds - self.wish.seconds
        optional = [
            (key, at)
            for key, one in chosen.items()
            for at, line in enumerate(one.storylet.lines)
            if excess > 0 and (line.optional or (self.wish.seconds <= SHORTEST and _hails(key, one.said[at])))
        ]
        rng.shuffle(optional)
        for key, at in optional:
            if excess < 0.02 * self.wish.seconds:
                break
            one = chosen[key]
            excess -= spoken_seconds(one.said[at]) + float(pause_after(one.storylet.lines[at]))
            said = tuple("" if number == at else text for number, text in enumerate(one.said))
            chosen[key] = Chosen.model_construct(storylet=one.storylet, said=said)
        return plan.model_copy(update={"chosen": chosen})

    def _frame(self, rng: random.Random) -> Frame:
        frames = {frame.name: frame for frame in self.repertoire.frames}
        deed = self.premise.deed
        if deed is not None:
            return frames[deed.frame]
        # Without a verb in the theme any call may be made; some suit some doers better.
        kinds = {
            "weather": ("noise", "trespass", "traffic_stop", "public_office", "escape"),
            "abstract": ("missing", "noise", "ghost_call", "public_office", "dispute", "illegal_business"),
            "vehicle": ("traffic_stop", "trespass", "escape", "noise", "ghost_call"),
            "tool": ("ghost_call", "suspicious_package", "trespass", "noise", "illegal_business", "missing"),
            "animal": ("theft", "wildlife", "trespass", "escape", "illegal_business", "impersonation", "public_office"),
        }
        fitting = kinds.get(self.premise.doer.noun.kind, tuple(frames))
        return frames[rng.choice(fitting)]

    def _shape(self, rng: random.Random) -> tuple[str, ...]:
        wanted = [key for key in _ESSENTIAL if key != "turn" or self.wish.seconds > SHORT]
        total = sum(self._usual(key) for key in wanted)
        last = rng.sample(("arrive", "acknowledge"), 2)
        for key in (*_OPTIONAL, *last, "aside"):
            cost = self._usual(key)
            if total + cost <= self.wish.seconds * CROWDED:
                wanted.append(key)
                total += cost
        return tuple(key for key in _ORDER if key in wanted)

    def _usual(self, key: str) -> float:
        costs = [self.costs[s.name] for s in self._serving(key)]
        return sum(costs) / max(1, len(costs))

    def _serving(self, key: str) -> list[Storylet]:
        if key not in self.by_key:
            self.by_key[key] = self._tonight([s for s in self.repertoire.storylets if _serves(s, key)], key)
        return self.by_key[key]

    def _tonight(self, storylets: list[Storylet], key: str) -> list[Storylet]:
        """Return about half of the storylets for a place, by seed, and those that pay what another plants.

        What is short and specific scores well everywhere; without this rule the same few would be in every episode.
        """
        if not SHORTEST < self.wish.seconds <= LONG or key.startswith("heighten") or len(storylets) < 5:
            return storylets
        rng = random.Random(seed_from("tonight", self.wish.seed, self.premise.quote, key))
        chosen = {s.name for s in rng.sample(storylets, (len(storylets) + 1) // 2)}
        return [s for s in storylets if s.name in chosen or s.pays]

    def _pick(
        self, key: str, game: Game, frame: Frame, taken: dict[str, Storylet], rng: random.Random
    ) -> Storylet | None:
        names = {storylet.name for storylet in taken.values()}
        tags = ("detained",) if any(s.detains for s in taken.values()) else ()
        topics = {topic for s in taken.values() for topic in s.plants} - {t for s in taken.values() for t in s.pays}
        fitting = [
            s
            for s in self._serving(key)
            if s.name not in names
            and s.game in ("", game.name)
            and self._suits(s.needs, frame, tags)
            and set(s.pays) <= topics
        ]
        owed = [s for s in fitting if s.pays]
        if key in ("tag", "debrief") and owed:
            fitting = owed
        if key == "tag" and not owed:
            return None
        if not fitting:
            return None
        fitting.sort(key=lambda s: self._staleness(s.name) * 2 + rng.random() + self.thrift * self.costs[s.name])
        return fitting[0]

    def _staleness(self, name: str) -> float:
        """1 for what the last episode used, less the longer ago it was, 0 for what was never used."""
        ages = [age for used, age in self.recent.items() if used.startswith(name)]
        return 1 / (1 + min(ages) / 16) if ages else 0.0

    def _suits(self, needs: Needs, frame: Frame, tags: tuple[str, ...]) -> bool:
        doer, thing = self.premise.doer.noun, self.premise.thing.noun
        have = set(tags)
        if thing.metres <= 1.2 and thing.kind not in ("abstract", "weather"):
            have.add("portable")
        if doer.metres <= 2.6 and doer.kind not in ("abstract", "weather"):
            have.add("arrestable")
        if not self.premise.doer.whole and len(self.premise.quote.split()) >= 4 and self.premise.quote.isascii():
            have.add("quotable")
        return (
            (not needs.doer or doer.kind in needs.doer)
            and (not needs.thing or thing.kind in needs.thing)
            and (not needs.frames or frame.name in needs.frames)
            and (not needs.sets or self.wish.setting in needs.sets)
            and (not needs.tones or self.wish.tone in needs.tones)
            and set(needs.tags) <= have
        )

    def _worded(self, storylet: Storylet, slots: Slots, rng: random.Random) -> Chosen:
        # Wordings at the same position of neighbouring lines were written for each other.
        take = rng.randrange(12)
        if self.wish.seconds <= SHORTEST:
            take = min(range(take, take + 12), key=lambda take: _letters(storylet, take))
        said = tuple(realise(self._wording(line, take, rng), slots) for line in storylet.lines)
        return Chosen.model_construct(storylet=storylet, said=said)

    def _wording(self, line: Spoken, take: int, rng: random.Random) -> str:
        own = line.say.get(self.wish.temperaments.get(line.speaker, ""), ())
        common = line.say["any"]
        return rng.choice(own) if own and rng.random() < 0.6 else common[take % len(common)]

    def _lengthened(self, plan: Plan, games: list[Game], slots: Slots, rng: random.Random) -> Plan:
        """Add acts until the film is long enough or the games run out."""
        acts: list[Act] = []
        names = {chosen.storylet.name for chosen in plan.all_chosen}
        total = plan.seconds
        for game in games:
            if total > self.wish.seconds * 0.93:
                break
            room, picked = self.wish.seconds * 1.06 - total, list[Chosen]()
            for key in _ACT:
                found = self._pick_fresh(key, game, plan.frame, names, rng)
                if found is None:
                    continue
                chosen = self._worded(found, slots, rng)
                if not key.startswith("heighten") and room < 18:
                    continue
                picked.append(chosen)
                names.add(found.name)
                room -= chosen.seconds
                if room < 3:
                    break
            acts.append(Act.model_construct(game=game, chosen=tuple(picked)))
            total += sum(chosen.seconds for chosen in picked)
        return plan.model_copy(update={"acts": tuple(acts)})

    def _pick_fresh(self, key: str, game: Game, frame: Frame, names: set[str], rng: random.Random) -> Storylet | None:
        fitting = [
            s
            for s in self._serving(key)
            if s.name not in names and s.game in ("", game.name) and self._suits(s.needs, frame, ())
        ]
        return min(fitting, key=lambda s: self._staleness(s.name) + rng.random()) if fitting else None

    # ---- judging ----------------------------------------------------------------------------------------------------

    def _broken(self, plan: Plan) -> bool:
        storylets = [chosen.storylet for chosen in plan.all_chosen]
        names = [storylet.name for storylet in storylets]
        planted = {topic for storylet in storylets for topic in storylet.plants}
        paid = {topic for storylet in storylets for topic in storylet.pays}
        return len(set(names)) < len(names) or planted != paid

    def _score(self, plan: Plan) -> float:
        pairs = [pair for chosen in plan.all_chosen for pair in chosen.pairs]
        off = abs(plan.seconds / self.wish.seconds - 1)
        return (
            -60 * off
            - 80 * max(0, FEWEST_SPEAKERS - len({spoken.speaker for spoken, _ in pairs}))
            - 400 * max(0.0, off - 0.08)
            - 1.5 * max(0, len(pairs) - self.wish.seconds * LINES_A_SECOND)
            + _words_score(pairs)
            + _balance_score(pairs)
            + 2.0 * sum(len(chosen.storylet.pays) for chosen in plan.all_chosen)
            + 0.8 * sum(bool(chosen.storylet.gag) for chosen in plan.all_chosen)
            - 6 * sum(self._staleness(chosen.storylet.name) for chosen in plan.all_chosen)
            + _tone_score(self.wish.tone, pairs)
            + self._closeness(pairs)
            + sum(self._taste(chosen.storylet.name) for chosen in plan.all_chosen)
            + (0.0 if self.premise.read else 3.0 * ("quotable" in plan.chosen["call"].storylet.needs.tags))
        )

    def _taste(self, name: str) -> float:
        """What this seed likes, so that one theme with two seeds gives two stories."""
        if name not in self.tastes:
            chance = random.Random(seed_from("taste", self.wish.seed, self.premise.quote, name))
            self.tastes[name] = 5.0 * chance.random()
        return self.tastes[name]

    def _closeness(self, pairs: list[tuple[Spoken, str]]) -> float:
        """How often the theme's own words are heard; a line that could sit in any other episode is the wrong line."""
        own = [self.premise.doer.head.lower(), self.premise.thing.head.lower()]
        heard = sum(any(word in text.lower() for word in own) for _, text in pairs)
        return 12 * min(0.5, heard / len(pairs))


def _serves(storylet: Storylet, key: str) -> bool:
    if key.startswith("heighten"):
        return storylet.purpose == "heighten" and storylet.step == int(key[-1])
    if key == "stand_off":
        return storylet.purpose in ("stand_off", "chase")
    if key == "aside":
        return storylet.purpose == "debrief" and not storylet.pays
    wanted: Purpose | str = key
    return storylet.purpose == wanted


def _letters(storylet: Storylet, take: int) -> int:
    """Return how many letters this set of its wordings has before the slots are filled."""
    return sum(len(line.say["any"][take % len(line.say["any"])]) for line in storylet.lines)


def _hails(key: str, text: str) -> bool:
    """Whether a line on the air says no more than who calls whom, as `Four-Adam-Ten, Dispatch.` does."""
    return key in ("call", "tag") and len(text.split()) <= 2 and re.match(r"\w+-\w+-\w+\b", text) is not None


def _rough_seconds(storylet: Storylet) -> float:
    texts = (re.sub(r"\{\w+\}", "word", line.say["any"][0]) for line in storylet.lines)
    return sum(spoken_seconds(t) + float(pause_after(line)) for t, line in zip(texts, storylet.lines, strict=True))


def _words_score(pairs: list[tuple[Spoken, str]]) -> float:
    long = sum(max(0, len(text.split()) - 14) for _, text in pairs)
    texts = [text for _, text in pairs if len(text.split()) > 2]
    openings = [" ".join(text.split()[:2]) for _, text in pairs if len(text.split()) > 3]
    special = sum(bool(_DETAIL.search(text)) for text in texts)
    return (
        -1.5 * long
        - 5 * (len(texts) - len(set(texts)))
        - 0.7 * (len(openings) - len(set(openings)))
        + 10 * special / len(pairs)
    )


def _balance_score(pairs: list[tuple[Spoken, str]]) -> float:
    counts: dict[str, int] = {}
    for line, _ in pairs:
        counts[line.speaker] = counts.get(line.speaker, 0) + 1
    most = max(counts.values()) / len(pairs)
    return 1.5 * min(4, len(counts)) - 14 * max(0.0, most - 0.42) - 6 * ("witness" not in counts)


def _tone_score(tone: Tone, pairs: Iterable[tuple[Spoken, str]]) -> float:
    liked = {
        "tense": ("whispered", "urgent", "shouted"),
        "deadpan": ("flat",),
        "comedy": ("confused", "proud", "warm"),
    }[tone]
    lines = [line for line, _ in pairs]
    return 8 * sum(line.delivery in liked for line in lines) / len(lines)
