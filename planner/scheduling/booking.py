"""Work that has to end in time before something is touched, and where it may lie."""

from dataclasses import dataclass

from planner.calendar import preparable
from planner.model.asset import Asset, Work
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.scheduling.task import Task
from planner.units.span import Minute, Span, Spans

NEVER = Spans()
GRID = 30
"""Minutes between the places that are tried for a step."""


@dataclass(frozen=True, slots=True)
class Booking:
    """Work on an asset that ends at or before ``before``, at most ``age`` minutes earlier, and outside ``avoid``."""

    asset: Asset
    kind: StepKind
    work: Work
    before: Minute
    age: int
    avoid: Spans = NEVER

    @property
    def task(self) -> Task:
        minutes, work = self.work.duration.likely, self.work
        return Task(f"{self.asset.id}/{self.kind}", self.kind, (self.asset.id,), minutes, work.crew, work.witness)

    @property
    def since(self) -> Minute:
        """The earliest start."""
        return self.before - self.age - self.work.duration.likely

    def places(self, inventory: Inventory) -> list[Span]:
        """The places that are tried, the latest first: on a grid, and up to the end of each free part."""
        minutes, first = self.work.duration.likely, self.before - self.age
        free = preparable(inventory, self.asset.id).minus(self.avoid)
        ends = {self.before - back for back in range(0, self.age, GRID)}
        ends |= {part.end for part in free if first < part.end <= self.before}
        tried = (Span(end - minutes, end) for end in sorted(ends, reverse=True))
        return [span for span in tried if free.covers(span)]
