"""The picture of alternatives: waves against downtime, and every plan with its waves and what it costs."""

from planner.rendering.alternatives.sheet import sheet

__all__ = ["sheet"]
