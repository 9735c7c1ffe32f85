"""A hand-made episode of four scenes in which nothing contradicts anything; tests spoil copies of it."""

from datetime import datetime
from fractions import Fraction

from episodes.brief import Brief
from episodes.cast import Agency, Character, Place, Prop, RadioCode, Unit, Vehicle, World
from episodes.effects import (
    Alight,
    Arrive,
    Board,
    Break,
    Consume,
    Detain,
    Disguise,
    Drive,
    Drop,
    Effect,
    Give,
    Heal,
    Hide,
    Injure,
    Keep,
    Learn,
    Leave,
    LoseVehicle,
    Pay,
    Plant,
    Promise,
    PutOn,
    Rank,
    Reveal,
    SetStatus,
    Take,
    TakeOff,
)
from episodes.episode import Cue, Episode
from episodes.script import Beat, Line, Purpose, Scene, Script
from episodes.shots import Enter, LineCue, Mouth, Shot, Subject

NIGHT = datetime(2026, 3, 14, 3, 12)
"""The call comes at 03:12."""


def clean_world() -> World:
    """Return the cast, units, things and places of the clean episode."""
    return World(
        agency=Agency(
            name="Larkspur Police",
            county="Larkspur County",
            codes=(RadioCode(code="10-4", meaning="understood"), RadioCode(code="10-15", meaning="prisoner aboard")),
        ),
        characters=(
            Character(
                id="okafor", name="Officer Dale Okafor", short_name="Okafor", role="officer", unit="4A10",
                wardrobe=("navy uniform shirt", "black duty vest"),
            ),
            Character(
                id="lindqvist", name="Officer Britt Lindqvist", short_name="Lindqvist", role="officer", unit="4A10",
                wardrobe=("navy uniform shirt", "yellow rain jacket"),
            ),
            Character(id="mabel", name="Mabel Ortiz", short_name="Mabel", role="dispatcher"),
            Character(id="gus", name="Gus Petrakis", short_name="Gus", role="witness", wardrobe=("white apron",)),
            Character(id="raccoon", name="The raccoon", short_name="the raccoon", role="suspect", kind="animal"),
        ),
        units=(Unit(id="4A10", members=("okafor", "lindqvist"), vehicle="cruiser"),),
        vehicles=(Vehicle(id="cruiser", name="the cruiser"), Vehicle(id="scooter", name="the delivery scooter")),
        props=(
            Prop(id="doughnut", name="jelly doughnut", count=24),
            Prop(id="box", name="pink box"),
            Prop(id="ladle", name="glaze ladle"),
        ),
        places=(
            Place(id="car", name="the cruiser on Route 9", set="car", interior=True),
            Place(id="shop", name="Dollar & Dime Doughnuts", set="shop", interior=True),
            Place(id="street", name="Alder Street", set="street", interior=False),
            Place(id="room", name="Interview Room B", set="interview", interior=True),
        ),
    )  # fmt: skip


def _line(line_id: str, speaker: str, channel: str, text: str) -> Line:
    return Line.model_validate({"id": line_id, "speaker": speaker, "channel": channel, "text": text})


def _beat(
    beat_id: str,
    purpose: Purpose,
    *effects: Effect,
    lines: tuple[Line, ...] = (),
    actors: tuple[str, ...] = (),
    action: str = "",
    gag: str = "",
) -> Beat:
    return Beat(
        id=beat_id, purpose=purpose, effects=effects, lines=lines, actors=actors, action=action, picture_gag=gag
    )


def _cold_open() -> Scene:
    # It plays eight minutes after the call that follows it on screen: a flash forward.
    return Scene(
        id="S01", title="Cold open", place="shop", clock=NIGHT.replace(minute=20), light="night", weather="rain",
        present=("okafor", "gus", "raccoon"),
        beats=(
            _beat(
                "S01-B01", "cold_open", Plant(topic="right_to_glaze"),
                lines=(_line("S01-L01", "okafor", "spoken", "Sir, you have the right to remain glazed."),),
                actors=("okafor", "raccoon"), action="Okafor addresses a raccoon on the counter.",
            ),
        ),
    )  # fmt: skip


