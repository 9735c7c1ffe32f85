"""The people of the embedded renderer: known again, told apart, on their feet, and moved by what they say and do."""

import itertools
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from numpy.typing import NDArray

from agents.writer.casting import UNIFORM
from agents.writer.lexicon import load_lexicon
from episodes.cast import Build, Character
from episodes.results import SpokenLine, TimedPhoneme
from episodes.shots import Fall, Gesture, Grab, Mouth, Step, Subject
from tools.finish.text import blank
from tools.video.acting import Actor, viseme
from tools.video.brush import Brush
from tools.video.people.figures import BUILDS, Dress, Pose, draw_figure, dress, hand_at
from tools.video.people.poses import Temper, placed, standing
from tools.video.people.skeleton import pose_joints
from tools.video.people.wardrobe import CUTS
from tools.video.people.wearer import ACTS, Act, draw_wearer, wearer_at
from tools.video.timing import TWOS

PROMPTS = Path(__file__).resolve().parents[2] / "prompts"
NAVY = ("#22304f", "#1b2540", "#15171c", "#1b2540")


def person(**changes: object) -> Character:
    values: dict[str, object] = {"id": "ruth", "name": "Ruth Pell", "short_name": "Ruth", "role": "witness"}
    return Character.model_validate(values | changes)


def officer(name: str) -> Character:
    return person(id=name, role="officer", pronoun="he", wardrobe=UNIFORM, colours=NAVY)


def drawn(look: Dress, pose: Pose, metre: float = 90.0, width: int = 260, height: int = 240) -> NDArray[np.uint8]:
    pixels, surface = blank(width, height)
    canvas = surface.getCanvas()
    canvas.translate(width / 2, height - 30)
    canvas.scale(metre, metre)
    draw_figure(Brush(canvas), look, pose)
    surface.flushAndSubmit()
    return pixels


def face(look: Dress, pose: Pose) -> NDArray[np.uint8]:
    """Return the face of a figure of 600 pixels."""
    pixels, surface = blank(160, 160)
    canvas = surface.getCanvas()
    canvas.translate(80, 160 + 1.44 * 330 * look.height)
    canvas.scale(330, 330)
    draw_figure(Brush(canvas), look, pose)
    surface.flushAndSubmit()
    return pixels


def changed(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> int:
    """Return in how many pixels two drawings differ."""
    return int((np.abs(a.astype(int) - b.astype(int)).max(axis=2) > 24).sum())


def test_the_same_person_in_the_same_pose_is_the_same_drawing() -> None:
    assert np.array_equal(drawn(dress(person()), Pose()), drawn(dress(person()), Pose()))


def test_what_is_not_said_of_somebody_is_chosen_by_their_id() -> None:
    looks = {replace(dress(person(id=f"person-{number}")), top="") for number in range(20)}
    assert len(looks) == 20
    assert len({look.cut for look in looks}) >= 4


def test_any_two_officers_of_an_agency_are_told_apart_in_one_uniform() -> None:
    names = ("okafor", "castillo", "finch", "reyes", "brandt", "novak")
    seen = [drawn(dress(officer(name)), Pose(), 100, 200, 230) for name in names]
    assert min(changed(a, b) for a, b in itertools.combinations(seen, 2)) > 150


def test_a_peaked_hat_is_not_on_every_officer() -> None:
    hats = {dress(officer(f"officer-{number}")).hat for number in range(60)}
    assert hats == {"", "peaked", "baseball", "campaign"}


def test_a_sergeant_has_stripes_and_a_dispatcher_a_headset() -> None:
    assert dress(person(role="sergeant")).stripes == 3
    assert dress(person(role="dispatcher")).headset
    assert not dress(person()).headset


def test_builds_differ_in_outline() -> None:
    area, tall = {}, {}
    for build in get_args(Build):
        shape = drawn(dress(person(build=build)), Pose())[..., 3] > 128
        area[build], tall[build] = shape.sum(), shape.any(axis=1).sum()
    assert set(area) == set(BUILDS)
    assert area["slim"] < 0.9 * area["average"] < 0.8 * area["broad"]
    assert tall["small"] < 0.92 * tall["average"] < 0.98 * tall["tall"]


@pytest.mark.parametrize("cut", CUTS)
def test_every_cut_can_be_drawn_from_every_side(cut: str) -> None:
    look = replace(dress(person()), cut=cut, hat="")
    views = [face(look, pose) for pose in (Pose(), Pose(turn=0.5), Pose(turn=-0.9), Pose(away=True))]
    assert min(changed(a, b) for a, b in itertools.combinations(views, 2)) > 500


WORDS = (
    ("mustard cardigan", "cardigan"), ("green apron", "apron"), ("purple raincoat", "rain"), ("checked shirt", "shirt"),
    ("orange vest", "hivis"), ("teal dressing gown", "robe"), ("cream cardigan", "cardigan"), ("long brown coat",
        "coat"),
    ("plain jacket", "jacket"), ("navy uniform shirt", "shirt"), ("striped pyjamas", "pyjamas"), ("hoodie", "hoodie"),
    ("denim overalls", "overalls"), ("red dress", "dress"), ("grey suit", "blazer"), ("plum blazer", "blazer"),
    ("wool sweater", "sweater"), ("yellow rain jacket", "rain"), ("white t-shirt", "tee"), ("hi-vis vest", "hivis"),
    ("dressing gown", "robe"), ("costume", "overalls"),
)  # fmt: skip


def test_every_garment_of_the_lexicon_is_known() -> None:
    people = load_lexicon(PROMPTS).people
    for words in (
        *people.witness_wardrobe,
        *UNIFORM,
        "black duty vest",
        "cream cardigan",
        "headset",
        "grey trousers",
        "long brown coat",
    ):
        plain, worn = (dress(person(wardrobe=given)) for given in ((), (words,)))
        assert worn != plain or words == "black duty belt", words


@pytest.mark.parametrize(("words", "kind"), WORDS)
def test_a_garment_is_drawn_as_what_it_says(words: str, kind: str) -> None:
    look = dress(person(wardrobe=(words,), colours=("#3f7d4e",)))
    assert kind == "apron" if look.apron else look.garment == kind
    plain = dress(person())
    assert changed(drawn(look, Pose()), drawn(replace(plain, top="#123456"), Pose())) > 100


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("peaked hat", "hat", "peaked"), ("baseball cap", "hat", "baseball"), ("chef's hat", "hat", "chef"),
        ("hard hat", "hat", "hard"), ("straw hat", "hat", "campaign"), ("top hat", "hat", "top"),
        ("woolly hat", "hat", "beanie"), ("blue jeans", "lower", "jeans"), ("black skirt", "lower", "skirt"),
        ("khaki shorts", "lower", "shorts"), ("work boots", "feet", "boots"), ("pink slippers", "feet", "slippers"),
        ("red scarf", "scarf", "#a8433a"), ("blue tie", "tie", "#35618f"), ("duty vest", "vest", "#1d222c"),
    ],
)  # fmt: skip
def test_hats_legs_feet_and_small_things_are_read_too(words: str, field: str, value: str) -> None:
    assert getattr(dress(person(wardrobe=(words,))), field) == value


