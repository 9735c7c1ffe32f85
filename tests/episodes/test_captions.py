"""Captions keep the rules of timed text, whatever is said."""

import random
from fractions import Fraction

import pytest

from agents.editor import RuleEditor
from agents.shot_planner import RuleShotPlanner
from episodes.captions import Caption, captions, segment_captions, violations
from episodes.changes import LayCut, PlanScene
from episodes.cut import Clip, Cut, Track, track_of
from episodes.episode import Episode, LineLength
from episodes.script import Beat, Line, Scene
from episodes.tasks import Limits
from episodes.wording import CLINGING, break_lines, split_caption
from tests.agents_shots.five_scenes import five_scenes

_OPENINGS = (
    "Sir", "For the record", "Dispatch", "I have to ask", "Nobody move", "Just so we are clear", "Well", "Copy that",
    "Four Adam Ten", "According to the sign", "At 3:12 in the morning", "Honestly", "By the book", "Between us",
)  # fmt: skip
_DOERS = (
    "the goose", "a raccoon in a paper hat", "Mister Petrakis", "the mayor's second cousin", "my partner", "he", "they",
    "the subject", "a woman with 2 parrots", "the vending machine", "nobody", "the witness", "our sergeant",
)  # fmt: skip
_DEEDS = (
    "declined to identify itself", "has a permit for the whole parking lot", "took two dozen jelly doughnuts",
    "is still on the roof", "wants a lawyer", "filled in the form", "left", "ran south on Alder Street",
    "signed for the package and tipped the driver", "said please", "was very polite about the doughnuts",
    "keeps the receipts in a shoebox under the counter", "won", "knows the code for this",
)  # fmt: skip
_ENDINGS = (
    "", "", "", ", and I let it happen", ", which is not a crime yet", " because the door was open",
    ", so we are going to need more cones", " while we were counting", ", over", " on a Tuesday",
    ", and then it came back for the box, the napkins and, if I read this right, the till",
)  # fmt: skip


def _sentence(chance: random.Random) -> str:
    parts = chance.choice(_DOERS), chance.choice(_DEEDS), chance.choice(_ENDINGS)
    opening = f"{chance.choice(_OPENINGS)}, " if chance.random() < 0.5 else ""
    words = f"{opening}{parts[0]} {parts[1]}{parts[2]}"
    short = ("Ten-four.", "Copy.", "No.", "He what?", "En route.", "4A10, on scene.", "Say again?", "Understood.")
    return chance.choice(short) if chance.random() < 0.15 else words[:1].upper() + words[1:] + chance.choice(".?!...")


def _generated(chance: random.Random, number: int, episode: Episode) -> Episode:
    """Return an episode of one scene with 25 random lines on all channels."""
    beats = []
    for beat in range(10):
        lines = tuple(
            Line.model_validate(
                {
                    "id": f"S{number:02d}-L{beat * 3 + place:02d}",
                    "text": " ".join(_sentence(chance) for _ in range(chance.choice((1, 1, 1, 2)))),
                    "pause": chance.choice(("0.25", "0.25", "0.25", "0.5", "0.7", "0.1")),
                }
                | dict(
                    zip(
                        ("speaker", "channel"),
                        chance.choice(
                            (
                                ("okafor", "spoken"), ("lindqvist", "spoken"), ("gus", "spoken"), ("okafor", "radio"),
                                ("mabel", "dispatch"), ("gus", "phone"), ("okafor", "voice_over"),
                                ("okafor", "pa"),
                            )
                        ),
                        strict=True,
                    )
                )
            )
            for place in range(2 + beat % 2)
        )  # fmt: skip
        purpose = chance.choice(("witness", "heighten", "turn", "plant", "call"))
        beats.append(Beat.model_validate({"id": f"S{number:02d}-B{beat:02d}", "purpose": purpose, "lines": lines}))
    first = episode.the_script.scenes[2]
    scene = Scene.model_validate(dict(first) | {"id": f"S{number:02d}", "beats": tuple(beats)})
    return episode.model_copy(
        update={"script": episode.the_script.model_copy(update={"scenes": (scene,)}), "shots": (), "cut": None}
    )


