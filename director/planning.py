"""What an episode's work is with these tools: the plan of a film or a play with its credits and its teaser."""

from collections import Counter

from director.settings import Settings
from episodes.episode import Episode
from episodes.own_media import OwnClip
from episodes.plan import own_sounds, plan
from episodes.play_plan import play_plan
from episodes.radio_play import radio_play
from episodes.store import Head, StoodIn
from episodes.take_plan import footage_seen
from episodes.teaser import with_teaser
from episodes.work import Belt, Plan, Stage


def planned(episode: Episode, stage: Stage, belt: Belt, head: Head, settings: Settings) -> Plan:
    """Return all work for an episode whose cut is laid; `head` says who answered and who stood in."""
    credits = credits_of(episode, stage, belt, head, settings)
    made = _planned(episode, stage, belt, settings, credits)
    wanted = made.by_key()
    if mine := tuple(one for one in head.stood_in if one.recipe in wanted):
        made = _planned(episode, stage, belt, settings, (*credits[:-1], stand_ins_line(mine), credits[-1]))
    return made


def _planned(episode: Episode, stage: Stage, belt: Belt, settings: Settings, credits: tuple[str, ...]) -> Plan:
    if settings.audio_only:
        return play_plan(episode, belt, credits)
    return with_teaser(plan(episode, belt, stage, credits), episode, belt)


def credits_of(episode: Episode, stage: Stage, belt: Belt, head: Head, settings: Settings) -> tuple[str, ...]:
    """Return the end card's lines: what made what, and that all of it is invented."""
    if settings.audio_only and episode.narrator is not None and episode.cut is not None:
        episode = radio_play(episode)  # The narrator's engine speaks too.
    shown = None if settings.audio_only else stage
    mine = len(own_sounds(episode, belt))
    seen = footage_seen(episode, belt) if shown and episode.cut is not None else {}
    clips = {use.clip.name: use.clip for use in seen.values()}
    return end_card_lines(head, belt, shown, episode.voice_engines, mine, tuple(clips.values()))


def end_card_lines(
    head: Head,
    belt: Belt,
    stage: Stage | None,
    engines: tuple[str, ...] = (),
    own: int = 0,
    clips: tuple[OwnClip, ...] = (),
) -> tuple[str, ...]:
    """Return who made script, picture, voices and music, for the end card and the metadata.

    `stage` is None where there is no picture. `engines` are those that really speak (`Episode.voice_engines`); without
    any, the voice back end is named. `own` is the number of the person's own recordings in the film, and `clips` are
    those of their clips that are seen.
    """
    writers = [item for item in head.answered if (item.role, item.task) == ("writer", "write")]
    by_model = [item.model for item in writers if item.by == "model"]
    written = f"the model {by_model[0]}" if by_model else "rule"
    return (
        f"Written by {written}",
        *((f"Picture: {belt.camera_name(stage)}",) if stage else ()),
        f"Voices: {', '.join(engines) or belt.voice.name}",
        f"Music and sound: {belt.music.name}",
        *((f"Sounds: {own_files(own)}",) if own else ()),
        *((f"Footage: {own_clips(clips)}",) if clips else ()),
        AI_NOTICE_WITH_FOOTAGE if clips else AI_NOTICE,
    )


AI_NOTICE = "Made by AI. Nobody and nothing in it is real."
AI_NOTICE_WITH_FOOTAGE = "Made by AI, with real footage in between. The story is invented."
"""The last line of the end card, which stands in a box of its own."""

MOST_LICENCES = 4
"""Licences that are named on the end card and in the file; the record names all."""


def own_clips(clips: tuple[OwnClip, ...]) -> str:
    """Return how the person's own footage is credited: how many clips, and by what right each is used."""
    licences = list(dict.fromkeys(clip.licence for clip in clips))
    named = licences[:MOST_LICENCES] + [f"and {len(licences) - MOST_LICENCES} more"] * (len(licences) > MOST_LICENCES)
    return f"the person's own, {len(clips)} {'clip' if len(clips) == 1 else 'clips'} ({'; '.join(named)})"


def stand_ins_line(stood_in: tuple[StoodIn, ...]) -> str:
    """Return the end card's line on who stood in for whom: `Stood in: embedded-video for 3 of the takes`."""
    counts = Counter((one.by, STOOD_IN_FOR.get(one.kind, one.kind)) for one in stood_in)
    told = (f"{by} ({count} {what if count > 1 else what[:-1]})" for (by, what), count in sorted(counts.items()))
    return f"Stood in: {', '.join(told)}"


STOOD_IN_FOR = {"render": "takes", "speak": "lines", "compose": "cues"}
"""What is made by each kind of work, in words."""


def own_files(count: int) -> str:
    """Return how the person's own recordings are credited."""
    return f"the person's own, {count} {'file' if count == 1 else 'files'}"
