"""The season planner's rule-based hand: cast, arc, gags, calls and turns are drawn from the show's own data by seed."""

import random
from pathlib import Path

from agents.season_planner.calls import Call, Caller
from agents.writer.affordances import affordances
from agents.writer.lexicon import Lexicon, Persona, load_lexicon
from agents.writer.realiser import number_in_words, premise_slots, realise
from agents.writer.refusal import check_theme
from agents.writer.season_lore import Arc, ArcStep, Lore, load_lore
from agents.writer.storylets import Repertoire, load_repertoire
from episodes.bible import Bible
from episodes.cast import Character, Role
from episodes.ranks import DESK_UNIT, bare_name
from episodes.season import EpisodeOutline, RunningGag, SeasonBrief, SeasonMember, SeasonPlan
from episodes.value import seed_from

ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
            "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
            "twentieth", "twenty-first", "twenty-second", "twenty-third")  # fmt: skip


class RuleSeasonPlanner:
    """Plans seasons without a model. Same wish and bible, same plan."""

    def __init__(self, prompts: Path) -> None:
        self.prompts = prompts

    async def plan(self, wish: SeasonBrief, bible: Bible) -> SeasonPlan:
        """Return a plan for every episode of the season.

        Raises `InputRefused` for a theme that is not made here, `ValueError` for a broken data file.
        """
        check_theme(wish.theme)
        lexicon, lore = load_lexicon(self.prompts), load_lore(self.prompts)
        repertoire = load_repertoire(self.prompts)
        seed = seed_from("season", wish.identity if wish.seed is None else str(wish.seed), wish.theme)
        rng = random.Random(seed)
        members = cast_season(lexicon, bible, rng)
        words = _plan_words(members)
        arc = _arc(lore, bible, members, rng)
        steps = stretched(arc, wish.episodes)
        calls = Caller(wish.theme, lexicon, lore, seed).calls(wish.episodes)
        turns = _turns(calls, lore, lexicon, repertoire, seed, rng)
        outlines = tuple(
            EpisodeOutline(number=number, call=call.text, turn=turn, arc=_told(step.arc, words, held), beat=beat)
            for number, (call, turn, (beat, step, held)) in enumerate(zip(calls, turns, steps, strict=True), 1)
        )
        sentence = _told(arc.sentence, words, 0)
        return SeasonPlan(
            premise=_premise(wish, words, sentence),
            cast=tuple(member for _, member in members),
            gags=_gags(lore, bible, wish.episodes, rng),
            arc=sentence,
            episodes=outlines,
        )


# ---- who ------------------------------------------------------------------------------------------------------------

_PARTS: tuple[tuple[str, Role, str], ...] = (
    ("senior", "officer", "Officer"), ("junior", "officer", "Officer"),
    ("dispatcher", "dispatcher", "Dispatcher"), ("sergeant", "sergeant", "Sergeant"),
)  # fmt: skip

Members = tuple[tuple[str, SeasonMember], ...]
"""Part and member; `former` for a sergeant who is none any more."""


def cast_season(lexicon: Lexicon, bible: Bible, rng: random.Random) -> Members:
    """Return the regulars with their parts: those that the show has, and new ones for the parts that it has not."""
    people = lexicon.people
    personas = {"senior": people.seniors, "junior": people.juniors, "dispatcher": people.dispatchers,
                "sergeant": people.sergeants}  # fmt: skip
    crew, taken = bible.crew, {character.id for character in bible.characters}
    found: list[tuple[str, SeasonMember]] = []
    for part, role, rank in _PARTS:
        known = dict(zip(("senior", "junior"), crew, strict=False)).get(part) or next(
            (c for c in bible.characters if c.role == role != "officer" and c not in crew), None
        )
        if known is not None:
            found.append((part, _member(known)))
            continue
        free = [persona for persona in personas[part] if persona.id not in taken]
        free = free or [p for p in (*people.seniors, *people.juniors) if p.id not in taken] or list(personas[part])
        persona: Persona = rng.choice(free)
        taken.add(persona.id)
        member = SeasonMember(name=f"{rank} {persona.name}", role=role, want=persona.want, flaw=persona.flaw)
        found.append((part, member))
    former = next((c for c in bible.characters if c.unit == DESK_UNIT and c not in crew), None)
    return (*found, ("former", _member(former))) if former is not None else tuple(found)


def _member(character: Character) -> SeasonMember:
    want = character.want or "to go home on time"
    return SeasonMember(name=character.name, role=character.role, want=want, flaw=character.flaw)


def _plan_words(members: Members) -> dict[str, str]:
    words = {part: bare_name(member.name).split()[-1] for part, member in members}
    # Whoever loses the stripes in this season is spoken of as such from the next step on.
    return {"former": words["sergeant"], **words}


