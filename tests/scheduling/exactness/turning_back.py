"""All ways of turning back from the state at a check point: who is undone how, and in which slots."""

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from planner.model.chain import StepKind
from tests.scheduling.exactness.slots import AFTERWARDS, UNDER_WAY, Op, Place, Slots

K = StepKind


class Phase(NamedTuple):
    """How far a subject is in its chain: ``left`` slots of step ``step``, 0 before it begins; no ``kind``: at rest.

    ``needed``: what it hard-needs was gone while it was stopped.
    """

    kind: str = ""
    step: int = 0
    left: int = 0
    needed: bool = False


REST = Phase()


class Undo(NamedTuple):
    """What happens to one subject on the way back, from which condition and room."""

    ops: tuple[Op, ...]
    condition: str
    room: str | None
    home: str | None


class Started(NamedTuple):
    """A step of the way back: subject, its step, offset in slots."""

    subject: int
    op: Op
    offset: int


class Return(NamedTuple):
    """One way back: its slots, from which slot on each system is out, and the steps."""

    slots: int
    out: tuple[tuple[str, int], ...]
    steps: tuple[Started, ...]


class TurningBack:
    """Ways back, remembered by the state that they lead from."""

    def __init__(self, slots: Slots) -> None:
        self.slots = slots
        self.ways = cache(self._ways)

    def _ways(
        self, anchor: frozenset[int], moved: frozenset[int], phases: tuple[Phase, ...], limit: int
    ) -> tuple[Return, ...]:
        """The ways back to the anchor in ``limit`` slots, but those that are longer and have the same systems out."""
        found: list[Return] = []
        options = [tuple(self._options(n, anchor, moved, phases)) for n in range(len(phases))]
        for undos in product(*options):
            for way in self._timed(undos, limit):
                if not any(_no_worse(other, way) for other in found):
                    found = [other for other in found if not _no_worse(way, other)] + [way]
        return tuple(found)

    def _options(
        self, n: int, anchor: frozenset[int], moved: frozenset[int], phases: tuple[Phase, ...]
    ) -> Iterator[Undo]:
        phase, slots = phases[n], self.slots
        goes_back = n in moved - anchor or phase.kind == "move"
        home = slots.new(n) if n in anchor else slots.old(n)
        if goes_back:
            yield self._carried_back(n, phase, home)
            return
        again = slots.again_back[n]
        if phase.kind == "again":
            yield from self._started_again(n, phase, home)
            return
        yield Undo((), "up", home, home)
        going = {m for m, other in enumerate(phases) if m in moved - anchor or other != REST}
        if again and slots.leans_on(n) & going:
            yield Undo(again, "up", home, home)

    def _carried_back(self, n: int, phase: Phase, home: str | None) -> Undo:
        chain = self.slots.forward[n]
        id = self.slots.subjects[n]
        begun = chain if phase == REST else chain[: phase.step + (phase.left > 0)]
        kinds = [op.kind for op in begun]
        condition, room = self._place_now(n, phase)
        back = {kind: self.slots.op(id, kind, back=True) for kind in (K.STOP, K.CARRY, K.START, K.CHECK)}
        ops: list[Op] = []
        if K.CARRY in kinds:
            ops = [*([back[K.STOP]] if condition in ("up", "starting") else []), back[K.CARRY]]
        return Undo(tuple(op for op in (*ops, back[K.START], back[K.CHECK]) if op.slots), condition, room, home)

    def _place_now(self, n: int, phase: Phase) -> tuple[str, str | None]:
        """Condition and room at the check point; what is under way is broken off there."""
        place = place_of(self.slots, n, phase, moved=phase == REST)
        return place.condition, place.room

    def _started_again(self, n: int, phase: Phase, home: str | None) -> Iterator[Undo]:
        """Go on where it is, or stop again what was started."""
        again, done = self.slots.again_back[n], self.slots.again[n][: phase.step]
        condition, _ = self._place_now(n, phase)
        kinds = [op.kind for op in done]
        yield Undo(tuple(op for op in again if op.kind is not K.STOP and op.kind not in kinds), condition, home, home)
        if condition == "starting":
            yield Undo(again, condition, home, home)

    def _timed(self, undos: tuple[Undo, ...], limit: int) -> Iterator[Return]:
        """Slot by slot; states that are reached with the same outages are one."""
        left = [[sum(op.slots for op in undo.ops[n:]) for n in range(len(undo.ops) + 1)] for undo in undos]
        start = tuple((0, 0) for _ in undos)
        layer: dict[tuple[tuple[tuple[int, int], ...], tuple[tuple[str, int], ...]], tuple[Started, ...]] = {
            (start, ()): ()
        }
        for now in range(limit + 1):
            following: dict[tuple[tuple[tuple[int, int], ...], tuple[tuple[str, int], ...]], tuple[Started, ...]] = {}
            for (state, out), steps in layer.items():
                if all(step == len(undo.ops) for (step, _), undo in zip(state, undos, strict=True)):
                    if self._is_back(undos):
                        yield Return(now, out, steps)
                    continue
                for begun in self._beginnings(state, undos, left, limit - now):
                    facts = self.slots.judge(tuple(_place(u, *at) for u, at in zip(undos, begun, strict=True)))
                    if facts.allowed:
                        lost = (s for s in self.slots.inventory.systems if s not in facts.holds)
                        longer = tuple(sorted({**dict.fromkeys(lost, now), **dict(out)}.items()))
                        more = tuple(
                            Started(n, undos[n].ops[at[0]], now)
                            for n, (was, at) in enumerate(zip(state, begun, strict=True))
                            if at != was and not was[1]
                        )
                        key = (tuple(_later(at) for at in begun), longer)
                        following.setdefault(key, (*steps, *more))
            layer = following

    def _is_back(self, undos: tuple[Undo, ...]) -> bool:
        """The anchor lasts, so whoever has no step left to do is where it was."""
        return all(undo.ops or undo.condition == "up" for undo in undos)

    def _beginnings(
        self, state: tuple[tuple[int, int], ...], undos: tuple[Undo, ...], whole: list[list[int]], limit: int
    ) -> Iterator[tuple[tuple[int, int], ...]]:
        """Every choice of who begins its next step, as far as there are people and it can end within ``limit``."""
        choices = []
        for (step, left), undo, sums in zip(state, undos, whole, strict=True):
            if left or step == len(undo.ops):
                choices.append([(step, left)] if not left or left + sums[step + 1] <= limit else [])
            else:
                begin = [(step, undo.ops[step].slots)] if sums[step] <= limit else []
                choices.append([(step, 0), *begin] if sums[step] < limit else begin)
        for choice in product(*choices):
            busy = sum(undo.ops[step].people for (step, left), undo in zip(choice, undos, strict=True) if left)
            if busy <= self.slots.capacity:
                yield choice


