"""Which takes were made for an episode and are in no shot of its cut, and why each was not used."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from episodes.changes import (
    Change,
    LayCut,
    PlanScene,
    Recast,
    Reshoot,
    Retime,
    Revoice,
    Reword,
    SetWorld,
    SwapTake,
    TimeLines,
    UseClip,
)
from episodes.cut import Clip
from episodes.episode import Episode
from episodes.notes import Note
from episodes.requests import RenderRequest
from episodes.results import RenderedTake
from episodes.revisions import Revision
from episodes.shots import Shot
from episodes.store import EpisodeStore, Head
from episodes.take_plan import render_task
from episodes.work import Belt, Stage
from tools.shelf import Artefact, Shelf

_OWN = "own-footage"
"""Name of what cuts the person's own clips: those are no takes, and their licences are for the film alone."""


@dataclass(frozen=True)
class Reject:
    """A take that was not used, in the version of the film that showed it or would have."""

    episode: Episode
    at: Fraction
    clip: Clip
    shot: Shot
    recipe: str
    """By which the shelf finds the take; its first 40 letters at least."""
    take: Artefact
    reason: str
    """One short sentence."""


def rejects(
    store: EpisodeStore, shelf: Shelf, belt: Belt, stage: Stage, revision_id: str | None = None
) -> tuple[Reject, ...]:
    """Return the takes that are on the episode's own shelf and in no shot of the present cut, in order of the story.

    The present cut is that of the revision that is named, else of the head's. Only what was made for this episode is
    looked at: the record's own revisions, and the shelf that lies beside it.
    """
    head = store.head()
    line, others = _history(store, revision_id or head.revision)
    used = {made.content_hash for key in _shown(line[0], belt, stage) if (made := shelf.find(key)) is not None}
    kept = {key: artefact for key, artefact in shelf.kept("render") if _is_a_take(artefact, belt)}
    found: dict[str, Reject] = {}
    for place, revision in enumerate((*line, *others)):
        for key, (at, clip, shot) in _shown(revision, belt, stage).items():
            take = kept.get(key[:40]) or shelf.find(key)
            if take is None or take.content_hash in (*used, *found) or not _is_a_take(take, belt):
                continue
            reason = why(shot, line[:place], head) if place < len(line) else _not_kept(revision, head, store)
            found[take.content_hash] = Reject(revision.episode, at, clip, shot, key, take, reason)
    for key, take in kept.items():
        if take.content_hash not in used and take.content_hash not in found:
            other = _by_its_label(take, key, (*line, *others))
            found |= {take.content_hash: other} if other else {}
    order = {shot.id: number for number, shot in enumerate(line[0].episode.shots)}
    return tuple(
        sorted(found.values(), key=lambda one: (order.get(one.shot.id, len(order)), one.shot.id, one.shot.take))
    )


def _is_a_take(artefact: Artefact, belt: Belt) -> bool:
    """Whether it is a take, and not the person's own clip, or what a better camera was shown or has replaced."""
    if artefact.manifest.tool == _OWN:
        return False
    drawn = belt.has_final_camera and artefact.manifest.tool == belt.animatic.name
    return isinstance(artefact.result, RenderedTake) and not drawn and ":" not in artefact.manifest.label


def _history(store: EpisodeStore, now: str) -> tuple[list[Revision], list[Revision]]:
    """Return a revision and those it came from, newest first; and all others of the record."""
    line = [store.revision(now)]
    while (parent := line[-1].parent) is not None:
        line.append(store.revision(parent))
    known = {revision.id for revision in line}
    names = sorted(path.stem for path in (store.folder / "revisions").glob("*.json"))
    return line, [store.revision(name) for name in names if name not in known]


def _shown(revision: Revision, belt: Belt, stage: Stage) -> dict[str, tuple[Fraction, Clip, Shot]]:
    """Return what a revision's film shows: recipe of each take, with its place."""
    episode = revision.episode
    if episode.cut is None:
        return {}
    shots = {shot.id: shot for shot in episode.shots}
    placed = [(at, clip) for at, clip in episode.cut.track("V1").placed() if clip.media in shots]
    return {
        render_task(episode, belt, shots[clip.media], stage).key: (at, clip, shots[clip.media])
        for at, clip in placed
        if _fits(clip, shots[clip.media])
    }


def _fits(clip: Clip, shot: Shot) -> bool:
    """Whether a clip was laid for its shot as that is now: between two changes, a cut may be older than its shots."""
    return clip.seconds == shot.shown_seconds


