"""Check points with their deadlines and witness schedules (S13), found by undoing the turn under way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from planner.model.chain import IRREVERSIBLE, StepKind
from planner.model.inventory import Inventory
from planner.plan.step import RollbackStep, Step
from planner.plan.wave import CheckPoint
from planner.scheduling.deadline import latest_return, service_minutes
from planner.scheduling.effects import Effects, sequels
from planner.scheduling.rollback import witness
from planner.scheduling.truth import Truth
from planner.scheduling.turning_back import Return
from planner.scheduling.world import World
from planner.units.span import Minute, Span, Spans

K = StepKind
DISCONNECTS = frozenset({K.UNMOUNT, K.CARRY, K.SWITCH_OVER, K.DISPOSE, K.RENUMBER})


@dataclass(frozen=True, slots=True)
class CheckPoints:
    """Finds the check points of a turn whose steps have final times.

    ``window_end`` is the end of the window, ``people`` are on duty by team; ``out`` is when the systems that the turn
    affects are not available in the whole plan. ``known`` are ways back that have been found already, by instant.
    """

    inventory: Inventory
    truth: Truth
    window_end: Minute
    people: Mapping[str, tuple[str, ...]]
    out: Mapping[str, Spans]
    known: Mapping[Minute, Return] = field(default_factory=dict)

    def of_turn(self, steps: Sequence[Step], before: World, anchor: str | None) -> tuple[CheckPoint, ...]:
        """All check points of the turn in time order; ``anchor`` is the turn before. Ids are given by the wave.

        Where something of the turn cannot be undone, nothing is decided after it has begun but the turn's end.
        """
        instants = list(_instants(self.inventory, steps))
        ends, limit = max(step.end for step in steps), _no_return(self.inventory, steps)
        checked = frozenset(step.end for step in steps if step.kind is K.CHECK) | {min(at for at, _ in instants)}
        return tuple(
            self._at(at, after, steps, before, anchor, final=at == ends and (at not in checked or at > limit))
            for at, after in instants
            if at <= limit or at == ends
        )

    def _at(
        self,
        at: Minute,
        after: tuple[str, ...],
        steps: Sequence[Step],
        before: World,
        anchor: str | None,
        *,
        final: bool,
    ) -> CheckPoint:
        if final:
            return CheckPoint("", after, at, final=True, anchor=anchor)
        known = self.known.get(at)
        rollback = known.steps if known else self._witness(at, steps, before)
        minutes = max((s.offset + s.minutes for s in rollback), default=0)
        limit, bound = self.limit(at, known)
        deadline = limit - self.inventory.policy.margin - minutes
        return CheckPoint(
            "", after, at, minutes=minutes, deadline=deadline, bound_by=bound, anchor=anchor, rollback=rollback
        )

    def limit(self, at: Minute, known: Return | None) -> tuple[Minute, str]:
        """The earliest of the window's end and the latest returns of what is out now or turning back may take out."""
        found = [(self.window_end, "window")]
        for system, spans in self.out.items():
            if known and system not in known.out:
                continue
            later = at + (known.out[system] if known else 0)
            since = next((span.start for span in spans if span.start <= at <= span.end and later == at), later)
            if since == self.inventory.project.horizon.start:
                continue  # it was never available: no outage of the plan
            latest = latest_return(self.inventory, system, since, self._spent(system, spans, min(since, at)))
            if latest is not None:
                found.append((latest, system))
        return min(found, key=lambda pair: (pair[0], pair[1] != "window"))

    def _spent(self, system: str, spans: Spans, since: Minute) -> int:
        """The minutes of its budget that a system has used before an instant."""
        start = self.inventory.project.horizon.start
        before = spans.within(Span(start, since)) if start < since else Spans()
        return sum(service_minutes(self.inventory, system, span) for span in before)

    def _witness(self, at: Minute, steps: Sequence[Step], before: World) -> tuple[RollbackStep, ...]:
        ended = [s for s in steps if s.end <= at]
        begun = [s for s in steps if s.start < at < s.end]
        world = world_at(self.inventory, before, steps, at)
        return witness(self.inventory, self.truth, before, world, ended, begun, self.people)


def _instants(inventory: Inventory, steps: Sequence[Step]) -> Iterator[tuple[Minute, tuple[str, ...]]]:
    """Before the first disconnection, each end of a technical check, acceptances where asked for, the end."""
    found: dict[Minute, list[str]] = {}
    first = min((s.start for s in steps if s.kind in DISCONNECTS), default=None)
    if first is not None:
        found[first] = [s.id for s in steps if s.end == first]
    for step in steps:
        if step.kind is K.CHECK or (step.kind is K.ACCEPT and _accept_asked(inventory, step)):
            found.setdefault(step.end, []).append(step.id)
    ends = max(step.end for step in steps)
    found.setdefault(ends, [s.id for s in steps if s.end == ends])
    for at in sorted(found):
        yield at, tuple(dict.fromkeys(found[at]))


def _no_return(inventory: Inventory, steps: Sequence[Step]) -> Minute:
    """When the first step of the turn that nothing undoes begins: nobody turns back after that."""
    ends = max(step.end for step in steps)
    return min((step.start for step in steps if is_irreversible(inventory, step)), default=ends)


def is_irreversible(inventory: Inventory, step: Step) -> bool:
    """Whether nothing undoes this step: its kind never can be, or the inventory says so of an asset."""
    declared = (inventory.assets[a].irreversible for a in step.assets if a in inventory.assets)
    return step.kind in IRREVERSIBLE or any(step.kind in kinds for kinds in declared)


def _accept_asked(inventory: Inventory, step: Step) -> bool:
    return any(inventory.systems[s].accept_is_check_point for s in step.assets if s in inventory.systems)


def world_at(inventory: Inventory, before: World, steps: Sequence[Step], at: Minute) -> World:
    """The world at ``at``, ``before`` the steps: what has ended and what has begun, ends before starts."""
    effects, later, world = Effects(inventory), sequels(steps), before.copy()
    events = [(s.end, 0, s) for s in steps if s.end <= at] + [(s.start, 1, s) for s in steps if s.start < at]
    for _, begins, step in sorted(events, key=lambda event: (event[0], event[1], event[2].id)):
        if begins:
            effects.begin(world, step)
        else:
            effects.end(world, step, later)
    return world


def window_of(check: CheckPoint) -> Span:
    """From the decision to the end of the rollback."""
    return Span(check.planned, check.planned + max(1, check.minutes or 0))
