"""The teaser as a choice: what of a film it takes, and what it never does."""

import asyncio
from fractions import Fraction
from itertools import pairwise

import pytest

from agents.editor.laying import lay
from agents.shot_planner import RuleShotPlanner
from agents.writer import RuleWriter
from director.settings import HOME
from episodes import teaser
from episodes.apply import apply
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.changes import LayCut, MixLevels, PlanScene
from episodes.cut import Cut, track_of
from episodes.episode import Episode
from episodes.facts import FactSheet
from episodes.film_requests import MixRequest, TeaseRequest
from episodes.plan import MARKED_SECONDS, plan
from episodes.tasks import Limits
from episodes.teaser import LONGEST, SHORTEST, choose_teaser, with_teaser
from tests.offers import OFFERS
from tests.planned_episode import BELT, planned_episode

EPISODE = planned_episode()


def without(episode: Episode, media: str) -> Episode:
    cut = episode.the_cut
    kept = [(at, clip) for at, clip in cut.track("V1").placed() if clip.media != media]
    tracks = tuple(track_of("V1", kept) if track.name == "V1" else track for track in cut.tracks)
    return apply(LayCut(cut=Cut(tracks=tracks, chapters=cut.chapters)), episode)


@pytest.mark.parametrize("burned", [True, False])
def test_it_is_short_goes_forward_and_ends_with_the_title(burned: bool) -> None:
    chosen = choose_teaser(apply(MixLevels(burn_captions=burned), EPISODE))
    assert SHORTEST <= chosen.seconds <= LONGEST
    assert [piece.why for piece in chosen.pieces][-1] == "title"
    assert all(first.at + first.seconds <= second.at for first, second in pairwise(chosen.pieces[:-1]))


def test_it_begins_where_the_on_screen_mark_stands() -> None:
    first = choose_teaser(EPISODE).pieces[0]
    assert first.why == "cold_open"
    assert first.at < MARKED_SECONDS
    segment = plan(EPISODE, BELT).labelled(first.clips[0].media, "conform").request
    assert segment.kind == "conform"
    assert segment.ai_mark


def test_no_line_is_cut_in_the_middle() -> None:
    spans = {clip.media: (at, at + clip.seconds) for name in ("A1", "A2")
             for at, clip in EPISODE.the_cut.track(name).placed()}  # type: ignore[arg-type]  # fmt: skip
    chosen, heard = choose_teaser(EPISODE), 0
    for piece in chosen.pieces[:-1]:  # Under the title only music is heard.
        end = piece.at + piece.seconds
        for line, (start, stop) in spans.items():
            if start < end and stop > piece.speech:
                assert piece.speech <= start, line
                assert stop <= end, line
                assert line in piece.lines
                heard += 1
    assert heard >= 2


def test_the_turns_punch_line_is_kept_for_the_film() -> None:
    turns = [b for s in EPISODE.the_script.scenes for b in s.beats if b.purpose in ("turn", "stand_off") and b.lines]
    assert turns
    punches = {beat.lines[-1].id for beat in turns}
    film = teaser.read(EPISODE)
    whole = {line for beat in turns for run in teaser.runs(film, [beat.id], "turn") for line in run.lines}
    assert whole & punches, "there is nothing to be kept back"
    offered = {line for piece in teaser.candidates(film, "turn") for line in piece.lines}
    chosen = {line for piece in choose_teaser(EPISODE).pieces if piece.why == "turn" for line in piece.lines}
    assert not (offered | chosen) & punches


def test_its_segments_are_the_films_own_and_its_sounds_fit_its_length() -> None:
    whole = with_teaser(plan(EPISODE, BELT), EPISODE, BELT)
    (teaser,), (film,) = whole.of("tease"), whole.of("assemble")
    mix = whole.labelled("teaser", "mix")
    assert isinstance(teaser.request, TeaseRequest)
    assert isinstance(mix.request, MixRequest)
    assert {need.name: need.key for need in teaser.needs}["mix"] == mix.key
    assert [need.key for need in mix.needs] == [whole.labelled("film", "mix").key]
    assert mix.request.seconds == teaser.media_seconds
    segments = {need.key for need in teaser.needs if need.name.startswith("segment:")}
    assert segments <= {need.key for need in film.needs}
    frames = sum(segment.frames for segment in teaser.request.segments)
    assert Fraction(frames, EPISODE.brief.format.fps) == teaser.media_seconds <= LONGEST
    for sound in mix.request.sounds:
        assert sound.seconds is not None
        assert sound.at >= 0
        assert sound.at + sound.seconds <= teaser.media_seconds
        assert Fraction(1, 100) <= sound.fade_in == sound.fade_out <= Fraction(3, 100)


def test_a_film_without_a_title_has_no_teaser_and_says_why() -> None:
    chosen = choose_teaser(without(EPISODE, "title"))
    assert not chosen.pieces
    assert "title" in chosen.reason
    assert not with_teaser(plan(EPISODE, BELT), without(EPISODE, "title"), BELT).of("tease")


def test_a_film_without_any_music_still_gets_its_teaser() -> None:
    quiet = EPISODE.model_copy(
        update={"cues": tuple(cue.model_copy(update={"silent": True}) for cue in EPISODE.cues), "cut": None}
    )
    quiet = apply(LayCut(cut=lay(quiet)), quiet)
    teased = with_teaser(plan(quiet, BELT, "animatic", ()), quiet, BELT).labelled("teaser", "mix")
    assert isinstance(teased.request, MixRequest)
    # Only the title's own tune is left of the music.
    assert [sound.file for sound in teased.request.sounds].count("music.wav") == 1


@pytest.mark.parametrize("theme", ["raccoon heist at a doughnut shop", "runaway piano", "llama"])
def test_what_is_shown_of_a_turn_ends_before_its_punch_line_in_written_scripts_too(theme: str) -> None:
    brief = Brief(theme=theme, minutes=3.0)
    written = asyncio.run(RuleWriter(HOME / "prompts").write(brief, FactSheet(), Bible(show=brief.show), OFFERS))
    made = Episode(brief=brief, world=written.world, script=written.script)
    for scene in made.the_script.scenes:
        planned = asyncio.run(RuleShotPlanner().plan(made, scene.id, Limits()))
        made = apply(PlanScene(scene=scene.id, shots=planned.shots, cue=planned.cue), made)
    made = apply(LayCut(cut=lay(made)), made)
    turns = [b for s in made.the_script.scenes for b in s.beats if b.purpose in ("turn", "stand_off")]
    assert any(len(beat.lines) > 1 for beat in turns)
    punches = {beat.lines[-1].id for beat in turns if beat.lines}
    offered = {line for piece in teaser.candidates(teaser.read(made), "turn") for line in piece.lines}
    assert not offered & punches
    assert choose_teaser(made).seconds <= LONGEST
