"""The bible: a show's premise and the fold of what its episodes have established, in order. Never edited in place."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from episodes.cast import Agency, Character, Vehicle, World
from episodes.episode import Episode
from episodes.established import Established, establish
from episodes.past import HEALS_AFTER, Hurt, Past
from episodes.ranks import title_of, with_rank
from episodes.recurrence import promoted
from episodes.season import RunningGag
from episodes.theme import ShowTheme
from episodes.value import Value

__all__ = ["Bible", "Established", "bible_of", "contradicted", "establish", "fold"]


class Bible(Value):
    """A show as its next episode must take it."""

    show: str
    agency: Agency | None = None
    look: str = "night_blue"
    theme: ShowTheme | None = None
    """The show's music; None until its first episode has one."""
    episodes: tuple[Established, ...] = ()

    @property
    def characters(self) -> tuple[Character, ...]:
        """The regulars as they were seen last, with the ranks that they have now."""
        last: dict[str, Character] = {}
        for episode in self.episodes:
            last.update({character.id: character for character in episode.characters})
        ranks = dict(self.ranks)
        return tuple(with_rank(character, ranks.get(character.id, "")) for character in last.values())

    @property
    def crew(self) -> tuple[Character, ...]:
        """The two of the patrol car, in the order of the last episode that had a unit with both."""
        known = {character.id: character for character in self.characters}
        for episode in reversed(self.episodes):
            for unit in episode.units:
                members = tuple(known[who] for who in unit.members if who in known)
                if len(members) > 1:
                    return members[:2]
        return tuple(character for character in self.characters if character.role == "officer")[:2]

    @property
    def used_storylets(self) -> tuple[str, ...]:
        """All storylets used so far, the latest last."""
        return tuple(name for episode in self.episodes for name in episode.storylets)

    @property
    def ranks(self) -> tuple[tuple[str, str], ...]:
        """Character id and the title that somebody was given last."""
        return tuple({who: title for episode in self.episodes for who, title in episode.ranks}.items())

    @property
    def injuries(self) -> tuple[Hurt, ...]:
        """What is not over yet in the next episode; each heals by itself after two."""
        hurts: dict[tuple[str, str], Hurt] = {}
        for at, episode in enumerate(self.episodes):
            age = len(self.episodes) - at
            hurts |= {(who, injury): Hurt(who=who, injury=injury, age=age) for who, injury in episode.injuries}
            for over in episode.healed:
                hurts.pop(over, None)
        return tuple(hurt for hurt in hurts.values() if hurt.age <= HEALS_AFTER)

    @property
    def lost_vehicles(self) -> tuple[str, ...]:
        """Ids of vehicles that were lost in any episode."""
        return _once(vehicle for episode in self.episodes for vehicle in episode.lost_vehicles)

    @property
    def wrecked_vehicles(self) -> tuple[str, ...]:
        """Ids of vehicles that broke down in any episode."""
        return _once(vehicle for episode in self.episodes for vehicle in episode.wrecked_vehicles)

    @property
    def vehicles(self) -> tuple[Vehicle, ...]:
        """Every vehicle that was seen, by the order in which it came first."""
        known = {vehicle.id: vehicle for episode in self.episodes for vehicle in episode.vehicles}
        return tuple(known.values())

    @property
    def past(self) -> Past | None:
        """What the next episode starts from; None where nothing of the kind was left behind."""
        open_: dict[tuple[str, str], None] = {}
        topics: dict[str, None] = {}
        for episode in self.episodes:
            open_ |= dict.fromkeys(episode.promises)
            topics |= dict.fromkeys(topic for topic in episode.topics if topic not in episode.paid)
            for settled in episode.kept:
                open_.pop(settled, None)
            for topic in episode.paid:
                topics.pop(topic, None)
        past = Past(
            injuries=self.injuries,
            ranks=self.ranks,
            lost_vehicles=self.lost_vehicles,
            wrecked_vehicles=self.wrecked_vehicles,
            knows=tuple(dict.fromkeys(pair for episode in self.episodes for pair in episode.knows)),
            promises=tuple(open_),
            topics=tuple(topics),
        )
        return None if past == Past() else past

    @property
    def gags(self) -> tuple[RunningGag, ...]:
        """What came back unplanned in two or more episodes, and is a running gag by that; the latest first."""
        planned = {gag for episode in self.episodes for gag in episode.gags}
        return promoted(tuple((episode.number, episode.seen) for episode in self.episodes), planned)

    @property
    def until(self) -> datetime | None:
        """Story time of the last scene of all; None before there is one."""
        return max((episode.until for episode in self.episodes if episode.until is not None), default=None)

    def after(self, episode: Episode) -> "Bible":
        """Return the bible with one more episode; unchanged by one that has no script yet."""
        if episode.world is None or episode.script is None:
            return self
        world = episode.world
        return self.model_copy(
            update={
                "agency": self.agency or world.agency,
                "look": self.look if self.episodes else world.look,
                "theme": self.theme or world.theme,
                "episodes": (*self.episodes, establish(episode)),
            }
        )


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def fold(show: str, episodes: tuple[Episode, ...]) -> Bible:
    """Return the bible after these episodes, in the order given; those without a script leave nothing behind."""
    bible = Bible(show=show)
    for episode in episodes:
        bible = bible.after(episode)
    return bible


