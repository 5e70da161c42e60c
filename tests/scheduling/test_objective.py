"""The objective's terms and their bounds (planning.md, "What is optimised")."""

from dataclasses import replace

import pytest

from planner.model.asset import Asset, Cluster, Demand, Stage, Work
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.need import AllOf, Leaf
from planner.model.network import Link
from planner.model.place import Position
from planner.model.policy import Policy, Staff, Waiver
from planner.model.system import System
from planner.model.timetable import DailyHours, DaySet, Hours, Timetable, WindowPattern, WindowShape
from planner.plan.step import Step
from planner.scheduling.apart import Loss, most_apart
from planner.scheduling.bounds import bounds
from planner.scheduling.essential import Essential
from planner.scheduling.objective import measure, score, terms
from planner.scheduling.outages import replay
from planner.scheduling.truth import Truth
from planner.units.duration import Duration
from planner.units.span import Span
from tests.scheduling.estate import box, estate, hard, leaf_tree, live, service, vm
from tests.scheduling.test_outages import CARRY, chain

K = StepKind
DAY = 24 * 60
OFFICE = Hours("office", (DailyHours(DaySet(), 9 * 60, 17 * 60),))


def nightly(hours: tuple[Hours, ...] = (OFFICE,)) -> Timetable:
    window = WindowPattern("night", "night", WindowShape.DAILY, 18 * 60, 30 * 60)
    return Timetable(hours={h.id: h for h in hours}, windows=(window,))


def carried_at_once() -> tuple[Inventory, list[Step]]:
    inventory = estate([box("a", to="new")], [service("s", Leaf("a"), hours="office")], timetable=nightly())
    start = 18 * 60
    steps = [
        *chain("s", start, (K.STOP, 5)),
        *chain("a", start + 5, *CARRY),
        *chain("s", start + 85, (K.START, 5), (K.ACCEPT, 10)),
    ]
    return inventory, steps


def values(inventory: Inventory, steps: list[Step], waves: int = 1) -> dict[str, int]:
    return measure(inventory, replay(inventory, Truth(inventory), steps), waves, steps)


def test_the_bounds_of_a_single_box_that_is_carried_at_once_are_reached() -> None:
    inventory, steps = carried_at_once()
    found = {t.id: (t.value, t.bound) for t in terms(inventory, replay(inventory, Truth(inventory), steps), 1, steps)}
    assert found["outage_minutes"] == (100 * 2 * 100, 100 * 2 * 100)
    assert found["waves"] == (24_000, 24_000)
    assert found["service_minutes"] == (0, 0)
    assert found["end_day"] == (0, 0)


def test_minutes_inside_service_hours_are_the_first_term_and_the_others_are_added() -> None:
    inventory, steps = carried_at_once()
    early = [replace(s, start=s.start - 120, end=s.end - 120) for s in steps]
    measured = terms(inventory, replay(inventory, Truth(inventory), early), 1, early)
    assert score(measured) == (100 * 2 * 60, 100 * 2 * 40 + 24_000)


def test_person_hours_count_outside_office_hours_with_the_second_pair_of_eyes() -> None:
    inventory = estate(timetable=nightly(), policy=Policy(staff=Staff(office="office")))
    steps = [Step("x", K.CHECK, (), 16 * 60, 18 * 60, people=("p", "q"), witness="r")]
    assert values(inventory, steps)["person_hours"] == 3 * 200


def test_the_bridge_counts_the_sum_and_the_peak_of_crossing_needs() -> None:
    links = {"br": Link("br", "br", ("old", "new"), bridge=True)}
    assets = [box("a", needs=(live("b"), live("c"))), box("b", "new"), box("c", "new")]
    steps = [*chain("br", 10, (K.TEST, 10)), *chain("br", 50, (K.CLOSE, 5))]
    measured = values(estate(assets, links=links), steps)
    assert (measured["bridge_sum"], measured["bridge_peak"]) == (2 * 30, 2 * 100)


