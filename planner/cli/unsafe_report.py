"""What commands say that look ahead from a plan, when the plan is unsafe or of another inventory."""

from planner.cli.console import Console
from planner.cli.verify_report import changes_as_data, finding_as_data
from planner.errors.status import ExitStatus
from planner.pipeline.verify import Verified
from planner.plan.file import OtherInventory, identity
from planner.plan.wording import word

HEADS = {
    "ja": "計画は検証に通りません。先に直してください（`planner verify` が詳しく説明します）",
    "en": "the plan does not pass the verifier; repair it first (`planner verify` explains more)",
}


def told_unsafe(console: Console, verified: Verified, language: str, output_format: str) -> ExitStatus:
    """Say that nothing is looked at, and every finding for which that is so."""
    failures = verified.verdict.failures
    if output_format == "json":
        findings = [finding_as_data(verified.loaded, finding, language) for finding in failures]
        console.json({"result": "unsafe", "id": identity(verified.plan), "findings": findings})
        return ExitStatus.UNSAFE
    console.error(HEADS[language])
    for finding in failures:
        console.more(f"{finding.rule} {word(finding, language)}")
    return ExitStatus.UNSAFE


def told_other_inventory(console: Console, other: OtherInventory, output_format: str) -> ExitStatus:
    """Say what differs, as data if data were asked for.

    Raises
    ------
    OtherInventory
        The same again where text was asked for: the end of the command tells it.
    """
    if output_format != "json":
        raise other
    console.json(changes_as_data(other))
    return ExitStatus.OTHER_INVENTORY
