"""That voices are heard, on a few lines and a few voices; `python -m benchmarks.voices` measures all."""

from pathlib import Path

import pytest

from benchmarks.recogniser import Recogniser, known
from benchmarks.voices import Ear, script_lines
from tools.voice.measured import offered, table

FEW = 6


@pytest.fixture(scope="module")
def ear() -> Ear:
    return Ear(script_lines()[::4])


@pytest.mark.parametrize("variant", [row.variant for row in offered("espeak-ng")[:2]])
def test_the_clearest_embedded_voices_are_heard_in_every_line(ear: Ear, tmp_path: Path, variant: str) -> None:
    for place, line in enumerate(ear.lines[:FEW]):
        samples = ear.dry("espeak-ng", variant, line, tmp_path)
        assert ear.heard(place, samples), line.said


def test_they_are_heard_through_radio_and_telephone_too(ear: Ear, tmp_path: Path) -> None:
    line = ear.lines[0]
    samples = ear.dry("espeak-ng", offered("espeak-ng")[0].variant, line, tmp_path)
    for channel in ("radio", "phone", "room"):
        assert ear.heard(0, ear.through(channel, tmp_path, len(samples) / 48_000)), channel


def test_another_line_is_not_taken_for_the_line(ear: Ear, tmp_path: Path) -> None:
    samples = ear.dry("espeak-ng", offered("espeak-ng")[0].variant, ear.lines[1], tmp_path)
    assert not ear.heard(0, samples)


def test_the_lines_are_of_real_scripts_in_several_deliveries_and_are_known_to_the_recogniser() -> None:
    lines = script_lines()
    assert len({line.said for line in lines}) == 24
    assert len({line.delivery for line in lines}) >= 4
    assert any(line.radio for line in lines)
    assert all(known(line.said) for line in lines)
    with pytest.raises(ValueError, match="xyzzyplugh"):
        Recogniser(["say xyzzyplugh now"])


def test_the_table_has_eight_embedded_voices_for_both_pronouns() -> None:
    rows = offered("espeak-ng")
    assert len(rows) >= 8
    assert {row.suits for row in rows} == {"she", "he"}
    assert len({(row.engine, row.variant) for row in table()}) == len(table())
