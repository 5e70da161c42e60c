"""The picture of scenarios beside a plan: when each plan works, what it costs, and what breaks."""

from planner.rendering.comparison.sheet import sheet

__all__ = ["sheet"]