def test_an_unknown_garment_still_gives_its_colour() -> None:
    assert dress(person(wardrobe=("regalia",), colours=("#112233",))).top == "#112233"


def test_mouths_differ_by_sound() -> None:
    look = replace(dress(person(pronoun="she")), hat="", age=0)
    shapes = [viseme(symbol) for symbol in ("m", "s", "i", "u", "oʊ", "ɑː", "e", "k")]
    seen = [face(look, Pose(mouth=shape)) for shape in dict.fromkeys(shapes)]
    assert len(seen) >= 6
    assert min(changed(a, b) for a, b in itertools.combinations(seen, 2)) > 12


@pytest.mark.parametrize("mood", ["deadpan", "surprise", "suspicion", "worry", "anger", "smile"])
def test_a_mood_is_seen_on_the_face(mood: str) -> None:
    look = replace(dress(person()), hat="", glasses="")
    assert changed(face(look, Pose()), face(look, Pose(mood=mood))) > 60


def test_a_blink_shuts_both_eyes() -> None:
    look = replace(dress(person()), hat="", glasses="")
    assert changed(face(look, Pose()), face(look, Pose(blink=1.0))) > 80


@pytest.mark.parametrize("lids", [-0.5, 0.5])
def test_a_mole_stays_on_its_own_cheek_however_the_head_turns(lids: float) -> None:
    look = replace(dress(person()), hat="", cut="buzz", beard="", glasses="", mark="mole", lids=lids)
    for turn in (-0.9, -0.5, -0.2, 0.0, 0.2, 0.5, 0.9):
        pose = Pose(turn=turn, body=turn)
        spots = np.abs(face(look, pose).astype(int) - face(replace(look, mark=""), pose)).max(axis=2) > 24
        if turn * lids > 0.6 * abs(lids):
            assert not spots.any()
            continue
        assert spots.any()
        # Seen from the lens the cheek wanders with the head, and never past the middle of the face.
        middle = 80 + 330 * 0.0107 * look.head * (8 * turn)
        assert (np.nonzero(spots)[1].mean() - middle) * lids > 0


