"""Tables that differ from moment to moment, kept once: they are turned to the moment that is asked for.

A moment is a page. It holds what is written at that moment, and the page before it; two pages may follow one page, as
when a plan is carried on or turned back. Turning from page to page undoes and redoes what lies between them, so that
what a moment costs is what changes at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from planner.safety.condition import State
from planner.safety.reach import Standpoint
from planner.safety.world import Want

K = TypeVar("K")
V = TypeVar("V")
NOTHING: Any = object()
"""What a table holds under a key that is not in it."""


Entry = tuple[dict[Any, Any], Any, Any, Any]
Slot = tuple[int, Any]
"""Which table, by its identity, and which key in it."""


class Page:
    """What is written at one moment: (table, key, what was there, what is there now).

    ``entries`` are those of the state, ``notes`` those of what has been judged of it.
    ``moved`` are the subjects whose room or wants are no longer what they were.
    """

    __slots__ = ("before", "entries", "moved", "notes", "number")

    def __init__(self, before: Page | None) -> None:
        self.before = before
        self.number: int = 0 if before is None else before.number + 1
        self.entries: list[Entry] = []
        self.notes: list[Entry] = []
        self.moved: tuple[str, ...] = ()


class Table(dict[K, V], Generic[K, V]):
    """A table whose changes are written on the open page."""

    __slots__ = ("is_judged", "ledger")

    def __init__(self, ledger: Ledger, content: Iterable[tuple[K, V]] = (), *, is_judged: bool = False) -> None:
        super().__init__(content)
        self.is_judged = is_judged
        self.ledger = ledger

    def __setitem__(self, key: K, value: V) -> None:
        old = self.get(key, NOTHING)
        self._page().append((self, key, old, value))
        super().__setitem__(key, value)

    def pop(self, key: K, default: Any = None) -> Any:
        """Take a key out of the table."""
        if key not in self:
            return default
        self._page().append((self, key, self[key], NOTHING))
        return super().pop(key)

    def _page(self) -> list[Entry]:
        page = self.ledger.page
        return page.notes if self.is_judged else page.entries


class Hosts(Table[str, str]):
    """The host or chassis of each VM and blade; the ledger's ``held`` says the same the other way round."""

    __slots__ = ()

    def __setitem__(self, id: str, host: str) -> None:
        before = self.get(id)
        super().__setitem__(id, host)
        rehost(self.ledger.held, id, before, host)


def rehost(held: dict[str, tuple[str, ...]], id: str, before: str | None, host: str) -> None:
    """Note in ``held`` that something has gone from one host to another."""
    if before is not None and before != host:
        held[before] = tuple(other for other in held[before] if other != id)
    if before != host:
        held[host] = (*held.get(host, ()), id)


def contents(held: Mapping[str, tuple[str, ...]], ids: Iterable[str]) -> Iterator[str]:
    """Everything that these hosts and chassis hold, directly or inside what they hold."""
    waiting = list(ids)
    while waiting:
        inner = held.get(waiting.pop(), ())
        yield from inner
        waiting += inner


def changes(one: Page, other: Page) -> dict[Slot, tuple[Any, Any]]:
    """What may differ in the state from one page to another: what it is on the one and on the other."""
    found: dict[Slot, tuple[Any, Any]] = {}
    later: list[Page] = []
    while one is not other:
        if one.number >= other.number:
            for table, key, old, new in reversed(one.entries):
                slot = (id(table), key)
                found[slot] = (found[slot][0] if slot in found else new, old)
            one = _before(one)
        else:
            later.append(other)
            other = _before(other)
    for page in reversed(later):
        for table, key, old, new in page.entries:
            slot = (id(table), key)
            found[slot] = (found[slot][0] if slot in found else old, new)
    return found


