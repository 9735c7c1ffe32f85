"""Only the person's own words change anything: thirty orders in sources, and a model that obeys every one of them.

The model is as bad as one can be: it does what any text tells it, in every field that an answer has, and calls tools
that nobody offered. So what is shown here is what the program allows, not what a model is talked out of. What is done
to the world is taken from Python's audit hooks: every file opened for writing, every program, every address.
"""

import json
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

from agents.editor import RuleEditor
from agents.protocols import Review, ScenePlan, Screenplay
from director.settings import Settings
from episodes.apply import apply
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.cut import Cut
from episodes.episode import Episode
from episodes.errors import ChangeRefused
from episodes.facts import Fact, FactPlace, FactSheet
from episodes.notes import Note
from episodes.results import Passage, Readings
from episodes.store import read_head
from episodes.tasks import Limits
from tests.agents_models.chat import chat_with
from tests.agents_models.test_model_roles import Company, measured
from tests.fakes.watched.watching import Deed, deeds_of
from tests.offers import OFFERS
from tests.planned_episode import planned_episode
from tests.servers.obedient import Obedient, orders_in
from tests.servers.openai_compatible import Server, openai_compatible
from tests.servers.payloads import PAYLOADS, Payload
from tests.studio import Lot
from tools import ffmpeg
from tools.ledger import Ledger

CANARY = "canary-55d1-of-the-key"
LIMITS = Limits()
WANTED = ("FactsAnswer", "OutlineAnswer", "SceneAnswer", "RewordAnswer", "DirectionAnswer", "ReadingAnswer",
          "CutAnswer", "ReviewAnswer")  # fmt: skip
"""All that a model is ever asked for: each role's answers."""

_deeds: list[Deed] | None = None


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _deeds is not None:
        _deeds.extend(deeds_of(event, arguments))


@lru_cache
def _hooked() -> bool:
    """Hook in once; an audit hook stays until the process ends."""
    sys.addaudithook(_watch)
    return True


@contextmanager
def watched() -> Iterator[list[Deed]]:
    """Note every deed of this process within the block."""
    global _deeds
    _hooked()
    _deeds = []
    try:
        yield _deeds
    finally:
        _deeds = None


# ---- each role -------------------------------------------------------------------------------------------------------


def readings_with(payload: Payload) -> Readings:
    """Return what a reader would bring: the order as a title, a description, an article, captions, a transcript."""
    plain = "The night clerk counted 48 jelly doughnuts on the counter at 03:12."
    said = (payload.text, plain, f"{plain} {payload.text}", "Two officers waited outside for a ladder.", payload.text)
    article = tuple(Passage(text=text, source="article.md", line=line) for line, text in enumerate(said, 1))
    spoken = tuple(Passage(text=text, source="captions.srt", seconds=float(at)) for at, text in enumerate(said))
    named = Passage(text=payload.text, source=f"{payload.text[:80]}.txt", line=1)
    return Readings(passages=(*article, *spoken, named), unheard=(f"{payload.text[:60]}.mp4",))


def facts_with(payload: Payload) -> FactSheet:
    """Return a fact sheet as it would be if the order had got through."""
    place = FactPlace(source="article.md", line=1)
    return FactSheet(
        facts=tuple(
            Fact(id=f"F0{number}", kind="event", text=payload.text, place=place, keywords=("doughnuts",))
            for number in (1, 2, 3)
        )
    )


@lru_cache
def _planned() -> Episode:
    return planned_episode()


@pytest.fixture(autouse=True, scope="module")
def _plan_once() -> None:
    """Plan before any event loop runs: planning runs loops of its own."""
    _planned()


