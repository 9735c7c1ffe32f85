"""What is written otherwise than it is said in languages beside English.

Engines read plain numbers in their own language, so only what they get wrong is touched: codes, call signs and plates
that they would subtract or spell as one word, clock times, symbols, and the commonest abbreviations.
"""

import functools
import re
from dataclasses import dataclass
from re import Match


@dataclass(frozen=True)
class _Tongue:
    """The words of one language that stand for signs."""

    clock: tuple[str, str]
    """Between hour and minutes, and after a full hour."""
    number: str
    """For `#3`."""
    percent: str
    dollars: str
    euros: str
    ampersand: str
    at: str
    short: tuple[tuple[str, str], ...]
    """Abbreviations and what they stand for."""


_TONGUES: dict[str, _Tongue] = {
    "es": _Tongue(
        (" y ", " en punto"), "número", "por ciento", "dólares", "euros", "y", "arroba",
        (
            ("Sra.", "señora"), ("Srta.", "señorita"), ("Sr.", "señor"), ("Dra.", "doctora"), ("Dr.", "doctor"),
            ("Avda.", "avenida"), ("Av.", "avenida"), ("C/", "calle "), ("núm.", "número"), ("n.º", "número"),
            ("EE. UU.", "Estados Unidos"), ("p. ej.", "por ejemplo"), ("Sgto.", "sargento"), ("etc.", "etcétera"),
            ("aprox.", "aproximadamente"),
        ),
    ),
    "de": _Tongue(
        (" Uhr ", " Uhr"), "Nummer", "Prozent", "Dollar", "Euro", "und", "ät",
        (
            ("Hr.", "Herr"), ("Dr.", "Doktor"), ("Nr.", "Nummer"), ("z. B.", "zum Beispiel"),
            ("z.B.", "zum Beispiel"), ("d. h.", "das heißt"), ("usw.", "und so weiter"), ("ca.", "circa"),
            ("bzw.", "beziehungsweise"), ("St.", "Sankt"),
        ),
    ),
    "fr": _Tongue(
        (" heures ", " heures"), "numéro", "pour cent", "dollars", "euros", "et", "arobase",
        (
            ("Mme", "madame"), ("Mlle", "mademoiselle"), ("M.", "monsieur"), ("Dr", "docteur"), ("av.", "avenue"),
            ("bd", "boulevard"), ("n°", "numéro"), ("p. ex.", "par exemple"), ("etc.", "et cætera"),
            ("env.", "environ"),
        ),
    ),
    "it": _Tongue(
        (" e ", " in punto"), "numero", "per cento", "dollari", "euro", "e", "chiocciola",
        (
            ("Sig.ra", "signora"), ("Sig.", "signor"), ("Dott.", "dottor"), ("ecc.", "eccetera"),
            ("p.es.", "per esempio"),
        ),
    ),
    "pt": _Tongue(
        (" e ", " em ponto"), "número", "por cento", "dólares", "euros", "e", "arroba",
        (
            ("Sra.", "senhora"), ("Sr.", "senhor"), ("Dra.", "doutora"), ("Dr.", "doutor"), ("Av.", "avenida"),
            ("R.", "rua"), ("n.º", "número"), ("etc.", "et cetera"), ("p. ex.", "por exemplo"),
        ),
    ),
    "nl": _Tongue(
        (" uur ", " uur"), "nummer", "procent", "dollar", "euro", "en", "apenstaartje",
        (
            ("dhr.", "de heer"), ("mevr.", "mevrouw"), ("nr.", "nummer"), ("bijv.", "bijvoorbeeld"),
            ("enz.", "enzovoort"), ("ca.", "circa"),
        ),
    ),
}  # fmt: skip

_PLAIN = _Tongue((" ", ""), "", "%", "$", "€", "&", "@", ())


def said_in(text: str, language: str) -> str:
    """Return `text` as an engine of this language (`es`, `de`, …) should be given it."""
    tongue = _TONGUES.get(language, _PLAIN)
    text = _short(language).sub(lambda found: dict(tongue.short)[found[0]], text) if tongue.short else text
    text = _CODE.sub(r"\1 \2", text)
    text = _CALL_SIGN.sub(r"\1 \2 \3", text)
    text = _PLATE.sub(lambda found: " ".join(re.sub(r"[^A-Z0-9]", "", found[0])), text)
    text = _TIME.sub(lambda found: _clock(found, tongue), text)
    text = re.sub(r"\$\s?(\d[\d.,]*)", rf"\1 {tongue.dollars}", text)
    text = re.sub(r"(\d)\s?€", rf"\1 {tongue.euros}", text)
    text = re.sub(r"#\s?(?=\d)", f"{tongue.number} ".lstrip(), text)
    for sign, word in (("%", tongue.percent), ("&", tongue.ampersand), ("@", tongue.at)):
        text = text.replace(sign, f" {word} ") if word != sign else text
    return text


_CODE = re.compile(r"\b(10|11)-(\d{1,2})\b")
_CALL_SIGN = re.compile(r"\b(\d{1,2})-?([A-Z])-?(\d{1,3})\b")
_PLATE = re.compile(r"\b(?:\d[A-Z]{3}\d{3}|[A-Z]{2,3}[- ]?\d{3,4}|\d{3}[- ]?[A-Z]{3})\b")
_TIME = re.compile(r"\b([01]?\d|2[0-3]):([0-5]\d)\b")


def _clock(found: Match[str], tongue: _Tongue) -> str:
    between, after = tongue.clock
    hour, minutes = str(int(found[1])), found[2]
    return f"{hour}{after}" if minutes == "00" else f"{hour}{between}{minutes.lstrip('0')}"


@functools.cache
def _short(language: str) -> re.Pattern[str]:
    words = sorted((short for short, _ in _TONGUES[language].short), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in words)})(?!\w)")
