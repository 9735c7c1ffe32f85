"""Productions from links and folders, by the real command line; they stop before the camera."""

import re
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from director import briefing, settings
from director.patience import ATTEMPTS_OUTSIDE
from director.settings import HOME, Settings
from episodes.episode import Episode
from episodes.errors import InputRefused
from episodes.store import EpisodeStore, read_head
from tests.servers.website import Answer, Website, website
from tests.studio import Lot
from tests.tools_sources.test_reader import REAL_NAMES
from tools import ffmpeg

pytestmark = [pytest.mark.xdist_group("sources"), pytest.mark.timeout(400)]

TEXTS = HOME / "tests" / "texts"


def page(markdown: str) -> Answer:
    """A page of a newspaper with the text of one of our articles."""
    body = re.sub(r"(?s)^---.*?---\n", "", markdown)
    parts = "".join(f"<p>{re.sub(r'[*#>`]', '', part).strip()}</p>" for part in body.split("\n\n"))
    return Answer(
        f"<html><head><title>The Courier</title></head><body><article>{parts}</article></body></html>".encode()
    )


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    picture = ["-f", "lavfi", "-i", "testsrc=s=160x90:r=10:d=1", "-c:v", "libx264", "-preset", "ultrafast"]
    ffmpeg.run([*picture, "-pix_fmt", "yuv420p", path])
    return path.read_bytes()


@pytest.fixture(scope="module")
def site(clip: bytes) -> Iterator[Website]:
    article = page((TEXTS / "goose_article.md").read_text())
    with website(
        {"/news/goose": article, "/clip.mp4": Answer(clip, "video/mp4"), "/down": Answer(b"", status=503)}
    ) as made:
        yield made


def lot_for(site: Website, folder: Path) -> Lot:
    lot = Lot(folder, theme="a night of small crimes")
    toml = folder / "director.toml"
    toml.write_text(f'{toml.read_text()}\n[sources]\nallow = ["{site.host}"]\n')
    return lot


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory, site: Website) -> Lot:
    lot = lot_for(site, tmp_path_factory.mktemp("linked"))
    done = lot.run(*options(site), "--stop-at", "shots")
    assert done.returncode == 0, done.stderr[-3000:]
    return lot


def options(site: Website) -> list[str]:
    links = [site.url("/news/goose?session=canary-77aa"), site.url("/clip.mp4"), str(TEXTS / "trolley_log.txt")]
    return [item for link in links for item in ("--source", link)]


def episode_of(lot: Lot) -> Episode:
    return EpisodeStore(lot.record()).episode(read_head(lot.record()).revision)


def fetches(lot: Lot) -> int:
    return sum(kind == "fetch" for kind, _ in lot.begun())


def test_facts_of_a_page_reach_the_script_with_its_address_and_line(linked: Lot, site: Website) -> None:
    episode = episode_of(linked)
    assert episode.facts is not None
    name = f"{site.host}/news/goose"
    assert [source.name for source in episode.brief.sources] == [name, f"{site.host}/clip.mp4", "trolley_log.txt"]
    facts = {fact.id: fact for fact in episode.facts.facts if fact.place.source == name}
    used = {fact for line in episode.the_script.lines for fact in line.facts} & set(facts)
    assert len(used) >= 4
    assert all(facts[fact].place.line for fact in used)
    assert [(picture.source, picture.width) for picture in episode.facts.pictures] == [(f"{site.host}/clip.mp4", 160)]
    said = (linked.record() / "script.fountain").read_text()
    # Our own cast may share a name with somebody in a source that was not read here.
    read = " ".join((TEXTS / text).read_text() for text in ("goose_article.md", "trolley_log.txt"))
    names = [name for name in REAL_NAMES if len(name) > 4 and name in read]
    assert len(names) > 10
    assert not [name for name in names if re.search(rf"\b{re.escape(name)}\b", said)]


