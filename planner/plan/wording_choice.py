"""What alternatives are called, and what each wins and gives up against the chosen plan, in Japanese and English."""

from collections.abc import Iterator, Mapping

from planner.model.policy import Weights
from planner.plan.choice import CHOSEN, DOWNTIME, Candidate, Choice

AIMS: Mapping[str, Mapping[str, str]] = {
    "ja": {
        CHOSEN: "この計画",
        "waves": "波は {n} 以内",
        "least-downtime": "停止を最小に",
        "least-bridge": "仮設回線を通る通信を最小に",
        "same-weights": "同じ重みで広く探す",
        "least-overtime": "残業を最小に",
        "earliest-end": "最も早く終える",
        "lowest-peak": "仮設回線の最大を最小に",
    },
    "en": {
        CHOSEN: "the plan",
        "waves": "waves limited to {n}",
        "least-downtime": "least downtime",
        "least-bridge": "least bridge time",
        "same-weights": "same weights, wider search",
        "least-overtime": "least overtime",
        "earliest-end": "earliest end",
        "lowest-peak": "lowest bridge peak",
    },
}
_CHANGES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "ja": {
        "service_minutes": ("業務時間内の停止 -{n} 分x重要度", "業務時間内の停止 +{n} 分x重要度"),
        DOWNTIME: ("停止の合計 -{n} 分x重要度", "停止の合計 +{n} 分x重要度"),
        "waves": ("波 -{n}", "波 +{n}"),
        "bridge_sum": ("仮設回線を通る通信 -{n} 件x時間", "仮設回線を通る通信 +{n} 件x時間"),
        "bridge_peak": ("仮設回線の最大 -{n} 件", "仮設回線の最大 +{n} 件"),
        "person_hours": ("残業 -{n} 人時", "残業 +{n} 人時"),
        "end_day": ("{n} 日早く終わる", "{n} 日遅く終わる"),
    },
    "en": {
        "service_minutes": ("{n} min x weight less in service hours", "{n} min x weight more in service hours"),
        DOWNTIME: ("{n} min x weight less outage", "{n} min x weight more outage"),
        "waves": ("fewer waves: {n}", "more waves: {n}"),
        "bridge_sum": ("{n} need-hours less across the bridge", "{n} need-hours more across the bridge"),
        "bridge_peak": ("bridge peak lower by {n}", "bridge peak higher by {n}"),
        "person_hours": ("{n} person-hours less overtime", "{n} person-hours more overtime"),
        "end_day": ("days earlier: {n}", "days later: {n}"),
    },
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "ja": {
        "cheaper": "方針の重みによる合計もこの計画より小さい: {base} に対し {sum}",
        "wins": "得るもの: {told}",
        "loses": "失うもの: {told}",
        "longer": "{system} +{n}分",
        "shorter": "{system} -{n}分",
        "outages": "停止の増減: {told}",
        "more": "ほか {n}",
        "comma": "、",
    },
    "en": {
        "cheaper": "by the policy's own weights better too: {sum} against {base}",
        "wins": "wins: {told}",
        "loses": "gives up: {told}",
        "longer": "{system} +{n} min",
        "shorter": "{system} -{n} min",
        "outages": "outages: {told}",
        "more": "{n} more",
        "comma": "; ",
    },
}
SYSTEMS = 4
"""Of how many systems the change of the outage is told."""


def title(id: str, language: str) -> str:
    """Return what a plan is best in, such as ``at most 3 waves``."""
    words = AIMS[language]
    kind, _, number = id.rpartition("-")
    return words["waves"].format(n=number) if kind == "waves" else words[id]


def units(id: str, hundredths: int, weights: Weights) -> float:
    """Return a value in its own unit; hours where the objective counts minutes across the bridge."""
    cost = {
        DOWNTIME: weights.outage_minute,
        "waves": weights.wave,
        "bridge_sum": weights.bridge_minute * 60,
        "bridge_peak": weights.bridge_peak,
        "person_hours": weights.person_hour,
        "end_day": weights.day,
    }.get(id, 100)
    return hundredths / cost if cost else 0.0


def number(value: float) -> str:
    """Return a number with one digit behind the point where less would be lost."""
    return f"{value:,.0f}" if value >= 10 or value == round(value) else f"{value:.1f}"


def contrast(choice: Choice, each: Candidate, language: str) -> Iterator[str]:
    """Yield what an alternative wins, what it gives up, and whose outages differ most; each if there is any.

    First, where it is so, that it is better by the policy's own weights too: the search for the plan missed it.
    """
    words, comma = _WORDS[language], _WORDS[language]["comma"]
    if each.score < choice.chosen.score and each.score[0] == choice.chosen.score[0]:
        sums = {"sum": number(each.score[1] / 100), "base": number(choice.chosen.score[1] / 100)}
        yield words["cheaper"].format(**sums)
    for key, sign in (("wins", -1), ("loses", 1)):
        found = list(_changed(choice, each, language, sign))
        if found:
            yield words[key].format(told=comma.join(found))
    outages = list(_outages(choice, each, language))
    if outages:
        yield words["outages"].format(told=comma.join(outages))


def _changed(choice: Choice, each: Candidate, language: str, sign: int) -> Iterator[str]:
    base, weights = choice.chosen.values, each.plan.inventory.policy.weights
    for id, value in each.values.items():
        change = value - base[id]
        if change * sign > 0:
            yield _CHANGES[language][id][sign > 0].format(n=number(units(id, abs(change), weights)))


def _outages(choice: Choice, each: Candidate, language: str) -> Iterator[str]:
    before, after = minutes_out(choice.chosen), minutes_out(each)
    factors, systems = each.plan.inventory.policy.weights.criticality, each.plan.inventory.systems
    changes = {id: after.get(id, 0) - before.get(id, 0) for id in {**before, **after}}
    ranked = sorted(
        (id for id, change in changes.items() if change),
        key=lambda id: (-abs(changes[id]) * factors[systems[id].criticality], id),
    )
    for id in ranked[:SYSTEMS]:
        key = "longer" if changes[id] > 0 else "shorter"
        yield _WORDS[language][key].format(system=id, n=abs(changes[id]))
    if len(ranked) > SYSTEMS:
        yield _WORDS[language]["more"].format(n=len(ranked) - SYSTEMS)


def minutes_out(each: Candidate) -> dict[str, int]:
    """Return the computed minutes for which each system is out, by id."""
    found: dict[str, int] = {}
    for outage in each.plan.outages:
        found[outage.system] = found.get(outage.system, 0) + outage.computed
    return found
