"""What single failures are called, what is done about them and what covers them, in Japanese and English."""

from collections.abc import Mapping

from planner.model.inventory import Inventory
from planner.plan.contingency import Case, Cover, CoverKind, Failure, Obstacle, Reaction
from planner.plan.step import Step

FAILURES: Mapping[Failure, Mapping[str, str]] = {
    Failure.ASSET: {
        "ja": "{name} が起動しない",
        "en": "{name} does not come up again",
    },
    Failure.TEAM: {
        "ja": "{name} が1人足りない ({person})",
        "en": "{name}: one person less ({person})",
    },
    Failure.STEP: {
        "ja": "{step} {kind} {name} が {late} 分遅れる",
        "en": "{step} {kind} {name} ends {late} minutes late",
    },
}

REACTIONS: Mapping[Reaction, Mapping[str, str]] = {
    Reaction.CARRY_ON: {"ja": "続行", "en": "carry on"},
    Reaction.TURN_BACK: {"ja": "切り戻し", "en": "turn back"},
    Reaction.NOT_BEGUN: {"ja": "着手せず延期", "en": "put off"},
}

OBSTACLES: Mapping[Obstacle, Mapping[str, str]] = {
    Obstacle.NOBODY: {"ja": "{step} を代われる人がいない", "en": "nobody else can do {step}"},
    Obstacle.STRAIN: {"ja": "代わる人の勤務時間を超える", "en": "too long for those who take over"},
    Obstacle.DELAY: {"ja": "遅れが収まらない", "en": "the delay is too long"},
    Obstacle.MISSING: {"ja": "事前の準備ができない", "en": "what was to be prepared is missing"},
}

COVERS: Mapping[CoverKind, Mapping[str, str]] = {
    CoverKind.REDUNDANCY: {"ja": "冗長 {by}", "en": "redundant: {by}"},
    CoverKind.HOSTS: {"ja": "VM は {by} で起動", "en": "VMs on {by}"},
    CoverKind.SPARE: {"ja": "更新前の {by} が稼働中", "en": "{by}, which it replaces, still serves"},
    CoverKind.OLD_END: {"ja": "旧側の回線端が残る (二重敷設)", "en": "the old end of the line is still there"},
    CoverKind.COPY: {"ja": "バックアップ {by}", "en": "backup in {by}"},
    CoverKind.PEOPLE: {"ja": "{by} が代わる", "en": "{by} take over"},
    CoverKind.SLACK: {"ja": "計画の余裕の内", "en": "within the plan's slack"},
    CoverKind.FALLBACK: {"ja": "{subject}: {text}", "en": "{subject}: {text}"},
}

KINDS_JA: Mapping[str, str] = {
    "stop": "停止",
    "unmount": "取外し",
    "carry": "搬送",
    "mount": "設置",
    "warm_up": "順化",
    "start": "起動",
    "check": "動作確認",
    "accept": "受入確認",
    "confirm": "本受入",
    "migrate": "ライブ移行",
    "switch_over": "切替",
    "lay": "敷設",
    "test": "開通試験",
    "close": "閉鎖",
    "renumber": "アドレス変更",
    "update": "参照先の修正",
    "back_up": "バックアップ",
    "verify": "バックアップ検証",
    "lower_ttl": "TTL短縮",
    "dispose": "撤去",
}
"""Kinds of steps in Japanese; in English they are called what they are called in files."""

SHOWN = 2
"""How many of a step's subjects are named."""


def fails(case: Case, inventory: Inventory, steps: Mapping[str, Step], language: str) -> str:
    """What fails, in one clause; ``steps`` are those of the plan by id."""
    step = steps.get(case.step or "")
    values = {
        "name": _name(inventory, case, step),
        "person": case.missing or "",
        "step": case.subject,
        "kind": "" if step is None else kind(step, language),
        "late": str(case.late),
    }
    return FAILURES[case.failure][language].format_map(values)


def reaction(case: Case, language: str) -> str:
    """What the crew does, and why a wave is put off."""
    told = REACTIONS[case.reaction][language]
    if case.obstacle is None:
        return told
    return f"{told}: {OBSTACLES[case.obstacle][language].format(step=case.step or '')}"


def kind(step: Step, language: str) -> str:
    """What a step does."""
    return KINDS_JA[step.kind.value] if language == "ja" else step.kind.value.replace("_", " ")


def covered(cover: Cover, language: str) -> str:
    """What stands in."""
    values = {"by": ", ".join(cover.by), "subject": cover.subject or "", "text": cover.text or ""}
    return COVERS[cover.kind][language].format_map(values)


def _name(inventory: Inventory, case: Case, step: Step | None) -> str:
    if case.failure is Failure.STEP:
        named = () if step is None else step.assets
        return ", ".join(named[:SHOWN]) + (f" +{len(named) - SHOWN}" if len(named) > SHOWN else "")
    of = inventory.teams if case.failure is Failure.TEAM else inventory.assets
    name = of[case.subject].name
    return case.subject if name == case.subject else f"{case.subject} {name}"
