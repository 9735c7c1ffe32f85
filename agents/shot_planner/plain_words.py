"""Plain words for those that video back ends refuse: crime, violence, weapons, bodies, police, alcohol, children."""

_CRIME = {
    "crime scene": "place", "crime": "mix-up", "crimes": "mix-ups", "criminal": "person", "criminals": "people",
    "suspect": "person", "suspects": "people", "culprit": "person", "culprits": "people", "perpetrator": "person",
    "offender": "person", "intruder": "visitor", "intruders": "visitors", "fugitive": "runaway",
    "under arrest": "asked to stay", "to arrest": "to talk to", "arrest": "talk", "arrests": "talks to",
    "arrested": "talked to", "arresting": "talking to", "detained": "asked to stay", "detains": "talks to",
    "thief": "person", "thieves": "people", "robber": "person", "robbers": "people", "robbery": "visit",
    "robs": "visits", "robbed": "visited", "robbing": "visiting", "burglar": "visitor", "burglars": "visitors",
    "burglary": "visit", "bandit": "person", "bandits": "people", "heist": "outing", "theft": "mix-up",
    "stolen": "missing", "steal": "carry off", "steals": "carries off", "stole": "carried off",
    "stealing": "carrying off", "loot": "goods", "loots": "tidies", "looting": "tidying", "contraband": "goods",
    "smuggles": "carries", "smuggled": "carried", "smuggling": "carrying", "smuggler": "carrier",
    "hostage": "guest", "hostages": "guests", "kidnaps": "invites", "kidnapped": "invited", "kidnapping": "invitation",
    "kidnapper": "host", "ransom": "request", "prisoner": "guest", "prisoners": "guests", "jail": "small room",
    "prison": "large building", "jailbreak": "walk outside", "inmate": "guest", "inmates": "guests",
    "mugshot": "portrait", "mug shot": "portrait", "illegal": "unusual", "illegally": "quietly", "drug": "parcel",
    "drugs": "parcels", "break-in": "visit", "breaks in": "walks in", "breaks into": "walks into",
    "trespasses": "visits", "trespassing": "visiting", "trespasser": "visitor", "getaway": "waiting", "gang": "group",
    "gangs": "groups", "gangster": "person", "gangsters": "people", "mafia": "family", "extortion": "request",
    "bribe": "gift", "bribes": "gives to", "bribed": "given to", "counterfeit": "copied", "forged": "copied",
    "fraud": "mix-up", "casino": "game room", "gambling": "playing", "gambles": "plays", "vandalism": "mischief",
    "vandalised": "changed", "terrorist": "person", "terrorists": "people", "confession": "statement",
    "evidence": "item", "guilty": "sheepish",
}  # fmt: skip
_VIOLENCE = {
    "attack": "visit", "attacks": "walks up to", "attacked": "visited", "attacking": "walking up to",
    "assault": "visit", "assaults": "walks up to", "assaulted": "visited", "fight": "argument", "fights": "argues",
    "fighting": "arguing", "fought": "argued", "brawl": "argument", "riot": "gathering", "hits": "touches",
    "hit": "touched", "hitting": "touching", "punches": "pats", "punched": "patted", "kicks": "nudges",
    "kicked": "nudged", "beats": "taps", "beaten": "tapped", "slaps": "pats", "slapped": "patted",
    "tackles": "stops", "tackled": "stopped", "wrestles": "holds", "wrestling": "holding", "strangles": "holds",
    "stabs": "points at", "stabbed": "pointed at", "shoots": "points at", "shooter": "person", "gunfire": "noise",
    "gunshot": "noise", "kill": "stop", "kills": "stops", "killed": "stopped", "killing": "stopping",
    "killer": "person", "murder": "mystery", "murders": "mysteries", "murdered": "missing", "murderer": "person",
    "bomb": "parcel", "bombs": "parcels", "explodes": "pops open", "exploded": "popped open",
    "explosion": "puff of smoke", "explosive": "surprising", "blows up": "pops open", "blood": "jam",
    "bloody": "jam-stained", "bleeding": "jam-stained", "wound": "plaster", "wounded": "plastered",
    "injured": "tired", "injury": "mishap", "injuries": "mishaps", "hurt": "tired", "victim": "person",
    "victims": "people", "threat": "request", "threats": "requests", "threatens": "asks", "threatened": "asked",
    "threatening": "asking", "chase": "walk", "chases": "follows", "chased": "followed", "chasing": "following",
    "pursuit": "walk", "violent": "lively", "violence": "bustle", "violently": "briskly", "suicide": "farewell",
    "torture": "questions", "crash": "stop", "crashes": "stops", "crashed": "stopped",
}  # fmt: skip
_WEAPON = {
    "gun": "torch", "guns": "torches", "gunpoint": "arm's length", "handgun": "torch", "pistol": "torch",
    "pistols": "torches", "revolver": "torch", "rifle": "umbrella", "rifles": "umbrellas", "shotgun": "umbrella",
    "firearm": "torch", "firearms": "torches", "weapon": "tool", "weapons": "tools", "armed": "equipped",
    "unarmed": "empty-handed", "knife": "spoon", "knives": "spoons", "sword": "stick", "swords": "sticks",
    "machete": "stick", "taser": "radio", "stun gun": "radio", "pepper spray": "spray bottle", "baton": "torch",
    "truncheon": "torch", "holster": "pouch", "ammunition": "batteries", "bullet": "button", "bullets": "buttons",
    "grenade": "ball", "in handcuffs": "with folded hands", "handcuffs": "keys", "handcuffed": "with folded hands",
}  # fmt: skip
_BODY = {
    "body camera": "camera", "bodycam": "worn camera", "body bag": "long bag", "dead body": "figure at rest",
    "corpse": "figure at rest", "corpses": "figures at rest", "body": "figure", "bodies": "figures",
    "dead": "motionless", "death": "farewell", "dies": "falls asleep", "died": "fell asleep", "dying": "drowsy",
    "naked": "in a dressing gown", "nude": "in a dressing gown", "half-naked": "in a dressing gown",
    "topless": "in a dressing gown", "shirtless": "in a dressing gown", "underwear": "pyjamas", "undresses": "changes",
    "lingerie": "pyjamas", "bikini": "swimming dress", "sexy": "elegant", "sex": "romance", "kiss": "greeting",
    "kisses": "greets", "kissing": "greeting", "breasts": "shoulders", "toilet": "small room",
}  # fmt: skip
_POLICE = {
    "police officer": "person in uniform", "police officers": "people in uniform",
    "police sergeant": "person in uniform",
    "policeman": "person in uniform", "policemen": "people in uniform", "policewoman": "person in uniform",
    "cop": "person in uniform", "cops": "people in uniform", "lawman": "person in uniform",
    "patrol car": "white car", "police car": "white car", "squad car": "white car", "police cruiser": "white car",
    "cruiser": "white car", "cruisers": "white cars", "police helicopter": "helicopter", "police station": "office",
    "police radio": "radio", "police tape": "striped tape", "police": "town", "sheriff": "town official",
    "sheriff's": "town official's", "deputy": "town official", "marshal": "town official",
    "detective": "person in a coat", "detectives": "people in coats", "SWAT": "town", "FBI": "town", "NYPD": "town",
    "LAPD": "town",
}  # fmt: skip
_ALCOHOL = {
    "beer": "lemonade", "beers": "lemonades", "wine": "juice", "wines": "juices", "whisky": "tea", "whiskey": "tea",
    "vodka": "water", "rum": "cocoa", "bourbon": "tea", "champagne": "sparkling water", "moonshine": "spring water",
    "liquor": "soda", "alcohol": "soda", "cocktail": "fruit drink", "cocktails": "fruit drinks", "drunk": "sleepy",
    "drunken": "sleepy", "brewery": "bottling hall", "pub": "cafe", "tavern": "cafe", "saloon": "cafe",
    "speakeasy": "tea room", "cigarette": "pencil", "cigarettes": "pencils", "cigar": "pencil", "cigars": "pencils",
    "smoking": "holding a pencil",
}  # fmt: skip
_CHILD = {
    "child": "person", "children": "people", "kid": "person", "kids": "people", "boy": "person", "boys": "people",
    "girl": "person", "girls": "people", "baby": "doll", "babies": "dolls", "toddler": "person", "toddlers": "people",
    "infant": "doll", "teenager": "person", "teenagers": "people", "teenage": "young-hearted", "schoolboy": "person",
    "schoolgirl": "person", "schoolchildren": "people", "underage": "new",
}  # fmt: skip

PLAIN: dict[str, str] = {
    word.lower(): plain
    for topic in (_CRIME, _VIOLENCE, _WEAPON, _BODY, _POLICE, _ALCOHOL, _CHILD)
    for word, plain in topic.items()
}
"""The refused word in lower case, and what is said for it. A longer entry goes before a shorter one in it."""
