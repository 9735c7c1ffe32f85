"""The words that the search for names goes by: what is common, what is a title, what is a kind of place.

The three long lists are data files beside this module; none of them holds a name of a source.
"""

import functools
import re
import unicodedata
from pathlib import Path


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words(
    """mr mrs ms mx miss dr doctor prof professor rev reverend father sister brother pastor rabbi imam sir dame lord
    lady officer sergeant sgt detective det lieutenant lt captain capt corporal cpl deputy sheriff constable pc
    inspector insp superintendent supt chief commander trooper marshal ranger agent patrolman patrolwoman warden judge
    justice councillor councilman councilwoman councilmember alderman mayor governor senator president secretary
    minister principal coach nurse paramedic firefighter medic dispatcher reporter correspondent editor attorney lawyer
    señor señora señorita don doña monsieur madame mademoiselle herr frau signor signora sra sr mme mlle"""
)
"""Words that stand before a person's name. Kept in the text; what follows them is a name."""

ROLES = _words(
    """witness suspect victim caller complainant resident neighbour neighbor owner co-owner manager driver clerk cashier
    employee worker spokesman spokeswoman spokesperson passenger homeowner tenant landlord shopkeeper baker butcher
    husband wife son daughter brother sister mother father uncle aunt cousin grandmother grandfather friend partner
    veterinarian vet farmer mechanic bartender waitress waiter barber florist janitor caretaker guard named called
    interviewer interviewee narrator host presenter subject male female bystander shopper customer dispatcher by"""
)
"""Words that may stand before a person's name."""

REPORTING = _words(
    """said says told tells asked asks added adds stated states explained explains recalled recalls replied replies
    claimed claims insisted insists admitted admits shouted shouts yelled whispered reported reports testified noted
    laughed sighed joked argued confirmed confirms denied denies advised advises answered apologised apologized
    remarked observed responded wrote writes declined refused agreed remembered remembers estimated estimates"""
)
"""Verbs that a person's name stands beside."""

PERSON_VERBS = REPORTING | _words(
    """was is has had ran runs fled walked drove took went came saw heard called arrived left opened closed grabbed
    stood sat tried began started stopped found gave made got pulled pushed carried climbed chased followed returned
    offered demanded wanted wants thinks thought believes believed knew knows works worked lives lived owns owned who
    looked turned pointed waited kept held lifted noticed watched managed picked put locked unlocked rang phoned
    jumped threw tripped slipped fell escaped hid crossed entered handed paid bought sold spent will would could did
    does swore signed identified recognised recognized arrested cuffed escorted interviewed photographed radioed"""
)
"""Verbs that a bare family name at the start of a sentence may be followed by."""

CALENDAR = _words(
    """monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january
    february march april may june july august september october november december jan feb mar apr jun jul aug sep sept
    oct nov dec christmas easter halloween thanksgiving ramadan diwali hanukkah new-year mondays tuesdays wednesdays
    thursdays fridays saturdays sundays"""
)

ALLOWED = _words(
    """i i'm i'd i'll i've god lord english spanish french german italian american british european african asian
    dutch swedish polish chinese japanese indian mexican irish scottish welsh russian greek turkish portuguese
    danish norwegian finnish latin christian jewish muslim internet earth alsatian labrador chihuahua dachshund
    cctv atm suv gps dna tv dvd cd usb pin led id diy dj vip am pm utc gmt eta bolo ems emt swat hq ok pa pvc rv mph
    kph kg km lbs lb oz ft mm cm aed ppe sos fyi asap aka er icu pd fd faq pdf url ai uk us usa eu un ied ac dc
    dob ssn vin rp r/p gc nb sb eb wb nbd byo bbq mc lol omg tba tbc n/a na eof re wifi wi fi ac ir uv hd hr hrs
    mic mics cam cams cad mdt dui dwi rsvp ii iii iv vi vii viii jr sr phd md esq ltd inc llc co st ave blvd rd ln"""
)
"""Written with a capital and no name: days, tongues, short forms."""

STREETS = _words(
    """street st avenue ave road rd boulevard blvd lane ln drive dr court ct place pl square sq terrace way parkway
    pkwy highway hwy crescent close row alley circle plaza mews hill gardens walk quay wharf embankment rue calle via
    strasse straße platz avenida chemin weg gasse route pike turnpike"""
)
"""Kinds of street. Before them stands a street's name."""

