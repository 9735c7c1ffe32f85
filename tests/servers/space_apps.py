"""The apps: what each asks for and what it makes of it. All of Gradio is imported in the process that serves them."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tests.servers.space_media import film, refilmed, sound

if TYPE_CHECKING:
    import gradio as gr

    from tests.servers.spaces import Desk

Kind = Literal["zeroscope", "zeroscope_renamed", "zeroscope_xl", "film", "image_to_video", "tts", "musicgen"]


def _zeroscope(app: "Desk") -> "gr.Blocks":
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


def _zeroscope_renamed(app: "Desk") -> "gr.Blocks":
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


def _zeroscope_xl(app: "Desk") -> "gr.Blocks":
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


def _film(app: "Desk") -> "gr.Blocks":
    import gradio as gr

    def interpolate(clip: str, times: int) -> list[str] | None:
        deed = app.begin(clip=clip, times=times)
        made = refilmed(deed, clip, f"minterpolate=fps={8 * 2 ** int(times)}:mi_mode=blend")
        return None if made is None else [made]

    with gr.Blocks() as demo:
        boxes = [gr.Video(label="Input video"), gr.Slider(1, 4, step=1, value=1, label="Times to interpolate")]
        gr.Button("Go").click(interpolate, boxes, gr.Files(label="Interpolated"), api_name="interpolate")
    return demo


def _image_to_video(app: "Desk") -> "gr.Blocks":
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


def _tts(app: "Desk") -> "gr.Blocks":
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


def _musicgen(app: "Desk") -> "gr.Blocks":
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


BUILDERS: Mapping[str, Callable[["Desk"], "gr.Blocks"]] = {
    "zeroscope": _zeroscope, "zeroscope_renamed": _zeroscope_renamed,
    "zeroscope_xl": _zeroscope_xl, "film": _film, "image_to_video": _image_to_video,
    "tts": _tts, "musicgen": _musicgen,
}  # fmt: skip
