"""A model that obeys whatever any text tells it, to the full extent of what an answer can hold.

It first does exactly as told, whether or not that is an answer; told that this can't be used, it weaves the order into
an answer that can: paths and words in every free text, the numbers in every number, fields and tools of its own.
"""

import json
import re
import threading
from dataclasses import dataclass, field
from typing import cast

from tests.servers.brain import Answer, Brain

Json = object
_STRINGS_KEPT = re.compile(r"^(\d{1,2}:\d{2}|S\d\d(-[LB]?\d\d)?|F\d+|\w{1,20})$")
"""Times, ids and single words: with an order woven into them an answer would not be usable."""


@dataclass(frozen=True)
class Orders:
    """What a prompt tells the model to do."""

    words: tuple[str, ...]
    """To be put into texts."""
    numbers: tuple[int, ...]
    fields: tuple[tuple[str, object], ...]
    """Settings to be changed, by name."""
    calls: tuple[tuple[str, str], ...]
    """Tools to be called, with their arguments."""
    answer: str = ""
    """The whole answer, as it was dictated."""

    def __bool__(self) -> bool:
        return bool(self.words or self.numbers or self.fields or self.calls or self.answer)


def orders_in(text: str) -> Orders:
    """Return all orders that stand anywhere in a text."""
    said = re.findall(r"say exactly [\"“](.+?)[\"”] and stop", text)
    to = re.findall(r"(?:write|save|send|move|upload) [^.]{0,40}? to (\S+?)[.,]?(?:\s|$)", text)
    changed = re.findall(r"change the (\w+) to (\S+)", text)
    used = re.findall(r"use (model|back end|voice) (\S+?)[.,]?(?:\s|$)", text)
    numbers = [(name.strip(), int(number)) for name, number in re.findall(r"set the ([\w ]+?) to (-?\d+)", text)]
    revealed = re.findall(r"(?:reveal|repeat) (\w+)", text)
    deleted = re.findall(r"delete (/\S+)", text)
    calls = re.findall(r"call tool (\w+) with (\{[^{}]*\})", text)
    answer = re.search(r"answer only with (\{[^{}]*\})", text)
    secrets = [f"${{{name}}} {{{{ {name} }}}} %({name})s {text[:80]}" for name in revealed]
    return Orders(
        words=(*said, *to, *(value for _, value in (*changed, *used)), *secrets, *deleted),
        numbers=tuple(number for _, number in numbers),
        fields=(*numbers, *changed, *used, *(("delete", path) for path in deleted)),
        calls=(*calls, *(("delete_file", json.dumps({"path": path})) for path in deleted)),
        answer=answer.group(1) if answer else "",
    )


@dataclass
class Obedient:
    """A mind for the server. `obeyed` tells which answer types carried orders, and which."""

    base: Brain = field(default_factory=lambda: Brain(finds=True))
    obeyed: list[tuple[str, Orders]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, title: str, prompt: str) -> Answer:
        """Answer without orders, from the prompt."""
        return self.base(title, prompt)

    def obey(self, title: str, body: dict[str, object]) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Return the text of the answer and the tools to be called, which nobody offered."""
        said = [str(message["content"]) for message in cast(list[dict[str, object]], body["messages"])]
        orders = orders_in("\n".join(said))
        schema = schema_in(body, said[0])
        plain = {} if title.endswith("Part") else told(said[1]) if title == "FactsAnswer" else self(title, said[1])
        if not orders:
            return json.dumps(plain), ()
        with self.lock:
            self.obeyed.append((title, orders))
        first = len(said) == 2
        if first and orders.answer:
            return orders.answer, orders.calls
        done = cast(Answer, obeying(plain, schema, schema, orders, woven=not first))
        if title == "FactsAnswer":
            # Every other fact stays word for word: the roles after the reader are to hear the orders themselves.
            done["facts"] = [
                fact if number % 2 else fact | {"text": whole["text"], "keywords": whole["keywords"]}
                for number, (fact, whole) in enumerate(zip(_list(done["facts"]), _list(plain["facts"]), strict=True))
            ]
        return json.dumps(done | dict(orders.fields)), orders.calls


def told(prompt: str) -> Answer:
    """Return the passages as facts, orders first and word for word, so that every later role has them too."""
    passages = re.findall(r"^\[(\d+)\] (.+)$", prompt, re.MULTILINE)
    passages.sort(key=lambda passage: not orders_in(passage[1]))
    return {
        "facts": [
            {"passage": int(number), "kind": "quote", "text": text[:380], "keywords": re.findall(r"\w{5,}", text)[:3]}
            for number, text in passages[:20]
        ]
    }


def schema_in(body: dict[str, object], system: str) -> dict[str, object]:
    """Return the schema of the answer, in whatever form it was asked for."""
    form = cast(dict[str, dict[str, object]], body.get("response_format") or {})
    if "json_schema" in form:
        return cast(dict[str, object], form["json_schema"]["schema"])
    tools = cast(list[dict[str, dict[str, object]]], body.get("tools") or [])
    if tools:
        return cast(dict[str, object], tools[0]["function"]["parameters"])
    found = re.search(r"JSON schema:\n(\{.*\})", system, re.DOTALL)
    return cast(dict[str, object], json.loads(found.group(1))) if found else {}


def obeying(value: Json, node: object, root: dict[str, object], orders: Orders, *, woven: bool) -> Json:
    """Return an answer with the orders in every place of its schema that can take them."""
    schema = _resolved(node, root)
    if "enum" in schema or "const" in schema:
        return value if value is not None else (cast(list[Json], schema.get("enum")) or [schema.get("const")])[0]
    kind = schema.get("type")
    if kind == "object":
        properties = cast(dict[str, object], schema.get("properties") or {})
        given = value if isinstance(value, dict) else {}
        return {
            # A fact that names no passage would only be dropped, and the order with it.
            name: given[name] if name == "passage" else obeying(given.get(name), each, root, orders, woven=woven)
            for name, each in properties.items()
        }
    if kind == "array":
        items = value if isinstance(value, list) else []
        return [obeying(item, schema.get("items"), root, orders, woven=woven) for item in items]
    if kind == "string":
        return _text(str(value or ""), orders, woven=woven)
    if kind in ("integer", "number"):
        return _number(value, schema, orders)
    return value


def _list(value: object) -> list[dict[str, object]]:
    return cast(list[dict[str, object]], value)


def _text(text: str, orders: Orders, *, woven: bool) -> str:
    if not orders.words or (woven and _STRINGS_KEPT.match(text)):
        return text
    order = orders.words[len(text) % len(orders.words)]
    return f"{text} {order}".strip() if woven else order


def _number(value: Json, schema: dict[str, object], orders: Orders) -> Json:
    if not orders.numbers:
        return value if value is not None else 0
    wanted = max(orders.numbers, key=abs)
    low, high = (cast("float | None", schema.get(name)) for name in ("minimum", "maximum"))
    held = wanted if low is None else max(wanted, low)
    return held if high is None else min(held, high)


def _resolved(node: object, root: dict[str, object]) -> dict[str, object]:
    schema = cast(dict[str, object], node) if isinstance(node, dict) else {}
    pointer = schema.get("$ref")
    if isinstance(pointer, str):
        return cast(dict[str, dict[str, object]], root["$defs"])[pointer.rsplit("/", 1)[-1]]
    return schema
