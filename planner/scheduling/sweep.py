"""Which windows many jobs use: the longest kind first, from the first window on, until everything is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from planner.calendar import Window
from planner.scheduling.choose import WindowSearch
from planner.scheduling.construct import Construction
from planner.scheduling.crowd import Crowd
from planner.scheduling.draft import Draft
from planner.scheduling.duty import Rhythm, rhythms
from planner.scheduling.neighbourhood import nights_wanted
from planner.scheduling.reassign import Reassignment

FEW = 100
"""With more jobs than these windows and turns are not chosen one by one, each among all."""

ORDERS = 8
"""In how many orders few jobs are swept at the most, for each unit of effort."""


@dataclass(slots=True)
class Sweep:
    """Makes one draft for each kind of window that is needed, and each rhythm of shifts that has to be tried."""

    crowd: Crowd
    windows: Sequence[Window]
    stopped: Callable[[], bool]
    drafts: int = 0

    def run(self) -> Draft:
        """The first complete draft, or the one with the fewest jobs left."""
        best = self._draft((), rhythms()[0])
        for rhythm in self._rhythms():
            chosen: tuple[Window, ...] = ()
            for _, kind in groupby(sorted(self.windows, key=_longest_first), key=lambda window: window.span.minutes):
                chosen = (*chosen, *kind)
                if self.stopped():
                    return best
                best = min(best, self._draft(chosen, rhythm), key=lambda draft: draft.cost)
                if not best.undone:
                    return best
        return best

    def _draft(self, windows: tuple[Window, ...], rhythm: Rhythm) -> Draft:
        self.drafts += 1
        return self.crowd.draft([(window, rhythm) for window in windows])

    def _rhythms(self) -> tuple[Rhythm, ...]:
        """All if a window is longer than a shift; else they are one."""
        shift = self.crowd.inventory.policy.staff.shift
        return rhythms() if any(window.span.minutes > shift for window in self.windows) else rhythms()[:1]


def sweep(construction: Construction, windows: Sequence[Window], stopped: Callable[[], bool]) -> Sweep:
    """The sweep over the jobs of a construction."""
    same = construction
    crowd = Crowd(
        same.inventory,
        same.transitions,
        same.providers,
        same.placements,
        same.jobs,
        same.laid,
        same.roster,
        same.ready_from,
        same.slower,
        same.lenient,
    )
    return Sweep(crowd, windows, stopped)


def drafted(
    construction: Construction, search: WindowSearch, stopped: Callable[[], bool], seed: int = 0
) -> tuple[Draft, int]:
    """What a search that chooses one by one comes to, and how many drafts.

    The best of it and of sweeps in several orders where it leaves jobs undone, or spends budgets: these keep house with
    them. Above `FEW` jobs there is no such search, and one order; what keeps to another plan is not swept. What a sweep
    has made is then looked at a few nights at a time (`Reassignment`).
    """
    if type(construction) is not Construction:
        return search.run(), search.drafts
    draft = search.run() if len(construction.jobs) <= FEW else None
    if draft is not None and not draft.undone and not construction.lenient:
        return draft, search.drafts
    crowd = sweep(construction, search.windows, stopped)
    if draft is None and crowd.crowd.hopeless(search.windows):
        return Draft((), frozenset(construction.jobs), (len(construction.jobs), 0)), crowd.drafts
    swept = crowd.run()
    for number in range(1, int(ORDERS * search.effort) if draft is not None else 1):
        if not stopped() and len(_used(swept)) > crowd.crowd.least(search.windows):
            crowd.crowd.shuffle(number)
            swept = min(swept, crowd.run(), key=lambda draft: draft.cost)
    enough = nights_wanted(crowd.crowd, search.windows)
    nearby = Reassignment(crowd.crowd, swept, enough, search.effort, seed, stopped, search.progress)
    swept = nearby.run()
    best = swept if draft is None else min(draft, swept, key=lambda draft: draft.cost)
    return best, crowd.drafts + search.drafts + nearby.tried


def _used(draft: Draft) -> frozenset[str]:
    """The windows of a draft."""
    return frozenset(turn.window.id for turn in draft.turns)


def _longest_first(window: Window) -> tuple[int, int, str]:
    return -window.span.minutes, window.span.start, window.id
