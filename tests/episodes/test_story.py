from datetime import datetime
from typing import get_args

import pytest

from episodes import effects as fx
from episodes.apply import apply, apply_all
from episodes.bible import establish
from episodes.changes import AddEffects, Change, InsertBeat, ReplaceBeat, Reword, SetWorld
from episodes.episode import Episode
from episodes.script import Beat, Line
from episodes.story import Finding, advance, enter_scene, light_at, light_fits, opening, story_of
from episodes.story_moment import happen
from tests.clean_script import clean_episode

CLEAN = clean_episode()


def beat_of(beat_id: str) -> Beat:
    return next(beat for scene in CLEAN.the_script.scenes for beat in scene.beats if beat.id == beat_id)


def adding(beat: str, *effects: fx.Effect, first: bool = False) -> AddEffects:
    return AddEffects(beat=beat, effects=effects, first=first)


def without(beat_id: str, *kinds: str, who: str | None = None) -> ReplaceBeat:
    """The beat without its effects of these kinds (of this person)."""
    beat = beat_of(beat_id)
    kept = tuple(e for e in beat.effects if e.kind not in kinds or (who and getattr(e, "who", who) != who))
    return ReplaceBeat(beat=beat.model_copy(update={"effects": kept}))


def saying(scene: str, after: str, speaker: str, channel: str, text: str, *effects: fx.Effect) -> InsertBeat:
    line = Line.model_validate({"id": f"{scene}-L50", "speaker": speaker, "channel": channel, "text": text})
    beat = Beat(id=f"{scene}-B50", purpose="heighten", lines=(line,), effects=effects)
    return InsertBeat(scene=scene, after=after, beat=beat)


def casting(beat_id: str, *actors: str) -> ReplaceBeat:
    return ReplaceBeat(beat=beat_of(beat_id).model_copy(update={"actors": actors}))


