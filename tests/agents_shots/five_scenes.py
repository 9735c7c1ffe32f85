"""A hand-made episode of five scenes with gags, radio, a chase and a debrief, about a minute long."""

from datetime import datetime
from fractions import Fraction

from episodes.brief import Brief
from episodes.cast import Agency, Character, Place, Prop, Unit, Vehicle, World
from episodes.effects import Arrive, CountSet, Detain, Drop, Give, Leave, SetStatus, Take
from episodes.episode import Episode
from episodes.format import FormatName
from episodes.script import Beat, Line, Scene, Script

NIGHT = datetime(2026, 3, 14, 3, 12)


def _world() -> World:
    return World(
        agency=Agency(name="Larkspur Police", county="Larkspur County"),
        characters=(
            Character(
                id="okafor", name="Officer Dale Okafor", short_name="Okafor", role="officer", unit="4A10", pronoun="he",
                build="broad", wardrobe=("navy uniform shirt", "black duty vest"),
            ),
            Character(
                id="lindqvist", name="Officer Britt Lindqvist", short_name="Lindqvist", role="officer", unit="4A10",
                pronoun="she", build="slim", hair="#d8b878", wardrobe=("navy uniform shirt", "yellow rain jacket"),
            ),
            Character(id="mabel", name="Mabel Ortiz", short_name="Dispatch", role="dispatcher", pronoun="she"),
            Character(
                id="gus", name="Gus Petrakis", short_name="Gus", role="witness", pronoun="he", build="small",
                hair="#c8c8c8", wardrobe=("white apron",),
            ),
            Character(
                id="raccoon", name="The raccoon", short_name="Raccoon", role="suspect", kind="animal", emoji="🦝"
            ),
        ),
        units=(Unit(id="4A10", members=("okafor", "lindqvist"), vehicle="cruiser"),),
        vehicles=(Vehicle(id="cruiser", name="the cruiser"),),
        props=(
            Prop(id="doughnut", name="jelly doughnut", count=24, emoji="🍩"),
            Prop(id="box", name="pink box"),
            Prop(id="notebook", name="notebook"),
        ),
        places=(
            Place(
                id="shop", name="Dollar & Dime Doughnuts", set="shop", interior=True,
                landmark="a glass case lit from inside", wrong="one ceiling tile hanging open",
            ),
            Place(id="car", name="the cruiser on Route 9", set="car", interior=True, landmark="a nodding plastic owl"),
            Place(id="lot", name="the lot behind", set="parking_lot", interior=False, landmark="a leaning lamp post"),
            Place(id="room", name="Interview Room B", set="interview", interior=True, landmark="a dented kettle"),
        ),
    )  # fmt: skip


def _line(line_id: str, speaker: str, channel: str, text: str, delivery: str = "calm", pause: str = "1/4") -> Line:
    return Line.model_validate(
        {"id": line_id, "speaker": speaker, "channel": channel, "text": text, "delivery": delivery, "pause": pause}
    )


def _cold_open() -> Scene:
    return Scene(
        id="S01", title="Cold open", place="shop", clock=NIGHT.replace(minute=20), light="night", weather="rain",
        mood="tension", present=("okafor", "lindqvist", "raccoon"),
        beats=(
            Beat(
                id="S01-B01", purpose="cold_open", action="A raccoon stands on the counter and holds a jelly doughnut.",
                actors=("raccoon", "doughnut"),
                lines=(
                    _line("S01-L01", "okafor", "spoken", "Sir, step away from the jelly and show me both paws."),
                    _line("S01-L02", "lindqvist", "spoken", "He has four, Dale.", "flat", "3/5"),
                ),
            ),
        ),
    )  # fmt: skip


def _call() -> Scene:
    return Scene(
        id="S02", title="The call", place="car", clock=NIGHT, light="night", weather="rain", mood="quiet",
        present=("okafor", "lindqvist"),
        beats=(
            Beat(
                id="S02-B01", purpose="call",
                lines=(
                    _line(
                        "S02-L01", "mabel", "dispatch",
                        "Four Adam Ten, Dispatch. Theft in progress, nine forty Alder Street, two dozen doughnuts,"
                        " mostly jelly.",
                        "flat",
                    ),
                ),
            ),
            Beat(
                id="S02-B02", purpose="acknowledge", effects=(SetStatus(unit="4A10", status="en_route"),),
                lines=(
                    _line("S02-L02", "okafor", "radio", "Four Adam Ten, en route."),
                    _line("S02-L03", "lindqvist", "spoken", "Mostly jelly. So this is personal.", "confused"),
                    _line("S02-L04", "mabel", "dispatch", "Suspect is described as short, grey and wearing a mask."),
                    _line("S02-L05", "okafor", "spoken", "They always wear a mask.", "flat", "1/2"),
                ),
            ),
        ),
    )  # fmt: skip


