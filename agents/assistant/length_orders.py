"""How long shots are: shorter, longer, by so much or to so much."""

from fractions import Fraction

from agents.assistant.orders import Ask, Edit, Order, Unclear
from agents.assistant.reading import AskedBack, Item, Reading
from episodes.changes import Change, Retime, Trim
from episodes.format import HANDLE_FRAMES
from episodes.shots import Shot

Orders = tuple[Order, ...]
_STEP = {"little": Fraction(1, 4), "": Fraction(1, 2), "much": Fraction(1)}
"""Seconds by which a shot gets shorter or longer where no length is said."""


def retime(reading: Reading) -> Orders | None:
    """Make a shot shorter or longer, by so much or to so much."""
    if reading.has("length", "compared"):
        return None
    lengths, amounts = reading.all("length"), reading.amounts("seconds", "frames", "percent", "times")
    verbs = reading.all("verb", "shorten", "lengthen", "cut")
    off = any(token.low == "off" for token in reading.tokens)
    removing = [item for item in reading.all("verb", "remove", *(["use"] if off else [])) if amounts]
    if not amounts:
        lengths = [item for item in lengths if item.text.casefold() not in ("less", "more")]
    if not (lengths or verbs or removing) or len(lengths) > 1 or len(amounts) > 1:
        return None
    if not lengths and not amounts and all(item.means("verb", "cut") for item in verbs):
        return None
    if reading.has("talk", "deeper") or reading.has("sound"):
        return None
    if amounts and amounts[0].text.casefold() == "twice" and reading.items[-1] is amounts[0]:
        raise AskedBack(
            Ask(
                sentence="Twice as much, or done two times?",
                choices=tuple(f"make it {how}" for how in ("half as long", "one second shorter"))
                if not reading.pointing("shot")
                else tuple(
                    f"make {shot} {how}"
                    for shot in reading.some("shot")[:1]
                    for how in ("half as long", "one second shorter")
                ),
            )
        )
    way = _way(lengths, [*verbs, *removing])
    reading.spend(*lengths, *amounts, *verbs, *removing)
    side = "head" if reading.use("noun", "head") | reading.use("joint", "first_place") else "tail"
    reading.use("joint", "last_place")
    reading.use("noun", "end")
    reading.spend(
        *(item for item in reading.items if item.text.casefold() in ("off", "down") and (amounts or lengths or verbs))
    )
    shots = shots_of(reading)
    edits = [_edit(reading, shot, way, amounts, side) for shot in shots]
    return (Edit(changes=tuple(change for change, _ in edits), said=" ".join(said for _, said in edits)),)


def shots_of(reading: Reading) -> tuple[str, ...]:
    """Return the shots that are meant; every one of a scene for `all shots of scene 2`."""
    if not reading.pointing("shot") and reading.has("joint", "all") and reading.take("noun", "shot"):
        reading.use("joint", "all")
        scenes = reading.some("scene", several=True)
        if not scenes:
            raise AskedBack(Ask(sentence="The shots of which scene do you mean?"))
        return tuple(shot.id for scene in scenes for shot in reading.at.episode.shots_of(scene))
    if not reading.pointing("shot") and reading.pointing("scene"):
        item = reading.pointing("scene")[0][0]
        scene = reading.some("scene")[0]
        seen = {one for kind in ("person", "prop") for _, ref in reading.pointing(kind) for one in ref.ids}
        inside = [
            shot
            for shot in reading.at.episode.shots_of(scene)
            if seen & {each.id for each in shot.subjects} or not seen
        ]
        asked = reading.which("shot", [shot.id for shot in inside or reading.at.episode.shots_of(scene)], item)
        raise AskedBack(asked.model_copy(update={"sentence": f"Which of {scene}'s shots do you mean?"}))
    shots = reading.meant("shot", several=True)
    reading.use("noun", "shot")
    return shots


def _way(lengths: list[Item], verbs: list[Item]) -> str:
    if lengths:
        return lengths[0].value("length")
    if any(item.means("verb", "lengthen") for item in verbs):
        return "long"
    return "short"


def _edit(reading: Reading, shot_id: str, way: str, amounts: list[Item], side: str) -> tuple[Change, str]:
    episode = reading.at.episode
    shot, form = episode.shot(shot_id), episode.brief.format
    delta = _delta(reading, shot, way, amounts)
    by = form.snap(abs(delta))
    if by == 0:
        raise AskedBack(Unclear(sentence=f"{shot_id} is {told_seconds(shot.shown_seconds)} long already."))
    place = "beginning" if side == "head" else "end"
    now = shot.shown_seconds + (by if delta > 0 else -by)
    if now < form.frame:
        raise AskedBack(
            Unclear(sentence=f"{shot_id} is {told_seconds(shot.shown_seconds)} long and can't lose {told_seconds(by)}.")
        )
    length = f"and is {told_seconds(now)} long then"
    if delta < 0:
        trim = Trim(shot=shot_id, head=by) if side == "head" else Trim(shot=shot_id, tail=by)
        return trim, f"{shot_id} loses {told_seconds(by)} at its {place} {length}."
    spare = (shot.trim_in if side == "head" else shot.trim_out) + HANDLE_FRAMES * form.frame
    if by <= spare:
        trim = Trim(shot=shot_id, head=-by) if side == "head" else Trim(shot=shot_id, tail=-by)
        return trim, f"{shot_id} gets {told_seconds(by)} more at its {place} {length}."
    new = form.snap(shot.seconds + by)
    return Retime(
        shot=shot_id, seconds=new
    ), f"{shot_id} is planned {told_seconds(by)} longer, for a new take, {length}."


def _delta(reading: Reading, shot: Shot, way: str, amounts: list[Item]) -> Fraction:
    """Return by how many seconds the shot gets longer; less than 0 for shorter."""
    shown, sign = shot.shown_seconds, (-1 if way == "short" else 1)
    if not amounts or amounts[0].amount is None:
        step = _STEP[reading.degree]
        return sign * (min(step, shown / 2) if sign < 0 else step)
    value, unit = amounts[0].amount
    if value <= 0:
        example = f"make {shot.id} half a second longer"
        raise AskedBack(Unclear(sentence=f"{amounts[0].text} is no length.", can=(example,)))
    if unit == "times":
        if way == "short" and value > 1:
            return shown / value - shown
        return value * shown - shown
    if unit == "percent":
        return sign * shown * value / 100
    seconds = value if unit == "seconds" else value * reading.at.episode.brief.format.frame
    if way == "as_long" or _is_goal(reading, amounts[0]):
        return seconds - shown
    return sign * seconds


def _is_goal(reading: Reading, amount: Item) -> bool:
    """Whether the amount is what it shall come to: `shorten 2-04 to three seconds`."""
    place = next(n for n, item in enumerate(reading.items) if item is amount)
    return place > 0 and reading.items[place - 1].text.casefold() == "to"


def told_seconds(value: Fraction) -> str:
    """Return a length as it is told: `1.25 s`."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".") + " s"
