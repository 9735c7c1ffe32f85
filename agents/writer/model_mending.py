"""What is plainly mendable in a model's script is mended by code, so that the checker sees only what needs a mind."""

import re

from episodes import effects as fx
from episodes.brief import Brief
from episodes.cast import World
from episodes.effects import Effect
from episodes.episode import Episode
from episodes.script import ALOUD, Beat, Line, Scene, Script
from episodes.spoken_numbers import counted
from episodes.story import Finding, story_of

_ROUNDS = 8
"""Mending one thing may bring out another; a script of eight scenes settled within four rounds when tried."""


def mend(world: World, script: Script, brief: Brief) -> Script:
    """Return the script with what the story's rules can't allow taken out or put right, as far as that is plain."""
    for _ in range(_ROUNDS):
        findings = story_of(Episode(brief=brief, world=world, script=script)).findings
        mended = script
        for finding in findings:
            mended = _mend_one(mended, world, finding)
        if mended == script:
            return script
        script = mended
    return script


def _mend_one(script: Script, world: World, finding: Finding) -> Script:
    for scene in script.scenes:
        if finding.target == scene.id:
            return _with_scene(script, _mend_scene(scene, finding))
        for beat in scene.beats:
            if finding.target == beat.id:
                return _with_scene(script, _mend_beat(scene, beat, world, finding))
    return script


def _mend_scene(scene: Scene, finding: Finding) -> Scene:
    if finding.change is not None and finding.change.kind == "set_world" and finding.change.present is not None:
        return scene.model_copy(update={"present": finding.change.present})
    return scene


def _mend_beat(scene: Scene, beat: Beat, world: World, finding: Finding) -> Scene:
    rule = finding.rule
    if rule in ("presence.spoken", "presence.actor", "presence.acts"):
        return _bring_in(scene, beat, finding)
    if rule.startswith("radio."):
        return _with_beat(scene, _plain_radio(beat, world))
    if rule == "count.said":
        return _with_beat(scene, _count_aloud(beat, world))
    if rule in ("prop.hidden", "prop.elsewhere", "unknown.actor"):
        props = {prop.id for prop in world.props}
        kept = tuple(actor for actor in beat.actors if actor not in props)
        return _with_beat(scene, beat.model_copy(update={"actors": kept}))
    return _with_beat(scene, beat.model_copy(update={"effects": _without_last_cause(beat, finding)}))


def _bring_in(scene: Scene, beat: Beat, finding: Finding) -> Scene:
    """Let somebody who acts be there from the start; take out of the picture whoever has no way in."""
    if finding.change is None or finding.change.kind != "add_effects":
        # A prisoner can't walk in: they are left out of the picture, and heard from afar.
        kept = tuple(actor for actor in beat.actors if actor in scene.present)
        lines = tuple(line if line.speaker in scene.present else _from_afar(line) for line in beat.lines)
        return _with_beat(scene, beat.model_copy(update={"actors": kept, "lines": lines}))
    who = [effect.who for effect in finding.change.effects if isinstance(effect, fx.Arrive)]
    comes_and_goes = {
        effect.who for other in scene.beats for effect in other.effects if isinstance(effect, fx.Arrive | fx.Leave)
    }
    if all(person not in comes_and_goes for person in who):
        return scene.model_copy(update={"present": tuple(dict.fromkeys((*scene.present, *who)))})
    # They come and go within the scene and are wanted all the time: then they simply stay.
    stays = scene.model_copy(update={"present": tuple(dict.fromkeys((*scene.present, *who)))})
    for other in scene.beats:
        left = tuple(
            effect for effect in other.effects if not (isinstance(effect, fx.Arrive | fx.Leave) and effect.who in who)
        )
        stays = _with_beat(stays, other.model_copy(update={"effects": left}))
    return stays


def _from_afar(line: Line) -> Line:
    return line.model_copy(update={"channel": "phone"}) if line.channel in ALOUD else line


def _plain_radio(beat: Beat, world: World) -> Beat:
    """Put right who says what on the air: own units, own codes, plain words where there is no code."""
    crew = {member for unit in world.units for member in unit.members}
    roles = {person.id: person.role for person in world.characters}

    def put_right(line: Line) -> Line:
        channel = line.channel
        if channel == "radio" and line.speaker not in crew:
            channel = "phone"
        if channel == "dispatch" and roles.get(line.speaker) != "dispatcher":
            channel = "radio" if line.speaker in crew else "phone"
        if channel == "pa" and line.speaker not in crew:
            channel = "spoken"
        return line.model_copy(update={"channel": channel, "text": _own_codes(line.text, world)})

    return beat.model_copy(update={"lines": tuple(put_right(line) for line in beat.lines)})


def _own_codes(text: str, world: World) -> str:
    codes = {code.code for code in world.agency.codes}
    text = re.sub(r"\b1[01]-\d{1,2}\b", lambda m: m.group(0) if m.group(0) in codes else "copy", text)
    units = {unit.id for unit in world.units}
    if not units:
        return text
    own = world.units[0].id
    return re.sub(r"\b\d{1,2}[A-Z]\d{1,3}\b", lambda m: m.group(0) if m.group(0) in units else own, text)


def _count_aloud(beat: Beat, world: World) -> Beat:
    """A number that somebody says of a thing becomes the number that there is."""
    names = {prop.id: prop.name for prop in world.props}
    said = [pair for line in beat.lines for pair in counted(line.text, names)]
    new: tuple[Effect, ...] = tuple(fx.CountSet(prop=prop, count=count) for prop, count in said)
    return beat.model_copy(
        update={"effects": (*beat.effects, *(effect for effect in new if effect not in beat.effects))}
    )


def _without_last_cause(beat: Beat, finding: Finding) -> tuple[Effect, ...]:
    """Return the beat's effects without the one that the finding is about."""
    kinds = {
        "presence.arrive": ("arrive",), "presence.leave": ("leave",), "plant": ("plant", "pay"),
        "unit": ("set_status",), "promise": ("keep",), "custody": ("detain", "release", "leave", "arrive"),
        "wardrobe": ("put_on", "take_off"),
    }  # fmt: skip
    blamed = kinds.get(finding.rule) or kinds.get(finding.rule.split(".")[0])
    suspects = [effect for effect in beat.effects if blamed is None or effect.kind in blamed] or list(beat.effects)
    return tuple(effect for effect in beat.effects if effect is not suspects[0]) if suspects else ()


def _with_beat(scene: Scene, beat: Beat) -> Scene:
    return scene.model_copy(update={"beats": tuple(beat if other.id == beat.id else other for other in scene.beats)})


def _with_scene(script: Script, scene: Scene) -> Script:
    return script.model_copy(
        update={"scenes": tuple(scene if other.id == scene.id else other for other in script.scenes)}
    )