SPOILED: tuple[tuple[str, str, tuple[Change, ...]], ...] = (
    ("presence.arrive", "S03-B01", (adding("S03-B01", fx.Arrive(who="gus")),)),
    ("presence.leave", "S03-B01", (adding("S03-B01", fx.Leave(who="raccoon")),)),
    ("presence.acts", "S03-B01", (adding("S03-B01", fx.Take(who="raccoon", prop="ladle")),)),
    ("presence.acts", "S04-B01", (adding("S04-B01", fx.PutOn(who="gus", garment="red scarf")),)),
    ("presence.receive", "S03-B03", (adding("S03-B03", fx.Give(who="okafor", prop="box", to="mabel")),)),
    ("presence.spoken", "S04-B50", (saying("S04", "S04-B01", "gus", "spoken", "I never left."),)),
    (
        "presence.spoken",
        "S03-B50",
        (saying("S03", "S03-B04", "lindqvist", "spoken", "Wait for me."), adding("S03-B04", fx.Leave(who="lindqvist"))),
    ),
    ("presence.actor", "S02-B01", (casting("S02-B01", "okafor", "gus"),)),
    ("custody.leave", "S03-B06", (without("S03-B06", "leave", who="lindqvist"),)),
    ("custody.arrive", "S03-B50", (saying("S03", "S03-B06", "gus", "spoken", "You!", fx.Arrive(who="raccoon")),)),
    ("custody.elsewhere", "S04", (SetWorld(scene="S04", place="street", present=("raccoon", "gus")),)),
    ("custody.officer", "S03-B02", (adding("S03-B02", fx.Detain(who="raccoon", by="gus")),)),
    ("custody.twice", "S03-B05", (adding("S03-B05", fx.Detain(who="raccoon", by="lindqvist")),)),
    ("custody.captor", "S03-B05", (adding("S03-B05", fx.Detain(who="okafor", by="lindqvist"), first=True),)),
    ("custody.release", "S03-B02", (adding("S03-B02", fx.Release(who="gus")),)),
    ("custody.drive", "S03-B04", (adding("S03-B04", fx.Detain(who="raccoon", by="okafor"), first=True),)),
    ("prop.held", "S03-B02", (adding("S03-B02", fx.Take(who="okafor", prop="box")),)),
    ("prop.held", "S03-B02", (adding("S03-B02", fx.Take(who="gus", prop="box")),)),
    ("prop.held", "S03-B02", (adding("S03-B02", fx.Hide(who="okafor", prop="box")),)),
    ("prop.not_held", "S03-B02", (adding("S03-B02", fx.Give(who="lindqvist", prop="ladle", to="gus")),)),
    ("prop.not_held", "S03-B02", (adding("S03-B02", fx.Drop(who="okafor", prop="box")),)),
    (
        "prop.hidden",
        "S03-B02",
        (adding("S03-B02", fx.Hide(who="gus", prop="ladle"), fx.Take(who="okafor", prop="ladle")),),
    ),
    ("prop.hidden", "S03-B02", (adding("S03-B01", fx.Hide(who="okafor", prop="doughnut")),)),
    (
        "prop.elsewhere",
        "S04-B01",
        (adding("S03-B06", fx.Drop(who="okafor", prop="box")), adding("S04-B01", fx.Take(who="okafor", prop="box"))),
    ),
    ("prop.elsewhere", "S04-B01", (casting("S04-B01", "okafor", "doughnut"),)),
    (
        "prop.gone",
        "S03-B02",
        (adding("S03-B02", fx.Consume(prop="ladle"), fx.Take(who="gus", prop="ladle")),),
    ),
    ("count.consume", "S03-B02", (adding("S03-B02", fx.Consume(prop="ladle", count=2)),)),
    ("count.consume", "S03-B02", (adding("S03-B02", fx.Consume(prop="ladle", count=0)),)),
    ("count.set", "S03-B02", (adding("S03-B02", fx.CountSet(prop="ladle", count=-1)),)),
    ("count.said", "S03-B01", (Reword(line="S03-L02", text="There were twenty-three jelly doughnuts in that case."),)),
    ("count.said", "S03-B02", (Reword(line="S03-L03", text="Only 19 doughnuts are left on the counter."),)),
    ("count.said", "S02-B01", (Reword(line="S02-L01", text="We have three dozen jelly doughnuts missing."),)),
    ("broken.again", "S03-B06", (adding("S03-B06", fx.Break(what="scooter")),)),
    ("broken.use", "S03-B04", (adding("S03-B03", fx.Break(what="scooter")),)),
    ("broken.use", "S03-B02", (adding("S03-B02", fx.Break(what="ladle"), fx.Consume(prop="ladle")),)),
    ("wardrobe.put_on", "S03-B02", (adding("S03-B02", fx.PutOn(who="gus", garment="White apron")),)),
    ("wardrobe.take_off", "S03-B02", (adding("S03-B02", fx.TakeOff(who="gus", garment="red scarf")),)),
    ("injury.twice", "S03-B03", (adding("S03-B03", fx.Injure(who="lindqvist", injury="sugar in both eyes")),)),
    ("injury.heal", "S03-B06", (without("S03-B03", "injure"),)),
    ("vehicle.board", "S03-B04", (adding("S03-B03", fx.Board(who="raccoon", vehicle="cruiser")),)),
    ("vehicle.lost", "S03-B06", (adding("S03-B06", fx.Board(who="gus", vehicle="scooter")),)),
    ("vehicle.lost", "S03-B06", (adding("S03-B06", fx.LoseVehicle(vehicle="scooter")),)),
    ("vehicle.elsewhere", "S03-B04", (adding("S03-B04", fx.Board(who="gus", vehicle="scooter")),)),
    ("vehicle.empty", "S03-B02", (adding("S03-B02", fx.Drive(vehicle="cruiser", to="street")),)),
    ("vehicle.alight", "S03-B02", (adding("S03-B02", fx.Alight(who="gus")),)),
    (
        "vehicle.aboard_lost",
        "S04",
        (without("S03-B05", "alight"), SetWorld(scene="S04", present=("okafor", "raccoon"))),
    ),
    ("unit.status", "S03-B01", (without("S02-B02", "set_status"),)),
    ("unit.status", "S03-B06", (without("S03-B01", "set_status"),)),
    ("unit.status", "S03-B02", (adding("S03-B02", fx.SetStatus(unit="4A10", status="en_route")),)),
    ("knows.forget", "S03-B02", (adding("S03-B02", fx.Forget(who="lindqvist", topic="theft")),)),
    ("plant.pay", "S03-B02", (adding("S03-B02", fx.Pay(topic="locker")),)),
    ("plant.unpaid", "S02-B01", (without("S03-B04", "pay"),)),
    ("promise.keep", "S04-B01", (without("S03-B03", "promise"),)),
    ("clock.backwards", "S03", (SetWorld(scene="S03", clock="03:05"),)),
    ("clock.backwards", "S03", (adding("S02-B01", fx.Elapse(seconds=600)),)),
    ("clock.elapse", "S02-B01", (adding("S02-B01", fx.Elapse(seconds=-5)),)),
    ("light.clock", "S03", (SetWorld(scene="S03", light="day"),)),
    ("light.clock", "S03-B02", (adding("S03-B02", fx.SetLight(light="dusk")),)),
    ("radio.speaker", "S03-B50", (saying("S03", "S03-B01", "gus", "radio", "Hello? Anybody?"),)),
    ("radio.dispatch", "S03-B50", (saying("S03", "S03-B01", "gus", "dispatch", "All units, I want my doughnuts."),)),
    ("radio.loudspeaker", "S03-B50", (saying("S03", "S03-B01", "gus", "pa", "Everybody out of my shop!"),)),
    ("presence.spoken", "S03-B50", (saying("S03", "S03-B01", "mabel", "pa", "Everybody out!"),)),
    ("radio.unit", "S02-B02", (Reword(line="S02-L02", text="Four Adam Eleven, ten-four. En route."),)),
    ("radio.unit", "S02-B02", (Reword(line="S02-L02", text="4B10, en route."),)),
    ("radio.code", "S02-B02", (Reword(line="S02-L02", text="Four Adam Ten, 10-97."),)),
    ("radio.code", "S02-B02", (Reword(line="S02-L02", text="Four Adam Ten, ten-twenty-three."),)),
    ("radio.alphabet", "S02-B02", (Reword(line="S02-L02", text="Four Alpha Ten, en route."),)),
    ("unknown.character", "S03-B02", (adding("S03-B02", fx.Learn(who="nobody", topic="theft")),)),
    ("unknown.character", "S03-B50", (saying("S03", "S03-B01", "nobody", "spoken", "Boo."),)),
    ("unknown.prop", "S03-B02", (adding("S03-B02", fx.Take(who="gus", prop="crown")),)),
    ("unknown.vehicle", "S03-B02", (adding("S03-B02", fx.Board(who="gus", vehicle="yacht")),)),
    ("unknown.unit", "S03-B02", (adding("S03-B02", fx.SetStatus(unit="9Z9", status="en_route")),)),
    ("unknown.place", "S03-B04", (adding("S03-B04", fx.Drive(vehicle="scooter", to="moon")),)),
    ("unknown.actor", "S02-B01", (casting("S02-B01", "dragon"),)),
)
"""Rule, target, and the changes that plant the contradiction into the clean episode."""


