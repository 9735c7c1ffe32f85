"""The assistant that asks a model: it says which wishes the words hold; the grammar makes orders of them, or does not.

The model never writes a change. It names what shall be done to which ids; each wish becomes a plain sentence, and that
is understood, tried on the episode and told by the same rules as a person's own. What it wishes for things that the
person did not name is asked back, never done.
"""

from typing import Literal

from pydantic import Field

from agents.assistant.abilities import nearest
from agents.assistant.concerning import concerned
from agents.assistant.orders import Ask, Edit, Explain, Focus, Order, Record, Unclear
from agents.assistant.speaking_of import focus_after
from agents.assistant.tokens import plain
from agents.llm import ChatModel
from agents.prompts import Prompts
from agents.protocols import Assistant
from agents.wording import Words
from episodes.apply import apply_all, targets
from episodes.change_targets import holders
from episodes.changes import Change
from episodes.episode import Episode
from episodes.value import Value

Deed = Literal[
    "light", "weather", "clock", "place", "delivery", "again", "reword", "voice", "shorter", "longer", "swap", "before",
    "after", "remove", "reverse", "camera", "size", "louder", "quieter", "silent", "mood", "captions", "look", "title",
    "keep", "free", "beat", "show", "why", "command", "unsure",
]  # fmt: skip
MOST_WISHES = 8
MOST_SHOTS, MOST_LINES, MOST_BEATS = 80, 90, 60
"""Rows shown in one call, so that it stays under 8,000 tokens."""
_WHOLE = frozenset(("captions", "look", "title", "command"))
"""Deeds on the whole film, which need no target."""


class Wish(Value):
    """One thing that the person wants."""

    do: Deed
    targets: tuple[Words, ...] = Field(default=(), max_length=12)
    """Ids of what it is done to."""
    value: Words = ""
    """What it becomes."""
    amount: float = Field(default=0.0, ge=0, le=600)
    """Seconds or decibels; 0 where none were named."""


class WishesAnswer(Value):
    """The wishes in what the person said, in their order."""

    wishes: tuple[Wish, ...] = Field(default=(), max_length=MOST_WISHES)


class ModelAssistant:
    """An `Assistant`. The grammar answers what it understands whole, at once and for nothing; the model reads the rest.

    With `model_first` the model is asked before the grammar; what comes of its answer is held to the same rules.
    """

    def __init__(self, model: ChatModel, prompts: Prompts, rules: Assistant, *, model_first: bool = False) -> None:
        self._model = model
        self._prompts = prompts
        self._rules = rules
        self._model_first = model_first

    async def understand(
        self, words: str, episode: Episode | None, focus: Focus, history: tuple[str, ...] = ()
    ) -> tuple[Order, ...]:
        """Return the orders in the words; see `Assistant.understand`. Raises `ModelError` when the model fails."""
        by_rules = await self._rules.understand(words, episode, focus, history)
        if episode is None or episode.script is None or not _may_be_asked(by_rules, self._model_first, words):
            return by_rules
        answer = await self._asked(words, episode, focus, history)
        orders = await self._orders(answer, words, episode, focus)
        good = any(not isinstance(order, Unclear) for order in orders)
        return orders if good else by_rules

    async def explain(self, episode: Episode, order: Explain, record: Record) -> str:
        """Return why it is so: what the record knows, told by the rules, so that nothing is made up."""
        return await self._rules.explain(episode, order, record)

    async def _asked(self, words: str, episode: Episode, focus: Focus, history: tuple[str, ...]) -> WishesAnswer:
        script, world = episode.the_script, episode.the_world
        near = {one.split("-")[0] for one in concerned(words, episode, focus)}
        scenes = [scene for scene in script.scenes if scene.id in near] or list(script.scenes)
        shown = {scene.id for scene in scenes}
        names = {one.id: one.name for one in world.characters} | {one.id: one.name for one in world.props}
        rows = [
            {"id": shot.id, "owner": shot.owner, "size": shot.size.replace("_", " "),
             "shows": ", ".join(names.get(subject.id, subject.id) for subject in shot.subjects) or "nobody"}
            for shot in episode.shots if shot.scene in shown
        ]  # fmt: skip
        data = {
            "scenes": script.scenes,
            "characters": world.characters,
            "places": world.places,
            "shots": rows[:MOST_SHOTS],
            "beats": [beat for scene in scenes for beat in scene.beats][:MOST_BEATS],
            "lines": [line for scene in scenes for line in scene.lines][:MOST_LINES],
            "spoken_of": getattr(focus, focus.last) if focus.last else "nothing",
            "history": history[-4:],
            "words": plain(words)[:2000],
        }
        prompt = self._prompts.load("assistant/understand").render(data)
        return await self._model.ask(prompt, WishesAnswer, label="understand")

    async def _orders(self, answer: WishesAnswer, words: str, episode: Episode, focus: Focus) -> tuple[Order, ...]:
        """Return what the rules make of the wishes, one after another."""
        found: list[Order] = []
        allowed = concerned(words, episode, focus)
        for wish in answer.wishes:
            sentence = sentence_for(wish, episode)
            if not sentence:
                found.append(_unsure(wish, words))
                continue
            orders = await self._rules.understand(sentence, episode, focus, ())
            for order in orders:
                order = _as_asked(order, sentence, allowed, words, episode)
                found.append(order)
                focus = focus_after(focus, order, episode)
                if isinstance(order, Edit):
                    episode = apply_all(order.changes, episode)
        return tuple(found)


