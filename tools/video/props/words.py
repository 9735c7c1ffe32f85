"""Words: which names and emoji share a drawing, what cannot be drawn, and who is known by a trade.

Within a word of these lists an underscore stands for a space.
"""


def _words(text: str) -> list[str]:
    return [word.replace("_", " ") for word in text.split()]


def _pairs(text: str) -> dict[str, str]:
    return {word.partition("=")[0]: word.partition("=")[2] for word in _words(text)}


SAME = _pairs("""
opossum=possum hen=chicken gull=seagull crocodile=alligator gator=alligator bike=bicycle werewolf=wolf
sasquatch=bigfoot abominable_snowman=yeti ape=gorilla chimpanzee=monkey chimp=monkey stag=deer elk=deer
fawn=deer bull=ox calf=cow lamb=sheep ram=sheep piglet=pig hog=pig boar=pig foal=pony mule=donkey hound=dog
poodle= cub=bear toad=frog dove= raven=crow rook=crow cockerel=rooster cygnet=swan gosling=goose duckling=duck
mallard=duck stoat=ferret weasel=ferret geese=goose hippopotamus=hippo rhinoceros=rhino oxen=ox
guinea_pig=hamster tabby=cat tomcat=cat turtle=tortoise terrapin=tortoise
""")
"""Names of what looks like another thing, and that thing; no thing after the sign: its emoji is better."""

STARS = _pairs("""
🦝=raccoon 🪿=goose 🦢=swan 🦆=duck 🐔=chicken 🐓=rooster 🦙=llama 🐐=goat 🐖=pig 🐷=pig 🐄=cow
🐮=cow 🐎=horse 🐴=horse 🐕=dog 🐶=puppy 🐈=cat 🐱=kitten 🐊=alligator 🦨=skunk 🦡=badger 🦊=fox
🐿=squirrel 🐻=bear 🫎=moose 🦌=deer 🐦=pigeon 🦚=peacock 🦃=turkey 🐌=snail 🐙=octopus 🦀=crab
🐧=penguin 🐒=monkey 🐵=monkey 🦍=gorilla 🐸=frog 🦁=lion 🐯=tiger 🐅=tiger 🐺=wolf 🐼=panda
🐨=koala 🐹=hamster 🦄=unicorn 🦓=zebra 🫏=donkey 🐑=sheep 🐏=sheep 🐪=camel 🐂=ox 🦩=flamingo
🐦‍⬛=crow 🦛=hippo 🦏=rhino 🦅=eagle 🍩=doughnut 🛒=shopping_cart 🚲=bicycle 🎺=trumpet
☕=coffee 📓=notebook 📒=notebook 🗒=notebook 🔑=key 🗝=key 📱=phone ☎=telephone 📞=telephone
🥪=sandwich ☂=umbrella 🌂=umbrella 🪜=ladder 🧳=suitcase 🏆=trophy 🪧=sign ✉=envelope
💵=money 💰=money 🎈=balloon 📬=mailbox 📫=mailbox 📪=mailbox 📮=mailbox 🌭=hot_dog 🎂=cake
🍕=pizza 🗿=statue 🎹=piano 🛋=sofa 🗑=wheelie_bin 📄=form 📃=form 📜=permit 🧾=form
🚒=fire_truck 🚦=traffic_light 🌳=tree 🔔=bell 🪑=chair ⛲=fountain 🛝=slide 🛷=sled 🚚=truck
🚜=tractor 🎷=saxophone 🎻=violin 🥁=drum ⏰=alarm_clock 🤖=robot 💀=skeleton 👽=alien 🌊=wave
💧=raindrop 🐥=duck 🐣=chicken 🐤=chicken 🦫=beaver 🐢=tortoise 🎀=ribbon 🏷=tag 🍔=burger
""")
"""Emoji for which there is a drawing of this project's own, in the film's hand."""

INTANGIBLE = frozenset(
    _words("""
algorithm alphabet apology applause artificial_intelligence autumn awkward_silence bad_luck birthday
birthday_party boredom breeze budget bureaucracy bylaw chatbot coincidence cold_front color colour
committee_meeting common_sense conscience darkness deadline deja_vu democracy diet dignity draft draught dread
dream e-mail earthquake earworm echo economy election email existential_crisis existential_dread gossip
gravity grudge heat_wave heatwave hiccup holiday horizon idea imaginary_friend internet jazz joke laughter law
love luck meeting melody memory mistake monday music nightmare nostalgia number opinion parade parking_space
parking_spot password patience promise question regret revenge rumor rumour secret shadow silence small_talk
smell song spreadsheet stench stock_market summer surprise_party time tradition traffic_jam truth tuesday tune
typo vacation vibe video_game wedding weekend wind winter wish yawn
""")
)
"""What nobody can draw: it is taken into evidence."""

TRADES = frozenset(
    _words("""
accountant angler auctioneer auditor ballerina bank_robber barber beekeeper billionaire bodyguard brass_band
bus_driver butcher captain caretaker caveman cheerleader choir clown comedian conductor conspiracy_theorist
cowboy crook crossing_guard dancer dentist fisherman football_team fortune_teller ghost_hunter hairdresser
hypnotist illusionist janitor jury knitting_circle librarian lifeguard locksmith magician mail_carrier mailman
marching_band millionaire mime opera_singer orchestra parking_attendant photographer pirate poet postman
psychic robber robot_lawyer rock_star sailor scout_troop sewing_circle tax_inspector time_traveler
time_traveller tourist traffic_warden ventriloquist viking weather_presenter weatherman writer
""")
)
"""People whose emoji shows only what they work with, or a face."""
