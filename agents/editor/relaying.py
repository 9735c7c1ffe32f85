"""Laying a cut again after a person's edit: as before wherever nothing has changed."""

from collections.abc import Iterator

from agents.editor.laying import lay
from episodes.apply import apply
from episodes.changes import Change, Move, Trim
from episodes.cut import Cut
from episodes.episode import Episode
from episodes.errors import ChangeRefused


def lay_like(episode: Episode, before: Episode) -> Cut:
    """Return the timeline of an edited episode, with the trims and the order that an earlier cut has.

    A cut may hold or shorten shots beyond what their plans say, where an editor saw a reason. Shots that are what they
    were keep that; all others stand as they are planned.

    Args:
        episode: as it is now.
        before: as it was, with its cut.

    Raises:
        ValueError: an episode without script or shots, or without the earlier cut.
    """
    if before.model_copy(update={"cut": None}) == episode.model_copy(update={"cut": None}):
        return before.the_cut
    like = episode
    for change in (*_trims(episode, before), *_moves(episode, before)):
        try:
            like = apply(change, like)
        except ChangeRefused:
            continue  # It was meant for a cut that is gone.
    return lay(like)


def _trims(episode: Episode, before: Episode) -> Iterator[Change]:
    old, frame = {shot.id: shot for shot in before.shots}, episode.brief.format.frame
    lengths = {clip.media: clip.seconds for _, clip in before.the_cut.track("V1").placed()}
    for shot in episode.shots:
        if old.get(shot.id) == shot and shot.id in lengths:
            tail = episode.brief.format.snap(shot.shown_seconds) - lengths[shot.id]
            if abs(tail) >= frame:
                yield Trim(shot=shot.id, tail=tail)


def _moves(episode: Episode, before: Episode) -> Iterator[Change]:
    """Yield what brings each scene's shots, where they are the same ones in the same order, into the cut's order."""
    placed = [clip.media for _, clip in before.the_cut.track("V1").placed()]
    for scene in episode.the_script.scenes:
        planned = [shot.id for shot in episode.shots_of(scene.id)]
        if planned != [shot.id for shot in before.shots_of(scene.id)]:
            continue
        cut = [media for media in placed if media in planned]
        if sorted(cut) == sorted(planned) and cut != planned:
            for number, shot in enumerate(cut):
                yield Move(shot=shot, after=cut[number - 1] if number else None)
