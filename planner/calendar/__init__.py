"""Service hours, holidays, blackouts and windows: arithmetic on intervals, for the planner."""
