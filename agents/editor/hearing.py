"""What the editor hears and sees in the finished film: findings from measurements."""

from fractions import Fraction

from agents.editor.laying import lay, shot_starts
from agents.shot_planner.answering import livelier
from episodes.changes import Change, LayCut, MixLevels, RemoveShot, Reshoot, Revoice
from episodes.cut import CARDS, Cut, TrackName
from episodes.episode import Episode
from episodes.notes import Note, Remedy, Severity
from episodes.results import HeardLine, Measurements, Span
from episodes.shots import LightBar, Shot, SirenPass

LOST_DB = -50.0
"""RMS below which nobody hears a line, in dBFS."""

LOUDNESS_SLACK_LU, PEAK_DBTP = 0.5, -1.0
_MOST_TAKES = 3
_CUT_OFF_DB = 9.0
"""A head or tail that is nearer than this to the line's own level was cut into."""
_EDGE_SECONDS = Fraction(1, 10)
_LEAST_SPAN, _LEAST_SILENCE = 0.25, 0.5


def measured_notes(episode: Episode, cut: Cut, measured: Measurements) -> list[Note]:
    """Return what the measurements say against the film."""
    return [
        *_lines(episode, cut, measured),
        *_pictures(episode, cut, "black", measured.black),
        *_pictures(episode, cut, "frozen", measured.frozen),
        *_flashes(episode, cut, measured.flashes),
        *_silences(episode, cut, measured.silent),
        *_levels(episode, measured),
        *_lengths(episode, cut, measured),
    ]


def locked(episode: Episode, *ids: str) -> bool:
    """Whether the person has locked any of these, or the whole episode."""
    return bool(episode.locks & {*ids, "episode"})


def _lines(episode: Episode, cut: Cut, measured: Measurements) -> list[Note]:
    heard = {found.line: found for found in measured.lines}
    placed = {clip.media for name in ("A1", "A2") for _, clip in cut.track(name).placed()}
    notes = []
    for line in episode.the_script.lines:
        if line.id not in placed:
            finding = f"Line {line.id} is not in the cut: no shot hears it (missing cue)."
            notes.append(_note(line.id, finding, "major", "reshoot", "editor.missing_cue", author="editor"))
        elif line.id not in heard or heard[line.id].level_db < LOST_DB:
            notes.append(_revoiced(episode, line.id, f"Line {line.id} can't be heard.", "line_lost", line.reading))
        else:
            end = _cut_off(cut, heard[line.id])
            if end:
                finding = f"Line {line.id} is cut off at its {end}."
                notes.append(_revoiced(episode, line.id, finding, "line_cut_off", line.reading))
    return notes


def _revoiced(episode: Episode, line: str, finding: str, rule: str, reading: int) -> Note:
    # Two more readings at most: a voice that failed three times will fail again.
    free = reading < _MOST_TAKES and not locked(episode, line, line.split("-")[0])
    change = Revoice(line=line) if free else None
    return _note(line, finding, "major", "revoice", f"measurement.{rule}", change, "Speak it again.")


def _cut_off(cut: Cut, heard: HeardLine) -> str:
    """Return `head` or `tail` where the level beside the line shows that it was cut into, else an empty word."""
    at, clip = cut.find(heard.line)
    track: TrackName = "A1" if clip.id.startswith("A1") else "A2"
    others = [(start, other) for start, other in cut.track(track).placed() if other.media != heard.line]
    end = at + clip.seconds
    near_head = any(start < at and start + other.seconds > at - _EDGE_SECONDS for start, other in others)
    near_tail = any(start < end + _EDGE_SECONDS and start >= at for start, other in others)
    if track == "A2":
        # A transmission begins with a click and ends with a squelch tail: sound beside it is how it should be.
        return ""
    if heard.head_db > heard.level_db - _CUT_OFF_DB and not near_head:
        return "head"
    return "tail" if heard.tail_db > heard.level_db - _CUT_OFF_DB and not near_tail else ""


def _pictures(episode: Episode, cut: Cut, what: str, spans: tuple[Span, ...]) -> list[Note]:
    found: dict[str, float] = {}
    for span in spans:
        for media, overlap in _under(cut, span):
            if media not in CARDS and overlap >= _LEAST_SPAN:
                found[media] = max(found.get(media, 0), overlap)
    known = {shot.id: shot for shot in episode.shots}
    return [_remade(episode, known[media], what, seconds) for media, seconds in found.items() if media in known]


