"""`--no-burn` and `--loudness`: an option counts when it is given, and never undoes what the person changed later."""

from pathlib import Path

import pytest

from director.session import take_options
from director.settings import Settings, load
from episodes.brief import Brief
from episodes.changes import MixLevels
from episodes.episode import LOUDNESS, Episode, Mix
from episodes.errors import InputRefused
from episodes.store import EpisodeStore, Lease


@pytest.fixture
def store(tmp_path: Path) -> EpisodeStore:
    made = EpisodeStore(tmp_path / "record", Lease(tmp_path / "record"))
    made.create(Episode(brief=Brief(theme="a goose")), "identity")
    return made


def asked(store: EpisodeStore, **options: object) -> Mix:
    head = take_options(store, store.head(), Settings.model_validate(options))
    return store.episode(head.base).mix


def changed_by_the_person(store: EpisodeStore, **levels: object) -> None:
    change = MixLevels.model_validate(levels)
    revision = store.commit(store.head().base, (change,), "person")
    store.update_head(revision=revision, base=revision, entry="scenes")


def test_without_an_option_nothing_is_written(store: EpisodeStore) -> None:
    before = store.head()
    assert asked(store) == Mix()
    assert store.head() == before


def test_an_option_is_the_persons_change_to_what_the_run_starts_from(store: EpisodeStore) -> None:
    mix = asked(store, loudness="broadcast", burn_captions=False)
    assert mix == Mix(loudness_lufs=-23.0, burn_captions=False)
    revision = store.revision(store.head().base)
    assert revision.by == "person"
    assert [change.kind for change in revision.changes] == ["mix"]


def test_an_option_that_is_no_longer_given_is_taken_back(store: EpisodeStore) -> None:
    asked(store, loudness="streaming", burn_captions=False)
    assert asked(store, loudness="streaming") == Mix(loudness_lufs=-14.0)
    assert asked(store) == Mix()


def test_what_the_person_changed_later_stands_against_the_same_option_and_against_none(store: EpisodeStore) -> None:
    asked(store, loudness="broadcast", burn_captions=False)
    changed_by_the_person(store, loudness_lufs=-18.0, burn_captions=True, music_db=-20.0)
    mine = Mix(loudness_lufs=-18.0, burn_captions=True, music_db=-20.0)
    assert asked(store, loudness="broadcast", burn_captions=False) == mine
    assert asked(store) == mine


def test_another_value_is_the_persons_latest_word(store: EpisodeStore) -> None:
    asked(store, loudness="broadcast")
    changed_by_the_person(store, loudness_lufs=-18.0, music_db=-20.0)
    assert asked(store, loudness="streaming") == Mix(loudness_lufs=-14.0, music_db=-20.0)


def test_a_new_record_has_not_begun_because_an_option_was_given(store: EpisodeStore) -> None:
    asked(store, loudness="broadcast")
    assert not store.begun
    store.commit(store.head().base, (MixLevels(music_db=-3.0),), "editor")
    assert store.begun


def test_command_line_environment_and_file_name_the_loudness(tmp_path: Path) -> None:
    (tmp_path / "director.toml").write_text('loudness = "streaming"\nburn_captions = false\n')
    from_file = load({}, {}, tmp_path)
    assert (from_file.loudness, from_file.burn_captions) == ("streaming", False)
    from_environment = load({}, {"TENFOUR_LOUDNESS": "broadcast"}, tmp_path)
    assert from_environment.loudness == "broadcast"
    assert load({"loudness": "web"}, {"TENFOUR_LOUDNESS": "broadcast"}, tmp_path).loudness == "web"
    with pytest.raises(InputRefused, match="loudness"):
        load({}, {"TENFOUR_LOUDNESS": "loud"}, tmp_path)


def test_each_option_makes_another_film_and_none_leaves_the_digest_alone(tmp_path: Path) -> None:
    plain = load({}, {}, tmp_path)
    given = [{"loudness": "web"}, {"loudness": "broadcast"}, {"burn_captions": False}, {"audio_only": True}]
    digests = {plain.digest, *(load(options, {}, tmp_path).digest for options in given)}
    assert len(digests) == 5
    assert set(LOUDNESS) == {"web", "broadcast", "streaming"}
