"""Texts and subtitles as sentences, each with its line or its second."""

import html
import re
from dataclasses import dataclass

from episodes.errors import InputRefused
from episodes.facts import FactKind, Sense
from tools.sources.checks import looks_like_utf16

_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Mx|Dr|Sgt|Det|Lt|Capt|Cpl|Prof|Rev|Hon|St|Ave|Blvd|Rd|No|Apt|Jr|Sr|vs|Gov|Sen|Rep|Insp|Supt|Ofc|"
    r"approx|est|ext|etc)|\b[^\W\d_])\.$"
)
_DAYTIME = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
_DAY = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July|August|\w+ember|October"
)
_BREAK = re.compile(r"[.!?…]+[\"'”’)\]*_]*\s+(?=[\"'“‘(\[]*[^\W_])")
_RECORD = re.compile(
    r"\s*(?:[-*•–—>]\s|\d+[.)]\s|\[?\(?\d{1,2}[:.]\d{2}|\d{4}\s?(?:hrs|h\b)|\d{4}-\d\d-\d\d|[A-Z][\w ]{0,24}:\s)"
)

_WESTERN_SHARE = 0.15
"""Share of bytes beyond ASCII under which a text is Western: French has 0.05, Vietnamese and Greek over 0.3."""

_WRAPPED = 60
"""Characters from which a line may have been broken for width and go on in the next one."""


@dataclass(frozen=True)
class Sentence:
    """A sentence as it stands in a source, names and all: never leaves this folder."""

    text: str
    line: int | None = None
    seconds: float | None = None
    sense: Sense = "read"
    speaker: str = ""
    about: FactKind | None = None


