"""A made episode of five scenes that people in these tests talk about, and orders told in one short line each."""

from datetime import datetime
from fractions import Fraction

from agents.assistant.orders import Ask, Edit, Explain, NewEpisode, Order, PutFile, Say, Show, TakeOutFile, Unclear
from episodes.brief import Brief
from episodes.cast import Agency, Character, Place, Prop, Unit, Vehicle, VoiceCast, World
from episodes.changes import Change, InsertBeat, Recast, ReplaceBeat, Rescore, Reshoot
from episodes.episode import Cue, Episode
from episodes.script import Beat, Line, Scene, Script
from episodes.shots import LineCue, Mouth, Shot, SirenPass, Subject

NIGHT = datetime(2026, 3, 14, 3, 12)


def _world() -> World:
    def voice(number: int) -> VoiceCast:
        return VoiceCast(engine="espeak-ng", variant=f"v{number}")

    people = (
        Character(id="okafor", name="Officer Dale Okafor", short_name="Okafor", role="officer", unit="4A10",
                  pronoun="he", voice=voice(1)),
        Character(id="lindqvist", name="Officer Britt Lindqvist", short_name="Lindqvist", role="officer", unit="4A10",
                  pronoun="she", voice=voice(2)),
        Character(id="haldane", name="Sergeant Ruth Haldane", short_name="Haldane", role="sergeant", unit="4S1",
                  pronoun="she", voice=voice(3)),
        Character(id="mabel", name="Mabel Ortiz", short_name="Dispatch", role="dispatcher", pronoun="she",
                  voice=voice(4)),
        Character(id="witness-gus", name="Gus Petrakis, baker", short_name="Gus", role="witness", pronoun="he",
                  voice=voice(5)),
        Character(id="suspect-raccoon", name="Raccoon", short_name="Raccoon", role="suspect", kind="animal",
                  pronoun="it"),
    )  # fmt: skip
    return World(
        agency=Agency(name="Larkspur Police", county="Larkspur County"),
        characters=people,
        units=(
            Unit(id="4A10", members=("okafor", "lindqvist"), vehicle="cruiser"), Unit(id="4S1", members=("haldane",)),
        ),
        vehicles=(Vehicle(id="cruiser", name="the cruiser"), Vehicle(id="scooter", name="the delivery scooter")),
        props=(
            Prop(id="doughnut", name="jelly doughnut", count=24), Prop(id="box", name="pink box"),
            Prop(id="dog", name="dog"), Prop(id="crossword", name="crossword"),
        ),
        places=(
            Place(id="car", name="the cruiser on Route 9", set="car", interior=True),
            Place(id="shop", name="Dollar & Dime Doughnuts", set="shop", interior=True),
            Place(id="street", name="Alder Street", set="street", interior=False),
            Place(id="room", name="Interview Room 2", set="interview", interior=True),
        ),
    )  # fmt: skip


