"""Words that change nothing: commands, questions, looking at things; and files that are put in or taken out."""

import re

from agents.assistant.naming import Kind
from agents.assistant.orders import Ask, Command, Explain, Order, PutFile, Say, Show, TakeOutFile, Unclear
from agents.assistant.reading import AskedBack, Reading

Orders = tuple[Order, ...]
MOST_STEPS = 20
_COMMANDS: tuple[tuple[Command, str], ...] = (
    ("undo",
    r"(undo|(no )?go back (two|three|four|five|\d+)( steps| times| changes)?|go (two|three|four|\d+) steps back|"
    r"revert|roll back|"
             r"take (that|it) back|go back( one step| a step)?|back one|(one )?step back|oops)( .*)?|"
             r"(put it|change it) back( as it was)?|i did not mean that"),
    ("redo", r"redo( that| it)?|do it (again )?after all|undo the undo|bring (that|it) back"),
    ("history", r"history|what (did|have) (we|you|i) (do|done|change|changed)( so far| until now)?|"
                r"(list|show)( me)?( all)?( the)?( my| our)? (changes|history)( so far)?|"
                r"what (has )?changed( so far)?"),
    ("fork", r"(fork|branch|(?:name|call) this version|"
             r"save (it|this|a copy|a version)|make a copy|keep a copy)( of (it|this))?"
             r"( as| called| named)?(?P<words> .+)?"),
    ("diff", r"(diff|compare)( (it|this))?( (with|to|and))?(?P<words> .+)?|what is( the)? differen(t|ce)( .*)?|"
             r"(show )?(me )?(the )?difference(s)?( .*)?|before and after|show( me)? before and after"),
    ("notes", r"notes|(show( me)?( the)? |what are the |list( the)? |any )(notes|findings|problems|issues)|"
              r"what (did|does) the (checker|editor|continuity checker) (say|think|find)|what is wrong( with it)?"),
    ("approve", r"approve( it| this| the cut)?|ship it|i like it,? ship it|looks good( to me)?|lgtm|that is a wrap|"
                r"(it is|this is) (done|finished|perfect)|i am (happy|done)( with (it|this))?|sign off|good to go|"
                r"finish it"),
    ("export", r"export( it| the film| everything| all)?( .*)?|save (it|the film) as .*|give me the (file|film|files)"),
    ("bloopers",
    r"(show( me)?( the)? |play( the)? |the |where are( the)? |are there( any)? )?(bloopers?|reel of bloopers|"
    r"outtakes?|gag reel|blooper reel|"
                 r"rejected takes)( reel)?"),
    ("help", r"help( me)?|what can (you|i) (do|say|ask|change)( here)?|how does (this|it) work|commands|\?+|"
             r"what (are|is) (the commands|possible)|i need help"),
    ("quit", r"quit|exit|bye|goodbye|good night|close|stop|leave|that is all|i am done for (today|now)|"
             r"see you( later)?"),
    ("play", r"(play|watch|run|screen)( (it|this|that|the film|the episode|the movie|the whole (thing|film)|"
             r"everything))?"
             r"( again| from the start| once more)?|(i want to|let us|can i|let me) (watch|see) (it|the film|"
             r"the episode)"),
)  # fmt: skip
_POLITE = re.compile(
    r"^(hey|hi|hello|ok|okay|well|so|please|pls|plz|can you|could you|would you|can u|could u|now|um|uh|oh|yes|and|"
    r"then|"
    r"just)[ ,]+|[ ,]*(please|pls|plz|thanks|thx|thank you|now|right now|again please|mate|for me)$"
)
_WHY = re.compile(
    r"^(but |and |so )?(why|how come|what is the reason|what is the point|for what reason|what made you|explain|"
    r"what for)\b"
)
_CATALOGUES = {
    "cast": r"(the |my |our )?(cast|characters|people|actors|cast list)|who is (in (this|it)|playing|everybody)|"
            r"who plays",
    "script": r"(the |whole )?(script|screenplay|story|text)",
    "shots": r"(the |all )?(the )?(shots|shot list|list of shots|storyboard|shotlist)",
    "cut": r"(the )?(cut|timeline|edit|edl)",
    "mix": r"(the )?(mix|levels|mix levels|sound levels)",
    "voices": r"(the |which |what )?(voices|voice list)( are there| do you have| can i choose from)?",
}  # fmt: skip
_SHOWING = re.compile(
    r"^(show|list|print|display|view|open|read|see|let me (see|read)|i (want|would like) to (see|read|look at)|"
    r"can i (see|read)|what is|what are|give me|look at|bring up)( me| us)? "
)


def simple(text: str) -> str:
    """Return a message in lower case, without politeness and what stands at its ends."""
    low = re.sub(r"[.!?,;:…]+(?=\s|$)", " ", text.casefold())
    low = re.sub(r"(what|who|that|it|here)'s\b", r"\1 is", low).replace("i'm", "i am").replace("let's", "let us")
    low = re.sub(r"\bdidn't\b", "did not", low)
    low = " ".join(low.split())
    for _ in range(4):
        low = _POLITE.sub("", low).strip()
    return low


