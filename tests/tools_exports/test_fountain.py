"""A screenplay survives Fountain, whatever letters it is made of, and other readers see the same script."""

from datetime import datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from screenplay_tools.fountain.parser import Parser
from screenplay_tools.screenplay import ElementType

from episodes.brief import Brief
from episodes.cast import Agency, Character, Place, World
from episodes.episode import Episode
from episodes.script import Beat, Line, Scene, Script
from tools.exports.fountain import fountain_text, outline, read_fountain, write_fountain
from tools.exports.fountain_text import unescaped

TRAPS = [
    "INT. IS MY FAVOURITE", "ext. street", ".hidden", "...", "@home", "!important", ">CUT TO:", "> middle <", "~la la~",
    "# one", "=two", "===", "(aside)", "CUT TO:", "FADE IN:", "ALL CAPS", "[[note]]", "[[[", "]]]", "/* gone */", "*/",
    "*bold*", "_under_", "\\", "\\\\*", "a\\", "Title: no", "mcBride", "Ünal", "ßtraße", "日本", "🦝", "e\u0301",
    "\u200b", "\u202e", "\ud800", "\x00", "\x85", "\u2028", "\t", " x ", "(V.O.)", "A^", "CONT'D (CONT'D)",
    "[[S01-L01]]", "est. 1999", "#4#", "-", "\ufeff", "S01: x", "",
]  # fmt: skip
texts = st.one_of(
    st.sampled_from(TRAPS), st.lists(st.sampled_from(TRAPS), max_size=5).map(" ".join), st.text(max_size=60)
)
channels = st.sampled_from(["spoken", "radio", "dispatch", "phone", "voice_over", "pa"])
deliveries = st.sampled_from(["calm", "urgent", "flat", "whispered"])


@st.composite
def episodes(draw: st.DrawFn) -> Episode:
    people = tuple(
        Character(id=f"p{i}", name="x", short_name=draw(texts), role="officer") for i in range(draw(st.integers(1, 3)))
    )
    places = tuple(Place(id=f"l{i}", name=draw(texts), set="shop", interior=draw(st.booleans())) for i in range(2))
    scenes = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        beats = []
        for index in range(1, draw(st.integers(1, 3)) + 1):
            lines = tuple(
                Line(
                    id=f"S{number:02}-L{index}{k}", speaker=draw(st.sampled_from(people)).id, channel=draw(channels),
                    text=draw(texts), delivery=draw(deliveries),
                )
                for k in range(draw(st.integers(0, 3)))
            )  # fmt: skip
            beats.append(
                Beat(id=f"S{number:02}-B{index:02}", purpose="plant", action=draw(texts), picture_gag=draw(texts),
                     lines=lines)
            )  # fmt: skip
        scenes.append(
            Scene(id=f"S{number:02}", title=draw(texts), place=draw(st.sampled_from(places)).id,
                  clock=datetime(2026, 1, 1), light="night", beats=tuple(beats))
        )  # fmt: skip
    return Episode(
        brief=Brief(theme="x", show=draw(texts)),
        world=World(agency=Agency(name="A", county="B"), characters=people, places=places),
        script=Script(title=draw(texts), logline=draw(texts), scenes=tuple(scenes)),
    )


@settings(max_examples=200, deadline=None)
@given(episodes())
def test_a_script_is_the_same_after_writing_and_reading(episode: Episode) -> None:
    script = outline(episode)
    assert read_fountain(fountain_text(script)) == script


@settings(max_examples=100, deadline=None)
@given(episodes())
def test_another_reader_finds_the_same_scenes_and_speeches(episode: Episode) -> None:
    script = outline(episode)
    parser = Parser()
    parser.add_text(fountain_text(script))
    found = parser.script.elements
    headings = [element for element in found if element.type == ElementType.HEADING]
    speeches = [unescaped(element.text) for element in found if element.type == ElementType.DIALOGUE]
    assert [heading.scene_number for heading in headings] == [scene.id for scene in script.scenes]
    assert speeches == [line.text for scene in script.scenes for line in scene.lines]


def test_the_clean_script_reads_as_a_screenplay(episode: Episode, tmp_path: Path) -> None:
    path = tmp_path / "script.fountain"
    write_fountain(episode, path)
    text = path.read_text()
    assert text.startswith("Title: Glazed and Confused\nCredit: An episode of Night Shift\nSource: S01E01\n")
    assert "INT. DOLLAR & DIME DOUGHNUTS - NIGHT #S01#\n\n= Cold open\n\nOkafor addresses a raccoon" in text
    assert "\n\nMABEL (DISPATCH)\nFour Adam Ten, Dispatch. Theft at" in text
    assert "\n\nOKAFOR (RADIO)\nFour Adam Ten, ten-four. En route. [[S02-L02]]\n" in text
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_person_adds_by_hand_is_read_without_an_id(episode: Episode) -> None:
    text = fountain_text(outline(episode)).replace(
        "Do we need a form for that? [[S02-L03]]",
        "(deadpan)\nDo we need\na *whole* form? [[S02-L03]]\n\nGUS\nYou do.\n\n"
        "/* later */\n\nA light goes out.\n\nCUT TO:",
    )
    call = read_fountain(text.replace("\n", "\r\n")).scenes[1]
    changed, added, action = call.elements[-3:]
    assert (changed.id, changed.delivery, changed.text) == ("S02-L03", "deadpan", "Do we need a whole form?")
    assert (added.id, added.cue, added.text) == ("", "GUS", "You do.")
    assert (action.id, action.text) == ("", "A light goes out.")
