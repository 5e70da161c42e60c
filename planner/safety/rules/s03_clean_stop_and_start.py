"""A dependent whose hard tree fails without an asset is stopped before that asset stops and started after its check."""

from collections.abc import Iterator

from planner.model.chain import StepKind
from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.safety import screens
from planner.safety.condition import STILL, Condition
from planner.safety.context import Context
from planner.safety.hard_groups import Group, hard_groups
from planner.safety.moment import Moment
from planner.safety.question import Question, asked
from planner.safety.rule import Outcome, Rule
from planner.safety.standing import Lack, lacks
from planner.safety.stretches import stretches
from planner.safety.watch import Watch, at, seen
from planner.safety.world import World
from planner.units.span import Span

K = StepKind
KEYS = {
    Condition.UP: "s03.not_stopped",
    Condition.STOPPING: "s03.stops_too_late",
    Condition.STARTING: "s03.starts_too_early",
}
NEEDS_STOP = frozenset({K.UNMOUNT, K.CARRY, K.DISPOSE})
OF_GROUP = frozenset({K.STOP, K.START, K.CHECK, K.ACCEPT})


def check(context: Context) -> Outcome:
    """Whatever is not down has its hard trees held up, hard cycles go as one, nothing moves while it is on."""
    watch, replay = Watch(), context.replay
    groups = set(replay.world.once(hard_groups).values())
    for _, span, found in stretches(replay, replay.world.once(_running)):
        for finding in found:
            watch.see(span, finding)
    for group in groups:
        for moment in replay.moments:
            for finding in _apart(context, moment, group):
                watch.see(moment.span, finding)
    apart = [finding.span for finding in watch.findings() if finding.key == "s03.group_apart"]
    others = [*_moved_while_on(context)]
    for group in groups:
        others += _disordered(context, group)
        for finding in _never_all_down(context, group):
            known = finding.span is None or any(span is not None and span.overlaps(finding.span) for span in apart)
            others += [] if known else [finding]
    return Outcome((*watch.findings(), *others), len(replay.moments) * len(replay.world.subjects))


def _running(world: World) -> Question[tuple[Finding, ...]]:
    """Whether what is not down has its hard trees held up."""
    groups = world.once(hard_groups)

    def judge(moment: Moment, id: str) -> tuple[Finding, ...]:
        if moment.condition[id] in STILL:
            return ()
        return tuple(_unheld(moment, id, lack) for lack in lacks(moment, id, groups.get(id, ())))

    return asked("s03", world.subjects, judge, screen=screens.lacking)


def _unheld(moment: Moment, id: str, lack: Lack) -> Finding:
    first = lack.leaves[0] if lack.leaves else id
    values = {"dependent": id, "provider": ", ".join(lack.leaves), "condition": str(moment.condition.get(first, ""))}
    key = KEYS[moment.condition[id]]
    return seen(key, (id, *lack.leaves), cause=(first, id), facts=(lack.fact,), values=values)


def _apart(context: Context, moment: Moment, group: Group) -> Iterator[Finding]:
    """A group of which one is up while another is not, and nobody is working on it."""
    down = [id for id in group if moment.condition[id] is not Condition.UP]
    if not down or len(down) == len(group):
        return
    own = (step for id in group for step in context.replay.of_subject.get(id, ()))
    busy = (step for step in own if step.kind in OF_GROUP)
    if not any(step.start <= moment.minute < step.end for step in busy):
        values = {"group": ", ".join(group), "down": ", ".join(down)}
        yield seen("s03.group_apart", group, cause=(*down, *group), values=values)


def _disordered(context: Context, group: Group) -> Iterator[Finding]:
    """Starts of a group follow the order of the file, stops the reverse."""
    for kind, order in ((K.STOP, group[::-1]), (K.START, group)):
        rows = [_begins(context, id, kind) for id in order]
        for before, after, one, other in zip(rows, rows[1:], order, order[1:], strict=False):
            for first, second in zip(before, after, strict=False):
                if second.start < first.start:
                    values = {"first": one, "second": other, "kind": str(kind)}
                    span = Span(second.start, first.end)
                    yield at(span, seen("s03.group_order", group, cause=(one, other), values=values))


def _never_all_down(context: Context, group: Group) -> Iterator[Finding]:
    """Between the stop and the start of a member there is an instant at which the whole group is down."""
    ends = sorted({step.end for id in group for step in _begins(context, id, K.STOP)})
    for id in group:
        stops = _begins(context, id, K.STOP)
        for step in _begins(context, id, K.START):
            down = max((stop.end for stop in stops if stop.end <= step.start), default=None)
            since = [minute for minute in ends if down is not None and down <= minute <= step.start]
            if since and not any(all(_is_still(context, other, minute) for other in group) for minute in since):
                values = {"group": ", ".join(group), "down": id}
                span = Span(since[0], step.end)
                yield at(span, seen("s03.group_apart", group, cause=(id, *group), values=values))


def _is_still(context: Context, id: str, minute: int) -> bool:
    return context.replay.before_start(id, minute) in STILL


def _begins(context: Context, id: str, kind: StepKind) -> list[Step]:
    return [step for step in context.replay.of_subject.get(id, ()) if step.kind is kind]


def _moved_while_on(context: Context) -> Iterator[Finding]:
    """The condition at a start, after the ends of that minute, decides; a stop that takes no time is not written."""
    for step in context.replay.steps:
        if step.kind in NEEDS_STOP:
            for id in step.assets:
                condition = context.replay.before_start(id, step.start)
                if condition not in STILL and not _stops_at_once(context, id):
                    values = {"asset": id, "kind": str(step.kind), "condition": str(condition)}
                    found = seen("s03.moved_while_on", (id,), cause=(id,), facts=(f"assets.{id}",), values=values)
                    yield at(step.span, found)


def _stops_at_once(context: Context, id: str) -> bool:
    work = context.inventory.assets[id].works.get(K.STOP) if id in context.inventory.assets else None
    return work is None or not work.duration.likely


RULE = Rule("S03", __doc__ or "", check, of_state=True)
