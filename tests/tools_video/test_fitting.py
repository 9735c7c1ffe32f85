"""Any clip becomes the take that was asked for, or says in a sentence why it can't."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from episodes.errors import MediaBroken
from episodes.shots import Movement
from tests.tools_video.foreign_clips import CODECS, HANDLE, Image, ball, pictures, read, request, walk, write
from tools import ffmpeg
from tools.finish.takes import frames_of
from tools.video.clips import open_clip
from tools.video.fitting import fit

FPS = 12


def flat(value: int) -> Callable[[float], Image]:
    return lambda moment: np.full((64, 96, 3), value, np.uint8)


def places(folder: Path) -> list[float]:
    return [ball(frame) for frame in read(folder / "take.mp4")]


@pytest.mark.parametrize("kind", sorted(CODECS))
def test_a_clip_of_any_kind_becomes_a_take_of_the_formats_rate(kind: str, tmp_path: Path) -> None:
    clip = write(tmp_path / f"clip{kind}", pictures(3, 8), 8)
    take = fit(clip, request(), tmp_path)
    assert (take.frames, take.width, take.height, take.fps) == (24 + 2 * HANDLE, 96, 64, 12.0)
    assert len(read(tmp_path / "take.mp4")) == take.frames
    found = ffmpeg.probe(tmp_path / "take.mp4")
    assert (found.fps, found.has_audio) == (12.0, False)
    assert found.pixels.startswith("yuv420p(tv, smpte170m")


@pytest.mark.parametrize("kind", [".mp4", ".gif", ".webp"])
def test_missing_pictures_are_made_and_not_repeated(kind: str, tmp_path: Path) -> None:
    clip = write(tmp_path / f"clip{kind}", pictures(3, 8), 8)
    fit(clip, request(), tmp_path)
    steps = np.diff(places(tmp_path))
    assert steps.min() > 0.3 * np.median(steps)
    assert steps.max() < 1.8 * np.median(steps)


def test_a_clip_of_the_right_rate_keeps_its_own_pictures(tmp_path: Path) -> None:
    source = pictures(3, FPS)
    fit(write(tmp_path / "clip.mp4", source, FPS), request(), tmp_path)
    for number, frame in enumerate(read(tmp_path / "take.mp4")):
        unlike = [float(np.abs(frame.astype(int) - image).mean()) for image in source]
        assert int(np.argmin(unlike)) == number


def test_pictures_that_a_file_repeats_to_reach_its_rate_are_made_anew(tmp_path: Path) -> None:
    clip = write(tmp_path / "clip.mp4", [image for image in pictures(3, 8) for _ in range(3)], 24)
    assert open_clip(clip).fps == pytest.approx(8)
    fit(clip, request(), tmp_path)
    steps = np.diff(places(tmp_path))
    assert steps.min() > 0.3 * np.median(steps)


def test_somebody_who_pauses_is_no_repetition(tmp_path: Path) -> None:
    still = [walk(1.0)] * 10
    clip = write(tmp_path / "clip.mp4", [*pictures(1, FPS), *still, *pictures(1, FPS)], FPS)
    assert len(open_clip(clip).times) == 34


def test_a_longer_clip_begins_where_it_began_and_is_cut_at_its_end(tmp_path: Path) -> None:
    fit(write(tmp_path / "clip.mp4", pictures(3, FPS), FPS), request(1.0), tmp_path)
    shown = places(tmp_path)
    assert len(shown) == 18
    assert shown[0] == pytest.approx(ball(walk(0)), abs=0.02)
    assert shown[-1] == pytest.approx(ball(walk(17 / FPS)), abs=0.02)


def test_a_clip_that_is_a_bit_short_is_slowed_down_to_the_last_frame(tmp_path: Path) -> None:
    fit(write(tmp_path / "clip.mp4", pictures(1.75, FPS), FPS), request(), tmp_path)
    shown = places(tmp_path)
    assert len(shown) == 30
    assert shown[-1] == pytest.approx(ball(walk(20 / FPS)), abs=0.03)
    assert np.diff(shown)[:-2].min() > 0


def test_a_clip_that_is_too_short_for_its_handles_plays_them_back_to_front(tmp_path: Path) -> None:
    fit(write(tmp_path / "clip.mp4", pictures(1.5, FPS), FPS), request(), tmp_path)
    steps = np.diff(places(tmp_path))
    assert len(steps) + 1 == 30
    # 28 frames at 1.6 times the length, and one at either end that goes the way back.
    assert steps[0] < 0
    assert steps[-1] < 0
    assert steps[HANDLE:-HANDLE].min() > 0


def test_the_shot_itself_is_never_filled_up(tmp_path: Path) -> None:
    clip = write(tmp_path / "clip.mp4", pictures(1, FPS), FPS)
    with pytest.raises(MediaBroken, match=r"^The clip lasts 1\.0 s, but the shot needs 2\.0 s and 2\.5 s with its"):
        fit(clip, request(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]


@pytest.mark.parametrize(
    ("draw", "sentence"),
    [
        (flat(4), "The clip is black from start to end"),
        (flat(120), "The clip shows nothing but one colour"),
        (lambda moment: walk(1.0), "The clip stands still from start to end though the shot moves"),
    ],
)
def test_a_picture_of_nothing_is_refused(draw: Callable[[float], Image], sentence: str, tmp_path: Path) -> None:
    clip = write(tmp_path / "clip.mp4", pictures(3, 8, draw), 8)
    with pytest.raises(MediaBroken, match=f"^{sentence}"):
        fit(clip, request(), tmp_path)


def test_a_still_picture_will_do_where_nothing_moves(tmp_path: Path) -> None:
    clip = write(tmp_path / "clip.mp4", pictures(3, 8, lambda moment: walk(1.0)), 8)
    quiet = request(events=(), movement=Movement(kind="static"))
    assert fit(clip, quiet, tmp_path).frames == 30


def test_a_dark_picture_with_somebody_in_it_is_not_black(tmp_path: Path) -> None:
    clip = write(tmp_path / "clip.mp4", pictures(3, 8, lambda moment: walk(moment) // 3), 8)
    assert fit(clip, request(), tmp_path).frames == 30


@pytest.mark.parametrize("kind", [".mp4", ".webm", ".gif", ".webp"])
@pytest.mark.parametrize("share", [0.5, 0.85])
def test_half_a_file_is_refused(kind: str, share: float, tmp_path: Path) -> None:
    whole = write(tmp_path / f"whole{kind}", pictures(3, 8), 8).read_bytes()
    clip = tmp_path / f"clip{kind}"
    clip.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(MediaBroken, match=r"made again|make it again") as refused:
        fit(clip, request(), tmp_path)
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "take.mp4").exists()


def test_a_file_with_a_hole_in_it_is_refused(tmp_path: Path) -> None:
    noisy = np.random.default_rng(1).integers(0, 255, (24, 64, 96, 3), np.uint8)
    clip = write(tmp_path / "clip.mp4", list(noisy), 8)
    whole = bytearray(clip.read_bytes())
    middle = len(whole) // 2
    whole[middle : middle + 4000] = bytes(4000)
    clip.write_bytes(whole)
    with pytest.raises(MediaBroken, match="came back damaged"):
        fit(clip, request(), tmp_path)


HOSTILE = {
    "playlist": b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n",
    "list of files": b"ffconcat version 1.0\nfile /etc/hostname\n",
    "page": b"<!doctype html><title>429 Too Many Requests</title>",
    "nothing": b"",
    "noise": bytes(range(256)) * 40,
    "text": b"S01-01\n" * 400,
}


@pytest.mark.parametrize("what", sorted(HOSTILE))
def test_what_is_no_video_is_refused_in_a_sentence(what: str, tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(HOSTILE[what])
    with pytest.raises(MediaBroken, match=r"^What came back (is|holds) no [a-z ]+[^/\n]*$"):
        fit(clip, request(), tmp_path)


def test_a_single_picture_is_no_video(tmp_path: Path) -> None:
    clip = write(tmp_path / "clip.gif", [walk(0)], 8)
    with pytest.raises(MediaBroken, match="a single picture"):
        fit(clip, request(), tmp_path)


def test_sound_that_goes_on_longer_does_not_lengthen_the_clip(tmp_path: Path) -> None:
    silent = write(tmp_path / "silent.mp4", pictures(1, 8), 8)
    clip = tmp_path / "clip.mp4"
    tone = ["-f", "lavfi", "-i", "sine=d=4"]
    ffmpeg.run(["-i", silent, *tone, "-c:v", "copy", "-c:a", "aac", clip])
    assert ffmpeg.probe(clip).seconds > 3
    assert open_clip(clip).seconds == pytest.approx(1.0)


def test_odd_sizes_and_pixels_that_are_not_square_come_out_even_and_square(tmp_path: Path) -> None:
    source = [walk(number / 8, 90, 64) for number in range(24)]
    write(tmp_path / "clip.avi", source, 8)
    wide = tmp_path / "wide.mp4"
    ffmpeg.run(
        [
            "-i",
            tmp_path / "clip.avi",
            "-vf",
            "format=rgb24,crop=87:63:0:0,setsar=4/3",
            "-c:v",
            "ffv1",
            "-f",
            "matroska",
            wide,
        ]
    )
    take = fit(wide, request(), tmp_path)
    assert (take.width, take.height) == (116, 64)


@pytest.mark.parametrize(("rows", "columns"), [(12, 0), (0, 16)])
def test_black_bars_of_a_clip_are_cut_off(rows: int, columns: int, tmp_path: Path) -> None:
    source = pictures(3, 8)
    for frame in source:
        frame[: rows or 0] = frame[64 - rows :] = 0
        frame[:, : columns or 0] = frame[:, 96 - columns :] = 0
    take = fit(write(tmp_path / "clip.mp4", source, 8), request(), tmp_path)
    shown = np.stack(read(tmp_path / "take.mp4")).max(axis=(0, 3))
    assert take.height <= 64 - 2 * rows
    assert take.width <= 96 - 2 * columns
    assert take.width * take.height > 0.85 * (64 - 2 * rows) * (96 - 2 * columns)
    assert min(shown[0].mean(), shown[-1].mean(), shown[:, 0].mean(), shown[:, -1].mean()) > 50


def test_a_dark_edge_is_no_bar(tmp_path: Path) -> None:
    source = pictures(3, 8)
    for frame in source:
        frame[:20] = 0
    clip = open_clip(write(tmp_path / "clip.mp4", source, 8))
    assert (clip.width, clip.height) == (96, 64)


def test_somebody_in_the_light_of_a_torch_is_not_cropped_to_it(tmp_path: Path) -> None:
    def torch(moment: float) -> Image:
        frame = np.zeros((64, 96, 3), np.uint8)
        frame[18:46, 30:66] = walk(moment, 36, 28)
        across, down = np.meshgrid(np.arange(96) - 48, np.arange(64) - 32)
        frame[np.hypot(across, down) > 14] = 4
        return frame

    clip = open_clip(write(tmp_path / "clip.mp4", pictures(3, 8, torch), 8))
    assert (clip.width, clip.height) == (96, 64)


def test_an_absurdly_large_clip_is_made_smaller(tmp_path: Path) -> None:
    source = [walk(number / 2, 256, 64) for number in range(6)]
    clip = open_clip(write(tmp_path / "clip.mp4", source, 2), largest=128)
    assert (clip.width, clip.height) == (128, 32)
    assert next(clip.frames())[1].shape == (32, 128, 3)


def test_equal_clips_make_equal_takes_and_the_finish_can_read_them(tmp_path: Path) -> None:
    clip = write(tmp_path / "clip.webm", pictures(3, 8), 8)
    made = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        fit(clip, request(), tmp_path / name)
        made.append((tmp_path / name / "take.mp4").read_bytes())
    assert made[0] == made[1]
    asked = request()
    read_back = list(frames_of(tmp_path / "first" / "take.mp4", asked.format, HANDLE, 24, 1))
    assert len(read_back) == asked.format.frames(Fraction(2))
