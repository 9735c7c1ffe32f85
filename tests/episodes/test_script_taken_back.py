"""A screenplay that a person edited comes back as changes, whatever their editor did to it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from episodes.apply import apply, apply_all
from episodes.changes import Change, Lock, UseRecording
from episodes.episode import Episode
from episodes.own_media import OwnReading
from episodes.screenplay import FountainScript, outline
from episodes.taking_back import Understood, from_script
from tests.clean_script import clean_episode
from tests.edited_scripts import edited, seen, without_ids
from tests.planned_episode import planned_episode
from tests.timed_episode import timed_episode
from tests.tools_exports.test_fountain import episodes
from tools.exports.fountain import fountain_text, read_fountain

EPISODE = clean_episode()
PRINTED = outline(EPISODE)
TEXT = fountain_text(PRINTED)
GOLDEN = Path(__file__).parent / "edited" / "ten_edits.fountain"


def taken(*edits: tuple[str, str], episode: Episode = EPISODE) -> Understood:
    """What is understood of the clean script with some of its text replaced."""
    text = TEXT
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return from_script(read_fountain(text), episode)


def kinds(found: Understood) -> list[str]:
    return [change.kind for change in found.changes]


@settings(max_examples=60, deadline=None)
@given(episodes())
def test_an_unedited_script_of_any_letters_gives_nothing(episode: Episode) -> None:
    assert from_script(read_fountain(fountain_text(outline(episode))), episode).nothing


@pytest.mark.parametrize("made", [clean_episode, timed_episode, planned_episode])
def test_an_unedited_script_of_an_episode_at_any_stage_gives_nothing(made: object) -> None:
    episode = made()  # type: ignore[operator]
    assert from_script(read_fountain(fountain_text(outline(episode))), episode).nothing


@settings(max_examples=90, deadline=None)
@given(edited(PRINTED))
def test_what_is_understood_makes_the_script_what_the_person_wrote(script: FountainScript) -> None:
    read = read_fountain(fountain_text(script))
    found = from_script(read, EPISODE)
    after = apply_all(found.changes, EPISODE)
    # An action and its gag stand before what is said over them; who moves one behind is told so.
    if not any("stays right behind" in one or "stays in front" in one for one in found.left):
        assert not found.left
        assert seen(outline(after)) == seen(read)
    assert from_script(outline(after), after).nothing
    before = {beat.id: beat.effects for scene in EPISODE.the_script.scenes for beat in scene.beats}
    for beat in (beat for scene in after.the_script.scenes for beat in scene.beats):
        assert beat.effects == before.get(beat.id, ())


@settings(max_examples=60, deadline=None)
@given(edited(PRINTED))
def test_without_any_ids_the_script_still_becomes_what_the_person_wrote(script: FountainScript) -> None:
    read = read_fountain(fountain_text(without_ids(script)))
    found = from_script(read, EPISODE)
    after = apply_all(found.changes, EPISODE)
    if not any("stays right behind" in one or "stays in front" in one for one in found.left):
        assert not found.left
        assert seen(outline(after)) == seen(read)


def test_an_unedited_script_whose_notes_were_dropped_changes_nothing_and_says_how_it_was_known() -> None:
    found = from_script(without_ids(PRINTED), EPISODE)
    assert not found.changes
    assert not found.left
    assert found.said == (
        "The ids of 25 elements were not in the file any more; they were known by their words and places.",
    )


def test_ten_edits_in_a_text_editor_are_all_understood() -> None:
    found = from_script(read_fountain(GOLDEN.read_text()), EPISODE)
    after = apply_all(found.changes, EPISODE)
    script = after.the_script
    assert script.title == "Glazed and Amused"
    assert after.line("S02-L03").text == "Do we need a whole form for that?"
    assert after.line("S03-L02").delivery == "flat"
    assert after.line("S03-L01").channel == "spoken"
    assert after.line("S03-L05").speaker == "lindqvist"
    assert [line.id for line in script.scene("S03").lines] == [
        "S03-L01", "S03-L02", "S03-L03", "S03-L08", "S03-L04", "S03-L05", "S03-L06", "S03-L07",
    ]  # fmt: skip
    new = after.line("S03-L08")
    assert (new.speaker, new.text, new.delivery) == ("gus", "He pays in advance.", "proud")
    assert all(line.id != "S04-L02" for line in script.lines)
    beats = [beat.id for beat in script.scene("S03").beats]
    assert beats == ["S03-B01", "S03-B02", "S03-B03", "S03-B07", "S03-B04", "S03-B05", "S03-B06"]
    car = next(beat for beat in script.scene("S03").beats if beat.id == "S03-B07")
    assert car.action == "The raccoon tries the cruiser's siren."
    assert car.actors == ("raccoon",)
    assert (script.scene("S02").light, script.scene("S02").clock.strftime("%H:%M")) == ("dawn", "03:40")
    assert (
        next(b for b in script.scene("S03").beats if b.id == "S03-B01").picture_gag == "The box is licked to a shine."
    )
    assert found.left == (
        "Your note at S03-L06 is for the chat: “could he be prouder of this?”.",
        "“CUT TO:” in scene S03 is not taken: cuts are made in cut.otio.",
        "The speech “Deputies don't use lockers.” behind S04-L01 is not taken: nobody in this episode is called "
        "“THE MAYOR”. Those who can speak: OKAFOR, LINDQVIST, MABEL, GUS and THE RACCOON.",
    )
    assert len(found.said) == 12
    assert from_script(outline(after), after).nothing


def test_sentences_name_the_line_and_its_new_words() -> None:
    found = taken(("Do we need a form for that?", "Do we need *two* forms?"))
    assert kinds(found) == ["reword"]
    assert found.said == ("Line S02-L03 now says “Do we need two forms?”.",)


def test_a_speech_gone_a_beat_gone_and_a_scene_gone_are_told_apart() -> None:
    line = taken(("\n\nLINDQVIST\nDo we need a form for that? [[S02-L03]]", ""))
    assert kinds(line) == ["replace_beat"]
    assert line.said == ("Line S02-L03 is gone: “Do we need a form for that?”.",)
    beat = taken(("\n\nThe raccoon rides off. [[S03-B04]]\n\nGUS\nHe can drive? [[S03-L05]]", ""))
    assert kinds(beat) == ["remove_beat"]
    assert "and with it what it did to the story (drop, board, drive and pay)" in beat.said[0]
    cold = TEXT[TEXT.index("INT. DOLLAR") : TEXT.index("INT. THE CRUISER")]
    scene = taken((cold, ""))
    after = apply_all(scene.changes, EPISODE)
    assert scene.said == ("Scene S01 is gone.",)
    assert [one.id for one in after.the_script.scenes] == ["S02", "S03", "S04"]
    assert after.shots == tuple(shot for shot in EPISODE.shots if shot.scene != "S01")
    assert [cue.scene for cue in after.cues] == ["S02", "S03", "S04"]


def test_an_emptied_scene_keeps_its_beats_and_the_person_is_told_how_to_take_it_out() -> None:
    start, end = TEXT.index("Okafor addresses"), TEXT.index("INT. THE CRUISER")
    found = taken((TEXT[start:end], ""))
    assert not found.changes
    assert found.left == (
        "Scene S01 keeps its beats: a scene can't be empty; to take it out, take its heading out too.",
    )


def test_a_new_scene_at_a_known_place_is_taken_and_one_elsewhere_is_left() -> None:
    debrief = "INT. INTERVIEW ROOM B - NIGHT #S04#"
    scene = "EXT. ALDER STREET - DAWN - 4:30\n\n= Outside\n\nThe raccoon waves.\n\nGUS\nCome again.\n\n"
    found = taken((debrief, scene + debrief))
    after = apply_all(found.changes, EPISODE)
    new = after.the_script.scenes[3]
    assert (new.id, new.place, new.light, new.title, str(new.clock)) == (
        "S05", "street", "dawn", "Outside", "2026-03-14 04:30:00",
    )  # fmt: skip
    assert new.present == ("gus", "raccoon")
    assert [line.text for line in new.lines] == ["Come again."]
    assert after.shots == EPISODE.shots
    moon = taken((debrief, "EXT. THE MOON - DAY\n\nNobody is there.\n\n" + debrief))
    assert not moon.changes
    assert moon.left[0].startswith("The new scene “EXT. THE MOON - DAY” does not go to “THE MOON”: this episode has no")


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("INT. THE CRUISER ON ROUTE 9 - DUSK #S02#", ("Scene S02 now plays at dusk.",)),
        ("INT. THE CRUISER ON ROUTE 9 - NIGHT - FOG #S02#", ("The weather of scene S02 is now fog.",)),
        ("int. the cruiser on route 9 - night - 11:05 PM #S02#", ("Scene S02 now begins at 23:05.",)),
        ("INT. THE CRUISER ON ROUTE 9 - CONTINUOUS #S02#", ()),
        ("INT. DOLLAR & DIME DOUGHNUT - NIGHT #S02#", ("Scene S02 now plays at Dollar & Dime Doughnuts.",)),
    ],
)
def test_a_heading_says_place_light_weather_and_hour(heading: str, said: tuple[str, ...]) -> None:
    found = taken(("INT. THE CRUISER ON ROUTE 9 - NIGHT #S02#", heading))
    assert found.said == said
    assert not found.left
    assert len(found.changes) == min(len(said), 1)


def test_a_place_that_is_indoors_stays_indoors_and_says_so() -> None:
    found = taken(("INT. THE CRUISER ON ROUTE 9 - NIGHT", "EXT. THE CRUISER ON ROUTE 9 - NIGHT"))
    assert not found.changes
    assert found.left[0].startswith("Scene S02 stays indoors: the cruiser on Route 9 is a place indoors")


def test_what_writing_programs_add_to_names_changes_nothing() -> None:
    found = taken(
        ("OKAFOR (RADIO)\nFour", "OKAFOR (RADIO) (CONT'D)\nFour"), ("LINDQVIST\nDo", "LINDQVIST (CONT’D)\nDo")
    )
    assert found.nothing


def test_a_speech_is_known_by_name_first_name_or_call_sign() -> None:
    for name in ("GUS PETRAKIS", "PETRAKIS", "gus"):
        found = taken(("LINDQVIST\nDo we need", f"@{name}\nDo we need"))
        assert apply_all(found.changes, EPISODE).line("S02-L03").speaker == "gus"
    found = taken(("LINDQVIST\nDo we need", "4A10\nDo we need"))
    assert apply_all(found.changes, EPISODE).line("S02-L03").speaker == "okafor"
    assert "Did you mean LINDQVIST?" in taken(("LINDQVIST\nDo we need", "LINQVIST\nDo we need")).left[0]


def test_asides_unknown_ways_of_speaking_and_unknown_channels_are_named_and_never_spoken() -> None:
    speech = "LINDQVIST (VIA PIGEON)\n(as a duke)\nDo we need\n(beat)\na form for that?"
    found = taken(("LINDQVIST\nDo we need a form for that?", speech))
    assert not found.changes
    assert len(found.left) == 3
    assert "“(beat)” in scene S02 is not taken" in found.left[0]
    assert "(as a duke) over S02-L03" in found.left[1]
    assert "(VIA PIGEON) behind the name" in found.left[2]


def test_a_copied_speech_is_a_new_line_and_the_first_keeps_its_id() -> None:
    speech = "LINDQVIST\nDo we need a form for that? [[S02-L03]]"
    found = taken((speech, f"{speech}\n\n{speech}"))
    after = apply_all(found.changes, EPISODE)
    assert [line.id for line in after.the_script.scene("S02").lines] == ["S02-L01", "S02-L02", "S02-L03", "S02-L04"]


def test_a_beat_that_moves_takes_its_effects_and_its_lines_measured_length_with_it() -> None:
    episode = timed_episode()
    beat = "The raccoon rides off. [[S03-B04]]\n\nGUS\nHe can drive? [[S03-L05]]\n\n"
    first = "Gus clutches a pink box. [[S03-B01]]"
    found = taken((beat, ""), (first, beat + first), episode=episode)
    after = apply_all(found.changes, episode)
    assert after.the_script.scene("S03").beats[0].id == "S03-B04"
    assert after.the_script.scene("S03").beats[0] == episode.the_script.scene("S03").beats[3]
    assert after.seconds_of(after.line("S03-L05")) == episode.seconds_of(episode.line("S03-L05"))
    assert "Beat S03-B04 has another place: it now stands first." in found.said


def test_a_line_that_moves_keeps_the_persons_recording_and_its_lock() -> None:
    reading = OwnReading(name="gus", digest="0" * 64, form="wav", seconds=2)
    mine: tuple[Change, ...] = (UseRecording(line="S03-L05", recording=reading), Lock(target="S03-L05"))
    episode = apply_all(mine, EPISODE)
    speech = "\n\nGUS\nHe can drive? [[S03-L05]]"
    found = taken((speech, ""), ("[[S03-L06]]", f"[[S03-L06]]{speech}"), episode=episode)
    after = apply_all(found.changes, episode)
    assert [line.id for line in after.the_script.scene("S03").lines][-3:] == ["S03-L06", "S03-L05", "S03-L07"]
    assert after.readings == episode.readings
    assert after.locks == episode.locks


def test_a_new_logline_and_scene_title_keep_every_shot() -> None:
    episode = planned_episode()
    text = TEXT.replace("= The call", "= Sugar").replace("Two officers arrest", "Two officers befriend")
    found = from_script(read_fountain(text), episode)
    after = apply_all(found.changes, episode)
    assert after.the_script.scene("S02").title == "Sugar"
    assert after.the_script.logline.startswith("Two officers befriend")
    assert (after.shots, after.cues, after.lengths) == (episode.shots, episode.cues, episode.lengths)


def test_two_runs_of_the_same_edited_file_say_the_same_and_the_second_has_nothing_left_to_do() -> None:
    text = TEXT.replace("Do we need a form", "Do we need no form").replace("- NIGHT #S02#", "- DAWN - 3:40 #S02#")
    first = from_script(read_fountain(text), EPISODE)
    assert first == from_script(read_fountain(text), EPISODE)
    after = apply_all(first.changes, EPISODE)
    assert from_script(read_fountain(text), after).nothing


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_no_text_whatever_brings_the_reader_down(text: str) -> None:
    found = from_script(read_fountain(text), EPISODE)
    for change in found.changes:
        assert apply(change, EPISODE) is not None
        break
