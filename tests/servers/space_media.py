"""Media as an app gives it, well made or spoiled: films by ffmpeg and numpy, sound as files."""

import os
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from tests.servers.space_moods import Deed

SCENES = "TENFOUR_TEST_SCENES"
"""Set to have streets filmed in place of test pictures, for whoever looks at the result."""


def film(
    deed: Deed,
    *,
    frames: int,
    fps: float,
    width: int,
    height: int,
    seed: int = 0,
    picture: Path | None = None,
) -> str | None:
    """Return a film as an app makes it: a moving test picture in a colour of its seed, or a picture's slow zoom."""
    if deed == "no_media":
        return None
    out = Path(tempfile.mkdtemp(prefix="app-")) / "film.mp4"
    if deed == "not_media":
        out.write_text("<html>502 Bad Gateway</html>")
        return str(out)
    frames = max(frames // 8, 1) if deed == "wrong_length" else frames
    width, height = max(int(width) // 2, 8) * 2, max(int(height) // 2, 8) * 2
    if deed == "black":
        source = ["-f", "lavfi", "-i", f"color=black:size={width}x{height}:rate={fps}"]
    elif picture is not None:
        zoom = f"scale={width}:{height},setsar=1,zoompan=z='1+on/300':d=1:s={width}x{height}:fps={fps}"
        source = ["-loop", "1", "-framerate", str(fps), "-i", str(picture), "-vf", zoom]
    elif os.environ.get(SCENES):
        _street(out, frames=frames, fps=fps, width=4 * width, height=4 * height, seed=seed)
        return _spoiled(out, deed)
    else:
        source = ["-f", "lavfi", "-i", f"testsrc2=size={width}x{height}:rate={fps}", "-vf", f"hue=h={seed % 360}"]
    _ffmpeg(
        *source, "-frames:v", str(frames), "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", str(out)
    )
    return _spoiled(out, deed)


def _street(out: Path, *, frames: int, fps: float, width: int, height: int, seed: int) -> None:
    """Write what text-to-video models like to give: a bright street in colours of the seed, somebody who walks by."""
    from tools.ffmpeg import writing_frames

    chance = np.random.default_rng(seed)
    down, across = np.mgrid[0:height, 0:width] / np.array([height, width])[:, None, None]
    sky = np.where(
        down[..., None] < 0.5, [235, 205, 150] + 60 * down[..., None], [110, 120, 125] + 60 * down[..., None]
    )
    for left in np.arange(-0.1, 1.0, 0.17):
        roof, colour = chance.uniform(0.1, 0.35), chance.uniform(70, 230, 3)
        house = (across > left) & (across < left + 0.16) & (down > roof) & (down < 0.55)
        sky[house] = colour
        sky[house & ((across - left) % 0.05 > 0.03) & ((down - roof) % 0.1 > 0.05)] = [160, 220, 250]
    coat, start, pace = chance.uniform(20, 220, 3), chance.uniform(0.1, 0.6), chance.choice([-0.12, 0.12])
    coding = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", str(out)]
    with writing_frames(width, height, round(fps), "bgr24", coding) as pipe:
        for number in range(frames):
            picture, at = sky.copy(), start + pace * number / fps
            step = 0.03 * np.sin(2 * np.pi * 1.6 * number / fps)
            picture[(abs(across - at) < 0.05) & (down > 0.42) & (down < 0.72)] = coat
            for leg in (step, -step):
                picture[(abs(across - at - leg) < 0.015) & (down > 0.7) & (down < 0.9)] = coat / 2
            picture[((across - at) * 1.78) ** 2 + (down - 0.36) ** 2 < 0.004] = [150, 185, 230]
            pipe.write(np.clip(picture, 0, 255).astype(np.uint8).tobytes())


def refilmed(deed: Deed, clip: str, filters: str) -> str | None:
    """Return a clip with filters over it."""
    if deed == "no_media":
        return None
    out = Path(tempfile.mkdtemp(prefix="app-")) / "film.mp4"
    if deed == "not_media":
        out.write_text("<html>502 Bad Gateway</html>")
        return str(out)
    filters += {"black": ",eq=brightness=-1", "wrong_length": ",trim=end_frame=2"}.get(deed, "")
    _ffmpeg("-i", clip, "-an", "-vf", f"{filters},format=yuv420p", "-c:v", "libx264", "-preset", "ultrafast", str(out))
    return _spoiled(out, deed)


def sound(deed: Deed, samples: "np.ndarray", rate: int) -> str | None:
    """Return sound as a file, as an app gives it."""
    from tools.sound import wav

    if deed == "no_media":
        return None
    out = Path(tempfile.mkdtemp(prefix="app-")) / "sound.wav"
    if deed == "not_media":
        out.write_text("<html>502 Bad Gateway</html>")
        return str(out)
    samples = samples * 0 if deed == "black" else samples
    wav.write(out, samples.astype(np.float32), rate)
    return _spoiled(out, deed)


def _spoiled(out: Path, deed: Deed) -> str:
    if deed == "half_file":
        raw = out.read_bytes()
        out.write_bytes(raw[: len(raw) // 2])
    return str(out)


def _ffmpeg(*arguments: str) -> None:
    from tools.ffmpeg import executable

    subprocess.run([executable(), "-v", "error", "-y", *arguments], check=True, timeout=60, stdin=subprocess.DEVNULL)
