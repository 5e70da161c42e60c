"""Jobs in communities: what one does to the estate does not depend on what is done in another.

Subjects whose state may ever change are in one community if one leans on the other; what never changes joins nobody.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from planner.scheduling.job import Job, JobKind
from planner.scheduling.truth import Truth

REMEMBERED = 64
"""For how many sets of jobs their parts are remembered."""

FEW = 64
"""Sets of fewer jobs are divided as quickly as they are remembered."""


class Communities:
    """The community of each job by its id; -1 is that of what touches links, and with them everybody."""

    def __init__(self, truth: Truth, jobs: Mapping[str, Job]) -> None:
        self._leader = list(range(len(truth.providers)))
        changing = _changing(truth, jobs)
        for i in changing:
            for other in truth.leaning[i]:
                self._join(i, other)
        for bond in (*lasting_bonds(truth), *_bonds(truth, jobs)):
            for other in bond[1:]:
                self._join(bond[0], other)
        linked = {self._find(i) for i in on_links(truth)}
        self.of = {job.id: self._of(truth, job, linked) for job in jobs.values()}
        self.jobs: dict[int, list[str]] = {}
        for id, number in self.of.items():
            self.jobs.setdefault(number, []).append(id)
        self.many = len(self.jobs.keys() - {-1}) > 1
        self.only_tests = all(jobs[id].kind is JobKind.TEST for id in self.jobs.get(-1, ()))
        self._parts: dict[frozenset[str], dict[int, frozenset[str]]] = {}
        self._members: dict[int, list[int]] = {}

    def number(self, subject: int) -> int:
        """The community of a subject by its number."""
        return self._find(subject)

    def members(self, number: int) -> list[int]:
        """The numbers of all subjects of a community, in order."""
        if not self._members:
            for i in range(len(self._leader)):
                self._members.setdefault(self._find(i), []).append(i)
        return self._members[number]

    def parts(self, jobs: frozenset[str]) -> dict[int, frozenset[str]]:
        """The jobs by community, each with those that touch everybody; communities in order."""
        if len(jobs) < FEW:
            return self._divided(jobs)
        if jobs not in self._parts:
            if len(self._parts) >= REMEMBERED:
                self._parts.clear()
            self._parts[jobs] = self._divided(jobs)
        return self._parts[jobs]

    def _divided(self, jobs: frozenset[str]) -> dict[int, frozenset[str]]:
        found: dict[int, set[str]] = {}
        for id in jobs:
            found.setdefault(self.of[id], set()).add(id)
        shared = found.pop(-1, set())
        parts = {number: frozenset(found[number] | shared) for number in sorted(found)}
        return {**parts, -1: frozenset(shared)}

    def _of(self, truth: Truth, job: Job, linked: set[int]) -> int:
        if job.kind is JobKind.TEST:
            return -1
        found = self._find(truth.numbering.subject[job.subjects[0]])
        return -1 if found in linked else found

    def _find(self, i: int) -> int:
        while self._leader[i] != i:
            self._leader[i] = self._leader[self._leader[i]]
            i = self._leader[i]
        return i

    def _join(self, one: int, other: int) -> None:
        first, second = sorted((self._find(one), self._find(other)))
        self._leader[second] = first


def _changing(truth: Truth, jobs: Mapping[str, Job]) -> set[int]:
    """Everything that a job changes, and all that leans on it."""
    number = truth.numbering.subject
    found = {number[id] for job in jobs.values() if job.kind is not JobKind.TEST for id in job.subjects}
    waiting = list(found)
    while waiting:
        more = [d for d in truth.leaning[waiting.pop()] if d not in found]
        found.update(more)
        waiting += more
    return found


def _bonds(truth: Truth, jobs: Mapping[str, Job]) -> Iterator[Sequence[int]]:
    """Numbers of what jobs bind together: sets that change at once, and orders."""
    number = truth.numbering.subject
    for job in jobs.values():
        if job.kind is not JobKind.TEST:
            before = [
                s for id in job.after if id in jobs and jobs[id].kind is not JobKind.TEST for s in jobs[id].subjects
            ]
            yield [number[id] for id in (*job.subjects, *before)]


def lasting_bonds(truth: Truth) -> Iterator[Sequence[int]]:
    """Numbers of what else belongs together, whatever is done: roles, references, who keeps apart, one place."""
    number, inventory = truth.numbering.subject, truth.inventory
    for asset in inventory.assets.values():
        others = (*((asset.replaces,) if asset.replaces else ()), *asset.apart_from)
        yield [number[id] for id in (asset.id, *others, *(r.holder for r in asset.references))]
    for segment in inventory.segments.values():
        if not segment.stretch and not segment.client:
            yield [number[a.id] for a in inventory.assets.values() if segment.id in a.segments]
    for cluster in inventory.clusters.values():
        yield [number[id] for id in (*cluster.hosts, *((cluster.storage,) if cluster.storage else ()))]


def on_links(truth: Truth) -> Iterable[int]:
    """The assets on which links end."""
    links = truth.inventory.links.values()
    return {truth.numbering.subject[id] for link in links for ids in link.ends_on.values() for id in ids}
