"""What a show keeps from week to week and how it takes its leave: look, theme, and the card about the next episode."""

import random
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from agents.protocols import Screenplay
from agents.writer.lexicon import Lexicon, Noun, read_yaml
from agents.writer.realiser import plural_of, with_article
from episodes.bible import Bible
from episodes.brief import Brief, Tone
from episodes.theme import found_theme
from episodes.value import seed_from

LONGEST_TEASER = 96
"""Letters of a teaser: as many as are read in two seconds."""

_LOOKS: dict[Tone, tuple[str, ...]] = {
    "comedy": ("night_blue", "pulp", "sodium"),
    "tense": ("noir", "sodium", "harbour"),
    "deadpan": ("vhs", "night_blue", "noir"),
}
"""Looks of a show that works at night, by tone."""
_BY_DAY: dict[Tone, tuple[str, ...]] = {
    "comedy": ("daylight", "high_noon", "pulp"),
    "tense": ("high_noon", "noir"),
    "deadpan": ("daylight", "vhs"),
}
_AT_THE_WATER = "harbour"
_SLOT = re.compile(r"\{(\w+)\}")
_SLOTS = frozenset(("animal", "animals", "an_animal", "other", "an_other", "thing", "things", "a_thing", "senior",
                    "junior"))  # fmt: skip


def packaged(play: Screenplay, brief: Brief, bible: Bible, lexicon: Lexicon, prompts: Path) -> Screenplay:
    """Return the screenplay with its show's look and theme, and its word about next week, where the writer had none.

    Raises `ValueError` for a teaser with a slot that does not exist.
    """
    world = play.world.model_copy(
        update={"look": look_of_show(play, brief, bible), "theme": bible.theme or found_theme(brief.show)}
    )
    script = play.script
    if not script.next_week:
        script = script.model_copy(update={"next_week": next_week(play, brief, bible, lexicon, prompts)})
    return play.model_copy(update={"world": world, "script": script})


def look_of_show(play: Screenplay, brief: Brief, bible: Bible) -> str:
    """Return the look that the bible keeps, or, for a new show, one that suits tone, hour and setting."""
    if bible.episodes:
        return bible.look
    light = play.script.scenes[-1].light
    sets = [play.world.place(scene.place).set for scene in play.script.scenes]
    looks = _BY_DAY[brief.tone] if light == "day" else _LOOKS[brief.tone]
    if sets.count("waterfront") > 1 and light != "day":
        return _AT_THE_WATER
    # The show's name decides, so that one show looks the same whatever its first theme is.
    return looks[seed_from("look", brief.show) % len(looks)]


def next_week(play: Screenplay, brief: Brief, bible: Bible, lexicon: Lexicon, prompts: Path) -> str:
    """Return one sentence about an episode that does not exist: its nouns and its wording are new to the season."""
    rng = random.Random(seed_from("next week", brief.effective_seed))
    had = [past.teaser for past in bible.episodes if past.teaser]
    seen = _words((brief.theme, play.script.title, play.script.logline, *had,
                   *(past.logline for past in bible.episodes), *(prop.name for prop in play.world.props)))  # fmt: skip
    animals = _fresh(lexicon, ("animal",), seen, rng)
    things = _fresh(lexicon, ("tool", "clothing", "office"), seen, rng)
    officers = [person.short_name for person in play.world.characters if person.role in ("officer", "sergeant")]
    senior, junior = (*officers, "the sergeant", "the rookie")[:2]
    words = {
        "animal": animals[0].name, "animals": plural_of(animals[0]), "an_animal": with_article(animals[0].name),
        "other": animals[1].name, "an_other": with_article(animals[1].name),
        "thing": things[0].name, "things": plural_of(things[0]), "a_thing": with_article(things[0].name),
        "senior": senior, "junior": junior,
    }  # fmt: skip
    templates = list(load_teasers(prompts))
    rng.shuffle(templates)
    fresh = [template for template in templates if not any(_pattern(template).fullmatch(past) for past in had)]
    for template in fresh or templates:
        teaser = _sentences(_SLOT.sub(lambda slot: words[slot.group(1)], template))
        if len(teaser) <= LONGEST_TEASER:
            return teaser
    return ""


@lru_cache(maxsize=4)
def load_teasers(prompts: Path) -> tuple[str, ...]:
    """Read `prompts/storylets/next_week.yaml`. Raises `ValueError` for what is no teaser and for an unknown slot."""
    found = read_yaml(prompts / "storylets" / "next_week.yaml").get("teasers")
    if not isinstance(found, list) or not all(isinstance(teaser, str) for teaser in found):
        raise ValueError("next_week.yaml: teasers: expected a list of sentences")
    for teaser in found:
        if unknown := set(_SLOT.findall(teaser)) - _SLOTS:
            raise ValueError(f"next_week.yaml: {teaser!r}: no slot {sorted(unknown)[0]!r}")
    return tuple(found)


def _fresh(lexicon: Lexicon, kinds: tuple[str, ...], seen: frozenset[str], rng: random.Random) -> tuple[Noun, ...]:
    """Return nouns of some kinds that the season has not used, in chance order; plain ones, of one word."""
    known = {noun.name: noun for noun in lexicon.nouns.values() if noun.kind in kinds}
    plain = [
        noun
        for name, noun in sorted(known.items())
        if name.isalpha() and not noun.mass and not noun.always_plural and 0.05 < noun.metres < 4
    ]
    free = [noun for noun in plain if noun.name not in seen and plural_of(noun) not in seen] or plain
    rng.shuffle(free)
    return tuple(free)


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in re.findall(r"[a-z]+", text.lower()))


def _pattern(template: str) -> re.Pattern[str]:
    """Return what every wording of a template matches, whatever stands in its slots."""
    parts = [re.escape(part) for part in _SLOT.split(template)[::2]]
    return re.compile(".+".join(parts), re.IGNORECASE)


def _sentences(text: str) -> str:
    """Return the text with a capital at the start of each sentence."""
    return re.sub(r"(^|[.!?] )([a-z])", lambda start: start.group(1) + start.group(2).upper(), text)


__all__ = ["LONGEST_TEASER", "load_teasers", "look_of_show", "next_week", "packaged"]
