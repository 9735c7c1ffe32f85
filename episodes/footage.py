"""Which of the person's own clips are seen in which shots: by what their descriptions say, and never by chance alone.

A clip is weighed against each shot by itself, and a shot asks for one clip only: the one that suits it best. A clip is
given to the two shots at most that it suits best, never to neighbours. So an edit moves no clip but one that the edited
shot asked for or asks for now: all other shots keep theirs, with the same in point, and their takes.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

from episodes.cast import Character, World
from episodes.effects import Light
from episodes.footage_words import DEEDS, Read, meaning, meanings, read, said_for, words_of
from episodes.format import HANDLE_FRAMES, Format
from episodes.nouns import nouns
from episodes.own_media import OwnClip
from episodes.shots import Door, Enter, Exit, Fall, Grab, LightBar, Mouth, Shot, SirenPass, ThingActs
from episodes.story_state import OFFICER_ROLES
from episodes.value import Seconds, Value, seed_from

ENOUGH = 5.0
"""Points from which a clip is taken for a shot."""
MOST_USES = 2
"""Shots that one clip is seen in."""
APART = Fraction(1)
"""Seconds at least between the in points of a clip's two uses; one that can't have that is seen once."""
LONGEST_BACKWARDS = Fraction(12)
"""Seconds of a take that may be played backwards: its pictures are held in memory for that."""

_NAMED = 0.6
"""Share of a description's content that the shot must hold: a goose on the street is no empty street."""
_NEAR_SIZES = ("close", "extreme_close")
_WIDE_SIZES = ("extreme_long", "long", "full")
_ROLE_POINTS = {"establishing": 2.0, "insert": 2.0, "b_roll": 1.0, "reaction": -1.0, "a_roll": -2.0}
_TWILIGHT: tuple[Light, ...] = ("dawn", "dusk")


class FootageCut(Value):
    """What of a clip a take is cut from. Input: `own:<name>`."""

    name: str
    digest: str
    form: Literal["mov", "matroska", "avi"]
    at: Seconds
    """Second of the file at which the take begins, its first handle counted."""
    seconds: Seconds
    """Length of the take with both handles; nothing after that is read."""
    reversed: bool = False


class Match(NamedTuple):
    """How well a clip suits a shot, and by which words of its description."""

    points: float
    words: tuple[str, ...]


class Use(NamedTuple):
    """A clip in a shot."""

    clip: OwnClip
    cut: FootageCut
    words: tuple[str, ...]
    """Words of its description that speak of the shot."""


class _Shown(NamedTuple):
    """What a shot shows, as a description may speak of it."""

    things: tuple[frozenset[str], ...]
    """For each thing and animal in the picture, what stands for its names."""
    people: bool
    person_words: frozenset[str]
    place: frozenset[str]
    action: frozenset[str]
    """What happens, and how the things are: `jelly` of a jelly doughnut."""


def choose(shots: tuple[Shot, ...], world: World, clips: tuple[OwnClip, ...], form: Format) -> Mapping[str, Use]:
    """Return the clip of each shot that gets one, by shot id. Equal arguments always give the same."""
    wanted: dict[str, list[tuple[float, int, int, Match]]] = {}
    if not clips:
        return {}
    understood = {clip.name: (clip, read(clip.words)) for clip in clips}
    for index, shot in enumerate(shots):
        best = _best(shot, world, understood.values(), form)
        if best is not None:
            clip, match = best
            # Between equals a number decides that nothing but the two of them has a say in.
            tie = seed_from("footage", clip.name, shot.id)
            wanted.setdefault(clip.name, []).append((-match.points, tie, index, match))
    uses: dict[str, Use] = {}
    for name, asking in wanted.items():
        clip = understood[name][0]
        given = _given(sorted(asking), shots, clip, form)
        uses |= {shots[index].id: Use(clip, cut, match.words) for index, match, cut in given}
    return {shot.id: uses[shot.id] for shot in shots if shot.id in uses}


def named_use(shot: Shot, clip: OwnClip, form: Format) -> Use:
    """Return a clip in a shot that the person named: from its first second that may be seen."""
    cut = FootageCut(
        name=clip.name, digest=clip.digest, form=clip.form, at=clip.begin, seconds=take_seconds(shot, form)
    )
    return Use(clip, cut, ())


def suits(shot: Shot, world: World, clip: OwnClip, form: Format) -> Match | None:
    """Return how well a clip suits a shot; None where it can't be seen there at all, or says too little of it."""
    return _match(shot, world, clip, read(clip.words), form)


