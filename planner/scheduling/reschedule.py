"""A plan that changes as little as possible of another one, which may be of an inventory that was different."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from planner.calendar import windows
from planner.model import canonical
from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.plan.plan import Plan
from planner.plan.refusal import Refusal, RefusalKind
from planner.plan.step import RollbackStep, Step
from planner.plan.wave import Wave
from planner.scheduling.choose import WindowSearch
from planner.scheduling.construct import Construction
from planner.scheduling.decision import decisions
from planner.scheduling.draft import Draft
from planner.scheduling.job import Job
from planner.scheduling.keeping_search import KeepingSearch
from planner.scheduling.kept import kept
from planner.scheduling.objective import terms
from planner.scheduling.options import Options
from planner.scheduling.outages import declare, replay
from planner.scheduling.placement import MOVING, place
from planner.scheduling.restating import Facts, Restating
from planner.scheduling.retaining import Retaining
from planner.scheduling.schedule import Scheduling
from planner.scheduling.truth import Truth
from planner.scheduling.unmendable import unmendable
from planner.units.progress import Progress


def reschedule(
    inventory: Inventory, before: Plan, options: Options, progress: Progress, stopped: Callable[[], bool]
) -> Plan | Refusal:
    """Return a plan of ``inventory`` that keeps of ``before`` what it can, or why none was found.

    It has, in this order, the fewest subjects in other windows, the fewest at other times, and the least objective
    that the search finds. Positions are kept where all of them still can be.
    """
    known, placements = unmendable(inventory), _places(inventory, before)
    if known:
        return Refusal(RefusalKind.IMPOSSIBLE, known)
    if isinstance(placements, Refusal):
        return placements
    return Rescheduling(before, inventory, options, progress, stopped, placements).run()


def speaks_of(inventory: Inventory, before: Plan) -> bool:
    """Whether all that the steps of a plan, and those of turning back, name is in the inventory."""
    known = {*inventory.assets, *inventory.systems, *inventory.links}
    back = (step for wave in before.waves for point in wave.check_points for step in point.rollback)
    steps: list[Step | RollbackStep] = [*before.steps(), *back]
    named = {id for step in steps for id in (*step.assets, *step.hosts, *step.hosts.values(), step.holder) if id}
    places = [place for step in steps for place in step.to.values()]
    return named <= known and all(_stands(inventory, place) for place in (*places, *before.placements.values()))


def _stands(inventory: Inventory, place: Position) -> bool:
    return place.room in inventory.rooms and (place.rack is None or place.rack in inventory.racks)


def restated(inventory: Inventory, before: Plan) -> Plan:
    """The same steps as a plan of this inventory, not yet verified: all that follows from facts is told anew.

    Outages, objective and decisions are those of the inventory. Windows, gates, deadlines and what is done after points
    of no return stay as they are told, but where both inventories give them differently. All that the steps name is in
    the inventory (`speaks_of`).
    """
    truth = Truth(inventory)
    steps = before.steps()
    replayed = replay(inventory, truth, steps)
    return replace(
        before,
        inventory=inventory,
        inventory_hash=canonical.digest(inventory),
        waves=_waves(before, Facts(inventory, truth, steps, replayed.unavailable)),
        outages=declare(inventory, replayed.unavailable),
        objective=terms(inventory, replayed, len(before.waves), steps),
        decisions=tuple(decisions(inventory)),
    )


def _waves(before: Plan, now: Facts) -> tuple[Wave, ...]:
    """The waves by the facts of today; as they are told where the plan was not even of its own inventory."""
    old = before.inventory
    if not speaks_of(old, before):
        return before.waves
    truth = Truth(old)
    then = Facts(old, truth, now.steps, replay(old, truth, now.steps).unavailable)
    return Restating(then, now).waves(before)


def _places(inventory: Inventory, before: Plan) -> Mapping[str, Position] | Refusal:
    """The positions of the other plan where the rooms still hold them together, else new ones."""
    settled = dict(inventory.assets)
    for id, asset in inventory.assets.items():
        was = before.placements.get(id)
        if was is None or not _stands(inventory, was) or asset.method not in MOVING or not asset.stages:
            continue
        last = asset.stages[-1]
        if last.position.room == was.room and last.position.unit is None and last.position.rack in (None, was.rack):
            settled[id] = replace(asset, stages=(*asset.stages[:-1], replace(last, position=was)))
    found = place(replace(inventory, assets=settled))
    return place(inventory) if isinstance(found, Refusal) else found


class Rescheduling(Scheduling):
    """A run of the scheduler whose drafts begin with what the other plan did."""

    def __init__(
        self,
        before: Plan,
        inventory: Inventory,
        options: Options,
        progress: Progress,
        stopped: Callable[[], bool],
        placements: Mapping[str, Position],
    ) -> None:
        super().__init__(inventory, options, progress, stopped, placements)
        self.before = before

    def _exhausted(self, _: Construction) -> Plan | None:
        """No plan: what is best of all does not matter here."""
        return None

    def _prepare(self, jobs: Sequence[Job]) -> Construction:
        base = super()._prepare(jobs)
        return Retaining(base, self.before, kept(self.before, base.jobs, windows(self.inventory)))

    def _windows(self, construction: Construction) -> WindowSearch:
        return KeepingSearch(
            construction,
            windows(self.inventory),
            self.options.effort,
            self._asked,
            lambda drafts: self.progress("windows", drafts, None),
        )

    def _or_together(self, construction: Construction, draft: Draft) -> Draft:
        """The draft itself: its turns go host by host or together as they went before."""
        if draft.undone:
            return super()._or_together(construction, draft)
        return draft
