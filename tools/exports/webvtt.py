"""Captions as WebVTT. Form: <https://www.w3.org/TR/webvtt1/>."""

import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from episodes.captions import Caption
from episodes.whole_file import replace_file

_STYLE = """STYLE
::cue {
  background-color: rgba(10, 14, 20, 0.78);
  color: #f4f1e8;
}
::cue(i) {
  font-style: italic;
}"""

_COLOURS = ("#f4f1e8", "#ffd9a0", "#a8d8ff", "#b9efb0", "#f6b8d0", "#e4d0ff", "#ffe97a", "#a6efe4")
"""One for each speaker in order of appearance: light enough to have 10 : 1 and more against the ground above."""


def write_webvtt(captions: Sequence[Caption], path: Path, language: str = "en") -> None:
    """Write the captions, each in a span of its speaker's, voices from radio, phone and loudspeaker in italics.

    Raises `OutOfSpace`.
    """
    replace_file(path, webvtt_text(captions, language).encode())


def webvtt_text(captions: Sequence[Caption], language: str = "en") -> str:
    """Return the captions in WebVTT's form."""
    header = f"WEBVTT\nKind: captions\nLanguage: {_escaped(language)}"
    return (
        "\n\n".join(
            [header, _STYLE, *_speakers(captions), *(_cue(n, caption) for n, caption in enumerate(captions, 1))]
        )
        + "\n"
    )


def _speakers(captions: Sequence[Caption]) -> list[str]:
    """Return a block of style for each speaker: whose caption it is can be seen without reading a name."""
    names = dict.fromkeys(_voice(caption) for caption in captions)
    return [
        f'STYLE\n::cue(v[voice="{name}"]) {{\n  color: {_COLOURS[number % len(_COLOURS)]};\n}}'
        for number, name in enumerate(names)
    ]


def _voice(caption: Caption) -> str:
    """Return the speaker's name without what would need escapes, which differ between a span and a selector."""
    plain = re.sub(r'["\\<>]', "", caption.speaker.replace("\x00", "").replace("&", "and"))
    return " ".join(plain.split()) or "Speaker"


def _cue(number: int, caption: Caption) -> str:
    words = "\n".join(_escaped(line) for line in caption.lines if line.strip())
    words = f"<i>{words}</i>" if caption.italic else words
    times = f"{_time(caption.at)} --> {_time(caption.out)}"
    return f"{number}\n{times}\n<v {_voice(caption)}>{words}</v>"


def _escaped(text: str) -> str:
    """Return a text in one line in which nothing is a tag, an entity or an arrow."""
    plain = " ".join(text.replace("\x00", "").split())
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _time(seconds: Fraction) -> str:
    whole, milli = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{milli:03}"
