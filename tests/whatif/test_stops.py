"""How long the project may stop at each gate and between waves, and what breaks first."""

from dataclasses import replace

from planner.model.inventory import Inventory
from planner.model.place import Room, RoomKind
from planner.model.policy import Policy
from planner.model.timetable import (
    Blackout,
    DaySet,
    DayType,
    Phase,
    PowerCut,
    Timetable,
    WindowPattern,
    WindowShape,
)
from planner.plan.plan import Plan
from planner.plan.stop import Stop, Stopping
from planner.plan.wave import Gate, Turn, Wave
from planner.plan.wording_stops import broken, rule_of
from planner.units.progress import silent
from planner.units.span import Span
from planner.whatif.stops import stops
from tests.safety.estates import asset, carried, estate, link, live, moved, outage, plan, steps, system

DAY = 1440
FIRST, SECOND = 1000, 4000
"""When the two waves of these plans begin; the horizon ends at 10,000."""
MIDNIGHT = 900
"""The minute of a day (UTC) at which the next one begins in Tokyo."""
ONE_DAY = Policy(stop_point_days=1)


def two(*things: object, **more: object) -> Inventory:
    """Two servers that move in two waves, and what else stands around."""
    return estate(carried("a"), carried("b"), *things, policy=ONE_DAY, **more)


def in_waves(inventory: Inventory) -> Plan:
    """`a` moves in the first wave, `b` in the second."""
    made, parts = plan(inventory), []
    for number, (id, begin) in enumerate((("a", FIRST), ("b", SECOND)), 1):
        own = tuple(replace(s, id=f"w{number}-{s.id}") for s in steps(*moved(id, begin)))
        parts.append(Wave(f"w{number}", "any", Span(begin, begin + 600), (), own))
    return replace(made, waves=tuple(parts))


def found(of: Plan) -> tuple[Stop, ...]:
    return stops(of.inventory, of, silent)


def broken_by(stop: Stop) -> list[tuple[str, tuple[str, ...], int]]:
    """Rule, subjects and first instant of everything that the state breaks."""
    return [(rule_of(f), f.subjects, f.span.start) for f in stop.breaks if f.span is not None]


def test_a_state_that_nothing_ends_lasts_to_the_end_of_the_horizon() -> None:
    (stop,) = found(in_waves(two(link("l"))))

    assert (stop.id, stop.how, stop.begins, stop.resumes) == ("w1", Stopping.PAUSE, FIRST + 60, SECOND)
    assert (stop.lasts, stop.breaks, stop.asked) == (None, (), SECOND + DAY)


def test_a_room_that_closes_ends_the_state_long_after_the_policy_stops_asking() -> None:
    closing = Room("old", "old", RoomKind.SERVER_ROOM, closes=9000)

    (stop,) = found(in_waves(two(closing)))
    assert (stop.lasts, stop.asked) == (9000, SECOND + DAY)
    assert broken_by(stop) == [("S17", ("b", "old"), 9000)]


def test_the_first_of_several_dates_is_the_one_that_counts() -> None:
    phase, cut = Phase("p", "p", ("old",), Span(8000, 8500)), PowerCut("old", Span(7000, 7100), "inspection")

    (stop,) = found(in_waves(two(timetable=Timetable(phases=(phase,), power_cuts=(cut,)))))
    assert stop.lasts == 7000
    assert sorted({start for _, _, start in broken_by(stop)}) == [7000, 8000]


def test_a_link_that_ends_takes_the_services_with_it_that_hang_on_it() -> None:
    (stop,) = found(in_waves(two(link("l", until=6000), system("s", "a", needs=(live("b"),)))))

    assert stop.lasts == 6000
    assert ("S23", ("s",), 6000) in broken_by(stop)
    assert broken(next(f for f in stop.breaks if rule_of(f) == "S23"), "en") == "s is not available"


def test_a_need_that_begins_later_is_waited_for() -> None:
    later = live("c", since=5000)

    (stop,) = found(
        in_waves(
            two(asset("c", room="attic"), link("l"), system("s", "a", needs=(later,)), rooms=("old", "new", "attic"))
        )
    )
    assert stop.lasts == 5000


