"""What can be asked of the people: another voice, deeper, slower; calmer, in a whisper; a line spoken once more."""

import re
from itertools import pairwise

from agents.assistant.finding import Finder
from agents.assistant.orders import Ask, Edit, Order, Unclear
from agents.assistant.reading import AskedBack, Item, Reading
from agents.assistant.tokens import tokens_of
from episodes.cast import Character, VoiceCast, VoiceOffer
from episodes.changes import Change, Recast, Revoice
from episodes.episode import Episode
from episodes.script import Delivery, Line

Orders = tuple[Order, ...]
ADVERBS: dict[str, str] = {
    "flat": "flatly", "calm": "calmly", "urgent": "urgently", "shouted": "shouting", "whispered": "in a whisper",
    "proud": "proudly", "sad": "sadly", "warm": "warmly", "confused": "in confusion",
}  # fmt: skip
_SWAPPED = re.compile(
    r"^(?:please )?(?:let |have |can |could |make |should )?(?:(?P<one>[\w' -]+?) and (?P<two>[\w' -]+?)(?: should|"
    r" must| can)? (?:swap|switch|trade|exchange)"
    r"(?: their)? voices|(?:swap|switch|exchange|trade) (?:the )?voices (?:of|between) (?P<first>[\w' -]+?) (?:and|"
    r"with) (?P<second>[\w' -]+?))\W*$",
    re.IGNORECASE,
)
_SHAPES = {"deeper": "with a deeper voice", "pitched": "with a higher voice", "slower": "slower", "faster": "faster"}
_PITCH, _PACE = {"little": 5, "": 10, "much": 20}, {"little": 0.07, "": 0.15, "much": 0.3}


def delivery(reading: Reading) -> Orders | None:
    """Have lines said in another way: all of somebody's, those of a scene, or one."""
    found = [item for item in reading.all("delivery") if not item.refs]
    once_more = reading.has("verb", "reshoot") and (reading.has("verb", "say") or _names_lines(reading))
    if len(found) > 1 or not (found or once_more) or reading.has("sound", "music"):
        return None
    if found and reading.has("verb", "reshoot") and not _names_lines(reading):
        return None
    _refuse_complaint(reading)
    reading.spend(*found)
    reading.use("verb", "say", "reshoot")
    lines, whose = _lines(reading)
    reading.use("noun", "line", "voice")
    if not found:
        said = f"{_listed([line.id for line in lines])} is spoken once more."
        return (Edit(changes=tuple(Revoice(line=line.id) for line in lines), said=said),)
    wanted: Delivery = found[0].value("delivery")  # type: ignore[assignment]
    return _spoken(reading, lines, whose, wanted)


def _refuse_complaint(reading: Reading) -> None:
    """Ask how it shall be where only is said how it is: `Gus sounds too angry`."""
    for before, item in pairwise(reading.items):
        if item.means("delivery") and before.text.casefold() in ("too", "so"):
            choices = tuple(f"{_start(reading, before)} {way}" for way in ADVERBS if way != item.value("delivery"))
            raise AskedBack(Ask(sentence=f"Not {item.text}: how then?", choices=choices))


def _start(reading: Reading, end: Item) -> str:
    return reading.words[reading.tokens[0].start : end.tokens[0].start].strip()


def _names_lines(reading: Reading) -> bool:
    return bool(reading.pointing("line") or reading.all("noun", "line"))


def _spoken(reading: Reading, lines: list[Line], whose: str, wanted: Delivery) -> Orders:
    others = [line for line in lines if line.delivery != wanted]
    if not others:
        rest = [name for name in ADVERBS if name != wanted]
        sentence = f"{whose or _listed([line.id for line in lines])}: said {ADVERBS[wanted]} already."
        raise AskedBack(
            Ask(sentence=sentence, choices=tuple(f"say {line.id} {way}" for line in lines[:1] for way in rest))
        )
    changes: tuple[Change, ...] = tuple(Revoice(line=line.id, delivery=wanted) for line in others)
    ids = _listed([line.id for line in others])
    if whose:
        count = "the line" if len(others) == 1 else f"{len(others)} lines"
        said = f"{whose} says {count} {ids} {ADVERBS[wanted]}."
    else:
        lines_are = f"Lines {ids} are" if len(others) > 1 else f"Line {ids} is"
        said = f"{lines_are} said {ADVERBS[wanted]}."
    return (Edit(changes=changes, said=said),)


