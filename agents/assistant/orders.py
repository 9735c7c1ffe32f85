"""Orders: what the assistant makes of the words of somebody who sits with an episode. None of them is carried out here.

Whoever carries them out shows `said` first: it is the whole of what would be done, in plain words.
"""

from typing import Annotated, Literal

from pydantic import Field

from episodes.changes import Change
from episodes.notes import Note
from episodes.store import Answered
from episodes.value import Value

Command = Literal[
    "undo", "redo", "history", "fork", "diff", "play", "frames", "notes", "lock", "approve", "export", "bloopers",
    "help", "quit",
]  # fmt: skip
"""What a session does by itself; `/undo` and so on."""


class Edit(Value):
    """Change the episode. The changes were tried on it and can be made, one after another."""

    kind: Literal["edit"] = "edit"
    changes: tuple[Change, ...] = Field(min_length=1)
    said: str
    """One sentence: what will be done, with the ids of what is touched."""


class PutFile(Value):
    """Put a file of the person's own into the episode: a clip into a shot, or a recording in place of a line.

    One of `shot` and `line` is named. The file was not looked at: whoever carries it out checks and imports it.
    """

    kind: Literal["put_file"] = "put_file"
    path: str
    """As the person typed it; empty when they named none, and must be asked for it."""
    shot: str | None = None
    line: str | None = None
    said: str


class TakeOutFile(Value):
    """Show the shot, or speak the line, as it would be without the person's own file."""

    kind: Literal["take_out_file"] = "take_out_file"
    shot: str | None = None
    line: str | None = None
    said: str


class Show(Value):
    """Show something, changing nothing."""

    kind: Literal["show"] = "show"
    target: str
    """Id of a shot, scene, beat, line or character, or `cast`, `script`, `shots`, `cut`, `mix`, `voices`."""
    said: str


class Explain(Value):
    """Say why something is as it is."""

    kind: Literal["explain"] = "explain"
    about: str
    """Id of a shot, scene, beat, line or character, or `episode`."""
    question: str
    """The person's words."""


class Ask(Value):
    """The words mean several things; nothing is done until the person has chosen."""

    kind: Literal["ask"] = "ask"
    sentence: str
    """The question."""
    choices: tuple[str, ...] = ()
    """Each a whole sentence that would be understood; empty where only the person can know the answer."""


class Unclear(Value):
    """The words were not understood, or can't be done; nothing is done."""

    kind: Literal["unclear"] = "unclear"
    sentence: str
    """What was not understood, or why it can't be."""
    can: tuple[str, ...] = ()
    """The nearest things that would be understood, as whole sentences."""


class NewEpisode(Value):
    """Make another episode."""

    kind: Literal["new_episode"] = "new_episode"
    theme: str
    minutes: float | None = None
    """Wanted running time in minutes; None when nothing was said of it."""
    title: str | None = None
    said: str


class Say(Value):
    """Run a command of the session."""

    kind: Literal["say"] = "say"
    command: Command
    words: str = ""
    """What stands behind it: a name for `fork`, a shot for `frames` or `play`, two revisions for `diff`."""


Order = Annotated[
    Edit | PutFile | TakeOutFile | Show | Explain | Ask | Unclear | NewEpisode | Say, Field(discriminator="kind")
]
"""Any order, told apart by its `kind`."""


class Focus(Value):
    """What `this shot`, `that line`, `it` and `her` mean: what was last spoken of or shown; empty for nothing yet."""

    shot: str = ""
    line: str = ""
    scene: str = ""
    character: str = ""
    beat: str = ""
    last: Literal["", "shot", "line", "scene", "character", "beat"] = ""
    """Which of them `it` means: the one spoken of last."""


class Step(Value):
    """One revision, as `explain` needs it."""

    by: str
    """Who made the changes: a role or `person`."""
    changes: tuple[Change, ...]


class Record(Value):
    """What is known of how the episode came to be; all of it may be empty."""

    notes: tuple[Note, ...] = ()
    """Findings of all passes."""
    steps: tuple[Step, ...] = ()
    """All revisions before this one, the oldest first."""
    answered: tuple[Answered, ...] = ()
    """Who answered which task: a model or the rules."""
