"""The words of the picture of what changed between two plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from planner.rendering.diagram.description import Language


@dataclass(frozen=True, slots=True)
class Wording:
    """Titles, labels and the legend in one language."""

    title: str
    remark: str
    before: str
    after: str
    assets: str
    weekdays: Sequence[str]
    outages: str
    minutes: str
    no_outage: str
    more: str
    terms: str
    numbers: str
    people: str
    checks: str
    places: str
    steps: str
    facts: str
    no_fact: str
    equal: str
    same: str
    moved: str
    alone: str
    single: str
    terms_of: Mapping[str, str]


WORDING: Final[dict[Language, Wording]] = {
    "ja": Wording(
        title="計画の変更  {name}",
        remark="{before} から {after} へ",
        before="前",
        after="後",
        assets="{n} 件",
        weekdays="月火水木金土日",
        outages="停止時間が変わるサービス (分)",
        minutes="{before} → {after} ({more})",
        no_outage="停止時間は変わりません",
        more="ほか {n}",
        terms="評価 (前を 100 として)",
        numbers="変わるもの",
        people="人の作業日: {n} 人",
        checks="切り戻し期限: {n} か所",
        places="設置位置: {n} 件",
        steps="作業: 前だけ {before}、後だけ {after}",
        facts="インベントリの変更",
        no_fact="インベントリは同じ",
        equal="二つの計画は同じです",
        same="変わらない波",
        moved="時刻または中身が変わる波",
        alone="一方の計画だけにある波",
        single="別の波へ移る機器",
        terms_of={
            "service_minutes": "業務時間内の停止",
            "outage_minutes": "業務時間外の停止",
            "waves": "波",
            "bridge_sum": "仮設回線を通る通信",
            "bridge_peak": "仮設回線の最大",
            "person_hours": "残業",
            "end_day": "最後の日",
        },
    ),
    "en": Wording(
        title="What changed in the plan  {name}",
        remark="from {before} to {after}",
        before="before",
        after="now",
        assets="{n} subjects",
        weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        outages="services out for longer, shorter, or at other times (minutes)",
        minutes="{before} → {after} ({more})",
        no_outage="no outage changes",
        more="{n} more",
        terms="judged by (before = 100)",
        numbers="what changes",
        people="days of work: {n} people",
        checks="rollback deadlines: {n}",
        places="positions: {n}",
        steps="steps: {before} only before, {after} only now",
        facts="changes of the inventory",
        no_fact="the inventory is the same",
        equal="the two plans are equal",
        same="a wave that does not change",
        moved="a wave at another time, or of other work",
        alone="a wave of only one of the plans",
        single="subjects that go in another wave",
        terms_of={
            "service_minutes": "out in service hours",
            "outage_minutes": "out in other hours",
            "waves": "waves",
            "bridge_sum": "needs across bridge",
            "bridge_peak": "most at once",
            "person_hours": "work out of office",
            "end_day": "last day",
        },
    ),
}
