"""Which systems are out when the plan's steps happen at other times; each state that comes about is judged once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from planner.plan.step import Step
from planner.safety.change import Change, HandOver, Timed
from planner.safety.condition import State
from planner.safety.context import Context
from planner.safety.effects import effects
from planner.safety.ledger import Ledger
from planner.safety.moment import Moment
from planner.safety.reach import Network
from planner.safety.unrest import Unrest
from planner.safety.writing import write
from planner.units.span import Minute, Span, Spans

Done = frozenset[tuple[str, int]]
"""How many changes each subject has been through; with the order of its own steps fixed, that says how it is."""


class Retimed:
    """The same steps at other times make the same states again, in part: those are not judged twice."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._unrest = Unrest(context.inventory)
        self._known: dict[Done, frozenset[str]] = {}
        self._networks: dict[object, Network] = {}
        self._begins: dict[Minute, tuple[State, Counter[str]]] = {}
        self._planned = effects(context.inventory, context.plan.steps(), State.start(context.inventory))

    def out(self, steps: Iterable[Step], span: Span) -> Mapping[str, Spans] | None:
        """When each system is out, from the plan's own state at the start of the span on.

        The steps of each subject are those of the plan that end after that, in the plan's order. None where something
        begins or ends to be valid meanwhile (links, needs, rooms), so that a state is not judged by its changes alone.
        """
        if self._unrest.within(span):
            return None
        found: dict[str, list[Span]] = defaultdict(list)
        states = list(self._states(tuple(steps), span))
        for number, (minute, out) in enumerate(states):
            until = states[number + 1][0] if number + 1 < len(states) else span.end
            for system in out if minute < until else ():
                found[system].append(Span(minute, until))
        return {system: Spans.of(parts) for system, parts in found.items()}

    def _states(self, steps: tuple[Step, ...], span: Span) -> Iterator[tuple[Minute, frozenset[str]]]:
        """Each instant at which something changes, with the systems that are out from then on."""
        begin, done = self._begin(span.start)
        ledger, before, pending = Ledger(begin), None, list[Change]()
        for minute, changes in _by_minute(effects(self._context.inventory, steps, begin), span):
            for timed in changes:
                pending.append(timed.change)
                # A step under way at the start has begun in the plan's own state: beginning it again changes nothing.
                done[_name(timed.change)] += timed.minute >= span.start if timed.phase else timed.minute > span.start
            key = frozenset(done.items())
            if key not in self._known:
                page = ledger.follow(ledger.page if before is None else before.page)
                dirty = write(ledger, pending)
                now = Moment(self._context.replay.world, minute, ledger, page)
                now.judge(before, dirty, self._networks)
                self._known[key] = frozenset(id for id in self._context.inventory.systems if not now.fine(id))
                before, pending = now, []
            yield minute, self._known[key]

    def _begin(self, at: Minute) -> tuple[State, Counter[str]]:
        """The plan's own state at an instant, and how many changes each subject has been through by then."""
        if at not in self._begins:
            done = Counter(_name(t.change) for t in self._planned if (t.minute, t.phase) <= (at, 0))
            self._begins[at] = self._context.replay.state_at(at), done
        state, done = self._begins[at]
        return state, done.copy()


def _by_minute(timed: Iterable[Timed], span: Span) -> Iterator[tuple[Minute, list[Timed]]]:
    """What changes at each instant of the span; what is older belongs to its start."""
    inside = (each for each in timed if each.minute < span.end)
    first = True
    for minute, group in groupby(inside, key=lambda each: max(each.minute, span.start)):
        if first and minute > span.start:
            yield span.start, []
        first = False
        yield minute, list(group)
    if first:
        yield span.start, []


def _name(change: Change) -> str:
    """Whose steps make the change."""
    return change.new if isinstance(change, HandOver) else change.id
