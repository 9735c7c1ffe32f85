"""A recogniser that hears which of a script's lines was said. It knows the lines, and nothing else can be said."""

import os
from collections.abc import Sequence

import numpy as np
from scipy import signal

from tools.sound.wav import Samples

RATE = 16_000
_BEAM = 1e-140
_LEVEL = 0.08
"""RMS that everything is brought to: the recogniser's floor of noise is an absolute one."""


class Recogniser:
    """pocketsphinx with its own English model and a grammar of whole lines."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Take lines that are ready to be spoken. Raises `ValueError` for one with a word that it does not know."""
        from pocketsphinx import Decoder

        # Synthetic voices fit the model badly: with its usual beam it drops every line before the end, and its lattice
        # search finds no way through. A wide beam keeps them all, and words cost nothing, so that sounds alone decide.
        self._decoder = Decoder(
            samprate=RATE, loglevel="FATAL", logfn=os.devnull, bestpath=False,
            beam=_BEAM, wbeam=_BEAM, pbeam=_BEAM, lw=1.0, wip=1.0, pip=1.0,
        )  # fmt: skip
        self._lines = tuple(_words(line) for line in lines)
        strange = [word for line in self._lines for word in line.split() if not self._decoder.lookup_word(word)]
        if strange:
            raise ValueError(f"Words that the recogniser does not know: {', '.join(sorted(set(strange)))}.")
        self._decoder.add_jsgf_string("lines", f"#JSGF V1.0; grammar g; public <g> = {' | '.join(self._lines)};")
        self._decoder.activate_search("lines")

    def heard(self, samples: Samples, rate: int) -> int:
        """Return the index of the line that mono sound is taken for, or -1 when it is taken for none."""
        low = signal.resample_poly(samples.astype(np.float64), RATE, rate)
        low *= _LEVEL / max(float(np.sqrt(np.mean(low**2))), 1e-9)
        pcm = np.clip(np.rint(low * 32767), -32768, 32767).astype("<i2")
        # The model wants a little silence round a line.
        padded = np.pad(pcm, RATE // 5)
        self._decoder.start_utt()
        self._decoder.process_raw(padded.tobytes(), False, True)
        self._decoder.end_utt()
        hypothesis = self._decoder.hyp()
        said = hypothesis.hypstr if hypothesis else ""
        return self._lines.index(said) if said in self._lines else -1


def known(line: str) -> bool:
    """Return whether the recogniser's own lexicon has all words of a line."""
    return all(word in _lexicon() for word in _words(line).split())


def _words(line: str) -> str:
    kept = "".join(mark if mark.isalnum() or mark == "'" else " " for mark in line.lower())
    return " ".join(kept.split())


def _lexicon() -> frozenset[str]:
    global _LEXICON
    if not _LEXICON:
        from pocketsphinx import get_model_path

        with open(os.path.join(get_model_path(), "en-us", "cmudict-en-us.dict"), encoding="utf-8") as file:
            _LEXICON = frozenset(entry.split(maxsplit=1)[0] for entry in file if entry.strip())
    return _LEXICON


_LEXICON: frozenset[str] = frozenset()
