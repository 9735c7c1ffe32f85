"""One scene of an edited screenplay as changes: its beats built anew from what stands in the file, and compared."""

from dataclasses import dataclass, field

from episodes.changes import InsertBeat, RemoveBeat, ReplaceBeat, Reword
from episodes.element_matching import Matched, in_longest_run
from episodes.episode import Episode
from episodes.mentions import mentions
from episodes.screenplay import FountainAction, FountainLine, one_line
from episodes.script import Beat, Line, Scene
from episodes.speech_edits import Speeches
from episodes.understood import Finding, listed, quoted


@dataclass
class Draft:
    """A beat while it is being read."""

    old: Beat | None = None
    action: str = ""
    gag: str = ""
    lines: list[Line] = field(default_factory=list)
    id: str = ""


class Ids:
    """Gives out ids that nothing in the episode has."""

    def __init__(self, taken: set[str]) -> None:
        self.taken = taken

    def fresh(self, prefix: str) -> str:
        """Return the first free id of this form: `S02-L07`."""
        number = 1
        while f"{prefix}{number:02}" in self.taken:
            number += 1
        self.taken.add(f"{prefix}{number:02}")
        return f"{prefix}{number:02}"


def drafts_of(matched: list[Matched], scene: Scene | None, speeches: Speeches, finding: Finding) -> list[Draft]:
    """Return the beats that the elements of a file make, each old one under its id."""
    reader = _Reader(matched, scene, speeches, finding)
    for at, one in enumerate(matched):
        reader.take(at, one)
    return [*reader.drafts]


class _Reader:
    """Walks down a scene and says to which beat each element belongs."""

    def __init__(self, matched: list[Matched], scene: Scene | None, speeches: Speeches, finding: Finding) -> None:
        self.beats = {beat.id: beat for beat in scene.beats} if scene else {}
        self.home = {line.id: beat.id for beat in self.beats.values() for line in beat.lines}
        self.speeches, self.finding = speeches, finding
        self.drafts: list[Draft] = []
        self.opened: dict[str, Draft] = {}
        self.current: Draft | None = None
        ids = [
            name for beat in self.beats.values() for name in (beat.id, f"{beat.id}-gag", *(x.id for x in beat.lines))
        ]
        known = [(at, ids.index(one.old.id)) for at, one in enumerate(matched) if one.old is not None]
        run = in_longest_run([place for _, place in known])
        self.steady = {at for index, (at, _) in enumerate(known) if index in run}
        self.headed = {_beat_id(one.old.id) for one in matched if isinstance(one.old, FountainAction)}
        steady_lines = [matched[at].old for at in self.steady]
        self.held = {self.home[one.id] for one in steady_lines if isinstance(one, FountainLine)}

    def take(self, at: int, one: Matched) -> None:
        if isinstance(one.new, FountainAction):
            if one.old is None:
                self.open(Draft(action=one.new.text))
            else:
                self.take_action(one.old.id, one.new.text)
            return
        line = self.speeches.line(one, self.where())
        if line is None:
            return
        home = self.home.get(one.old.id) if one.old is not None else None
        here = self.current is not None and self.current.old is not None and self.current.old.id == home
        fresh = home is not None and home not in self.opened and home not in self.headed
        if not here and home is not None and fresh and (at in self.steady or home not in self.held):
            self.open(Draft(old=self.beats[home]))
        if self.current is None:
            self.open(Draft())
        assert self.current is not None
        self.current.lines.append(line)

    def open(self, draft: Draft) -> None:
        self.drafts.append(draft)
        if draft.old is not None:
            self.opened[draft.old.id] = draft
        self.current = draft

    def take_action(self, name: str, text: str) -> None:
        beat = _beat_id(name)
        late = beat in self.opened
        if not late:
            self.open(Draft(old=self.beats[beat]))
        draft = self.opened[beat]
        if name.endswith("-gag"):
            if late and (draft is not self.current or draft.lines):
                self.finding.left.append(
                    f"The picture gag of {beat} stays right behind its action; to have it later, make it a new action."
                )
            draft.gag = text
        else:
            if late:
                self.finding.left.append(f"The action of {beat} stays in front of what belongs to it.")
            draft.action = text

    def where(self) -> str:
        """Say what stands last so far."""
        for draft in reversed(self.drafts):
            names = [line.id for line in draft.lines if line.id] or ([draft.old.id] if draft.old else [])
            if names:
                return f"behind {names[-1]}"
        return "at its beginning"


