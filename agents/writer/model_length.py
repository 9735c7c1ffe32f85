"""How long a model's episode may be: lines shared out over scenes, and what goes when it is too long all the same."""

from itertools import pairwise

from agents.writer.model_answers import LineAnswer, SceneAnswer
from episodes.brief import Brief
from episodes.episode import estimate_seconds
from episodes.script import ON_AIR, Line, Script

LINES_A_MINUTE = 13.5
"""Lines in a minute of film: twenty in the usual minute and a half."""
WORDS_A_LINE = 7
SPEECH_SHARE = 0.77
"""Share of the film that is speech, by our estimate. Measured: 18 to 24 s of 90 are pauses, titles and looks."""
FEWEST_SHARE = 0.6
"""Share of the planned lines that stays, however long they are."""


def scene_count(minutes: float) -> int:
    """Return the number of scenes for a length: five or six in a minute and a half."""
    return min(9, max(3, round(minutes * 3.7)))


def line_count(minutes: float, scenes: int) -> int:
    """Return the number of lines for a length, two for each scene at least."""
    return max(2 * scenes, round(minutes * LINES_A_MINUTE))


def shares(lines: int, scenes: int) -> tuple[int, ...]:
    """Return how many of the lines each scene gets: the cold open and the end are short."""
    weights = [0.8 if number in (0, scenes - 1) else 1.1 for number in range(scenes)]
    bounds = [round(lines * sum(weights[:number]) / sum(weights)) for number in range(scenes + 1)]
    return tuple(max(2, after - before) for before, after in pairwise(bounds))


def shorten(answer: SceneAnswer, lines: int) -> SceneAnswer:
    """Return the scene with at most one line more than asked for: middles of the longest beats go first, facts last."""
    beats = list(answer.beats)
    while sum(len(beat.lines) for beat in beats) > lines + 1:
        longest = max(range(len(beats)), key=lambda index: len(beats[index].lines))
        kept = beats[longest].lines
        if len(kept) <= 1:
            break
        middle = min(range(len(kept)), key=lambda index: _worth(kept, index))
        beats[longest] = beats[longest].model_copy(update={"lines": kept[:middle] + kept[middle + 1 :]})
    return answer.model_copy(update={"beats": tuple(beats)})


def _worth(lines: tuple[LineAnswer, ...], index: int) -> tuple[bool, bool, int]:
    """How much a line of a beat is wanted: ends before middles, lines with facts before others."""
    at_an_end = index in (0, len(lines) - 1)
    return at_an_end, bool(lines[index].facts), abs(2 * index - len(lines))


def fit(script: Script, brief: Brief) -> Script:
    """Return the script with so few lines that the film keeps its length.

    Invented lines in the middle of a scene go first, the longest before the others; a scene's first line, its last one
    and what is said on the air stay, and so do lines with facts.
    """
    room = brief.minutes * 60 * SPEECH_SHARE
    fewest = round(FEWEST_SHARE * line_count(brief.minutes, len(script.scenes)))
    spare = sorted(_spare(script), key=lambda line: len(line.text), reverse=True)
    while spare and len(script.lines) > fewest and sum(map(_seconds, script.lines)) > room:
        script = _without(script, spare.pop(0).id)
    return script


def _seconds(line: Line) -> float:
    return float(estimate_seconds(line.text))


def _spare(script: Script) -> list[Line]:
    return [
        line for scene in script.scenes for line in scene.lines[1:-1] if not line.facts and line.channel not in ON_AIR
    ]


def _without(script: Script, line_id: str) -> Script:
    scenes = tuple(
        scene.model_copy(
            update={
                "beats": tuple(
                    beat.model_copy(update={"lines": tuple(line for line in beat.lines if line.id != line_id)})
                    for beat in scene.beats
                )
            }
        )
        for scene in script.scenes
    )
    return script.model_copy(update={"scenes": scenes})
