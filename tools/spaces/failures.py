"""What a Space's failures mean: each text and status that is known, as the error whose class says who must act."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from episodes.errors import (
    BackendDown,
    BackendUnavailable,
    MediaBroken,
    RequestRejected,
    ToolError,
    TransientToolError,
)
from tools.waiting import retry_after

SHORT_WAIT = 120.0
"""Seconds that are worth waiting for a quota; after longer ones somebody else does the work."""
QUEUE_PAUSE = 15.0
"""Seconds after which a full queue is asked again when it names none."""


class SchemaChanged(ToolError):
    """The app no longer takes what its description said; it is read and mapped anew, once."""


class EventGone(ToolError):
    """The app knows nothing of an event that was submitted earlier: it was restarted, or let it go."""


class ParametersRefused(RequestRejected):
    """The app does not want what it was given, and nothing says that it is the content."""


class FailedInside(TransientToolError):
    """The app failed and hides why: it may have been given what it can't use."""


class NoMedia(MediaBroken):
    """The answer holds nothing of the wanted sort: perhaps the wrong endpoint was asked."""


class Quota(NamedTuple):
    """What a text about ZeroGPU's quota says, in seconds; None for what it does not say."""

    requested: float | None
    left: float | None
    again_in: float | None


_QUOTA = (
    r"exceeded your (\w+ )*(gpu|zerogpu) quota|zerogpu quota|gpu quota|quota (for today|exceeded)|illegal duration"
    r"|gpu duration \(|runs limit|reached its gpu limit|daily (gpu )?(quota|limit)|out of (daily )?quota"
)
_BUSY_GPU = (
    r"no gpu (is currently|was) available|zerogpu queue timeout|gpu task aborted|expired zerogpu proxy token"
    r"|zerogpu (client|worker|init) error"
)
_REFUSED = (
    r"nsfw|content polic|safety|unsafe|inappropriate|moderat|violat|prohibited|flagged|explicit|sensitive content"
    r"|not allowed|disallowed|blocked|offensive|harmful|forbidden word|against (our|the) (rules|terms|polic)"
)
_TERMS = r"\b(accept|agree|tick|confirm)\w*\b.*\b(licen[cs]e|terms|conditions|agreement|disclaimer)\b"
_MEMORY = r"out of memory|\boom\b|cuda|\bgpu\b|cublas|cudnn|nccl|device-side|vram|mps backend"
_PASSING = (
    r"busy|overload|try again|temporar|time[d ]?-?out|connection|unavailable|too many|rate limit|queue|server error"
    r"|no space left|broken pipe"
)
_SCHEMA = (
    r"didn'?t receive enough input|too (few|many) (inputs|arguments)|needed: \d+, got|not in the list of choices"
    r"|(greater|less) than (the )?(maximum|minimum)|is not a valid choice|unexpected keyword argument"
    r"|missing \d+ required positional|positional arguments? but|could not find a function|invalid function index"
    r"|not an instance of|cannot preprocess|could not convert string|invalid literal for int"
)


def of_app(space: str, message: str | None, title: str = "") -> ToolError:
    """Return the error that an app's own message stands for; `message` is None when it hides what happened."""
    text = plain(f"{title}: {message}" if title and title != "Error" and message else message or "")
    low = text.lower()
    if re.search(_QUOTA, low):
        return _over_quota(space, text)
    if not low:
        return FailedInside(f"{space} failed inside and does not say why.")
    for pattern, made in (
        (_BUSY_GPU, lambda: TransientToolError(f"{space} got no GPU: {text}", retry_after=_wait_in(text) or 60.0)),
        (
            _TERMS,
            # Whether they are accepted is for a person to say; until then another back end does the work.
            lambda: BackendDown(
                f"{space} wants its terms accepted ({text}): if you do, set the name of that box to true "
                "under fixed in director.toml."
            ),
        ),
        (_SCHEMA, lambda: SchemaChanged(f"{space} does not take what it asked for: {text}")),
        (_MEMORY, lambda: TransientToolError(f"{space} failed on its GPU: {text}")),
        (_REFUSED, lambda: RequestRejected(f"{space} refuses this content: {text}")),
        (_PASSING, lambda: TransientToolError(f"{space} can't now: {text}", retry_after=_wait_in(text))),
    ):
        if re.search(pattern, low):
            return made()
    return ParametersRefused(f"{space} refuses these parameters: {text}")


