"""The delivery: the film and everything beside it, under the names that libraries, players and editors expect.

Everything is written whole or not at all, and the record's folder gets its title last: until then a run that dies here
is simply played again.
"""

import asyncio
import os
import shutil
from fractions import Fraction
from pathlib import Path

from director import hand_edits, library
from director.context import Studio
from director.events import EditsKept
from director.listings import begun
from episodes import names
from episodes.captions import captions
from episodes.cut import CARDS, Clip, Cut, Track
from episodes.episode import Episode
from episodes.faces import faces
from episodes.placing import SOUND_LEAD
from episodes.plan import name_strip
from episodes.radio_play import radio_play
from episodes.requests import RenderRequest, SoundRequest
from episodes.results import AssembledFilm, ComposedCue, FinishedSegment, RenderedTake, SceneSound, Span, SpokenLine
from episodes.store import Delivered, Finished, MadeBy, PassRecord, write_value
from episodes.take_plan import footage_seen
from episodes.trail import Trail
from episodes.value import Value
from episodes.work import Belt, Plan, Stage
from tools import crash
from tools.exports import edl, fcpxml, fountain, nfo, otio, overlays, shots_csv, sounds_csv, srt, thumbnail, webvtt
from tools.exports.media import Media
from tools.shelf import Artefact, file_hash, link_or_copy, share

STEMS = ("dialogue.wav", "radio.wav", "effects.wav", "music.wav")


TEASER = "teaser.mp4"


class PassReport(Value):
    """A pass as it is told in `passes/`."""

    record: PassRecord
    findings: tuple[str, ...]


async def deliver(studio: Studio, revision: str, stage: Stage) -> None:
    """Write all files of a revision, as far as it is made, and call the record finished. Raises `OutOfSpace`."""
    await asyncio.to_thread(_deliver, studio, revision, stage)


def _deliver(studio: Studio, revision: str, stage: Stage) -> None:
    episode, folder = studio.episode(revision), studio.store.folder
    season, form = folder.parent, studio.settings.form
    stem = names.episode_stem(episode.brief.show, episode.season, episode.number, episode.the_script.title)
    written, edit = list[Path](), folder / "cut.otio"
    made: tuple[MadeBy, ...] = ()
    # Script and lists of a film that is there stay the film's: a play is laid out anew and has not seen its passes.
    filmed = form == "play" and any(done.form == "film" for done in studio.store.head().finished)
    if not filmed:
        _keep_edits(studio, episode)
        fountain.write_fountain(episode, folder / "script.fountain")
        written.append(folder / "script.fountain")
    if episode.cut is not None:
        plan = studio.plan(revision, stage)
        if not filmed:
            written += _lists(episode, episode.cut, folder)
        artefacts = _artefacts(studio, plan)
        made = _made(studio, episode, plan, artefacts)
        (film,) = plan.of("assemble")
        if film.key in artefacts:
            files = _play_files if form == "play" else _film_files
            written += files(studio, episode, plan, artefacts, season / stem)
        elif not filmed:
            # Nothing is shot yet: shots are offline in the edit, and a person may edit it all the same.
            notes = studio.store.head().notes
            otio.write_otio(episode, timeline(episode.cut), _media(studio, episode, plan, artefacts), edit, notes)
            written.append(edit)
    _write_passes(studio)
    crash.point("finish.exported")
    _close(studio, revision, written, made, season / stem)


def _keep_edits(studio: Studio, episode: Episode) -> None:
    """Copy what the person edited by hand and nobody took in, before it is written over; say where the copies are."""
    folder, head = studio.store.folder, studio.store.head()
    told = next((done.revision for done in head.finished if done.form == "film"), None)
    if told is None:
        return
    edited = hand_edits.edited_files(folder, studio.episode(told))
    left = [path for path in edited if file_hash(path) not in head.taken]
    # One that says what the episode says now has nothing that could be lost.
    differs = hand_edits.edited_files(folder, episode) if left else ()
    if kept := tuple(hand_edits.keep_aside(path).name for path in left if path in differs):
        studio.listener(EditsKept(kept))


def _lists(episode: Episode, cut: Cut, folder: Path) -> list[Path]:
    """Write the lists of shots and sounds and the edit, and return their paths."""
    shots_csv.write_shots_csv(episode, cut, folder / "shots.csv")
    sounds_csv.write_sounds_csv(episode, folder / "sounds.csv")
    edl.write_edl(episode, cut, folder / "cut.edl")
    return [folder / "shots.csv", folder / "sounds.csv", folder / "cut.edl"]


