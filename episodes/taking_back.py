"""Taking back what a person edited by hand: what a file says that the episode does not, as changes and in words.

Pure: reading files is the business of `tools/exports/`. What is understood is applied by nobody here; what can't be
taken is named, with the reason. A file that nobody edited gives nothing at all.
"""

from episodes.script_edits import from_script
from episodes.shot_edits import from_shots
from episodes.timeline_edits import from_timeline
from episodes.understood import Understood

__all__ = ["Understood", "from_script", "from_shots", "from_timeline"]
