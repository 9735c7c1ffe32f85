"""Real Gradio apps on loopback that make video, speech and music with ffmpeg and numpy, well or badly, as told.

Start one once for a module: importing Gradio takes seconds. `policy(n)` says what becomes of the n-th call, counted
from 0; `App.calls` counts what was submitted, `App.worked` what the app's function was given.
"""

import asyncio
import hashlib
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    import gradio as gr

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

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
Kind = Literal["zeroscope", "zeroscope_renamed", "zeroscope_xl", "film", "image_to_video", "tts", "musicgen"]

SCENES = "TENFOUR_TEST_SCENES"
"""Set to have streets filmed in place of test pictures, for whoever looks at the result."""

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


@dataclass
class App:
    """An app as a test sees it. Its policy may be changed at any time; `reset` forgets what was."""

    kind: str
    policy: Policy = field(default_factory=always)
    retry_after: str = "0"
    slow_seconds: float = 1.5
    url: str = ""
    calls: int = 0
    """Submissions, whatever became of them."""
    deeds: list[Deed] = field(default_factory=list)
    """What was done with each."""
    worked: list[dict[str, Any]] = field(default_factory=list)
    """What the app's function was given, call by call."""
    finished: Counter[str] = field(default_factory=Counter)
    """How often each call, by all that was given, was done as it should be: never more than once."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def reset(self, policy: Policy | None = None) -> None:
        """Count anew, with another policy or a good one."""
        with self.lock:
            self.policy, self.calls = policy or always(), 0
            self.deeds.clear()
            self.worked.clear()
            self.finished.clear()

    def hear(self, word: str, given: dict[str, Any]) -> tuple[Deed, str, float]:
        """Answer what the app's process asks: what to do with a call, and how."""
        with self.lock:
            if word == "began":
                self.worked.append(given)
                return "ok", self.retry_after, self.slow_seconds
            if word == "finished":
                self.finished[str(given["call"])] += 1
                return "ok", self.retry_after, self.slow_seconds
            deed = self.policy(self.calls)
            self.calls += 1
            self.deeds.append(deed)
            return deed, self.retry_after, self.slow_seconds


class Desk:
    """The same app in its own process; it asks the test what to do."""

    def __init__(self, pipe: "Connection") -> None:
        self._pipe, self._lock = pipe, threading.Lock()
        self._pending: deque[Deed] = deque()
        self.broken: set[str] = set()
        """Sessions whose stream breaks."""

    def _asked(self, word: str, given: dict[str, Any]) -> tuple[Deed, str, float]:
        with self._lock:
            self._pipe.send((word, given))
            return cast(tuple[Deed, str, float], self._pipe.recv())

    def decide(self) -> tuple[Deed, str]:
        """Return what to do with the call that was just submitted, and the pause to ask for."""
        deed, retry_after, _ = self._asked("submitted", {})
        if deed not in ("queue_full", "rate_limited", "server_error"):
            self._pending.append(deed)
        return deed, retry_after

    def begin(self, **given: Any) -> Deed:
        """Note what the function was given, and do what can be done before any media; return what is still to do."""
        import gradio as gr

        _, _, slow_seconds = self._asked("began", given)
        deed = self._pending.popleft() if self._pending else "ok"
        texts = {"quota": QUOTA_TEXT, "short_quota": SHORT_QUOTA_TEXT, "refusal": REFUSAL_TEXT}
        if deed in texts:
            raise gr.Error(texts[deed])
        if deed == "app_error":
            raise gr.Error("The sampler does not like these settings.")
        if deed == "gpu_error":
            raise gr.Error("CUDA out of memory. Tried to allocate 2.00 GiB.")
        if deed == "hidden_error":
            raise RuntimeError("nobody is told")
        if deed in ("slow", "hang"):
            time.sleep(slow_seconds if deed == "slow" else 60)
        if deed in ("ok", "slow"):
            self._asked("finished", {"call": _digest(given)})
        return deed