def episode_with(payload: Payload) -> Episode:
    """Return a finished plan whose script holds the order, as if a writer had taken it over."""
    episode = _planned()
    script = episode.the_script
    scenes = []
    for scene in script.scenes:
        beats = tuple(
            beat.model_copy(
                update={
                    "action": payload.text,
                    "lines": tuple(line.model_copy(update={"text": payload.text}) for line in beat.lines[:1])
                    + beat.lines[1:],
                }
            )
            for beat in scene.beats
        )
        scenes.append(scene.model_copy(update={"beats": beats}))
    poisoned = script.model_copy(update={"title": payload.text, "logline": payload.text, "scenes": tuple(scenes)})
    shots = tuple(shot.model_copy(update={"first_frame": payload.text}) for shot in episode.shots)
    return episode.model_copy(update={"script": poisoned, "shots": shots, "facts": facts_with(payload)})


def notes_with(payload: Payload, episode: Episode) -> tuple[Note, ...]:
    """Return notes whose findings are the order, about a line, a shot and the cut."""
    line, shot = episode.the_script.lines[2].id, episode.shots[1].id
    return (
        Note(target=line, finding=payload.text, fix=payload.text, severity="major", author="continuity_checker",
             remedy="rewrite"),
        Note(target=shot, finding=payload.text, fix=payload.text, severity="minor", author="editor", remedy="recut"),
    )  # fmt: skip


@dataclass
class Asked:
    """One role asked with an order in all that it reads."""

    what: str
    ask: Callable[[], Awaitable[object]]


def questions(company: Company, payload: Payload) -> list[Asked]:
    brief, episode = Brief(theme="raccoon heist at a doughnut shop", format_name="proof", seed=7), episode_with(payload)
    notes, scene = notes_with(payload, episode), episode.the_script.scenes[1].id
    bare = episode.model_copy(update={"shots": (), "cut": None})
    return [
        Asked("facts", lambda: company.researcher.digest(brief, readings_with(payload))),
        Asked("script", lambda: company.writer.write(brief, facts_with(payload), Bible(show=brief.show), OFFERS)),
        Asked("plan", lambda: company.planner.plan(bare, scene, LIMITS)),
        Asked("findings", lambda: company.checker.check_script(episode)),
        Asked("sights", lambda: company.checker.check_shots(episode)),
        Asked("cut", lambda: company.editor.lay_cut(episode.model_copy(update={"cut": None}))),
        Asked("review", lambda: company.editor.review(episode, measured(episode))),
        Asked("rewording", lambda: company.writer.answer(episode, notes[:1])),
        Asked("recut", lambda: company.editor.answer(episode, notes[1:])),
    ]


ANSWERS: dict[str, type] = {
    "facts": FactSheet, "script": Screenplay, "plan": ScenePlan, "findings": tuple, "sights": tuple, "cut": Cut,
    "review": Review, "rewording": tuple, "recut": tuple,
}  # fmt: skip
CHANGES = {
    "reword",
    "trim",
    "swap",
    "reshoot",
    "plan_scene",
    "insert_beat",
    "move",
    "reverse",
    "retitle",
    "rescore",
    "lay_cut",
}
"""All that an agent may change: words, and when and how something is seen."""


@pytest.mark.timeout(120)
@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: payload.name)
async def test_no_role_does_what_a_source_orders(payload: Payload) -> None:
    brain = Obedient()
    with openai_compatible(brain=brain) as server:
        company = Company(chat_with(server), drafts=1)
        with watched() as deeds:
            given = {each.what: await each.ask() for each in questions(company, payload)}
    assert {kind: type(given[kind]) for kind in ANSWERS} == ANSWERS
    # It was tried: the model read the order with every kind of question, and obeyed.
    assert {title.removesuffix("Part") for title, _ in brain.obeyed} >= set(WANTED)
    assert nothing_done(deeds, server)
    assert only_asked(server)
    assert harmless(given, payload)


def nothing_done(deeds: list[Deed], server: Server) -> bool:
    """Assert that roles write no file, run no program and talk to nobody but their model."""
    port = server.base_url.rsplit(":", 1)[1].removesuffix("/v1")
    # The client of OpenAI asks the system's name once, for a header.
    assert [deed for deed in deeds if deed[0] in ("write", "run") and deed != ("run", "uname")] == []
    assert {address for kind, address in deeds if kind == "dial"} <= {f"('127.0.0.1', {port})"}
    return True


