"""What the words of a clip's description mean: place, hour, weather and camera, and which words are left over."""

import re
from collections.abc import Iterable

from episodes.cast import SetName
from episodes.effects import Light, Weather
from episodes.nouns import singular
from episodes.shots import CameraOwner
from episodes.value import Value

_SETS: dict[SetName, str] = {
    "street": "street road avenue lane sidewalk pavement crosswalk junction downtown town city",
    "shop": "shop store bakery supermarket market counter till checkout",
    "car": "dashboard windscreen windshield steering",
    "porch": "porch doorstep veranda",
    "parking_lot": "parking carpark garage",
    "hallway": "hallway corridor stairwell lobby",
    "park": "park garden meadow playground lawn",
    "dispatch_room": "dispatch switchboard",
    "waterfront": "waterfront harbour harbor pier quay beach river lake dock marina",
    "diner": "diner cafe restaurant",
    "alley": "alley alleyway backstreet",
    "highway": "highway motorway freeway interstate",
    "rooftop": "rooftop roof skyline",
    "kitchen": "kitchen stove",
}
_LIGHTS: dict[Light, str] = {
    "day": "day daylight daytime sunny sunshine noon midday morning afternoon",
    "night": "night nighttime midnight nocturnal dark",
    "dusk": "dusk evening sunset twilight",
    "dawn": "dawn sunrise daybreak",
}
_WEATHERS: dict[Weather, str] = {
    "clear": "clear dry sunny",
    "rain": "rain rainy raining wet drizzle storm downpour puddle",
    "fog": "fog foggy mist misty haze",
    "snow": "snow snowy snowing blizzard",
    "wind": "wind windy gale",
}
_OWNERS: dict[CameraOwner, str] = {
    "bodycam": "bodycam chestcam",
    "dashcam": "dashcam",
    "cctv": "cctv surveillance security",
    "doorbell": "doorbell",
    "helicopter": "helicopter aerial drone",
    "phone": "phone smartphone handheld",
    "interview": "interview",
}
_DEEDS = (
    "walk stroll wander cross pass go strut waddle march",
    "run race sprint chase flee escape rush",
    "enter come arrive approach",
    "exit leave depart vanish disappear",
    "shake wobble tremble rattle",
    "honk scream shout bark quack crow squawk",
    "spin rotate turn",
    "bounce jump hop",
    "fall drop tumble",
    "open unlock",
    "close shut slam",
    "sit rest perch",
    "stand wait",
    "fly flutter",
    "roll",
    "grab take hold carry",
    "eat nibble peck",
    "look stare watch",
)
"""The same of what somebody or something does: beside what it is, less is asked of it."""
_NEAR = (
    *_DEEDS,
    "person people man men woman women crowd pedestrian passerby somebody guy lady face",
    "officer cop policeman policewoman police",
    "car cruiser vehicle sedan automobile",
    "doughnut donut",
    "cup mug",
    "telephone phone",
    "money cash banknote coin",
    "paper document form sheet page",
    "lamp light streetlight streetlamp",
    "raccoon racoon",
    "goose gander",
    "duck duckling mallard",
    "dog puppy hound",
    "cat kitten",
    "bin dustbin trash garbage dumpster",
    "siren ambulance",
)
"""Words that say nearly the same, a group a line; the first of each stands for all."""
_NEUTRAL = (
    "a an the in on at of with from by to into over under up down out off and or is are its it this that one some"
    " close closeup up wide shot clip video footage film view scene take cam camera pan tilt zoom static slow motion"
    " slowmo timelapse lapse hd uhd fps broll roll insert establishing cutaway detail angle raw final edit copy new"
    " old big small large long short quiet empty busy calm pretty beautiful nice whole full front back left right top"
    " seen shown shows showing img dsc mvi vid gopr dji pxl mov mp4 rec"
    " tree sky house building traffic window wall cloud lamp light sign ground floor background"
)
"""Words that say nothing about what a clip shows, or that any picture of a place may hold."""


class Read(Value):
    """A description, understood."""

    sets: frozenset[SetName] = frozenset()
    lights: frozenset[Light] = frozenset()
    weathers: frozenset[Weather] = frozenset()
    owners: frozenset[CameraOwner] = frozenset()
    content: tuple[tuple[str, str], ...] = ()
    """What is left: each word as it stands, and what stands for it and for its near words."""


def stem(word: str) -> str:
    """Return what a word has in common with its other forms: `goose` for `geese`, `cros` for `crosses` and `crossing`.

    It is compared and never shown.
    """
    word = singular(word.lower())
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def meaning(word: str) -> str:
    """Return what stands for a word and for all that are near it in meaning."""
    found = stem(word)
    return _MEANINGS.get(found, found)


def meanings(texts: Iterable[str]) -> frozenset[str]:
    """Return what stands for the words of these texts, those that say nothing left out."""
    words = (word for text in texts for word in words_of(text))
    return frozenset(meaning(word) for word in words if stem(word) not in _NOTHING)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case; numbers and signs are none."""
    return tuple(re.findall(r"[^\W\d_]+", text.lower().replace("'s", "").replace("’s", "")))


def read(text: str) -> Read:
    """Return what a description says. `sunny` is both a light and a weather, and neither is then content."""
    words = words_of(text)
    stems = {word: stem(word) for word in words}
    content = {
        word: meaning(word) for word, found in stems.items() if found not in _NAMING | _NOTHING and len(word) > 1
    }
    return Read(
        sets=frozenset(name for name, known in _SET_STEMS.items() if known & set(stems.values())),
        lights=frozenset(name for name, known in _LIGHT_STEMS.items() if known & set(stems.values())),
        weathers=frozenset(name for name, known in _WEATHER_STEMS.items() if known & set(stems.values())),
        owners=frozenset(name for name, known in _OWNER_STEMS.items() if known & set(stems.values())),
        content=tuple(content.items()),
    )


def said_for(text: str, name: str) -> str:
    """Return the word of a description by which it names a set, a light, a weather or a camera; else the name."""
    known = _KNOWN.get(name, frozenset())
    return next((word for word in words_of(text) if stem(word) in known), name.replace("_", " "))


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


_SET_STEMS = {name: _stems(words) for name, words in _SETS.items()}
_LIGHT_STEMS = {name: _stems(words) for name, words in _LIGHTS.items()}
_WEATHER_STEMS = {name: _stems(words) for name, words in _WEATHERS.items()}
_OWNER_STEMS = {name: _stems(words) for name, words in _OWNERS.items()}
_KNOWN: dict[str, frozenset[str]] = {
    **{str(name): known for name, known in _OWNER_STEMS.items()},
    **{str(name): known for name, known in _SET_STEMS.items()},
    **{str(name): known for name, known in _LIGHT_STEMS.items()},
    **{str(name): known for name, known in _WEATHER_STEMS.items()},
}
_NAMING = frozenset().union(*_KNOWN.values())
_NOTHING = _stems(_NEUTRAL)
DEEDS = frozenset(stem(group.split()[0]) for group in _DEEDS)
"""What stands for each deed that is known."""
_MEANINGS = {stem(word): stem(group.split()[0]) for group in _NEAR for word in group.split()}
