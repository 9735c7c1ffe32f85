"""The measure of an edit holds for what an edit should be, and is missed for anything else."""

from collections import Counter

import pytest

from benchmarks.edit import Figures, verdicts

GOOD = {"render": 1, "conform": 1, "assemble": 1}


def figures(rebuilt: float = 0.8, made: dict[str, int] | None = None, found: int = 1, shots: int = 78) -> Figures:
    return Figures(
        shots=shots, cold=12.0, rebuilt=rebuilt, made=Counter(GOOD if made is None else made),
        found=Counter({"mix": found}),
    )  # fmt: skip


def missed(run: Figures) -> list[str]:
    return [verdict.name for verdict in verdicts(run) if not verdict.holds]


def test_one_take_one_join_and_a_found_mix_within_a_tenth_hold() -> None:
    assert missed(figures()) == []


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (figures(rebuilt=1.3), "rebuilt cut over cold assembly"),
        (figures(made=GOOD | {"render": 2}), "takes that the edit asked for, most"),
        (figures(made={"assemble": 1}), "takes that the edit asked for, least"),
        (figures(made=GOOD | {"mix": 1}), "mixes that the edit made"),
        (figures(found=0), "mixes that the edit found"),
        (figures(shots=59), "shots of the film"),
    ],
)
def test_whatever_else_an_edit_costs_is_told_by_name(run: Figures, said: str) -> None:
    assert missed(run) == [said]
