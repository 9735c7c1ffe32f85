"""Fetches a link as a task does, and reads what came as the next task does."""

from pathlib import Path

from episodes.requests import FetchRequest, ReadRequest
from episodes.results import Fetched, Readings
from tests.servers.website import Website
from tools.protocols import Call, Input, ToolSettings
from tools.sources import links, reader


def fetch(site: Website, path: str, into: Path, language: str = "en", **options: float) -> Fetched:
    into.mkdir(parents=True, exist_ok=True)
    settings = ToolSettings(options={"allow": [site.host], **options})
    request = FetchRequest(address=site.url(path), language=language, wish="test")
    return links.build(settings).fetch(request, Call(into=into, inputs={}))


def read_fetched(fetched: Fetched, folder: Path, name: str = "the link") -> Readings:
    request = ReadRequest(names=(name,), digests=("0" * 64,), seed=5)
    inputs = {"source:0": Input(folder, fetched)}
    return reader.build(ToolSettings()).read(request, Call(into=Path("/nonexistent"), inputs=inputs))


def said(readings: Readings) -> str:
    return "\n".join(passage.text for passage in readings.passages)