class TestEssential:
    def outage(self, assets: list[Asset], system: System, **facts: object) -> int:
        return Essential(estate(assets, [system], **facts)).outage["s"]

    def test_stops_and_starts_add_up_along_a_hard_chain(self) -> None:
        assert self.outage([vm("v", "h"), box("h", to="new")], service("s", Leaf("v"))) == 80 + 15 + 20

    def test_a_live_need_costs_only_the_time_away(self) -> None:
        assert self.outage([box("a"), box("b", to="new")], service("s", Leaf("a"), live("b"))) == 80

    def test_redundancy_costs_nothing(self) -> None:
        assets = [box("a", to="new"), box("b", to="new")]
        assert self.outage(assets, service("s", leaf_tree("a", "b", count=1))) == 0

    def test_redundancy_on_one_box_costs_the_box_and_what_is_stopped_for_it(self) -> None:
        assets = [vm("v", "h"), vm("w", "h"), box("h", to="new")]
        assert self.outage(assets, service("s", leaf_tree("v", "w", count=1))) == 80 + 15 + 20

    def test_of_redundant_members_the_quickest_ends_the_outage(self) -> None:
        slow = vm("w", "h", needs=(hard("u"),))
        assets = [vm("v", "h"), vm("u", "h"), slow, box("h", to="new")]
        assert self.outage(assets, service("s", leaf_tree("v", "w", count=1))) == 80 + 15 + 20
        assert self.outage(assets, service("s", leaf_tree("v", "w", count=2))) == 80 + 15 + 15 + 20

    def test_a_live_need_on_what_is_stopped_lasts_as_long_as_that_is_out(self) -> None:
        assets = [box("a"), vm("v", "h"), box("h", to="new")]
        assert self.outage(assets, service("s", Leaf("a"), live("v"))) == 80 + 15

    def test_who_is_served_by_a_replacement_of_what_is_lost_loses_nothing(self) -> None:
        from planner.model.chain import Method

        spare = box("w", at=None, method=Method.INSTALL, replaces="v")
        assert self.outage([box("h", to="new"), vm("v", "h"), spare], service("s", Leaf("v"))) == 0

    def test_a_vm_that_may_migrate_costs_nothing(self) -> None:
        cluster = Cluster("c", "c", ("h", "g"), live_migration=True)
        assets = [vm("v", "h", cluster="c"), box("h", to="new", cluster="c"), box("g", to="new", cluster="c")]
        assert self.outage(assets, service("s", Leaf("v")), clusters={"c": cluster}) == 0

    def test_what_is_replaced_or_leaves_costs_nothing(self) -> None:
        from planner.model.chain import Method

        replaced = [box("a", to="new"), box("b", at=None, method=Method.INSTALL, replaces="a")]
        assert self.outage(replaced, service("s", Leaf("a"))) == 0
        assert self.outage([box("a", to="new")], service("s", Leaf("a"), leaves=5)) == 0

    def test_a_hard_cycle_is_counted_once(self) -> None:
        assets = [box("k", to="new", needs=(hard("j"),)), box("j", needs=(hard("k"),))]
        assert self.outage(assets, service("s", Leaf("k"))) >= 80 + 20

    def test_stages_add_up_over_the_project(self) -> None:
        stages = (Stage(Position("new")), Stage(Position("old")))
        essential = Essential(estate([box("a", to="new", stages=stages)], [service("s", None, live("a"))]))
        assert (essential.outage["s"], essential.total["s"]) == (80, 160)


def test_a_service_that_is_always_open_bears_the_essential_outage_in_the_first_term() -> None:
    bound = bounds(estate([box("a", to="new")], [service("s", Leaf("a"))], timetable=nightly()))
    assert (bound["service_minutes"].value, bound["service_minutes"].proof) == (100 * 2 * 100, "essential")
    assert bound["outage_minutes"].value == 0


def test_the_budget_inside_service_hours_lowers_the_bound_outside_them() -> None:
    system = service("s", Leaf("a"), hours="office", budget=30)
    bound = bounds(estate([box("a", to="new")], [system], timetable=nightly()))
    assert (bound["outage_minutes"].value, bound["outage_minutes"].proof) == (100 * 2 * 70, "budget")


def test_what_may_not_be_inside_service_hours_because_these_come_first_has_to_be_outside() -> None:
    system = service("s", Leaf("a"), hours="office", budget=30)
    inventory = estate([box("a", to="new")], [system], timetable=nightly())
    for inside, outside in ((0, 100), (2 * 100 * 20, 80), (2 * 100 * 40, 70)):
        bound = bounds(inventory, inside)["outage_minutes"]
        assert (bound.value, bound.proof) == (100 * 2 * outside, "budget" if outside == 70 else "outside")


