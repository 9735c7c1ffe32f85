"""Control video: bones lie in the drawn figures, near is white, outlines lie where the drawing has them."""

from fractions import Fraction
from pathlib import Path
from typing import get_args

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from episodes.errors import MediaBroken
from episodes.format import FORMATS
from episodes.requests import ControlPass, ControlRequest, RenderRequest
from episodes.results import SpokenLine, TimedPhoneme
from episodes.shots import Door, Gesture, Mouth, Movement, Subject
from tests.tools_video.foreign_clips import pictures, read, write
from tests.tools_video.test_embedded_video import SETS, WORLD, shot
from tools.protocols import Call, Input, ToolSettings
from tools.video.control import ControlStage, edges_of
from tools.video.embedded import build
from tools.video.people.figures import Pose, dress
from tools.video.people.keypoints import BONES, Keypoint, keypoints
from tools.video.stage import Stage

Image = NDArray[np.uint8]
FORM = FORMATS["proof"].model_copy(update={"width": 640, "height": 360})


def asked(**changes: object) -> RenderRequest:
    return RenderRequest(shot=shot(**changes), world=WORLD, format=FORM, seed=7, handle_frames=3)


def drawn(request: RenderRequest, shows: ControlPass, time: float = 0.5) -> Image:
    return ControlStage(request, {}, shows).frame(time)


def silhouette(request: RenderRequest, time: float = 0.5) -> Image:
    """Return where players are in the take's frame, 0 or 255."""
    stage = Stage(request, {})
    stage.frame(time)
    return np.asarray(cv2.resize(stage.shapes(), (FORM.width, FORM.height)) > 100, np.uint8) * 255


POSES = ("stand", "walk", "run", "sit", "crouch", "hands_up", "point", "talk", "lean", "lie")


@pytest.mark.parametrize("facing", ["camera", "left", "right", "away"])
@pytest.mark.parametrize("pose", POSES)
def test_bones_lie_in_the_figure_that_the_take_shows(pose: str, facing: str) -> None:
    request = asked(light="day", subjects=(Subject.model_validate({"id": "okafor", "pose": pose, "facing": facing}),))
    bones = drawn(request, "pose").max(axis=2) > 60
    body = cv2.dilate(silhouette(request), np.ones((5, 5), np.uint8)) > 0
    assert bones.sum() > 150
    assert (bones & body).sum() > 0.97 * bones.sum()
    # And they reach all through it.
    spans = [
        np.ptp(np.flatnonzero(bones.any(axis=axis))) / np.ptp(np.flatnonzero(body.any(axis=axis))) for axis in (0, 1)
    ]
    assert max(spans) > 0.72


@pytest.mark.parametrize("kind", ["follow", "push", "pan", "zoom", "tilt"])
def test_bones_stay_in_the_figure_while_the_camera_moves(kind: str) -> None:
    movement = Movement.model_validate({"kind": kind, "direction": "right", "speed": 0.2})
    request = asked(light="day", subjects=(Subject(id="ruth", at=0.45, pose="walk"),), movement=movement)
    for time in (0.0, 0.9, 1.7):
        bones = drawn(request, "pose", time).max(axis=2) > 60
        if kind == "zoom":
            # The mask is of the frame before it is zoomed.
            assert bones.any()
            continue
        body = cv2.dilate(silhouette(request, time), np.ones((5, 5), np.uint8)) > 0
        assert (bones & body).sum() > 0.95 * bones.sum()


def test_the_persons_own_left_and_right_are_kept_when_it_turns_round() -> None:
    worn = dress(WORLD.characters[0])
    front, back = keypoints(worn, Pose()), keypoints(worn, Pose(away=True))
    assert front["right_shoulder"][0] < front["left_shoulder"][0]
    assert back["right_shoulder"][0] > back["left_shoulder"][0]
    assert front["right_ear"][0] < front["right_eye"][0] < front["nose"][0] < front["left_eye"][0]
    assert back["right_ear"][0] > back["left_ear"][0]
    assert not {"nose", "left_eye", "right_eye"} & set(back)