def rules_of(episode: Episode) -> set[tuple[str, str]]:
    return {(finding.rule, finding.target) for finding in story_of(episode).findings}


def test_the_clean_episode_has_no_finding() -> None:
    assert story_of(CLEAN).findings == ()


@pytest.mark.parametrize(("rule", "target", "changes"), SPOILED, ids=[f"{rule}-{at}" for rule, at, _ in SPOILED])
def test_a_planted_contradiction_is_found_at_its_place(rule: str, target: str, changes: tuple[Change, ...]) -> None:
    episode = apply_all(changes, CLEAN)
    assert (rule, target) in rules_of(episode)
    for finding in story_of(episode).findings:
        assert finding.text.endswith(".")
        assert finding.target in finding.text
        assert finding.fix.endswith(".")


@pytest.mark.parametrize(("rule", "target", "changes"), SPOILED, ids=[f"{rule}-{at}" for rule, at, _ in SPOILED])
def test_a_contradiction_does_not_draw_a_tail_of_others(rule: str, target: str, changes: tuple[Change, ...]) -> None:
    assert len(story_of(apply_all(changes, CLEAN)).findings) <= 4


@pytest.mark.parametrize(("rule", "target", "changes"), SPOILED, ids=[f"{rule}-{at}" for rule, at, _ in SPOILED])
def test_the_repair_of_a_finding_mends_it(rule: str, target: str, changes: tuple[Change, ...]) -> None:
    episode = apply_all(changes, CLEAN)
    found = [finding for finding in story_of(episode).findings if (finding.rule, finding.target) == (rule, target)]
    for finding in found:
        if finding.change is not None:
            mended = story_of(apply(finding.change, episode)).findings
            assert [f.text for f in mended].count(finding.text) < [f.text for f in found].count(finding.text)


def test_most_findings_bring_their_repair() -> None:
    findings = [finding for _, _, changes in SPOILED for finding in story_of(apply_all(changes, CLEAN)).findings]
    assert sum(finding.change is not None for finding in findings) >= len(findings) // 3


def test_an_unknown_place_or_person_of_a_scene_is_found() -> None:
    scene = CLEAN.the_script.scene("S03")
    state = story_of(CLEAN).before("S03-B01")
    spoiled = scene.model_copy(update={"place": "moon", "present": ("okafor", "nobody")})
    _, found = enter_scene(state, spoiled, CLEAN.the_world)
    assert {finding.rule for finding in found} == {"unknown.place", "unknown.character"}
    assert {finding.severity for finding in found} == {"fatal"}


