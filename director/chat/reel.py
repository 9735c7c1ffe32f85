"""The plan of the reel of rejected takes: cards, slates, takes in their camera's look, and what was heard over them."""

from collections.abc import Callable
from fractions import Fraction

from director.chat.rejects import Reject, render_request
from episodes.captions import captions
from episodes.cut import Chapter
from episodes.episode import Episode
from episodes.film_requests import AssembleRequest, MixRequest, PlacedSegment, PlacedSound
from episodes.placing import SOUND_LEAD, scene_span
from episodes.plan import conform_task, score_task, sound_task
from episodes.requests import CardRequest, ConformRequest, SoundRequest
from episodes.scoring import score_plan
from episodes.tasks import Task
from episodes.work import Belt, Plan, Stage, task

OPENING, SLATE, END = Fraction(5, 2), Fraction(3, 2), Fraction(4)
"""Seconds of the opening card, of each slate and of the end card."""
FADE = Fraction(1, 25)
"""Seconds in which the sound of a take comes and goes."""
TITLE = "Bloopers"

Has = Callable[[str], bool]
"""Whether the shelf has an artefact for a recipe."""


class _Reel:
    """What has been put into the reel so far."""

    def __init__(self, episode: Episode, belt: Belt) -> None:
        self.episode, self.belt = episode, belt
        self.at = Fraction(0)
        self.tasks: dict[str, Task] = {}
        self.segments: list[PlacedSegment] = []
        self.needs: dict[str, str] = {}
        self.sounds: list[PlacedSound] = []
        self.heard: dict[str, str] = {}
        self.chapters: list[Chapter] = []

    def show(self, made: Task, frames: int) -> Fraction:
        """Put a segment at the end; return where it begins."""
        name, form, begins = f"segment:{len(self.segments)}", self.episode.brief.format, self.at
        self.tasks[made.key] = made
        self.segments.append(PlacedSegment(input=name, frames=frames))
        self.needs[name] = made.key
        self.at += frames * form.frame
        return begins

    def card(self, card: str, seconds: Fraction, lines: tuple[str, ...], title: str) -> Fraction:
        """Put a card at the end; return where it begins."""
        form, brief = self.episode.brief.format, self.episode.brief
        frames = form.frames(seconds)
        request = CardRequest.model_validate(
            {"card": card, "format": form, "look": self.episode.the_world.look, "show": brief.show, "title": title,
             "lines": lines, "frames": frames, "seed": brief.effective_seed}
        )  # fmt: skip
        return self.show(
            task(f"bloopers:{card}:{len(self.segments)}", self.belt.finish, request, seconds=seconds), frames
        )

    def hear(self, source: Task, sound: PlacedSound) -> None:
        """Lay a stem of a task's sound, or a part of it."""
        self.tasks[source.key] = source
        self.heard[sound.input] = source.key
        self.sounds.append(sound)


def reel_plan(
    episode: Episode, belt: Belt, stage: Stage, found: tuple[Reject, ...], credits: tuple[str, ...], has: Has
) -> Plan:
    """Return all work for the reel; nothing in it asks a camera, a voice or a composer for anything new.

    `has` says what is on the shelf: lines and cues that are gone from there are not heard, rather than made again.
    """
    reel = _Reel(episode, belt)
    _music(reel, "title:score", reel.card("title", OPENING, (), TITLE), OPENING, has)
    for reject in found:
        scene, _, number = reject.shot.id.partition("-")
        reel.card("slate", SLATE, (scene, number, str(reject.shot.take), reject.reason), reject.shot.label)
        take, finished = _finished(reject, belt, stage)
        reel.tasks[take.key] = take
        request = finished.request
        assert isinstance(request, ConformRequest)
        begins = reel.show(finished, request.frames)
        reel.chapters.append(Chapter(at=begins, title=f"{reject.shot.id} take {reject.shot.take}", scene=scene))
        _hear_take(reel, reject, begins, has)
    _music(reel, "end:score", reel.card("end", END, credits, TITLE), END, has)
    film = _film(reel, credits)
    return Plan(tasks=(*reel.tasks.values(), *film))


