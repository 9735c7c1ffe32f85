"""The base install stays light: what needs a model of one's own is neither imported nor needed, and says so."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from director.settings import HOME
from episodes.cast import VoiceCast
from episodes.errors import BackendUnavailable
from episodes.requests import ComposeRequest, SpeakRequest
from episodes.theme import found_theme
from tools.local import libraries, weights
from tools.protocols import Call, Option, ToolSettings
from tools.registry import BackendKind, factory

HEAVY = ("torch", "transformers", "diffusers", "accelerate", "peft", "whisper", "jiwer", "gradio")
OWN = (("voice", "bark"), ("music", "musicgen"), ("video", "wan"), ("video", "ltx"), ("video", "cogvideox"))


def test_no_heavy_library_is_imported_by_what_every_run_imports() -> None:
    modules = ["main", "director", "director.graph", "director.session", "tools.registry", "tools.worker"]
    modules += [f"tools.{kind}.{name}" for kind, name in (("voice", "bark"), ("music", "musicgen"))]
    modules += [
        "tools.video.local_video",
        "tools.voice.whisper_ear",
        "tools.local.whisper_model",
        "tools.music.foreign",
    ]
    script = f"import sys\nfor name in {modules!r}: __import__(name)\nprint(*sorted(set(sys.modules) & set({HEAVY!r})))"
    done = subprocess.run([sys.executable, "-c", script], cwd=HOME, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.fixture
def _without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after `make`, also where somebody has installed torch into this environment."""
    real = importlib.util.find_spec
    monkeypatch.setattr(libraries.importlib.util, "find_spec", lambda name: None if name in HEAVY else real(name))


@pytest.mark.usefixtures("_without_torch")
@pytest.mark.parametrize(("kind", "name"), OWN)
def test_a_model_of_ones_own_says_what_to_install(kind: BackendKind, name: str, tmp_path: Path) -> None:
    tool = factory(kind, name)(ToolSettings(name=name))
    assert tool.info == factory(kind, name)(ToolSettings(name=name)).info
    ready = tool.readiness()  # type: ignore[attr-defined]
    assert not ready.ready
    assert "make local" in ready.what
    with pytest.raises(BackendUnavailable, match="make local"):
        _asked(tool, name, Call(into=tmp_path))
    assert list(tmp_path.iterdir()) == []


def _asked(tool: Any, name: str, call: Call) -> None:
    if name == "bark":
        voice = VoiceCast(engine=name, variant="v2/en_speaker_6")
        tool.speak(SpeakRequest(text="Goose.", voice=voice, delivery="calm", language="en", reading=1), call)
    elif name == "musicgen":
        theme = found_theme("x")
        tool.compose(ComposeRequest(mood="quiet", seconds=3, tempo=90, key="D minor", theme=theme, seed=1), call)
    else:
        tool.render(None, call)


@pytest.mark.parametrize(
    ("kind", "name", "options"),
    [
        ("voice", "bark", {"bark": {"tries": 99}}),
        ("voice", "bark", {"bark": "suno/bark"}),
        ("music", "musicgen", {"musicgen": {"window": 90}}),
        ("video", "wan", {"diffusers": {"stepps": 3}}),
    ],
)
def test_a_table_that_can_not_be_used_is_refused_when_the_tool_is_built(
    kind: BackendKind, name: str, options: dict[str, Option]
) -> None:
    with pytest.raises(BackendUnavailable, match=r"^In director.toml, ") as caught:
        factory(kind, name)(ToolSettings(name=name, options=options))
    assert "\n" not in str(caught.value)


def test_ten_voices_of_a_language_are_offered_with_women_among_them() -> None:
    bark = factory("voice", "bark")(ToolSettings(name="bark"))
    for language, women in (("en", 1), ("de-AT", 2), ("fr", 3), ("xx", 1)):
        offers = bark.offers(language)  # type: ignore[attr-defined]
        assert len({offer.variant for offer in offers}) == 10
        assert sum(offer.suits == "she" for offer in offers) == women
    assert bark.offers("de")[3].variant == "v2/de_speaker_3"  # type: ignore[attr-defined]


def test_weights_are_looked_for_in_folders_and_in_the_hubs_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not weights.found(str(tmp_path), index="config.json")
    (tmp_path / "config.json").write_text("{}")
    assert weights.found(str(tmp_path), index="config.json")
    assert weights.whereabouts("suno/nothing", index="config.json", gigabytes=4.5) == (
        "the weights of suno/nothing (about 4.5 GB) are fetched at the first call"
    )