async def cut_of(episode: Episode) -> Episode:
    """Return the episode planned and cut."""
    from episodes.apply import apply

    for scene in episode.the_script.scenes:
        plan = await RuleShotPlanner().plan(episode, scene.id, Limits())
        episode = apply(PlanScene(scene=scene.id, shots=plan.shots, cue=plan.cue), episode)
    return apply(LayCut(cut=await RuleEditor().lay_cut(episode)), episode)


@pytest.mark.parametrize("format_name", ["wide", "proof"])
async def test_a_thousand_generated_lines_break_no_rule(format_name: str) -> None:
    chance = random.Random(11)
    base = five_scenes("wide" if format_name == "wide" else "proof")
    count = 0
    for number in range(1, 41 if format_name == "wide" else 6):
        episode = await cut_of(_generated(chance, number, base))
        made = captions(episode)
        assert violations(made, episode.brief.format.fps) == ()
        lines = episode.the_script.lines
        count += len(lines)
        for line in lines:
            words = " ".join(caption.text for caption in made if caption.line == line.id)
            name = f"{episode.the_world.character(line.speaker).short_name.upper()}: "
            assert words == (name if line.channel in ("radio", "dispatch") else "") + line.text
    assert count >= (1000 if format_name == "wide" else 100)


async def test_a_break_never_follows_an_article() -> None:
    chance = random.Random(5)
    for _ in range(300):
        text = f"{_sentence(chance)} {_sentence(chance)}"
        for piece in split_caption(text, 42):
            lines = break_lines(piece, 42)
            assert len(lines) <= 2
            for line in lines[:-1]:
                assert line.split()[-1].lower() not in CLINGING, lines


def test_lines_are_broken_in_balance_and_after_punctuation() -> None:
    assert break_lines("He signed every page.", 42) == ("He signed every page.",)
    assert break_lines("Theft at the doughnut shop, two dozen jelly doughnuts.", 42) == (
        "Theft at the doughnut shop,",
        "two dozen jelly doughnuts.",
    )
    assert break_lines("We found the box under the counter and the raccoon behind it.", 42) == (
        "We found the box under the counter",
        "and the raccoon behind it.",
    )


def _spoken(pairs: list[tuple[str, str, str, Fraction]]) -> Episode:
    """Return an episode whose cut has these lines (text, speaker, channel, start) and nothing else."""
    episode = five_scenes()
    beat = Beat(
        id="S01-B01",
        purpose="witness",
        lines=tuple(
            Line.model_validate({"id": f"S01-L{n:02d}", "speaker": who, "channel": channel, "text": text})
            for n, (text, who, channel, _) in enumerate(pairs)
        ),
    )
    scene = episode.the_script.scenes[0].model_copy(update={"beats": (beat,)})
    episode = episode.model_copy(update={"script": episode.the_script.model_copy(update={"scenes": (scene,)})})
    tracks: dict[str, list[tuple[Fraction, Clip]]] = {"A1": [], "A2": []}
    for line, (_, _, channel, at) in zip(beat.lines, pairs, strict=True):
        name = "A2" if channel in ("radio", "dispatch") else "A1"
        clip = Clip(id=f"{name}:{line.id}", media=line.id, source_in=Fraction(0), seconds=episode.seconds_of(line))
        tracks[name].append((at, clip))
    cut = Cut(tracks=(Track(name="V1"), track_of("A1", tracks["A1"]), track_of("A2", tracks["A2"])))
    return episode.model_copy(update={"cut": cut})


def test_radio_and_dispatch_are_italic_and_name_their_speaker() -> None:
    made = captions(
        _spoken(
            [
                ("Theft in progress.", "mabel", "dispatch", Fraction(1)),
                ("En route.", "okafor", "radio", Fraction(4)),
                ("Mostly jelly.", "lindqvist", "spoken", Fraction(7)),
                ("Is this the police?", "gus", "phone", Fraction(10)),
                ("Come out with your hands up!", "okafor", "pa", Fraction(13)),
            ]
        )
    )
    assert [caption.text for caption in made] == [
        "DISPATCH: Theft in progress.", "OKAFOR: En route.", "Mostly jelly.", "Is this the police?",
        "Come out with your hands up!",
    ]  # fmt: skip
    assert [caption.italic for caption in made] == [True, True, False, True, True]
    assert [caption.speaker for caption in made] == ["Dispatch", "Okafor", "Lindqvist", "Gus", "Okafor"]


