"""Takes out of stills: one picture a shot, a camera that moves over it as planned, and each failure a class of ours."""

import io
import itertools
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from episodes.cast import Agency, Place, World
from episodes.errors import BackendDown, BackendUnavailable, MediaBroken, RequestRejected, ToolError, TransientToolError
from episodes.format import FORMATS, FormatName
from episodes.requests import ConformRequest, RenderRequest
from episodes.shots import Movement, Shot
from tests.servers.openai_media import KEY, Reply, always, picture_png, serving
from tools import registry
from tools.finish import conform
from tools.protocols import Call, Input, ToolSettings
from tools.video.openai_images import OpenAIImages, decoded, nearest, prompt_of
from tools.video.still_moves import moved, window

WORLD = World(
    agency=Agency(name="Maple Hollow Police", county="Maple"),
    places=(Place(id="shop", name="Dollar & Dime", set="shop", interior=True),),
)


def shot(**changes: object) -> Shot:
    values: dict[str, object] = {
        "id": "S01-01", "scene": "S01", "beats": ("S01-B01",), "owner": "bodycam", "size": "full", "place": "shop",
        "movement": Movement(kind="static"), "clock": datetime(2026, 3, 4, 3, 12), "light": "night",
        "seconds": Fraction(2), "prompt": "A raccoon sits on a doughnut shop counter at night.",
        "negative_prompt": "blood, logos",
    }  # fmt: skip
    return Shot.model_validate(values | changes)


def request(form: FormatName = "proof", **changes: object) -> RenderRequest:
    return RenderRequest(shot=shot(**changes), world=WORLD, format=FORMATS[form], seed=7, handle_frames=6)


def tool(base_url: str, settings: dict[str, Any] | None = None, **more: Any) -> OpenAIImages:
    options = {"openai-images": {"base_url": base_url, "model": "flux", **more}}
    made = registry.factory("video", "openai-images")(ToolSettings(options=options, **(settings or {})))
    assert isinstance(made, OpenAIImages)
    return made


def frames(path: Path) -> list[np.ndarray]:
    reader, found = cv2.VideoCapture(str(path)), []
    while True:
        good, frame = reader.read()
        if not good:
            return found
        found.append(frame)


def disc(frame: np.ndarray) -> tuple[float, float, float]:
    """Return where the picture's red disc is (shares of the frame) and how large (share of its area)."""
    blue, green, red = (frame[:, :, index].astype(int) for index in range(3))
    there = (red > 150) & (green < 100) & (blue < 100)
    ys, xs = np.nonzero(there)
    return xs.mean() / frame.shape[1], ys.mean() / frame.shape[0], float(there.mean())


# ---- takes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kinds", [("b64_json", "url"), ("url",), ()], ids=["base64", "link", "unasked"])
def test_a_take_has_the_shots_frames_in_whatever_way_the_picture_comes(tmp_path: Path, kinds: tuple[str, ...]) -> None:
    with serving(picture_kinds=kinds) as server:
        take = tool(server.base_url).render(request(), Call(into=tmp_path))
    shown = frames(tmp_path / "take.mp4")
    assert len(shown) == take.frames == 24 + 12
    assert (take.width, take.height, take.fps) == (320, 180, 12)
    assert shown[0].shape == (180, 320, 3)
    assert disc(shown[0])[0] > 0.55
    assert [path.name for path in tmp_path.iterdir()] == ["take.mp4"]
    body = server.to("/images/generations")[-1].body
    assert body["size"] == "1280x720"
    assert "raccoon" in body["prompt"]
    assert "chest camera" in body["prompt"]
    assert "Without: blood, logos." in body["prompt"]


