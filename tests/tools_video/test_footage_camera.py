"""Takes cut from the person's footage: exactly the stretch that was asked for, filling the frame, and silent."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from episodes.errors import BackendUnavailable, MediaBroken
from episodes.footage import FootageCut
from episodes.format import FORMATS, HANDLE_FRAMES
from episodes.requests import RenderRequest
from tests.footage_clips import WORLD, film, shot
from tools import ffmpeg, registry
from tools.protocols import Call, Input, ToolSettings
from tools.shelf import file_hash
from tools.video.footage import FootageCamera

PROOF = FORMATS["proof"]


def bands(path: Path, seconds: int = 6, size: str = "320x180", fps: int = 12) -> Path:
    """Write a clip whose brightness tells the second: 20 more code values each."""
    ffmpeg.run(
        ["-f", "lavfi", "-i", f"nullsrc=s={size}:r={fps}:d={seconds}", "-vf",
         "geq=lum='30+20*floor(T)+mod(X\\,8)':cb=128:cr=128", "-c:v", "libx264", "-qp", "1", "-preset", "ultrafast",
         "-pix_fmt", "yuv420p", path]
    )  # fmt: skip
    return path


def asked(path: Path, at: str, seconds: str, **update: object) -> RenderRequest:
    handles = 2 * HANDLE_FRAMES * PROOF.frame
    cut = FootageCut(name="clip", digest=file_hash(path), form="mov", at=at, seconds=Fraction(seconds) + handles)
    request = RenderRequest(
        shot=shot(seconds=Fraction(seconds)), world=WORLD, format=PROOF, seed=1, handle_frames=HANDLE_FRAMES, own=cut
    )
    return request.model_copy(update={"own": cut.model_copy(update=update)})


def made(path: Path, request: RenderRequest, into: Path) -> tuple[np.ndarray, ffmpeg.Probe]:
    into.mkdir(exist_ok=True)
    call = Call(into=into, inputs={"own:clip": Input(folder=path)})
    take = FootageCamera(ToolSettings(name="footage")).render(request, call)
    assert [file.name for file in into.iterdir()] == [take.file]
    with ffmpeg.reading(["-i", into / take.file, "-pix_fmt", "gray", "-f", "rawvideo"]) as pipe:
        frames = np.frombuffer(pipe.read(), np.uint8).reshape(-1, take.height, take.width)
    assert len(frames) == take.frames
    return frames, ffmpeg.probe(into / take.file)


def seconds_seen(frames: np.ndarray) -> list[int]:
    """Return which second of the clip each frame shows."""
    return [round((float(frame.mean()) - 33.5) / 20) for frame in frames]


def test_a_take_is_the_asked_stretch_with_its_handles_and_nothing_before_or_after(tmp_path: Path) -> None:
    clip = bands(tmp_path / "clip.mp4")
    frames, said = made(clip, asked(clip, "2", "1"), tmp_path / "out")
    assert len(frames) == 12 + 2 * HANDLE_FRAMES
    assert seconds_seen(frames) == [2] * 12 + [3] * 12 + [4] * 12
    assert (said.width, said.height, said.fps) == (320, 180, 12.0)
    assert not said.has_audio


def test_backwards_is_the_same_stretch_from_its_end(tmp_path: Path) -> None:
    clip = bands(tmp_path / "clip.mp4")
    frames, _ = made(clip, asked(clip, "2", "1", reversed=True), tmp_path / "out")
    assert seconds_seen(frames) == [4] * 12 + [3] * 12 + [2] * 12


@pytest.mark.parametrize(("size", "fps"), [("90x160", 12), ("160x120", 30), ("640x360", 25), ("322x178", 24)])
def test_any_size_and_rate_fills_the_frame_without_bars(tmp_path: Path, size: str, fps: int) -> None:
    clip = film(tmp_path / "clip.mp4", 3.2, size, fps, source="testsrc2")
    frames, said = made(clip, asked(clip, "0", "1"), tmp_path / "out")
    assert len(frames) == 36
    assert (said.width, said.height) == (320, 180)
    edges = (frames[:, :, :2], frames[:, :, -2:], frames[:, :2], frames[:, -2:])
    assert all(edge.astype(float).std() > 3 for edge in edges)


def test_the_same_request_gives_the_same_bytes(tmp_path: Path) -> None:
    clip = bands(tmp_path / "clip.mp4", 4)
    for name in ("one", "two"):
        made(clip, asked(clip, "0", "1"), tmp_path / name)
    assert (tmp_path / "one" / "take.mp4").read_bytes() == (tmp_path / "two" / "take.mp4").read_bytes()


def test_a_picture_that_stands_still_is_the_persons_affair(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    ffmpeg.run(["-f", "lavfi", "-i", "smptebars=s=320x180:r=12:d=4", "-c:v", "mpeg4", clip])
    frames, _ = made(clip, asked(clip, "0", "1"), tmp_path / "out")
    assert len(frames) == 36


def test_a_clip_that_was_changed_or_taken_away_meanwhile_is_told_in_one_sentence(tmp_path: Path) -> None:
    clip = film(tmp_path / "clip.mp4")
    request = asked(clip, "0", "1/2")
    clip.write_bytes(clip.read_bytes() + b"x")
    with pytest.raises(BackendUnavailable, match="was changed meanwhile: run the same command again"):
        made(clip, request, tmp_path / "out")
    clip.unlink()
    with pytest.raises(BackendUnavailable, match="is gone from the folder of footage"):
        made(clip, request, tmp_path / "out")
    assert not any((tmp_path / "out").iterdir())


def test_a_clip_that_breaks_off_is_broken_media_and_leaves_nothing(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(film(tmp_path / "whole.mp4").read_bytes()[:2000])
    with pytest.raises(MediaBroken):
        made(clip, asked(clip, "0", "1/2"), tmp_path / "out")
    assert not any((tmp_path / "out").iterdir())


def test_a_shot_without_a_clip_is_none_of_its_work(tmp_path: Path) -> None:
    clip = film(tmp_path / "clip.mp4")
    request = asked(clip, "0", "1/2").model_copy(update={"own": None})
    with pytest.raises(BackendUnavailable, match="name another video back end"):
        made(clip, request, tmp_path / "out")


def test_it_is_known_by_name_and_always_ready() -> None:
    tool = registry.factory("video", "footage")(ToolSettings(name="footage"))
    assert tool.info.name == "own-footage"
    assert not tool.info.outside
    assert tool.readiness().ready  # type: ignore[attr-defined]