def command(reading: Reading) -> Orders | None:
    """Understand words that mean a command of the session."""
    low = simple(reading.text)
    for name, pattern in _COMMANDS:
        match = re.fullmatch(pattern, low)
        if match is None:
            continue
        words = (match.groupdict().get("words") or "").strip() if "words" in match.groupdict() else ""
        if name == "fork":
            words = reading.text[len(reading.text) - len(words) :].strip(" \"'“”") if words else ""
        if name == "diff":
            words = _two_named(reading.text, words)
        if name == "undo" and not re.fullmatch(_UNDOING, low):
            return None
        _spend_all(reading)
        return (Say(command=name, words=words),) * (_steps(low) if name == "undo" else 1)
    return None


def _steps(low: str) -> int:
    """Return how many steps are to be taken back: one command each."""
    spelled = {"two": 2, "three": 3, "four": 4, "five": 5}
    count = re.search(r"\b(\d+|two|three|four|five)\b", low)
    return min(spelled.get(count[1]) or int(count[1]), MOST_STEPS) or 1 if count else 1


def _two_named(text: str, words: str) -> str:
    """Return what is to be compared, as it was typed and parted by a blank; an empty text for the version before."""
    if not words or re.fullmatch(r"(the )?(before|last|previous|old|earlier)( one| version| cut)?", words):
        return ""
    first = re.search(rf"\b{re.escape(words.split()[0])}\b", text, re.IGNORECASE)
    typed = text[first.start() :].strip(" .!?") if first else words
    return " ".join(word for word in typed.split() if word.casefold() not in ("and", "with", "to", "&"))


_UNDOING = (
    r"(undo|revert|roll back|take|no go|go|put|change|one|step|oops|back|i did not)"
    r"( (that|it|this|back|the|last|previous|change|changes|one|step|steps|two|three|four|five|\d+|as|was|mean|a|all|"
    r"take|undo|edit|thing|we|did|please|revert|to|before|and))*"
)


def play_or_frames(reading: Reading) -> Orders | None:
    """Play a shot or a scene, or show its frames."""
    low = simple(reading.text)
    frames = re.search(r"\b(frames|stills|still frames|images|screenshots?|thumbnails?)\b", low)
    play = re.match(r"(play|watch|let me (watch|hear)|i want to (watch|hear)|listen to|hear)\b", low)
    if not (frames or play) or reading.has("verb", "reverse", "forwards", "shorten", "remove"):
        return None
    for kind in ("shot", "line", "scene"):
        found = reading.some(kind)
        if found:
            break
    else:
        if not frames and not reading.has("noun", "shot", "scene"):
            return None
        found = reading.meant("shot")
    for item in reading.rest():
        if item.text.casefold() in ("frames", "frame", "stills", "watch", "images", "hear", "screenshot", "screenshots",
                                    "thumbnails", "listen"):  # fmt: skip
            reading.spend(item)
    reading.use("verb", "play_order", "show")
    reading.use("noun", "shot", "scene", "line")
    for item in reading.amounts("frames"):
        reading.spend(item)
    return (Say(command="frames" if frames else "play", words=found[0]),)


def why(reading: Reading) -> Orders | None:
    """Understand a question for the reason of something."""
    if not _WHY.match(simple(reading.text)):
        return None
    about = _by_camera(reading)
    kinds: tuple[Kind, ...] = ("shot", "line", "beat", "scene", "person")
    for kind in kinds:
        if not about and reading.pointing(kind):
            about = reading.some(kind)[0]
    focus = reading.at.focus
    if (
        not about
        and focus.last
        and (reading.has("pronoun", "it", "he", "she") or reading.has("noun", "shot", "line", "scene"))
    ):
        about = getattr(focus, focus.last)
    _spend_all(reading)
    return (Explain(about=about or "episode", question=reading.text),)


def _by_camera(reading: Reading) -> str:
    """Return the shot that a camera is named for, `the CCTV`; an empty text where none is."""
    owners = [item for item in reading.items if item.means("owner") and not item.refs]
    if not owners or reading.pointing("shot"):
        return ""
    shots = [shot.id for shot in reading.at.episode.shots if shot.owner == owners[0].value("owner")]
    scenes = {scene for _, ref in reading.pointing("scene") for scene in ref.ids}
    shots = [shot for shot in shots if not scenes or shot.split("-")[0] in scenes]
    if len(shots) > 1:
        raise AskedBack(reading.which("shot", shots, owners[0]))
    return shots[0] if shots else ""