def test_the_animatics_frame_goes_along_where_edits_are_wished(tmp_path: Path) -> None:
    animatic = tmp_path / "animatic"
    animatic.mkdir()
    made = registry.factory("video", "embedded")(ToolSettings())
    plan = request(place="shop", movement=Movement(kind="static"))
    result = made.render(plan, Call(into=animatic))  # type: ignore[attr-defined]
    with serving() as server:
        (tmp_path / "out").mkdir()
        call = Call(into=tmp_path / "out", inputs={"animatic": Input(animatic, result)})
        back_end = tool(server.base_url, edit=True)
        back_end.render(plan, call)
        (sent,) = server.to("/images/edits")
        (tmp_path / "no").mkdir()
        tool(server.base_url).render(plan, Call(into=tmp_path / "no", inputs=call.inputs))
        assert len(server.to("/images/generations")) == 1
    assert back_end.info.limits.start_image
    assert sent.body["prompt"] == prompt_of(plan)
    picture = cv2.imdecode(np.frombuffer(sent.files["image"], np.uint8), cv2.IMREAD_COLOR)
    first = frames(animatic / "take.mp4")[6]
    assert np.abs(picture.astype(int) - first.astype(int)).mean() < 6


def test_the_take_becomes_a_bodycams_segment(tmp_path: Path) -> None:
    with serving() as server:
        take = tool(server.base_url).render(request(), Call(into=tmp_path))
    out = tmp_path / "segment"
    out.mkdir()
    asked = ConformRequest(
        shot="S01-01", format=FORMATS["proof"], owner="bodycam", agency="Maple Hollow Police", show="Night Shift",
        unit="4A10", clock=datetime(2026, 3, 4, 3, 12), light="night", weather="clear", look="night_blue",
        source_in_frames=6, frames=24, seed=3,
    )  # fmt: skip
    made = conform.build(ToolSettings()).conform(asked, Call(into=out, inputs={"take": Input(tmp_path, take)}))
    assert made.frames == 24
    assert len(frames(out / "segment.mp4")) == 24


# ---- the camera -----------------------------------------------------------------------------------------------------


def played(movement: Movement, form: FormatName = "proof", seconds: int = 2) -> list[np.ndarray]:
    picture = decoded(picture_png(1280, 720))
    return list(moved(picture, FORMATS[form], movement, Fraction(seconds), 6, 7))


def test_a_push_comes_nearer_and_a_pull_goes_away() -> None:
    near = [disc(frame)[2] for frame in played(Movement(kind="push", direction="in", speed=0.1))]
    away = [disc(frame)[2] for frame in played(Movement(kind="pull", direction="out", speed=0.1))]
    assert near[-1] > 1.3 * near[0]
    assert away[0] > 1.3 * away[-1]
    assert all(b > a - 0.0005 for a, b in itertools.pairwise(near))


@pytest.mark.parametrize(
    ("direction", "axis", "sign"), [("right", 0, -1), ("left", 0, 1), ("up", 1, 1), ("down", 1, -1)]
)
def test_a_pan_moves_the_picture_the_other_way(direction: Any, axis: int, sign: int) -> None:
    kind = "pan" if axis == 0 else "tilt"
    at = [disc(frame)[axis] for frame in played(Movement(kind=kind, direction=direction, speed=0.1))]
    assert sign * (at[-1] - at[0]) > 0.12
    assert (
        abs(disc(played(Movement(kind=kind, direction=direction))[18])[1 - axis] - (0.5 if axis == 0 else 0.625)) < 0.06
    )


def test_movement_is_smooth_and_eased_and_a_static_camera_stands_still() -> None:
    eased = [window(Movement(kind="pan", direction="right", speed=0.1), t / 24, 2.0, 7).x for t in range(-12, 61)]
    steps = np.diff(eased)
    assert steps.min() >= 0
    assert steps[:8].max() < 0.2 * steps.max()
    assert np.abs(np.diff(steps)).max() < 0.15 * steps.max()
    still = played(Movement(kind="static"))
    assert all(np.array_equal(frame, still[0]) for frame in still)
    hand = [window(Movement(kind="handheld"), t / 24, 4.0, 7) for t in range(96)]
    assert 0.005 < np.ptp([one.x for one in hand]) < 0.05
    assert np.abs(np.diff([one.x for one in hand], 2)).max() < 0.0005
    other = [window(Movement(kind="handheld"), t / 24, 4.0, 8).x for t in range(96)]
    assert other != [one.x for one in hand]


