"""Standees and emoji as pieces: people are life-size cards with their trade on a plate, the rest is what it is."""

import functools
from dataclasses import dataclass

import skia

from tools.finish.text import drawable
from tools.video.brush import Brush
from tools.video.props.emoji_art import picture_of_emoji

_PEOPLE = frozenset("👦👧👨👩👮👰👱👲👳👴👵👶👷👸🤴🤵🤶🦸🦹🧑🧒🧓🧔🧕🧙🧛🧝🧟💂🕵🥷🎅🤡🤠👯🧌👽🙇👹🤖💀")


@dataclass(frozen=True)
class Emoji:
    """An emoji as it is."""

    emoji: str

    def picture(self) -> skia.Picture:
        """Return it within 100 by 100 units; an empty picture where its drawing is missing."""
        return picture_of_emoji(self.emoji) or _nothing()

    def letters(self) -> skia.Picture | None:
        """Return None: it has no words."""
        return None


@dataclass(frozen=True)
class Standee:
    """A person as a printed card on a foot, with a name plate."""

    name: str
    emoji: str

    def picture(self) -> skia.Picture:
        """Return the card within 100 by 100 units."""
        return _card(self.emoji)

    def letters(self) -> skia.Picture:
        """Return the words on its plate."""
        return _plate(self.name)


def is_person(emoji: str) -> bool:
    """Return whether an emoji shows somebody."""
    return emoji[:1] in _PEOPLE


@functools.cache
def _nothing() -> skia.Picture:
    recorder = skia.PictureRecorder()
    recorder.beginRecording(skia.Rect.MakeWH(100, 100))
    return recorder.finishRecordingAsPicture()


@functools.lru_cache(maxsize=64)
def _card(emoji: str) -> skia.Picture:
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect.MakeWH(100, 100))
    canvas.translate(0, 100)
    brush = Brush(canvas)
    brush.shape([(24, 0), (76, 0), (68, 7), (32, 7)], "#7a4e2b")
    brush.box(25, 4, 50, 96, "#3f6fb5", round_=3)
    brush.box(27, 6, 46, 92, "#a9d3ee", round_=2)
    face = emoji if is_person(emoji) else "🧑"
    picture = picture_of_emoji(face)
    if picture is not None:
        canvas.save()
        canvas.translate(28, -80)
        canvas.scale(0.44, 0.44)
        canvas.drawPicture(picture)
        canvas.restore()
    badge = picture_of_emoji(emoji) if face != emoji else None
    if badge is not None:
        brush.disc(63, 86, 10, "#f1f0ea")
        canvas.save()
        canvas.translate(56, -93)
        canvas.scale(0.14, 0.14)
        canvas.drawPicture(badge)
        canvas.restore()
    brush.box(27, 12, 46, 24, "#f5f0df")
    brush.box(27, 33, 46, 3, "#c8372f")
    return recorder.finishRecordingAsPicture()


@functools.lru_cache(maxsize=64)
def _plate(name: str) -> skia.Picture:
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect.MakeWH(100, 100))
    canvas.translate(0, 100)
    words = drawable(name.upper(), "bold").split()
    half = (len(words) + 1) // 2
    lines = [" ".join(words)] if len(words) < 2 else [" ".join(words[:half]), " ".join(words[half:])]
    size = 12.0 if len(lines) == 1 else 9.5
    for number, line in enumerate(lines):
        Brush(canvas).text(line, 50, (18.5 if len(lines) == 1 else 23.5) - number * 9.5, size, "#14161d", 42)
    return recorder.finishRecordingAsPicture()
