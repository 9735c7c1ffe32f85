"""Which endpoint of an app makes what is wanted, and which of its results that is: by what it takes, gives and says."""

import re
from collections.abc import Mapping, Sequence

from tools.spaces.description import Endpoint, Kind, Output
from tools.spaces.tongues import understood
from tools.spaces.wishes import Ours, Purpose

_MEDIA: Mapping[Purpose, Mapping[Kind, float]] = {
    "video": {"video": 10, "gallery": 5, "file": 4, "json": 3, "image": 1, "text": 1, "other": 1},
    "voice": {"audio": 10, "video": 3, "file": 4, "json": 3, "text": 1, "other": 1},
    "music": {"audio": 10, "video": 4, "file": 4, "json": 3, "text": 1, "other": 1},
}
"""How likely an output holds what we want."""
_MAKES = (
    r"\b(generat\w*|infer\w*|predict\w*|run|creat\w*|make|synth\w*|tts|t2v|i2v|text2video|video|speak|compose|go|"
    r"process|render|animate|start|submit|launch)\b"
)
_HELPS = (
    r"\b(load|clear|update|change|toggle|examples?|random\w*|select|preview|cancel|stop|set|get|refresh|enhance|"
    r"caption|upload|switch|reset|download|delete|hide|show|like|share|calculate|check|login|logout|translate|sample|"
    r"storyboard|suggest\w*|describe|count\w*|list|rate|clean|rewrite|demo|test|old|legacy|deprecated|unpack)\b"
)
_REWORKS = (
    r"\b(extend\w*|continu\w*|remix\w*|edit\w*|repaint\w*|inpaint\w*|outpaint\w*|upscal\w*|interpolat\w*|convert\w*|"
    r"mimic\w*|clone|cloning|clean\w*|denois\w*|variation\w*|retake|restyl\w*|cover|stitch|concat\w*|merge|trim|loop|"
    r"enhance\w*|super ?res\w*|lip ?sync|retouch|mask\w*|v2v|video2video|audio2audio|separate)\b"
)
"""In the name of an endpoint that works on media which an earlier step made."""
_TELLING: Sequence[Ours] = ("seed", "length", "steps", "guidance", "negative_prompt", "size", "width", "fps", "voice")
"""What the endpoint that works takes, and one that only shows or tidies does not."""
_MEDIA_KINDS: Sequence[Kind] = ("image", "video", "audio", "file", "gallery")


def worth(endpoint: Endpoint, taken: Sequence[Ours | None], purpose: Purpose, *, with_clip: bool) -> float:
    """Return how likely an endpoint is the one that makes the media; 0 when it can't be.

    `taken`: which of ours its parameters take, in its order, None for one that takes none.
    """
    gives = _MEDIA[purpose]
    media = max((gives.get(output.kind, 0.0) for output in endpoint.outputs), default=0.0)
    starts: Sequence[Ours] = ("prompt", "clip", "start_image", "control") if purpose == "video" else ("prompt",)
    if not media or not set(starts) & set(taken):
        return 0.0
    known = [ours for ours in taken if ours is not None]
    total = 10 + 2 * media + 0.5 * len(known) + 4 * ("prompt" in known)
    # The endpoint that works is the one with all the settings.
    total += 1.0 * len(set(known) & set(_TELLING)) + 0.2 * min(len(endpoint.parameters), 20)
    return max(total + _by_name(endpoint, with_clip) + _by_files(endpoint, taken, purpose, with_clip), 0.1)


def _by_name(endpoint: Endpoint, with_clip: bool) -> float:
    name = understood(endpoint.name.strip("/"))
    words = 2.0 * bool(re.search(_MAKES, name)) - 6 * bool(re.search(_HELPS, name)) - 1 * (not endpoint.name)
    reworks = bool(re.search(_REWORKS, name))
    return words + (2.0 if with_clip else -8.0) * reworks


def _by_files(endpoint: Endpoint, taken: Sequence[Ours | None], purpose: Purpose, with_clip: bool) -> float:
    """Return what the files that it takes say: media of an earlier step, or a shot's own first frame."""
    pairs = list(zip(endpoint.parameters, taken, strict=True))
    # One that begins with media and takes few settings works on that; one with an optional file has many others.
    few = len(endpoint.parameters) <= 5
    own: Kind = "video" if purpose == "video" else "audio"
    works_on = few and any(each.kind == own and not each.default for each, _ in pairs)
    if purpose == "video":
        # A start image is a shot's own animatic frame: what comes then looks like what was planned.
        clip = "clip" in taken
        return (10.0 if with_clip else -4.0) * clip + 3 * ("start_image" in taken) - 3 * (works_on and not with_clip)
    strange = sum(each.kind in _MEDIA_KINDS and ours is None for each, ours in pairs)
    spoken = 2 * ("voice" in taken) - 2 * ("reference" in taken) if purpose == "voice" else 0
    return spoken - 5.0 * works_on - 0.5 * strange


def result_of(endpoint: Endpoint, purpose: Purpose) -> int | None:
    """Return the place of the output that holds the media; None where several may."""
    gives = _MEDIA[purpose]

    def likely(output: Output) -> float:
        words = understood(output.label)
        final = bool(re.search(r"\b(final|finished|result|output|full)\b", words))
        told = bool(re.search(r"\b(generated|video|audio|speech|music|clip|song|film|movie)\b", words))
        draft = bool(
            re.search(
                r"\b(input|preview|draft|rough|mask|control|first|frames?|intermediate|original|waveform|source|low res"
                r"|thumbnail|sample|before|keyframe|latents?|history|previous|older|stems?)\b",
                words,
            )
        )
        return gives.get(output.kind, 0.0) + 1.0 * final + 0.5 * told - 2 * draft

    if not endpoint.outputs:
        return None
    best = max(range(len(endpoint.outputs)), key=lambda place: (likely(endpoint.outputs[place]), -place))
    return best if likely(endpoint.outputs[best]) > 1 else None
