"""A season's manifest: everything wrong is told at once, each with its place and what to do."""

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from director.season_keys import EPISODE_KEYS, SEASON_KEYS
from director.season_manifest import Given, SeasonOrder, read_order
from director.settings import Settings
from episodes.errors import InputRefused
from episodes.season import EpisodeOutline, SeasonPlan

PLAN = SeasonPlan(
    premise="Trolleys come home.",
    cast=(),
    gags=(),
    arc="One by one.",
    episodes=tuple(
        EpisodeOutline(number=n, call=f"call number {n}", turn=f"turn {n}", arc=f"arc {n}") for n in (1, 2, 3)
    ),
)


def read(path: Path, text: str | bytes, name: str = "season.toml", **values: object) -> SeasonOrder:
    file = path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_order(Given(file, tuple(values.items())), Settings())


def refused(path: Path, text: str | bytes, name: str = "season.toml") -> list[str]:
    with pytest.raises(InputRefused) as refusal:
        read(path, text, name)
    head, *rest = str(refusal.value).split("\n")
    assert name in head
    assert "nothing was begun" in head
    assert head.startswith("One thing" if len(rest) == 1 else f"{len(rest)} things")
    return [line.strip() for line in rest]


def test_a_manifest_gives_defaults_for_all_and_fixes_for_some(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("A goose was seen at the bank on Monday.")
    order = read(
        tmp_path,
        """
        [season]
        theme = "a week of missing trolleys"
        episodes = 3
        minutes = 1
        tone = "deadpan"
        format = "proof"
        seed = 10

        [[episode]]
        number = 2
        call = "a cow on the roof"
        title = "High Steaks"
        sources = "notes.md"
        """,
    )
    first, second, third = order.briefs(PLAN)
    assert [brief.theme for brief in (first, second, third)] == ["call number 1", "a cow on the roof", "call number 3"]
    assert {brief.tone for brief in order.briefs(PLAN)} == {"deadpan"}
    assert (first.minutes, second.title, first.seed, second.seed) == (1, "High Steaks", 11, 12)
    assert [source.name for source in second.sources] == ["notes.md"]
    assert first.sources == ()
    assert first.direction is not None
    assert first.direction.turn == "turn 1"
    assert second.direction is not None
    assert (second.direction.turn, second.direction.arc) == ("", "arc 2"), "the plan's turn belongs to the plan's call"


def test_all_that_is_wrong_is_told_at_once_each_with_its_place(tmp_path: Path) -> None:
    told = refused(
        tmp_path,
        """[season]
theme = "a week of missing trolleys"
minuts = 2
tone = "funny"
episodes = 2
sources = ["nope.md"]

[[episode]]
title = "One"
minutes = 30

[[episode]]
title = "one"
seed = "x"

[[episode]]
call = "gore and beheading"
drift = true
""",
    )
    assert told == [
        "[season]: Nothing is called 'minuts'; the nearest key is 'minutes'.",
        'episode 2 (line 12): seed must be a whole number, not "x".',
        "episode 3 (line 16): drift must be a number, not true.",
        "[season]: tone can't be 'funny': choose one of comedy, tense, deadpan.",
        "[season]: There is no file 'nope.md' here; check its name and folder.",
        "[season]: episodes is 2, and must be at least 3, the number of the last [[episode]].",
        "episode 1 (line 8): minutes must lie between 0.5 and 10.",
        "episode 2 (line 12): It has the same title as episode 1 (line 8): give it another.",
        "episode 3 (line 16): This theme asks for gore or cruelty, which is not made here: let nobody be hurt.",
    ]


def test_a_list_of_briefs_is_checked_line_by_line(tmp_path: Path) -> None:
    lines = [
        '{"theme": "a goose"}',
        '{"theme": "a goose"}',
        '{"theme": ""}',
        "[1]",
        '{"theme": "x", "theme": "y"}',
        '{"teme": "x", "minutes": NaN}',
        "",
        '{"theme": "b", "source": "gone.txt", "show": "Other"}',
        '{"theme": "c", "show": "Else"}',
    ]
    told = refused(tmp_path, "﻿" + "\n".join(lines), "briefs.jsonl")
    assert [line.split(":")[0] for line in told] == [f"line {n}" for n in (4, 5, 6, 9, 2, 3, 6, 6, 8)]
    assert "line 6: Nothing is called 'teme'; the nearest key is 'theme'." in told
    assert "line 2: It has the same brief as line 1: give it another seed, or leave it out." in told


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ('[season]\ntheme = "é"'.encode("utf-16"), "s.toml", "It is written in UTF-16: save it as UTF-8."),
        ('[season]\ntheme = "é"'.encode("latin-1"), "s.toml", "line 2: It is not written in UTF-8: save it as UTF-8."),
        ("[season\n", "s.toml", "It is no TOML"),
        ("[season]\nepisodes = 27\ntheme = 'a goose'", "s.toml", "26 are the most of a season"),
        ("[season]\nepisodes = 0\ntheme = 'a goose'", "s.toml", "must be at least 1"),
        ("[season]\nminutes = 1\n", "s.toml", "theme is missing"),
        ("[season]\ntheme='x'\n[episode]\ntitle='y'", "s.toml", "two brackets"),
        ("[seson]\ntheme='x'", "s.toml", "the nearest key is 'season'"),
        ("[season]\ntheme='a'\ncall='b'", "s.toml", "has said already"),
        ("[[episode]]\ntitle='y'", "s.toml", "theme is missing"),
        ("", "s.jsonl", "It holds no brief"),
        ("theme: a goose", "s.yaml", "a .toml or a .jsonl file"),
    ],
)
def test_each_kind_of_unreadable_file_is_named(tmp_path: Path, text: str | bytes, name: str, said: str) -> None:
    assert any(said in line for line in refused(tmp_path, text, name))


