"""No plan, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class RefusalKind(StrEnum):
    """What is known about why there is no plan."""

    IMPOSSIBLE = "impossible"  # the target state or a fact breaks the rules in every plan
    NO_PATH = "no_path"  # the target is possible, no way leads to it
    NOT_FOUND = "not_found"  # the search ended without an answer


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact of the conflict: a message of the catalogue with its values, and where the facts stand."""

    key: str
    subjects: tuple[str, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """The answer when there is no plan; never empty."""

    kind: RefusalKind
    reasons: tuple[Reason, ...]

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError("a refusal needs a reason")
