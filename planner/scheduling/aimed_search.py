"""Which windows to use for an aim: the best of several covers, then windows left out, exchanged, and added."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from planner.calendar import Window
from planner.scheduling.aimed import Aimed
from planner.scheduling.choose import Choice, WindowSearch
from planner.scheduling.draft import Draft
from planner.scheduling.sweep import FEW, sweep

NEW = 24
"""How many new drafts are made for one aim after the covers, for each unit of effort."""

COVERS = 4
"""Without how many windows, one at a time, everything is covered once more, for each unit of effort."""

NOTHING = Draft((), frozenset(), (1 << 30, 0))
"""Costs more than any draft."""


@dataclass(slots=True)
class AimedSearch(WindowSearch):
    """As `WindowSearch`, from several covers on, and with windows nearby in the place of those that are used."""

    most: float = 0

    def run(self) -> Draft:
        """The cheapest draft for the aim that is found."""
        construction = self.construction
        if not isinstance(construction, Aimed):
            return super().run()
        if len(construction.jobs) > FEW:
            return self._swept(construction)
        covers = construction.covers.get(construction.way()) or self._covers()
        construction.covers[construction.way()] = covers
        for choice in covers:
            self._try(choice)
        self.most = construction.new + NEW * self.effort
        while not self._spent() and (self._leave_one_out() or self._exchange_one() or self._one_more()):
            pass
        return self.best

    def _covers(self) -> tuple[tuple[Choice, ...], ...]:
        """Everything in few windows, and again without each of the busiest of these."""
        every = self.windows
        first = self._cover()
        busy = Counter(turn.window.id for turn in self.best.turns for _ in turn.jobs)
        found = [first]
        for id, _ in busy.most_common(max(1, int(COVERS * self.effort))):
            self.windows = [window for window in every if window.id != id]
            found.append(self._cover())
        self.windows, self.best, self.chosen = every, NOTHING, ()
        return tuple(dict.fromkeys(found))

    def _cover(self) -> tuple[Choice, ...]:
        self.best, self.chosen = NOTHING, ()
        self._try(())
        while self.best.undone and self._add_one():
            pass
        return self.chosen

    def _spent(self) -> bool:
        construction = self.construction
        return self.stopped() or (isinstance(construction, Aimed) and construction.new >= self.most)

    def _exchange_one(self) -> bool:
        """Another rhythm, or a window nearby, in place of one that is used."""
        for number, (window, rhythm) in enumerate(self.chosen):
            others = [(window, other) for other in self._rhythms(window) if other != rhythm]
            others += [(near, rhythm) for near in self._near(window)]
            before, after = self.chosen[:number], self.chosen[number + 1 :]
            if self._first_better((*before, other, *after) for other in others):
                return True
        return False

    def _swept(self, construction: Aimed) -> Draft:
        """Of many jobs: the sweep over all windows, and over those that it used without one of the least busy."""
        best = self._sweep(construction, self.windows)
        held = Counter(turn.window.id for turn in best.turns for _ in turn.jobs)
        for id, _ in held.most_common()[: -1 - max(1, int(self.effort)) : -1]:
            if self.stopped():
                break
            others = [window for window in self.windows if window.id in held and window.id != id]
            best = min(best, self._sweep(construction, others), key=lambda draft: draft.cost)
        return best

    def _sweep(self, construction: Aimed, windows: Sequence[Window]) -> Draft:
        """The draft of a sweep, judged by the aim; for the next aim it is not swept again."""
        key = (construction.way(), tuple(window.id for window in windows))
        if key not in construction.swept:
            crowd = sweep(construction, windows, self.stopped)
            construction.swept[key] = crowd.run()
            self.drafts += crowd.drafts
            self.progress(self.drafts)
        return construction.kept(construction.swept[key])
