"""Subtitles and transcripts of others, brought into WebVTT."""

import json
import re
from datetime import timedelta

from episodes.errors import InputRefused

_LEAST_SECONDS = 0.05
"""Automatic captions that roll show each finished line once more for 10 ms."""


def unrolled(text: str) -> str:
    """Return WebVTT without the repeats of captions that roll, as YouTube's automatic ones do.

    Such a caption shows the line before once more above the new one. Raises `InputRefused` for what is no WebVTT.
    """
    import webvtt

    try:
        captions = list(webvtt.from_string(text))
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError) as error:
        raise InputRefused("The site's subtitles are no WebVTT.") from error
    kept: list[tuple[float, float, str]] = []
    shown: tuple[str, ...] = ()
    for caption in captions:
        lines = tuple(line.strip() for line in caption.text.split("\n") if line.strip())
        new = [line for line in lines if line not in shown]
        start, end = _seconds(caption.start), _seconds(caption.end)
        if new and end - start >= _LEAST_SECONDS:
            kept.append((start, end, " ".join(new)))
        shown = lines or shown
    return write_vtt(kept)


def from_json(raw: str) -> str:
    """Return the JSON transcript of a podcast (`segments` with `startTime` and `body`) as WebVTT.

    Raises `InputRefused` for any other JSON.
    """
    try:
        segments = json.loads(raw)["segments"]
        timed = [(float(one["startTime"]), float(one.get("endTime") or 0.0), str(one["body"])) for one in segments]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputRefused("The podcast's transcript is no JSON transcript.") from error
    return write_vtt(timed)


def write_vtt(timed: "list[tuple[float, float, str]]") -> str:
    """Return captions as WebVTT: start and end in seconds, and a text of one line."""
    cues = []
    for start, end, text in timed:
        line = " ".join(re.sub(r"-->", "→", text).split())
        cues.append(f"{_stamp(start)} --> {_stamp(max(end, start + 0.5))}\n{line}\n")
    return "\n".join(["WEBVTT\n", *cues])


def _seconds(stamp: str) -> float:
    hours, minutes, seconds = ([*"00", *stamp.split(":")])[-3:]
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _stamp(seconds: float) -> str:
    whole = timedelta(seconds=min(max(seconds, 0.0), 86_399.0))
    minutes, rest = divmod(whole.total_seconds(), 60)
    return f"{int(minutes // 60):02d}:{int(minutes % 60):02d}:{rest:06.3f}"
