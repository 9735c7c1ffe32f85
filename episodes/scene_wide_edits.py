"""Cells that say the same in all rows of a scene: light, weather, place and clock belong to the scene then."""

from datetime import timedelta

from episodes.cell_values import choice, moments
from episodes.changes import PlanScene, SetWorld
from episodes.heading_edits import place_called
from episodes.shot_order import Attempt
from episodes.shot_table import ReadShot
from episodes.understood import listed, quoted


def set_worlds(differing: dict[str, dict[str, str]], rows: dict[str, ReadShot], attempt: Attempt) -> None:
    """Take another light, weather or place of a whole scene, and take those cells out of `differing`."""
    for scene in attempt.episode.the_script.scenes:
        names = [shot.id for shot in attempt.episode.shots_of(scene.id)]
        for column in ("light", "weather", "place"):
            texts = {differing.get(name, {}).get(column) for name in names}
            if len(texts) != 1 or (text := texts.pop()) is None:
                continue
            place = place_called(text, attempt.now.the_world) if column == "place" else None
            value = (place.id if place else None) if column == "place" else choice(column, text)
            if value is None:
                continue
            words = f"plays at {place.name}" if place else f"has {column} {value!r}"
            change = SetWorld.model_validate({"scene": scene.id, column: value})
            if attempt.make(change, f"Scene {scene.id} now {words}."):
                for name in names:
                    del differing[name][column]


def set_clocks(differing: dict[str, dict[str, str]], attempt: Attempt) -> None:
    """Take other moments: of a whole scene at once where all shots are moved alike, else of single shots.

    The clock is in the finish alone, so no shot is taken anew for it.
    """
    for scene in attempt.episode.the_script.scenes:
        shots, shifts = attempt.episode.shots_of(scene.id), dict[str, timedelta]()
        for shot in shots:
            text = differing.get(shot.id, {}).pop("clock", None)
            if text is None:
                continue
            found = moments(text, shot.clock)
            if not found:
                attempt.finding.left.append(
                    f"The clock of {shot.id} stays: {quoted(text, 30)} is no moment; write it as {shot.clock}."
                )
                continue
            moment, exact = found[0]
            shifts[shot.id] = moment - (shot.clock if exact else shot.clock.replace(second=0))
        _shift(scene.id, shifts, attempt)


def _shift(scene: str, shifts: dict[str, timedelta], attempt: Attempt) -> None:
    if not shifts:
        return
    shots = attempt.now.shots_of(scene)
    clock = attempt.now.the_script.scene(scene).clock + next(iter(shifts.values()))
    alike = len(shifts) == len(shots) and len(set(shifts.values())) == 1
    # A scene's own clock can be set to whole minutes only, and by less than half a day.
    if alike and clock.second == 0 and abs(next(iter(shifts.values()))) < timedelta(hours=12):
        attempt.make(SetWorld(scene=scene, clock=f"{clock:%H:%M}"), f"Scene {scene} now begins at {clock:%H:%M}.")
        return
    moved = tuple(shot.model_copy(update={"clock": shot.clock + shifts.get(shot.id, timedelta(0))}) for shot in shots)
    clocks = [f"{shot.clock:%H:%M:%S}" for shot in moved if shot.id in shifts]
    attempt.make(
        PlanScene(scene=scene, shots=moved),
        f"The clock in {listed(list(shifts))} is now {listed(clocks)}.",
    )
