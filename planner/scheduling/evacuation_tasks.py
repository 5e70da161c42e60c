"""The tasks of an evacuation around those of the turn that it is for."""

from itertools import pairwise

from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.scheduling.evacuation import Evacuation, Leg
from planner.scheduling.hard_group import shared_crew
from planner.scheduling.precedence import Precedence
from planner.scheduling.task import Task


def add_evacuation(inventory: Inventory, evacuation: Evacuation, tasks: dict[str, Task], order: Precedence) -> None:
    """Leg by leg, before everything else in the turn the ways out, and after everything else the ways back."""
    others = list(tasks)
    out = [_task(inventory, leg, "out") for leg in evacuation.out]
    back = [_task(inventory, leg, "back") for leg in evacuation.back]
    for first, then in (*pairwise(out), *pairwise(back)):
        order.add(first.key, then.key)
    tasks.update((task.key, task) for task in (*out, *back))
    for key in others:
        for task in out[-1:]:
            order.add(task.key, key)
        for task in back[:1]:
            order.add(key, task.key)


def _task(inventory: Inventory, leg: Leg, way: str) -> Task:
    """One step for all VMs of a leg, as long as the longest of its migrations."""
    works = [inventory.assets[vm].works[StepKind.MIGRATE] for vm, _ in leg]
    crew, witness = shared_crew((work.crew, work.witness) for work in works)
    return Task(
        key=f"{leg[0][0]}/{StepKind.MIGRATE}/{way}",
        kind=StepKind.MIGRATE,
        assets=tuple(vm for vm, _ in leg),
        minutes=max(work.duration.likely for work in works),
        crew=crew,
        witness=witness,
        hosts=dict(leg),
    )
