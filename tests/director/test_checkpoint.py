"""The checkpoint file of a run: nobody holds it when the run is over, however it ended."""

import asyncio
import gc
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from langchain_core.runnables import RunnableConfig

from director import session

WRITES = 12
TRIES = 30


@pytest.fixture
def _no_collection() -> Iterator[None]:
    """Let what is dropped lie: a file must be free at once, not when the garbage is collected."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_no_collection")
def test_writes_cut_short_leave_no_transaction_open(tmp_path: Path) -> None:
    kept: list[object] = []
    for number in range(TRIES):
        path = tmp_path / f"{number}.sqlite"
        kept.append(asyncio.run(cut_short(path, number)))
        with closing(sqlite3.connect(path, timeout=0.0, isolation_level=None)) as base:
            base.execute("BEGIN IMMEDIATE")
            base.execute("ROLLBACK")


async def cut_short(path: Path, steps: int) -> list[object]:
    """Fail a run in the middle of its writes, some cancelled and some waited for by nobody; return how those ended."""
    writes: list[asyncio.Future[None]] = []
    config: RunnableConfig = {"configurable": {"thread_id": "t", "checkpoint_ns": "", "checkpoint_id": "1"}}
    try:
        async with session.saver_of(path) as saver:
            await saver.setup()
            values = [("channel", "x" * 1000)] * 20
            writes += [asyncio.ensure_future(saver.aput_writes(config, values, str(n))) for n in range(WRITES)]
            done = 0
            while done * 10 < steps:
                done = sum(write.done() for write in writes)
                await asyncio.sleep(0)
            for _ in range(steps):
                await asyncio.sleep(0)
            for write in writes[:: 1 + steps % 2]:
                write.cancel()
            raise RuntimeError("The run has failed.")
    except RuntimeError as error:
        return [error, *await asyncio.gather(*writes, return_exceptions=True)]
