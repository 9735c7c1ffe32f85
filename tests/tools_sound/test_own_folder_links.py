"""Links in the folder of sounds that lead nowhere, or change meanwhile, end in one sentence."""

from pathlib import Path

import numpy as np
import pytest

from episodes.errors import InputRefused, MediaBroken
from episodes.requests import OwnSound
from tools.protocols import Input
from tools.sound import own_folder
from tools.sound.own import OwnSounds


def test_a_link_that_points_at_itself_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "goose.wav").symlink_to(tmp_path / "goose.wav")
    with pytest.raises(InputRefused, match=r"goose\.wav"):
        own_folder.read_folder(tmp_path)


def test_a_recording_that_was_changed_after_it_was_read_is_not_taken_for_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "goose.wav").write_bytes(b"RIFF and something else")
    sound = OwnSound(name="goose", digest="0" * 64, form="wav")
    own = OwnSounds((sound,), {"own:goose": Input(tmp_path / "goose.wav")}, 1)
    with pytest.raises(MediaBroken, match="changed"):
        own.effect(("goose",), np.full(4800, 0.1), 1.0)
