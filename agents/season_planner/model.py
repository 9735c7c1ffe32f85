"""The season planner that asks a model: one call; what it leaves out or gets wrong, the rules fill in."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from agents.llm import ChatModel
from agents.prompts import Prompts
from agents.protocols import SeasonPlanner
from agents.season_planner.model_answers import EpisodeAnswer, GagAnswer, SeasonAnswer
from agents.writer.model import TONES
from agents.writer.refusal import check_theme
from agents.writer.season_lore import load_lore
from episodes.bible import Bible
from episodes.errors import InputRefused
from episodes.ranks import bare_name
from episodes.season import EpisodeOutline, RunningGag, SeasonBrief, SeasonMember, SeasonPlan

LONGEST_CALL = 24
"""Words of a call; a longer one is no call but a story."""
FEWEST_WORDS = 3
ALIKE = 0.72
"""Likeness of two calls, 0 to 1, from which on they are the same sentence with another noun."""
_RANKED = re.compile(r"\b(?:Officer|Sergeant|Dispatcher|Corporal|Captain|Lieutenant|Chief|Deputy)\s+([A-Z][\w'’-]+)")


class ModelSeasonPlanner:
    """A `SeasonPlanner`. `rules` fill what is missing."""

    def __init__(self, model: ChatModel, prompts: Prompts, rules: SeasonPlanner) -> None:
        self._model, self._prompts, self._rules = model, prompts, rules

    async def plan(self, wish: SeasonBrief, bible: Bible) -> SeasonPlan:
        """Return a plan with the wanted number of episodes, no two calls alike.

        Raises `InputRefused` for a theme that is not made here, `ModelError` when the model gives no answer.
        """
        # The rules' plan comes first: it has the cast that the model must keep, and a sound answer to every question.
        sound = await self._rules.plan(wish, bible)
        prompt = self._prompts.load("season_planner/plan").render(
            {
                "theme": wish.theme[:1000],
                "tone": TONES[wish.tone],
                "show": wish.show,
                "season": wish.season,
                "episodes": wish.episodes,
                "cast": sound.cast,
                "earlier": tuple(f"{past.title}: {past.logline}"[:200] for past in bible.episodes[-6:]),
                "left_over": left_over(bible),
                "kinds": tuple(kind.replace("_", " ") for kind in load_lore(self._prompts.folder).calls),
            }
        )
        answer = await self._model.ask(prompt, SeasonAnswer, label="season")
        return filled(answer, sound)


def left_over(bible: Bible) -> tuple[str, ...]:
    """Return what earlier seasons and episodes left behind, as sentences: ranks, injuries, lost cars, gags."""
    names = {character.id: character.name for character in bible.characters}
    cars = {vehicle.id: vehicle.name for vehicle in bible.vehicles}
    told = [f"{names.get(who, who)} was given the rank {title}." for who, title in bible.ranks]
    told += [f"{names.get(hurt.who, hurt.who)} still has {hurt.injury}." for hurt in bible.injuries]
    told += [f"{cars.get(car, car)} is lost." for car in (*bible.lost_vehicles, *bible.wrecked_vehicles)]
    told += [f"It keeps coming back: {gag.what}." for gag in bible.gags[:3]]
    return tuple(told[:10])


def filled(answer: SeasonAnswer, sound: SeasonPlan) -> SeasonPlan:
    """Return the model's plan where it is sound, and the rules' plan where it is not."""
    surnames = {word.lower() for member in sound.cast for word in bare_name(member.name).split()}
    calls = _calls(answer.episodes, sound.episodes, surnames)
    arcs = [_text(episode.arc, surnames) for episode in answer.episodes[: len(sound.episodes)]]
    arc = _text(answer.arc, surnames)
    # A story of which steps are missing is none: then the rules' story is told as a whole.
    whole = bool(arc) and all(arcs) and len(arcs) == len(sound.episodes) and len(set(arcs)) == len(arcs)
    episodes = []
    for at, (own, call) in enumerate(zip(sound.episodes, calls, strict=True)):
        given = answer.episodes[at] if at < len(answer.episodes) else None
        turn = _text(given.turn, surnames) if given is not None and call != own.call else ""
        episodes.append(
            EpisodeOutline(
                number=own.number,
                call=call,
                # The rules' turn names the rules' creature: where the call is the model's, so is the turn.
                turn=turn or (own.turn if call == own.call else ""),
                arc=arcs[at] if whole else own.arc,
                beat="" if whole else own.beat,
            )
        )
    premise = _text(answer.premise, surnames)
    return SeasonPlan(
        premise=premise or sound.premise,
        cast=_cast(answer, sound.cast, surnames),
        gags=_gags(answer.gags, len(sound.episodes), surnames) or sound.gags,
        arc=arc if whole else sound.arc,
        episodes=tuple(episodes),
    )


def _calls(given: Sequence[EpisodeAnswer], sound: Sequence[EpisodeOutline], surnames: set[str]) -> tuple[str, ...]:
    """Return a call for each episode: the model's where it is one and like none before it."""
    calls: list[str] = []
    for at, own in enumerate(sound):
        call = _text(given[at].call, surnames).rstrip(".") if at < len(given) else ""
        usable = FEWEST_WORDS <= len(call.split()) <= LONGEST_CALL and _allowed(call)
        # The rules' later calls count too: one of them may have to stand in.
        others = (*calls, *(later.call for later in sound[at + 1 :]))
        calls.append(call if usable and not any(alike(call, other) for other in others) else own.call)
    return tuple(calls)


def alike(one: str, other: str) -> bool:
    """Whether two calls are one sentence with, at most, another noun."""
    first, second = (re.findall(r"\w+", text.lower()) for text in (one, other))
    if not first or not second:
        return first == second
    return SequenceMatcher(None, first, second).ratio() >= ALIKE


def _allowed(text: str) -> bool:
    try:
        check_theme(text)
    except InputRefused:
        return False
    return True


def _text(text: str, surnames: set[str]) -> str:
    """Return a sentence of the model; empty for one that is not made here or that names an officer nobody has."""
    plain = " ".join(text.split())[:300]
    strangers = {name.lower() for name in _RANKED.findall(plain)} - surnames
    return plain if plain and _allowed(plain) and not strangers else ""


def _cast(answer: SeasonAnswer, cast: tuple[SeasonMember, ...], surnames: set[str]) -> tuple[SeasonMember, ...]:
    wants = {bare_name(one.name).split()[-1].lower(): _text(one.want, surnames) for one in answer.wants}
    return tuple(
        member.model_copy(update={"want": wants.get(bare_name(member.name).split()[-1].lower()) or member.want})
        for member in cast
    )


def _gags(given: Sequence[GagAnswer], episodes: int, surnames: set[str]) -> tuple[RunningGag, ...]:
    """Return up to three gags of the model that are heard at least twice, in episodes that there are."""
    found: dict[str, RunningGag] = {}
    for gag in given:
        what = _text(gag.what, surnames).rstrip(".")
        numbers = tuple(sorted({number for number in gag.episodes if 1 <= number <= episodes}))
        if what and len(what.split()) <= 12 and len(numbers) >= min(2, episodes):
            found.setdefault(what.lower(), RunningGag(what=what, episodes=numbers))
    return tuple(found.values())[:3]
