"""Two timelines held against each other: clips, where they stand, which lines lead or lag, how long the film is."""

from fractions import Fraction

from episodes.cut import Clip, Cut, TrackName
from episodes.differences import Difference, changed, paired, seconds
from episodes.episode import Episode

TRACKS: dict[TrackName, str] = {
    "V1": "picture", "V2": "overlays", "A1": "dialogue", "A2": "radio", "A3": "effects", "A4": "music",
}  # fmt: skip

_Placed = tuple[Fraction, Clip]


def compare_cuts(a: Episode, b: Episode) -> list[Difference]:
    """Return how the timelines of two episodes differ; an episode without a cut has none."""
    if a.cut is None or b.cut is None:
        if a.cut is b.cut:
            return []
        what, cut = ("added", b.cut) if a.cut is None else ("removed", a.cut)
        length = seconds(cut.seconds) if cut else ""
        told = {"after": length} if what == "added" else {"before": length}
        return [Difference.model_validate({"area": "timeline", "target": "film", "what": what, "field": "cut"} | told)]
    found = []
    if a.cut.seconds != b.cut.seconds:
        found.append(changed("timeline", "film", "running time", a.cut.seconds, b.cut.seconds))
    found += _tracks(a.cut, b.cut)
    found += _leads(a, b)
    found += _chapters(a.cut, b.cut)
    return found


def _tracks(a: Cut, b: Cut) -> list[Difference]:
    found = []
    old, new = {track.name: track for track in a.tracks}, {track.name: track for track in b.tracks}
    for name, words in TRACKS.items():
        if (name in old) != (name in new):
            what = "added" if name in new else "removed"
            found.append(Difference.model_validate(
                {"area": "timeline", "target": name, "what": what, "field": f"track of {words}"}))  # fmt: skip
        before, after = a.track(name), b.track(name)
        clips = _clips(name, before.placed(), after.placed())
        found += clips
        # What only a silence at the end tells apart.
        if not clips and before.seconds != after.seconds:
            found.append(changed("timeline", name, "length", before.seconds, after.seconds))
    return found


def _clips(track: TrackName, a: tuple[_Placed, ...], b: tuple[_Placed, ...]) -> list[Difference]:
    pairs = paired(a, b, lambda placed: placed[1].id)
    found = [Difference(area="timeline", target=a[i][1].id, what="removed", before=_told(a[i])) for i in pairs.removed]
    found += [Difference(area="timeline", target=b[j][1].id, what="added", after=_told(b[j])) for j in pairs.added]
    run: list[tuple[_Placed, Fraction]] = []
    for i, j in pairs.both:
        (old_at, old), (new_at, new) = a[i], b[j]
        shift, moved = new_at - old_at, (i, j) in pairs.moved
        own = _own(old, new)
        if shift and not moved and (not run or run[-1][1] == shift):
            run.append((a[i], shift))
        else:
            found += _shifted(track, run)
            run = [(a[i], shift)] if shift and not moved else []
        if moved:
            found.append(Difference(
                area="timeline", target=new.id, what="moved", before=_after(a, i), after=_after(b, j)))  # fmt: skip
        found += own
    return [*found, *_shifted(track, run)]


def _told(placed: _Placed) -> str:
    at, clip = placed
    return f"at {seconds(at)} for {seconds(clip.seconds)}"


def _after(row: tuple[_Placed, ...], at: int) -> str:
    return f"after {row[at - 1][1].id}" if at else "first"


def _own(old: Clip, new: Clip) -> list[Difference]:
    """Return how a clip differs wherever it stands."""
    found = []
    if old.media != new.media:
        found.append(changed("timeline", new.id, "shows", old.media, new.media))
    if old.source_in != new.source_in:
        found.append(changed("timeline", new.id, "in point", old.source_in, new.source_in))
    if old.source_out != new.source_out:
        found.append(changed("timeline", new.id, "out point", old.source_out, new.source_out))
    if old.seconds != new.seconds:
        found.append(changed("timeline", new.id, "length", old.seconds, new.seconds))
    return found


def _shifted(track: TrackName, run: list[tuple[_Placed, Fraction]]) -> list[Difference]:
    """Return one difference for clips in a row that all begin as much earlier or later."""
    if not run:
        return []
    (first_at, first), shift = run[0]
    if len(run) == 1:
        return [changed("timeline", first.id, "begins", first_at, first_at + shift)]
    last = run[-1][0][1]
    way = f"{seconds(abs(shift))} {'later' if shift > 0 else 'earlier'}"
    name = f"{len(run)} clips, {first.media} to {last.media}"
    return [Difference(area="timeline", target=track, what="changed", field=name, after=f"begin {way}")]


def _leads(a: Episode, b: Episode) -> list[Difference]:
    """Return which lines now come in before their shot (J-cut) or run on over the next (L-cut), or no longer do."""
    old, new = leads(a), leads(b)
    return [
        Difference(area="timeline", target=line, what="changed", field="J- and L-cut",
                   before=old[line] or "none", after=new[line] or "none")
        for line in old
        if line in new and old[line] != new[line]
    ]  # fmt: skip


def leads(episode: Episode) -> dict[str, str]:
    """Return for each line of the cut by how much it is heard before and after the shot that carries it, in words."""
    carried = {cue.line: shot.id for shot in episode.shots for cue in shot.cues}
    shown = {clip.media: (at, at + clip.seconds) for at, clip in episode.the_cut.track("V1").placed()}
    found = {}
    for name in ("A1", "A2"):
        for at, clip in episode.the_cut.track(name).placed():
            if clip.media not in carried or carried[clip.media] not in shown:
                continue
            begins, ends = shown[carried[clip.media]]
            early = [f"J-cut of {seconds(begins - at)}"] if at < begins else []
            late = [f"L-cut of {seconds(at + clip.seconds - ends)}"] if at + clip.seconds > ends else []
            found[clip.media] = " and ".join([*early, *late])
    return found


def _chapters(a: Cut, b: Cut) -> list[Difference]:
    pairs = paired(a.chapters, b.chapters, lambda chapter: chapter.scene)
    found = [
        Difference(area="timeline", target=a.chapters[i].scene, what="removed", field="chapter") for i in pairs.removed
    ]
    found += [
        Difference(area="timeline", target=b.chapters[j].scene, what="added", field="chapter") for j in pairs.added
    ]
    for i, j in pairs.both:
        old, new = a.chapters[i], b.chapters[j]
        if old.title != new.title:
            found.append(changed("timeline", new.scene, "chapter's title", old.title, new.title))
        if old.at != new.at:
            found.append(changed("timeline", new.scene, "chapter begins", old.at, new.at))
    return found
