"""What an edit names lies in the record, whoever made it."""

from fractions import Fraction
from pathlib import Path

from director.delivery import _keep_at_hand
from episodes.cut import Clip, Cut, track_of
from tools.exports.media import Media
from tools.shelf import Artefact


def test_a_take_that_another_episode_had_made_is_put_into_the_record(tmp_path: Path) -> None:
    cache, record = tmp_path / "cache", tmp_path / "record"
    for name in ("S01-01_T1.aa", "film.bb"):
        (cache / name).mkdir(parents=True)
        (cache / name / "take.mp4").write_bytes(b"frames")
    made = {name: Artefact.model_construct(folder=cache / name) for name in ("S01-01_T1.aa", "film.bb")}
    media = {
        "S01-01": Media(path="takes/S01-01_T1.aa/take.mp4", seconds=Fraction(2)),
        "film": Media(path="takes/film.bb/film.mp4", seconds=Fraction(2)),
    }
    clip = Clip(id="V1:S01-01", media="S01-01", source_in=Fraction(0), seconds=Fraction(1))
    cut = Cut(tracks=(track_of("V1", [(Fraction(0), clip)]),))
    for _ in range(2):
        _keep_at_hand(cut, media, made, record)
        assert (record / media["S01-01"].path).read_bytes() == b"frames"
    assert not (record / "takes" / "film.bb").exists(), "what the edit does not show needs no second place"
