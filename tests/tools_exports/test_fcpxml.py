"""What Final Cut Pro and Resolve find in `cut.fcpxml`: the form that they ask for, and the cut."""

import wave
from fractions import Fraction
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree

from episodes.brief import Brief
from episodes.cut import Cut, TrackName
from episodes.episode import Episode
from episodes.notes import Note
from tools.exports.fcpxml import LANES, ROLES, write_fcpxml
from tools.exports.media import Media

DTD = etree.DTD(str(Path(__file__).parent / "fcpxml_part.dtd"))
PARSER = etree.XMLParser(resolve_entities=False, load_dtd=False)


def media_of(cut: Cut, folder: Path, channels: int = 2) -> dict[str, Media]:
    """Make a file for each piece of media, under names that a URL must quote."""
    (folder / "takes").mkdir(parents=True)
    found = {}
    for track in cut.tracks:
        for _, clip in track.placed():
            path = f"takes/{clip.media.replace(':', ' #')}?%.wav"
            with wave.open(str(folder / path), "wb") as file:
                file.setparams((channels, 2, 48_000, 0, "NONE", ""))
            found[clip.media] = Media(path=path, seconds=clip.seconds + 2 * clip.source_in)
    return found


def seconds(text: str) -> Fraction:
    return Fraction(text.removesuffix("s"))


def read(path: Path) -> etree._Element:
    document = etree.parse(str(path), PARSER)
    assert document.docinfo.doctype == "<!DOCTYPE fcpxml>"
    assert DTD.validate(document), DTD.error_log.filter_from_errors()
    return document.getroot()


def placed(root: etree._Element) -> dict[int, list[tuple[Fraction, Fraction, str]]]:
    """Return start, length and asset of everything by its lane, as an editing program lays it."""
    names = {asset.get("id"): asset.get("name") for asset in root.iter("asset")}
    found: dict[int, list[tuple[Fraction, Fraction, str]]] = {0: []}
    for main in root.find(".//spine"):
        at = seconds(main.get("offset")) - 3600
        found[0].append((at, seconds(main.get("duration")), names.get(main.get("ref"), "")))
        for tied in main.iterchildren("asset-clip", "video"):
            start = at + seconds(tied.get("offset")) - seconds(main.get("start"))
            lane = int(tied.get("lane"))
            found.setdefault(lane, []).append((start, seconds(tied.get("duration")), names[tied.get("ref")]))
    return found


@pytest.mark.parametrize("form", ["wide", "vertical", "proof"])
def test_an_editing_program_lays_every_clip_where_the_cut_has_it(
    episode: Episode, cut: Cut, tmp_path: Path, form: str
) -> None:
    brief = Brief.model_validate(episode.brief.model_dump() | {"format_name": form})
    made = episode.model_copy(update={"brief": brief})
    write_fcpxml(made, cut, media_of(cut, tmp_path), tmp_path / "cut.fcpxml", tmp_path)
    root = read(tmp_path / "cut.fcpxml")
    lanes, half = placed(root), Fraction(1, 48)
    tracks: dict[int, TrackName] = {0: "V1"} | {lane: track for track, lane in LANES.items()}
    for lane, track in tracks.items():
        wanted = cut.track(track).placed()
        assert len(lanes.get(lane, [])) == len(wanted), track
        for (at, length, name), (start, clip) in zip(lanes.get(lane, []), wanted, strict=True):
            assert name == clip.media
            assert abs(at - start) <= (half if lane < 0 else 0)
            assert abs(length - clip.seconds) <= (2 * half if lane < 0 else 0)
    assert seconds(root.find(".//sequence").get("duration")) == cut.seconds == sum(clip[1] for clip in lanes[0])


