"""The picture of what single failures cost: the worst of them as bars."""

from planner.rendering.contingency.sheet import sheet

__all__ = ["sheet"]