def bible_of(show: str, episodes: Sequence[Episode]) -> Bible:
    """Return the bible after these episodes in order of broadcast, whatever order they were made in."""
    return fold(show, tuple(sorted(episodes, key=lambda episode: (episode.season, episode.number))))


# ---- facts that no longer hold ---------------------------------------------------------------------------------------


def contradicted(used: Bible, now: Bible, episode: Episode) -> tuple[str, ...]:
    """Return the facts that an episode was written from and that no longer hold, each as a sentence for a person.

    Args:
        used: the bible that the episode was written from.
        now: the bible before it as it is today.
        episode: the episode, with its script.

    Returns:
        Nothing where the bibles differ in what this episode has no use for, such as the words of an earlier line.
    """
    if episode.world is None or episode.script is None:
        return ()
    cast = {character.id for character in episode.world.characters}
    mark = f"E{episode.number:02}"
    facts = (
        *_ranks_changed(used, now, cast, mark),
        *_people_changed(used, now, episode.world, mark),
        *_injuries_changed(used, now, cast, mark),
        *_vehicles_changed(used, now, episode, mark),
        *_promises_changed(used, now, episode, mark),
        *_show_changed(used, now, episode, mark),
    )
    return tuple(dict.fromkeys(facts))


def _name(who: str, *bibles: Bible) -> str:
    """Return what the first bible that knows somebody calls them."""
    return next((character.name for bible in bibles for character in bible.characters if character.id == who), who)


def _ranks_changed(used: Bible, now: Bible, cast: set[str], mark: str) -> list[str]:
    old, new, found = dict(used.ranks), dict(now.ranks), []
    for who in sorted(cast & (old.keys() | new.keys())):
        if old.get(who) == new.get(who):
            continue
        if who in new:
            since = next(e.number for e in now.episodes if dict(e.ranks).get(who) == new[who])
            what = f"was {_moved(_name(who, used, now), new[who])} in E{since:02}; {mark} was written before that."
            found.append(f"{_name(who, used, now)} {what}")
        else:
            found.append(f"{_name(who, now, used)} is no longer made {old[who]}; {mark} was written as if it were so.")
    return found


def _moved(name: str, title: str) -> str:
    """Return how a new title is told: `demoted` of a sergeant who is one no more, else `made Corporal`."""
    fell = "sergeant" in title_of(name).lower() and "sergeant" not in title.lower()
    return "demoted" if fell else f"made {title}"


def _people_changed(used: Bible, now: Bible, written: World, mark: str) -> list[str]:
    cast = {character.id for character in written.characters}
    ranked = {who for bible in (used, now) for who, _ in bible.ranks}
    new, found = {character.id: character for character in now.characters}, []
    for old in used.characters:
        if old.id not in cast:
            continue
        if old.id not in new:
            found.append(f"{old.name} is in none of the episodes before {mark} any more.")
        elif old.id not in ranked and new[old.id].name != old.name:
            found.append(f"{old.name} is now called {new[old.id].name}; {mark} was written before that.")
        elif new[old.id].voice != old.voice:
            found.append(f"{old.name} has another voice now; {mark} was written with the old one.")
    crews = {character.id for bible in (used, now) for character in bible.crew}
    for role in ("sergeant", "dispatcher"):
        had = [c for c in used.characters if c.role == role and c.id not in crews]
        has = [c for c in now.characters if c.role == role and c.id not in crews]
        if has and not had and has[-1].id not in cast:
            own = [c for c in written.characters if c.role == role and c.id not in crews]
            found += [f"The show has {has[-1].name} by now; {mark} has {other.name} in that part." for other in own]
    return found


