"""What can be asked of shots: keep, swap, move, remove, reverse, cut shorter or longer, shoot again."""

import re

from agents.assistant.length_orders import shots_of
from agents.assistant.orders import Ask, Edit, Order, Unclear
from agents.assistant.reading import AskedBack, Item, Reading
from agents.shot_planner.framing import SIZES
from agents.shot_planner.picture_words import framing
from episodes.changes import (
    Change,
    Lock,
    Move,
    RemoveBeat,
    RemoveShot,
    ReplaceBeat,
    Reshoot,
    Reverse,
    Swap,
    SwapTake,
)
from episodes.shots import CameraOwner, Shot, Size

Orders = tuple[Order, ...]
_NEARER = frozenset(("closer", "nearer", "zoom in", "zoomed in", "tighter shot"))
_FARTHER = frozenset(("wider", "further away", "from further away"))
_WORN: frozenset[CameraOwner] = frozenset(("bodycam", "phone"))
_KINDS = ("shot", "line", "beat", "scene", "person")


def lock(reading: Reading) -> Orders | None:
    """Keep something from the agents, or give it back to them."""
    lows = {token.low for token in reading.tokens}
    if "leave" in lows and not lows & {"alone", "as"}:
        return None
    free = reading.use("verb", "unlock")
    if not (free or reading.use("verb", "lock")):
        return None
    changes: list[Change] = []
    named: list[str] = []
    for kind in _KINDS:
        if kind == "scene" and named:
            break
        named += reading.some(kind, several=True)  # type: ignore[arg-type]
    if not named:
        named = [_spoken_of(reading)]
    if free and named == ["episode"] and "episode" not in reading.at.episode.locks:
        named = sorted(reading.at.episode.locks)
        if not named:
            raise AskedBack(Unclear(sentence="Nothing is locked."))
    for target in named:
        if free and target not in reading.at.episode.locks:
            raise AskedBack(Unclear(sentence=f"{target} is not locked."))
        changes.append(Lock(target=target, locked=not free))
    what = _listed(named)
    said = f"The agents may change {what} again." if free else f"{what} is kept: no agent may change it any more."
    return (Edit(changes=tuple(changes), said=said),)


def _spoken_of(reading: Reading) -> str:
    noun = reading.take("noun", *_KINDS, "film")
    if noun is not None:
        kind = noun.value("noun")
        return "episode" if kind == "film" else reading.meant(kind)[0]  # type: ignore[arg-type]
    focus = reading.at.focus
    if not focus.last:
        raise AskedBack(Ask(sentence="Which shot, line, beat or scene do you mean?"))
    found: str = getattr(focus, focus.last)
    return found


def swap(reading: Reading) -> Orders | None:
    """Let two shots change places."""
    turned = [item for item in reading.items if item.text.casefold() in ("switch", "change", "flip", "replace")]
    pair = len(reading.pointing("shot")) == 2 and bool(turned)
    if not reading.use("verb", "swap") and not pair:
        return None
    reading.spend(*turned)
    reading.use("noun", "place", "shot")
    reading.together = True
    shots = list(reading.some("shot"))
    if len(shots) == 1 and reading.at.focus.shot and reading.all("pronoun", "it"):
        shots.insert(0, reading.at.focus.shot)
    if len(shots) != 2 or shots[0] == shots[1]:
        example = "swap 2-03 and 2-04"
        raise AskedBack(Unclear(sentence="It takes two shots to change places.", can=(example,)))
    said = f"Shots {shots[0]} and {shots[1]} change places."
    return (Edit(changes=(Swap(first=shots[0], second=shots[1]),), said=said),)


