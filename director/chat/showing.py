"""What the chat shows in the terminal: screenplay, shots, cast, cut and notes, to the window's width."""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from episodes.cut import CARDS, Clip, Cut
from episodes.cut_comparison import TRACKS, leads
from episodes.differences import seconds, told
from episodes.episode import Episode
from episodes.errors import InputRefused
from episodes.notes import SEVERITIES, Note
from episodes.script import Beat, Line, Scene
from episodes.shots import Shot

CHANNELS = {"radio": "over radio", "dispatch": "over radio", "phone": "on the phone", "voice_over": "V.O.", "pa": "PA"}
NARROW = 100
"""Columns below which a table leaves out what can be had by asking for one shot."""
_SHADES = ("cyan", "yellow", "green", "magenta", "blue", "red")


def plain(text: str) -> str:
    """Return text of models, sources and people without anything that could steer a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()


def find_target(episode: Episode, said: str) -> str:
    """Return the id of the shot or scene that a person means: `2-04`, `s2`, `S02-04_T1`.

    Raises `InputRefused` with what there is.
    """
    shots = [shot.id for shot in episode.shots]
    scenes = [scene.id for scene in episode.script.scenes] if episode.script else []
    scene, _, shot = said.strip().upper().split("_")[0].removeprefix("S").partition("-")
    if _is_number(scene):
        wanted = f"S{int(scene):02d}" + (f"-{int(shot):02d}" if _is_number(shot) else f"-{shot}" if shot else "")
        if wanted in (*shots, *scenes):
            return wanted
    there = f"shots {shots[0]} to {shots[-1]}" if shots else "no shots yet"
    raise InputRefused(f"There is no shot or scene {plain(said)!r}: this episode has {there}.")


def _is_number(text: str) -> bool:
    """Whether `int` reads a text, and soon: it takes neither ² nor a thousand digits."""
    return text.isdecimal() and len(text) < 5


def _scenes(episode: Episode, scene: str | None) -> tuple[Scene, ...]:
    if episode.script is None:
        raise InputRefused("This episode has no script yet.")
    if scene is None:
        return episode.script.scenes
    return (episode.script.scene(find_target(episode, scene).split("-")[0]),)


def _names(episode: Episode) -> dict[str, str]:
    world = episode.world
    if world is None:
        return {}
    things = {prop.id: prop.name for prop in world.props} | {one.id: one.name for one in world.vehicles}
    return things | {person.id: plain(person.short_name) for person in world.characters}


# ---- script ----------------------------------------------------------------------------------------------------------


def script_view(episode: Episode, scene: str | None = None) -> RenderableType:
    """Return the screenplay, or one scene of it. Raises `InputRefused` when there is none."""
    scenes, names = _scenes(episode, scene), _names(episode)
    head: list[RenderableType] = []
    if scene is None:
        script = episode.the_script
        head = [Text(plain(script.title), style="bold"), Text(plain(script.logline), style="italic"), Text()]
    return Group(*head, *(part for one in scenes for part in _scene(episode, one, names)))


def _scene(episode: Episode, scene: Scene, names: dict[str, str]) -> list[RenderableType]:
    heading = Text(f"{scene.id}  {slugline(episode, scene)}", style="bold reverse")
    if scene.id in episode.locks:
        heading.append("  locked", "yellow")
    parts: list[RenderableType] = [heading, Text()]
    for beat in scene.beats:
        parts += _beat(episode, beat, names)
    return parts


def slugline(episode: Episode, scene: Scene) -> str:
    """Return a scene's heading: `INT. DOLLAR & DIME DOUGHNUTS - NIGHT, RAIN - 03:12`."""
    place = next((one for one in episode.the_world.places if one.id == scene.place), None)
    inside = "INT." if place and place.interior else "EXT."
    where = plain(place.name if place else scene.place).upper()
    weather = "" if scene.weather == "clear" else f", {scene.weather.upper()}"
    return f"{inside} {where} - {scene.light.replace('_', ' ').upper()}{weather} - {scene.clock:%H:%M}"


