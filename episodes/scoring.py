"""The score plan: which music stands where, in which key and tempo, what it hits and where it stops. A pure function.

Keys are related to the show's home key by mood and so are tempi, in simple ratios, so that one cue can lead into the
next one. Where lines lie, where it stops and what it hits is read from the cut, so that no edit can leave it behind.
"""

from collections.abc import Sequence
from fractions import Fraction

from episodes.cut import CARDS, Clip, TrackName
from episodes.episode import Cue, Episode
from episodes.keys import Key, Relation, key_called
from episodes.pulse import APART, Wish, chosen, fitted
from episodes.requests import ComposeRequest, CueMood, Onward, Silence, Talk
from episodes.shots import Enter, Shot
from episodes.theme import BAR, ShowTheme, found_theme
from episodes.value import Seconds, Value, seed_from

PACE: dict[CueMood, Fraction] = {
    "quiet": Fraction(3, 4),
    "suspicion": Fraction(1),
    "comedy": Fraction(4, 3),
    "chase": Fraction(3, 2),
    "tension": Fraction(1),
    "resolution": Fraction(1),
    "sting": Fraction(4, 3),
    "question": Fraction(4, 3),
    "close": Fraction(4, 3),
}
"""Tempo of each mood by the home tempo: simple ratios, so that beats of one cue are triplets or halves of the next."""

_RELATIONS: dict[CueMood, tuple[Relation, ...]] = {
    "quiet": ("relative", "home"),
    "suspicion": ("subdominant", "home"),
    "comedy": ("relative", "parallel"),
    "chase": ("home", "up"),
    "tension": ("dominant", "up"),
    "resolution": ("home",),
    "sting": ("home",),
    "question": ("home",),
    "close": ("home",),
}
"""Keys of each mood, the best first; a cue in another mood than the one before takes another key if there is one."""

TITLE_LANDS = Fraction(3, 5)
"""Seconds into the title card at which the show's name has landed; the hook begins there."""

_BREATH = Fraction(1, 12)
"""The music is gone so long before a punch line begins."""
_NEAR_A_CUT = (Fraction(1, 10), Fraction(1))
"""After a punch line the music waits for the next cut if one comes within this time …"""
_TWO_BEATS_AFTER = Fraction(1, 2)
"""… and else so long."""
_SHORTEST = Fraction(7, 5)
"""Less music than this between two silences is none."""
_TAIL = Fraction(6, 5)
_UNDER_TALK = 1.0
"""What a hit loses in weight where it would fall on somebody's words."""


class ScoredCue(Value):
    """One piece of music at its place in the film."""

    media: str
    """`S02:score`, `title:score`: as the cut calls it."""
    at: Seconds
    request: ComposeRequest

    @property
    def line(self) -> str:
        """The cue in one line that a musician can read."""
        ask = self.request
        words = [f"{self.media.split(':')[0]:<5} {ask.mood:<10} {ask.key:<13} {ask.tempo:>3}"]
        count = _bars(ask)
        words.append(f"{count:>2} bar{'s' if count > 1 else ' '} at {float(self.at):>5.1f}")
        if ask.hits:
            shown = (f"{float(hit):.1f}{'!' if hit == ask.turn else ''}" for hit in ask.hits)
            words.append(f"hits {' '.join(shown)}")
        words += [f"stop {float(stop.at):.1f}-{float(stop.until):.1f}" for stop in ask.stops]
        if ask.onward:
            words.append(f"-> {ask.onward.key} {ask.onward.tempo}")
        return "  ".join(words)


def theme_of(episode: Episode) -> ShowTheme:
    """Return the theme that the record keeps, or the one that the show's name gives."""
    kept = episode.world.theme if episode.world else None
    return kept or found_theme(episode.brief.show)


