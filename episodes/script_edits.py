"""An edited screenplay as changes. See `taking_back.py`."""

from datetime import timedelta

from episodes.apply import apply_all
from episodes.change_targets import all_ids
from episodes.changes import Change, Lock, PlanScene, Retitle, SetScript, TimeLines, UseClip, UseRecording
from episodes.element_matching import Matched, match_elements, match_scenes
from episodes.episode import Episode
from episodes.errors import ChangeRefused
from episodes.heading_edits import heading_edit, no_place, place_called, read_heading
from episodes.scene_edits import Ids, changes_between, desired_beats, drafts_of, tell_beats
from episodes.screenplay import FountainScene, FountainScript, outline
from episodes.script import Scene
from episodes.speech_edits import Speeches
from episodes.understood import Finding, Understood, quoted


def from_script(read: FountainScript, episode: Episode) -> Understood:
    """Return what a screenplay says that the episode's own does not. Raises `ValueError` when there is none yet."""
    printed, finding = outline(episode), Finding()
    if read == printed:
        return finding.done()
    _title_page(read, printed, finding)
    scenes = [scene for scene in read.scenes if scene.heading or scene.id]
    _before_scenes(read, finding)
    if not scenes:
        finding.left.append("No scene is in this script, so nothing of it is taken; a scene begins with INT. or EXT.")
        return finding.done()
    olds = match_scenes(tuple(scenes), printed.scenes)
    ids = Ids(set(all_ids(episode)))
    guessed = 0
    for new, old in zip(scenes, olds, strict=True):
        if old is not None:
            matched = match_elements(new, old)
            guessed += sum(one.guessed for one in matched) + (new.id != old.id)
            _scene(new, old, matched, episode, ids, finding)
    if guessed:
        finding.said.append(
            f"The ids of {guessed} element{'s' if guessed > 1 else ''} were not in the file any more; "
            "they were known by their words and places."
        )
    _structure(scenes, olds, read.logline, printed, episode, ids, finding)
    finding.changes += _own_again(episode, _after(finding, episode))
    return finding.done()


def _after(finding: Finding, episode: Episode) -> Episode:
    return apply_all(tuple(finding.changes), episode)


def _title_page(read: FountainScript, printed: FountainScript, finding: Finding) -> None:
    if read.title and read.title != printed.title:
        finding.changes.append(Retitle(title=read.title))
        finding.said.append(f"The episode is now called {quoted(read.title)}.")
    for what, new, old in (("show", read.show, printed.show), ("number", read.episode, printed.episode)):
        if new and new != old:
            finding.left.append(
                f"The {what} of the episode stays {old}: {quoted(new, 50)} can be given only to a new episode."
            )
    finding.left += [
        f"The title page's entry {quoted(entry, 60)} has no place in an episode." for entry in read.passed_over
    ]


def _before_scenes(read: FountainScript, finding: Finding) -> None:
    for scene in read.scenes:
        if scene.heading or scene.id:
            continue
        texts = [element.text for element in scene.elements]
        if texts:
            finding.left.append(
                f"What stands before the first scene heading belongs to no scene: {quoted(texts[0], 60)}; put it below."
            )
        finding.left += [_note(note, "before the first scene") for note in scene.notes]


def _scene(
    new: FountainScene, old: FountainScene, matched: list[Matched], episode: Episode, ids: Ids, finding: Finding
) -> None:
    """Add what is other in one scene; whatever can't be applied is left, with the reason."""
    scene = episode.the_script.scene(old.id)
    one, world = Finding(), episode.the_world
    heading_edit(new.heading, old.heading, scene, world, one)
    _leftovers(new, scene.id, matched, one)
    if not _unchanged(matched, old):
        drafts = drafts_of(matched, scene, Speeches(episode, one), one)
        wanted = desired_beats(drafts, scene.id, scene, episode, ids)
        if any(draft.action or draft.gag or draft.lines for draft in drafts):
            changes_between(scene, wanted, one)
            tell_beats(scene, wanted, one, episode)
        else:
            one.left.append(
                f"Scene {scene.id} keeps its beats: a scene can't be empty; to take it out, take its heading out too."
            )
    try:
        apply_all((*finding.changes, *one.changes), episode)
    except ChangeRefused as refusal:
        finding.left.append(f"The edits of scene {scene.id} can't be taken: {refusal}")
        finding.left += one.left
        return
    finding.changes += one.changes
    finding.said += one.said
    finding.left += one.left


def _unchanged(matched: list[Matched], old: FountainScene) -> bool:
    """Whether a scene has the old elements in the old order and words, whatever has become of its ids."""
    plain = [one.new.model_copy(update={"notes": (), "id": one.old.id if one.old else ""}) for one in matched]
    return plain == [*old.elements]


def _leftovers(new: FountainScene, name: str, matched: list[Matched], finding: Finding) -> None:
    """Name the notes that the person left, and what a scene has no place for."""
    finding.left += [_note(note, name) for note in new.notes]
    for one in matched:
        place = one.old.id if one.old is not None else f"{name}, at {quoted(one.new.text, 40)}"
        finding.left += [_note(note, place) for note in one.new.notes]
    for what in new.passed_over:
        advice = "a way of speaking stands before the words" if what.startswith("(") else "cuts are made in cut.otio"
        finding.left.append(f"{quoted(what, 50)} in scene {name} is not taken: {advice}.")


