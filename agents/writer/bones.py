"""Bones: sequences of storylets that make a plan without words, drawn by seed from what the evening allows.

Hard rules throw a sequence away: a storylet twice, a plant that is never paid, a scene in which the doer and its thing
do nothing, two neighbours that do the same to people, heat that falls before the turn.
"""

import random

from agents.writer.affordances import RARE, affordances, met
from agents.writer.plan import ORDER, SCENES, Wish, pause_after, spoken_seconds
from agents.writer.premise import Premise
from agents.writer.realiser import Slots, realise, wordings_of
from agents.writer.scoring import USUAL_DRIFT, USUAL_TONE, Judge
from agents.writer.storylets import Frame, Game, Repertoire, Storylet
from episodes.value import Value, seed_from

LONG = 150.0
"""Seconds of lines above which several games are needed."""
SHORT = 40.0
"""Seconds of lines below which there is no room for a turn, and the shortest storylets are taken."""
CROWDED = 1.1
"""How far the lengths of the first places may add up beyond the wish: the shorter storylets are taken then."""
GAMES, RUNNERS, WHEN_SHORT = 2, 1, 4
"""Games and running gags that one seed draws from, so that none is in more episodes than another; short ones must
find what is short."""
THRIFTS = (0.0, 0.2, 1.0, 4.0)
"""Worth that a second costs when a storylet is picked, by turns: a quarter of all plans is drawn with each."""
FEWEST_TONIGHT = 5
"""Storylets for one place that a seed draws from, at least."""
OFTEN = 0.6
"""How often a game that is made for the kind of call is drawn rather than one that suits any."""
CLOSE = 0.15
"""Up to so far from the usual drift nothing is better for it."""
HABITS_ADD = 1.03
"""How much longer lines become by their speakers' habits."""
FULL = 1.05
"""The same for what comes after them."""
SAMPLED = 3
"""Wordings of a line by which its length is told before one is chosen."""
THRIFTY = 0.35
"""Where among the storylets of a place, from the shortest, lies the one by whose length the shape is planned."""
COOLING = 1
"""Degrees by which a storylet may be cooler than what came before it, on the way to the turn."""
_ESSENTIAL = ("cold_open", "call", "heighten1", "tag")
_FIRST = ("callback", "turn", "heighten2", "heighten3")
"""What is added to the essential first, in this order, as long as there is time."""
_FURTHER = ("debrief", "witness", "arrive", "plant", "stand_off", "acknowledge")
"""What comes after it in any order; the aside last."""
_WITHOUT_VERB = {
    "weather": ("noise", "trespass", "traffic_stop", "public_office", "escape"),
    "abstract": ("missing", "noise", "ghost_call", "public_office", "dispute", "illegal_business"),
    "vehicle": ("traffic_stop", "trespass", "escape", "noise", "ghost_call"),
    "building": ("trespass", "ghost_call", "noise", "missing", "dispute"),
    "tool": ("ghost_call", "suspicious_package", "trespass", "noise", "illegal_business", "missing"),
    "animal": ("theft", "wildlife", "trespass", "escape", "illegal_business", "impersonation", "public_office"),
}
"""Calls that suit a doer when the theme has no verb."""
_RUNNING = ("cold_open", "callback", "tag")


class Bones(Value):
    """A plan without words."""

    frame: Frame
    game: Game
    keys: tuple[str, ...]
    storylets: tuple[Storylet, ...]
    score: float


