"""What the planner gives the picture to show, over whole scripts of the rule-based writer."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from agents.continuity_checker import RuleChecker
from agents.editor.tightening import tighten
from agents.shot_planner import RuleShotPlanner
from agents.writer import RuleWriter
from episodes.apply import apply_all
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.cast import Character, Prop
from episodes.changes import PlanScene
from episodes.effects import Detain, Drop
from episodes.episode import Episode
from episodes.facts import FactSheet
from episodes.script import Beat
from episodes.shots import Enter, Fall, Grab, Shot, Subject, Torch
from episodes.story_state import OFFICER_ROLES
from episodes.tasks import Limits
from tests.agents_shots.five_scenes import five_scenes
from tests.offers import OFFERS

PROMPTS = Path(__file__).resolve().parents[2] / "prompts"
FILMS = (
    ("raccoon heist at a doughnut shop", 3.0, 1),
    ("a lobster demands a lawyer at the seafood restaurant", 1.5, 2),
    ("a llama on the roof", 2.0, 3),
    ("forty ducks block the highway", 3.0, 1),
    ("a ghost in the alley", 1.5, 4),
    ("an illegal bakery run by geese", 3.0, 5),
)


async def filmed(theme: str, minutes: float, seed: int) -> Episode:
    """Return an episode with every scene planned."""
    brief = Brief(theme=theme, minutes=minutes, seed=seed)
    play = await RuleWriter(PROMPTS).write(brief, FactSheet(), Bible(show=brief.show), OFFERS)
    return await plan_all(Episode(brief=brief, world=play.world, script=play.script))


async def plan_all(episode: Episode) -> Episode:
    """Return the episode with all of its scenes planned by rule."""
    plans = [await RuleShotPlanner().plan(episode, scene.id, Limits()) for scene in episode.the_script.scenes]
    changes = tuple(PlanScene(scene=plan.scene, shots=plan.shots, cue=plan.cue) for plan in plans)
    return apply_all(changes, episode, by="editor")


@pytest.fixture(params=FILMS, ids=[theme for theme, _, _ in FILMS], scope="module")
def film(request: pytest.FixtureRequest) -> Episode:
    import asyncio

    return asyncio.run(filmed(*request.param))


def gags(film: Episode) -> Iterator[tuple[Beat, Shot]]:
    """Return each beat with a picture gag and the shots that show it."""
    for scene in film.the_script.scenes:
        for beat in scene.beats:
            if beat.picture_gag:
                yield from ((beat, shot) for shot in film.shots_of(scene.id) if shot.gag and beat.id in shot.beats)


def suspect(film: Episode) -> Character:
    """Return who does it."""
    return next(character for character in film.the_world.characters if character.role == "suspect")


async def test_the_checker_finds_nothing(film: Episode) -> None:
    assert await RuleChecker().check_script(film) == ()
    assert await RuleChecker().check_shots(film) == ()


def test_a_gag_is_held_however_much_the_editor_tightens(film: Episode) -> None:
    cut = film
    for _ in range(3):
        cut = apply_all(tighten(cut, cut.shots), cut, by="editor")
    asked = [beat.id for scene in film.the_script.scenes for beat in scene.beats if beat.picture_gag]
    assert [beat.id for beat, _ in gags(cut)] == asked
    assert all(shot.shown_seconds >= Fraction(6, 5) for _, shot in gags(cut))


def test_a_gag_is_about_something_and_seen_from_near(film: Episode) -> None:
    for _, shot in gags(film):
        assert 1 <= len(shot.subjects) <= 4, shot.gag
        assert shot.size not in ("extreme_long", "long"), shot.gag
        assert shot.owner != "helicopter", shot.gag


def test_what_a_gag_names_is_in_its_world_and_its_picture(film: Episode) -> None:
    for prop in film.the_world.props:
        assert prop.emoji, prop.name
        assert prop.metres > 0, prop.name
    for _, shot in gags(film):
        if re.search(r"\b(sign|label|card|chair|form)\b", shot.gag) and "the only chair" not in shot.gag:
            names = {film.the_world.prop(one.id).name for one in shot.subjects if is_prop(film, one)}
            assert any(re.search(r"sign|board|label|card|chair|form|sheet|notice", name) for name in names), shot.gag


def is_prop(film: Episode, subject: Subject) -> bool:
    """Whether a subject is a prop."""
    return subject.id in {prop.id for prop in film.the_world.props}


def test_no_two_neighbours_have_owner_size_and_leading_subject_in_common(film: Episode) -> None:
    for one, two in pairwise(film.shots):
        if one.scene == two.scene and one.subjects and two.subjects:
            same = [(shot.owner, shot.size, shot.subjects[0].id) for shot in (one, two)]
            assert same[0] != same[1], (one.id, two.id)


def test_the_suspect_has_an_entrance_when_it_is_first_seen(film: Episode) -> None:
    who = suspect(film).id
    first = next(shot for shot in film.shots if who in {subject.id for subject in shot.subjects})
    place = next(subject.at for subject in first.subjects if subject.id == who)
    enters = any(isinstance(event, Enter) and event.who == who for event in first.events)
    found = any(isinstance(e, Torch) and e.action == "sweep" and e.to == place for e in first.events)
    assert enters or found or first.movement.kind in ("pan", "tilt", "track")


def test_only_the_crew_and_who_is_said_to_sit_in_the_car_are_in_it(film: Episode) -> None:
    world = film.the_world
    roles = {character.id: character.role for character in world.characters}
    for shot in film.shots:
        beat = next(b for b in film.the_script.scene(shot.scene).beats if b.id == shot.beats[0])
        for subject in shot.subjects:
            stranger = world.place(shot.place).set == "car" and roles.get(subject.id, "officer") not in OFFICER_ROLES
            if not stranger:
                assert not subject.outside
            elif not re.search(r"seat|at the wheel|aboard|inside", f"{beat.action} {beat.picture_gag}"):
                assert subject.outside, shot.id


def test_whoever_wears_a_camera_is_on_one_side_of_it(film: Episode) -> None:
    for shot in film.shots:
        assert shot.wearer not in {subject.id for subject in shot.subjects}
        assert (shot.wearer is not None) == (shot.owner in ("bodycam", "phone"))


def test_bodycams_see_most_and_every_film_has_four_cameras(film: Episode) -> None:
    owners = [shot.owner for shot in film.shots]
    assert 0.4 < owners.count("bodycam") / len(owners) < 0.8
    assert len(set(owners)) >= 4


def test_a_chase_moves_and_an_arrest_is_seen_with_both_in_the_frame(film: Episode) -> None:
    for scene in film.the_script.scenes:
        for beat in scene.beats:
            shots = [shot for shot in film.shots_of(scene.id) if beat.id in shot.beats]
            if beat.purpose == "chase":
                assert any(s.movement.kind in ("follow", "track", "orbit", "pan") for s in shots), beat.id
            for effect in beat.effects:
                if isinstance(effect, Detain):
                    assert any(
                        {effect.by, effect.who} <= {subject.id for subject in shot.subjects}
                        and any(isinstance(event, Grab) and event.what == effect.who for event in shot.events)
                        for shot in shots
                    ), beat.id


async def test_a_dropped_thing_falls_in_the_frame_with_who_drops_it() -> None:
    episode = await plan_all(five_scenes())
    beat = next(b for s in episode.the_script.scenes for b in s.beats if any(isinstance(e, Drop) for e in b.effects))
    drop = next(effect for effect in beat.effects if isinstance(effect, Drop))
    shots = [shot for shot in episode.shots if beat.id in shot.beats]
    assert any(
        {drop.who, drop.prop} <= {subject.id for subject in shot.subjects}
        and any(isinstance(event, Fall) and event.what == drop.prop for event in shot.events)
        for shot in shots
    )


async def test_a_tag_carries_the_words_that_are_on_it() -> None:
    episode = five_scenes()
    world = episode.the_world
    tagged = world.model_copy(update={"props": (*world.props, Prop(id="name-tag", name="name tag", metres=0.2))})
    film = await plan_all(episode.model_copy(update={"world": tagged}))
    shot = next(shot for shot in film.shots if "name tag" in shot.gag)
    assert {subject.id: subject.words for subject in shot.subjects}["name-tag"] == "MANAGER"
    assert not any(subject.words for other in film.shots if not other.gag for subject in other.subjects)


async def test_a_small_thing_beside_somebody_is_where_hands_are() -> None:
    film = await filmed("raccoon heist at a doughnut shop", 3.0, 1)
    people = {character.id for character in film.the_world.characters if character.kind == "human"}
    for _, shot in gags(film):
        if shot.size in ("medium", "medium_close") and people & {subject.id for subject in shot.subjects}:
            small = [one for one in shot.subjects if is_prop(film, one) and film.the_world.prop(one.id).metres < 1]
            assert all(0.5 < subject.lift < 2 for subject in small), shot.id
