"""Which plans are offered: none that another beats in everything, the chosen one whatever it comes to."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.plan.choice import Candidate, Choice, Dropped, Why
from planner.plan.plan import Term
from planner.plan.wording_choice import AIMS, contrast, title
from planner.scheduling.aim import AIMS as ASKED
from planner.whatif.choosing import beats, choose, labels
from planner.whatif.tally import tally
from tests.safety import weekend

PLAN = weekend.plan()
TALLY = tally(PLAN)
IDS = ("service_minutes", "outage_minutes", "waves", "bridge_sum", "bridge_peak", "person_hours", "end_day")


def of(id: str, **values: int) -> Candidate:
    """A plan whose terms are these, all others 0."""
    terms = tuple(Term(term, values.get(term, 0), 0, "trivial", first=term == IDS[0]) for term in IDS)
    numbers = replace(TALLY, service=terms[0].value, value=sum(term.value for term in terms[1:]))
    return Candidate(id, replace(PLAN, objective=terms), numbers)


def ids(choice: Choice) -> list[str]:
    return [each.id for each in choice.offered]


def test_what_another_plan_beats_is_dropped_and_named_with_it() -> None:
    base = of("plan", waves=48_000, outage_minutes=100)
    found = choose(
        [base, of("waves-1", waves=24_000, outage_minutes=300), of("least-bridge", waves=48_000, outage_minutes=200)], 9
    )

    assert ids(found) == ["plan", "waves-1"]
    assert found.dropped == (Dropped("least-bridge", Why.WORSE, "plan"),)


def test_of_plans_that_come_to_the_same_the_first_is_offered() -> None:
    base, one = of("plan", waves=48_000), of("waves-1", waves=24_000, outage_minutes=1)
    found = choose([base, one, replace(one, id="least-bridge")], 9)

    assert found.dropped == (Dropped("least-bridge", Why.EQUAL, "waves-1"),)


def test_the_chosen_plan_stays_first_even_if_an_alternative_beats_it_and_that_is_said() -> None:
    found = choose([of("plan", outage_minutes=200), of("least-downtime", outage_minutes=100)], 9)

    assert ids(found) == ["plan", "least-downtime"]
    assert [each.better for each in found.offered] == [False, True]
    assert next(contrast(found, found.offered[1], "en")) == "by the policy's own weights better too: 1 against 2"


def test_more_than_are_wanted_are_dropped_from_the_end() -> None:
    every = [of("plan", end_day=9), of("waves-1", end_day=8, waves=1), of("earliest-end", end_day=7, waves=2)]
    found = choose(every, 2)

    assert ids(found) == ["plan", "waves-1"]
    assert found.dropped == (Dropped("earliest-end", Why.SURPLUS),)


def test_nothing_is_won_by_being_out_in_service_hours_instead_of_others() -> None:
    inside, outside = of("plan", service_minutes=500), of("waves-1", outage_minutes=500)

    assert inside.values["downtime"] == outside.values["downtime"] == 500
    assert beats(outside.values, inside.values)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 3), min_size=7, max_size=7), min_size=1, max_size=7), st.integers(2, 9))
def test_no_alternative_is_beaten_and_everything_is_offered_or_told(rows: list[list[int]], most: int) -> None:
    names = ["plan", *(aim.id for aim in ASKED)]
    every = [of(name, **dict(zip(IDS, row, strict=True))) for name, row in zip(names, rows, strict=False)]
    found = choose(every, most)

    assert found.offered[0].id == "plan"
    assert len(found.offered) <= most
    assert not any(beats(one.values, other.values) for one in every for other in found.offered[1:])
    assert sorted([*ids(found), *(each.id for each in found.dropped)]) == sorted(each.id for each in every)


def test_a_plan_is_called_by_what_it_is_better_in_of_all_aims_that_led_to_it() -> None:
    better = of("least-downtime", bridge_sum=5)
    found = choose([of("plan", bridge_sum=9), better, replace(better, id="least-bridge")], 9)

    assert labels(found) == {"plan": "plan", "least-downtime": "least-bridge"}


def test_every_aim_has_a_name_in_both_languages() -> None:
    assert {aim.id for aim in ASKED} | {"plan", "waves"} == set(AIMS["ja"]) == set(AIMS["en"])
    assert (title("waves-3", "ja"), title("waves-3", "en")) == ("波は 3 以内", "waves limited to 3")


def test_what_is_won_and_given_up_is_told_in_the_units_of_the_policy() -> None:
    base = of("plan", waves=48_000, person_hours=2_000, end_day=900, bridge_sum=660)
    found = choose([base, of("least-bridge", waves=72_000, service_minutes=3_000, bridge_sum=60, end_day=200)], 9)

    assert list(contrast(found, found.offered[1], "en")) == [
        "wins: 10 need-hours less across the bridge; 10 person-hours less overtime; days earlier: 7",
        "gives up: 30 min x weight more in service hours; 30 min x weight more outage; more waves: 1",
    ]
    assert next(contrast(found, found.offered[1], "ja")) == (
        "得るもの: 仮設回線を通る通信 -10 件x時間、残業 -10 人時、7 日早く終わる"
    )
