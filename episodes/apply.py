"""Applying changes: the only way in which an episode becomes another. Pure; nothing is altered in place.

This is the door: what each type of change does is in `script_changes` and `shot_changes`.
"""

from collections import Counter

# The files of rules enter their functions into `changed` when they are imported.
from episodes import script_changes, shot_changes  # noqa: F401
from episodes.change_rules import changed
from episodes.change_targets import all_ids, lock_against, targets
from episodes.changes import Change, LayCut, Lock, Retitle
from episodes.episode import Episode
from episodes.errors import ChangeRefused
from episodes.notes import Author

__all__ = ["apply", "apply_all", "targets"]


def apply(change: Change, episode: Episode, *, by: Author = "person") -> Episode:
    """Return the episode after the change.

    A cut that no longer fits goes, and must be laid again. What was locked, or the person's own, of what is
    gone goes too.

    Args:
        change: the edit.
        episode: stays as it is.
        by: who wants it; a lock binds everybody but the person.

    Raises:
        ChangeRefused: the target is missing or locked, or the value makes no sense.
    """
    locked = "" if by == "person" else lock_against(change, episode)
    if locked:
        raise ChangeRefused(f"{locked} is locked; only the person may change it.")
    after = changed(change, episode, by)
    _refuse_twins(after)
    known = {*all_ids(after), *_named_locks(after)}
    update: dict[str, object] = {"locks": after.locks & known, **_own_of_what_is_there(after, known)}
    if not isinstance(change, LayCut | Lock | Retitle) and _timing(after) != _timing(episode):
        update["cut"] = None
    return after.model_copy(update=update)


def apply_all(changes: tuple[Change, ...], episode: Episode, *, by: Author = "person") -> Episode:
    """Return the episode after all changes in order. Raises `ChangeRefused` at the first that can't be made."""
    for change in changes:
        episode = apply(change, episode, by=by)
    return episode


def _timing(episode: Episode) -> tuple[object, ...]:
    """What a cut was laid from; how long a narrator speaks moves no picture."""
    spoken = {line.id for line in episode.script.lines} if episode.script is not None else set()
    lengths = tuple(length for length in episode.lengths if length.line in spoken)
    return episode.script, episode.shots, lengths


def _own_of_what_is_there(episode: Episode, known: set[str]) -> dict[str, object]:
    """Return the person's clips, recordings and balances without those of shots, lines and scenes that are gone."""
    return {
        "clips": tuple(one for one in episode.clips if one.shot in known),
        "readings": tuple(one for one in episode.readings if one.line in known),
        "balances": tuple(one for one in episode.balances if one.scene in known),
    }


def _named_locks(episode: Episode) -> tuple[str, ...]:
    """What can be locked besides scenes, beats, lines and shots: the whole episode and each character."""
    characters = episode.world.characters if episode.world is not None else ()
    return ("episode", *(character.id for character in characters))


def _refuse_twins(episode: Episode) -> None:
    """Raise `ChangeRefused` when two items have one id."""
    twins = [item for item, times in Counter(all_ids(episode)).items() if times > 1]
    if twins:
        raise ChangeRefused(f"Two items would be called {twins[0]}.")


@changed.register
def _lock(change: Lock, episode: Episode, by: str) -> Episode:
    if change.target not in {*all_ids(episode), *_named_locks(episode)}:
        raise ChangeRefused(f"There is nothing called {change.target} that could be locked.")
    locks = episode.locks | {change.target} if change.locked else episode.locks - {change.target}
    return episode.model_copy(update={"locks": locks})