def _beat(episode: Episode, beat: Beat, names: dict[str, str]) -> list[RenderableType]:
    grid = Table.grid(padding=(0, 2, 0, 0), expand=False)
    grid.add_column(width=7, style="dim", no_wrap=True)
    grid.add_column(max_width=66)
    if beat.action:
        grid.add_row(beat.id, Text(plain(beat.action)))
    if beat.picture_gag:
        grid.add_row("" if beat.action else beat.id, Text(f"In the picture: {plain(beat.picture_gag)}", style="italic"))
    for line in beat.lines:
        if grid.row_count:
            grid.add_row("", "")
        grid.add_row(line.id, _line(episode, line, names))
    return [grid, Text()] if grid.row_count else []


def _line(episode: Episode, line: Line, names: dict[str, str]) -> RenderableType:
    cue = Text(names.get(line.speaker, line.speaker).upper(), style="bold")
    how = [CHANNELS[line.channel]] if line.channel in CHANNELS else []
    how += [line.delivery] if line.delivery != "calm" else []
    if how:
        cue.append(f" ({', '.join(how)})", "dim")
    for mark in _marks_of_line(episode, line):
        cue.append(f"  {mark}", "yellow")
    return Group(Padding(cue, (0, 0, 0, 12)), Padding(Text(plain(line.text)), (0, 0, 0, 4)))


def _marks_of_line(episode: Episode, line: Line) -> list[str]:
    own = [f"own recording {one.recording.name}" for one in episode.readings if one.line == line.id]
    return (["locked"] if line.id in episode.locks else []) + own


# ---- shots -----------------------------------------------------------------------------------------------------------


def shots_view(episode: Episode, scene: str | None = None) -> RenderableType:
    """Return the shots as a table, or those of one scene. Raises `InputRefused` when none are planned."""
    wanted = None if scene is None else find_target(episode, scene).split("-")[0]
    shots = [shot for shot in episode.shots if wanted in (None, shot.scene)]
    if not shots:
        raise InputRefused("No shots are planned yet.")
    return _Shots(episode, shots)


