"""When steps may lie, as the calendar says."""

from planner.model.asset import Asset
from planner.model.chain import Method
from planner.model.timetable import Blackout, DaySet, Timetable, WindowPattern, WindowShape
from planner.scheduling.job import JobKind, jobs_of
from planner.scheduling.open_times import OpenTimes
from planner.units.span import Span
from tests.scheduling.estate import box, estate, leaf_tree, service, works


def test_a_switch_over_minds_the_blackouts_of_what_runs_on_the_role_and_racking_does_not() -> None:
    """Of two members one is left during the switch-over, so that no service is out."""
    closing = Blackout("closing", "accounts are closed", extra=(Span(2000, 3000),))
    always = WindowPattern("any", "any", WindowShape.DAILY, 0, 1440, DaySet())
    pair = service("s", leaf_tree("a", "b", count=1), blackouts=frozenset({"closing"}))
    new: Asset = box("n", at=None, method=Method.INSTALL, replaces="a", works=works(mount=10, switch_over=10))
    inventory = estate([box("a"), box("b"), new], [pair], timetable=Timetable(windows=(always,), blackouts=(closing,)))
    times, jobs = OpenTimes(inventory), {job.kind: job for job in jobs_of(inventory)}

    closed = Span(1990, 3010)
    assert [(s.start, s.end) for s in times.usable_by("n", jobs[JobKind.SWITCH], ()).within(closed)] == [
        (1990, 2000),
        (3000, 3010),
    ]
    assert times.usable_by("n", jobs[JobKind.INSTALL], ()).covers(closed)


def test_who_handed_its_role_over_is_free_of_its_blackouts_and_who_took_it_is_bound() -> None:
    closing = Blackout("closing", "accounts are closed", extra=(Span(2000, 3000),))
    always = WindowPattern("any", "any", WindowShape.DAILY, 0, 1440, DaySet())
    pair = service("s", leaf_tree("a", "b", count=1), blackouts=frozenset({"closing"}))
    new: Asset = box("n", at=None, method=Method.INSTALL, replaces="a", works=works(mount=10, switch_over=10))
    newer: Asset = box("m", at=None, method=Method.INSTALL, replaces="n", works=works(mount=10, switch_over=10))
    assets = [box("a"), box("b"), new, newer]
    inventory = estate(assets, [pair], timetable=Timetable(windows=(always,), blackouts=(closing,)))
    times, closed = OpenTimes(inventory), Span(2000, 3000)

    def bound(*heirs: str) -> set[str]:
        return {id for id in inventory.assets if not times.usable_by(id, None, (), frozenset(heirs)).covers(closed)}

    assert bound() == {"a", "b"}
    assert bound("n") == {"b", "n"}
    assert bound("n", "m") == {"b", "m"}
