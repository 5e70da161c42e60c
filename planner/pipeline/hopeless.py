"""What no plan mends, told before one is asked for: proved by the facts alone, without a search or a solver."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count

from planner.conflicts.clashes import Clashing
from planner.conflicts.gather import candidates
from planner.conflicts.oracle import Stopped
from planner.conflicts.target import wrong_target
from planner.errors import Fault
from planner.model.inventory import Inventory
from planner.plan.refusal import Conflict, Reason, Refusal, RefusalKind
from planner.scheduling.unmendable import unmendable

QUESTIONS = 150
"""How many changed inventories are judged to narrow the facts down; `plan` goes on where these are not enough."""

Identity = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Hopeless:
    """Reasons for which every plan breaks a rule; ``conflicts`` are the facts behind them, as far as narrowed down.

    What a fault of the check says already is not among them.
    """

    reasons: tuple[Reason, ...]
    conflicts: tuple[Conflict, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.reasons)


def hopeless(inventory: Inventory, said: Sequence[Fault]) -> Hopeless:
    """Return what no plan mends, but what has been ``said`` by other faults."""
    prove = _proof_of(inventory)
    known = frozenset(_identity(reason) for reason in prove(inventory) if _is_said(reason, said))
    reasons = tuple(reason for reason in prove(inventory) if _identity(reason) not in known)
    return Hopeless(reasons, _conflicts(inventory, reasons, prove, known)) if reasons else Hopeless(())


def _proof_of(inventory: Inventory) -> Callable[[Inventory], tuple[Reason, ...]]:
    """What proves it: facts; where there are none, a target state that the verifier does not accept."""
    return unmendable if unmendable(inventory) else wrong_target


def _conflicts(
    inventory: Inventory,
    reasons: tuple[Reason, ...],
    prove: Callable[[Inventory], tuple[Reason, ...]],
    known: frozenset[Identity],
) -> tuple[Conflict, ...]:
    questions = count(1)

    def ask(changed: Inventory, _effort: float) -> Refusal | None:
        found = tuple(reason for reason in prove(changed) if _identity(reason) not in known)
        return Refusal(RefusalKind.IMPOSSIBLE, found) if found else None

    search = Clashing(inventory, candidates(inventory, reasons), ask, lambda: next(questions) > QUESTIONS)
    found: list[Conflict] = []
    with suppress(Stopped):
        found.extend(clash.told for clash in search.run())
    return tuple(found)


def _identity(reason: Reason) -> Identity:
    return reason.key, reason.subjects


def _is_said(reason: Reason, said: Sequence[Fault]) -> bool:
    """Whether a sum over its limit (E501), a crew that is too small (E502) or a chain too long (E503) tells it."""
    paths = {fault.code: [f.path for f in said if f.code == fault.code] for fault in said}
    if reason.key == "fact_over_limit":
        return reason.facts[0] in paths.get("E501", ())
    if reason.key == "fact_team_too_small":
        wanted = [f"assets.{id}.crew." for id in reason.subjects[1:]]
        return all(any(path.startswith(asset) for path in paths.get("E502", ())) for asset in wanted)
    longer = ("fact_no_window", "fact_window_too_short")
    return reason.key in longer and f"assets.{reason.subjects[-1]}.stages" in paths.get("E503", ())
