"""What `planner render` says at its end."""

from collections.abc import Sequence
from pathlib import Path

from planner.cli.console import Console
from planner.cli.verify_report import as_data, changes_as_data
from planner.errors.status import ExitStatus
from planner.pipeline.verify import Verified
from planner.plan.file import OtherInventory, identity
from planner.plan.wording import word

HEADS = {
    "ja": "計画は検証に通りません。文書は作りません（`planner verify` が詳しく説明します）",
    "en": "the plan does not pass the verifier; no documents are written (`planner verify` explains more)",
}


def tell_changes(console: Console, other: OtherInventory, form: str) -> ExitStatus:
    """Say as data that the plan belongs to another inventory, with every change.

    Raises
    ------
    OtherInventory
        Where text is asked for: then the end of the command says it.
    """
    if form != "json":
        raise other
    console.json(changes_as_data(other))
    return ExitStatus.OTHER_INVENTORY


def tell_unsafe(console: Console, verified: Verified, language: str, form: str) -> None:
    """Say that nothing was written, and every finding for which that is so."""
    if form == "json":
        console.json({**as_data(verified, language), "files": []})
    console.error(HEADS[language])
    for finding in verified.verdict.failures:
        console.more(f"{finding.rule} {word(finding, language)}")


def tell_written(console: Console, verified: Verified, written: Sequence[Path], form: str) -> None:
    """Say what was written, one path per line or as JSON data."""
    files = [str(path) for path in written]
    if form == "json":
        console.json({"result": "complete", "id": identity(verified.plan), "files": files})
        return
    for path in files:
        console.data(path)
