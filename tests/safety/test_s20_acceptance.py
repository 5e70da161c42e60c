from dataclasses import replace

import pytest

from planner.model.inventory import Inventory
from planner.model.timetable import DailyHours, DaySet, Hours, Timetable
from planner.plan.step import Step
from planner.safety.rules.s20_acceptance import RULE
from tests.safety.estates import (
    asset,
    carried,
    estate,
    findings,
    hard,
    live,
    moved,
    plan,
    sentences,
    start,
    steps,
    system,
    works,
)


def test_a_check_needs_the_hard_and_live_needs_of_its_subject_throughout() -> None:
    inventory = estate(carried("a", needs=(live("b"),)), asset("b", room="new"))

    def found(stop: int) -> list[object]:
        return list(findings(RULE, plan(inventory, steps(*moved("a", 100), f"{stop} {stop + 10} stop b"))))

    assert found(160) == []
    assert found(155) == [("s20.check_need", ("a", "b"), (155, 160))]


def test_an_acceptance_needs_the_systems_members_and_needs_throughout() -> None:
    inventory = estate(carried("a"), asset("b", room="new"), system("s", "a", needs=(live("b"),)))
    lines = ("90 100 stop s", *moved("a", 100), "160 170 start s", "170 200 accept s")

    assert findings(RULE, plan(inventory, steps(*lines))) == []
    broken = plan(inventory, steps(*lines, "190 210 stop b"))
    assert findings(RULE, broken) == [("s20.acceptance_need", ("s", "b"), (190, 200))]
    assert sentences(RULE, broken) == ["s is accepted while b, which it needs, does not hold (step s009)"]


def test_acceptances_wait_for_the_acceptances_of_needed_systems() -> None:
    inventory = estate(asset("a"), system("ad", "a"), system("s", "a", needs=(live("ad"),)))
    stops = ("0 10 stop s", "10 20 stop ad", "20 30 start ad", "20 30 start s")

    assert findings(RULE, plan(inventory, steps(*stops, "30 40 accept ad", "40 50 accept s"))) == []
    assert findings(RULE, plan(inventory, steps(*stops, "30 45 accept ad", "40 50 accept s"))) == [
        ("s20.acceptance_need", ("s", "ad"), (40, 45))
    ]


def test_a_dependent_may_start_before_the_acceptance_of_what_it_lives_on() -> None:
    inventory = estate(asset("a"), system("ad", "a"), system("s", "a", needs=(live("ad"),)))
    done = steps("0 10 stop s ad", "20 30 start ad s", "30 40 accept ad", "40 50 accept s")

    assert findings(RULE, plan(inventory, done)) == []


def test_start_needs_hold_through_start_and_check_also_inside_outages() -> None:
    inventory = estate(carried("a", needs=(start("dhcp"),)), carried("dhcp"))

    assert findings(RULE, plan(inventory, steps(*moved("dhcp", 80), *moved("a", 100)))) == []
    late = plan(inventory, steps(*moved("dhcp", 85), *moved("a", 100)))
    assert findings(RULE, late) == [("s20.start_need", ("a", "dhcp"), (140, 145))]


def test_a_start_without_the_check_that_takes_time_is_found() -> None:
    inventory = estate(carried("a", works=works(check=10)), system("s", works=works(accept=30)))

    assert findings(RULE, plan(inventory, steps(*moved("a", 100)[:-1]))) == [("s20.untested", ("a",), (140, 150))]
    assert findings(RULE, plan(inventory, steps("0 5 stop s", "5 15 start s"))) == [("s20.untested", ("s",), (5, 15))]


def test_a_cycle_starts_in_order_and_is_accepted_as_one() -> None:
    koseki = system("koseki", "a", needs=(hard("jumin"),))
    jumin = system("jumin", "a", needs=(hard("koseki"),))
    inventory = estate(asset("a"), koseki, jumin)
    starts = ("0 10 stop jumin", "10 20 stop koseki", "20 30 start koseki", "30 40 start jumin")

    assert findings(RULE, plan(inventory, steps(*starts, "40 60 accept koseki jumin"))) == []
    apart = plan(inventory, steps(*starts, "40 60 accept koseki", "40 70 accept jumin"))
    assert findings(RULE, apart) == [("s20.accepted_apart", ("koseki", "jumin"), (40, 70))]


Night = tuple[Inventory, tuple[Step, ...]]


@pytest.fixture
def night() -> Night:
    """A system that can be tested from 540 on, the outside service's opening, accepted at 300; nine hours from UTC."""
    opening = Timetable(hours={"outside": Hours("outside", (DailyHours(DaySet(), 18 * 60, 22 * 60),))})
    tested = system("s", "a", accept_hours="outside", fallback="paper")
    return estate(asset("a"), tested, timetable=opening), steps("0 10 stop s", "10 20 start s", "300 330 accept s")


def test_an_acceptance_outside_the_hours_of_the_outside_service_is_found(
    night: Night,
) -> None:
    inventory, done = night

    assert findings(RULE, plan(inventory, done)) == [("s20.outside_hours", ("s",), (300, 330))]


def test_a_provisional_acceptance_needs_a_fallback(night: Night) -> None:
    inventory, (stop, begin, accept) = night
    helpless = replace(inventory, systems={"s": replace(inventory.systems["s"], fallback=None)})
    (confirm,) = steps("540 550 confirm s")
    done = (stop, begin, replace(accept, provisional=True), replace(confirm, id="c", people=("ict/1",)))

    assert sentences(RULE, plan(helpless, done)) == ["s is accepted provisionally and has no fallback"]


def test_an_acceptance_inside_the_hours_of_the_outside_service_needs_nothing_more(night: Night) -> None:
    inventory, (stop, begin, accept) = night
    by_day = replace(accept, start=600, end=630)

    assert findings(RULE, plan(inventory, (stop, begin, by_day))) == []


def test_a_provisional_acceptance_is_confirmed_by_named_people_at_the_first_testable_minute(
    night: Night,
) -> None:
    inventory, (stop, begin, accept) = night
    provisional = (stop, begin, replace(accept, provisional=True))

    def found(at: int, *people: str) -> list[str]:
        (confirm,) = steps(f"{at} {at + 10} confirm s")
        confirmed = replace(confirm, id="c", people=people)
        return [key for key, *_ in findings(RULE, plan(inventory, (*provisional, confirmed)))]

    assert found(540, "ict/1") == []
    assert found(541, "ict/1") == ["s20.unconfirmed"]
    assert found(540) == ["s20.confirmed_by_nobody"]
    first, second = (replace(s, id=f"c{n}") for n, s in enumerate(steps("540 550 confirm s", "540 560 confirm s")))
    named = (*provisional, first, replace(second, people=("ict/1",)))
    assert findings(RULE, plan(inventory, named)) == []
