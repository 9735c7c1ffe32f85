"""What changes nothing at all: praise, complaints, jokes; questions about the program; what no program here can do."""

import re

from agents.assistant.asking_orders import simple
from agents.assistant.length_orders import told_seconds
from agents.assistant.naming import words_of
from agents.assistant.orders import NewEpisode, Order, Say, Show, Unclear
from agents.assistant.tokens import tokens_of
from episodes.episode import Episode

_PRAISE = re.compile(
    r"^(?:(?:ok(?:ay)?|oh|wow|haha\w*|lol|yes|yeah|well|that|thats|that is|it|its|it is|this|this is|nice|great|"
    r"good|perfect|so|"
    r"very|much|a lot|way|really|pretty|quite|looks?|better|lovely|cool|awesome|brilliant|funny|amazing|super|love|"
    r"like|i|"
    r"you|thanks?|thank|thx|cheers|ta|job|work|done|beautiful|fantastic|excellent|the best|hilarious|wonderful|now|all|"
    r"made my day|sounds|already|one|fun|neat|sweet|enough|fine|is|me|mate|everyone|everybody|folks|team|so far|"
    r"got|there|were|are|getting)\b[ ,.!]*)+$"
)
_COMPLAINT = re.compile(
    r"^(?:(?:ok|oh|well|but|honestly|sorry|ugh|meh|hm+|this|that|it|the (?:film|episode|movie|whole thing|joke|"
    r"ending)|is|was|"
    r"are|its|thats|feels|i am|i|find|think|so|very|really|pretty|a bit|kind of|just|not|isnt|do not|dont|like|get|"
    r"funny|"
    r"boring|bored|bad|awful|terrible|dull|lame|stupid|rubbish|weird|confusing|strange|ugly|cringe|sad|hate|it all|"
    r"great|"
    r"good|working|for me|at all|what|wanted|had in mind|expected|much|any|the point|all|too|slow)\b[ ,.!]*)+$"
)
_FEELS = re.compile(r"\b(?:boring|bored|bad|awful|terrible|dull|lame|stupid|rubbish|weird|confusing|strange|ugly|"
                    r"cringe|meh|"
                    r"not funny|funny|hate|the point|ugh|not what)\b")  # fmt: skip
_LAUGH = re.compile(r"^(?:(?:ha){2,}\w*|(?:he){2,}\w*|lol|lmao|rofl|xd|omg)\b|\b(?:lol|lmao|rofl|haha\w*|xd)\W*$")
_EVERY_TIME = re.compile(
    r"\b(?:gets|cracks|kills|makes) me (?:every time|up|laugh|smile)\b|\bmade me (?:laugh|smile|cry)\b"
)
_NEAREST = ("make 2-04 half a second longer", "scene 2 at night", "what can I say")

_CANNOT: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (r"^(?:e-?mail|mail|post|send|share|upload|tweet|whatsapp|text)\b (?:it|this|that|me|the (?:film|episode|movie))\b|"
     r"\b(?:put|publish|upload) (?:it|this|the \w+) (?:on|to) (?:youtube|tiktok|instagram|the (?:web|internet)|my "
     r"\w+)\b",
     "I can't send anything anywhere. I can write the finished film to a folder, and you send it from there.",
     ("export",)),
    (r"\b3-?d\b|\bstereoscopic\b|\bvr\b|\bvirtual reality\b",
     "The film is flat: there is no 3D in it. I can export it as it is.", ("export",)),
    (r"\bwins?\b.*\b(?:awards?|oscars?|prizes?|festi?vals?)\b|\bgo(?:es)? viral\b|\bmakes? (?:it|this|us|me) "
     r"(?:famous|rich|win)\b",
     "That is not in my hands, and nothing was changed. What I can do is a cut you are happy with.",
     ("what is wrong with it", "export")),
)  # fmt: skip
_STAR = re.compile(
    r"^(?:can (?:you|we) |please |could (?:you|we) )*(?:get|cast|hire|have|give|put)(?: me| us)? "
    r"(?P<who>(?!the\b|a\b|an\b|another\b|some\b|more\b|less\b|no\b)[\w'-]+(?: [\w'-]+){1,2}) (?:for|as|to play|"
    r"playing|in the role of) (?P<role>[\w '-]+)$",
    re.I,
)
_PLAYED = re.compile(
    r"^(?:can|could|let|have|make|should) (?P<who>[A-Z][\w'-]+(?: [A-Z][\w'-]+){1,2}) (?:play|do|voice|be|speak) "
    r"(?P<role>[\w '-]+)$"
)
_PICTURE = re.compile(r"\b[^\s\"']+\.(?:jpe?g|png|gif|heic|webp|bmp|tiff?|svg|pdf)\b", re.I)
_LOCKING = re.compile(r"\bwhat (?:does )?(?:a )?(?:the )?lock(?:ing|s|ed)?(?: something| a shot| it)? (?:does?|do|"
                      r"mean|means|is for|is)\b|"
                      r"\bwhat (?:does|is|are) (?:a |the )?(?:lock|locking|locks|locked)\b.*")  # fmt: skip
