"""A small mind for the test server: it reads the prompt as a model would and answers with sense, from the theme."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.servers.brain_lines import ACTIONS, ARRIVE, CALL, COLD, DEEDS, GAMES, TAG, TURN, Wanted
from tests.servers.brain_theme import EMOJI, SMALL, WHERE, Theme, read_theme

Answer = dict[str, object]

_DOERS = ("a heron", "two bakers", "a postbox", "a hedgehog", "the choir", "a tuba", "an otter")
_DEEDS = (
    "sells umbrellas by the hour", "have walled in the mayor's bicycle", "is haunting four chairs",
    "wants to be sworn in", "sues a lamp post over its shadow", "has swallowed every key", "counts the boats aloud",
)  # fmt: skip
_PLACES = ("library", "town hall", "laundromat", "courthouse", "car wash", "museum", "harbour")


@dataclass
class Brain:
    """Answers by the name of the answer type. `finds` makes the readers raise one finding each."""

    finds: bool = False

    def __call__(self, title: str, prompt: str) -> Answer:
        """Return an answer of the type `title`. Raises `KeyError` for a type it does not know."""
        minds: dict[str, Callable[[str], Answer]] = {
            "SeasonAnswer": self.season,
            "OutlineAnswer": self.outline,
            "SceneAnswer": self.scene,
            "RewordAnswer": self.reword,
            "DirectionAnswer": self.direct,
            "ReadingAnswer": self.read,
            "CutAnswer": self.cut,
            "ReviewAnswer": self.review,
            "FactsAnswer": self.facts,
        }
        return minds[title](prompt)

    # ---- season planner -------------------------------------------------------------------------------------------

    def season(self, prompt: str) -> Answer:
        """Return a plan of as many episodes as are asked for, each another crime."""
        count = int(_first(r"Plan (\d+) episodes", prompt, "3"))
        theme = " ".join(_inside(prompt, "theme").split()[:12])
        chance = random.Random(theme)
        calls = [f"{doer} {deed} at the {place}" for doer, deed, place in zip(_DOERS, _DEEDS, _PLACES, strict=True)]
        chance.shuffle(calls)
        episodes = [
            {
                "call": theme if number == 0 else calls[(number - 1) % len(calls)],
                "turn": f"Whoever called was number {number + 1} on the list.",
                "arc": f"The kettle is passed on to hand number {number + 1}.",
            }
            for number in range(count)
        ]
        return {
            "premise": f"A season in which {theme} is only the beginning.",
            "arc": "A kettle is passed from hand to hand until somebody plugs it in.",
            "wants": [],
            "gags": [
                {"what": "the kettle that hums one note", "episodes": [1, count]},
                {"what": "the lift that skips a floor", "episodes": list(range(1, count + 1))},
            ],
            "episodes": episodes,
        }

    # ---- writer ---------------------------------------------------------------------------------------------------

    def outline(self, prompt: str) -> Answer:
        theme = read_theme(_inside(prompt, "theme"))
        count = int(_first(r"Plan the episode in (\d+) scenes", prompt, "6"))
        place, station = theme.place.title(), "Patrol Car 410"
        plans = _plans(count)
        scenes = [
            {
                "title": f"{purpose.replace('_', ' ').title()} of the {theme.doer.title()}",
                "place": station if purpose == "call" else place,
                "mood": {"call": "quiet", "arrive": "suspicion", "turn": "tension", "tag": "resolution"}.get(
                    purpose, "comedy"
                ),
                "purpose": purpose,
                "minutes_later": 0 if number == 1 else 3,
                "weather": "rain",
                "present": ["okafor", "novak", *(["philippa"] if purpose not in ("call", "cold_open") else [])],
                "summary": f"The {purpose} of scene {number}: the {theme.doer}, the {theme.thing}, the {place}.",
                "plants": "the pen" if number == 1 else "",
                "pays": "the pen" if number == count else "",
            }
            for number, purpose in enumerate(plans, start=1)
        ]
        return {
            "title": f"The {theme.doer.title()} Signed for It",
            "logline": f"Two officers take a {theme.doer} {theme.deed} at the {theme.place} entirely by the book.",
            "start_time": f"03:{theme.minute:02}",
            "cast": _cast(theme),
            "props": [
                {"name": theme.thing, "emoji": EMOJI.get(theme.thing, ""), "count": theme.count},
                {"name": "pen", "emoji": "🖊️", "count": 1},
            ],
            "places": [
                {
                    "name": place,
                    "set": theme.set,
                    "address": f"{theme.count} {theme.street}",
                    "landmark": f"a lit sign with one {theme.thing}",
                    "dressing": ["a till", "a stack of trays", "a bell"],
                    "wrong": "a very small desk with a name plate",
                },
                {
                    "name": station,
                    "set": "car",
                    "address": theme.street,
                    "landmark": "a cracked dashboard",
                    "dressing": ["a cold coffee", "a clipboard", "a radio"],
                    "wrong": "a booster seat",
                },
            ],
            "scenes": scenes,
        }

    def scene(self, prompt: str) -> Answer:
        theme = read_theme(_inside(prompt, "theme"))
        number = int(_first(r"Scene (\d+) of", prompt, "1"))
        purpose = _first(r"Purpose: (\w+)\.", prompt, "heighten")
        lines = int(_first(r"Write this scene in (\d+) lines", prompt, "4"))
        roles = _roles(prompt)
        wanted = list(_script(purpose, number)[:lines])
        said = [_line(each, theme, roles) for each in wanted]
        facts = re.findall(r"^- (F\d+): (.+)$", _inside(prompt, "facts"), re.MULTILINE)
        # The cold open's line and dispatch's call are wanted as they are; elsewhere every line may give way to a fact.
        kept = 1 if purpose in ("cold_open", "call") else 0
        for index, (fact, text) in zip((*range(1, len(said)), 0)[: len(said) - kept], facts, strict=False):
            said[index] |= {"text": _shorten(text), "facts": [fact]}
        return {"beats": _beats(said, purpose, theme, roles, prompt)}

    def reword(self, prompt: str) -> Answer:
        rows = re.findall(r"^(S\d+-L\d+) \S+ \(\w+\): (.+)$", _inside(prompt, "lines"), re.MULTILINE)
        noted = set(re.findall(r"^- (S\d+-L\d+):", _inside(prompt, "notes"), re.MULTILINE))
        rows = [row for row in rows if row[0] in noted] or rows[:1]
        return {"lines": [{"id": line, "text": f"Correction: {' '.join(text.split()[:9])}"} for line, text in rows[:3]]}

    # ---- camera, reading, cut ---------------------------------------------------------------------------------------

    def direct(self, prompt: str) -> Answer:
        rows = re.findall(
            r"^(\S+): [\d.]+ s, \w+, (\w+), (\w+), (\w+), (\w+)\. In the picture: ([^.]*)\.", prompt, re.MULTILINE
        )
        near = ("medium", "close", "full", "medium_close")
        return {
            "shots": [
                {
                    "id": shot,
                    "owner": owner,
                    "size": near[index % 4],
                    "angle": "low" if index % 3 == 2 else "eye",
                    "movement": ("handheld", "static", "push", "pan")[index % 4],
                    "direction": "in" if index % 4 == 2 else "left",
                    "first_frame": f"{who.capitalize()} in the torch beam, the counter behind.",
                    "last_frame": f"{who.capitalize()}, held, rain on the lens.",
                    "detail": ("The light bar rims every edge", "Breath hangs in the torch beam")[index % 2],
                }
                for index, (shot, owner, _size, _angle, _move, who) in enumerate(rows)
            ]
        }

    def read(self, prompt: str) -> Answer:
        lines = re.findall(r"^  (S\d+-L\d+) ", prompt, re.MULTILINE)
        if not self.finds or len(lines) < 3:
            return {"findings": []}
        return {
            "findings": [
                {
                    "target": lines[-1],
                    "against": lines[0],
                    "finding": "This says otherwise than the first line.",
                    "fix": "Say the same as before.",
                    "severity": "major",
                },
                {"target": "S99-L99", "against": "", "finding": "Nothing is here.", "fix": "", "severity": "minor"},
            ]
        }

    def cut(self, prompt: str) -> Answer:
        rows = re.findall(r"^(\S+): [\d.]+ s, .*?can lose (\d+) frames", prompt, re.MULTILINE)
        shorter = [{"shot": shot, "edit": "shorter", "frames": 3} for shot, spare in rows if int(spare) >= 6]
        longer = [{"shot": shot, "edit": "longer", "frames": 4} for shot, spare in rows if int(spare) == 0]
        return {"edits": shorter[:3] + longer[:2]}

    def review(self, prompt: str) -> Answer:
        shots = re.findall(r"^(\S+): [\d.]+ s, ", prompt, re.MULTILINE)
        if not shots:
            return {"notes": []}
        return {
            "notes": [
                {
                    "target": shots[-1],
                    "finding": "The last stare ends a breath too soon.",
                    "fix": "Hold it.",
                    "severity": "remark",
                    "edit": "longer",
                    "frames": 4,
                }
            ]
        }

    # ---- facts ------------------------------------------------------------------------------------------------------

    def facts(self, prompt: str) -> Answer:
        found: list[Answer] = []
        for number, text in re.findall(r"^\[(\d+)\] (.+)$", _inside(prompt, "passages"), re.MULTILINE):
            words = re.findall(r"[\w:.'’-]*\w", text)
            if len(words) < 4 or len(found) >= 20:
                continue
            nouns = [word.lower() for word in words[:14] if len(word) > 4 or word.isdigit()]
            kind = "number" if any(letter.isdigit() for letter in text) else "event"
            found.append({"passage": int(number), "kind": kind, "text": " ".join(words[:14]), "keywords": nouns[:4]})
        return {"facts": found}


# ---- small parts -----------------------------------------------------------------------------------------------------


def _inside(prompt: str, tag: str) -> str:
    found = re.search(rf"<{tag}>(.*?)</{tag}>", prompt, re.DOTALL)
    return found.group(1).strip() if found else ""


def _first(pattern: str, text: str, otherwise: str) -> str:
    found = re.search(pattern, text)
    return found.group(1) if found else otherwise


def _plans(count: int) -> list[str]:
    middle = ["heighten"] * max(0, count - 5)
    return (
        ["cold_open", "call", "arrive", *middle, "turn", "tag"]
        if count >= 5
        else ["call", *["arrive", "turn"][: count - 2], "tag"]
    )


_CAST = (
    ("okafor", "Officer Dale Okafor", "officer", "he", "one hot meal", "admits no surprise", "flat sentences", "wow"),
    ("novak", "Officer Tess Novak", "officer", "she", "a first arrest", "asks aloud", "asks questions", "never mind"),
    ("dot", "Dispatcher Dot Marsh", "dispatcher", "she", "a quiet log", "knits", "no adjectives", "unbelievable"),
    ("philippa", "Philippa Teague", "witness", "she", "to be believed", "exact", "gives the minute", "about"),
)  # fmt: skip
_WARDROBES = {
    "okafor": ["navy uniform shirt", "black duty vest"],
    "novak": ["navy uniform shirt", "yellow rain jacket"],
    "dot": ["grey cardigan"],
    "philippa": ["mustard cardigan", "green apron"],
}


def _cast(theme: Theme) -> list[Answer]:
    fields = ("id", "name", "role", "pronoun", "want", "flaw", "habit", "never_says")
    doer = re.sub(r"[^a-z0-9]", "", theme.doer) or "suspect"
    suspect = (
        doer,
        f"The {theme.doer.title()}",
        "suspect",
        "it",
        f"the {theme.thing}",
        "vain",
        "quotes the law",
        "sorry",
    )
    cast: list[Answer] = []
    for row in (*_CAST, suspect):
        member: Answer = dict(zip(fields, row, strict=True))
        cast.append(member | {"kind": "human", "emoji": "", "wardrobe": _WARDROBES.get(row[0], [])})
    kind = "animal" if theme.doer in EMOJI else "thing"
    cast[-1] |= {"kind": kind, "emoji": EMOJI.get(theme.doer, "❓")}
    return cast


def _roles(prompt: str) -> dict[str, str]:
    people = re.findall(
        r"^- (\S+): .*?\((officer|sergeant|dispatcher|suspect|witness|\w+)[,)]", _inside(prompt, "cast"), re.MULTILINE
    )
    officers = [who for who, role in people if role in ("officer", "sergeant")] or [people[0][0]]
    found = {"first": officers[0], "second": officers[-1]}
    for wanted in ("dispatcher", "witness", "suspect"):
        found[wanted] = next((who for who, role in people if role == wanted), officers[-1])
    return found | {"suspect_or_witness": found["suspect"]}


def _script(purpose: str, number: int) -> tuple[Wanted, ...]:
    scripts = {"cold_open": COLD, "call": CALL, "arrive": ARRIVE, "turn": TURN, "tag": TAG}
    return scripts.get(purpose, GAMES[number % len(GAMES)])


def _line(wanted: Wanted, theme: Theme, roles: dict[str, str]) -> Answer:
    role, channel, delivery, words = wanted
    said = words.format(**theme.fields)
    text = re.sub(r"(?:^|(?<=[.!?] ))\w", lambda first: first.group(0).upper(), said)
    return {
        "speaker": roles[role],
        "channel": channel,
        "text": text,
        "delivery": delivery,
        "facts": [],
    }


def _beats(said: list[Answer], purpose: str, theme: Theme, roles: dict[str, str], prompt: str) -> list[Answer]:
    actions = ACTIONS.get(purpose, ACTIONS["heighten"])
    halves = [said[: (len(said) + 1) // 2], said[(len(said) + 1) // 2 :]]
    beats: list[Answer] = []
    for index, lines in enumerate(half for half in halves if half):
        deeds = [] if index else [_deed(*each, theme, roles) for each in DEEDS.get(purpose, ())]
        beats.append(
            {
                "purpose": purpose,
                "action": actions[index % len(actions)].format(**theme.fields),
                "picture_gag": f"Behind them the {theme.doer} stamps a form."
                if index and purpose == "heighten"
                else "",
                "actors": [roles["suspect"]] if purpose in ("turn", "cold_open") else [],
                "lines": lines,
                "deeds": deeds,
            }
        )
    plant, pay = _first(r"Plant: (.+?) \(", prompt, ""), _first(r"Bring back: (.+?) \(", prompt, "")
    for deed, topic in (("plants", plant), ("pays", pay)):
        if topic:
            beats[-1]["deeds"] = [*_list(beats[-1]["deeds"]), {"deed": deed, "who": "", "thing": topic}]
    return beats


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _deed(deed: str, who: str, thing: str, theme: Theme, roles: dict[str, str]) -> Answer:
    return {"deed": deed, "who": roles[who], "thing": thing.format(**theme.fields)}


def _shorten(text: str) -> str:
    """Return a fact as a line: its first nine words, without a preposition or an article left over at the end."""
    words = text.split()[:9]
    while len(words) > 4 and words[-1].lower() in SMALL | WHERE | {"before", "through"}:
        words.pop()
    return " ".join(words).rstrip(",;:.!?") + "."
