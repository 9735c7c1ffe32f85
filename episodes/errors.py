"""The root of our exception tree. Each class says who must act.

* ProductionError                 everything that we raise on purpose
  + InputRefused                  the person: a theme, source, option or folder can't be used (exit code 2)
  x EpisodeError
    + ChangeRefused               whoever made the change: its target is missing, locked or makes no sense
    + UnknownSchema               the person: the record was written by a newer version of this program
    + RecordBusy                  the person: another process holds this episode
    + LeaseLost                   nobody: this process was overtaken and must stop writing
  x ToolError
    + BackendUnavailable          the person: a key, program or GPU is missing
    + BackendDown                 nobody now: it sleeps, is paused or broken, or its quota is spent; another stands in
    + TransientToolError          nobody: a time-out, 429 or 5xx; tried again
    + RequestRejected             the agent that asked: content or parameters were refused; becomes a note
    + MediaBroken                 the tool: what came back is no playable media; made again
  x ModelError
    + ModelUnreachable            nobody: tried again, then the rule-based hand takes over
    + AnswerInvalid               nobody: the model never gave a valid answer; the rule-based hand takes over
    + ModelRefused                nobody: the model declined; the rule-based hand takes over
    + LimitReached                nobody: a cap on calls, tokens, time or money; the rule-based hand takes over
  x Stopped                       nobody: the person pressed Ctrl-C, or a limit was reached
    + OutOfSpace                  the person: free some room and resume
"""


class ProductionError(Exception):
    """The root: one clear sentence for a person is its message."""


class InputRefused(ProductionError):
    """What the person gave can't be used; the sentence says what to do. Nothing was written."""


class EpisodeError(ProductionError):
    """The record can't be read, written or changed as asked."""


class ChangeRefused(EpisodeError):
    """A change names a missing or locked target, or would make no episode."""


class UnknownSchema(EpisodeError):
    """The record was written by a newer version of this program."""


class RecordBusy(EpisodeError):
    """Another process is at work on this episode."""


class LeaseLost(EpisodeError):
    """A newer holder has taken the lease; this process may not write any more."""


class ToolError(ProductionError):
    """A tool did not deliver."""


class BackendUnavailable(ToolError):
    """A key, program, wheel or GPU is missing; the sentence says which and how to get it."""


class BackendDown(ToolError):
    """Somebody else's machine can't serve us for a while, whatever we ask; the sentence says why and until when."""


class TransientToolError(ToolError):
    """A time-out, 429 or 5xx: the same call may go through later."""

    def __init__(self, sentence: str, retry_after: float | None = None) -> None:
        """`retry_after`: seconds that the other side asked us to wait; None when it said nothing."""
        super().__init__(sentence)
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[type["TransientToolError"], tuple[str, float | None]]:
        """Come back whole from another process."""
        return type(self), (str(self), self.retry_after)


class RequestRejected(ToolError):
    """The back end refused this content or these parameters; asking again as it is won't help."""


class MediaBroken(ToolError):
    """The back end returned something that is no playable media of the asked kind."""


class ModelError(ProductionError):
    """A language model did not give a usable answer."""


class ModelUnreachable(ModelError):
    """No connection, a time-out, 429 or 5xx until the attempts ran out."""


class AnswerInvalid(ModelError):
    """No reply fitted the answer type, though the model was told what was wrong."""


class ModelRefused(ModelError):
    """The model declined to answer."""


class LimitReached(ModelError):
    """Models may take no more of this episode's calls, tokens, minutes or money; the call was not made."""


class Stopped(ProductionError):
    """The run ended early and in good order; resuming goes on from here."""


class OutOfSpace(Stopped):
    """The disk filled up; all that was finished is kept."""
