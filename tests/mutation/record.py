"""What became of the faults that were tried: kept in a file after each of them, so that a run may be interrupted."""

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from math import sqrt
from pathlib import Path

from tests.mutation.mutants import Mutant


@dataclass(frozen=True, slots=True)
class Fate:
    """Of one fault: where it is, whether a test noticed it, which one, and the CPU seconds that it took."""

    file: str
    number: int
    line: int
    change: str
    noticed: bool
    by: str
    seconds: float

    @classmethod
    def of(cls, mutant: Mutant, *, noticed: bool, by: str, seconds: float) -> "Fate":
        return cls(mutant.file.as_posix(), mutant.number, mutant.line, mutant.change, noticed, by, seconds)


@dataclass
class Record:
    """The fates in a file; those of other code or other tests (``of``) do not count."""

    file: Path | None
    of: dict[str, str | int]
    fates: list[Fate] = field(default_factory=list)

    @classmethod
    def at(cls, file: Path | None, of: dict[str, str | int]) -> "Record":
        """What is left of an earlier run of the same code; what survived then is tried again if the tests differ."""
        record = cls(file, of)
        if file is None or not file.exists():
            return record
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept["of"]["code"] == of["code"]:
            same = kept["of"] == of
            record.fates = [fate for facts in kept["fates"] if (fate := Fate(**facts)).noticed or same]
        return record

    def tried(self, mutant: Mutant) -> bool:
        """Whether the fate of a fault is known."""
        return any((fate.file, fate.number) == (mutant.file.as_posix(), mutant.number) for fate in self.fates)

    def add(self, fate: Fate) -> None:
        """Keep a fate, in the file too."""
        self.fates.append(fate)
        if self.file is not None:
            kept = {"of": self.of, "fates": [asdict(each) for each in self.fates]}
            self.file.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")

    def killers(self, file: Path) -> list[str]:
        """The tests that noticed faults of a file, the most successful first."""
        found = Counter(fate.by for fate in self.fates if fate.noticed and fate.file == file.as_posix())
        return [by for by, _ in found.most_common()]


def interval(hits: int, tried: int) -> tuple[float, float]:
    """The 95 % interval of a share, after Wilson (1927).

    ``(p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)`` with z = 1.96.
    """
    if tried == 0:
        return 0.0, 1.0
    z, p = 1.96, hits / tried
    middle, reach = p + z * z / (2 * tried), z * sqrt(p * (1 - p) / tried + z * z / (4 * tried * tried))
    scale = 1 + z * z / tried
    return (middle - reach) / scale, (middle + reach) / scale
