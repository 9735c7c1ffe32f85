"""Which parameter is which of ours: by its name, by what stands beside it, and by what may be put into it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from episodes.requests import ControlPass
from tools.spaces.description import Kind, Parameter
from tools.spaces.tongues import understood
from tools.spaces.units import is_rate, length_of, shape_of, turn_of
from tools.spaces.wishes import Ours, Purpose

IN_NAME, IN_LABEL, IN_INFO = 10.0, 9.0, 3.0
"""What a telling word is worth, by where it stands."""
_WEAK = 0.4
"""Against a telling word: one that may mean other things as well."""
_BY_CHOICES = 3.5
"""For choices that can mean only one thing."""
_BY_KIND = 1.0
"""For a file of the only kind that fits, whatever it is called."""


class Match(NamedTuple):
    """How well a parameter fits one of our names."""

    score: float
    why: str


class _Words(NamedTuple):
    kinds: tuple[Kind, ...]
    strong: str
    weak: str = r"(?!)"
    never: str = r"(?!)"
    anyway: bool = False
    """Whether the kind by itself is a hint."""


SIDELINE = (
    r"\btokens?\b|\bkey\b|\bsignature\b|\bauthor\b|\b(your|user|file) ?name\b|\be ?mail\b|\bmail\b|\bnewsletter\b"
    r"|\brepo\w*\b|\burl\b|\blink\b|\bremarks?\b|\bcomments?\b|\bpassword\b|\bfeedback\b|\bnickname\b|\bhandle\b"
    r"|\bcheckpoint\b|\blora\b|\bwebhook\b|\busername\b|\bpath\b|\bcredits?\b|\bartist\b"
)
"""In the words of a text field that is about who asks or where things go, and never what is to be made."""

KEEPING = r"\b(keep|fix\w*|hold|lock\w*|pin|freeze|reuse|same|use (my|this|the|own|given|custom|manual|fixed))"
"""Before the word seed: that the one which is given is taken."""

_TABLE: Mapping[Ours, _Words] = {
    "prompt": _Words(
        ("text", "message"),
        r"\bprompts?\b|\bdescri\w+\b|\bcaption\b|\bpositive\b",
        r"\btext\b|\btxt\b|\bscene\b|\bidea\b|\bstory\b|\binstructions?\b|\bquery\b|\bwhat\b|\binput\b|\bscript\b"
        r"|\bcontent\b|\bshot\b|\baction\b|\bimagin\w+\b|\bwish\b|\bsubject\b|\bsummary\b|\bhappens\b|\bmood\b"
        r"|\bmessage\b|\bmsg\b|\bdream\w*\b|\btags\b",
        r"\bneg\w*\b|\bavoid\w*\b|\bexclude\w*\b|\bunwanted\b|\bnot\b|\bsystem\b|\bwithout\b|\bref\w*\b"
        r"|\bwatermark\b|\blyrics?\b|\bsound ?tracks?\b|\b(sound|audio|music) (hint|prompt|effects?|descri\w+)\b|"
        + SIDELINE,
        anyway=True,
    ),
    "negative_prompt": _Words(
        ("text",),
        r"\bneg\w*\b|\bavoid\w*\b|\bexclud\w+\b|\bunwanted\b|\bundesired\b|\bwithout\b|\banti\b|\bn prompt\b",
        r"\bnot\b|\bno\b|\bbad\b|\bnever\b|\bkeep out\b|\bleave out\b|\bban\w*\b|\bforbid\w*\b|\bnope\b"
        r"|\bnix\b|\bveto\w*\b|\btaboo\b|\bno go\b|\bugly\b"
        r"|\bremove\b|\bhate\w*\b|\bdon t\b",
        SIDELINE,
    ),
    "seed": _Words(
        ("number", "text"),
        r"\bseeds?\b",
        r"\brng\b|\brandom (state|number)\b|\bnoise\b|\breproduc\w+\b|\bdice\b|\bluck\w*\b|\brandomness\b",
        r"\bscale\b|\bstrength\b|\blevel\b|\baug\w*\b",
    ),
    "random_seed": _Words(
        ("flag",),
        r"\brandom\w*\b|\bshuffle\b|\b(new|vary|different|other) seed\b|\bre ?roll\b",
        r"\bseed\b|\bdice\b|\bsurprise\b|\bluck\w*\b",
        KEEPING + r" |\bprompt\b|\bstyle\b|\bcrop\b|\bflip\b",
    ),
    "keep_seed": _Words(
        ("flag", "choice"),
        KEEPING + r" (\w+ ){0,2}(seeds?|sd)\b|\b(use|custom|manual|own) seeds?\b"
        r"|\bseeds? (\w+ )?(fix|fixed|lock|locked|kept|held|manual|mode)\b",
        r"\bdeterminis\w+\b|\breproduc\w+\b",
        r"\b(use|new|with)( a)? random\b|\brandomi[sz]e\b|\bprompt\b|\bstyle\b",
    ),
    "length": _Words(
        ("number", "choice", "text"),
        r"\b(num |n |number of |nb |total |max |max new )?(frames|tokens)\b|\bduration\b|\bseconds?\b|\bsecs?\b"
        r"|\bhow long\b|\b(video|clip|audio|music|movie) (length|len|time)\b|\blength\b|\bmilli ?seconds?\b"
        r"|\bruntime\b|\blatents\b|\bhalf seconds\b|\btenths\b",
        r"\btime\b|\blong\b|\bms\b|\blen\b|\bminutes?\b|\bframe count\b|\bchunks\b|\blasts?\b",
        r"\bper sec\w*\b|\brate\b|\boverlap\b|\bfps\b|\bmotion\b|\bcross\b|\bfade\b|\bsilence\b|\bpause\b|\bcontext\b"
        r"|\bwindow\b|\btimeout\b|\bskip\b|\bstart\b|\bfocal\b|\bdecode\b|\bchunk (size|length)\b|\btext length\b"
        r"|\bwait\b"
        r"|\bprompt\b|\bsteps?\b|\btrim\b|\bext\w* stride\b|\bshift\b|\bdelay\b|\bgap\b|\btile\w*\b"
        r"|\bbefore\b|\bafter\b",
    ),
    "fps": _Words(
        ("number", "choice"),
        r"\bfps\b|\bframes? per sec\w*\b|\bframe ?rate\b|\bframes? a second\b|\bplay ?back (rate|fps)\b",
        r"\bhz\b|\bfluid\w*\b|\bsmooth\w*\b|\brate\b",
        r"\b(learning|sample|bit|drop\w*) ?rate\b|\btarget multi\w*\b"
        r"|^(num\w* |number of )?(frames|length|duration|clip length|video length)\b(?! (per|a) )",
    ),
    "width": _Words(
        ("number", "choice"), r"\bwidth\b|\bwide\b",
        r"\bw\b|\bhorizontal\b|\bx res\w*\b|\bres x\b", r"\bheight\b|\bstride\b"
    ),
    "height": _Words(
        ("number", "choice"), r"\bheight\b|\btall\b", r"\bh\b|\bvertical\b|\by res\w*\b|\bres y\b", r"\bwidth\b"
    ),
    "size": _Words(
        ("choice", "text"), r"\bresolution\b|\baspect\b|\bdimensions?\b|\bframe size\b|\bsize\b|\borientation\b",
        r"\bratio\b|\bformat\b|\bshape\b|\bres\b|\bcanvas\b|\bscreen\b|\bhow big\b|\bpicture\b|\bframing\b",
        r"\bmodel\b|\bbatch\b|\bfont\b|\bfile\b|\bguidance\b|\bchunk\b",
    ),
    "steps": _Words(
        ("number",), r"\bsteps\b|\bstep count\b|\biterations?\b", r"\bquality\b|\bsampling\b",
        r"\bper\b|\bskip\b|\bstart\b|\bpercent\w*\b|\bstrength\b|\bscale\b|\btop\b",
    ),
    "guidance": _Words(
        ("number",), r"\bguidance\b|\bcfg\b|\bclassifier free\b",
        r"\bprompt strength\b|\badherence\b|\bobedien\w+\b|\bfaithful\w*\b|\bfidelity\b|\bstrict\w*\b",
        r"\bsecond\b|\b2\b|\bstart\b|\bend\b|\bstop\b|\brescale\b|\baudio\b|\bimage\b",
    ),
    "mode": _Words(("choice",), r"\bmode\b|\btask\b|\bpipeline\b", r"\btype\b|\bworkflow\b|\bgeneration\b"),
    "voice": _Words(
        ("choice", "text"), r"\bvoices?\b|\bspeakers?\b|\bnarrator\b|\bspk\b|\bhistory prompt\b",
        r"\bpreset\b|\bcharacter\b|\bpersona\b|\bactor\b|\bwho\b|\bvoice\w+\b", r"\btext\b|\bfile\b|\bdescri\w+\b",
    ),
    "speed": _Words(
        ("number",), r"\bspeed\b|\bpace\b|\brate\b|\btempo\b", r"\bfast\w*\b|\blength scale\b", r"\bsample\b"
    ),
    "language": _Words(("choice", "text"), r"\blang(uage)?\b|\blocale\b", r"\baccent\b|\btongue\b", r"\bmodel\b"),
    "reference_text": _Words(("text",), r"\bref\w*\b|\btranscript\w*\b", r"\bsample\b|\bexample\b"),
    "start_image": _Words(
        ("image", "file", "gallery"),
        r"\b(start|first|init\w*|input|source|begin\w*|opening|reference|condition\w*) "
        r"(image|frame|picture|img|photo)\b|\bimage\b|\bpicture\b|\bphoto\b|\bimg\b|\bstill\b",
        r"\bframe\b|\bstart\b|\bfirst\b|\binput\b|\bkey ?frames?\b",
        r"\bmask\b|\bend\b|\blast\b|\bfinal\b|\bcontrol\b|\bpose\b|\bdepth\b|\bedges?\b|\bstyle\b|\bvideo\b|\baudio\b"
        r"|\bdriving\b|\bmotion ref\w*\b|\bclosing\b|\btail\b|\bwatermark\b|\blogo\b",
        anyway=True,
    ),
    "end_image": _Words(
        ("image", "file"), r"\b(end|last|final|closing|tail|target)\b", r"\bto\b", r"\bmask\b|\bvideo\b|\baudio\b"
    ),
    "clip": _Words(
        ("video", "file"), r"\bvideo\b|\bclip\b|\bmovie\b|\bfootage\b|\btake\b", r"\binput\b|\bsource\b|\bfile\b",
        r"\bmask\b|\bcontrol\b|\bpose\b|\bdepth\b|\bedges?\b|\bcanny\b|\bdriving\b|\bimage\b|\baudio\b|\bmotion\b"
        r"|\bref\w*\b|\bskeleton\b|\bguid\w+\b|\bstyle\b", anyway=True,
    ),
    "control": _Words(
        ("video", "file"),
        r"\bcontrol\b|\bpose\b|\bdepth\b|\bedges?\b|\bcanny\b|\bskeleton\b|\blineart\b|\boutlines?\b",
        r"\bstructure\b|\bguid\w+\b", r"\bmask\b|\bdriving\b|\bmotion\b",
    ),
    "melody": _Words(
        ("audio", "file"), r"\bmelody\b|\btune\b|\btheme\b|\bcondition\w*\b|\bhum\w*\b",
        r"\baudio\b|\binput\b|\bsample\b|\bsong\b",
        # Whose sound or style is copied, and what is worked on, is none of ours to give.
        r"\bmask\b|\bref\w*\b|\bsource\b|\bvoice\b|\bvocals?\b|\bstyle\b|\bsinger\b|\baudio ?2 ?audio\w*\b",
    ),
    "reference": _Words(
        ("audio", "file"), r"\bref\w*\b|\bvoice\b|\bspeaker\b|\bclone\b", r"\baudio\b|\bsample\b|\binput\b|\bprompt\b",
        anyway=True,
    ),
}  # fmt: skip

_OF_A_LINE = _Words(
    ("text",),
    r"\btext\b|\bgen text\b|\btranscript\b|\bsentences?\b|\bsay\b|\bspeak\b|\bline\b|\butterance\b|\bspoken\b|\bread\b",
    r"\bprompt\b|\bscript\b|\binput\b|\bmessage\b|\bwords\b|\bcontent\b|\btxt\b|\bwhat\b|\bparagraph\b|\bspeech\b",
    r"\bref\w*\b|\bneg\w*\b|\bstyle\b|\bdescri\w+\b|\binstruct\w*\b|\bsystem\b|\btoken\b|\bkey\b|\bvoice\b",
)
"""What a voice's `prompt`, the line, is called."""

