"""One window of a small problem: what may begin in each grain, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from planner.calendar import Window
from planner.model.chain import StepKind
from planner.scheduling.check_point import DISCONNECTS
from planner.scheduling.exhaust_crew import Pool, pools
from planner.scheduling.exhaust_return import Duty, WaysBack
from planner.scheduling.exhaust_search import Search
from planner.scheduling.exhaust_state import REST, Node, Row, Spot, Truths
from planner.scheduling.exhaust_units import AGAIN, MOVE
from planner.scheduling.exhaust_way import Event, Layer, Way, keep
from planner.scheduling.task import Task
from planner.scheduling.turning_back import Return
from planner.units.span import Minute

K = StepKind


class Choice(NamedTuple):
    """What one unit does in a grain, what that makes it, and whom it keeps busy; ``kind`` of what is under way."""

    row: Row
    spot: Spot
    pools: tuple[tuple[Pool, int], ...]
    people: int
    kind: StepKind | None


@dataclass(slots=True)
class Pace:
    """The steps through one window."""

    search: Search
    window: Window
    duty: Duty
    end: int
    back: WaysBack = field(init=False)
    _known: dict[tuple[int, Row, bool, bool, int], list[Choice]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.back = WaysBack(self.search.worlds, self.duty)

    def step(self, layer: Layer, now: int) -> Layer:
        """All states one grain later."""
        following: Layer = {}
        best = self.search.best
        for node, ways in layer.items():
            live = [way for way in ways if best is None or way.score < best.score]
            for choice in self._beginnings(node, now) if live else ():
                self.search.count()
                self._advance(node, choice, live, now, following)
        return following

    def _beginnings(self, node: Node, now: int) -> list[tuple[Choice, ...]]:
        """Every choice of what begins, as far as there are people and it can end inside the window."""
        found: list[tuple[tuple[Choice, ...], Mapping[Pool, int]]] = [((), {})]
        for n in range(len(node.rows)):
            choices = self._choices(node, n, now)
            found = [
                ((*chosen, choice), busy)
                for chosen, before in found
                for choice in choices
                if (busy := self._manned(choice, before)) is not None
            ]
        return [chosen for chosen, _ in found]

    def _manned(self, choice: Choice, busy: Mapping[Pool, int]) -> Mapping[Pool, int] | None:
        """Who is busy with this choice as well; None if there are too few people."""
        if not choice.pools:
            return busy
        total = dict(busy)
        for pool, count in choice.pools:
            total[pool] = total.get(pool, 0) + count
            if total[pool] > self.duty.capacity.get(pool, 0):
                return None
        return total

    def _choices(self, node: Node, n: int, now: int) -> list[Choice]:
        moved, again = n in node.moved, n in self.search.restarts(node.anchor, self.window.span.start)
        key = (n, node.rows[n], moved, again, now)
        if key not in self._known:
            rows = self._rows(n, node.rows[n], moved=moved, again=again)
            self._known[key] = [self._choice(n, row, moved=moved) for row in rows if self._ends(n, row, now)]
        return self._known[key]

    def _rows(self, n: int, row: Row, *, moved: bool, again: bool) -> list[Row]:
        """Go on or wait, or begin the next task, a move or a restart."""
        unit = self.search.problem.units[n]
        if row.left:
            return [row]
        if row != REST:
            begins = row.chain == MOVE or row.asked
            return [row, row._replace(left=self._grains(unit.chain(row.chain)[row.task]))] if begins else [row]
        move = [Row(MOVE, 0, self._grains(unit.move[0]))] if unit.move and not moved else []
        return [row, *move, *([Row(AGAIN, 0, self._grains(unit.again[0]))] if again else [])]

    def _choice(self, n: int, row: Row, *, moved: bool) -> Choice:
        task = self.search.problem.units[n].chain(row.chain)[row.task] if row.left else None
        demands = task.demands if task else ()
        spot = self.search.worlds.spot(n, row, moved=moved)
        people = sum(demand.count for demand in demands)
        return Choice(row, spot, tuple(pools(demands).items()), people, task.kind if task else None)

    def _grains(self, task: Task) -> int:
        return task.minutes // self.search.problem.grain

    def _ends(self, n: int, row: Row, now: int) -> bool:
        """Whether the chain can be finished inside the window, and its step lies in usable time."""
        if row == REST:
            return True
        tasks = self.search.problem.units[n].chain(row.chain)[row.task :]
        first = row.left or 1 + self._grains(tasks[0])
        inside = all(self.search.calendar.usable[n][now : now + row.left])
        return inside and now + first + sum(map(self._grains, tasks[1:])) <= self.end

    def _advance(self, node: Node, choice: tuple[Choice, ...], ways: list[Way], now: int, following: Layer) -> None:
        """Judge the grain, then let end what ends with it: check points, budgets, the turn."""
        at = self._minute(now)
        truths = self.search.worlds.truths(tuple(chosen.spot for chosen in choice), at)
        if not truths.allowed or any(self.search.calendar.barred[s][now] for s in truths.out):
            return
        new = [n for n, (was, chosen) in enumerate(zip(node.rows, choice, strict=True)) if chosen.row != was]
        cuts = not node.cut and not DISCONNECTS.isdisjoint(choice[n].kind for n in new)
        after, checked = self._ended(node, choice, truths, now)
        after = after._replace(used=node.used or bool(new), cut=node.cut or cuts)
        ends = after.still and after.moved != node.anchor and self.search.truths(after, at).lasting
        settled = after._replace(anchor=after.moved, cut=False) if ends else after
        begun = tuple((n, choice[n].row.chain, choice[n].row.task) for n in new)
        event = Event(at, begun, truths.out, ends, self.window)
        people = sum(chosen.people for chosen in choice)
        for way in ways:
            first = self._way_back(node, way, now) if cuts else None
            longer = self._longer(way, event, now) if first or not cuts else None
            last = self._way_back(after, longer, now + 1) if longer and checked else None
            if longer is None or (checked and last is None):
                continue
            returns = {m: w for m, w in ((at, first), (self._minute(now + 1), last)) if w}
            rest = longer.rest + self._other(node, after, truths, people, now)
            longer = replace(longer, rest=rest, last=replace(event, returns=returns))
            if ends and after.moved == self.search.movers:
                self.search.finish(settled, longer, now + 1)
            else:
                keep(following, settled, longer)

    def _minute(self, number: int) -> Minute:
        return self.search.calendar.start + number * self.search.problem.grain

    def _ended(self, node: Node, choice: tuple[Choice, ...], truths: Truths, now: int) -> tuple[Node, bool]:
        """The state at the end of the grain, and whether a technical check ends there."""
        rows, moved, checked, day = [], node.moved, False, node.day
        for n, (unit, chosen) in enumerate(zip(self.search.problem.units, choice, strict=True)):
            row = chosen.row
            if not row.left:
                rows.append(row._replace(asked=True) if row.chain and n in truths.fallen else row)
            elif row.left > 1:
                rows.append(row._replace(left=row.left - 1))
            else:
                day = self.search.calendar.day[now + 1]
                checked = checked or chosen.kind is K.CHECK
                last = row.task + 1 == len(unit.chain(row.chain))
                rows.append(REST if last else row._replace(task=row.task + 1, left=0))
                moved = moved | {n} if last and row.chain == MOVE else moved
        peak = max(node.peak, truths.crossings)
        return node._replace(rows=tuple(rows), moved=moved, day=day, peak=peak), checked

    def _longer(self, way: Way, event: Event, now: int) -> Way | None:
        """The way with the outages of this grain; None if it exceeds a budget (S02)."""
        inventory, grain = self.search.problem.construction.inventory, self.search.problem.grain
        weights, service = inventory.policy.weights, self.search.calendar.service
        first = rest = 0
        spent = list(way.spent)
        for number, system in enumerate(inventory.systems.values()):
            if system.id not in event.out:
                continue
            factor = weights.criticality[system.criticality] * grain
            if service[system.id][now]:
                first += 100 * factor
                spent[number] += grain
                if spent[number] > system.budget:
                    return None
            else:
                rest += 60 * weights.outage_minute * factor
        return Way(way.first + first, way.rest + rest, tuple(spent), event, way)

    def _other(self, node: Node, after: Node, truths: Truths, people: int, now: int) -> int:
        """Sixtieths for all that does not depend on the way: the wave, the day, people at night, the bridge."""
        weights = self.search.problem.construction.inventory.policy.weights
        night = 0 if self.search.calendar.office[now] else weights.person_hour * people * self.search.problem.grain
        begins, days = after.used and not node.used, after.day - node.day
        return (
            60 * (weights.wave * begins + weights.day * days) + night + self.search.crossed(node, truths.crossings, 1)
        )

    def _way_back(self, node: Node, way: Way, number: int) -> Return | None:
        """S13: a way back that ends, margin included, before the window does and before a budget is exceeded."""
        left = self.end - number - self._margin()
        ways = self.back.ways(node, self._minute(number), left) if left >= 0 else ()
        return next((found for found in ways if self._is_borne(found, way, number)), None)

    def _margin(self) -> int:
        return self.search.problem.construction.inventory.policy.margin // self.search.problem.grain

    def _is_borne(self, back: Return, way: Way, number: int) -> bool:
        grain, service = self.search.problem.grain, self.search.calendar.service
        until = number + back.minutes // grain + self._margin()
        for used, system in zip(way.spent, self.search.problem.construction.inventory.systems.values(), strict=True):
            if system.id in back.out:
                since = number + back.out[system.id] // grain
                if used + grain * sum(service[system.id][since:until]) > system.budget:
                    return False
        return True
