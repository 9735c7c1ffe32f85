import subprocess
import sys
import time
from pathlib import Path

import pytest

import main
from director import settings
from director.settings import HOME
from episodes.errors import InputRefused


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    try:
        code = main.main(list(arguments))
    except SystemExit as exit_:
        code = int(exit_.code or 0)
    return code, capsys.readouterr().err


@pytest.fixture
def a_file(tmp_path: Path) -> Path:
    path = tmp_path / "notes.md"
    path.write_text("At 3:12 a.m. two dozen doughnuts were missing from the shop.\n")
    return path


BAD = {
    "an empty theme": (["--theme", "   "], "theme is empty"),
    "a theme of marks": (["--theme", "?!…"], "theme is empty"),
    "a theme that is too long": (["--theme", "x" * 2001], "2000 are the most"),
    "a missing file": (["--theme", "a goose", "--source", "nowhere.md"], "nowhere.md"),
    "a folder as source": (["--theme", "a goose", "--source", "."], "folder"),
    "a link to this machine": (["--theme", "a goose", "--source", "http://127.0.0.1/video"], "no public site"),
    "a link to a number": (["--theme", "a goose", "--source", "http://2130706433/video"], "four decimal numbers"),
    "a link with a password": (["--theme", "a goose", "--source", "https://me:pw@example.org/"], "no name or password"),
    "a link to an odd port": (["--theme", "a goose", "--source", "http://example.org:22/"], "port 22"),
    "a forbidden link": (["--theme", "a goose", "--source", "file:///etc/passwd"], "file:"),
    "a length of nothing": (["--theme", "a goose", "--minutes", "0"], "--minutes"),
    "a length beyond all measure": (["--theme", "a goose", "--minutes", "500"], "--minutes"),
    "a length that is no number": (["--theme", "a goose", "--minutes", "long"], "minutes"),
    "a format that is not there": (["--theme", "a goose", "--format", "imax"], "imax"),
    "a language that is none": (["--theme", "a goose", "--language", "klingon!"], "language tag"),
    "no theme at all": (["--minutes", "1"], "--theme is missing"),
    "an unknown option": (["--theme", "a goose", "--director", "me"], "director"),
    "gore": (["--theme", "a massacre with lots of blood and gore"], "theme"),
    "a private person": (["--theme", "my neighbour John Smith of 12 Oak Street gets arrested"], "person"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_one_sentence_code_2_and_nothing_written(
    case: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments, word = BAD[case]
    out = tmp_path / "shows"
    code, said = run(capsys, *arguments, "--out", str(out))
    assert code == 2
    assert word.lower() in said.lower()
    assert len(said.strip().splitlines()) == 1
    assert not out.exists()
    assert "Traceback" not in said


def test_a_corrupt_video_is_refused_in_a_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    video = tmp_path / "clip.mp4"
    video.write_bytes(b"\x00\x00\x00\x18ftypmp42" + b"junk" * 400)
    code, said = run(capsys, "--theme", "a goose", "--source", str(video), "--out", str(tmp_path / "shows"))
    assert code == 2
    assert "clip.mp4" in said
    assert not (tmp_path / "shows").exists()


def test_a_folder_that_is_a_file_is_refused(capsys: pytest.CaptureFixture[str], a_file: Path) -> None:
    code, said = run(capsys, "--theme", "a goose", "--out", str(a_file))
    assert code == 2
    assert "is a file" in said


def test_a_nearly_full_disk_is_refused_at_the_start(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("director.shows.LEAST_FREE_BYTES", 10**18)
    code, said = run(capsys, "--theme", "a goose", "--out", str(tmp_path / "shows"))
    assert code == 2
    assert "free" in said
    assert not (tmp_path / "shows").exists()


def test_a_bare_call_explains_itself_and_suggests_three_themes() -> None:
    done = subprocess.run([sys.executable, str(HOME / "main.py")], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout.count("python main.py --theme") == 4
    assert len(done.stdout.splitlines()) < 24


def test_help_imports_nothing_heavy() -> None:
    began = time.monotonic()
    program = (
        "import sys, main\n"
        "try: main.main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted(m for m in ('pydantic', 'langgraph', 'rich', 'numpy') if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=HOME, capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")
    assert time.monotonic() - began < 5


def test_the_command_line_goes_over_the_environment_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "director.toml").write_text('model = "from-file"\npasses = 2\n[backends]\nvideo = "studio52:build"\n')
    environ = {"TENFOUR_MODEL": "from-environment"}
    assert settings.load({}, {}, tmp_path).model == "from-file"
    assert settings.load({}, environ, tmp_path).model == "from-environment"
    chosen = settings.load({"model": "from-line"}, environ, tmp_path)
    assert (chosen.model, chosen.passes, chosen.backend("video")) == ("from-line", 2, "studio52:build")


def test_without_key_or_address_no_model_is_asked(tmp_path: Path) -> None:
    assert not settings.load({}, {}, tmp_path).uses_model
    assert settings.load({}, {"OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}, tmp_path).uses_model
    assert not settings.load({"model": "none"}, {"OPENAI_API_KEY": "k"}, tmp_path).uses_model


@pytest.mark.parametrize("content", ["passes = 'many'", "passes = [", "colour = 'blue'"])
def test_a_broken_settings_file_is_told_in_a_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "director.toml").write_text(content)
    with pytest.raises(InputRefused):
        settings.load({}, {}, tmp_path)


def test_the_key_is_in_no_digest_and_no_word(tmp_path: Path) -> None:
    one = settings.load({}, {"OPENAI_API_KEY": "canary-1"}, tmp_path)
    other = settings.load({}, {"OPENAI_API_KEY": "canary-2"}, tmp_path)
    assert one.digest == other.digest
    assert "canary" not in repr(one) + one.model_dump_json()


def test_a_chain_is_named_by_its_steps_or_by_the_name_of_a_known_one(tmp_path: Path) -> None:
    (tmp_path / "director.toml").write_text('[backends]\nvideo = ["a/one", "b/two"]\n')
    assert settings.load({}, {}, tmp_path).cameras == ("a/one", "b/two")
    assert settings.load({}, {}, tmp_path).backend("video") == "a/one"
    (tmp_path / "director.toml").write_text('[backends]\nvideo = "webtv"\n')
    assert settings.load({}, {}, tmp_path).cameras == ("zeroscope", "zeroscope-xl", "film")
    assert settings.load({}, {}, tmp_path).backend("video") == "zeroscope"
    (tmp_path / "director.toml").write_text("[backends]\nvideo = []\n")
    with pytest.raises(InputRefused, match="can't be used"):
        settings.load({}, {}, tmp_path)
