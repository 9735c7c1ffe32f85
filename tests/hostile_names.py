"""Titles that go wrong on disk: what names of shows and episodes are tried with."""

import random

WORDS = [
    "S01E02", "s3.e4", "S1 - E2", "1x02", "e05", "ep 6", "Season 9 Episode 9", "CON", "../", "\\", ":", "pt1", "cd2",
    "\u202e", "\u200d", "\x00", ".", " ", "-", " - ", "é", "e\u0301", "🦝", "ﬃ", "ß", "Raccoon", "the", "103",
    "2026-01-02", "trailer", "-sample", "Sample", "samples", "'", "bonus disc",
    "[x]", "日本語", "ـالعربية", "٣x٤", "S٠١E٠٢", "LPT1", "\ud83d", "\u0345", "x",
    ",", "/",
]  # fmt: skip

SHOWS = (
    "Night Shift", "Night Shift (2026)", "S01E02", "24", "1x02", "Sample", "The Trailer", "9-1-1", "2026-01-02",
    "CON", "Bonus Disc", "Part 1", "Season 2", "🦝 Patrol", "日本語", "E05", "Ünïcode & Söns", "A" * 200, "x264 720p",
    "../../etc",
)  # fmt: skip


def hostile_titles(count: int, seed: int = 4) -> list[str]:
    """Return so many different titles, made of words that players, file systems and shells take for something else."""
    chance, found = random.Random(seed), dict.fromkeys(WORDS)
    while len(found) < count:
        glue = chance.choice(["", " ", " - ", ".", "_"])
        found[glue.join(chance.choices(WORDS, k=chance.randint(2, 9)))] = None
    return list(found)[:count]
