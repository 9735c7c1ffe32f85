"""The teaser: at most 15 seconds of a finished film, chosen by rule, that make one want the rest.

The cold open, the call or the first sight of the thing, one heightening, and the turn, cut hard before its punch line;
the title last. Every piece is a run of whole segments in which no voice is cut, so that packets can be copied.
"""

from fractions import Fraction
from itertools import pairwise, product
from typing import NamedTuple

from episodes.captions import Caption, captions
from episodes.cut import CARDS, Clip, Cut
from episodes.episode import Episode
from episodes.film_requests import MixRequest, PlacedSegment, PlacedSound, TeaseRequest
from episodes.plan import MARKED_SECONDS
from episodes.script import Beat
from episodes.tasks import Task
from episodes.value import Seconds, Value
from episodes.work import Belt, Plan, task

LONGEST = Fraction(15)
"""Most seconds of a teaser, its title among them."""

SHORTEST = Fraction(5)
"""Fewest that are worth showing."""

FADE = Fraction(1, 50)
"""Fade at every cut of a sound: too short to be heard, long enough not to click."""

_EARLIEST = Fraction(1, 2)
"""How long before its picture a voice may begin, over the end of the piece before."""
_CLICK = Fraction(3, 20)
"""What of a radio's key click before a voice belongs to it."""
_IDEAL = Fraction(7, 2)
_MOST_CANDIDATES = 10


class Piece(Value):
    """A stretch of the film, in whole segments."""

    why: str
    """`cold_open`, `call`, `heighten`, `turn` or `title`."""
    clips: tuple[Clip, ...]
    at: Seconds
    """Where it begins in the film."""
    seconds: Seconds
    speech: Seconds
    """Where its sound begins in the film: before its picture where a voice does."""
    lines: tuple[str, ...] = ()
    """Ids of the lines that are heard in it, each whole."""


class Teaser(Value):
    """What was chosen."""

    pieces: tuple[Piece, ...] = ()
    """In order; none when there is no teaser."""
    reason: str = ""
    """Why there is none, in a sentence."""

    @property
    def seconds(self) -> Fraction:
        """Running time."""
        return sum((piece.seconds for piece in self.pieces), Fraction(0))


def choose_teaser(episode: Episode) -> Teaser:
    """Return the teaser of the episode's cut. Raises `ValueError` when there is no cut."""
    cut = episode.the_cut
    titles = [(at, clip) for at, clip in cut.track("V1").placed() if clip.media == "title"]
    if not titles:
        return Teaser(reason="There is no teaser: the film has no title card to end it with.")
    at, clip = titles[0]
    title = Piece(why="title", clips=(clip,), at=at, seconds=clip.seconds, speech=at)
    film = read(episode)
    opening = _openings(film)
    if not opening:
        return Teaser(reason="There is no teaser: no line of the cold open ends with a shot.")
    middles = [_best(candidates(film, why)) for why in ("call", "heighten", "turn")]
    room = LONGEST - title.seconds
    found = max(
        (chosen for chosen in product(_best(opening), *([None, *pieces] for pieces in middles)) if _fits(chosen, room)),
        key=_worth,
        default=None,
    )
    if found is None:
        return Teaser(reason="There is no teaser: the cold open alone is longer than one may be.")
    pieces = (*(piece for piece in found if piece is not None), title)
    teaser = Teaser(pieces=pieces)
    if teaser.seconds < SHORTEST:
        return Teaser(reason=f"There is no teaser: only {float(teaser.seconds):.0f} s of the film would stand alone.")
    return teaser


# ---- what can stand alone --------------------------------------------------------------------------------------------


class _Heard(NamedTuple):
    start: Fraction
    end: Fraction
    line: str


class Film(NamedTuple):
    """What every choice looks at, read from the cut once."""

    episode: Episode
    placed: tuple[tuple[Fraction, Clip], ...]
    """Clips of the picture track."""
    voices: list[_Heard]
    shown: tuple[Caption, ...]
    """Captions that are burned in."""


def read(episode: Episode) -> Film:
    """Return what the choices look at. Raises `ValueError` when there is no cut."""
    cut, shown = episode.the_cut, captions(episode) if episode.mix.burn_captions else ()
    return Film(episode, cut.track("V1").placed(), _voices(cut), shown)


