"""Where the rooms are put together: load, schedule, verify, render."""
