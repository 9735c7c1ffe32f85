"""A call that was submitted is taken up again after a crash, and made anew only where it is really gone."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from episodes.errors import MediaBroken
from tests.servers.space_apps import BUILDERS
from tests.servers.space_moods import always, in_turn
from tests.servers.spaces import App, served, space
from tests.tools_spaces.asking import call, camera, take

ROOT = Path(__file__).parents[2]

_ONE_TAKE = """
import sys, os, signal, time
from pathlib import Path
from tests.tools_spaces.asking import call, camera, take

url, home, into, note, where = sys.argv[1:]

def remember(remote_id):
    with open(note, "a") as file:
        file.write(remote_id + "\\n")
        file.flush()
        os.fsync(file.fileno())
    if where == "submitted" or (where == "answered" and '"answer":[' in remote_id):
        os.kill(os.getpid(), signal.SIGKILL)

camera(url, Path(home)).render(take(), call(Path(into), remember))
"""


@pytest.fixture(scope="module")
def app() -> Iterator[App]:
    with space("zeroscope") as running:
        yield running


def run_until(where: str, app: App, folder: Path) -> str:
    """Ask for a take in a process of its own that dies at a point; return what it had remembered."""
    note = folder / "remembered"
    process = subprocess.Popen(
        [sys.executable, "-c", _ONE_TAKE, app.url, str(folder / "home"), str(folder / "dead"), str(note), where],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    if where == "waiting":
        while not note.exists() or not note.read_text().strip() or not app.worked:
            time.sleep(0.05)
        time.sleep(0.3)
        process.send_signal(signal.SIGKILL)
    assert process.wait(60) == -signal.SIGKILL
    return note.read_text().strip().splitlines()[-1]


@pytest.mark.parametrize("where", ["submitted", "answered", "waiting"])
def test_a_call_whose_asker_died_is_not_made_twice(app: App, tmp_path: Path, where: str) -> None:
    app.reset(always("slow" if where == "waiting" else "ok"))
    remote_id = run_until(where, app, tmp_path)
    assert app.calls == 1
    made = camera(app.url, tmp_path / "home").render(take(), call(tmp_path / "take", remote_id=remote_id))
    assert made.frames == 36
    assert app.calls == 1
    assert len(app.worked) == 1


def test_what_is_remembered_names_the_call_and_no_secret(app: App, tmp_path: Path) -> None:
    app.reset()
    told: list[str] = []
    camera(app.url, tmp_path / "home", token="hf_canary").render(take(), call(tmp_path / "take", told.append))
    first, last = (json.loads(each) for each in (told[0], told[-1]))
    assert first["event"] == last["event"]
    assert first["answer"] is None
    assert last["answer"]
    assert "hf_canary" not in "".join(told)


def test_a_call_that_failed_is_made_anew(app: App, tmp_path: Path) -> None:
    app.reset(in_turn("half_file"))
    told: list[str] = []
    tool = camera(app.url, tmp_path / "home")
    with pytest.raises(MediaBroken):
        tool.render(take(), call(tmp_path / "take", told.append))
    made = tool.render(take(), call(tmp_path / "take", told.append, remote_id=told[-1]))
    assert made.frames == 36
    assert app.calls == 2


def test_a_call_of_an_app_that_was_restarted_is_made_anew_once(tmp_path: Path) -> None:
    first = App(kind="zeroscope")
    with served(first, BUILDERS["zeroscope"]):
        port = int(first.url.rpartition(":")[2])
        remote_id = run_until("submitted", first, tmp_path)
    second = App(kind="zeroscope")
    with served(second, BUILDERS["zeroscope"], port=port):
        made = camera(second.url, tmp_path / "home").render(take(), call(tmp_path / "take", remote_id=remote_id))
        assert made.frames == 36
        assert second.calls == 1


@pytest.mark.parametrize("remote_id", ["", "job-17", '{"space": "elsewhere/film"}', "{"])
def test_what_another_tool_remembered_is_not_asked_for(app: App, tmp_path: Path, remote_id: str) -> None:
    app.reset()
    made = camera(app.url, tmp_path / "home").render(take(), call(tmp_path / "take", remote_id=remote_id))
    assert made.frames == 36
    assert app.calls == 1