def _voices(cut: Cut) -> list[_Heard]:
    found = [(at, clip) for name in ("A1", "A2") for at, clip in cut.track(name).placed()]
    return sorted(_Heard(at, at + clip.seconds, clip.media) for at, clip in found)


def _openings(film: Film) -> list[Piece]:
    """Return what a teaser may begin with: it must carry the on-screen mark, and has a line where there is one."""
    first = film.episode.the_script.scenes[0]
    pieces = [p for p in runs(film, [b.id for b in first.beats], "cold_open") if p.at < MARKED_SECONDS]
    return [piece for piece in pieces if piece.lines] or pieces


def candidates(film: Film, why: str) -> list[Piece]:
    """Return what may stand in the teaser as its `call`, its `heighten` or its `turn`."""
    scenes = film.episode.the_script.scenes
    beats = [beat for scene in scenes[1:] for beat in scene.beats]
    if why == "call":
        wanted = [beat for beat in beats if beat.purpose in ("call", "acknowledge", "arrive")]
        return runs(film, [beat.id for beat in wanted], why)
    if why == "heighten":
        wanted = [beat for beat in beats if beat.purpose in ("heighten", "plant", "reverse", "witness", "chase")]
        return [piece for beat in wanted for piece in runs(film, [beat.id], why)]
    turns = [beat for beat in beats if beat.purpose in ("turn", "stand_off")]
    return [piece for beat in turns for piece in _before_the_punch(film, beat)]


def _before_the_punch(film: Film, beat: Beat) -> list[Piece]:
    """Return runs of a beat that end before its last line begins."""
    if len(beat.lines) < 2:
        return []
    punch = next((voice.start for voice in film.voices if voice.line == beat.lines[-1].id), None)
    found = runs(film, [beat.id], "turn")
    return [run for run in found if run.lines and (punch is None or run.at + run.seconds <= punch)]


def runs(film: Film, beats: list[str], why: str) -> list[Piece]:
    """Return every run of neighbouring segments of these beats in which each voice is whole."""
    placed = film.placed
    found: list[Piece] = []
    for first in range(len(placed)):
        clips: list[Clip] = []
        start = placed[first][0]
        for at, clip in placed[first:]:
            if clip.media in CARDS or not set(film.episode.shot(clip.media).beats) & set(beats):
                break
            clips.append(clip)
            seconds = at + clip.seconds - start
            if seconds > LONGEST:
                break
            if any(
                c.at < start and c.out > start + Fraction(1, 5) and c.speech < start - _EARLIEST for c in film.shown
            ):
                continue
            piece = _whole(why, tuple(clips), start, seconds, film.voices)
            found += [piece] if piece is not None else []
    return found


def _whole(why: str, clips: tuple[Clip, ...], start: Fraction, seconds: Fraction, voices: list[_Heard]) -> Piece | None:
    """Return the run as a piece, or None where a voice would be cut."""
    end, speech, lines = start + seconds, start, []
    for voice in voices:
        if voice.end <= start or voice.start >= end:
            continue
        if voice.end > end or voice.start < start - _EARLIEST:
            return None
        lines.append(voice.line)
        speech = min(speech, voice.start - _CLICK) if voice.start < start else speech
    return Piece(why=why, clips=clips, at=start, seconds=seconds, speech=speech, lines=tuple(lines))


# ---- what is worth it ------------------------------------------------------------------------------------------------


def _best(pieces: list[Piece]) -> list[Piece]:
    return sorted(pieces, key=lambda piece: (-_merit(piece), piece.at))[:_MOST_CANDIDATES]


def _merit(piece: Piece) -> Fraction:
    """A voice is worth most; one that is much longer or shorter than what an eye takes in, less."""
    # From the first frame on, the on-screen mark stands for as long as it does in the film.
    whole_mark = Fraction(2) if piece.at == 0 else Fraction(0)
    return 3 * min(len(piece.lines), 2) - abs(piece.seconds - _IDEAL) / 2 + whole_mark


def _worth(chosen: tuple[Piece | None, ...]) -> tuple[Fraction, Fraction]:
    pieces = [piece for piece in chosen if piece is not None]
    merit = sum((_merit(piece) + 4 for piece in pieces), Fraction(0))
    return merit, sum((piece.seconds for piece in pieces), Fraction(0))


