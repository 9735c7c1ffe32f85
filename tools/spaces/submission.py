"""What is remembered of a call that is under way, so that a later process can take it up."""

from pydantic import JsonValue, ValidationError

from episodes.value import Value
from tools.spaces.queue import Ticket

_MOST_REMEMBERED = 20_000
"""Characters of an answer that are kept with a call; a longer one is asked for again."""


class Submission(Value):
    """One submitted call, as the ledger keeps it: one line of JSON, without any key."""

    space: str
    """Which of our places took it."""
    index: int
    """The endpoint's number."""
    session: str
    event: str
    answer: tuple[JsonValue, ...] | None = None
    """What came back, where it did; the files in it still lie with the Space."""
    over: bool = False
    """Whether it has failed, so that there is nothing to take up."""

    @property
    def ticket(self) -> Ticket:
        """What the queue knows it by."""
        return Ticket(session=self.session, event=self.event)

    @property
    def remote_id(self) -> str:
        """What the ledger keeps."""
        text = self.model_dump_json()
        return text if len(text) <= _MOST_REMEMBERED else self.model_copy(update={"answer": None}).model_dump_json()


def submission(remote_id: str | None) -> Submission | None:
    """Return what was remembered; None when nothing was, it has failed, or another tool wrote it."""
    if not remote_id:
        return None
    try:
        known = Submission.model_validate_json(remote_id)
    except ValidationError:
        return None
    return None if known.over else known