def score_plan(episode: Episode) -> tuple[ScoredCue, ...]:
    """Return all cues of the cut's music track in order of time. Raises `ValueError` when there is no cut yet."""
    theme = theme_of(episode)
    home = key_called(theme.key)
    clips = episode.the_cut.track("A4").placed()
    cues = {cue.scene: cue for cue in episode.cues}
    names = [clip.media.split(":")[0] for _, clip in clips]
    moods = [_mood(name, cues.get(name)) for name in names]
    keys = _keys(names, moods, home)
    made: list[ScoredCue] = []
    for place in range(len(clips) - 1, -1, -1):
        (at, clip), name, mood = clips[place], names[place], moods[place]
        stops = () if name in CARDS else _stops(episode, at, clip, cues.get(name), _tempo(theme, mood))
        stays_away = bool(stops) and stops[-1].until == clip.seconds
        follows = made[-1] if made and made[-1].at == at + clip.seconds else None
        onward = None
        if follows is not None and not stays_away and mood != "sting":
            onward = Onward(key=follows.request.key, tempo=follows.request.tempo)
        request = ComposeRequest(
            mood=mood,
            seconds=clip.seconds,
            tail=_TAIL if place < len(clips) - 1 and not stays_away else Fraction(0),
            tempo=_tempo(theme, mood),
            key=keys[place].name,
            theme=theme,
            stops=stops,
            talk=_talk(episode, at, clip),
            onward=onward,
            seed=seed_from(episode.brief.effective_seed, name, cues[name].take if name in cues else 1),
        )
        made.append(ScoredCue(media=clip.media, at=at, request=_with_hits(episode, at, name, request)))
    return tuple(reversed(made))


def score_sheet(cues: Sequence[ScoredCue]) -> str:
    """Return the score plan as text, one cue a line."""
    return "\n".join(cue.line.rstrip() for cue in cues) + "\n"


def stretches(request: ComposeRequest) -> tuple[tuple[Fraction, Fraction], ...]:
    """Return start and end of each stretch of a cue in which there is music, in order."""
    starts = [Fraction(0), *(stop.until for stop in request.stops)]
    ends = [*(stop.at for stop in request.stops), request.seconds]
    return tuple((start, end) for start, end in zip(starts, ends, strict=True) if end > start)


def _mood(name: str, cue: Cue | None) -> CueMood:
    cards: dict[str, CueMood] = {"title": "sting", "next": "question", "end": "close"}
    return cards.get(name) or (cue.mood if cue else "quiet")


def _tempo(theme: ShowTheme, mood: CueMood) -> int:
    return round(theme.tempo * PACE[mood])


def _keys(names: Sequence[str], moods: Sequence[CueMood], home: Key) -> list[Key]:
    """Return the key of each cue; the last scene comes home whatever its mood is."""
    scenes = [name for name in names if name not in CARDS]
    found: list[Key] = []
    for place, (name, mood) in enumerate(zip(names, moods, strict=True)):
        wished = [home.related(relation) for relation in _RELATIONS[mood]]
        if name in scenes[-1:]:
            wished = [home]
        before = found[-1] if found else None
        moved = [key for key in wished if key != before] if place and mood != moods[place - 1] else wished
        found.append((moved or wished)[0])
    return found


def _stops(episode: Episode, at: Fraction, clip: Clip, cue: Cue | None, tempo: int) -> tuple[Silence, ...]:
    """Return the silences of a scene's cue: from just before each joke until after it, where the picture moves on."""
    if cue is None:
        return ()
    lines = {c.media: (start - at, c.seconds) for name in ("A1", "A2") for start, c in _placed(episode, name)}
    cuts = [start - at for start, _ in _placed(episode, "V1")]
    found = []
    for line in cue.before:
        if line in lines:
            start, long = lines[line]
            end = start + long
            near = [cut for cut in cuts if end + _NEAR_A_CUT[0] <= cut <= end + _NEAR_A_CUT[1]]
            found.append((start - _BREATH, min(near, default=end + _TWO_BEATS_AFTER)))
    found += [(stop, stop + Fraction(120, tempo)) for stop in cue.stops]
    kept: list[tuple[Fraction, Fraction]] = []
    for start, until in sorted(found):
        if not _SHORTEST / 2 <= start < clip.seconds:
            continue
        back = max(until, start + Fraction(120, tempo))
        back = back if clip.seconds - back >= _SHORTEST else clip.seconds
        if kept and start - kept[-1][1] < _SHORTEST:
            kept[-1] = (kept[-1][0], max(back, kept[-1][1]))
        else:
            kept.append((start, back))
    return tuple(Silence(at=start, until=back) for start, back in kept)