_OF_MUSIC = _Words(
    ("text", "message"),
    r"\bprompts?\b|\bdescri\w+\b|\bcaption\b|\bpositive\b|\btags?\b",
    _TABLE["prompt"].weak + r"|\bgenre\w*\b|\bmusic\b|\bstyle\b|\bvibe\b|\bsound\b",
    _TABLE["prompt"].never + r"|\bvocals?\b|\btitle\b",
)
"""What music is made of words is called: many models are told it in tags."""

ASKED: Mapping[Purpose, tuple[Ours, ...]] = {
    "video": (
        "prompt", "negative_prompt", "seed", "random_seed", "keep_seed", "length", "fps", "width", "height", "size",
        "steps", "guidance", "mode", "start_image", "end_image", "clip", "control",
    ),
    "voice": (
        "prompt", "seed", "random_seed", "keep_seed", "voice", "speed", "language", "reference_text", "reference",
    ),
    "music": (
        "prompt", "negative_prompt", "seed", "random_seed", "keep_seed", "length", "steps", "guidance", "melody",
    ),
}  # fmt: skip
"""Which of our names a Space of each purpose may have a parameter for."""


def match(parameter: Parameter, ours: Ours, purpose: Purpose) -> Match:
    """Return how well a parameter fits; 0 when it does not."""
    words = _words(ours, purpose)
    if parameter.kind not in words.kinds or not _fits_type(parameter, ours):
        return Match(0.0, "")
    name, label, info = _said(parameter, ours)
    if re.search(words.never, label) or (re.search(words.never, name) and not re.search(words.strong, label)):
        return Match(0.0, "")
    found = [Match(0.0, ""), *_by_values(parameter, ours, f"{name} {label}")]
    for text, where, worth in ((name, "name", IN_NAME), (label, "label", IN_LABEL), (info, "small print", IN_INFO)):
        for pattern, part in ((words.strong, 1.0), (words.weak, _WEAK)):
            hit = re.search(pattern, text)
            if hit:
                # A word that is all there is says more than one among many.
                whole = 0.5 if hit.group() == text else 0.0
                found.append(Match(worth * part + whole, f"“{hit.group()}” in its {where}"))
    if words.anyway and parameter.kind not in ("file", "text"):
        found.append(Match(_BY_KIND, f"it takes {_article(parameter.kind)}"))
    return max(found)


