"""Labels in other tongues and signs: which of our parameters they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools_spaces.apis import api, box, choice, endpoint, file, sent, slider, text
from tools.spaces.description import Parameter, spelled
from tools.spaces.matching import ASKED, match
from tools.spaces.tongues import understood
from tools.spaces.units import unit_of
from tools.spaces.wishes import Ours, Purpose

TEXTS: tuple[tuple[str, Ours], ...] = (
    ("Décris ta vidéo", "prompt"), ("Beschreibung der Szene", "prompt"), ("Describe la escena", "prompt"),
    ("Descrivi la scena", "prompt"), ("Descreva a cena", "prompt"), ("提示词", "prompt"), ("プロンプト", "prompt"),
    ("프롬프트", "prompt"), ("Опишите видео", "prompt"), ("📝", "prompt"), ("✅", "prompt"),
    ("Prompt négatif", "negative_prompt"), ("Zu vermeiden", "negative_prompt"), ("Evitar", "negative_prompt"),
    ("Cosa evitare", "negative_prompt"), ("负面提示词", "negative_prompt"), ("ネガティブプロンプト", "negative_prompt"),
    ("네거티브 프롬프트", "negative_prompt"), ("Негативный промпт", "negative_prompt"), ("⛔", "negative_prompt"),
)  # fmt: skip
NUMBERS: tuple[tuple[str, Ours], ...] = (
    ("Graine", "seed"), ("Semilla", "seed"), ("Startwert", "seed"), ("种子", "seed"), ("シード値", "seed"),
    ("시드", "seed"), ("Сид", "seed"), ("🎲", "seed"),
    ("Durée (s)", "length"), ("Duración", "length"), ("Dauer in Sekunden", "length"), ("Durata", "length"),
    ("时长(秒)", "length"), ("長さ(秒)", "length"), ("길이 (초)", "length"), ("Длительность", "length"),
    ("⏱️", "length"), ("Bilder pro Sekunde", "fps"), ("Images par seconde", "fps"), ("帧率", "fps"),
    ("フレームレート", "fps"),
    ("프레임 속도", "fps"), ("Кадров в секунду", "fps"),
    ("Largeur", "width"), ("Ancho", "width"), ("Breite", "width"), ("宽度", "width"), ("幅", "width"),
    ("Ширина", "width"), ("Hauteur", "height"), ("Altura", "height"), ("Höhe", "height"), ("高度", "height"),
    ("Высота", "height"),
    ("Étapes", "steps"), ("Schritte", "steps"), ("步数", "steps"), ("ステップ数", "steps"), ("Шаги", "steps"),
    ("Guidage", "guidance"), ("引导", "guidance"), ("ガイダンス", "guidance"),
)  # fmt: skip


def _best(parameter: Parameter, purpose: Purpose = "video") -> Ours:
    return max(ASKED[purpose], key=lambda ours: match(parameter, ours, purpose).score)


@pytest.mark.parametrize(("label", "ours"), TEXTS)
def test_a_text_is_known_by_its_foreign_label(label: str, ours: Ours) -> None:
    assert _best(text("param_0", label)) == ours


@pytest.mark.parametrize(("label", "ours"), NUMBERS)
def test_a_number_is_known_by_its_foreign_label(label: str, ours: Ours) -> None:
    assert _best(slider("param_3", 0, 4000, 5, label=label)) == ours


@pytest.mark.parametrize(
    "label", ["Graine aléatoire", "Zufälliger Startwert", "随机种子", "ランダムシード", "🎲", "Случайное зерно"]
)
def test_a_box_for_chance_is_cleared_in_every_tongue(label: str) -> None:
    _, given = sent(
        api(endpoint("/go", [text("a", "Prompt"), slider("b", 0, 9, 3, label="Seed"), box("c", label, True)]))
    )
    assert given["c"] is False


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("Durée (demi-secondes)", "half seconds"), ("Tenths of a second", "tenths"), ("Latents", "latents"),
        ("Dauer in Minuten", "minutes"), ("时长(毫秒)", "ms"), ("Nombre d'images", "frames"), ("フレーム数", "frames"),
    ],
)  # fmt: skip
def test_a_unit_is_read_in_other_words(label: str, unit: str) -> None:
    assert unit_of(slider("n", 1, 99, 9, label=label))[0] == unit


def test_an_app_whose_labels_are_signs_gets_everything_in_its_place() -> None:
    app = api(
        endpoint(
            "/lambda",
            [
                text("a", "🚫", "ugly"), text("b", "💬"), slider("c", 1, 8, 4, label="⏳ (s)"),
                slider("d", 0, 99999, 1, label="🎲"), file("image", "e", "🖼️"),
            ],
        )
    )  # fmt: skip
    mapping, given = sent(app, files=("start_image",))
    assert {slot.parameter: slot.ours for slot in mapping.slots} == {
        "a": "negative_prompt", "b": "prompt", "c": "length", "d": "seed", "e": "start_image",
    }  # fmt: skip
    assert given | {"d": 0} == {"a": "blur", "b": "a goose", "c": 3, "d": 0, "e": "<start_image>"}


def test_choices_in_other_tongues_are_rates_and_shapes() -> None:
    app = api(
        endpoint(
            "/los",
            [
                text("was", "Beschreibung"), choice("x", ["8 Bilder pro Sekunde", "24 Bilder pro Sekunde"], "Fluss"),
                choice("y", ["Quadrat", "Hochformat", "Querformat"], "Seitenverhältnis"),
            ],
        )
    )  # fmt: skip
    _, given = sent(app)
    assert (given["x"], given["y"]) == ("24 Bilder pro Sekunde", "Querformat")


@given(st.from_regex(r"[a-z]{1,9}(_[a-z]{1,9}){0,3}", fullmatch=True))
def test_what_a_name_says_itself_comes_first(name: str) -> None:
    assert understood(name).startswith(spelled(name))


@given(st.text(max_size=60))
def test_any_label_is_understood_or_left_alone(label: str) -> None:
    words = understood(label)
    assert words == words.strip()
    assert "  " not in words


@given(st.sampled_from([label for label, _ in (*TEXTS, *NUMBERS)]), st.sampled_from(["", " *", " (1-8)", ":", "!"]))
def test_what_is_added_to_a_label_does_not_hide_what_it_says(label: str, end: str) -> None:
    assert set(understood(label).split()[len(spelled(label).split()) :]) <= set(understood(label + end).split())
