"""The words of dependency diagrams that come from an inventory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from planner.rendering.diagram.description import Language


@dataclass(frozen=True, slots=True)
class Wording:
    """Titles, lanes, hubs and notes in one language."""

    estate: str
    services: str
    focus: str
    overview: str
    unplanned: str
    plan: str
    shared: str
    desks: str
    installed: str
    power: str
    network: str
    count: str
    outages: str
    no_outage: str
    hours: str
    minutes: str

    def length(self, minutes: int) -> str:
        """Return a number of minutes in hours and minutes."""
        hours, rest = divmod(minutes, 60)
        parts = [self.hours.format(hours)] if hours else []
        return "".join([*parts, self.minutes.format(rest)] if rest or not hours else parts)


WORDING: Final[dict[Language, Wording]] = {
    "ja": Wording(
        estate="依存関係図",
        services="システム依存関係図",
        focus="{} の周辺",
        overview="概要(システム・系ごとに集約)",
        unplanned="計画なし",
        plan="計画 {}",
        shared="共通基盤",
        desks="部署・端末",
        installed="依存のまだない新設 {} 件は図にない",
        power="UPS",
        network="ネットワーク機器",
        count="{name} {count}台",
        outages="停止{count}回 計{length}",
        no_outage="停止なし",
        hours="{}時間",
        minutes="{}分",
    ),
    "en": Wording(
        estate="Dependencies",
        services="Dependencies of systems",
        focus="around {}",
        overview="overview per system and tier",
        unplanned="no plan",
        plan="plan {}",
        shared="shared",
        desks="departments",
        installed="{} new items without dependencies yet are not shown",
        power="UPS",
        network="network devices",
        count="{name} x{count}",
        outages="{count} outages, {length}",
        no_outage="no outage",
        hours="{} h ",
        minutes="{} min",
    ),
}
