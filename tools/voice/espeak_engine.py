"""The process that owns espeak-ng, seen from our side: started when it is first asked, ended with us."""

import atexit
import functools
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from pydantic import Field, TypeAdapter

from episodes.errors import BackendUnavailable, MediaBroken
from episodes.value import Value

_ANSWER_SECONDS = 60.0


class Answer(Value):
    """What the process says."""

    ready: bool = False
    error: str = ""
    missing: bool = False
    rate: int = 0
    samples: int = 0
    words: tuple[tuple[str, int], ...] = ()
    phonemes: tuple[tuple[str, int], ...] = ()
    voices: tuple[str, ...] = ()
    variants: tuple[str, ...] = Field(default=())


_ANSWERS = TypeAdapter(Answer)


class Engine:
    """The process, kept while this worker lives; started again when it has ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def ask(self, request: dict[str, str | int]) -> Answer:
        """Send one request. Raises `BackendUnavailable` when the engine can't be had, `MediaBroken` when it fails."""
        with self._lock:
            answer = self._exchange(request) or self._exchange(request)
        if answer is None:
            raise MediaBroken("espeak-ng ended twice without an answer.")
        if answer.missing:
            raise BackendUnavailable(f"{answer.error}; choose one of the voices that it lists.")
        if answer.error:
            raise MediaBroken(f"espeak-ng failed: {answer.error}.")
        return answer

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _exchange(self, request: dict[str, str | int]) -> Answer | None:
        """Return the answer, or None when the process ended before it came."""
        try:
            if self._process is None or self._process.poll() is not None:
                self.close()
                self._process = self._start()
            return self._send(self._process, request)
        except OSError:
            self.close()
            return None

    def _start(self) -> subprocess.Popen[bytes]:
        script = Path(__file__).with_name("espeak_process.py")
        # -P keeps this folder off the process's path: it must see the wheel and the standard library, not our modules.
        process = subprocess.Popen(
            [sys.executable, "-P", str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        greeting = _heard(process)
        if greeting is None or not greeting.ready:
            process.kill()
            process.communicate()
            reason = greeting.error if greeting else "it ended at once"
            raise BackendUnavailable(
                f"The embedded voices did not start ({reason}): reinstall espeakng-loader, which brings them."
            )
        return process

    def _send(self, process: subprocess.Popen[bytes], request: dict[str, str | int]) -> Answer | None:
        assert process.stdin is not None
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        answer = _heard(process)
        if answer is None:
            self.close()
        return answer


def _heard(process: subprocess.Popen[bytes]) -> Answer | None:
    """Return the next answer, or None when the process ended or said nothing for a minute (it is ended then)."""
    assert process.stdout is not None
    watchdog = threading.Timer(_ANSWER_SECONDS, process.kill)
    watchdog.daemon = True
    watchdog.start()
    try:
        line = process.stdout.readline()
    finally:
        watchdog.cancel()
    return _ANSWERS.validate_json(line) if line.endswith(b"\n") else None


@functools.cache
def _engine_of(process_id: int) -> Engine:
    # Keyed by the process, so that a forked worker never talks through its parent's pipe.
    engine = Engine()
    atexit.register(engine.close)
    return engine


def engine() -> Engine:
    """Return this process's own engine."""
    return _engine_of(os.getpid())