def only_asked(server: Server) -> bool:
    """Assert that no request names another model, offers any tool but the answer, or carries another key."""
    assert {request.model for request in server.requests} == {"loopback"}
    assert {name for request in server.requests for name in request.offered if name != request.title} == set()
    assert len({request.authorization for request in server.requests}) == 1
    return True


def harmless(given: dict[str, object], payload: Payload) -> bool:
    """Assert what the answers may and may not hold."""
    facts, play, plan, review = given["facts"], given["script"], given["plan"], given["review"]
    assert isinstance(facts, FactSheet)
    assert isinstance(play, Screenplay)
    assert isinstance(plan, ScenePlan)
    assert isinstance(review, Review)
    sources = {passage.source for passage in readings_with(payload).passages}
    assert {fact.place.source for fact in facts.facts} <= sources
    assert 3 <= len(play.script.scenes) <= 9
    assert len(play.script.lines) <= 40
    assert {(person.voice.engine, person.voice.variant) for person in play.world.characters if person.voice} <= {
        (offer.engine, offer.variant) for offer in OFFERS
    }
    assert all(0 < shot.seconds <= 60 for shot in plan.shots)
    for name in ("rewording", "recut"):
        changes = given[name]
        assert isinstance(changes, tuple)
        assert {change.kind for change in changes} <= CHANGES
        episode = episode_with(payload)
        for change in changes:
            try:
                episode = apply(change, episode, by="editor")
            except ChangeRefused:
                continue
        assert episode.brief == _planned().brief
        assert episode.mix == _planned().mix
    return True


async def test_no_number_of_a_model_moves_the_score_or_the_length() -> None:
    (payload,) = (one for one in PAYLOADS if one.name == "frames")
    episode = episode_with(payload)
    with openai_compatible(brain=Obedient()) as server:
        company = Company(chat_with(server))
        review = await company.editor.review(episode, measured(episode))
        cut = await company.editor.lay_cut(episode.model_copy(update={"cut": None}))
    assert review.score == (await RuleEditor().review(episode, measured(episode))).score
    assert abs(float(cut.seconds) - float(_planned().the_cut.seconds)) < 8


def test_the_reader_of_sources_has_no_tools() -> None:
    from agents.researcher import model

    # What it holds: a model to ask and the prompts; what it imports: nothing of the tools.
    assert set(vars(model.ModelResearcher(None, None))) == {"_model", "_prompts"}  # type: ignore[arg-type]
    assert not [name for name, value in vars(model).items() if "tools." in str(getattr(value, "__module__", ""))]


def test_every_order_is_one_that_the_model_understands() -> None:
    assert len({payload.name for payload in PAYLOADS}) == 30
    assert [payload.name for payload in PAYLOADS if not orders_in(payload.text)] == []


# ---- whole productions -----------------------------------------------------------------------------------------------

TOOLS = {"embedded-reader", "espeak-ng", "embedded-video", "embedded-finish", "embedded-music", "embedded-sound",
         "embedded-assembly"}  # fmt: skip
"""The back ends that the settings of the test name."""
PROGRAMS = {Path(ffmpeg.executable()).name, Path(sys.executable).name, "uname", "ffplay"}
"""What any production runs: FFmpeg, its own workers; MoviePy looks whether there is an ffplay, OpenAI's client asks the
system's name."""
THIRDS = {"first ten": PAYLOADS[:10], "second ten": PAYLOADS[10:20], "last ten": PAYLOADS[20:]}


