"""Records of finished episodes with everything beside them, made in no time: their media are a few bytes."""

from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np

from director.shows import Berth, find_or_make
from episodes.brief import Brief
from episodes.changes import Retitle
from episodes.names import episode_stem
from episodes.store import Delivered, EpisodeStore, Finished, Lease
from tests.planned_episode import planned_episode

PLANNED = planned_episode()
BESIDE = (".mp4", ".en.srt", ".en.vtt", ".nfo", "-thumb.png")
IN_RECORD = ("script.fountain", "shots.csv", "cut.otio", "cut.edl", "cut.fcpxml", "teaser.mp4", "stems/music.wav",
             "takes/S01-01_T1.aa/take.mp4")  # fmt: skip


def begin(out: Path, theme: str, show: str = "Night Shift", season: int = 1) -> Berth:
    """Begin the record of an episode as a run does."""
    brief = Brief(theme=theme, show=show)
    berth = find_or_make(out, brief, season)
    lease = Lease(berth.folder)
    made = PLANNED.model_copy(update={"brief": brief, "season": season, "number": berth.number})
    EpisodeStore(berth.folder, lease).create(made, brief.identity)
    lease.release()
    return berth


def finish(berth: Berth, title: str) -> Path:
    """Finish a begun episode as a delivery does, and return where its record lies now."""
    lease = Lease(berth.folder)
    store = EpisodeStore(berth.folder, lease)
    revision = store.commit(store.head().base, (Retitle(title=title),), "person")
    made = store.episode(revision)
    stem = episode_stem(made.brief.show, made.season, made.number, title)
    names = [*(f"{stem}{ending}" for ending in BESIDE), *(f"{stem}/{name}" for name in IN_RECORD)]
    for name in names:
        path = berth.season_folder / name.replace(f"{stem}/", f"{berth.folder.name}/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"{name} {made.brief.theme}".encode())
    thumb = np.full((90, 160, 3), 40 + 30 * made.number, np.uint8)
    cv2.imwrite(str(berth.season_folder / f"{stem}-thumb.png"), thumb)
    (berth.season_folder / f"{stem}.en.vtt").write_text("WEBVTT\n\n1\n00:00.000 --> 00:01.000\nTen-four.\n")
    done = Finished(form="film", settings="s", base=store.head().base, revision=revision)
    sizes = [(name, berth.season_folder / name.replace(f"{stem}/", f"{berth.folder.name}/")) for name in names]
    store.update_head(
        revision=revision, status="finished", finished=[done.model_dump()],
        delivered=[Delivered(path=name, bytes=path.stat().st_size).model_dump() for name, path in sizes],
    )  # fmt: skip
    lease.release()
    final = berth.season_folder / stem
    berth.folder.rename(final)
    return final


def at_three(day: int) -> float:
    """Return a moment of March 2026 as a file's time."""
    return datetime(2026, 3, day, 3, 0, tzinfo=UTC).timestamp()
