"""What has to go in one turn because nothing of it may go alone: a set that grows along what breaks."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from planner.scheduling.evaluation import Evaluation
from planner.scheduling.one_place import box_under, segment_members
from planner.scheduling.transition import Transitions
from planner.units.span import Minute


class JointMoves:
    """Sets of jobs after which the state may last, though it may not after one of them alone; each is found once.

    ``bound`` are sets that are not divided, though some of their jobs could go alone: the others could not go later.
    """

    def __init__(self, transitions: Transitions) -> None:
        self.transitions = transitions
        self.bound: dict[str, tuple[str, ...]] = {}
        self._known: dict[tuple[frozenset[str], str, int], tuple[str, ...] | None] = {}

    def bind(self, left: Iterable[str], at: Minute) -> bool:
        """Bind what is left undone to what it could have gone with at first; whether there is anything to bind."""
        for id in left:
            together = self.batch(frozenset(), id, at) or ()
            if len(together) > 1 and self.bound.keys().isdisjoint(together):
                self.bound.update(dict.fromkeys(together, together))
        return bool(self.bound)

    def batch(self, done: frozenset[str], id: str, at: Minute) -> tuple[str, ...] | None:
        """The job and what has to go along with it after ``done``, in the order of the jobs; None if nothing helps."""
        if id in self.bound:
            return self.bound[id]
        key = (done, id, bisect_right(self.transitions.truth.boundaries, at))
        if key not in self._known:
            grown = self._grow(done, id, at)
            self._known[key] = self._prune(done, id, grown, at) if grown else None
        return self._known[key]

    def _grow(self, done: frozenset[str], id: str, at: Minute) -> frozenset[str] | None:
        batch = frozenset({id})
        while not self.transitions.outcome(done, batch, at).lasts:
            more = frozenset(self._missing(done, batch, at)) - batch
            if not more:
                return None
            batch |= more
        return batch

    def _prune(self, done: frozenset[str], id: str, batch: frozenset[str], at: Minute) -> tuple[str, ...]:
        """Leave out whatever is not needed, the last job first."""
        jobs = self.transitions.jobs
        for other in reversed([job for job in jobs if job in batch and job != id]):
            fewer = batch - {other}
            ready = all(jobs[job].after <= done | fewer for job in fewer)
            if ready and self.transitions.outcome(done, fewer, at).lasts:
                batch = fewer
        return tuple(job for job in jobs if job in batch)

    def _missing(self, done: frozenset[str], batch: frozenset[str], at: Minute) -> Iterator[str]:
        """Jobs that are ready and concern a subject in the chain of causes of something that breaks."""
        transitions = self.transitions
        broken = frozenset(self._broken(done, batch, at))
        for id, job in transitions.jobs.items():
            if id not in done and job.after <= done | batch and not broken.isdisjoint(job.subjects):
                yield id

    def _broken(self, done: frozenset[str], batch: frozenset[str], at: Minute) -> Iterator[str]:
        inventory, lost = self.transitions.inventory, self.transitions.outcome(done, batch, at).lost
        after = self.transitions.truth.evaluate(self.transitions.world(done | batch), at)
        for id in lost:
            if id in inventory.segments:
                named = (*segment_members(inventory, id), *inventory.segments[id].gateway)
            else:
                named = (id, *after.why(id))
            yield from (box_under(inventory, i) if i in inventory.assets else i for i in named)
        yield from self._short(after)

    def _short(self, after: Evaluation) -> Iterator[str]:
        """Members and dependents of redundancy that is lost."""
        for group in after.short_groups:
            if group not in self.transitions.short_at_start:
                named = (group.dependent, *group.members)
                inventory = self.transitions.inventory
                yield from (box_under(inventory, i) for i in named if i in inventory.assets)