def take_seconds(shot: Shot, form: Format) -> Fraction:
    """Return how long a shot's take is, with its handles."""
    return shot.seconds + 2 * HANDLE_FRAMES * form.frame


def _best(
    shot: Shot, world: World, clips: Iterable[tuple[OwnClip, Read]], form: Format
) -> tuple[OwnClip, Match] | None:
    if not _may_be_covered(shot):
        return None
    found = []
    for clip, said in clips:
        match = _match(shot, world, clip, said, form)
        if match is not None:
            found.append((-match.points, seed_from("footage", shot.id, clip.name), clip.name, clip, match))
    return min(found, key=lambda each: each[:3])[3:] if found else None


def _may_be_covered(shot: Shot) -> bool:
    """Whether foreign pictures may stand for a shot at all: never where somebody in it is seen to speak."""
    seen = {subject.id for subject in shot.subjects}
    speaks = any(isinstance(event, Mouth) and event.who in seen for event in shot.events)
    return not speaks and shot.owner != "interview"


def _given(
    asking: list[tuple[float, int, int, Match]], shots: tuple[Shot, ...], clip: OwnClip, form: Format
) -> Iterator[tuple[int, Match, FootageCut]]:
    """Yield who gets a clip of those who ask for it, the best first: index of the shot, match, and what is cut."""
    halves: dict[int, int] = {}
    for _, _, index, match in asking:
        shot = shots[index]
        if len(halves) == MOST_USES or any(abs(index - other) == 1 for other in halves):
            continue
        if halves and not _twice(shot, shots, halves, clip, form):
            continue
        own = (seed_from("half", shot.id, clip.name) + shot.take) % 2
        half = 1 - next(iter(halves.values())) if halves else own
        halves[index] = half
        yield index, match, _cut(shot, clip, half, form)


def _twice(shot: Shot, shots: tuple[Shot, ...], halves: Mapping[int, int], clip: OwnClip, form: Format) -> bool:
    """Whether a clip is long enough to be seen in two shots without showing the same twice."""
    longest = max(take_seconds(other, form) for other in (shot, *(shots[index] for index in halves)))
    return clip.seconds - longest >= APART or (clip.reversible and longest <= LONGEST_BACKWARDS)


def _cut(shot: Shot, clip: OwnClip, half: int, form: Format) -> FootageCut:
    """Return what is cut for a shot: from the first or the second half of what the clip has to spare."""
    needs = take_seconds(shot, form)
    spare = clip.seconds - needs
    room = max(spare - APART, Fraction(0)) / 2
    drawn = Fraction(seed_from("in point", shot.id, shot.take, clip.name) % 1000, 1000) * room
    at = drawn if half == 0 else spare - drawn
    # Never before the first second that may be seen, however the frames fall.
    snapped = min(form.snap(at), spare)
    backwards = half == 1 and clip.reversible and needs <= LONGEST_BACKWARDS
    return FootageCut(
        name=clip.name,
        digest=clip.digest,
        form=clip.form,
        at=clip.begin + max(snapped, Fraction(0)),
        seconds=needs,
        reversed=backwards,
    )


# ---- one clip, one shot ----------------------------------------------------------------------------------------------


def _match(shot: Shot, world: World, clip: OwnClip, said: Read, form: Format) -> Match | None:
    if clip.seconds < take_seconds(shot, form) or not _may_be_covered(shot):
        return None
    place = _place_points(shot, world, clip, said)
    hour = _hour_points(shot, world, clip, said)
    if place is None or hour is None:
        return None
    shown = _shown(shot, world)
    what = _subject_points(shot, shown, said, here=bool(place.words))
    if what is None:
        return None
    parts = (place, hour, what, _camera_points(shot, clip, said))
    points = sum(part.points for part in parts) + _ROLE_POINTS[shot.role]
    words = tuple(dict.fromkeys(word for part in parts for word in part.words))
    return Match(points, words) if points >= ENOUGH and words else None


def _place_points(shot: Shot, world: World, clip: OwnClip, said: Read) -> Match | None:
    """Return what the place is worth; None where the clip was taken at another kind of place."""
    here = world.place(shot.place).set
    sets = {clip.set} if clip.set else said.sets
    if here in sets:
        return Match(2.0, (said_for(clip.words, here),))
    if sets and shot.size not in _NEAR_SIZES:
        return None
    return Match(-1.0 if sets else 0.0, ())


