from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from agents.failures import Transient, retry_after
from agents.sending import LONGEST_WAIT, _wait


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": " 1.5 "}, 1.5),
        ({"retry-after-ms": "250", "retry-after": "1"}, 0.25),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-4"}, None),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ({}, None),
    ],
)
def test_a_servers_wish_to_wait_is_read(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


def test_a_date_to_wait_for_is_read() -> None:
    until = datetime.now(UTC) + timedelta(seconds=20)
    assert 17 <= (retry_after({"retry-after": format_datetime(until, usegmt=True)}) or 0) <= 20


def test_no_server_makes_us_wait_for_ever() -> None:
    assert _wait(Transient("HTTP 429", 86_400.0), 1, 0.5) == LONGEST_WAIT
    assert _wait(Transient("HTTP 429", 4.0), 5, 0.5) == 4.0
    assert [_wait(Transient("HTTP 500"), attempt, 0.5) for attempt in (1, 2, 3, 20)] == [0.5, 1.0, 2.0, LONGEST_WAIT]
