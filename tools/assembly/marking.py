"""What the film says of itself: titles, chapters, and that a machine made it.

The mark stands in two places: in the plain metadata that every player and `ffmpeg -i` shows, and as an XMP packet
with the IPTC term, in the box that ISO media files keep XMP in (XMP specification part 3, 1.2.3).
"""

import os
import re
import struct
import uuid
from fractions import Fraction
from pathlib import Path
from xml.sax.saxutils import escape

from episodes.cut import Chapter
from episodes.film_requests import AssembleRequest, TeaseRequest
from tools.assembly.pcm import disk_full_told

DIGITAL_SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""The IPTC's term for media that a machine made, <https://cv.iptc.org/newscodes/digitalsourcetype/>."""

_XMP_BOX = uuid.UUID("be7acfcb-97a9-42e8-9c71-999491e3afac").bytes


COMPOSITE_SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
"""The IPTC's term for media of which a machine made a part, and a camera another."""


def ai_statement(made_by: tuple[str, ...], *, seen: bool = True, composite: bool = False) -> str:
    """Return the sentences that say who made the film, the IPTC term first: players show some 200 letters of them.

    Without anything to be `seen`, as in a radio play, no pictures are named. A `composite` holds real footage as well.
    """
    makers = f" ({', '.join(made_by)})" if made_by else ""
    made = "Script, pictures, voices and music" if seen else "Script, voices and music"
    if composite:
        return (
            f"AI-generated fiction with real footage in between, digital_source_type={COMPOSITE_SOURCE_TYPE}. "
            f"The story is invented. {made}, but for that footage, were made by software{makers}."
        )
    return (
        f"AI-generated fiction, digital_source_type={DIGITAL_SOURCE_TYPE}. "
        f"Nobody and nothing in it is real. {made} were made by software{makers}."
    )


def metadata(request: AssembleRequest | TeaseRequest, seconds: Fraction) -> str:
    """Return the film's or the play's tags and chapters in ffmpeg's `ffmetadata` form."""
    seen = bool(request.segments)
    statement = ai_statement(request.made_by, seen=seen, composite=request.composite)
    tags = {
        "title": request.title,
        "show": request.show,
        "season_number": str(request.season),
        "episode_sort": str(request.number),
        "episode_id": f"S{request.season:02}E{request.number:02}",
        "media_type": "10" if seen else "2",  # in iTunes' numbering a television show, or an audiobook with chapters
        "artist": ", ".join(request.made_by) or "software",
        "comment": statement,
        "description": f"{request.summary} {statement}".strip(),
        "synopsis": f"{request.summary} {statement}".strip(),
    }
    lines = [";FFMETADATA1", *(f"{key}={_escaped(value)}" for key, value in tags.items())]
    return "\n".join([*lines, *_chapters(request.chapters, seconds)]) + "\n"


def append_xmp(film: Path, request: AssembleRequest | TeaseRequest) -> None:
    """Append the XMP packet to a finished film, after the media, so that no offset in it changes."""
    statement = ai_statement(request.made_by, seen=bool(request.segments), composite=request.composite)
    packet = _XMP.format(
        source=COMPOSITE_SOURCE_TYPE if request.composite else DIGITAL_SOURCE_TYPE,
        title=escape(_plain(request.title)),
        statement=escape(_plain(statement)),
    ).encode()
    with disk_full_told(), film.open("ab") as file:
        file.write(struct.pack(">I4s", 24 + len(packet), b"uuid") + _XMP_BOX + packet)
        file.flush()
        os.fsync(file.fileno())


def _chapters(chapters: tuple[Chapter, ...], seconds: Fraction) -> list[str]:
    """Return the chapters that begin inside the film, each ending where the next begins."""
    inside = sorted((c for c in chapters if 0 <= c.at < seconds), key=lambda chapter: chapter.at)
    ends = [chapter.at for chapter in inside[1:]] + [seconds] * bool(inside)
    lines = []
    for chapter, end in zip(inside, ends, strict=True):
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={round(chapter.at * 1000)}", f"END={round(end * 1000)}"]
        lines.append(f"title={_escaped(chapter.title)}")
    return lines


def _plain(text: str) -> str:
    """Return a text in one line without control characters or halves of surrogate pairs."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", " ", text).split())


def _escaped(text: str) -> str:
    return re.sub(r"([=;#\\])", r"\\\1", _plain(text))


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
   <Iptc4xmpExt:DigitalSourceType>{source}</Iptc4xmpExt:DigitalSourceType>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{statement}</rdf:li></rdf:Alt></dc:description>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""
