"""Parts that are made to be quick say what their sentence says, read without any haste."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import permutations, product
from random import Random

import pytest

from planner.model.asset import Demand
from planner.model.chain import StepKind
from planner.model.need import NeedKind
from planner.model.people import Person, Team
from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.safety.affected import Affected
from planner.safety.crossing import Crossing
from planner.safety.current import Draw
from planner.safety.duty import booked, duties, shifts, unfilled
from planner.safety.hard_groups import circles
from planner.safety.involved import Involved
from planner.safety.rules.s07_bridge_load import _together
from planner.safety.strain import _by_month
from planner.safety.underway import Underway
from planner.safety.watch import Watch, at, seen
from planner.units.clock import Clock
from planner.units.span import Span, Spans
from tests.safety.estates import estate

CLOCK = Clock("Asia/Tokyo")
SEEDS = range(6)


def spans(random: Random, count: int, upto: int = 40, longest: int = 12) -> list[Span]:
    begins = [random.randrange(upto) for _ in range(count)]
    return [Span(begin, begin + random.randint(1, longest)) for begin in begins]


def worked(random: Random, count: int, upto: int = 40) -> list[Step]:
    kinds = [StepKind.STOP, StepKind.START]
    return [
        Step(f"s{n}", random.choice(kinds), (random.choice("abc"),), span.start, span.end, (random.choice("pq"),))
        for n, span in enumerate(spans(random, count, upto))
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_under_way_is_what_overlaps_in_the_order_given(seed: int) -> None:
    given = spans(Random(seed), 8)
    underway = Underway((span, number) for number, span in enumerate(given))

    for minute in range(-1, 55):
        assert underway.at(minute) == [n for n, span in enumerate(given) if span.start <= minute < span.end]
    for begin, length in product(range(0, 50, 3), (1, 7)):
        asked = Span(begin, begin + length)
        assert underway.during(asked) == [n for n, span in enumerate(given) if span.overlaps(asked)]


def test_nothing_is_under_way_where_nothing_is_done() -> None:
    assert Underway[int](()).at(0) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_finding_names_the_steps_under_way_at_its_begin_that_concern_its_subjects_or_cause(seed: int) -> None:
    done = worked(Random(seed), 9)
    involved = Involved(done)

    for minute in range(55):
        finding = at(Span(minute, minute + 5), seen("s01.undeclared", ("a",), cause=("b",)))
        running = [s for s in done if s.start <= minute < s.end and set(s.assets) & {"a", "b"}]
        assert involved.named(finding).steps == tuple(s.id for s in sorted(running, key=lambda s: (s.start, s.id)))


def test_a_finding_that_names_its_steps_or_has_no_interval_is_left_as_it_is() -> None:
    involved = Involved(worked(Random(1), 9))
    bare: Finding = seen("s01.undeclared", ("a",))
    told = replace(at(Span(0, 50), bare), steps=("x",))

    assert involved.named(bare) == bare
    assert involved.named(told) == told


@pytest.mark.parametrize("seed", SEEDS)
def test_a_cycle_is_the_greatest_set_of_those_that_lead_to_each_other(seed: int) -> None:
    random, nodes = Random(seed), "abcdefg"
    graph = {node: tuple(random.sample(nodes + "x", random.randint(0, 2))) for node in nodes}

    def reached(node: str) -> set[str]:
        found: set[str] = set()
        waiting = [node]
        while waiting:
            new = [other for other in graph.get(waiting.pop(), ()) if other in graph and other not in found]
            found.update(new)
            waiting += new
        return found

    together = {frozenset({n, *(o for o in reached(n) if n in reached(o))}) for n in nodes}
    assert sorted(map(sorted, circles(graph))) == sorted(map(sorted, together))


@pytest.mark.parametrize("seed", SEEDS)
def test_who_suffers_from_a_failure_is_whoever_hangs_on_it_directly_or_through_others(seed: int) -> None:
    random, nodes = Random(seed), "abcdefst"
    users = [{n: random.sample(nodes, random.randint(0, 2)) for n in nodes} for _ in range(2)]

    def above(node: str) -> set[str]:
        found = {node}
        while new := {u for n in found for table in users for u in table[n]} - found:
            found |= new
        return found

    affected = Affected(["s", "t"], users[0], users[1])
    assert {n: affected.of(n) for n in nodes} == {n: above(n) & {"s", "t"} for n in nodes}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_shift_ends_where_a_rest_begins(seed: int) -> None:
    work = Spans.of(spans(Random(seed), 6, 80, 6))
    rest = 7
    busy = {m for span in work for m in range(span.start, span.end)}

    runs: list[Span] = []
    for minute in sorted(busy):
        if runs and not all(m not in busy for m in range(minute - rest, minute)):
            runs[-1] = Span(runs[-1].start, minute + 1)
        else:
            runs.append(Span(minute, minute + 1))
    assert shifts(work, rest) == tuple(runs)


@pytest.mark.parametrize("seed", range(30))
def test_a_crew_is_filled_if_its_people_can_be_put_to_its_places_in_some_way(seed: int) -> None:
    random, skills = Random(seed), ("net", "db")
    team = Team("t", "t", ())
    people = [
        (team, Person(f"t/{n}", str(n), frozenset(random.sample(skills, random.randint(0, 2)))))
        for n in range(random.randint(0, 4))
    ]
    demands = [Demand("t", random.randint(1, 2), random.choice((None, *skills))) for _ in range(random.randint(1, 3))]
    crew = tuple(dict.fromkeys(demands))
    places = [demand for demand in crew for _ in range(demand.count)]

    def fits(order: Iterable[tuple[Team, Person]]) -> bool:
        return all(d.skill is None or d.skill in p.skills for d, (_, p) in zip(places, order, strict=True))

    fillable = any(map(fits, permutations(people, len(places))))
    assert (unfilled(crew, people) == ()) is fillable
    assert unfilled((Demand("u"),), people) == (Demand("u"),)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_duties_of_a_person_are_their_steps_in_order_of_time(seed: int) -> None:
    done = [replace(step, witness="w") for step in worked(Random(seed), 8)]
    found = duties([*done, replace(done[0], id="none", end=done[0].start)])

    assert list(found) == sorted({p for step in done for p in (*step.people, "w")})
    for person, held in found.items():
        own = sorted((s for s in done if person in booked(s)), key=lambda s: (s.span, s.id))
        assert [(duty.person, duty.step, duty.span) for duty in held] == [(person, s, s.span) for s in own]


@pytest.mark.parametrize("seed", SEEDS)
def test_circuits_bear_what_hangs_on_them_with_the_worst_of_the_other_feeds_lost(seed: int) -> None:
    random, circuits = Random(seed), ("c", "d", "e", "f")
    devices = [(random.randint(1, 9) * 2, tuple(random.sample(circuits, random.randint(1, 2)))) for _ in range(6)]
    draw = Draw()
    for va, feeds in devices:
        draw.add(va, feeds)

    def load(own: set[str], lost: str | None) -> float:
        left = [(va, [feed for feed in feeds if feed != lost]) for va, feeds in devices]
        return sum(va / len(feeds) for va, feeds in left for feed in feeds if feed in own)

    for own in ({"c"}, {"c", "d"}, {"d", "e", "f"}, set(circuits)):
        lost = [None, *(circuit for circuit in circuits if circuit not in own)]
        assert draw.worst(own) == pytest.approx(max(load(own, each) for each in lost))


@pytest.mark.parametrize("seed", SEEDS)
def test_what_crosses_together_is_the_sum_of_every_minute(seed: int) -> None:
    random = Random(seed)
    carried = [
        (span, Crossing(f"a{n}", "b", NeedKind.LIVE, ("l",), random.randint(1, 9), None, ""))
        for n, span in enumerate(spans(random, 7))
    ]

    found = {m: sorted(c.dependent for c in loads) for part, loads in _together(carried) for m in _minutes(part)}
    each = {m: sorted(c.dependent for span, c in carried if m in _minutes(span)) for m in range(60)}
    assert found == {minute: names for minute, names in each.items() if names}


def _minutes(span: Span) -> range:
    return range(span.start, span.end)


@pytest.mark.parametrize("seed", SEEDS)
def test_work_is_added_up_by_the_local_month_of_each_minute(seed: int) -> None:
    random, inventory = Random(seed), estate()
    work = Spans.of(
        Span(begin, begin + random.randint(1, 4000)) for begin in (random.randrange(200_000) for _ in range(8))
    )

    months: dict[tuple[int, int], list[int]] = {}
    for span in work:
        for minute in _minutes(span):
            day = CLOCK.day(minute)
            months.setdefault((day.year, day.month), []).append(minute)
    assert _by_month(inventory, work) == {m: (Span(x[0], x[-1] + 1), len(x)) for m, x in months.items()}


def test_a_watch_joins_what_touches_and_keeps_apart_what_does_not() -> None:
    watch = Watch()
    mild, grave = (seen("s17.circuit", ("c",), values={"excess": text}) for text in ("1", "3"))
    other = seen("s17.circuit", ("d",))
    for span, finding in ((Span(0, 5), mild), (Span(5, 9), grave), (Span(8, 8 + 4), mild), (Span(13, 14), mild)):
        watch.see(span, finding)
    watch.see(Span(3, 4), other)

    assert watch.findings() == (
        at(Span(0, 12), grave),
        at(Span(3, 4), other),
        at(Span(13, 14), mild),
    )


def test_a_watch_keeps_the_longer_of_two_that_begin_apart() -> None:
    watch, finding = Watch(), seen("s17.circuit", ("c",))
    watch.see(Span(0, 10), finding)
    watch.see(Span(2, 4), finding)

    assert watch.findings() == (at(Span(0, 10), finding),)
