"""A whole film whose every line, cue and take came from models on this machine, tiny and random as they are."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from director.settings import HOME
from tests.local.conftest import Models
from tools import ffmpeg


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_film_is_spoken_played_and_shot_by_models_of_this_machine(models: Models, tmp_path: Path) -> None:
    (tmp_path / "director.toml").write_text(
        f"""
[backends]
voice = "bark"
music = "musicgen"
video = "wan"

[voice.bark]
model = "{models.bark}"
device = "cpu"
ear = "none"
tries = 1

[music.musicgen]
model = "{models.musicgen()}"
device = "cpu"

[video.diffusers]
model = "{models.video("wan")}"
device = "cpu"
size = "96x64"
steps = 1
"""
    )
    command = [sys.executable, str(HOME / "main.py"), "--theme", "a goose at the bank", "--format", "proof"]
    command += ["--minutes", "0.5", "--passes", "1", "--model", "none", "--out", str(tmp_path / "shows")]
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache"), "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=880)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    (film,) = (tmp_path / "shows").glob("*/Season 01/*.mp4")
    shown = ffmpeg.probe(film)
    assert (shown.width, shown.height, shown.has_audio) == (320, 180, True)
    assert shown.seconds > 10
    made = _made(tmp_path / "shows")
    assert made["speak"] == {"bark"}
    assert made["compose"] == {"musicgen"}
    # The film was cut as an animatic first; the takes that are in it are the model's.
    assert "wan" in made["render"]


def _made(shows: Path) -> dict[str, set[str]]:
    """Return which tools made what, by kind of task, out of the manifests beside the record."""
    found: dict[str, set[str]] = {}
    for file in shows.rglob("manifest.json"):
        manifest = json.loads(file.read_text())
        found.setdefault(manifest["kind"], set()).add(manifest["tool"])
    return found
