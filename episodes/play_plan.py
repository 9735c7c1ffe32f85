"""The plan of a radio play: every piece of work that it needs. None of it is a picture."""

from fractions import Fraction

from episodes.cut import CARDS, Clip
from episodes.episode import Episode
from episodes.film_requests import AssembleRequest, MeasureRequest, MixRequest, PlacedSound
from episodes.narration import Narration, narrations, narrator
from episodes.placing import balance, measured_lines, placed_beds, siren_headroom, sound_parts
from episodes.plan import score_task, sound_task
from episodes.radio_play import radio_play, sound_leads
from episodes.recordings import needed
from episodes.requests import SoundRequest, SpeakRequest
from episodes.scoring import score_plan
from episodes.take_plan import speak_task
from episodes.tasks import Task
from episodes.value import seed_from
from episodes.work import Belt, Plan, task

_CROSSING = Fraction(3, 20)
"""Seconds by which a place that is heard before its scene reaches into it, so that no seam is heard."""


def narration_task(episode: Episode, belt: Belt, narration: Narration) -> Task:
    """The reading of one narration. Raises `ValueError` before a narrator is cast."""
    voice = narrator(episode).voice
    assert voice is not None
    line = narration.line
    request = SpeakRequest(
        text=line.text, voice=voice, delivery=line.delivery, language=narration.language, reading=line.reading
    )
    return task(f"{line.id}_R{line.reading}", belt.voice, request, seconds=episode.seconds_of(line))


def play_plan(episode: Episode, belt: Belt, credits: tuple[str, ...] = ()) -> Plan:
    """Return all work for the episode as a radio play. Raises `ValueError` without a cut or a narrator."""
    play = radio_play(episode)
    made: dict[str, Task] = {}

    def add(new: Task) -> Task:
        return made.setdefault(new.key, new)

    for line in episode.the_script.lines:
        add(speak_task(episode, belt, line))
    parts: dict[str, Task] = {one.id: add(narration_task(episode, belt, one)) for one in narrations(episode)}
    for scene in sound_leads(play):
        parts[f"{scene}:sound"] = add(sound_task(play, belt, scene))
        parts[f"{scene}:lead"] = add(lead_task(play, belt, scene))
    for cue in score_plan(play):
        parts[cue.media] = add(score_task(belt, cue))
    mix = add(_mix_task(play, belt, parts))
    film = add(_assemble_task(play, belt, mix, credits))
    add(_measure_task(play, belt, film, mix))
    return Plan(tasks=tuple(made.values()))


def lead_task(play: Episode, belt: Belt, scene: str) -> Task:
    """The room tone of a scene's first place, under its slate."""
    _, seconds = sound_leads(play)[scene]
    first = placed_beds(play, scene, Fraction(0))[0]
    length = seconds + _CROSSING
    beds = (first.model_copy(update={"at": Fraction(0), "seconds": length, "running": ()}),)
    own = needed((), beds, belt.sounds)
    request = SoundRequest(
        scene=scene,
        seconds=length,
        beds=beds,
        own=own,
        seed=seed_from(play.brief.effective_seed, scene, "sound"),
    )
    needs = {f"own:{sound.name}": sound.digest for sound in own}
    return task(f"{scene}:lead", belt.sound, request, needs, length)


def _mix_task(play: Episode, belt: Belt, parts: dict[str, Task]) -> Task:
    cut = play.the_cut
    needs, sounds = sound_parts(play, parts)
    for scene, (at, _) in sound_leads(play).items():
        needs[f"lead:{scene}"] = parts[f"{scene}:lead"].key
        edges = {"fade_in": Fraction(2, 5), "fade_out": 2 * _CROSSING, "gain_db": balance(play, scene, "effects")}
        sounds.append(
            PlacedSound.model_validate(
                {"input": f"lead:{scene}", "file": "effects.wav", "track": "A3", "at": at} | edges
            )
        )
    for at, clip in cut.track("A1").placed():
        if _is_narration(clip):
            needs[f"line:{clip.media}"] = parts[clip.media].key
            sounds.append(PlacedSound(input=f"line:{clip.media}", file="line.wav", track="A1", at=at))
    request = MixRequest(sounds=tuple(sounds), mix=play.mix.levels, seconds=cut.seconds, headroom=siren_headroom(play))
    return task("play", belt.assembly, request, needs, cut.seconds)


def _assemble_task(play: Episode, belt: Belt, mix: Task, credits: tuple[str, ...]) -> Task:
    cut, brief = play.the_cut, play.brief
    request = AssembleRequest(
        format=brief.format,
        segments=(),
        seconds=cut.seconds,
        title=play.the_script.title,
        show=brief.show,
        season=play.season,
        number=play.number,
        summary=play.the_script.logline,
        chapters=cut.chapters,
        made_by=credits[:-1],  # The last line is the AI notice, which the marking brings itself.
    )
    return task("play", belt.assembly, request, {"mix": mix.key}, cut.seconds)


def _measure_task(play: Episode, belt: Belt, film: Task, mix: Task) -> Task:
    """What is listened for. Between a card's sting and the next word silence is meant, as it is before the notice."""
    cut = play.the_cut
    request = MeasureRequest(
        seconds=cut.seconds,
        lines=measured_lines(cut),
        cards=tuple(
            (at, at + clip.seconds) for at, clip in cut.track("A4").placed() if clip.media.split(":")[0] in CARDS
        ),
        picture=False,
    )
    return task("play", belt.assembly, request, {"film": film.key, "mix": mix.key}, cut.seconds)


def _is_narration(clip: Clip) -> bool:
    return "-N" in clip.media
