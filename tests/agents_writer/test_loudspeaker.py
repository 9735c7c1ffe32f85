"""Who is heard through the loudspeaker, and that the stories use it."""

from pathlib import Path

import pytest

from agents.writer import RuleWriter
from agents.writer.storylets import load_repertoire
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.episode import Episode
from episodes.facts import FactSheet
from episodes.story import story_of
from tests.offers import OFFERS

PROMPTS = Path(__file__).resolve().parents[2] / "prompts"


def test_at_least_six_storylets_have_an_officer_at_the_loudspeaker_and_say_where_it_is() -> None:
    loud = [s for s in load_repertoire(PROMPTS).storylets if any(line.channel == "pa" for line in s.lines)]
    assert len(loud) >= 6
    for storylet in loud:
        assert {line.speaker for line in storylet.lines if line.channel == "pa"} <= {"senior", "junior", "sergeant"}
        shown = storylet.action + " ".join(prop.name for prop in storylet.props)
        assert any(word in shown for word in ("loudspeaker", "loudhailer", "megaphone")), storylet.name


@pytest.mark.parametrize("theme", ["the moon is parked illegally", "forty ducks block the highway"])
async def test_a_script_with_the_loudspeaker_has_no_finding_about_it(theme: str) -> None:
    found = 0
    for seed in range(1, 4):
        brief = Brief(theme=theme, seed=seed)
        play = await RuleWriter(PROMPTS).write(brief, FactSheet(), Bible(show=brief.show), OFFERS)
        found += any(line.channel == "pa" for line in play.script.lines)
        episode = Episode(brief=brief, world=play.world, script=play.script)
        assert [finding.text for finding in story_of(episode).findings if finding.rule.startswith("radio.")] == []
    if theme.startswith("the moon"):
        assert found >= 1
