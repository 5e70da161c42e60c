"""The elementary changes of state that steps consist of."""

from dataclasses import dataclass
from typing import NamedTuple

from planner.model.place import Position
from planner.safety.condition import Condition, State
from planner.units.span import Minute


class Become(NamedTuple):
    """The subject's condition changes, whatever it was, or only if it is one of ``only_from``."""

    id: str
    condition: Condition
    only_from: frozenset[Condition] | None = None

    def apply(self, state: State) -> None:
        if self.only_from is None or state.condition[self.id] in self.only_from:
            state.condition[self.id] = self.condition


class Stand(NamedTuple):
    """The asset stands there from now on (None: nowhere); a contained asset is told its host instead."""

    id: str
    position: Position | None

    def apply(self, state: State) -> None:
        if self.id in state.place:
            state.place[self.id] = self.position


class LeaveRack(NamedTuple):
    """The asset is out of its rack but still in its room."""

    id: str

    def apply(self, state: State) -> None:
        here = state.place.get(self.id)
        if here is not None:
            state.place[self.id] = Position(here.room)


@dataclass(frozen=True, slots=True)
class Relocate:
    """A line's end lies in the other room: in ``there``, or back ``home`` if it lay there already."""

    id: str
    there: Position | None
    home: Position | None

    def apply(self, state: State) -> None:
        here = state.place.get(self.id)
        back = here is not None and self.there is not None and here.room == self.there.room
        state.place[self.id] = self.home if back else self.there


@dataclass(frozen=True, slots=True)
class Aim:
    """The VM is migrating to ``target``; at the end (``arrived``) it runs there."""

    id: str
    target: str
    arrived: bool

    def apply(self, state: State) -> None:
        if self.arrived:
            state.target.pop(self.id, None)
            state.host[self.id] = self.target
        else:
            state.target[self.id] = self.target


@dataclass(frozen=True, slots=True)
class HandOver:
    """Nobody serves the role of ``old``; at the end (``done``) the other one of the two serves it."""

    old: str
    new: str
    done: bool
    back: bool = False

    def apply(self, state: State) -> None:
        state.role[self.old] = (self.old if self.back else self.new) if self.done else None


@dataclass(frozen=True, slots=True)
class OpenBridge:
    """The bridge is tested and may be used."""

    id: str

    def apply(self, state: State) -> None:
        state.tested[self.id] = True


@dataclass(frozen=True, slots=True)
class CloseBridge:
    """The bridge may not be used any more."""

    id: str

    def apply(self, state: State) -> None:
        state.tested.pop(self.id, None)


@dataclass(frozen=True, slots=True)
class Readdress:
    """The asset changes its address: who knew it does not any more, and the other way round when it goes back."""

    id: str
    holders: tuple[str, ...]

    def apply(self, state: State) -> None:
        for pair in {(holder, self.id) for holder in self.holders}:
            if pair in state.stale:
                state.stale.pop(pair)
            else:
                state.stale[pair] = True


@dataclass(frozen=True, slots=True)
class Inform:
    """The holder knows the asset's present address."""

    id: str
    holder: str

    def apply(self, state: State) -> None:
        state.stale.pop((self.holder, self.id), None)


Change = Become | Stand | LeaveRack | Relocate | Aim | HandOver | OpenBridge | CloseBridge | Readdress | Inform


ENDS, STARTS = 0, 1
"""The phases of an instant, in their order: what ends in a minute has ended when something else starts."""


class Timed(NamedTuple):
    """A change at an instant, in one of its phases."""

    minute: Minute
    phase: int
    change: Change
