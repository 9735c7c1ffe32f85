"""Edits of shots that spreadsheets and editing programs share: their order, their lengths, whether they are there."""

from fractions import Fraction

from episodes.apply import apply
from episodes.changes import Change, Move, RemoveShot, Retime, Swap, Trim
from episodes.element_matching import in_longest_run
from episodes.episode import Episode
from episodes.errors import ChangeRefused
from episodes.format import HANDLE_FRAMES
from episodes.understood import Finding


class Attempt:
    """Gathers changes and tries each as it comes, so that what is understood can always be applied."""

    def __init__(self, episode: Episode) -> None:
        self.episode = self.now = episode
        self.finding = Finding()

    def make(self, change: Change, *said: str) -> bool:
        """Add a change with its sentences; one that can't be made is left, with the reason."""
        try:
            self.now = apply(change, self.now)
        except ChangeRefused as refusal:
            self.finding.left.append(str(refusal))
            return False
        self.finding.changes.append(change)
        self.finding.said += said
        return True


def remove_shots(names: list[str], attempt: Attempt, what: str) -> None:
    """Take out shots of which the file has no `what` any more."""
    for name in names:
        kept = len(attempt.finding.left)
        if not attempt.make(RemoveShot(shot=name), f"Shot {name} is gone."):
            refusal = attempt.finding.left[kept]
            attempt.finding.left[kept] = f"The {what} of {name} is gone from the file, but the shot stays: {refusal}"


def put_in_order(scene: str, wanted: list[str], attempt: Attempt) -> None:
    """Give the shots of a scene the order of `wanted`; a shot that it does not name stays behind the one before it."""
    now = [shot.id for shot in attempt.now.shots_of(scene)]
    wanted = [name for name in wanted if name in now]
    for at, name in enumerate(now):
        if name not in wanted:
            wanted.insert(wanted.index(now[at - 1]) + 1 if at else 0, name)
    places = [now.index(name) for name in wanted]
    off = [at for at, place in enumerate(places) if at != place]
    if len(off) == 2:
        first, second = (now[at] for at in off)
        attempt.make(Swap(first=first, second=second), f"{first} and {second} have changed places.")
        return
    run = in_longest_run(places)
    for at, name in enumerate(wanted):
        if at not in run:
            after = wanted[at - 1] if at else None
            where = f"now comes behind {after}" if after else f"is now the first of scene {scene}"
            attempt.make(Move(shot=name, after=after), f"Shot {name} {where}.")


def set_length(name: str, seconds: Fraction, attempt: Attempt) -> None:
    """Show a shot for another length: trimmed at its end, or planned longer where its take does not go on so far."""
    shot, form = attempt.now.shot(name), attempt.now.brief.format
    more = form.snap(seconds) - form.snap(shot.shown_seconds)
    if more == 0:
        return
    word = f"{float(abs(more)):.3g} s {'longer' if more > 0 else 'shorter'} at its end"
    if more < 0 or more <= shot.trim_out + HANDLE_FRAMES * form.frame:
        attempt.make(Trim(shot=name, tail=-more), f"Shot {name} is {word}.")
    else:
        attempt.make(
            Retime(shot=name, seconds=shot.seconds + more),
            f"Shot {name} is {word}; its take does not go on so far, so it is shot anew.",
        )


def set_trims(name: str, head: Fraction, tail: Fraction, seen: tuple[Fraction, Fraction], attempt: Attempt) -> None:
    """Set what is cut off a shot at either end.

    Args:
        name: the shot.
        head: seconds cut off the beginning of its planned length.
        tail: seconds cut off its end.
        seen: by how much either end is shorter than in the film as it was, for the sentence.
        attempt: takes the change.
    """
    shot, form = attempt.now.shot(name), attempt.now.brief.format
    ends = zip(("at its beginning", "at its end"), seen, strict=True)
    said = " and ".join(f"{float(abs(by)):.3g} s {'shorter' if by > 0 else 'longer'} {end}" for end, by in ends if by)
    if min(head, tail) < -HANDLE_FRAMES * form.frame:
        attempt.finding.left.append(
            f"Shot {name} can't be {said}: its take goes on for {HANDLE_FRAMES} frames at either end, not longer; give "
            "it another length in the column 'seconds' of shots.csv, and it is shot anew."
        )
        return
    by_head, by_tail = form.snap(head - shot.trim_in), form.snap(tail - shot.trim_out)
    if by_head or by_tail:
        attempt.make(Trim(shot=name, head=by_head, tail=by_tail), f"Shot {name} is {said}.")