def _lines(reading: Reading) -> tuple[list[Line], str]:
    """Return the lines that are meant, and whose they are where a person was named."""
    episode = reading.at.episode
    ids = list(reading.some("line", several=True))
    quotes = reading.all("quote")
    if quotes and not ids:
        reading.spend(*quotes)
        for quote in quotes:
            found = reading.at.finder.quoted(quote.text)
            if len(found) != 1:
                raise AskedBack(_unknown_quote(reading, found, quote.text))
            ids += found
    people = _people(reading, named=bool(ids))
    if ids:
        lines = [episode.line(one) for one in ids]
        if people and any(line.speaker not in people for line in lines):
            wrong = next(line for line in lines if line.speaker not in people)
            raise AskedBack(
                Unclear(sentence=f"{wrong.id} is said by {named(episode.the_world.character(wrong.speaker))}.")
            )
        return lines, ""
    if not people:
        return [episode.line(reading.meant("line")[0])], ""
    scenes = reading.some("scene", several=True)
    if reading.has("joint", "all"):
        reading.use("joint", "all")
        reading.use("noun", "film")
    lines = [line for line in episode.the_script.lines if line.speaker in people]
    lines = [line for line in lines if not scenes or line.id.split("-")[0] in scenes]
    whose = " and ".join(named(episode.the_world.character(one)) for one in people)
    if not lines:
        raise AskedBack(Unclear(sentence=f"{whose} says nothing{' there' if scenes else ''}."))
    return lines, whose


def _people(reading: Reading, *, named: bool) -> tuple[str, ...]:
    found = reading.some("person", several=True)
    if found or named:
        return found
    for pronoun in reading.all("pronoun", "he", "she", "it"):
        focus = reading.at.focus.character
        if focus and (not pronoun.means("pronoun", "it") or reading.at.focus.last == "character"):
            return (focus,)
    if reading.has("joint", "all") and not reading.has("noun", "shot"):
        reading.use("joint", "all")
        speak = {line.speaker for line in reading.at.episode.the_script.lines}
        return tuple(one.id for one in reading.at.episode.the_world.characters if one.id in speak)
    return ()


def _unknown_quote(reading: Reading, found: tuple[str, ...], text: str) -> Ask | Unclear:
    if found:
        return Ask(
            sentence=f"“{text}” is in {_listed(found)}.", choices=tuple(reading.again(one, None) for one in found)
        )
    return Unclear(sentence=f"Nobody says “{text}”.")


def voice(reading: Reading) -> Orders | None:
    """Give somebody another voice, or make theirs deeper, higher, slower or faster."""
    wishes = reading.all("talk")
    noun = reading.has("noun", "voice")
    shaped = [item for item in wishes if item.means("talk", "deeper", "pitched", "slower", "faster")]
    variant = _named_variant(reading)
    if not wishes and variant is None and not (noun and reading.has("verb", "swap")):
        return None
    if not (noun or (shaped and (reading.has("verb", "say") or reading.pointing("person"))) or variant):
        return None
    if len(shaped) > 1 or reading.has("sound", "music"):
        return None
    reading.spend(*wishes)
    reading.use("verb", "say", "swap", "use")
    reading.use("noun", "voice")
    people = _people(reading, named=False)
    if len(people) != 1:
        raise AskedBack(_whose_voice(reading, shaped))
    person = reading.at.episode.the_world.character(people[0])
    if person.voice is None:
        raise AskedBack(Unclear(sentence=f"{named(person)} has no voice that could be another."))
    if shaped:
        kind = shaped[0].value("talk")
        if reading.has("way", "down"):
            reading.use("way", "down")
        new = _shaped(person.voice, kind, reading.degree)
        said = f"{named(person)} speaks {_SHAPES[kind]}."
    else:
        suits = "she" if any(i.means("talk", "woman") for i in wishes) else "he" if any(
            i.means("talk", "man") for i in wishes
        ) else ""  # fmt: skip
        if suits and not any(item.means("talk", "other") for item in wishes) and _suits(reading, person) == suits:
            kind = "woman's" if suits == "she" else "man's"
            other = f"another voice for {person.short_name}"
            raise AskedBack(Ask(sentence=f"{named(person)} has a {kind} voice already. Another?", choices=(other,)))
        offer = variant or _next_offer(reading, person, suits)
        new = person.voice.model_copy(
            update={"engine": offer.engine, "variant": offer.variant, "pitch": 50, "colour": 0.0}
        )
        said = f"{named(person)} speaks with the voice {offer.variant} instead of {person.voice.variant}."
    if new == person.voice:
        raise AskedBack(Unclear(sentence=f"{named(person)}'s voice goes no further that way."))
    return (Edit(changes=(Recast(character=person.id, voice=new),), said=said),)


def _whose_voice(reading: Reading, shaped: list[Item]) -> Ask:
    speak = {line.speaker for line in reading.at.episode.the_script.lines}
    people = [one for one in reading.at.episode.the_world.characters if one.id in speak]
    pronoun = next((word for word in ("she", "he") if any(item.means("pronoun", word) for item in reading.items)), "")
    people = [one for one in people if not pronoun or one.pronoun == pronoun] or people
    way = {"deeper": "a deeper voice for {}", "pitched": "a higher voice for {}", "slower": "{} should speak slower",
           "faster": "{} should speak faster"}.get(shaped[0].value("talk") if shaped else "",
           "another voice for {}")  # fmt: skip
    return Ask(sentence="Whose voice?", choices=tuple(way.format(one.short_name) for one in people))


