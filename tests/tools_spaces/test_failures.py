"""Each way in which a Space fails is an error of a known class: texts, statuses, stages, and misbehaving apps."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from episodes.errors import (
    BackendDown,
    BackendUnavailable,
    MediaBroken,
    RequestRejected,
    ToolError,
    TransientToolError,
)
from tests.servers.space_hub import hub
from tests.servers.space_moods import Deed, always, in_turn
from tests.servers.spaces import App, space
from tests.tools_spaces.asking import call, camera, take
from tools.spaces.failures import FailedInside, ParametersRefused, SchemaChanged, of_app, of_status, quota_in

QUOTA_TEXTS: tuple[tuple[str, float | None, float | None, float | None], ...] = (
    ("You have exceeded your GPU quota (150s requested vs. 149s left). Try again in 3:12:45", 150, 149, 11_565),
    ("You have exceeded your GPU quota (46s left vs. 60s requested). Sign-up on Hugging Face to get more quotas or "
     "retry in 0:09:48.", 60, 46, 588),
    ('You have exceeded your GPU quota (60s requested vs. 56s left). <a style="white-space: nowrap" '
     'href="https://huggingface.co/join">Create a free account</a> to get more usage quota.', 60, 56, None),
    ("You have exceeded your free ZeroGPU quota (60s requested vs. 12s left). Try again in 1 day, 2:03:04. Subscribe "
     "to Hugging Face PRO to get 25 min of ZeroGPU quota a day - https://huggingface.co/subscribe/pro", 60, 12, 93_784),
    ("You have exceeded your Pro ZeroGPU quota (120s requested vs. 0s left). Try again in 23:59:59. Add credits to "
     "keep using ZeroGPU. $1 for 10 minutes", 120, 0, 86_399),
    ("You have exceeded your ZeroGPU quota (90s requested vs. 3s left). Try again in 14:00:00. Authenticate with a "
     "Hugging Face token for more quota", 90, 3, 50_400),
    ("You have exceeded your ZeroGPU runs limit. Authenticate with a Hugging Face token for more", None, None, None),
    ("ZeroGPU illegal duration: The requested GPU duration (300s) is larger than the maximum allowed", 300, None, None),
    ("The requested GPU duration (180s) is larger than the maximum allowed retry in 0:00:00", 180, None, 0),
    ("ZeroGPU quota exceeded: Space app has reached its GPU limit. Try re-running outside of examples if it happened "
     "after clicking one", None, None, None),
    ("Your ZeroGPU quota for today is used up.", None, None, None),
    ("You have exceeded your GPU quota (60s requested vs. 0s left).", 60, 0, None),
    ("You have exceeded your GPU quota (60s left)", None, 60, None),
)  # fmt: skip


@pytest.mark.parametrize(("text", "requested", "left", "again"), QUOTA_TEXTS)
def test_the_numbers_of_a_quota_are_read_and_told(
    text: str, requested: float | None, left: float | None, again: float | None
) -> None:
    assert quota_in(text) == (requested, left, again)
    error = of_app("me/film", text)
    if again is not None and again < 120:
        assert isinstance(error, TransientToolError)
        return
    assert isinstance(error, BackendDown)
    for number in (requested, left):
        if number is not None and "illegal" not in text:
            assert f"{number:.0f} s" in str(error)
    if again is not None:
        assert " h " in str(error) or " min" in str(error)
    assert "HF_TOKEN" in str(error)
    assert "<a" not in str(error)


def test_a_quota_that_is_back_soon_is_waited_for() -> None:
    error = of_app("me/film", "You have exceeded your GPU quota (60s requested vs. 58s left). Try again in 0:01:10")
    assert isinstance(error, TransientToolError)
    assert error.retry_after == 70


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("No GPU is currently available for you after 60s", TransientToolError),
        ("ZeroGPU queue timeout: No GPU was available after 60s. Retry later", TransientToolError),
        ("GPU task aborted", TransientToolError),
        ("CUDA out of memory. Tried to allocate 20.00 MiB", TransientToolError),
        ("The server is busy, try again in 40 seconds", TransientToolError),
        (None, FailedInside),
        ("NSFW content detected", RequestRejected),
        ("Your prompt was flagged by the safety checker", RequestRejected),
        ("This violates our content policy.", RequestRejected),
        ("Please upload an image first.", ParametersRefused),
        ("Height must be divisible by 8", ParametersRefused),
        ("You must accept the licence first", BackendDown),
        ("Please agree to the terms of use.", BackendDown),
        ("Value: 5s is not in the list of choices: ['short', 'long']", SchemaChanged),
        (
            "Too few inputs: an event handler (gen) didn't receive enough inputs (needed: 5, got: 4).",
            SchemaChanged,
        ),
        ("Value 80 is greater than maximum value 49.", SchemaChanged),
        ("gen() got an unexpected keyword argument 'fps'", SchemaChanged),
    ],
)
def test_what_an_app_says_has_its_class(text: str | None, kind: type[ToolError]) -> None:
    error = of_app("me/film", text)
    assert type(error) is kind
    assert str(error).startswith("me/film")


def test_the_pause_that_an_app_names_is_kept() -> None:
    busy = of_app("me/film", "The server is busy, try again in 40 seconds")
    assert isinstance(busy, TransientToolError)
    assert busy.retry_after == 40


@pytest.mark.parametrize(
    ("status", "headers", "kind", "after"),
    [
        (429, {"retry-after": "7"}, TransientToolError, 7),
        (429, {}, TransientToolError, None),
        (503, {}, TransientToolError, None),
        (502, {}, TransientToolError, None),
        (401, {}, BackendUnavailable, None),
        (403, {}, BackendUnavailable, None),
        (404, {}, SchemaChanged, None),
        (422, {}, SchemaChanged, None),
        (413, {}, RequestRejected, None),
    ],
)
def test_a_status_has_its_class(
    status: int, headers: dict[str, str], kind: type[ToolError], after: float | None
) -> None:
    error = of_status("me/film", status, headers)
    assert type(error) is kind
    if isinstance(error, TransientToolError):
        assert error.retry_after == after


def test_a_pause_may_be_a_date() -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    error = of_status("me/film", 429, {"retry-after": until})
    assert isinstance(error, TransientToolError)
    assert error.retry_after is not None
    assert 80 < error.retry_after <= 90


@pytest.fixture(scope="module")
def app() -> Iterator[App]:
    with space("zeroscope") as running:
        yield running


@pytest.mark.parametrize(
    ("deed", "kind", "words"),
    [
        ("queue_full", TransientToolError, "queue"),
        ("rate_limited", TransientToolError, "429"),
        ("server_error", TransientToolError, "502"),
        ("quota", BackendDown, "150 s are needed for one call, 149 s are left.*3 h 13 min"),
        ("short_quota", TransientToolError, "1 s"),
        ("app_error", RequestRejected, "The sampler does not like these settings"),
        ("hidden_error", TransientToolError, "does not say why"),
        ("gpu_error", TransientToolError, "out of memory"),
        ("refusal", RequestRejected, "content policy"),
        ("black", RequestRejected, "black picture"),
        ("no_media", MediaBroken, "without a video"),
        ("half_file", MediaBroken, "half a film|broken|decoded"),
        ("not_media", MediaBroken, "no film and no sound"),
        ("wrong_length", MediaBroken, "3.0 s with its handles"),
        ("crash", TransientToolError, "broke"),
    ],
)
def test_a_real_app_that_fails_is_told_by_class(
    app: App, tmp_path: Path, deed: Deed, kind: type[ToolError], words: str
) -> None:
    app.reset(always(deed))
    app.retry_after = "3"
    with pytest.raises(ToolError, match=words) as caught:
        camera(app.url, tmp_path / "home").render(take(), call(tmp_path / "take"))
    assert isinstance(caught.value, kind)
    assert app.calls == 1
    # One sentence, and nothing left behind.
    assert str(caught.value).count(". ") == 0
    assert list((tmp_path / "take").iterdir()) == []
    if deed == "rate_limited":
        assert isinstance(caught.value, TransientToolError)
        assert caught.value.retry_after == 3


def test_an_app_that_never_answers_is_left_after_our_own_deadline(app: App, tmp_path: Path) -> None:
    app.reset(always("hang"))
    began = time.monotonic()
    with pytest.raises(BackendDown, match="did not finish in time"):
        camera(app.url, tmp_path / "home", wait_seconds=2).render(take(), call(tmp_path / "take"))
    assert time.monotonic() - began < 30


def test_one_after_another_it_is_good_again(app: App, tmp_path: Path) -> None:
    app.reset(in_turn("queue_full", "half_file"))
    tool = camera(app.url, tmp_path / "home")
    for kind in (TransientToolError, MediaBroken):
        with pytest.raises(kind):
            tool.render(take(), call(tmp_path / "take"))
    assert tool.render(take(), call(tmp_path / "take")).frames == 36
    assert app.deeds == ["queue_full", "half_file", "ok"]


@pytest.mark.parametrize("deed", ["queue_full", "quota"])
def test_a_duplicate_stands_in_for_one_that_is_full_or_spent(app: App, tmp_path: Path, deed: Deed) -> None:
    app.reset()
    with space("zeroscope", always(deed)) as first:
        tool = camera(first.url, tmp_path / "home", duplicates=["http://127.0.0.1:9/", app.url])
        assert tool.render(take(), call(tmp_path / "take")).frames == 36
        assert (first.calls, app.calls) == (1, 1)


def test_a_refusal_is_not_carried_to_the_duplicates(app: App, tmp_path: Path) -> None:
    app.reset(always("refusal"))
    tool = camera(app.url, tmp_path / "home", duplicates=["http://127.0.0.1:9/"])
    with pytest.raises(RequestRejected):
        tool.render(take(), call(tmp_path / "take"))
    assert app.calls == 1


def test_no_app_at_an_address_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BackendDown, match=r"No app answers at http://127\.0\.0\.1:9"):
        camera("http://127.0.0.1:9/", tmp_path / "home").render(take(), call(tmp_path / "take"))


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("PAUSED", "is paused by its owner"),
        ("RUNTIME_ERROR", "broke while it ran"),
        ("BUILD_ERROR", "can't be built"),
        ("CONFIG_ERROR", "configuration"),
        ("NO_APP_FILE", "no app"),
        ("STOPPED", "stopped"),
    ],
)
def test_a_space_that_is_down_is_named_so(app: App, tmp_path: Path, stage: str, words: str) -> None:
    app.reset()
    with hub({"me/film": app.url}, {"me/film": [stage]}) as known:  # type: ignore[list-item]
        tool = camera("me/film", tmp_path / "home", hub=known.url)
        with pytest.raises(BackendDown, match=words):
            tool.render(take(), call(tmp_path / "take"))
        assert not tool.readiness().ready
    assert app.calls == 0


def test_a_duplicate_stands_in_for_one_that_is_paused(app: App, tmp_path: Path) -> None:
    app.reset()
    with hub({"me/film": app.url, "me/copy": app.url}, {"me/film": ["PAUSED"]}) as known:
        tool = camera("me/film", tmp_path / "home", hub=known.url, duplicates=["me/copy"])
        assert tool.render(take(), call(tmp_path / "take")).frames == 36


@pytest.mark.parametrize("stages", [["SLEEPING", "BUILDING", "APP_STARTING", "RUNNING"], ["BUILDING", "RUNNING"]])
def test_a_space_that_sleeps_is_woken_and_one_that_builds_is_waited_for(
    app: App, tmp_path: Path, stages: list[str]
) -> None:
    app.reset()
    with hub({"me/film": app.url}, {"me/film": stages}) as known:  # type: ignore[dict-item]
        tool = camera("me/film", tmp_path / "home", hub=known.url, wait_seconds=4, max_seconds=6, start_image=False)
        assert tool.render(take(), call(tmp_path / "take")).frames == 36
        assert len(known.asked) == len(stages)


@pytest.mark.parametrize("stage", ["SLEEPING", "BUILDING"])
def test_nobody_waits_for_ever(app: App, tmp_path: Path, stage: str) -> None:
    with hub({"me/film": app.url}, {"me/film": [stage]}) as known:  # type: ignore[list-item]
        tool = camera("me/film", tmp_path / "home", hub=known.url, wait_seconds=0.4, max_seconds=6, start_image=False)
        with pytest.raises(BackendDown, match=r"is still (asleep|building)"):
            tool.render(take(), call(tmp_path / "take"))


def test_a_private_space_needs_a_token_and_gets_it(app: App, tmp_path: Path) -> None:
    app.reset()
    with hub({"me/film": app.url}) as known:
        known.private["me/film"] = "hf_right"
        with pytest.raises(BackendUnavailable, match="set HF_TOKEN"):
            camera("me/film", tmp_path / "home", hub=known.url).render(take(), call(tmp_path / "take"))
        tool = camera("me/film", tmp_path / "home", hub=known.url, token="hf_right")
        assert tool.render(take(), call(tmp_path / "take")).frames == 36
        assert tool.readiness().ready
    for path in (tmp_path / "home").rglob("*"):
        assert path.is_dir() or "hf_right" not in path.read_text("utf-8")
