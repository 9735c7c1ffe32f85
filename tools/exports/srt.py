"""Captions as SubRip text."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

from episodes.captions import Caption
from episodes.whole_file import replace_file


def write_srt(captions: Sequence[Caption], path: Path) -> None:
    """Write the captions, voices from radio, phone and loudspeaker in italics. Raises `OutOfSpace`."""
    replace_file(path, srt_text(captions).encode())


def srt_text(captions: Sequence[Caption]) -> str:
    """Return the captions in SubRip's form."""
    import srt

    cues = [
        srt.Subtitle(index=number, start=_time(caption.at), end=_time(caption.out), content=_content(caption))
        for number, caption in enumerate(captions, 1)
    ]
    return str(srt.compose(cues, reindex=False))


def _content(caption: Caption) -> str:
    """Return the words. A line of text may not be empty, nor be taken for a tag or a new cue's time."""
    lines = [" ".join(line.split()).replace("-->", "→") for line in caption.lines]
    # SubRip has no escapes: a real "<" is written as an angle quote, which no player takes for a tag.
    text = "\n".join(
        line.replace("<", "‹").replace(">", "›").replace("{", "(").replace("}", ")") for line in lines if line
    )
    return f"<i>{text}</i>" if caption.italic else text


def _time(seconds: Fraction) -> timedelta:
    return timedelta(milliseconds=round(seconds * 1000))
