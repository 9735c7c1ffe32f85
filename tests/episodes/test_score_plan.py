"""The theme, the pulse and the score plan: music as values, before a note is played."""

from fractions import Fraction as F
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.editor.laying import lay
from episodes.apply import apply
from episodes.bible import fold
from episodes.cast import World
from episodes.changes import LayCut, Rescore, Trim
from episodes.episode import Cue, Episode
from episodes.keys import Key, key_called
from episodes.pulse import APART, Wish, chosen, fitted
from episodes.scoring import score_plan, score_sheet, stretches, theme_of
from episodes.theme import BAR, NINTH, found_theme, merit
from tests.planned_episode import planned_episode

SHOWS = [f"Show {number}" for number in range(30)]


@pytest.fixture(scope="module")
def episode() -> Episode:
    return planned_episode()


# ---- the theme -------------------------------------------------------------------------------------------------------


def test_a_tune_can_be_sung() -> None:
    for show in SHOWS:
        theme = found_theme(show)
        degrees = [note.degree for note in theme.notes]
        assert max(degrees) - min(degrees) <= NINTH
        assert degrees[-1] % 7 == 0
        assert theme.notes[-1].at + theme.notes[-1].beats == 4 * BAR
        assert all(a.at + a.beats <= b.at for a, b in pairwise(theme.notes))
        assert merit(theme.notes, theme.roots) > 8


def test_a_tune_says_its_motif_twice_and_answers() -> None:
    for show in SHOWS:
        theme = found_theme(show)
        rhythms = [tuple((note.at, note.beats) for note in theme.bars(bar, 1)) for bar in range(4)]
        assert rhythms[0] == rhythms[1] == rhythms[2] != rhythms[3]
        first, second = ([note.degree for note in theme.bars(bar, 1)] for bar in (0, 1))
        assert first != second
        assert [b - a for a, b in pairwise(first)][:-1] == [b - a for a, b in pairwise(second)][:-1]


def test_shows_have_different_tunes_that_stay_their_own() -> None:
    themes = [found_theme(show) for show in SHOWS]
    assert themes == [found_theme(show) for show in SHOWS]
    assert all(one.notes != other.notes for one, other in combinations(themes, 2))
    assert len({theme.lead for theme in themes}) == 5


def test_the_bible_keeps_the_theme_and_old_records_load(episode: Episode) -> None:
    kept = found_theme("Quite Another Show")
    first = episode.model_copy(update={"world": episode.the_world.model_copy(update={"theme": kept})})
    assert fold(episode.brief.show, (first, episode)).theme == kept
    assert theme_of(first) == kept
    assert {cue.request.theme for cue in score_plan(first)} == {kept}
    old = episode.the_world.model_dump(exclude={"theme"})
    assert World.model_validate(old).theme is None
    assert fold(episode.brief.show, (episode,)).theme is None
    assert theme_of(episode) == found_theme(episode.brief.show)


def test_keys_are_read_named_and_related() -> None:
    home = key_called("G minor")
    assert key_called("F# minor") == key_called("G-flat minor") == Key(tonic=6, minor=True)
    assert [home.related(r).name for r in ("relative", "parallel", "subdominant", "dominant", "up")] == [
        "B-flat major", "G major", "C minor", "D minor", "A minor",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="is no key"):
        key_called("H dorian")


# ---- the pulse -------------------------------------------------------------------------------------------------------


@given(st.floats(2, 60), st.integers(60, 160), st.lists(st.tuples(st.floats(0.1, 59), st.floats(1, 5)), max_size=12))
def test_what_is_chosen_falls_on_beats_of_a_pulse_that_hardly_bends(
    seconds: float, tempo: int, wished: list[tuple[float, float]]
) -> None:
    hits = chosen(seconds, tempo, [Wish(round(at, 3), weight) for at, weight in wished])
    assert all(b - a >= APART for a, b in pairwise(hits))
    pulse = fitted(seconds, tempo, hits)
    assert pulse.second(pulse.beats) == pytest.approx(seconds)
    for hit in hits:
        beat = pulse.beat(hit)
        assert abs(beat - round(beat)) < 1e-6
        assert abs(pulse.second(round(beat)) - hit) < 0.001
    beats = [pulse.second(beat) for beat in range(pulse.beats + 1)]
    assert all(b > a for a, b in pairwise(beats))
    if hits:
        spans = [(s1 - s0) / (b1 - b0) * tempo / 60 for (b0, s0), (b1, s1) in pairwise(pulse.marks)]
        assert all(0.8 < span < 1.25 for span in spans[:-1]), spans


# ---- the plan --------------------------------------------------------------------------------------------------------

