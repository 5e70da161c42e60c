"""Which windows to use: greedy cover, then leaving out and exchanging, each judged by a whole draft."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from planner.calendar import Window
from planner.scheduling.construct import Construction, Draft
from planner.scheduling.duty import Rhythm, rhythms
from planner.units.span import Spans

Choice = tuple[Window, Rhythm]
POOL = 4
"""How many windows are tried at each step of the greedy cover, for each unit of effort."""

DRAFTS = 60
"""How many drafts are made at the most, for each unit of effort."""


@dataclass(slots=True)
class WindowSearch:
    """Anytime: `best` holds the best draft so far; ``stopped`` is asked between drafts."""

    construction: Construction
    windows: Sequence[Window]
    effort: float
    stopped: Callable[[], bool]
    progress: Callable[[int], None]
    drafts: int = 0
    chosen: tuple[Choice, ...] = ()
    best: Draft = field(default_factory=lambda: Draft((), frozenset(), (1 << 30, 0)))
    _known: dict[frozenset[tuple[str, str]], Draft] = field(default_factory=dict)

    def run(self) -> Draft:
        """Cover all jobs with few windows, then look for cheaper sets."""
        self._try(())
        while self.best.undone and self._add_one():
            pass
        while not self._spent() and (self._leave_one_out() or self._exchange_one()):
            pass
        return self.best

    def _spent(self) -> bool:
        return self.stopped() or self.drafts >= DRAFTS * self.effort

    def _add_one(self) -> bool:
        before, base = self.best, self.chosen
        for window in self._pool():
            if self.stopped():
                return False
            self._try((*base, (window, self._rhythms(window)[0])))
        return self.best is not before

    def _leave_one_out(self) -> bool:
        before = self.best
        for number in range(len(self.chosen)):
            if not self._spent():
                self._try((*self.chosen[:number], *self.chosen[number + 1 :]))
            if self.best is not before:
                return True
        return False

    def _exchange_one(self) -> bool:
        """Another rhythm, or an earlier window of the same pattern, in place of one that is used."""
        before = self.best
        for number, (window, rhythm) in enumerate(self.chosen):
            others = [(window, r) for r in self._rhythms(window) if r != rhythm]
            others += [(w, r) for w in self._like(window) for r in self._rhythms(w)]
            for other in others[: int(4 * self.effort)]:
                if self._spent():
                    return False
                self._try((*self.chosen[:number], other, *self.chosen[number + 1 :]))
                if self.best is not before:
                    return True
        return False

    def _try(self, choice: tuple[Choice, ...]) -> None:
        key = frozenset((window.id, rhythm.id) for window, rhythm in choice)
        if key not in self._known:
            self._known[key] = self.construction.draft(choice)
            self.drafts += 1
            self.progress(self.drafts)
        draft = self._known[key]
        if draft.cost < self.best.cost:
            self.best, self.chosen = draft, choice

    def _rhythms(self, window: Window) -> tuple[Rhythm, ...]:
        every = rhythms()
        return every if window.span.minutes > self.construction.inventory.policy.staff.shift else every[:1]

    def _like(self, window: Window) -> list[Window]:
        pattern = window.id.split("/")[0]
        used = {w.id for w, _ in self.chosen}
        same = [w for w in self.windows if w.id.split("/")[0] == pattern and w.id not in used]
        return [w for w in same if w.span < window.span][-2:]

    def _pool(self) -> list[Window]:
        """The windows in which most of what is undone has room, the longer and earlier first."""
        used = {window.id for window, _ in self.chosen}
        undone = [id for id in self.construction.jobs if id in self.best.undone or not self.best.turns]
        rooms = {id: self._room(id) for id in undone}
        scored = []
        for window in self.windows:
            if window.id in used:
                continue
            fits = sum(any(s.minutes >= need for s in spans.within(window.span)) for spans, need in rooms.values())
            if fits:
                scored.append((-fits, -window.span.minutes, window.span.start, window.id, window))
        return [row[-1] for row in sorted(scored, key=lambda row: row[:4])[: max(1, int(POOL * self.effort))]]

    def _room(self, id: str) -> tuple[Spans, int]:
        """Where a job could lie if everything else were done, and the least minutes it takes."""
        construction = self.construction
        others = frozenset(construction.jobs) - {id} - construction.followers(id)
        outcome = construction.transitions.outcome(others, (id,), construction.inventory.project.horizon.start)
        shortest = max((t.minutes for t in construction.tasks_of((id,), outcome)), default=1)
        return construction.room_to_move((id,), outcome, shortest, construction.inventory.project.horizon), shortest
