"""The bible: what one episode leaves behind reaches the next ones, for as long as it should."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from episodes.bible import Bible, bible_of, contradicted, fold
from episodes.brief import Direction, gag_topic
from episodes.cast import World
from episodes.effects import (
    Board,
    Break,
    Drive,
    Effect,
    Heal,
    Injure,
    Keep,
    Learn,
    LoseVehicle,
    Pay,
    Plant,
    Promise,
    Rank,
    Take,
)
from episodes.episode import Episode
from episodes.past import DRESSINGS, Hurt, Past
from episodes.ranks import bare_name, with_rank
from episodes.story import story_of
from episodes.value import digest
from tests.clean_script import clean_episode
from tests.seasons import SERGEANT, SHOW, told

THUMB = Injure(who="okafor", injury="sprained thumb")
DEMOTED = Rank(who="grubb", title="Officer")


def season(*effects: tuple[Effect, ...]) -> tuple[Episode, ...]:
    """Return episodes that were each written from the bible of those before them."""
    made: list[Episode] = []
    for number, happened in enumerate(effects, 1):
        made.append(told(number, *happened, bible=bible_of(SHOW, made)))
    return tuple(made)


def test_an_injury_is_there_in_the_next_two_episodes_and_then_over() -> None:
    made = season((THUMB,), (), (), ())
    ages = [[hurt.age for hurt in bible_of(SHOW, made[:n]).injuries] for n in range(5)]
    assert ages == [[], [1], [2], [], []]
    assert story_of(made[1]).final.person("okafor").injuries == ("sprained thumb",)
    assert story_of(made[3]).final.person("okafor").injuries == ()


def test_an_injury_that_is_healed_in_a_script_is_over_at_once() -> None:
    made = season((THUMB,), (Heal(who="okafor", injury="sprained thumb"),))
    assert story_of(made[1]).findings == ()
    assert bible_of(SHOW, made).injuries == ()


def test_an_injury_of_an_episode_that_knew_nothing_of_the_season_goes_on_as_well() -> None:
    alone = (told(1, THUMB), told(2))
    assert bible_of(SHOW, alone).injuries == (Hurt(who="okafor", injury="sprained thumb", age=2),)


def test_nobody_wears_a_bandage_for_an_injury_that_is_over() -> None:
    first = told(1)
    okafor = first.the_world.character("okafor")
    bandaged = okafor.model_copy(update={"wardrobe": (*okafor.wardrobe, "white wrist bandage")})
    others = tuple(c if c.id != "okafor" else bandaged for c in first.the_world.characters)
    seen = first.model_copy(update={"world": first.the_world.model_copy(update={"characters": others})})
    kept = next(c for c in bible_of(SHOW, (seen,)).characters if c.id == "okafor")
    assert DRESSINGS.isdisjoint(kept.wardrobe)


@pytest.mark.parametrize(
    ("injury", "age", "dressing"),
    [
        ("sprained thumb", 1, "white wrist bandage"),
        ("twisted ankle", 1, "white ankle bandage"),
        ("stiff neck", 1, "white head bandage"),
        ("wounded pride", 1, "sticking plaster"),
        ("twisted ankle", 2, "small sticking plaster"),
    ],
)
def test_an_injury_is_seen_where_it_is_and_gets_smaller(injury: str, age: int, dressing: str) -> None:
    assert Hurt(who="okafor", injury=injury, age=age).dressing == dressing


def test_a_demoted_sergeant_stays_demoted_in_name_role_address_and_hat() -> None:
    made = season((DEMOTED,), (), (), (), (), ())
    for n in range(1, 7):
        grubb = next(c for c in bible_of(SHOW, made[:n]).characters if c.id == "grubb")
        assert (grubb.name, grubb.role, grubb.unit) == ("Officer Helen Grubb", "officer", "4A12")
        assert "peaked hat" not in grubb.wardrobe
        assert "plain cap" in grubb.wardrobe
    assert "sergeant" not in {person.role for person in made[5].the_world.characters}


def test_a_script_that_did_not_hear_of_a_demotion_does_not_undo_it() -> None:
    bible = bible_of(SHOW, (told(1, DEMOTED), told(2)))
    assert [c.name for c in bible.characters if c.id == "grubb"] == ["Officer Helen Grubb"]


def test_a_promoted_officer_stays_promoted_and_keeps_the_car() -> None:
    bible = bible_of(SHOW, season((Rank(who="lindqvist", title="Corporal"),), ()))
    assert [member.name for member in bible.crew] == ["Officer Dale Okafor", "Corporal Britt Lindqvist"]


@given(st.sampled_from(["Officer", "Corporal", "Sergeant", "Probationary Officer", "deputy"]))
def test_a_rank_given_twice_is_given_once(title: str) -> None:
    once = with_rank(SERGEANT, title)
    assert with_rank(once, title) == once
    assert bare_name(once.name) == "Helen Grubb"


def test_calling_a_demoted_sergeant_sergeant_is_a_finding() -> None:
    first = told(1, DEMOTED)
    bible = bible_of(SHOW, (first,))
    wrong = told(2, bible=bible, line="Ask Sergeant Grubb.")
    assert [finding.rule for finding in story_of(wrong).findings] == ["rank.past"]
    assert story_of(told(2, bible=bible, line="Ask Officer Grubb.")).findings == ()


def test_an_officer_who_appears_under_the_old_rank_is_a_finding() -> None:
    bible = bible_of(SHOW, (told(1, DEMOTED),))
    stale = told(2)
    world = stale.the_world.model_copy(update={"past": bible.past})
    found = story_of(stale.model_copy(update={"world": world})).findings
    assert [finding.rule for finding in found] == ["rank.past"]


@pytest.mark.parametrize("gone", [LoseVehicle(vehicle="cruiser"), Break(what="cruiser")])
def test_a_car_that_is_gone_is_not_driven_in_any_later_episode(gone: Effect) -> None:
    made = season((gone,), (), ())
    for later in made[1:]:
        assert "vehicle.past" in [finding.rule for finding in story_of(later).findings]
    boarded = told(2, Board(who="okafor", vehicle="cruiser"), Drive(vehicle="cruiser", to="street"),
                   bible=bible_of(SHOW, made[:1]))  # fmt: skip
    rules = {finding.rule for finding in story_of(boarded).findings}
    assert rules & {"vehicle.lost", "broken.use"}


def test_what_somebody_learned_or_promised_is_still_so_next_week() -> None:
    promise = Promise(who="okafor", topic="paperwork")
    made = season((Learn(who="okafor", topic="the-gate"), promise), (Keep(who="okafor", topic="paperwork"),), ())
    assert story_of(made[1]).findings == ()
    assert story_of(made[2]).final.person("okafor").knows == ("the-gate",)
    assert bible_of(SHOW, made[:1]).past == Past(knows=(("okafor", "the-gate"),), promises=(("okafor", "paperwork"),))
    assert bible_of(SHOW, made).past == Past(knows=(("okafor", "the-gate"),))


def test_a_gag_of_the_season_may_stay_open_and_is_paid_in_a_later_episode() -> None:
    soup = "the coffee machine that only makes soup"
    open_ = Direction(premise="p", gags=(soup,))
    ends = Direction(premise="p", gags=(soup,), ending=(soup,))
    first = told(1, Plant(topic=gag_topic(soup)), direction=open_)
    last = told(2, Pay(topic=gag_topic(soup)), bible=bible_of(SHOW, (first,)), direction=ends)
    assert story_of(first).findings == ()
    assert story_of(last).findings == ()
    assert bible_of(SHOW, (first, last)).past is None
    unpaid = told(1, Plant(topic=gag_topic(soup)), direction=ends)
    assert [finding.rule for finding in story_of(unpaid).findings] == ["plant.unpaid"]


def test_what_comes_back_unplanned_becomes_a_running_gag_with_its_episodes() -> None:
    made = season((Plant(topic="hat"), Pay(topic="hat")), (), (Plant(topic="hat"), Pay(topic="hat")))
    gags = bible_of(SHOW, made).gags
    assert [(gag.what, gag.episodes, gag.origin) for gag in gags] == [("the business with the hat", (1, 3), "promoted")]
    assert bible_of(SHOW, made[:2]).gags == ()


def test_what_was_planned_is_not_promoted() -> None:
    soup = "the coffee machine that only makes soup"
    wanted = Direction(premise="p", gags=(soup,))
    both = tuple(told(n, Plant(topic=gag_topic(soup)), direction=wanted) for n in (1, 2))
    assert bible_of(SHOW, both).gags == ()


def test_the_same_animal_in_two_episodes_is_a_running_gag() -> None:
    clean = clean_episode()
    world = clean.the_world
    raccoon = world.character("raccoon").model_copy(update={"short_name": "Raccoon"})
    characters = tuple(raccoon if c.id == "raccoon" else c for c in world.characters)
    seen = clean.model_copy(update={"world": world.model_copy(update={"characters": characters})})
    twice = (seen, seen.model_copy(update={"number": 2}))
    assert "the raccoon" in [gag.what for gag in bible_of(SHOW, twice).gags]


# ---- the fold --------------------------------------------------------------------------------------------------------

HAPPENED = st.lists(
    st.lists(
        st.sampled_from(
            [THUMB, DEMOTED, LoseVehicle(vehicle="scooter"), Break(what="cruiser"), Plant(topic="hat"),
             Learn(who="okafor", topic="gate"), Promise(who="okafor", topic="tea"),
             Rank(who="lindqvist", title="Corporal"), Take(who="okafor", prop="nothing")]
        ),
        max_size=3, unique=True,
    ).map(tuple),
    max_size=5,
)  # fmt: skip


@settings(deadline=None, max_examples=25)
@given(HAPPENED, st.integers(0, 5))
def test_the_bible_of_a_season_is_that_of_its_start_and_then_the_rest(
    happened: list[tuple[Effect, ...]], at: int
) -> None:
    made = season(*happened)
    bible = fold(SHOW, made[:at])
    for episode in made[at:]:
        bible = bible.after(episode)
    assert bible == fold(SHOW, made)


@settings(deadline=None, max_examples=25)
@given(HAPPENED, st.randoms(use_true_random=False))
def test_the_bible_is_the_same_in_whatever_order_episodes_were_made(
    happened: list[tuple[Effect, ...]], chance: random.Random
) -> None:
    made = season(*happened)
    mixed = list(made)
    chance.shuffle(mixed)
    assert bible_of(SHOW, mixed) == bible_of(SHOW, made)


def test_an_episode_without_a_script_leaves_nothing_behind() -> None:
    first, unwritten = told(1, DEMOTED), Episode(brief=told(2).brief, number=2)
    assert bible_of(SHOW, (first, unwritten)) == bible_of(SHOW, (first,))


def test_a_script_is_enough_and_its_film_changes_nothing() -> None:
    clean = clean_episode()
    bare = Episode(brief=clean.brief, world=clean.world, script=clean.script)
    assert bible_of(SHOW, (bare,)) == bible_of(SHOW, (clean,))


def test_a_world_without_a_past_is_written_down_as_it_always_was() -> None:
    world = clean_episode().the_world
    assert "past" not in world.model_dump()
    assert digest(World.model_validate(world.model_dump())) == digest(world)
    assert World.model_validate_json(told(2, bible=bible_of(SHOW, (told(1, THUMB),))).the_world.model_dump_json()).past


# ---- facts that no longer hold ---------------------------------------------------------------------------------------


def bibles(before: tuple[Effect, ...], after: tuple[Effect, ...]) -> tuple[Bible, Bible]:
    return bible_of(SHOW, (told(1, *before),)), bible_of(SHOW, (told(1, *after),))


@pytest.mark.parametrize(
    ("before", "after", "fact"),
    [
        ((), (DEMOTED,), "Sergeant Helen Grubb was demoted in E01; E02 was written before that."),
        ((DEMOTED,), (), "Sergeant Helen Grubb is no longer made Officer; E02 was written as if it were so."),
        (
            (), (Rank(who="okafor", title="Corporal"),),
            "Officer Dale Okafor was made Corporal in E01; E02 was written before that.",
        ),
        (
            (),
            (THUMB,),
            "Officer Dale Okafor has had the injury “sprained thumb” since E01; E02 was written before that.",
        ),
        ((THUMB,), (), "Officer Dale Okafor no longer has the injury “sprained thumb”, which E02 shows."),
        ((), (LoseVehicle(vehicle="cruiser"),), "The cruiser was lost in E01; E02 was written before that."),
        ((), (Break(what="cruiser"),), "The cruiser was wrecked in E01; E02 was written before that."),
        ((LoseVehicle(vehicle="cruiser"),), (), "The cruiser is no longer lost; E02 goes without it."),
    ],
)  # fmt: skip
def test_a_fact_that_no_longer_holds_is_named_in_one_sentence(
    before: tuple[Effect, ...], after: tuple[Effect, ...], fact: str
) -> None:
    used, now = bibles(before, after)
    assert contradicted(used, now, told(2, bible=used)) == (fact,)


def test_a_promise_that_is_no_longer_made_is_missed_where_it_was_kept() -> None:
    used, now = bibles((Promise(who="okafor", topic="tea"),), ())
    keeps = told(2, Keep(who="okafor", topic="tea"), bible=used)
    assert contradicted(used, now, keeps) == ("Officer Dale Okafor no longer promises “tea”, which E02 settles.",)
    assert contradicted(used, now, told(2, bible=used)) == ()


def test_other_words_of_an_earlier_line_make_nothing_stale() -> None:
    used = bible_of(SHOW, (told(1, THUMB, line="Carry on."),))
    now = bible_of(SHOW, (told(1, THUMB, line="Right you are. Nobody move the cake."),))
    assert contradicted(used, now, told(2, bible=used)) == ()


def test_what_befalls_somebody_who_is_not_in_an_episode_does_not_touch_it() -> None:
    used, now = bibles((), (DEMOTED,))
    episode = told(2, bible=used)
    without = tuple(c for c in episode.the_world.characters if c.id != "grubb")
    episode = episode.model_copy(update={"world": episode.the_world.model_copy(update={"characters": without})})
    assert contradicted(used, now, episode) == ()


def test_an_episode_without_a_script_can_not_be_stale() -> None:
    used, now = bibles((), (DEMOTED,))
    assert contradicted(used, now, Episode(brief=told(2).brief, number=2)) == ()


@settings(deadline=None, max_examples=25)
@given(HAPPENED)
def test_nothing_is_stale_while_nothing_changes(happened: list[tuple[Effect, ...]]) -> None:
    made = season(*happened)
    for number, episode in enumerate(made):
        bible = bible_of(SHOW, made[:number])
        assert contradicted(bible, bible, episode) == ()


@settings(deadline=None, max_examples=25)
@given(HAPPENED, HAPPENED)
def test_every_stale_fact_is_one_sentence_that_names_the_episode(
    happened: list[tuple[Effect, ...]], instead: list[tuple[Effect, ...]]
) -> None:
    used, now = bible_of(SHOW, season(*happened)), bible_of(SHOW, season(*instead))
    for fact in contradicted(used, now, told(9, bible=used)):
        assert "E09" in fact
        assert fact.endswith(".")
        assert fact[:1].isupper() or fact[:1] == "“"


def test_a_bible_can_be_pinned_to_an_episode_and_read_back() -> None:
    bible = bible_of(SHOW, season((THUMB, DEMOTED, Plant(topic="hat")), (Plant(topic="hat"), Pay(topic="hat"))))
    assert Bible.model_validate_json(bible.model_dump_json()) == bible