def _beat_id(name: str) -> str:
    return name.removesuffix("-gag")


# ---- from drafts to beats --------------------------------------------------------------------------------------------


def desired_beats(drafts: list[Draft], scene_id: str, old: Scene | None, episode: Episode, ids: Ids) -> list[Beat]:
    """Return the beats as they are to be: whatever of an old one the page does not show stays as it is."""
    lines_there = {line.id for draft in drafts for line in draft.lines}
    beats = [_beat(draft, scene_id, episode, ids) for draft in drafts]
    for index, beat in enumerate(old.beats if old else ()):
        gone = any(other.id == beat.id for other in beats)
        unseen = not beat.action.strip() and not beat.picture_gag.strip()
        emptied = unseen and all(line.id in lines_there for line in beat.lines)
        if gone or not (emptied and (beat.effects or not beat.lines)):
            continue
        # Nothing of it is on the page, so nobody can have taken it out: its effects must stand.
        before = {other.id for other in (old.beats[:index] if old else ())}
        place = max((at + 1 for at, other in enumerate(beats) if other.id in before), default=0)
        beats.insert(place, beat.model_copy(update={"lines": ()}))
    return beats


def _beat(draft: Draft, scene_id: str, episode: Episode, ids: Ids) -> Beat:
    lines = tuple(
        line if line.id else line.model_copy(update={"id": ids.fresh(f"{scene_id}-L")}) for line in draft.lines
    )
    if draft.old is None:
        found = mentions(draft.action, episode.the_world) if draft.action else ()
        actors = tuple(one.id for one in found if not one.owner)
        return Beat(id=ids.fresh(f"{scene_id}-B"), purpose="connect", action=draft.action, actors=actors, lines=lines)
    update: dict[str, object] = {"lines": lines}
    if one_line(draft.old.action) != draft.action:
        update["action"] = draft.action
    if one_line(draft.old.picture_gag) != draft.gag:
        update["picture_gag"] = draft.gag
    return draft.old.model_copy(update=update)


# ---- from beats to changes -------------------------------------------------------------------------------------------


def changes_between(scene: Scene, wanted: list[Beat], finding: Finding) -> None:
    """Add the changes that make a scene's beats those that are wanted, in an order in which each can be applied."""
    now, target = {beat.id: beat for beat in scene.beats}, {beat.id: beat for beat in wanted}
    in_order = [beat.id for beat in wanted if beat.id in now]
    run = in_longest_run([list(now).index(name) for name in in_order])
    stays = {name for at, name in enumerate(in_order) if at in run}
    place = {line.id: beat.id for beat in wanted for line in beat.lines}
    for beat in scene.beats:
        # A line must have left its beat before another can have it under the same id.
        kept = tuple(line for line in beat.lines if place.get(line.id, beat.id) == beat.id)
        if beat.id in stays and kept != beat.lines:
            now[beat.id] = beat.model_copy(update={"lines": kept})
            finding.changes.append(ReplaceBeat(beat=now[beat.id]))
    last = None if stays else scene.beats[0].id
    going = [beat.id for beat in scene.beats if beat.id not in stays]
    finding.changes += [RemoveBeat(beat=name) for name in going if name != last]
    if last is not None:
        # A scene is never without a beat: its last one goes when another is there.
        _replace_last(scene, wanted, last, finding)
        return
    _insert(scene.id, wanted, stays, finding)
    for name in (beat.id for beat in wanted if beat.id in stays):
        _refine(now[name], target[name], scene, finding)