def test_a_short_line_stays_through_the_silence_until_it_can_be_read_but_never_over_the_next() -> None:
    late = captions(_spoken([("Yes.", "gus", "spoken", Fraction(1)), ("No.", "okafor", "spoken", Fraction(5))]))
    assert late[0].seconds == Fraction(5, 6)
    tight = captions(_spoken([("Yes.", "gus", "spoken", Fraction(1)), ("No.", "okafor", "spoken", Fraction(8, 5))]))
    assert tight[0].out + Fraction(2, 24) == tight[1].at
    assert any("S01-L00" in fault and "0.5" in fault for fault in violations(tight, 24))


def test_the_second_caption_of_a_line_starts_with_its_own_first_word_as_the_voice_timed_it() -> None:
    text = "We found the box under the counter and the raccoon behind it, and that is all that we found in the shop."
    episode = _spoken([(text, "gus", "spoken", Fraction(1))])
    (line,) = episode.the_script.lines
    by_letters = captions(episode)
    starts = tuple(0.36 * number for number in range(13)) + tuple(4.8 + 0.1 * number for number in range(9))
    spoken = LineLength(line=line.id, reading=1, text=text, seconds=episode.seconds_of(line), starts=starts)
    timed = captions(episode.model_copy(update={"lengths": (spoken,)}))
    assert [caption.lines for caption in timed] == [caption.lines for caption in by_letters]
    first = len(timed[0].text.split())
    assert abs(timed[1].at - (1 + Fraction(starts[first]))) <= Fraction(1, 24)
    assert timed[1].speech == 1 + Fraction(starts[first]).limit_denominator(1000)
    assert timed[1].at != by_letters[1].at
    assert violations(timed, 24) == ()


@pytest.mark.parametrize(
    ("update", "word"),
    [
        ({"lines": ("x" * 43,)}, "43 characters"),
        ({"lines": ("one", "two", "three")}, "3 lines"),
        ({"seconds": Fraction(1, 2)}, "only 0.50 s"),
        ({"seconds": Fraction(8)}, "8.00 s"),
        ({"lines": ("a word too many " * 2, "to be read in time")}, "characters a second"),
        ({"speech": Fraction(5)}, "start with the speech"),
        ({"italic": True}, "slope"),
        ({"channel": "radio", "italic": True}, "name the speaker"),
        ({"lines": ("",)}, "empty"),
    ],
)
def test_the_linter_names_each_broken_rule(update: dict[str, object], word: str) -> None:
    good = Caption(
        at=Fraction(1), seconds=Fraction(2), lines=("He has four, Dale.",), speaker="Lindqvist", channel="spoken",
        line="S01-L02", speech=Fraction(1),
    )  # fmt: skip
    assert violations((good,), 24) == ()
    assert word in " ".join(violations((good.model_copy(update=update),), 24))
    near = good.model_copy(update={"at": good.out + Fraction(1, 24), "speech": good.out})
    assert "two frames" in " ".join(violations((good, near), 24))


def test_a_segment_gets_what_stands_in_it_with_its_own_times() -> None:
    one = Caption(
        at=Fraction(1), seconds=Fraction(2), lines=("He has four, Dale.",), speaker="Lindqvist", channel="spoken",
        line="S01-L02", speech=Fraction(1),
    )  # fmt: skip
    (cut_in,) = segment_captions((one,), Fraction(2), Fraction(3))
    assert (cut_in.at, cut_in.seconds) == (0, 1)
    (cut_out,) = segment_captions((one,), Fraction(0), Fraction(3, 2))
    assert (cut_out.at, cut_out.seconds, cut_out.lines) == (1, Fraction(1, 2), one.lines)
    assert segment_captions((one,), Fraction(3), Fraction(1)) == ()
