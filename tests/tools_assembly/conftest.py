"""Short test media: encoded once for the whole run, with the parameters that all real segments share."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from episodes.episode import Mix
from episodes.film_requests import AssembleRequest, MixRequest, PlacedSegment, PlacedSound
from episodes.format import FORMATS
from episodes.results import AssembledFilm, MixedSound
from tools import ffmpeg
from tools.assembly.assembler import build
from tools.assembly.pcm import write_stereo
from tools.protocols import Call, Input, ToolSettings

PROOF = FORMATS["proof"]
RATE = 48_000


def encode_segment(folder: Path, frames: int, source: str, picture_filter: str = "null") -> Path:
    """Write `folder/segment.mp4` with so many frames of an ffmpeg test source."""
    folder.mkdir(parents=True, exist_ok=True)
    ffmpeg.run(
        ["-f", "lavfi", "-i", source, "-vf", picture_filter, "-frames:v", str(frames), "-c:v", "libx264",
         "-preset", "veryfast", "-pix_fmt", "yuv420p", "-r", "12", "-g", "24", "-flags", "+cgop",
         "-fflags", "+bitexact", "-flags:v", "+bitexact+cgop", folder / "segment.mp4"]
    )  # fmt: skip
    return folder


def speech_like(seconds: float, seed: int, level: float = 0.1) -> np.ndarray:
    """Return bursts of shaped noise, three a second with pauses, on both channels."""
    rng = np.random.default_rng(seed)
    count = round(seconds * RATE)
    time = np.arange(count) / RATE
    noise = np.convolve(rng.normal(size=count), np.hanning(24) / 12, "same")
    syllables = np.clip(np.sin(2 * np.pi * 3 * time), 0, 1) * (np.sin(2 * np.pi * 0.4 * time) > -0.3)
    return np.repeat((noise * syllables * level)[:, None], 2, axis=1).astype(np.float32)


def write_sound(folder: Path, **stems: np.ndarray) -> Path:
    """Write `<name>.wav` for each stem given."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, sound in stems.items():
        write_stereo(folder / f"{name}.wav", iter([sound]))
    return folder


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a moving segment of 30 frames."""
    return encode_segment(tmp_path_factory.mktemp("pattern"), 30, "testsrc2=size=320x180:rate=12")


@pytest.fixture(scope="session")
def flash(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a segment of 7 frames, whose first is white and whose others are nearly black."""
    source = "color=black:size=320x180:rate=12"
    white = "drawbox=w=iw:h=ih:t=fill:color=white:enable=eq(n\\,0)"
    return encode_segment(tmp_path_factory.mktemp("flash"), 7, source, white)


@pytest.fixture
def make_segment() -> Callable[..., Path]:
    """Give the function that encodes a segment."""
    return encode_segment


@pytest.fixture
def talk() -> Callable[..., np.ndarray]:
    """Give the function that makes something like speech."""
    return speech_like


@pytest.fixture
def make_sound() -> Callable[..., Path]:
    """Give the function that writes stems."""
    return write_sound


@pytest.fixture
def place() -> Callable[..., PlacedSound]:
    """Give the function that places one stem of the input `scene`."""

    def placed(file: str, track: str, at: object = 0, fade: object = 0) -> PlacedSound:
        return PlacedSound.model_validate(
            {"input": "scene", "file": f"{file}.wav", "track": track, "at": at, "fade_in": fade, "fade_out": fade}
        )

    return placed


@dataclass(frozen=True)
class Made:
    """What was made of a film: what is known of it and of its sound, and where the sound lies with its stems."""

    film: AssembledFilm
    mix: MixedSound
    sound: Path


@pytest.fixture
def film(tmp_path: Path) -> Callable[..., tuple[Path, Made]]:
    """Give the function that mixes and assembles a film in a new folder; its sound lies in another one."""

    def assemble(
        segments: list[tuple[Path, int]],
        scene: Path | None = None,
        placed: tuple[PlacedSound, ...] = (),
        folder: str = "film",
        mix: Mix | None = None,
        **fields: object,
    ) -> tuple[Path, Made]:
        into, sound, tool = tmp_path / folder, tmp_path / f"{folder} sound", build(ToolSettings())
        into.mkdir()
        sound.mkdir()
        seconds = sum(frames for _, frames in segments) * PROOF.frame or fields.get("seconds")
        wanted = {"sounds": placed, "mix": (mix or Mix()).levels, "seconds": seconds}
        inputs = {"scene": Input(scene)} if scene else {}
        heard = tool.mix(MixRequest.model_validate(wanted), Call(into=sound, inputs=inputs))
        inputs = {f"segment:{index}": Input(path) for index, (path, _) in enumerate(segments)}
        given = {
            "format": PROOF,
            "segments": [PlacedSegment(input=f"segment:{i}", frames=frames) for i, (_, frames) in enumerate(segments)],
            "title": "Glazed and Confused", "show": "Night Shift", "season": 1,
            "number": 1, "summary": "A raccoon, a doughnut shop.", "chapters": (), **fields,
        }  # fmt: skip
        call = Call(into=into, inputs=inputs | {"mix": Input(sound, heard)})
        return into, Made(tool.assemble(AssembleRequest.model_validate(given), call), heard, sound)

    return assemble