def quota_in(text: str) -> Quota:
    """Return the numbers of a text about a quota."""
    low = plain(text).lower()
    requested = re.search(r"([\d.]+) ?s(?:econds)? requested", low) or re.search(r"gpu duration \(([\d.]+)s\)", low)
    left = re.search(r"([\d.]+) ?s(?:econds)? left", low)
    return Quota(
        requested=float(requested.group(1)) if requested else None,
        left=float(left.group(1)) if left else None,
        again_in=_wait_in(low),
    )


def _wait_in(text: str) -> float | None:
    """Return the seconds of `try again in 3:12:45`, `retry in 1 day, 2:03:04` or `try again in 40 seconds`."""
    found = re.search(r"(?:again|retry|wait)(?: in)? (?:(\d+) days?, )?(\d+):(\d\d):(\d\d)", text.lower())
    if found:
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return float(((days * 24 + hours) * 60 + minutes) * 60 + seconds)
    words = re.search(
        r"(?:again|retry|wait)(?: in| after)? (\d+) ?(s|sec|seconds?|m|min|minutes?|h|hours?)\b", text.lower()
    )
    if not words:
        return None
    return float(words.group(1)) * {"s": 1.0, "m": 60.0, "h": 3600.0}[words.group(2)[0]]


def _over_quota(space: str, text: str) -> ToolError:
    said = quota_in(text)
    if said.again_in is not None and said.again_in < SHORT_WAIT:
        return TransientToolError(f"{space} has no GPU time left for {said.again_in:.0f} s.", said.again_in)
    if "larger than the maximum" in text.lower() or "illegal duration" in text.lower():
        asked = f" of {said.requested:.0f} s" if said.requested is not None else ""
        return BackendDown(
            f"{space} asks for more GPU time{asked} than your account may have at once: log in with HF_TOKEN, "
            "or name a duplicate of your own."
        )
    numbers = [
        f"{said.requested:.0f} s are needed for one call" if said.requested is not None else "",
        f"{said.left:.0f} s are left" if said.left is not None else "",
    ]
    spent = ", ".join(part for part in numbers if part)
    when = f"try again in {spoken_time(said.again_in)}" if said.again_in else "try again tomorrow"
    return BackendDown(
        f"The GPU quota for {space} is spent{f' ({spent})' if spent else ''}: {when}, "
        "set HF_TOKEN for a larger one, or name a duplicate of your own."
    )


def spoken_time(seconds: float) -> str:
    """Return a length of time for a sentence: `3 h 13 min`."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{seconds:.0f} s"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def of_status(space: str, status: int, headers: Mapping[str, str], said: str = "") -> ToolError:
    """Return the error that an HTTP status stands for."""
    said = plain(said)[:200]
    after = retry_after(headers.get("retry-after", ""))
    if status in (401, 403):
        return private(space)
    if status == 429:
        return TransientToolError(f"{space} takes no more calls from here for a while (429).", retry_after=after)
    if status == 503:
        full = "queue is full" in said.lower()
        pause = after if after is not None else QUEUE_PAUSE if full else None
        return TransientToolError(f"The queue of {space} is full (503)." if full else f"{space} is busy (503).", pause)
    if status in (400, 404, 405, 422):
        return SchemaChanged(f"{space} does not take the call any more ({status}{f': {said}' if said else ''}).")
    if status == 413:
        return RequestRejected(f"{space} finds a file that we hand in too large (413).")
    return TransientToolError(f"{space} answered {status}.", retry_after=after)


def private(space: str) -> BackendUnavailable:
    """Return the error for a Space that wants to know who we are."""
    return BackendUnavailable(
        f"{space} does not exist or is private: correct its name, or set HF_TOKEN to a token that may read it."
    )


def no_media(space: str, wanted: str) -> MediaBroken:
    """Return the error for an answer without media in it."""
    return NoMedia(f"{space} answered without {wanted}.")


def plain(text: str) -> str:
    """Return a message without its HTML, on one line and within one sentence, at most 400 characters of it."""
    line = " ".join(re.sub(r"<[^>]+>", " ", text).split())[:400].rstrip(" .")
    # It stands within a sentence of ours.
    return re.sub(r"[.!?]+ +(?=\S)", "; ", line)
