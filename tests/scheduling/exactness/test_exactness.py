"""Small problems: the planner's objective is the optimum, found by a brute force that shares nothing with it.

What the brute force finds is judged by the verifier and measured by the planner's own objective, so neither side can be
too strict or too lenient without a test noticing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

import pytest

from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.plan.refusal import Refusal
from planner.safety.verify import verify
from planner.scheduling.bounds import bounds
from planner.scheduling.objective import measure, score
from planner.scheduling.options import Options
from planner.scheduling.outages import replay
from planner.scheduling.schedule import schedule
from planner.scheduling.truth import Truth
from tests.scheduling.exactness.enumeration import Enumeration, Walk
from tests.scheduling.exactness.slots import SLOT
from tests.scheduling.exactness.tiny import DAY, WINDOW, tiny, windows
from tests.scheduling.exactness.writing import Writer

SLOW = (20, 27, 38, 48, 69, 168)
"""Problems that take ten times as long as the others."""
EVERYDAY = tuple(seed for seed in range(206) if seed not in SLOW)
LONG = (*SLOW, *range(206, 2200))
ENOUGH = Options(effort=4)
"""With four times the states that are looked at by default none of these problems is too large."""


@cache
def optimum(seed: int) -> Walk | None:
    inventory = tiny(seed)
    return Enumeration(inventory, windows(inventory)).run()


def too_high(inventory: Inventory, terms: Mapping[str, int]) -> list[str]:
    """The terms of an optimum that are below their bounds; of a bound for the first term alone, below its own."""
    found = bounds(inventory, terms["service_minutes"])
    return [term for term, value in terms.items() if value < found[term].value]


def agree(seed: int) -> None:
    """One is refused where the other finds nothing; else both find the same, safe by the verifier."""
    inventory, best, made = tiny(seed), optimum(seed), schedule(tiny(seed), ENOUGH)
    if best is None:
        assert isinstance(made, Refusal)
        return
    assert isinstance(made, Plan)
    assert score(made.objective) == best.score
    assert too_high(inventory, best.terms) == []
    assert {term.proof for term in made.objective} == {"exhausted"}
    assert verify(inventory, made).failures == ()


@pytest.mark.parametrize("seed", EVERYDAY[:120])
def test_the_objective_of_a_small_problem_is_the_optimum(seed: int) -> None:
    agree(seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", EVERYDAY[120:] + LONG)
def test_the_objective_of_many_small_problems_is_the_optimum(seed: int) -> None:
    agree(seed)


def never_together(inventory: Inventory) -> Inventory:
    """Every other mover may go on the first days only, the others on the last, at least a day later."""
    middle = (windows(inventory)[0].end // DAY + 1) * DAY
    bounded = {
        asset.id: replace(
            asset,
            stages=tuple(
                replace(stage, not_after=None if n % 2 else middle, not_before=middle + DAY if n % 2 else None)
                for stage in asset.stages
            ),
        )
        for n, asset in enumerate(inventory.assets.values())
    }
    return replace(inventory, assets=bounded)


def test_no_bound_is_above_the_optimum_where_what_moves_can_never_be_together() -> None:
    added_up = 0
    for seed in range(0, 120, 3):
        inventory = never_together(tiny(seed))
        made = schedule(inventory, ENOUGH)
        if not isinstance(made, Plan) or {term.proof for term in made.objective} != {"exhausted"}:
            continue
        values = {term.id: term.value for term in made.objective}
        assert too_high(inventory, values) == []
        apart = {**inventory.assets, **tiny(seed).assets}
        together = bounds(replace(inventory, assets=apart), values["service_minutes"])
        added_up += (
            bounds(inventory, values["service_minutes"])["outage_minutes"].value > together["outage_minutes"].value
        )
    assert added_up >= 2


@pytest.mark.parametrize("seed", EVERYDAY[::8])
def test_the_optimum_of_the_brute_force_is_a_safe_plan_that_measures_the_same(seed: int) -> None:
    inventory, best = tiny(seed), optimum(seed)
    if best is None:
        return
    plan = Writer(inventory, windows(inventory), best).plan()
    assert verify(inventory, plan).failures == ()
    replayed = replay(inventory, Truth(inventory), plan.steps())
    assert measure(inventory, replayed, len(plan.waves), plan.steps()) == best.terms


def traits(inventory: Inventory, best: Walk | None) -> list[str]:
    """What is notable about a problem and its optimum."""
    if best is None:
        return ["refused"]
    waves = sum(any(t * SLOT in window for t, _, _ in best.begun) for window in windows(inventory))
    found = {
        "several waves": waves > 1,
        "several turns": len(best.turns) > 1,
        "outage in service hours": best.terms["service_minutes"] > 0,
        "outage outside": best.terms["outage_minutes"] > 0,
        "no outage": not best.terms["service_minutes"] + best.terms["outage_minutes"],
        "over the bridge": best.terms["bridge_sum"] > 0,
        "work outside office hours": best.terms["person_hours"] > 0,
        "three or four assets": len(inventory.assets) > 2,
    }
    return ["planned", *(name for name, holds in found.items() if holds)]


def rare(seeds: Iterable[int], least: dict[str, int]) -> dict[str, int]:
    """Which kinds of problems are rarer among the seeds than they have to be."""
    count = Counter(name for seed in seeds for name in traits(tiny(seed), optimum(seed)))
    return {name: count[name] for name in least if count[name] < least[name]}


def test_of_the_small_problems_every_fourth_stands_for_nearly_every_kind() -> None:
    least = {
        "refused": 15,
        "planned": 20,
        "several waves": 2,
        "several turns": 3,
        "outage in service hours": 3,
        "outage outside": 15,
        "no outage": 3,
        "work outside office hours": 4,
        "three or four assets": 6,
    }
    assert rare(EVERYDAY[3::4], least) == {}


@pytest.mark.long
def test_the_small_problems_are_of_every_kind() -> None:
    least = {
        "refused": 50,
        "planned": 90,
        "several waves": 5,
        "several turns": 15,
        "outage in service hours": 10,
        "outage outside": 50,
        "no outage": 5,
        "over the bridge": 5,
        "work outside office hours": 15,
        "three or four assets": 30,
    }
    assert rare(EVERYDAY, least) == {}


def test_the_small_problems_are_as_small_as_they_are_said_to_be() -> None:
    for inventory in map(tiny, EVERYDAY):
        assert 1 <= len(inventory.assets) <= 4
        assert 1 <= len(windows(inventory)) <= 3
        assert all(window.minutes == WINDOW == 6 * SLOT for window in windows(inventory))
