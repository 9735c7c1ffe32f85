"""Seasons for tests: small hand-made episodes of one show, and whole ones as the rules write them."""

from pathlib import Path

from agents.season_planner.rules import RuleSeasonPlanner
from agents.writer import RuleWriter
from episodes.bible import Bible, bible_of
from episodes.brief import Brief, Direction
from episodes.cast import Character, Prop, World
from episodes.effects import Effect
from episodes.episode import Episode
from episodes.facts import FactSheet
from episodes.season import SeasonBrief, SeasonPlan
from tests.clean_script import clean_episode
from tests.offers import OFFERS

PROMPTS = Path(__file__).parents[1] / "prompts"
SHOW = "Night Shift"
SERGEANT = Character(
    id="grubb", name="Sergeant Helen Grubb", short_name="Grubb", role="sergeant", unit="4S1",
    wardrobe=("navy uniform shirt", "peaked hat"), colours=("#22304f", "#1b2540"),
)  # fmt: skip


def told(
    number: int,
    *effects: Effect,
    bible: Bible | None = None,
    line: str = "Carry on.",
    direction: Direction | None = None,
) -> Episode:
    """Return a made-up episode of the show: the clean one's cast, a sergeant, and these effects in one beat."""
    clean = clean_episode()
    world = clean.the_world
    characters = (*world.characters, SERGEANT)
    if bible is not None and bible.episodes:
        kept = {character.id: character for character in bible.characters}
        characters = tuple(kept.get(character.id, character) for character in characters)
    past = bible.past if bible is not None else None
    # Its props and suspect are its own, so that nothing comes back by accident.
    prop = Prop(id=f"prop-{number}", name=f"thing number {number}")
    scene = clean.the_script.scenes[1].model_copy(update={"id": "S01"})
    beat = scene.beats[0]
    spoken = beat.lines[0].model_copy(update={"text": line, "id": "S01-L01", "channel": "spoken", "speaker": "okafor"})
    beat = beat.model_copy(update={"id": "S01-B01", "effects": effects, "lines": (spoken,)})
    scene = scene.model_copy(update={"beats": (beat,)})
    script = clean.the_script.model_copy(update={"title": f"Number {number}", "scenes": (scene,)})
    world = World(
        agency=world.agency, characters=tuple(c for c in characters if c.id != "raccoon"), units=world.units,
        vehicles=world.vehicles, props=(prop,), places=world.places, past=past,
    )  # fmt: skip
    return Episode(brief=Brief(theme="x", direction=direction), number=number, world=world, script=script)


async def planned(theme: str, episodes: int, seed: int | None = None) -> tuple[SeasonBrief, SeasonPlan]:
    """Return a wish and its plan by the rules."""
    wish = SeasonBrief(theme=theme, episodes=episodes, show=SHOW, seed=seed)
    return wish, await RuleSeasonPlanner(PROMPTS).plan(wish, Bible(show=SHOW))


async def written(wish: SeasonBrief, plan: SeasonPlan) -> tuple[Episode, ...]:
    """Return the scripts of a season, each written from the bible of those before it."""
    episodes: list[Episode] = []
    for number, brief in enumerate(plan.briefs(wish), 1):
        play = await RuleWriter(PROMPTS).write(brief, FactSheet(), bible_of(SHOW, episodes), OFFERS)
        episodes.append(Episode(brief=brief, number=number, world=play.world, script=play.script))
    return tuple(episodes)
