"""Fills windows with turns: fast list schedules that every later stage only improves.

In each block of duty the cheapest turn that the state of the estate permits is taken, and grown by what costs nothing
more when it goes along. What costs more now than it would at the end waits until nothing else can go.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from planner.calendar import Window
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.scheduling.blast_radius import BlastRadius, Touched
from planner.scheduling.draft import Draft, DraftTurn, Progress, can_turn_back, with_return
from planner.scheduling.duty import Rhythm, Roster, blocks
from planner.scheduling.evacuation import Evacuation
from planner.scheduling.freshness import at_home
from planner.scheduling.job import Job
from planner.scheduling.joint import JointMoves
from planner.scheduling.list_schedule import schedule
from planner.scheduling.open_times import OpenTimes
from planner.scheduling.provider import Providers
from planner.scheduling.task import Task
from planner.scheduling.transition import RANK, Outcome, Transitions
from planner.scheduling.turn_model import GRID
from planner.scheduling.turn_tasks import TurnTasks
from planner.units.span import Minute, Span, Spans

LARGEST = 400
"""Tasks of one turn; above this a turn is too long to be followed at night."""


@dataclass(slots=True)
class Construction:
    """Everything that building drafts shares."""

    inventory: Inventory
    transitions: Transitions
    providers: Providers
    placements: dict[str, Position]
    jobs: dict[str, Job]
    laid: frozenset[str]
    roster: Roster
    ready_from: dict[str, Minute] = field(default_factory=dict)
    slower: dict[frozenset[str], int] = field(default_factory=dict)
    lenient: bool = False
    joint: JointMoves | None = None
    free_from: Minute = 0
    spent: dict[str, int] = field(default_factory=dict)
    touched: Touched = field(default_factory=Touched)
    barred: set[object] = field(default_factory=set)
    radius: BlastRadius = field(init=False)
    times: OpenTimes = field(init=False)
    _tasks: dict[tuple[frozenset[str], tuple[str, ...], Evacuation | None], tuple[Task, ...]] = field(
        default_factory=dict
    )
    _after_it: dict[str, list[str]] | None = None
    _filled: dict[tuple[tuple[str, str], ...], Progress] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.radius, self.times = BlastRadius(self.inventory, self.jobs), OpenTimes(self.inventory)

    def draft(self, chosen: Sequence[tuple[Window, Rhythm]]) -> Draft:
        """Fill the chosen windows in time order; what drafts with the same first windows did is not done again."""
        progress = Progress((), frozenset(), {})
        key: tuple[tuple[str, str], ...] = ()
        for window, rhythm in sorted(chosen, key=lambda pair: pair[0].span):
            key = (*key, (window.id, rhythm.id))
            if key not in self._filled:
                self._filled[key] = self._after(window, rhythm, progress)
            progress = self._filled[key]
        barred = turns_of(progress.turns) in self.barred
        undone = frozenset(self.jobs) - (frozenset() if barred else progress.done)
        return Draft(progress.turns, undone, (len(undone), self.cost(progress.turns)))

    def bar(self, draft: Draft) -> None:
        """Count a draft as nothing from now on: it cannot be carried out after all."""
        self.barred.add(turns_of(draft.turns))

    def _after(self, window: Window, rhythm: Rhythm, before: Progress) -> Progress:
        turns, done = list(before.turns), before.done
        self.spent, self.touched = dict(before.spent), Touched()
        # Windows may overlap; turns do not.
        self.free_from = max(window.span.start, turns[-1].end if turns else window.span.start)
        for turn in self._fill(window, rhythm, done):
            turns.append(turn)
            done |= frozenset(turn.jobs)
            self.spend(turn)
            self.touched |= self.radius.of(turn.jobs, turn.outcome)
        return Progress(tuple(turns), done, self.spent)

    def slow_down(self, turns: Mapping[frozenset[str], int]) -> None:
        """Remember rollback minutes of turns, by their subjects, and forget drafts made without them."""
        self.slower.update(turns)
        self.forget()

    def forget(self) -> None:
        """Drop the drafts, because what they were made with has changed."""
        self._filled.clear()

    def reference(self) -> dict[str, frozenset[str]]:
        """For each job what is done before it when windows do not matter: the cheapest that may last comes first."""
        done: frozenset[str] = frozenset()
        before: dict[str, frozenset[str]] = {}
        late = self.inventory.project.horizon.end - 1
        ranks = dict.fromkeys(self.jobs, (False, 0, 0))
        fresh: set[str] = set()
        while left := [id for id in self.jobs if id not in done]:
            ready = [id for id in left if self.jobs[id].after <= done]
            id = min(ready or left, key=lambda id: (ranks[id], id))
            if id not in fresh:
                # What was done since makes most jobs cheaper, few dearer: only the front runners are asked again.
                ranks[id] = self._rank(id, done, late)
                fresh.add(id)
                continue
            before[id] = done
            done |= {id}
            fresh.clear()
        return before

    def _rank(self, id: str, done: frozenset[str], at: Minute) -> tuple[bool, int, int]:
        outcome = self.transitions.outcome(done, (id,), at)
        return not outcome.lasts, self.weight(outcome.affected), RANK[self.jobs[id].kind]

    def least_minutes(self, id: str, outcome: Outcome) -> tuple[int, int]:
        """The least minutes of this job alone with everybody on duty, and with turning back at its last check."""
        return self.least_minutes_of((id,), self.tasks_of((id,), outcome))

    def least_minutes_of(self, ids: tuple[str, ...], tasks: Sequence[Task]) -> tuple[int, int]:
        """The same for the tasks of several jobs."""
        if (starts := schedule(tasks, self.roster.everybody(), 0)) is None:
            return 1 << 30, 1 << 30
        length = max((starts[task.key] + task.minutes for task in tasks), default=0)
        return length, with_return(tasks, starts, length, self.back(ids, tasks, length))

    def spend(self, turn: DraftTurn) -> None:
        for system in turn.outcome.affected:
            inside = self.times.service_hours(system).within(Span(turn.start, turn.end)).minutes
            self.spent[system] = self.spent.get(system, 0) + inside

    def cost(self, turns: Sequence[DraftTurn]) -> int:
        """The objective's terms that a draft decides: outages, waves, the end date."""
        weights = self.inventory.policy.weights
        out = sum(self.weight(turn.outcome.affected) * (turn.end - turn.start) for turn in turns)
        waves = len({turn.window.id for turn in turns}) * weights.wave
        days = (max((turn.end for turn in turns), default=0) - self.inventory.project.horizon.start) // 1440
        return out + waves + max(0, days) * weights.day

    def weight(self, systems: frozenset[str]) -> int:
        """Hundredths per minute of all these systems being out."""
        weights, found = self.inventory.policy.weights, self.inventory.systems
        return sum(weights.criticality[found[s].criticality] * weights.outage_minute for s in systems)

    def _fill(self, window: Window, rhythm: Rhythm, done: frozenset[str]) -> Iterator[DraftTurn]:
        return self._from(self.free_from, window, rhythm, done)

    def _from(self, free_from: Minute, window: Window, rhythm: Rhythm, done: frozenset[str]) -> Iterator[DraftTurn]:
        """Turn after turn in what is left of the window, in its own shifts."""
        for patient in (True, False):
            for block in blocks(self.inventory, window.span, rhythm):
                cursor = max(block.start, free_from)
                while cursor < block.end:
                    turn = self.next_turn(window, block, cursor, done, patient=patient)
                    if turn is None:
                        break
                    yield turn
                    done |= frozenset(turn.jobs)
                    cursor = free_from = turn.end
            if not self._may_end_here(window, done):
                return

    def _may_end_here(self, window: Window, done: frozenset[str]) -> bool:
        """Whether everything that is left could be done in this window at all, so that waiting gains nothing."""
        left = frozenset(self.jobs) - done
        return bool(left) and all(self.in_time(self.jobs[id], window, window.span) for id in left)

    def next_turn(
        self, window: Window, block: Span, cursor: Minute, done: frozenset[str], *, patient: bool
    ) -> DraftTurn | None:
        """The cheapest turn that fits into what is left of the block, grown while growing is free."""
        capacity = self.roster.capacity(block, at_home(self.inventory, block))
        options = sorted(self._options(window, done, block), key=lambda option: option[:3])
        ready = [
            ids
            for _, _, _, ids, outcome in options
            if not (patient and self._had_better_wait(ids, outcome, done, block))
        ]
        for ids in ready:
            turn = self.fit(ids, window, block, cursor, done, capacity)
            if turn:
                return self._grow(turn, ready, cursor, done, capacity)
        return None

    def _options(
        self, window: Window, done: frozenset[str], block: Span
    ) -> Iterator[tuple[int, int, int, tuple[str, ...], Outcome]]:
        """What may be done next, one by one; what may not go alone with what has to go along, if that is asked for."""
        for number, (id, job) in enumerate(self.jobs.items()):
            if id in done or not job.after <= done or not self.in_time(job, window, block):
                continue
            ids: tuple[str, ...] = (id,)
            outcome = self.transitions.outcome(done, ids, block.start)
            if self.joint is not None and (id in self.joint.bound or not outcome.lasts):
                ids = self.joint.batch(done, id, block.start) or ids
                outcome = self.transitions.outcome(done, ids, block.start)
            if outcome.lasts and all(self.in_time(self.jobs[other], window, block) for other in ids):
                yield self.weight(outcome.affected), RANK[job.kind], number, ids, outcome

    def _had_better_wait(self, ids: tuple[str, ...], outcome: Outcome, done: frozenset[str], block: Span) -> bool:
        """Whether the same jobs would take fewer systems down if everything else were done before."""
        now = self.weight(outcome.affected)
        others = frozenset(self.jobs) - frozenset(ids)
        if not now or others <= done:
            return False
        followers = frozenset(other for id in ids for other in self.followers(id))
        last = self.transitions.outcome(others - followers, ids, block.start)
        return last.lasts and self.weight(last.affected) < now

    def followers(self, id: str) -> frozenset[str]:
        """Everything that waits for a job, directly or not."""
        found: set[str] = set()
        waiting = [id]
        while waiting:
            more = [other for other in self._waiting_for().get(waiting.pop(), ()) if other not in found]
            found.update(more)
            waiting += more
        return frozenset(found)

    def _waiting_for(self) -> Mapping[str, Sequence[str]]:
        if self._after_it is None:
            self._after_it = {}
            for id, job in self.jobs.items():
                for earlier in job.after:
                    self._after_it.setdefault(earlier, []).append(id)
        return self._after_it

    def _grow(
        self,
        turn: DraftTurn,
        others: Sequence[tuple[str, ...]],
        cursor: Minute,
        done: frozenset[str],
        capacity: dict[tuple[str, str | None], int],
    ) -> DraftTurn:
        for ids in others:
            if not frozenset(ids).isdisjoint(turn.jobs) or len(turn.tasks) > LARGEST:
                continue
            both = self.fit((*turn.jobs, *ids), turn.window, turn.block, cursor, done, capacity)
            if both is None:
                continue
            gain = self._price(turn) - self._price(both)
            alone = self.fit(ids, turn.window, turn.block, cursor, done, capacity) if gain < 0 else None
            if gain + (self._price(alone) if alone else 0) >= 0:
                turn = both
        return turn

    def _price(self, turn: DraftTurn) -> int:
        return self.weight(turn.outcome.affected) * (turn.end - turn.start)

    def fit(
        self,
        jobs: tuple[str, ...],
        window: Window,
        block: Span,
        cursor: Minute,
        done: frozenset[str],
        capacity: dict[tuple[str, str | None], int],
    ) -> DraftTurn | None:
        """The turn of these jobs as early as it fits after ``cursor``, None if it does not."""
        outcome = self.transitions.outcome(done, jobs, block.start)
        if not outcome.lasts or not self.radius.allows(self.touched, self.radius.of(jobs, outcome)):
            return None
        tasks = self.tasks_of(jobs, outcome)
        if (trial := schedule(tasks, capacity, 0)) is None or cursor >= block.end:
            return None
        length = max(trial[t.key] + t.minutes for t in tasks)
        back = self.back(jobs, tasks, length)
        needed = with_return(tasks, trial, length, back)
        free = self.room_to_move(jobs, outcome, needed, Span(cursor, block.end))
        for span in free:
            at = -(-span.start // GRID) * GRID
            starts = {key: at + start for key, start in trial.items()}
            if at + length <= span.end and can_turn_back(tasks, starts, span, back):
                subjects = {id: self.jobs[id].subjects for id in jobs}
                bounded = self.left_of_budgets(outcome, span)
                return DraftTurn(window, block, jobs, subjects, outcome, tasks, starts, free, back, bounded=bounded)
        return None

    def left_of_budgets(self, outcome: Outcome, span: Span) -> dict[str, int]:
        """What is left of the budgets of services that are open throughout the span."""
        if not self.lenient:
            return {}
        hours = ((system, self.times.service_hours(system)) for system in sorted(outcome.affected))
        return {system: self.times.left(system, self.spent) for system, service in hours if service.covers(span)}

    def back(self, jobs: Sequence[str], tasks: Sequence[Task], length: int) -> int:
        """Margin and a guess of R: undoing everything takes about as long as doing it."""
        undoable = any(t.kind is StepKind.CHECK for t in tasks)
        subjects = frozenset(s for id in jobs for s in self.jobs[id].subjects)
        guess = max((length, *(n for known, n in self.slower.items() if known <= subjects)))
        return self.inventory.policy.margin + guess if undoable else 0

    def tasks_of(self, jobs: Sequence[str], outcome: Outcome) -> tuple[Task, ...]:
        key = (frozenset(jobs), outcome.stopped, outcome.evacuation)
        if key not in self._tasks:
            chosen = [self.jobs[id] for id in jobs]
            builder = TurnTasks(
                self.inventory,
                self.providers,
                self.placements,
                chosen,
                outcome.stopped,
                self.laid,
                outcome.evacuation,
            )
            self._tasks[key] = builder.build()
        return self._tasks[key]

    def room_to_move(self, jobs: Sequence[str], outcome: Outcome, length: int, span: Span) -> Spans:
        """Where in ``span`` all steps may lie: windows without blackouts, usable rooms, closed hours of who is out.

        A lenient construction lets services be out in their hours as far as the ``length`` minutes do not fit into
        closed hours and what is left of the budget allows it.
        """
        affected = tuple(sorted(outcome.affected))
        spans = Spans((span,))
        for system in affected:
            forbidden = self.times.forbidden(system, length, span, self.spent if self.lenient else None)
            spans = spans.minus(forbidden) if forbidden else spans
        users = [(subject, self.jobs[id]) for id in jobs for subject in self.jobs[id].subjects]
        guests = outcome.evacuation.guests if outcome.evacuation else ()
        every = (*users, *((subject, None) for subject in (*outcome.stopped, *guests)))
        for usable in self.times.usable_by_all(every, affected, outcome.heirs):
            spans = spans.intersection(usable.within(span))
        return spans

    def in_time(self, job: Job, window: Window, span: Span) -> bool:
        """Whether the dates that bind the job leave some of ``span`` in the window."""
        if not job.may_be_in(window):
            return False
        since = max(job.not_before or span.start, self.ready_from.get(job.id, span.start))
        return since < span.end and (job.not_after is None or span.start < job.not_after)


def turns_of(turns: Sequence[DraftTurn]) -> tuple[tuple[str, int, tuple[str, ...]], ...]:
    """What makes two drafts the same: who goes when in which window."""
    return tuple((turn.window.id, turn.start, turn.jobs) for turn in turns)
