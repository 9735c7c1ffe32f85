import asyncio
from pathlib import Path

from agents.protocols import Screenplay
from agents.writer import RuleWriter
from agents.writer.namesakes import call_nobody_by
from director.settings import HOME
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.facts import FactSheet, name_digest
from tests.offers import OFFERS


def screenplay() -> Screenplay:
    brief = Brief(theme="a goose at the bank")
    writer = RuleWriter(Path(HOME / "prompts"))
    return asyncio.run(writer.write(brief, FactSheet(), Bible(show="Night Shift"), OFFERS))


def test_whoever_is_called_like_somebody_in_a_source_is_renamed_throughout() -> None:
    written = screenplay()
    name = written.world.characters[0].short_name
    renamed = call_nobody_by(written, frozenset({name_digest(name)}), seed=1)
    assert name in written.model_dump_json()
    assert name.casefold() not in renamed.model_dump_json().casefold()
    assert len(renamed.script.lines) == len(written.script.lines)
    assert {line.speaker for line in renamed.script.lines} <= {c.id for c in renamed.world.characters}


def test_without_namesakes_the_screenplay_stays_as_it_is() -> None:
    written = screenplay()
    assert call_nobody_by(written, frozenset({name_digest("Xiomara")}), seed=1) == written


def test_a_name_is_known_again_in_any_spelling() -> None:
    assert name_digest("NÚÑEZ") == name_digest("nunez")
    assert name_digest("O’Dowd") == name_digest("o'dowd") == name_digest("ODowd")