def voices_swapped(words: str, finder: Finder, episode: Episode) -> Order | None:
    """Understand that two people shall have each other's voice; None where the words say something else."""
    match = _SWAPPED.match(words.strip())
    if match is None:
        return None
    names = (match["one"] or match["first"], match["two"] or match["second"])
    refs = [(finder.at(tokens_of(name), 0), len(tokens_of(name))) for name in names]
    found = [next((ref.ids for ref in each if ref.kind == "person"), ()) if taken == whole else ()
             for (each, taken), whole in refs]  # fmt: skip
    if any(len(ids) != 1 for ids in found) or found[0] == found[1]:
        return Ask(sentence="Whose voices shall change places? Say two names.")
    one, two = (episode.the_world.character(ids[0]) for ids in found)
    if one.voice is None or two.voice is None:
        mute = one if one.voice is None else two
        return Unclear(sentence=f"{named(mute)} has no voice that could change places with another.")
    changes = (Recast(character=one.id, voice=two.voice), Recast(character=two.id, voice=one.voice))
    said = (f"{named(one)} speaks with {named(two)}'s voice {two.voice.variant}, "
            f"and {named(two)} with {named(one)}'s voice {one.voice.variant}.")  # fmt: skip
    return Edit(changes=changes, said=said.replace(", and The", ", and the"))


def _shaped(old: VoiceCast, kind: str, degree: str) -> VoiceCast:
    if kind in ("deeper", "pitched"):
        step = _PITCH[degree] * (-1 if kind == "deeper" else 1)
        return old.model_copy(update={"pitch": min(max(old.pitch + step, 0), 99)})
    factor = 1 + _PACE[degree] * (-1 if kind == "slower" else 1)
    return old.model_copy(update={"words_per_minute": min(max(round(old.words_per_minute * factor), 90), 240)})


def _suits(reading: Reading, person: Character) -> str:
    """Return whom somebody's voice suits, as far as that is known of it; else as they are spoken of."""
    variant = person.voice.variant if person.voice else ""
    return next((offer.suits for offer in reading.at.voices if offer.variant == variant), person.pronoun)


def _named_variant(reading: Reading) -> VoiceOffer | None:
    words = reading.text.casefold()
    said = [offer for offer in reading.at.voices if f" {offer.variant.casefold()} " in f" {words} "]
    if not said:
        return None
    free = [offer for offer in said if not _taken(reading, offer)]
    if not free:
        raise AskedBack(Unclear(sentence=f"The voice {said[0].variant} belongs to somebody else in this episode."))
    wanted = set(re.findall(r"[a-z]+|\d+", free[0].variant.casefold()))
    for number, item in enumerate(reading.items):
        if set(re.findall(r"[a-z]+|\d+", item.text.casefold())) <= wanted and not item.refs:
            reading.spent.add(number)
    return free[0]


def _taken(reading: Reading, offer: VoiceOffer) -> bool:
    episode = reading.at.episode
    used = [one.voice for one in episode.the_world.characters if one.voice] + [v for v in [episode.narrator] if v]
    mine = (offer.engine, offer.variant)
    likenesses = {
        one.likeness
        for one in reading.at.voices
        if one.likeness and any((cast.engine, cast.variant) == (one.engine, one.variant) for cast in used)
    }
    return any((cast.engine, cast.variant) == mine for cast in used) or offer.likeness in likenesses


def _next_offer(reading: Reading, person: Character, suits: str) -> VoiceOffer:
    """Return the next free voice behind the one they have, so that asking again goes on through them all."""
    offers = list(reading.at.voices)
    now = next((n for n, one in enumerate(offers) if person.voice and one.variant == person.voice.variant), -1)
    wanted = suits or (person.pronoun if person.pronoun in ("she", "he") else "")
    turned = [*offers[now + 1 :], *offers[: max(now, 0)]]
    free = [one for one in turned if not _taken(reading, one) and (not wanted or one.suits in (wanted, "they"))]
    if not free:
        kind = {"she": "woman's ", "he": "man's "}.get(wanted, "")
        raise AskedBack(Unclear(sentence=f"There is no other {kind}voice on this machine that is nobody else's."))
    return free[0]


def named(person: Character) -> str:
    """Return how somebody is spoken of: `The sergeant (Ruth Haldane)`, `Raccoon`."""
    name = person.name.split(",")[0]
    if person.kind != "human":
        return name
    bare = " ".join(word for word in name.split() if word.casefold() not in (person.role, "officer", "dispatcher"))
    return f"The {person.role} ({bare})"


def _listed(ids: list[str] | tuple[str, ...]) -> str:
    return ", ".join(ids[:-1]) + " and " + ids[-1] if len(ids) > 1 else ids[0]
