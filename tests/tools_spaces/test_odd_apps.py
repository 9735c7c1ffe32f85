"""Real apps that nobody would write on purpose: odd names and units, every kind of answer, a signature that changes."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from episodes.errors import BackendDown, MediaBroken
from tests.servers.space_media import film
from tests.servers.spaces import App, Desk, served
from tests.tools_spaces.asking import call, camera, clip, inputs, take
from tools.spaces.connection import Connection
from tools.spaces.description import ApiDescription
from tools.spaces.unwrapping import Reference, address_of, inline, references

if TYPE_CHECKING:
    import gradio as gr


def _made(deed: Any, seconds: float = 3.0) -> str | None:
    return film(deed, frames=round(seconds * 8), fps=8, width=96, height=64)


def everything(desk: Desk) -> "gr.Blocks":
    """One app with an endpoint for each form of answer."""
    import gradio as gr

    def as_dict(what: str) -> dict[str, Any]:
        return {"status": "done", "video": {"path": _made(desk.begin(what=what)), "mime": "video/mp4"}}

    def as_page(what: str) -> str:
        return f"<div><video controls src='/gradio_api/file={_made(desk.begin(what=what))}'></video></div>"

    def as_gallery(what: str) -> list[tuple[str | None, str]]:
        return [(_made(desk.begin(what=what)), "take 1")]

    def as_address(what: str) -> str:
        return f"file={_made(desk.begin(what=what))}"

    def as_steps(what: str, millis: float) -> Iterator[tuple[str | None, str]]:
        deed = desk.begin(what=what, millis=millis)
        for percent in (0, 40, 80):
            yield None, f"{percent} %"
        yield _made(deed, millis / 1000), "100 %"
        # A last word without the film.
        yield _made(deed, millis / 1000), "tidied up"

    def elsewhere(what: str) -> str:
        desk.begin(what=what)
        return "http://127.0.0.2:1/film.mp4"

    with gr.Blocks() as demo:
        what = gr.Textbox(label="What happens?")
        length = gr.Slider(500, 8000, value=1500, step=100, label="How long, in milliseconds")
        for name, function, output in (
            ("dict", as_dict, gr.JSON(label="Answer")),
            ("page", as_page, gr.HTML(label="Player")),
            ("gallery", as_gallery, gr.Gallery(label="Takes")),
            ("address", as_address, gr.Textbox(label="Link")),
            ("elsewhere", elsewhere, gr.Textbox(label="Link")),
        ):
            gr.Button(name).click(function, [what], [output], api_name=name)
        outputs = [gr.Video(label="Film"), gr.Textbox(label="Progress")]
        gr.Button("steps").click(as_steps, [what, length], outputs, api_name="steps")
    return demo


@pytest.fixture(scope="module")
def odd() -> Iterator[App]:
    with served(App(kind="odd"), everything) as app:
        yield app


@pytest.mark.parametrize("form", ["dict", "page", "gallery", "address", "steps"])
def test_the_film_is_found_in_every_form_of_answer(odd: App, tmp_path: Path, form: str) -> None:
    odd.reset()
    made = camera(odd.url, tmp_path / "home", api_name=form).render(take(), call(tmp_path / "take"))
    assert (made.frames, made.width, made.height) == (36, 96, 64)
    assert odd.calls == 1


def test_of_all_forms_the_one_that_is_a_film_is_asked_and_in_its_own_unit(odd: App, tmp_path: Path) -> None:
    odd.reset()
    camera(odd.url, tmp_path / "home").render(take(), call(tmp_path / "take"))
    assert odd.worked[0]["millis"] == 3000


def test_an_answer_may_not_send_us_to_another_machine(odd: App, tmp_path: Path) -> None:
    odd.reset()
    with pytest.raises(MediaBroken, match=r"on another machine \(127\.0\.0\.2\)"):
        camera(odd.url, tmp_path / "home", api_name="elsewhere").render(take(), call(tmp_path / "take"))


def yesterday(desk: Desk) -> "gr.Blocks":
    import gradio as gr

    def generate(prompt: str, seconds: float) -> str | None:
        return _made(desk.begin(prompt=prompt, seconds=seconds), seconds)

    with gr.Blocks() as demo:
        boxes = [gr.Textbox(label="Prompt"), gr.Slider(1, 8, value=2, label="Seconds")]
        gr.Button("Go").click(generate, boxes, gr.Video(), api_name="generate")
    return demo


def today(desk: Desk) -> "gr.Blocks":
    import gradio as gr

    def make(image: str, prompt: str, frames: int, style: str) -> dict[str, Any]:
        return {
            "video": {"path": _made(desk.begin(image=image, prompt=prompt, frames=frames, style=style), frames / 8)}
        }

    with gr.Blocks() as demo:
        boxes = [
            gr.Image(type="filepath", label="First frame"), gr.Textbox(label="Prompt"),
            gr.Slider(8, 64, value=16, step=8, label="Frames"), gr.Radio(["film", "cartoon"], label="Style"),
        ]  # fmt: skip
        gr.Button("Go").click(make, boxes, gr.JSON(), api_name="make")
    return demo


def test_a_signature_that_changed_since_yesterday_is_mapped_anew_and_said_so(tmp_path: Path) -> None:
    first = App(kind="yesterday")
    with served(first, yesterday):
        port = int(first.url.rpartition(":")[2])
        tool = camera(first.url, tmp_path / "home")
        assert tool.render(take(), call(tmp_path / "first")).frames == 36
    animatic = clip(tmp_path / "animatic")
    with served(App(kind="today"), today, port=port) as second:
        # The same tool still believes in the old signature.
        made = tool.render(take(), call(tmp_path / "second", inputs=inputs(animatic=animatic)))
        assert made.frames == 36
        given = second.worked[-1]
        assert (given["frames"], given["style"]) == (24, "film")
        assert given["image"].endswith("start.png")
        assert (
            "mapped anew, because its description changed: the endpoint /generate gave way to /make" in tool.describe()
        )


def unhurried(desk: Desk) -> "gr.Blocks":
    import gradio as gr

    def generate(prompt: str, frames: int) -> str | None:
        return film(desk.begin(prompt=prompt, frames=frames), frames=int(frames), fps=30, width=96, height=64)

    with gr.Blocks() as demo:
        boxes = [gr.Textbox(label="Prompt"), gr.Slider(8, 200, value=40, step=1, label="Frames")]
        gr.Button("Go").click(generate, boxes, gr.Video(), api_name="generate")
    return demo


def test_how_fast_an_apps_frames_run_is_learned_from_its_first_clip(tmp_path: Path) -> None:
    with served(App(kind="unhurried"), unhurried) as app:
        tool = camera(app.url, tmp_path / "home")
        # 40 frames look like a model of eight a second; they run at thirty, so the first clip is far too short.
        with pytest.raises(MediaBroken, match=r"0\.8 s"):
            tool.render(take(), call(tmp_path / "first"))
        assert tool.render(take(), call(tmp_path / "second")).frames == 36
        assert [given["frames"] for given in app.worked] == [24, 90]


def stubborn(desk: Desk) -> "gr.Blocks":
    import gradio as gr

    def generate(prompt: str) -> str:
        desk.begin(prompt=prompt)
        raise gr.Error("Value: x is not in the list of choices: ['y']")

    with gr.Blocks() as demo:
        gr.Button("Go").click(generate, gr.Textbox(label="Prompt"), gr.Video(), api_name="generate")
    return demo


def test_an_app_that_contradicts_its_own_description_is_asked_twice_and_no_more(tmp_path: Path) -> None:
    with served(App(kind="stubborn"), stubborn) as app:
        with pytest.raises(BackendDown, match="though it was mapped anew"):
            camera(app.url, tmp_path / "home").render(take(), call(tmp_path / "take"))
        assert app.calls == 2


CONNECTION = Connection(
    space="me/film", address="http://127.0.0.1:7/", prefix="http://127.0.0.1:7/gradio_api/", headers={}, cookies={},
    protocol="sse_v3", api=ApiDescription(endpoints=()),
)  # fmt: skip


def _file(path: str, **more: Any) -> dict[str, Any]:
    return {
        "path": path,
        "url": None,
        "orig_name": path.rpartition("/")[2],
        "meta": {"_type": "gradio.FileData"},
        **more,
    }


ANSWERS: Mapping[str, tuple[list[Any], str]] = {
    "a path": (["/tmp/x/film.mp4"], "/tmp/x/film.mp4"),
    "file data": ([_file("/tmp/film.mp4")], "/tmp/film.mp4"),
    "an older video": ([{"video": _file("/tmp/film.mp4"), "subtitles": None}], "/tmp/film.mp4"),
    "a gallery": ([[{"image": _file("/tmp/a.png")}, {"video": _file("/tmp/b.webm"), "caption": None}]], "/tmp/b.webm"),
    "extras first": (["done", 42, None, _file("/tmp/a.png"), _file("/tmp/film.mp4")], "/tmp/film.mp4"),
    "a list of files": ([[_file("/tmp/log.txt"), _file("/tmp/film.mp4")]], "/tmp/film.mp4"),
    "a name without an ending": ([_file("/tmp/blob", mime_type="video/mp4")], "/tmp/blob"),
    "words and a link": (["Done: [film](/gradio_api/file=/tmp/film.mp4)"], "/gradio_api/file=/tmp/film.mp4"),
    "json in a text box": (['{"ok": true, "result": {"video": "/tmp/film.mp4"}}'], "/tmp/film.mp4"),
    "deep": ([{"data": {"items": [{"a": 1}, {"out": ["/tmp/film.mp4"]}]}}], "/tmp/film.mp4"),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(ANSWERS))
def test_an_answer_is_unwrapped(case: str) -> None:
    data, where = ANSWERS[case]
    assert references(data, None, "video")[0].where == where


@pytest.mark.parametrize(
    "data", [[], [None], ["done"], [[]], [{}], [{"video": None}], [_file("/tmp/a.png")], [3.5, True]]
)
def test_an_answer_without_a_film_has_none(data: list[Any]) -> None:
    assert references(data, None, "video") == ()


def test_the_named_output_goes_before_others() -> None:
    data = [_file("/tmp/input.mp4"), _file("/tmp/film.mp4"), {"final": "/tmp/final.mp4", "draft": "/tmp/draft.mp4"}]
    assert references(data, 1, "video")[0].where == "/tmp/film.mp4"
    assert references(data, "final", "video")[0].where == "/tmp/final.mp4"
    assert references([None, _file("/tmp/film.mp4")], 0, "video")[0].where == "/tmp/film.mp4"


@pytest.mark.parametrize(
    ("where", "address"),
    [
        ("/tmp/a b.mp4", "file=/tmp/a%20b.mp4"),
        ("file=/tmp/a.mp4", "file=/tmp/a.mp4"),
        ("/gradio_api/file=/tmp/a.mp4", "file=/tmp/a.mp4"),
        # Behind a proxy, an app may name itself wrongly.
        ("http://10.0.0.5:7860/gradio_api/file=/tmp/a.mp4", "file=/tmp/a.mp4"),
    ],
)
def test_a_file_is_asked_of_its_own_app(where: str, address: str) -> None:
    assert address_of(CONNECTION, Reference(where=where)) == f"{CONNECTION.prefix}{address}"


@pytest.mark.parametrize(
    "where", ["http://169.254.169.254/a.mp4", "https://evil.example/a.mp4", "http://127.0.0.1:8/a.mp4"]
)
def test_no_other_machine_is_asked(where: str) -> None:
    with pytest.raises(MediaBroken, match="on another machine"):
        address_of(CONNECTION, Reference(where=where))


def test_a_file_may_stand_in_the_answer_itself() -> None:
    assert inline(Reference(where="data:video/mp4;base64,AAAA")) == b"\0\0\0"
    assert inline(Reference(where="/tmp/a.mp4")) is None
    with pytest.raises(MediaBroken):
        inline(Reference(where="data:video/mp4;base64,AAA"))


def test_a_play_list_that_calls_itself_a_film_is_not_read(tmp_path: Path) -> None:
    from tools.spaces.untrusted import checked_film

    secret = clip(tmp_path / "secret").file("take.mp4")
    listed = tmp_path / "answer"
    for trick in (f"#EXTM3U\n#EXTINF:3,\n{secret}\n", f"ffconcat version 1.0\nfile {secret}\n", f"file '{secret}'\n"):
        listed.write_text(trick)
        with pytest.raises(MediaBroken, match="no film and no sound"):
            checked_film(listed, "me/film")
    shutil.copy(secret, listed)
    assert len(checked_film(listed, "me/film").times) == 24
