"""What people bear: the length of shifts, hours per month, and someone fresh when the office opens (S15)."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from planner.model.inventory import Inventory
from planner.model.people import Team
from planner.model.policy import Severity
from planner.plan.finding import Finding
from planner.safety import complaint
from planner.safety.duty import Duty, shifts
from planner.safety.timetable import Almanac, is_open
from planner.units.clock import DAY
from planner.units.span import Minute, Span, Spans


def shift_faults(inventory: Inventory, held: list[Duty]) -> Iterator[Finding]:
    """Between two rests of ``policy.staff.rest`` lie at most ``policy.staff.shift`` minutes."""
    staff, person = inventory.policy.staff, held[0].person
    for shift in shifts(Spans.of(d.span for d in held), staff.rest):
        if shift.minutes > staff.shift:
            steps = tuple(d.step.id for d in held if d.span.overlaps(shift))
            values = {"minutes": str(shift.minutes), "limit": str(staff.shift), "rest": str(staff.rest)}
            yield complaint.of_span("s15.shift", (person,), shift, steps, values, ("policy.staff.shift",))


def month_faults(inventory: Inventory, almanac: Almanac, held: list[Duty], team: Team) -> Iterator[Finding]:
    """Minutes outside office hours in one calendar month: at most ``policy.staff.month`` for own people."""
    staff, person = inventory.policy.staff, held[0].person
    if not team.own:
        return
    work = Spans.of(d.span for d in held)
    if staff.office is None:
        yield _unknown_office(person, work, held)
        return
    for span, minutes in _by_month(inventory, work.minus(almanac.hours(staff.office))).values():
        if minutes > staff.month:
            steps = tuple(d.step.id for d in held if d.span.overlaps(span))
            values = {"minutes": str(minutes), "limit": str(staff.month)}
            yield complaint.of_span("s15.month", (person,), span, steps, values, ("policy.staff.month",))


def _unknown_office(person: str, work: Spans, held: list[Duty]) -> Finding:
    span, steps = Span(work.parts[0].start, work.parts[-1].end), tuple(d.step.id for d in held)
    facts = ("policy.staff.office",)
    return Finding("S15", Severity.WARNING, "s15.office_unknown", (person,), span, steps, facts=facts, unknown=True)


def _by_month(inventory: Inventory, work: Spans) -> Mapping[tuple[int, int], tuple[Span, int]]:
    """Per local month: from the first to the last minute of work, and how many minutes are worked."""
    clock, parts = inventory.clock, defaultdict[tuple[int, int], list[Span]](list)
    for span in work:
        start = span.start
        while start < span.end:
            day = clock.day(start)
            turn = clock.minute((day.replace(day=28) + timedelta(days=4)).replace(day=1))
            parts[day.year, day.month].append(Span(start, min(span.end, turn)))
            start = min(span.end, turn)
    return {month: (Span(p[0].start, p[-1].end), sum(s.minutes for s in p)) for month, p in parts.items()}


def fresh_faults(
    inventory: Inventory, opens_at: Iterable[Minute], by_person: Mapping[str, list[Duty]]
) -> Iterator[Finding]:
    """When a working day opens, ``policy.staff.fresh`` own people have not worked for ``rest`` minutes."""
    staff = inventory.policy.staff
    own = [person for team, person in inventory.people() if team.own]
    for opens in opens_at if own and staff.fresh else ():
        before = Span(opens - staff.rest, opens)
        tired = {p.id: _on(by_person.get(p.id, []), before) for p in own}
        there = [p for p in own if not any(opens in away for away in p.absent)]
        fresh = [p for p in there if not tired[p.id]]
        steps = tuple(dict.fromkeys(id for ids in tired.values() for id in ids))
        if steps and len(fresh) < min(staff.fresh, len(own)):
            subjects = tuple(p.id for p in own if tired[p.id])
            values = {"fresh": str(len(fresh)), "needed": str(staff.fresh), "opens": inventory.clock.iso(opens)}
            yield complaint.of_span("s15.nobody_fresh", subjects, before, steps, values, ("policy.staff.fresh",))


def _on(held: list[Duty], span: Span) -> list[str]:
    """The steps that touch a span, looked for among those that began up to a week before."""
    first = bisect_left(held, span.start - 7 * DAY, key=_start)
    return [d.step.id for d in held[first : bisect_left(held, span.end, key=_start)] if d.span.overlaps(span)]


def _start(held: Duty) -> Minute:
    return held.span.start


def openings(inventory: Inventory, almanac: Almanac) -> Iterator[Minute]:
    """The first office minute of each local day on which the office opens."""
    office, seen = inventory.policy.staff.office, set()
    for part in almanac.hours(office) if office else ():
        day = inventory.clock.day(part.start)
        if day not in seen and is_open(inventory.timetable, day):
            seen.add(day)
            yield part.start
