"""A wide world on loopback: a resolver that knows what it is told, and a public address that leads to a site here.

What is not public is dialled for real, so that a listener would hear it.
"""

import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tools.sources.guarding import Allowance, Guard, dial

if TYPE_CHECKING:
    from httpcore import NetworkStream

PUBLIC = "93.184.216.34"
"""Where `site.example` lies; no test ever reaches it."""


@dataclass
class World:
    """Names, and what is behind the public address."""

    port: int
    """Of the loopback site that stands for everything public."""
    names: dict[str, list[Sequence[str]]] = field(default_factory=lambda: {"site.example": [(PUBLIC,)]})
    """Answers of each name, one a lookup; the last is repeated."""
    looked_up: list[str] = field(default_factory=list)
    dialled: list[tuple[str, int]] = field(default_factory=list)

    def resolve(self, host: str, port: int) -> Sequence[str]:
        self.looked_up.append(host)
        if host not in self.names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        answers = self.names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def dial(self, ip: str, port: int, seconds: float) -> "NetworkStream":
        self.dialled.append((ip, port))
        return dial("127.0.0.1", self.port, seconds) if ip == PUBLIC else dial(ip, port, seconds)

    def guard(self, allowance: Allowance | None = None, *ports: int) -> Guard:
        return Guard(allowance or Allowance(), self.resolve, self.dial, frozenset({80, 443, 8080, 8443, *ports}))