def move(reading: Reading) -> Orders | None:
    """Put a shot before or behind another, or first or last in its scene."""
    where = next((w for w in ("first_place", "last_place", "before", "after") if reading.has("joint", w)), "")
    beside = where in ("before", "after") and len(reading.pointing("shot")) == 2
    verb = reading.has("verb", "move", "make", "use", "show") and (reading.pointing("shot") or _it(reading))
    if not where or not (verb or beside):
        return None
    reading.use("verb", "move", "use", "show")
    reading.use("joint", where)
    reading.together = True
    shots = list(reading.some("shot"))
    scenes = reading.some("scene", several=True)
    if shots and scenes and shots[0].split("-")[0] not in scenes:
        raise AskedBack(
            Unclear(sentence=f"{shots[0]} can only move within its own scene, and that is not {scenes[0]}.")
        )
    reading.use("noun", "scene", "shot")
    if len(shots) == (1 if where in ("before", "after") else 0):
        shots.insert(0, *reading.meant("shot"))
    if len(shots) != (2 if where in ("before", "after") else 1) or len(set(shots)) != len(shots):
        return None
    order = [shot.id for shot in reading.at.episode.shots_of(shots[0].split("-")[0]) if shot.id != shots[0]]
    if where in ("before", "after") and shots[1] not in order:
        raise AskedBack(
            Unclear(sentence=f"{shots[0]} can only move within its own scene, and {shots[1]} is in another.")
        )
    after = {"first_place": None, "last_place": order[-1] if order else None}.get(where)
    if where == "after":
        after = shots[1]
    elif where == "before":
        index = order.index(shots[1])
        after = order[index - 1] if index else None
    place = f"behind {after}" if after else "first in its scene"
    return (Edit(changes=(Move(shot=shots[0], after=after),), said=f"Shot {shots[0]} goes {place}."),)


def _it(reading: Reading) -> bool:
    return bool(reading.at.focus.shot and (reading.all("pronoun", "it") or reading.all("noun", "shot")))


def remove(reading: Reading) -> Orders | None:
    """Take a shot, a line or a beat out."""
    bare = not reading.has("verb", "remove") and reading.has("verb", "cut")
    out = [item for item in reading.items if item.text.casefold() == "out"]
    if out and reading.has("verb", "use"):
        reading.spend(*out, *reading.all("verb", "use"))
    if not (reading.has("verb", "remove") or bare or out) or reading.amounts("seconds", "frames", "percent"):
        return None
    pointed = bool(reading.pointing("shot"))
    reading.use("verb", "remove", "cut")
    reading.use("noun", "film")
    for kind in ("shot", "line", "beat"):
        found = reading.some(kind, several=True)
        if found and bare and kind == "shot":
            raise AskedBack(_shorter_or_out(found[0]))
        if found:
            return _without(reading, kind, found)
    scene = reading.some("scene")
    if scene and not reading.rest():
        raise AskedBack(
            Unclear(sentence=f"A whole scene can't be taken out; {scene[0]}'s beats and shots can, one by one.")
        )
    noun = reading.take("noun", "shot", "line", "beat")
    if noun is None and not reading.all("pronoun", "it"):
        return None
    kind = noun.value("noun") if noun else reading.at.focus.last
    if kind not in ("shot", "line", "beat") or pointed:
        return None
    if reading.has("joint", "all"):
        raise AskedBack(
            Unclear(sentence=f"Not all {kind}s can go: name those that you mean.", can=(f"remove {kind} 2-03",))
        )
    found = reading.meant(kind)  # type: ignore[arg-type]
    if bare and kind == "shot":
        raise AskedBack(_shorter_or_out(found[0]))
    return _without(reading, kind, found)


def _shorter_or_out(shot: str) -> Ask:
    choices = (f"cut {shot} shorter", f"remove {shot}")
    return Ask(sentence=f"Shall {shot} be cut shorter, or go altogether?", choices=choices)


def _without(reading: Reading, kind: str, found: tuple[str, ...]) -> Orders:
    changes: list[Change] = []
    for one in found:
        if kind == "shot":
            changes.append(RemoveShot(shot=one))
        elif kind == "beat":
            changes.append(RemoveBeat(beat=one))
        else:
            changes.append(_without_line(reading, one))
    verb = "go" if len(found) > 1 else "goes"
    with_lines = ", with its lines" if kind == "beat" else ""
    return (Edit(changes=tuple(changes), said=f"{kind.capitalize()} {_listed(found)} {verb}{with_lines}."),)


