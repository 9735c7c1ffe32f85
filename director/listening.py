"""What is judged of a radio play: what can be heard of it, by the editor's own rules; nothing that needs a picture."""

from agents.editor.rules import RuleEditor, scored
from agents.protocols import Review
from episodes.episode import Episode
from episodes.narration import narration_ids
from episodes.radio_play import radio_play
from episodes.results import Measurements

HEARD = (
    "editor.missing_cue",
    "measurement.line_lost",
    "measurement.line_cut_off",
    "measurement.silent",
    "measurement.loudness",
    "measurement.true_peak",
)
"""Rules of the editor's that ears can judge. Coverage, rhythm of shots, flashes and running time are the film's."""


async def judge(episode: Episode, measured: Measurements) -> Review:
    """Return score and notes for the play of an episode.

    A narration that can't be heard is a finding, but no line that anybody could revoice by name.
    """
    review = await RuleEditor().review(radio_play(episode), measured)
    told = narration_ids(episode.the_script)
    notes = tuple(
        note.model_copy(update={"change": None}) if note.target in told else note
        for note in review.notes
        if note.rule in HEARD and not (note.rule == "editor.missing_cue" and note.target in told)
    )
    return Review(score=scored(notes), notes=notes)
