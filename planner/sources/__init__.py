"""Where an inventory comes from: YAML folders, read into the model or refused with all faults at once."""

from planner.sources.layers import Origin
from planner.sources.loading import Loaded, load

__all__ = ["Loaded", "Origin", "load"]
