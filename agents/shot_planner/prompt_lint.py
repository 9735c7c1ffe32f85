"""The prompt linter: what a text-to-video model would get wrong because of its prompt, where, and what mends it.

What is known of such models: they draw the words for a camera as a thing, two namings as two animals, what is denied,
colours of their own where none is named, and of several events none rightly; one event a shot is what they can do.
"""

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from agents.shot_planner.clauses import NEGATION, affirmed, denies, events, one_event, sentences
from agents.shot_planner.directions import directed, undirected
from agents.shot_planner.namings import doubled, named_once, nouns_of
from agents.shot_planner.picture_words import EMPTY, STILL, capital, join, setting, strangers
from agents.shot_planner.prompt_words import footage_words, leaks, screen_words, tidy, without_leaks
from episodes.cast import World
from episodes.shots import Shot
from episodes.value import Value

COLOURS = (
    "black", "white", "grey", "gray", "red", "orange", "yellow", "green", "blue", "navy", "purple", "pink", "brown",
    "tan", "beige", "gold", "silver", "teal", "maroon", "khaki", "cream",
)  # fmt: skip
_HOUR = re.compile(
    r"\b(?:day|daylight|daytime|night|nighttime|dusk|dawn|morning|evening|afternoon|noon|midday|midnight|sunset|sunrise"
    r"|twilight|\d{1,2}:\d{2})\b",
    re.IGNORECASE,
)
_CLIP_TOKENS_A_WORD = 1.3
"""CLIP's tokens for a word of plain English, so that 77 tokens, start and end among them, hold 57 words."""


class Finding(Value):
    """One thing that is wrong with a prompt."""

    rule: str
    """`leak`, `footage`, `screen`, `name`, `doubled`, `direction`, `hour`, `colour`, `events`, `negation`, `length`."""
    words: str
    """Where: the words of the prompt, or what they lack."""
    text: str
    """One sentence that says what is wrong."""
    fix: str
    """One sentence that says what would mend it."""


class _Names(NamedTuple):
    """What the world calls its things: in such a name every word is meant."""

    all: tuple[str, ...]
    people: dict[str, str]
    """Names of people, with what a stranger would call them."""


def lint(prompt: str, shot: Shot, world: World, most_words: int | None = None) -> tuple[Finding, ...]:
    """Return what is wrong with a shot's prompt, in the order of the rules; nothing for an empty one.

    `most_words` is how many words the back end reads; `words_read(77)` gives that of one with CLIP's 77 tokens.
    """
    if not prompt.strip():
        return ()
    names = _names(world)
    masked = _masked(prompt, names.all)[0]
    return (
        *_leaking(masked),
        *_named(prompt, names),
        *_doubled(prompt, shot, world),
        *_undirected(prompt),
        *_hourless(prompt),
        *_colourless(prompt, shot, world),
        *_crowded(prompt),
        *_denying(prompt, names),
        *_long(prompt, most_words),
    )


def mended(prompt: str, shot: Shot, world: World) -> str:
    """Return a prompt with everything repaired that can be without asking anybody.

    What is left for somebody to reword is what `lint` still finds. A prompt without findings comes back as it is.
    """
    if not lint(prompt, shot, world):
        return prompt
    names = _names(world)
    for name, called in sorted(names.people.items(), key=lambda pair: -len(pair[0])):
        prompt = re.sub(rf"\b{re.escape(name)}\b", called, prompt)
    masked, kept = _masked(prompt, names.all)
    if _leaking_words(masked):
        masked = without_leaks(masked)
    prompt = _unmasked(masked, kept)
    prompt = named_once(prompt, shot.subjects, world)
    about = tuple(noun for subject in shot.subjects[:1] for noun in nouns_of(subject, world))
    said = (_sentence(each, shot, names, about) for each in sentences(prompt))
    prompt = tidy(" ".join(each for each in said if each))
    return _with_hour(_with_colours(prompt, shot, world), shot, world)


