from datetime import date

import pytest

from planner.model.asset import Method
from planner.model.chain import StepKind
from planner.units.span import Span
from tests.sources.scenarios.conftest import Put, Refused


def test_a_room_opens_later_by_days_and_is_ready_as_much_later(put: Put) -> None:
    room = put("opens: [{room: new, days_later: 31}]").loaded.inventory.rooms["new"]

    clock = put("opens: [{room: new, days_later: 31}]").loaded.inventory.clock
    assert (room.opens, room.ready) == (clock.minute(date(2027, 1, 10)), clock.minute(date(2027, 1, 15)))


@pytest.mark.parametrize("text", ["{room: new, on: 2026-12-20}", "{room: new, days_later: 10}"])
def test_a_day_and_a_number_of_days_say_the_same(put: Put, text: str) -> None:
    inventory = put(f"opens: [{text}]").loaded.inventory

    assert inventory.rooms["new"].ready == inventory.clock.minute(date(2026, 12, 25))


def test_a_room_without_an_opening_day_gets_one(put: Put) -> None:
    inventory = put("opens: [{room: old, on: 2026-12-05}]").loaded.inventory

    assert inventory.rooms["old"].opens == inventory.clock.minute(date(2026, 12, 5))


def test_what_a_system_runs_on_and_the_needs_on_it_leave_with_it(put: Put) -> None:
    scenario = put("leaves: [{system: zei, days_later: 10}]")

    inventory, later = scenario.loaded.inventory, scenario.loaded.inventory.clock.minute(date(2027, 2, 11))
    assert (inventory.systems["zei"].leaves, inventory.assets["zap"].leaves) == (later, later)
    assert [need.until for need in inventory.systems["jumin"].needs] == [None, later]
    assert [edit.path for edit in scenario.edits] == [
        "systems.zei.leaves",
        "assets.zap.leaves",
        "systems.jumin.needs.1.last_day",
    ]


def test_a_person_is_away_for_some_days_also_where_people_are_only_counted(put: Put) -> None:
    inventory = put("away: [{person: va/2, from: 2027-01-09, last_day: 2027-01-11}]").loaded.inventory

    start = inventory.clock.minute(date(2027, 1, 9))
    assert [(person.id, person.absent) for person in inventory.teams["va"].people] == [
        ("va/1", ()),
        ("va/2", (Span(start, start + 3 * 1440),)),
        ("va/3", ()),
    ]


def test_a_smaller_team_is_without_its_last_people_for_the_whole_horizon(put: Put) -> None:
    inventory = put("away: [{team: va, people: 2}]").loaded.inventory

    horizon = inventory.project.horizon
    assert [person.absent for person in inventory.teams["va"].people] == [(), (horizon,), (horizon,)]


def test_skills_and_names_of_the_others_stay(put: Put) -> None:
    people = put("away: [{person: ict/1, from: 2027-01-09, last_day: 2027-01-09}]").loaded.inventory.teams["ict"].people

    assert [(person.name, person.skills) for person in people] == [("室長", frozenset()), ("網担当", {"network"})]


def test_a_called_election_is_one_more_blackout(put: Put) -> None:
    inventory = put("called: [{tag: election, why: 総選挙, days: [2027-01-10], everyone: true}]").loaded.inventory

    assert [(b.tag, b.everyone) for b in inventory.timetable.blackouts] == [("tax", False), ("election", True)]


def test_a_lost_window_is_closed_for_everyone(put: Put) -> None:
    inventory = put("lost: [2027-01-09..2027-01-11, {days: 2027-01-20, why: 停電}]").loaded.inventory

    lost = inventory.timetable.blackouts[1:]
    assert [(blackout.why, blackout.everyone) for blackout in lost] == [("lost-1", True), ("停電", True)]
    assert lost[0].days[0].dates == ((date(2027, 1, 9), date(2027, 1, 11)),)


def test_an_asset_that_is_dead_on_arrival_retires_on_its_way(put: Put) -> None:
    scenario = put("dead: [ap1]")

    assert scenario.dead == ("ap1",)
    assert scenario.loaded.inventory.assets["ap1"].method is Method.RETIRE