def test_what_was_fetched_lies_in_the_cache_and_nowhere_near_the_film(linked: Lot, clip: bytes) -> None:
    copies = [path for path in linked.folder.rglob("*") if path.is_file() and path.read_bytes() == clip]
    assert len(copies) == 1
    assert linked.cache / "media" in copies[0].parents
    assert not [path for path in linked.out.rglob("*") if path.name.startswith(("link-", "page.", "video."))]
    for path in linked.out.rglob("*"):
        if path.is_file() and path.suffix not in (".json", ".jsonl"):
            assert b"canary-77aa" not in path.read_bytes(), path


def test_a_fetch_stands_in_the_ledger(linked: Lot) -> None:
    with closing(sqlite3.connect(linked.record() / "ledger.sqlite")) as ledger:
        rows = ledger.execute("SELECT label, tool, state FROM calls WHERE kind = 'fetch' ORDER BY label").fetchall()
    assert rows == [("link-1", "embedded-fetcher", "done"), ("link-2", "embedded-fetcher", "done")]


def test_a_run_that_goes_on_fetches_nothing_twice(linked: Lot, site: Website) -> None:
    assert fetches(linked) == 2
    asked = len(site.asked)
    for path in (linked.cache / "checkpoints").glob("*"):
        path.unlink()
    (linked.record() / "script.fountain").unlink()
    done = linked.run(*options(site), "--stop-at", "shots")
    assert done.returncode == 0, done.stderr[-3000:]
    assert len(site.asked) == asked
    assert fetches(linked) == 2


def test_a_power_cut_after_a_fetch_costs_no_second_one(tmp_path: Path, site: Website) -> None:
    lot = lot_for(site, tmp_path / "lot")
    source = ("--source", site.url("/news/goose"), "--stop-at", "script")
    lot.run(*source, TENFOUR_CRASH_AT="shelf.cached", TENFOUR_CRASH_COUNT=str(tmp_path / "count"))
    asked = len(site.asked)
    assert fetches(lot) == 1
    done = lot.run(*source)
    assert done.returncode == 0, done.stderr[-3000:]
    assert (fetches(lot), len(site.asked)) == (1, asked)


def test_of_two_links_one_that_fails_stops_the_run_and_the_other_is_kept(tmp_path: Path, site: Website) -> None:
    lot = lot_for(site, tmp_path / "lot")
    site.routes["/later"] = Answer(b"", status=404)
    source = ("--source", site.url("/later"), "--source", site.url("/news/goose"), "--stop-at", "script")
    done = lot.run(*source)
    assert done.returncode == 2
    last = done.stderr.strip().splitlines()[-1]
    assert "404" in last
    assert "/later" in last
    assert "Traceback" not in done.stderr
    site.routes["/later"] = page("The goose came back to the bank. It took 12 pens.\n\nOfficers gave it a lift home.")
    before = [path for path, _ in site.asked].count("/news/goose")
    assert lot.run(*source).returncode == 0
    assert [path for path, _ in site.asked].count("/news/goose") == before


def test_a_site_that_cannot_serve_is_asked_again_and_then_said(tmp_path: Path, site: Website) -> None:
    lot = lot_for(site, tmp_path / "lot")
    before = [path for path, _ in site.asked].count("/down")
    done = lot.run("--source", site.url("/down"), "--stop-at", "script")
    assert done.returncode == 1
    assert "run the same command again later" in done.stderr
    assert [path for path, _ in site.asked].count("/down") == before + ATTEMPTS_OUTSIDE


def test_ctrl_c_does_not_wait_for_a_site_that_drips(tmp_path: Path, site: Website) -> None:
    lot = lot_for(site, tmp_path / "lot")
    site.routes["/drip"] = Answer(b"<p>a goose" * 200, drip=0.5)  # 1,000 seconds
    asked = [path for path, _ in site.asked].count("/drip")
    process = lot.start("--source", site.url("/drip"), "--stop-at", "script")
    while [path for path, _ in site.asked].count("/drip") == asked and process.poll() is None:
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=120) == 130
    assert lot.log().strip().splitlines()[-1] == "Stopped. Run the same command again to go on from here."


