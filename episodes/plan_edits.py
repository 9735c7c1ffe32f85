"""Another plan of one shot, column by column of the table."""

import re
from difflib import get_close_matches
from fractions import Fraction

from episodes.cast import World
from episodes.cell_values import CHOICES, choice, number
from episodes.heading_edits import place_called
from episodes.shots import Mouth, Movement, Shot, Subject
from episodes.understood import listed, quoted

_WORN = ("bodycam",)
_FIXED = ("cctv", "doorbell", "interview", "helicopter")
_EVENT = re.compile(r"([a-z_]+)@(-?\d+(?:[.,]\d+)?)")


class PlanEdit:
    """Builds another plan of a shot, and says what is other and what can't be."""

    def __init__(self, shot: Shot, world: World) -> None:
        self.plan, self.world = shot, world
        self.said: list[str] = []
        self.left: list[str] = []

    def take(self, column: str, text: str) -> None:
        """Take what a cell says."""
        if column in CHOICES:
            self._choice(column, text)
        elif column == "speed":
            self._speed(text)
        elif column == "wearer":
            self._wearer(text)
        elif column == "place":
            self._place(text)
        elif column == "subjects":
            self._subjects(text)
        elif column == "events":
            self._events(text)
        else:
            self._set(column, text, f"{column.replace('_', ' ')} of {self.plan.id} now says {quoted(text)}")

    def finish(self, cells: dict[str, str]) -> None:
        """See that camera and wearer fit: nobody wears a fixed camera, and somebody must wear a bodycam."""
        if "owner" not in cells and "wearer" not in cells:
            return
        if self.plan.owner in _FIXED and self.plan.wearer is not None:
            self.plan = self.plan.model_copy(update={"wearer": None})
        if self.plan.owner in _WORN and self.plan.wearer is None:
            self.left.append(
                f"Nobody is named who wears the bodycam of {self.plan.id}: put a character into the column 'wearer'."
            )

    def _set(self, field: str, value: object, said: str) -> None:
        self.plan = self.plan.model_copy(update={field: value})
        self.said.append(f"{said[0].upper()}{said[1:]}.")

    def _choice(self, column: str, text: str) -> None:
        value = choice(column, text)
        name, was = self.plan.id, getattr(self.plan, column, "")
        if value is None:
            self.left.append(f"{column!r} of {name} can't be {quoted(text, 40)}; it can be {listed(CHOICES[column])}.")
        elif column in ("movement", "direction"):
            field = "kind" if column == "movement" else column
            movement = Movement.model_validate(self.plan.movement.model_dump() | {field: value})
            if movement != self.plan.movement:
                self._set("movement", movement, f"the camera's {column} in {name} is now {value}")
        elif value != was:
            words = {"owner": "camera"}.get(column, column)
            self._set(column, value, f"the {words} of {name} is now {_plain(value)}, where it was {_plain(was)}")

    def _speed(self, text: str) -> None:
        value = number(text)
        if value is None or not 0 <= value <= 10:
            self.left.append(f"The camera's speed in {self.plan.id} can't be {quoted(text, 40)}: it is 0 to 10.")
            return
        movement = self.plan.movement.model_copy(update={"speed": float(value)})
        self._set("movement", movement, f"the camera's speed in {self.plan.id} is now {float(value):g}")

    def _wearer(self, text: str) -> None:
        if not text:
            self._set("wearer", None, f"nobody carries the camera of {self.plan.id} any more")
            return
        who = self._called(text, people=True)
        if who is not None and who != self.plan.wearer:
            self._set("wearer", who, f"{self._name(who)} now carries the camera of {self.plan.id}")

    def _place(self, text: str) -> None:
        place = place_called(text, self.world)
        if place is None:
            known = listed([one.id for one in self.world.places])
            self.left.append(f"The place of {self.plan.id} can't be {quoted(text, 40)}; it can be {known}.")
        elif place.id != self.plan.place:
            self._set("place", place.id, f"shot {self.plan.id} is now taken at {place.name}")

    def _subjects(self, text: str) -> None:
        there = {subject.id: subject for subject in self.plan.subjects}
        names = [self._called(word, people=False) for word in re.split(r"[\s,;]+", text)[:60] if word]
        found = list(dict.fromkeys(name for name in names if name is not None))
        subjects = tuple(there.get(name) or Subject(id=name) for name in found)
        added, gone = [name for name in found if name not in there], [name for name in there if name not in found]
        if None in names and not added:
            return
        if subjects == self.plan.subjects:
            return
        events = tuple(
            event for event in self.plan.events if not {getattr(event, "who", ""), getattr(event, "what", "")} & {*gone}
        )
        words = [f"now with {listed([self._name(name) for name in added])}"] if added else []
        words += [f"without {listed([self._name(name) for name in gone])}"] if gone else []
        self.plan = self.plan.model_copy(update={"events": events})
        self._set("subjects", subjects, f"shot {self.plan.id} is {' and '.join(words) or 'framed in another order'}")

    def _called(self, text: str, people: bool) -> str | None:
        """Return the id of somebody or something by id or name; None, with a sentence, when nobody has it."""
        things: dict[str, tuple[str, ...]] = {
            person.id: (person.short_name, person.name) for person in self.world.characters
        }
        if not people:
            things |= {prop.id: (prop.name,) for prop in self.world.props}
            things |= {vehicle.id: (vehicle.name,) for vehicle in self.world.vehicles}
        plain = text.casefold().strip()
        for id_, names in things.items():
            if plain == id_.casefold() or plain in [name.casefold() for name in names]:
                return id_
        near = get_close_matches(plain[:60], things, n=1, cutoff=0.7)
        meant = f"did you mean {near[0]}?" if near else f"there are {listed(list(things))}."
        self.left.append(f"Nobody and nothing is called {quoted(text, 40)} in {self.plan.id}: {meant}")
        return None

    def _name(self, id_: str) -> str:
        return next((person.short_name for person in self.world.characters if person.id == id_), id_)

    def _events(self, text: str) -> None:
        """Take other moments of what happens; what happens itself is planned from the script."""
        tokens = _EVENT.findall(text)
        ours = [(event.kind, f"{float(event.at):.2f}") for event in self.plan.events]
        found = [(kind, f"{float(at.replace(',', '.')):.2f}") for kind, at in tokens]
        if sorted(found) == sorted(ours) and len(tokens) == len(text.split()):
            return
        if [kind for kind, _ in found] != [kind for kind, _ in ours] or len(tokens) != len(text.split()):
            self.left.append(
                f"What happens in {self.plan.id} stays ({quoted(text, 60)}): the table can say when something happens, "
                "as in enter@0.50; what happens is written as an action into script.fountain."
            )
            return
        moved: dict[str, Fraction] = {}
        events = []
        for event, (_, at), (_, old) in zip(self.plan.events, found, ours, strict=True):
            if at != old:
                if isinstance(event, Mouth):
                    moved[event.line] = Fraction(at) - event.at
                event = event.model_copy(update={"at": Fraction(at)})
            events.append(event)
        cues = tuple(cue.model_copy(update={"at": cue.at + moved.get(cue.line, 0)}) for cue in self.plan.cues)
        self.plan = self.plan.model_copy(update={"cues": cues})
        self._set("events", tuple(events), f"what happens in {self.plan.id} now happens at other moments: {text[:80]}")


def _plain(value: str) -> str:
    return value.replace("_", " ")