def _said(parameter: Parameter, ours: Ours) -> tuple[str, str, str]:
    """Return name, label and small print, without what says nothing of one of our names."""
    name, label, info = (understood(part) for part in (parameter.name, parameter.label, parameter.info))
    if ours == "length":
        # “81 frames at 16 fps” is a length all the same.
        label, info = (re.sub(r"\b\d+ ?(fps\b|frames? (per|a) sec\w*)", "", part).strip() for part in (label, info))
    if parameter.kind == "image":
        # “First frame (only for image to video)”: no image can be anything but one, whatever it is for.
        name, label = (re.sub(r"\b(video|audio)s?\b", "", part).strip() for part in (name, label))
    return name, label, info


def _by_values(parameter: Parameter, ours: Ours, words: str) -> Iterator[Match]:
    """Yield what the values of a parameter say, whatever it is called."""
    if ours == "fps" and parameter.kind == "choice" and all(is_rate(each) for each in parameter.choice_labels):
        yield Match(_BY_CHOICES, "its choices are rates") if parameter.choice_labels else Match(0.0, "")
    if ours == "keep_seed" and parameter.kind == "choice" and re.search(r"\bseeds?\b", words):
        # It fits only because one of its choices keeps a seed and another draws one.
        yield Match(IN_LABEL, "its choices keep a seed or draw one")
    if ours == "length" and parameter.kind == "number" and turn_of(parameter) is not None:
        yield Match(_BY_CHOICES, "it says how long one of it is")
    if ours in ("size", "length") and parameter.kind == "choice" and _all_are(parameter.choice_labels, ours):
        yield Match(_BY_CHOICES, "its choices are " + ("shapes" if ours == "size" else "lengths"))


