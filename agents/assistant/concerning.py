"""What a message could be about at all: everything that its words point at, and what belongs to that."""

from agents.assistant.finding import Finder
from agents.assistant.orders import Focus
from agents.assistant.tokens import plain, tokens_of
from episodes.episode import Episode


def concerned(words: str, episode: Episode, focus: Focus) -> frozenset[str]:
    """Return the ids that the words could mean; none where they name nothing and nothing was spoken of before."""
    finder, tokens = Finder(episode), tokens_of(plain(words)[:2000])
    named: set[str] = set()
    for at in range(len(tokens)):
        refs, _ = finder.at(tokens, at)
        for ref in refs:
            named |= set(ref.ids)
    if not named:
        named = {one for one in (focus.shot, focus.line, focus.scene, focus.beat, focus.character) if one}
    return frozenset(named | _belonging(named, episode))


def _belonging(named: set[str], episode: Episode) -> set[str]:
    """Return the lines and shots of the people and things that are named, and what lies in the scenes that are."""
    found: set[str] = set()
    for scene in episode.the_script.scenes:
        for beat in scene.beats:
            if scene.id in named or named & set(beat.actors):
                found.add(beat.id)
            found |= {line.id for line in beat.lines if line.speaker in named or scene.id in named or beat.id in named}
        if scene.place in named:
            found.add(scene.id)
    for shot in episode.shots:
        heard = {cue.line for cue in shot.cues}
        seen = {subject.id for subject in shot.subjects}
        if shot.scene in named or seen & named or heard & named or set(shot.beats) & named:
            found.add(shot.id)
        if shot.id in named:
            found |= heard | set(shot.beats)
    return found
