"""What stopping a project means, and what the state violates that is left, in Japanese and English."""

from collections.abc import Mapping
from dataclasses import replace

from planner.plan.finding import Finding
from planner.plan.stop import Stopping
from planner.plan.wording import word

STOPPINGS: Mapping[Stopping, Mapping[str, str]] = {
    Stopping.TURN_BACK: {"ja": "判断で中止 (途中の組を戻す)", "en": "no at the gate: the turn is undone"},
    Stopping.CARRY_ON: {
        "ja": "判断の後 (波を終えてから止まる)",
        "en": "after the point of no return: the wave is finished",
    },
    Stopping.PAUSE: {"ja": "次の波の前で止まる", "en": "before the next wave"},
}

UNAVAILABLE: Mapping[str, str] = {"ja": "{system} が使えません", "en": "{system} is not available"}


def rule_of(finding: Finding) -> str:
    """The rule that the state breaks; S23 where a system is simply not available."""
    return finding.values.get("rule", finding.rule)


def broken(finding: Finding, language: str) -> str:
    """What the state violates, as the rule that it breaks says it."""
    if "inner" not in finding.values:
        return UNAVAILABLE[language].format_map(finding.values)
    values = {name: value for name, value in finding.values.items() if name != "inner"}
    return word(replace(finding, key=finding.values["inner"], values=values), language)
