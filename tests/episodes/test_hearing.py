"""How an event is heard: who makes it, on what ground, how near, on which side."""

from fractions import Fraction as F

import pytest

from episodes.cast import Character, Place, Prop
from episodes.hearing import ground, heard_event
from episodes.placing import placed_events
from episodes.shots import Door, Enter, Fall, Grab, Shot, SirenPass, Step, Subject, ThingActs, Torch
from tests.clean_script import clean_episode
from tests.planned_episode import planned_episode

WORLD = clean_episode().the_world
HERE = WORLD.places[0]
GOOSE = Character(id="goose", name="Goose in a Hat", short_name="Goose", role="suspect", kind="animal", emoji="🪿")
BOX = Prop(id="pink-box", name="pink box", emoji="📦", metres=0.5)
STAGED = WORLD.model_copy(update={"characters": (*WORLD.characters, GOOSE), "props": (*WORLD.props, BOX)})


def shot(**more: object) -> Shot:
    made = clean_episode().shots[0]
    subjects = (Subject(id="goose", at=0.2, depth=0.75), Subject(id="pink-box", at=0.9, depth=0.1))
    return made.model_copy(
        update={"place": HERE.id, "wearer": "okafor", "owner": "bodycam", "subjects": subjects, **more}
    )


def place(name: str, *, interior: bool = False) -> Place:
    return Place.model_validate({"id": "x", "name": "X", "set": name, "interior": interior})


@pytest.mark.parametrize(
    ("name", "interior", "weather", "under"),
    [
        ("street", False, "clear", "concrete"),
        ("street", False, "rain", "wet"),
        ("park", False, "clear", "grass"),
        ("park", False, "snow", "snow"),
        ("porch", False, "rain", "wood"),
        ("waterfront", False, "clear", "wood"),
        ("rooftop", False, "clear", "gravel"),
        ("interview", True, "rain", "carpet"),
        ("hallway", True, "clear", "tile"),
        ("kitchen", True, "snow", "tile"),
        ("car", False, "rain", "seat"),
    ],
)
def test_the_ground_is_the_sets_and_the_weathers(name: str, interior: bool, weather: str, under: str) -> None:
    assert ground(place(name, interior=interior), weather) == under  # type: ignore[arg-type]


def test_who_makes_a_sound_is_told_with_what_they_are() -> None:
    goose = heard_event(STAGED, shot(), ThingActs(at=F(1), who="goose", action="honk"), spoken=False)
    assert goose.who is not None
    assert (goose.who.name, goose.who.kind, goose.who.emoji, goose.who.kit) == ("goose", "animal", "🪿", False)
    box = heard_event(STAGED, shot(), Fall(at=F(1), what="pink-box"), spoken=True)
    assert box.who is not None
    assert (box.who.name, box.who.metres, box.spoken) == ("pink box", 0.5, True)
    officer = heard_event(STAGED, shot(), Step(at=F(1), who="okafor"), spoken=False)
    assert officer.who is not None
    assert officer.who.kit
    taken = heard_event(STAGED, shot(), Grab(at=F(1), who="okafor", what="goose"), spoken=False)
    assert taken.what is not None
    assert taken.what.name == "goose"
    siren = heard_event(STAGED, shot(), SirenPass(at=F(1)), spoken=False)
    assert siren.who is not None
    assert siren.who.name == STAGED.agency.name


def test_the_wearer_is_nearest_and_depth_takes_away() -> None:
    def near(who: str, **more: object) -> float:
        return heard_event(STAGED, shot(**more), Step(at=F(1), who=who), spoken=False).near

    assert near("okafor") == 1.0
    assert near("okafor") > near("pink-box") > near("goose") > 0
    assert near("goose", owner="helicopter") < near("goose")
    assert 0 < heard_event(STAGED, shot(), Door(at=F(1), action="slam"), spoken=False).near < 1


def test_sounds_stand_where_the_picture_shows_them() -> None:
    def side(who: str) -> float:
        return heard_event(STAGED, shot(), Step(at=F(1), who=who), spoken=False).side

    assert side("goose") < 0 < side("pink-box")
    assert side("okafor") == 0
    assert heard_event(STAGED, shot(), Enter(at=F(1), who="goose", side="right"), spoken=False).side > 0


def test_somebody_whom_the_world_does_not_hold_is_nobody() -> None:
    assert heard_event(STAGED, shot(), Step(at=F(1), who="stranger"), spoken=False).who is None


def test_a_torch_clicks_once_in_a_scene_however_many_shots_it_lights() -> None:
    episode = planned_episode()
    scene = max((scene.id for scene in episode.the_script.scenes), key=lambda one: len(episode.shots_of(one)))
    shots = tuple(
        shot.model_copy(update={"events": (Torch(at=F(0), action="on"),), "wearer": "okafor"})
        if shot.scene == scene
        else shot
        for shot in episode.shots
    )
    lit = episode.model_copy(update={"shots": shots})
    assert len(lit.shots_of(scene)) > 1
    heard = [placed.event for placed in placed_events(lit, scene, F(0))]
    assert [event.kind for event in heard] == ["torch"]
