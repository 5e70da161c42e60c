"""Outages of one system that cannot be one and the same, because what forces them cannot be done at one time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from planner.model.asset import Asset
from planner.scheduling.essential import Essential, away_minutes
from planner.units.span import Span, Spans


class Loss(NamedTuple):
    """An outage of at least so many unbroken minutes that lies within the span, wherever the work is done."""

    span: Span
    minutes: int


def total_outages(essential: Essential, changes: Iterable[tuple[Asset, Spans]]) -> Mapping[str, int]:
    """For each system its least total outage in minutes, given when each change of an asset may be made.

    A change at any instant of its spans takes an unbroken outage of some length with it, so as many minutes of outage
    lie no further from the first and the last of these instants than that length. What lies in spans that have no
    minute in common adds up.
    """
    losses: dict[str, list[Loss]] = defaultdict(list)
    for asset, allowed in changes:
        away = away_minutes(asset)
        for subject, margins in essential.margins(asset.id).items() if away and allowed else ():
            minutes = away + sum(margins)
            losses[subject].append(Loss(Span(_first(allowed) - minutes, _last(allowed) + minutes), minutes))
    return {system: max(total, most_apart(losses[system])) for system, total in essential.total.items()}


def most_apart(losses: Iterable[Loss]) -> int:
    """The most minutes of losses of which no two have a minute in common: intervals with weights, by their ends."""
    best: list[tuple[int, int]] = [(0, 0)]
    for loss in sorted(losses, key=lambda loss: loss.span.end):
        before = next((minutes for end, minutes in reversed(best) if end <= loss.span.start), 0)
        best.append((loss.span.end, max(best[-1][1], before + loss.minutes)))
    return best[-1][1]


def _first(spans: Spans) -> int:
    return spans.parts[0].start


def _last(spans: Spans) -> int:
    return spans.parts[-1].end
