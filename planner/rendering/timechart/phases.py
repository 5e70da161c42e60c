"""The phases of a turn, in the order of the tabs, and the kinds of steps in each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from planner.model.chain import StepKind

PHASES: Final[Mapping[str, tuple[StepKind, ...]]] = {
    "prepare": (StepKind.BACK_UP, StepKind.VERIFY, StepKind.LOWER_TTL, StepKind.LAY, StepKind.TEST),
    "stop": (StepKind.STOP,),
    "carry": (StepKind.UNMOUNT, StepKind.CARRY),
    "mount": (StepKind.MOUNT, StepKind.WARM_UP),
    "start": (StepKind.START,),
    "switch": (StepKind.SWITCH_OVER, StepKind.MIGRATE, StepKind.RENUMBER, StepKind.UPDATE, StepKind.CLOSE),
    "check": (StepKind.CHECK, StepKind.ACCEPT, StepKind.CONFIRM),
    "remove": (StepKind.DISPOSE,),
}
PHASE_OF: Final = {kind: phase for phase, kinds in PHASES.items() for kind in kinds}
