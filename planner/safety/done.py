"""What has been done of a plan, told without listing it: each stop would list all that the stops before it list too."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter

from planner.model.chain import StepKind
from planner.plan.step import Step
from planner.units.span import Minute

WITHOUT_EFFECT = frozenset({StepKind.BACK_UP, StepKind.VERIFY, StepKind.LOWER_TTL, StepKind.CONFIRM})
"""Steps after which everything stands and runs as before."""
NEVER: Minute = -(10**12)
"""Earlier than anything that a plan can say."""


class Row:
    """Steps in a row: of its first n steps ``telling[n]`` have an effect, the last of these ends at ``ends[n]``."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self.steps = tuple(steps)
        tells = [step.kind not in WITHOUT_EFFECT for step in self.steps]
        ends = (step.end if is_telling else NEVER for step, is_telling in zip(self.steps, tells, strict=True))
        self.telling = (0, *accumulate(tells))
        self.ends = (NEVER, *accumulate(ends, max))


@dataclass(frozen=True, slots=True)
class Done:
    """The steps that have been done and not undone: so many first ones of each row, and some others."""

    firsts: tuple[tuple[Row, int], ...]
    others: tuple[Step, ...] = ()

    @classmethod
    def of(cls, steps: Iterable[Step]) -> "Done":
        """These steps and no more."""
        row = Row(steps)
        return cls(((row, len(row.steps)),))

    def __iter__(self) -> Iterator[Step]:
        for row, count in self.firsts:
            yield from row.steps[:count]
        yield from self.others

    @property
    def key(self) -> tuple[object, ...]:
        """What is the same of two of one plan where the same steps are done."""
        return (*(count for _, count in self.firsts), frozenset(map(attrgetter("id"), self.others)))

    @property
    def telling(self) -> int:
        """How many of them have an effect."""
        return sum(row.telling[count] for row, count in self._rows())

    @property
    def end(self) -> Minute:
        """When the last of those with an effect ends; `NEVER` if none has one."""
        return max(row.ends[count] for row, count in self._rows())

    def _rows(self) -> tuple[tuple[Row, int], ...]:
        return (*self.firsts, (Row(self.others), len(self.others)))
