"""The near-copy guard: an episode may use a source's facts, not its sentences."""

from episodes.episode import Episode
from episodes.nearness import COPY, copied_words
from episodes.notes import Note


def near_copies(episode: Episode) -> tuple[Note, ...]:
    """Return a note for each line that repeats a source word for word. Raises `ValueError` without a script."""
    runs = episode.facts.runs if episode.facts else ""
    if not runs:
        return ()
    copied = ((line, copied_words(line.text, runs)) for line in episode.the_script.lines)
    return tuple(
        Note(
            target=line.id,
            finding=f"{line.id} repeats {words} words of a source in a row.",
            fix=f"Say it in other words, with fewer than {COPY} of the source's in a row.",
            severity="major",
            author="continuity_checker",
            remedy="rewrite",
            rule="sources.near_copy",
        )
        for line, words in copied
        if words >= COPY
    )
