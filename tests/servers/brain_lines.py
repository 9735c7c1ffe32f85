"""What the test server's people say and do; words in braces come from the theme."""

Wanted = tuple[str, str, str, str]
"""Who speaks (a role), channel, delivery, words."""

COLD: tuple[Wanted, ...] = (
    ("first", "spoken", "urgent", "Nobody move. The {doer} has already signed for it."),
    ("second", "spoken", "confused", "Do I salute it, or read it its rights?"),
    ("first", "spoken", "flat", "Both. Start with the {thing}."),
    ("second", "spoken", "whispered", "It has brought its own clipboard."),
)
CALL: tuple[Wanted, ...] = (
    ("dispatcher", "dispatch", "flat", "Four Adam Ten, Dispatch. {deed} in progress at the {place}."),
    ("first", "radio", "calm", "Four Adam Ten. Say again the suspect?"),
    ("dispatcher", "dispatch", "flat", "One {doer}. It has asked for you by name."),
    ("first", "radio", "calm", "Four Adam Ten, en route. It knows the siren."),
    ("second", "spoken", "confused", "Is the {doer} the one from {street}?"),
    ("first", "spoken", "flat", "They are all from {street}."),
)
ARRIVE: tuple[Wanted, ...] = (
    ("first", "radio", "calm", "Four Adam Ten, on scene at the {place}."),
    ("witness", "spoken", "urgent", "It asked for the manager at {minute} past three."),
    ("first", "spoken", "flat", "And who is the manager tonight?"),
    ("witness", "spoken", "sad", "Since {minute} past three, officer, the {doer}."),
    ("second", "spoken", "confused", "Should I write down the {thing} as a witness?"),
    ("witness", "spoken", "proud", "The {thing} was here before either of you."),
)
GAMES: tuple[tuple[Wanted, ...], ...] = (
    (
        ("second", "spoken", "confused", "Sergeant's form has a box for {doer}?"),
        ("first", "spoken", "calm", "Box nine. Under livestock, and above mayors."),
        ("witness", "spoken", "warm", "It tipped me. Nobody tips me."),
        ("first", "spoken", "flat", "Log the tip. Evidence, one coin, slightly sticky."),
        ("second", "spoken", "urgent", "Now it wants a receipt for the {thing}."),
    ),
    (
        ("witness", "spoken", "proud", "I counted {n} before it turned the light off."),
        ("second", "spoken", "confused", "Dispatch said one {doer}. Was that per shelf?"),
        ("first", "radio", "flat", "Dispatch, Four Adam Ten. We may need a longer form."),
        ("dispatcher", "dispatch", "flat", "Four Adam Ten, the other {doer} has the long form."),
        ("first", "spoken", "calm", "Then we fold two short ones together."),
    ),
    (
        ("second", "spoken", "whispered", "It is holding up my own badge number."),
        ("first", "spoken", "flat", "Ask it politely which one of us is lost."),
        ("witness", "spoken", "sad", "It has already trained my replacement."),
        ("second", "spoken", "urgent", "Why is there a queue behind the {doer}?"),
        ("first", "spoken", "calm", "People respect a clear counter."),
    ),
    (
        ("witness", "spoken", "urgent", "The {deed} was on the calendar since spring."),
        ("first", "spoken", "flat", "Whose calendar, and in whose handwriting?"),
        ("witness", "spoken", "confused", "It is more of a paw. Very neat, though."),
        ("second", "spoken", "proud", "I have matched the {thing} to the footprint."),
        ("first", "spoken", "calm", "Good. Now match the footprint to a foot."),
    ),
)
TURN: tuple[Wanted, ...] = (
    ("first", "spoken", "shouted", "Section twelve. Step away from the {thing}."),
    ("suspect_or_witness", "spoken", "calm", "Section twelve was repealed. I attended the hearing."),
    ("second", "spoken", "confused", "It is right. We are parked on its crossing."),
    ("first", "spoken", "sad", "Then write me the ticket. Plum ink, please."),
    ("witness", "spoken", "warm", "You may keep one {thing}, for your honesty."),
)
TAG: tuple[Wanted, ...] = (
    ("first", "voice_over", "proud", "Some say {deed}. I say a tidy handover."),
    ("second", "spoken", "calm", "The {doer} signed for it. Twice."),
    ("dispatcher", "dispatch", "flat", "Four Adam Ten, the {doer} would like its pen back."),
    ("first", "radio", "flat", "Four Adam Ten, clear. It can have the pen."),
)
ACTIONS: dict[str, tuple[str, ...]] = {
    "cold_open": ("A torch beam finds the {doer} behind the counter of the {place}.", "The {doer} lifts one {thing}."),
    "call": ("Rain runs down the windscreen of the patrol car.", "The patrol car turns into {street}."),
    "arrive": ("The doors of the {place} stand open.", "The witness points at the {thing}."),
    "heighten": ("The {doer} slides a form across the counter.", "A second {thing} rolls out of the dark."),
    "turn": ("The officer raises a rule book at the {doer}.", "The {doer} unfolds a longer rule book."),
    "tag": ("The officer faces the camera beside the {thing}.", "The patrol car pulls away past the {place}."),
}
DEEDS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "call": (("en_route", "first", ""),),
    "arrive": (("on_scene", "first", ""),),
    "turn": (("takes", "first", "{thing}"),),
    "tag": (("clear", "first", ""),),
}
