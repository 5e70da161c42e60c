"""The examples on the rules' pages, judged by the verifier like any other plan."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from planner.pipeline.load import load_inventory
from planner.pipeline.verify import Verified
from planner.plan.notation import read
from planner.resources.rule_page import RulePage, base_inventory
from planner.safety.verify import verify
from planner.sources import Loaded, Origin


def judged(page: RulePage) -> Verified:
    """Return the page's example with the verdict on it; places of facts name the files ``base`` and ``example``.

    Raises
    ------
    Faults
        If the example's inventory does not fit.
    NotANotation
        If its plan cannot be read.
    """
    with TemporaryDirectory() as folder:
        _write(Path(folder), page)
        loaded = load_inventory(Path(folder))
        loaded = Loaded(loaded.inventory, _without_folder(loaded.provenance), loaded.warnings)
    plan = read(page.plan, loaded.inventory)
    return Verified(loaded, plan, verify(loaded.inventory, plan))


def _write(folder: Path, page: RulePage) -> None:
    for name, text in (("base.yaml", base_inventory()), ("example.yaml", page.inventory)):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _without_folder(provenance: Mapping[str, Origin]) -> Mapping[str, Origin]:
    """The same origins, the files named as they are on the page."""
    return {
        fact: replace(origin, position=replace(origin.position, file=Path(origin.position.file).name))
        for fact, origin in provenance.items()
    }
