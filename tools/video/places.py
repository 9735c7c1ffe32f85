"""Places: which function draws each set."""

from collections.abc import Callable

from episodes.cast import SetName
from tools.video.locations.alley import alley
from tools.video.locations.car import patrol_car
from tools.video.locations.diner import diner
from tools.video.locations.dispatch_room import dispatch_room
from tools.video.locations.hallway import hallway
from tools.video.locations.highway import highway
from tools.video.locations.interview import interview
from tools.video.locations.kitchen import kitchen
from tools.video.locations.park import park
from tools.video.locations.parking_lot import parking_lot
from tools.video.locations.porch import porch
from tools.video.locations.rooftop import rooftop
from tools.video.locations.shop import shop
from tools.video.locations.street import street
from tools.video.locations.waterfront import waterfront
from tools.video.scenery import Scene, Scenery

SETS: dict[SetName, Callable[[Scene], Scenery]] = {
    "street": street, "shop": shop, "car": patrol_car, "interview": interview, "porch": porch,
    "parking_lot": parking_lot,
    "hallway": hallway, "park": park, "dispatch_room": dispatch_room, "waterfront": waterfront,
    "diner": diner, "alley": alley, "highway": highway, "rooftop": rooftop, "kitchen": kitchen,
}  # fmt: skip
"""Every set that a place may have."""