KINDS = _words(
    """county city town village township borough district parish valley river creek lake bay beach park woods forest
    bridge station airport harbour harbor pier market mall centre center school academy college university hospital
    clinic church chapel cathedral temple mosque library museum gallery theatre theater cinema stadium arena zoo
    aquarium farm ranch nursery bakery donuts donut doughnuts doughnut diner cafe café coffee restaurant grill bar pub
    tavern inn hotel motel hostel lodge bank credit union savings pawn shop store stores mart supermarket grocery
    garage auto motors repair tires tyres car wash laundry laundromat salon barbershop barbers spa gym club casino bowl
    bowling lanes pizza pizzeria burgers burger tacos sushi noodles kitchen deli butchers pharmacy drugs hardware
    storage depot warehouse plant factory works mill office offices bureau department dept police fire rescue sheriff's
    sheriff constabulary force service services company co corporation corp inc ltd llc group holdings association
    society foundation institute council commission authority agency court courthouse jail prison precinct division
    unit squad team league apartments apartment flats flat towers tower building house hall heights estates estate
    plaza post news times herald gazette tribune chronicle journal courier observer echo daily evening morning weekly
    radio television tv channel festival fair parade trust home homes care animal shelter control pet pets toys books
    video computers phones bikes cycles flowers florist gifts antiques furniture carpets rentals rental taxi taxis cabs
    bus buses lines railway rail airlines transport haulage removals cleaners dry crossing roundabout junction"""
)
"""Kinds of place, business and body. Beside them stands its own name; they are kept."""

PREPOSITIONS = _words("in at near from to of outside around toward towards beyond through across past into via for")

PARTICLES = _words(
    "de la las los del della di da dos das do van von der den ter ten af av bin ibn al el le du des y e st san santa "
    "saint"
)

SUFFIXES = _words("jr sr ii iii iv esq phd md")

CONTRACTIONS = re.compile(r"(?:n['’]t|['’](?:s|ll|re|ve|d|m|t|em|all))$", re.IGNORECASE)


def fold(word: str) -> str:
    """Return the one spelling of a word by which it is known again: no accents, no apostrophes, no capitals."""
    bare = unicodedata.normalize("NFKD", word.replace("ß", "ss").replace("ø", "o").replace("Ø", "o").replace("ł", "l"))
    letters = (letter for letter in bare.casefold() if not unicodedata.combining(letter) and letter not in "'’`´ʼ")
    return "".join(letters).replace("ł", "l").replace("ø", "o").replace("æ", "ae").replace("đ", "d")


def strip_possessive(word: str) -> str:
    """Return a word without `'s` or a closing apostrophe."""
    return re.sub(r"['’`´ʼ](?:[sS])?$", "", word)


def _load(name: str) -> frozenset[str]:
    text = (Path(__file__).with_name(name)).read_text(encoding="utf-8")
    rows = (row for row in text.splitlines() if not row.startswith("#"))
    return frozenset(fold(word) for row in rows for word in re.split(r"[\s\-]+", row) if word)


@functools.cache
def _common() -> frozenset[str]:
    return _load("words.txt") | {fold(word) for word in KINDS | TITLES | ROLES | PERSON_VERBS}


@functools.cache
def first_names() -> frozenset[str]:
    """Return given names, folded."""
    return _load("first_names.txt")


@functools.cache
def family_names() -> frozenset[str]:
    """Return family names that are also ordinary words, folded."""
    return _load("surnames.txt")


def _stems(word: str) -> list[str]:
    """Return what `word` may be an inflection of."""
    found = [word]
    for ending, replacements in (
        ("ies", ("y",)), ("ves", ("f", "fe")), ("es", ("", "e")), ("s", ("",)), ("ied", ("y",)), ("ed", ("", "e")),
        ("ier", ("y",)), ("iest", ("y",)), ("er", ("", "e")), ("est", ("", "e")), ("ying", ("ie", "y")),
        ("ing", ("", "e")), ("ily", ("y",)), ("ally", ("al", "ic")), ("bly", ("ble",)), ("ly", ("",)), ("ness", ("",)),
        ("less", ("",)), ("ful", ("",)), ("like", ("",)), ("y", ("", "e")),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            stem = word[: -len(ending)]
            found += [stem + replacement for replacement in replacements]
            if len(stem) > 3 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return found


@functools.cache
def is_common(word: str) -> bool:
    """Say whether a word, in any case, is ordinary English rather than a name."""
    plain = CONTRACTIONS.sub("", word)
    folded = fold(plain)
    if not folded or fold(word) in _common() or folded in _common():
        return True
    stems = [stem for base in _stems(folded) for stem in _stems(base)]
    stems += [
        stem[len(prefix) :]
        for stem in stems
        for prefix in ("un", "re", "over")
        if stem.startswith(prefix) and len(stem) > len(prefix) + 3
    ]
    return any(len(stem) > 2 and stem in _common() for stem in stems)


FUNCTION = _words(
    """a an the and or but nor so yet for if then than that this these those there here where when while who whom whose
    which what why how i me my you your he him his she her it its we us our they them their one two three four five six
    seven eight nine ten of in on at by to from with without within into onto upon over under above below between among
    through across along around about against after before behind beside near off out outside inside up down during
    until since because although though despite toward towards via as am is are was were be been being do does did have
    has had will would shall should can could may might must not no yes very too also just only even still again already
    always never now today tonight tomorrow yesterday some any all both each every either neither other another same
    such more most much many few several meanwhile however once twice later soon perhaps maybe according another next
    last local new old state federal"""
)
"""Words that are never part of somebody's name when they begin a sentence."""
