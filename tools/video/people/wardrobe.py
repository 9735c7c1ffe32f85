"""Wardrobe: a character's description read into what is worn, in which colours, and what the face is like."""

import random
from dataclasses import dataclass

from episodes.cast import Character
from episodes.value import seed_from
from tools.video.brush import darker, lighter, mix, rgb

BUILDS: dict[str, tuple[float, float]] = {
    "small": (0.87, 0.97), "slim": (1.0, 0.80), "average": (1.0, 1.0), "broad": (1.02, 1.30), "tall": (1.09, 1.0),
}  # fmt: skip
"""Height and width of each build, as factors."""
_HEADS = {"small": 1.12, "slim": 1.0, "average": 1.0, "broad": 1.03, "tall": 0.95}
CUTS = (
    "buzz", "crop", "side", "quiff", "receding", "bald", "curls", "afro", "bob", "long", "bun", "ponytail", "perm",
    "pixie", "braid",
)  # fmt: skip
FACES = ("round", "long", "square", "heart")
NOSES = ("button", "straight", "hooked", "broad", "turned_up")

_TOPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("hivis", ("hi-vis", "hi vis", "high-vis", "reflective", "orange vest", "safety vest", "yellow vest")),
    ("duty", ("duty vest", "tactical vest", "body armour", "body armor", "stab vest", "bulletproof")),
    ("robe", ("dressing gown", "robe", "kimono", "bathrobe")),
    ("pyjamas", ("pyjama", "pajama", "nightgown", "nightshirt", "onesie")),
    ("overalls", ("overall", "dungaree", "boiler suit", "boilersuit", "jumpsuit", "coverall", "costume")),
    ("dress", ("dress", "gown", "sundress", "frock")),
    ("rain", ("raincoat", "rain jacket", "rain coat", "mac", "poncho", "oilskin", "slicker", "waterproof")),
    ("coat", ("coat", "trench", "parka", "cloak", "cape", "mantle")),
    ("hoodie", ("hoodie", "hooded", "sweatshirt", "tracksuit", "track suit")),
    ("cardigan", ("cardigan",)),
    ("blazer", ("blazer", "suit", "tuxedo", "sport coat", "dinner jacket", "waistcoat")),
    ("jacket", ("jacket", "windbreaker", "anorak", "bomber", "fleece", "windcheater")),
    ("vest", ("vest", "gilet", "bodywarmer")),
    ("sweater", ("sweater", "jumper", "pullover", "turtleneck", "knit")),
    ("tee", ("t-shirt", "tee", "tank top", "singlet", "jersey", "bikini", "swimsuit")),
    ("shirt", ("shirt", "blouse", "polo", "uniform", "tunic", "top", "smock", "chef whites", "whites", "scrubs")),
)
_LOWER: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("skirt", ("skirt", "kilt")),
    ("shorts", ("shorts", "trunks")),
    ("jeans", ("jeans", "leggings", "tights")),
    ("trousers", ("trouser", "pants", "slacks", "chinos", "cords", "bottoms", "joggers", "breeches")),
)
_FEET: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("boots", ("boots", "wellington", "wellies", "galoshes", "boot")),
    ("slippers", ("slipper", "clogs", "crocs", "sandals", "flip-flops", "socks")),
    ("trainers", ("trainer", "sneaker", "running shoes", "skates")),
    ("shoes", ("shoe", "heels", "loafers", "brogues", "pumps")),
)
_HATS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("chef", ("chef's hat", "chef hat", "toque", "paper hat")),
    ("peaked", ("peaked", "captain", "officer's cap", "police cap", "driver's cap", "conductor")),
    ("campaign", ("campaign", "stetson", "cowboy", "ranger", "smokey", "broad-brimmed", "wide-brimmed", "sun hat",
                  "straw hat", "sunhat")),
    ("hard", ("hard hat", "helmet", "hardhat")),
    ("beanie", ("beanie", "woolly hat", "wool hat", "bobble hat", "knit hat", "nightcap", "shower cap", "swimming cap",
                "hairnet")),
    ("top", ("top hat", "bowler", "stovepipe")),
    ("brim", ("fedora", "trilby", "rain hat", "sou'wester", "bucket hat", "flat cap", "beret", "hat", "crown", "wig")),
    ("baseball", ("baseball", "cap", "visor")),
)  # fmt: skip
_COLOURS = {
    "navy": "#26324a", "blue": "#35618f", "yellow": "#d9b13b", "mustard": "#c79a2b", "green": "#3f7d4e",
    "red": "#a8433a", "orange": "#e0792b", "purple": "#6a4b8a", "teal": "#2f8f8a", "black": "#23262b",
    "white": "#e4e1d8", "grey": "#7d8288", "gray": "#7d8288", "brown": "#6d4c35", "pink": "#cf7f95", "tan": "#bd9a6a",
    "beige": "#cdb896", "khaki": "#9a8f62", "cream": "#e2d6b4", "plum": "#6b2f5a", "maroon": "#6a2430",
}  # fmt: skip


