"""Why jobs were left undone, in the inventory's words, as of where the best draft ended."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.calendar import windows
from planner.plan.refusal import Reason
from planner.scheduling.blast_radius import Touched
from planner.scheduling.construct import Construction
from planner.scheduling.draft import Draft
from planner.scheduling.job import Job
from planner.scheduling.transition import Outcome
from planner.units.span import Minute


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What stands in the way of single jobs; it proves nothing about plans in which more goes differently."""

    construction: Construction

    def reasons(self, draft: Draft) -> tuple[Reason, ...]:
        """At least one for each job that the draft leaves undone."""
        done = frozenset(self.construction.jobs) - draft.undone
        undone = sorted(draft.undone)
        return (
            *(self._why(id, done) for id in undone),
            *(reason for id in undone for reason in self._not_emptied(id, done)),
        )

    def _why(self, id: str, done: frozenset[str]) -> Reason:
        construction, job = self.construction, self.construction.jobs[id]
        at = job.not_before or construction.inventory.project.horizon.start
        batch = (construction.joint.batch(done, id, at) if construction.joint else None) or (id,)
        outcome = construction.transitions.outcome(done, batch, at)
        if not outcome.lasts and not outcome.lost:
            scarce = construction.transitions.overloaded(done, frozenset(batch), at)
            return Reason("job_overloads", job.subjects, {"scarce": ", ".join(scarce) or "-"})
        if not outcome.lasts:
            return Reason("job_leaves_worse", job.subjects, {"lost": ", ".join(sorted(outcome.lost)) or "-"})
        touched = construction.radius.of(batch, outcome)
        if not construction.radius.allows(Touched(), touched):
            return Reason("job_touches_too_much", job.subjects, {"touched": ", ".join(sorted(touched.critical)) or "-"})
        found = windows(construction.inventory)
        if not any(construction.in_time(job, window, window.span) for window in found):
            return self._out_of_time(job)
        return self._without_window(job, batch, outcome)

    def _out_of_time(self, job: Job) -> Reason:
        since = max(job.not_before or 0, self.construction.ready_from.get(job.id, 0)) or None
        until = min((at for at in (job.not_after, job.leave_by) if at is not None), default=None)
        return Reason("job_out_of_time", job.subjects, {"since": self._day(since), "until": self._day(until)})

    def _day(self, at: Minute | None) -> str:
        return "-" if at is None else f"{self.construction.inventory.clock.local(at):%Y-%m-%d %H:%M}"

    def _without_window(self, job: Job, batch: tuple[str, ...], outcome: Outcome) -> Reason:
        spans = self.construction.room_to_move(batch, outcome, 1, self.construction.inventory.project.horizon)
        longest = max((span.minutes for span in spans), default=0)
        affected = ", ".join(sorted(outcome.affected)) or "-"
        return Reason("job_finds_no_window", job.subjects, {"affected": affected, "longest": str(longest)})

    def _not_emptied(self, id: str, done: frozenset[str]) -> Iterator[Reason]:
        """VMs that could migrate live and find no way off a host."""
        transitions, job = self.construction.transitions, self.construction.jobs[id]
        at = job.not_before or self.construction.inventory.project.horizon.start
        before, after = transitions.world(done), transitions.world(done | {id})
        found = transitions.evacuations.of(before, after, job.subjects, at)
        leaving = frozenset(found.guests) if found else frozenset[str]()
        guests = [vm for vm in transitions.evacuations.guests(before, job.subjects) if vm not in leaving]
        if guests:
            yield Reason("host_not_emptied", job.subjects, {"guests": ", ".join(guests)})