def test_a_departure_to_the_cloud_is_waited_for() -> None:
    leaving = system("s", "a", leaves=5000, cloud_needs=(live("b"),))

    (stop,) = found(in_waves(two(asset("c"), leaving)))
    assert stop.lasts is None  # without a place everything is reached
    (other,) = found(in_waves(two(carried("c", at=None), system("s", "a", leaves=5000, cloud_needs=(live("c"),)))))
    assert other.lasts == 5000


def turned(at: int, before: str, *, final: bool = False) -> Plan:
    """One wave of two turns, `a` and then `b`; whoever lives on both is told of one outage over both."""
    inventory = two(system("s", "a", needs=(live("b"),)))
    row = (*steps(*moved("a", FIRST)), *(replace(s, id=f"b{s.id}") for s in steps(*moved("b", FIRST + 200))))
    if final:
        first = replace(inventory.assets["a"], irreversible=frozenset({row[0].kind}))
        inventory = replace(inventory, assets={**inventory.assets, "a": first})
    turns = (Turn("t1", ("a",), FIRST, FIRST + 60), Turn("t2", ("b",), FIRST + 200, FIRST + 260))
    gates = (Gate("g", at, before, "p/1", "p/2", ("all is well",)),)
    wave = Wave("w1", "any", Span(FIRST, FIRST + 600), turns, row, gates=gates)
    return replace(plan(inventory, (), (outage("s", FIRST, FIRST + 260),)), waves=(wave,))


def test_at_a_gate_the_turns_that_are_over_stay_and_the_one_under_way_is_undone() -> None:
    (before,) = found(turned(FIRST, "s001"))
    assert (before.how, before.lasts, before.at) == (Stopping.TURN_BACK, None, FIRST)
    (between,) = found(turned(FIRST + 60, "bs001"))
    assert (between.lasts, between.resumes) == (FIRST + 60, FIRST + 600)  # `s` needs both in one room


def test_after_the_point_of_no_return_the_wave_is_finished_first() -> None:
    (stop,) = found(turned(FIRST + 60, "bs001", final=True))

    assert (stop.how, stop.at, stop.begins, stop.lasts) == (Stopping.CARRY_ON, FIRST + 60, FIRST + 260, None)


def windows(*blackouts: Blackout, **facts: object) -> list[int]:
    """The days on which the second wave can be tried again; a window lasts from 00:00 to 02:00 in Tokyo."""
    pattern = WindowPattern("night", "night", WindowShape.DAILY, 0, 120, days=DaySet(type=DayType.ANY))
    table = Timetable(windows=(pattern,), blackouts=blackouts)
    closing = Room("old", "old", RoomKind.SERVER_ROOM, closes=6 * DAY)
    (stop,) = found(in_waves(two(closing, system("s", "b", **facts), timetable=table)))
    return [start // DAY for start in stop.windows]


def test_the_windows_that_are_left_lie_between_the_next_wave_and_the_first_break() -> None:
    """The second wave is planned on day 2 at 18:40; the old room closes with day 6."""
    assert windows() == [3, 4, 5]


def test_a_blackout_of_a_system_that_the_work_takes_out_takes_windows_away() -> None:
    election = Blackout("vote", "election", extra=(Span(4 * DAY, 5 * DAY),))

    assert windows(election, blackouts=frozenset({"vote"})) == [3, 5]
    assert windows(election) == [3, 4, 5]


def test_a_window_that_is_too_short_for_all_of_it_does_not_count() -> None:
    begins = 4 * DAY + MIDNIGHT
    late = Blackout("vote", "election", extra=(Span(begins + 59, begins + 200),), everyone=True)
    long_enough = Blackout("vote", "election", extra=(Span(begins + 60, begins + 200),), everyone=True)

    assert windows(late) == [3, 5]
    assert windows(long_enough) == [3, 4, 5]


def test_what_was_wrong_before_the_first_step_is_not_counted() -> None:
    (stop,) = found(in_waves(two(Room("old", "old", RoomKind.SERVER_ROOM, closes=0))))

    assert stop.breaks == ()


def test_every_stop_is_told_also_where_the_state_is_the_same() -> None:
    of = in_waves(two(link("l")))
    gates = (Gate("g2", SECOND, "w2-s001", "p/1", "p/2", ("all is well",)),)
    of = replace(of, waves=(of.waves[0], replace(of.waves[1], gates=gates)))

    assert [(stop.id, stop.wave, stop.resumes) for stop in found(of)] == [
        ("w1", "w1", SECOND),
        ("g2", "w2", SECOND + 600),
    ]
