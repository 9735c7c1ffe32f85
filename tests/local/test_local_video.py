"""Text-to-video on this machine through diffusers itself, with pipelines of random weights."""

from datetime import datetime
from fractions import Fraction as F
from pathlib import Path

import cv2
import numpy as np
import pytest

from episodes.cast import Agency, Place, World
from episodes.errors import BackendDown, BackendUnavailable
from episodes.format import FORMATS
from episodes.requests import RenderRequest
from episodes.results import RenderedTake
from episodes.shots import Movement, Shot
from tests.local.conftest import Models, made_by
from tools.local.memory import Saving
from tools.protocols import Option, ToolSettings
from tools.shelf import Artefact
from tools.video.local_video import build

WORLD = World(
    agency=Agency(name="Maple Hollow Police", county="Maple"),
    places=(Place(id="street", name="Main Street", set="street", interior=False),),
)


def ask(prompt: str = "bodycam footage of a goose at the bank", *, seed: int = 7) -> RenderRequest:
    shot = Shot(
        id="S01-01", scene="S01", beats=("S01-B01",), owner="bodycam", size="full", place="street",
        movement=Movement(kind="static"), clock=datetime(2026, 3, 4, 3, 12), light="night", seconds=F(1), prompt=prompt,
    )  # fmt: skip
    return RenderRequest(shot=shot, world=WORLD, format=FORMATS["proof"], seed=seed, handle_frames=3)


def options(weights: Path, **more: Option) -> dict[str, Option]:
    return {"diffusers": {"model": str(weights), "device": "cpu", "size": "64x32", "steps": 2, **more}}


def frames(made: Artefact) -> np.ndarray:
    assert isinstance(made.result, RenderedTake)
    reader = cv2.VideoCapture(str(made.file(made.result.file)))
    found = []
    while True:
        there, frame = reader.read()
        if not there:
            assert len(found) == made.result.frames
            return np.array(found)
        found.append(frame)


def animatic(folder: Path, shade: int) -> Artefact:
    """A take of the embedded camera, for its first frame."""
    request = ask().model_copy(update={"seed": shade})
    return made_by("video", "embedded", {}, request, folder)


@pytest.mark.parametrize("family", ["wan", "ltx", "cogvideox", "zeroscope-local"])
def test_each_family_makes_a_take_of_the_asked_frames(models: Models, tmp_path: Path, family: str) -> None:
    given = options(models.video(family), start_image=False)
    made = made_by("video", family, given, ask(), tmp_path)
    assert made.result == RenderedTake(file="take.mp4", frames=18, width=64, height=32, fps=12, story_light=False)
    shown = frames(made)
    assert shown.shape == (18, 32, 64, 3)
    assert shown.std() > 1
    assert [path.name for path in made.folder.iterdir() if path.suffix == ".mp4"] == ["take.mp4"]


def test_seed_and_words_decide_the_picture(models: Models, tmp_path: Path) -> None:
    def shown(name: str, request: RenderRequest) -> np.ndarray:
        given = options(models.video("wan"))
        return frames(made_by("video", "wan", given, request, tmp_path / name))

    first = shown("one", ask())
    assert np.array_equal(first, shown("again", ask()))
    assert not np.array_equal(first, shown("seed", ask(seed=8)))
    assert not np.array_equal(first, shown("words", ask("an empty vault by day")))


@pytest.mark.parametrize(("name", "model"), [("wan", "wan-image"), ("ltx", "ltx")])
def test_a_take_begins_with_the_animatics_first_frame_where_that_is_wanted(
    models: Models, tmp_path: Path, name: str, model: str
) -> None:
    given = options(models.video(model), start_image=True)
    assert build(ToolSettings(name=name, options=given)).info.limits.start_image
    start = animatic(tmp_path / "animatic", 1)
    other = made_by("video", "wan", options(models.video("wan")), ask(), tmp_path / "other")
    one = frames(made_by("video", name, given, ask(), tmp_path / "one", {"animatic": start}))
    two = frames(made_by("video", name, given, ask(), tmp_path / "two", {"animatic": other}))
    assert one.shape == (18, 32, 64, 3)
    assert not np.array_equal(one, two)


@pytest.mark.parametrize("family", ["wan", "cogvideox", "zeroscope-local"])
def test_a_later_step_of_a_chain_makes_the_clip_over(models: Models, tmp_path: Path, family: str) -> None:
    first = made_by("video", family, options(models.video(family)), ask(), tmp_path / "first")
    given: dict[str, Option] = {
        "diffusers": {
            "second_model": str(models.video(family)), "device": "cpu", "size": "96x64", "steps": 3, "strength": 0.7,
        }
    }  # fmt: skip
    second = made_by("video", family, given, ask(), tmp_path / "second", {"clip": first})
    assert second.result == RenderedTake(file="take.mp4", frames=18, width=96, height=64, fps=12, story_light=False)
    assert frames(second).std() > 1


