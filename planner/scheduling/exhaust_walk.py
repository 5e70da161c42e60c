"""Every plan of a small problem, grain by grain: of the ways to one state only those are kept that may be best.

A way is dropped when another leads to the same state that costs no more and has spent no more of any budget, when a
finished plan costs no more, and when a restart has no reason.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from planner.calendar import Window
from planner.model.chain import StepKind
from planner.scheduling.check_point import DISCONNECTS
from planner.scheduling.exhaust_crew import Pool, pools
from planner.scheduling.exhaust_grains import Grains, grains
from planner.scheduling.exhaust_return import Duty, WaysBack
from planner.scheduling.exhaust_state import REST, Node, Row, Truths, Worlds
from planner.scheduling.exhaust_units import AGAIN, MOVE, SmallProblem
from planner.scheduling.task import Task
from planner.scheduling.turning_back import Return
from planner.units.span import Minute

K = StepKind
Layer = dict[Node, list["Way"]]


@dataclass(frozen=True, slots=True)
class Event:
    """What begins at an instant, as (unit, chain, task), who is out in the grain, and whether a turn ends with it.

    ``returns`` are the ways back from the check points at its two ends.
    """

    at: Minute
    begun: tuple[tuple[int, int, int], ...]
    out: frozenset[str]
    ends_turn: bool
    window: Window
    returns: Mapping[Minute, Return] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Way:
    """``first`` are hundredths for minutes in service hours, ``rest`` sixtieths of these for all else.

    ``spent`` are the minutes of each system's budget.
    """

    first: int
    rest: int
    spent: tuple[int, ...]
    last: Event | None = None
    before: "Way | None" = None

    @property
    def score(self) -> tuple[int, int]:
        return self.first, self.rest

    def no_worse(self, other: "Way") -> bool:
        return self.score <= other.score and all(a <= b for a, b in zip(self.spent, other.spent, strict=True))

    def events(self) -> list[Event]:
        """From the first to the last."""
        found, way = [], self
        while way.before:
            found += [way.last] if way.last else []
            way = way.before
        return found[::-1]


class TooLarge(Exception):
    """There are more states than the effort allows to look at."""


@dataclass(slots=True)
class Walk:
    """`best` is the best way, None if there is no plan; ``most`` bounds the number of states that are looked at."""

    problem: SmallProblem
    worlds: Worlds
    duties: Sequence[Duty]
    most: int
    stopped: Callable[[], bool]
    best: Way | None = None
    states: int = 0
    calendar: Grains = field(init=False)
    movers: frozenset[int] = field(init=False)
    _restarts: dict[frozenset[int], frozenset[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.calendar = grains(self.problem)
        self.movers = frozenset(n for n, unit in enumerate(self.problem.units) if unit.move)

    def run(self) -> Way | None:
        """Go through the windows in time order.

        Raises
        ------
        TooLarge
            If there are too many states; the best way so far is nothing then.
        """
        rest = tuple(REST for _ in self.problem.units)
        spent = tuple(0 for _ in self.problem.construction.inventory.systems)
        none: frozenset[int] = frozenset()
        layer: Layer = {Node(none, none, rest): [Way(0, 0, spent)]}
        now = 0
        for window, duty in zip(self.problem.windows, self.duties, strict=True):
            begin, end = self.calendar.number(window.span.start), self.calendar.number(window.span.end)
            layer = self._wait(layer, begin - now)
            pace = _Pace(self, window, duty, end)
            for now in range(begin, end):
                layer = pace.step(layer, now)
            now = end
            layer = self._close(layer)
        return self.best

    def _close(self, layer: Layer) -> Layer:
        """At the end of a window only states that may last go on."""
        following: Layer = {}
        for node, ways in layer.items():
            for way in ways if node.still and node.moved == node.anchor else ():
                keep(following, node._replace(used=False, cut=False), way)
        return following

    def _wait(self, layer: Layer, count: int) -> Layer:
        """Between windows nothing happens but that needs cross the bridge."""
        following: Layer = {}
        for node, ways in layer.items():
            crossings = self.worlds.truths(node, self.calendar.start).crossings
            for way in ways:
                rest = way.rest + self.crossed(node, crossings, count)
                keep(following, node._replace(peak=max(node.peak, crossings)), replace(way, rest=rest))
        return following

    def crossed(self, node: Node, crossings: int, count: int) -> int:
        """Sixtieths for needs that cross for so many grains."""
        weights = self.problem.construction.inventory.policy.weights
        peak = weights.bridge_peak * max(0, crossings - node.peak)
        return 60 * (weights.bridge_minute * crossings * count * self.problem.grain + (peak if count else 0))

    def restarts(self, anchor: frozenset[int], at: Minute) -> frozenset[int]:
        """The units that have a reason to restart in a turn after ``anchor``: what would fall if all the rest went."""
        if anchor not in self._restarts:
            units = self.problem.units
            away = [units[n].subject for n in sorted(self.movers - anchor)]
            truth = self.problem.construction.transitions.truth
            fallen = {*away, *truth.stop_closure(self.worlds.anchor(anchor), away, at)}
            self._restarts[anchor] = frozenset(n for n, u in enumerate(units) if u.again and u.subject in fallen)
        return self._restarts[anchor]

    def finish(self, node: Node, way: Way, now: int) -> None:
        crossings = self.worlds.truths(node, self.calendar.start).crossings
        whole = replace(way, rest=way.rest + self.crossed(node, crossings, len(self.calendar.day) - 1 - now))
        if self.best is None or whole.score < self.best.score:
            self.best = whole

    def count(self) -> None:
        self.states += 1
        if self.states > self.most or (self.states % 1024 == 0 and self.stopped()):
            raise TooLarge


@dataclass(slots=True)
class _Pace:
    """The steps through one window."""

    walk: Walk
    window: Window
    duty: Duty
    end: int
    back: WaysBack = field(init=False)

    def __post_init__(self) -> None:
        self.back = WaysBack(self.walk.worlds, self.duty)

    def step(self, layer: Layer, now: int) -> Layer:
        """All states one grain later."""
        following: Layer = {}
        best = self.walk.best
        for node, ways in layer.items():
            live = [way for way in ways if best is None or way.score < best.score]
            for rows in self._beginnings(node, now) if live else ():
                self.walk.count()
                self._advance(node, rows, live, now, following)
        return following

    def _beginnings(self, node: Node, now: int) -> Iterator[tuple[Row, ...]]:
        """Every choice of what begins, as far as there are people and it can end inside the window."""
        choices = [self._choices(node, n, now) for n in range(len(node.rows))]
        for rows in product(*choices):
            if self._manned(rows):
                yield rows

    def _choices(self, node: Node, n: int, now: int) -> list[Row]:
        row, unit = node.rows[n], self.walk.problem.units[n]
        if row.left:
            return [row]
        if row != REST:
            found = [row]
            if row.chain == MOVE or row.asked:
                found.append(row._replace(left=self._grains(unit.chain(row.chain)[row.task])))
        else:
            found = [row]
            if unit.move and n not in node.moved:
                found.append(Row(MOVE, 0, self._grains(unit.move[0])))
            if n in self.walk.restarts(node.anchor, self.window.span.start):
                found.append(Row(AGAIN, 0, self._grains(unit.again[0])))
        return [r for r in found if self._ends(n, r, now)]

    def _grains(self, task: Task) -> int:
        return task.minutes // self.walk.problem.grain

    def _ends(self, n: int, row: Row, now: int) -> bool:
        """Whether the chain can be finished inside the window, and its step lies in usable time."""
        if row == REST:
            return True
        unit = self.walk.problem.units[n]
        tasks = unit.chain(row.chain)[row.task :]
        first = row.left or 1 + self._grains(tasks[0])
        usable = self.walk.calendar.usable[n]
        begins = row.left and self.walk.calendar.usable[n][now] and all(usable[now : now + row.left])
        return now + first + sum(map(self._grains, tasks[1:])) <= self.end and (not row.left or bool(begins))

    def _manned(self, rows: tuple[Row, ...]) -> bool:
        busy: dict[Pool, int] = {}
        for task in self._tasks(rows):
            for pool, count in pools(task.demands).items():
                busy[pool] = busy.get(pool, 0) + count
        return all(count <= self.duty.capacity.get(pool, 0) for pool, count in busy.items())

    def _tasks(self, rows: tuple[Row, ...]) -> Iterator[Task]:
        for unit, row in zip(self.walk.problem.units, rows, strict=True):
            if row.left:
                yield unit.chain(row.chain)[row.task]

    def _advance(self, node: Node, rows: tuple[Row, ...], ways: list[Way], now: int, following: Layer) -> None:
        """Judge the grain, then let end what ends with it: check points, budgets, the turn."""
        at = self._minute(now)
        during = node._replace(rows=rows)
        truths = self.walk.worlds.truths(during, at)
        if not truths.allowed or any(self.walk.calendar.barred[s][now] for s in truths.out):
            return
        begun = tuple((n, r.chain, r.task) for n, (was, r) in enumerate(zip(node.rows, rows, strict=True)) if r != was)
        kinds = {self.walk.problem.units[n].chain(chain)[task].kind for n, chain, task in begun}
        cuts = not node.cut and not kinds.isdisjoint(DISCONNECTS)
        after, checked = self._ended(during, truths, now)
        after = after._replace(
            used=node.used or bool(begun), cut=node.cut or cuts, peak=max(node.peak, truths.crossings)
        )
        ends = after.still and after.moved != node.anchor and self.walk.worlds.truths(after, at).lasting
        settled = after._replace(anchor=after.moved, cut=False) if ends else after
        event = Event(at, begun, truths.out, ends, self.window)
        for way in ways:
            first = self._way_back(node, way, now) if cuts else None
            longer = self._longer(during, after, way, event, now) if first or not cuts else None
            last = self._way_back(after, longer, now + 1) if longer and checked else None
            if longer is None or (checked and last is None):
                continue
            returns = {at: first, at + self.walk.problem.grain: last}
            if first or last:
                longer = replace(longer, last=replace(event, returns={m: w for m, w in returns.items() if w}))
            if ends and after.moved == self.walk.movers:
                self.walk.finish(settled, longer, now + 1)
            else:
                keep(following, settled, longer)

    def _minute(self, number: int) -> Minute:
        return self.walk.calendar.start + number * self.walk.problem.grain

    def _ended(self, node: Node, truths: Truths, now: int) -> tuple[Node, bool]:
        """The state at the end of the grain, and whether a technical check ends there."""
        rows, moved, checked, day = [], set(node.moved), False, node.day
        for n, (unit, row) in enumerate(zip(self.walk.problem.units, node.rows, strict=True)):
            if not row.left:
                rows.append(row._replace(asked=row.asked or n in truths.fallen) if row.chain else row)
            elif row.left > 1:
                rows.append(row._replace(left=row.left - 1))
            else:
                day = self.walk.calendar.day[now + 1]
                checked = checked or unit.chain(row.chain)[row.task].kind is K.CHECK
                last = row.task + 1 == len(unit.chain(row.chain))
                rows.append(REST if last else row._replace(task=row.task + 1, left=0))
                if last and row.chain == MOVE:
                    moved.add(n)
        return node._replace(rows=tuple(rows), moved=frozenset(moved), day=day), checked

    def _longer(self, node: Node, after: Node, way: Way, event: Event, now: int) -> Way | None:
        """The way with this grain; None if it exceeds a budget (S02)."""
        inventory, grain = self.walk.problem.construction.inventory, self.walk.problem.grain
        weights, service = inventory.policy.weights, self.walk.calendar.service
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
        rest += 60 * weights.wave * (after.used and not node.used) + 60 * weights.day * (after.day - node.day)
        if not self.walk.calendar.office[now]:
            people = sum(d.count for task in self._tasks(node.rows) for d in task.demands)
            rest += weights.person_hour * people * grain
        rest += self.walk.crossed(node, self.walk.worlds.truths(node, event.at).crossings, 1)
        return Way(way.first + first, way.rest + rest, tuple(spent), event, way)

    def _way_back(self, node: Node, way: Way, number: int) -> Return | None:
        """S13: a way back that ends, margin included, before the window does and before a budget is exceeded."""
        left = self.end - number - self._margin()
        ways = self.back.ways(node, self._minute(number), left) if left >= 0 else ()
        return next((found for found in ways if self._is_borne(found, way, number)), None)

    def _margin(self) -> int:
        return self.walk.problem.construction.inventory.policy.margin // self.walk.problem.grain

    def _is_borne(self, back: Return, way: Way, number: int) -> bool:
        grain, service = self.walk.problem.grain, self.walk.calendar.service
        until = number + back.minutes // grain + self._margin()
        for used, system in zip(way.spent, self.walk.problem.construction.inventory.systems.values(), strict=True):
            if system.id in back.out:
                since = number + back.out[system.id] // grain
                if used + grain * sum(service[system.id][since:until]) > system.budget:
                    return False
        return True


def keep(layer: Layer, node: Node, way: Way) -> None:
    """Remember a way to a state unless one that is known is no worse; forget those that it beats."""
    known = layer.setdefault(node, [])
    if not any(other.no_worse(way) for other in known):
        layer[node] = [other for other in known if not way.no_worse(other)] + [way]