def _hour_points(shot: Shot, world: World, clip: OwnClip, said: Read) -> Match | None:
    """Return what light and weather are worth; None where they would be seen to be wrong."""
    inside, near = world.place(shot.place).interior, shot.size in _NEAR_SIZES
    lights = {clip.light} if clip.light else said.lights
    weathers = {clip.weather} if clip.weather else said.weathers
    points, words = 0.0, []
    if shot.light in lights:
        points, words = points + (1.0 if inside else 2.0), [said_for(clip.words, shot.light)]
    elif lights and not (shot.light in _TWILIGHT and lights & set(_TWILIGHT)):
        if not inside and not near:
            return None
        points -= 1.0
    elif not inside and not near:
        # Nobody said what hour it is there, and it would be seen.
        points -= 2.0
    if not inside:
        if shot.weather in weathers and shot.weather != "clear":
            points, words = points + 1.0, [*words, said_for(clip.words, shot.weather)]
        elif shot.weather not in weathers and weathers and not near:
            return None
        elif not weathers and shot.weather in ("rain", "fog", "snow") and not near:
            points -= 1.0
    return Match(points, tuple(words))


def _camera_points(shot: Shot, clip: OwnClip, said: Read) -> Match:
    owners = {clip.owner} if clip.owner else said.owners
    if shot.owner in owners:
        return Match(1.0, (said_for(clip.words, shot.owner),))
    return Match(-1.0 if owners else 0.0, ())


def _subject_points(shot: Shot, shown: _Shown, said: Read, here: bool) -> Match | None:
    """Return what the clip's things, people and deeds are worth.

    None where it shows much that the shot does not hold, or not what the shot is about.
    """
    known = frozenset().union(shown.person_words, shown.place, shown.action, *shown.things)
    told = [(word, means) for word, means in said.content if means in known]
    meant = {means for _, means in told}
    # What the thing does may differ from the script; what else is there may not.
    things = [means for _, means in said.content if means in known or not shown.things or means not in DEEDS]
    if len(told) < _NAMED * len(things) or not _is_about(shot, shown, meant, here):
        return None
    points = -0.5 * (len(said.content) - len(told))
    for number, names in enumerate(shown.things):
        if names & meant:
            points += 2.0 if number else 4.0
    points += min(2, len(meant & shown.place)) + min(3, len(meant & shown.action))
    if shown.people:
        points += 2.0 if meant & shown.person_words else -1.0
    return Match(points, tuple(word for word, _ in told))


def _is_about(shot: Shot, shown: _Shown, meant: set[str], here: bool) -> bool:
    """Whether the clip shows what the shot is there for: its thing, or from afar its people; a place shows itself."""
    if shot.role == "establishing" or not shot.subjects:
        return here or bool(shown.place & meant)
    if shown.things and (shot.role != "reaction" or not shown.people):
        return bool(shown.things[0] & meant)
    return shot.size in _WIDE_SIZES and bool(shown.person_words & meant)


def _shown(shot: Shot, world: World) -> _Shown:
    people: dict[str, Character] = {character.id: character for character in world.characters}
    props = {prop.id: prop.name for prop in world.props}
    things, details, persons = [], [], list[Character]()
    for subject in shot.subjects:
        character = people.get(subject.id)
        if character is not None and character.kind == "human":
            persons.append(character)
        else:
            name = character.name if character else props.get(subject.id, "")
            things.append(_heads(name))
            details.append(name)
    officers = any(person.role in OFFICER_ROLES for person in persons)
    words = [meaning("person")] * bool(persons) + [meaning("officer")] * officers
    place = world.place(shot.place)
    return _Shown(
        things=tuple(things),
        people=bool(persons),
        person_words=frozenset(words),
        place=meanings((place.name, place.landmark, *place.dressing)),
        action=meanings((*_deeds(shot), *details)) - frozenset().union(*things),
    )


def _heads(name: str) -> frozenset[str]:
    """Return what stands for the thing itself: `doughnut` of a jelly doughnut, `goose` of a goose in a hat."""
    return meanings(noun for noun in nouns(name)[:1] for noun in words_of(noun)[-1:])


def _deeds(shot: Shot) -> Iterator[str]:
    """Yield the words for what happens: the gag, and each event by its own."""
    yield shot.gag
    for event in shot.events:
        match event:
            case Enter() | Exit() | Fall() | Grab():
                yield event.kind
            case Door():
                yield f"door {event.action}"
            case ThingActs():
                yield event.action
            case LightBar():
                yield "police car flash"
            case SirenPass():
                yield "siren car police"
            case _:
                pass
    poses = {subject.pose for subject in shot.subjects} & {"walk", "run", "sit", "lie"}
    yield " ".join(sorted(poses))
