"""Rules about topics: what people know, what is planted and paid, what is promised and kept."""

from episodes import effects as fx
from episodes.story_moment import Moment, happen
from episodes.story_state import StoryState


@happen.register
def _learn(effect: fx.Learn, moment: Moment) -> StoryState:
    person = moment.person(effect.who)
    if effect.topic in person.knows:
        return moment.state
    return moment.state.with_person(person.model_copy(update={"knows": (*person.knows, effect.topic)}))


@happen.register
def _forget(effect: fx.Forget, moment: Moment) -> StoryState:
    person, name = moment.person(effect.who), moment.name(effect.who)
    if effect.topic not in person.knows:
        moment.find("knows.forget", f"{name} forgets {effect.topic!r} without having known it", "Take this effect out.")
    left = tuple(topic for topic in person.knows if topic != effect.topic)
    return moment.state.with_person(person.model_copy(update={"knows": left}))


def _once(items: tuple[str, ...], item: str) -> tuple[str, ...]:
    return items if item in items else (*items, item)


@happen.register
def _plant(effect: fx.Plant, moment: Moment) -> StoryState:
    return moment.state.model_copy(update={"planted": _once(moment.state.planted, effect.topic)})


@happen.register
def _pay(effect: fx.Pay, moment: Moment) -> StoryState:
    if effect.topic not in moment.state.planted:
        moment.find(
            "plant.pay", f"{effect.topic!r} comes back without having been planted", "Plant it in an early beat."
        )
    return moment.state.model_copy(update={"paid": _once(moment.state.paid, effect.topic)})


@happen.register
def _promise(effect: fx.Promise, moment: Moment) -> StoryState:
    person = moment.person(effect.who)
    return moment.state.model_copy(update={"promises": (*moment.state.promises, (person.id, effect.topic))})


@happen.register
def _keep(effect: fx.Keep, moment: Moment) -> StoryState:
    made, name = (moment.person(effect.who).id, effect.topic), moment.name(effect.who)
    if made not in moment.state.promises:
        verb = "keeps" if effect.kept else "breaks"
        moment.find(
            "promise.keep", f"{name} {verb} a promise of {effect.topic!r} that nobody heard",
            f"Let {name} promise it in an earlier beat.",
        )  # fmt: skip
    return moment.state.model_copy(update={"kept": (*moment.state.kept, made)})
