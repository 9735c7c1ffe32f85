"""A revision: an episode after some changes to its parent, stored whole under the digest of parent and changes."""

from episodes.apply import apply_all
from episodes.changes import Change
from episodes.episode import SCHEMA, Episode
from episodes.notes import Author
from episodes.value import Value, digest


class Revision(Value):
    """One step in the history of an episode."""

    schema_number: int = SCHEMA
    parent: str | None
    """Id of the revision before; None for the first."""
    changes: tuple[Change, ...]
    by: Author | str
    """Who made the changes: a role or the person."""
    episode: Episode

    @property
    def id(self) -> str:
        """Digest of parent and changes; of the brief for the first."""
        if self.parent is None:
            return digest(self.episode)[:32]
        return digest(self.parent, *self.changes)[:32]


def revise(parent: Revision, changes: tuple[Change, ...], by: Author | str) -> Revision:
    """Return the revision after `changes`. Raises `ChangeRefused` when one of them can't be made."""
    author: Author = "person" if by == "person" else "editor"
    episode = apply_all(changes, parent.episode, by=author)
    return Revision(parent=parent.id, changes=changes, by=by, episode=episode)