def _remade(episode: Episode, shot: Shot, what: str, seconds: float) -> Note:
    finding = f"Shot {shot.id} is {what} for {seconds:.1f} s."
    change: Change | None = None
    alone = len(episode.shots_of(shot.scene)) == 1
    if locked(episode, shot.id, shot.scene):
        change = None
    elif shot.take < _MOST_TAKES:
        # The same plan would stand still again; only a black take is worth the same plan.
        change = Reshoot(shot=shot.id, plan=livelier(shot) if what == "frozen" else None)
    elif not shot.cues and not alone and not shot.gag:
        change = RemoveShot(shot=shot.id)
    return _note(shot.id, finding, "major", "reshoot", f"measurement.{what}", change, "Shoot it again.")


def _flashes(episode: Episode, cut: Cut, spans: tuple[Span, ...]) -> list[Note]:
    """Each segment has been calmed by itself: what still flashes does so across a cut, and one side must give way."""
    known = {shot.id: shot for shot in episode.shots}
    notes = []
    for span in spans:
        shots = [known[media] for media, _ in _under(cut, span) if media in known]
        finding = f"The picture flashes too fast, or for too long, for {span.seconds:.1f} s at {span.at:.1f} s."
        free = [s for s in shots if s.take < _MOST_TAKES and not locked(episode, s.id, s.scene)]
        # A shot with lights of its own can do without them; otherwise another take may flash less.
        chosen = next((shot for shot in free if _unlit(shot) != shot), free[0] if free else None)
        target = chosen or (shots[0] if shots else None)
        change, fix = None, "Put a quiet shot between the two: no change of one shot alone has helped, or may be made."
        if chosen:
            dark = _unlit(chosen)
            change = Reshoot(shot=chosen.id, plan=dark if dark != chosen else None)
            fix = "Shoot it without its emergency lights." if dark != chosen else "Shoot it again."
        where = target.id if target else "episode"
        notes.append(_note(where, finding, "major", "reshoot", "measurement.flashes", change, fix))
    return notes


def _unlit(shot: Shot) -> Shot:
    events = tuple(event for event in shot.events if not isinstance(event, LightBar | SirenPass))
    return shot if events == shot.events else shot.model_copy(update={"events": events})


def _silences(episode: Episode, cut: Cut, spans: tuple[Span, ...]) -> list[Note]:
    notes = []
    for span in spans:
        scenes = [media.split("-")[0] for media, overlap in _under(cut, span) if overlap >= _LEAST_SILENCE]
        scenes = [scene for scene in scenes if scene not in CARDS]
        if not scenes:
            continue
        finding = f"There is no sound at all for {span.seconds:.1f} s at {span.at:.1f} s."
        level = episode.mix.effects_db
        change = MixLevels(effects_db=min(level + 3, 0.0)) if level < 0 and not locked(episode) else None
        fix = "Let the room be heard."
        notes.append(_note(scenes[0], finding, "minor", "recut", "measurement.silent", change, fix))
    return notes


def _levels(episode: Episode, measured: Measurements) -> list[Note]:
    notes = []
    wanted = episode.mix.loudness_lufs
    if abs(measured.loudness_lufs - wanted) > LOUDNESS_SLACK_LU:
        finding = f"The film is at {measured.loudness_lufs:.1f} LUFS instead of {wanted:.1f}."
        notes.append(_note("episode", finding, "minor", "recut", "measurement.loudness"))
    if measured.true_peak_dbtp > PEAK_DBTP:
        finding = f"The loudest peak is at {measured.true_peak_dbtp:.1f} dBTP, above {PEAK_DBTP:.0f}."
        notes.append(_note("episode", finding, "minor", "recut", "measurement.true_peak"))
    return notes


def _lengths(episode: Episode, cut: Cut, measured: Measurements) -> list[Note]:
    difference = abs(measured.video_seconds - measured.audio_seconds)
    if difference <= float(episode.brief.format.frame):
        return []
    fresh = lay(episode)
    change = LayCut(cut=fresh) if fresh != cut and not locked(episode) else None
    finding = f"Picture and sound differ in length by {difference:.2f} s."
    return [_note("episode", finding, "major", "recut", "measurement.length", change, "Lay the cut again.")]


def _under(cut: Cut, span: Span) -> list[tuple[str, float]]:
    """Return the media of the picture track under a stretch of film, each with how long it is under it."""
    found = []
    lengths = {clip.media: float(clip.seconds) for _, clip in cut.track("V1").placed()}
    for media, at in shot_starts(cut).items():
        overlap = min(span.at + span.seconds, float(at) + lengths[media]) - max(span.at, float(at))
        if overlap > 0:
            found.append((media, overlap))
    return found


def _note(
    target: str,
    finding: str,
    severity: Severity,
    remedy: Remedy,
    rule: str,
    change: Change | None = None,
    fix: str = "",
    author: str = "measurement",
) -> Note:
    return Note(
        target=target,
        finding=finding,
        fix=fix,
        severity=severity,
        author="editor" if author == "editor" else "measurement",
        remedy=remedy,
        rule=rule,
        change=change,
    )
