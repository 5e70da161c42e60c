"""Drafts that do again what another plan did: its turns at their times where the inventory still permits it.

What is counted, by importance: jobs left undone, subjects in another window than before, waves that are torn apart,
subjects at another time, and only then the objective (`Construction.cost`).
"""

from collections.abc import Iterator, Sequence

from planner.calendar import Window, hours
from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.scheduling.construct import Construction
from planner.scheduling.draft import DraftTurn, can_turn_back
from planner.scheduling.duty import Rhythm, blocks, rhythms
from planner.scheduling.freshness import at_home
from planner.scheduling.kept import Kept, KeptTurn
from planner.scheduling.retained import matching, work_in_time
from planner.scheduling.transition import Outcome
from planner.units.span import Minute, Span, Spans

MOVED = 1 << 80
"""What one subject in another window costs: more than any number of subjects at another time."""

TORN = 1 << 65
"""What each further window costs into which the subjects of one wave come."""

RETIMED = 1 << 50
"""What one subject at another time costs: more than any objective."""

Capacity = dict[tuple[str, str | None], int]
Option = tuple[int, int, int, tuple[str, ...], Outcome]


class Retaining(Construction):
    """A construction that fills each window first with what ``kept`` did in it.

    A job waits for the window that it had. It goes into a later one only when it found no place there, and into an
    earlier one only when it is ``released``, because else it would be left undone. ``apart``: it does not go into the
    window of another wave, so that a wave that loses its window finds one of its own.
    """

    def __init__(self, base: Construction, before: Plan, kept: Kept) -> None:
        super().__init__(
            base.inventory,
            base.transitions,
            base.providers,
            base.placements,
            base.jobs,
            base.laid,
            base.roster,
            base.ready_from,
        )
        self.before = before
        self.kept = kept
        self.released: frozenset[str] = frozenset()
        self.apart = True
        self._here: Window | None = None

    def cost(self, turns: Sequence[DraftTurn]) -> int:
        """The changes, each dearer than all of the objective, and the objective."""
        moved = sum(len(turn.subjects[id]) for turn in turns for id in turn.jobs if self.strayed(id, turn.window))
        retimed = sum(len(turn.subjects[id]) for turn in turns if turn.given is None for id in turn.jobs)
        return MOVED * moved + TORN * self._torn(turns) + RETIMED * retimed + super().cost(turns)

    def _torn(self, turns: Sequence[DraftTurn]) -> int:
        """In how many windows more than one each the old waves are now."""
        found = {(old.since, turn.window.id) for turn in turns for id in turn.jobs if (old := self.kept.of_job.get(id))}
        return len(found) - len({since for since, _ in found})

    def strayed(self, id: str, window: Window) -> bool:
        """Whether a job that has a window is done in another one."""
        turn = self.kept.of_job.get(id)
        return turn is not None and (turn.home is None or turn.home.id != window.id)

    def _fill(self, window: Window, rhythm: Rhythm, done: frozenset[str]) -> Iterator[DraftTurn]:
        self._here = window
        begin = self.free_from
        for old in self.kept.at(window):
            for turn in self._as_before(old, window, rhythm, done, begin):
                yield turn
                done |= frozenset(turn.jobs)
                begin = turn.end
        if begin < window.span.end:
            yield from self._from(begin, window, rhythm, done)

    def _as_before(
        self, old: KeptTurn, window: Window, rhythm: Rhythm, done: frozenset[str], begin: Minute
    ) -> Iterator[DraftTurn]:
        """An old turn again; where it cannot be, first what should have been done in an earlier window."""
        jobs = tuple(id for id in old.jobs if id not in done and self.in_time(self.jobs[id], window, window.span))
        turn = self._again(jobs, old, window, rhythm, done, begin)
        late = [] if turn else self._late(window, done)
        for id in late:
            fill_in = self._somewhere((id,), window, rhythm, done, begin)
            if fill_in is None:
                continue
            yield fill_in
            done, begin = done | {id}, fill_in.end
            turn = self._again(jobs, old, window, rhythm, done, begin)
            if turn:
                break
        if turn:
            yield turn

    def _late(self, window: Window, done: frozenset[str]) -> list[str]:
        """The jobs that had a place in an earlier window and found none."""
        found = ((id, self.kept.of_job.get(id)) for id in self.jobs if id not in done)
        late = [id for id, turn in found if turn is not None and turn.since < window.span.start]
        return [id for id in late if self._may_be_in(id, window)]

    def _again(
        self,
        jobs: tuple[str, ...],
        old: KeptTurn,
        window: Window,
        rhythm: Rhythm,
        done: frozenset[str],
        begin: Minute,
    ) -> DraftTurn | None:
        """The turn of these jobs at its old time, or else as soon as it can be after that, or before it."""
        if not jobs or not all(self.jobs[id].after <= done for id in jobs):
            return None
        block = self._block(old.span, window, rhythm)
        capacity = self.roster.capacity(block, at_home(self.inventory, block))
        exact = self._exactly(jobs, old, window, block, done, begin, capacity)
        if exact is not None:
            return exact
        first = max(old.span.start, begin)
        found = self._fit(jobs, window, block, first, done, capacity) if first < block.end else None
        return found or self._somewhere(jobs, window, rhythm, done, begin)

    def _somewhere(
        self, jobs: tuple[str, ...], window: Window, rhythm: Rhythm, done: frozenset[str], begin: Minute
    ) -> DraftTurn | None:
        """The turn of these jobs as early as it fits in the window."""
        if not all(self.jobs[id].after <= done for id in jobs):
            return None
        for block in blocks(self.inventory, window.span, rhythm):
            capacity = self.roster.capacity(block, at_home(self.inventory, block))
            cursor = max(block.start, begin)
            found = self._fit(jobs, window, block, cursor, done, capacity) if cursor < block.end else None
            if found is not None:
                return found
        return None

    def _fit(
        self,
        jobs: tuple[str, ...],
        window: Window,
        block: Span,
        cursor: Minute,
        done: frozenset[str],
        capacity: Capacity,
    ) -> DraftTurn | None:
        """The turn in closed hours, or else where budgets allow it: a window that is kept is worth more."""
        if not all(self.in_time(self.jobs[id], window, Span(cursor, block.end)) for id in jobs):
            return None
        was = self.lenient
        found = self.fit(jobs, window, block, cursor, done, capacity)
        if found is None and not was:
            self.lenient = True
            found = self.fit(jobs, window, block, cursor, done, capacity)
            self.lenient = was
        return found

    def _block(self, span: Span, window: Window, rhythm: Rhythm) -> Span:
        """The shift in which the old turn lies, of this rhythm if one of its shifts holds it."""
        every = [b for r in (rhythm, *rhythms()) for b in blocks(self.inventory, window.span, r)]
        near = [block for block in every if block.end > span.start]
        return next((block for block in every if block.covers(span)), near[0] if near else every[-1])

    def _exactly(
        self,
        jobs: tuple[str, ...],
        old: KeptTurn,
        window: Window,
        block: Span,
        done: frozenset[str],
        begin: Minute,
        capacity: Capacity,
    ) -> DraftTurn | None:
        """The turn with all of its old times and people; None where something speaks against it."""
        if old.span.start < begin or not window.span.covers(old.span):
            return None
        if not all(self._inside(id, window, old.span) for id in jobs):
            return None
        was, turn = self.transitions.rolls, None
        for rolls in (was, not was):
            self.transitions.rolls = rolls
            outcome = self.transitions.outcome(done, jobs, block.start)
            turn = turn or self._unchanged(jobs, old, window, block, outcome, capacity)
        self.transitions.rolls = was
        return turn

    def _inside(self, id: str, window: Window, span: Span) -> bool:
        """Whether the dates that bind a job allow all of the old times."""
        job = self.jobs[id]
        since = max(job.not_before or span.start, self.ready_from.get(id, span.start))
        until = job.not_after is None or span.end <= job.not_after
        return since <= span.start and until and job.may_be_in(window)

    def _unchanged(
        self,
        jobs: tuple[str, ...],
        old: KeptTurn,
        window: Window,
        block: Span,
        outcome: Outcome,
        capacity: Capacity,
    ) -> DraftTurn | None:
        if not outcome.lasts or not self.radius.allows(self.touched, self.radius.of(jobs, outcome)):
            return None
        tasks = self.tasks_of(jobs, outcome)
        steps = matching(tasks, old.steps)
        starts = {key: step.start for key, step in steps.items()}
        if len(steps) < len(tasks) or not work_in_time(tasks, starts, capacity):
            return None
        span = Span(min(starts.values()), max(step.end for step in steps.values()))
        if not self._lets(jobs, outcome, span) or not self._serves(outcome.affected, span):
            return None
        subjects = {id: self.jobs[id].subjects for id in jobs}
        back = self.back(jobs, tasks, span.minutes)
        known = any(slow <= frozenset(s for own in subjects.values() for s in own) for slow in self.slower)
        if known and not can_turn_back(tasks, starts, window.span, back):
            return None
        given = {key: (step.people, step.witness) for key, step in steps.items()}
        return DraftTurn(window, block, jobs, subjects, outcome, tasks, starts, Spans((span,)), back, given)

    def _lets(self, jobs: Sequence[str], outcome: Outcome, span: Span) -> bool:
        """Whether windows, blackouts and rooms leave all of the span to everybody in the turn."""
        affected = tuple(sorted(outcome.affected))
        users = [(subject, self.jobs[id]) for id in jobs for subject in self.jobs[id].subjects]
        guests = outcome.evacuation.guests if outcome.evacuation else ()
        others = [(subject, None) for subject in (*outcome.stopped, *guests)]
        return all(self.times.usable_by(subject, job, affected).covers(span) for subject, job in (*users, *others))

    def _serves(self, affected: frozenset[str], span: Span) -> bool:
        """Whether each system may be out in this turn as it was declared to be before."""
        return all(
            self._as_little_service(id, span) or self._out(id, span) <= self.times.left(id, self.spent)
            for id in affected
        )

    def _as_little_service(self, id: str, span: Span) -> bool:
        """Whether what was promised to be served in the span, and the budget for it, are no stricter than before."""
        old, new = self.before.inventory.systems.get(id), self.inventory.systems[id]
        if old is None or new.budget < old.budget:
            return False
        if new.longest is not None and (old.longest is None or new.longest < old.longest):
            return False
        service = self.times.service_hours(id).within(span)
        return service == service_hours(self.before.inventory, id).within(span)

    def _out(self, id: str, span: Span) -> int:
        """The service minutes of the old plan's outages in the span; all of them where it declared none."""
        declared = [o.span.intersection(span) for o in self.before.outages if o.system == id]
        parts = Spans.of(part for part in declared if part is not None)
        return self.times.service_hours(id).intersection(parts or Spans((span,))).minutes

    def _options(self, window: Window, done: frozenset[str], block: Span) -> Iterator[Option]:
        for option in super()._options(window, done, block):
            if all(self._may_be_in(id, window) for id in option[3]):
                yield option

    def _may_be_in(self, id: str, window: Window) -> bool:
        turn = self.kept.of_job.get(id)
        if turn is None or id in self.released or (turn.home is not None and turn.home.id == window.id):
            return True
        return window.span.start >= turn.since and not (self.apart and self.kept.at(window))

    def _had_better_wait(self, ids: tuple[str, ...], outcome: Outcome, done: frozenset[str], block: Span) -> bool:
        """A job that has its window does not wait for a later one."""
        here = self._here
        if here is not None and any(id in self.kept.of_job and self._may_be_in(id, here) for id in ids):
            return False
        return super()._had_better_wait(ids, outcome, done, block)


def service_hours(inventory: Inventory, system: str) -> Spans:
    """When a system serves, in the whole horizon."""
    named, horizon = inventory.systems[system].hours, inventory.project.horizon
    return hours(inventory.timetable, inventory.clock, named, horizon)


def rhythm_of(inventory: Inventory, window: Window, turns: Sequence[KeptTurn]) -> Rhythm:
    """The rhythm whose shifts hold most of the turns."""

    def held(rhythm: Rhythm) -> int:
        shifts = blocks(inventory, window.span, rhythm)
        return sum(any(shift.covers(turn.span) for shift in shifts) for turn in turns)

    return max(rhythms(), key=held)
