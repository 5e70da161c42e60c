"""A plan file, also one edited by hand, against the inventory that it was made from."""

from dataclasses import dataclass
from pathlib import Path

from planner.errors.failure import Failure
from planner.pipeline.load import load_inventory, load_scenario
from planner.plan import file, refusal_file
from planner.plan.finding import Verdict
from planner.plan.plan import Plan
from planner.safety.verify import verify
from planner.sources import Loaded
from planner.units.progress import Progress


@dataclass(frozen=True, slots=True)
class Verified:
    """A plan, the inventory it was judged by, and the verdict."""

    loaded: Loaded
    plan: Plan
    verdict: Verdict


def verify_file(inventory: Path, plan_file: Path, progress: Progress, scenario: Path | None = None) -> Verified:
    """Read both, refuse a plan of another inventory, and replay the plan; a verdict inside the file is not read.

    With a ``scenario`` the inventory is the one that it makes.

    Raises
    ------
    Faults
        All faults of the inventory, or of the scenario.
    Failure
        If the file is no plan of this version.
    OtherInventory
        If the plan was made from another inventory; with every change.
    """
    loaded = load_scenario(inventory, scenario) if scenario else load_inventory(inventory)
    plan = read_plan(plan_file)
    file.require_same(plan, loaded.inventory)
    progress("verify", 0, 1)
    verdict = verify(loaded.inventory, plan)
    progress("verify", 1, 1)
    return Verified(loaded, plan, verdict)


def read_plan(path: Path) -> Plan:
    """The plan in a file.

    Raises
    ------
    Failure
        If it is not UTF-8, nested too deeply, a refusal, or no plan of this version; it names the file.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        if refusal_file.is_refusal(text):
            raise _refused(path)
        return file.parse(text)
    except UnicodeDecodeError as error:
        raise _no_plan(path, f"not UTF-8: byte {error.start}") from error
    except RecursionError as error:
        raise _no_plan(path, "nested too deeply") from error
    except file.NotAPlan as error:
        raise _no_plan(path, str(error)) from error


def _refused(path: Path) -> Failure:
    return Failure(
        f"{path} is a refusal: there is no plan in it",
        cure=f"read why with `planner explain INVENTORY {path}`",
        japanese=(
            f"{path} は計画ができなかった理由のファイルで、計画ではありません",
            f"理由を見るには `planner explain INVENTORY {path}`",
        ),
    )


def _no_plan(path: Path, found: str) -> Failure:
    return Failure(
        f"{path} is not a plan file: {found}",
        cure="name the plan.json that `planner plan` wrote",
        japanese=(
            f"{path} は計画ファイルではありません: {found}",
            "`planner plan` が書いた plan.json を指定してください",
        ),
    )