@dataclass(frozen=True)
class Dress:
    """How a character looks: what never changes within a shot. Colours are `#rrggbb`; an empty one is not worn."""

    skin: str
    hair: str
    top: str
    """Colour of the outermost garment."""
    legs: str
    shoes: str
    role: str
    cut: str
    """Hair: one of `CUTS`."""
    beard: str
    """`full`, `moustache`, `goatee`, `stubble` or empty."""
    glasses: str
    """`round`, `square`, `half` or empty."""
    apron: str
    height: float
    """Factor of 1.80 metres."""
    width: float
    build: str = "average"
    she: float = 0.5
    """0 for a man's shoulders, 1 for a woman's waist."""
    age: int = 1
    """0 young, 1 grown, 2 old."""
    head: float = 1.0
    """Size of the head as a factor."""
    face: str = "round"
    nose: str = "straight"
    garment: str = "shirt"
    """Outermost garment: a name of `_TOPS` or `uniform`."""
    under: str = "#d9d4c6"
    """Colour of the shirt below."""
    pattern: str = ""
    """`checked`, `striped`, `dotted`, `knit` or empty."""
    lower: str = "trousers"
    feet: str = "shoes"
    hat: str = ""
    hat_colour: str = "#23262b"
    tie: str = ""
    scarf: str = ""
    belt: bool = False
    """A duty belt."""
    vest: str = ""
    """Colour of a duty vest."""
    long_sleeves: bool = True
    stripes: int = 0
    """A sergeant's, on the sleeve."""
    headset: bool = False
    gloves: str = ""
    brow: float = 1.0
    """Thickness of the brows as a factor."""
    lids: float = 0.0
    """Heavy (-1) to wide (1) eyes."""
    corner: float = 0.0
    """Mouth at rest: down (-1) to up (1)."""
    mark: str = ""
    """`freckles`, `mole` or empty."""
    lips: float = 0.0
    """How full the lips are, 0 to 1."""

    @property
    def serves(self) -> bool:
        """Whether a police uniform is worn."""
        return self.role in ("officer", "sergeant")