def _injuries_changed(used: Bible, now: Bible, cast: set[str], mark: str) -> list[str]:
    old = {(hurt.who, hurt.injury) for hurt in used.injuries if hurt.who in cast}
    new = {(hurt.who, hurt.injury): hurt for hurt in now.injuries if hurt.who in cast}
    came = [
        f"{_name(who, now, used)} has had the injury “{injury}” since E{now.episodes[-hurt.age].number:02}; "
        f"{mark} was written before that."
        for (who, injury), hurt in sorted(new.items(), key=lambda item: item[0])
        if (who, injury) not in old
    ]
    went = sorted(pair for pair in old if pair not in new)
    return came + [
        f"{_name(who, now, used)} no longer has the injury “{injury}”, which {mark} shows." for who, injury in went
    ]


def _vehicles_changed(used: Bible, now: Bible, episode: Episode, mark: str) -> list[str]:
    names = {vehicle.id: vehicle.name for vehicle in (*used.vehicles, *now.vehicles, *episode.the_world.vehicles)}
    driven = {vehicle.id for vehicle in episode.the_world.vehicles}
    found = []
    for how, old, new in (
        ("lost", used.lost_vehicles, now.lost_vehicles),
        ("wrecked", used.wrecked_vehicles, now.wrecked_vehicles),
    ):
        for vehicle in new:
            if vehicle not in old and vehicle in driven:
                since = next(e.number for e in now.episodes if vehicle in (*e.lost_vehicles, *e.wrecked_vehicles))
                found.append(f"{_start(names[vehicle])} was {how} in E{since:02}; {mark} was written before that.")
        past = episode.the_world.past or Past()
        for vehicle in old:
            if vehicle not in new and vehicle in past.undrivable:
                found.append(f"{_start(names.get(vehicle, vehicle))} is no longer {how}; {mark} goes without it.")
    return found


def _start(words: str) -> str:
    return words[:1].upper() + words[1:]


def _promises_changed(used: Bible, now: Bible, episode: Episode, mark: str) -> list[str]:
    """Return what the episode keeps or pays although nobody promises or plants it before it any more."""
    was, is_ = used.past or Past(), now.past or Past()
    effects = [effect for scene in episode.the_script.scenes for beat in scene.beats for effect in beat.effects]
    own = {effect.topic for effect in effects if effect.kind in ("plant", "promise")}
    kept = {(effect.who, effect.topic) for effect in effects if effect.kind == "keep" and effect.topic not in own}
    paid = {effect.topic for effect in effects if effect.kind == "pay" and effect.topic not in own}
    gone = sorted(pair for pair in kept if pair in was.promises and pair not in is_.promises)
    return [
        *(f"{_name(who, now, used)} no longer promises “{topic}”, which {mark} settles." for who, topic in gone),
        *(f"“{t}” is no longer set up, which {mark} brings back." for t in sorted(paid) if _only(t, was, is_)),
    ]


def _only(topic: str, was: Past, is_: Past) -> bool:
    return topic in was.topics and topic not in is_.topics


def _show_changed(used: Bible, now: Bible, episode: Episode, mark: str) -> list[str]:
    found: list[str] = []
    if not (used.episodes and now.episodes):
        return found
    if used.agency and now.agency and used.agency.name != now.agency.name:
        found.append(f"The show now follows the {now.agency.name}; {mark} was written for the {used.agency.name}.")
    if used.look != now.look and episode.the_world.look == used.look:
        found.append(f"The show now looks “{now.look}”; {mark} was made “{used.look}”.")
    if used.theme != now.theme and episode.the_world.theme == used.theme:
        found.append(f"The show has other music now; {mark} has the old.")
    return found
