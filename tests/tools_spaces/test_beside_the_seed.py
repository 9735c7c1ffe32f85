"""What stands beside what we know: boxes and modes of a seed, languages, pictures and words for something else."""

import pytest

from tests.tools_spaces.apis import api, box, choice, endpoint, file, number, sent, text


@pytest.mark.parametrize(
    ("name", "label", "value"),
    [("hold_sd", "固定种子", True), ("fix", "Fixed seed", True), ("lock", "Verrouiller / fixer la graine", True),
     ("use_seed", "Use this seed", True), ("keep", "Seed behalten", True), ("randomize_seed", "Randomize seed", False),
     ("shuffle", "Use random seed", False), ("dice", "随机种子", False)],
)  # fmt: skip
def test_a_box_beside_the_seed_is_set_so_that_ours_is_taken(name: str, label: str, *, value: bool) -> None:
    app = api(
        endpoint("/make", [text("prompt"), number("seed", 42, "Seed"), box(name, label, default=not value)], "video")
    )
    _, data = sent(app)
    assert data[name] is value


@pytest.mark.parametrize(
    ("name", "label", "choices"),
    [("seed_mode", "Seed mode", ["Random each time", "Fixed"]), ("mode_graine", "Graine", ["Aléatoire", "Fixe"]),
     ("how", "种子模式", ["随机", "固定"]), ("seeding", "Seed behaviour", ["auto", "use mine"])],
)  # fmt: skip
def test_a_choice_beside_the_seed_is_set_so_that_ours_is_taken(name: str, label: str, choices: list[str]) -> None:
    modes = choice(name, choices, default=choices[0], label=label)
    _, data = sent(api(endpoint("/make", [text("prompt"), number("seed", 42, "Seed"), modes], "video")))
    assert (data["seed"], data[name]) == (1_234_567_890, choices[1])


@pytest.mark.parametrize(
    "choices",
    [["Deutsch", "Englisch"], ["Français", "Anglais"], ["中文", "英文"], ["German", "American English"],
     ["de-DE", "en-US"], ["日本語", "英語"], ["spa", "eng"]],
)  # fmt: skip
def test_a_language_is_chosen_in_whichever_tongue_it_is_named(choices: list[str]) -> None:
    tongue = choice("language", choices, default=choices[0], label="Language")
    app = api(endpoint("/say", [text("text"), tongue], "audio"))
    _, data = sent(app, "voice", language="en")
    assert data["language"] == choices[1]


def test_a_picture_that_says_it_is_for_image_to_video_only_is_a_start_image() -> None:
    task = choice("task", ["文生视频", "图生视频"], default="文生视频", label="任务类型")
    app = api(endpoint("/go", [task, text("desc", "画面描述"), file("image", "img", "首帧图片(仅图生视频)")], "video"))
    _, data = sent(app, files=["start_image"])
    assert (data["task"], data["img"]) == ("图生视频", "<start_image>")


def test_words_for_a_soundtrack_are_no_prompt() -> None:
    app = api(endpoint("/go", [text("soundtrack_hint", "Soundtrack hint"), text("motion_text", "Motion")], "video"))
    assert sent(app)[1] == {"soundtrack_hint": "", "motion_text": "a goose"}