def control_of(parameter: Parameter) -> ControlPass | None:
    """Return which control video a parameter asks for by name; None where it does not say, or takes any."""
    words = understood(f"{parameter.name} {parameter.label} {parameter.info}")
    passes: tuple[tuple[ControlPass, str], ...] = (
        ("pose", r"\b(open)?pose\w*\b|\bskeleton\w*\b|\bstick figures?\b"),
        ("depth", r"\bdepth\w*\b"),
        ("edge", r"\bcanny\b|\bedges?\b|\bline ?art\b|\boutlines?\b|\bscribble\b"),
    )
    said = [name for name, pattern in passes if re.search(pattern, words)]
    return said[0] if said else None


def kept_choice(parameter: Parameter) -> int | None:
    """Return the place of the choice that takes the given seed, where another one would draw one; else None."""
    said = [understood(label) for label in parameter.choice_labels]
    drawn = [place for place, words in enumerate(said) if re.search(r"\brandom\w*\b|\bauto\w*\b|\bnew\b", words)]
    kept = [
        place
        for place, words in enumerate(said)
        if re.search(r"\b(fix\w*|keep|kept|manual|custom|given|lock\w*|own|same|use|specif\w+|set)\b", words)
    ]
    return kept[0] if drawn and kept and kept[0] not in drawn else None