class Drawer:
    """Draws bones for one episode, and says which storylets fit where."""

    def __init__(self, repertoire: Repertoire, premise: Premise, wish: Wish, judge: Judge, usual: Slots) -> None:
        """Take `usual` slots to tell how long a storylet is before anybody has chosen its words."""
        self.repertoire, self.premise, self.wish, self.judge = repertoire, premise, wish, judge
        self.have = affordances(premise)
        self.costs = {s.name: usual_seconds(s, usual) for s in (*repertoire.storylets, *wish.due.values())}
        self.by_key: dict[str, list[Storylet]] = {}
        self.games: dict[str, list[Game]] = {}
        self.fits: dict[str, float] = {}
        self.runners: dict[str, list[str]] = {}
        self.by_place: dict[tuple[str, str, str, str], list[Storylet]] = {}
        self.usual: dict[str, float] = {}

    def draw(self, rng: random.Random, thrift: float) -> Bones | None:
        """Return the bones of one plan, or None where chance led into a dead end; `thrift` is what a second costs."""
        frame = self._frame(rng)
        game, runner = self._game(frame, rng), self._runner(frame, rng)
        if game is None or runner is None:
            return None
        picked: dict[str, Storylet] = {}
        for key in self._shape(rng):
            found = self._pick(key, frame, game.name, runner, picked, rng, thrift)
            if found is None:
                return None
            picked[key] = found
        storylets = tuple(picked.values())
        if self._broken(picked):
            return None
        seconds = HABITS_ADD * sum(self.costs[s.name] for s in storylets)
        seconds = self.wish.seconds if self.wish.seconds > LONG else seconds
        score = self.judge.bones(storylets, seconds)
        return Bones.model_construct(frame=frame, game=game, keys=tuple(picked), storylets=storylets, score=score)

    def _frame(self, rng: random.Random) -> Frame:
        frames = {frame.name: frame for frame in self.repertoire.frames}
        deed = self.premise.deed
        if deed is not None:
            return frames[deed.frame]
        return frames[rng.choice(_WITHOUT_VERB.get(self.premise.doer.noun.kind, tuple(frames)))]

    def _game(self, frame: Frame, rng: random.Random) -> Game | None:
        """Return one of the few games that this seed draws from."""
        if frame.name not in self.games:
            steps = ("heighten1", "heighten2", "heighten3")
            fitting = [
                game
                for game in self.repertoire.games
                if self.suits(game, frame) and all(self.fitting(step, frame, game.name, "") for step in steps)
            ]
            made = [game for game in fitting if game.needs.frames]
            often = random.Random(seed_from("made", self.wish.seed, self.premise.quote)).random() < OFTEN
            pool = made if made and often else fitting
            by_name = {game.name: game for game in pool}
            few = self._turn_of(list(by_name), GAMES if self.wish.seconds > SHORT else WHEN_SHORT)
            self.games[frame.name] = [by_name[name] for name in few]
        few_games = self.games[frame.name]
        return rng.choice(few_games) if few_games else None

    def _runner(self, frame: Frame, rng: random.Random) -> str | None:
        if frame.name not in self.runners:
            openings = [s for s in self._serving("cold_open") if s.runner and self.suits(s, frame)]
            named = sorted({s.runner for s in openings})
            names = [n for n in named if all(self.fitting(key, frame, "", n) for key in _RUNNING)]
            self.runners[frame.name] = self._turn_of(names, RUNNERS if self.wish.seconds > SHORT else WHEN_SHORT)
        few = self.runners[frame.name]
        return rng.choice(few) if few else None

    def _turn_of(self, names: list[str], most: int) -> list[str]:
        """Return those whose turn it is with this seed: another seed has others; what the show had comes last."""
        chance = random.Random(seed_from("order", self.premise.quote))
        order = sorted(names, key=lambda name: (round(-self._fit(name), 1), chance.random()))
        start = self.wish.seed * most % max(1, len(order))
        turned = order[start:] + order[:start] if not self._asks() else order[self.wish.seed % 3 :]
        return sorted(turned, key=self._had)[:most]

    def _asks(self) -> bool:
        """Whether tone or drift make some games and running gags better than others."""
        return self.wish.tone != USUAL_TONE or abs(self.wish.drift - USUAL_DRIFT) > CLOSE

    def _fit(self, name: str) -> float:
        """Return how well a game or running gag suits tone and drift, at most 1."""
        if name not in self.fits:
            own = [s for s in self.repertoire.storylets if name in (s.game, s.runner)]
            self.fits[name] = sum(map(self.judge.fit, own)) / max(1, len(own))
        return self.fits[name]

    def _had(self, name: str) -> float:
        """Return how lately the show had a game or running gag: 1 in the last episode, 0 never."""
        own = (s.name for s in self.repertoire.storylets if name in (s.game, s.runner))
        return max(map(self.judge.staleness, own), default=0.0) if self.judge.recent else 0.0

    def suits(self, item: Storylet | Game, frame: Frame) -> bool:
        """Return whether a storylet or game may stand in an evening of this kind at all."""
        return met(item.needs, self.premise, self.have, frame, self.wish.setting, self.wish.tone)

    def _shape(self, rng: random.Random) -> tuple[str, ...]:
        wanted = list(dict.fromkeys((*_ESSENTIAL, *self.wish.due)))
        total = sum(self._usual(key) for key in wanted)
        for key in (*_FIRST, *rng.sample(_FURTHER, len(_FURTHER)), "aside"):
            cost = self._usual(key)
            if key not in self.wish.due and total + cost <= self.wish.seconds * (CROWDED if key in _FIRST else FULL):
                wanted.append(key)
                total += cost
        return tuple(key for key in ORDER if key in wanted)

    def _usual(self, key: str) -> float:
        if key not in self.usual and key in self.wish.due:
            self.usual[key] = self.costs[self.wish.due[key].name]
        if key not in self.usual:
            costs = sorted(self.costs[s.name] for s in self._serving(key))
            self.usual[key] = costs[int(len(costs) * THRIFTY)] if costs else 0.0
        return self.usual[key]

    def _serving(self, key: str) -> list[Storylet]:
        if key not in self.by_key:
            self.by_key[key] = [s for s in self.repertoire.storylets if _serves(s, key)]
        return self.by_key[key]

    def _pick(
        self,
        key: str,
        frame: Frame,
        game: str,
        runner: str,
        picked: dict[str, Storylet],
        rng: random.Random,
        thrift: float,
    ) -> Storylet | None:
        """Return a storylet for a place that breaks no rule with those before it, a worthy one mostly."""
        if key in self.wish.due:
            return self.wish.due[key]
        before = list(picked.values())
        last = before[-1].function if before else ""
        climbing = [s.warmth for k, s in picked.items() if k != "cold_open"]
        top = max(climbing, default=0)
        arrested = any(s.detains for s in before)
        owed = {topic for s in before for topic in s.planted} - {topic for s in before for topic in s.paid}
        names = {s.name for s in before}
        fitting = [
            s
            for s in self.fitting(key, frame, game, runner)
            if s.name not in names
            and s.function != last
            and (key in ("debrief", "aside", "tag") or s.warmth >= top - COOLING)
            and owed.issuperset(s.paid)
            and (arrested or "detained" not in s.needs.tags)
        ]
        if key in ("tag", "debrief"):
            fitting = [s for s in fitting if s.paid] or ([] if key == "tag" else fitting)
        if not fitting:
            return None
        # Two are drawn and the worthier wins, so that the rest still get their turn.
        two = [rng.choice(fitting) for _ in range(6 if self.wish.seconds <= SHORT else 2)]
        return max(two, key=lambda s: self.judge.worth(s) - thrift * self.costs[s.name])

    def fitting(self, key: str, frame: Frame, game: str, runner: str) -> list[Storylet]:
        """Return the storylets that may stand in a place tonight, with this game and running gag."""
        place = (key, frame.name, game if key.startswith("heighten") else "", runner if key in _RUNNING else "")
        if place not in self.by_place:
            have = self.have | {"detained"}
            fitting = [
                s
                for s in self._serving(key)
                if s.game in ("", game)
                and s.runner in ("", runner)
                and met(s.needs, self.premise, have, frame, self.wish.setting, self.wish.tone)
            ]
            self.by_place[place] = self._tonight(fitting, key)
        return self.by_place[place]

    def _tonight(self, storylets: list[Storylet], key: str) -> list[Storylet]:
        """Return a third of the storylets for a place, by seed, and those that pay what another plants.

        What is short and has everything scores well everywhere; without this rule the same few would always be chosen.
        """
        if not SHORT < self.wish.seconds <= LONG or len(storylets) <= FEWEST_TONIGHT:
            return storylets
        rng = random.Random(seed_from("tonight", self.wish.seed, self.premise.quote, key))
        fresh = [s for s in storylets if not self.judge.staleness(s.name)]
        fresh = fresh if len(fresh) >= FEWEST_TONIGHT else storylets
        names = {s.name for s in rng.sample(fresh, max(FEWEST_TONIGHT, len(fresh) // 3))}
        return [s for s in storylets if s.name in names or s.paid or (s in fresh and RARE.intersection(s.needs.tags))]

    def _broken(self, picked: dict[str, Storylet]) -> bool:
        planted = {topic for s in picked.values() for topic in s.planted}
        paid = {topic for s in picked.values() for topic in s.paid}
        turn = picked.get("turn")
        climbing = [s.warmth for key, s in picked.items() if key not in ("cold_open", "debrief", "aside", "tag")]
        scenes = [[picked[key] for key in scene if key in picked] for scene in SCENES]
        return (
            planted != paid
            or (turn is not None and turn.warmth < max(climbing))
            or any(scene and not any(s.acts for s in scene) for scene in scenes)
        )


def _serves(storylet: Storylet, key: str) -> bool:
    if key.startswith("heighten"):
        return storylet.purpose == "heighten" and storylet.step == int(key[-1])
    if key == "stand_off":
        return storylet.purpose in ("stand_off", "chase")
    if key == "aside":
        return storylet.purpose == "debrief" and not storylet.pays
    return storylet.purpose == key


def usual_seconds(storylet: Storylet, slots: Slots) -> float:
    """Return the mean length of its first wordings in these slots, pauses included."""
    total = 0.0
    for line in storylet.lines:
        texts = [realise(wordings_of(template)[0], slots) for template in line.say["any"][:SAMPLED]]
        total += sum(map(spoken_seconds, texts)) / len(texts) + float(pause_after(line))
    return total