# ---- what the person typed ------------------------------------------------------------------------------------------


def test_another_wish_looks_anew(site: Website) -> None:
    from director import crews
    from episodes.brief import Brief
    from episodes.source_plan import source_plan

    allowed = Settings(options={"reader": {"allow": [site.host]}})
    sources = briefing.read_sources([site.url("/a"), site.url("/a"), site.url("/b")], allowed)
    one = source_plan(Brief(theme="a", sources=sources), crews.belt(allowed))
    other = source_plan(Brief(theme="b", sources=sources), crews.belt(allowed))
    assert [task.kind for task in one.tasks] == ["fetch", "fetch", "read"]
    assert not {task.key for task in one.tasks} & {task.key for task in other.tasks}
    assert [source.name for source in sources] == [f"{site.host}/a", f"{site.host}/a (2)", f"{site.host}/b"]
    assert {need.key for need in one.tasks[-1].needs} == {task.key for task in one.tasks[:-1]}


def test_a_folder_gives_its_files_in_order_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    (folder / "more").mkdir(parents=True)
    for name in ("b.md", "a.txt", ".hidden.txt"):
        (folder / name).write_text(f"The goose took {name}.")
    (folder / "c.docx").write_bytes(b"PK\3\4")
    (folder / "d.pdf").write_bytes(b"no paper")
    told: list[str] = []
    sources = briefing.read_sources([str(folder), str(TEXTS / "trolley_log.txt")], Settings(), told.append)
    assert [source.name for source in sources] == ["a.txt", "b.md", "trolley_log.txt"]
    (sentence,) = told
    for word in ("2 files are read", ".hidden.txt (hidden)", "c.docx (", "d.pdf (", "more (a folder)"):
        assert word in sentence
    with pytest.raises(InputRefused, match="holds no file"):
        briefing.read_sources([str(folder / "more")], Settings())


def test_of_a_large_folder_twenty_files_are_read_and_the_rest_is_named(tmp_path: Path) -> None:
    for number in range(25):
        (tmp_path / f"{number:02d}.txt").write_text(f"The goose took {number} rolls.")
    told: list[str] = []
    sources = briefing.read_sources([str(tmp_path)], Settings(), told.append)
    assert [source.name for source in sources] == [f"{number:02d}.txt" for number in range(20)]
    assert "24.txt (more than 20)" in told[0]
    with pytest.raises(InputRefused, match="20 sources are the most; there are 21"):
        briefing.read_sources([str(tmp_path), str(tmp_path / "24.txt")], Settings())


def test_the_settings_allow_and_only_they(tmp_path: Path, site: Website) -> None:
    (tmp_path / "director.toml").write_text(f'[sources]\nallow = ["{site.host}"]\n')
    allowed = settings.load({}, {}, tmp_path)
    source = briefing.read_source(site.url("/a?token=x#part"), allowed)
    assert (source.name, source.address) == (f"{site.host}/a", site.url("/a?token=x"))
    with pytest.raises(InputRefused, match="no public site"):
        briefing.read_source(site.url("/a"))
    assert site.connections == len(site.asked)
    assert briefing.read_source("www.example.org/x").address == "https://www.example.org/x"


def test_no_source_needs_nothing_that_fetches(tmp_path: Path) -> None:
    import subprocess
    import sys

    program = (
        "import sys, argparse, main\nfrom director import briefing\n"
        "given = main.parser().parse_args(['--theme', 'a goose', '--source', 'https://example.org/a'])\n"
        "briefing.read_brief(given)\n"
        "print(sorted(m for m in ('httpcore', 'yt_dlp', 'trafilatura', 'pypdf', 'feedparser', 'lxml', 'langgraph')"
        " if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=HOME, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
