"""The words that the grammar knows: each phrase with what it means. Names of an episode are in `finding.py`."""

from typing import NamedTuple


class Meaning(NamedTuple):
    """What a phrase means: a tag, and a value within it."""

    tag: str
    value: str = ""


def _table(tag: str, entries: dict[str, str]) -> dict[tuple[str, ...], Meaning]:
    """Return phrases by their words; phrases of one value are parted by `|`."""
    return {
        tuple(phrase.split()): Meaning(tag, value)
        for value, phrases in entries.items()
        for phrase in (each.strip() for each in phrases.split("|"))
        if phrase
    }


_VERBS = {
    "make": "make|bring|pull|crank|dial|set|turn|put|change|switch|get|have|let|give|should be|should|must be|"
            "must|needs to be|need to be|"
            "want|wants|could be|can be|has to be|ought to be|shall be|render|adjust",
    "be": "is|are|be|becomes|become|was|were|am|being|plays|play out|happens|happen|takes place|begin|take place|"
          "starts|"
          "begins|comes|comes in|comes at",
    "shorten": "shorten|trim|tighten|tighten up|shave|shave off|chop|chop off|knock|knock off|clip|cut down|cut short|"
               "cut shorter|crop|"
               "lose the end of",
    "lengthen": "lengthen|extend|stretch|hold|linger on|linger|draw out|give back",
    "cut": "cut",
    "swap": "swap|exchange|switch around|trade|flip the order of|swap around|swap round|interchange|change places|"
            "trade places|swap places|switch places",
    "move": "move|shift|drag|relocate|place",
    "remove": "remove|delete|drop|lose|throw out|throw away|cut out|take out|get rid of|kill|scrap|ditch|omit|erase|"
              "discard|axe|bin|leave out",
    "reverse": "reverse|play backwards|play backward|run backwards|in reverse|backwards|backward|rewind|reversed",
    "reshoot": "reshoot|re-shoot|shoot again|retake|redo|re-do|do again|shoot|film|film again|refilm|re-film|try again|"
               "make again|remake|another take of|another take|a new take of|new take|a new take|once more|once again|"
               "generate again|"
               "regenerate|another go at|another try at|again|anew|do over|one more time|over again",
    "forwards": "forwards|forward|forwards again|not backwards|play forwards|play forward|the right way round",
    "lock": "hold on to|hang on to|"
            "lock|leave|keep|freeze|protect|hands off|leave alone|leave as it is|leave as is|keep as it is|keep as is|"
            "lock down|"
            "do not touch|do not change|stays|stay|pin",
    "unlock": "unlock|release|unfreeze|unpin|free up|free",
    "use": "use|replace|take|insert|replace with|import|drop in|put in|swap in",
    "say": "say|says|saying|speak|speaks|talk|talks|sound|sounds|deliver|delivers|read|reads|speaking|talking|"
           "shout out",
    "show": "show|show me|let me see|i want to see|can i see|see|look at|view|display|print|list|open|"
            "i want to look at|"
            "bring up|pull up|i want to read|let me read|where is|what is",
    "play_order": "play",
    "why": "why|how come|what is the reason|what for|explain|for what reason|why on earth|why the hell",
    "add": "add|add in|include|throw in|there should be",
    "rename": "rename|retitle",
    "burn": "burn|burn in|burnt|burned|burned in|burnt in|hardcode|hard-code|hardcoded",
    "title": "title|name|call",
}  # fmt: skip

_NOUNS = {
    "shot": "shot|shots|clip|clips|take|takes|picture|pictures|footage|set-up",
    "scene": "scene|scenes|sequence|sequences",
    "line": "line|lines|sentence|sentences|dialogue line",
    "beat": "beat|beats|moment|bit",
    "voice": "voice|voices",
    "captions": "captions|caption|subtitles|subtitle|subs",
    "loudness": "loudness|lufs",
    "look": "look|grade|style|colour grade|color grade",
    "clock": "clock|time|o'clock|time of day|timestamp|time code",
    "weather": "weather",
    "light": "light|lighting|daylight",
    "place": "place|location|set",
    "camera": "camera|cam|angle",
    "recording": "recording|my recording|my own recording|own recording|my voice|my own voice|my reading|my audio",
    "own_clip": "my clip|my own clip|my video|my own video|my file|my own footage|my footage",
    "film": "film|movie|episode|whole film|whole thing|whole episode|whole movie|whole show|video|show|mix|everything|"
            "the lot",
    "title_noun": "the title|episode title|a title|its title|new title",
    "end": "end|tail|ending|back",
    "head": "head|beginning|start|front",
    "rest": "rest|others|other",
    "version": "version",
}  # fmt: skip