@pytest.mark.parametrize("glasses", ["round", "square", "half"])
def test_glasses_sit_round_the_eyes(glasses: str) -> None:
    look = replace(dress(person()), hat="", cut="buzz", beard="", glasses=glasses)
    eyes = np.abs(face(look, Pose(blink=1.0)).astype(int) - face(look, Pose())).max(axis=2) > 24
    worn = np.abs(face(look, Pose()).astype(int) - face(replace(look, glasses=""), Pose())).max(axis=2) > 24
    (eye, rim) = (np.nonzero(shape[:, 60:100])[0] for shape in (eyes, worn))
    assert rim.min() <= eye.min() < eye.max() <= rim.max()


@pytest.mark.parametrize("glasses", ["round", "square", "half"])
@pytest.mark.parametrize("side", [-1, 1])
def test_in_profile_one_narrow_glass_is_left_before_the_eye(glasses: str, side: int) -> None:
    look = replace(dress(person()), hat="", cut="buzz", beard="", glasses=glasses)
    pose = Pose(turn=side, body=side)
    bare = face(replace(look, glasses=""), pose)
    skin = np.nonzero(bare[..., 3].any(axis=0))[0]
    worn = np.nonzero((np.abs(face(look, pose).astype(int) - bare).max(axis=2) > 24).any(axis=0))[0]
    # Temple, glass and bridge end behind the tip of the nose; what stands upright in them is one narrow rim.
    assert worn.max() < skin.max() if side > 0 else worn.min() > skin.min()
    tall = [(np.abs(face(look, turned).astype(int) - face(replace(look, glasses=""), turned)).max(axis=2) > 24)
            .any(axis=1).sum() for turned in (Pose(), pose)]  # fmt: skip
    assert tall[1] < 0.9 * tall[0]


@pytest.mark.parametrize("idle", range(7))
@pytest.mark.parametrize("turn", [0.0, 0.15])
@pytest.mark.parametrize("talks", [False, True])
def test_no_hand_rests_before_the_crotch(idle: int, turn: float, talks: bool) -> None:
    look, pose = dress(person()), standing(Temper(idle, 1.0, False, "calm", 0.0), 0.0)
    if talks:
        pose = placed(pose, "talk", True)
    bones = pose_joints(look, replace(pose, turn=turn))
    for arm in bones.arms:
        middle = abs((arm.end.x + arm.tip.x) / 2 - bones.spine[0].x)
        assert arm.end.h > bones.spine[0].h or middle > 0.1 or arm.end.z < 0


@pytest.mark.parametrize("turn", [-0.9, -0.5, 0.0, 0.5, 0.9])
def test_a_forearm_that_comes_towards_the_lens_is_no_stump(turn: float) -> None:
    pose = Pose(turn=turn, hands=((0.19, -0.25, 0.17), (0.20, -0.23, 0.17)), flares=(0.3, 0.3))
    for arm in pose_joints(dress(person()), pose).arms:
        assert np.hypot(arm.end.x - arm.middle.x, arm.end.h - arm.middle.h) > 0.15


def test_the_bill_of_a_cap_stands_out_before_a_face_in_profile() -> None:
    look = replace(dress(person()), hat="baseball")
    side = Pose(turn=1.0, body=1.0)
    bill, bare = (
        np.nonzero(face(worn, side)[..., 3].any(axis=0))[0].max() for worn in (look, replace(look, hat="beanie"))
    )
    assert bill > bare + 12


def feet(actor: Actor, look: Dress, time: float) -> list[tuple[float, float]]:
    legs = pose_joints(look, actor.figure(time).pose).legs
    return [(round(leg.end.x, 3), round(leg.end.h, 3)) for leg in legs]


@pytest.mark.parametrize("facing", ["camera", "left", "right", "away"])
def test_feet_stay_planted_while_somebody_stands_and_the_body_does_not(facing: str) -> None:
    subject, look = Subject.model_validate({"id": "ruth", "facing": facing}), dress(person())
    actor = Actor(subject, (), {}, 3)
    times = [step / 4 for step in range(60)]
    assert len({tuple(feet(actor, look, time)) for time in times}) == 1
    assert len({actor.figure(time).pose for time in times}) > 5


def test_a_foot_of_a_walker_is_on_the_ground_at_each_step() -> None:
    steps = tuple(Step(at=Fraction(number, 2), who="ruth") for number in range(5))
    actor = Actor(Subject(id="ruth", pose="walk", facing="right"), steps, {}, 3)
    for step in steps:
        pose = actor.figure(float(step.at)).pose
        down = [foot for foot in pose.feet if foot[1] == 0.0]
        assert any(abs(foot[2]) > 0.15 for foot in down)


def test_figures_move_on_twos() -> None:
    actor = Actor(Subject(id="ruth", pose="walk", facing="left"), (), {}, 3)
    assert actor.figure(1.0) == actor.figure(1.0 + 0.9 / TWOS) != actor.figure(1.0 + 1.1 / TWOS)


def reach(actor: Actor, time: float) -> float:
    return actor.figure(time).pose.hands[1][0]


