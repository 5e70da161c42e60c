"""Shifts, hours per month, returns and circuits agree with plain loops over minutes, devices and lost feeds."""

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest

from planner.model.asset import AssetKind
from planner.model.chain import StepKind
from planner.model.inventory import Inventory, Project
from planner.model.people import Person, Team
from planner.model.place import Circuit, Position, Rack
from planner.model.policy import Policy, Staff
from planner.model.timetable import DailyHours, DaySet, DayType, Hours, Timetable
from planner.plan.step import Step
from planner.safety.current import circuit_faults, ups_faults
from planner.safety.racking import Standing
from planner.safety.returning import latest_return
from planner.safety.rota import Rota
from planner.safety.timetable import Almanac, hours
from planner.units.clock import Clock
from planner.units.span import Minute, Span, Spans
from tests.safety.estates import asset, estate, system

CLOCK = Clock("Asia/Tokyo")
START = CLOCK.minute(date(2027, 1, 25))
HORIZON = Span(START, START + 14 * 1440)
STAFF = Staff(shift=600, rest=480, month=900, office="office", fresh=0, two_person=frozenset())


def town(**more: object) -> Inventory:
    """Two weeks around the end of January, one person, offices open on weekdays."""
    office = Hours("office", (DailyHours(DaySet(type=DayType.OPEN), 510, 1035),))
    daily = Hours("daily", (DailyHours(DaySet(), 390, 1380),))
    facts = {"policy": Policy(staff=STAFF), "teams": {"ict": Team("ict", "ict", (Person("p", "p"),), own=True)}, **more}
    base = estate(asset("a"), **facts)  # type: ignore[arg-type]
    project = Project("tiny", "tiny", date(2027, 1, 1), HORIZON)
    return replace(base, project=project, timetable=Timetable(hours={"office": office, "daily": daily}))


def work(chance: random.Random) -> list[Step]:
    """Up to a dozen steps of the person, one after the other."""
    found: list[Step] = []
    now = START + chance.randrange(1440)
    while now < HORIZON.end - 1000 and len(found) < 12:
        length = chance.randrange(30, 500)
        found.append(Step(f"s{len(found)}", StepKind.CARRY, ("a",), now, now + length, ("p",)))
        now += length + chance.choice((0, 60, 200, 479, 480, 481, 2000))
    return found


def too_long(steps: list[Step]) -> int:
    """How many shifts are too long, by walking through the minutes."""
    busy = {minute for step in steps for minute in range(step.start, step.end)}
    begun: Minute | None = None
    last, found, told = START - 10_000, 0, False
    for minute in range(HORIZON.start, HORIZON.end):
        if minute not in busy:
            continue
        if begun is None or minute - last > STAFF.rest:
            begun, told = minute, False
        last = minute
        if minute + 1 - begun > STAFF.shift and not told:
            found, told = found + 1, True
    return found


def months_over(inventory: Inventory, steps: list[Step]) -> int:
    """In how many months more minutes than allowed lie outside office hours."""
    office = hours(inventory, "office", HORIZON)
    count: dict[tuple[int, int], int] = defaultdict(int)
    for minute in {minute for step in steps for minute in range(step.start, step.end)}:
        if minute not in office:
            local = CLOCK.local(minute)
            count[local.year, local.month] += 1
    return sum(minutes > STAFF.month for minutes in count.values())


@pytest.mark.parametrize("seed", range(60))
def test_shifts_and_months_agree_with_a_walk_through_the_minutes(seed: int) -> None:
    inventory, steps = town(), work(random.Random(seed))
    found = [finding.key for finding in Rota(inventory, steps, Almanac(inventory)).faults()]
    assert found.count("s15.shift") == too_long(steps)
    assert found.count("s15.month") == months_over(inventory, steps)


@pytest.mark.parametrize("seed", range(60))
def test_the_latest_return_is_the_last_minute_at_which_no_limit_is_exceeded(seed: int) -> None:
    chance = random.Random(seed)
    limits = {
        "budget": chance.choice((0, 45, 600, 1500)),
        "longest": chance.choice((None, 30, 1200)),
        "longest_elapsed": chance.choice((None, 240, 3000)),
    }
    inventory = town()
    service = hours(inventory, "daily", HORIZON)
    one = system("s", hours="daily", **limits)
    early = Span(START + 600, START + 600 + chance.randrange(1, 90))
    since = START + 2000 + chance.randrange(1440)
    used = sum(minute in service for minute in range(early.start, early.end))

    def allowed(end: Minute) -> bool:
        inside = sum(minute in service for minute in range(since, end))
        fits = used + inside <= max(limits["budget"], used) and (
            limits["longest"] is None or inside <= limits["longest"]
        )
        return fits and (limits["longest_elapsed"] is None or end - since <= limits["longest_elapsed"])

    expected = next(end for end in range(since, HORIZON.end) if not allowed(end + 1))
    out = Spans((early, Span(since, since + 10)))
    assert latest_return(Almanac(inventory), one, out, since) == expected


@pytest.mark.parametrize("seed", range(60))
def test_circuits_and_upss_agree_with_losing_each_feed_in_turn(seed: int) -> None:
    chance = random.Random(seed)
    names = ("c1", "c2", "c3", "c4")
    circuits = {c: Circuit(c, "old", 100, chance.randint(4, 16), 1.0, chance.choice((None, "u1"))) for c in names}
    feeds = {r: tuple(chance.sample(names, chance.choice((1, 2, 2)))) for r in ("R1", "R2")}
    racks = {r: Rack(r, r, "old", feeds=fed) for r, fed in feeds.items()}
    devices = {
        f"d{n}": (chance.choice(("R1", "R2")), chance.randrange(100, 700), chance.randint(1, 3)) for n in range(5)
    }
    things = [asset(d, at=Position("old", r, 1), va=va, supplies=s) for d, (r, va, s) in devices.items()]
    inventory = estate(
        *things, asset("u1", AssetKind.UPS, va=chance.randrange(300, 2500)), racks=racks, circuits=circuits
    )
    standing = {
        r: tuple(Standing(d, 1, powered=True) for d, (rack, _, _) in devices.items() if rack == r) for r in racks
    }

    def loads(lost: str | None) -> dict[str, float]:
        found: dict[str, float] = dict.fromkeys(names, 0.0)
        for rack, va, supplies in devices.values():
            fed = feeds[rack][: min(supplies, 2)]
            left = [c for c in fed if c != lost]
            for circuit in left:
                found[circuit] += va / len(left)
        return found

    cases = [loads(lost) for lost in (None, *names)]
    over = {
        ("s17.circuit", c)
        for c in names
        if max(case[c] for case in cases) > circuits[c].volts * circuits[c].amps + 1e-9
    }
    behind = [c for c in names if circuits[c].ups == "u1"]
    limit = inventory.assets["u1"].va or 0
    if max(sum(case[c] for c in behind) for case in cases) > limit + 1e-9:
        over.add(("s17.ups", "u1"))
    held = [(r, s) for r, s in standing.items() if s]
    found = [f for c in names for f in circuit_faults(inventory, c, held)] + [*ups_faults(inventory, "u1", held)]
    assert {(f.key, f.subjects[0]) for f in found} == over
