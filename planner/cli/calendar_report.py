"""What `planner calendar` says: one row per window, with what is usable of it and what takes the rest."""

from typing import Any

from planner.calendar import Judgement, Obstacle
from planner.pipeline.calendar import Windows
from planner.units.clock import Clock
from planner.units.span import Span, Spans

WORDS = {
    "ja": {
        "titles": ("窓", "名称", "使える時間", "使えない理由"),
        "weekdays": "月火水木金土日",
        "none": "なし",
        "summary": "{of} の窓のうち {usable} が使えます（全部または一部）",
        "past": "基準日より前",
        "horizon": "計画期間の外",
        "blackout": "{what}: {why}",
        "not_open": "{what} {why} は未開設",
        "closed": "{what} {why} は閉鎖済み",
        "phase": "工事 {what}: {why}",
        "power_cut": "{what} 停電: {why}",
        "bound": "{what} の期日の外",
    },
    "en": {
        "titles": ("window", "name", "usable", "why not the rest"),
        "weekdays": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        "none": "nothing",
        "summary": "{usable} of {of} windows are usable, whole or in part",
        "past": "before as_of",
        "horizon": "outside the horizon",
        "blackout": "{what}: {why}",
        "not_open": "{what} ({why}) is not open yet",
        "closed": "{what} ({why}) has closed",
        "phase": "construction {what}: {why}",
        "power_cut": "{what} has no power: {why}",
        "bound": "outside the dates of {what}",
    },
}


def titles(language: str) -> tuple[str, ...]:
    """The heads of the columns."""
    return tuple(WORDS[language]["titles"])


def rows(found: Windows, clock: Clock, language: str) -> list[tuple[str, ...]]:
    """One row per window, by start."""
    return [_row(judgement, clock, language) for judgement in found.judgements]


def summary(found: Windows, language: str) -> str:
    """How many windows are usable."""
    text = str(WORDS[language]["summary"])
    return text.format(usable=len(found.usable), of=len(found.judgements))


def as_data(found: Windows, clock: Clock) -> dict[str, Any]:
    """The windows as JSON data; instants are local ISO 8601 with offset."""
    windows = [
        {
            "id": judgement.window.id,
            "name": judgement.window.name,
            **_span(judgement.window.span, clock),
            "usable": _spans(judgement.usable, clock),
            "usable_minutes": judgement.usable.minutes,
            "obstacles": [obstacle_as_data(obstacle, clock) for obstacle in judgement.obstacles],
        }
        for judgement in found.judgements
    ]
    return {"subject": found.subject, "affected": list(found.affected), "windows": windows}


def _row(judgement: Judgement, clock: Clock, language: str) -> tuple[str, ...]:
    words = WORDS[language]
    usable = ", ".join(_shown(span, clock, language) for span in judgement.usable) or str(words["none"])
    reasons = "; ".join(_reason(obstacle, judgement, clock, language) for obstacle in judgement.obstacles)
    return judgement.window.id, judgement.window.name, usable, reasons


def obstacle_as_data(obstacle: Obstacle, clock: Clock) -> dict[str, Any]:
    """One obstacle as JSON data."""
    told = {"kind": obstacle.kind, "what": obstacle.what, "why": obstacle.why}
    return {**told, "spans": _spans(obstacle.spans, clock)}


def obstacle_named(obstacle: Obstacle, language: str) -> str:
    """The obstacle in words, without its times."""
    return str(WORDS[language][obstacle.kind]).format(what=obstacle.what, why=obstacle.why)


def _reason(obstacle: Obstacle, judgement: Judgement, clock: Clock, language: str) -> str:
    """The obstacle in words, with its times where it does not take the whole window."""
    text = obstacle_named(obstacle, language)
    if obstacle.spans.parts == (judgement.window.span,):
        return text
    times = ", ".join(_shown(span, clock, language) for span in obstacle.spans)
    return f"{text} [{times}]"


def _shown(span: Span, clock: Clock, language: str) -> str:
    """Such as ``2027-01-09(Sat) 08:00 .. 01-11(Mon) 20:00``; the end of a day is 24:00 of that day."""
    ends, to = clock.local(span.end), clock.local(span.end).strftime("%H:%M")
    if to == "00:00":
        ends, to = clock.local(span.end - 1), "24:00"
    starts, days = clock.local(span.start), WORDS[language]["weekdays"]
    start = f"{starts.date().isoformat()}({days[starts.weekday()]}) {starts.strftime('%H:%M')}"
    day = "" if ends.date() == starts.date() else f"{ends.date().isoformat()[5:]}({days[ends.weekday()]}) "
    return f"{start} .. {day}{to}"


def _span(span: Span, clock: Clock) -> dict[str, str]:
    return {"start": clock.iso(span.start), "end": clock.iso(span.end)}


def _spans(spans: Spans, clock: Clock) -> list[dict[str, str]]:
    return [_span(span, clock) for span in spans]
