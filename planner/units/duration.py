"""How long something takes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Duration:
    """Minimum, likely and maximum, in whole minutes, ``0 <= minimum <= likely <= maximum``."""

    minimum: int
    likely: int
    maximum: int

    def __post_init__(self) -> None:
        if not 0 <= self.minimum <= self.likely <= self.maximum:
            raise ValueError(f"need 0 <= minimum <= likely <= maximum: {self}")

    @classmethod
    def fixed(cls, minutes: int) -> "Duration":
        return cls(minutes, minutes, minutes)
