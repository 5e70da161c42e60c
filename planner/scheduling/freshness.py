"""Who has to be fresh when the office opens (S15): stays at home meanwhile, or works outside the hours before it."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from planner.calendar import hours
from planner.calendar.daybook import daybook_of
from planner.calendar.memory import remembered
from planner.model.inventory import Inventory
from planner.model.people import Person
from planner.units.span import Minute, Span, Spans


@remembered
def openings(inventory: Inventory) -> tuple[Minute, ...]:
    """The first office minute of each local day on which the office opens, in order."""
    office, clock = inventory.policy.staff.office, inventory.clock
    spans = hours(inventory.timetable, clock, office, inventory.project.horizon) if office else Spans()
    book, first = daybook_of(inventory.timetable), dict[object, Minute]()
    for span in spans:
        day = clock.day(span.start)
        if book.is_open(day):
            first.setdefault(day, span.start)
    return tuple(first.values())


def tiring(inventory: Inventory, block: Span) -> Spans:
    """The minutes of a block in which who works has not rested when the office opens."""
    staff = inventory.policy.staff
    return Spans.of(Span(at - staff.rest, at) for at in _near(inventory, block)).within(block)


def at_home(inventory: Inventory, block: Span) -> dict[str, int]:
    """How many of the own teams stay at home, because the office opens before they would have rested."""
    return dict(_wanted(inventory)) if tiring(inventory, block) else {}


def working_part(inventory: Inventory, block: Span) -> Span:
    """The block; its longest part without tiring hours where a team is too small for anybody to stay at home."""
    tired = tiring(inventory, block)
    if not tired or not _is_short(inventory):
        return block
    return max(Spans((block,)).minus(tired), key=lambda part: part.minutes, default=block)


def binds_all_alike(inventory: Inventory, block: Span) -> bool:
    """Whether nobody has to stay at home, or the same people whoever works at whatever time in the block."""
    tired = tiring(inventory, block)
    return not tired or (tired.covers(block) and sum(team.own for team in inventory.teams.values()) == 1)


def somebody_fresh(inventory: Inventory, worked: Iterable[Span], is_free: Callable[[str, Span], bool]) -> bool:
    """Whether enough own people have rested at every opening that the spans in which somebody ``worked`` touch."""
    own = _own(inventory)
    near = {at for span in worked for at in _near(inventory, span)}
    return all(_fresh(inventory, own, at, is_free) >= min(inventory.policy.staff.fresh, len(own)) for at in near)


def _fresh(inventory: Inventory, own: Sequence[Person], at: Minute, is_free: Callable[[str, Span], bool]) -> int:
    before = Span(at - inventory.policy.staff.rest, at)
    return sum(is_free(person.id, before) and not any(at in away for away in person.absent) for person in own)


def _near(inventory: Inventory, span: Span) -> tuple[Minute, ...]:
    """The openings before which somebody who works in the span has not rested."""
    staff, every = inventory.policy.staff, openings(inventory)
    if not staff.fresh or not staff.rest:
        return ()
    return every[bisect_right(every, span.start) : bisect_left(every, span.end + staff.rest)]


@remembered
def _own(inventory: Inventory) -> tuple[Person, ...]:
    return tuple(person for team, person in inventory.people() if team.own)


@remembered
def _wanted(inventory: Inventory) -> tuple[tuple[str, int], ...]:
    """By team who has to be fresh, taken from the first teams that have so many people."""
    found, left = list[tuple[str, int]](), inventory.policy.staff.fresh
    for team in inventory.teams.values():
        count = min(left, len(team.people)) if team.own else 0
        found += [(team.id, count)] if count else []
        left -= count
    return tuple(found)


@remembered
def _is_short(inventory: Inventory) -> bool:
    """Whether some work takes more people of a team than are left when some of it stay at home."""
    spare = dict(_wanted(inventory))
    return any(count > len(inventory.teams[team].people) - spare.get(team, 0) for team, count in _demanded(inventory))


def _demanded(inventory: Inventory) -> Iterator[tuple[str, int]]:
    for id in (*inventory.assets, *inventory.systems):
        for work in inventory.subject(id).works.values():
            yield from ((demand.team, demand.count) for demand in work.crew)
