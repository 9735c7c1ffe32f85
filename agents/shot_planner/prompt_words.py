"""Words that do not belong in a prompt for a video model: they leak into the picture, or name what it must not show."""

import re

_NAME = re.IGNORECASE

BRANDS = (
    r"canon(?: eos(?: \w+)?)?|nikon(?: z\d)?|sony(?: (?:alpha|a7\w*|fx\d+|venice))?|fujifilm|leica|hasselblad|"
    r"panavision|"
    r"arri(?: alexa(?: \w+)?)?|alexa (?:mini|65|lf)|(?-i:RED) (?:komodo|dragon|weapon|monstro|v-raptor)|"
    r"blackmagic(?: \w+)?|"
    r"gopro(?: hero ?\d*)?|dji(?: \w+)?|zeiss|cooke|steadicam|axon body(?: \d)?|iphone(?: \d+)?(?: pro)?|samsung|"
    r"coca[- ]cola|pepsi|mcdonald['’]?s|burger king|starbucks|dunkin['’]?(?: donuts)?|krispy kreme|nike|adidas|"
    r"walmart|costco|ikea|lego|netflix|google|tiktok|instagram|facebook|amazon prime|tesla model \w|crown victoria|"
    r"ford (?:explorer|f-?150|mustang)|toyota|honda|bmw|mercedes(?:-benz)?|chevrolet|harley[- ]davidson|glock|"
    r"motorola"
)
"""Makers of cameras, lenses, phones, cars and sweets: their names bring their logos."""
STOCKS = (
    r"kodak(?: (?:portra|vision3?|ektachrome|gold|tri-x)(?: \w+)?)?|portra \d+|ektachrome|kodachrome|"
    r"fuji(?:color|chrome)"
    r"|cinestill(?: \w+)?|(?:35|16|8|65|70) ?mm film|super[- ]?(?:8|16|35)|celluloid|film grain"
)
FORMATS = (
    r"imax|\d{1,2}k(?: (?:uhd|hdr|resolution|quality))?|uhd|ultra[- ]?hd|full hd|hdr|\d{3,4}p|\d{2,3} ?fps|"
    r"high[- ]resolution|hi[- ]res|dolby vision"
)
MAKINGS = (
    r"unreal engine(?: ?\d)?|unity engine|octane(?: render)?|blender render|v-?ray|ray[- ]tracing|midjourney|"
    r"artstation|"
    r"deviantart|trending on \w+|masterpiece|best quality|award[- ]winning|cgi|3d render(?:ing)?|pixar|disney|"
    r"(?:studio )?ghibli|stock (?:footage|photo|video)"
)
ARTISTS = (
    r"tarantino|kubrick|spielberg|christopher nolan|wes anderson|hitchcock|david lynch|roger deakins|lubezki|"
    r"miyazaki|"
    r"van gogh|picasso|rembrandt|monet|banksy|hopper painting|greg rutkowski|alphonse mucha|h\.? ?r\.? giger|"
    r"norman rockwell|annie leibovitz|gregory crewdson"
)
PERSONS = (
    r"donald trump|joe biden|barack obama|elon musk|taylor swift|tom hanks|brad pitt|angelina jolie|beyonc[eé]|"
    r"keanu reeves|vladimir putin|kim kardashian|mark zuckerberg|jeff bezos|bill gates|king charles|kanye west|"
    r"cristiano ronaldo|lionel messi|michael jackson|elvis presley|marilyn monroe|dwayne johnson|will ferrell"
)
_RECORDER = (
    r"(?:body[- ]?(?:cam|camera)|bodycam|body[- ]worn camera|dash[- ]?cam(?:era)?|cctv(?: camera)?|"
    r"security camera|security|"
    r"surveillance(?: camera)?|doorbell(?: camera)?|drone(?: camera)?|helicopter(?: camera)?|phone|smartphone|news|"
    r"found|leaked|raw|handheld)"
)
_HUNG = r"(?<!the )(?<!his )(?<!her )(?:body[- ](?:worn )?|dash|security|surveillance|doorbell)[ -]?cam(?:era)?"
"""A camera that is spoken of as the picture's own, and not as a thing in it."""
_FOOTAGE = (
    rf"(?:(?:{_RECORDER}[- ])?(?:footage|recording)(?: of| from)?(?: (?:a |the )?(?:video|screen|clip)(?: of)?)?"
    rf"|{_RECORDER}[- ](?:video|clip)(?: of| from)?|(?:video|clip) of|{_HUNG})"
)
_SEEN_FROM = (
    (r"drone|helicopter", "seen from high above"),
    (r"body", "seen from chest height"),
    (r"dash", "seen from a dashboard"),
    (r"cctv|security|surveillance", "seen from the ceiling"),
    (r"doorbell", "seen from a door at chest height"),
    (r"", "seen"),
)
SCREEN = (
    r"on[- ]screen text|text overlay|title card|lower third|subtitles?|captions?|closed captions|watermark(?:ed)?|"
    r"time[- ]?stamp|date[- ]?stamp|timecode|hud|logo|rec(?:ording)? (?:icon|light|symbol|dot)|end credits|"
    r"film title|"
    r"(?:text|words|letters) (?:saying|reading|that says?|that reads?|"
    r"appears? on(?: the)? screen)(?: [\"“'][^\"”']*[\"”'])?"
)
"""Writing over the picture: the finish writes what belongs there, and a model writes it wrong."""

