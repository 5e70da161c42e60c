"""Which windows to use when another plan is kept: its own, then more where something does not fit any more."""

from planner.calendar import Window
from planner.scheduling.choose import DRAFTS, Choice, WindowSearch
from planner.scheduling.draft import Draft
from planner.scheduling.retaining import RETIMED, Retaining, rhythm_of

NOTHING = (1 << 30, 0)
"""The cost of no draft at all."""

HALF = 2
"""What may still be changed is looked for with this part of the drafts."""


class KeepingSearch(WindowSearch):
    """Begins with the windows of the other plan; the cost of a draft counts changes before the objective."""

    def run(self) -> Draft:
        """Keep what can be kept, add windows for the rest, release what is still undone, then undo needless changes."""
        construction = self.construction
        if not isinstance(construction, Retaining):
            return super().run()
        begin = self._as_before(construction)
        self._cover(construction, begin)
        if construction.apart and (self.best.undone or self.best.cost[1] >= RETIMED):
            # Alone or with another wave: the cheaper of both is taken.
            construction.apart = False
            self._again(construction, begin)
            self._cover(construction, begin)
        while self._may_improve() and (self._leave_one_out() or self._exchange_one()):
            pass
        return self.best

    def _cover(self, construction: Retaining, begin: tuple[Choice, ...]) -> None:
        """Beginning with these windows, do everything; ``best`` and ``chosen`` are the best of all that was tried."""
        before, self.best = (self.best, self.chosen), Draft((), frozenset(), NOTHING)
        self._try(begin)
        while self.best.undone and not self.stopped():
            if not self._add_one() and not self._release(construction):
                break
        if before[0].cost <= self.best.cost:
            self.best, self.chosen = before

    def _again(self, construction: Retaining, begin: tuple[Choice, ...]) -> None:
        """Forget what was drafted by other rules."""
        construction.released = frozenset()
        construction.forget()
        self._known.clear()
        self.chosen = begin

    def _as_before(self, construction: Retaining) -> tuple[Choice, ...]:
        kept, inventory = construction.kept, construction.inventory
        return tuple((window, rhythm_of(inventory, window, kept.at(window))) for window in kept.windows())

    def _release(self, construction: Retaining) -> bool:
        """Let what is undone go into earlier windows too; then everything. False if nothing is left to release."""
        wider = self.best.undone | construction.released
        if wider == construction.released:
            wider = frozenset(construction.jobs)
        if wider == construction.released:
            return False
        construction.released = wider
        construction.forget()
        self._known.clear()
        self._try(self.chosen)
        return True

    def _may_improve(self) -> bool:
        """Whether something was changed at all, and there is effort left to look for less."""
        changed = not self.best.undone and self.best.cost[1] >= RETIMED
        return changed and not self._spent() and self.drafts < DRAFTS * self.effort / HALF

    def _like(self, window: Window) -> list[Window]:
        """Windows for which one that is used could be exchanged: none instead of one that the other plan used."""
        construction = self.construction
        if isinstance(construction, Retaining) and construction.kept.at(window):
            return []
        return super()._like(window)