_LINES = """
S01-B01 S01-L01 okafor spoken calm Sir, you have the right to remain glazed.
S02-B01 S02-L01 mabel dispatch flat Four Adam Ten, theft of two dozen jelly doughnuts at the shop.
S02-B02 S02-L02 okafor radio calm Four Adam Ten, en route.
S02-B02 S02-L03 lindqvist spoken calm Do we need a form for that?
S02-B02 S02-L04 okafor spoken calm There is a form for everything.
S03-B01 S03-L01 okafor radio calm Four Adam Ten, on scene.
S03-B01 S03-L02 witness-gus spoken urgent He licked every single box!
S03-B02 S03-L03 lindqvist spoken confused He is wearing a hat, sir.
S03-B03 S03-L04 okafor spoken calm Whose dog is that?
S04-B01 S04-L01 lindqvist radio urgent He is on the scooter. Heading east.
S04-B01 S04-L02 haldane radio shouted Do not chase the raccoon!
S04-B02 S04-L03 okafor spoken proud You are under arrest, small sir.
S05-B01 S05-L01 haldane spoken urgent Who let him sign the form?
S05-B01 S05-L02 okafor spoken calm He signed every page. With a paw.
S05-B02 S05-L03 mabel dispatch flat Four Adam Ten, does the deputy want a locker?
"""
_BEATS = {
    "S01-B01": ("cold_open", "Okafor addresses a raccoon on the counter.", "", "okafor suspect-raccoon"),
    "S02-B01": ("call", "The handset lights up.", "", "okafor lindqvist"),
    "S02-B02": (
        "acknowledge",
        "Lindqvist puts down a crossword.",
        "The crossword is blank.",
        "okafor lindqvist crossword",
    ),
    "S03-B01": ("arrive", "Gus clutches a pink box.", "The box is licked clean.", "witness-gus box"),
    "S03-B02": ("plant", "A raccoon in a paper hat eats on the counter.", "", "suspect-raccoon doughnut"),
    "S03-B03": ("heighten", "A dog walks through the shop with a doughnut.", "", "dog doughnut"),
    "S04-B01": ("chase", "The raccoon rides off on the scooter.", "", "suspect-raccoon scooter"),
    "S04-B02": ("turn", "Okafor cuffs the raccoon.", "", "okafor suspect-raccoon"),
    "S05-B01": ("debrief", "Haldane holds up a form with a paw print.", "", "haldane okafor"),
    "S05-B02": ("tag", "", "", "okafor"),
}
_SHOTS = """
S01-01 S01-B01 L01 cctv full - okafor,suspect-raccoon
S02-01 S02-B01 L01 dashcam long - okafor,lindqvist
S02-02 S02-B02 L02 bodycam medium lindqvist okafor
S02-03 S02-B02 L03 bodycam close okafor lindqvist
S02-04 S02-B02 L04 dashcam medium - okafor,lindqvist
S02-05 S02-B02 - bodycam close okafor crossword
S03-01 S03-B01 L01 cctv long - witness-gus,okafor,lindqvist
S03-02 S03-B01 L02 bodycam medium okafor witness-gus,box
S03-03 S03-B02 L03 bodycam medium lindqvist suspect-raccoon,doughnut
S03-04 S03-B03 - bodycam full okafor dog
S03-05 S03-B03 L04 bodycam close lindqvist okafor
S04-01 S04-B01 L01 dashcam long - suspect-raccoon,scooter
S04-02 S04-B01 L02 helicopter extreme_long - suspect-raccoon,scooter
S04-03 S04-B02 L03 bodycam close lindqvist okafor
S05-01 S05-B01 L01 interview medium - haldane
S05-02 S05-B01 L02 interview close - okafor
S05-03 S05-B02 L03 interview medium - okafor
"""
_SCENES = (
    ("S01", "Cold open", "shop", 20, "tension", "okafor witness-gus suspect-raccoon"),
    ("S02", "The call", "car", 12, "quiet", "okafor lindqvist"),
    ("S03", "The shop", "shop", 16, "comedy", "okafor lindqvist witness-gus suspect-raccoon"),
    ("S04", "The chase", "street", 25, "chase", "okafor lindqvist suspect-raccoon"),
    ("S05", "Debrief", "room", 45, "resolution", "okafor haldane"),
)


def _beats(scene: str) -> tuple[Beat, ...]:
    rows = [row.split(" ", 5) for row in _LINES.strip().splitlines()]
    return tuple(
        Beat.model_validate(
            {
                "id": beat, "purpose": purpose, "action": action, "picture_gag": gag, "actors": tuple(actors.split()),
                "lines": tuple(
                    Line.model_validate(
                        {"id": line, "speaker": who, "channel": channel, "delivery": delivery, "text": text}
                    )
                    for of, line, who, channel, delivery, text in rows
                    if of == beat
                ),
            }
        )
        for beat, (purpose, action, gag, actors) in _BEATS.items()
        if beat.startswith(scene)
    )  # fmt: skip


