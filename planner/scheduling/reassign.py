"""Large-neighbourhood search over nights: the night with the least work is emptied into others, a few at a time.

Shaw, P. (1998): Using constraint programming and local search methods to solve vehicle routing problems. CP 1998. A
neighbourhood is that night and one or two others; CP-SAT proposes which jobs go in which of their turns (`propose`),
the fast schedule generation makes turns of it (`Refilling`), and what does not fit goes where there is room.
"""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from itertools import combinations, islice
from zlib import crc32

from planner.scheduling.crowd import Crowd
from planner.scheduling.draft import Draft
from planner.scheduling.neighbourhood import Evening, Neighbourhood, evenings, work
from planner.scheduling.neighbourhood_model import Slot, propose
from planner.scheduling.refilling import Refilling

NEIGHBOURHOODS = 60
"""How many neighbourhoods are tried at the most, for each unit of effort."""

FRUITLESS = 24
"""After so many in a row that helped nothing, for each unit of effort, no more are tried."""

EFFORT = 0.25
"""Deterministic units of the solver for one of them."""

AHEAD = 2
"""How many are asked for proposals at a time, each on a core of its own; answers are taken in order all the same."""

Proposal = Sequence[Sequence[Slot]] | None


@dataclass(slots=True)
class Reassignment:
    """Anytime: ``best`` is never worse than the draft that it began with; ``stopped`` is asked between tries.

    It ends where no more than ``enough`` windows are used.
    """

    crowd: Crowd
    best: Draft
    enough: int
    effort: float
    seed: int
    stopped: Callable[[], bool]
    progress: Callable[[int], None] = lambda _tried: None
    tried: int = 0
    _known: set[frozenset[frozenset[str]]] = field(default_factory=set)

    def run(self) -> Draft:
        """The best draft that was found, the first one if there was none."""
        now = self.best
        while not now.undone and len({turn.window.id for turn in now.turns}) > self.enough:
            found = self._next(now)
            if found is None:
                break
            now = found
            if now.cost < self.best.cost:
                self.best = now
        return self.best

    def _next(self, now: Draft) -> Draft | None:
        """The first draft with less work in the window that is to be emptied, None if effort or ideas end."""
        nights = evenings(self.crowd, now.turns)
        most = int(min(FRUITLESS * self.effort, NEIGHBOURHOODS * self.effort - self.tried))
        proposals = self._proposals(islice(self._neighbourhoods(nights), max(0, most)))
        with closing(proposals):
            while not self.stopped() and (step := next(proposals, None)) is not None:
                neighbourhood, proposed = step
                self.tried += 1
                self.progress(self.tried)
                self._known.add(neighbourhood.key)
                found = self._draft(nights, neighbourhood, proposed)
                if found is not None and self._left(found, neighbourhood) < self._left(now, neighbourhood):
                    return found
        return None

    def _draft(self, nights: Sequence[Evening], neighbourhood: Neighbourhood, proposed: Proposal) -> Draft | None:
        """What becomes of a proposal, None if there is none that leaves less work in the window to be emptied."""
        if proposed is None or not neighbourhood.helps(proposed):
            return None
        slots = {id(evening): rows for evening, rows in zip(neighbourhood.chosen, proposed, strict=True)}
        return Refilling(self.crowd, neighbourhood).draft([(evening, slots.get(id(evening))) for evening in nights])

    def _left(self, draft: Draft, neighbourhood: Neighbourhood) -> int:
        return _work_in(self.crowd, evenings(self.crowd, draft.turns), neighbourhood.emptied)

    def _neighbourhoods(self, nights: Sequence[Evening]) -> Iterator[Neighbourhood]:
        """The window with the least work with one other night, then with two, those first that have most room."""
        every = dict.fromkeys(evening.window.id for evening in nights)
        least = min(every, key=lambda id: (_work_in(self.crowd, nights, id), id))
        empty = [evening for evening in nights if evening.window.id == least]
        others = sorted((evening for evening in nights if evening.window.id != least), key=self._rank)
        for size in (1, 2):
            for group in sorted(combinations(range(len(others)), size), key=sum):
                chosen = sorted((*empty, *(others[n] for n in group)), key=lambda e: (e.block, e.window.id))
                if frozenset(evening.jobs for evening in chosen) not in self._known:
                    yield Neighbourhood(self.crowd, chosen, least)

    def _rank(self, evening: Evening) -> tuple[float, int]:
        """Work for each minute of the shift, less first; the seed decides between equals."""
        share = round(work(self.crowd, evening) / max(1, evening.block.minutes), 2)
        return share, crc32(f"{self.seed}/{evening.block.start}/{evening.window.id}".encode())

    def _proposals(
        self, neighbourhoods: Iterable[Neighbourhood]
    ) -> Generator[tuple[Neighbourhood, Proposal], None, None]:
        """Each with what is proposed for it, in order: how many cores there are makes no difference to what comes."""
        cores = min(AHEAD, os.cpu_count() or 1)
        if cores == 1:
            yield from ((neighbourhood, self._propose(neighbourhood)) for neighbourhood in neighbourhoods)
            return
        waiting: deque[tuple[Neighbourhood, Future[Proposal]]] = deque()
        with ThreadPoolExecutor(cores) as pool:
            try:
                for neighbourhood in neighbourhoods:
                    waiting.append((neighbourhood, pool.submit(self._propose, neighbourhood)))
                    if len(waiting) == cores:
                        yield waiting[0][0], waiting.popleft()[1].result()
                yield from ((neighbourhood, proposed.result()) for neighbourhood, proposed in waiting)
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def _propose(self, neighbourhood: Neighbourhood) -> Proposal:
        return propose(neighbourhood.kinds, neighbourhood.nights, EFFORT * self.effort, self.seed)


def _work_in(crowd: Crowd, nights: Iterable[Evening], window: str) -> int:
    return sum(work(crowd, evening) for evening in nights if evening.window.id == window)
