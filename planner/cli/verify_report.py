"""What `planner verify` says: every finding with its reasons and places, and the certificate."""

from collections.abc import Iterator, Sequence
from typing import Any

from planner.cli.console import Console
from planner.model import canonical
from planner.model.policy import Severity
from planner.pipeline.places import place_of
from planner.pipeline.verify import Verified
from planner.plan.file import OtherInventory, identity
from planner.plan.finding import Finding
from planner.plan.wording import cure, word
from planner.sources import Loaded

HEADS = {
    "ja": {
        "failures": "計画が規則に反していること",
        "warnings": "警告",
        "waived": "書面で認められていること",
        "pre_existing": "計画の前からあること",
        "unknown": "値が分からず調べられないこと",
        "steps": "作業",
        "cause": "原因",
        "cure": "対処",
        "certificate": "検証の記録",
        "events": "再生した時点 {events}、判定 {checks}",
        "unchecked": "まだ調べていない規則: {rules}",
        "all_checked": "すべての規則を調べました",
        "severity": "{rule} の扱い: {severity}",
        "safe": "計画 {id} は規則を満たします",
        "unsafe": "計画 {id} は安全ではありません ({count} 件)",
        "page": "規則の説明と例: planner rule {rule}",
    },
    "en": {
        "failures": "where the plan breaks the rules",
        "warnings": "warnings",
        "waived": "accepted in writing",
        "pre_existing": "there before the plan",
        "unknown": "not checked, because values are not known",
        "steps": "steps",
        "cause": "because",
        "cure": "help",
        "certificate": "certificate",
        "events": "{events} events replayed, {checks} checks",
        "unchecked": "rules that are not checked yet: {rules}",
        "all_checked": "all rules were checked",
        "severity": "{rule} counts as {severity}",
        "safe": "plan {id} keeps the rules",
        "unsafe": "plan {id} is not safe ({count} findings)",
        "page": "what the rule says, with examples: planner rule {rule}",
    },
}

CHAPTERS = ("failures", "warnings", "waived", "pre_existing", "unknown")


def tell(console: Console, verified: Verified, language: str) -> None:
    """Every finding by chapters, the certificate, and the verdict in one line."""
    heads, verdict = HEADS[language], verified.verdict
    for name, findings in _chapters(verified):
        console.data(f"{heads[name]} ({len(findings)})")
        for finding in findings:
            for line in finding_lines(verified.loaded, finding, language):
                console.data(line)
        console.data("")
    for line in _certificate(verified, language):
        console.data(line)
    told = heads["safe" if verdict.safe else "unsafe"]
    text = told.format(id=identity(verified.plan), count=len(verdict.failures))
    if verdict.safe:
        console.data(text)
    else:
        console.error(text, cure=heads["page"].format(rule=verdict.failures[0].rule))


def as_data(verified: Verified, language: str) -> dict[str, Any]:
    """The same as JSON data, instants as ISO 8601 with their offset."""
    verdict = verified.verdict
    return {
        "result": "safe" if verdict.safe else "unsafe",
        "id": identity(verified.plan),
        "failures": len(verdict.failures),
        "findings": [finding_as_data(verified.loaded, finding, language) for finding in verdict.findings],
        "certificate": canonical.encode(verdict.certificate),
    }


def changes_as_data(other: OtherInventory) -> dict[str, Any]:
    """What differs between the plan's inventory and the one it was to be verified against."""
    changes = [{"path": path, "in_plan": then, "now": now} for path, then, now in other.changes]
    return {"result": "other_inventory", "changes": changes}


def _chapters(verified: Verified) -> Iterator[tuple[str, Sequence[Finding]]]:
    """Each finding once: what fails the plan first, what is not known last."""
    chapters: dict[str, list[Finding]] = {name: [] for name in CHAPTERS}
    for finding in verified.verdict.findings:
        chapters[_chapter(finding)].append(finding)
    yield from ((name, findings) for name, findings in chapters.items() if findings)


def _chapter(finding: Finding) -> str:
    if finding.unknown:
        return "unknown"
    if finding.waived is not None:
        return "waived"
    if finding.pre_existing:
        return "pre_existing"
    return "failures" if finding.severity is Severity.ERROR else "warnings"


def finding_lines(loaded: Loaded, finding: Finding, language: str) -> Iterator[str]:
    """One finding as people read it: rule, when, sentence; below it steps, cause, places and cure."""
    heads = HEADS[language]
    yield "  " + " ".join(part for part in (finding.rule, _when(loaded, finding), word(finding, language)) if part)
    if finding.waived is not None:
        yield f"      ({finding.waived})"
    if finding.steps:
        yield f"      {heads['steps']}: {', '.join(finding.steps)}"
    if len(finding.cause) > 1 and finding.cause != finding.subjects:
        yield f"      {heads['cause']}: {' -> '.join(finding.cause)}"
    yield from (f"      --> {place}" for place in _places(loaded, finding))
    remedy = cure(finding, language)
    if remedy is not None:
        yield f"      = {heads['cure']}: {remedy}"


def _when(loaded: Loaded, finding: Finding) -> str:
    if finding.span is None:
        return ""
    clock = loaded.inventory.clock
    return f"[{clock.iso(finding.span.start)} .. {clock.iso(finding.span.end)}]"


def _places(loaded: Loaded, finding: Finding) -> list[str]:
    found = (place_of(loaded.provenance, fact) for fact in finding.facts)
    return list(dict.fromkeys(str(place) for place in found if place))


def finding_as_data(loaded: Loaded, finding: Finding, language: str) -> dict[str, Any]:
    """One finding as JSON data, with its sentence, its cure and the places of its facts."""
    clock = loaded.inventory.clock
    span = finding.span
    return {
        **{name: value for name, value in canonical.encode(finding).items() if name != "span"},
        "start": clock.iso(span.start) if span else None,
        "end": clock.iso(span.end) if span else None,
        "message": word(finding, language),
        "cure": cure(finding, language),
        "places": _places(loaded, finding),
    }


def _certificate(verified: Verified, language: str) -> Iterator[str]:
    heads, certificate = HEADS[language], verified.verdict.certificate
    checks = sum(certificate.checks.values())
    yield f"{heads['certificate']}: {certificate.inventory_hash}"
    yield "  " + heads["events"].format(events=certificate.events, checks=checks)
    yield "  " + ", ".join(f"{rule} {count}" for rule, count in certificate.checks.items())
    told = heads["unchecked"] if certificate.unchecked else heads["all_checked"]
    yield "  " + told.format(rules=", ".join(certificate.unchecked))
    for rule, severity in certificate.severities.items():
        if severity != Severity.ERROR.value:
            yield "  " + heads["severity"].format(rule=rule, severity=severity)
