"""Whether an inventory has no plan for certain where some of its facts do not bind."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from planner.conflicts.candidate import Candidate, lifted
from planner.model.inventory import Inventory
from planner.plan.refusal import Proof, Refusal, RefusalKind
from planner.scheduling.options import STATES

EFFORT = 1.0
"""How hard the small problem itself is gone through."""
ALLOWED = 2
"""How many times the states of the problem itself are looked at in one of which facts are lifted."""
LEAST = 1_000
"""States that are looked at in any case."""
OPEN = 5
"""Facts that may be so or not, all combinations of which are asked for; of more only all of them and none."""


Ask = Callable[[Inventory, float], Refusal | None]
"""Why no plan of an inventory can be, if it can be proved with so much effort; None proves nothing."""


class Stopped(Exception):
    """Who asked for the search has asked for its end."""


def states_of(refusal: Refusal) -> int:
    """How many states were looked at for a refusal of a small problem; 0 for any other."""
    return max((int(reason.values.get("states", "0")) for reason in refusal.reasons), default=0)


def proof_of(refusal: Refusal) -> Proof:
    """How a refusal by `refuse` is proved."""
    if refusal.kind is RefusalKind.NO_PATH:
        return Proof.EXHAUSTED
    if all(reason.key.startswith("fact_target") for reason in refusal.reasons):
        return Proof.TARGET
    placed = all(reason.key.startswith("placement_") for reason in refusal.reasons)
    return Proof.PLACES if placed else Proof.FACTS


@dataclass(slots=True)
class Oracle:
    """Answers for one inventory and the facts that may be lifted, each question only once.

    ``ask`` proves that an inventory has no plan, with so much effort, or proves nothing; ``asked`` counts.
    """

    inventory: Inventory
    candidates: Sequence[Candidate]
    ask: Ask
    stopped: Callable[[], bool]
    asked: int = 0
    _effort: float = EFFORT
    _known: dict[frozenset[int], Proof | None] = field(default_factory=dict)

    def refused(self, kept: frozenset[int]) -> bool:
        """Whether there is no plan for certain where only these of the candidates bind.

        Raises
        ------
        Stopped
            If the search was stopped: then nothing is certain.
        """
        return self.proof(kept) is not None

    def proof(self, kept: frozenset[int]) -> Proof | None:
        """The proof of the same; None proves nothing."""
        if kept not in self._known:
            if self.stopped():
                raise Stopped
            self.asked += 1
            self._known[kept] = self._prove(kept)
        return self._known[kept]

    def _prove(self, kept: frozenset[int]) -> Proof | None:
        """The proof, if there is one whichever of the lifted facts that are left open are so."""
        away = [c for number, c in enumerate(self.candidates) if number not in kept]
        firm, left_open = [c for c in away if not c.either], [c for c in away if c.either]
        proof = None
        for chosen in _choices(left_open):
            found = self.ask(lifted(self.inventory, (*firm, *chosen)), self._effort)
            if found is None:
                return None
            self._less(found, whole=not away)
            proof = proof or proof_of(found)
        return proof

    def _less(self, refusal: Refusal, *, whole: bool) -> None:
        """Look no harder at what is lifted than the problem itself needs."""
        if whole and states_of(refusal):
            self._effort = max(LEAST, ALLOWED * states_of(refusal)) / STATES


def _choices(left_open: Sequence[Candidate]) -> Iterator[Sequence[Candidate]]:
    """Which of these are taken away: first all, then any others, at last none."""
    for size in range(len(left_open), -1, -1):
        if len(left_open) <= OPEN or size in (0, len(left_open)):
            yield from combinations(left_open, size)
