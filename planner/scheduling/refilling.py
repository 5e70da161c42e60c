"""Turns of a proposal for some nights: the draft with these filled anew and all others as they may stay."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from planner.scheduling.blast_radius import Touched
from planner.scheduling.construct import turns_of
from planner.scheduling.crowd import Crowd, Ids
from planner.scheduling.draft import Draft, DraftTurn
from planner.scheduling.neighbourhood import Evening, Neighbourhood
from planner.scheduling.neighbourhood_model import Slot
from planner.units.span import Minute

Planned = Sequence[tuple[Evening, Sequence[Slot] | None]]
"""Every shift in order, with the turns that are proposed for it where it lies in the neighbourhood."""


@dataclass(slots=True)
class Refilling:
    """One try. ``pool`` are the units of each kind that no turn has yet, ``waiting`` are those that found no place."""

    crowd: Crowd
    neighbourhood: Neighbourhood
    turns: list[DraftTurn] = field(default_factory=list)
    done: frozenset[str] = frozenset()
    waiting: list[Ids] = field(default_factory=list)
    pool: list[list[Ids]] = field(init=False)

    def __post_init__(self) -> None:
        self.pool = [list(units) for units in self.neighbourhood.members]

    def draft(self, planned: Planned) -> Draft | None:
        """The whole draft, None if something finds no place any more or nobody can carry it out."""
        self.crowd.spent = {}
        last = max(number for number, (_, slots) in enumerate(planned) if slots is not None)
        window, end = "", 0
        for number, (evening, slots) in enumerate(planned):
            if evening.window.id != window:
                window, end, self.crowd.touched = evening.window.id, max(end, evening.window.span.start), Touched()
            end = self._keep(evening, end) if slots is None else self._fill(evening, slots, end)
            if number == last:
                self.waiting += [ids for units in self.pool for ids in units]
            end = self._rest(evening, end)
        turns = tuple(self.turns)
        complete = self.done.issuperset(self.crowd.jobs) and turns_of(turns) not in self.crowd.barred
        return Draft(turns, frozenset(), (0, self.crowd.cost(turns))) if complete else None

    def _add(self, turn: DraftTurn) -> Minute:
        self.turns.append(turn)
        self.done |= frozenset(turn.jobs)
        self.crowd.spend(turn)
        self.crowd.touched |= self.crowd.radius.of(turn.jobs, turn.outcome)
        return turn.end

    def _keep(self, evening: Evening, cursor: Minute) -> Minute:
        """The turns that were there, as they were if what was done before means the same for them."""
        capacity = self.crowd.on_duty(evening.block)
        for turn, units in zip(evening.turns, evening.units, strict=True):
            if same := self._as_it_was(turn, cursor):
                cursor = self._add(same)
            elif found := self.crowd.fit(turn.jobs, turn.window, turn.block, cursor, self.done, capacity):
                cursor = self._add(found)
            else:
                self.waiting += units
        return cursor

    def _as_it_was(self, turn: DraftTurn, cursor: Minute) -> DraftTurn | None:
        """The turn where it lay, if it comes to what it came to and what is left of budgets now lets it lie there."""
        crowd = self.crowd
        outcome = crowd.transitions.outcome(self.done, turn.jobs, turn.block.start)
        if cursor > turn.start or outcome != turn.outcome:
            return None
        if not crowd.radius.allows(crowd.touched, crowd.radius.of(turn.jobs, outcome)):
            return None
        room = crowd.room_to_move(turn.jobs, outcome, turn.end - turn.start + turn.back, turn.block)
        span = next((span for span in room if span.start <= turn.start and turn.end <= span.end), None)
        if span is None:
            return None
        return replace(turn, room_to_move=room, bounded=crowd.left_of_budgets(outcome, span))

    def _fill(self, evening: Evening, slots: Sequence[Slot], cursor: Minute) -> Minute:
        """The turns that were proposed, as far as they can be."""
        for slot in slots:
            turn = self._turn(evening, slot, cursor)
            cursor = cursor if turn is None else self._add(turn)
        return cursor

    def _turn(self, evening: Evening, slot: Slot, cursor: Minute) -> DraftTurn | None:
        """Unit by unit, no longer than the longest takes alone; who does not go along makes way for one like it."""
        kinds, turn = self.neighbourhood.kinds, None
        wanted = list(slot)
        limit = max(kinds[k].minutes for k, count in enumerate(slot) if count)
        for k, ids in self._candidates(evening, slot):
            both = self._with(turn, ids, evening, cursor, limit) if wanted[k] else None
            if both is not None:
                turn = both
                wanted[k] -= 1
                self.pool[k].remove(ids)
        return turn

    def _candidates(self, evening: Evening, slot: Slot) -> Iterator[tuple[int, Ids]]:
        """The longest kind first, and who lies in this night already before who does not."""
        kinds = self.neighbourhood.kinds
        for k in sorted((k for k, count in enumerate(slot) if count), key=lambda k: -kinds[k].minutes):
            yield from ((k, ids) for ids in sorted(self.pool[k], key=lambda ids: ids[0] not in evening.jobs))

    def _with(self, turn: DraftTurn | None, ids: Ids, evening: Evening, cursor: Minute, limit: int) -> DraftTurn | None:
        """The turn with one unit more, None if that is no better than one after the other."""
        crowd, before = self.crowd, turn.jobs if turn else ()
        capacity = crowd.on_duty(evening.block)
        both = crowd.fit((*before, *ids), evening.window, evening.block, cursor, self.done, capacity)
        if both is None or both.end - both.start > limit or crowd.overspends(both, self.done):
            return None
        return both if turn is None or crowd.may_stop(both, turn, ids, self.done) else None

    def _rest(self, evening: Evening, cursor: Minute) -> Minute:
        """Turns of what waits, as long as there is room."""
        while self.waiting:
            turn = self.crowd.turn_of(self.waiting, evening.window, evening.block, cursor, self.done, patient=False)
            if turn is None:
                break
            self.waiting = [ids for ids in self.waiting if ids[0] not in turn.jobs]
            cursor = self._add(turn)
        return cursor
