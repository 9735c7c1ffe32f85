"""Who gets which voice."""

import math
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.writer.lexicon import load_lexicon
from agents.writer.voicing import Voicing
from episodes.cast import VoiceCast, VoiceOffer
from tests.offers import OFFERS

SHAPES = load_lexicon(Path(__file__).parents[2] / "prompts").people.voice_shapes
PARTS = ("senior", "junior", "dispatcher", "witness", "sergeant")


def office(offers: tuple[VoiceOffer, ...] = OFFERS, kept: tuple[VoiceCast, ...] = (), seed: int = 1) -> Voicing:
    return Voicing(offers, SHAPES, kept, random.Random(seed))


def offer_of(cast: VoiceCast, offers: tuple[VoiceOffer, ...] = OFFERS) -> VoiceOffer:
    return next(one for one in offers if (one.engine, one.variant) == (cast.engine, cast.variant))


@given(seed=st.integers(0, 10_000), pronouns=st.lists(st.sampled_from(("she", "he", "they")), min_size=5, max_size=5))
def test_everybody_has_a_voice_of_their_own_that_suits_them(seed: int, pronouns: list[str]) -> None:
    voicing = office(seed=seed)
    casts = [voicing.voice(part, pronoun) for part, pronoun in zip(PARTS, pronouns, strict=True)]
    free = {"she": 4, "he": 4}
    for place, (cast, pronoun) in enumerate(zip(casts, pronouns, strict=True)):
        before = [offer_of(one).suits for one in casts[:place]]
        if pronoun != "they" and before.count(pronoun) < free[pronoun]:
            assert offer_of(cast).suits == pronoun
            assert cast.variant not in [one.variant for one in casts[:place]]


def test_of_two_officers_the_second_sounds_far_from_the_first() -> None:
    for seed in range(20):
        voicing = office(seed=seed)
        senior, junior = voicing.voice("senior", "they"), voicing.voice("junior", "they")
        assert junior.pitch > senior.pitch
        assert junior.colour > senior.colour
        assert junior.words_per_minute > senior.words_per_minute
        one, other = offer_of(senior), offer_of(junior)
        semitones = 12 * math.log2(other.pitch_hz / one.pitch_hz) + 0.08 * (junior.pitch - senior.pitch)
        decibels = other.brightness_db + junior.colour - one.brightness_db - senior.colour
        assert math.hypot(semitones, decibels / 2) > 4


def test_the_dispatcher_is_flat_and_has_the_voice_that_is_clearest_on_the_air() -> None:
    offers = tuple(o.model_copy(update={"heard_on_air": 1.0 if o.variant == "en-us+f4" else 0.9}) for o in OFFERS)
    cast = office(offers).voice("dispatcher", "she")
    assert cast.variant == "en-us+f4"
    assert cast.liveliness < min(SHAPES[part].liveliness for part in PARTS if part != "dispatcher")


def test_a_recorded_voice_is_taken_before_a_synthetic_one_and_not_twice_from_one_person() -> None:
    real = tuple(
        VoiceOffer(engine="flite", variant=variant, suits=suits, pitch_hz=hertz, likeness=likeness)
        for variant, suits, hertz, likeness in (
            ("slt", "she", 170, "slt"), ("slt@+1", "she", 180, "slt"), ("rms", "he", 101, "rms"),
        )
    )  # fmt: skip
    voicing = office((*OFFERS, *real))
    assert voicing.voice("senior", "he").variant == "rms"
    assert voicing.voice("junior", "she").engine == "flite"
    assert voicing.voice("witness", "she").engine == "espeak-ng"


def test_two_who_must_share_a_variant_still_differ() -> None:
    voicing = office(OFFERS[:1])
    casts = [voicing.voice("other", "he") for _ in range(4)]
    assert len({(cast.pitch, cast.colour) for cast in casts}) == 4
    assert all(0 <= cast.pitch <= 99 for cast in casts)


def test_a_voice_that_a_regular_has_is_given_to_nobody_else() -> None:
    for kept in OFFERS[:2]:
        cast = VoiceCast(engine=kept.engine, variant=kept.variant)
        voicing = office(kept=(cast,))
        assert kept.variant not in [voicing.voice(part, "they").variant for part in PARTS]


@pytest.mark.parametrize("part", PARTS)
def test_every_part_speaks_145_to_165_words_a_minute(part: str) -> None:
    assert 145 <= SHAPES[part].pace <= 165
