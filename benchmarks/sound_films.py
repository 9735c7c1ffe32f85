"""Small films for the measurements of sound: made segments and stems through the real assembler."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from episodes.episode import Mix
from episodes.film_requests import AssembleRequest, MixRequest, PlacedSegment, PlacedSound
from episodes.format import FORMATS, SAMPLE_RATE
from episodes.results import AssembledFilm
from tools import ffmpeg
from tools.assembly import assembler
from tools.assembly.pcm import write_stereo
from tools.protocols import Call, Input, ToolSettings

Stereo = NDArray[np.float32]
"""Samples of two channels, shape (n, 2)."""

TRACKS = {"dialogue": "A1", "radio": "A2", "effects": "A3", "music": "A4"}


def encode_segment(folder: Path, frames: int, source: str, picture_filter: str = "null") -> Path:
    """Write `folder/segment.mp4` with so many frames of an ffmpeg test source, in the proof format's size and rate."""
    folder.mkdir(parents=True, exist_ok=True)
    ffmpeg.run(
        ["-f", "lavfi", "-i", source, "-vf", picture_filter, "-frames:v", str(frames), "-c:v", "libx264",
         "-preset", "veryfast", "-pix_fmt", "yuv420p", "-r", "12", "-g", "24", "-flags", "+cgop",
         "-fflags", "+bitexact", "-flags:v", "+bitexact+cgop", folder / "segment.mp4"]
    )  # fmt: skip
    return folder


def write_scene(
    folder: Path,
    seconds: Fraction,
    dialogue: Stereo | None = None,
    radio: Stereo | None = None,
    effects: Stereo | None = None,
    music: Stereo | None = None,
) -> Path:
    """Write the four stems of one scene, silent where none is given, each `seconds` long."""
    folder.mkdir(parents=True, exist_ok=True)
    silence = np.zeros((round(seconds * SAMPLE_RATE), 2), np.float32)
    for name, sound in (("dialogue", dialogue), ("radio", radio), ("effects", effects), ("music", music)):
        whole = silence.copy()
        if sound is not None:
            whole[: len(sound)] = sound[: len(whole)]
        write_stereo(folder / f"{name}.wav", iter([whole]))
    return folder


def assembled(
    segments: Sequence[tuple[Path, int]], scene: Path, into: Path, mix: Mix | None = None
) -> tuple[Path, AssembledFilm]:
    """Mix one scene's stems, join them with segments (folder and frames), and return the film and the facts."""
    sound, form = into / "mix", FORMATS["proof"]
    sound.mkdir(parents=True)
    tool = assembler.build(ToolSettings())
    heard = tool.mix(
        MixRequest(
            sounds=tuple(
                PlacedSound.model_validate({"input": "scene", "file": f"{name}.wav", "track": track, "at": 0})
                for name, track in TRACKS.items()
            ),
            mix=(mix or Mix()).levels,
            seconds=sum(frames for _, frames in segments) * form.frame,
        ),
        Call(into=sound, inputs={"scene": Input(scene)}),
    )
    inputs = {f"segment:{index}": Input(path) for index, (path, _) in enumerate(segments)}
    request = AssembleRequest(
        format=form,
        segments=tuple(PlacedSegment(input=f"segment:{n}", frames=frames) for n, (_, frames) in enumerate(segments)),
        title="Measured", show="Night Shift", season=1, number=1, summary="A measurement.", chapters=(),
    )  # fmt: skip
    result = tool.assemble(request, Call(into=into, inputs=inputs | {"mix": Input(sound, heard)}))
    return into / "film.mp4", result


def decoded_sound(film: Path) -> Stereo:
    """Return the film's sound as a player decodes it, at 48 kHz."""
    with ffmpeg.reading(
        [*ffmpeg.safe_input(film), "-map", "0:a:0", "-f", "f32le", "-ac", "2", "-ar", str(SAMPLE_RATE)]
    ) as pipe:
        return np.frombuffer(pipe.read(), "<f4").reshape(-1, 2)