def _may_be_asked(by_rules: tuple[Order, ...], model_first: bool, words: str) -> bool:
    """Whether the model shall be asked: not for what no model may allow, nor for nothing."""
    refused = any(isinstance(order, Unclear) and "not made here" in order.sentence for order in by_rules)
    real = any(
        isinstance(order, Unclear) and "real" in order.sentence and "person" in order.sentence for order in by_rules
    )
    if refused or real or not words.strip() or len(words) > 2000:
        return False
    return model_first or any(isinstance(order, Unclear) for order in by_rules)


def _as_asked(order: Order, sentence: str, allowed: frozenset[str], words: str, episode: Episode) -> Order:
    """Return the order without what the person did not name; what was left out is said."""
    if not isinstance(order, Edit):
        return order
    kept = tuple(change for change in order.changes if _is_named(change, allowed, words, episode))
    if len(kept) == len(order.changes):
        return order
    left = sorted({one for change in order.changes if change not in kept for one in targets(change, episode)})
    if not kept:
        return Ask(sentence=f"Do you mean: {order.said}", choices=(sentence,))
    said = f"{order.said} (Left out, because you did not name it: {', '.join(left)}.)"
    return order.model_copy(update={"changes": kept, "said": said})


def _is_named(change: Change, allowed: frozenset[str], words: str, episode: Episode) -> bool:
    touched = targets(change, episode)
    if touched == {"episode"}:
        # Nothing in the words could be an id of the whole film; that they speak of it must show in them.
        kinds = {
            "retitle": ("title", "call", "name", "rename"),
            "mix": _SOUND_WORDS,
            "set_world": ("look", "style", "grade"),
        }
        return any(word in words.casefold() for word in kinds.get(change.kind, ()))
    return all(holders(one, episode) & allowed or one in allowed for one in touched)


_SOUND_WORDS = (
    "music", "sound", "loud", "quiet", "caption", "subtitle", "hear", "voice", "siren", "radio", "effect", "score",
    "mix", "dialog", "text",
)  # fmt: skip
_WHOLE_WORDS = {
    "retitle": ("title", "call", "name"), "mix": _SOUND_WORDS, "set_world": ("look", "style", "grade", "white", "colo"),
}  # fmt: skip


def _unsure(wish: Wish, words: str) -> Order:
    if len(wish.targets) > 1:
        listed = ", ".join(wish.targets)
        return Ask(
            sentence=f"I am not sure which you mean: {listed}?",
            choices=tuple(f"{words.strip(' .')}: {one}" for one in wish.targets),
        )
    return Unclear(sentence=f"I did not understand that. {wish.value}".strip(), can=nearest(words))


# ---- from a wish to a sentence that the grammar knows ----------------------------------------------------------------


