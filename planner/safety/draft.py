"""Pages that are written without turning the ledger to them: what branches come to, worked out from one open page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from planner.safety.condition import State
from planner.safety.ledger import NOTHING, Entry, Ledger, Page, contents, rehost

K = TypeVar("K")
V = TypeVar("V")
_UNCHANGED: Any = object()


class Ahead(dict[K, V]):
    """A table as it is on a page that is not open; what is put into it is written on that page alone.

    Its own content is what differs from the table (`NOTHING`: the key is not in it); the rest is looked up there.
    """

    __slots__ = ("entries", "table")

    def __init__(self, table: dict[K, V], differing: Mapping[K, V]) -> None:
        super().__init__(differing)
        self.table = table
        self.entries: list[Entry] = []

    def get(self, key: K, default: Any = None) -> Any:
        """What is under a key."""
        value = super().get(key, _UNCHANGED)
        if value is _UNCHANGED:
            return self.table.get(key, default)
        return default if value is NOTHING else value

    def __getitem__(self, key: K) -> V:
        found: V = self.get(key, NOTHING)
        if found is NOTHING:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        return self.get(key, NOTHING) is not NOTHING  # type: ignore[arg-type]  # any key may be asked for

    def __setitem__(self, key: K, value: V) -> None:
        self.entries.append((self.table, key, self.get(key, NOTHING), value))
        super().__setitem__(key, value)

    def pop(self, key: K, default: Any = None) -> Any:
        """Take a key out of the table."""
        old = self.get(key, NOTHING)
        if old is NOTHING:
            return default
        self.entries.append((self.table, key, old, NOTHING))
        self.note(key, NOTHING)
        return old

    def note(self, key: K, value: V) -> None:
        """What a page says that is written already."""
        super().__setitem__(key, value)


class _Hosts(Ahead[str, str]):
    """The hosts, with what they hold."""

    __slots__ = ("held",)
    held: Ahead[str, tuple[str, ...]]

    def __setitem__(self, id: str, host: str) -> None:
        before = self.get(id)
        super().__setitem__(id, host)
        rehost(self.held, id, before, host)


class Draft:
    """The state on a page, worked out from another page at which the ledger is open; pages may be written after it."""

    def __init__(self, ledger: Ledger, home: Page, differing: Mapping[int, dict[Any, Any]]) -> None:
        self._ledger = ledger
        self._home = home
        tables = [getattr(ledger.state, each.name) for each in fields(State)]
        kinds = [_Hosts if table is ledger.state.host else Ahead for table in tables]
        made: list[Any] = [kind(table, differing.get(id(table), {})) for table, kind in zip(tables, kinds, strict=True)]
        self.state = State(*made)
        self.held: Ahead[str, tuple[str, ...]] = Ahead(ledger.held, differing.get(id(ledger.held), {}))
        self._tables: dict[int, Ahead[Any, Any]] = {id(each.table): each for each in (*made, self.held)}
        self._tables[id(ledger.state.host)].held = self.held  # type: ignore[attr-defined]  # the one of `_Hosts`
        self.page = home

    def follow(self, page: Page) -> Page:
        """A new page after this one, to be written now."""
        self._ledger.opened_at(self._home)
        self.page = Page(page)
        for table in self._tables.values():
            table.entries = self.page.entries
        return self.page

    def take(self, page: Page) -> None:
        """Go on to a page that follows and has been written before."""
        self._ledger.opened_at(self._home)
        for table, key, _, new in page.entries:
            self._tables[id(table)].note(key, new)

    def move(self, ids: Iterable[str]) -> None:
        """Note that these subjects, and what they hold, stand elsewhere or want something else from this page on."""
        moved = tuple(ids)
        self.page.moved = tuple(dict.fromkeys((*moved, *self.contents(moved))))

    def contents(self, ids: Iterable[str]) -> Iterable[str]:
        """Everything that these hosts and chassis hold."""
        return contents(self.held, ids)


class Drafts:
    """Drafts of branches off one replay, asked for in the order of time: the ledger stays open at the first page."""

    def __init__(self, ledger: Ledger, home: Page) -> None:
        self.home = home
        self._ledger = ledger
        self._page = home
        self._differing: dict[int, dict[Any, Any]] = defaultdict(dict)

    def at(self, page: Page) -> Draft:
        """The state on the first page, or on one that follows those asked for before."""
        passed: list[Page] = []
        here: Page | None = page
        while here is not None and here is not self._page:
            passed.append(here)
            here = here.before
        for each in reversed(passed):
            for table, key, _, new in each.entries:
                self._differing[id(table)][key] = new
        self._page = page
        return Draft(self._ledger, self.home, self._differing)
