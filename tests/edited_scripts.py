"""Edits as a person makes them in a screenplay, drawn at random."""

from hypothesis import strategies as st

from episodes.screenplay import FountainAction, FountainElement, FountainLine, FountainScene, FountainScript

CUES = {"OKAFOR": "spoken", "LINDQVIST": "radio", "MABEL": "dispatch", "GUS": "phone"}
WORDS = [
    "badge", "sugar", "evidence", "Tuesday", "glaze", "counter", "nobody", "the", "of", "under", "paw", "radio",
    "won't", "[[x", "*bold*", "_so_", "(aside)", "#4#",
]  # fmt: skip
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(lambda found: " ".join(found).capitalize() + ".")


@st.composite
def speeches(draw: st.DrawFn) -> FountainLine:
    cue = draw(st.sampled_from(sorted(CUES)))
    return FountainLine(
        id="", cue=cue, channel=CUES[cue], delivery=draw(st.sampled_from(["calm", "flat", "proud"])), text=draw(words)
    )


new_elements = st.one_of(speeches(), words.map(lambda text: FountainAction(id="", text=text)))


@st.composite
def edited_scenes(draw: st.DrawFn, scene: FountainScene) -> FountainScene:
    """Draw up to three edits of a scene: other words, another place, an element more or less."""
    elements: list[FountainElement] = list(scene.elements)
    for _ in range(draw(st.integers(0, 3))):
        what = draw(st.sampled_from(["reword", "add", "remove", "move", "say", "forget"]))
        at = draw(st.integers(0, len(elements) - 1))
        one = elements[at]
        if what == "reword":
            elements[at] = one.model_copy(update={"text": draw(words)})
        elif what == "add":
            elements.insert(at, draw(new_elements))
        elif what == "remove" and len(elements) > 1:
            del elements[at]
        elif what == "move":
            elements.insert(draw(st.integers(0, len(elements) - 1)), elements.pop(at))
        elif what == "say" and isinstance(one, FountainLine):
            elements[at] = one.model_copy(update={"delivery": draw(st.sampled_from(["urgent", "warm", "whispered"]))})
        elif what == "forget":
            elements[at] = one.model_copy(update={"id": ""})
    return scene.model_copy(update={"elements": tuple(elements)})


@st.composite
def edited(draw: st.DrawFn, script: FountainScript) -> FountainScript:
    """Draw an edit of a whole script; sometimes scenes go or change places, or all ids are lost."""
    scenes = [draw(edited_scenes(scene)) for scene in script.scenes]
    if draw(st.booleans()) and draw(st.booleans()):
        scenes = list(draw(st.permutations(scenes)))
    if draw(st.booleans()) and draw(st.booleans()):
        del scenes[draw(st.integers(0, len(scenes) - 1))]
    return script.model_copy(update={"scenes": tuple(scenes)})


def without_ids(script: FountainScript) -> FountainScript:
    """The script as a program leaves it that keeps no notes and no scene numbers."""
    return script.model_copy(
        update={
            "scenes": tuple(
                scene.model_copy(
                    update={"id": "", "elements": tuple(e.model_copy(update={"id": ""}) for e in scene.elements)}
                )
                for scene in script.scenes
            )
        }
    )


def seen(script: FountainScript) -> object:
    """What a reader sees of a script: all but its ids."""
    return [
        (scene.heading, scene.title, [element.model_dump(exclude={"id", "notes"}) for element in scene.elements])
        for scene in script.scenes
    ]