class Ledger:
    """The tables of a replay and of everything that branches off from it, open at one page.

    ``state`` is the state, ``truths`` and ``counted`` what was judged of it. ``held`` lists what each host or chassis
    holds. Rooms, standpoints and wants are looked up again after something has moved.
    """

    def __init__(self, begin: State) -> None:
        self.page = Page(None)
        self.state = State(
            condition=Table(self, begin.condition.items()),
            place=Table(self, begin.place.items()),
            host=Hosts(self, begin.host.items()),
            role=Table(self, begin.role.items()),
            tested=Table(self, begin.tested.items()),
            target=Table(self, begin.target.items()),
            stale=Table(self, begin.stale.items()),
        )
        self.truths: dict[str, bool] = {}
        self.counted: dict[str, tuple[str, ...]] = {}
        self.held: Table[str, tuple[str, ...]] = Table(self, _by_host(begin))
        self.rooms: dict[str, str | None] = {}
        self.points: dict[str, Standpoint] = {}
        self.wanted: dict[str, tuple[Want, ...]] = {}
        self._judged: dict[object, Table[Any, Any]] = {}

    def judged(self, name: object) -> Table[Any, Any]:
        """A table of what else is judged, by its name."""
        if name not in self._judged:
            self._judged[name] = Table(self, is_judged=True)
        return self._judged[name]

    def note(self, table: dict[K, V], key: K, before: object) -> None:
        """Write down what has been put into a plain table, if that is another value than before."""
        now = table.get(key, NOTHING)
        if now is not before and now != before:
            self.page.notes.append((table, key, before, now))

    def follow(self, page: Page) -> Page:
        """A new page after this one, open for writing."""
        self.turn_to(page)
        self.page = Page(page)
        return self.page

    def move(self, ids: Iterable[str]) -> None:
        """Note that these subjects stand elsewhere, hang on another host or want something else from this page on.

        So does what they hold; what they held on the page before and do not hold any more is among ``ids`` itself.
        """
        moved = tuple(ids)
        self.page.moved = tuple(dict.fromkeys((*moved, *self.contents(moved))))
        self._forget(self.page)

    def opened_at(self, page: Page) -> Ledger:
        """The ledger, open at a page."""
        if self.page is not page:
            self.turn_to(page)
        return self

    def turn_to(self, page: Page) -> None:
        """Open a page."""
        here, goal, later = self.page, page, list[Page]()
        while here is not goal:
            if here.number >= goal.number:
                here = self._undo(here)
            else:
                later.append(goal)
                goal = _before(goal)
        for each in reversed(later):
            self._redo(each)
        self.page = page

    def contents(self, ids: Iterable[str]) -> Iterator[str]:
        """Everything that these hosts and chassis hold, directly or inside what they hold."""
        return contents(self.held, ids)

    def _undo(self, page: Page) -> Page:
        for entries in (page.notes, page.entries):
            for table, key, old, _ in reversed(entries):
                if old is NOTHING:
                    _take(table, key, None)
                else:
                    _put(table, key, old)
        self._forget(page)
        return _before(page)

    def _redo(self, page: Page) -> None:
        for entries in (page.entries, page.notes):
            for table, key, _, new in entries:
                if new is NOTHING:
                    _take(table, key, None)
                else:
                    _put(table, key, new)
        self._forget(page)

    def _forget(self, page: Page) -> None:
        for id in page.moved:
            self.rooms.pop(id, None)
            self.points.pop(id, None)
            self.wanted.pop(id, None)


_put, _take = dict.__setitem__, dict.pop
"""Of the tables' base class: what is turned is not written down again."""


def _before(page: Page) -> Page:
    if page.before is None:
        raise ValueError("two pages of one ledger have a page before them in common")
    return page.before


def _by_host(state: State) -> Iterable[tuple[str, tuple[str, ...]]]:
    held: dict[str, list[str]] = {}
    for id, host in state.host.items():
        held.setdefault(host, []).append(id)
    return ((host, tuple(ids)) for host, ids in held.items())
