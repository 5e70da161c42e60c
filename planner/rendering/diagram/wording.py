"""The words of legend and subtitle, in Japanese and English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from planner.rendering.diagram.description import Language, Sign
from planner.rendering.diagram.filtering import Counts, Style


@dataclass(frozen=True, slots=True)
class Wording:
    """What a diagram says in one language."""

    direction: str
    counts: str
    implied: str
    chips: str
    late: str
    cycles: str
    unplanned: str
    late_chip: str
    signs: dict[Sign, str]
    styles: dict[Style, str]

    def subtitle(self, counts: Counts) -> str:
        """Return what the arrows mean and what became of every dependency."""
        left_out = [
            text.format(count) for text, count in ((self.implied, counts.implied), (self.chips, counts.chips)) if count
        ]
        warned = [
            text.format(count) for text, count in ((self.late, counts.late), (self.cycles, counts.cycles)) if count
        ]
        said = self.counts.format(nodes=counts.nodes, total=counts.total, lines=counts.lines)
        return "  |  ".join([self.direction, said, *left_out, *warned])


WORDING: Final[dict[Language, Wording]] = {
    "ja": Wording(
        direction="矢印: 提供側 → 利用側(左から先に起動)",
        counts="構成要素 {nodes}、依存 {total} 本のうち線で表示 {lines} 本",
        implied="他の線から明らかな {} 本は省略",
        chips="共通サービスへの依存 {} 本は丸記号",
        late="提供側が後の波になる依存 {} 本",
        cycles="循環 {} 組",
        unplanned="未計画",
        late_chip="橙の丸記号は提供側が後の波",
        signs={
            Sign.STAYS: "据置",
            Sign.OTHERS: "他者が移設",
            Sign.REPLACED: "更新・新設・撤去",
            Sign.CLOUD: "クラウドへ移行",
        },
        styles={
            Style.PLAIN: "依存",
            Style.CROSSING: "系をまたぐ依存",
            Style.LATE: "提供側が後の波で移る(分断のおそれ)",
            Style.CYCLE: "循環依存",
        },
    ),
    "en": Wording(
        direction="Arrows: provider → dependent (left starts first)",
        counts="{nodes} items, {lines} of {total} dependencies as lines",
        implied="{} left out because other lines imply them",
        chips="{} on shared services as letters",
        late="{} with the provider in a later wave",
        cycles="{} cycles",
        unplanned="not planned",
        late_chip="orange letter: provider in a later wave",
        signs={
            Sign.STAYS: "stays",
            Sign.OTHERS: "moved by others",
            Sign.REPLACED: "replaced, new or removed",
            Sign.CLOUD: "leaves for the cloud",
        },
        styles={
            Style.PLAIN: "dependency",
            Style.CROSSING: "crosses tiers",
            Style.LATE: "provider moves in a later wave (risk of a split)",
            Style.CYCLE: "cycle",
        },
    ),
}
