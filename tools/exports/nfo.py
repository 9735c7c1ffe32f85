"""What Kodi, Jellyfin and Plex read about a show and an episode. Form: <https://kodi.wiki/view/NFO_files>."""

import re
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as xml

from episodes.episode import Episode
from episodes.whole_file import replace_file

AI_NOTICE = "AI-generated fiction. Nobody and nothing in it is real."
AI_NOTICE_WITH_FOOTAGE = "AI-generated fiction with real footage in between. The story is invented."
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can't hold, and the control characters that it discourages."""


def write_show_nfo(show: str, year: int, plot: str, path: Path) -> None:
    """Write `tvshow.nfo`. Raises `OutOfSpace`."""
    root = xml.Element("tvshow")
    _put(root, title=show, year=str(year), plot=f"{plot} {AI_NOTICE}".strip(), genre="Comedy", tag="AI-generated")
    _write(root, path)


def write_episode_nfo(episode: Episode, seconds: Fraction, path: Path, *, composite: bool = False) -> None:
    """Write the `.nfo` beside an episode; a `composite` holds the person's own footage as well.

    Raises `ValueError` without a script, and `OutOfSpace`.
    """
    script, notice = episode.the_script, AI_NOTICE_WITH_FOOTAGE if composite else AI_NOTICE
    root = xml.Element("episodedetails")
    _put(
        root, title=script.title, showtitle=episode.brief.show, season=str(episode.season),
        episode=str(episode.number), plot=f"{script.logline} {notice}", runtime=str(max(1, round(seconds / 60))),
        tag="AI-generated", uniqueid=episode.brief.identity,
    )  # fmt: skip
    root.find("uniqueid").attrib.update(type="ten-four", default="true")  # type: ignore[union-attr]
    for character in episode.the_world.characters:
        _put(xml.SubElement(root, "actor"), name=character.name, role=character.role)
    details = xml.SubElement(xml.SubElement(root, "fileinfo"), "streamdetails")
    form = episode.brief.format
    _put(
        xml.SubElement(details, "video"), codec="h264", width=str(form.width), height=str(form.height),
        durationinseconds=str(round(seconds)),
    )  # fmt: skip
    _put(xml.SubElement(details, "audio"), codec="aac", language="eng", channels="2")
    _write(root, path)


def _put(parent: xml.Element, **texts: str) -> None:
    for name, text in texts.items():
        xml.SubElement(parent, name).text = _FORBIDDEN.sub("", text)


def _write(root: xml.Element, path: Path) -> None:
    xml.indent(root)
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    replace_file(path, head + xml.tostring(root, encoding="utf-8") + b"\n")
