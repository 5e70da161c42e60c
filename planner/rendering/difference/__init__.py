"""The picture of what changed between two plans."""

from planner.rendering.difference.sheet import sheet

__all__ = ["sheet"]
