"""One wave while its runbook is made: what refers to its steps, turns, gates and check points by number."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.plan.step import Step
from planner.plan.wave import CheckPoint, Gate, Wave
from planner.rendering.documents.criticality import critical_steps
from planner.rendering.documents.edition import Edition
from planner.rendering.documents.sharing import labels
from planner.rendering.documents.steps import in_order, step_rows
from planner.rendering.documents.view import CheckPointRow, GateRow, StepRow


@dataclass(frozen=True, slots=True)
class Book:
    """A wave, its steps in order, and their rows; numbers count from 1."""

    edition: Edition
    wave: Wave
    steps: tuple[Step, ...] = field(init=False)
    numbers: dict[str, int] = field(init=False)
    turns: dict[str, int] = field(init=False)
    rows: tuple[StepRow, ...] = field(init=False)

    def __post_init__(self) -> None:
        steps = in_order(self.wave.steps)
        object.__setattr__(self, "steps", steps)
        object.__setattr__(self, "numbers", {step.id: number for number, step in enumerate(steps, 1)})
        object.__setattr__(self, "turns", {turn.id: number for number, turn in enumerate(self.wave.turns, 1)})
        rows = step_rows(self.edition, steps, critical_steps(self.wave), self.wave.point_of_no_return)
        object.__setattr__(self, "rows", rows)

    def gates(self) -> tuple[GateRow, ...]:
        return tuple(self._gate(number, gate) for number, gate in enumerate(self.wave.gates, 1))

    def check_points(self) -> tuple[CheckPointRow, ...]:
        sheets = labels(self.wave, self.edition.words)
        points = enumerate(self.wave.check_points, 1)
        return tuple(self._check_point(number, point, sheets.get(number, "")) for number, point in points)

    def no_return_step(self) -> Step | None:
        """The step that has no inverse, if there is one."""
        return next((step for step in self.steps if step.id == self.wave.point_of_no_return), None)

    def no_return(self) -> str:
        """The sentence about the step that has no inverse, empty without one."""
        step = self.no_return_step()
        if step is None:
            return ""
        at = self.edition.moments.day_and_time(step.start)
        return self.edition.words.say("runbook", "point_of_no_return", number=self.numbers[step.id], at=at)

    def _gate(self, number: int, gate: Gate) -> GateRow:
        naming, words = self.edition.naming, self.edition.words
        return GateRow(
            sort="gate",
            number=number,
            at=self.edition.moments.day_and_time(gate.at),
            before=self.numbers.get(gate.before, 0),
            decider=naming.person(gate.decider),
            deputy=naming.person(gate.deputy),
            criteria=gate.criteria,
            default=str(words["runbook"]["gate_no" if gate.default == "no" else "gate_yes"]),
        )

    def _check_point(self, number: int, point: CheckPoint, sheet: str) -> CheckPointRow:
        moments = self.edition.moments
        return CheckPointRow(
            sort="check_point",
            number=number,
            at=moments.day_and_time(point.planned),
            after=tuple(sorted(self.numbers[id] for id in point.after if id in self.numbers)),
            deadline="" if point.deadline is None else moments.day_and_time(point.deadline),
            takes="" if point.minutes is None else moments.length(point.minutes),
            bound_by=self._bound_by(point.bound_by),
            returns_to=self._returns_to(point.anchor),
            final=point.final,
            sheet=sheet,
        )

    def _bound_by(self, bound: str | None) -> str:
        if bound is None:
            return ""
        window = str(self.edition.words["runbook"]["bound_by_window"])
        return window if bound == "window" else self.edition.naming.subject(bound)

    def _returns_to(self, anchor: str | None) -> str:
        words = self.edition.words
        if anchor not in self.turns:
            return str(words["runbook"]["returns_to_start"])
        return words.say("runbook", "returns_to_turn", turn=words.say("general", "turn", number=self.turns[anchor]))