def words_read(tokens: int) -> int:
    """Return how many plain English words a text encoder with so many CLIP tokens reads: 57 for 77."""
    return int((tokens - 2) / _CLIP_TOKENS_A_WORD)


# ---- words that leak -------------------------------------------------------------------------------------------------


def _leaking_words(text: str) -> tuple[str, ...]:
    return (*leaks(text), *footage_words(text), *screen_words(text))


def _leaking(text: str) -> Iterator[Finding]:
    for words in leaks(text):
        told = f"{words!r} brings a maker, a technique or a real person into the picture."
        yield Finding(rule="leak", words=words, text=told, fix="Say what is seen instead, or leave it out.")
    for words in footage_words(text):
        told = f"{words!r} speaks of a recording, and a model draws what records."
        yield Finding(rule="footage", words=words, text=told, fix="Say from where it is seen: from chest height.")
    for words in screen_words(text):
        told = f"{words!r} asks for writing over the picture, which a model can't write."
        yield Finding(rule="screen", words=words, text=told, fix="Leave it out: the finish writes what belongs there.")


def _named(prompt: str, names: _Names) -> Iterator[Finding]:
    for name, called in names.people.items():
        if re.search(rf"\b{re.escape(name)}\b", prompt):
            told = f"{name!r} is a name that no model knows."
            yield Finding(rule="name", words=name, text=told, fix=f"Call them {called!r}, as a stranger would.")


# ---- what there is ---------------------------------------------------------------------------------------------------


def _doubled(prompt: str, shot: Shot, world: World) -> Iterator[Finding]:
    for noun, words in doubled(prompt, shot.subjects, world):
        told = f"{words!r} names the {noun} as if it were one more, and a model draws twins."
        yield Finding(rule="doubled", words=words, text=told, fix=f"Say 'the {noun}', or how many there are.")


