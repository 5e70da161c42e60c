"""What `planner rule` says: a page for one rule, or a line for each."""

from collections.abc import Iterator
from difflib import ndiff
from typing import Any

from planner.cli.console import Console
from planner.cli.paragraph import folded
from planner.cli.verify_report import finding_as_data, finding_lines
from planner.pipeline.rule import judged
from planner.pipeline.verify import Verified
from planner.plan.finding import Finding
from planner.resources.rule_page import RULE_IDS, Change, RulePage, rule_page

WORDS = {
    "ja": {
        "why": "なぜ",
        "passes": "守る例",
        "breaks": "破る例",
        "inventory": "インベントリ",
        "plan": "計画（年は2027年。どの手順も断りがなければ10分）",
        "says": "検証器の指摘",
        "remedy": "対処",
        "kept": "検証器: {rule} の指摘はありません",
        "changed": {"inventory": "インベントリのここが違います", "plan": "計画のここが違います"},
    },
    "en": {
        "why": "Why",
        "passes": "An example that keeps it",
        "breaks": "An example that breaks it",
        "inventory": "inventory",
        "plan": "plan (of 2027; a step takes ten minutes unless told otherwise)",
        "says": "The verifier says",
        "remedy": "What to do",
        "kept": "The verifier has no finding of {rule}.",
        "changed": {"inventory": "changed in the inventory", "plan": "changed in the plan"},
    },
}


def names(language: str) -> list[dict[str, str]]:
    """Id and name of every rule, as JSON data."""
    return [{"id": id, "name": rule_page(id).name[language]} for id in RULE_IDS]


def listed(language: str) -> Iterator[str]:
    """One line for every rule."""
    return (f"{rule['id']}  {rule['name']}" for rule in names(language))


def tell(console: Console, rule: str, language: str) -> None:
    """The whole page on standard output, 80 columns wide."""
    page = rule_page(rule)
    for line in _lines(page, language):
        console.data(line)


def as_data(rule: str, language: str) -> dict[str, Any]:
    """The page as JSON data, with the findings on both examples."""
    page = rule_page(rule)
    broken = page.broken()
    texts = {name: getattr(page, name)[language] for name in ("name", "sentence", "why", "remedy")}
    return {
        "id": page.id,
        **texts,
        "passes": {"says": page.passes[language], **_example(page, language)},
        "changes": [{"part": change.part, "old": change.old, "new": change.new} for change in page.changes],
        "breaks": {"says": page.breaks[language], **_example(broken, language)},
    }


def _example(page: RulePage, language: str) -> dict[str, Any]:
    verified = judged(page)
    found = [finding_as_data(verified.loaded, finding, language) for finding in _own(page, verified)]
    return {"inventory": page.inventory, "plan": page.plan, "findings": found}


def _own(page: RulePage, verified: Verified) -> tuple[Finding, ...]:
    """What the verifier finds of the page's rule; an example is short, and of other rules it shows nothing."""
    return tuple(finding for finding in verified.verdict.findings if finding.rule == page.id)


def _lines(page: RulePage, language: str) -> Iterator[str]:
    words = WORDS[language]
    yield from folded(f"{page.id}  {page.name[language]}")
    yield ""
    yield from folded(page.sentence[language], "  ")
    yield from _chapter(str(words["why"]), page.why[language])
    yield from _chapter(str(words["passes"]), page.passes[language])
    yield from _source(str(words["inventory"]), page.inventory)
    yield from _source(str(words["plan"]), page.plan)
    yield from _said(page, language)
    yield from _chapter(str(words["breaks"]), page.breaks[language])
    yield from (line for change in page.changes for line in _changed(page, change, language))
    yield from _said(page.broken(), language)
    yield from _chapter(str(words["remedy"]), page.remedy[language])


def _chapter(head: str, text: str) -> Iterator[str]:
    yield ""
    yield head
    yield from folded(text, "  ")


def _source(head: str, text: str) -> Iterator[str]:
    yield ""
    yield f"  {head}:"
    yield from (f"    {line}" for line in text.strip("\n").splitlines())


def _changed(page: RulePage, change: Change, language: str) -> Iterator[str]:
    """The lines that differ, as a difference: out with ``-``, in with ``+``."""
    before: str = getattr(page, change.part)
    after = before.replace(change.old, change.new)
    yield ""
    changed = WORDS[language]["changed"]
    yield f"  {changed[change.part] if isinstance(changed, dict) else changed}:"
    for line in ndiff(before.splitlines(), after.splitlines()):
        if line[0] in "+-" and line[2:].strip():
            yield f"    {line[0]} {line[2:]}"


def _said(page: RulePage, language: str) -> Iterator[str]:
    """The verifier's own words on the example."""
    words, verified = WORDS[language], judged(page)
    found = _own(page, verified)
    yield ""
    if not found:
        yield from folded(str(words["kept"]).format(rule=page.id), "  ")
        return
    yield f"  {words['says']}:"
    for finding in found:
        for line in finding_lines(verified.loaded, finding, language):
            depth = len(line) - len(line.lstrip())
            yield from folded(line.strip(), "  " + " " * depth, "    " + " " * (depth + 2))
