"""What is wrong with scenarios only beside a plan or beside each other: orders without a place, ids that come twice."""

from collections.abc import Iterable, Iterator, Sequence

from planner.errors import Fault, Position
from planner.plan.plan import Plan
from planner.sources.scenarios.scenario import Mentioned, Scenario
from planner.whatif.arrangement import NoOrder, circle, spots_of, swapped


def unordered(scenario: Scenario, plan: Plan) -> Iterator[Fault]:
    """Orders of what the plan does not know; else of what would have to come before itself."""
    found = [fault for chain in (*scenario.order, *scenario.swaps) for fault in _without_place(chain, plan)]
    yield from found or _in_a_circle(scenario, plan)


def _without_place(chain: Sequence[Mentioned], plan: Plan) -> Iterator[Fault]:
    try:
        spots_of(plan, tuple(named.id for named in chain))
    except NoOrder as found:
        yield _no_order(chain, found)


def _in_a_circle(scenario: Scenario, plan: Plan) -> Iterator[Fault]:
    chains = [tuple(named.id for named in chain) for chain in scenario.order]
    chains += [swapped(plan, tuple(named.id for named in pair)) for pair in scenario.swaps]
    around = circle(plan, chains)
    if around:
        mentioned = (named for chain in (*scenario.order, *scenario.swaps) for named in chain)
        last = [named for named in mentioned if named.id in around][-1]
        yield Fault("E317.circle", last.position, {"way": " < ".join(around)})


def _no_order(chain: Iterable[Mentioned], found: NoOrder) -> Fault:
    named = next(each for each in chain if each.id == found.id)
    key = "E317.together" if found.other else "E317"
    return Fault(key, named.position, {"id": found.id, "other": found.other or ""})


def twice(scenarios: Sequence[Scenario]) -> Iterator[Fault]:
    """Tell scenarios with one id, whose answers nobody could tell apart."""
    first: dict[str, Scenario] = {}
    for scenario in scenarios:
        known = first.setdefault(scenario.id, scenario)
        if known is not scenario:
            yield Fault("E207", Position(scenario.file), {"id": scenario.id, "first": known.file, "other": known.id})