class _Shots:
    """The table, which leaves out less the wider the terminal is."""

    def __init__(self, episode: Episode, shots: list[Shot]) -> None:
        self._episode, self._shots = episode, shots

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Lay the table out for this width."""
        wide = options.max_width >= NARROW
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), expand=False)
        for name in ("shot", "at", "length", "camera"):
            table.add_column(name, no_wrap=True, justify="right" if name in ("at", "length") else "left")
        table.add_column("seen", ratio=2)
        if wide:
            table.add_column("heard", ratio=3)
        table.add_column("take", no_wrap=True)
        names, at = _names(self._episode), _places(self._episode)
        for shot in self._shots:
            start = f"{float(at[shot.id][0]):.2f}" if shot.id in at else "cut"
            length = at[shot.id][1].seconds if shot.id in at else shot.shown_seconds
            seen = Text(_seen(shot, names))
            heard = Text(_heard(self._episode, shot, names), style="dim")
            camera = Text(f"{shot.owner}\n{shot.size.replace('_', ' ')}")
            take = Text("\n".join([f"T{shot.take}", *shot_marks(self._episode, shot)]))
            about = [seen, heard] if wide else [Group(seen, heard) if heard.plain else seen]
            table.add_row(Text(shot.id, style="bold"), start, f"{float(length):.2f}", camera, *about, take)
        yield table


def _places(episode: Episode) -> dict[str, tuple[Fraction, Clip]]:
    if episode.cut is None:
        return {}
    return {clip.media: (at, clip) for at, clip in episode.cut.track("V1").placed()}


def _seen(shot: Shot, names: dict[str, str]) -> str:
    """Return who and what is in the picture, and what happens there."""
    who = ", ".join(dict.fromkeys(names.get(one.id, one.id) for one in shot.subjects)) or "nobody"
    return plain(f"{who}; {shot.gag}" if shot.gag else who)


def _heard(episode: Episode, shot: Shot, names: dict[str, str]) -> str:
    lines = {line.id: line for line in episode.the_script.lines} if episode.script else {}
    heard = (lines[cue.line] for cue in shot.cues if cue.line in lines)
    return " / ".join(f"{names.get(line.speaker, line.speaker)}: {plain(line.text)}" for line in heard)


def shot_marks(episode: Episode, shot: Shot) -> list[str]:
    """Return what was done to a shot, in a word each."""
    found = ["locked"] if shot.id in episode.locks or shot.scene in episode.locks else []
    found += ["own clip"] if any(one.shot == shot.id for one in episode.clips) else []
    found += ["trimmed"] if shot.trim_in or shot.trim_out else []
    return found + (["backwards"] if shot.reversed else [])


def shot_view(episode: Episode, said: str, notes: Iterable[Note] = (), takes: Iterable[int] = ()) -> RenderableType:
    """Return all that is known of one shot; `takes` are the numbers of those that are on the shelf.

    Raises `InputRefused` for a shot that there is not.
    """
    target = find_target(episode, said)
    if "-" not in target:
        raise InputRefused(f"{target} is a scene: name a shot, such as {episode.shots_of(target)[0].id}.")
    shot, grid = episode.shot(target), _facts()
    for name, value in (*_set_up(episode, shot), *_in_the_cut(episode, shot, sorted(takes))):
        if value:
            grid.add_row(name, Text(plain(value)))
    about = [note for note in notes if note.target == target]
    return Group(Text(shot.id, style="bold"), grid, *([Text(), notes_view(about)] if about else []))


def _set_up(episode: Episode, shot: Shot) -> list[tuple[str, str]]:
    """Return how a shot was planned."""
    names = _names(episode)
    place = next((one.name for one in episode.the_world.places if one.id == shot.place), shot.place)
    carried = [f"carried by {names.get(shot.wearer, shot.wearer)}"] if shot.wearer else []
    camera = [shot.owner, *carried, f"{shot.size} from {shot.angle}", shot.movement.kind]
    return [
        ("camera", ", ".join(camera).replace("_", " ")),
        ("where", f"{place}, {shot.light}, {shot.weather}, {shot.clock:%H:%M:%S}".replace("_", " ")),
        ("seen", _seen(shot, names)),
        ("first frame", shot.first_frame),
        ("last frame", shot.last_frame),
        ("what happens", "; ".join(told(event) for event in shot.events if event.kind != "mouth")),
        ("heard", _heard(episode, shot, names)),
        ("beats", ", ".join(shot.beats)),
    ]


def _in_the_cut(episode: Episode, shot: Shot, takes: list[int]) -> list[tuple[str, str]]:
    """Return what became of a shot."""
    at = _places(episode).get(shot.id)
    when = f"{float(at[0]):.2f} to {float(at[0] + at[1].seconds):.2f} s" if at else "not in the cut"
    trims = f"{seconds(shot.trim_in)} at the head, {seconds(shot.trim_out)} at the tail"
    made = f", of {', '.join(map(str, takes))} that are there" if takes else ""
    return [
        ("in the film", f"{when}, {seconds(shot.shown_seconds)} long"),
        ("trims", trims if shot.trim_in or shot.trim_out else ""),
        ("take", f"{shot.take}{made}"),
        ("marks", ", ".join(shot_marks(episode, shot))),
    ]


def _facts() -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    return grid


# ---- cast, cut, notes ------------------------------------------------------------------------------------------------


def cast_view(episode: Episode) -> RenderableType:
    """Return who is in it, with voices and how much each says. Raises `InputRefused` when nobody is cast."""
    if episode.world is None:
        raise InputRefused("Nobody is cast yet.")
    counts = Counter(line.speaker for line in episode.script.lines) if episode.script else Counter[str]()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for name in ("name", "role", "unit", "voice", "lines"):
        table.add_column(name, justify="right" if name == "lines" else "left")
    table.add_column("wants, and what stands in the way", ratio=1)
    for person in episode.world.characters:
        voice = f"{person.voice.engine} {person.voice.variant}" if person.voice else "none"
        wants = "; ".join(part for part in (plain(person.want), plain(person.flaw)) if part)
        called = Text(" ".join(part for part in (person.emoji or "", plain(person.name)) if part), style="bold")
        table.add_row(called, person.role, person.unit or "", Text(voice), str(counts[person.id]), Text(wants))
    if episode.narrator:
        table.add_row("the narrator", "", "", f"{episode.narrator.engine} {episode.narrator.variant}", "", "radio play")
    return table


def cut_view(episode: Episode) -> RenderableType:
    """Return the timeline, drawn to scale, and its clips below. Raises `InputRefused` when there is no cut."""
    if episode.cut is None:
        raise InputRefused("There is no cut yet.")
    early, heard = leads(episode), _heard_at(episode)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for name in ("at", "length", "clip"):
        table.add_column(name, justify="left" if name == "clip" else "right", no_wrap=True)
    table.add_column("begins here", ratio=1)
    for at, clip in episode.cut.track("V1").placed():
        lines = [line for start, line in heard if at <= start < at + clip.seconds]
        said = "; ".join(f"{line}{f' ({early[line]})' if early.get(line) else ''}" for line in lines)
        table.add_row(f"{float(at):.2f}", f"{float(clip.seconds):.2f}", Text(clip.media, style="bold"), Text(said))
    return Group(Text(f"{seconds(episode.cut.seconds)} in {len(episode.cut.track('V1').placed())} clips", style="bold"),
                 _Strip(episode.cut), table)  # fmt: skip


def _heard_at(episode: Episode) -> list[tuple[Fraction, str]]:
    tracks = (episode.the_cut.track(name) for name in ("A1", "A2"))
    return sorted((at, clip.media) for track in tracks for at, clip in track.placed())


class _Strip:
    """A cut drawn to scale in letters, a row for each track."""

    def __init__(self, cut: Cut) -> None:
        self._cut = cut

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw it as wide as there is room."""
        room = max(20, min(options.max_width, 160) - 10)
        scale = room / max(float(self._cut.seconds), 0.1)
        scenes = [clip.media.split("-")[0] for _, clip in self._cut.track("V1").placed() if clip.media not in CARDS]
        shades = {scene: _SHADES[number % len(_SHADES)] for number, scene in enumerate(dict.fromkeys(scenes))}
        letters = console.encoding.startswith("utf")
        for name in ("V1", "A1", "A2", "A3", "A4"):
            row = Text(f"{TRACKS[name]:<9} ", style="dim", no_wrap=True, overflow="crop")
            drawn = [(" ", "")] * room
            for number, (at, clip) in enumerate(self._cut.track(name).placed()):
                start, end = round(float(at) * scale), round(float(at + clip.seconds) * scale)
                shade = shades.get(clip.media.split("-")[0].split(":")[0], "white")
                filled = ("█" if number % 2 or name != "V1" else "▓") if letters else "#="[number % 2]
                for x in range(start, min(max(end, start + 1), room)):
                    drawn[x] = (filled, shade)
            for block, shade in drawn:
                row.append(block, shade)
            yield row


_LOUD = {"remark": "dim", "minor": "", "major": "yellow", "fatal": "bold red"}


def notes_view(notes: Iterable[Note]) -> RenderableType:
    """Return notes, the gravest first; a sentence where there are none."""
    ordered = sorted(notes, key=lambda note: (-SEVERITIES.index(note.severity), note.target))
    if not ordered:
        return Text("Nobody has a note.")
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for name in ("target", "severity", "from"):
        table.add_column(name, no_wrap=name != "from")
    table.add_column("finding", ratio=1)
    for note in ordered:
        words = Text(plain(note.finding))
        if note.fix:
            words.append(f" {plain(note.fix)}", "italic")
        grave = Text(note.severity, style=_LOUD[note.severity])
        table.add_row(Text(note.target, style="bold"), grave, note.author.replace("_", " "), words)
    return table
