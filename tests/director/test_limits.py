from fractions import Fraction
from pathlib import Path

from director.limits import as_begun
from director.settings import Settings
from episodes.tasks import Limits, ToolInfo
from episodes.work import Belt
from tests.planned_episode import BELT


def camera(seconds: int) -> Belt:
    tool = ToolInfo(name="space", version="1", limits=Limits(max_seconds=Fraction(seconds)))
    return BELT.model_copy(update={"video": tool})


def test_what_is_learned_of_a_camera_later_changes_no_shot_of_an_episode_that_began(tmp_path: Path) -> None:
    settings = Settings(backends={"video": "somebody/space"})
    first, learned = camera(4), camera(2)
    assert as_begun(tmp_path, settings, first) == first
    assert as_begun(tmp_path, settings, learned) == first
    other = Settings(backends={"video": ("somebody/space", "interpolate")})
    assert as_begun(tmp_path, other, learned) == learned