_LENGTH = re.compile(
    r"^(?:(?:can|could|would) you |please )*(?:tell me |say |show me )?(?:how long (?:is|does|will|are|it|the|this|"
    r"that)|"
    r"what is the (?:length|running time|runtime|duration)|what (?:length|duration))\b(?P<of>.*)$"
)
_MANY = re.compile(r"\bhow many (?P<what>shots|scenes|lines|people|characters|voices|beats)\b")
_WHO_SPEAKS = re.compile(
    r"\b(?:who|which (?:people|voices|characters)) (?:speaks?|talks?|is (?:speaking|talking|heard)|says something|"
    r"has lines)\b"
)
_IN_CUT = re.compile(
    r"^what is (?:in|on) the (?:cut|timeline)|^what (?:shots|scenes) (?:are there|do we have|are in)\b"
)
_NEW = re.compile(
    r"^(?:a |one )?(?:new|another|next) (?:episode|film|movie|story)\s*(?:[,:;-]|in which|where|please,?)"
    r"\s*(?P<theme>.+)$",
    re.I,
)
_NO_THEME = re.compile(r"(?:please|now|thanks|(?:the )?same|like|as|much|a bit|longer|shorter|better|but)\b", re.I)
_BACK_BEFORE = re.compile(r"^(?:(?:can|could) (?:we|you|i) )?(?:go|take me|bring (?:it|me|us)|get) back to (?:how|"
                          r"what|the way) (?:it|that|this|things) (?:was|were|looked)\b.*$|"
                          r"^(?:go|take me) back to (?:before|when)\b.*$")  # fmt: skip
_ABOUT_STORY = re.compile(r"^(?:is|are|does|do|did|why does|why is|was) .*\b(?:supposed to|meant to|really|"
                          r"actually|the good guy|the bad guy|"
                          r"guilty|happy|evil)\b.*\?*$")  # fmt: skip


def answered(text: str, episode: Episode) -> tuple[Order, ...] | None:
    """Return what is said to words that mean no change of the film; None where they may mean one."""
    if any(token.kind == "quote" for token in tokens_of(text)):
        return None
    low = simple(text)
    return _asked(low, text, episode) or _cannot(low, text, episode)


def chatted(text: str) -> tuple[Order, ...] | None:
    """Return what is said to praise, thanks and complaints in which nothing is wished; None for all else."""
    low = simple(text)
    if _LAUGH.search(low) or _EVERY_TIME.search(low):
        return None  # A wish may stand beside a laugh; it is looked for first.
    if _PRAISE.match(low) and re.search(r"\b(?:nice|great|better|good|perfect|love|lovely|cool|awesome|brilliant|"
                            r"funny|amazing|"
                                        r"thanks?|thank|best|hilarious|beautiful|fantastic|excellent|fun|well done)"
                            r"\b", low):  # fmt: skip
        return (Unclear(sentence="Glad to hear it. Nothing was changed.", can=("approve", *_NEAREST[:2])),)
    if _COMPLAINT.match(low) and _FEELS.search(low):
        return (complaint(),)
    return None


