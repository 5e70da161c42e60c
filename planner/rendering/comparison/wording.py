"""The words of the picture of scenarios."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from planner.rendering.diagram.description import Language


@dataclass(frozen=True, slots=True)
class Wording:
    """Titles, columns and the legend in one language."""

    title: str
    remark: str
    plan: str
    outage: str
    nights: str
    gap: str
    base: str
    holds: str
    least: str
    new: str
    keeps: str
    breaks: str
    lost: str
    refused: dict[str, str]
    unsafe: str
    missing: str
    minutes: str
    wave: str
    then: str
    broken: str


WORDING: Final[dict[Language, Wording]] = {
    "ja": Wording(
        title="もし何かが変わったら  {name}",
        remark="停止の重み = 停止の分 x 重要度。夜勤 = 執務時間外の作業がある勤務の数。差 = 証明した下限からの隔たり",
        plan="計画と波",
        outage="停止の重み (分)",
        nights="夜勤",
        gap="差",
        base="現計画",
        holds="そのまま",
        least="変更最小",
        new="作り直し",
        keeps="成り立つ",
        breaks="反する規則: {rules}",
        lost="起動しないと損失 {lost}",
        refused={
            "impossible": "計画なし: どの計画でも規則に反する",
            "no_path": "計画なし: 目標へ至る道がない",
            "not_found": "計画なし: 限度までに見つからない",
        },
        unsafe="計画なし: 検証に通らない",
        missing="答えの前に止められた",
        minutes="{weighted}  (時間内 {inside}分)",
        wave="波 (番号は計画ごと)",
        then="現計画の波の初め",
        broken="規則に最初に反する時",
    ),
    "en": Wording(
        title="What if  {name}",
        remark="weighted outage = minutes x criticality; nights = shifts out of office; gap = distance from the bound",
        plan="plans and waves",
        outage="weighted outage (min)",
        nights="nights",
        gap="gap",
        base="base plan",
        holds="as it is",
        least="least change",
        new="new plan",
        keeps="holds",
        breaks="breaks {rules}",
        lost="lost if it does not come up: {lost}",
        refused={
            "impossible": "no plan: each breaks a rule",
            "no_path": "no plan: no path leads there",
            "not_found": "no plan found within the limit",
        },
        unsafe="no plan: it does not pass the verifier",
        missing="stopped before there was an answer",
        minutes="{weighted}  ({inside} min inside)",
        wave="wave (numbers are each plan's own)",
        then="a wave of the base plan begins",
        broken="a rule is broken first",
    ),
}