_FORMS: dict[str, str] = {
    "light": "make {all} at {value}", "weather": "make {all} {value}", "clock": "set the clock of {all} to {value}",
    "place": "{one} plays in {place}", "reword": "change {one} to “{value}”", "swap": "swap {one} and {two}",
    "before": "move {one} before {two}", "after": "move {one} after {two}", "remove": "remove {all}",
    "reverse": "play {all} backwards", "camera": "shoot {one} from the {value}", "size": "{one} as a {shot_size}",
    "mood": "{value} music in {all}", "captions": "captions {value}", "look": "{value} look",
    "title": "call it “{value}”",
    "keep": "lock {all}", "free": "unlock {all}", "beat": "in {one}, add a beat where {value}", "show": "show {one}",
    "why": "why {one}", "command": "{value}",
}  # fmt: skip
_SIZES = {"close": "close-up", "extreme close": "extreme close-up", "medium close": "medium close-up"}
_MOODS = {"suspicion": "suspicious", "comedy": "comic", "tension": "tense", "resolution": "hopeful"}
_WAYS = {"urgent": "urgently", "confused": "confused"}


def sentence_for(wish: Wish, episode: Episode) -> str:
    """Return the wish as a sentence that the grammar understands; empty where its targets are not there."""
    known = _called(episode)
    if any(target.strip() not in known for target in wish.targets) or (wish.do == "unsure"):
        return ""
    names = [known[target.strip()] for target in wish.targets]
    value = wish.value.replace("“", "'").replace("”", "'").replace('"', "'").strip()
    if wish.do in ("delivery", "again", "voice", "shorter", "longer", "louder", "quieter", "silent"):
        return _scaled(wish, names, value)
    form = _FORMS[wish.do]
    if ("{one}" in form and not names) or ("{two}" in form and len(names) != 2) or ("{all}" in form and not names):
        return ""
    if "{one}" in form and "{two}" not in form and len(names) > 1:
        return ""
    if "{value}" in form and not value:
        return ""
    places = {place.id: place.name for place in episode.the_world.places}
    if wish.do == "place" and value not in places:
        return ""
    mood = _MOODS.get(value, value) if wish.do == "mood" else value
    return form.format(
        all=" and ".join(names), one=(names or [""])[0], two=(names[1:] or [""])[0], value=mood,
        place=places.get(value, ""), shot_size=_SIZES.get(value, f"{value} shot"),
    )  # fmt: skip


def _scaled(wish: Wish, names: list[str], value: str) -> str:
    all_ = " and ".join(names)
    if wish.do in ("louder", "quieter", "silent"):
        if value not in ("music", "siren", "dialogue", "radio", "effects"):
            return ""
        where = f" in {all_}" if names else ""
        amount = f" by {wish.amount:g} dB" if wish.amount else ""
        return f"no {value}{where}" if wish.do == "silent" else f"make the {value}{amount} {wish.do}{where}"
    if not names:
        return ""
    if wish.do == "delivery":
        return f"{all_} should be {_WAYS.get(value, value)}"
    if wish.do == "again":
        return f"say {all_} again" if "-L" in names[0] else f"shoot {all_} again"
    if wish.do == "voice":
        words = {"other": f"another voice for {names[0]}", "deeper": f"a deeper voice for {names[0]}",
                 "higher": f"a higher voice for {names[0]}", "slower": f"{names[0]} should speak slower",
                 "faster": f"{names[0]} should speak faster"}  # fmt: skip
        return words.get(value, "")
    amount = f" {wish.amount:g} seconds" if wish.amount else ""
    return f"make {all_}{amount} {wish.do}"


def _called(episode: Episode) -> dict[str, str]:
    """Return how the grammar is told of each id: ids as they are, people by their whole names."""
    script = episode.the_script
    ids = [scene.id for scene in script.scenes] + [shot.id for shot in episode.shots]
    ids += [beat.id for scene in script.scenes for beat in scene.beats] + [line.id for line in script.lines]
    people = {one.id: one.name.split(",")[0] for one in episode.the_world.characters}
    return {one: one for one in ids} | people
