"""Prompts: files with front matter, a system part and a user part, filled with data that stays data.

What comes from outside (sources, themes, notes) is only ever a variable's content. It is never read as a template,
and it can't close the tag that it stands in.
"""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import yaml
from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from episodes.value import Value, digest

_HEAD = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_PARTS = re.compile(r"\A\s*# system\n(?P<system>.*?)\n# user\n(?P<user>.*)\Z", re.DOTALL)
_TAG_OPENING = re.compile(r"<(?=[/A-Za-z!|?])")


class FrontMatter(Value):
    """The head of a prompt file."""

    version: int
    """Raised when the wording changes what comes back."""
    answers: str
    """Dotted name of the answer type: `agents.writer.model_answers.OutlineAnswer`."""


class Rendered(Value):
    """A prompt, filled in and ready to send."""

    prompt: str
    """Its name: `writer/outline`."""
    digest: str
    """SHA-256 of the prompt file and of the files it includes."""
    answers: str
    """Dotted name of the answer type."""
    system: str
    user: str


class Prompt:
    """One prompt file, read and checked."""

    def __init__(self, name: str, front: FrontMatter, digest: str, parts: tuple[str, str], space: "_Space") -> None:
        self.name = name
        self.front = front
        self.digest = digest
        self._parts = parts
        self._space = space

    def render(self, data: Mapping[str, object]) -> Rendered:
        """Return the prompt with `data` in its places. Raises `ValueError` when a variable is missing."""
        try:
            system, user = (self._space.from_string(part).render(dict(data)).strip() for part in self._parts)
        except TemplateError as error:
            raise ValueError(f"the prompt {self.name!r} can't be filled in: {error}") from error
        return Rendered(prompt=self.name, digest=self.digest, answers=self.front.answers, system=system, user=user)


class _Space(ImmutableSandboxedEnvironment):
    """Jinja2 with all doors shut: no unknown variables, no attributes behind underscores, no changes to data."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            loader=FileSystemLoader(str(folder)),
            undefined=StrictUndefined,
            finalize=defuse,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )


class Prompts:
    """A folder of prompt files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._space = _Space(folder)

    def load(self, name: str) -> Prompt:
        """Return the prompt `name` (`writer/outline`). Raises `ValueError` for a missing or ill-formed file."""
        text = self._read(f"{name}.md")
        head = _HEAD.match(text)
        parts = _PARTS.match(head["body"]) if head else None
        if head is None or parts is None:
            raise ValueError(f"prompts/{name}.md needs front matter between ---, then `# system` and `# user`")
        front = FrontMatter.model_validate(yaml.safe_load(head["front"]))
        return Prompt(name, front, self._digest(text), (parts["system"], parts["user"]), self._space)

    def _digest(self, text: str) -> str:
        included: dict[str, str] = {}
        waiting = [text]
        while waiting:
            for name in meta.find_referenced_templates(self._space.parse(waiting.pop())):
                if name is not None and name not in included:
                    included[name] = self._read(name)
                    waiting.append(included[name])
        return digest([text, included])

    def _read(self, name: str) -> str:
        try:
            return (self.folder / name).read_text(encoding="utf-8").replace("\r\n", "\n")
        except OSError as error:
            raise ValueError(f"there is no prompt file prompts/{name}") from error


def defuse(value: object) -> object:
    """Return `value` as text that can't open or close a tag, and without control and direction marks."""
    text = value if isinstance(value, str) else str(value)
    visible = "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cf"))
    return _TAG_OPENING.sub("‹", visible)
