"""Time charts: a wave on sheets of A3, first as a whole, then step by step."""

from planner.rendering.timechart.pages import sheets

__all__ = ["sheets"]