def _call() -> Scene:
    return Scene(
        id="S02", title="The call", place="car", clock=NIGHT, light="night", weather="rain",
        present=("okafor", "lindqvist"),
        beats=(
            _beat(
                "S02-B01", "call", Plant(topic="two_dozen"), Learn(who="okafor", topic="theft"),
                lines=(
                    _line(
                        "S02-L01", "mabel", "dispatch",
                        "Four Adam Ten, Dispatch. Theft at the doughnut shop, two dozen jelly doughnuts, 3:12 AM.",
                    ),
                ),
            ),
            _beat(
                "S02-B02", "acknowledge", SetStatus(unit="4A10", status="en_route"),
                lines=(
                    _line("S02-L02", "okafor", "radio", "Four Adam Ten, ten-four. En route."),
                    _line("S02-L03", "lindqvist", "spoken", "Do we need a form for that?"),
                ),
                actors=("okafor", "lindqvist"),
            ),
        ),
    )  # fmt: skip


def _arrival() -> tuple[Beat, ...]:
    return (
        _beat(
            "S03-B01", "arrive", SetStatus(unit="4A10", status="on_scene"), Alight(who="okafor"),
            Alight(who="lindqvist"), Take(who="gus", prop="box"),
            lines=(
                _line("S03-L01", "okafor", "radio", "4A10, on scene."),
                _line("S03-L02", "gus", "spoken", "There were twenty-four jelly doughnuts in that case."),
            ),
            actors=("gus", "box", "doughnut"), action="Gus clutches a pink box.", gag="The box is licked clean.",
        ),
        _beat(
            "S03-B02", "plant", Arrive(who="raccoon"), Take(who="raccoon", prop="doughnut"),
            Consume(prop="doughnut", count=4), PutOn(who="raccoon", garment="paper hat"),
            lines=(_line("S03-L03", "lindqvist", "spoken", "Twenty doughnuts, and he is looking at them."),),
            actors=("raccoon", "doughnut"), action="A raccoon in a paper hat eats on the counter.",
        ),
        _beat(
            "S03-B03", "heighten", Hide(who="raccoon", prop="doughnut"), Reveal(what="doughnut"),
            Give(who="gus", prop="box", to="okafor"), Injure(who="lindqvist", injury="sugar in both eyes"),
            Disguise(who="raccoon", as_="gus"), Promise(who="okafor", topic="paperwork"),
            lines=(_line("S03-L04", "okafor", "spoken", "I will do the paperwork myself."),),
            actors=("okafor", "box", "lindqvist"), action="Sugar hits Lindqvist.",
        ),
    )  # fmt: skip


def _chase() -> tuple[Beat, ...]:
    return (
        _beat(
            "S03-B04", "chase", Drop(who="raccoon", prop="doughnut"), Board(who="raccoon", vehicle="scooter"),
            Drive(vehicle="scooter", to="street"), Pay(topic="two_dozen"),
            lines=(_line("S03-L05", "gus", "spoken", "He can drive?"),),
            actors=("raccoon", "scooter"), action="The raccoon rides off.",
        ),
        _beat(
            "S03-B05", "turn", Arrive(who="raccoon"), Alight(who="raccoon"), Break(what="scooter"),
            LoseVehicle(vehicle="scooter"), Reveal(what="raccoon"), TakeOff(who="raccoon", garment="hat"),
            Detain(who="raccoon", by="okafor"),
            lines=(_line("S03-L06", "okafor", "spoken", "Sir, you have the right to remain glazed."),),
            actors=("okafor", "raccoon"), action="Okafor cuffs the raccoon.",
        ),
        _beat(
            "S03-B06", "connect", Pay(topic="right_to_glaze"), Heal(who="lindqvist", injury="sugar in both eyes"),
            Leave(who="raccoon"), Leave(who="lindqvist"), SetStatus(unit="4A10", status="clear"),
            lines=(_line("S03-L07", "lindqvist", "radio", "Four Adam Ten, ten-fifteen, clear."),),
            actors=("lindqvist", "raccoon"), action="Lindqvist carries the raccoon out.",
        ),
    )  # fmt: skip


def _shop() -> Scene:
    return Scene(
        id="S03", title="The shop", place="shop", clock=NIGHT.replace(minute=16), light="night", weather="rain",
        present=("okafor", "lindqvist", "gus"), beats=(*_arrival(), *_chase()),
    )  # fmt: skip