class _Rack:
    """What has been put on so far, garment by garment."""

    def __init__(self, character: Character, chance: random.Random) -> None:
        plain = ["#7a4a3a", "#3f6b5c", "#7b6a3c", "#5b4a78", "#8a3d4a", "#476485"]
        serves = character.role in ("officer", "sergeant")
        self.top, self.under = "#2c4474" if serves else chance.choice(plain), chance.choice(_UNDER)
        self.garment = "shirt"
        self.legs, self.lower = chance.choice(("#2a3350", "#33363f", "#3c4658", "#4a4038")), "trousers"
        self.legs = "#1f2942" if serves else self.legs
        self.shoes, self.feet = "#1b1c22", "shoes"
        self.hat = self.apron = self.tie = self.scarf = self.vest = self.pattern = self.gloves = ""
        self.hat_colour = "#23262b"
        self.headset = character.role == "dispatcher"
        self.glasses = False
        self.dressed = False

    def put_on(self, garment: str, colour: str) -> None:
        """Read one garment; an unknown one is taken for a top when it has a colour and nothing else is worn."""
        words = garment.casefold()
        shade = colour or next((tone for name, tone in _COLOURS.items() if name in words), "")
        if self._small_things(words, shade):
            return
        for kinds, take in ((_HATS, self._hat), (_FEET, self._feet), (_LOWER, self._lower), (_TOPS, self._top)):
            for kind, signs in kinds:
                if _says(words, signs):
                    take(kind, shade)
                    if kinds is _TOPS:
                        self.pattern = next((name for name, marks in _PATTERNS if any(m in words for m in marks)), "")
                    return
        if shade and not self.dressed:
            self._top("shirt", shade)

    def _small_things(self, words: str, shade: str) -> bool:
        """Take an accessory; return whether it was one."""
        if "apron" in words:
            self.apron = shade or "#e8e0d0"
        elif "headset" in words or "headphone" in words:
            self.headset = True
        elif "scarf" in words or "shawl" in words:
            self.scarf = shade or "#a8433a"
        elif "bow tie" in words or _says(words, ("tie", "necktie", "cravat")):
            self.tie = shade or "#7a2a30"
        elif "glove" in words or "mitten" in words:
            self.gloves = shade or "#2a2a30"
        elif "glasses" in words or "spectacles" in words or "goggles" in words:
            self.glasses = True
        elif "belt" in words or "badge" in words:
            pass
        else:
            return False
        return True

    def _hat(self, kind: str, shade: str) -> None:
        self.hat, self.hat_colour = kind, shade or ("#e6e0d0" if kind == "chef" else "#3a3f4a")

    def _feet(self, kind: str, shade: str) -> None:
        self.feet, self.shoes = kind, shade or self.shoes

    def _lower(self, kind: str, shade: str) -> None:
        self.lower, self.legs = kind, shade or ("#3b5378" if kind == "jeans" else self.legs)

    def _top(self, kind: str, shade: str) -> None:
        if kind == "duty":
            self.vest = shade or "#1d222c"
            return
        if self.dressed:
            self.under = self.top
        self.garment, self.top, self.dressed = kind, shade or self.top, True
        if kind == "pyjamas":
            self.lower, self.legs, self.feet, self.shoes = "pyjamas", self.top, "slippers", "#8a5a4a"
        elif kind == "robe":
            self.lower, self.legs, self.feet = "pyjamas", lighter(mix(self.top, "#8a90a0", 0.6), 0.3), "slippers"
            self.shoes, self.under = "#b06a5a", self.legs
        elif kind == "overalls":
            self.lower, self.legs, self.feet = "overalls", self.top, "boots"
        elif kind == "dress":
            self.lower, self.legs = "bare", ""
        elif kind == "blazer":
            self.legs = darker(self.top, 0.18) if self.lower == "trousers" else self.legs
            self.under = "#e4e1d8"


_UNDER = ("#d9d4c6", "#c9ccd4", "#b9a58c", "#8fa3b0", "#c4b7a6")
_PATTERNS = (
    ("checked", ("check", "plaid", "tartan", "flannel", "lumberjack")),
    ("striped", ("strip", "pinstripe", "breton")),
    ("dotted", ("dot", "spotted", "floral", "flower", "hawaiian", "patterned", "loud")),
    ("knit", ("cardigan", "sweater", "jumper", "knit", "woolly", "pullover")),
)


def _says(words: str, signs: tuple[str, ...]) -> bool:
    """Return whether one of the signs stands in the words, short ones as whole words or their plural."""
    split = words.replace("-", " ").split()
    return any(sign in split or (len(sign) > 3 and sign in words) or f"{sign}s" in split for sign in signs)


