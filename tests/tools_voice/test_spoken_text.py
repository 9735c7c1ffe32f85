import pytest

from episodes.errors import RequestRejected
from tools.voice.number_words import cardinal, ordinal
from tools.voice.spoken_text import spoken_text

SAID = [
    # radio codes and call signs
    ("10-4.", "ten four."),
    ("10-33!", "ten thirty-three!"),
    ("11-99, all units.", "eleven ninety-nine, all units."),
    ("Unit 7, 10-8.", "Unit seven, ten eight."),
    ("4A10, Dispatch.", "four Adam ten, Dispatch."),
    ("Four Adam Ten, go ahead.", "four Adam ten, go ahead."),
    ("4-Adam-10 copies.", "four Adam ten copies."),
    ("12L40 copy", "twelve Lincoln forty copy"),
    ("K-9 is asleep.", "K nine is asleep."),
    ("Call 911.", "Call nine one one."),
    ("Code 3.", "Code three."),
    # times
    ("At 3:12 a.m., mostly jelly.", "At three twelve A M, mostly jelly."),
    ("03:10", "oh three ten"),
    ("It was 12:05.", "It was twelve oh five."),
    ("7:00 p.m.", "seven P M"),
    ("at 3 AM", "at three A M"),
    ("15:00 sharp", "fifteen hundred sharp"),
    ("0310 hours", "oh three ten hours"),
    ("9:00 on the dot", "nine o'clock on the dot"),
    ("23:59", "twenty-three fifty-nine"),
    ("It is 3:12 a.m. Nobody is up.", "It is three twelve A M. Nobody is up."),
    ("Back by 5 p.m. Dispatch says no.", "Back by five P M. Dispatch says no."),
    ("at 12:00", "at twelve o'clock"),
    ("1730 hours", "seventeen thirty hours"),
    # titles, streets and houses
    ("Dr. Oz met Sgt. Bell.", "Doctor Oz met Sergeant Bell."),
    ("St. Mary's, on Elm St. at 5.", "Saint Mary's, on Elm Street at five."),
    ("He lives on Elm Dr.", "He lives on Elm Drive"),
    ("1420 Elm Ave., upstairs.", "fourteen twenty Elm Avenue, upstairs."),
    ("240 Sycamore Lane", "two forty Sycamore Lane"),
    ("105 Old Mill Rd. again", "one oh five Old Mill Road again"),
    ("Mr. and Mrs. Ortiz", "Mister and Missus Ortiz"),
    ("Lt. Vance v. Capt. Moss", "Lieutenant Vance v. Captain Moss"),
    ("Ofc. Reyes and Det. Pool", "Officer Reyes and Detective Pool"),
    ("Prof. Hale lives on Mill Ln.", "Professor Hale lives on Mill Lane"),
    ("Rev. Moss, Jr.", "Reverend Moss, Junior."),
    ("12 Pine Ct., back door", "twelve Pine Court, back door"),
    ("Hwy. 9 is closed", "Highway nine is closed"),
    ("Geese vs. swans", "Geese versus swans"),
    ("Geese, ducks, etc.", "Geese, ducks, et cetera."),
    ("e.g. a goose", "for example a goose"),
    ("a.k.a. Mister Honk", "also known as Mister Honk"),
    ("Apt. 4, Dept. of Geese", "Apartment four, Department of Geese"),
    # money, counts and measures
    ("$12.50", "twelve dollars and fifty cents"),
    ("$1", "one dollar"),
    ("$0.99", "ninety-nine cents"),
    ("$1,200 in coins", "one thousand two hundred dollars in coins"),
    ("$2 million", "two million dollars"),
    ("Suspect #3", "Suspect number three"),
    ("No. 4 is a goose", "number four is a goose"),
    ("1,204 doughnuts", "one thousand two hundred four doughnuts"),
    ("24 doughnuts", "twenty-four doughnuts"),
    ("2.5 mph", "two point five miles an hour"),
    ("50% off", "fifty percent off"),
    ("5'10\" tall", "five foot ten tall"),
    ("6 ft tall", "six feet tall"),
    ("about 40 lbs. of jelly", "about forty pounds of jelly"),
    ("1/2 a bagel", "one half a bagel"),
    ("2½ bagels", "two and a half bagels"),
    ("3-5 geese", "three to five geese"),
    ("3–5 geese", "three to five geese"),
    ("the 22nd time", "the twenty-second time"),
    ("his 1st arrest", "his first arrest"),
    ("since 1994", "since nineteen ninety-four"),
    ("open 24/7", "open twenty-four seven"),
    ("~30 geese", "about thirty geese"),
    ("-4 degrees", "minus four degrees"),
    ("555-0123", "five five five, oh one two three"),
    ("12°F", "twelve degrees"),
    ("3/4 of a cake", "three quarters of a cake"),
    ("the 103rd goose", "the one hundred third goose"),
    ("1,000,000 seeds", "one million seeds"),
    ("0.5 miles", "zero point five miles"),
    ("in 2026", "in twenty twenty-six"),
    ("20 min. late", "twenty minutes late"),
    ("6 oz of jam", "six ounces of jam"),
    ("10 kg of bread", "ten kilograms of bread"),
    ("2 + 2 = 4", "two plus two equals four"),
    ("Call 555-867-5309", "Call five five five, eight six seven, five three oh nine"),
    ("goosewatch.org has it", "goosewatch dot org has it"),
    ("7-11 is open", "seven to eleven is open"),
    # what is off the radio spelled by letters
    ("Plate 7ABC123.", "Plate seven A B C one two three."),
    ("plate GLZ-4410", "plate G L Z four four one zero"),
    # what can't be said
    ("**honk** _loudly_", "honk loudly"),
    ("# Heading", "Heading"),
    ("- wait -- what?", "wait, what?"),
    ("[static] (beat) Yes...", "Yes."),
    ("Wait… what", "Wait, what"),
    ("Ok—go", "Ok, go"),
    ("He said \"stop\".", "He said stop."),
    ("wait for it . . . now", "wait for it. now"),
    ("See [the sign](http://example.com).", "See the sign."),
    ("What?! No!!", "What? No!"),
    ("`code` ~~gone~~", "code gone"),
    ("salt & pepper @ noon", "salt and pepper at noon"),
    ("goose and/or swan", "goose and or swan"),
    ("a box w/ holes", "a box with holes"),
    ("🦝 in the shop 😂", "raccoon in the shop"),
    ("Nice 👍🏽 hat 🎩!", "Nice hat top hat!"),
    # capitals
    ("FREEZE, RACCOON!", "freeze, raccoon!"),
    ("PUT IT DOWN NOW!", "put it down now!"),
    ("I'M A POLICE OFFICER", "I'm a police officer"),
    ("An APB for the SUV", "An A P B for the S U V"),
    ("I know, I'm a goose.", "I know, I'm a goose."),
    ("OK, BOLO is out", "okay, bolo is out"),
]  # fmt: skip

