"""What `planner check` says about an inventory without faults."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from planner.cli.console import Console
from planner.cli.refusal_report import conflict_as_data, conflict_lines, reason_as_data, reason_lines
from planner.cli.verify_report import finding_as_data
from planner.dependencies import Remark, told
from planner.errors.text import as_dict
from planner.pipeline.check import Checked
from planner.pipeline.places import place_of
from planner.plan.finding import Finding
from planner.plan.wording import word
from planner.sources import Loaded

HEADS = {
    "ja": {
        "size": "資産 {assets}、システム {systems}、室 {rooms}、セグメント {segments}、リンク {links}",
        "findings": "開始時点ですでに規則に反していること",
        "consequences": "この書き方から決まること",
        "waived": "了承済み",
        "unknown": "不明な値",
        "unexpressed": "書けないこと（計画では考えません）",
        "resolved": ("値の場所", "値", "由来", "ファイル"),
    },
    "en": {
        "size": "{assets} assets, {systems} systems, {rooms} rooms, {segments} segments, {links} links",
        "findings": "what the start state violates already",
        "consequences": "what follows from what is written",
        "waived": "waived",
        "unknown": "unknown values",
        "unexpressed": "what cannot be written down (no plan takes it into account)",
        "resolved": ("path", "value", "from", "file"),
    },
}


def tell(console: Console, checked: Checked, language: str) -> None:
    """One line on the size, then each chapter that has something in it."""
    heads, inventory, loaded = HEADS[language], checked.loaded.inventory, checked.loaded
    size = {name: len(getattr(inventory, name)) for name in ("assets", "systems", "rooms", "segments", "links")}
    console.data(f"{inventory.project.name} ({inventory.project.id}): {str(heads['size']).format(**size)}")
    known = [_finding(loaded, finding, language) for finding in checked.findings if not finding.unknown]
    _chapter(console, str(heads["findings"]), known)
    _chapter(
        console, str(heads["consequences"]), [_remark(loaded, remark, language) for remark in checked.consequences]
    )
    unknown = [_remark(loaded, remark, language) for remark in checked.unknown]
    _chapter(console, str(heads["unknown"]), [*unknown, *_further_unknown(checked, language)])
    _chapter(console, str(heads["unexpressed"]), [[told(remark, language)] for remark in checked.unexpressed])


def _further_unknown(checked: Checked, language: str) -> list[list[str]]:
    """What a rule found unknown in the start state and the remarks do not say yet, one entry per sentence."""
    said = {fact for remark in checked.unknown for fact in remark.facts}
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for finding in checked.findings:
        if finding.unknown and not said.issuperset(finding.facts):
            alike.setdefault((finding.rule, finding.key, *finding.values.items()), []).append(finding)
    return [_finding(checked.loaded, _joined(findings), language) for findings in alike.values()]


def _joined(findings: list[Finding]) -> Finding:
    """One finding about the subjects of all."""
    subjects = dict.fromkeys(id for finding in findings for id in finding.subjects)
    facts = dict.fromkeys(fact for finding in findings for fact in finding.facts)
    return replace(findings[0], subjects=tuple(subjects), facts=tuple(facts))


def tell_resolved(console: Console, checked: Checked, language: str) -> None:
    """Each value of the inventory with the layer that it comes from and its place."""
    console.data("")
    console.table(HEADS[language]["resolved"], [tuple(row.values()) for row in _resolved(checked.loaded)])


def as_data(checked: Checked, language: str, *, resolved: bool) -> dict[str, Any]:
    """The same as JSON data."""
    loaded = checked.loaded
    return {
        "faults": [as_dict(fault, language) for fault in checked.capacity],
        "no_plan": {
            "reasons": [reason_as_data(reason, loaded.provenance, language) for reason in checked.hopeless.reasons],
            "conflicts": [conflict_as_data(c, loaded.provenance, language) for c in checked.hopeless.conflicts],
        },
        "warnings": [as_dict(fault, language) for fault in loaded.warnings],
        "start_state": [finding_as_data(loaded, finding, language) for finding in checked.findings],
        "consequences": _remarks_as_data(loaded, checked.consequences, language),
        "unknown": _remarks_as_data(loaded, checked.unknown, language),
        "unexpressed": _remarks_as_data(loaded, checked.unexpressed, language),
        **({"resolved": _resolved(loaded)} if resolved else {}),
    }


def hopeless_lines(checked: Checked, language: str) -> Iterator[str]:
    """The facts for which there is no plan, as a refusal tells them; where they are many, the reasons themselves."""
    found, provenance = checked.hopeless, checked.loaded.provenance
    for number, conflict in enumerate(found.conflicts):
        yield from conflict_lines(conflict, provenance, language, number)
        yield ""
    for reason in found.reasons if not found.conflicts else ():
        yield from reason_lines(reason, provenance, language)
        yield ""


def _chapter(console: Console, head: str, entries: Sequence[list[str]]) -> None:
    if entries:
        console.data(f"\n{head} ({len(entries)})")
        for first, *more in entries:
            console.data(f"  - {first}")
            for line in more:
                console.data(f"    --> {line}")


def _finding(loaded: Loaded, finding: Finding, language: str) -> list[str]:
    waived = f" [{HEADS[language]['waived']}: {finding.waived}]" if finding.waived else ""
    return [f"{finding.rule} {word(finding, language)}{waived}", *_places(loaded, finding.facts)[:PLACES_SHOWN]]


def _remark(loaded: Loaded, remark: Remark, language: str) -> list[str]:
    return [told(remark, language), *_places(loaded, _facts(remark))[:PLACES_SHOWN]]


PLACES_SHOWN = 3
"""Places that are listed under one sentence; the JSON form has all."""


def _facts(remark: Remark) -> Iterable[str]:
    yield from remark.facts
    for reason in remark.because:
        yield from _facts(reason)


def _places(loaded: Loaded, facts: Iterable[str]) -> list[str]:
    found = (place_of(loaded.provenance, fact) for fact in facts)
    return list(dict.fromkeys(str(place) for place in found if place))


def _remarks_as_data(loaded: Loaded, remarks: Iterable[Remark], language: str) -> list[dict[str, Any]]:
    return [
        {
            "key": remark.key,
            "subjects": list(remark.subjects),
            "message": told(remark, language),
            "facts": list(_facts(remark)),
            "places": _places(loaded, _facts(remark)),
        }
        for remark in remarks
    ]


def _resolved(loaded: Loaded) -> list[dict[str, str]]:
    return [
        {"path": path, "value": origin.text, "from": origin.layer, "file": str(origin.position)}
        for path, origin in loaded.provenance.items()
    ]
