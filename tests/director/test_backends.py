"""`python main.py backends`: what there is, what it lacks, and whether it works."""

from pathlib import Path

import pytest

from director import backends
from director.settings import Settings
from episodes.errors import BackendDown, InputRefused
from main import main
from tools import ffmpeg

MOODY = "tests.fakes.moody"


def settings(folder: Path, mood: str = "ok", **more: object) -> Settings:
    table = {"mood": mood, "log": str(folder / "calls")}
    return Settings.model_validate({"cache": folder, "options": {"music": table, "video": table}, **more})


def test_every_back_end_is_listed_with_a_mark_for_those_in_use(tmp_path: Path) -> None:
    rows = backends.listed(settings(tmp_path, backends={"music": f"{MOODY}:music"}))
    used = {row.kind: row.name for row in rows if row.in_use}
    assert used["music"] == f"{MOODY}:music"
    assert used["video"] == "embedded"
    assert {"espeak", "flite", "piper"} <= {row.name for row in rows if row.kind == "voice"}
    assert all(row.what.endswith((".", ")")) for row in rows)


def test_what_is_missing_is_said_with_the_way_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    rows = {row.name: row for row in backends.listed(settings(tmp_path)) if row.kind == "voice"}
    assert not rows["flite"].ready
    assert "apt-get install flite" in rows["flite"].what
    assert rows["espeak"].ready


def test_a_back_end_that_can_not_be_loaded_is_no_reason_to_fail(tmp_path: Path) -> None:
    rows = backends.listed(settings(tmp_path, backends={"music": "nowhere:build"}))
    (row,) = [row for row in rows if row.in_use and row.kind == "music"]
    assert not row.ready
    assert "nowhere" in row.what


@pytest.mark.parametrize(("kind", "name"), [("video", "embedded"), ("voice", "espeak"), ("music", "embedded")])
def test_a_check_makes_one_tiny_piece_and_leaves_it(kind: backends.BackendKind, name: str, tmp_path: Path) -> None:
    found = backends.check(settings(tmp_path), kind, name)
    assert ffmpeg.probe(Path(found.file)).seconds > 0.5
    assert sorted(path.suffix for path in (tmp_path / "checks").iterdir()) == [Path(found.file).suffix]


def test_a_camera_that_wants_a_start_image_is_given_the_animatics(tmp_path: Path) -> None:
    chosen = settings(tmp_path, options={"video": {"log": str(tmp_path / "calls"), "start": "yes"}})
    assert "128×72" in backends.check(chosen, "video", f"{MOODY}:video").what


def test_what_is_down_says_so(tmp_path: Path) -> None:
    with pytest.raises(BackendDown, match="paused"):
        backends.check(settings(tmp_path, "down"), "music", f"{MOODY}:music")


def test_a_name_of_several_kinds_must_be_made_clear() -> None:
    with pytest.raises(InputRefused, match="--kind video or --kind music"):
        backends.kind_of("embedded")
    assert backends.kind_of("embedded", "music") == "music"
    assert backends.kind_of("somebody/some-space") == "video"
    with pytest.raises(InputRefused, match="There is no back end 'zoom'"):
        backends.kind_of("zoom")


def test_the_command_line_lists_checks_and_refuses(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["backends"]) == 0
    assert "* video    embedded" in capsys.readouterr().out
    assert main(["backends", "check", "espeak"]) == 0
    assert "espeak works: " in capsys.readouterr().out
    assert main(["backends", "describe", "espeak"]) == 0
    assert main(["backends", "check", "zoom"]) == 2
    assert "There is no back end" in capsys.readouterr().err
    with pytest.raises(SystemExit) as exit_of:
        main(["backends", "check"])
    assert exit_of.value.code == 2
