import asyncio
from fractions import Fraction

from agents.editor import RuleEditor, lay_like
from agents.editor.laying import lay
from episodes.apply import apply
from episodes.changes import LayCut, Reword, Swap, Trim
from episodes.cut import Cut
from episodes.episode import Episode
from tests.planned_episode import planned_episode

EPISODE = planned_episode("proof")
FRAME = EPISODE.brief.format.frame


def bare(episode: Episode) -> Episode:
    return episode.model_copy(update={"cut": None})


def lengths(cut: Cut) -> dict[str, Fraction]:
    return {clip.media: clip.seconds for _, clip in cut.track("V1").placed()}


def order(cut: Cut) -> list[str]:
    return [clip.media for _, clip in cut.track("V1").placed()]


def tightened() -> Episode:
    """An episode whose editor cut two frames off a shot, in the cut alone: its plan knows nothing of that."""
    shot = EPISODE.shots[3]
    cut = asyncio.run(RuleEditor().lay_cut(apply(Trim(shot=shot.id, tail=2 * FRAME), EPISODE)))
    return apply(LayCut(cut=cut), EPISODE)


def test_nothing_changed_is_the_very_cut() -> None:
    before = tightened()
    assert lay_like(bare(before), before) == before.cut


def test_a_trim_of_the_editors_stays_when_another_shot_is_edited() -> None:
    before = tightened()
    shot, other = before.shots[3].id, before.shots[-1].id
    edited = apply(Trim(shot=other, tail=2 * FRAME), before)
    after = lay_like(bare(edited), before)
    assert lengths(after)[shot] == lengths(before.the_cut)[shot]
    assert lengths(after)[other] == lengths(before.the_cut)[other] - 2 * FRAME


def test_a_trim_of_the_editors_goes_with_the_shot_that_it_was_meant_for() -> None:
    before = tightened()
    shot = before.shots[3].id
    edited = apply(Trim(shot=shot, tail=3 * FRAME), before)
    assert lengths(lay_like(bare(edited), before))[shot] == edited.shot(shot).shown_seconds


def test_an_order_of_the_editors_stays_in_scenes_that_nobody_edited() -> None:
    first, second = (shot.id for shot in EPISODE.shots_of("S02")[-2:])
    cut = lay(apply(Swap(first=first, second=second), EPISODE))
    before = apply(LayCut(cut=cut), EPISODE)
    edited = apply(Trim(shot=EPISODE.shots[0].id, tail=FRAME), before)
    after = order(lay_like(bare(edited), before))
    assert after.index(second) < after.index(first)


def test_with_rules_alone_it_is_what_the_rules_lay() -> None:
    line = EPISODE.the_script.lines[0]
    edited = apply(Reword(line=line.id, text=f"{line.text} Twice."), EPISODE)
    assert lay_like(bare(edited), EPISODE) == lay(bare(edited))
