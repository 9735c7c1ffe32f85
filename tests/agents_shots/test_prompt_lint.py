"""What the prompt linter finds, what it leaves alone, and how it mends."""

import asyncio
from pathlib import Path

import pytest

from agents.shot_planner import RuleShotPlanner
from agents.shot_planner.clauses import affirmed, events, one_event
from agents.shot_planner.prompt_length import shortened
from agents.shot_planner.prompt_lint import lint, mended, words_read
from agents.writer import RuleWriter
from director.settings import HOME
from episodes.apply import apply
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.cast import Agency, Character, Place, Prop, VoiceOffer, World
from episodes.changes import PlanScene, SetFacts, SetScript
from episodes.episode import Episode
from episodes.facts import FactSheet
from episodes.shots import Shot, Subject
from episodes.tasks import Limits

WORLD = World(
    agency=Agency(name="Button County Sheriff", county="Button County"),
    characters=(
        Character(id="okafor", name="Officer Dale Okafor", short_name="Okafor", role="officer", build="broad",
                  pronoun="he", wardrobe=("navy uniform shirt", "navy trousers")),
        Character(id="reyes", name="Officer Ana Reyes", short_name="Reyes", role="officer", build="broad",
                  pronoun="she", wardrobe=("navy uniform shirt",)),
        Character(id="pell", name="Ines Pell", short_name="Pell", role="witness", wardrobe=("green apron",)),
        Character(id="raccoon", name="The Raccoon", short_name="raccoon", role="suspect", kind="animal"),
    ),
    props=(Prop(id="scarf", name="red scarf"), Prop(id="cone", name="traffic cone", count=12),
           Prop(id="sign", name="no-parking sign"), Prop(id="camera", name="security camera")),
    places=(Place(id="corner", name="the four-way stop", set="street", interior=False),),
)  # fmt: skip
GOOD = "Wide shot at eye level. A small-town street at night, dry and clear. "


def shot(*seen: str, **update: object) -> Shot:
    plain = Shot(
        id="S01-01", scene="S01", beats=("S01-B1",), owner="bodycam", wearer="okafor", size="long", place="corner",
        clock="2026-05-04T02:10:00", light="night", seconds="3", subjects=tuple(Subject(id=who) for who in seen),
    )  # fmt: skip
    return plain.model_copy(update=update)


def rules(prompt: str, *seen: str) -> list[str]:
    return [finding.rule for finding in lint(prompt, shot(*seen), WORLD)]


LEAKS = [
    "shot on a Canon EOS R5", "IMAX", "4K", "8K resolution", "Unreal Engine 5", "ARRI Alexa", "Kodak Portra 400",
    "35mm film", "in the style of Wes Anderson", "by Greg Rutkowski", "trending on ArtStation", "masterpiece",
    "a Starbucks cup", "Tom Hanks", "1080p", "60 fps", "GoPro Hero 9",
]  # fmt: skip
RECORDINGS = [
    "drone footage", "bodycam footage of a video", "CCTV footage", "a video of a street", "surveillance camera",
    "found footage", "phone video", "dash cam",
]  # fmt: skip
WRITING = ["with a watermark", "on-screen text", "with subtitles", "a timestamp", 'text that says "STOP"', "a logo"]


@pytest.mark.parametrize(
    ("words", "rule"),
    [*((words, "leak") for words in LEAKS), *((words, "footage") for words in RECORDINGS),
     *((words, "screen") for words in WRITING)],
)  # fmt: skip
def test_words_that_leak_into_the_picture_are_found_and_taken_out(words: str, rule: str) -> None:
    prompt = f"{GOOD}The raccoon sits on the kerb, {words}."
    assert rules(prompt, "raccoon") == [rule]
    better = mended(prompt, shot("raccoon"), WORLD)
    assert rules(better, "raccoon") == []
    assert better.startswith(f"{GOOD}The raccoon sits on the kerb")


@pytest.mark.parametrize(
    "prompt",
    [
        "A red dragon kite hangs over the street.",
        "A clip holds the paper.",
        "The raccoon holds a cannon ball.",
        "A shop that sells video tapes.",
        "The officer holds a hand over the body camera.",
    ],
)
def test_innocent_words_are_left_alone(prompt: str) -> None:
    assert rules(GOOD + prompt) == []
    assert mended(GOOD + prompt, shot(), WORLD) == GOOD + prompt


def test_the_name_of_a_thing_of_the_story_may_hold_any_word() -> None:
    prompt = f"{GOOD}The security camera leans on the no-parking sign."
    assert rules(prompt, "camera", "sign") == []
    leaking = prompt.replace(".", ", IMAX.", 1)
    assert mended(leaking, shot("camera", "sign"), WORLD) == prompt


