"""The only module that starts ffmpeg: argument lists, never shell strings, and never a protocol but files and pipes."""

import contextlib
import fcntl
import functools
import re
import subprocess
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

import imageio_ffmpeg

from episodes.errors import BackendUnavailable, MediaBroken, OutOfSpace
from episodes.value import Value

_PIPE_BYTES = 1 << 20
_SAFE_INPUT = ("-protocol_whitelist", "file,pipe,fd")


@functools.cache
def executable() -> str:
    """Return the path of the ffmpeg that came with the wheel. Raises `BackendUnavailable` when there is none."""
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise BackendUnavailable(
            "No ffmpeg was found: reinstall the requirements, or set IMAGEIO_FFMPEG_EXE to one."
        ) from error


def run(arguments: Sequence[str | Path], *, stdin: bytes | None = None, timeout: float | None = 600) -> str:
    """Run ffmpeg to its end and return what it wrote to standard error.

    Raises `MediaBroken` with the last lines of that when it fails or takes longer than `timeout` seconds, and
    `OutOfSpace` when the disk was full.
    """
    command = [executable(), "-hide_banner", "-nostdin", "-y", *map(str, arguments)]
    try:
        done = subprocess.run(command, input=stdin, capture_output=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired as error:
        raise MediaBroken(f"ffmpeg took longer than {timeout:.0f} s and was stopped.") from error
    report = done.stderr.decode(errors="replace")
    if done.returncode:
        raise failure(report)
    return report


def failure(report: str) -> MediaBroken | OutOfSpace:
    """Return the exception that tells what ffmpeg's report says."""
    if "No space left on device" in report:
        return OutOfSpace("The disk is full: free some room and run the same command again; finished work is kept.")
    tail = " / ".join(line.strip() for line in report.strip().splitlines()[-3:])
    return MediaBroken(f"ffmpeg failed: {tail[-500:]}")


def safe_input(path: Path) -> list[str]:
    """Return the arguments that open `path` as an input and let it open no other thing but files."""
    return [*_SAFE_INPUT, "-i", str(path)]


@contextlib.contextmanager
def writing_frames(
    width: int, height: int, fps: int, pixel_format: str, output: Sequence[str | Path]
) -> Iterator[IO[bytes]]:
    """Open an ffmpeg that takes raw frames; yield the pipe to write them to.

    `output` are the arguments after the input: encoder options and the file. Raises `MediaBroken` or `OutOfSpace`
    when the encoder fails.
    """
    command = [
        executable(), "-hide_banner", "-nostdin", "-y", "-loglevel", "error",
        "-f", "rawvideo", "-pix_fmt", pixel_format, "-s", f"{width}x{height}", "-r", str(fps), "-i", "pipe:0",
        *map(str, output),
    ]  # fmt: skip
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stderr is not None
    _widen(process.stdin)
    report: list[bytes] = []
    drain = threading.Thread(target=lambda: report.append(process.stderr.read()), daemon=True)  # type: ignore[union-attr]
    drain.start()
    try:
        yield process.stdin
        process.stdin.close()
    except BrokenPipeError:
        pass
    except BaseException:
        process.kill()
        raise
    finally:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        code = process.wait()
        drain.join()
        process.stderr.close()
    if code:
        raise failure(b"".join(report).decode(errors="replace"))


@contextlib.contextmanager
def reading(arguments: Sequence[str | Path]) -> Iterator[IO[bytes]]:
    """Run ffmpeg with these arguments plus `pipe:1` as output; yield the pipe that its output is read from."""
    command = [executable(), "-hide_banner", "-nostdin", "-loglevel", "error", *map(str, arguments), "pipe:1"]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    _widen(process.stdout)
    try:
        yield process.stdout
    finally:
        process.stdout.close()
        process.kill()
        process.wait()


def _widen(pipe: IO[bytes]) -> None:
    """Let a pipe hold most of a frame, so that the two ends need not take turns twenty times for each.

    Linux gives 64 KiB, and up to 1 MiB to whoever asks; where nobody can be asked, the pipe stays as it is.
    """
    with contextlib.suppress(OSError, AttributeError):
        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


class Probe(Value):
    """What a media file says of itself."""

    seconds: float
    width: int = 0
    """0 without picture."""
    height: int = 0
    fps: float = 0.0
    pixels: str = ""
    """Layout, range and colour matrix of the picture, as ffmpeg writes them: `yuv420p(tv, bt709, progressive)`."""
    has_audio: bool = False
    has_subtitles: bool = False


def probe(path: Path, reader: str = "") -> Probe:
    """Read a media file's header with `ffmpeg -i`, by the one `reader` that is named where one is.

    Raises `MediaBroken` when it is none.
    """
    only = ["-format_whitelist", reader, "-f", reader] if reader else []
    command = [executable(), "-hide_banner", "-nostdin", *only, *safe_input(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    except subprocess.TimeoutExpired as error:
        raise MediaBroken(f"{path.name!r} could not be opened within a minute.") from error
    report = done.stderr.decode(errors="replace")
    if not re.search(r"^Input #0", report, re.M):
        raise failure(report)
    length = re.search(r"Duration: (\d+):(\d+):(\d+(?:\.\d+)?)", report)
    seconds = (
        sum(float(part) * scale for part, scale in zip(length.groups(), (3600, 60, 1), strict=True)) if length else 0.0
    )
    video = re.search(r"Stream #.*Video:.*?(\d{2,5})x(\d{2,5})", report)
    pixels = re.search(r"Video: [^,]*, (\w+(?:\([^)]*\))?)", report)
    rate = re.search(r"Video:.*?([\d.]+) fps", report)
    return Probe(
        seconds=seconds,
        width=int(video.group(1)) if video else 0,
        height=int(video.group(2)) if video else 0,
        fps=float(rate.group(1)) if rate else 0.0,
        pixels=pixels.group(1) if pixels else "",
        has_audio=bool(re.search(r"Stream #.*Audio:", report)),
        has_subtitles=bool(re.search(r"Stream #.*Subtitle:", report)),
    )
