"""From an inventory and a plan to a verdict, by code that shares no decision with the planner."""
