"""PDF files as text, a page after the other."""

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

from episodes.errors import InputRefused

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 100
"""Pages that are read: a report of an event has ten."""

LIMIT_SECONDS = 60.0
"""Wall time after which no further page is begun; a page of text takes 0.05 s."""

MOST_CHARACTERS = 500_000
"""Of text: as much is searched for names in half a minute."""


def open_paper(path: Path, name: str) -> "PdfReader":
    """Return a reader of a PDF file whose pages can be counted.

    Raises `InputRefused` for one that is damaged, encrypted with a password, or has no page.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(path)
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if locked else len(reader.pages)
    except (DependencyError, NotImplementedError):
        # So pypdf says that it has no key for this lock: an encryption that it does not know, or lacks a library for.
        locked, pages = True, 0
    except (PyPdfError, OSError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError) as error:
        # pypdf meets damage with whatever its parser stumbles over.
        raise InputRefused(f"{name!r} is damaged: it can't be opened as a PDF.") from error
    if locked:
        raise InputRefused(f"{name!r} is locked with a password: print it to a PDF without one and give that.")
    if not pages:
        raise InputRefused(f"{name!r} is a PDF without a page.")
    return reader


def read_paper(path: Path, name: str) -> str:
    """Return the text of the first 100 pages, pages parted by an empty line.

    Raises `InputRefused` for what `open_paper` refuses and for one without text, as a scan is.
    """
    deadline = time.monotonic() + LIMIT_SECONDS
    parts: list[str] = []
    for page in open_paper(path, name).pages[:MOST_PAGES]:
        if time.monotonic() > deadline or sum(map(len, parts)) > MOST_CHARACTERS:
            break
        try:
            parts.append(page.extract_text().strip())
        except Exception:  # noqa: BLE001 — one page that pypdf can't take apart is left out, whatever stopped it.
            continue
    text = "\n\n".join(part for part in parts if part)[:MOST_CHARACTERS]
    if not re.search(r"\w", text):
        raise InputRefused(f"{name!r} holds pictures of pages and no text: recognise its text first, or type it.")
    # A word that was broken at a line's end goes back together; the line stays, so that numbers of lines hold.
    return re.sub(r"(\w)-\n([a-z]\w*)", r"\1\2\n", text)
