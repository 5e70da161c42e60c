"""What can be wrong with what a person handed in: faults with a code, a place, a sentence and a cure."""

from planner.errors.fault import Fault, Faults, Position
from planner.errors.text import as_dict, render

__all__ = ["Fault", "Faults", "Position", "as_dict", "render"]
