"""S11 backup: what holds data is backed up, read back, restorable, and copied elsewhere before it moves."""

from collections.abc import Iterator

from planner.model.asset import Asset, Backup
from planner.model.chain import StepKind
from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.safety.context import Context
from planner.safety.journey import Journey, held_in, journeys
from planner.safety.moment import Moment
from planner.safety.rule import Outcome, Rule
from planner.safety.watch import Watch, at, seen

K = StepKind

SENTENCE = (
    "A stateful asset starts to move only after a backup finished and read-verified within its age limit; its restore "
    "procedure was tested within `restore_test_days` (90 by default); a copy lies in another declared place (a vault "
    "counts), not in the same room or transport."
)


def check(context: Context) -> Outcome:
    """Judge every journey of every asset that holds data, also of those inside what is carried."""
    found: list[Finding] = []
    checks = 0
    for journey in journeys(context.replay):
        moment = context.replay.at(journey.carry.start)
        for id in held_in(moment, journey.asset):
            asset = context.inventory.assets[id]
            if asset.stateful and _moves_with(context, asset, journey):
                checks += 1
                found += _judged(context, journey, asset)
    return Outcome(tuple(found), checks)


def _moves_with(context: Context, asset: Asset, journey: Journey) -> bool:
    """Whether its data lie on what is carried: those of a VM lie on the storage of its cluster, if it has one."""
    cluster = context.inventory.clusters.get(asset.cluster or "")
    return cluster is None or cluster.storage in (None, journey.asset)


def _judged(context: Context, journey: Journey, asset: Asset) -> Iterator[Finding]:
    if asset.backup is None:
        yield _found("s11.no_backup", journey, asset, "stateful")
        return
    yield from _fresh(context, journey, asset, asset.backup)
    yield from _restorable(context, journey, asset, asset.backup)
    yield from _copied(context, journey, asset, asset.backup)


def _found(
    key: str, journey: Journey, asset: Asset, fact: str, values: dict[str, str] | None = None, *, unknown: bool = False
) -> Finding:
    """A finding about the data of one asset; the cause is what carries it."""
    cause = tuple(dict.fromkeys((journey.asset, asset.id)))
    facts = (f"assets.{asset.id}.{fact}",)
    told = {"asset": asset.id, **(values or {})}
    return at(journey.span, seen(key, (asset.id,), cause=cause, facts=facts, values=told, unknown=unknown))


def _fresh(context: Context, journey: Journey, asset: Asset, backup: Backup) -> Iterator[Finding]:
    """``start - max_age <= end of BACK_UP <= start`` for one that was read back before the start."""
    start = journey.span.start
    taken = _steps(context, asset.id, K.BACK_UP)
    done = [step for step in taken if step.end <= start]
    fresh = [step for step in done if start - step.end <= backup.max_age]
    if not done:
        begun = any(step.start < start for step in taken)
        yield _found("s11.not_finished" if begun else "s11.not_backed_up", journey, asset, "backup")
    elif not fresh:
        values = {"found": _hours(start - max(s.end for s in done)), "limit": _hours(backup.max_age)}
        yield _found("s11.too_old", journey, asset, "backup.max_age", values)
    elif backup.verify is None:
        yield _found("s11.verification_unknown", journey, asset, "backup", unknown=True)
    else:
        read = [s for s in fresh if _verified(context, asset.id, s, start)]
        if not read:
            yield _found("s11.not_verified", journey, asset, "backup")
        elif not any(_on(context, asset.id, step) for step in read):
            yield _found("s11.backed_up_while_off", journey, asset, "backup", {"step": read[-1].id})


def _steps(context: Context, id: str, kind: StepKind) -> list[Step]:
    return [step for step in context.replay.of_subject.get(id, ()) if step.kind is kind]


def _verified(context: Context, id: str, backup: Step, start: int) -> bool:
    return any(s.start >= backup.end and s.end <= start for s in _steps(context, id, K.VERIFY))


def _on(context: Context, id: str, step: Step) -> bool:
    """Whether the asset is up while it is backed up; what is off gives no data."""
    return all(moment.up(id) for moment in context.replay.between(step.span))


def _restorable(context: Context, journey: Journey, asset: Asset, backup: Backup) -> Iterator[Finding]:
    """``0 <= day of the move - day of the test <= restore_test_days``."""
    if backup.restore_tested is None:
        yield _found("s11.restore_unknown", journey, asset, "backup", unknown=True)
        return
    limit, clock = context.inventory.policy.restore_test_days, context.inventory.clock
    tested = clock.day(backup.restore_tested)
    days = (clock.day(journey.span.start) - tested).days
    if not 0 <= days <= limit:
        values = {"tested": tested.isoformat(), "days": str(days), "limit": str(limit)}
        yield _found("s11.restore_test", journey, asset, "backup.restore_tested", values)


def _copied(context: Context, journey: Journey, asset: Asset, backup: Backup) -> Iterator[Finding]:
    """At every moment of the journey some copy lies in a room, and not in the asset's."""
    if not backup.copies:
        yield _found("s11.copies_unknown", journey, asset, "backup", unknown=True)
        return
    for id in backup.copies:
        if id not in context.inventory.rooms and id not in context.inventory.assets:
            yield _found("s11.undeclared_place", journey, asset, "backup.copies", {"place": id})
    watch, values = Watch(), {"copies": ", ".join(backup.copies)}
    for moment in context.replay.between(journey.span):
        span = moment.span.intersection(journey.span)
        if span is not None and not any(_elsewhere(moment, copy, asset.id) for copy in backup.copies):
            watch.see(span, _found("s11.copy_beside", journey, asset, "backup.copies", values))
    yield from watch.findings()


def _elsewhere(moment: Moment, copy: str, id: str) -> bool:
    inventory = moment.world.inventory
    place = moment.room(copy) if copy in inventory.assets else copy if copy in inventory.rooms else None
    return place is not None and place != moment.room(id)


def _hours(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


RULE = Rule("S11", SENTENCE, check)
