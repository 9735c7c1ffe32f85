"""Pictures in the terminal."""

import base64
import io
import re
from pathlib import Path

import cv2
import numpy as np
import pytest
from rich.console import Console

from director.chat.inline import half_blocks, iterm, kitty, show_picture, way_to_show


def console(*, terminal: bool = True, width: int = 40) -> Console:
    return Console(
        file=io.StringIO(), force_terminal=terminal, width=width, color_system="truecolor", legacy_windows=False
    )


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    image = np.zeros((90, 160, 3), np.uint8)
    image[:, :80] = (0, 0, 255)
    cv2.imwrite(str(tmp_path / "a.png"), image)
    return tmp_path / "a.png"


@pytest.mark.parametrize(
    ("environ", "way"),
    [
        ({"KITTY_WINDOW_ID": "1"}, "kitty"), ({"TERM": "xterm-kitty"}, "kitty"), ({"TERM_PROGRAM": "ghostty"}, "kitty"),
        ({"TERM_PROGRAM": "iTerm.app"}, "iterm"), ({"LC_TERMINAL": "iTerm2"}, "iterm"),
        ({"TERM": "foot-extra"}, "sixel"), ({"TERM": "foot", "TMUX": "x"}, "path"),
        ({"TERM_PROGRAM": "WezTerm"}, "iterm"), ({"COLORTERM": "truecolor"}, "blocks"),
        ({"KITTY_WINDOW_ID": "1", "TMUX": "x", "COLORTERM": "24bit"}, "blocks"), ({"TERM": "xterm"}, "path"),
        ({"TERM": "dumb", "COLORTERM": "truecolor"}, "path"), ({}, "path"),
    ],
)  # fmt: skip
def test_a_terminal_is_known_by_what_it_says_of_itself(environ: dict[str, str], way: str) -> None:
    assert way_to_show(console(), environ) == way
    assert way_to_show(console(terminal=False), environ) == "path"


def test_a_pipe_and_a_picture_that_is_gone_get_nothing(picture: Path) -> None:
    pipe = Console(file=io.StringIO(), width=40)
    assert show_picture(pipe, picture, {"KITTY_WINDOW_ID": "1"}) == "path"
    gone = console()
    assert show_picture(gone, picture.with_name("none.png"), {"KITTY_WINDOW_ID": "1"}) == "path"
    assert pipe.file.getvalue() == gone.file.getvalue() == ""  # type: ignore[attr-defined]


def test_a_long_sheet_is_not_shown_in_blocks(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "long.png"), np.zeros((4000, 160, 3), np.uint8))
    there = console()
    assert show_picture(there, tmp_path / "long.png", {"COLORTERM": "truecolor"}) == "path"
    assert there.file.getvalue() == ""  # type: ignore[attr-defined]


def test_kitty_gets_the_whole_picture_in_pieces_that_it_accepts(picture: Path) -> None:
    data = np.random.default_rng(1).bytes(10_000)
    pieces = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", kitty(data, 40))
    assert base64.b64decode("".join(piece for _, piece in pieces)) == data
    assert all(len(piece) <= 4096 for _, piece in pieces)
    assert [head.endswith("m=1") for head, _ in pieces] == [True] * (len(pieces) - 1) + [False]
    there = console()
    assert show_picture(there, picture, {"KITTY_WINDOW_ID": "1"}) == "kitty"
    assert there.file.getvalue().startswith("\x1b_G")  # type: ignore[attr-defined]


def test_iterm_gets_the_whole_picture() -> None:
    found = re.fullmatch(r"\x1b\]1337;File=.*size=3:(.*)\x07", iterm(b"abc"))
    assert found is not None
    assert base64.b64decode(found.group(1)) == b"abc"


def test_half_blocks_hold_two_pixels_a_letter_in_the_picture_s_colours(picture: Path) -> None:
    segments = list(half_blocks(cv2.imread(str(picture)), 40))
    rows = [one for one in segments if one.text == "\n"]
    assert len(rows) == 11
    first, last = segments[0], segments[39]
    assert first.style is not None
    assert first.style.color is not None
    assert first.style.color.triplet == (255, 0, 0)
    assert last.style is not None
    assert last.style.bgcolor is not None
    assert last.style.bgcolor.triplet == (0, 0, 0)
    there = console()
    assert show_picture(there, picture, {"COLORTERM": "truecolor"}) == "blocks"
    assert there.file.getvalue().count("▀") == 40 * 11  # type: ignore[attr-defined]


def test_a_sixel_terminal_gets_the_picture_no_wider_than_its_window(picture: Path) -> None:
    there = console(width=10)
    assert show_picture(there, picture, {"TERM": "foot"}) == "sixel"
    assert there.file.getvalue().startswith('\x1bP0;1q"1;1;80;45')  # type: ignore[attr-defined]
