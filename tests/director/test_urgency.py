from fractions import Fraction

from director.urgency import Urgency
from episodes.requests import ComposeRequest
from episodes.tasks import Task, ToolInfo
from episodes.theme import found_theme
from episodes.work import Plan, task

THEME = found_theme("Night Shift")
SLOW, QUICK = ToolInfo(name="slow", version="1", wall_per_second=4), ToolInfo(name="quick", version="1")


def work(number: int, tool: ToolInfo = QUICK, seconds: int = 1, *needs: Task) -> Task:
    request = ComposeRequest(mood="quiet", seconds=1, tempo=80, key="D minor", theme=THEME, seed=number)
    wanted = {f"input-{n}": need.key for n, need in enumerate(needs)}
    return task(f"{number}", tool, request, wanted, Fraction(seconds))


def test_a_path_is_the_longest_way_to_the_end() -> None:
    take = work(1, SLOW, 2)
    line = work(2, QUICK, 3)
    segment, sound = work(3, QUICK, 1, take), work(4, QUICK, 5, line)
    film = work(5, QUICK, 2, segment, sound)
    plan, urgency = Plan(tasks=(take, line, segment, sound, film)), Urgency()
    assert [urgency.path(plan, one) for one in plan.tasks] == [11, 10, 3, 7, 2]


def test_what_stands_in_no_plan_is_as_urgent_as_it_is_long() -> None:
    assert Urgency().path(Plan(tasks=()), work(1, SLOW, 3)) == 12


def test_a_tool_is_believed_less_the_more_is_seen_of_it() -> None:
    one, urgency = work(1, QUICK, 10), Urgency()
    plan = Plan(tasks=(one,))
    before = urgency.path(plan, one)
    for _ in range(20):
        urgency.learn(one, 30)
    assert before == 10
    assert 28 < urgency.path(plan, one) < 30


def test_what_is_learned_of_one_kind_of_tool_says_nothing_of_another() -> None:
    urgency = Urgency()
    urgency.learn(work(1, QUICK, 10), 100)
    assert urgency.expected(work(2, SLOW, 2)) == 8


def test_a_chain_of_thousands_is_worked_out() -> None:
    chain = [work(0)]
    for number in range(1, 3000):
        chain.append(work(number, QUICK, 1, chain[-1]))
    assert Urgency().path(Plan(tasks=tuple(chain)), chain[0]) == 3000
