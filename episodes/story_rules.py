"""What each effect needs and what it does: one function for each type of effect, here and in the `story_` files beside.

An effect whose needs are not met is a finding and happens all the same, so that one mistake is told once.
An effect on something that does not exist is a finding and does nothing.
"""

from collections.abc import Sequence
from datetime import timedelta

from episodes import effects as fx

# The files of rules enter their functions into `happen` when they are imported.
from episodes import story_people, story_props, story_topics, story_vehicles  # noqa: F401
from episodes.effects import Effect, Light
from episodes.story_moment import Impossible, Moment, happen
from episodes.story_state import Finding, StoryState

LIGHT_HOURS: dict[Light, tuple[float, float]] = {"night": (21, 5), "dawn": (5, 7), "day": (7, 18), "dusk": (18, 21)}
"""From and to, in hours of the day; an hour to either side is tolerated, for seasons and latitudes."""


def advance(
    state: StoryState, effect: Effect, beat_id: str, *, together: Sequence[Effect] = ()
) -> tuple[StoryState, tuple[Finding, ...]]:
    """Return the state after the effect, and what stood against it.

    `together` are all effects of the beat: a prisoner may leave when an officer leaves in the same beat.
    """
    moment = Moment(state, beat_id, together)
    try:
        after = happen(effect, moment)
    except Impossible as impossible:
        return state, (impossible.finding,)
    return after, tuple(moment.findings)


def light_fits(light: Light, hour: float) -> bool:
    """Whether this light can be at this hour of the day (0 to 24), with an hour of tolerance to either side."""
    start, end = LIGHT_HOURS[light]
    return (hour - start + 1) % 24 <= (end - start) % 24 + 2


def light_at(hour: float) -> Light:
    """Return the light that is usual at this hour of the day."""
    for light, (start, end) in LIGHT_HOURS.items():
        if (hour - start) % 24 < (end - start) % 24:
            return light
    raise ValueError(f"{hour} is no hour of the day")


@happen.register
def _elapse(effect: fx.Elapse, moment: Moment) -> StoryState:
    if effect.seconds < 0:
        moment.find("clock.elapse", f"{-effect.seconds} seconds pass backwards", "Let time pass forwards.")
        return moment.state
    return moment.state.model_copy(update={"clock": moment.state.clock + timedelta(seconds=effect.seconds)})


@happen.register
def _set_light(effect: fx.SetLight, moment: Moment) -> StoryState:
    clock = moment.state.clock
    if not light_fits(effect.light, clock.hour + clock.minute / 60):
        moment.find("light.clock", f"it becomes {effect.light} at {clock:%H:%M}", "Change the light or the clock.")
    return moment.state.model_copy(update={"light": effect.light})


@happen.register
def _set_weather(effect: fx.SetWeather, moment: Moment) -> StoryState:
    return moment.state.model_copy(update={"weather": effect.weather})
