"""What `planner graph` says and writes."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from planner.cli.console import Console
from planner.dependencies import Effect, Impact
from planner.model.inventory import Inventory
from planner.pipeline.graph import FORMATS, TEXTS, GraphFormat

ENDINGS = {f".{kind}": kind for kind in FORMATS} | {".gv": "dot", ".mmd": "mermaid"}

WORDS = {
    "ja": {
        "stopped": "先に停止が必要",
        "unavailable": "使えなくなる",
        "degraded": "機能が落ちる",
        "hindered": "起動できない、または処理が遅れる",
        "none": "{off} が止まっても、ほかに影響はありません",
        "class": "影響",
        "subject": "ID",
        "name": "名称",
        "chain": "経路",
        "summary": "{off} が止まると {dead} 件が止まり、{lame} 件が影響を受けます",
    },
    "en": {
        "stopped": "must be stopped first",
        "unavailable": "not available",
        "degraded": "degraded",
        "hindered": "cannot start, or misses its batch",
        "none": "nothing else suffers if {off} is off",
        "class": "effect",
        "subject": "id",
        "name": "name",
        "chain": "because of",
        "summary": "if {off} is off, {dead} go down and {lame} suffer",
    },
}
CLASSES = ("stopped", "unavailable", "degraded", "hindered")


def chosen_kind(kind: str | None, out: Path | None) -> GraphFormat:
    """Return the format that is asked for, by name or by the file's ending.

    Raises
    ------
    click.UsageError
        If the ending is unknown, or a picture has no file.
    """
    named = kind or (ENDINGS.get(out.suffix) if out else "dot")
    found = next((known for known in FORMATS if known == named), None)
    if found is None:
        raise click.UsageError(f"{out}: the ending says no format; give one of {', '.join(ENDINGS)}, or --format")
    if out is None and found not in TEXTS | {"svg"}:
        raise click.UsageError(f"a {found} needs a file: give -o FILE")
    return found


def write(console: Console, content: bytes, out: Path | None) -> None:
    """Write the content to the file, or to standard output."""
    if out is None:
        console.data(content.decode().rstrip("\n"))
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(content)
    console.talk(str(out))


def tell_impact(console: Console, impact: Impact, inventory: Inventory, language: str, kind: str | None) -> None:
    """Tell who suffers, worst first, each with the chain that leads there.

    Raises
    ------
    click.UsageError
        If a format is asked for that is not JSON.
    """
    if kind == "json":
        console.json(as_data(impact))
        return
    if kind is not None:
        raise click.UsageError(f"--impact is told as text or json, not as {kind}")
    words, off = WORDS[language], ", ".join(impact.off)
    rows = list(_rows(impact, inventory, words))
    if not rows:
        console.data(words["none"].format(off=off))
        return
    console.table([words[title] for title in ("class", "subject", "name", "chain")], rows)
    lame = len(impact.degraded) + len(impact.hindered)
    console.talk(words["summary"].format(off=off, dead=len(impact.dead), lame=lame))


def as_data(impact: Impact) -> dict[str, Any]:
    """Return the impact as JSON data."""
    effects = {name: [{"id": e.subject, "chain": list(e.chain)} for e in _of(impact, name)] for name in CLASSES}
    return {"off": list(impact.off), **effects}


def _rows(impact: Impact, inventory: Inventory, words: dict[str, str]) -> Iterable[tuple[str, str, str, str]]:
    for name in CLASSES:
        for effect in _of(impact, name):
            yield words[name], effect.subject, inventory.subject(effect.subject).name, " → ".join(effect.chain)


def _of(impact: Impact, name: str) -> tuple[Effect, ...]:
    effects: tuple[Effect, ...] = getattr(impact, name)
    return effects
