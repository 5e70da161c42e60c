"""Whether the people on a step fill what the work demands, and come in pairs where they must (S15)."""

from collections.abc import Iterator, Mapping

from planner.model.inventory import Inventory
from planner.model.need import leaves
from planner.model.people import Person, Team
from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.safety import complaint, duty

Roster = Mapping[str, tuple[Team, Person]]


def crew_faults(inventory: Inventory, step: Step, known: Roster) -> Iterator[Finding]:
    """The people of a step fill each demand of each of its subjects; the witness is one person more."""
    people = [known[id] for id in dict.fromkeys(step.people) if id in known]
    for subject, work in duty.works(inventory, step):
        facts = (_fact(inventory, subject, step),)
        for demand in duty.unfilled(work.crew, people):
            values = {"team": demand.team, "count": str(demand.count), "skill": demand.skill or ""}
            key = "s15.skill_missing" if demand.skill else "s15.crew_missing"
            yield complaint.of_step(key, (subject, demand.team), step, values, facts)
        witness = known.get(step.witness or "")
        if work.witness is not None and (witness is None or not duty.fits(work.witness, *witness)):
            yield complaint.of_step("s15.witness_missing", (subject, work.witness.team), step, facts=facts)
    for id in sorted({id for id in step.people if step.people.count(id) > 1 or id == step.witness}):
        yield complaint.of_step("s15.counted_twice", (id,), step)


def pair_faults(inventory: Inventory, step: Step, critical: Mapping[str, str]) -> Iterator[Finding]:
    """Hands on what a critical system runs on come in pairs; automatic work has no hands."""
    if len(duty.booked(step)) > 1:
        return
    for subject, work in duty.works(inventory, step):
        if subject in critical and (work.crew or step.people):
            system = critical[subject]
            facts = (f"systems.{system}.criticality", "policy.staff.two_person")
            yield complaint.of_step("s15.two_people", (subject, system), step, facts=facts)
            return


def on_critical(inventory: Inventory) -> Mapping[str, str]:
    """Each asset that a system under the two-person rule runs on, directly or as its host, with that system."""
    found: dict[str, str] = {}
    for system in inventory.systems.values():
        if system.criticality.value in inventory.policy.staff.two_person and system.runs_on is not None:
            for asset in _beneath(inventory, list(leaves(system.runs_on))):
                found.setdefault(asset, system.id)
    return found


def _beneath(inventory: Inventory, ids: list[str]) -> Iterator[str]:
    """The named assets, and whatever they stand on: host, chassis, the cluster's storage."""
    seen: set[str] = set()
    while ids:
        asset = inventory.assets.get(ids.pop())
        if asset is None or asset.id in seen:
            continue
        seen.add(asset.id)
        yield asset.id
        cluster = inventory.clusters.get(asset.cluster or "")
        ids += [id for id in (asset.host, asset.chassis, cluster.storage if cluster else None) if id]


def _fact(inventory: Inventory, id: str, step: Step) -> str:
    if id in inventory.links:
        return f"links.{id}.crew"
    return f"{'assets' if id in inventory.assets else 'systems'}.{id}.works.{step.kind.value}"
