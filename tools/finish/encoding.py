"""How every segment is written, so that any two of a format can be joined by copying packets."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from episodes.format import Format

GOP_SECONDS = 2
"""Distance of key frames in seconds: short enough to seek, long enough to compress."""

PIXELS = "yuv420p"
"""Layout of the raw frames that the encoder is given."""


def packed(frame: NDArray[np.uint8]) -> bytes:
    """Return a BGR frame as the encoder wants it: luma, then both chroma planes at half size, BT.601 in TV range."""
    return bytes(cv2.cvtColor(frame, cv2.COLOR_BGR2YUV_I420).data)


def segment_arguments(form: Format, threads: int, into: Path) -> list[str]:
    """Return the ffmpeg arguments after the raw yuv420p input that make one segment: H.264 High, no sound.

    `stitchable` keeps the initial quantiser out of the picture parameter set, and level, references and B-frames are
    pinned, so that the headers of all segments of one format are the same bytes. The preset is the fastest, with
    deblocking put back. Arithmetic coding would make files an eighth smaller and each frame a sixth slower to encode,
    and slower to decode where the film is measured. The matrix is BT.601's, which OpenCV
    converts to in a seventh of the time of any other, and every header says so.
    """
    gop = GOP_SECONDS * form.fps
    return [
        "-an", "-vf", "setparams=range=tv:colorspace=smpte170m:color_primaries=bt709:color_trc=bt709,format=yuv420p",
        "-c:v", "libx264", "-preset", "ultrafast", "-crf", "24", "-profile:v", "high", "-level:v", "4.0",
        "-g", str(gop), "-keyint_min", str(gop), "-sc_threshold", "0", "-bf", "0", "-threads", str(max(1, threads)),
        "-x264-params", "stitchable=1:open-gop=0:scenecut=0:ref=1:cabac=0:deblock=0,0:sliced-threads=0",
        "-colorspace", "smpte170m", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
        "-r", str(form.fps), "-fps_mode", "cfr", "-video_track_timescale", str(form.fps * 512),
        "-flags:v", "+bitexact", "-fflags", "+bitexact", "-map_metadata", "-1", "-movflags", "+faststart", str(into),
    ]  # fmt: skip


def take_arguments(fps: int, threads: int, into: Path) -> list[str]:
    """Return the ffmpeg arguments after the raw yuv420p input that make one take: H.264, no sound, hardly a loss.

    The matrix is BT.601's in TV range, as `packed` converts, and the file says so: conform then converts nothing.
    """
    return [
        "-an", "-c:v", "libx264", "-preset", "ultrafast", "-qp", "16", "-pix_fmt", "yuv420p", "-g", str(fps),
        "-colorspace", "smpte170m", "-color_primaries", "smpte170m", "-color_trc", "smpte170m",
        "-color_range", "tv",
        "-threads", str(threads), "-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1", str(into),
    ]  # fmt: skip
