"""The ledger of calls: each is reserved before it is made, its remote id stored before anybody waits for it.

One SQLite file beside the record, written by the production and by its workers. It answers two questions after a
crash: was this very call submitted already, and what has been spent. Requests to language models have a table of their
own: they have no artefact and no remote id, but tokens.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from episodes.value import Value
from tools.purse import Purse

_FORM = """
CREATE TABLE IF NOT EXISTS calls (
    key TEXT PRIMARY KEY,        -- content key of the call
    label TEXT NOT NULL,
    kind TEXT NOT NULL,
    tool TEXT NOT NULL,
    state TEXT NOT NULL,         -- reserved, submitted, done
    remote_id TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    price REAL NOT NULL DEFAULT 0,
    reserved_at REAL NOT NULL,
    done_at REAL,
    outside INTEGER NOT NULL DEFAULT 0   -- whether it went to another machine
);
CREATE TABLE IF NOT EXISTS answers (
    number INTEGER PRIMARY KEY,
    role TEXT NOT NULL,
    model TEXT NOT NULL,
    label TEXT NOT NULL,         -- what was asked
    prompt_tokens INTEGER NOT NULL,
    answer_tokens INTEGER NOT NULL,
    price REAL NOT NULL,         -- at its worst until it is settled
    seconds REAL NOT NULL DEFAULT 0,
    state TEXT NOT NULL,         -- reserved, answered, failed
    reserved_at REAL NOT NULL
);
"""


class Entry(Value):
    """One call in the ledger."""

    key: str
    label: str
    kind: str
    tool: str
    state: str
    remote_id: str | None
    attempts: int
    price: float
    outside: bool = False
    """Whether it went to another machine."""


class AnswerEntry(Value):
    """One request to a language model in the ledger."""

    role: str
    model: str
    label: str
    prompt_tokens: int
    answer_tokens: int
    price: float
    """What it cost; while it is under way, or when its end was never seen, the most that it can have cost."""
    seconds: float
    state: str
    """`reserved`, `answered` or `failed`."""


class Bill(Value):
    """What language models have taken for one episode, over all its runs."""

    calls: int = 0
    prompt_tokens: int = 0
    answer_tokens: int = 0
    price: float = 0.0


class Ledger:
    """Opens the file anew for each use: workers come and go, and a held connection would not survive a fork."""

    purse: Purse | None = None
    """What this episode shares with others, which every call of the production must ask; None for one by itself."""

    def __init__(self, path: Path) -> None:
        """Use the ledger at `path`; it is made when it is first written."""
        self.path = path

    def reserve(self, key: str, *, label: str, kind: str, tool: str, price: float, outside: bool = False) -> str | None:
        """Note that this call is about to be made; return the remote id of an earlier attempt, if one was submitted."""
        with self._open() as base:
            row = base.execute("SELECT state, remote_id FROM calls WHERE key = ?", (key,)).fetchone()
            if row is None:
                base.execute(
                    "INSERT INTO calls (key, label, kind, tool, state, attempts, price, reserved_at, outside)"
                    " VALUES (?, ?, ?, ?, 'reserved', 1, ?, ?, ?)",
                    (key, label, kind, tool, price, time.time(), outside),
                )
                return None
            base.execute("UPDATE calls SET attempts = attempts + 1 WHERE key = ?", (key,))
            # A done call whose media was lost must be made anew, not re-attached to a job that has ended.
            return None if row[0] == "done" else (row[1] or None)

    def remember(self, key: str, remote_id: str) -> None:
        """Store the id of a submitted remote job, empty for one that has failed; on disk when this returns."""
        state = "submitted" if remote_id else "reserved"
        with self._open() as base:
            base.execute("UPDATE calls SET state = ?, remote_id = ? WHERE key = ?", (state, remote_id or None, key))

    def done(self, key: str) -> None:
        """Note that the call's result is on the shelf."""
        with self._open() as base:
            base.execute("UPDATE calls SET state = 'done', done_at = ? WHERE key = ?", (time.time(), key))

    def entries(self) -> tuple[Entry, ...]:
        """Return all calls, the oldest first; none when there is no file."""
        if not self.path.exists():
            return ()
        with self._open() as base:
            rows = base.execute(
                "SELECT key, label, kind, tool, state, remote_id, attempts, price, outside FROM calls"
                " ORDER BY reserved_at"
            ).fetchall()
        names = tuple(Entry.model_fields)
        return tuple(Entry(**dict(zip(names, row, strict=True))) for row in rows)

    def spent(self) -> float:
        """Return the price of all calls made or under way, of tools and of language models."""
        return sum(entry.price * entry.attempts for entry in self.entries()) + self.bill().price

    def outside_calls(self) -> int:
        """Return how many calls have left this machine, each try counted, of tools and of language models."""
        return sum(entry.attempts for entry in self.entries() if entry.outside) + self.bill().calls

    def ask(self, *, role: str, model: str, label: str, prompt_tokens: int, answer_tokens: int, price: float) -> int:
        """Note that a language model is about to be asked, at its worst; return the number of the request."""
        with self._open() as base:
            row = base.execute(
                "INSERT INTO answers (role, model, label, prompt_tokens, answer_tokens, price, state, reserved_at)"
                " VALUES (?, ?, ?, ?, ?, ?, 'reserved', ?)",
                (role, model, label, prompt_tokens, answer_tokens, price, time.time()),
            )
            return int(row.lastrowid or 0)

    def answered(
        self, number: int, *, prompt_tokens: int, answer_tokens: int, price: float, seconds: float, ok: bool
    ) -> None:
        """Note what a request has really taken."""
        with self._open() as base:
            base.execute(
                "UPDATE answers SET prompt_tokens = ?, answer_tokens = ?, price = ?, seconds = ?, state = ?"
                " WHERE number = ?",
                (prompt_tokens, answer_tokens, price, seconds, "answered" if ok else "failed", number),
            )

    def answers(self) -> tuple[AnswerEntry, ...]:
        """Return all requests to language models, the oldest first; none when there is no file."""
        names = tuple(AnswerEntry.model_fields)
        rows = self._rows(f"SELECT {', '.join(names)} FROM answers ORDER BY number")
        return tuple(AnswerEntry.model_validate(dict(zip(names, row, strict=True))) for row in rows)

    def bill(self) -> Bill:
        """Return what language models have taken."""
        sums = "COUNT(*), SUM(prompt_tokens), SUM(answer_tokens), SUM(price)"
        names = tuple(Bill.model_fields)
        for row in self._rows(f"SELECT {sums} FROM answers"):
            return Bill.model_validate({name: value or 0 for name, value in zip(names, row, strict=True)})
        return Bill()

    def _rows(self, query: str) -> list[tuple[object, ...]]:
        if not self.path.exists():
            return []
        with self._open() as base:
            return base.execute(query).fetchall()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        base = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        try:
            base.execute("PRAGMA synchronous=FULL")
            base.executescript(_FORM)
            base.execute("BEGIN IMMEDIATE")
            if all(row[1] != "outside" for row in base.execute("PRAGMA table_info(calls)")):
                # A ledger from before this was written down.
                base.execute("ALTER TABLE calls ADD COLUMN outside INTEGER NOT NULL DEFAULT 0")
            yield base
            base.execute("COMMIT")
        finally:
            base.close()
