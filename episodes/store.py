"""The store: the record of one episode on disk, with one writer at a time.

`episode.json` is the head; every revision lies whole in `revisions/`. Each file is written beside its name, flushed and
renamed. A lease with a rising number keeps a second process out, and a stale one from writing.
"""

import fcntl
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from episodes.changes import Change
from episodes.episode import SCHEMA, Episode
from episodes.errors import EpisodeError, LeaseLost, RecordBusy, UnknownSchema
from episodes.notes import Author, Note
from episodes.revisions import Revision, revise
from episodes.trail import Trail
from episodes.value import Value, canonical
from episodes.whole_file import replace_file

Status = Literal["made", "stopped", "finished"]


class Answered(Value):
    """Which hand answered one request to a role."""

    role: str
    task: str
    by: Literal["model", "rules", "person"]
    model: str = ""
    reason: str = ""
    """Why the rule-based hand took over, when it did."""


class PassRecord(Value):
    """What became of one pass."""

    number: int
    stage: Literal["animatic", "final", "play"]
    """`play`: a radio play, of which only what can be heard was judged."""
    revision: str
    score: float
    notes: tuple[str, ...]
    """Ids of the notes that the review raised."""
    kept: bool
    """Whether this pass is the best so far."""


Form = Literal["film", "play"]
"""What an episode can be had as."""


class Delivered(Value):
    """A file that the person gets."""

    path: str
    """Relative to the season's folder."""
    bytes: int
    form: Form = "film"
    """What it was delivered with last."""


class Finished(Value):
    """One form in which the episode was finished."""

    form: Form
    settings: str
    """Digest of the settings it was made with."""
    base: str
    """Revision that its run started from; see `Head.base`."""
    revision: str


class Asked(Value):
    """What the person last asked for beside the wish itself; None where they said nothing."""

    burn_captions: bool | None = None
    loudness_lufs: float | None = None


class MadeBy(Value):
    """What made one piece of media."""

    label: str
    kind: str
    tool: str
    version: str
    recipe: str
    content: str
    """Content hash of what was made."""
    clip: str = ""
    """Name of the person's own clip that is seen; empty for all that was made."""
    words: tuple[str, ...] = ()
    """Words of that clip's description that speak of the shot."""
    licence: str = ""
    """By what right it is used, as the person wrote it."""


class StoodIn(Value):
    """One piece of media that another tool, or the same one with other words, made than was planned."""

    label: str
    kind: str
    wanted: str
    """Name of the tool that did not deliver."""
    by: str
    """Name of the one that made it."""
    recipe: str
    """Recipe key of what was planned."""
    reason: str
    """What the wanted tool said."""
    lost: str = ""
    """What the film lost by it, in words."""


class Head(Value):
    """The head of the record: where the episode stands. History is in the revisions."""

    schema_number: int = SCHEMA
    identity: str
    """Digest of the brief."""
    settings: str = ""
    """Digest of tools, models and passes it was last made with."""
    season: int
    number: int
    revision: str
    base: str
    """Revision that the present run started from: the first one, or the person's latest change. A run can always be
    played again from here: whatever was made before is found, not made."""
    entry: Literal["sources", "scenes"] = "sources"
    """Where in the graph that run began."""
    settled: str = ""
    """Of a run after a person's edit: the revision before it, whose shots and cut stand where nothing has changed."""
    trail: Trail = Trail()
    """The person's edits, and which of them the episode is at."""
    status: Status = "made"
    lease: int = 0
    """Number of the last writer."""
    notes: tuple[Note, ...] = ()
    answered: tuple[Answered, ...] = ()
    passes: tuple[PassRecord, ...] = ()
    made: tuple[MadeBy, ...] = ()
    stood_in: tuple[StoodIn, ...] = ()
    """Wherever a back end did not deliver; emptied when it is asked again."""
    delivered: tuple[Delivered, ...] = ()
    finished: tuple[Finished, ...] = ()
    """Each form once, as it was made last."""
    sounds: str = ""
    """Folder of the person's own recordings that it was made with last; empty for none."""
    footage: str = ""
    """Folder of the person's own clips that it was made with last; empty for none."""
    taken: tuple[str, ...] = ()
    """SHA-256 of files that the person edited and whose edits were taken in: they may be written over."""
    asked: Asked = Asked()
    """What the mix of `base` was last set to by an option."""