def _later(at: tuple[int, int]) -> tuple[int, int]:
    step, left = at
    return (step + 1, 0) if left == 1 else (step, max(0, left - 1))


def _place(undo: Undo, step: int, left: int) -> Place:
    carried = any(op.kind is K.CARRY for op in undo.ops[:step])
    room = undo.home if carried else undo.room
    if left:
        kind = undo.ops[step].kind
        return Place(UNDER_WAY[kind], None if kind is K.CARRY else room, kind)
    if step == len(undo.ops):
        return Place("up" if undo.ops else undo.condition, room)
    # What is broken off at the check point has not ended: a stop is still stopping, a journey has not arrived.
    return Place(AFTERWARDS[undo.ops[step - 1].kind] if step else undo.condition, room)


def place_of(slots: Slots, n: int, phase: Phase, *, moved: bool) -> Place:
    """The place of a subject in the forward direction."""
    here = slots.new(n) if moved else slots.old(n)
    if phase == REST:
        return Place("up", here)
    chain = slots.forward[n] if phase.kind == "move" else slots.again[n]
    before = [op.kind for op in chain[: phase.step]]
    room = slots.new(n) if K.CARRY in before else here
    if phase.left:
        kind = chain[phase.step].kind
        return Place(UNDER_WAY[kind], None if kind is K.CARRY else room, kind)
    return Place(AFTERWARDS[chain[phase.step - 1].kind], room)


def _no_worse(one: Return, other: Return) -> bool:
    theirs = dict(other.out)
    return one.slots <= other.slots and all(id in theirs and since >= theirs[id] for id, since in one.out)
