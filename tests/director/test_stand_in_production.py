"""A whole production over back ends that fail: it ends, says so everywhere, and asks again when it is told to."""

import json
from pathlib import Path

import pytest

from episodes.store import read_head
from tests.studio import KINDS, Lot

pytestmark = [pytest.mark.xdist_group("stand-ins"), pytest.mark.timeout(300)]


def moody_lot(folder: Path) -> Lot:
    lot = Lot(folder, {"TENFOUR_CHEAP": "1"}, "a goose locks itself in the mayor's car")
    names = {kind: f"counted:{kind}" for kind in KINDS} | {"music": "moody:music", "animatic": "counted:video"}
    lines = ["passes = 1", "patience = 0.0", "[backends]", 'video = ["moody:video", "moody:second"]']
    lines += [f'{kind} = "{name}"' for kind, name in names.items() if kind != "video"]
    for kind in ("music", "video"):
        lines += [f"[{kind}]", f'log = "{folder / kind}.log"', f'mood = "{{{kind}}}"']
    (folder / "toml").write_text("\n".join([*lines, ""]))
    return lot


def moods(lot: Lot, *, music: str, video: str) -> None:
    text = (lot.folder / "toml").read_text()
    (lot.folder / "director.toml").write_text(text.replace("{music}", music).replace("{video}", video))


@pytest.fixture(scope="module")
def lot(tmp_path_factory: pytest.TempPathFactory) -> Lot:
    lot = moody_lot(tmp_path_factory.mktemp("moody"))
    moods(lot, music="down", video="ok,refuses,ok")
    done = lot.run("--minutes", "0.5")
    assert done.returncode == 0, done.stderr[-3000:]
    return lot


def test_it_ends_and_its_record_names_every_stand_in(lot: Lot) -> None:
    head = read_head(lot.record())
    assert lot.film().exists()
    cues = [one for one in head.stood_in if one.kind == "compose"]
    assert {(one.wanted, one.by) for one in cues} == {("moody-music", "embedded-music")}
    assert len(cues) == sum(made.kind == "compose" for made in head.made)
    reworded = [one for one in head.stood_in if one.kind == "render"]
    assert [(one.wanted, one.by, bool(one.lost)) for one in reworded] == [("moody-video", "moody-video", True)]
    tools = {made.tool for made in head.made if made.kind in ("render", "compose")}
    assert tools == {"moody-video", "moody-second", "embedded-music"}


def test_the_closing_words_and_the_films_metadata_say_so(lot: Lot) -> None:
    closing = (lot.folder / "out.txt").read_text()
    assert "made by embedded-music, as moody-music did not deliver" in closing
    assert "--retry" in closing
    assert b"Stood in: embedded-music" in lot.film().read_bytes()


def test_the_same_command_makes_nothing_and_retry_asks_the_real_ones_again(lot: Lot) -> None:
    asked = len((lot.folder / "video.log").read_text().splitlines())
    again = lot.run("--minutes", "0.5")
    assert "Already made" in again.stdout
    moods(lot, music="ok", video="ok")
    assert "Already made" not in lot.run("--minutes", "0.5", "--retry", "--json").stdout
    head = read_head(lot.record())
    assert head.stood_in == ()
    assert {made.tool for made in head.made if made.kind == "compose"} == {"moody-music"}
    assert json.loads((lot.folder / "out.txt").read_text())["stood_in"] == []
    assert b"Stood in: " not in lot.film().read_bytes()
    # One more call for the take that was refused; all the others were kept.
    assert len((lot.folder / "video.log").read_text().splitlines()) - asked <= 2