def _close(studio: Studio, revision: str, written: list[Path], made: tuple[MadeBy, ...], final: Path) -> None:
    """Take away what an older title left, write the head, and give the folder its title.

    Files of the same title that belong to the other form stay: a play does not take the film away, nor it the play.
    """
    folder, season = studio.store.folder, studio.store.folder.parent
    named = [final / path.relative_to(folder) if path.is_relative_to(folder) else path for path in written]
    sizes = {now: path.stat().st_size for now, path in zip(named, written, strict=True)}
    head, form = studio.store.head(), studio.settings.form
    delivered = tuple(
        Delivered(path=str(path.relative_to(season)), bytes=size, form=form) for path, size in sizes.items()
    )
    now = {item.path for item in delivered}
    others = tuple(old for old in head.delivered if old.path not in now)
    kept = tuple(old for old in others if old.form != form and _is_of(old, final.name))
    if not any(path.parent == season for path in written):
        # Whoever stops before the film keeps the one that is there, under the title that it has.
        kept = tuple(_moved_with(old, folder.name, final.name) for old in others)
        others = ()
    for old in others:
        # What lies in the record's own folder is moved with it, and written over when it is made again.
        if old not in kept and (season / old.path).parent == season:
            (season / old.path).unlink(missing_ok=True)
        elif old not in kept:
            (folder / Path(old.path).name).unlink(missing_ok=True)
    done = Finished(form=form, settings=studio.settings.digest, base=head.base, revision=revision)
    forms = {item.form for item in kept} - {form}
    studio.store.update_head(
        revision=revision,
        status="finished",
        settings=studio.settings.digest,
        delivered=[item.model_dump() for item in (*delivered, *kept)],
        finished=[item.model_dump() for item in (*(o for o in head.finished if o.form in forms), done)],
        made=[item.model_dump() for item in made],
        trail=_trail_after(head.trail, revision).model_dump(),
    )
    if folder != final:
        folder.rename(final)
    crash.point("finish.renamed")
    library.refresh(season, library.address_of(studio.settings.site, season))


def _trail_after(trail: Trail, revision: str) -> Trail:
    """Return the person's trail with what came of its present step; a step that is made again stays what it was."""
    return trail.finished(revision) if trail.steps and not trail.now.revision else trail


def _moved_with(old: Delivered, folder: str, final: str) -> Delivered:
    """Return an older file as it lies when the record's folder has its new name."""
    if not old.path.startswith(f"{folder}/"):
        return old
    return old.model_copy(update={"path": f"{final}/{old.path.removeprefix(f'{folder}/')}"})


def _is_of(old: Delivered, stem: str) -> bool:
    """Whether an older file has this title: it lies beside the folder of this name, or in it."""
    return old.path.startswith((f"{stem}.", f"{stem}-thumb.", f"{stem}/"))


def _artefacts(studio: Studio, plan: Plan) -> dict[str, Artefact]:
    shelf = studio.executor.shelf
    found = ((task.key, shelf.find(task.key)) for task in plan.tasks)
    return {key: artefact for key, artefact in found if artefact is not None}


def _made(studio: Studio, episode: Episode, plan: Plan, artefacts: dict[str, Artefact]) -> tuple[MadeBy, ...]:
    requests = [task.request for task in plan.of("sound") if task.key in artefacts]
    used = {sound.name: sound for request in requests if isinstance(request, SoundRequest) for sound in request.own}
    own = tuple(
        MadeBy(
            label=f"own:{s.name}", kind="own", tool="the person's own", version="", recipe=s.digest, content=s.digest
        )
        for _, s in sorted(used.items())
    )
    footage = _footage(studio, episode, plan, artefacts)
    tasks = tuple(
        MadeBy(
            label=task.label,
            kind=task.kind,
            # Who made it, not who was to: somebody may stand in.
            tool=artefacts[task.key].manifest.tool,
            version=artefacts[task.key].manifest.version,
            recipe=task.key,
            content=artefacts[task.key].content_hash,
        )
        for task in plan.tasks
        if task.key in artefacts
    )
    return (*own, *footage, *tasks)