def _fits(chosen: tuple[Piece | None, ...], room: Fraction) -> bool:
    """Whether the pieces are short enough together, go forward in the film, and none speaks into the one before."""
    pieces = [piece for piece in chosen if piece is not None]
    if sum((piece.seconds for piece in pieces), Fraction(0)) > room or pieces[0].speech < pieces[0].at:
        return False
    return all(
        first.at + first.seconds <= second.at and not (second.speech < second.at and _ends_with_a_voice(first))
        for first, second in pairwise(pieces)
    )


def _ends_with_a_voice(piece: Piece) -> bool:
    return bool(piece.lines)


# ---- the task --------------------------------------------------------------------------------------------------------


def with_teaser(plan: Plan, episode: Episode, belt: Belt) -> Plan:
    """Return the plan of a film with its teaser's sound and the teaser as the last tasks, where there is one."""
    teaser = choose_teaser(episode)
    if not teaser.pieces:
        return plan
    mix = teaser_mix_task(episode, belt, teaser, plan)
    return Plan(tasks=(*plan.tasks, mix, tease_task(episode, belt, teaser, plan, mix)))


def teaser_mix_task(episode: Episode, belt: Belt, teaser: Teaser, plan: Plan) -> Task:
    """The teaser's sound, out of the stems of the film's."""
    request = MixRequest(
        sounds=_sounds(episode, teaser), mix=episode.mix.levels, seconds=teaser.seconds, keep_stems=False
    )
    return task("teaser", belt.assembly, request, {"mix": plan.labelled("film", "mix").key}, teaser.seconds)


def tease_task(episode: Episode, belt: Belt, teaser: Teaser, plan: Plan, mix: Task) -> Task:
    """The teaser, out of the plan's own segments and its mixed sound."""
    (film,) = plan.of("assemble")
    assert film.request.kind == "assemble"
    segments, needs = [], {"mix": mix.key}
    own = {need.name: need.key for need in film.needs}
    for clip in (clip for piece in teaser.pieces for clip in piece.clips):
        name = f"segment:{clip.media}"
        segments.append(PlacedSegment(input=name, frames=episode.brief.format.frames(clip.seconds)))
        needs[name] = own[name]
    request = TeaseRequest(
        format=episode.brief.format,
        segments=tuple(segments),
        title=f"{episode.the_script.title} (teaser)",
        show=episode.brief.show,
        season=episode.season,
        number=episode.number,
        summary=episode.the_script.logline,
        chapters=(),
        made_by=film.request.made_by,
        composite=film.request.composite,
    )
    return task("teaser", belt.assembly, request, needs, teaser.seconds)


def _sounds(episode: Episode, teaser: Teaser) -> tuple[PlacedSound, ...]:
    found, at = [], Fraction(0)
    for piece in teaser.pieces[:-1]:
        early = min(piece.at - piece.speech, at)
        found += [
            _stem("dialogue.wav", "A1", at - early, piece.at - early, piece.seconds + early),
            _stem("radio.wav", "A2", at - early, piece.at - early, piece.seconds + early),
            _stem("effects.wav", "A3", at, piece.at, piece.seconds),
        ]
        at += piece.seconds
    title = teaser.pieces[-1]
    found += [*_music(episode, at), _stem("music.wav", "A4", at, title.at, title.seconds)]
    return tuple(found)


def _music(episode: Episode, seconds: Fraction) -> tuple[PlacedSound, ...]:
    """Return the cue of the chase, or of the scene that comes nearest to one, so that its end is cut at the title.

    None where no scene has music.
    """
    cut, moods = episode.the_cut, {cue.scene: cue.mood for cue in episode.cues}
    order = ("chase", "tension", "suspicion", "comedy", "resolution", "quiet")
    cues = [(at, clip, clip.media.split(":")[0]) for at, clip in cut.track("A4").placed()]
    scored = [(at, clip, moods[scene]) for at, clip, scene in cues if scene in moods]
    if not scored:
        return ()
    long_enough = [cue for cue in scored if cue[1].seconds >= seconds]
    best = min(long_enough or scored, key=lambda cue: (order.index(cue[2]), -cue[1].seconds))
    used = min(best[1].seconds, seconds)
    return (_stem("music.wav", "A4", seconds - used, best[0], used),)


def _stem(file: str, track: str, at: Fraction, source_in: Fraction, seconds: Fraction) -> PlacedSound:
    return PlacedSound.model_validate(
        {"input": "mix", "file": file, "track": track, "at": at, "source_in": source_in, "seconds": seconds}
        | {"fade_in": FADE, "fade_out": FADE}
    )
