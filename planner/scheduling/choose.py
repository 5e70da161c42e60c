"""Which windows to use: greedy cover, then leaving out, exchanging and adding, each judged by a whole draft."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from planner.calendar import Window
from planner.scheduling.construct import Construction
from planner.scheduling.draft import Draft
from planner.scheduling.duty import Rhythm, blocks, rhythms

Choice = tuple[Window, Rhythm]
POOL = 4
"""How many windows are tried for one job of the greedy cover, for each unit of effort."""

NEAR = 3
"""How many windows near one that is used are tried beside it."""

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
    _room: dict[tuple[str, str], tuple[Rhythm, ...]] = field(default_factory=dict)
    _reference: dict[str, frozenset[str]] = field(default_factory=dict)

    def run(self) -> Draft:
        """Cover all jobs with few windows, the scarcest job first, then look for cheaper sets."""
        self._try(())
        while self.best.undone and self._add_one():
            pass
        while not self._spent() and (self._leave_one_out() or self._exchange_one() or self._one_more()):
            pass
        return self.best

    def _spent(self) -> bool:
        return self.stopped() or self.drafts >= DRAFTS * self.effort

    def _add_one(self) -> bool:
        """A window for the undone job that has the fewest to choose from, the one that serves most of the undone."""
        before = self.best
        used = {window.id for window, _ in self.chosen}
        open_to = {
            id: [w for w in self.windows if w.id not in used and self._fitting(id, w)] for id in sorted(before.undone)
        }
        served = Counter(w.id for choice in open_to.values() for w in choice)
        for id in sorted(open_to, key=lambda id: (len(open_to[id]) or len(self.windows), id)):
            ranked = sorted(open_to[id], key=lambda w: (-served[w.id], -w.span.minutes, w.span.start, w.id))
            for window in ranked[: max(1, int(POOL * self.effort))]:
                if self.stopped():
                    return False
                self._try((*self.chosen, (window, self._fitting(id, window)[0])))
                if self.best is not before:
                    return True
        return any(self._change_rhythm(id) for id in sorted(before.undone))

    def _change_rhythm(self, id: str) -> bool:
        """Whether an undone job finds room in a window that is used already, if its shifts begin at another hour."""
        before = self.best
        for number, (window, rhythm) in enumerate(self.chosen):
            for other in self._fitting(id, window):
                if other != rhythm and not self.stopped():
                    self._try((*self.chosen[:number], (window, other), *self.chosen[number + 1 :]))
                if self.best is not before:
                    return True
        return False

    def _leave_one_out(self) -> bool:
        before = self.best
        for number, (window, _) in enumerate(self.chosen):
            if not self._spent() and not self._is_the_only_one(window):
                self._try((*self.chosen[:number], *self.chosen[number + 1 :]))
            if self.best is not before:
                return True
        return False

    def _is_the_only_one(self, window: Window) -> bool:
        """Whether something that is done in this window has room in no other that is chosen."""
        others = [other for other, _ in self.chosen if other.id != window.id]
        here = [id for turn in self.best.turns if turn.window.id == window.id for id in turn.jobs]
        return any(not any(self._fitting(id, other) for other in others) for id in here)

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

    def _one_more(self) -> bool:
        """A window beside those that are used, of those that begin nearest to one of them."""
        near = [(other, rhythm) for window, rhythm in self.chosen for other in self._near(window)]
        return self._first_better((*self.chosen, other) for other in near)

    def _first_better(self, choices: Iterator[tuple[Choice, ...]]) -> bool:
        """Whether one of the choices is better than the best so far; the others are not tried then."""
        before = self.best
        for choice in choices:
            if self._spent():
                return False
            self._try(choice)
            if self.best is not before:
                return True
        return False

    def _near(self, window: Window) -> list[Window]:
        """Windows that are not used: those that begin nearest, whatever their pattern."""
        used = {chosen.id for chosen, _ in self.chosen}
        free = [other for other in self.windows if other.id not in used]
        return sorted(free, key=lambda other: (abs(other.span.start - window.span.start), other.id))[:NEAR]

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

    def _fitting(self, id: str, window: Window) -> tuple[Rhythm, ...]:
        """The rhythms in which a job by itself has room in one shift, in the state in which the reference does it."""
        key = (id, window.id)
        if key not in self._room:
            self._room[key] = tuple(self._with_room(id, window))
        return self._room[key]

    def _with_room(self, id: str, window: Window) -> Iterator[Rhythm]:
        construction = self.construction
        if not construction.in_time(construction.jobs[id], window, window.span):
            return
        if not self._reference:
            self._reference.update(construction.reference())
        construction.spent = {}
        outcome = construction.transitions.outcome(self._reference[id], (id,), window.span.start)
        _, needed = construction.least_minutes(id, outcome)
        spans = construction.room_to_move((id,), outcome, needed, window.span)
        for rhythm in self._rhythms(window) if any(span.minutes >= needed for span in spans) else ():
            shifts = blocks(construction.inventory, window.span, rhythm)
            if any(span.minutes >= needed for shift in shifts for span in spans.within(shift)):
                yield rhythm
