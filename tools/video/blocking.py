"""Blocking: where a shot's camera and players stand in its set, and which of the set's surfaces are in sight."""

import random
from collections.abc import Mapping
from dataclasses import replace

from episodes.requests import RenderRequest
from episodes.results import SpokenLine
from episodes.shots import Door, Movement
from episodes.value import seed_from
from tools.video.camera import Camera, Travel, frame_shot, spread
from tools.video.places import SETS
from tools.video.players import Player
from tools.video.scenery import Scene, Scenery, Surface

_SEAT, _PASSING = 0.58, 1.9
"""Metres: how high a car's seat is, and how far behind it stands who looks in through the rear window."""
_HUNG = ("dashcam", "cctv", "doorbell")
_TOO_NEAR = 1.2
"""Metres before the lens within which no upright plane is drawn."""


class Blocking:
    """The set, the players at their places, and the camera's way, decided once for a shot."""

    scenery: Scenery
    players: list[Player]
    travel: Travel

    def __init__(self, request: RenderRequest, lines: Mapping[str, SpokenLine]) -> None:
        self._shot, self._form = request.shot, request.format
        shot, place = request.shot, request.world.place(request.shot.place)
        dark = shot.light in ("night", "dusk", "dawn")
        chance = random.Random(seed_from("set", place.id, place.set))
        self.scenery = SETS[place.set](Scene(place, request.world, dark, chance, shot.light, shot.weather))
        self.players = self._cast(request, lines)
        movement = shot.movement
        if shot.owner in _HUNG and movement.kind == "handheld":
            # Nobody holds it: what it trembles is the finish's.
            movement = Movement(kind="static")
        self.travel = Travel(self._stand(), movement, float(shot.seconds), request.seed)
        self._block()

    def surfaces(self) -> tuple[Surface, ...]:
        """Return the surfaces of the set that the camera may see: the furthest plane first, then the floor."""
        base, scenery = self.travel.base, self.scenery
        # From above, a ceiling is out of the way.
        flats = tuple(flat for flat in scenery.flats if flat.h < 2 or flat.h > base.height + 0.05)
        # What would stand right before the lens, the lens has passed.
        nearest = _TOO_NEAR - base.distance
        inside = [player for player in self.players if player.human and not self._is_beyond(player)]
        if scenery.seated and self.players and not inside:
            # What lies on a seat is looked at over the dashboard.
            nearest = max(nearest, 0.5 if self._is_beyond(self.players[0]) else 0.0)
        planes = tuple(plane for plane in scenery.planes if plane.z > nearest)
        return (*planes, scenery.floor_surface(), *flats, *scenery.sides)

    def _cast(self, request: RenderRequest, lines: Mapping[str, SpokenLine]) -> list[Player]:
        """Return the players; inside a car everybody sits and looks ahead."""
        subjects = [
            subject.model_copy(update={"pose": "sit", "facing": "camera"})
            if self.scenery.seated and not subject.outside
            else subject
            for subject in self._shot.subjects
        ]
        return [Player(subject, request, lines) for subject in subjects]

    def _stand(self) -> Camera:
        """Place the camera: framed on the cast, at the station that this shot chooses, or where the door is seen."""
        shot, form, chance = self._shot, self._form, random.Random(seed_from("station", self._shot.id))
        people = [player for player in self.players if player.human]
        lead = max((player.tall for player in people or self.players), default=1.8)
        close = shot.size in ("close", "extreme_close", "medium_close")
        needs = sum((0.42 if close else 0.66) if player.human else 0.9 * player.tall for player in self.players)
        if self.scenery.seated and len(people) > 1:
            needs = 1.75
        wider = 1.0
        if self.scenery.seated:
            # In a car there is one height at which a lens sees over the dashboard and under the roof.
            shot = shot.model_copy(update={"angle": "dutch" if shot.angle == "dutch" else "eye"})
            if shot.owner in ("dashcam", "bodycam") and shot.size in ("full", "long", "extreme_long"):
                # A camera inside the car sees no bonnet from the front.
                wider = 0.88 if shot.size == "full" else 0.78
                shot = shot.model_copy(update={"size": "medium"})
        camera = frame_shot(shot, form, lead, max(needs, 0.3), mounted=not self.scenery.seated)
        if shot.angle == "dutch":
            wider /= 1.18
        camera = replace(camera, focal=camera.focal * wider)
        if self.players and not people:
            # What stands on a counter or a seat is looked at there.
            camera = replace(camera, height=camera.height + self._lifted(self.players[0]))
        x = self.scenery.stations[chance.randrange(len(self.scenery.stations))]
        if self.scenery.door and any(isinstance(event, Door) for event in shot.events):
            left, wide, _, z = self.scenery.door
            x = left + wide / 2 - 0.22 * form.width / camera.scale(z)
        return replace(camera, x=x)

    def _block(self) -> None:
        """Give each player a place; in a car, a seat."""
        base = self.travel.base
        for player, (x, z) in zip(self.players, spread(tuple(p.subject for p in self.players), base), strict=True):
            player.x, player.z = x, z
        for player in self.players:
            player.lift = self._lifted(player)
            player.head = -self._to_the_head(player)
            player.x -= player.head
        if self.scenery.seated:
            for player in self.players:
                if self._is_beyond(player):
                    # Between the seats.
                    ahead = 0.0 if player.human else 0.36 * player.tall
                    ahead *= -1 if player.looks_left(player.actor.thing(0.0)) else 1
                    player.z, player.x = _PASSING, 0.5 * (player.subject.at - 0.5) - ahead
                elif player.human:
                    player.x, player.z = (-0.55 if player.subject.at < 0.5 else 0.55), 0.0
            if len(self.players) == 1 and self._shot.size not in ("full", "long", "extreme_long"):
                self.travel = replace(self.travel, base=replace(base, x=self.players[0].x * 0.8))

    def _is_beyond(self, player: Player) -> bool:
        """Whether somebody looks in at a car's rear window: who is outside, and what does not fit on a seat."""
        return self.scenery.seated and (player.subject.outside or (not player.human and player.tall > 0.85))

    def _to_the_head(self, player: Player) -> float:
        """Return metres by which a large animal stands aside in a close shot, so that its head is what one sees."""
        share = {"medium": 0.2, "medium_close": 0.3, "close": 0.36, "extreme_close": 0.36}.get(self._shot.size, 0.0)
        if player.human or player.tall < 1.2 or self.scenery.seated:
            return 0.0
        return share * player.tall * (1 if player.looks_left(player.actor.thing(0.0)) else -1)

    def _lifted(self, player: Player) -> float:
        """Return how high in metres a player's foot is: a thing inside a car lies on a seat."""
        if self._is_beyond(player):
            # Its face is at the height of the rear window.
            return (1.08 if player.human else 1.22) - 0.85 * player.tall
        if self.scenery.seated and not player.human:
            return max(player.subject.lift, _SEAT)
        return player.subject.lift
