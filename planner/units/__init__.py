"""Whole minutes, intervals of them, durations, and the clock that turns them into local time."""