def test_all_times_stand_on_frames_and_no_clip_reaches_beyond_its_media(
    episode: Episode, cut: Cut, tmp_path: Path
) -> None:
    write_fcpxml(episode, cut, media_of(cut, tmp_path), tmp_path / "cut.fcpxml", tmp_path)
    root = read(tmp_path / "cut.fcpxml")
    assets = {asset.get("id"): asset for asset in root.iter("asset")}
    for clip in root.iter("asset-clip", "video", "gap"):
        assert (seconds(clip.get("offset")) * 24).denominator == 1 or clip.get("lane", "0").startswith("-")
        assert (seconds(clip.get("duration")) * 24).denominator == 1
        if clip.tag == "asset-clip":
            start, length = seconds(clip.get("start")), seconds(clip.get("duration"))
            asset = assets[clip.get("ref")]
            assert seconds(asset.get("start")) <= start
            assert start + length <= seconds(asset.get("start")) + seconds(asset.get("duration"))
    shot = next(clip for clip in root.iter("asset-clip") if assets[clip.get("ref")].get("name") == "S03-02")
    assert seconds(shot.get("start")) == Fraction(1, 2), "the handle is left before it"
    assert shot.get("name") == "S03-02_T1"
    assert "white apron" in shot.findtext("note")


def test_media_are_named_where_they_will_be_and_are_there(episode: Episode, cut: Cut, tmp_path: Path) -> None:
    working, final = tmp_path / "S01E01", tmp_path / "Night Shift - S01E01 - 100% #1?"
    media = media_of(cut, working, channels=2)
    write_fcpxml(episode, cut, media, working / "cut.fcpxml", final)
    working.rename(final)
    root = read(final / "cut.fcpxml")
    sources = [rep.get("src") for rep in root.iter("media-rep")]
    assert len(sources) == len(set(sources)) == len(media)
    for source in sources:
        parts = urlsplit(source)
        assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("file", "", "", "")
        assert Path(unquote(parts.path)).is_file()
    assert {asset.get("audioChannels") for asset in root.iter("asset") if asset.get("hasAudio")} == {"2"}


def test_sound_has_roles_and_chapters_and_notes_are_marks(episode: Episode, cut: Cut, tmp_path: Path) -> None:
    note = Note(target="S03-02", finding="Too <long> & \x00 slow.", severity="major", author="editor", remedy="recut")
    write_fcpxml(episode, cut, media_of(cut, tmp_path), tmp_path / "cut.fcpxml", tmp_path, (note,))
    root = read(tmp_path / "cut.fcpxml")
    used = {clip.get("lane"): clip.get("audioRole") for clip in root.iter("asset-clip") if clip.get("audioRole")}
    assert used == {str(LANES[track]): ROLES[track] for track in ("A1", "A2", "A4")}
    marks = {}
    for main in root.find(".//spine"):
        for mark in main.iterchildren("marker", "chapter-marker"):
            at = seconds(main.get("offset")) - 3600 + seconds(mark.get("start")) - seconds(main.get("start"))
            marks[mark.get("value")] = (mark.tag, at)
    assert marks == {
        "Cold open": ("chapter-marker", Fraction(2)), "The call": ("chapter-marker", Fraction(6)),
        "Too <long> &  slow.": ("marker", cut.find("S03-02")[0]),
    }  # fmt: skip


def test_missing_media_leave_a_named_gap_and_an_empty_cut_is_refused(
    episode: Episode, cut: Cut, tmp_path: Path
) -> None:
    write_fcpxml(episode, cut, {}, tmp_path / "cut.fcpxml", tmp_path)
    root = read(tmp_path / "cut.fcpxml")
    assert not list(root.iter("asset", "asset-clip"))
    assert "S03-02_T1 (missing)" in {gap.get("name") for gap in root.iter("gap")}
    assert sum(seconds(gap.get("duration")) for gap in root.iter("gap")) == cut.seconds
    with pytest.raises(ValueError, match="without a picture"):
        write_fcpxml(episode, Cut(tracks=()), {}, tmp_path / "cut.fcpxml", tmp_path)
