"""What a step says to the one who does it: place, action, expected result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.model.asset import Asset, Work
from planner.model.chain import StepKind
from planner.model.place import Position
from planner.plan.step import RollbackStep, Step
from planner.rendering.documents.naming import Naming
from planner.rendering.documents.whereabouts import Stand, rooms_of
from planner.rendering.documents.words import Words

_MOVING = frozenset({StepKind.CARRY, StepKind.SWITCH_OVER, StepKind.MIGRATE})
"""Kinds whose place is a way from one room to another."""


@dataclass(frozen=True, slots=True)
class Describing:
    """Texts of steps: the inventory's own where it has them, else those of the words."""

    naming: Naming

    @property
    def words(self) -> Words:
        return self.naming.words

    def place(self, step: Step, stand: Stand) -> str:
        """Where the work is done: a way for what is carried, positions for few, rooms for many."""
        before, after = rooms_of(stand.before.values()), rooms_of(stand.after.values())
        if step.kind in _MOVING and before and after and before != after:
            return self.words.say("places", "way", start=self._rooms(before), end=self._rooms(after))
        spots = dict.fromkeys(self._spot(id, place) for id, place in stand.after.items() if place)
        if len(spots) in (1, 2):
            return self.words.joined(spots)
        if after:
            return self._rooms(after)
        ends = [room for id in step.assets for room in self._ends(id)]
        return self._rooms(dict.fromkeys(ends)) if ends else self.words["places"]["remote"]

    def action(self, step: Step, stand: Stand) -> str:
        """What to do; subjects with texts of their own in the inventory have a sentence each."""
        own = self._own(step, "action")
        rest = [id for id in step.assets if id not in own]
        said = [self._action(step, stand, ids) for ids in self._by_sort(rest)]
        return self._sentences([*own.values(), *said])

    def expected(self, step: Step) -> str:
        """What has to be seen when it is done."""
        own = self._own(step, "expected")
        rest = [id for id in step.assets if id not in own]
        said = [self.words.first("expected", self._keys(step.kind, ids[0])) for ids in self._by_sort(rest)]
        return self._sentences([*own.values(), *said])

    def undoing(self, step: RollbackStep) -> str:
        """What a step of a rollback does."""
        moves = self.words.joined(self._move(id, host) for id, host in step.hosts.items())
        places = self._places(step.to)
        holder = self.naming.subject(step.holder) if step.holder else ""
        said = self.words.first("undo", [step.kind.value], to=places, moves=moves, holder=holder)
        return said or self.kind(step.kind)

    def kind(self, kind: StepKind) -> str:
        return str(self.words["kinds"][kind.value])

    def _action(self, step: Step, stand: Stand, ids: list[str]) -> str:
        before = rooms_of(stand.before.get(id) for id in ids)
        after = rooms_of(stand.after.get(id) for id in ids)
        return self.words.first(
            "actions",
            self._keys(step.kind, ids[0]),
            names=self.naming.subjects(ids),
            way=self.words.say("places", "way", start=self._rooms(before), end=self._rooms(after)),
            to=self._places({id: step.to[id] for id in ids if id in step.to}) or self._rooms(after),
            moves=self.words.joined(self._move(id, step.hosts[id], stand.hosts[id]) for id in ids if id in step.hosts),
            addresses=self.words.joined(self._address(id) for id in ids),
            holder=self.naming.subject(step.holder) if step.holder else "",
        )

    def _keys(self, kind: StepKind, id: str) -> tuple[str, str]:
        return f"{kind.value}.{self._sort(id)}", kind.value

    def _sort(self, id: str) -> str:
        inventory = self.naming.inventory
        if id in inventory.assets:
            return inventory.assets[id].kind.value
        return "system" if id in inventory.systems else "link"

    def _by_sort(self, ids: Iterable[str]) -> list[list[str]]:
        sorts: dict[str, list[str]] = {}
        for id in ids:
            sorts.setdefault(self._sort(id), []).append(id)
        return list(sorts.values())

    def _own(self, step: Step, text: str) -> Mapping[str, str]:
        found = {id: getattr(work, text) for id in step.assets if (work := self._work(id, step.kind))}
        return {id: said for id, said in found.items() if said}

    def _work(self, id: str, kind: StepKind) -> Work | None:
        inventory = self.naming.inventory
        return inventory.subject(id).works.get(kind) if id in inventory.assets or id in inventory.systems else None

    def _places(self, to: Mapping[str, Position]) -> str:
        return self.words.joined(dict.fromkeys(self._spot(id, place) for id, place in to.items()))

    def _spot(self, id: str, place: Position) -> str:
        asset = self._asset(id)
        return self.naming.position(place, asset.height if asset else None)

    def _move(self, id: str, host: str, old: str | None = None) -> str:
        start = self.naming.subject(old) if old else self.naming.subject(id)
        return self.words.say("places", "way", start=start, end=self.naming.subject(host))

    def _address(self, id: str) -> str:
        asset = self._asset(id)
        if asset is None or asset.new_address is None:
            return str(self.words["general"]["unknown"])
        return self.words.say("places", "way", start=asset.address or "", end=asset.new_address).strip()

    def _asset(self, id: str) -> Asset | None:
        return self.naming.inventory.assets.get(id)

    def _ends(self, id: str) -> tuple[str, ...]:
        link = self.naming.inventory.links.get(id)
        return link.between if link else ()

    def _rooms(self, rooms: Iterable[str]) -> str:
        return self.words.joined(self.naming.room(room) for room in rooms)

    def _sentences(self, said: Iterable[str]) -> str:
        return ("。" if self.words.language == "ja" else "; ").join(dict.fromkeys(text for text in said if text))
