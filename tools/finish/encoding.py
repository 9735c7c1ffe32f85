"""How every segment is written, so that any two of a format can be joined by copying packets."""

from pathlib import Path

from episodes.format import Format

GOP_SECONDS = 2
"""Distance of key frames in seconds: short enough to seek, long enough to compress."""


def segment_arguments(form: Format, threads: int, into: Path) -> list[str]:
    """Return the ffmpeg arguments after the raw input that make one segment: H.264 High, yuv420p, BT.709, no sound.

    `stitchable` keeps the initial quantiser out of the picture parameter set, and level, references and B-frames are
    pinned, so that the headers of all segments of one format are the same bytes.
    """
    gop = GOP_SECONDS * form.fps
    return [
        "-an", "-vf", "scale=out_color_matrix=bt709:out_range=tv:flags=bilinear,format=yuv420p",
        "-c:v", "libx264", "-preset", "veryfast", "-crf", "21", "-profile:v", "high", "-level:v", "4.0",
        "-g", str(gop), "-keyint_min", str(gop), "-sc_threshold", "0", "-bf", "2", "-threads", str(max(1, threads)),
        "-x264-params", "stitchable=1:open-gop=0:scenecut=0:b-adapt=1:ref=2:sliced-threads=0",
        "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
        "-r", str(form.fps), "-fps_mode", "cfr", "-video_track_timescale", str(form.fps * 512),
        "-flags:v", "+bitexact", "-fflags", "+bitexact", "-map_metadata", "-1", "-movflags", "+faststart", str(into),
    ]  # fmt: skip
