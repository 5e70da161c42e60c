"""What a lost asset costs agrees with a simulation of every minute that shares nothing with the replay but the data."""

from dataclasses import replace

import pytest

from planner.model.chain import StepKind
from planner.plan.contingency import CoverKind
from planner.plan.plan import Plan
from planner.safety.context import Context
from planner.safety.timetable import Almanac
from planner.whatif.asset_lost import Loser, Occasion
from planner.whatif.course import Course
from planner.whatif.reckoning import Reckoning
from tests.safety.chance import HORIZON, chance
from tests.safety.minutes import Picture

K = StepKind
STOPS = (K.STOP, K.UNMOUNT, K.DISPOSE)


class WithoutIt(Picture):
    """A minute in which one asset has not come up again since a step."""

    lost: str
    since: int

    def status(self, id: str) -> str:
        return "down" if id == self.lost and self.minute >= self.since else super().status(id)


def edited(plan: Plan, occasion: Occasion) -> Plan:
    """Nothing else is done to the lost asset, nothing migrates to it, and what it was to replace stays on."""
    asset, begin = occasion.asset, occasion.step.start
    old = plan.inventory.assets[asset].replaces
    kept = [
        step
        for step in plan.steps()
        if not (asset in step.assets and step.start >= begin and step != occasion.step)
        and not (asset in step.hosts.values() and step.start >= occasion.step.end)
        and not (old in step.assets and step.kind in STOPS and step.start >= occasion.step.end)
    ]
    return replace(plan, waves=(replace(plan.waves[0], steps=tuple(kept)),))


def out(plan: Plan, occasion: Occasion | None) -> dict[str, set[int]]:
    """In which minutes each system is not available."""
    kind = type("Now", (WithoutIt,), {"lost": occasion.asset, "since": occasion.step.start}) if occasion else Picture
    found: dict[str, set[int]] = {id: set() for id in plan.inventory.systems}
    for minute in range(HORIZON.start, HORIZON.end):
        picture = kind(plan.inventory, plan, minute)
        for id, minutes in found.items():
            if not picture.available(id):
                minutes.add(minute)
    return found


def compared(seed: int) -> int:
    """How many lost assets of a random plan were compared."""
    plan = chance(seed)
    if not plan.waves:
        return 0
    context = Context.of(plan.inventory, plan)
    loser, planned, count = Loser(Course(context), Reckoning(context, Almanac(plan.inventory), 60)), out(plan, None), 0
    for occasion in loser.occasions():
        case = loser.case(occasion)
        replayed, _ = loser._without(occasion, None)
        if replayed.because or any(cover.kind is CoverKind.HOSTS for cover in case.covers):
            continue  # what cannot start, and what starts elsewhere, has its own tests
        now = out(edited(plan, occasion), occasion)
        lost = {id: {m for m in now[id] - planned[id] if m >= occasion.step.end} for id in now}
        expected = {id: (min(minutes), len(minutes)) for id, minutes in lost.items() if minutes}
        assert {loss.system: (loss.since, loss.minutes) for loss in case.losses} == expected, (seed, occasion)
        count += 1
    return count


@pytest.mark.parametrize("ten", range(6))
def test_losses_of_random_plans_are_those_of_the_minutes(ten: int) -> None:
    assert sum(compared(seed) for seed in range(10 * ten, 10 * ten + 10)) > 5


@pytest.mark.long
def test_losses_of_a_thousand_random_plans_are_those_of_the_minutes() -> None:
    assert sum(compared(seed) for seed in range(1000, 2000)) > 500