def test_a_family_without_a_second_pass_says_so(models: Models, tmp_path: Path) -> None:
    clip = animatic(tmp_path / "clip", 1)
    given: dict[str, Option] = {"diffusers": {"second_model": str(models.video("ltx")), "device": "cpu"}}
    with pytest.raises(BackendUnavailable, match="LTX-Video makes no clip over"):
        made_by("video", "ltx", given, ask(), tmp_path, {"clip": clip})
    with pytest.raises(BackendUnavailable, match="Zeroscope begins with no picture"):
        build(ToolSettings(name="zeroscope-local", options={"diffusers": {"start_image": True}}))


def test_lora_weights_are_loaded_by_name_and_weighed(models: Models, tmp_path: Path) -> None:
    import diffusers
    import torch
    from peft import LoraConfig
    from peft.utils import get_peft_model_state_dict

    pipe = diffusers.WanPipeline.from_pretrained(models.video("wan"))
    torch.manual_seed(11)
    pipe.transformer.add_adapter(LoraConfig(r=2, init_lora_weights=False, target_modules=["to_q", "to_k", "to_v"]))
    state = get_peft_model_state_dict(pipe.transformer)
    pipe.save_lora_weights(tmp_path, transformer_lora_layers=state, weight_name="bodycam.safetensors")
    lora = tmp_path / "bodycam.safetensors"
    assert lora.is_file()

    def shown(name: str, *weights: Option) -> np.ndarray:
        given = options(models.video("wan"), lora=list(weights))
        return frames(made_by("video", "wan", given, ask(), tmp_path / name))

    plain, light, full = shown("plain"), shown("light", f"{lora}:0.01"), shown("full", str(lora))
    assert np.abs(full.astype(int) - plain).mean() > np.abs(light.astype(int) - plain).mean()
    with pytest.raises(BackendUnavailable, match=r"The LoRA '.*nowhere.safetensors' could not be loaded"):
        shown("missing", str(tmp_path / "nowhere.safetensors"))


def test_what_decides_the_picture_is_in_the_version_and_no_path_is(tmp_path: Path) -> None:
    def version(**more: Option) -> str:
        return build(ToolSettings(name="wan", options=options(tmp_path / "mine", **more))).info.version

    versions = {version(), version(steps=3), version(size="32x32"), version(lora=["a/b:0.5"]), version(lora=["a/b"])}
    assert len(versions) == 5
    assert version(device="cuda") == version()
    assert not any(str(tmp_path) in each for each in versions)


def test_a_table_of_its_own_goes_over_the_common_one(models: Models, tmp_path: Path) -> None:
    given: dict[str, Option] = {"diffusers": {"device": "cpu", "steps": 9}, "wan": {"model": str(models.video("wan"))}}
    found = build(ToolSettings(name="wan", options=given))
    assert found.readiness().ready
    assert "wan are here" in found.readiness().what
    with pytest.raises(BackendUnavailable, match="'size' of"):
        build(ToolSettings(name="wan", options={"diffusers": {"size": "huge"}}))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"device": ""}, "Wan needs a GPU"), ({"model": "/nowhere"}, "'/nowhere' could not be loaded")],
)
def test_what_is_missing_is_said_in_one_sentence(
    models: Models, tmp_path: Path, changes: dict[str, Option], sentence: str
) -> None:
    with pytest.raises(BackendUnavailable, match=sentence):
        made_by("video", "wan", options(models.video("wan"), **changes), ask(), tmp_path)


# ---- what a GPU would do ---------------------------------------------------------------------------------------------


def full() -> RuntimeError:
    import torch

    return torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 MiB.")


def test_a_full_gpu_takes_the_ladder_down_a_step_at_a_time() -> None:
    from tools.video.pipelines import with_savings

    tried: list[Saving] = []

    def make(saving: Saving) -> str:
        tried.append(saving)
        if saving != "layers":
            raise full()
        return "frames"

    assert with_savings("tiling", make) == "frames"
    assert tried == ["tiling", "parts", "layers"]


def test_a_gpu_that_is_full_whatever_is_saved_is_down_for_now() -> None:
    from tools.local.memory import working
    from tools.video.pipelines import with_savings

    def make(saving: Saving) -> str:
        raise full()

    with pytest.raises(BackendDown, match="Wan found no memory left on the GPU"), working("Wan"):
        with_savings("none", make)


def test_savings_can_be_switched_on_in_each_real_pipeline(models: Models) -> None:
    """What needs a GPU can't be run here; that the decoders know the words can."""
    import diffusers

    for family, kind in (
        ("wan", "WanPipeline"), ("ltx", "LTXPipeline"), ("cogvideox", "CogVideoXPipeline"),
        ("zeroscope-local", "TextToVideoSDPipeline"),
    ):  # fmt: skip
        pipe = getattr(diffusers, kind).from_pretrained(models.video(family))
        for word in ("enable_slicing", "enable_tiling"):
            assert hasattr(pipe.vae, word), (family, word)
        for word in ("enable_model_cpu_offload", "enable_sequential_cpu_offload"):
            assert hasattr(pipe, word), (family, word)


def test_every_pipeline_that_is_named_is_one_of_diffusers() -> None:
    import diffusers

    from tools.video.families import FAMILIES

    for family in FAMILIES.values():
        for kind in family.pipelines.values():
            assert hasattr(diffusers, kind), kind
