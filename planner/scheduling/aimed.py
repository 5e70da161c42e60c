"""Drafts that are judged by an aim; what was drafted for one aim is not drafted again for the next."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from planner.calendar import Window
from planner.scheduling.aim import Aim
from planner.scheduling.construct import Construction, turns_of
from planner.scheduling.draft import Draft, DraftTurn, Progress
from planner.scheduling.duty import Rhythm
from planner.scheduling.foresight import Foresight


class Aimed(Construction):
    """A construction whose drafts cost what the aim says; in more windows than it allows the rest counts as undone.

    ``new`` counts the drafts that were not known from another aim; ``covers`` and ``swept`` are what searches began
    with, by the `way` in which drafts are made.
    """

    def __init__(self, base: Construction, aim: Aim) -> None:
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
        self.aim = aim
        self.free = dict(base.jobs)
        self.foresight = Foresight(self)
        self.new = 0
        self.covers: dict[object, tuple[tuple[tuple[Window, Rhythm], ...], ...]] = {}
        self.swept: dict[object, Draft] = {}
        self._made: dict[object, dict[tuple[tuple[str, str], ...], Progress]] = {}

    def take(self, aim: Aim) -> None:
        """Begin anew for another aim; that some turns take longer to turn back from stays known."""
        self.aim, self.lenient, self.joint = aim, False, None
        self.jobs.update(self.free)
        self.transitions.rolls = True
        self.forget()

    def forget(self) -> None:
        """Turn to the drafts that were made in the way in which drafts are made from now on."""
        self._filled = self._made.setdefault(self.way(), {})

    def way(self) -> tuple[object, ...]:
        """All that drafts of the same windows depend on."""
        held = tuple((id, job.windows) for id, job in self.jobs.items() if job.windows is not None)
        bound = None if self.joint is None else frozenset(self.joint.bound)
        return (self.transitions.rolls, self.lenient, bound, frozenset(self.slower.items()), held)

    def draft(self, chosen: Sequence[tuple[Window, Rhythm]]) -> Draft:
        """The draft of these windows; of more than the aim allows those are given up that hold the fewest jobs."""
        known = len(self._filled)
        draft = self.kept(super().draft(chosen))
        self.new += len(self._filled) > known
        return draft

    def kept(self, draft: Draft) -> Draft:
        """What the aim allows of a draft, with its price."""
        surplus = self._surplus(draft.turns)
        turns = tuple(turn for turn in draft.turns if turn.window.id not in surplus)
        done = (
            frozenset[str]() if turns_of(turns) in self.barred else frozenset(id for turn in turns for id in turn.jobs)
        )
        undone = frozenset(self.jobs) - done
        return replace(draft, turns=turns, undone=undone, cost=(len(undone), self.cost(turns)))

    def cost(self, turns: Sequence[DraftTurn]) -> int:
        """The terms of the objective by the aim."""
        return self.aim.price(self.foresight.terms(turns))

    def _surplus(self, turns: Sequence[DraftTurn]) -> frozenset[str]:
        if self.aim.most_waves is None:
            return frozenset()
        held = Counter[str]()
        for turn in turns:
            held[turn.window.id] += len(turn.jobs)
        return frozenset(id for id, _ in held.most_common()[self.aim.most_waves :])
