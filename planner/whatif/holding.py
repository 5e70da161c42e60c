"""Whether a plan still holds when facts are otherwise: the same steps, judged by the verifier."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from planner.model import canonical
from planner.model.inventory import Inventory
from planner.plan.comparison import Break, Holding
from planner.plan.contingency import Case
from planner.plan.finding import Finding
from planner.plan.plan import Plan
from planner.safety.context import Context
from planner.safety.timetable import Almanac
from planner.safety.verify import verify
from planner.scheduling.reschedule import restated, speaks_of
from planner.units.clock import DAY
from planner.units.span import Minute
from planner.whatif.asset_lost import Loser
from planner.whatif.course import Course
from planner.whatif.reckoning import Reckoning


def holding(inventory: Inventory, plan: Plan, dead: Sequence[str] = (), *, rearranged: bool = False) -> Holding:
    """Return which rules the steps of ``plan`` break under the facts of ``inventory``, each with its first instant.

    Outages, deadlines and the objective are told anew, so that only what is done is judged.
    """
    verdict = verify(inventory, told_anew(inventory, plan))
    return Holding(tuple(breaks_of(verdict.failures)), tuple(_losses(inventory, plan, dead)), rearranged)


def told_anew(inventory: Inventory, plan: Plan) -> Plan:
    """The same steps as a plan of another inventory; where it lacks something that they are about, as they stand."""
    if speaks_of(inventory, plan):
        return restated(inventory, plan)
    return replace(plan, inventory=inventory, inventory_hash=canonical.digest(inventory))


def breaks_of(failures: Iterable[Finding]) -> Iterator[Break]:
    """The rules that are broken, by their first violations; findings are in order of time."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in failures:
        by_rule.setdefault(finding.rule, []).append(finding)
    ordered = sorted(by_rule.items(), key=lambda item: (_start(min(item[1], key=_start)), item[0]))
    for rule, found in ordered:
        subjects = tuple(dict.fromkeys(id for finding in found for id in finding.subjects))
        yield Break(rule, min(found, key=_start), len(found), subjects)


def _start(finding: Finding) -> Minute:
    return finding.span.start if finding.span else 0


def _losses(inventory: Inventory, plan: Plan, dead: Sequence[str]) -> Iterator[Case]:
    """What comes of each asset that does not come up again: the worst of the occasions on which it should."""
    if not dead:
        return
    context = Context.of(inventory, plan)
    loser = Loser(Course(context), Reckoning(context, Almanac(inventory), DAY))
    for asset in dead:
        cases = [loser.case(occasion) for occasion in loser.occasions() if occasion.asset == asset]
        if cases:
            yield max(cases, key=lambda case: (case.weighted, case.minutes))
