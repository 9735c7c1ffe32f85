"""Rules about one shot after another: where and when it is, who is in it, who wears the camera, what happens when."""

from collections.abc import Iterator
from datetime import datetime

from agents.continuity_checker.faults import Fault, SceneShots
from episodes.mentions import mentions
from episodes.shots import ActionEvent, Mouth, Shot
from episodes.story import StoryState
from episodes.story_props import prop_is_elsewhere


def picture_faults(seen: SceneShots) -> Iterator[Fault]:
    """Return what can't be about the shots of a scene, each by itself."""
    yield from _clock_faults(seen)
    for shot in seen.shots:
        yield from _setting_faults(seen, shot)
        yield from _subject_faults(seen, shot)
        yield from _camera_faults(seen, shot)
        yield from _event_faults(seen, shot)


# ---- where and when --------------------------------------------------------------------------------------------------


def _setting_faults(seen: SceneShots, shot: Shot) -> Iterator[Fault]:
    if seen.flashes(shot):
        return
    states = seen.states(shot)
    settings = (
        ("light", shot.light, {seen.scene.light} | {state.light for state in states}, seen.scene.light),
        ("weather", shot.weather, {seen.scene.weather} | {state.weather for state in states}, seen.scene.weather),
        ("place", shot.place, {seen.scene.place} | {state.place for state in states}, seen.scene.place),
    )
    for name, shown, right, usual in settings:
        if shown in right:
            continue
        text = f"Shot {shot.id} has {name} {shown!r}, but scene {seen.scene.id} plays in {name} {usual!r}."

        def mend(shot: Shot, name: str = name, usual: str = usual) -> Shot:
            return shot.model_copy(update={name: usual})

        yield Fault(f"shots.{name}", shot.id, text, f"Give it the {name} of its scene.", mend=mend)


def _clock_faults(seen: SceneShots) -> Iterator[Fault]:
    latest = seen.scene.clock.replace(microsecond=0)
    for shot in seen.shots:
        if shot.role in ("b_roll", "insert") or seen.flashes(shot):
            continue
        if shot.clock < latest:
            text = f"The clock of shot {shot.id} shows {shot.clock:%H:%M:%S} after {latest:%H:%M:%S}."

            def mend(shot: Shot, latest: datetime = latest) -> Shot:
                return shot.model_copy(update={"clock": latest})

            yield Fault("shots.clock", shot.id, text, f"Set it to {latest:%H:%M:%S} or later.", mend=mend)
        latest = max(latest, shot.clock)


# ---- who and what ----------------------------------------------------------------------------------------------------


def _without(shot: Shot, thing: str) -> Shot:
    """Return the shot without a subject and without what it does."""
    subjects = tuple(subject for subject in shot.subjects if subject.id != thing)
    events = tuple(event for event in shot.events if thing not in _named(event))
    return shot.model_copy(update={"subjects": subjects, "events": events})


def _subject_faults(seen: SceneShots, shot: Shot) -> Iterator[Fault]:
    states = seen.states(shot)
    people = {person.id for person in seen.world.characters}
    props = {prop.id for prop in seen.world.props}
    vehicles = {vehicle.id for vehicle in seen.world.vehicles}
    for subject in shot.subjects:

        def mend(shot: Shot, thing: str = subject.id) -> Shot:
            return _without(shot, thing)

        name = states[0].name(subject.id)
        if subject.id in people:
            named = any(mention.id == subject.id for mention in mentions(shot.gag, seen.world))
            # A gag shows whom it names: in a window, in a mirror, behind everybody's back.
            if not named and not seen.flashes(shot) and all(subject.id not in state.seen_as for state in states):
                text = f"Shot {shot.id} shows {name}, who is not there in {', '.join(shot.beats) or seen.scene.id}."
                yield Fault("shots.absent", shot.id, text, f"Leave {name} out.", mend=mend)
        elif subject.id in props:
            yield from _prop_faults(seen, shot, subject.id)
        elif subject.id not in vehicles:
            text = f"Shot {shot.id} shows {subject.id!r}, which this world does not have."
            yield Fault("shots.unknown", shot.id, text, "Name somebody or something it has.", mend=mend)
        if subject.holds is not None:
            yield from _holding_faults(seen, shot, subject.id, subject.holds)
    yield from _interview_faults(seen, shot)


def _prop_faults(seen: SceneShots, shot: Shot, prop: str) -> Iterator[Fault]:
    states, name = seen.states(shot), seen.states(shot)[0].name(prop)

    def mend(shot: Shot) -> Shot:
        return _without(shot, prop)

    if all(state.prop(prop).hidden for state in states):
        text = f"Shot {shot.id} shows the {name}, which is hidden then."
        yield Fault("shots.hidden", shot.id, text, f"Leave the {name} out.", mend=mend)
    elif all(prop_is_elsewhere(state, state.prop(prop)) for state in states):
        text = f"Shot {shot.id} shows the {name}, which is elsewhere then."
        yield Fault("shots.absent", shot.id, text, f"Leave the {name} out.", mend=mend)


def _holding_faults(seen: SceneShots, shot: Shot, who: str, prop: str) -> Iterator[Fault]:
    states = seen.states(shot)

    def mend(shot: Shot) -> Shot:
        subjects = tuple(s.model_copy(update={"holds": None}) if s.id == who else s for s in shot.subjects)
        return shot.model_copy(update={"subjects": subjects})

    name = states[0].name(who)
    if prop not in {known.id for known in seen.world.props}:
        text = f"In shot {shot.id}, {name} holds {prop!r}, which this world does not have."
        yield Fault("shots.unknown", shot.id, text, "Name a prop it has.", mend=mend)
    elif all(state.prop(prop).holder not in (None, who) for state in states):
        holder = states[0].name(states[-1].prop(prop).holder or "")
        text = f"In shot {shot.id}, {name} holds the {states[0].name(prop)}, which {holder} has then."
        yield Fault("shots.holds", shot.id, text, f"Let {name} hold nothing.", mend=mend)


