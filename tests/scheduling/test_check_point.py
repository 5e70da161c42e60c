"""Until when turning back can be decided: counted from when a system is out, whatever took it out (S13)."""

from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.need import Leaf
from planner.plan.step import Step
from planner.plan.wave import CheckPoint
from planner.scheduling.check_point import CheckPoints
from planner.scheduling.truth import Truth
from planner.units.span import Span, Spans
from tests.scheduling.estate import box, estate, service
from tests.scheduling.test_outages import CARRY, chain

K = StepKind
MARGIN = 30


def moved() -> tuple[Inventory, list[Step]]:
    """A box is carried from minute 105 to 185, its service is stopped before and accepted at minute 200."""
    inventory = estate([box("a", to="new")], [service("s", Leaf("a"), longest_elapsed=300, budget=5000)])
    return inventory, [
        *chain("s", 100, (K.STOP, 5)),
        *chain("a", 105, *CARRY),
        *chain("s", 185, (K.START, 5), (K.ACCEPT, 10)),
    ]


def checked(out: Spans, window_end: int = 5000) -> CheckPoint:
    """The check point after the check of the box."""
    inventory, steps = moved()
    truth = Truth(inventory)
    finder = CheckPoints(inventory, truth, window_end, {}, {"s": out})
    return next(c for c in finder.of_turn(steps, truth.start(), None) if c.planned == 185)


def test_the_latest_return_counts_from_the_computed_outage_not_from_the_stop_of_the_system() -> None:
    early, own = checked(Spans((Span(60, 200),))), checked(Spans((Span(100, 200),)))
    assert own.bound_by == early.bound_by == "s"
    assert own.deadline == 100 + 300 - MARGIN - (own.minutes or 0)
    assert early.deadline == own.deadline - 40


def test_a_system_that_is_available_at_the_check_point_may_be_taken_out_from_then_on() -> None:
    point = checked(Spans((Span(100, 160),)))
    assert (point.deadline, point.bound_by) == (185 + 300 - MARGIN - (point.minutes or 0), "s")


def test_the_end_of_the_window_always_enters() -> None:
    point = checked(Spans((Span(100, 200),)), window_end=350)
    assert (point.deadline, point.bound_by) == (350 - MARGIN - (point.minutes or 0), "window")