def _debrief() -> Scene:
    return Scene(
        id="S04", title="Debrief", place="room", clock=NIGHT.replace(hour=4, minute=5), light="night",
        present=("okafor",),
        beats=(
            _beat(
                "S04-B01", "debrief", Keep(who="okafor", topic="paperwork"), Rank(who="raccoon", title="Deputy"),
                lines=(_line("S04-L01", "okafor", "spoken", "He signed every page. With a paw."),),
                actors=("okafor",),
            ),
            _beat(
                "S04-B02", "tag",
                lines=(_line("S04-L02", "mabel", "dispatch", "Four Adam Ten, does the deputy want a locker?"),),
            ),
        ),
    )  # fmt: skip


def clean_script() -> Script:
    """Return the four scenes."""
    return Script(
        title="Glazed and Confused",
        logline="Two officers arrest a raccoon over two dozen doughnuts.",
        scenes=(_cold_open(), _call(), _shop(), _debrief()),
    )


def _shot(scene: Scene, number: int, beats: str, lines: str, look: str, people: str, **more: object) -> Shot:
    """Return a shot; `look` is owner, size and wearer, and `beats` and `lines` are short ids, all parted by spaces."""
    owner, size, wearer = look.split()
    at, cues = Fraction(1, 4), []
    for line in lines.split():
        cues.append(LineCue(line=f"{scene.id}-{line}", at=at))
        at += 3
    speakers = {line.id: line for line in scene.lines}
    subjects = tuple(Subject(id=who) for who in people.split())
    events = tuple(
        Mouth(at=cue.at, who=speakers[cue.line].speaker, line=cue.line)
        for cue in cues
        if speakers[cue.line].speaker in people.split()
    )
    plan = {
        "id": f"{scene.id}-{number:02}",
        "scene": scene.id,
        "beats": tuple(f"{scene.id}-{beat}" for beat in beats.split()),
        "owner": owner,
        "wearer": None if wearer == "-" else wearer,
        "size": size,
        "place": scene.place,
        "clock": scene.clock.replace(second=number * 4),
        "light": scene.light,
        "weather": scene.weather,
        "seconds": Fraction(max(4, 3 * len(cues) + 1)),
        "subjects": subjects,
        "cues": tuple(cues),
        "events": events,
    }
    return Shot.model_validate(plan | more)


def clean_shots() -> tuple[Shot, ...]:
    """Return a coverage of the four scenes in which everything fits."""
    first, call, shop, debrief = clean_script().scenes
    return (
        _shot(first, 1, "B01", "L01", "cctv full -", "okafor raccoon"),
        _shot(call, 1, "B01", "L01", "dashcam medium -", "okafor lindqvist"),
        _shot(call, 2, "B02", "L02 L03", "bodycam close okafor", "lindqvist"),
        _shot(shop, 1, "B01", "L01", "cctv long -", "gus okafor lindqvist", role="establishing"),
        _shot(
            shop, 2, "B01", "L02", "bodycam medium okafor", "gus box", gag="The box is licked clean.",
            prompt="A witness in a white apron holds a pink box in a doughnut shop at night.",
        ),
        _shot(
            shop, 3, "B02", "L03", "bodycam medium lindqvist", "raccoon doughnut",
            events=(Enter(at=Fraction(1, 2), who="raccoon"),),
        ),
        _shot(
            shop, 4, "B03", "L04", "cctv full -", "okafor lindqvist",
            prompt="Night. One officer in a navy uniform shirt, one in a yellow rain jacket.",
        ),
        _shot(shop, 5, "B04", "L05", "bodycam medium okafor", "gus"),
        _shot(shop, 6, "B05", "L06", "cctv medium -", "okafor raccoon"),
        _shot(shop, 7, "B06", "L07", "bodycam full okafor", "lindqvist raccoon"),
        _shot(debrief, 1, "B01", "L01", "interview medium -", "okafor"),
        _shot(debrief, 2, "B02", "L02", "interview close -", "okafor"),
    )  # fmt: skip


def clean_episode() -> Episode:
    """Return the whole episode: no script finding, no shot finding."""
    return Episode(
        brief=Brief(theme="raccoon heist at a doughnut shop", seed=7),
        world=clean_world(),
        script=clean_script(),
        shots=clean_shots(),
        cues=tuple(Cue(scene=scene.id, mood=scene.mood) for scene in clean_script().scenes),
    )
