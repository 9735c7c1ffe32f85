"""A season as page, feed and listings are given it: finished, heard only, in production, unreadable."""

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from episodes.cut import Chapter
from episodes.names import episode_stem
from tools.exports.listing import CastMember, ListedEpisode, ListedFile, ListedSeason

HOSTILE = "<script>alert(\"1\")</script> & 100% #1? 'quoted' 🦝"
CAST = (CastMember(name="Officer Dale Okafor", role="officer"), CastMember(name="Ms <b>Quill</b> & Co", role="witness"))
CHAPTERS = (
    Chapter(at=Fraction(0), title="Cold open", scene="S01"),
    Chapter(at=Fraction(49, 4), title='The "call"', scene="S02"),
)  # fmt: skip


def listed(number: int, title: str, folder: Path | None = None) -> ListedEpisode:
    """Return a finished episode; with a folder, its files are there as well."""
    stem = episode_stem("Night Shift", 1, number, title)

    def file(ending: str, label: str) -> ListedFile:
        if folder is not None:
            (folder / f"{stem}{ending}").parent.mkdir(parents=True, exist_ok=True)
            (folder / f"{stem}{ending}").write_bytes(b"0123456789")
        return ListedFile(path=f"{stem}{ending}", bytes=10, label=label)

    return ListedEpisode(
        identity=f"{number:064x}", season=1, number=number, title=title, logline=f"A raccoon, and {title}.",
        begun=datetime(2026, 3, number, 3, 12, tzinfo=UTC), state="finished", seconds=Fraction(367, 4), width=1280,
        height=720, cast=CAST, chapters=CHAPTERS, film=file(".mp4", "Film"), thumb=file("-thumb.png", "Picture"),
        srt=file(".en.srt", "Captions"), vtt=file(".en.vtt", "Captions (WebVTT)"), captions="WEBVTT\n\n</track>\"",
        teaser=file("/teaser.mp4", "Teaser"), documents=(file("/cut.otio", "Edit"), file("/script.fountain", "Script")),
    )  # fmt: skip


def season_of(*episodes: ListedEpisode, show: str = "Night Shift") -> ListedSeason:
    return ListedSeason(show=show, year=2026, season=1, agency="Larkspur Police", episodes=episodes)


def whole_season(folder: Path | None = None) -> ListedSeason:
    """Return six episodes: three finished, one that can only be heard, one in production, one that can't be read."""
    heard = listed(4, "Radio Silence", folder)
    play = ListedFile(path="Night Shift - S01E04 - Radio Silence.m4a", bytes=7, label="Radio play")
    if folder is not None:
        (folder / play.path).write_bytes(b"1234567")
    heard = heard.model_copy(update={"film": None, "play": play, "thumb": None, "play_vtt": heard.vtt, "vtt": None})
    making = ListedEpisode(identity="e" * 64, season=1, number=5, title="The Chase", logline="They chase.")
    broken = ListedEpisode(identity="f" * 64, season=1, number=6, state="broken")
    both = listed(3, "Form 27-B", folder).model_copy(update={"play": play})
    return season_of(listed(1, "Glazed", folder), listed(2, HOSTILE, folder), both, heard, making, broken)