def test_a_name_gives_way_to_what_a_stranger_sees() -> None:
    prompt = f"{GOOD}Okafor waits in his navy uniform shirt."
    assert rules(prompt, "okafor") == ["name"]
    # Two officers of one build and one hair colour are told apart by sex.
    said = "The broad-shouldered dark-haired male police officer waits in his navy uniform shirt."
    assert mended(prompt, shot("okafor"), WORLD).lower() == (GOOD + said).lower()
    assert rules(mended(prompt, shot("okafor"), WORLD), "okafor") == []


@pytest.mark.parametrize(
    ("told", "mended_to"),
    [
        ("A raccoon sits on the kerb. Another raccoon waves.", "A raccoon sits on the kerb."),
        ("A raccoon. The same raccoon sits.", "A raccoon. The raccoon sits."),
        ("A raccoon. A fat raccoon sits.", "A raccoon. The raccoon sits."),
        ("One raccoon. A raccoon sits.", "One raccoon. The raccoon sits."),
    ],
)
def test_a_doubled_subject_is_found_and_named_once(told: str, mended_to: str) -> None:
    assert "doubled" in rules(GOOD + told, "raccoon")
    better = mended(GOOD + told, shot("raccoon"), WORLD)
    assert "doubled" not in rules(better, "raccoon")
    assert better.startswith(GOOD + mended_to[:20])


def test_several_of_a_kind_and_two_people_of_one_trade_are_no_twins() -> None:
    assert rules(f"{GOOD}A traffic cone stands beside another traffic cone.", "cone") == []
    both = "One broad man, a police officer, in navy uniform shirt; one broad woman, a police officer, in navy shirt."
    assert "doubled" not in rules(GOOD + both, "okafor", "reyes")


@pytest.mark.parametrize("words", ["The raccoon walks.", "The raccoon looks.", "The raccoon runs quickly."])
def test_a_movement_or_a_gaze_that_goes_nowhere_gets_the_direction_of_the_plan(words: str) -> None:
    assert rules(GOOD + words, "raccoon") == ["direction"]
    going = shot().model_copy(update={"subjects": (Subject(id="raccoon", facing="left"),)})
    assert "to the left" in mended(GOOD + words, going, WORLD)


@pytest.mark.parametrize(
    "words", ["The raccoon walks to the left.", "It looks up.", "It crosses the road.", "It sits."]
)
def test_a_movement_that_goes_somewhere_is_left_alone(words: str) -> None:
    assert rules(GOOD + words, "raccoon") == []


def test_a_prompt_without_an_hour_gets_the_shots_own() -> None:
    prompt = "Wide shot of a street. The raccoon sits."
    assert rules(prompt, "raccoon") == ["hour"]
    better = mended(prompt, shot("raccoon"), WORLD)
    assert rules(better, "raccoon") == []
    assert "at 02:10, night" in better


def test_a_colour_that_the_world_names_is_named() -> None:
    prompt = f"{GOOD}A scarf lies on the kerb beside a woman."
    assert rules(prompt, "scarf", "pell") == ["colour", "colour"]
    better = mended(prompt, shot("scarf", "pell"), WORLD)
    assert "A red scarf lies" in better
    assert "green apron" in better
    assert rules(better, "scarf", "pell") == []


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("The officer opens a door; the raccoon jumps onto the counter.", "The raccoon jumps onto the counter."),
        ("The officer opens a door while the raccoon sits.", "The raccoon sits."),
        ("The raccoon sits, and the officer writes on a form.", "The raccoon sits."),
        ("The officer nods, then the lamp goes out.", "The officer nods."),
    ],
)
def test_of_several_events_the_one_about_the_shots_subject_is_kept(told: str, kept: str) -> None:
    assert rules(GOOD + told, "raccoon") == ["events"]
    better = mended(GOOD + told, shot("raccoon"), WORLD)
    assert rules(better, "raccoon") == []
    assert better == GOOD + kept


def test_two_sentences_with_an_event_each_are_found_and_left_to_somebody_who_can_choose() -> None:
    prompt = f"{GOOD}The raccoon sits. The lamp breaks."
    assert rules(prompt, "raccoon") == ["events"]
    assert rules(mended(prompt, shot("raccoon"), WORLD), "raccoon") == ["events"]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("An empty street with no people.", "An empty street."),
        ("The raccoon waits without moving.", "The raccoon waits."),
        ("The raccoon tugs at a glove that will not come off.", "The raccoon tugs at a glove."),
        ("The raccoon is lit up, and nobody looks up.", "The raccoon is lit up."),
        ("Nobody moves.", "Everything stays still."),
        ("No people.", "The place stands empty."),
    ],
)
def test_what_is_denied_is_drawn_so_it_is_not_said(told: str, kept: str) -> None:
    assert "negation" in rules(GOOD + told, "raccoon")
    assert mended(GOOD + told, shot("raccoon"), WORLD) == GOOD + kept


