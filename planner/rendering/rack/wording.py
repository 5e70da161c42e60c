"""The words of rack elevations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from planner.rendering.diagram.description import Language


@dataclass(frozen=True, slots=True)
class Wording:
    """Titles, loads and remarks in one language."""

    title: str
    before: str
    after: str
    power: str
    weight: str
    floor: str
    units: str
    unknown: str
    no_limit: str
    open_height: str
    open_unit: str
    open_rack: str
    over: str
    partly: str


WORDING: Final[dict[Language, Wording]] = {
    "ja": Wording(
        title="ラック実装図",
        before="移転前",
        after="移転後",
        power="電力",
        weight="重量",
        floor="床荷重",
        units="使用U",
        unknown="不明{}台",
        no_limit="上限不明",
        open_height="高さ不明",
        open_unit="位置未定: {}",
        open_rack="移転後のラック未定 {} 台",
        over="上限超過",
        partly="値の不明な機器がある",
    ),
    "en": Wording(
        title="Rack elevations",
        before="before",
        after="after",
        power="power",
        weight="weight",
        floor="floor",
        units="units",
        unknown="{} unknown",
        no_limit="no limit known",
        open_height="height unknown",
        open_unit="no unit yet: {}",
        open_rack="{} devices without a rack after the move",
        over="over the limit",
        partly="of some devices the value is unknown",
    ),
}
