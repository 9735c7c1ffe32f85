"""Flashes across a cut: two segments that are safe by themselves and not together."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from episodes.film_requests import MeasureRequest
from episodes.results import Span
from tools.assembly.assembler import build
from tools.protocols import Call, Input, ToolSettings


def flashes(folder: Path, into: Path) -> tuple[Span, ...]:
    into.mkdir()
    request = MeasureRequest(seconds=Fraction(4), lines=())
    return (
        build(ToolSettings())
        .measure(request, Call(into, {"film": Input(folder), "mix": Input(folder.with_name(f"{folder.name} sound"))}))
        .flashes
    )


def test_three_flashes_at_each_side_of_a_cut_are_found_together(
    film: Callable[..., tuple[Path, object]], make_segment: Callable[..., Path], tmp_path: Path
) -> None:
    dark = "color=0x101018:size=320x180:rate=12"
    box = "drawbox=w=iw:h=ih:t=fill:color=white:enable='{}'"
    late = make_segment(tmp_path / "late", 24, dark, box.format("gt(n\\,17)*mod(n\\,2)"))
    early = make_segment(tmp_path / "early", 24, dark, box.format("lt(n\\,6)*mod(n\\,2)"))
    quiet = make_segment(tmp_path / "quiet", 24, dark)
    together, _ = film([(quiet, 24), (late, 24), (early, 24), (quiet, 24)], folder="together")
    (span,) = flashes(together, tmp_path / "one")
    assert 3.4 < span.at < 4.0 < span.at + span.seconds < 5.2
    apart, _ = film([(late, 24), (quiet, 24), (early, 24)], folder="apart")
    assert flashes(apart, tmp_path / "two") == ()