def dress(character: Character) -> Dress:
    """Read a character's description into colours and parts; what is not said is chosen by the id, always alike."""
    chance = random.Random(seed_from("figure", character.id))
    serves = character.role in ("officer", "sergeant")
    rack = _Rack(character, chance)
    for garment, colour in zip(character.wardrobe, (*character.colours, *[""] * 9), strict=False):
        rack.put_on(garment, colour)
    she = {"she": 1.0, "he": 0.0}.get(character.pronoun, chance.choice((0.25, 0.6)))
    grey = _grey(character.hair)
    age = _age(character.role, grey, chance)
    beard, glasses = _whiskers(she, age, chance), _lenses(character.id)
    if rack.glasses or (age == 2 and chance.random() < 0.4):
        glasses = glasses or "square"
    cut = _cut(she, age, grey, chance)
    if serves:
        _issue(rack, character, chance)
    tall, wide = BUILDS[character.build]
    return Dress(
        skin=character.skin, hair=character.hair, top=rack.top, legs=rack.legs or darker(character.skin, 0.05),
        shoes=rack.shoes, role=character.role, cut=cut, beard=beard, glasses=glasses, apron=rack.apron, height=tall,
        width=wide, build=character.build, she=she, age=age, head=_HEADS[character.build] * (1 - 0.03 * she),
        face=chance.choice(FACES), nose=chance.choice(NOSES), garment=rack.garment, under=rack.under,
        pattern=rack.pattern, lower=rack.lower, feet=rack.feet, hat=rack.hat, hat_colour=rack.hat_colour, tie=rack.tie,
        scarf=rack.scarf, belt=serves, vest=rack.vest,
        long_sleeves=chance.random() < 0.45 if rack.garment in ("uniform", "shirt") else rack.garment != "tee",
        stripes=3 if character.role == "sergeant" else 0, headset=rack.headset, gloves=rack.gloves,
        brow=chance.uniform(0.7, 1.5) * (1.0 - 0.3 * she), lids=chance.uniform(-1, 1), corner=chance.uniform(-1, 0.8),
        mark=chance.choice(("", "", "", "mole", "freckles")), lips=0.35 + 0.5 * she * chance.random(),
    )  # fmt: skip


def _issue(rack: _Rack, character: Character, chance: random.Random) -> None:
    """Make what is worn a uniform, each officer's a little their own."""
    if rack.hat in ("", "peaked"):
        # The hat of the uniform is a matter of temper: some wear it, some have another, some left it in the car.
        some = ("peaked", "", "baseball", "campaign", "", "baseball", "peaked", "")
        kinds = some if rack.hat else ("", "", "baseball")
        rack.hat = kinds[seed_from("brim", character.id) % len(kinds)]
    rack.hat_colour = "#6b5a3c" if rack.hat == "campaign" else darker(rack.top, 0.35)
    rack.garment, rack.feet = "uniform" if rack.garment == "shirt" else rack.garment, "boots"
    rack.shoes = "#16181e"
    # Navy on navy is one black shape at night: the shirt is a tone lighter than the trousers.
    rack.top = mix(rack.top, "#5b7cb4", 0.24)
    if chance.random() < 0.3 and not rack.vest:
        rack.vest = "#1d222c"
    rack.tie = "#141822" if chance.random() < 0.3 and not rack.vest else rack.tie


def _lenses(name: str) -> str:
    return ("round", "square", "half", *[""] * 7)[seed_from("lenses", name) % 10]


def _grey(hair: str) -> bool:
    red, green, blue = rgb(hair)
    return max(red, green, blue) - min(red, green, blue) < 34 and green > 100


def _age(role: str, grey: bool, chance: random.Random) -> int:
    drawn = chance.choice((0, 0, 1, 1, 2))
    if grey:
        return 2
    return max(drawn, 1) if role in ("sergeant", "official") else drawn


def _whiskers(she: float, age: int, chance: random.Random) -> str:
    drawn = chance.choice(("full", "moustache", "goatee", "stubble", "stubble", "moustache", "", ""))
    if she > 0.5 or (age == 0 and drawn == "full"):
        return ""
    return drawn


def _cut(she: float, age: int, grey: bool, chance: random.Random) -> str:
    if she > 0.5:
        old: tuple[str, ...] = ("perm", "bob", "bun", "perm")
        # Seen small and under a cap, hair is what tells.
        return chance.choice(old if age == 2 and grey else ("bob", "long", "bun", "ponytail", "curls", "braid"))
    if she == 0.0:
        old = ("receding", "bald", "side", "crop", "receding")
        return chance.choice(old if age == 2 else ("buzz", "crop", "side", "quiff", "crop", "receding", "side", "bald"))
    return chance.choice(("pixie", "buzz", "bob", "curls", "quiff", "afro"))
