"""Named points at which a test may let the whole production die, as a power cut would."""

import os
import signal

POINTS = (
    "store.revised",
    "store.headed",
    "ledger.reserved",
    "worker.made",
    "shelf.kept",
    "shelf.cached",
    "worker.done",
    "node.done",
    "finish.exported",
    "finish.renamed",
)
"""Every point, in the order in which a run meets them first."""


def point(name: str) -> None:
    """Kill this process and its parent production when `TENFOUR_CRASH_AT` is `name` or `name:n` (the n-th time)."""
    wanted = os.environ.get("TENFOUR_CRASH_AT")
    if not wanted:
        return
    at, _, times = wanted.partition(":")
    if at != name:
        return
    counter = os.environ.get("TENFOUR_CRASH_COUNT")
    seen = 1
    if counter:
        # Workers are processes of their own, so the count is kept in a file that all of them see.
        with open(counter, "ab") as file:
            file.write(b"x")
            seen = file.tell()
    if seen != int(times or 1):
        return
    main = os.environ.get("TENFOUR_MAIN_PID")
    if main and int(main) != os.getpid():
        os.kill(int(main), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