def _without_line(reading: Reading, line: str) -> Change:
    scene = reading.at.episode.scene_of(line)
    beat = next(beat for beat in scene.beats if any(each.id == line for each in beat.lines))
    left = tuple(each for each in beat.lines if each.id != line)
    if not left and not beat.action:
        return RemoveBeat(beat=beat.id)
    return ReplaceBeat(beat=beat.model_copy(update={"lines": left}))


def reverse(reading: Reading) -> Orders | None:
    """Play a shot backwards, or forwards again."""
    forwards = reading.use("verb", "forwards")
    if not (forwards or reading.use("verb", "reverse")):
        return None
    reading.use("verb", "play_order")
    reading.use("noun", "shot") if reading.pointing("shot") else None
    shots = reading.meant("shot", several=True)
    reading.use("noun", "shot")
    for shot in shots:
        backwards = reading.at.episode.shot(shot).reversed
        if backwards != forwards:
            way, other = ("backwards", "forwards") if backwards else ("forwards", "backwards")
            raise AskedBack(Unclear(sentence=f"{shot} plays {way} already.", can=(f"play {shot} {other}",)))
    said = f"{_listed(shots)} {'play' if len(shots) > 1 else 'plays'} {'forwards again' if forwards else 'backwards'}."
    return (Edit(changes=tuple(Reverse(shot=shot) for shot in shots), said=said),)


# ---- again, otherwise ------------------------------------------------------------------------------------------------


def choose_take(reading: Reading) -> Orders | None:
    """Go to another of the takes that there are."""
    takes = [item for item in reading.all("noun", "shot") if item.text.casefold() == "take"]
    number = next((item for item in reading.items if item.number is not None), None)
    back = reading.has("way", "previous")
    if not takes or (number is None and not back):
        return None
    if _asks_to_see(reading):
        shot = reading.meant("shot")[0]
        now = reading.at.episode.shot(shot).take
        number_said = f" {number.number}" if number is not None else ""
        raise AskedBack(
            Ask(
                sentence=f"{shot} shows its take {now}. Shall it show take{number_said} instead, or do you want to "
                f"see it as it is?",
                choices=(f"use take{number_said} of {shot}", f"show {shot}")
                if number is not None
                else (f"show {shot}",),
            )
        )
    reading.spend(*takes, *([number] if number else []))
    reading.use("way", "previous")
    reading.use("verb", "use", "swap", "move", "show")
    shot = reading.meant("shot")[0]
    now = reading.at.episode.shot(shot).take
    take = number.number if number is not None and number.number is not None else now - 1
    if not take >= 1 or take == now:
        raise AskedBack(Unclear(sentence=f"{shot} shows take {now}; there is no other that could be meant."))
    return (Edit(changes=(SwapTake(shot=shot, take=take),), said=f"{shot} shows its take {take} instead of {now}."),)


def _asks_to_see(reading: Reading) -> bool:
    """Whether somebody wants to look at a take, which changes nothing: `show me take 2 of 2-04`."""
    return bool(
        re.match(
            r"(?:please |can (?:you|i) |could (?:you|i) )*(?:show me|let me see|see|i want to see|view)\b",
            reading.text,
            re.I,
        )
    )


