"""No plan, and why: the reasons, the facts that conflict, and what would make a plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class RefusalKind(StrEnum):
    """What is known about why there is no plan."""

    IMPOSSIBLE = "impossible"  # the target state or a fact breaks the rules in every plan
    NO_PATH = "no_path"  # the target is possible, no way leads to it
    NOT_FOUND = "not_found"  # the search ended without an answer


class Proof(StrEnum):
    """How it is proved that there is no plan."""

    FACTS = "facts"  # facts for which every plan breaks a rule
    PLACES = "places"  # no placement in the racks of a room keeps its limits
    TARGET = "target"  # the verifier finds what is wrong in the target state itself
    EXHAUSTED = "exhausted"  # every plan of a small problem was gone through


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact of the conflict: a message of the catalogue with its values, and where the facts stand."""

    key: str
    subjects: tuple[str, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the inventory, or a change of one, in words: a message with its values, and the path of the fact."""

    key: str
    path: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Facts that alone leave no plan, however all the others that were looked at are changed.

    Without any one of them that is not so any more. ``smallest``: no smaller set of the facts that were looked at is
    refused.
    """

    facts: tuple[Fact, ...]
    proof: Proof
    smallest: bool


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Changes with which a plan was made that the verifier accepts; of that plan its waves and outages.

    ``service_minutes`` are the minutes of outage inside service hours, of all systems together.
    """

    changes: tuple[Fact, ...]
    waves: int
    service_minutes: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """The answer when there is no plan; never without a reason.

    ``conflicts`` have no fact in common: each of them has to be resolved. ``examined``: conflicts and relaxations were
    looked for, these in ``tried`` changed inventories; ``cut_short``: that search was stopped, and only what was proved
    by then is told.
    """

    kind: RefusalKind
    reasons: tuple[Reason, ...]
    conflicts: tuple[Conflict, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    examined: bool = False
    tried: int = 0
    cut_short: bool = False

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError("a refusal needs a reason")