def complaint() -> Unclear:
    """Return the answer to a complaint in which nothing is wished."""
    sentence = "That is a pity. Nothing was changed: tell me what should be different, for example:"
    return Unclear(
        sentence=sentence, can=("make 2-04 shorter", "the music should be funnier in scene 2", "what is wrong with it")
    )


def laughed(text: str) -> Unclear | None:
    """Return the answer to a laugh or a joke in which no wish was found; None where nobody laughs."""
    low = simple(text)
    if _LAUGH.search(low) or _EVERY_TIME.search(low):
        return Unclear(
            sentence="I am glad it amuses you. Nothing was changed; if it was a wish, say it for example so:",
            can=_NEAREST,
        )
    return None


def story_question(text: str) -> Unclear | None:
    """Return the answer to a question about the story; None where it is none."""
    if _ABOUT_STORY.match(simple(text)):
        sentence = "That is for the story to tell, and I change nothing for a question. The script says what happens:"
        return Unclear(sentence=sentence, can=("show the script", "who is in it"))
    return None


def _asked(low: str, text: str, episode: Episode) -> tuple[Order, ...] | None:
    if _BACK_BEFORE.match(low):
        return (Say(command="history"),)
    if _LOCKING.search(low):
        sentence = ("To lock something keeps it from the agents: none of them changes it any more, while you still "
                    "may. It holds until it is unlocked. Nothing was changed.")  # fmt: skip
        return (Unclear(sentence=sentence, can=("lock 2-04", "lock scene 3", "unlock 2-04")),)
    new = _NEW.match(text.strip())
    if new and len(new["theme"].split()) > 2 and not _NO_THEME.match(new["theme"]):
        theme = re.sub(r"\s+this time\W*$", "", new["theme"], flags=re.I).strip(" .!")
        return (NewEpisode(theme=theme, said=f"A new episode is made: {theme}."),)
    length = _LENGTH.match(low)
    if (
        length
        and re.search(r"\b(?:whole|film|movie|episode|it|all|everything|total|altogether|this|that)\b", low)
        and not re.search(r"\b(?:shot|scene|line|beat)s?\b|\d", low)
    ):
        seconds = sum((shot.shown_seconds for shot in episode.shots), start=0 * episode.brief.format.frame)
        return (Show(target="cut", said=f"The shots are {told_seconds(seconds)} long together."),)
    many = _MANY.search(low)
    if many:
        target = {"shots": "shots", "people": "cast", "characters": "cast", "voices": "cast"}.get(
            many["what"], "script"
        )
        return (Show(target=target, said=f"Here are all {many['what']}."),)
    if _WHO_SPEAKS.search(low):
        return (Show(target="script", said="Here is who says what, and where."),)
    if _IN_CUT.search(low):
        return (Show(target="cut", said="Here is the cut."),)
    return None


def _cannot(low: str, text: str, episode: Episode) -> tuple[Order, ...] | None:
    if len(low.split()) <= 14:
        for pattern, sentence, can in _CANNOT:
            if re.search(pattern, low):
                return (Unclear(sentence=sentence, can=can),)
    star = _STAR.match(text.strip(" .!?")) or _PLAYED.match(text.strip(" .!?")[:1].lower() + text.strip(" .!?")[1:])
    if (
        star
        and star["who"].istitle()
        and not _belongs(star["who"], episode)
        and not re.search(r"\b(?:voice|shot|take|music|close|wide)\b", star["who"], re.I)
    ):
        sentence = (f"Real people are neither cast nor imitated here, and {star['who']} is nobody of this episode. "
                    "Another voice can be given:")  # fmt: skip
        return (Unclear(sentence=sentence, can=(f"another voice for {star['role']}", "show me the voices")),)
    picture = _PICTURE.search(text)
    if picture:
        sentence = (f"{picture.group()} is a picture that stands still or a document; a shot takes a film clip "
                    f"(.mp4, .mov, .webm). "
                    "Make a clip of it, and say for which shot it is.")  # fmt: skip
        return (Unclear(sentence=sentence, can=("use clip.mp4 for 2-04",)),)
    return None


def _belongs(who: str, episode: Episode) -> bool:
    known = {word for person in episode.the_world.characters for word in words_of(person.name)}
    return any(word.casefold() in known for word in who.split())
