"""States that may last: the one before a wave, and those between its turns (S13, S23)."""

from collections.abc import Sequence
from dataclasses import replace

from planner.plan.finding import Finding
from planner.plan.wave import CheckPoint, Wave
from planner.safety.context import Context
from planner.safety.preparation import in_use, is_preparatory
from planner.safety.rule import Rule
from planner.safety.stills import Stills
from planner.safety.told import Told
from planner.units.span import Minute


class Lasting:
    """Finds and judges, by ``rules``, the states to which a wave may be turned back; each is judged once."""

    def __init__(self, context: Context, stills: Stills, rules: Sequence[Rule]) -> None:
        self.context = context
        self._stills = stills
        self._rules = rules
        self._use = in_use(context.inventory, context.plan.steps())
        self._known: dict[Minute, tuple[tuple[str, ...], tuple[Finding, ...]]] = {}

    def instant(self, wave: Wave, point: CheckPoint) -> Minute | None:
        """When the anchor's state is reached: the start of the wave, or the end of a turn before what is decided about.

        None if there is no such turn, or if it ends after the first step that the check point is about has begun.
        """
        if point.anchor is None:
            binding = [s.start for s in wave.steps if not is_preparatory(self.context.inventory, s, self._use)]
            return min((*binding, point.planned))
        turn = next((turn for turn in wave.turns if turn.id == point.anchor), None)
        begun = [step.start for step in wave.steps if step.id in point.after]
        return turn.end if turn is not None and turn.end <= min((*begun, point.planned)) else None

    def broken(self, wave: Wave, at: Minute) -> tuple[str, ...]:
        """What may not last at an instant between turns: systems that are out, subjects of findings.

        What was so before the wave began does not count; that outages are declared is no excuse for a state that lasts.
        """
        out, found = self._at(at)
        out_first, found_first = self._at(begin_of(wave, at))
        before = set(map(_signature, found_first))
        new = [finding for finding in found if _signature(finding) not in before]
        still_out = (id for id in out if id not in out_first)
        return tuple(dict.fromkeys((*still_out, *(id for finding in new for id in finding.subjects))))

    def _at(self, at: Minute) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
        """Who is out, and what is found, if an instant's state is kept for a minute and nobody is told of anything."""
        if at not in self._known:
            still = self._stills.at(at)
            plan = replace(self.context.plan, outages=())
            context = Context(self.context.inventory, plan, still, Told(plan, still))
            found = tuple(finding for rule in self._rules for finding in rule.violations(context))
            self._known[at] = tuple(still.unavailable), found
        return self._known[at]


def begin_of(wave: Wave, at: Minute) -> Minute:
    """When the first step of a wave begins."""
    return min((step.start for step in wave.steps), default=at)


def _signature(finding: Finding) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return finding.key, finding.subjects, finding.cause
