"""The main job: an inventory becomes a verified plan and its documents."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from planner.conflicts.target import wrong_target
from planner.errors.failure import Failure
from planner.model.inventory import Inventory
from planner.pipeline.shelf import keep_only
from planner.pipeline.whole_file import replace_whole
from planner.plan import file
from planner.plan.finding import Verdict
from planner.plan.plan import Plan
from planner.plan.refusal import Refusal, RefusalKind
from planner.safety.verify import verify
from planner.scheduling.options import Options
from planner.scheduling.schedule import schedule
from planner.units.progress import Progress


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan and what the verifier says about it. Only a safe one is written as the plan."""

    plan: Plan
    verdict: Verdict


def make(inventory: Inventory, options: Options, progress: Progress, stopped: Callable[[], bool]) -> Planned | Refusal:
    """Schedule and verify; the verifier knows nothing of how the plan was made.

    Where the target state itself breaks a rule in every plan, the answer is that and no unsafe plan.
    """
    answer = schedule(inventory, options, progress, stopped)
    if isinstance(answer, Refusal):
        return answer
    progress("verify", 0, 1)
    verdict = verify(inventory, answer)
    progress("verify", 1, 1)
    wrong = () if verdict.safe else wrong_target(inventory)
    return Refusal(RefusalKind.IMPOSSIBLE, wrong) if wrong else Planned(answer, verdict)


def require_place(out: Path) -> None:
    """Refuse, before a long search, a folder that cannot be made or written into; nothing is made.

    Raises
    ------
    Failure
        If a file stands in its way, or the folder that is there may not be written into.
    """
    nearest = next(folder for folder in (out.absolute(), *out.absolute().parents) if folder.exists())
    if not nearest.is_dir():
        raise Failure(
            f"{nearest} is not a folder",
            cure="name another folder with -o",
            japanese=(f"{nearest} はフォルダではありません", "-o で別のフォルダを指定してください"),
        )
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise Failure(
            f"{nearest} may not be written into",
            cure="name another folder with -o",
            japanese=(f"{nearest} に書き込めません", "-o で別のフォルダを指定してください"),
        )


def write_plan(planned: Planned, out: Path) -> Path:
    """Write ``plan.json``, or ``plan.unsafe.json`` where the verifier objects; an old one is replaced whole or not.

    Papers and alternatives of another plan, or an old refusal, do not stay beside a new ``plan.json``.
    """
    target = out / ("plan.json" if planned.verdict.safe else "plan.unsafe.json")
    replace_whole(target, file.dump(planned.plan, planned.verdict).encode())
    if planned.verdict.safe:
        (out / "refusal.json").unlink(missing_ok=True)
        keep_only(file.identity(planned.plan), out)
    return target
