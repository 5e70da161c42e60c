"""S05 shared fate: no rack, UPS, circuit, storage, host, chassis, router or trip takes a whole redundancy away."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from planner.model.need import leaves
from planner.plan.finding import Finding
from planner.safety import trips
from planner.safety.condition import Condition
from planner.safety.context import Context
from planner.safety.fate import Element, ElementKind, Fates, lost
from planner.safety.fate_gaps import Gap, choices_of, gaps_of
from planner.safety.moment import Moment
from planner.safety.redundancy import Count, declared_counts, seen_from
from planner.safety.replay import Replay
from planner.safety.rule import Outcome, Rule
from planner.safety.stretches import stretches
from planner.safety.watch import at, seen
from planner.safety.world import Source, Want, World
from planner.units.span import Span, Spans

SENTENCE = (
    "Assets on one rack, UPS, circuit, storage, hypervisor, chassis, router or transport trip fail together. "
    "Redundancy that one such element can void is a finding in the start state, in intermediate states that last "
    "longer than a stated time, and in the end state."
)

LOCAL = frozenset({Source.SWITCH, Source.GATEWAY, Source.POWER})
"""Where the needs come from that are the same for everybody in a room."""

CARRIERS = frozenset({ElementKind.STORAGE, ElementKind.HYPERVISOR, ElementKind.CHASSIS, ElementKind.ROUTER})
"""What carries others: who loses its rack, circuit or UPS loses these by it."""


class Void(NamedTuple):
    """Members of one k-of-n need that fall with an element, so that too few are left."""

    element: Element
    members: tuple[str, ...]


Where = dict[tuple[str, str], list[Span]]
"""For each dependent and fact the stretches in which its redundancy is void."""


def check(context: Context) -> Outcome:
    """Lose each element at every moment; what is void at the start, at the end, or for too long is a finding."""
    replay, judge = context.replay, _Judge(context.replay)
    voids: dict[Void, Where] = defaultdict(lambda: defaultdict(list))
    for id, span, found in stretches(replay, _choosing(replay.world), judge.voids, deep=True):
        for void, fact in found:
            voids[void][id, fact].append(span)
    said = (*_findings(context, voids), *_unknown(replay), *trips.findings(context))
    return Outcome(said, len(replay.moments) * len(replay.world.subjects))


def _choosing(world: World) -> tuple[str, ...]:
    """The subjects that may have a choice: all systems, and assets with needs, declared or by their place."""
    assets = world.inventory.assets.values()
    placed = (a.id for a in assets if world.has_derived_network(a) or world.declared[a.id] or world.power)
    return (*placed, *world.inventory.systems)


class _Judge:
    """Judges the redundancies of subjects; those that follow the place once a room and moment."""

    def __init__(self, replay: Replay) -> None:
        self._fates = Fates(replay.moments)
        self._minute = -1
        self._seen: dict[tuple[str, str | None], tuple[tuple[Void, str], ...]] = {}

    def voids(self, moment: Moment, id: str) -> tuple[tuple[Void, str], ...]:
        """What can void a redundancy of the subject; an asset that hangs on the element itself has none to lose."""
        if moment.condition[id] is not Condition.UP:
            return ()
        found = [(void, count.fact) for count in declared_counts(moment, id) for void in self._of_tree(moment, count)]
        if id not in moment.world.inventory.assets:
            return tuple(dict.fromkeys(found))
        for want in moment.wants(id):
            if want.source in LOCAL:
                found += self._of_place(moment, want, id)
        own = self._fates.of(moment, id) if found else frozenset()
        return tuple(dict.fromkeys(each for each in found if each[0].element not in own))

    def _of_place(self, moment: Moment, want: Want, id: str) -> tuple[tuple[Void, str], ...]:
        if self._minute != moment.minute:
            self._minute = moment.minute
            self._seen.clear()
        key = (want.fact, moment.room(id))
        if key not in self._seen:
            counted = seen_from(moment, want, [id], id)
            self._seen[key] = tuple((void, want.fact) for count in counted for void in self._of_tree(moment, count))
        return self._seen[key]

    def _of_tree(self, moment: Moment, count: Count) -> Iterator[Void]:
        """The elements with which two or more members fail that hold now, so that fewer than ``count`` are left."""
        tree, fates = count.tree, self._fates
        if count.short or tree.count == len(tree.parts):
            return
        held = [part for part in tree.parts if not set(count.missing).issuperset(leaves(part))]
        served = {leaf: moment.serves(leaf) or leaf for part in held for leaf in leaves(part)}
        hit = Counter(e for part in held for e in {e for leaf in leaves(part) for e in fates.of(moment, served[leaf])})
        found: dict[Element, tuple[str, ...]] = {}
        for element in sorted(element for element, times in hit.items() if times > 1):
            fallen = [part for part in held if lost(moment, fates, part, element)]
            members = tuple(sorted({served[leaf] for part in fallen for leaf in leaves(part)}))
            if len(members) > 1 and len(held) - len(fallen) < tree.count:
                found[element] = members
        yield from (Void(e, m) for e, m in found.items() if not self._is_behind(moment, e, found))

    def _is_behind(self, moment: Moment, element: Element, found: Mapping[Element, tuple[str, ...]]) -> bool:
        """Whether a rack, UPS or circuit takes the same members away only by way of a carrier that is found too."""
        if element.kind in CARRIERS:
            return False
        others = (e for e in found if e.kind in CARRIERS and found[e] == found[element])
        return any(element in self._fates.of(moment, other.id) for other in others)


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
    facts = (f"{home}s.{element.id}", *dict.fromkeys(fact for _, fact in concerned))
    subjects = tuple(dict.fromkeys((element.id, *members)))
    return seen("s05.void", subjects, cause=(element.id, *members), facts=facts[:8], values=values)


def _unknown(replay: Replay) -> Iterator[Finding]:
    """What is not known of the members of declared redundancies, and so cannot be lost with anything."""
    missing: dict[Gap, list[Span]] = defaultdict(list)
    members = choices_of(replay.world)
    for _, span, gaps in stretches(replay, members, gaps_of):
        for gap in gaps:
            missing[gap].append(span)
    for gap, spans in missing.items():
        for span in Spans.of(spans):
            values, facts = {"what": gap.what}, (gap.fact,)
            yield at(span, seen("s05.unknown", (gap.id,), cause=(gap.what,), facts=facts, values=values, unknown=True))


RULE = Rule("S05", SENTENCE, check, of_state=True)
