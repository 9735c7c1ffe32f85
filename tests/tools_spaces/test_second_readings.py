"""Real apps that refuse how they are understood first: what is tried instead, how often, and what is remembered."""

import functools
import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from episodes.errors import RequestRejected, ToolError
from tests.servers.space_media import film
from tests.servers.spaces import App, Desk, served
from tests.tools_spaces.asking import call, camera, take
from tools.spaces.submission import Submission

if TYPE_CHECKING:
    import gradio as gr


def _app(refusals: Mapping[str, str], desk: Desk, *, after: int = 0) -> "gr.Blocks":
    """Four endpoints that look alike; those in `refusals` say no, once there were more than `after` calls."""
    import gradio as gr

    count = itertools.count(1)

    def behind(name: str) -> Any:
        def work(prompt: str, seed: float) -> str | None:
            deed = desk.begin(name=name, prompt=prompt)
            if next(count) > after and name in refusals:
                raise gr.Error(refusals[name])
            return film(deed, frames=24, fps=8, width=96, height=64)

        return work

    with gr.Blocks() as demo:
        boxes = [gr.Textbox(label="Prompt"), gr.Number(3, label="Seed")]
        for name in ("one", "two", "three", "four"):
            gr.Button(name).click(behind(name), boxes, gr.Video(label="Film"), api_name=name)
    made: gr.Blocks = demo
    return made


def test_another_endpoint_is_asked_where_the_first_is_retired_and_then_kept(tmp_path: Path) -> None:
    with served(App(kind="retired"), functools.partial(_app, {"one": "This tab is retired"})) as app:
        tool, notes = camera(app.url, tmp_path / "home"), []
        tool.render(take(), call(tmp_path / "first", notes.append))
        assert [deed["name"] for deed in app.worked] == ["one", "two"]
        # Each call is remembered by itself, so that a crash never asks for the wrong one.
        assert len({Submission.model_validate_json(note).event for note in notes}) == 2
        camera(app.url, tmp_path / "home").render(take(), call(tmp_path / "second"))
        assert [deed["name"] for deed in app.worked] == ["one", "two", "two"]


def test_three_calls_are_made_at_most_and_the_first_refusal_is_told(tmp_path: Path) -> None:
    refusals = {name: f"No thanks from {name}" for name in ("one", "two", "three", "four")}
    with served(App(kind="stubborn"), functools.partial(_app, refusals)) as app:
        tool = camera(app.url, tmp_path / "home")
        with pytest.raises(RequestRejected, match="No thanks from one"):
            tool.render(take(), call(tmp_path / "first"))
        assert app.calls == 3
        with pytest.raises(RequestRejected):
            tool.render(take(), call(tmp_path / "second"))
        assert app.calls == 4


@pytest.mark.parametrize(
    "said",
    [
        "Blocked by our content policy",
        "NSFW content was found",
        "You have exceeded your GPU quota (60s requested vs. 0s left).",
    ],
)
def test_a_refusal_of_the_content_or_a_spent_quota_is_no_misunderstanding(tmp_path: Path, said: str) -> None:
    with served(App(kind="strict"), functools.partial(_app, {"one": said})) as app:
        with pytest.raises(ToolError):
            camera(app.url, tmp_path / "home").render(take(), call(tmp_path / "take"))
        assert app.calls == 1


def test_once_it_has_worked_a_refusal_is_about_the_request(tmp_path: Path) -> None:
    with served(App(kind="moody"), functools.partial(_app, {"one": "These words are too long"}, after=1)) as app:
        tool = camera(app.url, tmp_path / "home")
        tool.render(take(), call(tmp_path / "first"))
        with pytest.raises(RequestRejected, match="too long"):
            tool.render(take(), call(tmp_path / "second"))
        assert app.calls == 2


def unnamed(desk: Desk) -> "gr.Blocks":
    """An app that takes what it makes from the second of two texts of which nothing says what they are."""
    import gradio as gr

    def work(first: str, second: str) -> str | None:
        deed = desk.begin(first=first, second=second)
        if not second:
            raise gr.Error("The second box is empty")
        return film(deed, frames=24, fps=8, width=96, height=64)

    with gr.Blocks() as demo:
        boxes = [gr.Textbox(label="Alpha"), gr.Textbox(label="Omega")]
        gr.Button("Go").click(work, boxes, gr.Video(label="Film"), api_name="go")
    made: gr.Blocks = demo
    return made


def test_the_other_text_is_tried_as_the_prompt(tmp_path: Path) -> None:
    with served(App(kind="unnamed"), unnamed) as app:
        camera(app.url, tmp_path / "home").render(take(), call(tmp_path / "take"))
        assert [bool(deed["second"]) for deed in app.worked] == [False, True]


def sluggish(desk: Desk) -> "gr.Blocks":
    """An app whose slider counts in something that it does not say: a clip lasts a quarter of it."""
    import gradio as gr

    def work(prompt: str, size: float) -> str | None:
        return film(desk.begin(prompt=prompt, size=size), frames=round(size * 2), fps=8, width=96, height=64)

    with gr.Blocks() as demo:
        boxes = [gr.Textbox(label="Prompt"), gr.Slider(1, 20, value=2, step=1, label="Length")]
        gr.Button("Go").click(work, boxes, gr.Video(label="Film"), api_name="go")
    made: gr.Blocks = demo
    return made


def test_a_length_that_lasts_only_a_quarter_is_asked_for_fourfold(tmp_path: Path) -> None:
    with served(App(kind="sluggish"), sluggish) as app:
        tool = camera(app.url, tmp_path / "home")
        with pytest.raises(ToolError):
            tool.render(take(), call(tmp_path / "first"))
        assert tool.render(take(), call(tmp_path / "second")).frames == 36
        assert [deed["size"] for deed in app.worked] == [3, 12]