def decode(raw: bytes, name: str) -> str:
    """Return the text of a file in whatever encoding it is. Raises `InputRefused` when it is no text."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return _clean(raw.decode(encoding, errors="replace"))
    if looks_like_utf16(raw):
        return _clean(raw.decode("utf-16-be" if raw[:1] == b"\0" else "utf-16-le", errors="replace"))
    try:
        return _clean(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return _clean(_guess(raw, name))


def _guess(raw: bytes, name: str) -> str:
    # With few letters beyond ASCII a guess by statistics is often wrong, and the encoding nearly always Western.
    if sum(byte > 127 for byte in raw) < _WESTERN_SHARE * len(raw):
        return raw.decode("cp1252", errors="replace")
    from charset_normalizer import from_bytes

    found = from_bytes(raw).best()
    if found is None:
        raise InputRefused(f"{name!r} is in no encoding that we know; save it as UTF-8.")
    return str(found)


def _clean(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\u2028", "\n")
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]", "", text)


def split_text(text: str, markdown: bool) -> tuple[Sentence, ...]:
    """Return the sentences of a plain or Markdown text, with the line that each begins in, from 1."""
    lines = text.split("\n")
    if markdown:
        lines = _strip_markdown(lines)
    sentences: list[Sentence] = []
    for paragraph in _paragraphs(lines):
        sentences += _split_paragraph(paragraph)
    return tuple(sentences)


def _paragraphs(lines: list[str]) -> list[list[tuple[int, str]]]:
    """Join lines that were broken for width only; keep the records of a log apart."""
    found: list[list[tuple[int, str]]] = []
    before = ""
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if text and before and len(before) >= _WRAPPED and not _RECORD.match(text):
            found[-1].append((number, text))
        elif text:
            found.append([(number, text)])
        before = text
    return found


def _split_paragraph(paragraph: list[tuple[int, str]]) -> list[Sentence]:
    whole = " ".join(text for _, text in paragraph)
    starts: list[tuple[int, int]] = []
    position = 0
    for number, text in paragraph:
        starts.append((position, number))
        position += len(text) + 1
    sentences = []
    for start, end in _cuts(whole):
        text = whole[start:end].strip()
        line = max(number for at, number in starts if at <= start)
        if re.search(r"\w", text):
            sentences.append(Sentence(text=text, line=line))
    return sentences


def _cuts(text: str) -> list[tuple[int, int]]:
    cuts: list[tuple[int, int]] = []
    start = 0
    for found in _BREAK.finditer(text):
        before, after = text[start : found.end()].rstrip(), text[found.end() :].lstrip("\"'“‘([")
        dot = found.group().startswith(".")
        daytime = _DAYTIME.search(before)
        if dot and (_DAY.match(after) if daytime else _SHORT.search(before.rstrip("\"'”’)]*_"))):
            continue
        if after[:1].islower():
            continue
        cuts.append((start, found.end()))
        start = found.end()
    return [*cuts, (start, len(text))]


def _strip_markdown(lines: list[str]) -> list[str]:
    """Return the lines without markup; what is no prose (front matter, code, comments) becomes an empty line."""
    kept: list[str] = []
    fence = ""
    comment = False
    front = lines[:1] == ["---"] and "---" in lines[1:]
    for number, line in enumerate(lines):
        mark = re.match(r"\s*(```+|~~~+)", line)
        if front:
            kept.append("")
            front = number == 0 or line.strip() != "---"
        elif mark and (not fence or mark.group(1).startswith(fence)):
            fence = "" if fence else mark.group(1)[:3]
            kept.append("")
        elif fence:
            kept.append("")
        else:
            line, comment = _strip_comments(line, comment)
            kept.append(_strip_marks(line))
    return kept


def _strip_comments(line: str, inside: bool) -> tuple[str, bool]:
    """Return a line without HTML comments, and whether one is still open at its end."""
    if inside:
        _, end, line = line.partition("-->")
        if not end:
            return "", True
    line = re.sub(r"<!--.*?-->", "", line)
    before, start, _ = line.partition("<!--")
    return before, bool(start)


def _strip_marks(line: str) -> str:
    if re.fullmatch(r"\s*(?:[-*_=]\s*){3,}|\s*\|?(?:\s*:?-+:?\s*\|)+\s*:?-*:?\s*|\s*\[[^\]]+\]:\s.*", line):
        return ""
    heading = re.match(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$", line)
    text = heading.group(1) + "." if heading and re.search(r"\w$", heading.group(1)) else line
    text = re.sub(r"^\s*(?:>\s?)+", "", text) if not heading else text
    text = re.sub(r"^\s*(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?", "- ", text) if not heading else heading.group(1)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])", r"\1", text)
    text = re.sub(r"\[\^[^\]]+\]:?|<[a-zA-Z/][^>]*>", "", text)
    text = re.sub(r"<(https?://[^>]*)>", r"\1", text)
    for _ in range(2):  # bold inside italic
        text = re.sub(r"(\*\*\*|\*\*|\*|~~|==|`+)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
        text = re.sub(r"(?<!\w)(__|_)(?=\S)(.+?)(?<=\S)\1(?!\w)", r"\2", text)
    if text.strip().startswith("|"):
        text = ", ".join(cell.strip() for cell in text.strip().strip("|").split("|") if cell.strip())
    return html.unescape(re.sub(r"\\([\\`*_{}\[\]()#+.!|>~-])", r"\1", text)).removeprefix("- ")


def read_subtitles(text: str, ending: str, name: str) -> tuple[Sentence, ...]:
    """Return the subtitles of an SRT or WebVTT text, joined to sentences, each with the second it begins at.

    A file without any subtitle gives none. Raises `InputRefused` when it is no subtitle file.
    """
    timed = _read_vtt(text, name) if ending == ".vtt" else _read_srt(text, name)
    sentences: list[Sentence] = []
    for line, seconds, said in _join(timed):
        sentences += [Sentence(said[start:end].strip(), line, seconds) for start, end in _cuts(said)]
    return tuple(sentence for sentence in sentences if re.search(r"\w", sentence.text))


Timed = tuple[int, float, str]
"""Line in the file, second, text."""


def _read_srt(text: str, name: str) -> list[Timed]:
    import srt

    if text.strip() and "-->" not in text:
        raise InputRefused(f"{name!r} holds no subtitles: there is no time in it.")
    lines = [number for number, line in enumerate(text.split("\n"), 1) if "-->" in line]
    try:
        subtitles = list(srt.parse(text, ignore_errors=True))
    except (srt.SRTParseError, ValueError) as error:
        raise InputRefused(f"{name!r} is a damaged subtitle file.") from error
    return [
        (lines[index] if index < len(lines) else 1, item.start.total_seconds(), _strip_tags(item.content))
        for index, item in enumerate(subtitles)
    ]


def _read_vtt(text: str, name: str) -> list[Timed]:
    import webvtt

    lines = [number for number, line in enumerate(text.split("\n"), 1) if "-->" in line]
    try:
        captions = list(webvtt.from_string(text)) if text.strip() else []
    except webvtt.errors.MalformedFileError as error:
        raise InputRefused(f"{name!r} is no WebVTT file: its first line must be WEBVTT.") from error
    timed = []
    for index, caption in enumerate(captions):
        hours, minutes, seconds = ([*"00", *caption.start.split(":")])[-3:]
        start = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
        voice = re.search(r"<v(?:\.\S+)?\s+([^>]+)>", caption.raw_text)
        said = (f"{voice.group(1).strip()}: " if voice else "") + _strip_tags(caption.text)
        timed.append((lines[index] if index < len(lines) else 1, start, said))
    return timed


def _strip_tags(text: str) -> str:
    text = re.sub(r"\{\\[^}]*\}|</?[a-zA-Z][^>]*>", "", text)
    text = re.sub(r"^\s*(?:>>+|[-–—])\s*", "", text, flags=re.MULTILINE)
    return html.unescape(re.sub(r"\s*\n\s*", " ", text)).strip()


def _join(timed: list[Timed]) -> list[Timed]:
    """Join subtitles that go on in the middle of a sentence."""
    joined: list[Timed] = []
    for line, seconds, text in timed:
        if joined and _goes_on(joined[-1][2], text):
            joined[-1] = (joined[-1][0], joined[-1][1], f"{joined[-1][2]} {text}")
        elif text:
            joined.append((line, seconds, text))
    return joined


def _goes_on(before: str, text: str) -> bool:
    ended = re.search(r"[.!?…\])♪][\"'”’]*$", before)
    return bool(text) and not ended and len(before) < 400 and (text[0].islower() or before.endswith((",", "-", "–")))
