"""A plan together with the words in which it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.plan.finding import Verdict
from planner.plan.plan import Plan
from planner.plan.way_back import WayBack
from planner.rendering.documents.describing import Describing
from planner.rendering.documents.moments import Moments
from planner.rendering.documents.naming import Naming
from planner.rendering.documents.view import Stamp
from planner.rendering.documents.whereabouts import Stand, stands
from planner.rendering.documents.words import Words

SHOWN_OF_HASH = 12
"""How many digits of the inventory's hash stand on every paper."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A verified plan and the words in which it is told; what is looked up for every wave is found once.

    ``id`` is the plan's identity as its file says it; the plan's inventory is the one that gives names and contacts.
    ``ways_back`` is what turning back comes to, by check point; only the rollback papers ask for it.
    """

    id: str
    plan: Plan
    verdict: Verdict
    words: Words
    ways_back: Mapping[str, WayBack] = field(default_factory=dict)
    naming: Naming = field(init=False)
    describing: Describing = field(init=False)
    moments: Moments = field(init=False)
    stands: dict[str, Stand] = field(init=False)

    def __post_init__(self) -> None:
        naming = Naming(self.plan.inventory, self.words)
        object.__setattr__(self, "naming", naming)
        object.__setattr__(self, "describing", Describing(naming))
        object.__setattr__(self, "moments", Moments(self.plan.inventory.clock, self.words))
        object.__setattr__(self, "stands", stands(self.plan))

    def wave_name(self, number: int) -> str:
        """The name of the wave with this number, from 1; the preparation for 0."""
        return self.words.say("general", "wave", number=number) if number else str(self.words["general"]["preparation"])

    def stamp(self) -> Stamp:
        """What every paper carries."""
        project = self.plan.inventory.project
        return Stamp(
            project=project.name or project.id,
            plan=self.id,
            hash=self.plan.inventory_hash.removeprefix("sha256:")[:SHOWN_OF_HASH],
            zone=project.zone,
            classification=project.classification or str(self.words["general"]["unclassified"]),
            product=self.plan.making.product,
            language=self.words.language,
        )