_NAMES = "|".join((BRANDS, STOCKS, FORMATS, MAKINGS, ARTISTS))
_TAIL = r"(?:\s+(?:camera|lens|footage|style|film|quality|look|render))*"
_TAKEN = r"(?:shot|filmed|captured|recorded|taken|photographed|rendered|directed|painted)"
_LEAK = re.compile(
    rf",?\s*(?:in|with) the style of (?:{ARTISTS}|(?-i:[A-Z]\w+(?: [A-Z]\w+)*))"
    rf"|,?\s*{_TAKEN}\s+(?:on|with|using|in|by)\s+(?:an?\s+|the\s+)?(?:{_NAMES}){_TAIL}(?![\w-])"
    rf"|,\s*(?:an?\s+|the\s+)?(?:{_NAMES}){_TAIL}(?=\s*(?:[,.;]|$))"
    rf"|(?<![\w-])(?:{_NAMES}){_TAIL}(?![\w-])",
    _NAME,
)
_PERSON = re.compile(rf"(?<![\w-])(?:{PERSONS})(?![\w-])", _NAME)
_FOOTAGE_WORDS = re.compile(rf"(?:(?<![\w-])(?:an?|the) )?(?<![\w-]){_FOOTAGE}(?![\w-])", _NAME)
_SCREEN_WORDS = re.compile(rf",?\s*(?:with\s+)?(?:(?<!\w)(?:an?|the)\s+)?(?<![\w-])(?:{SCREEN})(?![\w-])", _NAME)


def leaks(text: str) -> tuple[str, ...]:
    """Return the words that would bring a maker, a technique, an artist or a real person into the picture."""
    return tuple(found.group().strip(" ,") for way in (_LEAK, _PERSON) for found in way.finditer(text))


def footage_words(text: str) -> tuple[str, ...]:
    """Return words that speak of a recording and not of what is recorded: a model shows a screen, or a drone."""
    return tuple(found.group().strip() for found in _FOOTAGE_WORDS.finditer(text))


def screen_words(text: str) -> tuple[str, ...]:
    """Return words that ask for writing over the picture."""
    return tuple(found.group().strip(" ,") for found in _SCREEN_WORDS.finditer(text))


def without_leaks(text: str) -> str:
    """Return a text without all of these; what a recording's words say of the point of view is kept."""
    text = _FOOTAGE_WORDS.sub(lambda found: _seen_from(found.group()), text)
    return tidy(_SCREEN_WORDS.sub("", _LEAK.sub("", _PERSON.sub("somebody", text))))


def tidy(text: str) -> str:
    """Return a text without the gaps that words leave behind when they are taken out."""
    text = re.sub(r"\s+([,.;])", r"\1", " ".join(text.split()))
    text = re.sub(r"(?:[,;]\s*)+([.;])", r"\1", re.sub(r",(?:\s*,)+", ",", text))
    text = re.sub(r"(?<=[.!?])\s+[.,;]\s*", " ", text).lstrip(" ,;.")
    return re.sub(r"(^|[.!?] )([a-z])", lambda found: found[1] + found[2].upper(), text)


def _seen_from(words: str) -> str:
    seen = next(seen for kind, seen in _SEEN_FROM if re.search(kind, words, _NAME))
    return f"{seen}," if re.search(r"\b(?:of|from)$", words, _NAME) and seen != "seen" else seen
