"""The desk: one made episode, opened: its record, its tools and its shelf, as a conversation needs them."""

import difflib
from dataclasses import replace
from pathlib import Path

from director import crews, limits, planning
from director.chat.comparing import Side
from director.context import touched_in
from director.editing import standing_revision
from director.radius import Sight
from director.session import moved
from director.settings import Settings
from director.shows import Berth, berth_of, berths_in
from episodes.episode import Episode
from episodes.errors import ChangeRefused, InputRefused
from episodes.store import EpisodeStore, Head
from episodes.work import Belt, Plan, Stage
from tools.shelf import Shelf


class Desk:
    """An opened episode. It is read anew whenever it is asked, for what is made changes it."""

    def __init__(self, berth: Berth, settings: Settings) -> None:
        """Open the episode of a berth. Raises `EpisodeError` for a record that can't be read."""
        self.berth, self.settings = berth, settings
        self.store = EpisodeStore(berth.folder)
        self.belt: Belt = limits.as_begun(berth.folder / "passes" / "answers", settings, crews.belt(settings))
        self.shelf = Shelf(settings.cache / "media", berth.folder / "takes")

    @property
    def head(self) -> Head:
        """The head of the record."""
        return self.store.head()

    @property
    def revision(self) -> str:
        """The revision that an edit would start from."""
        return standing_revision(self.head, self.settings)

    @property
    def episode(self) -> Episode:
        """The episode as it stands."""
        return self.store.episode(self.revision)

    @property
    def stage(self) -> Stage:
        """The stage that the person sees."""
        return "final" if self.belt.has_final_camera else "animatic"

    @property
    def touched(self) -> frozenset[str]:
        """Ids of what the person has changed with their own hands."""
        return touched_in(self.store, self.revision)

    @property
    def name(self) -> str:
        """How the episode is called in a sentence."""
        head, episode = self.head, self.episode
        title = episode.script.title if episode.script else "untitled"
        return f"S{head.season:02d}E{head.number:02d} {title}"

    @property
    def film(self) -> Path | None:
        """Where the film, or the play, lies; None where there is none."""
        delivered = self.berth.delivered(self.head)
        return next((path for path in delivered if path.suffix in (".mp4", ".m4a")), None)

    def sight(self) -> Sight:
        """Return what a forecast is made from."""
        return Sight(head=self.head, settings=self.settings, belt=self.belt, shelf=self.shelf)

    def plan(self, episode: Episode) -> Plan | None:
        """Return the work of the episode as it is in a revision; None before it is cut."""
        if episode.cut is None:
            return None
        return planning.planned(episode, self.stage, self.belt, self.head, self.settings)

    def moved(self) -> "Desk":
        """Return the desk after a delivery may have given the folder another title."""
        return Desk(moved(self.berth), self.settings)

    def side(self, said: str = "") -> Side:
        """Return one side of a comparison: the present episode, a step by its number, or another episode.

        Raises `ChangeRefused` for a step that is not there, `InputRefused` for an episode that is not.
        """
        words = said.strip()
        if words.isdecimal() and len(words) <= 9:
            step = self.head.trail.step(int(words))
            episode = self.store.episode(step.revision or step.base)
            return Side(label=f"step {step.number}: {step.said}", episode=episode, plan=self._plan_or_none(episode),
                        shelf=self.shelf)  # fmt: skip
        if not words or words.lower() in ("now", "this", "here"):
            return Side(label=self.name, episode=self.episode, plan=self._plan_or_none(self.episode), shelf=self.shelf)
        other = Desk(find_berth(self.settings.out, words, self.berth), self.settings)
        return replace(other.side(), label=other.name)

    def before(self) -> str:
        """Return the number of the step before the present one. Raises `ChangeRefused` where there is none."""
        trail = self.head.trail
        if not trail.steps or trail.now.parent is None:
            raise ChangeRefused("Nothing was changed yet, so there is nothing to compare with.")
        return str(trail.now.parent)

    def _plan_or_none(self, episode: Episode) -> Plan | None:
        try:
            return self.plan(episode)
        except ValueError:
            return None  # Made by an older version that cut it otherwise: its frames are not asked for.


def find_berth(out: Path, said: str, near: Berth | None = None) -> Berth:
    """Return the place of an episode that a person names.

    `said` is its folder or a file in or beside it, `S01E02`, a number, or a part of its title; empty for the one that
    was changed last. `near` is an episode whose season is looked into first. Raises `InputRefused`, with what there is.
    """
    path = Path(said).expanduser()
    if said and path.exists():
        for folder in (path, *path.parents, path.with_suffix("")):
            if (berth := berth_of(folder)) is not None:
                return berth
        raise InputRefused(f"{said!r} holds no episode of ours: name its folder, or its film.")
    berths = list(berths_in(out))
    if near is not None:
        berths = sorted(berths, key=lambda berth: berth.season_folder != near.season_folder)
    if not berths:
        raise InputRefused(f"No episode lies in {str(out)!r} yet: make one first, or say what it is about.")
    if not said:
        return max(berths, key=lambda berth: (berth.folder / "episode.json").stat().st_mtime)
    found = [berth for berth in berths if _is_called(berth, said)]
    if len(found) == 1 or (found and near is not None and found[0].season_folder == near.season_folder):
        return found[0]
    listed = "; ".join(berth.folder.name for berth in (found or berths)[:8])
    if found:
        raise InputRefused(f"Several episodes are called {said!r}; name more of it: {listed}.")
    titles = {berth.folder.name.split(" - ")[-1].casefold(): berth.folder.name for berth in berths}
    meant = difflib.get_close_matches(said.casefold(), titles, n=1)
    hint = f" Do you mean {titles[meant[0]]!r}?" if meant else ""
    raise InputRefused(f"No episode is called {said!r}.{hint} There are: {listed}.")


def _is_called(berth: Berth, said: str) -> bool:
    words, name = said.strip().casefold(), berth.folder.name.casefold()
    tag = f"s{berth.season:02d}e{berth.number:02d}"
    return words in (tag, str(berth.number)) or (not words.isdigit() and words in name)
