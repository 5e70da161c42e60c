"""The sentences of findings and of reasons for refusals, in Japanese and English."""

from collections.abc import Mapping
from dataclasses import replace

from planner.plan.finding import Finding
from planner.plan.refusal import Fact, Reason
from planner.plan.wording_conflicts import CONFLICTS
from planner.plan.wording_facts import FACTS
from planner.plan.wording_fate import LASTING
from planner.plan.wording_orders import ORDERS
from planner.plan.wording_reasons import REASONS
from planner.plan.wording_rules import RULES
from planner.plan.wording_states import STATES

CATALOGUE: Mapping[str, Mapping[str, str]] = {**STATES, **LASTING, **RULES, **REASONS, **FACTS, **ORDERS}
"""Sentence and cure by key and language: ``ja``, ``en``, ``cure_ja``, ``cure_en``."""


TRANSLATED = frozenset({"condition", "kind"})
"""Values that are words of the house; everything else is a name, a number or an instant."""

TERMS: Mapping[str, str] = {
    "absent": "未搬入",
    "up": "稼働中",
    "stopping": "停止中",
    "down": "停止",
    "moving": "搬送中",
    "starting": "起動中",
    "gone": "撤去済み",
    "stop": "停止",
    "unmount": "取り外し",
    "carry": "搬送",
    "mount": "取り付け",
    "warm_up": "順化",
    "start": "起動",
    "check": "動作確認",
    "accept": "受入確認",
    "dispose": "撤去",
    "rack": "ラック",
    "ups": "UPS",
    "circuit": "回路",
    "storage": "ストレージ",
    "hypervisor": "仮想基盤",
    "chassis": "シャーシ",
    "router": "ルータ",
    "lay": "敷設",
    "test": "試験",
    "back_up": "バックアップ",
    "verify": "バックアップの読み出し検証",
    "confirm": "受入の最終確認",
    "lower_ttl": "DNS の TTL を下げる",
    "switch_over": "切替え",
    "renumber": "アドレスの変更",
    "update": "参照の書換え",
}


def word(said: Finding | Reason, lang: str) -> str:
    """What a finding or a reason says, in ``ja`` or ``en``; it always names its subjects.

    A key without a sentence is shown as it is, with its values.
    """
    text = _filled(said, lang)
    if text is None:
        text = f"{said.key} {' '.join(f'{name}={value}' for name, value in sorted(said.values.items()))}".rstrip()
    named = not said.subjects or any(subject in text for subject in said.subjects)
    return text if named else f"{', '.join(said.subjects)}: {text}"


def cure(said: Finding | Reason, lang: str) -> str | None:
    """What would repair it, if the catalogue knows."""
    return _filled(said, f"cure_{lang}")


def word_fact(fact: Fact, lang: str) -> str:
    """What a fact of a conflict, or a change that would help, says in ``ja`` or ``en``."""
    terms = TERMS if lang == "ja" else {}
    told = {name: terms.get(value, value) if name in TRANSLATED else value for name, value in fact.values.items()}
    if "kinds" in told:
        told["kinds"] = ", ".join(terms.get(kind, kind) for kind in told["kinds"].split(", "))
    return CONFLICTS[fact.key][lang].format_map(told)


def _filled(said: Finding | Reason, entry: str) -> str | None:
    sentence = CATALOGUE.get(said.key, {}).get(entry)
    if sentence is None:
        return None
    terms = TERMS if entry.endswith("ja") else {}
    told = {name: terms.get(value, value) if name in TRANSLATED else value for name, value in said.values.items()}
    if "inner" in told:
        values = {name: value for name, value in said.values.items() if name != "inner"}
        told["inner"] = _filled(replace(said, key=told["inner"], values=values), entry) or told["inner"]
    return sentence.format_map({"subjects": ", ".join(said.subjects), **told})