def _shop() -> Scene:
    return Scene(
        id="S03", title="The shop", place="shop", clock=NIGHT.replace(minute=16), light="night", weather="rain",
        mood="suspicion", present=("gus",),
        beats=(
            Beat(
                id="S03-B01", purpose="arrive", action="Okafor and Lindqvist enter past a row of empty trays.",
                actors=("okafor", "lindqvist"),
                effects=(Arrive(who="okafor"), Arrive(who="lindqvist"), SetStatus(unit="4A10", status="on_scene")),
                lines=(_line("S03-L01", "okafor", "radio", "Four Adam Ten, on scene."),),
            ),
            Beat(
                id="S03-B02", purpose="witness", actors=("gus", "box"),
                effects=(CountSet(prop="doughnut", count=24), Take(who="gus", prop="box")),
                action="Gus clutches a pink box.", picture_gag="The pink box has been licked clean.",
                lines=(
                    _line("S03-L02", "gus", "spoken", "Twenty-four doughnuts, and he only left the one box!", "urgent"),
                    _line("S03-L03", "okafor", "spoken", "Can you describe the box?", "calm", "1/2"),
                ),
            ),
            Beat(
                id="S03-B03", purpose="heighten", action="The raccoon rolls a doughnut along the counter.",
                actors=("raccoon", "doughnut"), effects=(Arrive(who="raccoon"), Take(who="raccoon", prop="doughnut")),
                lines=(
                    _line(
                        "S03-L04", "lindqvist", "spoken",
                        "The subject is on the counter, the subject is armed with a doughnut, and he has made us both.",
                        "whispered", "1/2",
                    ),
                ),
            ),
            Beat(
                id="S03-B04", purpose="reverse", actors=("gus", "raccoon"),
                action="Gus hands the raccoon a clean apron.",
                picture_gag="The apron has a name tag that says Manager.",
                lines=(_line("S03-L05", "gus", "spoken", "Well, he does the mornings.", "proud", "3/5"),),
            ),
        ),
    )  # fmt: skip


def _chase() -> Scene:
    return Scene(
        id="S04", title="The lot", place="lot", clock=NIGHT.replace(minute=21), light="night", weather="rain",
        mood="chase", present=("okafor", "lindqvist", "raccoon"),
        beats=(
            Beat(
                id="S04-B01", purpose="chase", action="The raccoon runs across the lot with the pink box.",
                actors=("raccoon", "box"),
            ),
            Beat(
                id="S04-B02", purpose="chase", action="Okafor runs after it, at walking pace.", actors=("okafor",),
                lines=(
                    _line("S04-L01", "okafor", "radio", "Foot pursuit, southbound, two miles an hour.", "urgent"),
                    _line("S04-L02", "mabel", "dispatch", "Four Adam Ten, is he winning?", "flat", "3/5"),
                ),
            ),
            Beat(
                id="S04-B03", purpose="turn", action="The raccoon drops the box and raises its paws.",
                actors=("raccoon", "box", "okafor"),
                effects=(Drop(who="raccoon", prop="box"), Detain(who="raccoon", by="okafor")),
                lines=(
                    _line("S04-L03", "lindqvist", "spoken", "He wants his lawyer.", "flat"),
                    _line("S04-L04", "okafor", "spoken", "He is his lawyer.", "sad", "3/5"),
                ),
            ),
        ),
    )  # fmt: skip


def _debrief() -> Scene:
    return Scene(
        id="S05", title="Debrief", place="room", clock=NIGHT.replace(hour=4, minute=5), light="night",
        mood="resolution", present=("okafor", "lindqvist"),
        beats=(
            Beat(
                id="S05-B01", purpose="debrief",
                lines=(
                    _line(
                        "S05-L01", "okafor", "spoken",
                        "People think a raccoon is a nuisance. That one filled in the form. In triplicate.",
                        "proud", "1/2",
                    ),
                    _line("S05-L02", "lindqvist", "spoken", "He has my badge.", "flat", "3/5"),
                ),
            ),
            Beat(
                id="S05-B02", purpose="tag", effects=(Give(who="okafor", prop="notebook", to="lindqvist"),),
                action="Okafor slides the notebook over.", actors=("okafor", "lindqvist", "notebook"),
                lines=(
                    _line(
                        "S05-L03", "mabel", "dispatch", "Four Adam Ten, your new sergeant asks who ate the jelly.",
                        "flat", "3/5",
                    ),
                ),
            ),
            Beat(
                id="S05-B03", purpose="tag", effects=(Leave(who="okafor"),), actors=("okafor",), action="Okafor leaves."
            ),
        ),
    )  # fmt: skip


def five_scenes(format_name: FormatName = "wide") -> Episode:
    """Return the episode with script and world, and nothing planned yet."""
    scenes = (_cold_open(), _call(), _shop(), _chase(), _debrief())
    return Episode(
        brief=Brief(theme="raccoon heist at a doughnut shop", seed=7, format_name=format_name, minutes=1.5),
        world=_world(),
        script=Script(title="Glazed and Confused", logline="A raccoon is arrested, and promoted.", scenes=scenes),
    )


def seconds(number: float | str) -> Fraction:
    """Return exact seconds from a number as one writes it."""
    return Fraction(str(number))
