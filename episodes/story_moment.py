"""The moment at which an effect happens: where its rule looks, and what it finds."""

from collections.abc import Sequence
from functools import singledispatch

from episodes import effects as fx
from episodes.changes import AddEffects, Change
from episodes.effects import Effect
from episodes.notes import Severity
from episodes.story_state import Finding, PersonState, PropState, StoryState, VehicleState


class Impossible(Exception):
    """The effect can't happen at all; the finding says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.text)
        self.finding = finding


class Moment:
    """The moment at which one effect happens, and what was found wrong about it."""

    def __init__(self, state: StoryState, beat: str, together: Sequence[Effect]) -> None:
        self.state = state
        self.beat = beat
        self.together = together
        self.findings: list[Finding] = []

    def name(self, thing: str) -> str:
        """Return what people call a thing."""
        return self.state.name(thing)

    def finding(
        self, rule: str, what: str, fix: str, change: Change | None = None, severity: Severity = "major"
    ) -> Finding:
        """Return a finding about this beat; `what` is a clause without its full stop."""
        text = f"In {self.beat} at {self.name(self.state.place)}, {what}."
        return Finding(rule=rule, target=self.beat, text=text, fix=fix, change=change, severity=severity)

    def find(self, rule: str, what: str, fix: str, *first: Effect) -> None:
        """Note a finding; `first` are the effects that, put before, would mend it."""
        change = AddEffects(beat=self.beat, effects=first) if first else None
        self.findings.append(self.finding(rule, what, fix, change))

    def person(self, person_id: str) -> PersonState:
        """Return the person, or raise `Impossible`."""
        try:
            return self.state.person(person_id)
        except KeyError:
            raise self.unknown("character", person_id) from None

    def prop(self, prop_id: str) -> PropState:
        """Return the prop, or raise `Impossible`."""
        try:
            return self.state.prop(prop_id)
        except KeyError:
            raise self.unknown("prop", prop_id) from None

    def vehicle(self, vehicle_id: str) -> VehicleState:
        """Return the vehicle, or raise `Impossible`."""
        try:
            return self.state.vehicle(vehicle_id)
        except KeyError:
            raise self.unknown("vehicle", vehicle_id) from None

    def unknown(self, kind: str, thing_id: str) -> Impossible:
        """Return what to raise when an effect names something that does not exist."""
        what, fix = f"an effect names the {kind} {thing_id!r}, which this world does not have", f"Name a {kind} it has."
        return Impossible(self.finding(f"unknown.{kind}", what, fix, severity="fatal"))

    def here(self, person_id: str) -> PersonState:
        """Return the person, with a finding when they are not in the scene."""
        person = self.person(person_id)
        if not person.present:
            name = self.name(person_id)
            self.find(
                "presence.acts", f"{name} acts without being there", f"Let {name} arrive first.",
                fx.Arrive(who=person_id),
            )  # fmt: skip
        return person


@singledispatch
def happen(effect: Effect, moment: Moment) -> StoryState:
    """Return the state after the effect; what stood against it goes into the moment's findings.

    Each type of effect enters its own rule. Raises `Impossible` when the effect names something that does not exist.
    """
    raise TypeError(f"no rule for the effect {type(effect).__name__}")