ELSEWHERE = [
    ("es", "**Alto** — 10-4, señor.", "Alto, 10 4, señor."),
    ("es", "Sr. Ruiz, son las 3:12.", "señor Ruiz, son las 3 y 12."),
    ("es", "4A10, el 50% de los patos", "4 A 10, el 50 por ciento de los patos"),
    ("es", "La Sra. Paz vive en Av. Sol 12, núm. 4", "La señora Paz vive en avenida Sol 12, número 4"),
    ("de", "Hände hoch! [Rauschen]", "Hände hoch!"),
    ("de", "Um 3:05 kam Hr. Gans.", "Um 3 Uhr 5 kam Herr Gans."),
    ("de", "Es ist 15:00, z. B. jetzt", "Es ist 15 Uhr, zum Beispiel jetzt"),
    ("de", "Nr. 7 & 12€", "Nummer 7 und 12 Euro"),
    ("de", "Der 🦝 da", "Der waschbär da"),
    ("fr", "Mme Oie, il est 3:12 !", "madame Oie, il est 3 heures 12!"),
    ("fr", "10-4, $20 pour M. Raton", "10 4, 20 dollars pour monsieur Raton"),
    ("it", "Il Sig. Oca, ore 3:12, ecc.", "Il signor Oca, ore 3 e 12, eccetera"),
    ("pt", "Sr. Pato, placa GLZ-4410", "senhor Pato, placa G L Z 4 4 1 0"),
    ("nl", "Dhr. Gans om 3:12 uur? nr. 4", "Dhr. Gans om 3 uur 12 uur? nummer 4"),
    ("ru", "«Стой!» — сказал он…", "Стой! сказал он."),
    ("el", "Σταμάτα, 3:12", "Σταμάτα, 3 12"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "said"), SAID)
def test_english_is_said_the_way_people_say_it(written: str, said: str) -> None:
    assert spoken_text(written, radio=False, language="en") == said


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(SAID) + len(ELSEWHERE) >= 100


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Plate 7ABC123.", "Plate seven Adam Boy Charles one two three."),
        ("plate GLZ-4410", "plate George Lincoln Zebra four four one zero"),
        ("9X2 to 4K12", "nine X-ray two to four King twelve"),
    ],
)
def test_on_the_air_letters_are_said_with_the_apco_alphabet(written: str, said: str) -> None:
    assert spoken_text(written, radio=True, language="en-US") == said


@pytest.mark.parametrize(("language", "written", "said"), ELSEWHERE)
def test_other_languages_keep_their_words_and_lose_only_the_unspeakable(language: str, written: str, said: str) -> None:
    assert spoken_text(written, radio=True, language=language) == said


@pytest.mark.parametrize("written", ["", "   ", "… — !", "***", "😂😂", "(sighs)", "[static]", "?!", "\u200b"])
def test_a_line_without_anything_to_say_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(RequestRejected, match="nothing to say"):
        spoken_text(written, radio=False, language="en")


@pytest.mark.parametrize("written", [written for written, _ in SAID])
def test_what_is_said_can_be_said_again_without_changing(written: str) -> None:
    once = spoken_text(written, radio=True, language="en")
    assert spoken_text(once, radio=True, language="en") == once


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "zero"), (13, "thirteen"), (40, "forty"), (100, "one hundred"), (1_000_001, "one million one")],
)
def test_counts_are_put_in_words(number: int, words: str) -> None:
    assert cardinal(number) == words


def test_ordinals_of_compounds_change_their_last_part_alone() -> None:
    assert [ordinal(n) for n in (1, 12, 20, 31, 100)] == [
        "first",
        "twelfth",
        "twentieth",
        "thirty-first",
        "one hundredth",
    ]
