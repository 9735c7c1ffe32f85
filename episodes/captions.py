"""Captions: what is said, cut into readable pieces and timed by the cut's dialogue and radio tracks.

The rules are those of broadcast timed text (Netflix, "Timed Text Style Guide: General Requirements"): at most two lines
of 42 characters, at most 17 characters a second, 5/6 to 7 seconds, two frames between captions, the first word within
three frames of speech, electronic voices in italics. Radio and dispatch name their speaker.
"""

import math
from collections.abc import Iterable
from fractions import Fraction

from episodes.episode import Episode
from episodes.requests import BurnedCaption
from episodes.script import ON_AIR, Channel, Line
from episodes.value import Seconds, Value
from episodes.wording import break_lines, split_caption, tidy

CHARACTERS_A_SECOND = 17
"""Fastest reading speed for grown-ups, spaces and the speaker's name counted."""

LINE_CHARACTERS = 42
"""Most characters in one line of a caption."""

SHORTEST, LONGEST = Fraction(5, 6), Fraction(7)
"""Shortest and longest time that one caption may stand, in seconds."""

GAP_FRAMES = 2
"""Fewest frames between two captions."""

LATEST_FRAMES = 3
"""Most frames between the first sound of a line and its caption."""

ELECTRONIC: frozenset[Channel] = frozenset(("radio", "dispatch", "phone", "pa"))
NAMED = ON_AIR


class Caption(Value):
    """One caption on screen."""

    at: Seconds
    """Seconds into the film, a whole frame."""
    seconds: Seconds
    lines: tuple[str, ...]
    """One or two lines of at most 42 characters."""
    speaker: str
    """Short name of who speaks."""
    italic: bool = False
    """Whether the voice comes through radio, phone or loudspeaker."""
    channel: Channel
    line: str
    """Id of the line; a long line has several captions."""
    speech: Seconds
    """Where its first word is heard, in seconds into the film; the line's first sound for its first caption."""
    first: bool = True
    """Whether this is the first caption of its line."""

    @property
    def text(self) -> str:
        """The words as one string."""
        return " ".join(self.lines)

    @property
    def out(self) -> Fraction:
        """First moment at which it is gone."""
        return self.at + self.seconds


def captions(episode: Episode) -> tuple[Caption, ...]:
    """Return the captions of the episode's cut in order. Raises `ValueError` when there is no cut or no script."""
    heard = _heard(episode)
    made: list[Caption] = []
    for place, (at, seconds, line) in enumerate(heard):
        latest = heard[place + 1][0] if place + 1 < len(heard) else at + seconds + 10
        earliest = made[-1].out + Fraction(GAP_FRAMES, episode.brief.format.fps) if made else Fraction(0)
        made += _captions_of(episode, line, (at, seconds), earliest, latest)
    return tuple(made)


def caption_room(text: str, name: str, channel: Channel, seconds: Fraction, fps: int) -> Fraction:
    """Return the seconds from a line's start to the next line's start that its captions need to be readable.

    Args:
        text: the words.
        name: short name of the speaker.
        channel: how it is heard; radio and dispatch put the name before the words.
        seconds: length of the spoken line.
        fps: frames a second, for the gaps.
    """
    chunks = _chunks(text, _label(name, channel), seconds)
    frames = sum(_needed_frames(words, fps) + GAP_FRAMES for _, words in chunks)
    # One more frame, since a line may start up to half a frame beside the grid at either end.
    return Fraction(frames + 1, fps)


def segment_captions(captions: Iterable[Caption], start: Fraction, seconds: Fraction) -> tuple[BurnedCaption, ...]:
    """Return what of the captions stands in the stretch of film from `start`, with times counted from there."""
    found = []
    for caption in captions:
        head, tail = max(caption.at, start), min(caption.out, start + seconds)
        if tail > head:
            found.append(
                BurnedCaption(at=head - start, seconds=tail - head, lines=caption.lines, italic=caption.italic)
            )
    return tuple(found)


def violations(captions: tuple[Caption, ...], fps: int) -> tuple[str, ...]:
    """Return one sentence for each rule that a caption breaks; none for good captions.

    Args:
        captions: in order of time.
        fps: frames a second of the picture.
    """
    found: list[str] = []
    for place, caption in enumerate(captions):
        following = captions[place + 1] if place + 1 < len(captions) else None
        found += [f"{caption.line} at {float(caption.at):.2f} s {fault}" for fault in _faults(caption, following, fps)]
    return tuple(found)


def _faults(caption: Caption, following: Caption | None, fps: int) -> list[str]:
    found = []
    widest, letters = max((len(line) for line in caption.lines), default=0), len(caption.text)
    if not 1 <= len(caption.lines) <= 2:
        found.append(f"has {len(caption.lines)} lines")
    if not caption.text.strip():
        found.append("is empty")
    if widest > LINE_CHARACTERS:
        found.append(f"has a line of {widest} characters")
    if caption.seconds < SHORTEST:
        found.append(f"stands for only {float(caption.seconds):.2f} s")
    if caption.seconds > LONGEST:
        found.append(f"stands for {float(caption.seconds):.2f} s")
    if letters > CHARACTERS_A_SECOND * caption.seconds:
        found.append(f"asks for {letters / max(float(caption.seconds), 0.01):.1f} characters a second")
    if following is not None and following.at - caption.out < Fraction(GAP_FRAMES, fps):
        found.append("leaves less than two frames to the next")
    if caption.first and abs(caption.at - caption.speech) > Fraction(LATEST_FRAMES, fps):
        found.append("does not start with the speech")
    if (caption.channel in ELECTRONIC) != caption.italic:
        found.append("has the wrong slope for its channel")
    if caption.first and caption.channel in NAMED and not caption.text.startswith(caption.speaker.upper()[:20]):
        found.append("does not name the speaker on the air")
    return found


