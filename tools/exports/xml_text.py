"""XML as the exports write it: text that any reader takes, and whole documents."""

import re
from xml.etree import ElementTree as xml

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can't hold, and the control characters that it discourages."""


def clean(text: str) -> str:
    """Return the text without what XML can't hold."""
    return _FORBIDDEN.sub("", text)


def put(parent: xml.Element, tag: str, text: str = "", /, **attributes: str) -> xml.Element:
    """Add an element with a text and attributes, and return it."""
    made = xml.SubElement(parent, tag, {key: clean(value) for key, value in attributes.items()})
    made.text = clean(text) or None
    return made


def document(root: xml.Element, doctype: str = "", standalone: bool = False) -> bytes:
    """Return the whole document, indented, in UTF-8."""
    xml.indent(root)
    head = '<?xml version="1.0" encoding="UTF-8"' + (' standalone="yes"?>' if standalone else "?>")
    parts = [head, *([doctype] if doctype else []), xml.tostring(root, encoding="unicode"), ""]
    return "\n".join(parts).encode()
