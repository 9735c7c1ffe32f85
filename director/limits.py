"""What the final camera could do when an episode began: shots stay planned as they are, whatever is learned since.

A Space that was never reached has cautious limits until it is; one whose clips turn out longer or shorter has others
afterwards. A run that goes on must find the shots that it left.
"""

from pathlib import Path

from director.settings import Settings
from episodes.tasks import Limits
from episodes.value import digest
from episodes.whole_file import replace_file
from episodes.work import Belt


def as_begun(answers: Path, settings: Settings, belt: Belt) -> Belt:
    """Return the belt with the limits that its final camera had at the first run with these cameras.

    `answers` is the record's folder of answers.
    """
    if belt.video == belt.animatic:
        return belt
    path = answers / f"limits-{digest([*settings.cameras])[:16]}.json"
    if path.exists():
        limits = Limits.model_validate_json(path.read_bytes())
        return belt.model_copy(update={"video": belt.video.model_copy(update={"limits": limits})})
    replace_file(path, belt.video.limits.model_dump_json().encode())
    return belt
