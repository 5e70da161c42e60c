"""The steps of a plan in another order: waves in each other's windows, turns after each other in another sequence.

Nothing is searched for: each turn keeps its steps, their people and the times between them. What follows from the times
(outages, check points with their deadlines, gates, the objective) is worked out anew. Whether that keeps the rules is
for the verifier to say.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.model import canonical
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.plan.wave import CheckPoint, Turn, Wave
from planner.scheduling.assemble import Assembly
from planner.scheduling.check_point import CheckPoints
from planner.scheduling.decision import decisions
from planner.scheduling.kept import turns_of
from planner.scheduling.objective import terms
from planner.scheduling.outages import declare, replay
from planner.scheduling.truth import Truth
from planner.units.span import Span

K = StepKind
GOES_ALONG = frozenset({K.BACK_UP, K.VERIFY, K.LOWER_TTL, K.CONFIRM})
"""Preparation that lies as long before or after its turn as it did."""
LAID_AHEAD = frozenset({K.LAY, K.TEST})
"""Preparation of lines, which turning back from a switch-over leaves as it is."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a wave of the plan is put: the window, and the turns in their sequence with the minutes they move by."""

    wave: Wave
    window_id: str
    window: Span
    turns: tuple[tuple[Turn, int], ...]


def rearranged(inventory: Inventory, before: Plan, slots: Sequence[Slot]) -> Plan:
    """Return the steps of ``before`` where the slots put them, as a plan of ``inventory``; not yet verified."""
    moved = {slot.wave.id: _steps(slot) for slot in slots}
    preparation = tuple(_prepared(before.preparation, slots))
    steps = [*preparation, *(step for own in moved.values() for step in own)]
    truth = Truth(inventory)
    replayed = replay(inventory, truth, steps)
    assembly = Rearranging(inventory, truth, truth.start(), replayed.unavailable)
    waves = tuple(assembly.arranged(preparation, _in_order(slots, moved)))
    return replace(
        before,
        inventory=inventory,
        inventory_hash=canonical.digest(inventory),
        preparation=preparation,
        waves=waves,
        outages=declare(inventory, replayed.unavailable),
        objective=terms(inventory, replayed, len(waves), steps),
        decisions=tuple(decisions(inventory)),
    )


def _steps(slot: Slot) -> tuple[Step, ...]:
    """The steps of a wave, each moved with its turn; one that lies in no turn moves with the first."""
    by = {id: shift for turn, shift in slot.turns for id in _own(slot.wave, turn)}
    usual = min((shift for _, shift in slot.turns), key=abs, default=0)
    moved = [_moved(step, by.get(step.id, usual)) for step in slot.wave.steps]
    return tuple(sorted(moved, key=lambda step: (step.start, step.id)))


def _own(wave: Wave, turn: Turn) -> Iterator[str]:
    yield from (step.id for step in wave.steps if turn.start <= step.start and step.end <= turn.end)


def _moved(step: Step, shift: int) -> Step:
    return replace(step, start=step.start + shift, end=step.end + shift) if shift else step


def _prepared(preparation: Iterable[Step], slots: Sequence[Slot]) -> Iterator[Step]:
    """Preparation in order of time; what belongs to a turn moves with it."""
    by = {id: shift for slot in slots for turn, shift in slot.turns for id in turn.assets}
    moved = (_along(step, by) for step in preparation)
    yield from sorted(moved, key=lambda step: (step.start, step.id))


def _along(step: Step, by: Mapping[str, int]) -> Step:
    shifts = {by.get(id, 0) for id in step.assets}
    return _moved(step, shifts.pop()) if step.kind in GOES_ALONG and len(shifts) == 1 else step


def _in_order(slots: Sequence[Slot], moved: Mapping[str, tuple[Step, ...]]) -> list[Wave]:
    """The waves by their new times, with the moved steps and turns."""
    made: list[Wave] = []
    for slot in slots:
        turns = (replace(t, start=t.start + by, end=t.end + by) for t, by in slot.turns)
        ordered = tuple(sorted(turns, key=lambda turn: turn.start))
        steps = moved[slot.wave.id]
        made.append(replace(slot.wave, window_id=slot.window_id, window=slot.window, turns=ordered, steps=steps))
    return sorted(made, key=lambda wave: min((step.start for step in wave.steps), default=0))


class Rearranging(Assembly):
    """Walks waves whose steps have their final times, and works out their check points and gates."""

    def arranged(self, preparation: Sequence[Step], waves: Iterable[Wave]) -> Iterator[Wave]:
        """The waves in order of time; preparation happens on the way."""
        waiting = sorted(preparation, key=lambda step: (step.start, step.id))
        for wave in waves:
            begin = min((step.start for step in wave.steps), default=0)
            done = [step for step in waiting if step.end <= begin]
            waiting = [step for step in waiting if step.end > begin]
            self._pass([step for step in done if step.kind not in LAID_AHEAD])
            yield self._wave(replace(wave, check_points=tuple(self._points(wave))))

    def _points(self, wave: Wave) -> Iterator[CheckPoint]:
        """The check points of all turns; the world passes on from turn to turn."""
        anchor: str | None = None
        for turn in turns_of(wave):
            own = tuple(s for s in wave.steps if turn.start <= s.start and s.end <= turn.end)
            if not own:
                continue
            span = Span(min(s.start for s in own), max(s.end for s in own))
            out = {system: spans for system, spans in sorted(self.out.items()) if spans.within(span)}
            finder = CheckPoints(self.inventory, self.truth, wave.window.end, self._on_duty(own), out)
            yield from finder.of_turn(own, self.world, anchor)
            self._pass(own)
            anchor = turn.id

    def _on_duty(self, steps: Iterable[Step]) -> Mapping[str, tuple[str, ...]]:
        used = {p for s in steps for p in (*s.people, *((s.witness,) if s.witness else ()))}
        return {
            team.id: tuple(person.id for person in team.people if person.id in used)
            for team in self.inventory.teams.values()
        }