@pytest.mark.parametrize("form", FORMATS)
def test_no_movement_ever_looks_past_the_picture_or_stretches_it(form: FormatName) -> None:
    for kind in ("static", "handheld", "pan", "tilt", "push", "pull", "track", "follow", "zoom", "orbit"):
        for direction in ("none", "left", "right", "up", "down", "in", "out"):
            movement = Movement(kind=kind, direction=direction, speed=3.0)
            for t in range(-12, 61, 6):
                seen = window(movement, t / 24, 2.0, 7)
                assert seen.zoom / 2 - 1e-9 <= seen.x <= 1 - seen.zoom / 2 + 1e-9
                assert seen.zoom / 2 - 1e-9 <= seen.y <= 1 - seen.zoom / 2 + 1e-9
    wide = disc_shape(next(iter(moved(decoded(picture_png(1024, 1024)), FORMATS[form], Movement(kind="static"), Fraction(1), 0, 1))))  # fmt: skip # noqa: E501
    assert wide == pytest.approx(1.0, abs=0.06)


def disc_shape(frame: np.ndarray) -> float:
    blue, green, red = (frame[:, :, index].astype(int) for index in range(3))
    ys, xs = np.nonzero((red > 150) & (green < 100) & (blue < 100))
    return float(np.ptp(xs) + 1) / float(np.ptp(ys) + 1)


# ---- sizes, failures ------------------------------------------------------------------------------------------------


def test_the_size_that_loses_least_is_asked_for() -> None:
    openai = ("1536x1024", "1024x1536", "1024x1024")
    assert nearest(openai, FORMATS["wide"]) == "1536x1024"
    assert nearest(openai, FORMATS["vertical"]) == "1024x1536"
    assert nearest(openai, FORMATS["square"]) == "1024x1024"
    assert nearest(("512x288", "1280x720", "1024x1024"), FORMATS["wide"]) == "1280x720"
    assert tool("http://127.0.0.1:9/v1", model="dall-e-3").info != tool("http://127.0.0.1:9/v1").info
    for wrong in ("1280x720", ["large"], ["1280 x 720"]):
        with pytest.raises(BackendUnavailable):
            tool("http://127.0.0.1:9/v1", sizes=wrong)


@pytest.mark.parametrize(
    ("reply", "raised"),
    [
        ("unauthorized", BackendUnavailable), ("no_model", BackendUnavailable), ("redirect", BackendUnavailable),
        ("elsewhere", BackendUnavailable), ("quota", BackendDown), ("rate_limited", TransientToolError),
        ("server_error", TransientToolError), ("hang", TransientToolError), ("refused", RequestRejected),
        ("black", RequestRejected), ("empty", MediaBroken), ("truncated", MediaBroken), ("html", MediaBroken),
        ("wrong_shape", MediaBroken),
    ],
)  # fmt: skip
def test_each_failure_has_its_class_and_a_sentence_without_the_key(
    tmp_path: Path, reply: Reply, raised: type[ToolError]
) -> None:
    kinds = ("url",) if reply == "elsewhere" else ("b64_json", "url")
    with serving(policy=always(reply), picture_kinds=kinds) as server:
        made = tool(server.base_url, {"base_url": server.base_url, "keys": {"openai": KEY}},
                    seconds=0.5 if reply == "hang" else 20)  # fmt: skip
        with pytest.raises(ToolError) as failed:
            made.render(request(), Call(into=tmp_path))
    assert type(failed.value) is raised
    assert KEY not in str(failed.value)
    assert "\n" not in str(failed.value)
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_picture_or_far_too_large_is_broken() -> None:
    from PIL import Image

    huge = io.BytesIO()
    Image.new("1", (9000, 9000)).save(huge, "PNG")
    gif = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(gif, "GIF")
    for content in (b"", b"<svg/>", huge.getvalue(), gif.getvalue(), picture_png(8, 8)):
        with pytest.raises(MediaBroken):
            decoded(content)
    assert decoded(picture_png(64, 64)).shape == (64, 64, 3)


def test_readiness_names_the_missing_key_or_model() -> None:
    with serving(models=("flux",)) as server:
        assert tool(server.base_url).readiness().ready
        assert "sdxl" in tool(server.base_url, model="sdxl").readiness().what
    keyless = registry.factory("video", "openai-images")(ToolSettings())
    assert isinstance(keyless, OpenAIImages)
    assert not keyless.readiness().ready
