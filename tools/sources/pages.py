"""Web pages as text: what a reader would read of them, without menus, advertisements and scripts."""

import re
from collections.abc import Iterable
from datetime import date

from episodes.errors import InputRefused

MOST_CHARACTERS = 500_000
"""Of text: as much is searched for names in half a minute."""


def read_page(raw: bytes, name: str) -> str:
    """Return title, date and paragraphs of a page, parted by empty lines. Reaches no network.

    Raises `InputRefused` for a page without text of its own, as those are that a script fills.
    """
    from trafilatura import bare_extraction, html2txt

    found = bare_extraction(raw, include_comments=False, with_metadata=True)
    document = found if found is None or isinstance(found, dict) else found.as_dict()
    document = document or {}
    text = str(document.get("text") or "") or html2txt(raw)
    if len(re.findall(r"\w+", text)) < 3:
        raise InputRefused(
            f"{name!r} holds no text to read; if a browser shows some, save the page from there and give the file."
        )
    paragraphs = [line.strip() for line in text[:MOST_CHARACTERS].split("\n")]
    return join_text(str(document.get("title") or ""), str(document.get("date") or ""), paragraphs)


def join_text(title: str, iso_date: str, paragraphs: Iterable[str]) -> str:
    """Return title, day and paragraphs, parted by empty lines, as a text in which each line is what it was."""
    title = " ".join(title.split())
    try:
        day = date.fromisoformat(iso_date[:10])
        written = f"This was written on {day.day} {day:%B %Y}."
    except ValueError:
        written = ""
    kept = [part for part in paragraphs if part]
    if kept and kept[0].rstrip(".") == title.rstrip("."):
        del kept[0]
    head = f"{title}." if re.search(r"\w$", title) else title
    return "\n\n".join(part for part in (head, written, *kept) if part)


def strip_markup(fragment: str) -> str:
    """Return the text of a piece of HTML, such as a feed's summary, in one line."""
    from lxml import html  # type: ignore[import-untyped]
    from lxml.etree import ParserError  # type: ignore[import-untyped]

    if not fragment.strip():
        return ""
    try:
        text = str(html.document_fromstring(fragment).text_content())
    except (ParserError, ValueError):
        text = re.sub(r"<[^>]*>", " ", fragment)
    return " ".join(text.split())