def test_a_head_seen_from_the_side_shows_one_eye_and_one_ear() -> None:
    worn = dress(WORLD.characters[0])
    right, left = keypoints(worn, Pose(turn=1.0, body=0.9)), keypoints(worn, Pose(turn=-1.0, body=-0.9))
    assert {"right_eye", "right_ear"} <= set(right)
    assert not {"left_eye", "left_ear"} & set(right)
    assert {"left_eye", "left_ear"} <= set(left)
    assert right["nose"][0] > right["right_eye"][0] > right["right_ear"][0]


def test_points_and_bones_are_those_that_pose_models_know() -> None:
    names = get_args(Keypoint)
    assert len(names) == 18
    assert names[:5] == ("nose", "neck", "right_shoulder", "right_elbow", "right_wrist")
    assert len(BONES) == 17
    # The right forearm is bone 3: yellow; the neck to the left hip is bone 9: cyan.
    request = asked(light="day", size="full", subjects=(Subject(id="okafor", at=0.5, pose="hands_up"),))
    colours = {tuple(int(part) for part in pixel) for pixel in drawn(request, "pose").reshape(-1, 3)}
    assert (0, 153, 153) in colours
    assert (153, 153, 0) in colours


def test_animals_have_no_bones_that_a_pose_model_knows() -> None:
    assert not drawn(asked(subjects=(Subject(id="raccoon"),)), "pose").any()