_SOUNDS = {
    "music": "music|score|soundtrack|song|tune|theme music|the music|musik|the score",
    "siren": "siren|sirens|the siren|the sirens",
    "dialogue": "dialogue|dialog|speech|the talking|the dialogue|voices track|spoken words",
    "radio": "radio|radio traffic|radio chatter|the radio",
    "effects": "effects|sound effects|sfx|fx|foley|sounds|noises|noise|background noise|ambience|atmosphere|"
    "the effects",
}
_WAYS = {
    "up": "more|louder|up|raise|increase|boost|turn up|higher|crank|crank up|pump up|bring up|push|too quiet|too low|"
          "not loud enough|too soft|amplify|stronger|not enough",
    "down": "less|quieter|softer|down|lower|reduce|decrease|turn down|bring down|duck|too loud|tone down|dim|"
            "fewer|weaker|pull down|way too loud|too much|dial down|dial back",
    "none": "no|without|mute|silence|silent|none|no more|zero|remove all|without any|switch off|turn off|off",
    "back": "on|turn on|switch on|unmute|bring back|again with",
    "previous": "previous|old|earlier|before that|former|original|last take|first take",
}  # fmt: skip
_LENGTHS = {
    "compared": "as long as",
    "short": "shorter|less|too long|briefer|quicker|brief|snappier|drags|drags on|goes on too long|tighter|"
             "goes on forever|lasts too long|is long",
    "long": "longer|more|too short",
    "as_long": "as long|last|lasts|the length|long|in length",
}  # fmt: skip
_DEGREES = {
    "little": "a bit|a little|slightly|a touch|a tad|a hair|somewhat|just a bit|a little bit|a tiny bit|marginally|bit|"
              "a smidge",
    "much": "much|a lot|way|far|lots|considerably|a good deal|very much|significantly|heaps|loads|really|very|"
            "super|so much|"
            "a great deal|a lot more|a lot less|much more|much less|very very",
}  # fmt: skip
_LIGHTS = {
    "night": "night|at night|nighttime|night-time|by night|in the dark|nocturnal|dark",
    "day": "day|daytime|at day|by day|daylight|in daylight|in the daytime|broad daylight|during the day|sunny day",
    "dusk": "dusk|sunset|at dusk|at sunset|twilight|evening|in the evening",
    "dawn": "dawn|sunrise|at dawn|at sunrise|daybreak|early morning|first light",
}
_WEATHERS = {
    "rain": "rain|rainy|raining|rains|wet|pouring|in the rain|pour|drizzle|stormy|a downpour",
    "fog": "fog|foggy|mist|misty|in the fog",
    "snow": "snow|snowy|snowing|snows|in the snow|blizzard",
    "wind": "wind|windy|gale|blowing",
    "clear": "clear|dry|sunny|stop raining|stop snowing|no rain|no fog|no snow|no wind|not raining|fair weather|"
             "good weather|"
             "fine weather|stops raining|cloudless|not rainy|not foggy",
}  # fmt: skip
_DELIVERIES = {
    "calm": "calm|calmer|calmly|relaxed|more calm|more relaxed|less angry|less urgent|less excited|less nervous|"
            "calm down|"
            "less stressed|gentler|chill|more chill|less aggressive|cooler",
    "flat": "flat|flatter|deadpan|monotone|flatly|drier|more deadpan|bored|emotionless|more bored|less emotional|dryer|"
            "more flat|matter-of-fact",
    "urgent": "urgent|urgently|more urgent|angrier|angry|more angry|nervous|stressed|panicked|panicky|"
              "more excited|excited|"
              "agitated|in a hurry|hurried|hectic|more energetic|more energy|angrily|tense voice|furious|annoyed|"
              "mad|madder",
    "shouted": "shout|shouts|shouted|shouting|yell|yelled|yelling|yells|scream|screaming|screams|shouty",
    "whispered": "whisper|whispers|whispered|whispering|hushed|under his breath|under her breath|in a whisper",
    "proud": "proud|prouder|proudly|smug|more proud|pleased|smugger|boastful",
    "sad": "sad|sadder|sadly|more sad|melancholy|depressed|unhappy|gloomier|gloomy|upset|tearful|disappointed",
    "warm": "warm|warmer|friendly|friendlier|kind|kinder|nice|nicer|warmly|more friendly|happy|happier|cheerful|"
            "sweeter",
    "confused": "confused|puzzled|more confused|bewildered|lost|unsure|baffled",
}  # fmt: skip
_MOODS = {
    "suspicion": "suspicious|suspicion|sneaky|mysterious|creepy|eerie",
    "comedy": "comedy|funny|comic|comical|funnier|silly|goofy|playful|funniest",
    "chase": "chase|action|fast|frantic|driving",
    "tension": "tense|tension|tenser|suspense|suspenseful|thriller|dramatic",
    "resolution": "resolution|hopeful|uplifting|resolved|triumphant|peaceful",
    "quiet": "quiet|slow|mellow|gentle|subtle",
}
_SIZES = {
    "extreme_long": "extreme long shot|extreme long|extreme wide|very wide|extreme wide shot|super wide",
    "long": "long shot|wide|wide shot|wider|from far away|from further away|wide angle|from a distance|further away",
    "full": "full shot|full body|head to toe|whole body",
    "medium": "medium|medium shot|mid shot|mid-shot|waist up|waist shot",
    "medium_close": "medium close|medium close-up|medium close up|head and shoulders",
    "close": "close-up|close up|close|closer|tighter shot|tight shot|close shot|zoomed in|zoom in|nearer",
    "extreme_close": "extreme close-up|extreme close up|extreme close|very close|super close",
}
_OWNERS = {
    "bodycam": "bodycam|body cam|body camera|bodycamera|body-cam",
    "dashcam": "dashcam|dash cam|dashboard camera|dash camera|dash-cam|car camera",
    "cctv": "cctv|security camera|security cam|surveillance camera|surveillance|cctv camera|cc-tv|shop camera",
    "doorbell": "doorbell|doorbell camera|doorbell cam|door camera",
    "helicopter": "helicopter|chopper|heli|helicopter camera|the air|air|drone|above in the air",
    "interview": "interview camera|interview cam|interview|interrogation camera",
    "phone": "phone|mobile|cell phone|phone camera|smartphone|cellphone|mobile phone|phone video",
}
_ANGLES = {
    "low": "low angle|from below|from a low angle",
    "high": "high angle|from above|from a high angle|from high up",
    "overhead": "overhead|bird's eye|top down|straight from above",
    "eye": "eye level|at eye level",
    "dutch": "dutch angle|dutch|tilted",
}
_LOOKS = {
    "night_blue": "night blue|blue night|night-blue",
    "sodium": "sodium|street light orange|orange street light",
    "high_noon": "high noon|western|high-noon",
    "noir": "noir|black and white|black-and-white|film noir|b&w|monochrome",
    "vhs": "vhs|video tape|videotape|eighties|80s",
    "daylight": "daylight look|bright look",
    "harbour": "harbour|harbor",
    "pulp": "pulp",
}
_LOUD = {
    "broadcast": "broadcast|tv|television|for tv|for television|broadcast level",
    "streaming": "streaming|for streaming|streaming level",
    "web": "web|for the web|podcast|online|internet",
}
_TALK = {
    "deeper": "too high|too high-pitched|too squeaky|too shrill|"
    "deeper|lower voice|deeper voice|lower pitched|a lower|bassier|lower pitch",
    "pitched": "too deep|higher voice|higher pitched|squeakier|squeaky|shriller|higher pitch|lighter voice",
    "slower": "slower|more slowly|slowly|too fast|slow down",
    "faster": "faster|more quickly|quickly|too slow|speed up|quicker pace",
    "other": "another|different|other|new|a new|change|not this|next|some other|else|replace|recast|re-cast",
    "woman": "woman's|female|woman|girl's|feminine|a lady's",
    "man": "man's|male|man|guy's|masculine",
}
_JOINTS = {
    "in": "in|during|within|inside|throughout|over|at|on|under",
    "of": "of|from|by|for|about|with",
    "to": "to|into|as|instead of|instead|rather than|with|for",
    "after": "after|behind|following|right after",
    "before": "before|in front of|ahead of|right before",
    "all": "all|every|each|both|whole|entire|all of|all the|everywhere|all over|everybody|everyone|entirely|completely",
    "not": "not|never|nothing",
    "off": "off",
    "first_place": "to the front|to the start|to the beginning|first in the scene|at the start of the scene|"
                   "at the very start|"
                   "at the start|at the beginning|to the top|at the front|to the very start",
    "last_place": "to the end|at the end|last in the scene|at the very end|at the end of the scene|to the very end|"
                  "to the back|at the back",
}  # fmt: skip
_PRONOUNS = {
    "it": "it|this|that|this one|that one|this thing|these|those|them|they|one",
    "he": "he|him|his",
    "she": "she|her|hers",
    "their": "their",
}
_FILLERS = (
    "the|a|an|please|can|you|could|would|i|we|to|just|so|hey|hi|hello|ok|okay|um|uh|uhm|er|also|now|then|me|us|"
    "my|our|maybe|perhaps|well|right|hmm|think|feel|bit of|some|kind of|sort of|actually|there|here|thanks|thank you|"
    "love|possible|it is time to|let us|will|shall|do|does|did|too|even|more like|look like|going to|go|goes|oh|yes|"
    "yeah|and|"
    "but|again please|for me|as well|'s|,|.|!|?|:|;|-|really|quite|it is|that is|which|who|i would like|"
    "would like|would like to|like to|if possible|if you can|"
    "i want|i need|we need|need|needs|want to|i want you to|would you|could you|can you|may|mate|dude|bro|man please|"
    "version of it|instead please|kindly|though|hm|sorry|wait|with a|have|hear|something|any|off of|"
    "it to|what about|how about|i think|i guess|for this|way of|'|(|)|up to|such|my dear|guys|rather|would rather|"
    "at all|alone|"
    "as it is|as they are|any more|"
    "anymore|any longer|director|assistant|mister|sir"
)