def _by_its_label(take: Artefact, recipe: str, history: Iterable[Revision]) -> Reject | None:
    """Return a take that no revision asks for by this recipe: another camera made it, in the planned one's place."""
    frames = take.result.frames if isinstance(take.result, RenderedTake) else 0
    for revision in history:
        episode = revision.episode
        for at, clip in episode.cut.track("V1").placed() if episode.cut else ():
            shot = next((one for one in episode.shots if one.id == clip.media), None)
            fps = episode.brief.format.fps
            if shot and shot.label == take.manifest.label and clip.source_out * fps <= frames and _fits(clip, shot):
                reason = f"It was made by {take.manifest.tool}, and has been replaced."
                return Reject(episode, at, clip, shot, recipe, take, reason)
    return None


# ---- why -------------------------------------------------------------------------------------------------------------


def why(shot: Shot, later: Iterable[Revision], head: Head) -> str:
    """Return why a shot's take was not used: what was said of it, else what was changed; `later` is newest first."""
    changes = list(_since(shot, later))
    asked = next((note for note in head.notes if _asks_for_another(note, shot, changes)), None)
    if asked:
        return f"{asked.author.replace('_', ' ').capitalize()}: {asked.finding}"
    if changes:
        change, by = changes[-1]
        return told_of_change(change, "You" if by == "person" else by.replace("_", " ").capitalize())
    return "The shot was cut out of the film."


def _not_kept(revision: Revision, head: Head, store: EpisodeStore) -> str:
    """Return why a whole version of the film was not kept."""
    lost = next((one for one in head.passes if one.revision == revision.id and not one.kept), None)
    if lost:
        return f"Pass {lost.number} was not kept."
    for step in head.trail.steps:
        at: str | None = step.revision or step.base
        while at is not None and at != step.base and at != revision.id:
            at = store.revision(at).parent
        if at == revision.id:
            return f"You took it back: {step.said}"
    return "Another version of the film was kept."


def _since(shot: Shot, later: Iterable[Revision]) -> Iterator[tuple[Change, str]]:
    """Yield the changes that could have touched a shot's take, newest first."""
    spoken = {cue.line for cue in shot.cues} | {getattr(event, "line", "") for event in shot.events}
    for revision in later:
        for change in reversed(revision.changes):
            match change:
                case Reshoot() | SwapTake() | Retime() | UseClip():
                    touches = change.shot == shot.id
                case Revoice() | Reword():
                    touches = change.line in spoken
                case SetWorld():
                    touches = change.scene in (shot.scene, None)
                case PlanScene():
                    touches = change.scene == shot.scene
                case Recast():
                    touches = change.character in {one.id for one in shot.subjects}
                case TimeLines() | LayCut():
                    touches = False
                case _:
                    touches = getattr(change, "shot", "") == shot.id
            if touches:
                yield change, revision.by


def _asks_for_another(note: Note, shot: Shot, changes: list[tuple[Change, str]]) -> bool:
    return note.target == shot.id and (note.remedy == "reshoot" or any(note.change == one for one, _ in changes))


def told_of_change(change: Change, who: str) -> str:
    """Return what somebody asked for that made a take useless."""
    match change:
        case Reshoot(plan=None):
            return f"{who} asked for another take."
        case Reshoot():
            return f"{who} planned the shot anew."
        case SwapTake():
            return f"{who} chose take {change.take}."
        case Revoice():
            how = f", {change.delivery}" if change.delivery else ""
            return f"{who} had the line read again{how}."
        case Reword():
            return f"{who} put it in other words."
        case UseClip():
            return f"{who} put a clip of your own in its place." if who != "You" else "You put your own clip there."
        case SetWorld():
            parts = (
                ("place", change.place),
                ("light", change.light),
                ("weather", change.weather),
                ("look", change.look),
            )
            named = [f"{name} to {value.replace('_', ' ')}" for name, value in parts if value]
            return f"{who} changed the {' and the '.join(named) or 'scene'}."
        case Recast():
            return f"{who} cast somebody else."
        case PlanScene():
            return "The scene was covered anew."
        case Retime():
            return f"{who} changed its length."
        case _:
            return f"{who} changed the shot ({change.kind.replace('_', ' ')})."


def render_request(reject: Reject, belt: Belt, stage: Stage) -> RenderRequest:
    """Return what the take was asked for by, as far as the record still knows."""
    request = render_task(reject.episode, belt, reject.shot, stage).request
    assert isinstance(request, RenderRequest)
    return request
