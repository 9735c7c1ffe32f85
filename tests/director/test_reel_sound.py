"""The reel of rejected takes has a sound of its own, as long as its picture, and joins it like any film."""

from director.chat.reel import END, OPENING, reel_plan
from episodes.film_requests import AssembleRequest, MixRequest
from tests.planned_episode import BELT, planned_episode


def test_the_reels_mix_is_as_long_as_its_segments_and_is_what_is_joined() -> None:
    episode = planned_episode()
    work = reel_plan(episode, BELT, "final", (), ("Written by rule", "Made by AI."), lambda key: True)
    (mix,), (film,) = work.of("mix"), work.of("assemble")
    assert isinstance(mix.request, MixRequest)
    assert isinstance(film.request, AssembleRequest)
    assert {need.name: need.key for need in film.needs}["mix"] == mix.key
    frames = sum(segment.frames for segment in film.request.segments)
    assert mix.request.seconds == frames * film.request.format.frame == OPENING + END
    assert {sound.input for sound in mix.request.sounds} == {need.name for need in mix.needs}
    assert work.tasks.index(mix) < work.tasks.index(film)
