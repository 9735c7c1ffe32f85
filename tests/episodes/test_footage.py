"""Which clip is seen in which shot: by what its description says, twice at most, and never for a mouth that speaks."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from episodes.apply import apply
from episodes.changes import Reshoot, Retime, SetWorld
from episodes.episode import Episode
from episodes.footage import APART, MOST_USES, choose, suits, take_seconds
from episodes.footage_words import meaning, read, stem
from episodes.format import FORMATS
from episodes.shots import Enter, LightBar, Mouth, Shot, ThingActs
from tests.footage_clips import WORLD, clip, shot
from tests.planned_episode import planned_episode

WIDE = FORMATS["wide"]
INSERT = {"role": "insert", "size": "close"}
HONK = (ThingActs(at=Fraction(1), who="goose", action="honk"),)


def words_for(planned: Shot, words: str, **update: object) -> tuple[str, ...] | None:
    match = suits(planned, WORLD, clip(words, **update), WIDE)
    return match.words if match else None


@pytest.mark.parametrize(
    ("planned", "words", "matched"),
    [
        (shot(), "street at night", ("street", "night")),
        (shot(), "Wide empty road, midnight", ("road", "midnight")),
        (shot(weather="rain"), "rainy street at night", ("street", "night", "rainy")),
        (shot(light="day"), "sunny downtown street", ("downtown", "sunny")),
        (shot(light="dusk"), "street at sunset", ("street", "sunset")),
        (shot(place="alley"), "alley night dumpster", None),  # Two of three things it says are not all that it shows.
        (shot(place="alley"), "dark alleyway", ("alleyway", "dark")),
        (shot(place="pier"), "harbour at night seen by a drone", ("harbour", "night")),
        (shot(owner="helicopter", place="pier"), "drone shot of a pier at night", ("pier", "night", "drone")),
        (shot("goose", role="b_roll", size="full"), "goose crossing street night", ("street", "night", "goose")),
        (shot("goose", role="b_roll", size="full", events=HONK), "geese screaming on a street at night",
         ("street", "night", "geese", "screaming")),
        (shot("doughnut", **INSERT), "doughnut close-up", ("doughnut",)),
        (shot("doughnut", **INSERT, place="shop"), "a donut with jelly", ("donut", "jelly")),
        (shot("doughnut", **INSERT), "close up of donuts", ("donuts",)),
        (shot("okafor", role="b_roll", size="long"), "officer walking along a street at night",
         None),  # He stands.
        (shot("okafor", role="b_roll", size="long"), "cop in a street at night", ("street", "night", "cop")),
        (shot(events=(LightBar(at=Fraction(0)),)), "police car flashing, night street",
         ("street", "night", "police", "car", "flashing")),
    ],
)  # fmt: skip
def test_a_clip_is_matched_by_what_its_words_mean(planned: Shot, words: str, matched: tuple[str, ...] | None) -> None:
    found = words_for(planned, words)
    assert (found and set(found)) == (matched and set(matched))


@pytest.mark.parametrize(
    ("planned", "words"),
    [
        (shot(), "street by day"),  # the wrong hour
        (shot(light="day"), "street at night"),
        (shot(light="dawn"), "street at night"),
        (shot(), "street"),  # no hour at all, out of doors
        (shot(), "alley at night"),  # another place
        (shot(), "night"),  # no place
        (shot(weather="snow"), "street in the rain at night"),  # other weather
        (shot(), "street at night in the rain"),
        (shot(), "goose on a street at night"),  # there is no goose in this shot
        (shot("goose", role="b_roll", size="full"), "goose and ducks and dogs, street, night"),  # nor are there dogs
        (shot("goose", role="b_roll", size="full"), "duck on a street at night"),  # another animal
        (shot("goose", role="b_roll", size="full"), "street at night"),  # it is about the goose
        (shot("lead", **INSERT), "dog close"),  # the lead is not the dog
        (shot("pell", role="b_roll", size="close"), "woman in a street at night"),  # a stranger's face
        (shot("pell", role="reaction", size="medium"), "woman in a street at night"),
        (shot(), "IMG 1234"),
        (shot(), ""),
        (shot(), "birthday party"),
        (shot(owner="interview"), "street at night"),
    ],
)
def test_a_clip_that_shows_something_else_is_not_taken(planned: Shot, words: str) -> None:
    assert words_for(planned, words) is None


def test_what_the_person_declares_counts_before_the_words() -> None:
    assert words_for(shot(), "IMG") is None
    assert words_for(shot(), "IMG", set="street", light="night") == ("street", "night")
    assert words_for(shot(), "street at night", light="day") is None
    assert words_for(shot(place="pier"), "street at night", set="waterfront") == ("waterfront", "night")


def test_a_shot_in_which_somebody_is_seen_to_speak_is_never_covered() -> None:
    said = Mouth(at=Fraction(0), who="pell", line="S01-L01")
    perfect = "person in a street at night"
    assert words_for(shot("pell"), perfect)
    assert words_for(shot("pell", events=(said,)), perfect) is None
    # Whoever speaks beside the picture leaves it free.
    assert words_for(shot("okafor", events=(said,)), perfect)


def test_a_clip_that_is_too_short_for_the_take_with_its_handles_is_not_used() -> None:
    planned = shot()
    assert take_seconds(planned, WIDE) == 4
    assert words_for(planned, "street at night", seconds=Fraction(4)) is not None
    assert words_for(planned, "street at night", seconds=Fraction(4) - WIDE.frame) is None


def test_the_best_of_several_clips_is_chosen() -> None:
    clips = (clip("street at night"), clip("goose in a street at night"), clip("honking goose in a street at night"))
    planned = shot("goose", role="b_roll", size="full", events=HONK)
    use = choose((planned,), WORLD, clips, WIDE)[planned.id]
    assert use.clip.words.startswith("honking")
    assert set(use.words) == {"honking", "goose", "street", "night"}


def scene(count: int, **update: object) -> tuple[Shot, ...]:
    return tuple(shot(id=f"S01-{number:02}", **update) for number in range(1, count + 1))


def test_a_clip_is_seen_twice_at_most_never_in_neighbours_and_each_time_from_elsewhere() -> None:
    shots = scene(9)
    uses = choose(shots, WORLD, (clip("street at night"),), WIDE)
    assert len(uses) == MOST_USES
    first, second = (next(i for i, one in enumerate(shots) if one.id == name) for name in uses)
    assert second - first > 1
    points = sorted(use.cut.at for use in uses.values())
    assert points[1] - points[0] >= APART - WIDE.frame


def test_a_clip_with_nothing_to_spare_is_seen_once_unless_it_may_run_backwards() -> None:
    tight = clip("street at night", seconds=Fraction(9, 2))
    assert len(choose(scene(9), WORLD, (tight,), WIDE)) == 1
    turned = choose(scene(9), WORLD, (tight.model_copy(update={"reversible": True}),), WIDE)
    assert sorted(use.cut.reversed for use in turned.values()) == [False, True]


def test_equal_clips_share_the_shots() -> None:
    clips = tuple(clip("street at night", name=f"street-{number}") for number in range(4))
    uses = choose(scene(12), WORLD, clips, WIDE)
    assert len({use.clip.name for use in uses.values()}) >= 3


def test_another_take_of_a_shot_is_cut_from_elsewhere() -> None:
    (one,) = choose((shot(),), WORLD, (clip("street at night"),), WIDE).values()
    (two,) = choose((shot(take=2),), WORLD, (clip("street at night"),), WIDE).values()
    assert abs(one.cut.at - two.cut.at) >= APART - WIDE.frame


@given(
    seconds=st.fractions(Fraction(1, 2), Fraction(40), max_denominator=48),
    begin=st.fractions(Fraction(0), Fraction(90), max_denominator=1000),
    length=st.fractions(Fraction(1, 24), Fraction(30), max_denominator=24),
    take=st.integers(1, 40),
    count=st.integers(1, 8),
)
@settings(max_examples=150, deadline=None)
def test_no_take_ever_begins_before_the_in_point_or_ends_after_the_out_point(
    seconds: Fraction, begin: Fraction, length: Fraction, take: int, count: int
) -> None:
    own = clip("street at night", begin=begin, seconds=seconds)
    for use in choose(scene(count, seconds=WIDE.snap(length), take=take), WORLD, (own,), WIDE).values():
        assert begin <= use.cut.at
        assert use.cut.at + use.cut.seconds <= begin + seconds


def test_the_order_of_the_clips_does_not_matter() -> None:
    clips = tuple(clip(words) for words in ("street at night", "road at midnight", "dark avenue", "empty lane, night"))
    assert choose(scene(12), WORLD, clips, WIDE) == choose(scene(12), WORLD, clips[::-1], WIDE)


# ---- a whole episode -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def episode() -> Episode:
    return planned_episode()


def footage_for(episode: Episode) -> tuple:  # type: ignore[type-arg]
    """Return clips for a good many shots of an episode, each scene's own and some that several could want."""
    words = {
        f"{place.set.replace('_', ' ')} {light}" for place in episode.the_world.places for light in ("night", "day")
    }
    words |= {prop.name for prop in episode.the_world.props}
    words |= {f"{one.name} night" for one in episode.the_world.characters if one.kind != "human"}
    return tuple(clip(each) for each in sorted(words))


