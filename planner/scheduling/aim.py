"""What an alternative is best in: a term of the objective that counts for more, or fewer waves."""

from collections.abc import Mapping
from dataclasses import dataclass, field

WEIGHTY = 20
"""How many times as dear as the policy has it a term is for a plan that is to be best in it."""

ABOVE_ALL = 1 << 40
"""Minutes inside service hours come before everything else, whatever the aim."""


@dataclass(frozen=True, slots=True)
class Aim:
    """``factors`` make terms of the objective dearer than the policy does; ``most_waves`` is kept, or there is no plan.

    The weights of the inventory stay what they are: an aim is a way of choosing among the plans of this inventory.
    """

    id: str
    factors: Mapping[str, int] = field(default_factory=dict)
    most_waves: int | None = None

    def price(self, terms: Mapping[str, int]) -> int:
        """What terms in hundredths of the policy's weights come to: sum of factor x term, service hours above all."""
        dear = {"service_minutes": ABOVE_ALL, **self.factors}
        return sum(dear.get(id, 1) * value for id, value in terms.items())


AIMS = (
    Aim("least-downtime", {"outage_minutes": WEIGHTY}),
    Aim("least-bridge", {"bridge_sum": WEIGHTY}),
    Aim("same-weights"),
    Aim("least-overtime", {"person_hours": WEIGHTY}),
    Aim("earliest-end", {"end_day": WEIGHTY}),
    Aim("lowest-peak", {"bridge_peak": WEIGHTY}),
)
"""What is asked for, one after the other, until there are enough."""


def at_most(waves: int) -> Aim:
    """Return the aim of a plan with no more waves than this, by the policy's weights in all else."""
    return Aim(f"waves-{waves}", most_waves=waves)
