"""Rack elevations: what stands where before and after, where it goes and comes from, and what a rack bears."""

from planner.rendering.rack.builder import elevation
from planner.rendering.rack.sheet import drawing

__all__ = ["drawing", "elevation"]
