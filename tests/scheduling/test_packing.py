"""Who turns back: those on duty first, others of their team where those are too few for an action."""

from planner.model.asset import Demand
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.people import Person, Team
from planner.scheduling.inverse import Action
from planner.scheduling.packing import Packing, Placed
from tests.scheduling.estate import box, estate

ONE = Demand("ict", 1)


def office(people: int) -> Inventory:
    ids = tuple(f"ict/{n}" for n in range(1, people + 1))
    return estate([box("a")], [], teams={"ict": Team("ict", "ict", tuple(Person(id, id) for id in ids), own=True)})


def packed(inventory: Inventory, *actions: Action, on_duty: tuple[str, ...]) -> list[Placed]:
    return Packing(inventory, {"ict": on_duty}).pack(actions, [set() for _ in actions])


def test_a_witness_who_is_not_on_duty_comes_from_the_same_team() -> None:
    check = Action(StepKind.CHECK, 15, (ONE, ONE), witnessed=True)
    assert packed(office(3), check, on_duty=("ict/3",)) == [Placed(0, ("ict/3",), "ict/1")]


def test_nobody_is_called_who_is_not_needed() -> None:
    check = Action(StepKind.CHECK, 15, (ONE,))
    first, second = packed(office(3), check, check, on_duty=("ict/3",))
    assert (first.people, second.people) == (("ict/3",), ("ict/3",))
    assert {first.offset, second.offset} == {0, 15}


def test_an_action_for_which_the_team_is_too_small_has_nobody() -> None:
    check = Action(StepKind.CHECK, 15, (ONE, ONE), witnessed=True)
    assert packed(office(1), check, on_duty=("ict/1",)) == [Placed(0, (), None)]
