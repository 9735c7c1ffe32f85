"""What a radio play says beside its script: the notice, a slate before each scene, and what the picture would show.

All of it is a pure function of the episode. The script itself stays as it is.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from episodes.cast import Character, VoiceCast, VoiceOffer
from episodes.episode import Episode
from episodes.script import Beat, Line, Scene, Script
from episodes.value import Value

NARRATOR = "narrator"
"""Character id of who speaks them; the world of the script has nobody of this name."""

NarrationKind = Literal["notice", "slate", "action", "next"]


class Narration(Value):
    """One thing that the narrator says."""

    id: str
    """`S02-N01`: the slate, `S02-N02`, `S02-N03` …: the actions of its beats in order; `S00-N01`: the notice;
    `S00-N02`: what comes next week."""
    kind: NarrationKind
    scene: str
    """Scene that it belongs to: the notice to the first, next week to the last."""
    beat: str = ""
    """Beat whose action it tells."""
    text: str
    language: str
    """Language tag: the show's; English for a notice and slates in a language that the tables below lack."""

    @property
    def line(self) -> Line:
        """The same as a line that can be spoken, timed and captioned."""
        return Line(id=self.id, speaker=NARRATOR, channel="voice_over", text=self.text, delivery="flat")


NOTICES: dict[str, str] = {
    "en": "This is a radio play made by software. Nobody and nothing in it is real.",
    "es": "Esto es una radionovela hecha por un programa informático. Nada ni nadie en ella es real.",
    "de": "Dies ist ein Hörspiel, das eine Software gemacht hat. Niemand und nichts darin ist echt.",
    "fr": "Ceci est une pièce radiophonique faite par un logiciel. Rien ni personne n'y est réel.",
    "it": "Questo è un radiodramma fatto da un software. Niente e nessuno in esso è reale.",
    "pt": "Esta é uma peça de rádio feita por um programa de computador. Nada nem ninguém nela é real.",
    "nl": "Dit is een hoorspel, gemaakt door software. Niemand en niets erin is echt.",
}
"""What is said first, by language: Regulation (EU) 2024/1689, article 50, asks that people are told at the latest when
they first hear what a machine made; whoever only listens must be told in words."""


def _english(clock: datetime) -> str:
    return f"{clock.hour % 12 or 12}:{clock.minute:02} {'a.m.' if clock.hour < 12 else 'p.m.'},"


CLOCKS: dict[str, Callable[[datetime], str]] = {
    "en": _english,
    "es": lambda clock: f"{clock.hour} horas y {clock.minute} minutos.",
    "de": lambda clock: f"{clock.hour} Uhr {clock.minute}.",
    "fr": lambda clock: f"{clock.hour} heures {clock.minute}.",
    "it": lambda clock: f"Ore {clock.hour} e {clock.minute}.",
    "pt": lambda clock: f"{clock.hour} horas e {clock.minute} minutos.",
    "nl": lambda clock: f"{clock.hour} uur {clock.minute}.",
}
"""The time of day as a log has it: a sentence by itself, or with a comma where its own full stops would be taken for
the end of one.
"""


def narrations(episode: Episode) -> tuple[Narration, ...]:
    """Return all that a narrator could say, in the order of the story. Raises `ValueError` without world or script."""
    script, language = episode.the_script, spoken_language(episode)
    first, last = script.scenes[0].id, script.scenes[-1].id
    notice = " ".join((_sentence(episode.brief.show), _sentence(script.title), NOTICES[language]))
    found = [Narration(id="S00-N01", kind="notice", scene=first, text=notice, language=language)]
    for scene in script.scenes:
        found += _of_scene(episode, scene, language)
    if script.next_week:
        own = episode.brief.language
        text = _sentence(script.next_week)
        found.append(Narration(id="S00-N02", kind="next", scene=last, text=text, language=own))
    return tuple(found)


def narration_ids(script: Script) -> frozenset[str]:
    """Return the ids of all that a narrator could say."""
    found = {"S00-N01", "S00-N02"}
    for scene in script.scenes:
        found |= {f"{scene.id}-N{number:02}" for number in range(1, len(_told(scene)) + 2)}
    return frozenset(found)


def _told(scene: Scene) -> tuple[Beat, ...]:
    return tuple(beat for beat in scene.beats if beat.action.strip())


def spoken_language(episode: Episode) -> str:
    """Return the language of notice and slates: the show's own where the tables have it, else English."""
    base = episode.brief.language.lower().split("-")[0]
    return base if base in NOTICES else "en"


def narrator(episode: Episode) -> Character:
    """Return the narrator as a character. Raises `ValueError` before a voice is cast."""
    if episode.narrator is None:
        raise ValueError("this episode has no narrator yet")
    return Character(
        id=NARRATOR, name="Narrator", short_name="Narrator", role="official", kind="thing", voice=episode.narrator
    )


def narrator_voice(episode: Episode, offers: tuple[VoiceOffer, ...]) -> VoiceCast:
    """Return the clearest voice that nobody in the episode has; it reads a little lower and slower than people talk.

    Raises `ValueError` when no voice is offered at all.
    """
    if not offers:
        raise ValueError("no voice is offered to a narrator")
    taken = {(c.voice.engine, c.voice.variant) for c in episode.the_world.characters if c.voice is not None}
    likenesses = {offer.likeness for offer in offers if (offer.engine, offer.variant) in taken and offer.likeness}
    free = [offer for offer in offers if (offer.engine, offer.variant) not in taken]
    unlike = [offer for offer in free if offer.likeness not in likenesses]
    chosen = (unlike or free or list(offers))[0]
    return VoiceCast(engine=chosen.engine, variant=chosen.variant, pitch=34, words_per_minute=152)


def _of_scene(episode: Episode, scene: Scene, language: str) -> list[Narration]:
    clock, place = CLOCKS[language](scene.clock), episode.the_world.place(scene.place).name
    slate = f"{clock} {_sentence(place)}" if clock.endswith(".") else _sentence(f"{clock} {place}")
    found = [Narration(id=f"{scene.id}-N01", kind="slate", scene=scene.id, text=slate, language=language)]
    for number, beat in enumerate(_told(scene), start=2):
        found.append(
            Narration(
                id=f"{scene.id}-N{number:02}",
                kind="action",
                scene=scene.id,
                beat=beat.id,
                text=_sentence(beat.action),
                language=episode.brief.language,
            )
        )
    return found


def _sentence(text: str) -> str:
    """Return the text as a sentence: a capital first, a full stop last."""
    plain = " ".join(text.split())
    whole = plain[:1].upper() + plain[1:]
    return whole if whole.endswith((".", "!", "?", "…")) else f"{whole}."
