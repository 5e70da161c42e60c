"""What `planner render` says at its end."""

from collections.abc import Sequence
from pathlib import Path

from planner.cli.console import Console
from planner.pipeline.verify import Verified
from planner.plan.wording import word

HEADS = {
    "ja": "計画は検証に通りません。文書は作りません（`planner verify` が詳しく説明します）",
    "en": "the plan does not pass the verifier; no documents are written (`planner verify` explains more)",
}


def tell_unsafe(console: Console, verified: Verified, language: str) -> None:
    """Say that nothing was written, and every finding for which that is so."""
    console.error(HEADS[language])
    for finding in verified.verdict.failures:
        console.more(f"{finding.rule} {word(finding, language)}")


def tell_written(console: Console, written: Sequence[Path]) -> None:
    """Say what was written, one path per line."""
    for path in written:
        console.data(str(path))
