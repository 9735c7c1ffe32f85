"""A table reading for whoever extends the storylets: `python -m agents.writer.rehearsal [FILE.yaml [NAME]]`.

Checks a file (or all of them) and prints every wording of every storylet in three sample premises.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from agents.writer.casting import cast_episode
from agents.writer.lexicon import Lexicon, fitted, load_lexicon, read_yaml
from agents.writer.nights import opening_time
from agents.writer.premise import read_theme
from agents.writer.realiser import Slots, realise, varied
from agents.writer.rules import episode_slots, framed
from agents.writer.storylets import Storylet, load_repertoire
from episodes.bible import Bible
from episodes.brief import Brief

PROMPTS = Path(__file__).parents[2] / "prompts"
THEMES = (
    "raccoon heist at a doughnut shop",
    "a vending machine has taken over the lobby",
    "fog steals the mayor's umbrellas",
)
LONGEST = 14
"""Words of a line."""


def sample(theme: str, lexicon: Lexicon, seed: int) -> Slots:
    """Return the slots of a sample episode."""
    brief = Brief(theme=theme, seed=seed)
    premise = read_theme(theme, lexicon, seed)
    cast = cast_episode(brief, Bible(show="Rehearsal"), premise, lexicon, ())
    repertoire = load_repertoire(PROMPTS)
    frame = next((f for f in repertoire.frames if premise.deed and f.name == premise.deed.frame), repertoire.frames[0])
    slots = episode_slots(premise, cast, lexicon, seed, opening_time(seed))
    return framed(slots, frame, repertoire.games[0], premise, lexicon, cast, seed)


def readings(storylet: Storylet, slots: tuple[Slots, ...]) -> Iterator[str]:
    """Yield a storylet as it would be heard, once for each of its common wordings, the samples by turns."""
    takes = max(len(line.say["any"]) for line in storylet.lines)
    for take in range(takes):
        words = slots[take % len(slots)]
        yield f"  {realise(storylet.action, words)}" + (f"  [{realise(storylet.gag, words)}]" if storylet.gag else "")
        for line in storylet.lines:
            common = line.say["any"]
            text = realise(varied(common[take % len(common)], random.Random(take)), words)
            yield f"    {line.speaker:10} {text}" + ("   <-- long" if len(text.split()) > LONGEST else "")
    for line in storylet.lines:
        for temperament, wordings in line.say.items():
            for wording in wordings if temperament != "any" else ():
                yield f"    {line.speaker} ({temperament}): {realise(varied(wording, random.Random(0)), slots[0])}"


def main(arguments: list[str]) -> int:
    """Print the readings; return 1 when a file does not fit."""
    lexicon = load_lexicon(PROMPTS)
    slots = tuple(sample(theme, lexicon, number) for number, theme in enumerate(THEMES))
    files = [Path(arguments[0])] if arguments else sorted((PROMPTS / "storylets").glob("*.yaml"))
    try:
        for path in files:
            entries = read_yaml(path).get("storylets", [])
            for entry in entries if isinstance(entries, list) else []:
                storylet = fitted(Storylet, entry, f"{path.name}: {entry.get('name', '?')}")
                if len(arguments) > 1 and arguments[1] not in storylet.name:
                    continue
                read = "\n".join(readings(storylet, slots))
                sys.stdout.write(f"{storylet.name} ({storylet.purpose}, {storylet.function})\n{read}\n")
    except (ValueError, KeyError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
