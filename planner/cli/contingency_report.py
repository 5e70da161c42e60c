"""What `planner contingency` says: one row per failure, the worst first, and a summary."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from planner.cli.console import Console
from planner.pipeline.contingency import ENDINGS
from planner.pipeline.verify import Verified
from planner.plan.contingency import Case, Contingencies, CoverKind, Failure
from planner.plan.file import identity
from planner.plan.wording_contingency import covered, fails, reaction
from planner.units.clock import Clock
from planner.units.span import Minute

WORDS = {
    "ja": {
        "titles": ("順位", "波", "時刻", "故障", "対応", "切り戻し", "次の開始時に止まるサービス", "損失", "代わり"),
        "weekdays": "月火水木金土日",
        "yes": "可 ({until} まで)",
        "late": "不可 ({until} まで)",
        "no": "計画になし",
        "nothing": "-",
        "if_back": "{told}; 元の場所で動けば損失 {loss}",
        "missed": "{told}; 期限切れ {missed}",
        "beyond": "{told}; 許容を超える停止 {beyond}",
        "window": "窓の終わり",
        "loss": "{weighted} ({minutes} 分)",
        "system": "{system} {minutes} 分",
        "more": "ほか {n}",
        "asset": "機器が起動しない: {n} 通り、うちサービスを止めるもの {hurt}{named}",
        "team": "1人足りない: {n} 通り (班と波)、うち着手できないもの {hurt}{named}",
        "step": "作業が遅れる: {n} 通り、うちサービス・期限に響くもの {hurt}{named}",
        "unit": "損失は、止まったサービス時間(分) x 重要度。各サービスは最初に止まってから {repair} 時間で復旧と仮定",
        "rest": "ほかの {n} 通りは --top 0 か --format json で",
    },
    "en": {
        "titles": (
            "rank",
            "wave",
            "time",
            "failure",
            "crew",
            "turning back",
            "down at next opening",
            "loss",
            "covered by",
        ),
        "weekdays": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        "yes": "possible (until {until})",
        "late": "too late (until {until})",
        "no": "not planned",
        "nothing": "-",
        "if_back": "{told}; lost if it works there: {loss}",
        "missed": "{told}; past the deadline: {missed}",
        "beyond": "{told}; out too long: {beyond}",
        "window": "end of the window",
        "loss": "{weighted} ({minutes} min)",
        "system": "{system} {minutes} min",
        "more": "{n} more",
        "asset": "assets that do not come up: {n}, of which {hurt} cost service{named}",
        "team": "teams with one person less: {n} (team and wave), of which {hurt} put the wave off{named}",
        "step": "steps that end late: {n}, of which {hurt} cost service or a deadline{named}",
        "unit": "a loss is service minutes x criticality; a service is back {repair} hours after its first lost minute",
        "rest": "{n} more with --top 0 or --format json",
    },
}
NAMED = 6
"""How many failures the summary names."""
SHOWN = 3
"""How many systems and covers a row names."""


def require_pictures(files: Iterable[Path]) -> None:
    """Refuse files that are no pictures before anything is worked out.

    Raises
    ------
    click.UsageError
        If a name ends otherwise.
    """
    for file in files:
        if file.suffix not in ENDINGS:
            raise click.UsageError(f"{file}: a picture ends in {' or '.join(ENDINGS)}")


def tell(console: Console, verified: Verified, found: Contingencies, top: int, language: str) -> None:
    """The table of what hurts, and how much of everything there is.

    With ``top`` 0 all cases are told, harmless ones too.
    """
    words = WORDS[language]
    hurting = [case for case in found.cases if not case.harmless]
    shown = hurting[:top] if top else list(found.cases)
    rows = [row(verified, case, number, language) for number, case in enumerate(shown, 1)]
    console.table(words["titles"], rows)
    for line in summary(found, language):
        console.data(line)
    if len(shown) < len(hurting):
        console.talk(str(words["rest"]).format(n=len(hurting) - len(shown)))


def summary(found: Contingencies, language: str) -> Iterator[str]:
    """How many failures there are of each kind, how many of them hurt, and what a loss is."""
    words = WORDS[language]
    for failure in Failure:
        cases = [case for case in found.cases if case.failure is failure]
        hurt = [case for case in cases if (case.losses if failure is Failure.ASSET else not case.harmless)]
        named = ", ".join(_named(case) for case in hurt[:NAMED]) + (", .." if len(hurt) > NAMED else "")
        yield str(words[failure.value]).format(n=len(cases), hurt=len(hurt), named=f" ({named})" if named else "")
    yield str(words["unit"]).format(repair=found.repair // 60)


def _named(case: Case) -> str:
    """The subject, with the wave that misses a person, with the delay of a step."""
    if case.failure is Failure.TEAM:
        return f"{case.subject} {case.wave}"
    return f"{case.subject} +{case.late}" if case.failure is Failure.STEP else case.subject


def row(verified: Verified, case: Case, number: int, language: str) -> tuple[str, ...]:
    """One failure in the words of the table."""
    words, clock = WORDS[language], verified.loaded.inventory.clock
    steps = {step.id: step for step in verified.plan.steps()}
    return (
        str(number),
        case.wave or str(words["nothing"]),
        _when(case.at, clock, language),
        fails(case, verified.loaded.inventory, steps, language),
        _crew(case, language),
        _back(case, clock, language),
        _losses(case, language),
        str(words["loss"]).format(weighted=f"{case.weighted:,}", minutes=f"{case.minutes:,}") if case.losses else "0",
        _covers(case, language),
    )


def as_data(verified: Verified, found: Contingencies, language: str) -> dict[str, Any]:
    """Every failure as JSON data, the worst first; instants are local ISO 8601 with offset."""
    steps = {step.id: step for step in verified.plan.steps()}
    return {
        "id": identity(verified.plan),
        "repair_minutes": found.repair,
        "delays": list(found.delays),
        "cases": [
            {
                "message": fails(case, verified.loaded.inventory, steps, language),
                **_case(case, verified.loaded.inventory.clock),
            }
            for case in found.cases
        ],
    }


def _case(case: Case, clock: Clock) -> dict[str, Any]:
    return {
        "failure": case.failure.value,
        "subject": case.subject,
        "wave": case.wave,
        "step": case.step,
        "at": clock.iso(case.at),
        "late": case.late,
        "missing": case.missing,
        "reaction": case.reaction.value,
        "obstacle": None if case.obstacle is None else case.obstacle.value,
        "rollback_possible": case.rollback,
        "check_point": case.check_point,
        "deadline": None if case.deadline is None else clock.iso(case.deadline),
        "missed": list(case.missed),
        "beyond": list(case.beyond),
        "lost": case.weighted,
        "lost_minutes": case.minutes,
        "lost_if_back": case.if_back,
        "systems": [
            {
                "id": loss.system,
                "since": clock.iso(loss.since),
                "minutes": loss.minutes,
                "lost": loss.weighted,
                "at_opening": loss.at_opening,
                "cause": list(loss.cause),
            }
            for loss in case.losses
        ],
        "covers": [{"kind": c.kind.value, "by": list(c.by), "subject": c.subject, "text": c.text} for c in case.covers],
    }


def _crew(case: Case, language: str) -> str:
    words = WORDS[language]
    told = reaction(case, language)
    if case.missed:
        missed = ", ".join(str(words["window"]) if id == "window" else id for id in case.missed[:SHOWN])
        told = str(words["missed"]).format(told=told, missed=missed)
    if case.beyond:
        told = str(words["beyond"]).format(told=told, beyond=_few(case.beyond, language))
    if case.if_back is not None and case.losses:
        told = str(words["if_back"]).format(told=told, loss=f"{case.if_back:,}")
    return told


def _back(case: Case, clock: Clock, language: str) -> str:
    words = WORDS[language]
    if case.rollback is None:
        return str(words["nothing"])
    if case.deadline is None:
        return str(words["no"])
    return str(words["yes" if case.rollback else "late"]).format(until=_when(case.deadline, clock, language))


def _losses(case: Case, language: str) -> str:
    words = WORDS[language]
    told = [str(words["system"]).format(system=loss.system, minutes=loss.minutes) for loss in case.losses]
    return _few(told, language)


def _covers(case: Case, language: str) -> str:
    """Fallbacks of the systems that are named, and everything else that stands in."""
    named = {loss.system for loss in case.losses[:SHOWN]}
    told = [covered(c, language) for c in case.covers if c.kind is not CoverKind.FALLBACK or c.subject in named]
    return _few(told, language)


def _few(told: Sequence[str], language: str) -> str:
    words = WORDS[language]
    if not told:
        return str(words["nothing"])
    more = [str(words["more"]).format(n=len(told) - SHOWN)] if len(told) > SHOWN else []
    return "; ".join([*told[:SHOWN], *more])


def _when(minute: Minute, clock: Clock, language: str) -> str:
    """Such as ``2027-01-09(Sat) 08:00``."""
    local = clock.local(minute)
    return f"{local.date().isoformat()}({WORDS[language]['weekdays'][local.weekday()]}) {local.strftime('%H:%M')}"