def test_what_is_dead_is_switched_off_and_not_thrown_away(put: Put) -> None:
    steps = "steps: {stop: 7m, dispose: 50m}, irreversible: [stop, dispose]"
    scenario = put(f"change: {{servers: [{{id: ap1, {steps}}}]}}\ndead: [ap1, ap1]")
    found = scenario.loaded.inventory.assets["ap1"]

    assert scenario.dead == ("ap1",)
    assert found.irreversible == frozenset()
    assert [found.works[kind].duration.likely for kind in (StepKind.STOP, StepKind.DISPOSE)] == [7, 0]


def test_two_people_away_at_one_time_are_two_and_at_different_times_may_be_the_same(put: Put) -> None:
    def gone(text: str) -> list[int]:
        return [len(person.absent) for person in put(text).loaded.inventory.teams["va"].people]

    assert gone("away: [{team: va, people: 1}, {team: va, people: 1}]") == [0, 1, 1]
    assert gone("away: [{person: va/3}, {team: va}]") == [0, 1, 1]
    at = (f"{{team: va, from: 2027-0{month}-01, last_day: 2027-0{month}-09}}" for month in (1, 2))
    assert gone(f"away: [{', '.join(at)}]") == [0, 0, 2]


def test_what_is_new_and_never_comes_leaves_what_it_replaces_in_its_place(put: Put) -> None:
    inventory = put("dead: [ap2]").loaded.inventory

    assert "ap2" not in inventory.assets
    assert inventory.assets["ap3"].method is Method.STAY


def test_orders_and_swaps_are_kept_for_the_plan_that_they_speak_of(put: Put) -> None:
    scenario = put("order: [[db1, ap1]]\nswap: [[W1, W2]]")

    assert [[named.id for named in chain] for chain in (*scenario.order, *scenario.swaps)] == [
        ["db1", "ap1"],
        ["W1", "W2"],
    ]
    assert scenario.edits == ()


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("opens: [{room: nwe, days_later: 3}]", [("E301", 1, 16)]),
        ("opens: [{room: new}]", [("E313", 1, 10)]),
        ("opens: [{room: new, on: 2027-01-01, days_later: 3}]", [("E313", 1, 10)]),
        ("opens: [{room: new, on: 2026-12-10}]", [("E312", 1, 25)]),
        ("opens: [{room: old, days_later: 3}]", [("E314", 1, 33)]),
        ("opens: [{room: new, on: 2027-02-30}]", [("E405", 1, 25)]),
        ("opens: [{room: new, days_later: soon}]", [("E203", 1, 33)]),
        ("leaves: [{system: jumin, days_later: 3}]", [("E314", 1, 38)]),
        ("leaves: [{system: db1, on: 2027-01-01}]", [("E301", 1, 19)]),
        ("away: [{person: va/9}]", [("E301", 1, 17)]),
        ("away: [{team: va, people: 4}]", [("E315", 1, 27)]),
        ("away: [{from: 2027-01-09}]", [("E313", 1, 9)]),
        ("away: [{person: va/1, people: 3}]", [("E313", 1, 31)]),
        ("away: [{team: va, people: 2}, {team: va, people: 2}]", [("E315", 1, 50)]),
        ("away: [{team: va, from: 2030-01-09, last_day: 2030-01-10}]", [("E312", 1, 19)]),
        ("called: {tag: election, why: x, days: [2027-01-10]}", [("E203", 1, 10)]),
        ("lost: [2020-01-01]", [("E312", 1, 8)]),
        ("called: [{tag: election, days: [someday]}]", [("E410", 1, 33)]),
        ("called: [{why: x}]", [("E202", 1, 11)]),
        ("lost: [2027-13-01]", [("E405", 1, 8)]),
        ("dead: [db9]", [("E301", 1, 8)]),
        ("dead: [ap3]", [("E316", 1, 8)]),
        ("order: [[db1]]", [("E203", 1, 9)]),
        ("swap: [[W1, W1]]", [("E203", 1, 8)]),
        ("swap: [[W1, W2, W3]]", [("E203", 1, 8)]),
    ],
)
def test_a_short_form_that_does_not_fit_is_told_where_it_stands(
    refused: Refused, text: str, faults: list[tuple[str, int, int]]
) -> None:
    assert refused(text) == faults
