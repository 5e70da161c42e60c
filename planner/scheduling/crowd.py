"""Turns of many jobs: each is filled with what takes about as long, so that nobody waits for one that takes longer.

Where there are few jobs each turn is chosen among all (`Construction`); here it begins with the job that takes longest,
and grows by what goes along in the same time. What fails is not tried again for others that take the same people and
the same time.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from planner.calendar import Window
from planner.model.chain import StepKind
from planner.scheduling.construct import LARGEST, Construction
from planner.scheduling.draft import DraftTurn
from planner.scheduling.essential import minutes_of
from planner.scheduling.freshness import at_home
from planner.scheduling.profile import Profile, one_after_the_other
from planner.scheduling.quarter_tasks import QuarterTasks
from planner.scheduling.task import Task
from planner.scheduling.transition import Outcome
from planner.scheduling.turn_model import demand_by_pool
from planner.units.span import Minute, Span, Spans

Ids = tuple[str, ...]
Capacity = dict[tuple[str, str | None], int]
MISSES = 12
"""After how many kinds of jobs that do not go along a turn is left as it is."""

LONGER = 3
"""A turn grows by what makes it longer by less than this part of what that takes alone."""

SWAY = (70, 61)
"""What a job takes is weighed with so many hundredths at least, of so many, where another order is looked for."""


@dataclass(slots=True)
class Crowd(Construction):
    """A construction for many jobs.

    The ``thrifty`` take nothing that leaves too little of a budget for the rest, even where nothing else goes.
    """

    order: int = 0
    thrifty: bool = False
    _profiles: dict[Ids, Profile] = field(default_factory=dict)
    _batches: dict[bool, list[Ids]] = field(default_factory=dict)
    _leant: dict[str, frozenset[str]] = field(default_factory=dict)
    _taking: dict[str, list[Ids]] = field(default_factory=dict)
    _last: dict[tuple[Ids, int], int | None] = field(default_factory=dict)
    _apart: QuarterTasks | None = None
    _dated: dict[tuple[str, Span], list[Ids]] = field(default_factory=dict)

    def next_turn(
        self, window: Window, block: Span, cursor: Minute, done: frozenset[str], *, patient: bool
    ) -> DraftTurn | None:
        """The longest turn that fits into what is left of the block, grown by what goes along with it."""
        return self.turn_of(self._going(window, block, done), window, block, cursor, done, patient=patient)

    def turn_of(
        self, options: list[Ids], window: Window, block: Span, cursor: Minute, done: frozenset[str], *, patient: bool
    ) -> DraftTurn | None:
        """The same of some jobs."""
        capacity = self.on_duty(block)
        failed: set[tuple[object, ...]] = set()
        for ids in options:
            profile = self.profile(ids)
            if profile.needed > block.end - cursor or profile.kind in failed:
                continue
            if not self._goes(ids, block, done, patient=patient):
                continue
            turn = self.fit(ids, window, block, cursor, done, capacity)
            if turn is not None and not ((patient or self.thrifty) and self.overspends(turn, done)):
                return self._along(turn, options, cursor, done, capacity, patient=patient)
            failed.add(profile.kind)
        return None

    def spend(self, turn: DraftTurn) -> None:
        """What services are out by what they lean on themselves, not by all of the turn."""
        for system in turn.outcome.affected:
            span = self._out(system, turn)
            inside = self.times.service_hours(system).within(span).minutes
            self.spent[system] = self.spent.get(system, 0) + inside

    def _out(self, system: str, turn: DraftTurn) -> Span:
        """From the first to the last task of a service and of what it leans on."""
        leant = self._leant_on(system)
        own = [task for task in turn.tasks if system in task.assets]
        own = own or [task for task in turn.tasks if not leant.isdisjoint(task.assets)] or list(turn.tasks)
        return Span(
            min(turn.starts[task.key] for task in own), max(turn.starts[task.key] + task.minutes for task in own)
        )

    def overspends(self, turn: DraftTurn, done: frozenset[str]) -> bool:
        """Whether too little of a budget would be left for what else has to take a service down."""
        if not self.lenient:
            return False
        gone = done | frozenset(turn.jobs)
        for system in turn.outcome.affected:
            coming = [self.profile(ids) for ids in self._takers(system) if ids[0] not in gone]
            left = self.times.left(system, self.spent) - self._out(system, turn).minutes
            if coming and left < one_after_the_other(coming):
                return True
        return False

    def _takers(self, system: str) -> list[Ids]:
        """What takes a service down."""
        if not self._taking:
            for ids in self.batches():
                for id in self.profile(ids).affected:
                    self._taking.setdefault(id, []).append(ids)
        return self._taking.get(system, [])

    def _leant_on(self, system: str) -> frozenset[str]:
        if system not in self._leant:
            found, waiting = {system}, [system]
            while waiting:
                more = [id for id in self.providers.leant_on(waiting.pop()) if id not in found]
                found.update(more)
                waiting += more
            self._leant[system] = frozenset(found)
        return self._leant[system]

    def on_duty(self, block: Span) -> Capacity:
        """People and conveyances in a block."""
        return self.roster.capacity(block, at_home(self.inventory, block))

    def profile(self, ids: Ids) -> Profile:
        """What jobs take alone, in the state before all others."""
        if ids not in self._profiles:
            outcome = self.transitions.outcome(frozenset(), ids, self.inventory.project.horizon.start)
            tasks = self.tasks_of(ids, outcome)
            minutes, needed = self.least_minutes_of(ids, tasks)
            # What has no check is decided before it begins: that is a check point too.
            needed = max(needed, minutes + self.inventory.policy.margin)
            people: dict[tuple[str, str | None], int] = {}
            for task in tasks:
                for pool, count in demand_by_pool(task).items():
                    people[pool] = people.get(pool, 0) + count * task.minutes
            kind = (minutes, needed, *sorted((str(pool), load) for pool, load in people.items()))
            self._profiles[ids] = Profile(minutes, needed, kind, outcome.affected, people)
        return self._profiles[ids]

    def batches(self) -> list[Ids]:
        """Jobs one by one, but for those that only go together; what takes longest first."""
        if self.lenient not in self._batches:
            numbers = {id: number for number, id in enumerate(self.jobs)}
            found = list(self._contracted()) if self.lenient else [(id,) for id in self.jobs]
            ranks = {ids: self.profile(ids).needed * self._weigh(ids) for ids in found}
            self._batches[self.lenient] = sorted(found, key=lambda ids: (-ranks[ids], numbers[ids[0]]))
        return self._batches[self.lenient]

    def shuffle(self, number: int) -> None:
        """Take what takes about as long in another order from now on."""
        self.order = number
        self._batches.clear()
        self._dated.clear()
        self.forget()

    def least(self, windows: Sequence[Window]) -> int:
        """How many windows the work of some team fills, every job done for itself; fewer are not worth looking for."""
        load: Counter[tuple[str, str | None]] = Counter()
        for ids in self.batches():
            load.update(self.profile(ids).load)
        longest = max(windows, key=lambda window: window.span.minutes, default=None)
        capacity = self.on_duty(longest.span) if longest else {}
        gives = {pool: count * longest.span.minutes for pool, count in capacity.items() if count and longest}
        return max((-(-minutes // gives[pool]) for pool, minutes in load.items() if pool in gives), default=0)

    def _weigh(self, ids: Ids) -> int:
        """A factor around 100 that is another one in every order but the first."""
        return SWAY[0] + crc32(f"{self.order}/{ids[0]}".encode()) % SWAY[1] if self.order else 100

    def _contracted(self) -> Iterator[Ids]:
        """Jobs whose outages one after the other are more than a service may have go together, if they can."""
        leader = {id: id for id in self.jobs}
        members: dict[str, Ids] = {id: (id,) for id in self.jobs}
        for system, ids in self._taking_down().items():
            heads = tuple(dict.fromkeys(leader[id] for id in ids))
            if len(heads) < 2 or self._one_by_one(system, heads, members):
                continue
            union = tuple(id for head in heads for id in members[head])
            if self._together(system, union):
                for id in union:
                    leader[id] = heads[0]
                members[heads[0]] = union
        yield from (members[id] for id in self.jobs if leader[id] == id)

    def _taking_down(self) -> dict[str, list[str]]:
        """By service the jobs that take it down."""
        found: dict[str, list[str]] = {}
        at = self.inventory.project.horizon.start
        for id in self.jobs:
            for system in sorted(self.transitions.outcome(frozenset(), (id,), at).affected):
                found.setdefault(system, []).append(id)
        return found

    def _one_by_one(self, system: str, heads: Ids, members: dict[str, Ids]) -> bool:
        """Whether the budget of a service bears an outage for each, turning back from the last included."""
        rows = [self.profile(members[head]) for head in heads]
        return one_after_the_other(rows) <= self._left_of(system)

    def _together(self, system: str, ids: Ids) -> bool:
        """Whether these may move in one turn, and the budget bears that."""
        outcome = self.transitions.outcome(frozenset(), ids, self.inventory.project.horizon.start)
        return outcome.lasts and self.profile(ids).needed <= self._left_of(system)

    def _left_of(self, system: str) -> int:
        facts = self.inventory.systems[system]
        return facts.budget if facts.longest is None else min(facts.budget, facts.longest)

    def _going(self, window: Window, block: Span, done: frozenset[str]) -> list[Ids]:
        """What is not done and may go in this block by its dates and orders, what takes longest first."""
        key = (window.id, block)
        if key not in self._dated:
            self._dated.clear()
            in_time = {id for id, job in self.jobs.items() if self.in_time(job, window, block)}
            self._dated[key] = [ids for ids in self.batches() if in_time.issuperset(ids)]
        return [
            ids for ids in self._dated[key] if ids[0] not in done and all(self.jobs[id].after <= done for id in ids)
        ]

    def _goes(self, ids: Ids, block: Span, done: frozenset[str], *, patient: bool) -> bool:
        """Whether the state after these may last, and, for the ``patient``, waiting would take nobody less down."""
        outcome = self.transitions.outcome(done, ids, block.start)
        return outcome.lasts and not (patient and self._better_last(ids, outcome, done, block))

    def _better_last(self, ids: Ids, outcome: Outcome, done: frozenset[str], block: Span) -> bool:
        now = self.weight(outcome.affected)
        if not now or len(done) + len(ids) >= len(self.jobs):
            return False
        key = (ids, self.transitions.era(block.start))
        if key not in self._last:
            followers = frozenset(other for id in ids for other in self.followers(id))
            others = self._around(ids) - frozenset(ids) - followers
            last = self.transitions.outcome(others, ids, block.start)
            self._last[key] = self.weight(last.affected) if last.lasts else None
        least = self._last[key]
        return least is not None and least < now

    def hopeless(self, windows: Sequence[Window]) -> bool:
        """Whether some job takes a service down, first of all or last, that no window has closed for long enough.

        Then no draft that spends none of the budgets is complete.
        """
        return not self.lenient and any(self._never_closed(ids, windows) for ids in self.batches())

    def _never_closed(self, ids: Ids, windows: Sequence[Window]) -> bool:
        profile, at = self.profile(ids), self.inventory.project.horizon.start
        if not profile.affected:
            return False
        followers = frozenset(other for id in ids for other in self.followers(id))
        others = self._around(ids) - frozenset(ids) - followers
        down = profile.affected & self.transitions.outcome(others, ids, at).affected
        return any(
            all(_longest(window.span, self.times.service_hours(id)) < profile.minutes for window in windows)
            for id in sorted(down)
        )

    def _around(self, ids: Ids) -> frozenset[str]:
        """All jobs that may have a say in what these come to."""
        transitions = self.transitions
        near = {transitions.communities.of[id] for id in ids}
        if not transitions.apart or -1 in near:
            return frozenset(self.jobs)
        return frozenset(id for number in (*near, -1) for id in transitions.communities.jobs.get(number, ()))

    def tasks_of(self, jobs: Sequence[str], outcome: Outcome) -> tuple[Task, ...]:
        """The tasks of every community, put together: none waits for those of another."""
        if self._apart is None:
            self._apart = QuarterTasks(self.transitions, self.placements, self.jobs, self.laid)
        found = self._apart.of(jobs, outcome)
        return Construction.tasks_of(self, jobs, outcome) if found is None else found

    def _along(
        self,
        turn: DraftTurn,
        options: list[Ids],
        cursor: Minute,
        done: frozenset[str],
        capacity: Capacity,
        *,
        patient: bool,
    ) -> DraftTurn:
        """The turn with everything that goes along in about the same time."""
        failed: set[tuple[object, ...]] = set()
        for ids in self._kin_first(turn, options):
            profile = self.profile(ids)
            if len(failed) >= MISSES or len(turn.tasks) > LARGEST:
                break
            if profile.needed > turn.block.end - cursor or profile.kind in failed:
                continue
            if not self._goes(ids, turn.block, done, patient=patient):
                continue
            both = self.fit((*turn.jobs, *ids), turn.window, turn.block, cursor, done, capacity)
            if both is not None and not self.may_stop(both, turn, ids, done):
                continue
            if both is not None and self._gains(turn, both, ids, profile, done) and not self.overspends(both, done):
                turn = both
            else:
                failed.add(profile.kind)
        return turn

    def may_stop(self, both: DraftTurn, turn: DraftTurn, ids: Ids, done: frozenset[str]) -> bool:
        """Whether all that has to be stopped only because these go together can be: halves of a pair may not go."""
        alone = (*turn.outcome.stopped, *self.transitions.outcome(done, ids, turn.block.start).stopped)
        more = frozenset(both.outcome.stopped).difference(alone)
        return all(minutes_of(self.inventory.subject(id), StepKind.STOP) for id in more)

    def _kin_first(self, turn: DraftTurn, options: list[Ids]) -> Iterator[Ids]:
        """First who takes the same services down, then the others."""
        out = turn.outcome.affected
        kin = [ids for ids in options if out and not out.isdisjoint(self.profile(ids).affected)]
        known = {*turn.jobs, *(id for ids in kin for id in ids)}
        yield from (ids for ids in kin if ids[0] not in turn.jobs)
        yield from (ids for ids in options if ids[0] not in known)

    def _gains(self, turn: DraftTurn, both: DraftTurn, ids: Ids, profile: Profile, done: frozenset[str]) -> bool:
        """Whether less time or fewer outages are spent than one after the other."""
        longer = (both.end - both.start) - (turn.end - turn.start)
        if LONGER * longer < profile.minutes:
            return True
        own = self.transitions.outcome(done, ids, turn.block.start).affected
        shared = own & turn.outcome.affected
        return bool(shared) and self.weight(both.outcome.affected) * (both.end - both.start) <= (
            self.weight(turn.outcome.affected) * (turn.end - turn.start) + self.weight(own) * profile.minutes
        )


def _longest(span: Span, service: Spans) -> int:
    """The longest time in a span without service."""
    return max((part.minutes for part in service.complement(span)), default=0)