def chosen(episode: Episode) -> dict[str, tuple[str, Fraction]]:
    uses = choose(episode.shots, episode.the_world, footage_for(episode), episode.brief.format)
    return {name: (use.clip.name, use.cut.at) for name, use in uses.items()}


def test_an_edit_of_one_shot_leaves_the_clips_of_all_others_alone_but_those_it_gives_up_or_takes(
    episode: Episode,
) -> None:
    before = chosen(episode)
    assert len(before) >= 4
    for planned in episode.shots:
        for change in (Reshoot(shot=planned.id), Retime(shot=planned.id, seconds=planned.seconds + 1)):
            after = chosen(apply(change, episode))
            mine = {before.get(planned.id, ("",))[0], after.get(planned.id, ("",))[0]}
            moved = {name for name in {*before, *after} - {planned.id} if before.get(name) != after.get(name)}
            assert {(before.get(name) or after[name])[0] for name in moved} <= mine


def test_another_light_in_one_scene_changes_no_clip_that_the_scene_does_not_ask_for(episode: Episode) -> None:
    before, edited = chosen(episode), apply(SetWorld(scene="S02", light="dusk"), episode)
    after = chosen(edited)
    asked = {found[0] for uses in (before, after) for name, found in uses.items() if name.startswith("S02")}
    moved = {n for n in {*before, *after} if not n.startswith("S02") and before.get(n) != after.get(n)}
    assert {(before.get(name) or after[name])[0] for name in moved} <= asked


