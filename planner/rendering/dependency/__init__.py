"""Dependency diagrams of an inventory and, where there is one, its plan."""

from planner.rendering.dependency.estate import estate_diagram
from planner.rendering.dependency.services import services_diagram

__all__ = ["estate_diagram", "services_diagram"]