def test_windows_marks_and_line_ends_do_not_matter(tmp_path: Path) -> None:
    order = read(tmp_path, '﻿[season]\r\ntheme = "a goose"\r\nepisodes = 2\r\n'.encode())
    assert order.count == 2
    listed = read(tmp_path, '﻿{"theme": "a goose"}\r\n\r\n{"theme": "a llama"}\r\n'.encode(), "b.jsonl")
    assert [brief.theme for brief in listed.briefs(None)] == ["a goose", "a llama"]


def test_a_title_of_two_seasons_words_is_no_other_season(tmp_path: Path) -> None:
    long = read(tmp_path, '[season]\ntheme = "a goose"\nepisodes = 8')
    short = read(tmp_path, '[season]\ntheme = "a goose"\nepisodes = 6')
    other = read(tmp_path, '[season]\ntheme = "a goose"\nepisodes = 6\nseed = 2')
    assert long.identity == short.identity, "a longer season is the same season"
    assert other.identity != short.identity


def test_the_command_line_goes_over_the_manifest(tmp_path: Path) -> None:
    order = read(tmp_path, '[season]\ntheme = "a goose"\nepisodes = 3\nminutes = 1', episodes=5, minutes=2.0)
    assert order.wish is not None
    assert (order.count, order.wish.minutes) == (5, 2.0)


_KEYS = [name for name, _ in (*SEASON_KEYS, *EPISODE_KEYS)] + ["sources", "call", "minuts", "__class__"]
_VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 40), st.floats(), st.text(max_size=20),
    st.lists(st.text(max_size=5), max_size=3),
    st.sampled_from(["a goose", "en", "proof", "comedy", "../x", "https://example.org/a", "gore"]),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=5), max_size=5))
def test_whatever_stands_in_a_list_is_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, briefs: list[dict[str, object]]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    text = "\n".join(json.dumps(brief) for brief in briefs)
    try:
        order = read(folder, text, "any.jsonl")
    except InputRefused:
        return
    assert len(order.briefs(None)) == order.count == len(briefs)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_whatever_text_a_manifest_is_it_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    raw = text.encode("utf-8", "surrogatepass")
    try:
        read(folder, raw, "any.toml")
    except InputRefused:
        return
    assert tomllib.loads(raw.decode("utf-8-sig"))
