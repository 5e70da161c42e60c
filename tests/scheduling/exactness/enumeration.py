"""The optimum of a tiny inventory, by walking through every slot with every choice of what begins in it.

Left out is only what cannot be better: of two walks to one state the one that costs no less and has spent no less of
any budget; a restart that nothing asks for; the whole walk where a finished plan costs no more already.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product
from typing import NamedTuple

from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.timetable import DayType
from planner.units.span import Span
from tests.scheduling.exactness.slots import SLOT, Facts, Op, Place, Slots
from tests.scheduling.exactness.turning_back import REST, Phase, Return, TurningBack, place_of

K = StepKind
DAY = 24
TERMS = ("service_minutes", "outage_minutes", "waves", "bridge_sum", "bridge_peak", "person_hours", "end_day")


class State(NamedTuple):
    """Where a walk is: what is moved, since when a state may last, the phases, the wave, the day of the last end."""

    moved: frozenset[int]
    anchor: frozenset[int]
    phases: tuple[Phase, ...]
    wave: bool = False
    disconnected: bool = False
    day: int = 0
    peak: int = 0


@dataclass(frozen=True)
class Walk:
    """How a state was reached: the values of the terms, the budgets spent (minutes), and what was decided.

    ``begun`` are the steps by slot, ``turns`` the slots in which turns end, ``returns`` the ways back by slot.
    """

    terms: Mapping[str, int]
    spent: tuple[int, ...]
    begun: tuple[tuple[int, int, Op], ...] = ()
    turns: tuple[int, ...] = ()
    returns: tuple[tuple[int, Return], ...] = ()

    @property
    def score(self) -> tuple[int, int]:
        return self.terms["service_minutes"], sum(v for id, v in self.terms.items() if id != "service_minutes")

    def no_worse(self, other: "Walk") -> bool:
        return self.score <= other.score and all(a <= b for a, b in zip(self.spent, other.spent, strict=True))


@dataclass
class Enumeration:
    """``best`` is the cheapest complete walk, None where there is no plan."""

    inventory: Inventory
    windows: tuple[Span, ...]
    slots: Slots = field(init=False)
    back: TurningBack = field(init=False)
    best: Walk | None = None
    _service: dict[str, list[bool]] = field(init=False)
    _office: list[bool] = field(init=False)

    def __post_init__(self) -> None:
        self.slots = Slots(self.inventory)
        self.back = TurningBack(self.slots)
        self.length = self.inventory.project.horizon.minutes // SLOT
        self._service = {s.id: self._open(s.hours) for s in self.inventory.systems.values()}
        office = self.inventory.policy.staff.office
        self._office = self._open(office) if office else [True] * self.length
        self._place = cache(lambda n, phase, moved: place_of(self.slots, n, phase, moved=moved))
        self._budgets = [s.budget for s in self.inventory.systems.values()]

    def _open(self, hours: str | None) -> list[bool]:
        """Slot by slot, whether the hours hold; the horizon begins at midnight, the days are all alike."""
        if hours is None:
            return [True] * self.length
        parts = self.inventory.timetable.hours[hours].parts
        assert all(part.days.type is DayType.ANY for part in parts)
        return [any(part.start <= t % DAY * SLOT < part.end for part in parts) for t in range(self.length)]

    def run(self) -> Walk | None:
        rest = tuple(REST for _ in self.slots.subjects)
        none: frozenset[int] = frozenset()
        first = Walk(dict.fromkeys(TERMS, 0), tuple(0 for _ in self._budgets))
        layer: dict[State, list[Walk]] = {State(none, none, rest): [first]}
        now = self._tested()
        for window in self.windows:
            begin, end = window.start // SLOT, window.end // SLOT
            layer = self._at_rest(layer, now, begin)
            for now in range(begin, end):
                layer = self._slot(layer, now, end)
            now = end
            layer = self._close(layer)
        return self.best

    def _tested(self) -> int:
        """The slots before the bridge carries anything: it is tested first, from the start of the horizon on."""
        tests = [link.test.likely for link in self.inventory.links.values() if link.bridge]
        return max(tests, default=0) // SLOT

    def _close(self, layer: dict[State, list[Walk]]) -> dict[State, list[Walk]]:
        """At the end of a window only states that may last go on."""
        following: dict[State, list[Walk]] = {}
        for state, walks in layer.items():
            if state.moved == state.anchor and set(state.phases) == {REST}:
                for walk in walks:
                    _keep(following, state._replace(wave=False, disconnected=False), walk)
        return following

    def _at_rest(self, layer: dict[State, list[Walk]], since: int, until: int) -> dict[State, list[Walk]]:
        """Between windows nothing happens but that needs cross the bridge."""
        following: dict[State, list[Walk]] = {}
        for state, walks in layer.items():
            count = self.slots.judge(self._situation(state)).crossings
            for walk in walks:
                cost = self._crossed(state, count, until - since)
                peak = max(state.peak, count)
                _keep(following, state._replace(peak=peak), _plus(walk, cost))
        return following

    def _crossed(self, state: State, count: int, slots: int) -> dict[str, int]:
        weights = self.inventory.policy.weights
        return {
            "bridge_sum": weights.bridge_minute * count * slots * SLOT,
            "bridge_peak": weights.bridge_peak * max(0, count - state.peak) if slots else 0,
        }

    def _slot(self, layer: dict[State, list[Walk]], now: int, end: int) -> dict[State, list[Walk]]:
        following: dict[State, list[Walk]] = {}
        for state, walks in layer.items():
            live = [walk for walk in walks if self.best is None or walk.score < self.best.score]
            for begun in self._beginnings(state, end - now) if live else ():
                self._advance(state, begun, live, now, end, following)
        return following

    def _beginnings(self, state: State, left: int) -> Iterator[tuple[Phase, ...]]:
        """Every choice of what begins, as far as there are people and it can end in the slots left of the window."""
        choices = [[p for p in self._choices(state, n) if self._rest(n, p) <= left] for n in range(len(state.phases))]
        for choice in product(*choices):
            busy = sum(self._op(n, phase).people for n, phase in enumerate(choice) if phase.left)
            if busy <= self.slots.capacity:
                yield choice

    def _rest(self, n: int, phase: Phase) -> int:
        """The slots that the chain takes from now on, one more if it waits."""
        if phase == REST:
            return 0
        chain = self.slots.forward[n] if phase.kind == "move" else self.slots.again[n]
        first = phase.left or 1 + chain[phase.step].slots
        return first + sum(op.slots for op in chain[phase.step + 1 :])

    def _op(self, n: int, phase: Phase) -> Op:
        return (self.slots.forward[n] if phase.kind == "move" else self.slots.again[n])[phase.step]

    def _choices(self, state: State, n: int) -> list[Phase]:
        phase = state.phases[n]
        if phase.left:
            return [phase]
        if phase != REST:
            asked = phase.kind == "move" or phase.needed
            return [phase, phase._replace(left=self._op(n, phase).slots)] if asked else [phase]
        found = [REST]
        if n in self.slots.movers - state.moved:
            found.append(Phase("move", 0, self.slots.forward[n][0].slots))
        if self.slots.again[n] and self.slots.leans_on(n) & (self.slots.movers - state.anchor):
            found.append(Phase("again", 0, self.slots.again[n][0].slots))
        return found

    def _situation(self, state: State) -> tuple[Place, ...]:
        return tuple(self._place(n, phase, n in state.moved) for n, phase in enumerate(state.phases))

    def _advance(
        self,
        state: State,
        begun: tuple[Phase, ...],
        walks: list[Walk],
        now: int,
        end: int,
        following: dict[State, list[Walk]],
    ) -> None:
        """Judge the slot with what begins in it, then all ends at its end: check points, returns, ends of turns."""
        during = state._replace(phases=begun)
        facts = self.slots.judge(self._situation(during))
        if not facts.allowed:
            return
        new = [n for n, (was, phase) in enumerate(zip(state.phases, begun, strict=True)) if phase != was]
        cuts = not state.disconnected and any(self._op(n, begun[n]).kind is K.CARRY for n in new)
        after, checked = self._ended(state, begun, facts, now)
        cost = self._cost(state, facts, begun, now, wave=bool(new) and not state.wave)
        cost["end_day"] = self.inventory.policy.weights.day * (after.day - state.day)
        after = after._replace(
            wave=state.wave or bool(new),
            disconnected=state.disconnected or cuts,
            peak=max(state.peak, facts.crossings),
        )
        lasting = set(after.phases) == {REST} and self._lasts(after)
        for walk in walks:
            steps = tuple((now, n, self._op(n, begun[n])) for n in new)
            longer: Walk | None = self._out(_plus(walk, cost, steps), facts, now)
            if longer is not None and cuts:
                longer = self._with_return(longer, walk.spent, state, now, end)
            if longer is not None and checked:
                longer = self._with_return(longer, longer.spent, after, now + 1, end)
            if longer is None:
                continue
            if lasting and after.anchor != after.moved:
                longer = replace(longer, turns=(*longer.turns, now + 1))
            settled = after._replace(anchor=after.moved) if lasting else after
            if lasting and after.moved == self.slots.movers:
                self._finish(settled, longer, now + 1)
            else:
                _keep(following, settled, longer)

    def _ended(self, state: State, begun: tuple[Phase, ...], facts: Facts, now: int) -> tuple[State, bool]:
        """The state at the end of the slot, and whether a technical check ends there."""
        phases, moved, checked, day = [], set(state.moved), False, state.day
        for n, phase in enumerate(begun):
            fallen = self.slots.subjects[n] in facts.fallen
            if not phase.left:
                phases.append(phase._replace(needed=phase.needed or fallen) if phase != REST else phase)
                continue
            chain = self.slots.forward[n] if phase.kind == "move" else self.slots.again[n]
            if phase.left > 1:
                phases.append(phase._replace(left=phase.left - 1, needed=phase.needed))
                continue
            day = (now + 1) // DAY
            checked = checked or chain[phase.step].kind is K.CHECK
            if phase.step + 1 < len(chain):
                phases.append(Phase(phase.kind, phase.step + 1, 0, phase.needed))
            else:
                phases.append(REST)
                if phase.kind == "move":
                    moved.add(n)
        return state._replace(phases=tuple(phases), moved=frozenset(moved), day=day), checked

    def _cost(self, state: State, facts: Facts, begun: tuple[Phase, ...], now: int, *, wave: bool) -> dict[str, int]:
        weights = self.inventory.policy.weights
        busy = sum(self._op(n, phase).people for n, phase in enumerate(begun) if phase.left)
        inside = outside = 0
        for system in self.inventory.systems.values():
            if system.id not in facts.holds:
                factor = weights.criticality[system.criticality] * SLOT
                inside += factor * self._service[system.id][now]
                outside += factor * (not self._service[system.id][now])
        return {
            **self._crossed(state, facts.crossings, 1),
            "service_minutes": 100 * inside,
            "outage_minutes": weights.outage_minute * outside,
            "waves": weights.wave * wave,
            "person_hours": 0 if self._office[now] else weights.person_hour * busy * SLOT // 60,
        }

    def _out(self, walk: Walk, facts: Facts, now: int) -> Walk | None:
        """S02: the walk with its budgets, None if one is exceeded."""
        spent = tuple(
            used + SLOT * (id not in facts.holds and self._service[id][now])
            for used, id in zip(walk.spent, self.inventory.systems, strict=True)
        )
        if any(used > budget for used, budget in zip(spent, self._budgets, strict=True)):
            return None
        return replace(walk, spent=spent)

    def _ways(self, state: State, left: int) -> tuple[Return, ...]:
        """The ways back from here that end, margin included, within the slots that are left."""
        phases = tuple(p._replace(needed=False) for p in state.phases)
        return self.back.ways(state.anchor, state.moved, phases, left - self.inventory.policy.margin // SLOT)

    def _with_return(self, walk: Walk, spent: tuple[int, ...], state: State, at: int, end: int) -> Walk | None:
        """S13: there is a way back that ends, margin included, before the window does and any budget is exceeded."""
        margin = self.inventory.policy.margin // SLOT
        for way in self._ways(state, end - at):
            until = at + way.slots + margin
            if until <= end and all(self._bears(id, spent, at + since, until) for id, since in way.out):
                return replace(walk, returns=(*walk.returns, (at, way)))
        return None

    def _bears(self, id: str, spent: tuple[int, ...], since: int, until: int) -> bool:
        n = list(self.inventory.systems).index(id)
        return spent[n] + SLOT * sum(self._service[id][since:until]) <= self._budgets[n]

    def _lasts(self, state: State) -> bool:
        """Whether everything holds, as it did at the start: that may last."""
        return self.slots.judge(self._situation(state)).holds == frozenset(self.slots.subjects)

    def _finish(self, state: State, walk: Walk, now: int) -> None:
        count = self.slots.judge(self._situation(state)).crossings
        done = _plus(walk, self._crossed(state, count, self.length - now))
        if self.best is None or done.score < self.best.score:
            self.best = done


def _plus(walk: Walk, cost: Mapping[str, int], begun: tuple[tuple[int, int, Op], ...] = ()) -> Walk:
    terms = {id: value + cost.get(id, 0) for id, value in walk.terms.items()}
    return replace(walk, terms=terms, begun=walk.begun + begun)


def _keep(layer: dict[State, list[Walk]], state: State, walk: Walk) -> None:
    known = layer.setdefault(state, [])
    if not any(other.no_worse(walk) for other in known):
        layer[state] = [other for other in known if not walk.no_worse(other)] + [walk]
