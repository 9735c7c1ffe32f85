import pytest
from hypothesis import given
from hypothesis import strategies as st

from episodes.errors import ChangeRefused
from episodes.trail import Trail


def made(*said: str) -> Trail:
    trail = Trail()
    for number, words in enumerate(said):
        trail = trail.begun(f"base-{number}", words).finished(f"film-{number}")
    return trail


def test_undo_goes_to_the_step_before_and_redo_comes_back() -> None:
    trail = made("first", "night", "rain")
    back = trail.undone()
    assert back.now.said == "night"
    assert back.redone().now.said == "rain"
    assert back.redone().left == ()


def test_the_first_step_can_not_be_undone_and_nothing_redone_that_was_not_undone() -> None:
    with pytest.raises(ChangeRefused, match="nothing to undo"):
        made("first").undone()
    with pytest.raises(ChangeRefused, match="nothing to undo"):
        Trail().undone()
    with pytest.raises(ChangeRefused, match="nothing to redo"):
        made("first", "night").redone()


def test_a_new_step_after_an_undo_leaves_the_old_one_where_it_was() -> None:
    trail = made("first", "night").undone().begun("base-2", "rain").finished("film-2")
    assert [(step.said, step.parent) for step in trail.steps] == [("first", None), ("night", 0), ("rain", 0)]
    assert trail.gone_to(1).now.revision == "film-1"
    with pytest.raises(ChangeRefused, match="nothing to redo"):
        trail.redone()


def test_a_step_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(ChangeRefused, match="no step 7: they go from 0 to 1"):
        made("first", "night").gone_to(7)


def test_a_step_is_unfinished_until_its_film_is_there() -> None:
    trail = made("first").begun("base-1", "night")
    assert trail.now.revision == ""
    assert trail.finished("film-1").now.revision == "film-1"


@given(st.lists(st.sampled_from(("edit", "undo", "redo")), max_size=30))
def test_however_one_walks_no_step_is_lost_and_one_is_always_at_hand(walk: list[str]) -> None:
    trail, most = made("first"), 1
    for number, way in enumerate(walk):
        try:
            if way == "edit":
                trail = trail.begun(f"b{number}", f"edit {number}").finished(f"f{number}")
                most += 1
            else:
                trail = trail.undone() if way == "undo" else trail.redone()
        except ChangeRefused:
            continue
        assert len(trail.steps) == most
        assert trail.now == trail.steps[trail.at]
        assert all(step.parent is None or step.parent < step.number for step in trail.steps)
