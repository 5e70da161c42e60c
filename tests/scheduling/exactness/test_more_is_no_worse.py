"""More crew, a wider window, another window or one more room unit never makes a proven optimum worse.

Every plan of a problem is a plan of the one that has more, so an optimum of the one that was proved cannot be beaten by
the proved optimum of the other: this holds without knowing either of them from somewhere else.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from planner.model.inventory import Inventory
from planner.model.people import Person
from planner.model.place import Rack
from planner.model.timetable import DaySet
from planner.plan.refusal import Refusal
from planner.scheduling.objective import score
from planner.scheduling.options import Options
from planner.scheduling.schedule import schedule
from tests.scheduling.exactness.slots import SLOT
from tests.scheduling.exactness.test_exactness import SLOW
from tests.scheduling.exactness.tiny import FIRST, tiny

ENOUGH = Options(effort=4)
TOO_LARGE = (394,)
"""With a window of one hour more not all of its plans are gone through, so that nothing is proved of them."""
EVERYDAY = (39, 51, 57, 61, 62, 64, 70, 80, 85, 94)
LONG = tuple(seed for seed in range(400) if seed not in (*SLOW, *TOO_LARGE))


def more_crew(inventory: Inventory) -> Inventory:
    team = inventory.teams["ict"]
    another = Person(f"ict/{len(team.people)}", "another")
    return replace(inventory, teams={"ict": replace(team, people=(*team.people, another))})


def wider_window(inventory: Inventory) -> Inventory:
    first, *others = inventory.timetable.windows
    wider = replace(first, end=first.end + SLOT)
    return replace(inventory, timetable=replace(inventory.timetable, windows=(wider, *others)))


def another_window(inventory: Inventory) -> Inventory:
    """One more day of the first window's hours, on a day without any."""
    taken = {day for pattern in inventory.timetable.windows for day, _ in pattern.days.dates}
    free = next(day for n in range(1, 5) if (day := FIRST + timedelta(days=n)) not in taken)
    another = replace(inventory.timetable.windows[0], id="another", days=DaySet(dates=((free, free),)))
    return replace(inventory, timetable=replace(inventory.timetable, windows=(*inventory.timetable.windows, another)))


def racked(inventory: Inventory, more: int = 0) -> Inventory:
    """The same with two racks in the new room: what moves fits exactly, or, in every other problem, lacks one unit."""
    heights = {id: Random(id).choice((1, 2)) for id, asset in inventory.assets.items() if asset.stages}
    units = sum(heights.values()) - len(inventory.systems) % 2 + more
    placed = {id: replace(inventory.assets[id], height=height, kg=10.0) for id, height in heights.items()}
    racks = {id: Rack(id, id, "new", n, max_kg=500.0) for id, n in (("r", 2), ("q", units - 2)) if n > 0}
    return replace(inventory, assets={**inventory.assets, **placed}, racks=racks)


def one_more_unit(inventory: Inventory) -> Inventory:
    return racked(inventory, more=1)


CHANGES: Mapping[str, tuple[Callable[[Inventory], Inventory], Callable[[Inventory], Inventory]]] = {
    "one more person": (lambda inventory: inventory, more_crew),
    "a window one hour longer": (lambda inventory: inventory, wider_window),
    "one more window": (lambda inventory: inventory, another_window),
    "one more room unit": (racked, one_more_unit),
}


def proved(inventory: Inventory) -> tuple[int, int] | None:
    """The score of the proved optimum; None where there is no plan, which is worse than any."""
    made = schedule(inventory, ENOUGH)
    if isinstance(made, Refusal):
        return None
    assert {term.proof for term in made.objective} == {"exhausted"}
    return score(made.objective)


def compare(name: str, seed: int) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """The optimum with less and with more."""
    before, after = CHANGES[name]
    return proved(before(tiny(seed))), proved(after(tiny(seed)))


@pytest.mark.parametrize("name", CHANGES)
def test_more_never_makes_a_proved_optimum_worse_and_sometimes_better(name: str) -> None:
    pairs = [compare(name, seed) for seed in EVERYDAY]

    assert [(less, more) for less, more in pairs if less is not None and (more is None or more > less)] == []
    assert any(less is not None for less, _ in pairs)
    assert any(more is not None and (less is None or more < less) for less, more in pairs)


@pytest.mark.long
@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("seed", LONG)
def test_more_never_makes_a_proved_optimum_worse(name: str, seed: int) -> None:
    less, more = compare(name, seed)

    assert less is None or (more is not None and more <= less)
