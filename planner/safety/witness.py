"""The replay of a rollback: from the state at a check point, by the plan's own witness (S13)."""

from dataclasses import replace

from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.plan.plan import Outage
from planner.plan.step import RollbackStep, Step
from planner.plan.wave import CheckPoint, Wave
from planner.safety.context import Context
from planner.safety.ledger import NOTHING, Ledger, Page, changes
from planner.safety.replay import Replay, Turn
from planner.safety.told import Told
from planner.units.span import Span


def undoing(inventory: Inventory) -> Inventory:
    """The inventory with the durations and crews that hold when something is undone."""
    assets = {
        id: replace(a, works={**a.works, **a.rollback}) if a.rollback else a for id, a in inventory.assets.items()
    }
    systems = {
        id: replace(s, works={**s.works, **s.rollback}) if s.rollback else s for id, s in inventory.systems.items()
    }
    return replace(inventory, assets=assets, systems=systems)


def steps_of(point: CheckPoint) -> tuple[Step, ...]:
    """The witness as steps of the clock, if turning back is decided at the planned instant."""
    return tuple(_step(point, number, step) for number, step in enumerate(point.rollback) if step.minutes > 0)


def _step(point: CheckPoint, number: int, step: RollbackStep) -> Step:
    start = point.planned + step.offset
    return Step(
        id=f"{point.id}/{number + 1}",
        kind=step.kind,
        assets=step.assets,
        start=start,
        end=start + step.minutes,
        people=step.people,
        witness=step.witness,
        to=step.to,
        hosts=step.hosts,
        holder=step.holder,
    )


def length(point: CheckPoint) -> int:
    """R: minutes from the decision to the end of the last step of the witness."""
    return max((step.offset + step.minutes for step in point.rollback), default=0)


def continued(context: Context, inventory: Inventory, wave: Wave, point: CheckPoint) -> Context:
    """What happens if turning back is decided: the steps under way end, those of the witness follow."""
    return told(context, inventory, wave, context.replay.branches([turn_of(inventory, point)])[0])


def turn_of(inventory: Inventory, point: CheckPoint) -> Turn:
    """The branch that the replay of the witness is."""
    span = Span(point.planned, point.planned + max(length(point), 1) + 1)
    return Turn(inventory, point.planned, steps_of(point), span)


def told(context: Context, inventory: Inventory, wave: Wave, replay: Replay) -> Context:
    """The replay of a witness as a plan of its own.

    Every system that is out in it counts as announced: whoever turns back announces a new end.
    """
    outages = tuple(Outage(system, part, part.minutes, 0) for system, out in replay.unavailable.items() for part in out)
    undone = replace(wave, steps=replay.steps, turns=(), check_points=(), gates=(), point_of_no_return=None)
    plan = replace(context.plan, preparation=(), waves=(undone,), outages=outages)
    return Context(inventory, plan, replay, Told(plan, replay))


def differences(inventory: Inventory, ledger: Ledger, anchor: Page, end: Page) -> tuple[str, ...]:
    """The subjects that are not as they were at the anchor, in order of their ids; the places that know an address too.

    New equipment that nobody uses yet may stay, and so may a bridge that has been tested since.
    """
    state = ledger.state
    tables = {id(t) for t in (state.condition, state.place, state.host, state.role, state.target)}
    found = set[str]()
    for (table, key), (was, now) in changes(anchor, end).items():
        if table in tables and (None if was is NOTHING else was) != (None if now is NOTHING else now):
            found.add(key)
        elif table == id(state.stale) and (was is NOTHING) != (now is NOTHING):
            found.add(key[1])
        elif table == id(state.tested) and was is not NOTHING and now is NOTHING:
            found.add(key)
    return tuple(sorted(each for each in found if not _is_unused(inventory, each)))


def _is_unused(inventory: Inventory, subject: str) -> bool:
    return subject in inventory.assets and inventory.assets[subject].method is Method.INSTALL
