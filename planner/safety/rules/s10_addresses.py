"""S10 addresses: who knows a changed address is told, and the DNS forgets the old one in time."""

from collections import Counter
from collections.abc import Iterator

from planner.model.asset import Asset
from planner.model.chain import StepKind
from planner.model.need import leaves
from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.safety.above import running_on
from planner.safety.context import Context
from planner.safety.rule import Outcome, Rule
from planner.safety.watch import at, seen
from planner.safety.world import World

K = StepKind

SENTENCE = (
    "A renumbered asset has steps that update every literal reference recorded for it (rules, whitelists, scripts, "
    "licences); from the change until that step ends, dependents with such a reference have that need unsatisfied. A "
    "lowered DNS TTL precedes the change by at least the old TTL."
)


def check(context: Context) -> Outcome:
    """Judge every change of an address. That the needs of who was not told yet fail is computed by the replay (S01)."""
    found: list[Finding] = []
    checks = 0
    for step in context.replay.steps:
        if step.kind is K.RENUMBER:
            for asset in (context.inventory.assets[id] for id in step.assets if id in context.inventory.assets):
                checks += 1 + len(asset.references)
                found += _updates(context, step, asset)
                found += _time_to_live(context, step, asset)
    return Outcome(tuple(found), checks)


def _updates(context: Context, change: Step, asset: Asset) -> Iterator[Finding]:
    """As many updates of a holder end after the change has begun as references to the asset stand in it."""
    ended = [s for s in context.replay.of_subject[asset.id] if s.kind is K.UPDATE and s.end > change.start]
    left = Counter(step.holder for step in ended)
    for number, reference in enumerate(asset.references):
        facts, holder = (f"assets.{asset.id}.references.{number}",), reference.holder
        values = {"asset": asset.id, "holder": holder, "what": reference.what}
        if not left[holder]:
            cause = (asset.id, holder)
            yield at(change.span, seen("s10.not_updated", cause, cause=cause, facts=facts, values=values))
        left[holder] -= left[holder] > 0
        if not _named_by(context.replay.world, holder, asset.id):
            found = seen("s10.need_unknown", (asset.id, holder), facts=facts, values=values, unknown=True)
            yield at(change.span, found)


def _named_by(world: World, holder: str, id: str) -> bool:
    """Whether the holder, or a system that runs on it, has a need that names the asset: only that can fail."""
    above = world.once(running_on).get(holder, ())
    needs = [need for each in (holder, *above) for need in world.inventory.subject(each).needs]
    return any(id in leaves(need.tree) for need in needs)


def _time_to_live(context: Context, change: Step, asset: Asset) -> Iterator[Finding]:
    """``end of LOWER_TTL <= start of the change - old_ttl``."""
    facts, cause = (f"assets.{asset.id}.old_ttl", f"assets.{asset.id}.new_address"), (asset.id,)
    if asset.old_ttl is None:
        values = {"asset": asset.id}
        yield at(change.span, seen("s10.ttl_unknown", cause, cause=cause, facts=facts, values=values, unknown=True))
        return
    lowered = [s.end for s in context.replay.of_subject[asset.id] if s.kind is K.LOWER_TTL]
    first = max((change.start - end for end in lowered if end <= change.start), default=None)
    if asset.old_ttl and first is None:
        values = {"asset": asset.id, "minutes": str(asset.old_ttl)}
        yield at(change.span, seen("s10.ttl_missing", cause, cause=cause, facts=facts, values=values))
    elif first is not None and first < asset.old_ttl:
        values = {"asset": asset.id, "minutes": str(asset.old_ttl), "found": str(first)}
        yield at(change.span, seen("s10.ttl_late", cause, cause=cause, facts=facts, values=values))


RULE = Rule("S10", SENTENCE, check)