def test_assets_without_a_common_window_need_a_wave_each() -> None:
    first = box("a", to="new", stages=(Stage(Position("new"), None, 2 * DAY),))
    second = box("b", to="new", stages=(Stage(Position("new"), 4 * DAY, None),))
    bound = bounds(estate([first, second], timetable=nightly()))
    assert (bound["waves"].value, bound["waves"].proof) == (48_000, "disjoint")
    assert (bound["end_day"].value, bound["end_day"].proof) == (400, "earliest")


@pytest.mark.parametrize(("since", "minutes"), [(4 * DAY, 200), (2 * DAY + 100 + 100, 200), (2 * DAY, 100)])
def test_outages_add_up_where_what_forces_them_can_never_be_done_at_one_time(since: int, minutes: int) -> None:
    first = box("a", to="new", stages=(Stage(Position("new"), None, 2 * DAY),))
    second = box("b", to="new", stages=(Stage(Position("new"), since, None),))
    always = replace(nightly(), windows=(WindowPattern("w", "w", WindowShape.DAILY, 0, DAY),))
    system = service("s", AllOf((Leaf("a"), Leaf("b"))), hours="office")
    bound = bounds(estate([first, second], [system], timetable=always), 0)["outage_minutes"]
    assert (bound.value, bound.proof) == (100 * 2 * minutes, "budget")


def test_what_leaves_for_the_cloud_may_stay_until_then_and_forces_nothing() -> None:
    first = box("a", to="new", stages=(Stage(Position("new"), None, 2 * DAY),))
    second = box("b", to="new", stages=(Stage(Position("new"), 4 * DAY, None),), leaves=9 * DAY)
    always = replace(nightly(), windows=(WindowPattern("w", "w", WindowShape.DAILY, 0, DAY),))
    system = service("s", AllOf((Leaf("a"), Leaf("b"))), hours="office")
    with_it, without = (
        bounds(estate(boxes, [system], timetable=always), 0) for boxes in ([first, second], [first, box("b")])
    )
    assert with_it == without
    assert Essential(estate([second], [service("s", Leaf("b"))])).total == {"s": 0}


def test_intervals_that_overlap_count_once_and_the_heaviest_that_do_not_add_up() -> None:
    losses = [Loss(Span(0, 10), 4), Loss(Span(9, 20), 7), Loss(Span(20, 30), 1), Loss(Span(12, 40), 5)]
    assert most_apart(losses) == 4 + 5
    assert most_apart(losses[:3]) == 7 + 1
    assert most_apart([]) == 0


def test_the_work_of_hands_adds_up_over_the_assets_and_of_other_works_the_largest_counts() -> None:
    window = WindowPattern("w", "w", WindowShape.DAILY, 18 * 60, 30 * 60)
    crew = (Demand("t", 2),)
    works = {K.UNMOUNT: Work(Duration.fixed(30), crew), K.CARRY: Work(Duration.fixed(60), crew)}
    inventory = estate(
        [box("a", to="new", works=works), box("b", to="new", works=works)],
        timetable=replace(nightly(), windows=(window,)),
        policy=Policy(staff=Staff(office="office")),
    )
    assert bounds(inventory)["person_hours"].value == 200 * (2 * 30 * 2 + 60 * 2) // 60


@pytest.mark.parametrize(("start", "expected"), [(18, 30 * 200), (16, 0)])
def test_work_that_is_possible_at_night_alone_costs_its_person_hours(start: int, expected: int) -> None:
    window = WindowPattern("w", "w", WindowShape.DAILY, start * 60, 30 * 60)
    works = {K.CARRY: Work(Duration.fixed(600), (Demand("t", 3),))}
    inventory = estate(
        [box("a", to="new", works=works)],
        timetable=replace(nightly(), windows=(window,)),
        policy=Policy(staff=Staff(office="office")),
    )
    assert bounds(inventory)["person_hours"].value == expected


def test_a_waived_rule_of_the_proofs_makes_the_bounds_trivial() -> None:
    policy = Policy(waivers=(Waiver("S02", frozenset({"s"}), "agreed", "mayor"),))
    bound = bounds(estate([box("a", to="new")], [service("s", Leaf("a"))], timetable=nightly(), policy=policy))
    assert {b.value for b in bound.values()} == {0}
