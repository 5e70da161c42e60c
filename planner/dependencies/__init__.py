"""The needs as a graph: cycles, impact, shared fate; the only room that knows NetworkX."""

from planner.dependencies.consequence import consequences
from planner.dependencies.cycle import Cycle, hard_groups, start_cycles
from planner.dependencies.doubt import orphans, racked_together, sent_together
from planner.dependencies.fate import Element, ElementKind, VoidedRedundancy, elements, voided_redundancies
from planner.dependencies.graph import Edge, NeedsGraph, needs_graph
from planner.dependencies.impact import Effect, Impact, Impacts, impact
from planner.dependencies.remark import Remark, told
from planner.dependencies.requirement import Origin, Requirement, requirements
from planner.dependencies.scene import Scene, at_end, at_start
from planner.dependencies.unknown import unexpressed, unknowns

__all__ = [
    "Cycle",
    "Edge",
    "Effect",
    "Element",
    "ElementKind",
    "Impact",
    "Impacts",
    "NeedsGraph",
    "Origin",
    "Remark",
    "Requirement",
    "Scene",
    "VoidedRedundancy",
    "at_end",
    "at_start",
    "consequences",
    "elements",
    "hard_groups",
    "impact",
    "needs_graph",
    "orphans",
    "racked_together",
    "requirements",
    "sent_together",
    "start_cycles",
    "told",
    "unexpressed",
    "unknowns",
    "voided_redundancies",
]