def show(reading: Reading) -> Orders | None:
    """Show something of the episode."""
    low = simple(reading.text)
    bare = _SHOWING.sub("", low)
    for target, pattern in _CATALOGUES.items():
        if re.fullmatch(pattern, bare) and (bare != low or target != "cut"):
            _spend_all(reading)
            return (Show(target=target, said=f"Here is the {target}."),)
    if not (reading.use("verb", "show") or re.match(r"what (does|do|is|are|happens)|who is|where", low)):
        return None
    said = re.match(r"what (does|do) .* (say|says)$|who is\b", low)
    kinds: tuple[Kind, ...] = ("shot", "line", "beat", "scene", "person")
    for kind in kinds:
        if reading.pointing(kind):
            found = reading.some(kind)[0]
            break
    else:
        noun = reading.take("noun", "shot", "line", "beat", "scene")
        if noun is None and not reading.at.focus.last:
            return None
        found = reading.meant(noun.value("noun"))[0] if noun else getattr(reading.at.focus, reading.at.focus.last)  # type: ignore[arg-type]
    reading.use("noun", "shot", "scene", "line", "beat")
    if said:
        _spend_all(reading)
    for item in reading.rest():
        if item.text.casefold() in ("what", "who", "where", "happens"):
            reading.spend(item)
    return (Show(target=found, said=f"Here is {found}."),)


def _spend_all(reading: Reading) -> None:
    reading.spend(*reading.items)


# ---- files -----------------------------------------------------------------------------------------------------------

_FILM = ("mp4", "mov", "mkv", "avi", "webm", "m4v")


def put_file(reading: Reading) -> Orders | None:
    """Put a clip of the person's into a shot, or a recording in the place of a line."""
    files, recording = reading.all("file"), reading.all("noun", "recording")
    clips = reading.all("noun", "own_clip")
    if not (files or recording or clips) or len(files) > 1:
        return None
    outside = [item for item in reading.items if item.text.casefold() in ("out", "out of")]
    out = (
        bool(outside)
        or reading.has("verb", "remove")
        or reading.has("way", "none", "previous")
        or reading.has("joint", "not")
    )
    if out and not files:
        reading.spend(*outside)
        return _take_out(reading, recording=bool(recording))
    if not reading.use("verb", "use", "swap", "make", "add", "show", "move", "say", "lock") and not (
        files or recording
    ):
        return None
    reading.spend(*files, *recording, *clips)
    path = files[0].tokens[0].text if files else ""
    reading.use("joint", "to")
    lines, shots = reading.some("line"), reading.some("shot")
    sounds = bool(recording) or (bool(path) and path.casefold().rsplit(".", 1)[-1] not in _FILM)
    if sounds:
        return _reading(reading, path, lines, shots)
    if lines:
        raise AskedBack(
            Unclear(sentence=f"{path or 'A clip'} is a film; a line takes a sound recording (.wav, .mp3, .flac).")
        )
    try:
        shots = shots or reading.meant("shot")
    except AskedBack as back:
        if not path or not isinstance(back.order, Ask):
            raise
        # Said plainly, for `the raccoon by the window` has words behind it that no id takes the place of.
        ids = re.findall(r"\bS\d+-\d+\b", back.order.sentence)
        raise AskedBack(
            back.order.model_copy(update={"choices": tuple(f"use {path} for {one}" for one in ids)})
        ) from back
    reading.use("noun", "shot")
    return tuple(PutFile(path=path, shot=shot, said=f"{shot} shows {path or 'your own clip'}.") for shot in shots)


def _reading(reading: Reading, path: str, lines: tuple[str, ...], shots: tuple[str, ...]) -> Orders:
    if not lines and not shots and reading.pointing("person"):
        who = reading.some("person")[0]
        said = [line.id for line in reading.at.episode.the_script.lines if line.speaker == who]
        if len(said) != 1:
            raise AskedBack(reading.which("line", said, None) if said else Unclear(sentence="They say nothing."))
        lines = (said[0],)
    if not lines and shots:
        heard = [cue.line for cue in reading.at.episode.shot(shots[0]).cues]
        if len(heard) != 1:
            choices = tuple(f"use {path or 'my recording'} for {line}" for line in heard)
            raise AskedBack(Ask(sentence=f"A recording is for a line. Which one over {shots[0]}?", choices=choices))
        lines = (heard[0],)
    lines = lines or reading.meant("line")
    reading.use("noun", "line")
    heard_from = path or "your own recording"
    return tuple(PutFile(path=path, line=line, said=f"Line {line} is heard from {heard_from}.") for line in lines)


def _take_out(reading: Reading, *, recording: bool) -> Orders:
    reading.spend(*reading.all("noun", "recording"), *reading.all("noun", "own_clip"))
    reading.use("verb", "remove", "use", "show", "swap")
    reading.use("way", "none", "previous", "back")
    reading.use("joint", "not")
    reading.use("noun", "voice", "end")
    episode = reading.at.episode
    if recording:
        own = [one.line for one in episode.readings]
        line = (reading.some("line") or tuple(own if len(own) == 1 else reading.meant("line")))[0]
        reading.use("noun", "line")
        return (TakeOutFile(line=line, said=f"Line {line} is spoken by its own voice again, without your recording."),)
    clips = [one.shot for one in episode.clips]
    shot = (reading.some("shot") or tuple(clips if len(clips) == 1 else reading.meant("shot")))[0]
    reading.use("noun", "shot")
    return (TakeOutFile(shot=shot, said=f"{shot} is shown as it was planned, without your clip."),)