def _interview_faults(seen: SceneShots, shot: Shot) -> Iterator[Fault]:
    people = {person.id for person in seen.world.characters}
    shown = [subject.id for subject in shot.subjects if subject.id in people]
    if shot.owner != "interview" or len(shown) < 2:
        return
    lines = seen.lines()
    speaking = {lines[cue.line].speaker for cue in shot.cues if cue.line in lines} & set(shown)
    # Partners are asked together; what they brought along sits with them.
    answering = {line.speaker for line in lines.values()} | {actor for b in seen.scene.beats for actor in b.actors}
    if set(shown) <= answering:
        return
    text = f"Interview shot {shot.id} shows {len(shown)} people, and an interview shows only who is asked."

    def mend(shot: Shot) -> Shot:
        for other in shown:
            if other not in speaking:
                shot = _without(shot, other)
        return shot

    fix = "Keep the interviewee alone."
    yield Fault("shots.interview", shot.id, text, fix, mend=mend if speaking else None)


# ---- the camera ------------------------------------------------------------------------------------------------------


def _camera_faults(seen: SceneShots, shot: Shot) -> Iterator[Fault]:
    if shot.owner not in ("bodycam", "phone") or (shot.owner == "phone" and shot.wearer is None):
        return
    states, wearer = seen.states(shot), shot.wearer
    name = states[0].name(wearer or "")
    if wearer is None:
        yield Fault("shots.wearer", shot.id, f"Nobody wears the bodycam of shot {shot.id}.", "Say who wears it.")
    elif wearer not in {person.id for person in seen.world.characters}:
        text = f"The bodycam of shot {shot.id} is worn by {wearer!r}, whom this world does not have."
        yield Fault("shots.unknown", shot.id, text, "Say who wears it.")
    elif not _is_seen(wearer, states):
        text = f"The bodycam of shot {shot.id} is worn by {name}, who is not there then."
        yield Fault("shots.wearer_absent", shot.id, text, "Let somebody who is there wear it.")
    if wearer is not None and any(subject.id == wearer for subject in shot.subjects):
        text = f"Shot {shot.id} shows {name}, who wears its camera."

        def mend(shot: Shot) -> Shot:
            return _without(shot, wearer)

        yield Fault("shots.wearer_seen", shot.id, text, f"Leave {name} out, or use another camera.", mend=mend)


def _is_seen(who: str, states: tuple[StoryState, ...]) -> bool:
    return any(who in state.seen_as for state in states)


# ---- events ----------------------------------------------------------------------------------------------------------


def _named(event: ActionEvent) -> frozenset[str]:
    """Return the ids that an event names."""
    return frozenset(getattr(event, field) for field in ("who", "what") if hasattr(event, field))


def _event_faults(seen: SceneShots, shot: Shot) -> Iterator[Fault]:
    known = {thing.id for thing in (*seen.world.characters,)}
    known |= {prop.id for prop in seen.world.props} | {vehicle.id for vehicle in seen.world.vehicles}
    for event in shot.events:

        def mend(shot: Shot, event: ActionEvent = event) -> Shot:
            return shot.model_copy(update={"events": tuple(other for other in shot.events if other != event)})

        # Whoever is seen in mid-line began to speak in the shot before.
        begins_earlier = isinstance(event, Mouth) and event.at < 0
        if not begins_earlier and not 0 <= event.at < shot.seconds:
            text = f"In shot {shot.id}, a {event.kind} happens at {float(event.at):g} s of {float(shot.seconds):g} s."
            yield Fault("shots.event_outside", shot.id, text, "Let it happen while the shot lasts.", mend=mend)
        for stranger in sorted(_named(event) - known):
            text = f"In shot {shot.id}, a {event.kind} names {stranger!r}, which this world does not have."
            yield Fault("shots.unknown", shot.id, text, "Name somebody or something it has.", mend=mend)
        if isinstance(event, Mouth):
            yield from _mouth_faults(seen, shot, event)


def _mouth_faults(seen: SceneShots, shot: Shot, event: Mouth) -> Iterator[Fault]:
    def mend(shot: Shot) -> Shot:
        return shot.model_copy(update={"events": tuple(other for other in shot.events if other != event)})

    # A line may run on from the shot before, or begin early from the one after.
    index = seen.shots.index(shot)
    near = seen.shots[max(0, index - 1) : index + 2]
    name = seen.states(shot)[0].name(event.who)
    if all(cue.line != event.line for other in near for cue in other.cues):
        text = f"In shot {shot.id}, the mouth of {name} moves to line {event.line}, which is not heard there."
        yield Fault("shots.mouth", shot.id, text, "Cue the line, or keep the mouth shut.", mend=mend)
        return
    line = seen.lines().get(event.line)
    if line is not None and line.speaker != event.who:
        text = f"In shot {shot.id}, the mouth of {name} moves to line {event.line} of somebody else."
        yield Fault("shots.mouth_speaker", shot.id, text, "Move the mouth of who speaks.", mend=mend)
    elif all(subject.id != event.who for subject in shot.subjects):
        text = f"In shot {shot.id}, the mouth of {name} moves, who is not in the picture."
        yield Fault("shots.mouth_unseen", shot.id, text, f"Show {name}, or take the mouth out.", mend=mend)
