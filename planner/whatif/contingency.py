"""All single failures of a plan, ranked (N-1)."""

from collections.abc import Iterable, Iterator

from planner.model.inventory import Inventory
from planner.plan.contingency import Case, Contingencies, Reaction
from planner.plan.plan import Plan
from planner.safety.context import Context
from planner.safety.timetable import Almanac
from planner.units.clock import DAY
from planner.units.progress import Progress
from planner.whatif.asset_lost import Loser
from planner.whatif.course import Course
from planner.whatif.person_missing import Reliever
from planner.whatif.reckoning import Reckoning
from planner.whatif.step_late import Delayer
from planner.whatif.waiting import Waiting

DELAYS = (30, 60, 120)
REPAIR = DAY


def contingencies(
    inventory: Inventory, plan: Plan, progress: Progress, *, delays: Iterable[int] = DELAYS, repair: int = REPAIR
) -> Contingencies:
    """Let every asset that comes up in the plan fail, every team miss one person, and every step end late.

    Each answer is a replay of the plan with the changed facts by the verifier's own rules of availability; what the
    crew is assumed to do stands in `asset_lost`, `person_missing` and `step_late`. The plan is taken to be safe.

    Parameters
    ----------
    delays : iterable of int, optional
        Minutes by which steps end late.
    repair : int, optional
        Minutes for which a system stays out from its first lost service minute on.
    """
    wanted = tuple(dict.fromkeys(delays))
    finder = _Finder(Context.of(inventory, plan), repair)
    cases = [*finder.assets(progress), *finder.teams(progress), *finder.steps(progress, wanted)]
    return Contingencies(tuple(sorted(cases, key=_rank)), repair, wanted)


class _Finder:
    """Goes through the failures of one plan; what they share is worked out once."""

    def __init__(self, context: Context, repair: int) -> None:
        self._context = context
        almanac, course = Almanac(context.inventory), Course(context)
        reckoning, self._waiting = Reckoning(context, almanac, repair), Waiting(course)
        self._loser = Loser(course, reckoning)
        self._delayer = Delayer(course, self._waiting, reckoning)
        self._reliever = Reliever(course, self._waiting, self._delayer, almanac)

    def assets(self, progress: Progress) -> Iterator[Case]:
        occasions = tuple(self._loser.occasions())
        for number, occasion in enumerate(occasions):
            progress("assets", number, len(occasions))
            yield self._loser.case(occasion)
        progress("assets", len(occasions), len(occasions))

    def teams(self, progress: Progress) -> Iterator[Case]:
        teams = tuple(self._context.inventory.teams.values())
        for number, team in enumerate(teams):
            progress("teams", number, len(teams))
            found = (self._reliever.case(team, wave) for wave in self._context.plan.waves)
            yield from (case for case in found if case is not None)
        progress("teams", len(teams), len(teams))

    def steps(self, progress: Progress, delays: tuple[int, ...]) -> Iterator[Case]:
        for number, step in enumerate(self._waiting.steps):
            progress("steps", number, len(self._waiting.steps))
            yield from (self._delayer.case(step, minutes) for minutes in delays)
        progress("steps", len(self._waiting.steps), len(self._waiting.steps))


def _rank(case: Case) -> tuple[int, int, int, int, int, str, int]:
    """Criticality-weighted service minutes first, then whether the wave is lost, then deadlines, then the date."""
    reactions = (Reaction.NOT_BEGUN, Reaction.TURN_BACK, Reaction.CARRY_ON)
    order = reactions.index(case.reaction)
    return -case.weighted, -case.minutes, order, -len(case.missed), case.at, case.subject, case.late