def _phrases() -> dict[tuple[str, ...], Meaning]:
    tables = (
        ("filler", {"": _FILLERS}), ("joint", _JOINTS), ("pronoun", _PRONOUNS), ("degree", _DEGREES), ("mood", _MOODS),
        ("loud", _LOUD), ("talk", _TALK), ("angle", _ANGLES), ("owner", _OWNERS), ("size", _SIZES), ("look", _LOOKS),
        ("delivery", _DELIVERIES), ("light", _LIGHTS), ("weather", _WEATHERS), ("length", _LENGTHS), ("way", _WAYS),
        ("noun", _NOUNS), ("verb", _VERBS), ("sound", _SOUNDS),
    )  # fmt: skip
    known: dict[tuple[str, ...], Meaning] = {}
    for tag, entries in tables:
        known |= _table(tag, entries)
    return known


PHRASES = _phrases()
"""A phrase in two tables has the meaning of the later one; what else it may mean is in `SECOND`."""


def _second() -> dict[tuple[str, ...], tuple[Meaning, ...]]:
    found: dict[tuple[str, ...], tuple[Meaning, ...]] = {}
    tables = (
        ("talk", _TALK), ("mood", _MOODS), ("delivery", _DELIVERIES), ("look", _LOOKS), ("owner", _OWNERS),
        ("size", _SIZES), ("way", _WAYS), ("verb", _VERBS), ("light", _LIGHTS), ("joint", _JOINTS), ("noun", _NOUNS),
        ("sound", _SOUNDS), ("weather", _WEATHERS), ("length", _LENGTHS), ("filler", {"": _FILLERS}),
        ("degree", _DEGREES), ("loud", _LOUD),
    )  # fmt: skip
    for tag, entries in tables:
        for words, meaning in _table(tag, entries).items():
            if PHRASES[words] != meaning:
                found[words] = (*found.get(words, ()), meaning)
    return found


SECOND = _second()
"""What a phrase may mean besides."""
LONGEST = max(len(words) for words in PHRASES)
