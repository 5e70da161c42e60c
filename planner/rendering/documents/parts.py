"""The parts of a runbook, turn by turn: steps with gates and check points between them, and what the footer says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from planner.plan.step import Step
from planner.plan.wave import CheckPoint, Gate, Turn
from planner.rendering.documents.book import Book
from planner.rendering.documents.people import callers
from planner.rendering.documents.view import CheckPointRow, GateRow, Part, StepRow
from planner.units.span import Minute

Row = StepRow | GateRow | CheckPointRow


@dataclass(slots=True)
class _Pages:
    """The rows of gates and check points, and which check points already stand on a page."""

    book: Book
    gates: Sequence[GateRow]
    points: Sequence[CheckPointRow]
    placed: set[int] = field(default_factory=set)

    def rows(self, steps: Sequence[Step], until: Minute) -> Iterable[Row]:
        """Each gate before its step, each check point before the first step that begins after it."""
        numbers = self.book.numbers
        for step in steps:
            yield from self._points_until(step.start)
            yield from (gate for gate in self.gates if gate.before == numbers[step.id])
            yield self.book.rows[numbers[step.id] - 1]
        yield from self._points_until(until)

    def _points_until(self, minute: Minute) -> Iterable[CheckPointRow]:
        for row, point in zip(self.points, self.book.wave.check_points, strict=True):
            if row.number not in self.placed and point.planned <= minute:
                self.placed.add(row.number)
                yield row


def parts(book: Book, gates: Sequence[GateRow], points: Sequence[CheckPointRow]) -> tuple[Part, ...]:
    """The turns with their rows; steps outside of turns stand in parts of their own, in the order of time."""
    pages, runs = _Pages(book, gates, points), _runs(book)
    ends = [max(step.end for step in steps) for _, steps in runs]
    if ends:
        ends[-1] = max(ends[-1], *(point.planned for point in book.wave.check_points), ends[-1])
    return tuple(
        Part(number, _title(book, turn), tuple(pages.rows(steps, end)), _footer(book, steps))
        for number, ((turn, steps), end) in enumerate(zip(runs, ends, strict=True), 1)
    )


def _runs(book: Book) -> list[tuple[Turn | None, list[Step]]]:
    runs: list[tuple[Turn | None, list[Step]]] = []
    for step in book.steps:
        turn = next((turn for turn in book.wave.turns if turn.start <= step.start < turn.end), None)
        if not runs or runs[-1][0] != turn:
            runs.append((turn, []))
        runs[-1][1].append(step)
    return runs


def _title(book: Book, turn: Turn | None) -> str:
    words, moments = book.edition.words, book.edition.moments
    if turn is None:
        return str(words["general"]["preparation"])
    name = words.say("general", "turn", number=book.turns[turn.id])
    same = moments.clock.day(turn.start) == moments.clock.day(turn.end)
    end = moments.time(turn.end) if same else moments.day_and_time(turn.end)
    return words.say("runbook", "turn", turn=name, start=moments.day_and_time(turn.start), end=end)


def _footer(book: Book, steps: Sequence[Step]) -> tuple[str, ...]:
    """The gates among these steps, else the next one; the nearest deadlines; whom to call."""
    start, end = steps[0].start, max(step.end for step in steps)
    gates = [(number, gate) for number, gate in enumerate(book.wave.gates, 1) if gate.at >= start]
    here = [(number, gate) for number, gate in gates if gate.at <= end]
    said = [_gate_ahead(book, number, gate) for number, gate in here or gates[:1]]
    points = list(enumerate(book.wave.check_points, 1))
    ahead = [(number, point) for number, point in points if start <= point.planned <= end and point.deadline]
    said += [_deadline_ahead(book, number, point) for number, point in _tightest(ahead)]
    return (*(said or [str(book.edition.words["runbook"]["no_deadline"])]), *callers(book.edition.naming))


def _tightest(points: Sequence[tuple[int, CheckPoint]]) -> Sequence[tuple[int, CheckPoint]]:
    """The two check points whose deadline comes first, in the order of their deadlines."""
    return sorted(points, key=lambda found: (found[1].deadline or 0, found[1].planned))[:2]


def _gate_ahead(book: Book, number: int, gate: Gate) -> str:
    words = book.edition.words
    what = words.say("general", "gate", number=number)
    return words.say("runbook", "next_gate", what=what, at=book.edition.moments.day_and_time(gate.at))


def _deadline_ahead(book: Book, number: int, point: CheckPoint) -> str:
    words = book.edition.words
    what = words.say("general", "check_point", number=number)
    deadline = book.edition.moments.day_and_time(point.deadline or point.planned)
    return words.say("runbook", "next_deadline", deadline=deadline, what=what)
