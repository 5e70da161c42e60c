"""What `planner stops` says: one row per gate and gap, with what is broken first."""

from collections.abc import Sequence
from typing import Any

from planner.cli.console import Console
from planner.cli.verify_report import finding_as_data
from planner.pipeline.verify import Verified
from planner.plan.file import identity
from planner.plan.finding import Finding
from planner.plan.stop import Stop
from planner.plan.wording_stops import STOPPINGS, broken, rule_of
from planner.sources import Loaded
from planner.units.clock import DAY, Clock
from planner.units.span import Minute

WORDS = {
    "ja": {
        "titles": (
            "止まる所",
            "時刻",
            "止まり方",
            "もつ期限",
            "日数",
            "S23 の期限",
            "最初に破れる規則",
            "再開できる窓",
        ),
        "weekdays": "月火水木金土日",
        "endless": "計画期間の終わりまで",
        "short": "{asked} (足りない)",
        "first": "{rule} {told}",
        "subjects": " ({named})",
        "more": "ほか {n}",
        "nothing": "-",
        "windows": "{n} (最後 {last})",
        "no_window": "なし",
        "none": "計画に判断点も波の間もありません",
        "summary": "{n} か所のうち {short} か所は、S23 の期限までもちません",
    },
    "en": {
        "titles": (
            "stop",
            "time",
            "what stopping means",
            "lasts until",
            "days",
            "S23 asks",
            "broken first",
            "windows left",
        ),
        "weekdays": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        "endless": "the end of the horizon",
        "short": "{asked} (too short)",
        "first": "{rule} {told}",
        "subjects": " ({named})",
        "more": "{n} more",
        "nothing": "-",
        "windows": "{n} (last {last})",
        "no_window": "none",
        "none": "the plan has neither a gate nor a gap between waves",
        "summary": "{short} of {n} stops do not last for as long as S23 asks",
    },
}

SHOWN = 5
"""How many subjects a row names."""


def tell(console: Console, verified: Verified, found: Sequence[Stop], language: str) -> None:
    """The table in order of time, and how many stops are too short."""
    words = WORDS[language]
    if not found:
        console.data(str(words["none"]))
        return
    clock = verified.loaded.inventory.clock
    console.table(tuple(words["titles"]), [row(stop, clock, language) for stop in found])
    short = sum(is_short(stop) for stop in found)
    console.data(str(words["summary"]).format(n=len(found), short=short))


def row(stop: Stop, clock: Clock, language: str) -> tuple[str, ...]:
    """One stop in the words of the table."""
    words = WORDS[language]
    asked = _when(stop.asked, clock, language)
    lasts = None if stop.lasts is None else _when(stop.lasts, clock, language)
    return (
        stop.id,
        _when(stop.at, clock, language),
        STOPPINGS[stop.how][language],
        lasts or str(words["endless"]),
        str(words["nothing"]) if stop.lasts is None else str((stop.lasts - stop.begins) // DAY),
        str(words["short"]).format(asked=asked) if is_short(stop) else asked,
        _first(stop, language),
        _windows(stop, clock, language),
    )


def is_short(stop: Stop) -> bool:
    """Whether a rule is broken before the state has lasted for as long as the policy asks."""
    return stop.lasts is not None and stop.lasts < stop.asked


def as_data(verified: Verified, found: Sequence[Stop], language: str) -> dict[str, Any]:
    """Every stop with everything that it breaks as JSON data; instants are local ISO 8601 with offset."""
    return {"id": identity(verified.plan), "stops": [_stop(stop, verified.loaded, language) for stop in found]}


def _stop(stop: Stop, loaded: Loaded, language: str) -> dict[str, Any]:
    clock = loaded.inventory.clock
    return {
        "stop": stop.id,
        "wave": stop.wave,
        "how": stop.how.value,
        "at": clock.iso(stop.at),
        "begins": clock.iso(stop.begins),
        "resumes": clock.iso(stop.resumes),
        "asked_until": clock.iso(stop.asked),
        "lasts_until": None if stop.lasts is None else clock.iso(stop.lasts),
        "long_enough": not is_short(stop),
        "windows": [clock.iso(start) for start in stop.windows],
        "breaks": [_break(finding, loaded, language) for finding in stop.breaks],
    }


def _break(finding: Finding, loaded: Loaded, language: str) -> dict[str, Any]:
    """A violation with the places of its facts in the files."""
    told = finding_as_data(loaded, finding, language)
    return {
        "rule": rule_of(finding),
        "severity": finding.severity.value,
        "since": told["start"],
        "until": told["end"],
        "subjects": list(finding.subjects),
        "message": broken(finding, language),
        "places": told["places"],
    }


def _first(stop: Stop, language: str) -> str:
    """The first violation in words, with every subject of which the rule is broken at that instant."""
    words = WORDS[language]
    if not stop.breaks:
        return str(words["nothing"])
    first = stop.breaks[0]
    same = [f for f in stop.breaks if _start(f) == _start(first) and rule_of(f) == rule_of(first)]
    ids = list(dict.fromkeys(id for finding in same for id in finding.subjects))
    named = ", ".join([*ids[:SHOWN], *([str(words["more"]).format(n=len(ids) - SHOWN)] if len(ids) > SHOWN else [])])
    told = str(words["first"]).format(rule=rule_of(first), told=broken(first, language))
    return told + str(words["subjects"]).format(named=named)


def _start(finding: Finding) -> Minute | None:
    return finding.span.start if finding.span else None


def _windows(stop: Stop, clock: Clock, language: str) -> str:
    words = WORDS[language]
    if not stop.windows:
        return str(words["no_window"])
    last = clock.local(stop.windows[-1]).date().isoformat()
    return str(words["windows"]).format(n=len(stop.windows), last=last)


def _when(minute: Minute, clock: Clock, language: str) -> str:
    """Such as ``2027-01-09(Sat) 08:00``."""
    local = clock.local(minute)
    return f"{local.date().isoformat()}({WORDS[language]['weekdays'][local.weekday()]}) {local.strftime('%H:%M')}"
