"""The words that facts are weighed and sorted by."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP = _words(
    """a an the and or but nor so yet for if then else than that this these those there here where when while who whom
    whose which what why how i me my mine you your he him his she her hers it its we us our ours they them their theirs
    one ones someone somebody something anyone anybody anything everyone everybody everything nobody nothing no not of
    in on at by to from with without within into onto upon over under above below between among through across along
    around about against after before behind beside beyond near off out outside inside up down during until till since
    because although though despite toward towards via per as am is are was were be been being do does did done have has
    had having will would shall should can could may might must very too also just only even still again already always
    never ever now today yesterday tomorrow some any all both each every either neither other another such same own more
    most much many few less least lot lots several said says told asked according later ago away back also s t re ve ll
    d m went go got get came come made make took take put let like then when himself herself themselves itself
    somebody's first last next mr mrs ms dr sgt officer officers a.m p.m am pm a.m. p.m. around about caller von van"""
)

NUMBERS = _words(
    """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen half pair couple twice
    double triple"""
)

VERBS = _words(
    """is are was were has have had do does did will would can could
    ate beat became began bent bit blew broke brought built bought came caught chose clung crept cut dealt drew drove
    drank dug fell fed felt fought found flew fled forgot froze gave got went grew ground hung heard hid hit held hurt
    kept knelt knew laid led leapt left lent let lay lit lost made meant met paid put quit read rode rang rose ran said
    saw sold sent set shook shone shot shut sang sank sat slept slid spoke spent spun split spread sprang stood stole
    stuck stung struck swore swept swam swung took taught tore told thought threw trod understood woke wore wept won
    wound wrote
    appears asks advises believes blocks bites calls carries chases claims comes contains declines demands drives eats
    escapes faces finds flees follows gets gives goes hangs has hears hides hits holds keeps knows leaves lies lives
    looks loses makes moves needs offers opens owns plays pulls pushes puts reads refuses remains reports returns rides
    rings runs says sees sells sends shows sits sleeps smells sounds speaks stands starts states stays steals stops
    takes talks tells thinks throws tries turns uses waits walks wants wears weighs works"""
)
"""Finite verbs that don't end in -ed."""

NOT_PAST = _words(
    "red bed shed seed weed need feed speed bleed breed indeed hundred naked wicked crooked sacred kindred sled"
)

ACTIONS = _words(
    """ate bit blew broke carried caught chased climbed crashed crawled crept dragged drove dropped dumped escaped fell
    fled flew fought grabbed handcuffed hauled hid hit jumped kicked knocked leapt lifted locked loaded marched parked
    paddled pedalled pedaled pulled pushed rammed ran rode rolled sat shot slid slipped smashed snatched spilled
    squeezed stacked stole stood stuffed surrendered swam swung threw tied tipped took towed tripped tunnelled unlocked
    vaulted wedged wheeled wrestled escorted cornered circled boarded barricaded blocked emptied swapped replaced"""
)

REACTIONS = _words(
    """laughed cried screamed shouted yelled refused apologised apologized demanded insisted admitted complained
    applauded cheered sighed
    shrugged blushed fainted wept denied declined thanked begged offered waved winked bowed hissed
    honked growled barked quacked saluted negotiated surrendered asked stared blinked swore clapped giggled"""
)

SOUNDS = _words(
    """noise noises bang crash siren sirens music alarm honking barking shouting screaming quacking whistling humming
    singing heard loud thump thud squeal beeping ringing chanting drumming bagpipes karaoke accordion"""
)

LOOKS = _words(
    """wearing wore dressed painted covered coloured colored costume mask hat cape wig suit dress uniform striped
    glitter gown crown boots jacket pyjamas pajamas sunglasses tuxedo helmet"""
)

ODD = _words(
    """goose geese duck raccoon llama alpaca goat pig chicken swan pigeon parrot peacock emu ostrich donkey pony horse
    cow sheep monkey bear squirrel otter badger hamster ferret turtle tortoise snake crocodile alligator lobster crab
    bees
    doughnut doughnuts donut donuts cake cheese pie pies gravy custard jelly sausage sausages ham pizza burrito
    cheesecake
    mayonnaise mustard pickles tuba trombone accordion bagpipes unicycle tricycle trolley trampoline canoe kayak
    bathtub toilet wheelbarrow pushchair lawnmower forklift hovercraft scooter gnome gnomes mannequin statue inflatable
    costume wig tutu cape mask piñata clown mime wizard pirate magician ghost robot mascot trophy safe shopping
    glitter confetti balloons piano disco karaoke unicorn dinosaur paperwork receipt clipboard invoice petition"""
)

DULL = re.compile(
    r"anyone with|investigation (?:is|remains)|asked to (?:call|contact)|no further|for more information|copyright|"
    r"all rights|subscribe|sign up|click|read more|photo(?:graph)? by|image:|e-mail address|web page|advertisement|"
    r"was updated|will be updated|correction|transcript|subtitles by|thank you for watching",
    re.IGNORECASE,
)

REPORTERS = (
    r"(?:states?|stated|advises?|advised|reports?|reported|says?|said|adds?|added|confirms?|confirmed|explains?|"
    r"explained|claims?|claimed|notes?|noted|told (?:police|officers|reporters|dispatch|us|the \w+)|recalls?|recalled)"
)