SHEET = """\
S01   quiet      B-flat major   69   1 bar  at   0.0  -> G minor 123
title sting      G minor       123   1 bar  at   4.0  hits 0.6!
S02   quiet      B-flat major   69   4 bars at   6.5  -> B-flat major 69
S03   quiet      B-flat major   69   6 bars at  22.0  hits 10.1!  stop 14.4-17.0  stop 19.8-23.6  -> G minor 92
S04   resolution G minor        92   3 bars at  49.6  -> G minor 123
end   close      G minor       123   2 bars at  57.8
"""
"""Cue, mood, key, tempo, length and place in the film; then, in seconds into the cue, what it hits (`!`: builds to) and
where it is gone; then what it leads into."""


def test_the_score_plan_reads_like_a_cue_sheet(episode: Episode) -> None:
    assert score_sheet(score_plan(episode)) == SHEET


def test_every_cue_stands_where_the_cut_has_it_and_joins_lead_on(episode: Episode) -> None:
    cues = score_plan(episode)
    placed = episode.the_cut.track("A4").placed()
    assert [(cue.at, cue.media, cue.request.seconds) for cue in cues] == [(at, c.media, c.seconds) for at, c in placed]
    for cue, after in pairwise(cues):
        away = bool(cue.request.stops) and cue.request.stops[-1].until == cue.request.seconds
        if cue.request.onward:
            assert (cue.request.onward.key, cue.request.onward.tempo) == (after.request.key, after.request.tempo)
            assert not away
        else:
            assert away or cue.request.mood == "sting" or cue.at + cue.request.seconds < after.at
    home = key_called(theme_of(episode).key)
    assert cues[-1].request.mood == "close"
    assert {key_called(cue.request.key) for cue in cues if ":" in cue.media and cue.media[0] != "S"} == {home}


def test_tempi_are_simple_ratios_of_the_shows_own(episode: Episode) -> None:
    own = theme_of(episode).tempo
    for cue in score_plan(episode):
        ratio = F(cue.request.tempo, own)
        assert min(abs(ratio - F(a, b)) for a, b in ((3, 4), (1, 1), (4, 3), (3, 2))) < F(1, 80)


def test_it_stops_before_the_joke_and_returns_after_it_wherever_the_editor_moves_it(episode: Episode) -> None:
    trimmed = episode
    shot = next(s for s in episode.shots if s.seconds > 1 and s.scene == episode.cues[0].scene)
    trimmed = apply(Trim(shot=shot.id, head=F(1, 4)), trimmed)
    trimmed = apply(LayCut(cut=lay(trimmed)), trimmed)
    for made in (episode, trimmed):
        lines = {c.media: (at, c.seconds) for n in ("A1", "A2") for at, c in made.the_cut.track(n).placed()}
        cues = {cue.media: cue for cue in score_plan(made)}
        stopped = 0
        for cue in made.cues:
            scored = cues[f"{cue.scene}:score"]
            for stop in scored.request.stops:
                start, long = min((lines[line] for line in cue.before), key=lambda x: abs(x[0] - scored.at - stop.at))
                assert 0 < start - (scored.at + stop.at) < F(1, 8)
                assert scored.at + stop.until >= start + min(long, F(1, 2))
                assert stop.until - stop.at >= F(120, scored.request.tempo) or stop.until == scored.request.seconds
                stopped += 1
        assert stopped


def test_hits_are_cuts_two_seconds_apart_and_never_in_a_silence(episode: Episode) -> None:
    cuts = {at for at, _ in episode.the_cut.track("V1").placed()}
    found = 0
    for cue in score_plan(episode):
        if cue.request.mood == "sting":
            continue
        assert all(cue.at + hit in cuts for hit in cue.request.hits)
        assert all(b - a >= APART for a, b in pairwise(cue.request.hits))
        assert all(any(a < hit < b for a, b in stretches(cue.request)) for hit in cue.request.hits)
        assert cue.request.turn is None or cue.request.turn in cue.request.hits
        found += len(cue.request.hits)
    assert found


def test_a_scene_without_music_has_no_cue_and_the_one_before_closes(episode: Episode) -> None:
    silent = episode.the_script.scenes[2].id
    quiet = apply(Rescore(cue=Cue(scene=silent, mood="tension", silent=True)), episode)
    before = apply(Rescore(cue=Cue(scene=episode.the_script.scenes[1].id, mood="comedy")), quiet)
    cut = apply(LayCut(cut=lay(before)), before)
    cues = {cue.media: cue for cue in score_plan(cut)}
    assert f"{silent}:score" not in cues
    assert cues[f"{episode.the_script.scenes[1].id}:score"].request.onward is None
