"""What is said and shown, held against the state: presence, the air, counts, call signs and codes."""

from episodes.changes import AddEffects, Change
from episodes.effects import Arrive, Reveal
from episodes.notes import Severity
from episodes.script import ALOUD, Beat, Line
from episodes.spoken_numbers import counted, said_call_signs, said_codes, said_letters
from episodes.story_props import prop_is_elsewhere
from episodes.story_state import Finding, StoryState

_LOUD = ("loudhailer", "loudspeaker", "megaphone", "bullhorn", "microphone")
"""Words in the names of things through which somebody is heard across a lot."""

States = tuple[StoryState, ...]
"""The states of one beat in order: before it, and after each of its effects."""


def beat_findings(beat: Beat, states: States) -> tuple[Finding, ...]:
    """Return what can't be about a beat's actors and lines, given the states it passes through."""
    found = list(_actor_findings(beat, states))
    for line in beat.lines:
        found += _speaker_findings(beat, line, states)
        found += _radio_findings(beat, line, states[0])
        found += _count_findings(beat, line, states)
    return tuple(found)


def _finding(
    beat: Beat,
    state: StoryState,
    rule: str,
    what: str,
    fix: str,
    change: Change | None = None,
    severity: Severity = "major",
) -> Finding:
    text = f"In {beat.id} at {state.name(state.place)}, {what}."
    return Finding(rule=rule, target=beat.id, text=text, fix=fix, change=change, severity=severity)


def _seen(who: str, states: States) -> bool:
    """Whether somebody is there at any time in the beat, as themselves or as whom they pass for."""
    return any(who in state.seen_as for state in states)


def _arrival(beat: Beat, state: StoryState, who: str) -> Change | None:
    """The plain repair for somebody who is missing: they arrive; a prisoner can't."""
    if state.person(who).custody_of is not None:
        return None
    return AddEffects(beat=beat.id, effects=(Arrive(who=who),))


def _actor_findings(beat: Beat, states: States) -> list[Finding]:
    state, found = states[0], []
    people = {person.id for person in state.people}
    props = {prop.id for prop in state.props}
    vehicles = {vehicle.id for vehicle in state.vehicles}
    for actor in beat.actors:
        name = state.name(actor)
        if actor in people:
            if not _seen(actor, states):
                change = _arrival(beat, state, actor)
                fix = f"Let {name} arrive first."
                found.append(_finding(beat, state, "presence.actor", f"{name} is seen but is not there", fix, change))
        elif actor in props:
            found += _prop_findings(beat, states, actor)
        elif actor not in vehicles:
            what = f"{actor!r} is to be seen, which this world does not have"
            found.append(_finding(beat, state, "unknown.actor", what, "Name somebody or something it has."))
    return found


def _prop_findings(beat: Beat, states: States, prop_id: str) -> list[Finding]:
    state, thing = states[0], states[0].name(prop_id)
    if all(moment.prop(prop_id).hidden for moment in states):
        change = AddEffects(beat=beat.id, effects=(Reveal(what=prop_id),))
        fix = f"Reveal the {thing} first."
        return [_finding(beat, state, "prop.hidden", f"the {thing} is seen but is hidden", fix, change)]
    if all(prop_is_elsewhere(moment, moment.prop(prop_id)) for moment in states):
        what, fix = f"the {thing} is seen but is elsewhere", f"Bring the {thing} here first."
        return [_finding(beat, state, "prop.elsewhere", what, fix)]
    return []


