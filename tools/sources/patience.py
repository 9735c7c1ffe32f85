"""Trying a small call again: reading a source makes many, and one that fails must not repeat the others."""

from collections.abc import Callable
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from episodes.errors import TransientToolError

_Made = TypeVar("_Made")

ATTEMPTS = 4
_LONGEST_WAIT = 30.0
"""Seconds; a server that asks for more is tried again then all the same."""


def patiently(call: Callable[[], _Made]) -> _Made:
    """Return what `call` returns; while it raises `TransientToolError` it is tried up to four times."""
    retrying = Retrying(
        retry=retry_if_exception_type(TransientToolError), stop=stop_after_attempt(ATTEMPTS), wait=_wait, reraise=True
    )
    return retrying(call)


_GROWING = wait_exponential(multiplier=0.25, max=8)


def _wait(state: RetryCallState) -> float:
    failed = state.outcome.exception() if state.outcome else None
    asked = failed.retry_after if isinstance(failed, TransientToolError) else None
    return min(asked, _LONGEST_WAIT) if asked is not None else _GROWING(state)
