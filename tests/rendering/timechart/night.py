"""A wave with everything that a chart shows, by hand: two turns in two nights, gates, check points, outages, teams."""

from planner.model.people import Person, Team
from planner.model.system import Criticality
from planner.model.timetable import DailyHours, DaySet, Hours, Timetable
from planner.plan.wave import CheckPoint, Gate, Turn, Wave
from tests.rendering.estate import DAY, FIRST, Outage, Span, StepKind, box, estate, plan_of, replace, service, step

HOUR = 60
NIGHT = FIRST + 22 * HOUR
"""22:00 of the first day."""
KINDS = (StepKind.STOP, StepKind.UNMOUNT, StepKind.CARRY, StepKind.MOUNT, StepKind.START, StepKind.CHECK)
TEAMS = {
    "net": Team("net", "ネットワーク班", (Person("net/1", "1"),)),
    "van": Team("van", "運送", (Person("van/1", "1"), Person("van/2", "2"))),
    "idle": Team("idle", "待機", (Person("idle/1", "1"),)),
}
TIMES = Timetable(hours={"office": Hours("office", (DailyHours(DaySet(), 8 * HOUR, 17 * HOUR),))})


def work(number, kind, *assets, start, minutes=30, people=("net/1",)):
    return replace(step(kind, *assets), id=f"s{number:03}", start=start, end=start + minutes, people=people)


def turn_steps(first, start, *assets):
    """The chain of each asset after another, in quarters of an hour."""
    return tuple(
        work(first + place * len(KINDS) + at, kind, asset, start=start + (place * len(KINDS) + at) * 15, minutes=15,
             people=("van/1",) if kind is StepKind.CARRY else ("net/1",))
        for place, asset in enumerate(assets)
        for at, kind in enumerate(KINDS)
    )  # fmt: skip


def night(**facts):
    """The inventory, the plan and its only wave; `facts` replace those of the wave."""
    first, second = turn_steps(1, NIGHT, "a", "b"), turn_steps(13, NIGHT + DAY, "c")
    wave = Wave(
        "w1", "win", Span(NIGHT - HOUR, NIGHT + 2 * DAY),
        (Turn("t1", ("a", "b"), NIGHT, NIGHT + 180), Turn("t2", ("c",), NIGHT + DAY, NIGHT + DAY + 90)),
        (*first, *second),
        (
            CheckPoint("c1", ("s001",), NIGHT + 15, minutes=30, deadline=NIGHT + 200, bound_by="window"),
            CheckPoint("c2", ("s006",), NIGHT + 90, minutes=60, deadline=NIGHT + 200, bound_by="sys"),
            CheckPoint("c3", ("s012",), NIGHT + 180, final=True),
            CheckPoint("c4", ("s013",), NIGHT + DAY + 15, minutes=30, deadline=NIGHT + DAY + 600, anchor="t1"),
        ),
        (Gate("g1", NIGHT, "s001", "boss", "deputy", ("ok",)), Gate("g2", NIGHT + DAY, "s013", "boss", "deputy", ())),
        point_of_no_return="s008",
    )  # fmt: skip
    inventory = estate(
        box("a", 1), box("b", 3), box("c", 5),
        replace(service("sys", "a", hours="office", fallback="紙で受付"), criticality=Criticality.S),
        service("other", "b"),
        teams=TEAMS, timetable=TIMES,
    )  # fmt: skip
    outages = (
        Outage("sys", Span(NIGHT, NIGHT + 12 * HOUR), 700, 120),
        Outage("other", Span(NIGHT + 60, NIGHT + 240), 170, 0),
    )
    wave = replace(wave, **facts)
    plan = replace(plan_of(inventory), waves=(wave,), outages=outages)
    return inventory, plan, wave


def crowd(count=150, together=1):
    """A wave of one turn with so many steps, `together` at a time, five minutes each."""
    names = [f"server{number:03}" for number in range(count)]
    steps = tuple(
        work(number + 1, StepKind.STOP, name, start=NIGHT + number // together * 5, minutes=5)
        for number, name in enumerate(names)
    )
    end = max(found.end for found in steps)
    inventory, plan, wave = night(
        steps=steps, turns=(Turn("t1", tuple(names), NIGHT, end),), check_points=(), gates=(), point_of_no_return=None
    )
    inventory = replace(inventory, assets={name: box(name) for name in names}, systems={})
    return inventory, replace(plan, inventory=inventory, outages=()), wave


def pressed(count=40):
    """A crowd with a check point after every second step, all deadlines of which lie close behind the end."""
    inventory, plan, wave = crowd(count)
    end = wave.steps[-1].end
    points = tuple(
        CheckPoint(f"c{n}", (found.id,), found.end, minutes=n, deadline=end + 2 * n, bound_by="window")
        for n, found in enumerate(wave.steps[1::2], 1)
    )
    wave = replace(wave, check_points=points, gates=(Gate("g", NIGHT, "s001", "boss", "deputy", ()),))
    return inventory, replace(plan, waves=(wave,)), wave
