"""The state of the graph: ids and numbers only. All that is decided lies in the record, all media on the shelf."""

from typing import Annotated, Literal

from typing_extensions import TypedDict

from episodes.work import Stage

Entry = Literal["sources", "scenes"]


def keep_first(old: str, new: str) -> str:
    """Reduce what parallel branches only carry along."""
    return old or new


class EpisodeState(TypedDict):
    """Where a run stands."""

    entry: Entry
    """Where it begins: with the sources, or, after a person's change, with the scenes."""
    revision: str
    """Id of the episode's present revision."""
    stage: Stage
    pass_number: int
    """Counted from 1; a pass ends with a review."""
    rounds: int
    """Rounds of check and revision since the last check was clean."""
    pending: list[str]
    """Ids of notes to answer."""
    best_revision: str
    best_score: float
    approved: bool


class SceneState(TypedDict):
    """What a branch for one scene knows."""

    revision: str
    stage: Stage
    scene: str


class ShotState(TypedDict):
    """What a branch for one clip of the picture track knows."""

    revision: str
    stage: Stage
    media: str


class BranchOutput(TypedDict):
    """What a branch gives back: nothing. Its work is on the shelf."""

    done: Annotated[str, keep_first]
