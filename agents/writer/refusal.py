"""Themes that are not made: gore, sexual content, hate, real people. Only patterns, so that it answers at once."""

import re

from episodes.errors import InputRefused

_GORE = re.compile(
    r"\b(gore|gory|disembowel\w*|dismember\w*|decapitat\w*|behead\w*|mutilat\w*|tortur(?:e|ed|es|ing)\b|entrails|"
    r"blood(?:bath|soaked|-soaked)|massacre\w*|slaughter(?:s|ed|ing)? (?:of )?(?:people|children|families|everyone)|"
    r"snuff film|rip(?:s|ped|ping)? (?:out|off) (?:his|her|their|someone'?s|people'?s) (?:guts|heart|head|limbs|eyes)|"
    r"school shooting|mass shooting|murder(?:s|ed|ing)? (?:children|a child|kids|his wife|her husband|his family)|"
    r"suicide|self-harm|child abuse)\b",
    re.IGNORECASE,
)
_SEXUAL = re.compile(
    r"\b(porn\w*|hentai|erotic\w*|sex(?:ual|ually|y|ting)?\b(?! ?(?:pistols|ed\b))|orgy|orgies|"
    r"nude(?:s)?\b|naked (?:girl|boy|woman|man|child|teen)\w*|"
    r"rap(?:e|es|ed|ist|ing)\b|molest\w*|incest|fetish\w*|strip(?:per|tease|pers)|masturbat\w*|nsfw|blow ?job)\b",
    re.IGNORECASE,
)
_GROUPS = (
    r"(?:jews?|jewish|muslims?|islam|christians?|catholics?|hindus?|sikhs?|blacks?|"
    r"black people|whites?|white people|asians?|"
    r"arabs?|mexicans?|immigrants?|refugees?|migrants?|gays?|gay people|lesbians?|"
    r"trans people|transgender people|women|"
    r"roma|gypsies|disabled people|foreigners)"
)
_HATE = re.compile(
    rf"\b(nigg\w+|fagg\w+|kike\w*|spics?\b|chinks?\b|trann(?:y|ies)|wetback\w*|"
    rf"retards?\b|white power|white supremac\w*|"
    rf"ethnic cleansing|heil|nazi (?:heroes|victory|pride)|gas the \w+|"
    rf"(?:hate|hates|hating|kill|kills|killing|exterminat\w+|deport\w*|lynch\w*|"
    rf"beat(?:ing)? up|attack(?:s|ing)?|get rid of|"
    rf"punish\w*|mock(?:s|ing)?) (?:all )?(?:the )?{_GROUPS}|"
    rf"(?:all |the |why ){_GROUPS} (?:are|is) (?:\w+ )?(?:thieves|criminals|inferior|vermin|"
    rf"animals|stupid|dirty|evil|scum|lazy|subhuman))\b",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"\b(donald trump|trump|joe biden|biden|barack obama|obama|kamala harris|hillary clinton|vladimir putin|putin|"
    r"zelensky|xi jinping|kim jong[- ]un|elon musk|musk|jeff bezos|bezos|"
    r"mark zuckerberg|zuckerberg|bill gates|taylor swift|"
    r"kanye(?: west)?|beyonc[eé]|kim kardashian|kardashians?|justin bieber|tom cruise|"
    r"oprah(?: winfrey)?|king charles|prince harry|"
    r"meghan markle|queen elizabeth|boris johnson|keir starmer|emmanuel macron|macron|"
    r"angela merkel|olaf scholz|narendra modi|"
    r"benjamin netanyahu|netanyahu|pope (?:francis|leo)|greta thunberg|lionel messi|"
    r"cristiano ronaldo|lebron james|joe rogan|"
    r"adolf hitler|hitler|osama bin laden)\b",
    re.IGNORECASE,
)
_NAME = r"[A-ZÀ-Þ][a-zà-ÿ'’-]+ (?:[A-ZÀ-Þ]\. )?[A-ZÀ-Þ][A-Za-zà-ÿ'’-]+"
_RELATION = (
    r"(?i:neighbou?r|boss|ex|ex-wife|ex-husband|wife|husband|girlfriend|boyfriend|"
    r"teacher|coworker|co-worker|colleague|landlord|"
    r"classmate|roommate|flatmate|manager|doctor|dentist|cousin|uncle|aunt|brother|"
    r"sister|mother|father|mom|dad|friend|professor|"
    r"stepmother|stepfather|daughter|son|mailman|babysitter)"
)
_PRIVATE = re.compile(
    rf"(?:\b(?i:my|our|his|her) {_RELATION},? (?:{_NAME}|[A-ZÀ-Þ][a-zà-ÿ]+\b))|"
    rf"(?:\b(?i:named|called|by the name of) {_NAME})|"
    rf"(?:\b(?i:mr|mrs|ms|dr)\.? {_NAME})|"
    rf"(?:{_NAME},? (?i:who lives|who works|from|of|at) (?:(?i:at|in|on|number) )?\d{{1,5}}\b)|"
    rf"(?:{_NAME},? (?i:from my (?:school|work|office|street|class|building|neighbou?rhood)))"
)
_HOME = re.compile(
    r"\b(?:my|our|his|her) (?:neighbou?r|ex|boss|teacher|landlord|classmate)s?\b.{0,40}?\b\d{1,5} "
    r"\w+ (?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|way|court)\b",
    re.IGNORECASE,
)
_THINGS_CALLED = re.compile(
    r"(?i:\b(?:raccoon|goose|duck|cat|dog|parrot|pig|goat|cow|horse|donkey|chicken|"
    r"rooster|hamster|turtle|robot|boat|ship|"
    r"snowman|scarecrow|gnome|lawnmower|truck|bus|snail|lobster|pigeon|llama|moose|"
    r"bear|fox|owl|show|film|book|song|dish|"
    r"pizza|shop|band|team|racehorse|goldfish|tortoise|roomba|toaster|machine|"
    r"statue|balloon|puppet)s?,? (?:named|called) )"
)


def check_theme(theme: str) -> None:
    """Raise `InputRefused` with one sentence when this theme is not for this program; else do nothing."""
    if _GORE.search(theme):
        raise InputRefused("This theme asks for gore or cruelty, which is not made here: let nobody be hurt.")
    if _SEXUAL.search(theme):
        raise InputRefused("This theme asks for sexual content, which is not made here: try another theme.")
    if _HATE.search(theme):
        raise InputRefused("This theme is against a group of people, which is not made here: joke about the officers.")
    if _KNOWN.search(theme):
        raise InputRefused("This theme is about a real, well-known person: name somebody fictional.")
    if _HOME.search(theme) or _PRIVATE.search(_THINGS_CALLED.sub("a ", theme)):
        raise InputRefused("This theme seems to be about a real private person: leave out their name and address.")
