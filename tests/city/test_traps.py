"""The plan of the shipped example does not step into the example's traps."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

Data = dict[str, Any]
Stretch = tuple[datetime, datetime]

DEPARTURE = datetime.fromisoformat("2027-03-01T00:00+09:00")
"""When the tax system goes to the Government Cloud."""


@pytest.fixture(scope="module")
def data(city_plan: Path) -> Data:
    plan: Data = json.loads(city_plan.read_text(encoding="utf-8"))
    return plan


def stretch(data: Data) -> Stretch:
    return datetime.fromisoformat(data["start"]), datetime.fromisoformat(data["end"])


def steps(data: Data) -> Iterator[Data]:
    yield from (step for wave in data["waves"] for step in wave["steps"])


def of(data: Data, id: str, kind: str) -> Stretch:
    """The only step of that kind of an asset."""
    (found,) = (stretch(step) for step in steps(data) if id in step["assets"] and step["kind"] == kind)
    return found


def duties(data: Data, team: str) -> dict[str, list[Stretch]]:
    """The steps of each person of a team, doing or watching, in order."""
    found: dict[str, list[Stretch]] = {}
    for step in [*steps(data), *data["preparation"]]:
        for person in {*step.get("people", ()), step.get("witness")}:
            if person and person.startswith(f"{team}/"):
                found.setdefault(person, []).append(stretch(step))
    return {person: sorted(stretches) for person, stretches in found.items()}


def shifts(stretches: list[Stretch]) -> Iterator[Stretch]:
    """Runs of work without eleven hours of rest in between."""
    begin, end = stretches[0]
    for (_, before), (after, until) in pairwise(stretches):
        if after - max(end, before) >= timedelta(hours=11):
            yield begin, end
            begin = after
        end = max(end, until)
    yield begin, end


def outages(data: Data, system: str) -> list[Data]:
    return [outage for outage in data["outages"] if outage["system"] == system]


def test_t3_one_core_switch_is_back_before_the_other_stops_and_the_network_is_never_out(data: Data) -> None:
    away = sorted((of(data, id, "stop")[0], of(data, id, "check")[1]) for id in ("core1", "core2"))

    assert away[0][1] <= away[1][0]
    assert outages(data, "net") == []


def test_t4_directory_and_dhcp_are_back_before_the_management_server_and_it_before_what_waits_for_it(
    data: Data,
) -> None:
    directory = min(of(data, id, "check")[1] for id in ("adB1", "adB2"))
    waiting = min(of(data, id, "start")[0] for id in ("vdi1", "vdi2", "vdicb"))

    assert max(directory, of(data, "dhcp1", "check")[1]) <= of(data, "vcs", "start")[0]
    assert of(data, "vcs", "check")[1] <= waiting


@pytest.mark.parametrize(
    ("key", "subject"),
    [
        ("s17.circuit", "co1"),
        ("s17.floor_load", "R1"),
        ("s17.floor_load", "R2"),
        ("s17.floor_load", "R3"),
        ("s17.floor_load", "R5"),
    ],
)
def test_t5_t6_the_old_circuit_and_floor_are_told_as_pre_existing_and_end_with_the_move(
    data: Data, key: str, subject: str
) -> None:
    told = [f for f in data["verdict"]["findings"] if f["key"] == key and subject in f["subjects"]]

    assert told
    assert all(finding["pre_existing"] for finding in told)
    ends = [datetime.fromisoformat(finding["span"]["end"]).timestamp() // 60 for finding in told]
    assert max(ends) < data["inventory"]["project"]["horizon"]["end"]


def test_t5_t6_no_rack_circuit_or_floor_is_overloaded_anew(data: Data) -> None:
    new = [f for f in data["verdict"]["findings"] if f["rule"] == "S17" and f["severity"] == "error"]

    assert {subject for f in new for subject in f["subjects"]} == {"co1", "R1", "R2", "R3", "R5", "old"}


def test_t7_certificates_are_out_only_in_the_new_year_closing_or_at_night(data: Data) -> None:
    closing = datetime.fromisoformat("2026-12-29T00:00+09:00"), datetime.fromisoformat("2027-01-04T00:00+09:00")
    assert outages(data, "cvs")
    for outage in outages(data, "cvs"):
        begin, end = stretch(outage["span"])
        at_night = time(23, 0) <= begin.time() and end.time() <= time(6, 30)
        assert outage["inside"] == 0
        assert (closing[0] <= begin and end <= closing[1]) or at_night, (begin, end)


@pytest.mark.parametrize("system", ["koseki", "jumin", "lgwan", "zei", "tel", "bosai"])
def test_t7_what_they_lean_on_and_what_is_never_out_costs_no_minute_of_service(data: Data, system: str) -> None:
    assert sum(outage["inside"] for outage in outages(data, system)) == 0


def test_t15_nobody_of_the_office_works_longer_than_twelve_hours_without_eleven_of_rest(data: Data) -> None:
    people = duties(data, "ict")

    assert set(people) <= {f"ict/{number}" for number in range(1, 7)}
    for person, stretches in people.items():
        for begin, end in shifts(stretches):
            assert end - begin <= timedelta(hours=12), (person, begin, end)


def test_t15_somebody_of_the_office_is_fresh_when_it_opens(data: Data) -> None:
    work = [(person, *worked) for person, stretches in duties(data, "ict").items() for worked in stretches]
    openings = {datetime.combine(day, time(8, 30), DEPARTURE.tzinfo) for day in _opening_days_after(data, work)}

    assert openings
    for opening in openings:
        evening = opening - timedelta(hours=11)
        assert len({person for person, start, end in work if start < opening and end > evening}) < 6, opening


def _opening_days_after(data: Data, work: list[tuple[str, datetime, datetime]]) -> set[date]:
    """Opening days on which somebody worked, or on the day before."""
    days = {end.date() + timedelta(days=later) for _, _, end in work for later in (0, 1)}
    holidays = data["inventory"]["timetable"]["holidays"]
    return {day for day in days if day.weekday() < 5 and day.isoformat() not in holidays and not _is_new_year(day)}


def _is_new_year(day: date) -> bool:
    return (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)


def test_t17_the_box_of_the_tax_system_stays_until_the_system_has_left(data: Data) -> None:
    kinds = {step["kind"] for step in steps(data) if "zap1" in step["assets"]}

    assert kinds <= {"stop", "dispose"}
    assert of(data, "zap1", "dispose")[0] >= DEPARTURE
    assert [d["chosen"] for d in data["decisions"] if d["subject"] == "zap1"] == ["stay"]


@pytest.mark.long
def test_t18_family_register_and_residents_stop_start_and_are_accepted_as_one(tied_plan: Path) -> None:
    plan: Data = json.loads(tied_plan.read_text(encoding="utf-8"))
    found = [step for step in steps(plan) if {"koseki", "jumin"} & set(step["assets"])]
    together = [step["assets"] for step in found if step["kind"] in ("stop", "accept")]
    starts = [step["assets"] for step in sorted(found, key=stretch) if step["kind"] == "start"]

    assert together
    assert all({"koseki", "jumin"} <= set(assets) for assets in together)
    assert starts == [["jumin"], ["koseki"]] * (len(together) // 2)
    assert [outage["span"] for outage in outages(plan, "jumin")] == [
        outage["span"] for outage in outages(plan, "koseki")
    ]
