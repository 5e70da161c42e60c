"""Steps in one line, single or as a whole chain: ``move db -> N1/10 by ict/1``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from planner.model.chain import CHAINS, RESTART, SYSTEM_RESTART, StepKind
from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.plan.step import Step
from planner.units.span import Minute

_DOING = re.compile(r"(?P<ids>.+?)(?: -> (?P<goal>\S+))?(?: by (?P<people>.+?))?(?: with (?P<witness>\S+))?")
_ARRIVING = (StepKind.CARRY, StepKind.MOUNT, StepKind.SWITCH_OVER)
_ONE_BY_ONE = (StepKind.UNMOUNT, StepKind.MOUNT, StepKind.DISPOSE)
CHAINS_BY_WORD = ("move", "restart")


class NotANotation(ValueError):
    """A line that says nothing that the notation knows; the message quotes it."""


@dataclass(frozen=True, slots=True)
class Doing:
    """What a line says after its time and word: about what, where to, by whom."""

    inventory: Inventory
    ids: tuple[str, ...]
    goal: str | None
    people: tuple[str, ...]
    witness: str | None

    def steps(self, word: str, start: Minute, end: Minute | None) -> Iterator[Step]:
        """The one step of this kind until `end`, or the whole chain that `move` and `restart` stand for."""
        if word not in CHAINS_BY_WORD:
            if end is None:
                raise NotANotation(f"{word} needs the time of its end")
            yield self._step(StepKind(word), start, end)
            return
        for kind, minutes in self._chain(word):
            yield self._step(kind, start, start + minutes)
            start += minutes

    def _chain(self, word: str) -> Iterator[tuple[StepKind, int]]:
        """Each kind with the likely minutes of its work, the longest of all subjects or, by hand, their sum."""
        first = self.inventory.subject(self.ids[0])
        restart = SYSTEM_RESTART if first.id in self.inventory.systems else RESTART
        for kind in CHAINS[self.inventory.assets[first.id].method] if word == "move" else restart:
            works = [self.inventory.subject(id).works.get(kind) for id in self.ids]
            lengths = [work.duration.likely for work in works if work]
            minutes = sum(lengths) if kind in _ONE_BY_ONE else max(lengths, default=0)
            if minutes:
                yield kind, minutes

    def _step(self, kind: StepKind, start: Minute, end: Minute) -> Step:
        name = f"{'+'.join(self.ids)}/{kind.value}"
        return Step(
            name,
            kind,
            self.ids,
            start,
            end,
            self.people,
            self.witness,
            to=dict.fromkeys(self.ids, self._position()) if self.goal and kind in _ARRIVING else {},
            hosts=dict.fromkeys(self.ids, self.goal) if self.goal and kind is StepKind.MIGRATE else {},
            holder=self.goal if kind is StepKind.UPDATE else None,
        )

    def _position(self) -> Position:
        place, _, unit = str(self.goal).partition("/")
        if place in self.inventory.racks:
            return Position(self.inventory.racks[place].room, place, int(unit) if unit else None)
        return Position(place)


def doing(inventory: Inventory, text: str) -> Doing:
    """Return what a line says after its word: ``db web -> N1/10 by ict/1, ict/2 with ict/3``."""
    found = _DOING.fullmatch(text)
    if not found:
        raise NotANotation(f"nothing to do in {text!r}")
    named = tuple(name for name in re.split(r",\s*", found["people"] or "") if name)
    return Doing(inventory, tuple(found["ids"].split()), found["goal"], named, found["witness"])
