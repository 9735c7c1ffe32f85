"""Scale: how high a thing is staged; true, but what is small is bigger than one expects."""

import math

from tools.video.props.catalogue import Look

HEIGHTS: dict[str, float] = {
    key: metres
    for keys, metres in (
        ("moose giant elephant giraffe dinosaur dragon tree skyscraper lighthouse rocket", 2.1),
        ("camel windmill crane tower", 2.0),
        ("horse unicorn zebra ostrich llama refrigerator fridge robot bear gorilla", 1.75),
        ("ox cow donkey emu alpaca reindeer deer pony statue piano car taxi", 1.5),
        ("lion tiger peacock flamingo bicycle wolf mailbox tuba inflatable mannequin", 1.25),
        ("pig goat sheep goose swan panda kangaroo trampoline", 0.95),
        ("dog turkey penguin wheelie\u00a0bin badger capybara sofa monkey", 0.9),
        ("cat possum skunk fox raccoon octopus alligator puppy koala armadillo ferret meerkat beaver", 0.62),
        ("chicken rooster duck crow seagull rabbit gnome trophy crab squirrel", 0.58),
        ("pigeon snail frog hamster mole kitten hedgehog owl parrot rat turtle tortoise suitcase", 0.46),
        ("doughnut coffee notebook key phone sandwich mug wallet envelope wig", 0.36),
    )
    for key in (word.replace("\u00a0", " ") for word in keys.split(" "))
}
"""Metres at which the best known are staged: true, but what is small is bigger than one expects."""


def height_of(look: Look, metres: float, aspect: float) -> float:
    """Return the height in metres at which a thing is staged.

    Args:
        look: Its picture.
        metres: Its longest side, 0 where nobody knows it.
        aspect: Width of its picture in heights.

    Returns:
        The best known have their own height. Of others it follows from the longest side: below 0.4 m a thing is staged
        bigger than it is, above 1.6 m it is squeezed, and nothing is higher than 2.2 m.
    """
    known = HEIGHTS.get(look.key)
    if known is not None:
        return known
    if metres <= 0:
        metres = {"standee": 1.7, "bag": 0.5, "emoji": 0.6, "sketch": 0.6}.get(look.kind, 0.8)
    if look.kind == "bag":
        return min(max(0.45, metres), 0.8)
    if look.kind == "standee":
        return min(max(1.5, metres), 1.9)
    return staged(metres / max(aspect, 1.0), aspect)


def staged(height: float, aspect: float = 1.0) -> float:
    """Return the staged height of something `height` metres high and `aspect` times as wide."""
    grown = max(height, 0.30 + 0.35 * height)
    wide = grown * aspect
    if wide > 1.6:
        # Long things are squeezed too: a car fills the street, a ship must not.
        grown *= (1.6 + 2.2 * (1 - math.exp(-(wide - 1.6) / 3.2))) / wide
    return grown if grown < 1.6 else 1.6 + 0.6 * (1 - math.exp(-(grown - 1.6) / 1.2))