def test_who_stands_nearer_is_whiter_and_the_back_of_the_set_is_dark() -> None:
    request = asked(
        subjects=(Subject(id="okafor", at=0.3, depth=0.3), Subject(id="ruth", at=0.7, depth=0.9)), light="day"
    )
    depth, body = drawn(request, "depth")[..., 0], silhouette(request) > 0
    near, far = depth[:, : FORM.width // 2][body[:, : FORM.width // 2]], depth[:, 400:][body[:, 400:]]
    sky = depth[: FORM.height // 10, FORM.width // 2 - 20 : FORM.width // 2 + 20]
    assert np.median(near) > np.median(far) + 30
    assert np.median(far) > sky.max() + 10


def test_the_floor_gets_whiter_towards_the_lens() -> None:
    depth = drawn(asked(subjects=(), light="day", place="hallway"), "depth")[..., 0]
    column = depth[FORM.height * 6 // 10 :, FORM.width // 2].astype(int)
    assert (np.diff(column) >= -1).all()
    assert column[-1] > column[0] + 40


def test_feet_stand_on_the_floor_at_its_own_depth() -> None:
    request = asked(subjects=(Subject(id="okafor", at=0.5, depth=0.4),), light="day", place="park")
    depth, body = drawn(request, "depth")[..., 0].astype(int), silhouette(request) > 0
    sole = int(np.flatnonzero(body.any(axis=1)).max())
    across = np.flatnonzero(body[sole - 3])
    floor = depth[sole - 3, int(across.max()) + 12]
    assert abs(int(np.median(depth[sole - 6, across])) - floor) < 22


@pytest.mark.parametrize("place", SETS)
def test_every_set_has_a_depth_and_outlines_at_night(place: str) -> None:
    request = asked(place=place)
    assert drawn(request, "depth")[..., 0].std() > 12
    assert 0.005 < (drawn(request, "edge")[..., 0] > 0).mean() < 0.25


def test_outlines_lie_where_the_picture_has_them() -> None:
    request = asked(light="day", movement=Movement(kind="static"))
    picture, edge = Stage(request, {}).frame(0.5), drawn(request, "edge")[..., 0] > 0
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float32)
    slope = cv2.dilate(
        np.hypot(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)), np.ones((3, 3), np.uint8)
    )
    assert slope[edge].mean() > 4 * slope[~edge].mean()
    assert np.percentile(slope[edge], 10) > np.median(slope[~edge])


def test_night_and_rain_hide_no_outline() -> None:
    day, night = (drawn(asked(light=light, weather=weather), "edge")[..., 0] > 0
                  for light, weather in (("day", "clear"), ("night", "rain")))  # fmt: skip
    both = cv2.dilate(day.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    assert (night & both).sum() > 0.75 * night.sum()


@pytest.mark.parametrize("shows", get_args(ControlPass))
def test_control_video_has_the_frames_of_the_take(shows: ControlPass, tmp_path: Path) -> None:
    """Frame by frame: the drawing changes in the same frames, handles included."""
    line = SpokenLine(
        seconds=Fraction(1), phonemes=(TimedPhoneme(symbol="a", at=0.0, seconds=0.5),
                                       TimedPhoneme(symbol="m", at=0.5, seconds=0.5)),
    )  # fmt: skip
    plan = shot(
        seconds=Fraction(1), subjects=(Subject(id="okafor", at=0.4, pose="walk"),), movement=Movement(kind="follow"),
        events=(Mouth(at=Fraction(0), who="okafor", line="L"), Gesture(at=Fraction(1, 4), who="okafor", gesture="nod"),
                Door(at=Fraction(1, 2), action="open")),
    )  # fmt: skip
    whole = {"shot": plan, "world": WORLD, "format": FORMATS["proof"], "seed": 7, "handle_frames": 6}
    tool, given = build(ToolSettings()), {"line:L": Input(folder=tmp_path, result=line)}
    shown = {}
    for name, request in (
        ("take", RenderRequest.model_validate(whole)),
        ("control", ControlRequest.model_validate(whole | {"shows": shows})),
    ):
        (tmp_path / name).mkdir()
        call = Call(into=tmp_path / name, inputs=given)
        take = tool.render(request, call) if isinstance(request, RenderRequest) else tool.control(request, call)
        shown[name] = read(tmp_path / name / take.file)
        assert (take.frames, take.fps) == (24, 12.0)
        assert [path.name for path in (tmp_path / name).iterdir()] == ["take.mp4"]
    assert len(shown["take"]) == len(shown["control"]) == 24

    def stands(frames: list[Image]) -> list[int]:
        return [n for n in range(1, 24) if np.abs(frames[n].astype(int) - frames[n - 1]).mean() < 0.02]

    assert set(stands(shown["take"])) <= set(stands(shown["control"]))
    assert {1, 2, 3} <= set(stands(shown["control"]))


def test_the_same_request_gives_the_same_control_video(tmp_path: Path) -> None:
    request = asked(movement=Movement(kind="handheld"))
    for shows in get_args(ControlPass):
        assert np.array_equal(drawn(request, shows), drawn(request, shows))


def test_outlines_of_the_persons_own_clip_follow_what_moves_in_it(tmp_path: Path) -> None:
    clip = write(tmp_path / "clip.mov", pictures(2, 8), 8)
    take = edges_of(clip, tmp_path)
    shown = read(tmp_path / "take.mp4")
    assert (take.frames, take.fps, len(shown)) == (16, 8.0, 16)
    for moment, frame in zip((0.0, 1.0), (shown[0], shown[8]), strict=True):
        x = round(96 * (0.15 + moment * 0.24))
        ring = frame[24:48, max(0, x - 16) : x + 17, 0] > 100
        assert ring.sum() > 25
        # The inside of the disc has none.
        assert not (frame[32:38, max(0, x - 4) : x + 5, 0] > 100).any()


def test_noise_makes_no_outlines(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    noisy = [
        np.clip(
            np.full((64, 96, 3), 70) + chance.normal(0, 6, (64, 96, 3)) + 90 * (np.arange(96) > 48)[:, None], 0, 255
        )
        for _ in range(6)
    ]
    edges_of(write(tmp_path / "clip.mp4", [frame.astype(np.uint8) for frame in noisy], 8), tmp_path)
    found = [frame[..., 0] > 100 for frame in read(tmp_path / "take.mp4")]
    assert all(frame[:, 44:54].any() for frame in found)
    assert max(frame[:, :40].mean() for frame in found) < 0.01


def test_edges_of_what_is_no_clip_are_refused(tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_bytes(b"no video")
    with pytest.raises(MediaBroken, match="no video"):
        edges_of(tmp_path / "clip.mp4", tmp_path)
