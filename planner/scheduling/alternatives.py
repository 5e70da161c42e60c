"""Plans of one inventory that are best in something else than the policy's sum: one run, aim after aim."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property

from planner.calendar import windows
from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.plan.plan import Plan
from planner.plan.refusal import Reason, Refusal, RefusalKind
from planner.plan.step import Step
from planner.scheduling.aim import AIMS, Aim
from planner.scheduling.aimed import Aimed
from planner.scheduling.aimed_search import AimedSearch
from planner.scheduling.choose import WindowSearch
from planner.scheduling.construct import Construction
from planner.scheduling.draft import Draft, DraftTurn
from planner.scheduling.duty import Roster
from planner.scheduling.options import Options
from planner.scheduling.polish import Polish, TimedTurn
from planner.scheduling.schedule import Scheduling, never, silent
from planner.units.progress import Progress


def alternatives(
    plan: Plan, options: Options, progress: Progress = silent, stopped: Callable[[], bool] = never
) -> "Alternatives":
    """Return who answers aims for the inventory of a plan; everything comes to stand where it stands in the plan."""
    return Alternatives(plan.inventory, options, progress, stopped, plan.placements)


TRIES = 4
"""How many drafts are given up because nobody can be named for a turn, or there is no time to turn back."""


class Alternatives(Scheduling):
    """A run of the scheduler that is asked for one aim after another; drafts and turns that are equal are made once."""

    def __init__(
        self,
        inventory: Inventory,
        options: Options,
        progress: Progress,
        stopped: Callable[[], bool],
        placements: Mapping[str, Position],
    ) -> None:
        super().__init__(inventory, options, progress, stopped, placements)
        self._timed: dict[tuple[object, ...], tuple[TimedTurn, Roster]] = {}
        self._drafted: list[Draft] = []

    def plan(self, aim: Aim) -> Plan | Refusal:
        """Return the plan that serves the aim best, not yet verified; a refusal if none was found."""
        construction, steps, roster = self._begun
        self.effort_done = {}
        construction.take(aim)
        answer: Plan | Refusal = self._nothing()
        for _ in range(TRIES):
            self._drafted.clear()
            answer = self.searched(construction, steps, roster)
            if isinstance(answer, Plan) or not self._drafted or self._asked():
                break
            construction.bar(self._drafted[-1])
        if isinstance(answer, Refusal):
            return self._nothing()
        return replace(answer, making=replace(answer.making, alternative=aim.id))

    @cached_property
    def _begun(self) -> tuple[Aimed, list[Step], Roster]:
        """What all aims begin with."""
        construction = Aimed(self.begin(), AIMS[0])
        return construction, list(self.preparation.steps), self.preparation.roster.copy()

    def _windows(self, construction: Construction) -> WindowSearch:
        return AimedSearch(
            construction,
            windows(self.inventory),
            self.options.effort,
            self._asked,
            lambda drafts: self.progress("windows", drafts, None),
        )

    def _polish(self, construction: Construction, draft: Draft) -> list[TimedTurn] | Refusal:
        """The turns with their times and people; a beginning that another aim's plan has too is not timed again."""
        self._drafted.append(draft)
        polish = Polish(construction, self.preparation.roster, self.options.effort, self.options.seed)
        timed: list[TimedTurn] = []
        key: tuple[object, ...] = ()
        for n, turn in enumerate(draft.turns, 1):
            self.progress("turns", n, len(draft.turns))
            if self._asked():
                return self._nothing()
            key = (*key, _as_key(turn))
            if key not in self._timed:
                found = polish.turn(turn, max([turn.block.start, *(t.end for t in timed)]))
                if found is None:
                    return self._nothing()
                self._timed[key] = found, self.preparation.roster.copy()
            found, booked = self._timed[key]
            self.preparation.roster.restore(booked)
            timed.append(found)
        self.effort_done["turns"] = round(sum(t.effort for t in timed), 6)
        return timed

    def _refuse(self, _construction: Construction, _draft: Draft) -> Refusal:
        return self._nothing()

    def _nothing(self) -> Refusal:
        """That no plan was found for the aim: that one serves it better than the plan itself was never promised."""
        return Refusal(RefusalKind.NOT_FOUND, (Reason("no_alternative", (self._begun[0].aim.id,)),))


def _as_key(turn: DraftTurn) -> tuple[object, ...]:
    """What the times and people of a turn depend on, besides the turns before it."""
    facts = (turn.window.id, turn.block, turn.jobs, turn.outcome, turn.room_to_move, turn.back)
    return (*facts, tuple(sorted(turn.starts.items())))
