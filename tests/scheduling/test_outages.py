"""The replay of steps and the declared outages (S01)."""

import pytest

from planner.model.asset import AssetKind
from planner.model.chain import Method, StepKind
from planner.model.need import Leaf
from planner.model.network import Link
from planner.model.place import Position
from planner.model.policy import Policy
from planner.model.timetable import DailyHours, DaySet, Hours, Timetable
from planner.plan.step import Step
from planner.scheduling.outages import declare, replay
from planner.scheduling.truth import Truth
from planner.units.span import Span, Spans
from tests.scheduling.estate import box, estate, live, service, vm

K = StepKind


def chain(subject: str, start: int, *lengths: tuple[StepKind, int], to: str = "new", **facts: object) -> list[Step]:
    """Steps one after the other from ``start``."""
    steps = []
    for kind, minutes in lengths:
        end = start + minutes
        place = (
            {subject: Position(to)}
            if kind in (K.CARRY, K.MOUNT) or (kind, facts.get("line")) == (K.SWITCH_OVER, 1)
            else {}
        )
        steps.append(Step(f"{subject}-{kind}-{start}", kind, (subject,), start, end, to=place))
        start = end
    return steps


CARRY = ((K.STOP, 10), (K.UNMOUNT, 10), (K.CARRY, 30), (K.MOUNT, 10), (K.START, 10), (K.CHECK, 10))


def spans(*pairs: tuple[int, int]) -> Spans:
    return Spans.of(Span(*pair) for pair in pairs)


def test_a_system_is_out_from_its_stop_to_the_end_of_its_acceptance() -> None:
    inventory = estate([box("a", to="new")], [service("s", Leaf("a"))])
    steps = [
        *chain("s", 100, (K.STOP, 5)),
        *chain("a", 105, *CARRY),
        *chain("s", 185, (K.START, 5), (K.ACCEPT, 10)),
    ]
    replayed = replay(inventory, Truth(inventory), steps)
    assert replayed.unavailable == {"s": spans((100, 200))}
    assert replayed.end.position("a") == Position("new")


def test_ends_come_before_starts_so_that_a_hand_over_leaves_no_gap() -> None:
    inventory = estate([box("a"), box("b")], [service("s", None, live("a", "b", count=1))])
    steps = [
        *chain("a", 10, (K.STOP, 5), (K.START, 5), (K.CHECK, 5)),
        *chain("b", 25, (K.STOP, 5), (K.START, 5), (K.CHECK, 5)),
    ]
    assert replay(inventory, Truth(inventory), steps).unavailable == {"s": Spans()}


@pytest.mark.parametrize(
    ("kinds", "up_at"),
    [
        (((K.START, 10), (K.CHECK, 10)), 40),
        (((K.START, 20),), 40),
        ((), 20),
    ],
)
def test_the_effect_of_a_step_without_length_belongs_to_the_step_before_it(
    kinds: tuple[tuple[StepKind, int], ...], up_at: int
) -> None:
    installed = box("b", at=None, method=Method.INSTALL, replaces="a")
    inventory = estate([box("a", method=Method.RETIRE), installed], [service("s", None, live("a"))])
    steps = [*chain("a", 5, (K.STOP, 5)), *chain("b", 10, (K.MOUNT, 10), *kinds)]
    assert replay(inventory, Truth(inventory), steps).unavailable == {"s": spans((5, up_at))}


def test_nobody_serves_a_role_during_the_switch_over() -> None:
    installed = box("b", at=None, method=Method.INSTALL, replaces="a")
    inventory = estate([box("a"), installed], [service("s", None, live("a"))])
    steps = chain("b", 10, (K.MOUNT, 10), (K.START, 10), (K.CHECK, 10), (K.SWITCH_OVER, 7))
    replayed = replay(inventory, Truth(inventory), steps)
    assert replayed.unavailable == {"s": spans((40, 47))}
    assert replayed.end.server("a") == "b"


@pytest.mark.parametrize(("dual_lay", "out"), [(False, (10, 45)), (True, (40, 45))])
def test_a_line_without_dual_lay_is_down_from_the_start_of_lay(dual_lay: bool, out: tuple[int, int]) -> None:
    line = box("l", kind=AssetKind.LINE, method=Method.RELAY, to="new", dual_lay=dual_lay)
    inventory = estate([line], [service("s", None, live("l"))])
    steps = chain("l", 10, (K.LAY, 20), (K.TEST, 10), (K.SWITCH_OVER, 5), line=1)
    replayed = replay(inventory, Truth(inventory), steps)
    assert replayed.unavailable == {"s": spans(out)}
    assert replayed.end.position("l") == Position("new")


def test_a_renumbered_asset_serves_again_after_its_check() -> None:
    inventory = estate([box("a", method=Method.RENUMBER)], [service("s", None, live("a"))])
    steps = chain("a", 10, (K.RENUMBER, 5), (K.CHECK, 5))
    assert replay(inventory, Truth(inventory), steps).unavailable == {"s": spans((10, 20))}


def test_a_migrated_vm_stays_up_and_changes_its_host_at_the_end() -> None:
    inventory = estate([vm("v", "h"), box("h"), box("g", "new")], [service("s", Leaf("v"))])
    steps = [Step("m", K.MIGRATE, ("v",), 10, 20, hosts={"v": "g"}), *chain("h", 20, (K.STOP, 5))]
    replayed = replay(inventory, Truth(inventory), steps)
    assert replayed.unavailable == {"s": Spans()}


def test_needs_cross_a_bridge_from_its_test_to_its_closing() -> None:
    links = {"br": Link("br", "br", ("old", "new"), bridge=True)}
    inventory = estate([box("a", needs=(live("b"),)), box("b", "new")], links=links)
    steps = [*chain("br", 10, (K.TEST, 10)), *chain("br", 50, (K.CLOSE, 5))]
    bridged = replay(inventory, Truth(inventory), steps).bridged(inventory)
    assert [(span, len(over)) for span, over in bridged] == [(Span(20, 50), 1)]


class TestDeclare:
    inventory = estate(
        systems=[service("s", hours="day"), service("t")],
        timetable=Timetable(hours={"day": Hours("day", (DailyHours(DaySet(), 60, 120),))}),
        policy=Policy(rounding=15),
    )

    def test_an_outage_is_rounded_outward_by_less_than_the_rounding(self) -> None:
        (outage,) = declare(self.inventory, {"s": spans((31, 44))})
        assert (outage.span, outage.computed) == (Span(30, 45), 13)

    def test_an_exact_span_is_not_widened(self) -> None:
        (outage,) = declare(self.inventory, {"s": spans((30, 45))})
        assert outage.span == Span(30, 45)

    def test_spans_closer_than_the_rounding_share_one_outage(self) -> None:
        assert [o.span for o in declare(self.inventory, {"s": spans((30, 45), (59, 70))})] == [Span(30, 75)]
        assert [o.span for o in declare(self.inventory, {"s": spans((30, 45), (60, 70))})] == [
            Span(30, 45),
            Span(60, 75),
        ]

    def test_inside_are_the_computed_minutes_in_service_hours(self) -> None:
        s, t = declare(self.inventory, {"s": spans((50, 70)), "t": spans((50, 70))})
        assert (s.inside, t.inside) == (10, 20)

    def test_friday_night_to_saturday_morning_counts_from_the_opening(self) -> None:
        hours = Timetable(hours={"h": Hours("h", (DailyHours(DaySet(), 390, 1320),))})
        inventory = estate(systems=[service("s", hours="h")], timetable=hours)
        (outage,) = declare(inventory, {"s": spans((1380, 1980))})
        assert outage.inside == 150
