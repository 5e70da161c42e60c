"""A vehicle or an elevator carries no more trips at once than it serves, on the way there and back (S16)."""

from dataclasses import replace

from planner.model.asset import Asset
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.transport import Conveyance, ConveyanceKind, Route
from planner.scheduling.haulage import at_once, conveyances
from planner.scheduling.inverse import Action
from planner.scheduling.list_schedule import schedule
from planner.scheduling.packing import Packing
from planner.scheduling.task import Task
from tests.scheduling.estate import box, estate

K = StepKind
VAN = Conveyance("van", "van", ConveyanceKind.VEHICLE, at_once=2)


def town(*boxes: Asset) -> Inventory:
    return replace(estate(boxes), conveyances={"van": VAN}, routes=(Route(("old", "new"), ("van",)),))


def test_the_route_between_two_rooms_says_what_carries() -> None:
    inventory = town(box("a"))

    assert conveyances(inventory, "old", "new") == conveyances(inventory, "new", "old") == ("van",)
    assert conveyances(inventory, "old", "old") == ()
    assert conveyances(inventory, "old", "cellar") == ()
    assert conveyances(inventory, None, "new") == ()
    assert at_once(inventory) == {("van", None): 2}


def test_a_third_trip_waits_for_a_place() -> None:
    tasks = [Task(f"{id}/carry", K.CARRY, (id,), 30, uses=("van",)) for id in "abc"]
    starts = schedule(tasks, at_once(town()), 0)

    assert starts is not None
    assert sorted(starts.values()) == [0, 0, 30]


def test_a_third_trip_back_waits_too() -> None:
    actions = [Action(K.CARRY, minutes, uses=("van",)) for minutes in (20, 30, 30)]
    placed = Packing(town(), {}).pack(actions, [set(), set(), set()])

    assert sorted(p.offset for p in placed) == [0, 0, 30]
    others = [Action(K.CARRY, 30) for _ in range(3)]
    assert [p.offset for p in Packing(town(), {}).pack(others, [set(), set(), set()])] == [0, 0, 0]