def _shots(scenes: dict[str, Scene]) -> tuple[Shot, ...]:
    made = []
    for row in _SHOTS.strip().splitlines():
        shot, beat, line, owner, size, wearer, seen = row.split()
        scene = scenes[shot[:3]]
        cues = () if line == "-" else (LineCue(line=f"{scene.id}-{line}", at=Fraction(1, 4)),)
        speaker = {each.id: each.speaker for each in scene.lines}
        events = [Mouth(at=cue.at, who=speaker[cue.line], line=cue.line) for cue in cues if speaker[cue.line] in seen]
        siren = [SirenPass(at=1)] if shot in ("S04-01", "S02-01") else []
        made.append(
            Shot.model_validate(
                {
                    "id": shot, "scene": scene.id, "beats": (beat,), "owner": owner, "size": size,
                    "wearer": None if wearer == "-" else wearer, "place": scene.place, "clock": scene.clock,
                    "light": scene.light, "weather": scene.weather, "seconds": Fraction(4), "cues": cues,
                    "subjects": tuple(Subject(id=who) for who in seen.split(",")), "events": (*events, *siren),
                    "role": "establishing" if size == "long" else "a_roll",
                }
            )
        )  # fmt: skip
    return tuple(made)


def spoken_of() -> Episode:
    """Return the episode. It has one shot of a dog, two from the CCTV, and a siren in the call and in the chase."""
    scenes = tuple(
        Scene.model_validate(
            {
                "id": scene, "title": title, "place": place, "clock": NIGHT.replace(minute=minute), "light": "dusk",
                "mood": mood, "present": tuple(present.split()), "beats": _beats(scene),
            }
        )
        for scene, title, place, minute, mood, present in _SCENES
    )  # fmt: skip
    script = Script(title="Night of the Paw", logline="Two officers arrest a raccoon.", scenes=scenes)
    return Episode(
        brief=Brief(theme="raccoon heist at a doughnut shop", seed=7),
        world=_world(),
        script=script,
        shots=_shots({scene.id: scene for scene in scenes}),
        cues=tuple(Cue(scene=scene.id, mood=scene.mood) for scene in scenes),
    )


def told(orders: tuple[Order, ...], episode: Episode) -> str:
    """Return the orders in one line, as the tables of these tests write them."""
    return " & ".join(_told(order, episode) for order in orders)


def _told(order: Order, episode: Episode) -> str:
    match order:
        case Edit():
            return "; ".join(_change(change, episode) for change in order.changes)
        case PutFile():
            return f"put {order.path or '?'} in {order.shot or order.line}"
        case TakeOutFile():
            return f"take out {order.shot or order.line}"
        case Show():
            return f"show {order.target}"
        case Explain():
            return f"explain {order.about}"
        case NewEpisode():
            return f"new {order.theme}" + (f" ({order.minutes:g} min)" if order.minutes else "")
        case Say():
            return f"/{order.command} {order.words}".strip()
        case Ask():
            return "ask"
        case Unclear():
            return "unclear"


def _change(change: Change, episode: Episode) -> str:
    match change:
        case Reshoot() if change.plan is not None:
            old = episode.shot(change.shot).model_dump(mode="json")
            new = change.plan.model_dump(mode="json")
            parts = [f"{name}={new[name]}" for name in new if new[name] != old[name] and name in _PLAN]
            return " ".join(["reshoot", change.shot, *parts])
        case InsertBeat() | ReplaceBeat():
            said = "".join(f" {line.speaker}: {line.text}" for line in change.beat.lines)
            after = f" after {change.after}" if isinstance(change, InsertBeat) else f" {change.beat.id}"
            return f"{change.kind}{after}: {change.beat.action}{said}"
        case Recast() if change.voice is not None:
            return (
                f"voice {change.character} {change.voice.variant} {change.voice.pitch} {change.voice.words_per_minute}"
            )
        case Rescore():
            return f"score {change.cue.scene} {'silent' if change.cue.silent else change.cue.mood}"
    fields = change.model_dump(mode="json", exclude_defaults=True, exclude={"kind"})
    values = [str(value) if name in _PLAIN else f"{name}={value}" for name, value in fields.items()]
    return " ".join([change.kind, *values])


_PLAN = ("owner", "wearer", "size", "angle", "seconds")
_PLAIN = ("shot", "line", "scene", "target", "first", "second", "title", "beat")
