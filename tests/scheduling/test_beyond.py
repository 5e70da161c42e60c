"""What remains possible after a point of no return."""

from dataclasses import replace

import pytest

from planner.model.system import Criticality, System
from planner.plan.wave import CARRY_ON
from planner.scheduling.beyond import fallback, permitted_delay
from planner.units.span import Span, Spans
from tests.scheduling.estate import box, estate, service

LEFT = Span(100, 500)


def systems(**facts: object) -> list[System]:
    plain = service("tax", hours=None, budget=60)
    return [
        replace(plain, fallback="on paper", criticality=Criticality.B, **facts),  # type: ignore[arg-type]
        replace(plain, id="births", fallback="night watch", criticality=Criticality.S),
        replace(plain, id="mail", fallback=None),
    ]


def test_the_most_critical_of_those_who_are_out_afterwards_is_named_first() -> None:
    inventory = estate([box("a")], systems())
    out = {"tax": Spans((Span(90, 130),)), "births": Spans((Span(200, 210),)), "mail": Spans((Span(120, 140),))}
    assert fallback(inventory, out, LEFT) == "night watch / on paper"
    assert fallback(inventory, {"births": Spans((Span(20, 40),))}, LEFT) == CARRY_ON


@pytest.mark.parametrize(
    ("out", "expected"),
    [
        ((), 80),  # the window ends at 500, the last step at 420
        ((Span(10, 20), Span(110, 150)), 10),  # 60 minutes of budget, of which 10 are spent: back by 160
        ((Span(10, 20),), 80),  # over before
        ((Span(110, 190),), 0),  # later than it may be already
    ],
)
def test_the_delay_is_what_window_and_budgets_leave(out: tuple[Span, ...], expected: int) -> None:
    inventory = estate([box("a")], systems())
    assert permitted_delay(inventory, {"tax": Spans(out)}, LEFT, 420) == expected