def _footage(studio: Studio, episode: Episode, plan: Plan, artefacts: dict[str, Artefact]) -> tuple[MadeBy, ...]:
    """Return which of the person's clips is seen in which shot, why, and by what right."""
    seen = footage_seen(episode, studio.belt)
    takes = {task.request.shot.id: task for task in plan.of("render") if isinstance(task.request, RenderRequest)}
    return tuple(
        MadeBy(
            label=f"footage:{shot}", kind="footage", tool="the person's own", version="", recipe=takes[shot].key,
            content=use.clip.digest, clip=use.clip.name, words=use.words, licence=use.clip.licence,
        )
        for shot, use in seen.items()
        if shot in takes and _is_footage(artefacts.get(takes[shot].key), studio.belt)
    )  # fmt: skip


def _is_footage(take: Artefact | None, belt: Belt) -> bool:
    """Whether a take is really cut from a clip: something may stand in for one that could not be read."""
    return take is not None and belt.footage_camera is not None and take.manifest.tool == belt.footage_camera.name


def _film_files(studio: Studio, episode: Episode, plan: Plan, artefacts: dict[str, Artefact], stem: Path) -> list[Path]:
    folder, cut = studio.store.folder, episode.the_cut
    film, sound = artefacts[plan.of("assemble")[0].key], artefacts[plan.labelled("film", "mix").key]
    spoken = captions(episode)
    language = episode.brief.language
    beside = {
        "film": _beside(stem, ".mp4"),
        "srt": _beside(stem, f".{language}.srt"),
        "vtt": _beside(stem, f".{language}.vtt"),
        "nfo": _beside(stem, ".nfo"),
        "thumb": _beside(stem, "-thumb.png"),
    }
    # A copy of its own: players write tags into files, and the take must stay as it is.
    put_copy(film.file("film.mp4"), beside["film"], link=False)
    srt.write_srt(spoken, beside["srt"])
    webvtt.write_webvtt(spoken, beside["vtt"], language)
    nfo.write_episode_nfo(
        episode, cut.seconds, beside["nfo"], composite=bool(footage_seen(episode, studio.belt)),
        aired=begun(folder).date(),
    )  # fmt: skip
    cards = [Span(at=float(at), seconds=float(c.seconds)) for at, c in _cards(cut)]
    near = [float(face.at) for face in faces(episode)]
    moment = thumbnail.choose_moment(film.file("film.mp4"), float(cut.seconds), cards, near)
    thumbnail.write_thumbnail(film.file("film.mp4"), moment, beside["thumb"])
    for name in STEMS:
        put_copy(sound.file(name), folder / "stems" / name)
    teaser = _teaser_file(plan, artefacts, folder)
    notes = studio.store.head().notes
    media = _media(studio, episode, plan, artefacts)
    _keep_at_hand(cut, media, artefacts, folder)
    otio.write_otio(episode, timeline(cut), media, folder / "cut.otio", notes)
    fcpxml.write_fcpxml(episode, timeline(cut), media, folder / "cut.fcpxml", stem, notes)
    return [
        *beside.values(),
        folder / "cut.otio",
        folder / "cut.fcpxml",
        *(folder / "stems" / name for name in STEMS),
        *teaser,
    ]


def _teaser_file(plan: Plan, artefacts: dict[str, Artefact], folder: Path) -> list[Path]:
    """Put the teaser into the record's folder, where no library takes it for an episode; there may be none."""
    (folder / TEASER).unlink(missing_ok=True)
    made = [artefacts[task.key] for task in plan.of("tease") if task.key in artefacts]
    for artefact in made:
        put_copy(artefact.file("film.mp4"), folder / TEASER, link=False)
    return [folder / TEASER] if made else []


def _play_files(studio: Studio, episode: Episode, plan: Plan, artefacts: dict[str, Artefact], stem: Path) -> list[Path]:
    """Write the play where the film would lie.

    Its captions lie in the record's folder: beside the film a player would take them for the film's.
    """
    folder, play, language = studio.store.folder, radio_play(episode), episode.brief.language
    file = _beside(stem, ".m4a")
    put_copy(artefacts[plan.of("assemble")[0].key].file("play.m4a"), file, link=False)
    written = [file, folder / f"play.{language}.srt", folder / f"play.{language}.vtt"]
    spoken = captions(play)
    srt.write_srt(spoken, written[1])
    webvtt.write_webvtt(spoken, written[2], language)
    return written


def _beside(stem: Path, suffix: str) -> Path:
    # Not `with_suffix`: a title may hold a full stop.
    return stem.parent / f"{stem.name}{suffix}"