def _words(ours: Ours, purpose: Purpose) -> _Words:
    if ours == "prompt" and purpose != "video":
        return _OF_A_LINE if purpose == "voice" else _OF_MUSIC
    return _TABLE[ours]


def _all_are(choices: Sequence[str], ours: Ours) -> bool:
    """Return whether all of several choices are shapes, or lengths with their unit or a word for it."""
    shapes = all(shape_of(choice) for choice in choices) and not all(choice.strip().isdigit() for choice in choices)
    if ours == "size":
        return len(choices) > 1 and shapes
    lengths = all(
        length_of(choice) is not None and not choice.strip().isdigit() and not is_rate(choice) for choice in choices
    )
    return len(choices) > 1 and lengths and not shapes


def _fits_type(parameter: Parameter, ours: Ours) -> bool:
    """Return whether the values of a parameter make sense for one of our names."""
    if ours == "size":
        shown = parameter.choice_labels or (str(parameter.default or ""),)
        return any(shape_of(choice) for choice in shown)
    if ours == "length" and parameter.kind == "choice":
        return any(length_of(choice) is not None and not is_rate(choice) for choice in parameter.choice_labels)
    if ours == "length" and parameter.kind == "text":
        return bool(re.fullmatch(r"\s*\d+(\.\d+)?\s*\w*\s*", str(parameter.default or "")))
    if ours in ("width", "height") and any((shape_of(choice) or (0.0,))[0] for choice in parameter.choice_labels):
        return False  # Both sides at once: a size, however its label is worded.
    if ours in ("width", "height", "fps") and parameter.kind == "choice":
        return all(re.search(r"\d", choice) for choice in parameter.choice_labels)
    if ours == "keep_seed" and parameter.kind == "choice":
        return kept_choice(parameter) is not None
    if ours == "mode":
        return any(re.search(r"image|i2v|picture|photo", understood(choice)) for choice in parameter.choice_labels)
    if ours == "seed" and parameter.kind == "text":
        return bool(
            re.fullmatch(
                r"-?\d*|\?+|random\w*|auto|none|surprise.*|(\d+, ?)*\d+", str(parameter.default or ""), re.IGNORECASE
            )
        )
    return True


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aio" else f"a {kind}"