def _missing_colours(prompt: str, shot: Shot, world: World) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield who or what in the picture the world names a colour of and the prompt does not, with those words."""
    said = set(re.findall(r"[a-z]+", prompt.lower()))
    called = strangers(world.characters)
    for subject in shot.subjects:
        for character in world.characters:
            if character.id == subject.id and character.kind == "human":
                coloured = [worn for worn in character.wardrobe if set(worn.lower().split()) & set(COLOURS)]
                left = tuple(worn for worn in coloured if not set(worn.lower().split()) & set(COLOURS) <= said)
                if left and len(left) == len(coloured):
                    yield called[character.id], left
        for prop in world.props:
            colours = set(prop.name.lower().split()) & set(COLOURS)
            if prop.id == subject.id and colours and not colours <= said:
                yield f"the {prop.name.split()[-1]}", (prop.name,)


def _colourless(prompt: str, shot: Shot, world: World) -> Iterator[Finding]:
    for who, left in _missing_colours(prompt, shot, world):
        told = f"The prompt does not say that {who} has the {join(left)}, and a model picks a colour of its own."
        yield Finding(rule="colour", words=left[0], text=told, fix=f"Name the {join(left)}.")


def _with_colours(prompt: str, shot: Shot, world: World) -> str:
    for who, left in _missing_colours(prompt, shot, world):
        thing = len(left) == 1 and who == f"the {left[0].split()[-1]}"
        noun = left[0].split()[-1]
        if thing and re.search(rf"\b{re.escape(noun)}\b", prompt, re.IGNORECASE):
            prompt = re.sub(rf"\b{re.escape(noun)}\b", left[0], prompt, count=1, flags=re.IGNORECASE)
        else:
            prompt = f"{prompt} {f'The {left[0]}' if thing else f'{capital(who)} in {join(left)}'}."
    return prompt


def _hourless(prompt: str) -> Iterator[Finding]:
    if not _HOUR.search(prompt):
        told = "The prompt names no hour, and a model lights every shot in another way."
        yield Finding(rule="hour", words="", text=told, fix="Name the hour and where the light comes from.")


def _with_hour(prompt: str, shot: Shot, world: World) -> str:
    if _HOUR.search(prompt):
        return prompt
    try:
        place = world.place(shot.place)
    except KeyError:
        return f"{prompt} It is {shot.light}."
    return f"{prompt} {setting(place, shot.clock, shot.light, shot.weather)}."


# ---- what happens ----------------------------------------------------------------------------------------------------


def _undirected(prompt: str) -> Iterator[Finding]:
    for words in undirected(prompt):
        told = f"{words!r} says of a movement or a gaze that it is there, and not where it goes."
        yield Finding(rule="direction", words=words, text=told, fix="Say where: to the left, towards the camera.")


def _crowded(prompt: str) -> Iterator[Finding]:
    told = [event for each in _acts(prompt) for event in events(each)]
    if len(told) > 1:
        text = f"The prompt tells {len(told)} events, and a model shows none of them rightly."
        yield Finding(rule="events", words=told[1], text=text, fix="Tell one event; give the other a shot of its own.")


def _acts(prompt: str) -> Iterator[str]:
    """Yield the sentences in which something happens in front of the camera."""
    for each in sentences(prompt):
        if events(each) and not re.match(r"the camera\b", each, re.IGNORECASE) and not _HOUR.search(each):
            yield each


def _denying(prompt: str, names: _Names) -> Iterator[Finding]:
    for each in sentences(prompt):
        if denies(each, names.all):
            found = NEGATION.search(_masked(each, names.all)[0])
            words = each[found.start() :].strip(" .") if found else each
            told = f"{words!r} says what is not there, and a model draws what it reads."
            yield Finding(rule="negation", words=words, text=told, fix="Say what is there instead: an empty street.")


def _long(prompt: str, most_words: int | None) -> Iterator[Finding]:
    count = len(prompt.split())
    if most_words is not None and count > most_words:
        told = f"The prompt has {count} words, and its back end reads about {most_words}."
        yield Finding(rule="length", words="", text=told, fix="Shorten it: subject, action, place, light, camera.")


def _sentence(sentence: str, shot: Shot, names: _Names, about: tuple[str, ...]) -> str:
    """Return a sentence mended in itself: nothing denied, one event, somewhere to go."""
    acts = next(_acts(sentence), None) is not None
    if denies(sentence, names.all):
        left = affirmed(sentence, names.all)
        sentence = left or (
            STILL if acts else f"{EMPTY}." if re.search(r"\b(?:people|nobody|no one)\b", sentence, re.I) else ""
        )
    if acts:
        sentence = one_event(sentence, about)
    return directed(sentence, shot.subjects, shot.events)


# ---- names -----------------------------------------------------------------------------------------------------------


def _names(world: World) -> _Names:
    called = strangers(world.characters)
    people = {
        name: called[one.id]
        for one in world.characters
        if one.kind == "human"
        for name in (one.name, one.short_name)
        if name[:1].isupper() and name.lower() not in called[one.id].lower()
    }
    things = [prop.name for prop in world.props] + [one.name for one in world.characters if one.kind != "human"]
    places = [text for place in world.places for text in (place.name, place.landmark, *place.dressing)]
    return _Names(tuple(sorted({name for name in (*things, *places) if name}, key=len, reverse=True)), people)


def _masked(text: str, names: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return a text in which the names that hold a word of ours are hidden, and those names in order."""
    kept: list[str] = []
    for name in names:
        bare = re.sub(r"^(?:the|an?) ", "", name, flags=re.IGNORECASE)
        if _is_meant(bare):

            def hide(found: re.Match[str]) -> str:
                kept.append(found.group())
                return f"thing{chr(0xE000 + len(kept) - 1)}"

            text = re.sub(re.escape(bare), hide, text, flags=re.IGNORECASE)
    return text, tuple(kept)


@functools.lru_cache(maxsize=2048)
def _is_meant(name: str) -> bool:
    """Whether a name holds a word that would be found in it."""
    return bool(name) and bool(_leaking_words(name) or NEGATION.search(name))


def _unmasked(text: str, kept: tuple[str, ...]) -> str:
    for number, name in enumerate(kept):
        text = text.replace(f"thing{chr(0xE000 + number)}", name)
    return text