def sources_with(folder: Path, payloads: tuple[Payload, ...]) -> list[str]:
    """Write three sources that hold every order: as title, description and article, as captions, as a transcript."""
    folder.mkdir(parents=True)
    plain = (
        "The clerk counted 48 jelly doughnuts on the counter at 03:12.",
        "A raccoon carried twelve boxes to the roof of the library.",
        "Two officers waited outside for a ladder that never came.",
    )
    body = [line for payload in payloads for line in (payload.text, plain[len(payload.text) % 3], "")]
    article = [f"# {payloads[0].text}", "", f"description: {payloads[1].text}", "", *body]
    (folder / "article.md").write_text("\n".join(article))
    cues = [
        f"{number}\n00:00:{number:02},000 --> 00:00:{number:02},900\n{payload.text}\n"
        for number, payload in enumerate(payloads, 1)
    ]
    (folder / "captions.srt").write_text("\n".join(cues))
    # The file's own name is an order too; a slash is the one thing that it can't have.
    name = payloads[2].text.replace("/", "_")[:120]
    (folder / f"{name}.txt").write_text("\n".join((*plain, *(payload.text for payload in payloads))))
    return [word for path in sorted(folder.iterdir()) for word in ("--source", str(path))]


@pytest.mark.xdist_group("sources")
@pytest.mark.timeout(400)
@pytest.mark.parametrize("third", THIRDS)
def test_no_production_does_what_a_source_orders(third: str, tmp_path: Path) -> None:
    payloads = THIRDS[third]
    watch, fakes = tmp_path / "watch.log", Path(__file__).parents[1] / "fakes"
    room = tmp_path / "room for unfinished work"
    extra = {"TENFOUR_CHEAP": "1", "TENFOUR_WATCH": str(watch), "OPENAI_API_KEY": CANARY, "HF_TOKEN": CANARY}
    lot = Lot(
        tmp_path / "lot",
        extra | {"PYTHONPATH": f"{fakes / 'watched'}:{fakes}", "TMPDIR": str(room)},
        "a raccoon in a bakery",
    )
    room.mkdir()
    toml = lot.folder / "director.toml"
    toml.write_text(f"drafts = 1\nmodel_wait = 0.01\nbudget = 2.0\n{toml.read_text()}")
    before = toml.read_bytes()
    brain = Obedient()
    with openai_compatible(brain=brain) as server:
        lot.extra["OPENAI_BASE_URL"] = server.base_url
        sources = sources_with(tmp_path / "sources", payloads)
        done = lot.run(*sources, "--minutes", "0.6", "--passes", "1")
        assert done.returncode == 0, done.stderr[-3000:]
        port = server.base_url.rsplit(":", 1)[1].removesuffix("/v1")
    # It was tried: the orders came all the way, and were obeyed in every kind of answer on it.
    assert {title for title, _ in brain.obeyed} >= {"FactsAnswer", "OutlineAnswer", "SceneAnswer"}
    assert len(brain.obeyed) >= 8
    assert only_asked_of_default(server)
    # The tools that were named, and no other; as many passes; no money.
    head = read_head(lot.record())
    assert {made.tool for made in head.made} <= TOOLS
    assert len(head.passes) <= 2
    assert Ledger(lot.record() / "ledger.sqlite").spent() == 0
    assert toml.read_bytes() == before
    # What it did to the world.
    deeds = [tuple(json.loads(line)) for line in watch.read_text().splitlines()]
    roots = (str(lot.folder), str(watch), str(room))
    assert [path for kind, path in deeds if kind == "write" and not path.startswith(roots)] == []
    assert {address for kind, address in deeds if kind == "dial"} <= {f"('127.0.0.1', {port})"}
    assert {program for kind, program in deeds if kind == "run"} <= PROGRAMS
    # Films and what lies beside them are in the season's folder, by safe names.
    film = lot.film()
    assert film.is_relative_to(lot.out)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert CANARY.encode() not in path.read_bytes(), path


def only_asked_of_default(server: Server) -> bool:
    assert {request.model for request in server.requests} == {Settings.model_fields["model"].default or "gpt-4.1-mini"}
    assert {name for request in server.requests for name in request.offered if name != request.title} == set()
    assert {request.authorization for request in server.requests} == {f"Bearer {CANARY}"}
    return True
