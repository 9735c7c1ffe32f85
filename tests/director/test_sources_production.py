"""Productions with sources and with a language model, by the real command line; they stop before the camera."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from director.hand_edits import EDITABLE, edited_files, take_back
from director.settings import HOME
from episodes.changes import Reword
from episodes.episode import Episode
from episodes.store import EpisodeStore, read_head
from tests.servers.openai_compatible import Reply, always, in_turn, openai_compatible, partly_bad
from tests.studio import Lot
from tests.tools_sources.test_reader import REAL_NAMES
from tools.exports.otio_reading import read_otio

pytestmark = [pytest.mark.xdist_group("sources"), pytest.mark.timeout(400)]

HOPELESS: tuple[Reply, ...] = ("server_error", "empty", "refusal", "wrong_schema")
"""Replies that no repair makes an answer of."""

TEXTS = ("goose_article.md", "trolley_log.txt", "llama_interview.srt")


def episode_of(lot: Lot) -> Episode:
    return EpisodeStore(lot.record()).episode(read_head(lot.record()).revision)


def written_files(lot: Lot) -> list[Path]:
    return [path for path in lot.out.rglob("*") if path.is_file() and path.suffix in (".json", ".fountain", ".csv")]


def plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).lower()


@pytest.fixture(scope="module")
def sourced(tmp_path_factory: pytest.TempPathFactory) -> Lot:
    lot = Lot(tmp_path_factory.mktemp("sourced"), theme="a night of small crimes")
    sources = [item for name in TEXTS for item in ("--source", str(HOME / "tests" / "texts" / name))]
    done = lot.run(*sources, "--stop-at", "shots")
    assert done.returncode == 0, done.stderr[-3000:]
    return lot


def test_at_least_five_facts_of_each_source_are_in_the_script_and_traceable(sourced: Lot) -> None:
    episode = episode_of(sourced)
    assert episode.facts is not None
    facts = {fact.id: fact for fact in episode.facts.facts}
    used: dict[str, set[str]] = {}
    for line in episode.the_script.lines:
        assert (line.mark == "invented") == (not line.facts)
        for fact_id in line.facts:
            fact = facts[fact_id]
            used.setdefault(fact.place.source, set()).add(fact_id)
            assert any(word in line.text.lower() for word in fact.keywords), (line.text, fact)
            assert fact.place.line or fact.place.seconds is not None
    assert {source: len(ids) >= 5 for source, ids in used.items()} == dict.fromkeys(TEXTS, True), used


def test_no_name_of_the_sources_stands_in_anything_written(sourced: Lot) -> None:
    script = plain((sourced.record() / "script.fountain").read_text())
    record = plain(" ".join(path.read_text() for path in written_files(sourced)))
    leaked = {name for name in REAL_NAMES if re.search(rf"\b{re.escape(plain(name))}\b", script)}
    assert leaked == set()
    assert {
        name for name in REAL_NAMES if len(name) > 4 and re.search(rf"\b{re.escape(plain(name))}\b", record)
    } == set()


def test_script_shots_and_an_edit_with_shots_offline_lie_there_to_be_edited_and_none_of_them_is(sourced: Lot) -> None:
    record, episode = sourced.record(), episode_of(sourced)
    assert edited_files(record, episode) == ()
    for name in EDITABLE:
        assert take_back(record / name, episode).nothing, name
    edit = read_otio(record / "cut.otio", episode)
    assert {clip.media for clip in edit.picture} >= {shot.id for shot in episode.shots}
    assert all(not clip.file for clip in edit.picture if not clip.media.startswith("strip:"))
    assert all(clip.file for clip in edit.clips if clip.media in {line.id for line in episode.the_script.lines})
    script = record / "script.fountain"
    kept = script.read_bytes()
    line = episode.the_script.lines[-1]
    script.write_bytes(kept.replace(f" [[{line.id}]]".encode(), f" Over. [[{line.id}]]".encode()))
    try:
        assert edited_files(record, episode) == (script,)
        assert take_back(script, episode).changes == (Reword(line=line.id, text=f"{line.text} Over."),)
    finally:
        script.write_bytes(kept)


def with_model(lot: Lot, address: str, *options: str) -> Counter[tuple[str, str]]:
    lot.extra |= {"OPENAI_BASE_URL": address, "OPENAI_API_KEY": "canary-7c1f"}
    toml = lot.folder / "director.toml"
    if "model_timeout" not in toml.read_text():
        toml.write_text("model_timeout = 2.0\nmodel_wait = 0.01\n" + toml.read_text())
    source = ("--source", str(HOME / "tests" / "texts" / "goose_article.md"))
    done = lot.run(*source, "--minutes", "0.8", *options)
    assert done.returncode == 0, done.stderr[-3000:]
    head = read_head(lot.record())
    return Counter((item.role, item.by) for item in head.answered if item.by == "model" or item.reason)


def test_with_a_good_model_every_agents_answer_comes_from_it(tmp_path: Path) -> None:
    lot = Lot(tmp_path / "lot", {"TENFOUR_CHEAP": "1"}, "a goose locks itself in the mayor's car")
    with openai_compatible(always()) as server:
        answered = with_model(lot, server.base_url, "--passes", "1")
        assert server.requests
    roles = ("researcher", "writer", "shot_planner", "continuity_checker", "editor")
    assert {role: answered[(role, "rules")] for role in roles} == dict.fromkeys(roles, 0)
    assert all(answered[(role, "model")] >= 1 for role in roles), answered
    assert lot.film().exists()
    for path in [*lot.out.rglob("*"), *(lot.folder / "cache").rglob("*"), lot.folder / "log.txt"]:
        if path.is_file():
            assert b"canary-7c1f" not in path.read_bytes(), path


def test_no_byte_of_a_key_is_written_whatever_fails(tmp_path: Path) -> None:
    keys = {"OPENAI_API_KEY": "canary-7c1f", "HF_TOKEN": "canary-hf-90ab", "OPENAI_LOG": "debug"}
    room = tmp_path / "room"
    room.mkdir()
    lot = Lot(tmp_path / "lot", keys | {"TENFOUR_CHEAP": "1", "TMPDIR": str(room)}, "a goose in the mayor's car")
    bad: tuple[Reply, ...] = ("server_error", "ok", "rate_limited", "ok", "refusal", "ok", "wrong_schema", "ok")
    # Each error repeats the key, as some servers do; at last the key is refused for good.
    policy = in_turn(*bad, "cut_connection", "ok", "ok", *["unauthorized"] * 200)
    with openai_compatible(policy, error_text="Incorrect API key provided: {key}.") as server:
        answered = with_model(lot, server.base_url, "--passes", "1")
        replies = {request.reply for request in server.requests}
        assert all("canary-7c1f" in request.authorization for request in server.requests)
    assert replies >= {"server_error", "refusal", "unauthorized"}
    assert {by for _, by in answered} == {"model", "rules"}
    assert lot.film().exists()
    assert any("HTTP 401" in item.reason for item in read_head(lot.record()).answered)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"canary-7c1f" not in content, path
            assert b"canary-hf-90ab" not in content, path


def test_with_half_of_all_replies_bad_four_of_five_answers_are_the_models(tmp_path: Path) -> None:
    lot = Lot(tmp_path / "lot", theme="a goose locks itself in the mayor's car")
    with openai_compatible(partly_bad(0.5, seed=4)) as server:
        answered = with_model(lot, server.base_url, "--stop-at", "shots")
    model = sum(count for (_, by), count in answered.items() if by == "model")
    assert model / sum(answered.values()) >= 0.8, answered


def test_with_all_replies_bad_it_goes_by_rules_and_says_so(tmp_path: Path) -> None:
    lot = Lot(tmp_path / "lot", theme="a goose locks itself in the mayor's car")
    with openai_compatible(partly_bad(1.0, seed=4, kinds=HOPELESS)) as server:
        answered = with_model(lot, server.base_url, "--stop-at", "shots")
    assert {by for _, by in answered} == {"rules"}
    source = str(HOME / "tests" / "texts" / "goose_article.md")
    done = lot.run("--source", source, "--minutes", "0.8", "--stop-at", "shots")
    assert "went by rules" in done.stdout


def test_a_finished_answer_is_not_asked_for_again(tmp_path: Path) -> None:
    lot = Lot(tmp_path / "lot", theme="a goose locks itself in the mayor's car")
    with openai_compatible(always()) as server:
        with_model(lot, server.base_url, "--stop-at", "shots")
        first = len(server.requests)
        for path in (lot.cache / "checkpoints").glob("*"):
            path.unlink()
        (next(lot.out.glob("*/Season 01/*/script.fountain"))).unlink()
        with_model(lot, server.base_url, "--stop-at", "shots")
        assert len(server.requests) == first
