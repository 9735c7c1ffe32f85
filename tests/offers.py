"""Voices to cast from in tests that make no sound: what espeak-ng might offer, wherever the tests run."""

from episodes.cast import VoiceOffer

OFFERS = (
    VoiceOffer(engine="espeak-ng", variant="en-us+m3", suits="he", pitch_hz=101, brightness_db=-8),
    VoiceOffer(engine="espeak-ng", variant="en-us+f2", suits="she", pitch_hz=182, brightness_db=-10),
    VoiceOffer(engine="espeak-ng", variant="en-us+m7", suits="he", pitch_hz=88, brightness_db=-12),
    VoiceOffer(engine="espeak-ng", variant="en-us+f4", suits="she", pitch_hz=170, brightness_db=-14),
    VoiceOffer(engine="espeak-ng", variant="en-us+m1", suits="he", pitch_hz=95, brightness_db=-11),
    VoiceOffer(engine="espeak-ng", variant="en-us+f5", suits="she", pitch_hz=195, brightness_db=-8),
    VoiceOffer(engine="espeak-ng", variant="en-us+linda", suits="she", pitch_hz=180, brightness_db=-6),
    VoiceOffer(engine="espeak-ng", variant="en-us+Gene", suits="he", pitch_hz=110, brightness_db=-9),
)
