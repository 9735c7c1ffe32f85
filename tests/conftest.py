"""No test may reach any network but loopback, and none may write outside its own folder."""

import importlib.util
import os
from pathlib import Path

import pytest

# Models of others look these up at import; a test must never leave the machine for them.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

# Models on this machine have an environment of their own: `make test-local`.
collect_ignore = [] if importlib.util.find_spec("torch") else ["local"]


def pytest_runtest_setup() -> None:
    from pytest_socket import socket_allow_hosts

    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(autouse=True)
def _own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test its own cache folder and no key of the person's."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "TENFOUR_")):
            monkeypatch.delenv(name)


SLOW_FIRST = ("durability", "production", "sources")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the groups that take minutes, so that two workers end at about the same time."""

    def rank(item: pytest.Item) -> int:
        group = item.get_closest_marker("xdist_group")
        return SLOW_FIRST.index(group.args[0]) if group and group.args[0] in SLOW_FIRST else len(SLOW_FIRST)

    items.sort(key=rank)
