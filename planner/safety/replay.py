"""The replay of steps over the inventory: a sequence of moments, between which nothing changes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from planner.model.inventory import Inventory
from planner.model.need import NeedKind, leaves
from planner.model.place import Position
from planner.plan.step import Step
from planner.safety import screens
from planner.safety.change import Change
from planner.safety.condition import Condition, State
from planner.safety.draft import Draft, Drafts
from planner.safety.edges import Edges
from planner.safety.effects import effects
from planner.safety.history import History, before
from planner.safety.judging import judge_in_order, judge_together
from planner.safety.ledger import Ledger, Page
from planner.safety.moment import Moment
from planner.safety.question import Question, asked
from planner.safety.reach import Network
from planner.safety.record import Record
from planner.safety.stretches import holding, stretches
from planner.safety.world import World
from planner.safety.writing import write
from planner.units.span import Minute, Span, Spans

T = TypeVar("T")


class Replay(Record):
    """The record of steps from a state on; each moment is judged once, and only where something changed.

    ``events`` counts the instants at which a step starts or ends or a room, phase, power cut, link or need begins or
    ends to be valid.
    """

    def __init__(
        self,
        inventory: Inventory,
        begin: State,
        steps: Iterable[Step],
        span: Span,
        *,
        stem: Branch | None = None,
        draft: Draft | None = None,
    ) -> None:
        super().__init__(
            inventory, steps, span, None if stem is None else stem.replay, None if stem is None else stem.origin
        )
        hosts = [pair for step in self.steps for pair in step.hosts.items()]
        racks = [(id, place.rack) for step in self.steps for id, place in step.to.items() if place.rack is not None]
        if stem is None:
            self.world = World.of(inventory, (*begin.host.items(), *hosts), racks)
            self.ledger = Ledger(begin)
            self.networks: dict[object, Network] = {}
            stem = Branch(self, None, self.ledger.page, frozenset())
        else:
            self.world = stem.replay.world.with_pairs(hosts, racks)
            self.ledger = stem.replay.ledger
            self.networks = stem.replay.networks
        self._root = stem.page
        self._branches: dict[Minute, Branch] = {}
        self._timed = effects(inventory, self.steps, begin)
        self._ends = [timed.minute for timed in self._timed]
        self.history = History(begin, self._timed)
        self.moments = tuple(self._run(stem, draft or self.ledger))
        for number, moment in enumerate(self.moments):
            moment.number = number
        if self.stem is None:
            judge_in_order(self.moments)

    @classmethod
    def of(cls, inventory: Inventory, steps: Iterable[Step], span: Span | None = None) -> Replay:
        """Replay from the start state of the inventory, over the horizon unless told otherwise."""
        return cls(inventory, State.start(inventory), steps, span or inventory.project.horizon)

    def start(self) -> Replay:
        """The state before the first step, for a minute; what has been judged of this replay is not judged again."""
        begin = self.inventory.project.horizon.start
        is_start = self.stem is None and self.span.start == begin
        if not is_start or any(timed.minute <= begin for timed in self._timed):
            return start_of(self.inventory)
        head, first = object.__new__(Replay), copy(self.moments[0])
        kept = {"inventory", "stem", "origin", "world", "ledger", "networks", "_root"}
        vars(head).update({name: value for name, value in vars(self).items() if name in kept})
        first.until, head.moments = begin + 1, (first,)
        head.whole, head.steps, head.span = self, (), Span(begin, begin + 1)
        head.answers, head._branches, head._timed, head._ends = {}, {}, [], []
        head.history = History(State(), ())
        return head

    def branch(self, inventory: Inventory, minute: Minute, steps: Iterable[Step], span: Span) -> Replay:
        """Other steps from the state after the ends and before the starts of an instant.

        ``inventory`` may differ from the replay's in how long work lasts and who does it.
        """
        return self.branches([Turn(inventory, minute, tuple(steps), span)])[0]

    def branches(self, turns: Iterable[Turn]) -> list[Replay]:
        """The same of several branches, which are judged together."""
        asked = list(turns)
        order = sorted(range(len(asked)), key=lambda number: asked[number].minute)
        drafts = Drafts(self.ledger, self._page_before(asked[order[0]].minute if asked else self.span.start))
        made = {number: self._branched(asked[number], drafts) for number in order}
        found = [made[number] for number in range(len(asked))]
        for world in dict.fromkeys(branch.world for branch in found):
            together = [branch for branch in found if branch.world is world]
            judge_together([branch.moments for branch in together], self._between(together), drafts.home)
        return found

    def _between(self, branches: Sequence[Replay]) -> Sequence[Moment]:
        """The moments after the first one at which a branch leaves the stem, up to the last one."""
        places = [-1 if branch.origin is None else branch.origin.number for branch in branches]
        return self.moments[min(places) + 1 : max(places) + 1]

    def _branched(self, turn: Turn, drafts: Drafts) -> Replay:
        draft = drafts.at(self._page_before(turn.minute))
        if turn.minute in self._branches:
            draft.take(self._branches[turn.minute].page)
        branch = self._branch(turn.minute, draft)
        return Replay(turn.inventory, draft.state, turn.steps, turn.span, stem=branch, draft=draft)

    def _page_before(self, minute: Minute) -> Page:
        """The page of the last moment that begins before an instant."""
        number = bisect_left(self._minutes, minute)
        return self.moments[number - 1].page if number else self._root

    @cached_property
    def events(self) -> int:
        return len(self._instants())

    def state_at(self, minute: Minute) -> State:
        """The state after the ends and before the starts of an instant: what a check point finds."""
        return self.ledger.opened_at(self.page_at(minute)).state.copy()

    def page_at(self, minute: Minute) -> Page:
        """The page of that state, or of one that is the same."""
        starts = any(
            timed.phase for timed in self._timed[bisect_left(self._ends, minute) : bisect_right(self._ends, minute)]
        )
        if starts or minute < self._minutes[0]:
            return self._branch(minute, self.ledger).page
        return self.at(minute).page

    def before_start(self, id: str, minute: Minute) -> Condition:
        """The condition of an asset or system after the ends and before the starts of an instant."""
        marks = self.history.conditions.get(id)
        return self.begin().state.condition[id] if marks is None else before(marks, minute)

    def place_before(self, id: str, minute: Minute) -> Position | None:
        """Where an asset stands by itself after the ends and before the starts of an instant."""
        marks = self.history.places.get(id)
        return self.begin().state.place.get(id) if marks is None else before(marks, minute)

    @cached_property
    def unavailable(self) -> Mapping[str, Spans]:
        """When each system is not available."""
        return self._when(self.world.once(_outages), holding(self, self.world.once(_outages), screens.out))

    @cached_property
    def degraded(self) -> Mapping[str, Spans]:
        """When each available system misses a soft need."""
        question = self.world.once(_misses)
        return self._when(question, ((id, span) for id, span, _ in stretches(self, question)))

    def _when(self, question: Question[bool], holds: Iterable[tuple[str, Span]]) -> Mapping[str, Spans]:
        """When something holds of each system, by the order of the file; a branch leaves out where nothing does."""
        found: dict[str, list[Span]] = defaultdict(list)
        for id, span in holds:
            found[id].append(span)
        named = self.inventory.systems if self.stem is None else sorted(found, key=question.ids.__getitem__)
        return Times({id: Spans(tuple(found.get(id, ()))) for id in named})

    def _branch(self, minute: Minute, desk: Ledger | Draft) -> Branch:
        """The page that is reached at an instant, with whom that concerns since the moment before it."""
        if minute in self._branches:
            return self._branches[minute]
        number = bisect_left(self._minutes, minute)
        origin = self.moments[number - 1] if number else None
        first = bisect_right(self._ends, origin.minute) if origin is not None else 0
        due = self._timed[first : bisect_right(self._ends, minute)]
        changes = [timed.change for timed in due if (timed.minute, timed.phase) <= (minute, 0)]
        edges = set() if origin is None else self.world.once(Edges).after(origin.minute, minute)
        page = desk.follow(self._page_before(minute))
        self._branches[minute] = Branch(self, origin, page, frozenset(edges | self._write(desk, changes, edges)))
        return self._branches[minute]

    def _write(self, desk: Ledger | Draft, changes: list[Change], edges: set[str]) -> set[str]:
        """Apply changes to the open page; whom they concern."""
        return write(desk, changes, (id for id in edges if id in self.world.timed))

    def _run(self, stem: Branch, desk: Ledger | Draft) -> Iterator[Moment]:
        """Every moment, each with what happens between the one before it and itself."""
        edges, before, page, done = self.world.once(Edges), stem.origin, stem.page, 0
        minutes = sorted({self.span.start, *edges.within(self.span), *self._ends})
        late = set(stem.dirty)
        for minute in (m for m in minutes if m in self.span):
            due = bisect_right(self._ends, minute)
            changes, done = [timed.change for timed in self._timed[done:due]], due
            page = desk.follow(page)
            dirty = {*late, *edges.at(minute), *self._write(desk, changes, edges.at(minute))}
            fresh = Moment(self.world, minute, self.ledger, page)
            if before is not None and before is not stem.origin:
                before.until = minute
            fresh.follow(before, dirty, self.networks, desk)
            fresh.until = self.span.end
            before, late = fresh, set()
            yield fresh

    def _instants(self) -> set[Minute]:
        timetable = self.inventory.timetable
        spans = [*(cut.span for cut in timetable.power_cuts), *(phase.span for phase in timetable.phases)]
        edges = {edge for span in spans for edge in (span.start, span.end)}
        edges |= {m for room in self.inventory.rooms.values() for m in (room.opens, room.closes) if m is not None}
        edges |= {edge for step in self.steps for edge in (step.start, step.end)}
        return {m for m in edges if m in self.span} | set(self._minutes)


def replay_from(inventory: Inventory, begin: State, steps: Iterable[Step], span: Span) -> Replay:
    """Replay other steps from a state reached before, as the witness of a rollback is replayed from its check point."""
    return Replay(inventory, begin, steps, span)


def start_of(inventory: Inventory) -> Replay:
    """The state before the first step, for a minute; replayed once as long as the inventory is looked at."""
    return World.of(inventory, State.start(inventory).host.items(), ()).once(_start_of)


def _start_of(world: World) -> Replay:
    begin = world.inventory.project.horizon.start
    return Replay(world.inventory, State.start(world.inventory), (), Span(begin, begin + 1))


class Times(dict[str, Spans]):
    """Minutes by subject; whoever is not in it has none."""

    def __missing__(self, id: str) -> Spans:
        return Spans()


class Turn(NamedTuple):
    """What a branch is asked for with: ``steps`` from an instant on, over a span."""

    inventory: Inventory
    minute: Minute
    steps: tuple[Step, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Branch:
    """Where a replay branches off from another: the page, the moment before it, and whom a change since concerns."""

    replay: Replay
    origin: Moment | None
    page: Page
    dirty: frozenset[str]


def _outages(world: World) -> Question[bool]:
    return asked("unavailable", world.inventory.systems, lambda moment, id: not moment.fine(id), screen=screens.out)


def _misses(world: World) -> Question[bool]:
    return asked(
        "degraded",
        world.inventory.systems,
        lambda moment, id: bool(missing_soft(moment, id)),
        screen=screens.misses_soft,
    )


def missing_soft(moment: Moment, system: str) -> tuple[str, ...]:
    """What the soft needs name that an available system misses at every counting member."""
    if not moment.fine(system):
        return ()
    views = [moment.view(member, system) for member in moment.counting(system)] or [moment.view(None, system)]
    soft = [want for want in moment.wants(system) if want.need.kind is NeedKind.SOFT]
    missed = [want for want in soft if not any(moment.met(want, view) for view in views)]
    leaves_of = ((want, leaf) for want in missed for leaf in leaves(want.need.tree))
    return tuple(dict.fromkeys(leaf for want, leaf in leaves_of if not moment.satisfied(leaf, want, views[0])))
