"""The words of the picture of single failures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from planner.rendering.diagram.description import Language


@dataclass(frozen=True, slots=True)
class Wording:
    """Titles, columns and the legend in one language."""

    title: str
    remark: str
    rest: str
    nothing: str
    failure: str
    loss: str
    crew: str
    down: str
    cover: str
    possible: str
    too_late: str
    unplanned: str
    minutes: str
    if_back: str
    criticality: str
    no_way_back: str


WORDING: Final[dict[Language, Wording]] = {
    "ja": Wording(
        title="単一故障の影響 (N-1)  {name}",
        remark="損失 = 止まったサービス時間(分) x 重要度。各サービスは最初に止まってから {repair} 時間で復旧と仮定",
        rest="ほかに、響くもの {hurting}、響かないもの {harmless}",
        nothing="どの故障もサービスを止めず、波を延ばしません",
        failure="故障",
        loss="損失",
        crew="対応 (元の場所で動く場合)",
        down="次の開始時に止まるサービス",
        cover="代わり",
        possible="期限内",
        too_late="期限後",
        unplanned="計画になし",
        minutes="{weighted}  ({minutes}分)",
        if_back="損失 {loss}",
        criticality="重要度 {letter}",
        no_way_back="計画に切り戻しがない、または期限切れ",
    ),
    "en": Wording(
        title="Single failures (N-1)  {name}",
        remark="loss = service minutes x criticality; a service is back {repair} hours after its first lost minute",
        rest="not shown: {hurting} that hurt, {harmless} that do not",
        nothing="no single failure costs service or puts a wave off",
        failure="failure",
        loss="loss",
        crew="crew (if it works where it was)",
        down="down at next opening",
        cover="covered by",
        possible="in time",
        too_late="too late",
        unplanned="not planned",
        minutes="{weighted}  ({minutes} min)",
        if_back="loss {loss}",
        criticality="criticality {letter}",
        no_way_back="the plan has no way back from there, or it is too late",
    ),
}