def _digest(given: Mapping[str, Any]) -> str:
    """Return a digest of what a function was given, files by their bytes."""
    hashed = hashlib.sha256()
    for name, value in sorted(given.items()):
        path = Path(value) if isinstance(value, str) and value.startswith("/") else None
        hashed.update(name.encode() + (path.read_bytes() if path and path.is_file() else repr(value).encode()))
    return hashed.hexdigest()


def film(
    deed: Deed,
    *,
    frames: int,
    fps: float,
    width: int,
    height: int,
    seed: int = 0,
    picture: Path | None = None,
) -> str | None:
    """Return a film as an app makes it: a moving test picture in a colour of its seed, or a picture's slow zoom."""
    if deed == "no_media":
        return None
    out = Path(tempfile.mkdtemp(prefix="app-")) / "film.mp4"
    if deed == "not_media":
        out.write_text("<html>502 Bad Gateway</html>")
        return str(out)
    frames = max(frames // 8, 1) if deed == "wrong_length" else frames
    width, height = max(int(width) // 2, 8) * 2, max(int(height) // 2, 8) * 2
    if deed == "black":
        source = ["-f", "lavfi", "-i", f"color=black:size={width}x{height}:rate={fps}"]
    elif picture is not None:
        zoom = f"scale={width}:{height},setsar=1,zoompan=z='1+on/300':d=1:s={width}x{height}:fps={fps}"
        source = ["-loop", "1", "-framerate", str(fps), "-i", str(picture), "-vf", zoom]
    elif os.environ.get(SCENES):
        _street(out, frames=frames, fps=fps, width=4 * width, height=4 * height, seed=seed)
        return _spoiled(out, deed)
    else:
        source = ["-f", "lavfi", "-i", f"testsrc2=size={width}x{height}:rate={fps}", "-vf", f"hue=h={seed % 360}"]
    _ffmpeg(
        *source, "-frames:v", str(frames), "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", str(out)
    )
    return _spoiled(out, deed)


def _street(out: Path, *, frames: int, fps: float, width: int, height: int, seed: int) -> None:
    """Write what text-to-video models like to give: a bright street in colours of the seed, somebody who walks by."""
    from tools.ffmpeg import writing_frames

    chance = np.random.default_rng(seed)
    down, across = np.mgrid[0:height, 0:width] / np.array([height, width])[:, None, None]
    sky = np.where(
        down[..., None] < 0.5, [235, 205, 150] + 60 * down[..., None], [110, 120, 125] + 60 * down[..., None]
    )
    for left in np.arange(-0.1, 1.0, 0.17):
        roof, colour = chance.uniform(0.1, 0.35), chance.uniform(70, 230, 3)
        house = (across > left) & (across < left + 0.16) & (down > roof) & (down < 0.55)
        sky[house] = colour
        sky[house & ((across - left) % 0.05 > 0.03) & ((down - roof) % 0.1 > 0.05)] = [160, 220, 250]
    coat, start, pace = chance.uniform(20, 220, 3), chance.uniform(0.1, 0.6), chance.choice([-0.12, 0.12])
    coding = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", str(out)]
    with writing_frames(width, height, round(fps), "bgr24", coding) as pipe:
        for number in range(frames):
            picture, at = sky.copy(), start + pace * number / fps
            step = 0.03 * np.sin(2 * np.pi * 1.6 * number / fps)
            picture[(abs(across - at) < 0.05) & (down > 0.42) & (down < 0.72)] = coat
            for leg in (step, -step):
                picture[(abs(across - at - leg) < 0.015) & (down > 0.7) & (down < 0.9)] = coat / 2
            picture[((across - at) * 1.78) ** 2 + (down - 0.36) ** 2 < 0.004] = [150, 185, 230]
            pipe.write(np.clip(picture, 0, 255).astype(np.uint8).tobytes())


def refilmed(deed: Deed, clip: str, filters: str) -> str | None:
    """Return a clip with filters over it."""
    if deed == "no_media":
        return None
    out = Path(tempfile.mkdtemp(prefix="app-")) / "film.mp4"
    if deed == "not_media":
        out.write_text("<html>502 Bad Gateway</html>")
        return str(out)
    filters += {"black": ",eq=brightness=-1", "wrong_length": ",trim=end_frame=2"}.get(deed, "")
    _ffmpeg("-i", clip, "-an", "-vf", f"{filters},format=yuv420p", "-c:v", "libx264", "-preset", "ultrafast", str(out))
    return _spoiled(out, deed)


def sound(deed: Deed, samples: "np.ndarray", rate: int) -> str | None:
    """Return sound as a file, as an app gives it."""
    from tools.sound import wav

    if deed == "no_media":
        return None
    out = Path(tempfile.mkdtemp(prefix="app-")) / "sound.wav"
    if deed == "not_media":
        out.write_text("<html>502 Bad Gateway</html>")
        return str(out)
    samples = samples * 0 if deed == "black" else samples
    wav.write(out, samples.astype(np.float32), rate)
    return _spoiled(out, deed)


def _spoiled(out: Path, deed: Deed) -> str:
    if deed == "half_file":
        raw = out.read_bytes()
        out.write_bytes(raw[: len(raw) // 2])
    return str(out)


def _ffmpeg(*arguments: str) -> None:
    from tools.ffmpeg import executable

    subprocess.run([executable(), "-v", "error", "-y", *arguments], check=True, timeout=60, stdin=subprocess.DEVNULL)


def _zeroscope(app: Desk) -> "gr.Blocks":
    import gradio as gr

    def infer(
        prompt: str, negative_prompt: str, seed: int, num_frames: int, num_inference_steps: int, width: int, height: int
    ) -> tuple[str | None, int]:
        deed = app.begin(
            prompt=prompt, negative_prompt=negative_prompt, seed=seed, num_frames=num_frames,
            num_inference_steps=num_inference_steps, width=width, height=height,
        )  # fmt: skip
        return film(deed, frames=int(num_frames), fps=8, width=width // 4, height=height // 4, seed=int(seed)), seed

    with gr.Blocks() as demo:
        boxes = [
            gr.Textbox(label="Prompt"), gr.Textbox(label="Negative prompt"),
            gr.Slider(-1, 1_000_000, step=1, value=-1, label="Seed"),
            gr.Slider(8, 48, step=1, value=24, label="Number of frames"),
            gr.Slider(10, 50, step=1, value=25, label="Number of inference steps"),
            gr.Slider(256, 1024, step=64, value=576, label="Width"),
            gr.Slider(256, 1024, step=64, value=320, label="Height"),
        ]  # fmt: skip
        made, used = gr.Video(label="Result"), gr.Number(label="Used seed")
        gr.Button("Generate").click(infer, boxes, [made, used], api_name="generate")
    return demo


def _zeroscope_renamed(app: Desk) -> "gr.Blocks":
    """The same app a day later: other names, another order, another endpoint."""
    import gradio as gr

    def create(seed: int, text: str, avoid: str, frames: int, w: int, h: int) -> str | None:
        deed = app.begin(seed=seed, text=text, avoid=avoid, frames=frames, w=w, h=h)
        return film(deed, frames=int(frames), fps=8, width=w // 4, height=h // 4, seed=int(seed))

    with gr.Blocks() as demo:
        boxes = [
            gr.Number(-1, precision=0, label="Seed"), gr.Textbox(label="Describe your video"),
            gr.Textbox(label="What to avoid"), gr.Slider(8, 48, step=1, value=24, label="Frames"),
            gr.Slider(256, 1024, step=64, value=576, label="Width"),
            gr.Slider(256, 1024, step=64, value=320, label="Height"),
        ]  # fmt: skip
        gr.Button("Create").click(create, boxes, gr.Video(label="Video"), api_name="create_video")
    return demo


def _zeroscope_xl(app: Desk) -> "gr.Blocks":
    import gradio as gr

    def upscale(prompt: str, video: str, strength: float) -> str | None:
        deed = app.begin(prompt=prompt, video=video, strength=strength)
        return refilmed(deed, video, "scale=2*trunc(iw*16/18):2*trunc(ih*16/18)")

    with gr.Blocks() as demo:
        boxes = [
            gr.Textbox(label="Prompt"),
            gr.Video(label="Video to upscale"),
            gr.Slider(0, 1, value=0.6, label="Strength"),
        ]
        gr.Button("Upscale").click(upscale, boxes, gr.Video(label="Result"), api_name="upscale")
    return demo


def _film(app: Desk) -> "gr.Blocks":
    import gradio as gr

    def interpolate(clip: str, times: int) -> list[str] | None:
        deed = app.begin(clip=clip, times=times)
        made = refilmed(deed, clip, f"minterpolate=fps={8 * 2 ** int(times)}:mi_mode=blend")
        return None if made is None else [made]

    with gr.Blocks() as demo:
        boxes = [gr.Video(label="Input video"), gr.Slider(1, 4, step=1, value=1, label="Times to interpolate")]
        gr.Button("Go").click(interpolate, boxes, gr.Files(label="Interpolated"), api_name="interpolate")
    return demo


def _image_to_video(app: Desk) -> "gr.Blocks":
    import gradio as gr

    def animate(image: str, prompt: str, duration: float, randomize_seed: bool, seed: int) -> Iterator[Any]:
        deed = app.begin(image=image, prompt=prompt, duration=duration, randomize_seed=randomize_seed, seed=seed)
        yield None, "working"
        if image is None:
            raise gr.Error("Please upload an image first.")
        made = film(deed, frames=round(duration * 24), fps=24, width=256, height=144, picture=Path(image))
        yield made, f"seed {seed}"

    with gr.Blocks() as demo:
        boxes = [
            gr.Image(type="filepath", label="Input image"), gr.Textbox(label="Prompt"),
            gr.Slider(1, 8, step=0.5, value=3, label="Duration (seconds)"),
            gr.Checkbox(True, label="Randomize seed"), gr.Number(42, label="Seed", precision=0),
        ]  # fmt: skip
        outputs = [gr.Video(label="Generated video"), gr.Textbox(label="Log")]
        gr.Button("Animate").click(animate, boxes, outputs, api_name="generate_video")
        gr.Button("Clear").click(lambda: None, None, outputs[0], api_name="clear")
    return demo


def _tts(app: Desk) -> "gr.Blocks":
    import gradio as gr

    variants = {"af_heart": "en-us+f3", "af_bella": "en-us+f4", "am_adam": "en-us+m3", "am_michael": "en-us+m7"}

    def speak(text: str, voice: str, speed: float) -> str | None:
        from tools.voice import espeak
        from tools.voice.delivery import Manner

        deed = app.begin(text=text, voice=voice, speed=speed)
        manner = Manner(words_per_minute=150 * speed, pitch=50, pitch_range=40, gain_db=0.0)
        said = espeak.synthesise(text, variants[voice], manner)
        cut = len(said.samples) // 10 if deed == "wrong_length" else len(said.samples)
        return sound(deed, said.samples[:cut], said.rate)

    with gr.Blocks() as demo:
        names = [(f"{'🚺' if name[1] == 'f' else '🚹'} {name[3:].title()}", name) for name in variants]
        boxes = [
            gr.Textbox(label="Input Text"), gr.Dropdown(names, value="af_heart", label="Voice"),
            gr.Slider(0.5, 2, step=0.1, value=1, label="Speed"),
        ]  # fmt: skip
        gr.Button("Generate").click(speak, boxes, gr.Audio(label="Output Audio"), api_name="generate")
        gr.Button("Random").click(lambda: "Hello there.", None, boxes[0], api_name="get_random_quote")
    return demo


def _musicgen(app: Desk) -> "gr.Blocks":
    import gradio as gr

    def predict_full(
        model: str, text: str, melody: str | None, duration: int, topk: int, cfg_coef: float
    ) -> tuple[str | None, str | None]:
        deed = app.begin(model=model, text=text, melody=melody, duration=duration, topk=topk, cfg_coef=cfg_coef)
        rate = 32_000
        time_line = np.arange(round(duration * rate / (8 if deed == "wrong_length" else 1))) / rate
        notes = (110.0, 164.8, 220.0, 277.2)
        tune = sum(np.sin(2 * np.pi * note * time_line) for note in notes) / 8
        beat = 0.6 + 0.4 * np.exp(-4 * (time_line * 1.6 % 1))
        return None, sound(deed, tune * beat, rate)

    with gr.Blocks() as demo:
        boxes = [
            gr.Radio(["musicgen-melody", "musicgen-small"], value="musicgen-melody", label="Model"),
            gr.Textbox(label="Input Text"), gr.Audio(type="filepath", label="File"),
            gr.Slider(1, 30, step=1, value=10, label="Duration"), gr.Number(250, label="Top-k"),
            gr.Number(3.0, label="Classifier Free Guidance"),
        ]  # fmt: skip
        outputs = [gr.Video(label="Generated Music"), gr.Audio(label="Generated Music (wav)")]
        gr.Button("Submit").click(predict_full, boxes, outputs, api_name="predict_full")
    return demo


_BUILDERS: Mapping[str, Callable[[Desk], "gr.Blocks"]] = {
    "zeroscope": _zeroscope, "zeroscope_renamed": _zeroscope_renamed,
    "zeroscope_xl": _zeroscope_xl, "film": _film, "image_to_video": _image_to_video,
    "tts": _tts, "musicgen": _musicgen,
}  # fmt: skip


@contextmanager
def space(kind: Kind, policy: Policy | None = None, *, at_once: int = 2) -> Iterator[App]:
    """Serve one of the apps on a free port of 127.0.0.1 until the block ends.

    With one call `at_once`, each is surely done as the policy says of that very call.
    """
    app = App(kind=kind, policy=policy or always())
    with served(app, _BUILDERS[kind], at_once=at_once) as running:
        yield running


@contextmanager
def served(
    app: App, build: Callable[[Desk], "gr.Blocks"], *, port: int = 0, max_size: int | None = None, at_once: int = 2
) -> Iterator[App]:
    """Serve any Gradio app under a policy on 127.0.0.1 until the block ends, in a process of its own.

    `build` is a function of a module, and may call `desk.begin`. Gradio would trip over the tests' own strictness about
    warnings, and a test may want to restart an app, so it does not run in their process.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, build, port, max_size, at_once), daemon=True)
    process.start()
    theirs.close()
    if not ours.poll(90):
        raise RuntimeError(f"the app {app.kind} does not start")
    app.url = ours.recv()

    def answer() -> None:
        while True:
            try:
                word, given = ours.recv()
                ours.send(app.hear(word, given))
            except (EOFError, OSError):
                return

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield app
    finally:
        process.kill()
        process.join()
        thread.join(5)
        ours.close()


def _serve(
    pipe: "Connection", build: Callable[[Desk], "gr.Blocks"], port: int, max_size: int | None, at_once: int
) -> None:
    """Run an app in this process until it is killed."""
    import gradio as gr
    import uvicorn
    from fastapi import FastAPI

    # What an app complains about on purpose is nobody's news.
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    desk = Desk(pipe)
    demo = build(desk)
    demo.queue(default_concurrency_limit=at_once, max_size=max_size)
    inner = gr.mount_gradio_app(FastAPI(), demo, path="/", show_error=False, allowed_paths=[tempfile.gettempdir()])
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    server = uvicorn.Server(uvicorn.Config(_Gate(desk, inner), log_level="critical"))

    def tell() -> None:
        while not server.started:
            time.sleep(0.01)
        pipe.send(f"http://127.0.0.1:{listening.getsockname()[1]}")

    threading.Thread(target=tell, daemon=True).start()
    server.run(sockets=[listening])


Scope = dict[str, Any]


class _Gate:
    """An ASGI application before the app's own: it counts calls and refuses or breaks some before the app sees them."""

    def __init__(self, desk: Desk, inner: Any) -> None:
        self._desk, self._inner = desk, inner
        self._joining = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        path = str(scope.get("path", ""))
        if path.endswith("/queue/join") and scope.get("method") == "POST":
            # What is decided of a call and its place in the queue belong together.
            async with self._joining:
                await self._join(scope, receive, send)
        elif path.endswith("/queue/data") and self._breaks(scope):
            # The answer begins and its connection ends in the middle of it.
            headers = [(b"content-type", b"text/event-stream"), (b"content-length", b"1000")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": b"data: {", "more_body": False})
        else:
            await self._inner(scope, receive, send)

    def _breaks(self, scope: Scope) -> bool:
        return any(session in str(scope.get("query_string", b"")) for session in self._desk.broken)

    async def _join(self, scope: Scope, receive: Any, send: Any) -> None:
        deed, retry_after = await asyncio.to_thread(self._desk.decide)
        refusals: dict[str, tuple[int, str]] = {
            "queue_full": (503, "Queue is full. Max size is 4 and size is 4."),
            "rate_limited": (429, "Too many requests"),
            "server_error": (502, "Bad gateway"),
        }
        if deed in refusals:
            status, said = refusals[deed]
            body = json.dumps({"detail": said}).encode()
            headers = [(b"content-type", b"application/json"), (b"retry-after", retry_after.encode())]
            headers = headers if status == 429 else headers[:1]
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": body})
            return

        async def heard() -> Any:
            message = await receive()
            if deed == "crash" and message.get("body"):
                self._desk.broken.add(str(json.loads(message["body"])["session_hash"]))
            return message

        await self._inner(scope, heard, send)


Stage = Literal[
    "RUNNING", "SLEEPING", "BUILDING", "APP_STARTING", "PAUSED", "RUNTIME_ERROR", "BUILD_ERROR", "CONFIG_ERROR",
    "NO_APP_FILE", "STOPPED",
]  # fmt: skip


@dataclass
class Hub:
    """A Hub as a test sees it."""

    url: str
    hosts: dict[str, str]
    """Space → address of its app."""
    stages: dict[str, list[Stage]]
    """Space → its stages, one an asking; the last one stays."""
    private: dict[str, str] = field(default_factory=dict)
    """Space → the token that may read it."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Path and authorization of each request."""


@contextmanager
def hub(hosts: Mapping[str, str], stages: Mapping[str, list[Stage]] | None = None) -> Iterator[Hub]:
    """Serve `/api/spaces/owner/name` and `…/runtime` on a free port of 127.0.0.1 until the block ends."""
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), _HubHandler)
    httpd.daemon_threads = True
    known = Hub(
        f"http://127.0.0.1:{httpd.server_address[1]}", dict(hosts), {k: list(v) for k, v in (stages or {}).items()}
    )
    httpd.state = known  # type: ignore[attr-defined]
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield known
    finally:
        httpd.shutdown()
        thread.join()
        httpd.server_close()


class _HubHandler(BaseHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        known = cast(Hub, self.server.state)  # type: ignore[attr-defined]
        known.asked.append((self.path, self.headers.get("Authorization", "")))
        parts = self.path.split("?")[0].strip("/").split("/")
        name = "/".join(parts[2:4])
        token = known.private.get(name)
        if name not in known.hosts or (token and self.headers.get("Authorization") != f"Bearer {token}"):
            self._send(401, {"error": "Repository not found"})
            return
        stages = known.stages.setdefault(name, ["RUNNING"])
        runtime = {"stage": stages.pop(0) if len(stages) > 1 else stages[0]}
        told = {"id": name, "host": known.hosts[name], "runtime": runtime, "private": bool(token)}
        self._send(200, runtime if parts[-1] == "runtime" else told)

    def _send(self, status: int, body: Mapping[str, object]) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)
