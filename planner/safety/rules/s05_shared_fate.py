"""S05 shared fate: no rack, UPS, circuit, storage, host, chassis, router or trip takes a whole redundancy away."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from planner.plan.finding import Finding
from planner.safety import shared_trip
from planner.safety.context import Context
from planner.safety.fate_gaps import Gap, choices_of, gaps_of
from planner.safety.fate_screen import voidable
from planner.safety.question import Question, asked, numbered
from planner.safety.redundancy import trees
from planner.safety.replay import Replay
from planner.safety.rule import Outcome, Rule
from planner.safety.stretches import stretches
from planner.safety.void import Void, Voids
from planner.safety.watch import at, seen
from planner.safety.world import World
from planner.units.span import Span, Spans

SENTENCE = (
    "Assets on one rack, UPS, circuit, storage, hypervisor, chassis, router or transport trip fail together. "
    "Redundancy that one such element can void is a finding in the start state, in intermediate states that last "
    "longer than a stated time, and in the end state."
)

Where = dict[tuple[str, str], list[Span]]
"""For each dependent and fact the stretches in which its redundancy is void."""


def check(context: Context) -> Outcome:
    """Lose each element at every moment; what is void at the start, at the end, or for too long is a finding."""
    replay = context.replay
    voids: dict[Void, Where] = defaultdict(lambda: defaultdict(list))
    for id, span, found in stretches(replay, replay.world.once(_redundancies)):
        for void, fact in found:
            voids[void][id, fact].append(span)
    said = (*_findings(context, voids), *_unknown(replay), *shared_trip.findings(context))
    return Outcome(said, len(replay.moments) * len(replay.world.subjects))


def _redundancies(world: World) -> Question[tuple[tuple[Void, str], ...]]:
    return Question("s05", numbered(_choosing(world)), lambda replay: Voids(replay).of, deep=True, screen=voidable)


def _unknowns(world: World) -> Question[tuple[Gap, ...]]:
    return asked("S05 unknown", choices_of(world), gaps_of, own=True)


def _choosing(world: World) -> tuple[str, ...]:
    """The subjects that may have a choice: all systems, and assets with needs, declared or by their place."""
    assets = world.inventory.assets.values()
    placed = (a.id for a in assets if world.has_derived_network(a) or world.declared[a.id] or world.power)
    return (*placed, *(id for id in world.inventory.systems if _may_choose(world, id)))


def _may_choose(world: World, system: str) -> bool:
    """Whether a k-of-n tree stands anywhere in what a system needs or runs on."""
    runs_on = world.inventory.systems[system].runs_on
    wanted = (want.need.tree for want in (*world.declared[system], *world.in_cloud[system]))
    return any(next(trees(tree), None) for tree in (*wanted, *([] if runs_on is None else [runs_on])))


def _findings(context: Context, voids: Mapping[Void, Where]) -> Iterator[Finding]:
    for void, where in voids.items():
        for span in Spans.of(span for spans in where.values() for span in spans):
            if _counts(context, span):
                concerned = [key for key, spans in where.items() if any(each.overlaps(span) for each in spans)]
                yield at(span, _void(void, concerned))


def _counts(context: Context, span: Span) -> bool:
    """At the start, at the end, or longer than ``policy.shared_fate_after``."""
    whole = context.replay.span
    lasting = span.minutes > context.inventory.policy.shared_fate_after
    return span.start <= whole.start or span.end >= whole.end or lasting


def _void(void: Void, concerned: list[tuple[str, str]]) -> Finding:
    element, members = void
    dependents = sorted({id for id, _ in concerned})
    shown = ", ".join(dependents[:5]) + (f" +{len(dependents) - 5}" if len(dependents) > 5 else "")
    values = {"kind": element.kind, "element": element.id, "members": ", ".join(members), "dependents": shown}
    home = element.kind if element.kind in ("rack", "circuit") else "asset"
    facts = (f"{home}s.{element.id}", *sorted({fact for _, fact in concerned}))
    subjects = tuple(dict.fromkeys((element.id, *members)))
    return seen("s05.void", subjects, cause=(element.id, *members), facts=facts[:8], values=values)


def _unknown(replay: Replay) -> Iterator[Finding]:
    """What is not known of the members of declared redundancies, and so cannot be lost with anything."""
    missing: dict[Gap, list[Span]] = defaultdict(list)
    for _, span, gaps in stretches(replay, replay.world.once(_unknowns)):
        for gap in gaps:
            missing[gap].append(span)
    for gap, spans in missing.items():
        for span in Spans.of(spans):
            values, facts = {"what": gap.what}, (gap.fact,)
            yield at(span, seen("s05.unknown", (gap.id,), cause=(gap.what,), facts=facts, values=values, unknown=True))


RULE = Rule("S05", SENTENCE, check, of_state=True)
