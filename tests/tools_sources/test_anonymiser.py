import pickle
import re
import unicodedata

import pytest

from tools.sources.names import Anonymiser

PEOPLE = ("Thaddeus", "Brankovic", "Xiomara", "Quiñones", "Achterberg", "O'Dowd", "Núñez", "Vandermolen")


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def named(text: str) -> set[str]:
    words = set(re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", folded(text)))
    words |= {word.removesuffix("'s") for word in words}
    return {name for name in PEOPLE if folded(name) in words}


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize(
    "sentence",
    [
        "{0} ate the evidence.",
        "{0}’s goose ate the evidence, and {0}'s hat.",
        "THE GOOSE BIT {0}.",
        'The goose said nothing, but "{0}" was on the note.',
        "Officers spoke to Mr. {0} about it.",
        "An ex-{0} neighbour saw the goose near {0}-Smith.",
        "{0}: I saw the goose.",
        "It bit (J. R. {0}) twice.",
    ],
)
def test_a_name_is_replaced_wherever_it_stands(name: str, sentence: str) -> None:
    text = sentence.format(name.upper() if sentence.isupper() else name)
    assert not named(Anonymiser([text], 3).clean(text))


def test_a_name_written_without_its_accents_is_the_same_person() -> None:
    texts = ["Officers met Eugene Núñez.", "Nunez ran.", "NUNEZ FELL OFF THE ROOF."]
    first, second, third = (anonymiser_clean(texts, text) for text in texts)
    invented = first.removesuffix(".").split()[-1]
    assert second == f"{invented} ran."
    assert third.startswith(invented.upper())


def anonymiser_clean(texts: list[str], text: str) -> str:
    return Anonymiser(texts, 11).clean(text)


def test_a_person_keeps_one_fictional_name_over_all_sources() -> None:
    texts = ["Sgt. Xiomara Achterberg arrived at noon.", "Achterberg's llama left.", "A goose bit Achterberg."]
    anonymiser = Anonymiser(texts, 5)
    surname = anonymiser.clean(texts[0]).split()[2]
    assert anonymiser.clean(texts[1]) == f"{surname}'s llama left."
    assert anonymiser.clean(texts[2]) == f"A goose bit {surname}."


def test_ordinary_sentences_stay_as_they_are() -> None:
    texts = [
        "Doughnuts were found on the roof at 3:12 a.m. on Tuesday, and nobody claimed them.",
        "Trampolines and llamas don't mix, the officer said.",
        '"Put the goose down," the sergeant shouted.',
        "Two men pushed a safe behind the car wash for 40 minutes; it cost $31.75.",
        "However, in May the CCTV showed a raccoon with an ID badge.",
        "THE RACCOON CLIMBED ONTO THE FREEZER WITH TWO DOZEN DOUGHNUTS.",
        "4 Adam 10 was en route, code 3.",
    ]
    anonymiser = Anonymiser(texts, 1)
    assert [anonymiser.clean(text) for text in texts] == texts


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("The van's plate was 7KLM392.", "7KLM392"),
        ("A car with registration KX07 BHN sped off.", "KX07"),
        ("It carried plate number ABX-4471 and a goose.", "4471"),
        ("A tag reading HONK4ME was found.", "HONK4ME"),
        ("Call 503-555-0198 now.", "555-0198"),
        ("Ring (971) 867-5309 or 07700 900123.", "867-5309"),
        ("Ring +44 20 7946 0958.", "7946"),
        ("He lives at 1427 Larkspur Avenue.", "1427"),
        ("He lives at 1427 LARKSPUR AVENUE.", "LARKSPUR"),
        ("She went to Main Street.", "Main"),
        ("Write to s.fenn@example.org today.", "fenn"),
        ("See https://example.com/goose?id=7 for it.", "example"),
        ("Filmed by @dhalloran_donuts.", "dhalloran"),
        ("The suspect was born on 14 March 1971.", "1971"),
        ("DOB 03/14/1971.", "14/1971"),
        ("Case number 24-001837 is open.", "001837"),
        ("Plate spelled Seven King Lincoln Mary Three Nine Two over the air.", "King Lincoln"),
        ("They fled on Route 9 with it.", "Route 9 "),
        ("The house is in Portland, OR 97201.", "97201"),
        ("A man from the Hollow Creek Police Department came.", "Hollow"),
        ("Hollow Creek Sheriff's Office came.", "Hollow"),
        ("They met at Sunrise Car Wash.", "Sunrise"),
    ],
)
def test_what_points_at_a_person_is_replaced(text: str, secret: str) -> None:
    cleaned = Anonymiser([text], 2).clean(text)
    assert secret not in cleaned
    assert not re.search("[\U000f0000-\U000ffffd]", cleaned)


def test_police_bodies_become_the_department() -> None:
    text = "Officers of the Hollow Creek Police Department arrived."
    assert Anonymiser([text], 2).clean(text) == "Officers of the department arrived."


def test_the_same_seed_gives_the_same_names_and_another_seed_others() -> None:
    text = "Sgt. Xiomara Achterberg called Thaddeus Brankovic."
    assert Anonymiser([text], 4).clean(text) == Anonymiser([text], 4).clean(text)
    assert len({Anonymiser([text], seed).clean(text) for seed in range(5)}) == 5


def test_no_invention_is_a_name_of_the_sources() -> None:
    # Every name that the inventor might draw for Halloran stands in the source already, in one of the seeds.
    seeds = range(40)
    plain = {Anonymiser(["Mr. Halloran ran."], seed).clean("Mr. Halloran ran.").split()[1] for seed in seeds}
    texts = ["Mr. Halloran ran.", *(f"Mr. {name} sat." for name in sorted(plain))]
    for seed in seeds:
        assert Anonymiser(texts, seed).clean(texts[0]).split()[1] not in plain


def test_the_table_of_names_cannot_be_pickled() -> None:
    with pytest.raises(TypeError, match="never written"):
        pickle.dumps(Anonymiser(["Mr. Halloran ran."], 1))