def _note(note: str, place: str) -> str:
    return f"Your note at {place} is for the chat: {quoted(note, 200)}."


# ---- scenes that come, go or change places ---------------------------------------------------------------------------


def _structure(
    scenes: list[FountainScene], olds: list[FountainScene | None], logline: str, printed: FountainScript,
    episode: Episode, ids: Ids, finding: Finding,
) -> None:  # fmt: skip
    """Add the one change that holds all that no smaller one can: other scenes, another order, other scene titles."""
    after = _after(finding, episode)
    order: list[Scene] = []
    for new, old in zip(scenes, olds, strict=True):
        if old is not None:
            order.append(_retitled(after.the_script.scene(old.id), new, old, finding))
        elif (made := _new_scene(new, order, after, ids, finding)) is not None:
            order.append(made)
    script = after.the_script
    if logline and logline != printed.logline:
        script = script.model_copy(update={"logline": logline})
        finding.said.append(f"The story in one sentence is now {quoted(logline)}.")
    kept, before = [scene.id for scene in order], [scene.id for scene in script.scenes]
    finding.said += [f"Scene {name} is gone." for name in before if name not in kept]
    if [name for name in before if name in kept] != [name for name in kept if name in before]:
        finding.said.append(f"The scenes are now in this order: {', '.join(kept)}.")
    script = script.model_copy(update={"scenes": tuple(order)})
    if script == after.the_script or not order:
        return
    finding.changes.append(SetScript(world=after.the_world, script=script))
    for name in kept:
        # A whole script takes all shots away; those of scenes that stay are put back as they were.
        if name in before and (shots := after.shots_of(name)):
            cue = next((cue for cue in after.cues if cue.scene == name), None)
            finding.changes.append(PlanScene(scene=name, shots=shots, cue=cue))


def _retitled(scene: Scene, new: FountainScene, old: FountainScene, finding: Finding) -> Scene:
    if new.title == old.title or not new.title:
        return scene
    finding.said.append(f"Scene {scene.id} is now called {quoted(new.title)}.")
    return scene.model_copy(update={"title": new.title})


def _new_scene(new: FountainScene, before: list[Scene], episode: Episode, ids: Ids, finding: Finding) -> Scene | None:
    """Return a scene that a person has written; None, with a sentence, when it can't be played."""
    world, said = episode.the_world, read_heading(new.heading)
    what = f"The new scene {quoted(new.heading, 60)}"
    place = place_called(said.place, world)
    if place is None:
        finding.left.append(no_place(what, said.place, world))
        return None
    name = ids.fresh("S")
    speeches = Speeches(episode, finding)
    drafts = drafts_of([Matched(element, None) for element in new.elements], None, speeches, finding)
    beats = desired_beats(drafts, name, None, episode, ids)
    if not beats:
        finding.left.append(f"{what} is not taken: nothing happens and nobody speaks in it.")
        return None
    last = before[-1] if before else episode.the_script.scenes[0]
    clock = last.clock + timedelta(minutes=5)
    if said.clock:
        hour, minute = (int(part) for part in said.clock.split(":"))
        clock = clock.replace(hour=hour, minute=minute, second=0)
        clock += timedelta(days=1) if clock < last.clock else timedelta(0)
    talk = (line.speaker for beat in beats for line in beat.lines if line.channel in ("spoken", "pa"))
    seen = {person.id for person in world.characters}
    there = [who for beat in beats for who in beat.actors if who in seen]
    finding.said.append(f"{what} comes in as {name}{f', behind {last.id}' if before else ', first of all'}.")
    _leftovers(new, name, [], finding)
    finding.left += [_note(note, name) for element in new.elements for note in element.notes]
    return Scene(
        id=name, title=new.title, place=place.id, clock=clock, light=said.light or last.light,
        weather=said.weather or last.weather, present=tuple(dict.fromkeys((*talk, *there))), beats=tuple(beats),
    )  # fmt: skip


# ---- what must not be lost on the way --------------------------------------------------------------------------------


def _own_again(before: Episode, after: Episode) -> list[Change]:
    """Return changes that put back what went with a beat or shot for a moment and belongs to what is there still."""
    lines, shots = {line.id: line for line in after.the_script.lines}, {shot.id for shot in after.shots}
    old = {line.id: line for line in before.the_script.lines}
    same = {name for name, line in lines.items() if name in old and old[name].text == line.text}
    has = {one.line for one in after.readings}
    again: list[Change] = [
        UseRecording(line=one.line, recording=one.recording)
        for one in before.readings
        if one.line in same and one.line not in has
    ]
    clips = {one.shot for one in after.clips}
    again += [
        UseClip(shot=one.shot, clip=one.clip) for one in before.clips if one.shot in shots and one.shot not in clips
    ]
    measured = {length.line for length in after.lengths}
    lost = tuple(one for one in before.lengths if one.line in same and one.line not in measured)
    again += [TimeLines(lengths=lost)] if lost else []
    known = {*all_ids(after)}
    again += [Lock(target=name) for name in sorted(before.locks - after.locks) if name in known]
    return again
