"""Whether a rollback may be carried out: the rules that bind any other step bind it too (S13)."""

from collections.abc import Iterator, Sequence

from planner.model.inventory import Inventory
from planner.plan.finding import Finding
from planner.plan.wave import CheckPoint, Wave
from planner.safety import complaint, completeness
from planner.safety.context import Context
from planner.safety.progression import carriage_faults, progression_faults
from planner.safety.rota import Rota
from planner.safety.rule import Rule
from planner.safety.stills import Stills
from planner.safety.timetable import Almanac
from planner.safety.told import Told
from planner.units.span import Minute

CONFIRMED_LATER = frozenset({"s20.outside_hours"})
"""After turning back an acceptance may be provisional: the rehearsed steps only have to bring the service back."""

Signature = tuple[str, str, tuple[str, ...], tuple[str, ...]]


class Feasibility:
    """Judges witnesses by ``rules``; what is wrong already at the start or at the check point is not their fault."""

    def __init__(
        self, context: Context, inventory: Inventory, almanac: Almanac, stills: Stills, rules: Sequence[Rule]
    ) -> None:
        self.context = context
        self._stills = stills
        self._rules = rules
        self.inventory = inventory
        self._rota = Rota(inventory, context.plan.steps(), almanac)
        self._own = completeness.by_subject(context.plan)
        self._known: dict[Minute, frozenset[Signature]] = {}

    def faults(self, wave: Wave, point: CheckPoint, turned: Context) -> Iterator[Finding]:
        """Every violation that carrying out the witness adds, as a finding of S13 that names the rule."""
        for finding in (*self._replayed(point, turned), *self._people(point, turned), *self._form(point, turned)):
            yield _as_rollback(wave, point, finding)

    def _replayed(self, point: CheckPoint, turned: Context) -> Iterator[Finding]:
        found = [finding for rule in self._rules for finding in rule.violations(turned)]
        for finding in found:
            signature = _signature(finding)
            if finding.key in CONFIRMED_LATER:
                continue
            if signature not in self._at(self.context.replay.span.start) and signature not in self._at(point.planned):
                yield finding

    def _at(self, minute: Minute) -> frozenset[Signature]:
        """What the rules say of the state at an instant, after the ends and before the starts."""
        if minute not in self._known:
            still = self._stills.at(minute)
            context = Context(self.inventory, self.context.plan, still, Told(self.context.plan, still))
            self._known[minute] = frozenset(
                _signature(f) for rule in self._rules if rule.of_state for f in rule.violations(context)
            )
        return self._known[minute]

    def _people(self, point: CheckPoint, turned: Context) -> Iterator[Finding]:
        yield from (f for f in self._rota.after(point.planned, turned.replay.steps) if not f.unknown)

    def _form(self, point: CheckPoint, turned: Context) -> Iterator[Finding]:
        for finding in completeness.duration_faults(self.inventory, turned.plan):
            longer = finding.key == "s21.duration" and int(finding.values["found"]) > int(finding.values["due"])
            if not longer:  # to allow more time than needed is careful, and counts in R
                yield finding
        yield from completeness.overlap_faults(completeness.by_subject(turned.plan))
        yield from progression_faults(self.inventory, self._own, point.planned, turned.replay.steps)
        yield from carriage_faults(self.inventory, turned.replay, turned.replay.steps)


def _signature(finding: Finding) -> Signature:
    return finding.rule, finding.key, finding.subjects, finding.cause


def _as_rollback(wave: Wave, point: CheckPoint, finding: Finding) -> Finding:
    values = {**finding.values, "check_point": point.id, "wave": wave.id, "rule": finding.rule, "because": finding.key}
    subjects = tuple(dict.fromkeys((point.id, *finding.subjects)))
    return complaint.of_span("s13.infeasible", subjects, finding.span, finding.steps, values, finding.facts)