def _cards(cut: Cut) -> list[tuple[Fraction, Clip]]:
    return [(at, clip) for at, clip in cut.track("V1").placed() if clip.media in CARDS]


def _write_passes(studio: Studio) -> None:
    head = studio.store.head()
    for record in head.passes:
        findings = tuple(f"{note.target}: {note.finding}" for note in studio.notes(list(record.notes)))
        stem = studio.store.folder / "passes" / f"{record.stage}-{record.number}"
        write_value(stem.with_suffix(".json"), PassReport(record=record, findings=findings))
        seen = studio.episode(record.revision)
        if seen.cut is not None:
            edl.write_edl(seen, seen.cut, stem.with_suffix(".edl"))


def timeline(cut: Cut) -> Cut:
    """Return the cut as an editor needs it: a scene's effects begin `SOUND_LEAD` into their own file."""

    def led(item: Clip) -> Clip:
        return item.model_copy(update={"source_in": item.source_in + SOUND_LEAD})

    def moved(track: Track) -> Track:
        if track.name != "A3":
            return track
        return track.model_copy(
            update={"items": tuple(led(item) if isinstance(item, Clip) else item for item in track.items)}
        )

    return cut.model_copy(update={"tracks": tuple(moved(track) for track in cut.tracks)})


def _media(studio: Studio, episode: Episode, plan: Plan, artefacts: dict[str, Artefact]) -> dict[str, Media]:
    """Return the file behind every clip of the cut, relative to the record's folder."""
    form = episode.brief.format
    media: dict[str, Media] = {}
    for task in plan.tasks:
        if task.key not in artefacts:
            continue
        found = artefacts[task.key]
        place = f"takes/{found.folder.name}"
        result, label = found.result, task.label
        if isinstance(result, RenderedTake):
            shot = label.split("_T")[0]
            media[shot] = Media(path=f"{place}/{result.file}", seconds=Fraction(result.frames, form.fps))
        elif isinstance(result, SpokenLine):
            media[label.split("_R")[0]] = Media(path=f"{place}/line.wav", seconds=result.seconds)
        elif isinstance(result, ComposedCue):
            media[label] = Media(path=f"{place}/music.wav", seconds=result.seconds)
        elif isinstance(result, SceneSound):
            effects = label.replace(":sound", ":effects")
            media[effects] = Media(path=f"{place}/effects.wav", seconds=result.seconds)
        elif isinstance(result, FinishedSegment) and label in CARDS:
            media[label] = Media(path=f"{place}/segment.mp4", seconds=Fraction(result.frames, form.fps))
        elif isinstance(result, AssembledFilm) and label == "film":
            media["film"] = Media(path=f"{place}/film.mp4", seconds=result.seconds)
    return media | _strips(studio, episode)


def _keep_at_hand(cut: Cut, media: dict[str, Media], artefacts: dict[str, Artefact], folder: Path) -> None:
    """Put into the record what the edit names and another episode had made: it was found in the cache only."""
    shown = {clip.media for track in cut.tracks for _, clip in track.placed()}
    named = {Path(file.path).parent.name for clip, file in media.items() if clip in shown}
    for artefact in artefacts.values():
        if artefact.folder.name in named:
            share(artefact.folder, folder / "takes" / artefact.folder.name)


def _strips(studio: Studio, episode: Episode) -> dict[str, Media]:
    found: dict[str, Media] = {}
    for _, clip in episode.the_cut.track("V2").placed():
        shot = episode.shot(clip.media.removeprefix("strip:"))
        path = Path("overlays") / f"{shot.id}.png"
        name, title = name_strip(episode, shot)
        (studio.store.folder / "overlays").mkdir(exist_ok=True)
        form, look = episode.brief.format, episode.the_world.look
        overlays.write_name_strip(name, title, form, look, studio.store.folder / path)
        found[clip.media] = Media(path=path.as_posix(), seconds=clip.seconds)
    return found


def put_copy(source: Path, target: Path, *, link: bool = True) -> None:
    """Put a copy of a file in its place, whole or not at all; with `link` a hard link where the disk allows it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.parent / f".{target.name[:180]}.{os.getpid()}"
    beside.unlink(missing_ok=True)
    copy = link_or_copy if link else shutil.copyfile
    copy(str(source), str(beside))
    beside.replace(target)
    # Renaming one hard link of a file onto another of the same file does nothing and leaves both.
    beside.unlink(missing_ok=True)