def _replace_last(scene: Scene, wanted: list[Beat], last: str, finding: Finding) -> None:
    beat = scene.beats[0]
    if beat.lines:
        finding.changes.append(ReplaceBeat(beat=beat.model_copy(update={"lines": ()})))
    _insert(scene.id, wanted, set(), finding)
    finding.changes.append(RemoveBeat(beat=last))


def _insert(scene_id: str, wanted: list[Beat], there: set[str], finding: Finding) -> None:
    after = scene_id
    for beat in wanted:
        if beat.id not in there:
            finding.changes.append(InsertBeat(scene=scene_id, after=after, beat=beat))
        after = beat.id


def _refine(now: Beat, wanted: Beat, scene: Scene, finding: Finding) -> None:
    """Add a beat's own changes: another build of it first, then other words, which each have a change of their own."""
    old = {line.id: line for line in scene.lines}

    def as_said(line: Line) -> Line:
        before = old.get(line.id)
        return line.model_copy(update={"text": before.text, "delivery": before.delivery}) if before else line

    built = wanted.model_copy(update={"lines": tuple(as_said(line) for line in wanted.lines)})
    if built != now:
        finding.changes.append(ReplaceBeat(beat=built))
    for line in wanted.lines:
        before = old.get(line.id)
        if before is None or (before.text, before.delivery) == (line.text, line.delivery):
            continue
        delivery = line.delivery if line.delivery != before.delivery else None
        finding.changes.append(Reword(line=line.id, text=line.text, delivery=delivery))


# ---- in words --------------------------------------------------------------------------------------------------------


def tell_beats(scene: Scene, wanted: list[Beat], finding: Finding, episode: Episode) -> None:
    """Say what has become of the beats and lines of a scene."""
    now, target = {beat.id: beat for beat in scene.beats}, {beat.id: beat for beat in wanted}
    before = [(line.id, beat.id) for beat in scene.beats for line in beat.lines]
    after = [(line.id, beat.id) for beat in wanted for line in beat.lines]
    names_before, names_after = [name for name, _ in before], [name for name, _ in after]
    for beat in scene.beats:
        if beat.id not in target:
            finding.said.append(f"Beat {beat.id} is gone{_with_effects(beat)}.")
    both = [name for name in names_after if name in names_before]
    run = in_longest_run([names_before.index(name) for name in both])
    finding.said += [
        f"Line {name} is gone: {quoted(episode.line(name).text)}." for name in names_before if name not in names_after
    ]
    for at, name in enumerate(both):
        if at not in run:
            place = names_after.index(name)
            where = f"behind {names_after[place - 1]}" if place else "first"
            finding.said.append(f"Line {name} has another place: it now stands {where}.")
    _tell_order(list(now), list(target), finding)
    for beat in wanted:
        old = now.get(beat.id)
        if old is None:
            what = f" that shows {quoted(beat.action)}" if beat.action else ""
            finding.said.append(f"There is a new beat {beat.id} in scene {scene.id}{what}.")
        else:
            _tell_texts(old, beat, finding)


def _tell_order(before: list[str], after: list[str], finding: Finding) -> None:
    both = [name for name in after if name in before]
    run = in_longest_run([before.index(name) for name in both])
    for at, name in enumerate(both):
        if at not in run:
            where = f"behind {after[after.index(name) - 1]}" if after.index(name) else "first"
            finding.said.append(f"Beat {name} has another place: it now stands {where}.")


def _tell_texts(old: Beat, new: Beat, finding: Finding) -> None:
    if old.action != new.action:
        finding.said.append(
            f"Beat {new.id} now shows {quoted(new.action)}." if new.action else f"Beat {new.id} has no action any more."
        )
    if old.picture_gag != new.picture_gag:
        gag = f"is now {quoted(new.picture_gag)}" if new.picture_gag else "is gone"
        finding.said.append(f"The picture gag of {new.id} {gag}.")


def _with_effects(beat: Beat) -> str:
    kinds = list(dict.fromkeys(effect.kind.replace("_", " ") for effect in beat.effects))
    return f", and with it what it did to the story ({listed(kinds)})" if kinds else ""
