"""The words of the picture of alternatives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from planner.rendering.diagram.description import Language


@dataclass(frozen=True, slots=True)
class Wording:
    """Titles, columns and the legend in one language; ``columns`` by what plans are compared by."""

    title: str
    remark: str
    downtime: str
    waves: str
    plans: str
    days: str
    columns: Mapping[str, str]
    gap: str
    chosen: str
    inside: str
    area: str
    moved: str
    shifted: str
    best: str
    no_gap: str


WORDING: Final[dict[Language, Wording]] = {
    "ja": Wording(
        title="選べる計画  {name}",
        remark="どれも検証済み。ほかの計画に劣る点があってまさる点のないものは外した"
        " (方針の重みによる計画は残す)。左下ほど波が少なく、停止が短い",
        downtime="停止 (分 x 重要度)",
        waves="波 {n}",
        plans="計画と、この計画との違い",
        days="波の日程",
        columns={
            "service_minutes": "業務時間内の停止",
            "downtime": "停止 (分x重要度)",
            "bridge_sum": "仮設回線 (件x時間)",
            "bridge_peak": "仮設回線の最大 (件)",
            "person_hours": "残業 (人時)",
        },
        gap="下限との差",
        chosen="方針の重みによる計画",
        inside="業務時間内にも停止がある",
        moved="円が重なるときの、停止の正しい位置",
        shifted="波 (日付で重なるものは横へずらした)",
        area="円の面積 = 仮設回線を通る通信 (件x時間)",
        best="濃い棒と太字 = その列で最良",
        no_gap="業務時間内の停止が下限より多く、合計の差では測れない",
    ),
    "en": Wording(
        title="Plans to choose from  {name}",
        remark="all verified; one worse than another in something and better in nothing is left out, except the plan by"
        " the policy's weights; lower left is fewer waves, less outage",
        downtime="outage (min x weight)",
        waves="waves: {n}",
        plans="plan, and its difference from the plan",
        days="waves by date",
        columns={
            "service_minutes": "inside hours",
            "downtime": "outage (min x wt)",
            "bridge_sum": "bridge (need-h)",
            "bridge_peak": "bridge peak",
            "person_hours": "overtime (p-h)",
        },
        gap="gap",
        chosen="the plan by the policy's weights",
        inside="some outage is in service hours",
        moved="where its outage lies, if discs would overlap",
        shifted="a wave (moved beside its date where others are in its way)",
        area="area of a disc = time across the bridge (need-hours)",
        best="dark bar and bold = best of its column",
        no_gap="more outage in service hours than the bound: the sum does not tell the gap",
    ),
}
