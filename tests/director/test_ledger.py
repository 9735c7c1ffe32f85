from pathlib import Path

from tools.ledger import Ledger


def reserve(ledger: Ledger, key: str = "k", price: float = 0.5) -> str | None:
    return ledger.reserve(key, label="S01-01_T1", kind="render", tool="space", price=price)


def test_a_submitted_call_is_taken_up_by_its_remote_id(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    assert reserve(ledger) is None
    ledger.remember("k", "job-7")
    assert reserve(Ledger(tmp_path / "ledger.sqlite")) == "job-7"


def test_a_done_call_whose_media_was_lost_is_made_anew(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    reserve(ledger)
    ledger.remember("k", "job-7")
    ledger.done("k")
    assert reserve(ledger) is None


def test_every_attempt_counts_as_spent(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    reserve(ledger)
    reserve(ledger)
    reserve(ledger, "other", 0.25)
    assert ledger.spent() == 1.25
    assert [entry.attempts for entry in ledger.entries()] == [2, 1]


def test_an_unused_ledger_is_empty_and_makes_no_file(tmp_path: Path) -> None:
    assert Ledger(tmp_path / "ledger.sqlite").entries() == ()
    assert not (tmp_path / "ledger.sqlite").exists()
