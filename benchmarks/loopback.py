"""`python -m benchmarks.loopback OUT`: an episode of which everything outside comes from real servers on loopback.

A language model, two Spaces that make a take in two passes, a third that interpolates, Spaces that speak and compose,
and an article by its address. Says what the record says of who made what, and draws the film as a contact sheet.
"""

import argparse
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from director.settings import HOME
from episodes.store import EpisodeStore, Head, read_head
from tests.servers import openai_compatible as models
from tests.servers import space_apps, space_media, spaces

CHAIN: tuple[space_apps.Kind, ...] = ("zeroscope", "zeroscope_xl", "film")
"""Two passes and interpolation, as the AI WebTV had them."""
ARTICLE = """<!doctype html><html><head><title>Geese close the high street</title></head><body><article>
<h1>Geese close the high street</h1>
{paragraphs}
</article><footer>Cookies. Newsletter. Terms.</footer></body></html>"""


@dataclass
class Servers:
    """Everything that a production asks, running."""

    model: models.Server
    apps: Mapping[str, spaces.App]
    article: str
    """Address of a page."""
    fetched: list[str]
    """Paths that were asked of it."""


def page_handler(body: bytes, asked: list[str]) -> type[BaseHTTPRequestHandler]:
    """Return a handler that answers everything with one page and notes what was asked."""

    class Page(BaseHTTPRequestHandler):
        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Page


@contextmanager
def article() -> Iterator[tuple[str, list[str]]]:
    """Serve a page on a free port of 127.0.0.1; yield its address and the paths that were asked for."""
    text = (HOME / "tests" / "texts" / "goose_article.md").read_text()
    parts = [part for part in text.split("\n\n") if part.strip() and not part.startswith("#")]
    page = ARTICLE.format(paragraphs="\n".join(f"<p>{part.strip()}</p>" for part in parts))
    asked: list[str] = []
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), page_handler(page.encode(), asked))
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{httpd.server_address[1]}/news/geese.html", asked
    finally:
        httpd.shutdown()
        thread.join()
        httpd.server_close()


@contextmanager
def serving(policy: models.Policy | None = None, spare: bool = False) -> Iterator[Servers]:
    """Run all servers until the block ends; with `spare`, a second app of each kind, for `duplicates`."""
    with ExitStack() as stack:
        kinds: tuple[space_apps.Kind, ...] = (*CHAIN, "tts", "musicgen")
        apps: dict[str, spaces.App] = {kind: stack.enter_context(spaces.space(kind, at_once=1)) for kind in kinds}
        if spare:
            apps |= {f"{kind} spare": stack.enter_context(spaces.space(kind, at_once=1)) for kind in kinds}
        model = stack.enter_context(models.openai_compatible(policy))
        address, fetched = stack.enter_context(article())
        yield Servers(model, apps, address, fetched)


def toml_for(servers: Servers, *lines: str) -> str:
    """Return the `director.toml` that sends everything to these servers."""
    chain = ", ".join(f'"{servers.apps[kind].url}"' for kind in CHAIN)
    return "\n".join(
        [
            *lines,
            "[models]",
            'default = "loopback"',
            "[backends]",
            f"video = [{chain}]",
            f'voice = "{servers.apps["tts"].url}"',
            f'music = "{servers.apps["musicgen"].url}"',
            "[sources]",
            f'allow = ["{servers.article.split("/")[2]}"]',
            *(line for name, apps in _tables(servers) for line in _table(name, apps, servers)),
            "",
        ]
    )


def _tables(servers: Servers) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("video", CHAIN), ("voice", ("tts",)), ("music", ("musicgen",)))


def _table(kind: str, apps: tuple[str, ...], servers: Servers) -> list[str]:
    lines = []
    for name in apps:
        lines += [f'[{kind}.space."{servers.apps[name].url}"]', "wait_seconds = 60"]
        if f"{name} spare" in servers.apps:
            lines.append(f'duplicates = ["{servers.apps[f"{name} spare"].url}"]')
    return lines


def produce(folder: Path, servers: Servers, *options: str, timeout: float = 900) -> "subprocess.CompletedProcess[str]":
    """Run the command line in `folder`, where its `director.toml` lies."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "TENFOUR_", "HF_"))}
    environment = kept | {
        "XDG_CACHE_HOME": str(folder / "cache"),
        "OPENAI_BASE_URL": servers.model.base_url,
        "OPENAI_API_KEY": "none",
    }
    command = [sys.executable, str(HOME / "main.py"), "--out", str(folder / "shows")]
    return subprocess.run(
        [*command, *options], cwd=folder, env=environment, capture_output=True, text=True, timeout=timeout, check=False
    )


def record_of(folder: Path) -> tuple[Head, EpisodeStore]:
    """Return head and store of the one episode in `folder`."""
    (found,) = folder.glob("shows/*/Season 01/*/episode.json")
    return read_head(found.parent), EpisodeStore(found.parent)


def proof(head: Head) -> str:
    """Return who made what, as the record has it, in lines."""
    answered = Counter((item.role, item.model if item.by == "model" else "rules") for item in head.answered)
    made = Counter((item.kind, item.tool) for item in head.made)
    lines = [f"  {role:<20} {who:<28} {count:>4} answers" for (role, who), count in sorted(answered.items())]
    lines += [f"  {kind:<20} {tool:<28} {count:>4} pieces" for (kind, tool), count in sorted(made.items())]
    return "\n".join([*lines, f"  stood in: {len(head.stood_in)}"])


def main() -> int:
    """Make the episode and say what its record says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.loopback", description=__doc__.split("\n")[0])
    parser.add_argument("out", type=Path, help="an empty folder")
    parser.add_argument("--theme", default="geese close the high street")
    parser.add_argument("--format", default="wide")
    parser.add_argument("--minutes", default="1")
    given = parser.parse_args()
    folder: Path = given.out.absolute()
    folder.mkdir(parents=True)
    os.environ[space_media.SCENES] = "1"  # Somebody will look at it.
    with serving() as servers:
        (folder / "director.toml").write_text(toml_for(servers, "passes = 1"))
        wish = (
            "--source",
            servers.article,
            "--theme",
            given.theme,
            "--format",
            given.format,
            "--minutes",
            given.minutes,
        )
        done = produce(folder, servers, *wish)
        print(done.stdout, done.stderr if done.returncode else "", sep="")
        print(proof(record_of(folder)[0]))
        print(f"  asked: model {servers.model.calls}, article {len(servers.fetched)}", end="")
        print("".join(f", {name} {app.calls}" for name, app in servers.apps.items()))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