def _talk(episode: Episode, at: Fraction, clip: Clip) -> tuple[Talk, ...]:
    """Return where anybody speaks while the cue plays."""
    end, found = at + clip.seconds, []
    for name in ("A1", "A2"):
        for start, line in _placed(episode, name):
            first, last = max(start, at), min(start + line.seconds, end)
            if last > first:
                found.append(Talk(at=first - at, seconds=last - first))
    return tuple(sorted(found, key=lambda talk: talk.at))


def _with_hits(episode: Episode, at: Fraction, name: str, request: ComposeRequest) -> ComposeRequest:
    """Add what the music hits, and of these the one that it builds to."""
    if request.mood == "sting":
        return request.model_copy(update={"hits": (TITLE_LANDS,), "turn": TITLE_LANDS})
    wishes = [] if name in CARDS else _wishes(episode, at, name, request.talk)
    hits: list[Fraction] = []
    for start, end in stretches(request):
        inside = [(moment, weight) for moment, weight in wishes if start < moment < end]
        near = [Wish(float(moment - start), weight) for moment, weight in inside]
        taken = chosen(float(end - start), request.tempo, near)
        hits += [moment for moment, _ in inside if any(abs(float(moment - start) - hit) < 1e-6 for hit in taken)]
    # A return is an accent by itself: no hit close behind one.
    backs = [stop.until for stop in request.stops]
    hits = [hit for hit in hits if all(not 0 <= hit - back < APART for back in backs)]
    weights = dict(wishes)
    turn = max(hits, key=lambda hit: (weights[hit], -hit), default=None)
    built = turn if turn is not None and weights[turn] >= 4 else None
    return request.model_copy(update={"hits": tuple(hits), "turn": built})


def _wishes(episode: Episode, at: Fraction, name: str, talk: Sequence[Talk]) -> list[tuple[Fraction, float]]:
    """Return the cuts of a scene that matter, with how much they do.

    The thing's first appearance, a chase's start and a turn count most, then what a gag shows, then an insert.
    """
    stars = {c.id for c in episode.the_world.characters if c.kind != "human" or c.role == "suspect"}
    purposes = {beat.id: beat.purpose for beat in episode.the_script.scene(name).beats}
    found: dict[Fraction, float] = {}
    seen: set[str] = set()
    begun: set[str] = set()
    for start, clip in _placed(episode, "V1"):
        if not clip.media.startswith(f"{name}-"):
            continue
        shot = episode.shot(clip.media)
        moment, weight = (
            start - at,
            _weight(shot, stars - seen, {purposes.get(beat, "") for beat in shot.beats} - begun),
        )
        seen |= {subject.id for subject in shot.subjects}
        begun |= {purposes.get(beat, "") for beat in shot.beats}
        spoken = any(each.at < moment < each.at + each.seconds for each in talk)
        weight -= _UNDER_TALK if spoken else 0.0
        if weight > 0 and moment > 0:
            found[moment] = max(weight, found.get(moment, 0.0))
    return sorted(found.items())


def _weight(shot: Shot, new_stars: set[str], new_purposes: set[str]) -> float:
    """Return how much the start of a shot matters to the music, 0 (nothing) to 6."""
    weight = 0.0
    entering = {event.who for event in shot.events if isinstance(event, Enter)}
    if new_stars & ({subject.id for subject in shot.subjects} | entering):
        weight = 5.0
    if new_purposes & {"chase", "turn", "reverse"}:
        weight = max(weight, 4.5) + 0.5
    if shot.gag:
        weight = max(weight, 4.0)
    if shot.role == "insert":
        weight = max(weight, 2.0)
    return weight


def _placed(episode: Episode, track: TrackName) -> tuple[tuple[Fraction, Clip], ...]:
    return episode.the_cut.track(track).placed()


def _bars(request: ComposeRequest) -> int:
    """Return how many bars of music a cue has, the last of each stretch counted whole."""
    beats = 0
    for start, end in stretches(request):
        hits = [float(hit - start) for hit in request.hits if start < hit < end]
        beats += fitted(float(end - start), request.tempo, hits).beats
    return max(round(beats / BAR), 1)