# ---- traps: what looks wrong and is right ----------------------------------------------------------------------------

TRAPS: tuple[tuple[str, tuple[Change, ...]], ...] = (
    (
        "the disguised one speaks as whom they pass for",
        (
            saying("S04", "S04-B01", "gus", "spoken", "It is I, Gus.", fx.Disguise(who="raccoon", as_="gus")),
            SetWorld(scene="S04", present=("okafor", "raccoon")),
        ),
    ),
    (
        "a suspect in an officer's disguise detains and uses the radio",
        (
            adding("S03-B03", fx.Disguise(who="raccoon", as_="okafor")),
            saying("S03", "S03-B03", "raccoon", "radio", "4A10, quiet.", fx.Detain(who="gus", by="raccoon")),
            adding("S03-B04", fx.Release(who="gus"), first=True),
        ),
    ),
    (
        "a witness in the dispatcher's disguise dispatches",
        (
            saying(
                "S03", "S03-B01", "gus", "dispatch", "All units, go home.", fx.Disguise(who="gus", as_="mabel")
            ),
        ),
    ),
    (
        "whom the disguised one passes for is seen",
        (
            adding("S03-B03", fx.Disguise(who="raccoon", as_="mabel")),
            ReplaceBeat(beat=beat_of("S03-B04").model_copy(update={"actors": ("mabel", "scooter")})),
        ),
    ),
    ("an officer who is there uses the loudspeaker", (saying("S03", "S03-B01", "okafor", "pa", "Come out!"),)),
    ("somebody holding a radio uses it", (saying("S03", "S03-B01", "gus", "phone", "Hello? Anybody?"),)),
    ("a prisoner leaves with an officer, named first or last", (without("S03-B06", "heal"),)),
    ("a promoted raccoon takes custody", (
        adding("S04-B02", fx.Detain(who="okafor", by="raccoon")), SetWorld(scene="S04", present=("okafor", "raccoon")),
        adding("S04-B01", fx.Release(who="raccoon")),
    )),
    ("a part is counted", (Reword(line="S03-L02", text="He ate two doughnuts, then another six."),)),
    ("one of many is counted", (Reword(line="S03-L02", text="One doughnut is worth two officers and a dog."),)),
    ("what is gone is counted", (Reword(line="S03-L03", text="Four doughnuts gone, twenty doughnuts left."),)),
    ("a plate is no call sign", (Reword(line="S03-L02", text="The plate was 7C21, and it was 10-4 all day."),)),
    ("a price and a time are no counts", (Reword(line="S03-L02", text="At 3:12 doughnuts cost two dollars."),)),
    ("a busy unit goes on", (adding("S03-B02", fx.SetStatus(unit="4A10", status="busy")),)),
    ("the dusk of June", (SetWorld(scene="S04", light="dawn"),)),
)  # fmt: skip


@pytest.mark.parametrize(("name", "changes"), TRAPS, ids=[name for name, _ in TRAPS])
def test_a_trap_catches_nobody(name: str, changes: tuple[Change, ...]) -> None:
    assert story_of(apply_all(changes, CLEAN)).findings == ()


# ---- how the state moves ---------------------------------------------------------------------------------------------


def test_every_effect_has_its_rule() -> None:
    kinds = get_args(get_args(fx.Effect)[0])
    assert set(kinds) <= set(happen.registry)


def test_a_state_is_known_before_and_after_each_beat() -> None:
    story = story_of(CLEAN)
    assert story.before("S03-B02").prop("doughnut").count == 24
    assert story.at("S03-B02").prop("doughnut").count == 20
    assert story.at("S03-B02").person("raccoon").wardrobe == ("paper hat",)
    assert story.before("S03-B04").person("raccoon").disguised_as == "gus"
    assert story.at("S03-B05").person("raccoon").wardrobe == ()
    with pytest.raises(KeyError):
        story.at("S03-B99")


def test_what_is_held_goes_along_and_what_is_dropped_stays() -> None:
    final = story_of(CLEAN).final
    assert final.person("okafor").held == ("box",)
    assert (final.prop("box").holder, final.prop("box").place) == ("okafor", None)
    assert (final.prop("doughnut").holder, final.prop("doughnut").place) == (None, "shop")


