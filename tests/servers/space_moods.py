"""What becomes of a call to a test Space: well done, or bad in one of many ways, as a policy decides."""

import random
from collections.abc import Callable
from typing import Literal

Deed = Literal[
    "ok", "queue_full", "rate_limited", "server_error", "quota", "short_quota", "app_error", "hidden_error",
    "gpu_error", "refusal", "black", "no_media", "half_file", "wrong_length", "not_media", "slow", "hang", "crash",
]  # fmt: skip
BAD: tuple[Deed, ...] = (
    "queue_full", "rate_limited", "server_error", "quota", "short_quota", "app_error", "hidden_error", "gpu_error",
    "refusal", "black", "no_media", "half_file", "wrong_length", "not_media", "slow", "crash",
)  # fmt: skip
"""All that is bad and ends by itself; `hang` does not."""
Policy = Callable[[int], Deed]

QUOTA_TEXT = "You have exceeded your GPU quota (150s requested vs. 149s left). Try again in 3:12:45"
SHORT_QUOTA_TEXT = "You have exceeded your GPU quota (60s requested vs. 58s left). Try again in 0:00:01"
REFUSAL_TEXT = "The prompt violates our content policy (NSFW)."


def always(deed: Deed = "ok") -> Policy:
    """Return a policy that does the same on each call."""
    return lambda number: deed


def in_turn(*deeds: Deed) -> Policy:
    """Return a policy that goes through these, and is good after them."""
    return lambda number: deeds[number] if number < len(deeds) else "ok"


def partly_bad(share: float, seed: int, kinds: tuple[Deed, ...] = BAD) -> Policy:
    """Return a policy that is bad in this share of the calls; the seed decides which, and how."""

    def decide(number: int) -> Deed:
        chance = random.Random(f"{seed}:{number}")
        return chance.choice(kinds) if chance.random() < share else "ok"

    return decide