def _finished(reject: Reject, belt: Belt, stage: Stage) -> tuple[Task, Task]:
    """Return the take as the shelf knows it, and the task that finishes it as its film did, marked and captioned."""
    mix = reject.episode.mix.model_copy(update={"burn_captions": True})
    episode = reject.episode.model_copy(update={"mix": mix})
    planned = conform_task(episode, belt, reject.at, reject.clip, stage, captions(episode))
    assert isinstance(planned.request, ConformRequest)
    # Each of these seconds may be shown by itself, so each says what it is.
    request = planned.request.model_copy(update={"ai_mark": True})
    tool = belt.video if stage == "final" else belt.animatic
    take = Task(label=reject.shot.label, kind="render", tool=tool, request=render_request(reject, belt, stage),
                media_seconds=reject.shot.seconds, key=reject.recipe)  # fmt: skip
    label = f"bloopers:{reject.shot.label}"
    return take, task(label, belt.finish, request, {"take": take.key}, reject.clip.seconds)


def _hear_take(reel: _Reel, reject: Reject, begins: Fraction, has: Has) -> None:
    """Lay what was heard of the scene while the take was seen: the readings of then, its noises and its room."""
    start = scene_span(reject.episode, reject.shot.scene)[0]
    source = _sound_of(reject, reel.belt, has)
    inside = reject.at - start + SOUND_LEAD
    for track, file in (("A1", "dialogue.wav"), ("A2", "radio.wav"), ("A3", "effects.wav")):
        name = f"sound:{len(reel.segments)}"
        reel.hear(source, PlacedSound.model_validate(
            {"input": name, "file": file, "track": track, "at": begins, "source_in": inside,
             "seconds": reject.clip.seconds, "fade_in": FADE, "fade_out": FADE}))  # fmt: skip


def _sound_of(reject: Reject, belt: Belt, has: Has) -> Task:
    """Return the sound of the take's scene, as it was, without lines whose readings are gone."""
    whole = sound_task(reject.episode, belt, reject.shot.scene)
    request = whole.request
    assert isinstance(request, SoundRequest)
    keys = {need.name: need.key for need in whole.needs}
    lost = {name for name, key in keys.items() if name.startswith("line:") and not has(key)}
    if has(whole.key) or not lost:
        return whole
    lines = tuple(line for line in request.lines if f"line:{line.line}" not in lost)
    kept = {name: key for name, key in keys.items() if name not in lost}
    return task(whole.label, belt.sound, request.model_copy(update={"lines": lines}), kept, request.seconds)


def _music(reel: _Reel, media: str, begins: Fraction, seconds: Fraction, has: Has) -> None:
    """Lay the film's own music of a card under a card, where it is on the shelf."""
    cue = next((cue for cue in score_plan(reel.episode) if cue.media == media), None)
    if cue is None:
        return
    made = score_task(reel.belt, cue)
    if has(made.key):
        length = min(seconds, cue.request.seconds + cue.request.tail)
        reel.hear(made, PlacedSound(input=f"music:{media}", file="music.wav", track="A4", at=begins, seconds=length,
                                    fade_in=Fraction(1, 500), fade_out=Fraction(1, 4)))  # fmt: skip


def _film(reel: _Reel, credits: tuple[str, ...]) -> tuple[Task, Task]:
    """Return the task that mixes all that is heard, and the one that joins it with the segments."""
    episode, brief = reel.episode, reel.episode.brief
    heard = MixRequest(sounds=tuple(reel.sounds), mix=episode.mix.levels, seconds=reel.at, keep_stems=False)
    mix = task("bloopers", reel.belt.assembly, heard, reel.heard, reel.at)
    request = AssembleRequest(
        format=brief.format,
        segments=tuple(reel.segments),
        title=f"{episode.the_script.title} ({TITLE.lower()})",
        show=brief.show,
        season=episode.season,
        number=episode.number,
        summary=f"What was not used of {episode.the_script.title!r}.",
        chapters=tuple(reel.chapters),
        made_by=credits[:-1],
    )
    return mix, task("bloopers", reel.belt.assembly, request, reel.needs | {"mix": mix.key}, reel.at)
