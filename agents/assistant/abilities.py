"""What the assistant understands, as examples that a person sees when it did not understand them."""

from difflib import SequenceMatcher

from agents.assistant.naming import stems, words_of

ABILITIES = (
    "make scene 2 at night",
    "scene 3 should be rainy",
    "make scene 2 ten past three",
    "scene 4 half an hour later",
    "the sergeant should be calmer",
    "say S02-L03 in a whisper",
    "read line S02-L03 again",
    "cut 2-04 shorter",
    "make 2-04 half a second longer",
    "swap 2-03 and 2-04",
    "move 2-05 before 2-03",
    "remove 2-05",
    "play 2-04 backwards",
    "shoot 2-04 again",
    "2-04 as a close-up",
    "2-04 from the dashcam",
    "use take 1 of 2-04",
    "another voice for dispatch",
    "a deeper voice for the sergeant",
    "more siren, less music in the chase",
    "music 3 dB quieter",
    "no music in scene 3",
    "more suspicious music in scene 3",
    "captions off",
    "what does locking do?",
    "how long is the film?",
    "broadcast loudness",
    "noir look",
    "call it Glazed and Confused",
    "change S02-L03 to “Do we need a form?”",
    "let the sergeant say “Leave it.” instead of “Follow it!”",
    "remove line S02-L03",
    "in scene 3, add a beat where the raccoon steals the car",
    "remove beat S03-B02",
    "use clip.mp4 for 2-04",
    "use my recording for S02-L03",
    "take my clip out of 2-04",
    "keep 2-04",
    "unlock 2-04",
    "why did you cut to 2-04?",
    "show me 2-04",
    "show me the cast",
    "show frames of 2-04",
    "play scene 3",
    "undo",
    "what have we changed?",
    "compare with before",
    "fork calmer",
    "make an episode about a goose that robs a bank",
    "export",
    "help",
)


def nearest(text: str, count: int = 4) -> tuple[str, ...]:
    """Return the examples that are most like a message: by shared words first, then by letters."""
    wanted, low = stems(words_of(text[:300])), text[:300].casefold()

    def likeness(example: str) -> tuple[int, float]:
        return len(wanted & stems(words_of(example))), SequenceMatcher(None, low, example.casefold()).ratio()

    return tuple(sorted(ABILITIES, key=likeness, reverse=True)[:count])