def test_no_speaking_mouth_of_an_episode_is_covered(episode: Episode) -> None:
    for name in chosen(episode):
        planned = episode.shot(name)
        seen = {subject.id for subject in planned.subjects}
        assert not any(isinstance(event, Mouth) and event.who in seen for event in planned.events)


# ---- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [("geese", "goose"), ("crossing", "crosses"), ("running", "runs"), ("boxes", "box"), ("driving", "drive"),
     ("doughnuts", "doughnut"), ("raining", "rain"), ("houses", "house"), ("mice", "mouse")],
)  # fmt: skip
def test_forms_of_one_word_are_the_same(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("donut", "doughnut"), ("cop", "officer"), ("cruiser", "car"), ("fled", "x")]
)
def test_near_words_mean_the_same_and_others_do_not(one: str, other: str) -> None:
    assert (meaning(one) == meaning(other)) == (other != "x")


def test_a_description_is_read_for_place_hour_weather_and_camera() -> None:
    said = read("CCTV: geese crossing the road in the rain, midnight, 4K")
    assert (said.sets, said.lights, said.weathers, said.owners) == ({"street"}, {"night"}, {"rain"}, {"cctv"})
    assert [word for word, _ in said.content] == ["geese", "crossing"]


def test_coming_in_is_an_action_that_a_description_may_name() -> None:
    comes = (Enter(at=Fraction(0), who="goose"),)
    planned = shot("goose", role="b_roll", size="full", events=comes)
    found = words_for(planned, "goose arriving, street, night")
    assert found is not None
    assert "arriving" in found