def reshoot(reading: Reading) -> Orders | None:
    """Shoot something again, perhaps nearer, from another camera or at another angle."""
    again = reading.use("verb", "reshoot")
    plans = [reading.all("size"), reading.all("owner"), reading.all("angle")]
    if not again and not any(plans):
        return None
    if any(len(found) > 1 for found in plans) or reading.has("sound", "music") or reading.has("verb", "say"):
        return None
    size, owner, angle = (found[0] if found else None for found in plans)
    reading.spend(*(item for item in (size, owner, angle) if item is not None))
    reading.use("noun", "camera")
    reading.use("verb", "show", "use", "swap", "cut")
    reading.use("joint", "to")
    reading.use("talk", "other")
    shots = shots_of(reading)
    if size is None and owner is None and angle is None:
        said = f"{_listed(shots)} {'are' if len(shots) > 1 else 'is'} shot again as planned."
        return (Edit(changes=tuple(Reshoot(shot=shot) for shot in shots), said=said),)
    if len(shots) > 1:
        return None
    update: dict[str, object] = {}
    if size is not None:
        update["size"] = _size(size, reading.at.episode.shot(shots[0]))
    if angle is not None:
        update["angle"] = angle.value("angle")
    if owner is not None:
        update |= {"owner": owner.value("owner"), "wearer": _wearer(reading, shots[0], owner.value("owner"))}
    return _planned(reading, shots[0], update)


def _size(wish: Item, shot: Shot) -> Size:
    """Return the size that is wished; `closer` and `wider` are one step from what it is."""
    low = wish.text.casefold()
    step = 1 if low in _NEARER else -1 if low in _FARTHER else 0
    if not step:
        return wish.value("size")  # type: ignore[return-value]
    place = SIZES.index(shot.size) + step
    if not 0 <= place < len(SIZES):
        raise AskedBack(Unclear(sentence=f"{shot.id} is {shot.size.replace('_', ' ')}; there is nothing beyond that."))
    return SIZES[place]


def _planned(reading: Reading, shot_id: str, update: dict[str, object]) -> Orders:
    shot = reading.at.episode.shot(shot_id)
    people = reading.some("person") or reading.some("prop")
    subjects = tuple(subject for subject in shot.subjects if subject.id in people)
    if people and not subjects and update.get("wearer") not in people:
        raise AskedBack(Unclear(sentence=f"{shot_id} does not show {people[0]}, so no closer look at them is in it."))
    if subjects:
        update["subjects"] = (*subjects, *(each for each in shot.subjects if each not in subjects))
    new = shot.model_copy(update=update)
    if new == shot:
        raise AskedBack(Unclear(sentence=f"{shot_id} is planned so already.", can=(f"shoot {shot_id} again",)))
    old_words = framing(shot.size, shot.angle, shot.owner)
    words = framing(new.size, new.angle, new.owner)
    prompt = words + shot.prompt.removeprefix(old_words) if shot.prompt.startswith(old_words) else shot.prompt
    new = new.model_copy(update={"prompt": prompt})
    wearer = f", worn by {new.wearer}" if new.wearer else ""
    view = f"{new.size.replace('_', ' ')}, {new.angle} angle, {new.owner}{wearer}"
    return (Edit(changes=(Reshoot(shot=shot_id, plan=new),), said=f"{shot_id} is shot again: {view}."),)


def _wearer(reading: Reading, shot_id: str, owner: str) -> str | None:
    if owner not in _WORN:
        return None
    named = [ref.ids for _, ref in reading.pointing("person")]
    if len(named) == 1 and len(named[0]) == 1:
        return reading.some("person")[0]
    episode, shot = reading.at.episode, reading.at.episode.shot(shot_id)
    present = [episode.the_world.character(one) for one in episode.the_script.scene(shot.scene).present]
    roles = ("officer", "sergeant") if owner == "bodycam" else ("witness", "bystander", "reporter", "official")
    able = [person.id for person in present if person.role in roles]
    free = [one for one in able if [subject.id for subject in shot.subjects] != [one]]
    if len(free) == 1:
        return free[0]
    choices = tuple(f"shoot {shot_id} from {one}'s {owner}" for one in free)
    raise AskedBack(
        Ask(sentence=f"Whose {owner} shall see {shot_id}?", choices=choices)
        if free
        else Unclear(sentence=f"Nobody who is in {shot.scene} could have a {owner} on {shot_id}.")
    )


def _listed(ids: list[str] | tuple[str, ...]) -> str:
    return ", ".join(ids[:-1]) + " and " + ids[-1] if len(ids) > 1 else ids[0]
