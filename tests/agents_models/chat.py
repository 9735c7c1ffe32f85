"""A chat with the loopback server, with waits so small that tests are quick."""

from pathlib import Path

from pydantic import SecretStr

from agents.account import Account, OpenAccount
from agents.llm import OpenAIChat, Replies, deaf
from agents.prompts import Prompts
from agents.sending import Hearing, Learned, NothingLearned
from agents.wire import ModelSettings
from tests.servers.openai_compatible import Server

PROMPTS = Prompts(Path(__file__).parents[2] / "prompts")
KEY = "sk-canary-4711-never-to-be-written"


class Kept:
    """Replies kept in memory."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        return self.texts.get(key)

    def put(self, key: str, text: str) -> None:
        self.texts[key] = text


def chat_with(
    server: Server,
    *,
    replies: Replies | None = None,
    timeout: float = 5.0,
    wait: float = 0.001,
    account: Account | None = None,
    learned: Learned | None = None,
    hearing: Hearing = deaf,
) -> OpenAIChat:
    """Return a model over the server."""
    settings = ModelSettings("loopback", server.base_url, SecretStr(KEY), timeout, wait)
    account, learned = account or OpenAccount(), learned or NothingLearned()
    return OpenAIChat(settings, replies or Kept(), account, learned, hearing)
