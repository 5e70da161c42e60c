"""What has to happen before something is touched is known before it is timed."""

from dataclasses import replace
from datetime import date

import pytest

from planner.model.asset import Application, AssetKind, Backup, Cluster, Work
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.timetable import DailyHours, DaySet, Hours, Timetable
from planner.scheduling.appointment import appointments, first_visit
from planner.scheduling.job import Job, jobs_of, safe_from
from planner.scheduling.safeguards import data_on
from planner.units.clock import DAY
from planner.units.duration import Duration
from planner.units.span import Span
from tests.scheduling.estate import box, estate, vm, works

BACKUP = Backup(Work(Duration.fixed(60)), max_age=600)


def job(inventory: Inventory, id: str) -> Job:
    (found,) = [job for job in jobs_of(inventory) if id in job.subjects]
    return found


def test_data_lie_on_what_moves_and_on_what_is_inside_it() -> None:
    data = {"stateful": True, "backup": BACKUP}
    inventory = estate(
        [
            box("san", **data),
            box("hv"),
            box("lone"),
            vm("stored", "hv", cluster="cl", **data),
            vm("local", "lone", **data),
            vm("empty", "lone"),
        ],
        clusters={"cl": Cluster("cl", "cl", ("hv",), "san")},
    )

    assert [asset.id for asset in data_on(inventory, ["san"])] == ["san", "stored"]
    assert [asset.id for asset in data_on(inventory, ["lone"])] == ["local"]
    assert list(data_on(inventory, ["hv"])) == []


def test_what_was_accepted_bounds_every_job_on_the_asset() -> None:
    agreed = Application(accepted=0, since=1000, until=2000)
    assets = [box("moved", to="new", application=agreed), box("gone", method=Method.RETIRE, application=agreed)]
    inventory = estate(assets)

    assert [(job(inventory, id).not_before, job(inventory, id).not_after) for id in ("moved", "gone")] == [
        (1000, 2000),
        (1000, 2000),
    ]


def test_an_address_changes_after_its_time_to_live_can_have_been_lowered() -> None:
    facts = {"method": Method.RENUMBER, "new_address": "10.1.0.1", "works": works(renumber=10, check=5, lower_ttl=10)}

    assert safe_from(estate(), box("a", old_ttl=60, **facts)) == 70
    assert safe_from(estate(), box("a", old_ttl=0, **facts)) is None
    assert safe_from(estate(), box("a", **facts)) is None


@pytest.mark.parametrize(("dual", "expected"), [(False, 3 * DAY), (True, None)])
def test_a_line_that_is_not_laid_ahead_waits_out_its_lead_time(dual: bool, expected: int | None) -> None:
    line = box("l", to="new", kind=AssetKind.LINE, method=Method.RELAY, lead_days=3, dual_lay=dual)

    assert safe_from(estate(), line) == expected


def test_the_lead_time_counts_from_the_application() -> None:
    line = box("l", kind=AssetKind.LINE, lead_days=3)
    applied = replace(line, application=Application(filed=-2 * DAY))
    inventory = estate()

    assert (first_visit(inventory, line), first_visit(inventory, applied)) == (3 * DAY, DAY)
    later = replace(inventory, project=replace(inventory.project, as_of=date(1970, 1, 2)))
    assert (first_visit(later, line), first_visit(later, applied)) == (4 * DAY, DAY)


def test_an_unknown_appointment_is_any_time() -> None:
    carrier = Timetable(hours={"carrier": Hours("carrier", (DailyHours(DaySet(), 540, 600),))})
    inventory = estate(timetable=carrier)

    assert appointments(inventory, box("l", kind=AssetKind.LINE)).parts == (inventory.project.horizon,)
    named = appointments(inventory, box("l", kind=AssetKind.LINE, appointments="carrier"))
    assert named.parts[0] == Span(540, 600)
