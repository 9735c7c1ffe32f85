"""Talking with the assistant: what `it` means, what is asked back, what is told, what can't be."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.assistant import RuleAssistant
from agents.assistant.orders import Ask, Edit, Explain, Focus, NewEpisode, Order, Record, Say, Step, Unclear
from agents.assistant.speaking_of import focus_after
from episodes.apply import apply, apply_all
from episodes.changes import InsertBeat, Lock, Trim
from episodes.effects import Board, LoseVehicle
from episodes.episode import Episode
from episodes.notes import Note
from episodes.script import Beat
from tests.agents_assistant.spoken_of import spoken_of, told
from tests.offers import OFFERS

EPISODE = spoken_of()
ASSISTANT = RuleAssistant(OFFERS)
GRAMMAR = (
    "make",
    "cut",
    "scene 2",
    "2-04",
    "the dog shot",
    "night",
    "rainy",
    "shorter",
    "not",
    "no",
    "and",
    ",",
    "music",
)


@dataclass
class Talk:
    """A person and the assistant, with everything carried out that is understood."""

    episode: Episode = field(default_factory=spoken_of)
    focus: Focus = field(default_factory=Focus)

    async def say(self, words: str) -> str:
        orders = await ASSISTANT.understand(words, self.episode, self.focus, ())
        line = told(orders, self.episode)
        for order in orders:
            self.focus = focus_after(self.focus, order, self.episode)
            if isinstance(order, Edit):
                self.episode = apply_all(order.changes, self.episode)
        return line


async def one(words: str, episode: Episode | None = EPISODE, focus: Focus = Focus()) -> Order:  # noqa: B008
    orders = await ASSISTANT.understand(words, episode, focus, ())
    assert len(orders) == 1
    return orders[0]


async def test_it_is_what_was_shown_last() -> None:
    talk = Talk()
    assert await talk.say("show me 3-04") == "show S03-04"
    assert await talk.say("make it shorter") == "trim S03-04 tail=1/2"
    assert await talk.say("a bit more, another quarter of a second shorter") == "unclear"
    assert await talk.say("play it backwards") == "reverse S03-04"
    assert await talk.say("keep this shot") == "lock S03-04"
    assert await talk.say("why is it there?") == "explain S03-04"


async def test_what_was_removed_is_not_spoken_of_any_more() -> None:
    orders = await ASSISTANT.understand("remove 2-05, cut it shorter", EPISODE, Focus(), ())
    assert all(not isinstance(order, Edit) for order in orders[1:])
    talk = Talk()
    await talk.say("remove 2-05")
    assert await talk.say("make it shorter") in ("ask", "unclear")


async def test_her_lines_are_those_of_who_was_spoken_of() -> None:
    talk = Talk()
    assert await talk.say("show me the sergeant") == "show haldane"
    assert await talk.say("make her calmer") == "revoice S04-L02 delivery=calm; revoice S05-L01 delivery=calm"
    assert await talk.say("give her another voice") == "voice haldane en-us+f2 50 155"


async def test_a_scene_that_was_spoken_of_gets_the_hour() -> None:
    talk = Talk()
    await talk.say("make the chase rainy")
    assert await talk.say("make it ten past three") == "set_world S04 clock=03:10"


async def test_this_line_is_the_line_spoken_of() -> None:
    talk = Talk()
    await talk.say("show me the line about the hat")
    assert await talk.say("use my recording for this line") == "put ? in S03-L03"
    assert await talk.say('change it to "Nice hat."') == "reword S03-L03 text=Nice hat."


async def test_two_dogs_are_asked_about_and_each_choice_is_an_order() -> None:
    scene = EPISODE.shots_of("S03")
    more = scene[4].model_copy(update={"subjects": scene[3].subjects})
    shots = tuple(more if shot.id == more.id else shot for shot in EPISODE.shots)
    twice = EPISODE.model_copy(update={"shots": shots})
    asked = await one("cut the dog shot a bit shorter", twice)
    assert isinstance(asked, Ask)
    assert asked.choices == ("cut S03-04 a bit shorter", "cut S03-05 a bit shorter")
    assert told((await one(asked.choices[1], twice),), twice) == "trim S03-05 tail=1/4"


async def test_what_is_locked_may_be_changed_by_the_person_and_is_said() -> None:
    locked = apply(Lock(target="S03"), EPISODE)
    order = await one("cut 3-04 shorter", locked)
    assert isinstance(order, Edit)
    assert "Locked: S03" in order.said


async def test_a_shot_can_lose_no_more_than_it_has() -> None:
    order = await one("cut 3-04 by ten seconds")
    assert isinstance(order, Unclear)
    assert "can't lose 10 s" in order.sentence


async def test_asking_again_for_another_voice_goes_on_to_the_next() -> None:
    talk, heard = Talk(), []
    for _ in range(3):
        await talk.say("another voice for dispatch")
        heard.append(talk.episode.the_world.character("mabel").voice)
    assert len({voice.variant for voice in heard if voice}) == 3


async def test_no_voice_is_given_that_somebody_has() -> None:
    talk = Talk()
    for name in ("dispatch", "the sergeant", "Lindqvist", "dispatch", "the sergeant"):
        await talk.say(f"another voice for {name}")
    voices = [one.voice.variant for one in talk.episode.the_world.characters if one.voice]
    assert len(set(voices)) == len(voices)


async def test_without_another_voice_on_the_machine_it_says_so() -> None:
    order = (await RuleAssistant(()).understand("another voice for dispatch", EPISODE, Focus(), ()))[0]
    assert isinstance(order, Unclear)
    assert "no other" in order.sentence


async def test_a_beat_has_its_people_effects_and_lines() -> None:
    order = await one("add a beat in the chase where the raccoon steals the car")
    assert isinstance(order, Edit)
    change = order.changes[0]
    assert isinstance(change, InsertBeat)
    assert change.beat.actors == ("suspect-raccoon", "cruiser")
    assert change.beat.action == "The raccoon steals the car."
    assert change.beat.lines
    allowed = {"board", "lose_vehicle"}
    assert {effect.kind for effect in change.beat.effects} <= allowed
    assert Board(who="suspect-raccoon", vehicle="cruiser") in change.beat.effects
    assert LoseVehicle(vehicle="cruiser") in change.beat.effects


async def test_a_beat_is_written_by_the_hand_that_is_given() -> None:
    async def write(episode: Episode, scene: str, after: str, action: str) -> Beat:
        return Beat(id=f"{scene}-B99", purpose="heighten", action=f"{scene} {after} {action}")

    orders = await RuleAssistant(OFFERS, write).understand(
        "add a beat in scene 3 where Gus faints", EPISODE, Focus(), ()
    )
    assert told(orders, EPISODE) == "insert_beat after S03-B03: S03 S03-B03 Gus faints"


async def test_a_beat_without_a_scene_is_asked_about_with_scenes_where_all_are_there() -> None:
    order = await one("add a beat where Gus steals the car")
    assert isinstance(order, Ask)
    assert [choice.split(",")[0] for choice in order.choices] == ["In S01", "In S03"]
    assert isinstance(await one(order.choices[1]), Edit)


async def test_one_sentence_says_who_will_do_what() -> None:
    order = await one("the sergeant should be calmer")
    assert isinstance(order, Edit)
    assert order.said == "The sergeant (Ruth Haldane) says 2 lines S04-L02 and S05-L01 calmly."


async def test_where_one_part_is_not_understood_nothing_is_done() -> None:
    order = await one("swap 2-03 and 2-04 and make scene 2 glorious")
    assert isinstance(order, Ask)
    assert "glorious" in order.sentence
    assert order.choices == ("swap 2-03 and 2-04",)
    assert "S02-03 and S02-04 change places" in order.sentence


@pytest.mark.parametrize("words", ["call it Elon Musk Strikes Back", 'let Gus say "Taylor Swift took it."'])
async def test_real_people_are_refused_in_titles_and_lines(words: str) -> None:
    order = await one(words)
    assert isinstance(order, Unclear)
    assert "real" in order.sentence


async def test_ten_thousand_letters_are_refused_in_a_sentence() -> None:
    order = await one("cut 2-04 shorter " * 600)
    assert isinstance(order, Unclear)
    assert "2,000" in order.sentence


async def test_before_there_is_an_episode_a_theme_is_asked_about() -> None:
    order = await one("a goose robs a bank", None)
    assert isinstance(order, Ask)
    assert isinstance(await one(order.choices[0], None), NewEpisode)
    assert await one("help", None) == Say(command="help")
    assert isinstance(await one("make scene 2 rainy", None), Ask)


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
async def test_any_text_gets_an_answer(text: str) -> None:
    assert await ASSISTANT.understand(text, EPISODE, Focus(), ())


@given(st.lists(st.sampled_from(GRAMMAR)))
@settings(max_examples=120, deadline=None)
async def test_any_words_of_the_grammar_get_orders_that_can_be_made(words: list[str]) -> None:
    episode = EPISODE
    for order in await ASSISTANT.understand(" ".join(words), episode, Focus(), ()):
        if isinstance(order, Edit):
            episode = apply_all(order.changes, episode)


# ---- why -------------------------------------------------------------------------------------------------------------


async def test_why_a_shot_is_there_is_told_by_role_camera_beat_note_and_change() -> None:
    note = Note(target="S04-02", finding="It is dark.", severity="minor", author="editor", remedy="recut")
    record = Record(notes=(note,), steps=(Step(by="editor", changes=(Trim(shot="S04-02", tail=1),)),))
    text = await ASSISTANT.explain(EPISODE, Explain(about="S04-02", question="why?"), record)
    for part in (
        "planner's rule",
        "helicopter",
        "it is the chase",
        "The editor noted: It is dark.",
        "The editor changed it",
    ):
        assert part in text


async def test_where_nothing_is_known_that_is_what_is_said() -> None:
    text = await ASSISTANT.explain(EPISODE, Explain(about="S04-02", question="why?"), Record())
    assert "Nothing more is known" in text


async def test_every_id_can_be_explained() -> None:
    script = EPISODE.the_script
    ids = [*(shot.id for shot in EPISODE.shots), *(scene.id for scene in script.scenes), "episode", "haldane"]
    ids += [line.id for line in script.lines] + [beat.id for scene in script.scenes for beat in scene.beats]
    for about in ids:
        assert await ASSISTANT.explain(EPISODE, Explain(about=about, question="why?"), Record())