def test_a_prompt_that_is_too_long_for_its_back_end_is_found_by_words() -> None:
    assert words_read(77) == 57
    prompt = GOOD + "The raccoon sits on the kerb. " * 12
    found = lint(prompt, shot("raccoon"), WORLD, words_read(77))
    assert [finding.rule for finding in found][-1] == "length"
    assert "length" not in rules(prompt, "raccoon")


def test_each_finding_says_where_and_what_mends_it() -> None:
    (found,) = lint(f"{GOOD}The raccoon sits, IMAX.", shot("raccoon"), WORLD)
    assert found.words == "IMAX"
    assert "'IMAX'" in found.text
    assert found.fix.endswith(".")


def test_an_empty_prompt_has_nothing_wrong() -> None:
    assert lint("", shot("raccoon"), WORLD) == ()
    assert mended("", shot("raccoon"), WORLD) == ""


LONG = (
    "Full shot, head to toe at eye level, seen from chest height, wide barrel-distorted lens, slightly shaky. A"
    " half-empty parking lot, known by one lamp that buzzes, at 21:46, night, sodium-orange lamps and deep blue shadow,"
    " low fog, one thing out of place: the arrow points at a wall. One broad-shouldered man, a police officer, in navy"
    " uniform shirt, navy trousers, black duty belt and peaked hat, standing left of centre, facing the camera; the"
    " Beaver, standing right of centre. The police officer holds up a notepad. The camera sways a little."
)


@pytest.mark.parametrize("words", [200, 57, 40, 30])
def test_a_shorter_prompt_keeps_subject_action_place_light_and_camera(words: int) -> None:
    short = shortened(LONG, words)
    assert len(short.split()) <= words
    for kept in ("Full shot", "parking lot", "night", "One broad-shouldered man", "holds up a notepad"):
        assert kept in short, short
    assert short.index("Full shot") < short.index("parking lot") < short.index("holds up")
    assert (short == LONG) == (words == 200)


@pytest.mark.parametrize("words", range(1, 30))
def test_a_prompt_is_never_longer_than_asked(words: int) -> None:
    assert 0 < len(shortened(LONG, words).split()) <= words
    assert len(shortened("raccoon " * 90, words).split()) <= words


def test_clauses_are_told_apart_by_their_own_subjects() -> None:
    assert events("The officer opens a bag and the torch.") == ("The officer opens a bag and the torch",)
    assert len(events("The officer opens a bag, and the torch goes out.")) == 2
    assert one_event("The officer nods.") == "The officer nods."
    assert affirmed("The officer nods.") == "The officer nods."


# ---- the planner's own prompts ---------------------------------------------------------------------------------------

THEMES = tuple(line for line in (HOME / "benchmarks" / "themes.txt").read_text("utf-8").splitlines() if line)[:50]
OFFERS = tuple(VoiceOffer(engine="voice", variant=f"v{n}", suits="they", pitch_hz=100) for n in range(20))


def drafted(theme: str) -> Episode:
    brief = Brief(theme=theme, minutes=0.8)
    written = asyncio.run(RuleWriter(Path(HOME / "prompts")).write(brief, FactSheet(), Bible(show=brief.show), OFFERS))
    episode = apply(SetFacts(facts=FactSheet()), Episode(brief=brief))
    episode = apply(SetScript(world=written.world, script=written.script), episode)
    for scene in episode.the_script.scenes:
        planned = asyncio.run(RuleShotPlanner().plan(episode, scene.id, Limits()))
        episode = apply(PlanScene(scene=scene.id, shots=planned.shots), episode)
    return episode


@pytest.mark.parametrize("first", range(5))
def test_the_rules_own_prompts_have_nothing_wrong_in_fifty_themes(first: int) -> None:
    for theme in THEMES[first::5]:
        episode = drafted(theme)
        for planned in episode.shots:
            found = lint(planned.prompt, planned, episode.the_world)
            assert found == (), f"{theme}, {planned.id}: {found[0].rule} {found[0].words!r} in {planned.prompt!r}"


def test_there_are_fifty_themes() -> None:
    assert len(THEMES) == 50
