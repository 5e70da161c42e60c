"""Why there is no plan in a forced order."""

from collections.abc import Mapping

ORDERS: Mapping[str, Mapping[str, str]] = {
    "order_not_kept": {
        "ja": "見つかった計画は {subjects} の順になりません",
        "en": "the plan that was found does not keep the order {subjects}",
        "cure_ja": "順番を外すか、間に使える窓を増やしてください",
        "cure_en": "drop the order, or allow more windows between them",
    },
}
"""The reasons that questions about orders give; those of the scheduler stand in `wording_reasons`."""