def _speaker_findings(beat: Beat, line: Line, states: States) -> list[Finding]:
    state = states[0]
    roles = {character.id: character.role for character in state.world.characters}
    if line.speaker not in roles:
        what = f"{line.id} is spoken by {line.speaker!r}, whom this world does not have"
        fatal = _finding(beat, state, "unknown.character", what, "Give the line to somebody it has.", None, "fatal")
        return [fatal]
    name = state.name(line.speaker)
    if line.channel in ALOUD and not _seen(line.speaker, states):
        person = state.person(line.speaker)
        where = f"drove off in {state.name(person.aboard)}" if person.aboard else "is not there"
        what, fix = f"{name} speaks {line.id} but {where}", f"Let {name} arrive first, or give the line to another."
        return [_finding(beat, state, "presence.spoken", what, fix, _arrival(beat, state, line.speaker))]
    if line.channel == "radio" and not _may_radio(line.speaker, states):
        what, fix = f"{name} speaks {line.id} on the radio but is in no unit", "Give the line to somebody in a unit."
        return [_finding(beat, state, "radio.speaker", what, fix)]
    if line.channel == "pa" and not _may_hail(line.speaker, states):
        what = f"{name} speaks {line.id} through the loudspeaker but is in no unit"
        return [_finding(beat, state, "radio.loudspeaker", what, "Let somebody in a unit say it, or say it aloud.")]
    acting = {moment.person(line.speaker).disguised_as for moment in states}
    if line.channel == "dispatch" and "dispatcher" not in {roles.get(who or "") for who in (line.speaker, *acting)}:
        what, fix = f"{name} speaks {line.id} as dispatch but is no dispatcher", "Give the line to the dispatcher."
        return [_finding(beat, state, "radio.dispatch", what, fix)]
    return []


def _may_radio(who: str, states: States) -> bool:
    """In a unit, passing for somebody who is, or with a radio in hand."""
    world = states[0].world
    crew = {member for unit in world.units for member in unit.members}
    crew |= {c.id for c in world.characters if c.unit in {unit.id for unit in world.units}}
    for state in states:
        person = state.person(who)
        if who in crew or person.disguised_as in crew:
            return True
        if any("radio" in state.name(prop).casefold() for prop in person.held):
            return True
    return False


def _may_hail(who: str, states: States) -> bool:
    """In a unit, as who may use its car's loudspeaker, or with something in hand that makes a voice loud."""
    if _may_radio(who, states):
        return True
    held = {state.name(prop).casefold() for state in states for prop in state.person(who).held}
    return any(word in name for name in held for word in _LOUD)


def _radio_findings(beat: Beat, line: Line, state: StoryState) -> list[Finding]:
    found, world = [], state.world
    units = {unit.id.upper() for unit in world.units}
    for sign in said_call_signs(line.text):
        if sign not in units:
            what = f"{line.id} calls {sign}, a unit that this world does not have"
            found.append(_finding(beat, state, "radio.unit", what, f"Call one of {', '.join(sorted(units))}."))
    codes = {said for code in world.agency.codes for said in said_codes(code.code)}
    for code in said_codes(line.text):
        if code not in codes:
            what = f"{line.id} says {code}, which is not in the code table of {world.agency.name}"
            found.append(_finding(beat, state, "radio.code", what, "Say it in plain words."))
    for letter in said_letters(line.text, "nato" if world.agency.alphabet == "apco" else "apco"):
        what = f"{line.id} says {letter}, which is not of this agency's {world.agency.alphabet.upper()} alphabet"
        found.append(
            _finding(beat, state, "radio.alphabet", what, "Use the agency's own alphabet.", severity="minor")
        )  # fmt: skip
    return found


def _count_findings(beat: Beat, line: Line, states: States) -> list[Finding]:
    state, found = states[0], []
    names = {prop.id: prop.name for prop in state.world.props}
    for prop_id, number in counted(line.text, names):
        seen = [moment.prop(prop_id) for moment in states]
        # A number may mean what was there, what is left, or what is gone by now.
        right = {prop.count for prop in seen} | {prop.spent for prop in seen}
        right |= {prop.spent - seen[0].spent for prop in seen} - {0}
        if number in right:
            continue
        left, thing = seen[-1].count, names[prop_id]
        what = f"{line.id} counts {number} for the {thing}, but there are {left}"
        found.append(
            _finding(beat, state, "count.said", what, f"Say {left}, or establish the new number by an effect.")
        )
    return found