class Lease:
    """The right to write one record: a lock that the system drops when its holder dies, and a number that rises."""

    def __init__(self, folder: Path, *, look: bool = False) -> None:
        """Take the lease of the record in `folder`. Raises `RecordBusy` at once when another process has it.

        With `look` the number does not rise: only whether the lease is free is asked.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._handle = os.open(folder / ".lease", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._handle)
            raise RecordBusy(
                f"Another process is already at work on {folder.name!r}: wait for it, or stop it first."
            ) from error
        self.number = int(os.read(self._handle, 20) or b"0") + (0 if look else 1)
        if look:
            return
        os.pwrite(self._handle, str(self.number).encode(), 0)
        os.fsync(self._handle)

    def check(self) -> None:
        """Raise `LeaseLost` when a newer holder has written its number."""
        if int(os.pread(self._handle, 20, 0)) != self.number:
            raise LeaseLost("Another process has taken this episode over; this one stops without writing.")

    def release(self) -> None:
        """Give the lease back."""
        os.close(self._handle)


class EpisodeStore:
    """Reads and writes one record. Writing needs a lease."""

    def __init__(
        self, folder: Path, lease: Lease | None = None, after: Callable[[str], None] = lambda name: None
    ) -> None:
        """Use the record in `folder`; `after` is told the name of each step that is safely on disk."""
        self.folder, self._lease, self._after = folder, lease, after
        self._revisions: dict[str, Revision] = {}

    @property
    def exists(self) -> bool:
        """Whether there is a head."""
        return (self.folder / "episode.json").exists()

    @property
    def begun(self) -> bool:
        """Whether there is anything beyond the revision that the run starts from and those before it."""
        before, revision = 1, self.revision(self.head().base)
        while revision.parent is not None:
            before, revision = before + 1, self.revision(revision.parent)
        return sum(1 for _ in (self.folder / "revisions").glob("*.json")) > before

    def head(self) -> Head:
        """Return the head. Raises `UnknownSchema` for a newer record and `EpisodeError` for a broken one."""
        return read_head(self.folder)

    def create(self, episode: Episode, identity: str) -> Head:
        """Begin a record with a first revision; over another wish's, whose files the next delivery takes away."""
        first = Revision(parent=None, changes=(), by="person", episode=episode)
        delivered = self.head().delivered if self.exists else ()
        self._write_revision(first)
        head = Head(
            identity=identity,
            season=episode.season,
            number=episode.number,
            revision=first.id,
            base=first.id,
            delivered=delivered,
        )
        return self.write_head(head)

    def revision(self, revision_id: str) -> Revision:
        """Return a revision. Raises `EpisodeError` when it is missing or broken."""
        if revision_id not in self._revisions:
            path = self.folder / "revisions" / f"{revision_id}.json"
            try:
                found = Revision.model_validate_json(path.read_bytes())
            except (OSError, ValidationError) as error:
                raise EpisodeError(f"Revision {revision_id!r} of this episode can't be read: {path.name}.") from error
            self._revisions[revision_id] = found
        return self._revisions[revision_id]

    def episode(self, revision_id: str) -> Episode:
        """Return the episode as it is in a revision."""
        return self.revision(revision_id).episode

    def commit(self, parent: str, changes: tuple[Change, ...], by: Author | str) -> str:
        """Store the revision after `changes` and return its id; with no changes, `parent` itself.

        Raises `ChangeRefused` when a change can't be made; then nothing is written.
        """
        if not changes:
            return parent
        new = revise(self.revision(parent), changes, by)
        self._write_revision(new)
        return new.id

    def write_head(self, head: Head) -> Head:
        """Write the head, with the number of our lease in it."""
        if self._lease is not None:
            head = head.model_copy(update={"lease": self._lease.number})
        self._write(self.folder / "episode.json", head)
        self._after("store.headed")
        return head

    def update_head(self, **fields: object) -> Head:
        """Write the head with some fields replaced."""
        return self.write_head(Head.model_validate(self.head().model_dump() | fields))

    def _write_revision(self, new: Revision) -> None:
        self._write(self.folder / "revisions" / f"{new.id}.json", new)
        self._revisions[new.id] = new
        self._after("store.revised")

    def _write(self, path: Path, value: Value) -> None:
        if self._lease is None:
            raise LeaseLost("This record was opened for reading only.")
        self._lease.check()
        write_value(path, value)


def read_head(folder: Path) -> Head:
    """Return the head of the record in `folder`. See `EpisodeStore.head`."""
    path = folder / "episode.json"
    try:
        plain = json.loads(path.read_bytes())
        newer = plain.get("schema_number", 0) > SCHEMA
        head = None if newer else Head.model_validate(plain)
    except (OSError, ValueError) as error:
        raise EpisodeError(
            f"The record {path.parent.name}/episode.json can't be read: it is missing or broken."
        ) from error
    if head is None:
        raise UnknownSchema(f"{path.parent.name} was made by a newer version of Ten-Four: update, then try again.")
    return head


def write_value(path: Path, value: Value) -> None:
    """Write a value as canonical JSON, wholly or not at all. Raises `OutOfSpace` when the disk is full."""
    replace_file(path, canonical(value))