def test_the_story_leaves_ranks_injuries_and_losses_to_the_bible() -> None:
    kept = apply(without("S03-B06", "heal"), CLEAN)
    left = establish(kept)
    assert left.ranks == (("raccoon", "Deputy"),)
    assert left.injuries == (("lindqvist", "sugar in both eyes"),)
    assert left.lost_vehicles == ("scooter",)
    assert left.topics == ("right_to_glaze", "two_dozen")


def test_a_flash_forward_has_not_happened_yet_when_the_story_begins() -> None:
    # In the cold open the raccoon is caught; eight minutes before, nobody has met it.
    early = apply(adding("S01-B01", fx.Detain(who="raccoon", by="okafor")), CLEAN)
    story = story_of(early)
    assert story.at("S01-B01").person("raccoon").custody_of == "okafor"
    assert story.before("S02-B01").person("raccoon").custody_of is None
    assert story.findings == ()


def test_a_cold_open_that_comes_before_the_rest_does_count() -> None:
    early = apply_all((SetWorld(scene="S01", clock="03:00"), adding("S01-B01", fx.Consume(prop="doughnut"))), CLEAN)
    assert story_of(early).before("S02-B01").prop("doughnut").count == 23


def test_the_scene_goes_along_when_all_who_are_there_drive_off_together() -> None:
    story = story_of(apply(adding("S02-B02", fx.Drive(vehicle="cruiser", to="street")), CLEAN))
    assert story.findings == ()
    assert story.at("S02-B02").place == "street"
    assert story.at("S02-B02").present == ("okafor", "lindqvist")


def test_who_drives_off_alone_is_gone() -> None:
    after = story_of(CLEAN).at("S03-B04")
    assert after.place == "shop"
    assert "raccoon" not in after.present
    assert after.vehicle("scooter").place == "street"


def test_a_title_makes_an_officer_and_a_reveal_ends_a_disguise() -> None:
    state = story_of(CLEAN).at("S03-B03")
    assert not state.is_officer("raccoon")
    sworn, _ = advance(state, fx.Rank(who="raccoon", title="Sergeant"), "S03-B03")
    assert sworn.is_officer("raccoon")
    bare, found = advance(state, fx.Reveal(what="raccoon"), "S03-B03")
    assert (bare.person("raccoon").disguised_as, found) == (None, ())


def test_a_revealed_topic_is_learned_by_all_who_are_there() -> None:
    state, found = advance(story_of(CLEAN).before("S02-B01"), fx.Reveal(what="the_raccoon_knows"), "S02-B01")
    knowing = {person.id for person in state.people if "the_raccoon_knows" in person.knows}
    assert (knowing, found) == ({"okafor", "lindqvist"}, ())


def test_opening_and_entering_the_first_scene_are_one_state() -> None:
    scene = CLEAN.the_script.scenes[0]
    state = opening(CLEAN.the_world, scene)
    assert enter_scene(state, scene, CLEAN.the_world) == (state, ())


def test_an_effect_on_nothing_does_nothing() -> None:
    state = story_of(CLEAN).final
    after, found = advance(state, fx.Injure(who="nobody", injury="pride"), "S04-B02")
    assert after == state
    assert isinstance(found[0], Finding)


@pytest.mark.parametrize(
    ("light", "hours"),
    [("night", (20, 21, 23, 0, 3, 5, 6)), ("dawn", (4, 5, 6.5, 8)), ("day", (6, 12, 19)), ("dusk", (17, 20, 22))],
)
def test_light_fits_its_hours_and_an_hour_to_either_side(light: fx.Light, hours: tuple[float, ...]) -> None:
    assert all(light_fits(light, hour) for hour in hours)


@pytest.mark.parametrize(
    ("light", "hours"), [("night", (12, 19.5, 6.5)), ("day", (5.5, 19.5, 0)), ("dawn", (3, 9, 18))]
)
def test_light_does_not_fit_other_hours(light: fx.Light, hours: tuple[float, ...]) -> None:
    assert not any(light_fits(light, hour) for hour in hours)


def test_every_hour_has_a_light_that_fits() -> None:
    assert all(light_fits(light_at(hour), hour) for hour in range(24))


def test_a_scene_that_begins_too_early_is_moved_to_when_it_can() -> None:
    spoiled = apply(SetWorld(scene="S03", clock="03:05"), CLEAN)
    repair = story_of(spoiled).findings[0].change
    assert repair == SetWorld(scene="S03", clock="03:12")
    assert story_of(apply(repair, spoiled)).findings == ()
    assert apply(repair, spoiled).the_script.scene("S03").clock == datetime(2026, 3, 14, 3, 12)