def test_a_gesture_winds_up_goes_too_far_and_settles() -> None:
    events = (Gesture(at=Fraction(1), who="ruth", gesture="point", seconds=Fraction(2)),)
    actor, still = (Actor(Subject(id="ruth"), given, {}, 3) for given in (events, ()))
    rest, end = reach(still, 1.0), reach(actor, 2.5)
    way = [(reach(actor, step / TWOS) - rest) / (end - rest) for step in range(8, 24)]
    assert min(way) < -0.05
    assert max(way) > 1.02
    assert way[0] == 0
    assert way[-1] == pytest.approx(1.0)


def test_the_hand_that_holds_is_closed_and_the_one_that_points_points() -> None:
    grab = Actor(Subject(id="ruth"), (Grab(at=Fraction(1), who="ruth", what="tuba"),), {}, 3)
    assert grab.figure(2.0).pose.grips[1] == "hold"
    assert grab.figure(2.0).holds == "tuba"
    point = Actor(Subject(id="ruth", pose="point"), (), {}, 3)
    assert point.figure(0.0).pose.grips[1] == "point"


def test_somebody_who_sees_something_fall_starts_and_then_stares() -> None:
    actor = Actor(Subject(id="ruth"), (Fall(at=Fraction(1), what="tuba"),), {}, 3)
    assert actor.figure(1.25).pose.mood == "surprise"
    assert actor.figure(0.9).pose.mood != "surprise"


def test_hands_lead_the_words() -> None:
    sounds = (TimedPhoneme(symbol="a", at=0.0, seconds=2.0),)
    line = SpokenLine(seconds=Fraction(2), phonemes=sounds)
    events = (Mouth(at=Fraction(1), who="ruth", line="L1"),)
    spoken = Actor(Subject(id="ruth"), events, {"L1": line}, 3)
    assert spoken.figure(2.0).pose.mouth[0] == 1.0
    assert spoken.figure(2.0).pose.hands[1] != spoken.figure(0.5).pose.hands[1]


def test_sitting_before_the_lens_keeps_the_knees_together() -> None:
    actor = Actor(Subject(id="ruth", pose="sit"), (), {}, 3)
    bones = pose_joints(dress(person()), actor.figure(0.0).pose)
    left, right = (leg.middle for leg in bones.legs)
    assert abs(right.x - left.x) < 0.3
    assert left.z > 0.2


def test_a_back_of_police_says_so_and_has_no_face() -> None:
    look = replace(dress(officer("finch")), hat="", skin="#ffcc99")
    assert changed(drawn(look, Pose(away=True)), drawn(replace(look, role="witness"), Pose(away=True))) > 20


@pytest.mark.parametrize("index", [0, 1])
def test_a_hand_is_where_it_is_drawn(index: int) -> None:
    look, pose = dress(person()), Pose(hands=((0.35, 0.1, 0.0), (0.35, 0.1, 0.0)))
    x, h = hand_at(look, pose, index)
    shape = drawn(look, pose)
    row, column = round(210 - h * look.height * 90), round(130 + x * look.height * 90)
    assert shape[row, column, 3] > 200


def shown(what: Act, width: int, height: int, raised: float = 1.0, time: float = 0.5) -> NDArray[np.uint8]:
    pixels, surface = blank(width, height)
    canvas = surface.getCanvas()
    canvas.translate(width / 2, height)
    canvas.scale(height, height)
    draw_wearer(Brush(canvas), dress(officer("okafor")), what, time, width / height, raised)
    surface.flushAndSubmit()
    return pixels


@pytest.mark.parametrize("size", [(320, 180), (180, 320), (240, 240)])
@pytest.mark.parametrize("what", ACTS)
def test_the_wearers_hand_comes_into_the_frame_from_below_and_leaves_the_middle_free(
    what: Act, size: tuple[int, int]
) -> None:
    width, height = size
    shape = shown(what, width, height)[..., 3] > 128
    assert shape[-1].any()
    assert 0.02 < shape.mean() < 0.25
    assert not shape[: height // 3].any()
    lens = wearer_at(what, 0.5, width / height).lens
    assert abs(lens[0]) < width / height / 2
    assert 0.1 < lens[1] < 0.66


def test_the_wearers_hand_may_be_lowered() -> None:
    assert not shown("torch", 320, 180, raised=0.0).any()
    low, high = (shown("torch", 320, 180, raised=raised)[..., 3].any(axis=1).sum() for raised in (0.5, 1.0))
    assert 0 < low < high


def test_the_wearers_pen_writes_on_twos() -> None:
    assert np.array_equal(shown("notebook", 160, 90, time=0.5), shown("notebook", 160, 90, time=0.5 + 0.9 / TWOS))
    assert not np.array_equal(shown("notebook", 160, 90, time=0.5), shown("notebook", 160, 90, time=0.5 + 2 / TWOS))
