"""Where on the shelf the picture of a shot lies: its finished segment, else the bare take."""

from episodes.requests import ConformRequest
from episodes.results import RenderedTake
from episodes.tasks import Task
from episodes.work import Plan
from tools.finish.takes import take_file
from tools.sheets.frames import Footage
from tools.shelf import Shelf


def conform_of(plan: Plan | None, shot: str) -> Task | None:
    """Return the task that finishes a shot; None where the plan's cut does not show it."""
    if plan is None:
        return None
    return next((task for task in plan.of("conform") if task.label == shot), None)


def footage_of(plan: Plan | None, shelf: Shelf, shot: str) -> Footage | None:
    """Return the picture of a shot as the film shows it, or as it was taken where that is all there is; else None."""
    task = conform_of(plan, shot)
    if task is None or not isinstance(task.request, ConformRequest):
        return None
    request = task.request
    if (segment := shelf.find(task.key)) is not None:
        return Footage(segment.file("segment.mp4"), 0, request.frames)
    take = shelf.find(next(need.key for need in task.needs if need.name == "take"))
    if take is None or not isinstance(take.result, RenderedTake):
        return None
    file = take_file(take.folder, take.result.file)
    return Footage(file, request.source_in_frames, request.frames, request.reversed, finished=False)