def _heard(episode: Episode) -> list[tuple[Fraction, Fraction, Line]]:
    lines = {line.id: line for line in episode.the_script.lines}
    placed = [item for name in ("A1", "A2") for item in episode.the_cut.track(name).placed()]
    heard = [(at, clip.seconds, lines[clip.media]) for at, clip in placed if clip.media in lines]
    return sorted(heard, key=lambda item: (item[0], item[2].id))


def _captions_of(
    episode: Episode, line: Line, span: tuple[Fraction, Fraction], earliest: Fraction, latest: Fraction
) -> list[Caption]:
    """Return the captions of one line between what stands before it and the start of what follows."""
    form = episode.brief.format
    name = episode.the_world.character(line.speaker).short_name
    chunks = _chunks(line.text, _label(name, line.channel), span[1])
    spoken = episode.spoken(line)
    speech = _speech(chunks, span, spoken.starts if spoken else ())
    frames = _schedule(
        chunks,
        speech,
        span[0] + span[1],
        form.fps,
        math.ceil(earliest * form.fps),
        round(latest * form.fps) - GAP_FRAMES,
    )
    return [
        Caption(
            at=Fraction(head, form.fps),
            seconds=Fraction(tail - head, form.fps),
            lines=break_lines(words, LINE_CHARACTERS),
            speaker=name,
            italic=line.channel in ELECTRONIC,
            channel=line.channel,
            line=line.id,
            speech=speech[place],
            first=place == 0,
        )
        for place, ((head, tail), (_, words)) in enumerate(zip(frames, chunks, strict=True))
    ]


def _speech(
    chunks: tuple[tuple[str, str], ...], span: tuple[Fraction, Fraction], starts: tuple[float, ...]
) -> list[Fraction]:
    """Return when each chunk's first word is heard: as the voice timed it, else by its share of the characters."""
    at, seconds = span
    words = " ".join(words for words, _ in chunks).split(" ")
    whole = sum(len(piece) for piece, _ in chunks) + len(chunks) - 1
    timed = len(starts) == len(words)
    found, said, count = [at], 0, 0
    for piece, _ in chunks[:-1]:
        said, count = said + len(piece) + 1, count + len(piece.split(" "))
        # A word that was cut in two has no start of its own.
        found.append(at + (Fraction(starts[count]).limit_denominator(1000) if timed else seconds * said / whole))
    return found


def _schedule(
    chunks: tuple[tuple[str, str], ...], speech: list[Fraction], end: Fraction, fps: int, earliest: int, latest: int
) -> list[tuple[int, int]]:
    """Return in and out of each chunk in frames.

    A chunk starts with its first word, later only when the one before is not read yet. The last one stays through the
    silence after `end`, the line's last sound, for as long as reading takes, never past `latest`.
    """
    needs = [_needed_frames(words, fps) for _, words in chunks]
    heads = [max(round(speech[0] * fps), earliest)]
    for moment, need in zip(speech[1:], needs[:-1], strict=True):
        heads.append(max(round(moment * fps), heads[-1] + need + GAP_FRAMES))
    heads = _pull_back(heads, needs, latest)
    tails = [head - GAP_FRAMES for head in heads[1:]]
    wished = max(math.ceil(end * fps), heads[-1] + needs[-1])
    tails.append(max(min(wished, latest, heads[-1] + math.floor(LONGEST * fps)), heads[-1] + 1))
    return [(head, min(tail, head + math.floor(LONGEST * fps))) for head, tail in zip(heads, tails, strict=True)]


def _pull_back(heads: list[int], needs: list[int], latest: int) -> list[int]:
    """Start later chunks earlier where the last would not be read in time, as far as those before it allow."""
    pulled, limit = list(heads), latest
    for place in range(len(heads) - 1, 0, -1):
        pulled[place] = min(pulled[place], limit - needs[place])
        limit = pulled[place] - GAP_FRAMES
    for place in range(1, len(pulled)):
        # Too little room for all: share the fault, keep the order.
        pulled[place] = max(pulled[place], pulled[place - 1] + GAP_FRAMES + 1)
    return pulled


def _chunks(text: str, label: str, seconds: Fraction) -> tuple[tuple[str, str], ...]:
    """Return pairs of words as spoken and as shown; the first is shown behind the speaker's name."""
    clean = tidy(text) or "…"
    longest = int(len(clean) * Fraction(13, 2) / seconds) if seconds > Fraction(13, 2) else len(clean)
    pieces = split_caption(clean, LINE_CHARACTERS, label, max(longest, 12))
    return tuple((piece, label + piece if place == 0 else piece) for place, piece in enumerate(pieces))


def _needed_frames(shown: str, fps: int) -> int:
    return max(math.ceil(Fraction(len(shown), CHARACTERS_A_SECOND) * fps), math.ceil(SHORTEST * fps))


def _label(name: str, channel: Channel) -> str:
    # A name of half a line would leave no room for words.
    return f"{name.upper()[:20]}: " if channel in NAMED else ""