# ---- what happens ---------------------------------------------------------------------------------------------------


def _arc(lore: Lore, bible: Bible, members: Members, rng: random.Random) -> Arc:
    """Return an arc that the show has not had, if there is one, and that its ranks still allow."""
    had = {name.split("-")[0] for name in bible.used_storylets if name.startswith("arc_")}
    parts, ranked = dict(members), dict(bible.ranks)
    junior = bible.crew[1].id if len(bible.crew) > 1 else ""
    barred = {"stripes"} if "former" in parts else set()
    barred |= {"exam"} if junior in ranked else set()
    able = [arc for arc in lore.arcs if arc.name not in barred]
    fresh = [arc for arc in able if f"arc_{arc.name}" not in had]
    return rng.choice(fresh or able)


def stretched(arc: Arc, episodes: int) -> tuple[tuple[str, ArcStep, int], ...]:
    """Return the step of each episode by name, with how often it was held up: first and last stand at the ends.

    A season with fewer episodes leaves steps out of the middle; one with more waits between them.
    """
    names = [f"{arc.name}-{number}" for number in range(1, len(arc.steps) + 1)]
    last, held = len(names) - 1, 0
    if episodes <= len(names):
        picked = [last if episodes == 1 else round(at * last / (episodes - 1)) for at in range(episodes)]
        return tuple((names[at], arc.steps[at], 0) for at in picked)
    stands = {round(at * (episodes - 1) / last): at for at in range(len(names))}
    found = []
    for at in range(episodes):
        if at in stands:
            found.append((names[stands[at]], arc.steps[stands[at]], 0))
            continue
        hold = held % len(arc.holds)
        found.append((f"{arc.name}-hold-{hold + 1}", arc.holds[hold], held))
        held += 1
    return tuple(found)


def _told(template: str, words: dict[str, str], held: int) -> str:
    text = template.replace("{nth}", ORDINALS[min(held, len(ORDINALS) - 1)])
    for slot, word in words.items():
        text = text.replace(f"{{{slot}}}", word)
    return text[:1].upper() + text[1:]


def _turns(
    calls: tuple[Call, ...], lore: Lore, lexicon: Lexicon, repertoire: Repertoire, seed: int, rng: random.Random
) -> tuple[str, ...]:
    """Return what each call turns out to be: no turn twice while there are others."""
    order = list(lore.turns)
    rng.shuffle(order)
    had: list[str] = []
    turns = []
    for call in calls:
        have = affordances(call.premise)
        storylets = {name: repertoire.storylet(name) for name in order}
        able = [name for name, told in storylets.items() if told is not None and have.issuperset(told.needs.tags)]
        name = min(able, key=lambda name: had.count(name))
        had.append(name)
        slots = premise_slots(call.premise, lexicon, seed, 2, 0)
        # A crowd is spoken of as one: `the lead goose` is the writer's business, not the plan's.
        head = call.premise.doer.head
        the_doer = head if call.premise.doer.named else f"the {head.lower() if head.istitle() else head}"
        turns.append(realise(lore.turns[name], slots.with_words({"the_doer": the_doer})) + ".")
    return tuple(turns)


def _gags(lore: Lore, bible: Bible, episodes: int, rng: random.Random) -> tuple[RunningGag, ...]:
    """Return two or three gags over the season, planted, returned and paid at different times."""
    had = {gag for episode in bible.episodes for gag in episode.gags}
    fresh = [gag.what for gag in lore.gags if gag.what not in had] or [gag.what for gag in lore.gags]
    rng.shuffle(fresh)
    if episodes == 1:
        return (RunningGag(what=fresh[0], episodes=(1,)), RunningGag(what=fresh[1], episodes=(1,)))
    spans = [
        (1, episodes),
        (min(2, episodes), max(2, episodes - 1)),
        (max(1, episodes // 3), max(2, episodes // 3 * 2)),
    ]
    number = 2 if episodes < 4 else 3
    gags = []
    for what, (first, last) in zip(fresh, spans[:number], strict=False):
        if first >= last:
            first, last = max(1, last - 1), last
        back = range(first, last, max(2, (last - first) // 3 or 2))
        gags.append(RunningGag(what=what, episodes=tuple(sorted({*back, last}))))
    return tuple(gags)


def _premise(wish: SeasonBrief, words: dict[str, str], sentence: str) -> str:
    theme = " ".join(wish.theme.split()).rstrip(".!?")
    calls = "One call" if wish.episodes == 1 else f"{number_in_words(wish.episodes).capitalize()} calls"
    return (
        f"{calls} on the night shift of {words['senior']} and {words['junior']}, and each goes back to one thing: "
        f"{theme[:300]}. Meanwhile: {sentence}"
    )
