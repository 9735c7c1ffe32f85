import json
import multiprocessing
import subprocess
import sys
import time
from pathlib import Path

import pytest

from episodes.brief import Brief
from episodes.changes import MixLevels, Reword
from episodes.episode import Episode
from episodes.errors import ChangeRefused, EpisodeError, LeaseLost, RecordBusy, UnknownSchema
from episodes.store import EpisodeStore, Lease, read_head


@pytest.fixture
def lease(tmp_path: Path) -> Lease:
    return Lease(tmp_path)


@pytest.fixture
def store(tmp_path: Path, lease: Lease) -> EpisodeStore:
    made = EpisodeStore(tmp_path, lease)
    made.create(Episode(brief=Brief(theme="a goose")), "identity")
    return made


def test_a_revision_comes_back_as_it_was(store: EpisodeStore, tmp_path: Path) -> None:
    first = store.head().revision
    louder = store.commit(first, (MixLevels(music_db=-3.0),), "person")
    fresh = EpisodeStore(tmp_path)
    assert fresh.episode(louder) == store.episode(louder)
    assert fresh.episode(louder).mix.music_db == -3.0
    assert fresh.revision(louder).parent == first


def test_the_same_changes_to_the_same_parent_are_one_revision(store: EpisodeStore) -> None:
    first = store.head().revision
    changes = (MixLevels(music_db=-3.0),)
    assert store.commit(first, changes, "person") == store.commit(first, changes, "person")
    assert store.commit(first, (), "person") == first


def test_a_refused_change_writes_nothing(store: EpisodeStore, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ChangeRefused):
        store.commit(store.head().revision, (Reword(line="S09-L09", text="no"),), "person")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_second_writer_is_refused_at_once(lease: Lease, tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(RecordBusy, match="already at work"):
        Lease(tmp_path)
    assert time.monotonic() - began < 1


def hold(folder: Path) -> None:
    Lease(folder)
    time.sleep(60)


def test_a_killed_writer_leaves_the_lease_free(tmp_path: Path) -> None:
    holder = multiprocessing.get_context("spawn").Process(target=hold, args=(tmp_path,))
    holder.start()
    deadline = time.monotonic() + 30
    while not (tmp_path / ".lease").exists() or (tmp_path / ".lease").read_text() != "1":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    holder.kill()
    holder.join()
    assert Lease(tmp_path).number == 2


def test_an_overtaken_writer_may_not_write_any_more(store: EpisodeStore, tmp_path: Path) -> None:
    (tmp_path / ".lease").write_text("9")
    with pytest.raises(LeaseLost):
        store.commit(store.head().revision, (MixLevels(music_db=-3.0),), "person")


def test_a_record_of_a_newer_version_is_left_alone(store: EpisodeStore, tmp_path: Path) -> None:
    path = tmp_path / "episode.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"schema_number": 99, "hologram": True}))
    with pytest.raises(UnknownSchema, match="newer version"):
        read_head(tmp_path)


@pytest.mark.parametrize("content", ["", "{", '{"schema_number": 1}', "\x00\x00"])
def test_a_broken_head_is_told_in_a_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "episode.json").write_text(content)
    with pytest.raises(EpisodeError, match="can't be read"):
        read_head(tmp_path)


def test_the_digest_of_an_episode_does_not_depend_on_the_order_of_its_locks() -> None:
    program = (
        "from episodes.brief import Brief; from episodes.episode import Episode; from episodes.value import digest;"
        "print(digest(Episode(brief=Brief(theme='x'), locks=frozenset('S%02d' % n for n in range(20)))))"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(digests) == 1
