"""How an agency speaks on the air: call signs, spelling alphabets, codes.

The APCO alphabet is that of the Association of Public-Safety Communications Officials (Project 14); the NATO one
that of ICAO Annex 10.
"""

import random
from typing import Literal

from agents.writer.lexicon import RadioBook, split_words
from episodes.cast import Agency

APCO = split_words(
    "Adam Boy Charles David Edward Frank George Henry Ida John King Lincoln Mary Nora Ocean Paul Queen Robert "
    "Sam Tom Union Victor William X-ray Young Zebra"
)
NATO = split_words(
    "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec "
    "Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu"
)
NUMBERS = split_words(
    "Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen "
    "Seventeen Eighteen Nineteen Twenty"
)


def call_sign(unit: str, alphabet: Literal["apco", "nato"] = "apco") -> str:
    """Return a unit id as it is read on screen and said: `4A10` is `Four-Adam-Ten`."""
    letters = {word[0]: word for word in (APCO if alphabet == "apco" else NATO)}
    words: list[str] = []
    digits = ""
    for character in f"{unit.upper()} ":
        if character.isdigit():
            digits += character
            continue
        if digits:
            words += [NUMBERS[int(digits)]] if int(digits) < len(NUMBERS) else [NUMBERS[int(d)] for d in digits]
            digits = ""
        if character in letters:
            words.append(letters[character])
    return "-".join(words)


def found_agency(book: RadioBook, rng: random.Random) -> Agency:
    """Return a fictional agency with the book's code table."""
    chosen = rng.choice(book.agencies)
    return Agency(name=chosen.name, county=chosen.county, alphabet="apco", codes=tuple(book.codes.values()))


def code_for(book: RadioBook, use: str, agency: Agency) -> str:
    """Return the code that the agency has for a use, such as `acknowledge`, or its plain words.

    An agency of a bible may have another table, or none.
    """
    wanted = book.codes.get(use) or book.codes["wildlife"]
    known = {code.code for code in agency.codes}
    return wanted.code if wanted.code in known else wanted.meaning
